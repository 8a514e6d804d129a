"""A household as a mapping, to facts in the program's order.

The common case is one pass with a table look-up per field; whenever anything is out of the ordinary
the whole input is looked at again, slowly, and every fault is listed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.order import births_of
from dibao_policy.core.types import Day, Enumerated, Number, YesNo
from dibao_policy.dates import day_number, read_date
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.facts.faults import faults
from dibao_policy.facts.not_asked import not_asked_of, without_list
from dibao_policy.facts.numbers import read_number
from dibao_policy.facts.renamed import (
    Former,
    former_names,
    renamed_facts,
    with_present_names,
)
from dibao_policy.facts.words import LABEL, MEMBERS, YES_NO
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.units import shown_scale

_ABSENT = object()

Convert = Callable[[Any], int]


class OutOfTheOrdinary(Exception):
    """A value that the quick reading does not take."""


@frozen
class Field:
    """How one fact is read."""

    fact: ir.Fact
    convert: Convert
    default: int | None


@frozen
class Reader:
    """How the facts of one program are read.

    `births` are the places of the household's and of the members' facts that cannot lie after the day of the decision.
    """

    program: ir.Program
    household: tuple[Field, ...]
    members: tuple[Field, ...]
    idle_household: tuple[Field, ...]
    idle_members: tuple[Field, ...]
    former_household: Former
    former_members: Former
    births: tuple[tuple[int, ...], tuple[int, ...]]


def reader_for(program: ir.Program) -> Reader:
    """Prepare the reading of many households."""
    every = (*program.facts, *program.idle)
    births = births_of(program)
    return Reader(
        program,
        tuple(_field(fact) for fact in household_facts(program)),
        tuple(_field(fact) for fact in member_facts(program)),
        tuple(_field(fact) for fact in program.idle if fact.scope == "household"),
        tuple(_field(fact) for fact in program.idle if fact.scope == "member"),
        former_names(fact for fact in every if fact.scope == "household"),
        former_names(fact for fact in every if fact.scope == "member"),
        (
            _places_of(births, household_facts(program)),
            _places_of(births, member_facts(program)),
        ),
    )


def _places_of(names: frozenset[str], facts: Sequence[ir.Fact]) -> tuple[int, ...]:
    return tuple(place for place, fact in enumerate(facts) if fact.name in names)


def read_household(reader: Reader, given: Mapping[str, Any], day: datetime.date) -> Facts:
    """The facts of a household.

    Amounts are in yuan, as int, `Decimal`, `Fraction` or plain decimal text; dates as `date` or `YYYY-MM-DD`;
    是否 as bool or 是/否; enumerations as either name of a member. A member may have a 称呼 (label).
    A fact under a former name is read all the same, and noted in `Facts.renamed`; so is in
    `Facts.not_asked` what the household lists under 没有问 (not_asked).
    Raises `PolicyError` with every fault.
    """
    try:
        return _read(reader, given, day)
    except (OutOfTheOrdinary, AttributeError, TypeError, KeyError):
        found = check_household(reader, given, day)
        if found:
            raise PolicyError(found) from None
        former = reader.former_household, reader.former_members
        present, renamed = with_present_names(*former, without_list(given))
        if not renamed and len(present) == len(given):
            raise
        facts = _read(reader, present, day)
        return evolve(facts, renamed=renamed, not_asked=not_asked_of(given))


def check_household(reader: Reader, given: object, day: datetime.date) -> tuple[Problem, ...]:
    """Every fault of a household's facts for a day."""
    return faults(reader.program, given, day)


