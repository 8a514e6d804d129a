"""The household of an interview as plain data: facts under their Chinese names, numbers as whole or decimal text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cells import Cell, step_at
from dibao_policy.facts.household import Field, Reader
from dibao_policy.facts.not_asked import Place, not_asked_of
from dibao_policy.facts.partial import step_given
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.units import shown_scale
from dibao_policy.values import number_text

Plain = bool | int | str
"""是否, a whole number, or a text: the decimal digits of an amount in yuan, a day, the name of a choice."""

Household = dict[str, Any]

_GROWN_UP = 30


def plain_value(fact: ir.Fact, step: int) -> Plain:
    """A fact in steps as plain data."""
    match fact.type:
        case Number(unit):
            number = step * ir.step_of(fact) / shown_scale(unit)
            return int(number) if number.denominator == 1 else number_text(number)
        case Day():
            return str(day_from_number(step))
        case Enumerated(_, members):
            return members[step][0]
    return bool(step)


def plain_household(reader: Reader, given: Mapping[str, Any]) -> Household:
    """What is stated in a sound household, each fact under its Chinese name; `成员` only if it was given."""
    not_asked = frozenset(not_asked_of(given))
    found = _plain_row((*reader.household, *reader.idle_household), given, None, not_asked)
    people = next((given[key] for key in MEMBERS if key in given), None)
    if people is not None:
        fields = (*reader.members, *reader.idle_members)
        found[MEMBERS[0]] = [
            _named(person) | _plain_row(fields, person, member, not_asked)
            for member, person in enumerate(people)
        ]
    return found


def _plain_row(
    fields: Iterable[Field],
    given: Mapping[str, Any],
    member: int | None,
    not_asked: frozenset[Place],
) -> Household:
    steps = (
        (field.fact, step_given(field, given))
        for field in fields
        if (field.fact.name, member) not in not_asked
    )
    return {fact.name: plain_value(fact, step) for fact, step in steps if step is not None}


def _named(person: Mapping[str, Any]) -> Household:
    return next(({LABEL[0]: person[key]} for key in LABEL if key in person), {})


def with_fact(household: Household, place: Place, value: object) -> Household:
    """A household with one more fact."""
    name, member = place
    if member is None:
        return household | {name: value}
    people = [dict(person) for person in household[MEMBERS[0]]]
    people[member][name] = value
    return household | {MEMBERS[0]: people}


def has_fact(household: Household, place: Place) -> bool:
    """Whether a fact is known; `place` is one of an existing member."""
    name, member = place
    return name in (household if member is None else household[MEMBERS[0]][member])


def stand_in(cell: Cell, day: datetime.date) -> Plain:
    """A plain answer to what was never asked and can change nothing: 否, nothing, the first choice, a grown-up."""
    if isinstance(cell.fact.type, Day):
        birthday = datetime.date(max(day.year - _GROWN_UP, 1900), 1, 1).toordinal()
        place = min(max(birthday, cell.first), cell.last)
    else:
        place = min(max(0, cell.first), cell.last)
    return plain_value(cell.fact, step_at(cell.fact, place))
