"""Values and their names in English: what stands at the ends of an expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import RATIO, Enumerated, Number, Type, YesNo
from dibao_policy.explain import names_zh
from dibao_policy.model.resolve import DECISION_DAY, DECISION_DAY_CODE
from dibao_policy.units import Unit, is_money, shown_scale
from dibao_policy.values import Rounding, number_text, round_to

Named = ir.Rule | ir.Fact | ir.Table | ir.Procedure

# The words of a dimension: of one, of several.
_WORDS: dict[str, tuple[str, str]] = {
    "money": ("yuan", "yuan"),
    "area": ("square meter", "square meters"),
    "vehicle": ("vehicle", "vehicles"),
    # 套 counts flats and shops alike.
    "dwelling": ("unit", "units"),
    "occasion": ("time", "times"),
    "person": ("person", "persons"),
    "place": ("place", "places"),
    "age": ("year old", "years old"),
    "month": ("month", "months"),
    "year": ("year", "years"),
    "day": ("day", "days"),
}

_ROUNDED: dict[Rounding, str] = {
    Rounding.UP: "rounded up to a multiple of {}",
    Rounding.DOWN: "rounded down to a multiple of {}",
    Rounding.HALF_UP: "rounded to the nearest multiple of {} (a half goes up)",
    Rounding.HALF_EVEN: "rounded to the nearest multiple of {} (a half goes to the even one)",
}

# What a block calls a value of its own that nobody gave a name.
_OWN_PARTS = {
    "计入": "income counted",
    "推定前": "income before it is imputed",
    "基数": "rest of the base",
}


# ── names ─────────────────────────────────────────────────────────────────


def quote(text: str) -> str:
    """What is Chinese only, in quotation marks; those inside become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def readable(code: str) -> str:
    """`income_per_person` in words."""
    return code.replace("_", " ")


def member_name(zh: str, en: str) -> str:
    """What a member of an enumeration is called."""
    return readable(en) if en else quote(zh)


@frozen
class Names:
    """What the things of a program are called in English, by their Chinese names.

    `parts` are the parts of blocks, as their own block calls them; `whole` the block of each.
    """

    things: Mapping[str, str]
    parts: Mapping[str, str]
    whole: Mapping[str, str]

    def of(self, name: str, own: str = "") -> str:
        """What a value is called; a part of the block `own` without the name of its block."""
        if name in self.things:
            return self.things[name]
        if name not in self.parts:
            return quote(name)
        block = self.whole[name]
        return self.parts[name] if block == own else f"{self.parts[name]} in {self.of(block)}"

    def mentioned(self, written: str) -> str:
        """What was written as a Chinese name or as a code name."""
        known = readable(written)
        return known if known in self.things.values() else self.of(written)

    def leaf(self, node: ir.Expression, own: str = "") -> str:
        """What a value is called, or what a rule states."""
        match node:
            case ir.Literal(value, kind):
                return _plainly_written(node) or amount(value, kind)
            case ir.ReadFact(name) | ir.ReadRule(name):
                return self.of(name, own)
            case ir.Lookup(table, keys):
                stated = [self.leaf(key) for key in keys if isinstance(key, ir.Literal)]
                named = self.of(table)
                return f"{named} ({', '.join(stated)})" if stated else named
        return "…"


def names_of(program: ir.Program) -> Names:
    """The names of a program: code names made readable; what has no code by its Chinese name."""
    things = {DECISION_DAY: readable(DECISION_DAY_CODE)}
    parts: dict[str, str] = {}
    whole: dict[str, str] = {}
    known: tuple[Named, ...] = (
        *program.facts, *program.idle, *program.tables, *program.published,
        *program.rules, *program.procedures,
    )  # fmt: skip
    for one in known:
        if one.code:
            things[one.name] = readable(one.code)
        elif isinstance(one, ir.Rule) and one.origin.clause:
            parts[one.name] = _part(one)
            whole[one.name] = one.origin.name
    return Names(things, parts, whole)


