"""Households that differ in one fact, and the very step at which a rule changes its mind between two of them."""

from __future__ import annotations

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.lawcraft.trial import Trial, run, switches_of


@frozen
class Place:
    """Where a fact stands: among those of the household, or among those of one member."""

    position: int
    member: int | None


def place_of(program: ir.Program, fact: ir.Fact, member: int) -> Place:
    """Where a fact stands: the household's own, or that of one member."""
    known = household_facts(program) if fact.scope == "household" else member_facts(program)
    position = next(i for i, one in enumerate(known) if one.name == fact.name)
    return Place(position, None if fact.scope == "household" else member)


def value_at(facts: Facts, place: Place) -> int:
    """The value of a fact, in steps."""
    if place.member is None:
        return facts.household[place.position]
    return facts.members[place.position][place.member]


def with_value(facts: Facts, place: Place, value: int) -> Facts:
    """The same household with another value of one fact."""
    if place.member is None:
        row = list(facts.household)
        row[place.position] = value
        return evolve(facts, household=tuple(row))
    columns = list(facts.members)
    column = list(columns[place.position])
    column[place.member] = value
    columns[place.position] = column
    return evolve(facts, members=tuple(columns))


def without_member(facts: Facts, member: int) -> Facts:
    """The same household without one of its members."""
    columns = tuple([*column[:member], *column[member + 1 :]] for column in facts.members)
    return evolve(facts, size=facts.size - 1, members=columns, labels=("",) * (facts.size - 1))


def edge(
    trial: Trial, facts: Facts, place: Place, low: int, high: int
) -> tuple[tuple[int, int], ...]:
    """Between two values of a fact, two neighboring ones for which a condition comes out differently, if any."""
    below = switches_of(trial, run(trial, with_value(facts, place, low)))
    if below == switches_of(trial, run(trial, with_value(facts, place, high))):
        return ()
    while high - low > 1:
        middle = (low + high) // 2
        if switches_of(trial, run(trial, with_value(facts, place, middle))) == below:
            low = middle
        else:
            high = middle
    return ((low, high),)
