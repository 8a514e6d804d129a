"""Random well-typed policies, written in the language.

The kind of a node is chosen first, then its parts, with a budget of depth: so conditionals, aggregates and
quotients are frequent. Each expression carries a rough size of its numerator and denominator, in bits and far
on the safe side, so that few of the policies need more than the 64 bits that the compiler allows.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from attrs import define, field

from . import conditions
from .words import (
    BITS,
    LITERALS,
    MODES,
    ORDERED,
    QUANTA,
    SHARES,
    Known,
    Place,
    Written,
    joined,
    seen,
    units_in,
    worth,
)


@define
class Writer:
    """Writes one policy. `counts` says how often each kind of node was written.

    `days` are the days on which something changes; `upper` is set while the rules of a parent are written.
    """

    random: random.Random
    known: list[Known] = field(factory=list)
    counts: Counter[str] = field(factory=Counter)
    names: int = 0
    days: tuple[str, ...] = ()
    upper: bool = False

    def some(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random.random() < share

    # ── numbers ───────────────────────────────────────────────────────────

    def number(self, unit: str, depth: int, place: Place) -> Written:
        """A number of a unit."""
        for _ in range(4 if depth else 0):
            kind = self.random.choice(_NUMBERS)
            if unit in ("岁", "月", "年", "日") and self.some(0.85):
                kind = Writer.dated
            if unit == "名" and self.some(0.5):
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
        fitting = [one for one in self.readable(place) if seen(one.type, place.scope) == unit]
        if fitting and self.some(0.85):
            return self._read(self.random.choice(fitting), place)
        return self.literal(unit)

    def literal(self, unit: str) -> Written:
        text = self.random.choice(LITERALS[unit])
        text = text if self.some(0.9) else f"(−{text})"
        return Written(text, 21, 14 if unit == "比例" else 0)

    def share(self, place: Place) -> Written:
        """A rate: what a rule states itself lies between nothing and all."""
        one = self.leaf("比例", place)
        stated = one.text.strip("(−)")[:1].isdigit()
        return Written(self.random.choice(SHARES), 21, 14) if stated else one

    def positive(self, unit: str, depth: int, place: Place) -> Written:
        """A number that is above zero whatever the facts."""
        if unit in ("人", "比例") and self.some(0.4):
            return Written("人口" if seen("人", place.scope) == unit else "2", 6)
        least = self.random.choice([one for one in LITERALS[unit] if worth(one)])
        other = self.number(unit, depth, place)
        return Written(
            f"较大({other.text}, {least})", max(other.top, 21 + other.bottom) + 14,
            other.bottom + 14, other.varies,
        )  # fmt: skip

    def readable(self, place: Place) -> list[Known]:
        """What an expression may read there."""
        return [
            one
            for one in self.known
            if (place.scope == "成员" or one.scope == "家庭")
            and not (one.varies and place.fixed)
            and not (one.local and self.upper)
        ]

    def _read(self, one: Known, place: Place) -> Written:
        text = one.code if one.code and self.some(0.05) else one.name
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
        return joined(f"({text})", parts)

    def negate(self, unit: str, depth: int, place: Place) -> Written:
        one = self.number(unit, depth, place)
        return Written(f"(−{one.text})", one.top, one.bottom, one.varies)

    def multiply(self, unit: str, depth: int, place: Place) -> Written | None:
        pairs = {"元/月": ("元/人月", "人"), "元": ("元/月", "月"), "比例": ("比例", "比例")}
        first, second = unit, "比例"
        if place.scope == "家庭" and unit in pairs and self.some(0.6):
            first, second = pairs[unit]
        elif unit == "元/年" and self.some(0.5):
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
        if place.scope == "家庭" and second == "比例" and self.some(0.3):
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
        return joined(conditions.chosen(tests, parts), parts)

    def extreme(self, unit: str, depth: int, place: Place) -> Written:
        parts = self._parts(unit, depth, place)
        word = self.random.choice(("较小", "较大"))
        return joined(f"{word}({', '.join(part.text for part in parts)})", parts)

    def clamp(self, unit: str, depth: int, place: Place) -> Written:
        one = self.number(unit, depth, place)
        low, high = self.literal(unit), self.literal(unit)
        both = joined(f"限({one.text}, {low.text}, {high.text})", [one, low, high])
        return Written(both.text, min(both.top, 38 + one.bottom), both.bottom, one.varies)

    def aggregate(self, unit: str, depth: int, place: Place) -> Written | None:
        if place.inside or unit == "元/人月":
            return None
        inner = Place("成员", fixed=True, inside=True)
        when = f" 当 {self.condition(depth, inner)}" if self.some(0.6) else ""
        if when:
            self.counts["when"] += 1
        if unit == seen("人", place.scope) and self.some(0.7):
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
        return joined(f"{word}(成员: {body.text}{when} 否则 {other.text})", [body, other])

    def dated(self, unit: str, depth: int, place: Place) -> Written | None:
        days = [self.day(depth, place) for _ in range(2)]
        if unit == "岁":
            single = self.some(0.5)
            return Written(f"周岁({days[0]})" if single else f"周岁({days[0]}, {days[1]})", 9)
        if unit == "年":
            return Written(f"年份({days[0]})", 12)
        if unit == "日":
            return Written(f"日号({days[0]})", 5)
        if unit != "月":
            return None
        if self.some(0.4):
            return Written(f"月份({days[0]})", 4)
        return Written(f"整月数({days[0]}, {days[1]})", 12)

    def rank(self, unit: str, depth: int, place: Place) -> Written | None:
        """The place of the member at hand, by a number, a day or an ordered enumeration."""
        if unit != "名" or place.scope != "成员" or place.inside:
            return None
        inner = Place("成员", fixed=True, inside=True)
        match self.random.choice(("number", "number", "day", "member")):
            case "number":
                key = self.number(self.random.choice(units_in("成员")), depth, inner).text
            case "day":
                key = self.day(depth, inner)
            case _:
                key = self.member_of(ORDERED, depth, inner).text
        way = self.random.choice(("从高到低", "从低到高"))
        when = f" 当 {self.condition(depth, inner)}" if self.some(0.6) else ""
        return Written(f"第几(成员 按 {key} {way}{when})", 6)

    def steps(self, unit: str, depth: int, place: Place) -> Written:
        """分段: one of several numbers, by the bracket that a number, a day or a grade falls into."""
        subject, ends = conditions.brackets(self, depth, place)
        parts = [self.number(unit, depth, place) for _ in range(len(ends) + 1)]
        return joined(conditions.stepped(subject, ends, [part.text for part in parts]), parts)

    def progressive(self, unit: str, depth: int, place: Place) -> Written:
        """累进: each part of a number times a rate of its own."""
        subject = self.small(unit, depth, place)
        ends = conditions.rising(self, unit, place, above_zero=True)
        rates = [self.share(place) for _ in range(len(ends) + 1)]
        size = max(subject.top, 24 + subject.bottom)
        parts = [
            Written(
                "", size + rate.top, subject.bottom + rate.bottom, subject.varies or rate.varies
            )
            for rate in rates
        ]
        text = conditions.stepped(subject.text, ends, [rate.text for rate in rates])
        return joined(text.replace("分段", "累进", 1), parts)

    # ── everything else ───────────────────────────────────────────────────

    def day(self, depth: int, place: Place) -> str:
        """A day."""
        return conditions.day(self, depth, place)

    def member_of(self, enumeration: str, depth: int, place: Place) -> Written:
        """A value of an enumeration."""
        return conditions.member_of(self, enumeration, depth, place)

    def condition(self, depth: int, place: Place) -> str:
        """A condition."""
        return conditions.condition(self, depth, place)

    def small(self, unit: str, depth: int, place: Place) -> Written:
        """A number that can be compared with another one within 64 bits."""
        one = self.number(unit, max(depth - 1, 0), place)
        if one.top <= BITS // 2 and one.bottom <= BITS // 2 - 7:
            return one
        return self.literal(unit)

    def new_name(self, word: str) -> str:
        """A new name."""
        self.names += 1
        return f"{word}{self.names}"


_NUMBERS: tuple[Callable[[Writer, str, int, Place], Written | None], ...] = (
    Writer.add, Writer.add, Writer.negate, Writer.multiply, Writer.multiply, Writer.divide,
    Writer.divide, Writer.rounded, Writer.rounded, Writer.choose, Writer.choose, Writer.extreme,
    Writer.extreme, Writer.clamp, Writer.aggregate, Writer.aggregate, Writer.dated, Writer.dated,
    Writer.rank, Writer.steps, Writer.steps, Writer.progressive,
)  # fmt: skip
