"""Households at random for a program: mostly plain ones, and values where the rules change their mind.

What is drawn depends on the program and the seed alone, so that a run can be repeated.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from random import Random

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.order import births_of
from dibao_policy.core.types import Day, Enumerated, Number, YesNo
from dibao_policy.dates import FIRST_DAY, LAST_DAY, ONE_DAY, day_from_number, day_number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.units import Unit, grain, multiply, read_unit, without_person

# Most households are small; none is larger than six.
_SIZES = (1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6)
_PEOPLE = range(1, 5)
_CONSTANTS_OF_A_UNIT = 40
_OLDEST = 100
# Dates begin in 1900: from here on even the oldest have a date of birth.
_OLDEST_BORN = datetime.date(FIRST_DAY.year + _OLDEST, 1, 1)


@frozen
class Choice:
    """What one fact may be, in steps: its ends, its default, and the values near which a rule changes."""

    fact: ir.Fact
    low: int
    high: int
    default: int | None
    near: tuple[int, ...]


@frozen
class Drawer:
    """How households of one program are drawn. Ages are in full years, `months` whole months, `days` dates.

    `births` are the dates that cannot lie after the day of the decision.
    """

    household: tuple[Choice, ...]
    members: tuple[Choice, ...]
    since: datetime.date
    until: datetime.date
    ages: tuple[int, ...]
    months: tuple[int, ...]
    days: tuple[datetime.date, ...]
    births: frozenset[str]


def drawer_of(program: ir.Program) -> Drawer:
    """Prepare to draw many households for the days of a program."""
    constants = _constants(program)
    since = program.since
    if program.until is None or program.until >= _OLDEST_BORN:
        since = max(since, _OLDEST_BORN)
    until = program.until or min(LAST_DAY, since + 3 * 365 * ONE_DAY)
    return Drawer(
        tuple(choice_of(fact, constants) for fact in household_facts(program)),
        tuple(choice_of(fact, constants) for fact in member_facts(program)),
        since,
        until,
        tuple(_whole(constants, "岁", _OLDEST)),
        tuple(_whole(constants, "月", 1200)),
        tuple(sorted(_days(program))),
        births_of(program),
    )


def nodes(expressions: Iterable[ir.Expression]) -> Iterator[ir.Expression]:
    """Some expressions and every one inside them."""
    left = list(expressions)
    while left:
        node = left.pop()
        left += ir.children(node)
        yield node


def _constants(program: ir.Program) -> dict[Unit, list[Fraction]]:
    """The numbers that rules and parameters name, by their unit without persons."""
    found: dict[Unit, set[Fraction]] = {}
    for node in nodes(rule.expression for rule in program.rules):
        if isinstance(node, ir.Literal) and isinstance(node.type, Number):
            found.setdefault(without_person(node.type.unit), set()).add(Fraction(node.value))
    for table in program.tables:
        if isinstance(table.type, Number):
            found.setdefault(without_person(table.type.unit), set()).update(table.values)
    return {unit: _few(sorted(values)) for unit, values in found.items()}


def _few(values: list[Fraction]) -> list[Fraction]:
    """Some of very many values, from all over their range."""
    step = -(-len(values) // _CONSTANTS_OF_A_UNIT)
    return values[::step]


def _whole(constants: dict[Unit, list[Fraction]], unit: str, most: int) -> Iterator[int]:
    read = read_unit(unit)
    assert read is not None
    for value in constants.get(read[0], ()):
        if value.denominator == 1 and 0 <= value <= most:
            yield int(value)


def _days(program: ir.Program) -> set[datetime.date]:
    return {
        day_from_number(int(node.value))
        for node in nodes(rule.expression for rule in program.rules)
        if isinstance(node, ir.Literal) and isinstance(node.type, Day)
    }


def choice_of(fact: ir.Fact, constants: dict[Unit, list[Fraction]]) -> Choice:
    """What a fact may be."""
    if not isinstance(fact.type, Number):
        default = None if fact.default is None else int(fact.default)
        return Choice(fact, int(fact.low), int(fact.high), default, ())
    step = grain(fact.type.unit)
    low, high = -(-fact.low // step), fact.high // step
    default = int(fact.default / step) if isinstance(fact.default, Fraction) else None
    near = {
        min(max(place, low), high)
        for value in _sums(without_person(fact.type.unit), constants)
        for place in (value // step - 1, value // step, value // step + 1)
    }
    return Choice(fact, low, high, default, tuple(sorted(near)))


def _sums(unit: Unit, constants: dict[Unit, list[Fraction]]) -> Iterable[Fraction]:
    """Numbers of a unit that a rule may compare with: constants, products of two, for one person or more."""
    found = set(constants.get(unit, ()))
    for (one, values), (other, others) in itertools.combinations_with_replacement(
        constants.items(), 2
    ):
        if multiply(one, other) == unit:
            found.update(a * b for a in values for b in others)
    return {value * people for value in found for people in _PEOPLE}


def draw(drawer: Drawer, pick: Random) -> Facts:
    """One household."""
    size = pick.choice(_SIZES)
    chance = pick.randrange(8)
    day = drawer.since if chance == 0 else drawer.until if chance == 1 else _between(drawer, pick)
    # Half of the households are poor: most of what they could have, they have not.
    plain = 75 if pick.randrange(2) else 35
    household = tuple(_value(drawer, one, day, plain, pick) for one in drawer.household)
    members = tuple(
        [_value(drawer, one, day, plain, pick) for _ in range(size)] for one in drawer.members
    )
    return Facts(day_number(day), size, household, members, ("",) * size, ())


def _between(drawer: Drawer, pick: Random) -> datetime.date:
    return drawer.since + pick.randrange((drawer.until - drawer.since).days + 1) * ONE_DAY


def _value(drawer: Drawer, one: Choice, day: datetime.date, plain: int, pick: Random) -> int:
    match one.fact.type:
        case YesNo() | Enumerated():
            if one.default is not None and pick.randrange(100) < 60:
                return one.default
            return pick.randint(one.low, one.high)
        case Day():
            drawn = _day(drawer, day, pick)
            return day_number(min(drawn, day) if one.fact.name in drawer.births else drawn)
    if pick.randrange(100) < plain:
        return simplest(one, day)
    return number_near(one, pick)


def number_near(one: Choice, pick: Random) -> int:
    """A number where a rule may change, or of any size."""
    if one.near and pick.randrange(3):
        return pick.choice(one.near)
    width = one.high - one.low
    # Small numbers as often as large ones.
    size = pick.randrange(width.bit_length() + 1)
    return one.low + min(pick.randrange(1 << size), width)


def simplest(one: Choice, day: datetime.date) -> int:
    """The plainest value of a fact: its default, nothing, no, the first one, a person of thirty."""
    if one.default is not None:
        return one.default
    if isinstance(one.fact.type, Day):
        return day_number(max(FIRST_DAY, datetime.date(day.year - 30, 1, 1)))
    return min(max(0, one.low), one.high)


def _day(drawer: Drawer, day: datetime.date, pick: Random) -> datetime.date:
    """A day some years before, at times to the day of an age; or some months before, or one that a rule names."""
    kind = pick.randrange(8)
    if kind < 4 and drawer.ages:
        before = _months_before(day, 12 * pick.choice(drawer.ages))
    elif kind == 4 and drawer.months:
        before = _months_before(day, pick.choice(drawer.months))
    elif kind == 5 and drawer.days:
        before = pick.choice(drawer.days)
    else:
        before = day - pick.randrange(_OLDEST * 365) * ONE_DAY
    return min(max(before + (pick.randrange(3) - 1) * ONE_DAY, FIRST_DAY), LAST_DAY)


def _months_before(day: datetime.date, months: int) -> datetime.date:
    count = day.year * 12 + day.month - 1 - months
    year, month = max(count // 12, FIRST_DAY.year), count % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
