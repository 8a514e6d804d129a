"""The household of an interview as plain data: facts under their Chinese names, numbers as whole or decimal text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cells import Cell, step_at
from dibao_policy.facts.household import Field, Reader
from dibao_policy.facts.partial import step_given
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.units import shown_scale
from dibao_policy.values import number_text

Plain = bool | int | str
"""是否, a whole number, or a text: the decimal digits of an amount in yuan, a day, the name of a choice."""

Household = dict[str, Any]

_PATH = re.compile(r"(?:成员\[([1-9][0-9]?)\]\.)?([^\[\].]+)")
_GROWN_UP = 30


@frozen
class Place:
    """A fact of the household, or of one member (from 0)."""

    name: str
    member: int | None


def path_of(place: Place) -> str:
    """`机动车辆数`, `成员[2].工资收入`."""
    return place.name if place.member is None else f"成员[{place.member + 1}].{place.name}"


def place_of(path: str) -> Place | None:
    """The place that a path names, whether or not there is such a fact."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    return Place(found[2], int(found[1]) - 1 if found[1] else None)


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
    """A sound household, each fact under its Chinese name; `成员` is there only if it was given."""
    found = _plain_row((*reader.household, *reader.idle_household), given)
    people = next((given[key] for key in MEMBERS if key in given), None)
    if people is not None:
        fields = (*reader.members, *reader.idle_members)
        found[MEMBERS[0]] = [_named(person) | _plain_row(fields, person) for person in people]
    return found


def _plain_row(fields: Iterable[Field], given: Mapping[str, Any]) -> Household:
    steps = ((field.fact, step_given(field, given)) for field in fields)
    return {fact.name: plain_value(fact, step) for fact, step in steps if step is not None}


def _named(person: Mapping[str, Any]) -> Household:
    return next(({LABEL[0]: person[key]} for key in LABEL if key in person), {})


def with_fact(household: Household, place: Place, value: object) -> Household:
    """A household with one more fact."""
    if place.member is None:
        return household | {place.name: value}
    people = [dict(person) for person in household[MEMBERS[0]]]
    people[place.member][place.name] = value
    return household | {MEMBERS[0]: people}


def has_fact(household: Household, place: Place) -> bool:
    """Whether a fact is known; `place` is one of an existing member."""
    row = household if place.member is None else household[MEMBERS[0]][place.member]
    return place.name in row


def stand_in(cell: Cell, day: datetime.date) -> Plain:
    """A plain answer to what was never asked and can change nothing: 否, nothing, the first choice, a grown-up."""
    if isinstance(cell.fact.type, Day):
        birthday = datetime.date(max(day.year - _GROWN_UP, 1900), 1, 1).toordinal()
        place = min(max(birthday, cell.first), cell.last)
    else:
        place = min(max(0, cell.first), cell.last)
    return plain_value(cell.fact, step_at(cell.fact, place))
