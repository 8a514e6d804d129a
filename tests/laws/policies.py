"""Random well-typed policies, written in the language.

The kind of a node is chosen first, then its parts, with a budget of depth: so conditionals, aggregates and
quotients are frequent. Each expression carries a rough size of its numerator and denominator, in bits and far
on the safe side, so that few of the policies need more than the 64 bits that the compiler allows.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from attrs import define, field, frozen

BITS = 220
"""The size at which an expression gives way to a plain value: one policy in twenty still goes past 64 bits."""

MONEY = ("元/月", "元", "元/年", "元/人月")
# The first of them is ordered.
ENUMERATIONS = {"残疾等级": ("无残", "一级", "二级", "三级"), "行业": ("务农", "建筑", "餐饮")}
LITERALS = {
    "元/月": ("0元/月", "0.01元/月", "9.99元/月", "100元/月", "333.33元/月", "0.4万元/月"),
    "元": ("0元", "0.05元", "1元", "250.5元", "3000元", "1万元"),
    "元/年": ("0元/年", "0.1元/年", "1200元/年", "5000.01元/年", "2万元/年"),
    "元/人月": ("1元/人月", "410元/人月", "735.55元/人月"),
    "比例": ("0%", "30%", "12.5%", "0.5", "1", "3", "66.67%"),
    "人": ("0人", "1人", "2人", "5人"),
    "岁": ("0岁", "16岁", "18岁", "59岁", "80岁"),
    "月": ("0月", "1月", "6月", "24月"),
    "年": ("0年", "1年", "18年", "1999年", "2024年"),
    "日": ("1日", "15日", "31日"),
    "名": ("0名", "1名", "2名", "3名"),
    "辆": ("0辆", "1辆", "2辆"),
}
QUANTA = {
    "元/月": ("0.01元/月", "0.1元/月", "0.5元/月", "1元/月", "10元/月"),
    "元": ("0.01元", "0.03元", "1元", "100元"),
    "元/年": ("0.01元/年", "1元/年", "7元/年"),
    "元/人月": ("0.01元/人月", "1元/人月"),
    "比例": ("1%", "0.1", "1", "0.25"),
    "人": ("1人", "0.5人"),
    "岁": ("1岁", "5岁"),
    "月": ("1月", "0.5月", "3月"),
    "年": ("1年", "0.5年", "10年"),
    "日": ("1日", "10日"),
    "名": ("1名", "2名"),
    "辆": ("1辆", "0.2辆"),
}
RANGES = {
    "元/月": (("0元/月", "8000元/月"), ("-500元/月", "3000元/月"), ("0元/月", "100元/月")),
    "元": (("0元", "20000元"), ("-3000元", "3000元"), ("0元", "5元")),
    "元/年": (("0元/年", "50000元/年"), ("-100元/年", "9000元/年")),
    "元/人月": (("0元/人月", "900元/人月"), ("-60元/人月", "60元/人月")),
    "比例": (("0%", "100%"), ("-50%", "150%")),
    "人": (("0人", "9人"), ("1人", "4人")),
    "岁": (("0岁", "110岁"),),
    "月": (("-1月", "36月"), ("0月", "12月")),
    "年": (("0年", "60年"), ("1990年", "2030年")),
    "日": (("0日", "31日"),),
    "名": (("0名", "5名"),),
    "辆": (("0辆", "3辆"),),
}
MODES = ("进位", "舍去", "四舍五入", "四舍六入五成双")
DAYS = ("1960-02-29", "2000-02-29", "1999-12-31", "2024-01-01", "2010-06-15", "1985-03-31")


@frozen
class Written:
    """An expression as text; `varies` where its denominator depends on a fact."""

    text: str
    top: int = 1
    bottom: int = 0
    varies: bool = False


@frozen
class Known:
    """A name that expressions may read, or a parameter with the enumerations that it is kept by."""

    name: str
    scope: str
    type: str
    top: int = 1
    bottom: int = 0
    varies: bool = False
    keys: tuple[str, ...] | None = None


@frozen
class Place:
    """Where an expression stands. `fixed`: its denominator may not vary; `inside`: within an aggregate."""

    scope: str
    fixed: bool = False
    inside: bool = False


def seen(unit: str, scope: str) -> str:
    """A unit as a rule of this scope sees it: one member is one person."""
    return {"元/人月": "元/月", "人": "比例"}.get(unit, unit) if scope == "成员" else unit


@define
class Writer:
    """Writes one policy. `counts` says how often each kind of node was written."""

    random: random.Random
    known: list[Known] = field(factory=list)
    counts: Counter[str] = field(factory=Counter)
    names: int = 0

    # ── numbers ───────────────────────────────────────────────────────────

    def number(self, unit: str, depth: int, place: Place) -> Written:
        """A number of a unit."""
        for _ in range(4 if depth else 0):
            kind = self.random.choice(_NUMBERS)
            if unit in ("岁", "月", "年", "日") and self.random.random() < 0.85:
                kind = Writer.dated
            if unit == "名" and self.random.random() < 0.5:
                kind = Writer.rank
            found = kind(self, unit, depth - 1, place)
            if found is None or found.top > BITS or found.bottom > BITS - 18:
                continue
            if not (found.varies and place.fixed):
                self.counts[kind.__name__] += 1
                return found
        return self.leaf(unit, place)

    def leaf(self, unit: str, place: Place) -> Written:
        """A value with a name, or one that the rule states."""
        fitting = [one for one in self._readable(place) if seen(one.type, place.scope) == unit]
        if fitting and self.random.random() < 0.85:
            return self._read(self.random.choice(fitting), place)
        return self.literal(unit)

    def literal(self, unit: str) -> Written:
        text = self.random.choice(LITERALS[unit])
        text = text if self.random.random() < 0.9 else f"(−{text})"
        return Written(text, 21, 14 if unit == "比例" else 0)

    def positive(self, unit: str, depth: int, place: Place) -> Written:
        """A number that is above zero whatever the facts."""
        if unit in ("人", "比例") and self.random.random() < 0.4:
            return Written("人口" if seen("人", place.scope) == unit else "2", 6)
        least = self.random.choice([one for one in LITERALS[unit] if one[:2] not in ("0元", "0人")
                                    and one not in ("0%", "0岁", "0月", "0年", "0名", "0辆")])  # fmt: skip
        other = self.number(unit, depth, place)
        return Written(
            f"较大({other.text}, {least})", max(other.top, 21 + other.bottom) + 14,
            other.bottom + 14, other.varies,
        )  # fmt: skip

    def _readable(self, place: Place) -> list[Known]:
        return [
            one
            for one in self.known
            if (place.scope == "成员" or one.scope == "家庭") and not (one.varies and place.fixed)
        ]

    def _read(self, one: Known, place: Place) -> Written:
        text = one.name
        if one.keys is not None:
            self.counts["lookup"] += 1
            keys = [self.member_of(key, 1, place).text for key in one.keys]
            text += f"[{', '.join(keys)}]" if keys else ""
        return Written(text, one.top, one.bottom, one.varies)

    def _parts(self, unit: str, depth: int, place: Place, most: int = 3) -> list[Written]:
        return [self.number(unit, depth, place) for _ in range(self.random.randint(2, most))]

    def add(self, unit: str, depth: int, place: Place) -> Written:
        parts = self._parts(unit, depth, place)
        text = parts[0].text + "".join(
            f" {self.random.choice('+−')} {part.text}" for part in parts[1:]
        )
        return _joined(f"({text})", parts)

    def negate(self, unit: str, depth: int, place: Place) -> Written:
        one = self.number(unit, depth, place)
        return Written(f"(−{one.text})", one.top, one.bottom, one.varies)

    def multiply(self, unit: str, depth: int, place: Place) -> Written | None:
        pairs = {"元/月": ("元/人月", "人"), "元": ("元/月", "月"), "比例": ("比例", "比例")}
        first, second = unit, "比例"
        if place.scope == "家庭" and unit in pairs and self.random.random() < 0.6:
            first, second = pairs[unit]
        elif unit == "元/年" and self.random.random() < 0.5:
            one = self.number("元/月", depth, place)
            return Written(f"({one.text} × 12月/年)", one.top + 4, one.bottom, one.varies)
        a, b = self.number(first, depth, place), self.number(second, depth, place)
        text = f"({a.text} × {b.text})"
        return Written(text, a.top + b.top, a.bottom + b.bottom, a.varies or b.varies)

    def divide(self, unit: str, depth: int, place: Place) -> Written | None:
        loose = Place(place.scope, inside=place.inside)
        pairs = {"元/人月": ("元/月", "人"), "元/月": ("元/年", ""), "比例": ("元", "元")}
        first, second = pairs.get(unit, (unit, "比例"))
        if second == "":
            a, b = self.number(first, depth, place), Written("12月/年", 4)
            return Written(f"({a.text} ÷ 12月/年)", a.top, a.bottom + 4, a.varies)
        if place.scope == "家庭" and second == "比例" and self.random.random() < 0.3:
            b = Written("(人口 ÷ 1人)", 6, 0)
        else:
            b = self.positive(second, depth, loose)
        a = self.number(first, depth, loose)
        text = f"({a.text} ÷ {b.text})"
        top, bottom = a.top + b.bottom, a.bottom + b.top
        if not place.fixed:
            return Written(text, top, bottom, True)
        return self._rounded(Written(text, top, bottom, True), unit)

    def _rounded(self, one: Written, unit: str) -> Written | None:
        if max(one.top, one.bottom) + 16 > BITS:
            return None
        step, mode = self.random.choice(QUANTA[unit]), self.random.choice(MODES)
        self.counts[mode] += 1
        return Written(f"取整({one.text} 到 {step} {mode})", one.top + 10, 7)

    def rounded(self, unit: str, depth: int, place: Place) -> Written | None:
        return self._rounded(
            self.number(unit, depth, Place(place.scope, inside=place.inside)), unit
        )

    def choose(self, unit: str, depth: int, place: Place) -> Written:
        parts = self._parts(unit, depth, place)
        tests = [self.condition(depth, place) for _ in parts[1:]]
        return _joined(_chosen(tests, parts), parts)

    def extreme(self, unit: str, depth: int, place: Place) -> Written:
        parts = self._parts(unit, depth, place)
        word = self.random.choice(("较小", "较大"))
        return _joined(f"{word}({', '.join(part.text for part in parts)})", parts)

    def clamp(self, unit: str, depth: int, place: Place) -> Written:
        one = self.number(unit, depth, place)
        low, high = self.literal(unit), self.literal(unit)
        joined = _joined(f"限({one.text}, {low.text}, {high.text})", [one, low, high])
        return Written(joined.text, min(joined.top, 38 + one.bottom), joined.bottom, one.varies)

    def aggregate(self, unit: str, depth: int, place: Place) -> Written | None:
        if place.inside or unit == "元/人月":
            return None
        inner = Place("成员", fixed=True, inside=True)
        when = f" 当 {self.condition(depth, inner)}" if self.random.random() < 0.6 else ""
        if when:
            self.counts["when"] += 1
        if unit == seen("人", place.scope) and self.random.random() < 0.7:
            return Written(f"人数(成员{when})", 6)
        if unit == "人":
            return None
        body = self.number(unit, depth, inner)
        word = self.random.choice(("合计", "合计", "最大", "最小"))
        self.counts[word] += 1
        if word == "合计":
            return Written(f"合计(成员: {body.text}{when})", body.top + 6, body.bottom)
        if not when:
            return Written(f"{word}(成员: {body.text})", body.top, body.bottom)
        other = self.number(unit, depth, place)
        return _joined(f"{word}(成员: {body.text}{when} 否则 {other.text})", [body, other])

    def dated(self, unit: str, depth: int, place: Place) -> Written | None:
        days = [self.day(depth, place) for _ in range(2)]
        if unit == "岁":
            single = self.random.random() < 0.5
            return Written(f"周岁({days[0]})" if single else f"周岁({days[0]}, {days[1]})", 9)
        if unit == "年":
            return Written(f"年份({days[0]})", 12)
        if unit == "日":
            return Written(f"日号({days[0]})", 5)
        if unit != "月":
            return None
        if self.random.random() < 0.4:
            return Written(f"月份({days[0]})", 4)
        return Written(f"整月数({days[0]}, {days[1]})", 12)

    def rank(self, unit: str, depth: int, place: Place) -> Written | None:
        """The place of the member at hand, by a number, a day or an ordered enumeration."""
        if unit != "名" or place.scope != "成员" or place.inside:
            return None
        inner = Place("成员", fixed=True, inside=True)
        match self.random.choice(("number", "number", "day", "member")):
            case "number":
                key = self.number(self.random.choice(_units("成员")), depth, inner).text
            case "day":
                key = self.day(depth, inner)
            case _:
                key = self.member_of("残疾等级", depth, inner).text
        way = self.random.choice(("从高到低", "从低到高"))
        when = f" 当 {self.condition(depth, inner)}" if self.random.random() < 0.6 else ""
        return Written(f"第几(成员 按 {key} {way}{when})", 6)

    # ── everything else ───────────────────────────────────────────────────

    def day(self, depth: int, place: Place) -> str:
        """A day."""
        days = [one.name for one in self._readable(place) if one.type == "日期"]
        if depth > 0 and self.random.random() < 0.15:
            tests = [self.condition(depth - 1, place)]
            return _chosen(tests, [Written(self.day(0, place)) for _ in range(2)])
        return self.random.choice([*days, *days, *days, self.random.choice(DAYS), "决定日期"])

    def member_of(self, enumeration: str, depth: int, place: Place) -> Written:
        """A value of an enumeration."""
        if depth > 0 and self.random.random() < 0.2:
            test = self.condition(depth - 1, place)
            return Written(_chosen([test], [self.member_of(enumeration, 0, place)] * 1 + [
                Written(self.random.choice(ENUMERATIONS[enumeration]))]))  # fmt: skip
        names = [one.name for one in self._readable(place) if one.type == enumeration]
        if names and self.random.random() < 0.9:
            return Written(self.random.choice(names))
        return Written(self.random.choice(ENUMERATIONS[enumeration]))

    def condition(self, depth: int, place: Place) -> str:
        """A condition."""
        kinds = _CONDITIONS if depth > 0 else _PLAIN_CONDITIONS
        kind = self.random.choice(kinds)
        if place.inside and kind in ("any", "all"):
            kind = "compare"
        self.counts[kind] += 1
        pick = self.random.choice
        match kind:
            case "and" | "or":
                count = self.random.randint(2, 3)
                word = " 且 " if kind == "and" else " 或 "
                return f"({word.join(self.condition(depth - 1, place) for _ in range(count))})"
            case "not":
                return f"(非 {self.condition(depth - 1, place)})"
            case "any" | "all":
                word = "存在" if kind == "any" else "全部"
                inner = Place("成员", fixed=True, inside=True)
                when = f"当 {self.condition(depth - 1, inner)}"
                if pick((True, False)):
                    return f"{word}(成员 {when})"
                return f"{word}(成员: {self.condition(depth - 1, inner)} {when})"
            case "between":
                unit = pick(_units(place.scope))
                low, high = self.literal(unit), self.literal(unit)
                return f"({self._small(unit, depth, place)} 在 {low.text} .. {high.text})"
            case "days":
                return f"({self.day(depth, place)} {pick('<≤>≥=≠')} {self.day(0, place)})"
            case "member":
                name = pick(tuple(ENUMERATIONS))
                members = self.random.sample(ENUMERATIONS[name], self.random.randint(1, 2))
                subject = self.member_of(name, depth, place).text
                if name == "残疾等级" and pick((True, False)):
                    other = self.member_of(name, 0, place).text
                    return f"({subject} {pick('<≤>≥')} {pick((members[0], other))})"
                if len(members) == 1:
                    return f"({subject} {pick('=≠')} {members[0]})"
                return f"({subject} {pick(('属于', '不属于'))} {{{', '.join(members)}}})"
            case "truth":
                names = [one.name for one in self._readable(place) if one.type == "是否"]
                name = pick([*names, *names, "是"])
                return pick((name, f"({name} = 否)", f"(非 {name})"))
        unit = pick(_units(place.scope))
        loose = Place(place.scope, inside=place.inside)
        return (
            f"({self._small(unit, depth, loose)} {pick('<<≤>≥=≠')} {self._small(unit, 1, loose)})"
        )

    def _small(self, unit: str, depth: int, place: Place) -> str:
        """A number that can be compared with another one within 64 bits."""
        one = self.number(unit, max(depth - 1, 0), place)
        if one.top <= BITS // 2 and one.bottom <= BITS // 2 - 7:
            return one.text
        return self.literal(unit).text

    def name(self, word: str) -> str:
        """A new name."""
        self.names += 1
        return f"{word}{self.names}"


def _units(scope: str) -> tuple[str, ...]:
    return tuple(unit for unit in LITERALS if seen(unit, scope) == unit)


def _chosen(tests: list[str], parts: list[Written]) -> str:
    text = parts[-1].text
    for test, part in zip(reversed(tests), reversed(parts[:-1]), strict=True):
        text = f"如果 {test} 那么 {part.text} 否则 {text}"
    return f"({text})"


def _joined(text: str, parts: list[Written]) -> Written:
    """Several numbers over one denominator."""
    bottom = sum(part.bottom for part in parts)
    top = max(part.top + bottom - part.bottom for part in parts) + 2
    return Written(text, top, bottom, any(part.varies for part in parts))


_NUMBERS: tuple[Callable[[Writer, str, int, Place], Written | None], ...] = (
    Writer.add, Writer.add, Writer.negate, Writer.multiply, Writer.multiply, Writer.divide,
    Writer.divide, Writer.rounded, Writer.rounded, Writer.choose, Writer.choose, Writer.extreme,
    Writer.extreme, Writer.clamp, Writer.aggregate, Writer.aggregate, Writer.dated, Writer.dated, Writer.rank,
)  # fmt: skip
_PLAIN_CONDITIONS = ("compare", "compare", "between", "days", "member", "truth")
_CONDITIONS = (*_PLAIN_CONDITIONS, "compare", "and", "or", "not", "any", "all")
