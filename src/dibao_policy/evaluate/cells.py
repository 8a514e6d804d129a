"""The facts that are missing: each a cell with a first and a last place, so that all kinds are looked through alike.

The places of a number are its steps, those of a day the days of the calendar, those of an enumeration
its members in order, and of 是否 the two answers.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import births_of
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.dates import day_from_number, day_number
from dibao_policy.evaluate.facts import PartialFacts, given_value, household_facts, member_facts
from dibao_policy.evaluate.possible import Among, Amount, Possible, Range, among

_FEW = 8


@frozen
class Cell:
    """One missing fact, of the household or of one member, and the places that its answer can have."""

    fact: ir.Fact
    member: int | None
    first: int
    last: int


def missing_cells(program: ir.Program, facts: PartialFacts) -> tuple[Cell, ...]:
    """What is missing, in the order of declaration; a fact of the members by member."""
    births = births_of(program)
    today = day_from_number(facts.day).toordinal()

    def cell(fact: ir.Fact, member: int | None) -> Cell:
        one = _cell(fact, member)
        return evolve(one, last=min(one.last, today)) if fact.name in births else one

    found: dict[str, list[Cell]] = {}
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        found[fact.name] = [cell(fact, None)] if step is None else []
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        found[fact.name] = [cell(fact, i) for i, step in enumerate(column) if step is None]
    return tuple(cell for fact in program.facts for cell in found[fact.name])


def _cell(fact: ir.Fact, member: int | None) -> Cell:
    match fact.type:
        case Number():
            low, high = fact.low / ir.step_of(fact), fact.high / ir.step_of(fact)
            first = -(-low.numerator // low.denominator)
            return Cell(fact, member, first, high.numerator // high.denominator)
        case Day():
            days = [day_from_number(int(end)).toordinal() for end in (fact.low, fact.high)]
            return Cell(fact, member, *days)
    return Cell(fact, member, int(fact.low), int(fact.high))


def answer_at(fact: ir.Fact, place: int) -> ir.Value:
    """The answer that a place stands for."""
    if isinstance(fact.type, Day):
        return day_number(datetime.date.fromordinal(place))
    return given_value(fact, place)


def step_at(fact: ir.Fact, place: int) -> int:
    """The same as `Facts` keep it."""
    return day_number(datetime.date.fromordinal(place)) if isinstance(fact.type, Day) else place


def is_listed(cell: Cell, first: int, last: int) -> bool:
    """Whether the answers between two places can be gone through one by one."""
    return last - first < _FEW or not isinstance(cell.fact.type, (Number, Day))


def possible_of(cell: Cell, index: int, first: int, last: int) -> Possible:
    """What a missing fact can be between two places."""
    if isinstance(cell.fact.type, Enumerated):
        return among(range(first, last + 1), {index: (1, 1)})
    low, high = answer_at(cell.fact, first), answer_at(cell.fact, last)
    return Range(low, high, {} if first == last else {index: _step(cell.fact)})


def _step(fact: ir.Fact) -> tuple[Amount, Amount]:
    """By how much a value grows from one place to the next."""
    match fact.type:
        case Number():
            return ir.step_of(fact), ir.step_of(fact)
        case Day():
            # As YYYYMMDD: by one within a month, by 8870 from December 31 to January 1.
            return 1, 8870
    return 1, 1


def known_possible(fact: ir.Fact, step: int) -> Possible:
    """A fact that was given."""
    if isinstance(fact.type, Enumerated):
        return Among(frozenset((step,)), {})
    value = given_value(fact, step)
    return Range(value, value, {})


def width(one: Possible) -> Fraction:
    """How much is open: nothing where a value is known."""
    if isinstance(one, Among):
        return Fraction(len(one.members) - 1)
    return Fraction(one.high) - Fraction(one.low)
