"""A comparison of two decisions as text, in Chinese and in English; what policies say stays in their own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.types import Number, Type
from dibao_policy.explain import words_zh as words
from dibao_policy.lawcraft.compare.changes import (
    Change,
    DayChange,
    FactChange,
    MemberChange,
    OrderChange,
    RuleChange,
    ValueChange,
    cells_of,
)
from dibao_policy.lawcraft.compare.decisions import Compared, Comparison, Unit
from dibao_policy.lawcraft.compare.reach import LOOKED_THROUGH
from dibao_policy.lawcraft.compare.shares import on_paper
from dibao_policy.lawcraft.compare.units import dates_of
from dibao_policy.parameters.series import Entry
from dibao_policy.problem import Language
from dibao_policy.text import display_width
from dibao_policy.units import grain

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("两个决定为什么不同", "Why two decisions differ"),
    "A": ("甲", "A"),
    "B": ("乙", "B"),
    "side": ("  {side}：{name}，{day}（校验码 {digest}）", "  {side}: {name}, {day} (digest {digest})"),
    "joined": ("  乙增加的成员：{names}", "  members on side B only: {names}"),
    "gone": ("  乙减少的成员：{names}", "  members on side A only: {names}"),
    "by_place": (
        "  没有称呼的成员按先后顺序对应",
        "  members without a `称呼` are matched by their order",
    ),
    "results": ("一、结果的差别", "1. What comes out differently"),
    "changes": ("二、改变了什么", "2. What changed"),
    "how": ("三、各部分是怎样算的", "3. How the parts are computed"),
    "none": ("  各项结果都相同", "  every result is the same"),
    "line": ("  {what}：甲 {before}，乙 {after}", "  {what}: A {before}, B {after}"),
    "difference": ("，差 {amount}", ", difference {amount}"),
    "offset": ("，相同：各部分互相抵消", ", the same: the parts cancel out"),
    "flip": ("只要改变以下任何一组，甲就变成乙的结果：", "any one of these alone turns A's result into B's:"),
    "flip_one": ("改变以下各项，甲就变成乙的结果：", "this turns A's result into B's:"),
    "flip_some": (
        "改变以下各项，甲就变成乙的结果（也许还有别的组合）：",
        "this turns A's result into B's (there may be other sets):",
    ),
    "sum": ("合计", "sum"),
    "exact": ("（准确值 {amount}）", " (exactly {amount})"),
    "same": ("  相同的结果：{names}", "  the same on both sides: {names}"),
    "not_in_force": ("没有这项规定", "no such rule"),
    "not_there": ("没有这个成员", "no such member"),
    "other_kind": ("，单位不同，不能相减", ", of different kinds: there is no difference to take"),
    "together": ("以下各项分不开，一起改变", "these cannot be told apart and change together"),
    "day": ("决定日期", "day of the decision"),
    "by_day": ("（周岁、月数等按它计算）", " (ages and numbers of months go by it)"),
    "order": ("成员的先后顺序", "the order of the members"),
    "joins": ("增加成员 {name}", "member {name} comes"),
    "leaves": ("减少成员 {name}", "member {name} goes"),
    "household": ("家庭的 {name}", "the household's {name}"),
    "member": ("{person} 的 {name}", "{name} of {person}"),
    "parameter": ("参数 {name}", "parameter {name}"),
    "rule": ("规定 {name}", "rule {name}"),
    "default": ("（没有填写，按默认值）", " (not given: the default)"),
    "absent": ("没有", "none"),
        "from": ("自 {since} 起", "from {since}"),
    "until": ("至 {until}", "until {until}"),
    "always": ("没有写明起止日期", "no first or last day is stated"),
    "same_formula": (
        "写法相同，用到的规定、参数或事项只有一方有",
        "the same words, over something that only one side has",
    ),
    "average": (
        "  先改变哪一项、后改变哪一项，会影响每一项显出的作用。所以把对一个结果有作用的各项按所有的先后次序都改变\n"
        "  一遍，每一项取它在各种次序里的平均作用。每一种次序都从甲的结果一步一步走到乙的结果，各步之和就是差额，\n"
        "  平均以后各部分之和仍然是差额，一分不差。",
        "  What a change does can depend on what was changed before it. So the changes that matter to a result are\n"
        "  made in every order, and each counts for what it does on the average over these orders. Each order goes\n"
        "  step by step from A's result to B's, so that its steps add up to the difference, and so do the averages,\n"
        "  to the fen.",
    ),
    "ordered": (
        "  {names}：可能有作用的改变多于 {most} 项，所有的次序太多。按上面的编号逐项改变一遍，\n"
        "  再按相反的次序改变一遍，每一项取两遍的平均。每一遍都从甲走到乙，各步之和就是差额，\n"
        "  所以各部分之和也是差额，一分不差。",
        "  {names}: more than {most} changes may matter, which is too many for all orders.\n"
        "  They are made once in the order of their numbers and once in the opposite one, and each counts for the\n"
        "  average of both. Either way goes from A to B, so that its steps add up to the difference, and so do the\n"
        "  averages, to the fen.",
    ),
    "rounded": (
        "  有的部分不是整分。表里写到分：先舍去不足一分的零头，差的几分依次补给零头最大的几项，\n"
        "  所以纸面上的各部分之和仍等于差额；准确值写在后面的括号里。",
        "  Some parts are no whole number of fen. They are written to the fen: first each is cut, then the missing\n"
        "  fen go to the parts of which most was cut, so that they add up on paper too; the exact value stands in\n"
        "  brackets.",
    ),
    "comma": ("，", ", "),
    "one_result": ("、", ", "),
    "stop": ("：", ": "),
}  # fmt: skip


def comparison_text(told: Comparison, lang: Language = "zh") -> str:
    """What changed between two decisions, for people."""
    return "\n".join(_Told(told, lang).lines()) + "\n"


def paper_parts(one: Compared) -> tuple[Fraction, ...]:
    """The parts of a difference as they are written: whole steps of the unit where the difference is one.

    In smallest units; they add up to the difference, rounded or not.
    """
    amounts = [part.amount for part in one.parts]
    kind = one.types[0]
    if not isinstance(kind, Number) or one.difference is None:
        return tuple(amounts)
    step = grain(kind.unit)
    if (one.difference / step).denominator != 1:
        return tuple(amounts)
    return on_paper(amounts, step)


class _Told:
    """One comparison in one tongue."""

    def __init__(self, told: Comparison, lang: Language) -> None:
        self.told, self.lang = told, lang
        self.numbers = {id(unit): place + 1 for place, unit in enumerate(told.units)}

    def word(self, key: str, **facts: object) -> str:
        return _WORDS[key][self.lang == "en"].format(**facts)

    def lines(self) -> Iterator[str]:
        yield self.word("title")
        for key, snapshot in zip("AB", self.told.snapshots, strict=True):
            name = snapshot.compiled.program.name
            side = self.word(key)
            yield self.word("side", side=side, name=name, day=snapshot.day, digest=snapshot.digest)
        for key, people in (("joined", self.told.joined), ("gone", self.told.gone)):
            if people:
                yield self.word(key, names=self.listed(people))
        if self.told.by_place:
            yield self.word("by_place")
        yield ""
        yield self.word("results")
        yield from self._results()
        if self.told.units:
            yield ""
            yield self.word("changes")
            for unit in self.told.units:
                yield from self._unit(unit)
        if any(one.parts for one in self.told.results):
            yield ""
            yield self.word("how")
            yield from self._how()

    def listed(self, names: Sequence[str]) -> str:
        return self.word("one_result").join(dict.fromkeys(names))

    # ── results ───────────────────────────────────────────────────────────

    def _results(self) -> Iterator[str]:
        same: list[str] = []
        for one in self.told.results:
            if one.is_same and not one.parts:
                same.append(_what(one))
            else:
                yield from self._result(one)
        if len(same) == len(self.told.results):
            yield self.word("none")
        elif same:
            yield self.word("same", names=self.listed(same))

    def _result(self, one: Compared) -> Iterator[str]:
        kinds = one.types
        before, after = (
            self._value(value, kind)
            for value, kind in zip((one.before, one.after), kinds, strict=True)
        )
        line = self.word("line", what=_what(one), before=before, after=after)
        if one.difference:
            line += self.word("difference", amount=_signed(one.difference, kinds[0]))
        elif one.difference is not None:
            line += self.word("offset")
        elif one.before is not None and one.after is not None and not one.flips:
            line += self.word("other_kind")
        yield line
        for place, snapshot in enumerate(self.told.snapshots):
            # What only one side has is explained by the rule that it has.
            if kinds[1 - place] is None:
                grounds = self._grounds(place, snapshot.rule(one.name))
                yield f"      {self.word('AB'[place])}{self.word('stop')}{grounds}"
        yield from self._parts(one)
        yield from self._flips(one)

    def _value(self, value: ir.Value | None, kind: Type | None) -> str:
        if kind is None:
            return self.word("not_in_force")
        return self.word("not_there") if value is None else words.amount(value, kind)

    def _parts(self, one: Compared) -> Iterator[str]:
        if not one.parts:
            return
        kind = one.types[0]
        rows: list[tuple[str, str, str]] = []
        for part, written in zip(one.parts, paper_parts(one), strict=True):
            exact = ""
            if written != part.amount:
                exact = self.word("exact", amount=_signed(part.amount, kind))
            rows.append((self._title(part.unit), _signed(written, kind), exact))
        if len(rows) > 1:
            rows.append((self.word("sum"), _signed(one.difference or Fraction(0), kind), ""))
        widths = [max(display_width(row[i]) for row in rows) for i in (0, 1)]
        for title, amount, exact in rows:
            gap = " " * (widths[0] - display_width(title) + widths[1] - display_width(amount) + 2)
            yield f"      {title}{gap}{amount}{exact}"

    def _flips(self, one: Compared) -> Iterator[str]:
        if not one.flips:
            return
        key = "flip" if len(one.flips) > 1 else "flip_one"
        yield f"      {self.word(key if one.all_flips else 'flip_some')}"
        for flip in one.flips:
            yield f"        {' + '.join(map(self._title, flip))}"

    # ── changes ───────────────────────────────────────────────────────────

    def _title(self, unit: Unit) -> str:
        """A unit by its number and what it is about, in short."""
        # What a rule brings with it is told below, with the rule.
        rules = [one for one in unit.changes if isinstance(one, RuleChange)]
        names = [*dict.fromkeys(self._name(one) for one in rules or unit.changes)]
        shown = self.listed(names[:2]) + ("…" if len(names) > 2 else "")
        return f"〔{self.numbers[id(unit)]}〕{shown}"

    def _name(self, change: Change) -> str:
        match change:
            case DayChange():
                return self.word("day")
            case OrderChange():
                return self.word("order")
            case MemberChange(person, joined):
                return self.word("joins" if joined else "leaves", name=person)
            case FactChange(name, None):
                return self.word("household", name=name)
            case FactChange(name, person):
                return self.word("member", name=name, person=person)
            case ValueChange(name):
                return self.word("parameter", name=name)
            case RuleChange(_, before, after):
                rule = after or before
                assert rule is not None
                return self.word("rule", name=f"{rule.origin.block} {rule.origin.name}")

    def _unit(self, unit: Unit) -> Iterator[str]:
        number = f"  〔{self.numbers[id(unit)]}〕"
        if len(unit.changes) == 1:
            first, *more = self._change(unit.changes[0])
            yield number + first
            yield from (f"      {line}" for line in more)
            return
        yield number + self.word("together")
        for change in unit.changes:
            first, *more = self._change(change)
            yield f"      {first}"
            yield from (f"        {line}" for line in more)

    def _change(self, change: Change) -> Iterator[str]:
        name = self._name(change)
        match change:
            case DayChange(before, after):
                yield f"{name}{self.word('stop')}{before} → {after}{self.word('by_day')}"
            case OrderChange(first, second):
                yield f"{name}{self.word('stop')}{self.listed(first)} → {self.listed(second)}"
            case MemberChange():
                yield name
            case FactChange():
                yield f"{name}{self.word('stop')}{self._fact(change, 0)} → {self._fact(change, 1)}"
            case ValueChange():
                yield from self._table(change, name)
            case RuleChange():
                yield from self._rule(change)

    def _fact(self, change: FactChange, side: int) -> str:
        fact, value = change.facts[side], change.values[side]
        if fact is None or value is None:
            return self.word("absent")
        default = self.word("default") if change.defaulted[side] else ""
        return words.amount(value, fact.type) + default

    def _table(self, change: ValueChange, name: str) -> Iterator[str]:
        tables = change.before, change.after
        values = [{} if table is None else cells_of(table) for table in tables]
        told: dict[str, list[str]] = {}
        for key in change.cells:
            both = [
                words.amount(cells[key], table.type)
                if table is not None and key in cells
                else self.word("absent")
                for cells, table in zip(values, tables, strict=True)
            ]
            told.setdefault(" → ".join(both), []).append(self.listed(key))
        stop = self.word("stop")
        if list(told.values()) == [[""]]:
            yield f"{name}{stop}{next(iter(told))}"
        else:
            yield name
            for values_told, keys in told.items():
                yield f"{self.listed(keys)}{stop}{values_told}"
        for side, table in zip("AB", tables, strict=True):
            if table is not None:
                yield f"{self.word(side)}{stop}{self._provenance(table.entry)}"

    def _provenance(self, entry: Entry) -> str:
        source = entry.provenance
        parts = [self.word("from", since=entry.since)]
        if entry.until is not None:
            parts.append(self.word("until", until=entry.until))
        text = " ".join(parts)
        document = f"{source.document}{source.article}"
        return self.word("comma").join(filter(None, [text, document])) + f"（{source.status}）"

    def _rule(self, change: RuleChange) -> Iterator[str]:
        rule = change.after or change.before
        assert rule is not None
        yield self.word("rule", name=f"{rule.origin.block} {change.name.replace('·', '的')}")
        formulas = [
            None if one is None else words.formula(one.expression, one.origin.name)
            for one in (change.before, change.after)
        ]
        for place, one in enumerate((change.before, change.after)):
            side, stop = self.word("AB"[place]), self.word("stop")
            if one is None:
                yield f"{side}{stop}{self.word('absent')}"
                continue
            yield f"{side}{stop}{self._grounds(place, one)}"
            yield f"  {formulas[place]}"
        if formulas[0] == formulas[1]:
            yield self.word("same_formula")

    def _grounds(self, side: int, rule: ir.Rule) -> str:
        """Whose rule it is, on which days it is in force, and its articles."""
        snapshot = self.told.snapshots[side]
        layers: Mapping[str, str] = dict(snapshot.compiled.program.layers)
        period = dates_of(snapshot, rule)
        days = [
            self.word(key, **{key_of: day})
            for key, key_of, day in (
                ("from", "since", period.since),
                ("until", "until", period.until),
            )
            if day is not None
        ]
        return self.word("comma").join(
            (
                layers.get(rule.layer, rule.layer),
                " ".join(days) or self.word("always"),
                words.citations(rule.citations),
            )
        )

    # ── how ───────────────────────────────────────────────────────────────

    def _how(self) -> Iterator[str]:
        results = self.told.results
        if any(one.method == "average" for one in results):
            yield self.word("average")
        ordered = [_what(one) for one in results if one.method == "order"]
        if ordered:
            yield self.word("ordered", names=self.listed(ordered), most=LOOKED_THROUGH)
        if any(_is_rounded(one) for one in results):
            yield self.word("rounded")


def _is_rounded(one: Compared) -> bool:
    return paper_parts(one) != tuple(part.amount for part in one.parts)


def _what(one: Compared) -> str:
    """A result by its name, and whose it is."""
    return one.name if one.person is None else f"{one.person} {one.name}"


def _signed(value: Fraction, kind: Type | None) -> str:
    """An amount with its sign."""
    assert kind is not None
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + words.amount(abs(value), kind)