def former_names_used(reader: Reader, given: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A warning for each fact of a household without faults that came under a former name."""
    former = reader.former_household, reader.former_members
    return renamed_facts(with_present_names(*former, given)[1])


def _read(reader: Reader, given: Mapping[str, Any], day: datetime.date) -> Facts:
    people = given.get(MEMBERS[0], _ABSENT)
    if people is _ABSENT:
        people = given[MEMBERS[1]]
    if not 1 <= len(people) <= MEMBER_LIMIT or isinstance(people, (str, Mapping)):
        raise OutOfTheOrdinary
    defaulted: list[tuple[str, int | None]] = []
    household = _row(reader.household, reader.idle_household, given, 1, None, defaulted)
    labels: list[str] = []
    rows: list[list[int]] = []
    for place, person in enumerate(people):
        label = person.get(LABEL[0], person.get(LABEL[1]))
        if label is None:
            rows.append(_row(reader.members, reader.idle_members, person, 0, place, defaulted))
            labels.append("")
        elif type(label) is str:
            rows.append(_row(reader.members, reader.idle_members, person, 1, place, defaulted))
            labels.append(label)
        else:
            raise OutOfTheOrdinary
    columns = tuple(zip(*rows, strict=True)) if reader.members else ()
    number = day_number(day)
    for place in reader.births[0]:
        if household[place] > number:
            raise OutOfTheOrdinary
    for place in reader.births[1]:
        if max(columns[place]) > number:
            raise OutOfTheOrdinary
    return Facts(number, len(rows), tuple(household), columns, tuple(labels), tuple(defaulted))


def _row(
    fields: tuple[Field, ...],
    idle: tuple[Field, ...],
    given: Mapping[str, Any],
    others: int,
    member: int | None,
    defaulted: list[tuple[str, int | None]],
) -> list[int]:
    """The values of one household or member, in order; `others` keys beside them are known."""
    row: list[int] = []
    used = others
    for field in fields:
        fact = field.fact
        value = given.get(fact.name, _ABSENT)
        if value is _ABSENT:
            value = given.get(fact.code, _ABSENT) if fact.code else _ABSENT
            if value is _ABSENT:
                if field.default is None:
                    raise OutOfTheOrdinary
                defaulted.append((fact.name, member))
                row.append(field.default)
                continue
        used += 1
        row.append(field.convert(value))
    if used != len(given) and used + _count_idle(idle, given) != len(given):
        raise OutOfTheOrdinary
    return row


def _count_idle(idle: tuple[Field, ...], given: Mapping[str, Any]) -> int:
    """How many facts came that the policy asks for on other days; they have to be sound all the same."""
    count = 0
    for field in idle:
        for name in (field.fact.name, field.fact.code):
            if name and name in given:
                field.convert(given[name])
                count += 1
                break
    return count


def _field(fact: ir.Fact) -> Field:
    default: int | None = None
    match fact.type:
        case Number(unit):
            step = ir.step_of(fact)
            convert = _number(fact, shown_scale(unit) / step, step)
            if isinstance(fact.default, Fraction):
                default = int(fact.default / step)
        case Enumerated(_, members):
            convert = _member(members)
            default = None if fact.default is None else int(fact.default)
        case YesNo():
            convert = _yes_no
            default = None if fact.default is None else int(fact.default)
        case Day():
            convert = _day
            default = None if fact.default is None else int(fact.default)
        case _:
            raise AssertionError(fact.type)
    return Field(fact, convert, default)


def _number(fact: ir.Fact, steps_each: Fraction, step: Fraction) -> Convert:
    """A number in the unit that is shown, to whole steps within the range."""
    low, high = int(fact.low / step), int(fact.high / step)
    whole = steps_each.numerator if steps_each.denominator == 1 else None

    def convert(value: Any) -> int:
        if type(value) is int and whole is not None:
            steps = value * whole
        else:
            number = read_number(value)
            if number is None:
                raise OutOfTheOrdinary
            exact = number * steps_each
            if exact.denominator != 1:
                raise OutOfTheOrdinary
            steps = exact.numerator
        if not low <= steps <= high:
            raise OutOfTheOrdinary
        return steps

    return convert


def _member(members: Sequence[tuple[str, str]]) -> Convert:
    places = {form: place for place, forms in enumerate(members) for form in forms if form}

    def convert(value: Any) -> int:
        place = places.get(value) if type(value) is str else None
        if place is None:
            raise OutOfTheOrdinary
        return place

    return convert


def _yes_no(value: Any) -> int:
    if value is True:
        return 1
    if value is False:
        return 0
    answer = YES_NO.get(value) if type(value) is str else None
    if answer is None:
        raise OutOfTheOrdinary
    return answer


def _day(value: Any) -> int:
    day = read_date(value) if type(value) is str else value
    if type(day) is not datetime.date or not 1900 <= day.year <= 2199:
        raise OutOfTheOrdinary
    return day_number(day)