def _part(rule: ir.Rule) -> str:
    """What a block calls a part of its own."""
    origin = rule.origin
    match origin.clause:
        case "适用":
            return f"group {quote(origin.label)} applies"
        case "例外":
            requirement, _, waiver = origin.label.rpartition("·")
            return f"exception {quote(waiver)} to {quote(requirement)}"
        case clause if clause in _OWN_PARTS:
            # With several there is a number after the label.
            number = rule.name.removeprefix(f"{origin.name}·").removeprefix(origin.label)
            return _OWN_PARTS[clause] + (f" ({number})" if number else "")
    return quote(origin.label)


# ── values ────────────────────────────────────────────────────────────────


def amount(value: ir.Value, kind: Type) -> str:
    """A value for people: thousands set apart, an endless fraction as a fraction, the unit in words."""
    match kind:
        case YesNo():
            return "yes" if value else "no"
        case Enumerated(_, members):
            return member_name(*members[int(value)])
        case Number(unit) if isinstance(value, Fraction) and kind != RATIO:
            return _number(value, unit)
    # A day and a ratio are digits and signs alone.
    return value_text(value, kind)


def _number(value: Fraction, unit: Unit) -> str:
    shown = value / shown_scale(unit)
    digits = number_text(shown)
    if is_money(unit) and "." in digits:
        digits = number_text(shown, 2)
    if unit.powers == (("place", 1),):
        return f"place {digits}" if shown else "no place"
    words = unit_words(unit, shown)
    if "/" in digits:
        top, _, bottom = digits.partition("/")
        near = number_text(round_to(shown, Fraction(1, 10_000), Rounding.HALF_UP), 2)
        return f"{_grouped(top)}/{_grouped(bottom)} {words} (about {_grouped(near)})"
    return f"{_grouped(digits)}{'' if words.startswith('/') else ' '}{words}"


def unit_words(unit: Unit, count: Fraction) -> str:
    """`yuan/person/month`, `3` of `persons`; of one, the words of one. Empty above the line: `/person`."""
    over = [name for name, power in unit.powers for _ in range(power)]
    under = [name for name, power in unit.powers for _ in range(-power)]
    several = abs(count) != 1
    above = "-".join(
        _WORDS[name][several and place == len(over) - 1] for place, name in enumerate(over)
    )
    return above + "".join(f"/{_WORDS[name][0]}" for name in under)


def near_amount(value: ir.Value, kind: Type, other: ir.Value) -> str:
    """`about 163.33 yuan/person/month`; empty where the decimals end."""
    near = names_zh.near_number(value, kind, other)
    if not near or not isinstance(kind, Number):
        return ""
    return f"about {near} {unit_words(kind.unit, Fraction(2))}"


def rounding(quantum: Fraction, mode: Rounding, kind: Type) -> str:
    """`rounded up to a multiple of 1 yuan/month`."""
    return _ROUNDED[mode].format(amount(quantum, kind))


def limit_text(limit: ir.TimeLimit) -> str:
    """`within 10 working days`."""
    if limit.unit == "即时":
        return "at once"
    word = {"日": "day", "工作日": "working day", "月": "month"}[limit.unit]
    return f"within {limit.number} {word}{'' if limit.number == 1 else 's'}"


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}" + point + rest if whole != "-0" else digits


def _plainly_written(node: ir.Literal) -> str:
    """A number without a unit as it was written: `12`, and `2 persons` where for one member 人 is 1."""
    if node.type != RATIO:
        return ""
    written = names_zh.leaf_name(node)
    number = written.removesuffix("人")
    if number == written:
        return written
    return f"{number} {'person' if number == '1' else 'persons'}"


Leaf = Callable[[ir.Expression], str]


@frozen
class Reading:
    """How an expression is read: `leaf` tells a part, `value` what it came to; None where only names are told.

    `own` is the block that the expression stands in: its parts go by their labels.
    """

    leaf: Leaf
    value: Callable[[ir.Expression], ir.Value | None]
    own: str
    names: Names

    def name(self, node: ir.Expression) -> str:
        """What a part is called, also where figures are told."""
        return self.names.leaf(node, self.own)
