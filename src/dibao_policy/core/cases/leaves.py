"""The leaves of a program, each made once: facts, the number of members, ages, months, counts, roundings."""

from __future__ import annotations

from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.cases import polynomials
from dibao_policy.core.cases.formulas import (
    Age,
    Counted,
    DayPart,
    Given,
    Leaf,
    Months,
    Opaque,
    PartName,
    Place,
    Rounded,
    Size,
    Today,
)
from dibao_policy.core.cases.pieces import Who
from dibao_policy.core.cases.polynomials import ONE, Ratio
from dibao_policy.core.cases.world import World, new_leaf
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import LAST_DAY, day_number
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.units import read_unit
from dibao_policy.values import round_to


def today_leaf(world: World) -> Leaf:
    """The day of the decision."""
    program = world.integers.program
    since, until = day_number(program.since), day_number(program.until or LAST_DAY)
    return new_leaf(world, Today(), Today(), Day(), Fraction(since), Fraction(until))


def fact_leaf(world: World, name: str, who: Who) -> Leaf:
    """A fact, or the day of the decision."""
    if name == DECISION_DAY:
        return today_leaf(world)
    fact = world.facts[name]
    source = Given(name, who)
    step = ir.step_of(fact)
    # A range may end between two steps; no fact can stand there.
    low = -(-fact.low // step) * step
    high = fact.high // step * step
    # Nobody is born after the day on which it is decided.
    until = today_leaf(world) if name in world.births else None
    return new_leaf(world, source, source, fact.type, low, high, step, until=until)


def opaque_leaf(
    world: World, key: object, kind: Type, low: Fraction, high: Fraction, step: Fraction | None
) -> Leaf:
    """A value that is not looked into."""
    return new_leaf(world, key, Opaque(), kind, low, high, step, opaque=True)


def opaque_condition(world: World, node: ir.Expression, who: Who) -> Leaf:
    """A condition that is not looked into."""
    return opaque_leaf(world, (node, who), YesNo(), Fraction(0), Fraction(1), Fraction(1))


def opaque_rule(world: World, rule: ir.Rule, who: Who) -> Leaf:
    """A rule that is not looked into: anything within the bounds that were proved for it."""
    computed = world.computed[rule.name]
    top, bottom = computed.form.numerator, computed.form.denominator
    ends = [Fraction(a, b) for a in (top.low, top.high) for b in (bottom.low, bottom.high)]
    step = Fraction(1, computed.scale) if computed.scale else None
    low, high = min(ends), max(ends)
    if isinstance(rule.type, Enumerated):
        low, high = Fraction(0), Fraction(len(rule.type.members) - 1)
    elif isinstance(rule.type, YesNo):
        low, high = Fraction(0), Fraction(1)
    return opaque_leaf(world, ("rule", rule.name, who), rule.type, low, high, step)


def size_number(world: World) -> Ratio:
    """How many members there are."""
    if world.setting is not None:
        return polynomials.constant(Fraction(world.setting.size))
    return polynomials.leaf_number(size_leaf(world))


def size_leaf(world: World) -> Leaf:
    """How many members there are, in general."""
    unit = read_unit("人")
    assert unit is not None
    low, high = Fraction(1), Fraction(MEMBER_LIMIT)
    return new_leaf(world, Size(), Size(), Number(unit[0]), low, high)


def count_leaf(world: World, condition: ir.Expression) -> Leaf:
    """How many members meet a condition; how many others, where there is a member at hand."""
    size = size_leaf(world)
    source = Counted(size, world.at_hand)
    high = size.high - 1 if world.at_hand else size.high
    key = ("count", condition)
    return new_leaf(world, key, source, size.type, Fraction(0), high, opaque=True)


def age_leaf(world: World, birth: Leaf | int, day: Leaf | int, kind: Type) -> Leaf:
    """The age on a day; from 0 on the day of the decision."""
    source = Age(birth, day)
    youngest, oldest = (_low(day) - _high(birth)) // 10_000, (_high(day) - _low(birth)) // 10_000
    if isinstance(birth, Leaf) and birth.until is day:
        youngest, oldest = max(youngest, 0), max(oldest, 0)
    low, high = Fraction(youngest), Fraction(oldest)
    opaque = _is_opaque(birth) or _is_opaque(day)
    return new_leaf(world, source, source, kind, low, high, opaque=opaque)


def months_leaf(world: World, earlier: Leaf | int, later: Leaf | int, kind: Type) -> Leaf:
    """The whole months from one day to another."""
    source = Months(earlier, later)
    low = Fraction(_months(_high(earlier), _low(later)))
    high = Fraction(_months(_low(earlier), _high(later)))
    opaque = _is_opaque(earlier) or _is_opaque(later)
    return new_leaf(world, source, source, kind, low, high, opaque=opaque)


def part_leaf(world: World, part: PartName, day: Leaf, kind: Type) -> Leaf:
    """The year of a day, the month of its year or the day of its month."""
    source = DayPart(part, day)
    years = day.low // 10_000, day.high // 10_000
    low, high = {"year": years, "month": (1, 12), "day": (1, 31)}[part]
    return new_leaf(world, source, source, kind, Fraction(low), Fraction(high), opaque=day.opaque)


def rank_leaf(world: World, node: ir.Rank, who: Who) -> Leaf:
    """The place of a member among the members, which is not looked into."""
    low = Fraction(1 if node.when is None else 0)
    high = Fraction(MEMBER_LIMIT)
    return new_leaf(world, (node, who), Place(), node.type, low, high, opaque=True)


def _low(day: Leaf | int) -> int:
    return int(day.low) if isinstance(day, Leaf) else day


def _high(day: Leaf | int) -> int:
    return int(day.high) if isinstance(day, Leaf) else day


def _is_opaque(day: Leaf | int) -> bool:
    return isinstance(day, Leaf) and day.opaque


def _months(earlier: int, later: int) -> int:
    return int(TABLE["months"].evaluate(earlier, later))


def rounded(world: World, node: ir.Round, value: Ratio) -> Ratio | None:
    """A number as a rounding makes it, or None where nothing is known of it."""
    quantum = node.quantum
    fixed = polynomials.known(value)
    if fixed is not None:
        return polynomials.constant(round_to(fixed, quantum, node.mode))
    step = polynomials.step(world.leaves, value)
    if step is not None and (step / quantum).denominator == 1:
        return value
    ends = polynomials.bounds(world.leaves, value)
    if ends is None:
        return None
    low, high = (round_to(end, quantum, node.mode) for end in ends)
    key = (frozenset(value.top.items()), frozenset(value.bottom.items()), quantum, node.mode)
    linear = value.bottom is ONE and all(len(one) <= 1 for one in value.top)
    if not linear:
        # A whole number times another leaf is no linear matter.
        return polynomials.leaf_number(opaque_leaf(world, key, node.type, low, high, quantum))
    terms = tuple((world.leaves[one[0]], part) for one, part in value.top.items() if one)
    source = Rounded(terms, value.top.get((), Fraction(0)), quantum, node.mode)
    opaque = any(leaf.opaque for leaf, _ in terms)
    return polynomials.leaf_number(
        new_leaf(world, key, source, node.type, low, high, quantum, opaque)
    )
