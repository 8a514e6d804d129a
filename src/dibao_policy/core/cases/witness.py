"""A household that was found, as facts, and in the words of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.cases.expand import choice, number, truth
from dibao_policy.core.cases.formulas import (
    Compared,
    Every,
    Form,
    Formula,
    Given,
    Leaf,
    OneOf,
    Opposite,
    Size,
    Some,
    Today,
    atoms,
)
from dibao_policy.core.cases.linear import plainest
from dibao_policy.core.cases.pieces import Choices, Numbers, Who
from dibao_policy.core.cases.polynomials import Polynomial, Ratio
from dibao_policy.core.cases.search import Found
from dibao_policy.core.cases.theory import rests_on
from dibao_policy.core.cases.world import World
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_number
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.syntax.tree import Scope
from dibao_policy.text import covered

SHOWN_LIMIT = 8

Values = Mapping[Leaf, Fraction]


# ── as facts ──────────────────────────────────────────────────────────────


@frozen
class Household:
    """All facts of a household on a day (YYYYMMDD), by name; `at` is the member at hand, from 0."""

    day: int
    at: int
    household: Mapping[str, ir.Value]
    members: tuple[Mapping[str, ir.Value], ...]


def household_of(found: Found) -> Household:
    """A whole household: what was found, and plain values for all on which the answer does not rest."""
    program = found.world.integers.program
    setting = found.world.setting
    size, free, at = (1, 1, 0) if setting is None else (setting.size, setting.free, setting.at)
    day = day_number(program.since)
    given: dict[tuple[str, Who], Fraction] = {}
    for leaf, value in found.values.items():
        match leaf.source:
            case Given(name, who):
                given[name, who] = value
            case Size():
                size = int(value)
            case Today():
                day = int(value)
    household: dict[str, ir.Value] = {}
    members: list[dict[str, ir.Value]] = [{} for _ in range(size)]
    for fact in program.facts:
        if fact.scope == "household":
            household[fact.name] = _fact(fact, given.get((fact.name, None)))
        else:
            for place, member in enumerate(members):
                member[fact.name] = _fact(fact, given.get((fact.name, min(place, free - 1))))
    return Household(day, at, household, tuple(members))


def _fact(fact: ir.Fact, value: Fraction | None) -> ir.Value:
    if value is not None:
        return value if isinstance(fact.type, Number) else _kind(value, fact.type)
    if fact.default is not None:
        return fact.default
    if isinstance(fact.type, Number):
        step = ir.step_of(fact)
        return plainest(int(-(-fact.low // step)), int(fact.high // step)) * step
    return _kind(fact.low, fact.type)


def _kind(value: Fraction, kind: Type) -> ir.Value:
    return bool(value) if isinstance(kind, YesNo) else int(value)


# ── in words ──────────────────────────────────────────────────────────────


def told(found: Found, conditions: Sequence[ir.Expression], scope: Scope) -> tuple[str, ...]:
    """`年龄 = 17岁` for each name that the conditions read and on which the answer rests."""
    relevant = frozenset(part for leaf in found.relevant for part in rests_on(leaf))
    setting = found.world.setting
    who = None if scope == "household" else 0 if setting is None else setting.at
    lines: list[str] = []
    for words, node, kind in _vocabulary(found.world, conditions):
        rests, value = _value(found.world, node, who, found.values)
        fixed = not rests and setting is not None
        if value is not None and (fixed or rests & relevant):
            lines.append(f"`{words} = {value_text(value, kind)}`")
    return tuple(lines[:SHOWN_LIMIT])


def _vocabulary(
    world: World, conditions: Sequence[ir.Expression]
) -> Iterator[tuple[str, ir.Expression, Type]]:
    """What conditions read, in the order of reading: names, through those of conditions, and summaries."""
    seen: set[str] = set()
    left = list(reversed(conditions))
    while left:
        node = left.pop()
        match node:
            case ir.ReadFact(name) if name not in seen:
                seen.add(name)
                fact = world.facts.get(name)
                yield name, node, fact.type if fact is not None else Day()
            case ir.ReadRule(name) if name not in seen:
                seen.add(name)
                rule = world.computed[name].rule
                if not rule.origin.clause:
                    yield name, node, rule.type
                if isinstance(rule.type, YesNo):
                    left.append(rule.expression)
            case ir.Aggregate():
                words = " ".join(covered(node.span).split())
                if words not in seen:
                    seen.add(words)
                    yield words, node, node.type
            case _:
                left += reversed(ir.children(node))


def _value(
    world: World, node: ir.Expression, who: Who, values: Values
) -> tuple[frozenset[Leaf], ir.Value | None]:
    """The leaves on which a value rests, and the value itself where it is known."""
    match node.type:
        case YesNo():
            formula = truth(world, node, who)
            return _leaves_of(world, [formula]), _holds(formula, values)
        case Number():
            numbers = number(world, node, who)
            if numbers is None:
                return frozenset(), None
            leaves = _leaves_of(world, [when for when, _ in numbers]) | {
                world.leaves[place]
                for _, one in numbers
                for part in (one.top, one.bottom)
                for monomial in part
                for place in monomial
            }
            return leaves, _number(world, numbers, values)
        case Day() | Enumerated():
            choices = choice(world, node, who)
            if choices is None:
                return frozenset(), None
            leaves = _leaves_of(world, [when for when, _ in choices])
            leaves |= {one for _, one in choices if isinstance(one, Leaf)}
            return leaves, _choice(choices, values)
    return frozenset(), None


def _leaves_of(world: World, formulas: Sequence[Formula]) -> frozenset[Leaf]:
    found: set[Leaf] = set()
    for atom in atoms(formulas):
        match atom:
            case OneOf(leaf):
                found.add(leaf)
            case Compared(Form(top, bottom)):
                found.update(leaf for leaf, _ in top)
                if bottom is not None:
                    found.add(bottom)
    return frozenset(found)


def _holds(formula: Formula, values: Values) -> bool | None:
    """Whether a formula holds, or None where that is not known."""
    match formula:
        case bool():
            return formula
        case OneOf(leaf, members):
            return None if leaf not in values else bool(members >> int(values[leaf]) & 1)
        case Compared(form, relation, constant):
            value = _form(form, values)
            if value is None:
                return None
            return {"<": value < constant, "≤": value <= constant, "=": value == constant}[relation]
        case Opposite(part):
            held = _holds(part, values)
            return None if held is None else not held
        case Every(parts) | Some(parts):
            settling = isinstance(formula, Some)
            held_parts = [_holds(part, values) for part in parts]
            if settling in held_parts:
                return settling
            return None if None in held_parts else not settling


def _form(form: Form, values: Values) -> Fraction | None:
    if any(leaf not in values for leaf, _ in form.top):
        return None
    total = sum((values[leaf] * factor for leaf, factor in form.top), Fraction(0))
    if form.bottom is None:
        return total
    return total / values[form.bottom] if form.bottom in values else None


def _number(world: World, numbers: Numbers, values: Values) -> Fraction | None:
    for when, one in numbers:
        if _holds(when, values):
            return _ratio(world, one, values)
    return None


def _choice(choices: Choices, values: Values) -> int | None:
    for when, one in choices:
        if _holds(when, values):
            if isinstance(one, int):
                return one
            return int(values[one]) if one in values else None
    return None


def _ratio(world: World, number: Ratio, values: Values) -> Fraction | None:
    top, bottom = (_polynomial(world, part, values) for part in (number.top, number.bottom))
    return None if top is None or not bottom else top / bottom


def _polynomial(world: World, polynomial: Polynomial, values: Values) -> Fraction | None:
    total = Fraction(0)
    for monomial, coefficient in polynomial.items():
        for place in monomial:
            leaf = world.leaves[place]
            if leaf not in values:
                return None
            coefficient *= values[leaf]
        total += coefficient
    return total


def day_told(found: Found) -> str:
    """The day of a household that was found: `决定日期 = 2024-01-01`."""
    return f"`{DECISION_DAY} = {value_text(household_of(found).day, Day())}`"
