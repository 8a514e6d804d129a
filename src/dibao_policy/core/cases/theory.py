"""Whether numbers can lie in their cells together: cells of single facts always can, the others are solved for."""

from __future__ import annotations

import calendar
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core.cases.cells import Cells, Interval
from dibao_policy.core.cases.formulas import (
    Age,
    Counted,
    Form,
    Given,
    Leaf,
    Months,
    Opaque,
    Rounded,
    Size,
    Today,
)
from dibao_policy.core.cases.linear import Point, Row, solve
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day
from dibao_policy.values import Rounding, round_to

Values = Mapping[Leaf, Fraction]
Answer = Values | Literal["none", "undecided"]

Linear = tuple[dict[int, Fraction], Fraction]
"""A sum of variables, and a constant."""


@frozen(eq=False)
class Component:
    """Forms that have to be looked at together, by their places among the subjects."""

    places: tuple[int, ...]
    light: bool


# ── what hangs together ───────────────────────────────────────────────────


def components(subjects: Sequence[Cells], without: Sequence[int] = ()) -> tuple[Component, ...]:
    """The forms among subjects, grouped by the leaves that they share, directly or by what leaves are made of."""
    parents: dict[Leaf, Leaf] = {}
    forms = {
        place: one.subject
        for place, one in enumerate(subjects)
        if isinstance(one.subject, Form) and place not in without
    }
    for form in forms.values():
        for leaf in _leaves(form):
            for part in rests_on(leaf, with_today=False):
                _join(parents, form.top[0][0], part)
    together = Counter(_root(parents, form.top[0][0]) for form in forms.values())
    heavy = [
        form
        for form in forms.values()
        if together[_root(parents, form.top[0][0])] > 1 or not _is_light(form)
    ]
    # The day of the decision leaves ages free, unless something else is known of the days.
    tied = [form.top[0][0] for form in heavy if _knows_today(form)]
    if tied:
        tied += [
            form.top[0][0] for form in forms.values() if isinstance(form.top[0][0].source, Today)
        ]
    for leaf in tied:
        _join(parents, tied[0], leaf)
    groups: dict[Leaf, list[int]] = {}
    for place, form in forms.items():
        groups.setdefault(_root(parents, form.top[0][0]), []).append(place)
    return tuple(
        Component(tuple(places), len(places) == 1 and _is_light(forms[places[0]]))
        for places in groups.values()
    )


def _is_light(form: Form) -> bool:
    """Whether each of a form's cells is known to occur, where nothing else is asked of its leaf."""
    leaf = form.top[0][0]
    if form.bottom is not None or len(form.top) > 1:
        return False
    return isinstance(leaf.source, (Given, Size, Today, Counted, Opaque)) or is_plain_age(leaf)


def is_plain_age(leaf: Leaf) -> bool:
    """Whether a leaf is the age of someone whose day of birth is a fact, on the day of the decision."""
    source = leaf.source
    return (
        isinstance(source, Age)
        and isinstance(source.birth, Leaf)
        and isinstance(source.birth.source, Given)
        and isinstance(source.day, Leaf)
        and isinstance(source.day.source, Today)
    )


def _leaves(form: Form) -> Iterator[Leaf]:
    for leaf, _ in form.top:
        yield leaf
    if form.bottom is not None:
        yield form.bottom


def _knows_today(form: Form) -> bool:
    return any(
        isinstance(part.source, Today)
        for leaf in _leaves(form)
        for part in rests_on(leaf, with_today=True)
    )


def rests_on(leaf: Leaf, with_today: bool) -> Iterator[Leaf]:
    """A leaf and those that it is made of."""
    yield leaf
    match leaf.source:
        case Age(first, second) | Months(first, second):
            parts = [one for one in (first, second) if isinstance(one, Leaf)]
        case Rounded(terms):
            parts = [one for one, _ in terms]
        case Counted(size):
            parts = [size]
        case _:
            parts = []
    for part in parts:
        if with_today or not (is_plain_age(leaf) and isinstance(part.source, Today)):
            yield from rests_on(part, with_today)


def _root(parents: dict[Leaf, Leaf], leaf: Leaf) -> Leaf:
    while leaf in parents:
        leaf = parents[leaf]
    return leaf


def _join(parents: dict[Leaf, Leaf], first: Leaf, second: Leaf) -> None:
    one, other = _root(parents, first), _root(parents, second)
    if one is not other:
        parents[other] = one


# ── solving ───────────────────────────────────────────────────────────────


@define
class _System:
    """Variables and rows; what each leaf is in variables."""

    whole: list[bool] = field(factory=list)
    rows: list[tuple[dict[int, Fraction], Fraction, bool]] = field(factory=list)
    leaves: dict[Leaf, Linear] = field(factory=dict)


def solve_component(forms: Sequence[tuple[Form, Interval]]) -> Answer:
    """Values of all leaves in forms, such that each form lies in its interval."""
    system = _System()
    for form, cell in forms:
        top = _sum([(_linear(system, leaf), factor) for leaf, factor in form.top])
        bottom = ({}, Fraction(1)) if form.bottom is None else _linear(system, form.bottom)
        # low ≤ top / bottom ≤ high, by multiplication.
        _at_most(system, _sum([(bottom, cell.low), (top, Fraction(-1))]), cell.low_open)
        _at_most(system, _sum([(top, Fraction(1)), (bottom, -cell.high)]), cell.high_open)
    size = len(system.whole)
    rows: list[Row] = []
    for terms, constant, strict in system.rows:
        shared = math.lcm(constant.denominator, *(one.denominator for one in terms.values()))
        coefficients = [0] * size
        for place, one in terms.items():
            coefficients[place] = one.numerator * (shared // one.denominator)
        whole_constant = constant.numerator * (shared // constant.denominator)
        rows.append(Row(tuple(coefficients), whole_constant, strict))

    def accept(point: Point) -> bool:
        values = {leaf: _value(linear, point) for leaf, linear in system.leaves.items()}
        return all(_is_true(leaf, values) for leaf in values)

    found = solve(rows, system.whole, accept)
    if isinstance(found, str):
        return found
    return {leaf: _value(linear, found) for leaf, linear in system.leaves.items()}


def _value(linear: Linear, point: Point) -> Fraction:
    terms, constant = linear
    return sum((factor * point[place] for place, factor in terms.items()), constant)


def _sum(parts: Sequence[tuple[Linear, Fraction]]) -> Linear:
    total: dict[int, Fraction] = {}
    constant = Fraction(0)
    for (terms, offset), factor in parts:
        constant += offset * factor
        for place, one in terms.items():
            total[place] = total.get(place, Fraction(0)) + one * factor
    return total, constant


def _at_most(system: _System, linear: Linear, strict: bool = False) -> None:
    """Note that a sum is not above zero, or below it."""
    terms, constant = linear
    system.rows.append((terms, constant, strict))


def _variable(system: _System, low: Fraction, high: Fraction, whole: bool = True) -> Linear:
    place = len(system.whole)
    system.whole.append(whole)
    _at_most(system, ({place: Fraction(-1)}, low))
    _at_most(system, ({place: Fraction(1)}, -high))
    return {place: Fraction(1)}, Fraction(0)


def _linear(system: _System, leaf: Leaf) -> Linear:
    """A leaf in variables, with the rows that say what it is."""
    known = system.leaves.get(leaf)
    if known is not None:
        return known
    source = leaf.source
    if isinstance(leaf.type, Day):
        parts = [(1900, 2199, 10_000), (1, 12, 100), (1, 31, 1)]
        made = [
            (_variable(system, Fraction(low), Fraction(high)), Fraction(factor))
            for low, high, factor in parts
        ]
        found = _sum(made)
        _at_most(system, _sum([(found, Fraction(-1)), (_known(leaf.low), Fraction(1))]))
        _at_most(system, _sum([(found, Fraction(1)), (_known(leaf.high), Fraction(-1))]))
    elif leaf.grain is None:
        found = _variable(system, leaf.low, leaf.high, whole=False)
    else:
        steps = _variable(system, leaf.low / leaf.grain, leaf.high / leaf.grain)
        found = _sum([(steps, leaf.grain)])
    system.leaves[leaf] = found
    match source:
        case Age(birth, day):
            _age(system, found, _day(system, birth), _day(system, day))
        case Months(earlier, later):
            _months(system, found, earlier, later)
        case Rounded():
            _rounding(system, found, source)
        case Counted(size, others):
            most = _sum(
                [(_linear(system, size), Fraction(1)), (_known(Fraction(-others)), Fraction(1))]
            )
            _at_most(system, _sum([(found, Fraction(1)), (most, Fraction(-1))]))
    return found


def _known(value: Fraction) -> Linear:
    return {}, value


def _day(system: _System, day: Leaf | int) -> Linear:
    return _linear(system, day) if isinstance(day, Leaf) else _known(Fraction(day))


def _age(system: _System, age: Linear, birth: Linear, day: Linear) -> None:
    """10000 · age ≤ day − birth < 10000 · age + 10000."""
    ten = Fraction(10_000)
    one = Fraction(1)
    _at_most(system, _sum([(age, ten), (day, -one), (birth, one)]))
    _at_most(system, _sum([(day, one), (birth, -one), (age, -ten), (_known(ten), -one)]), True)


def _months(system: _System, months: Linear, earlier: Leaf | int, later: Leaf | int) -> None:
    """12 months each year, less one where the day of the month is not reached."""
    one = Fraction(1)
    years, months_each, days = zip(*(_parts(system, later), _parts(system, earlier)), strict=True)
    missing = _variable(system, Fraction(0), one)
    count = _sum(
        [(years[0], one * 12), (years[1], -one * 12), (months_each[0], one), (months_each[1], -one),
         (missing, -one), (months, -one)]
    )  # fmt: skip
    _at_most(system, count)
    _at_most(system, _sum([(count, -one)]))
    # later day − earlier day + 31 · missing lies between 0 and 30.
    gap = _sum([(days[0], one), (days[1], -one), (missing, one * 31)])
    _at_most(system, _sum([(gap, -one)]))
    _at_most(system, _sum([(gap, one), (_known(Fraction(30)), -one)]))


def _parts(system: _System, day: Leaf | int) -> tuple[Linear, Linear, Linear]:
    """Year, month and day of the month."""
    if isinstance(day, int):
        numbers = (day // 10_000, day // 100 % 100, day % 100)
        return (
            _known(Fraction(numbers[0])),
            _known(Fraction(numbers[1])),
            _known(Fraction(numbers[2])),
        )
    year, month, date = sorted(_linear(system, day)[0])
    one = Fraction(1)
    nothing = Fraction(0)
    return ({year: one}, nothing), ({month: one}, nothing), ({date: one}, nothing)


def _rounding(system: _System, rounded: Linear, source: Rounded) -> None:
    """How far a number may lie from what it is rounded to; a half may go either way and is looked at afterwards."""
    one, quantum = Fraction(1), source.quantum
    parts = [(_linear(system, leaf), factor) for leaf, factor in source.terms]
    operand = _sum([*parts, (_known(source.constant), one)])
    below, above = {
        Rounding.DOWN: (Fraction(0), quantum),
        Rounding.UP: (quantum, Fraction(0)),
        Rounding.HALF_UP: (quantum / 2, quantum / 2),
        Rounding.HALF_EVEN: (quantum / 2, quantum / 2),
    }[source.mode]
    open_below = source.mode is Rounding.UP
    open_above = source.mode in (Rounding.DOWN, Rounding.HALF_UP)
    # rounded − below ≤ operand ≤ rounded + above
    _at_most(system, _sum([(rounded, one), (_known(below), -one), (operand, -one)]), open_below)
    _at_most(system, _sum([(operand, one), (rounded, -one), (_known(above), -one)]), open_above)


# ── whether values are what their leaves say ──────────────────────────────


def is_day(number: int) -> bool:
    """Whether YYYYMMDD is a day of the calendar."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _is_true(leaf: Leaf, values: Values) -> bool:
    if isinstance(leaf.type, Day):
        return is_day(int(values[leaf]))
    return made_of(leaf, values) in (None, values[leaf])


def made_of(leaf: Leaf, values: Values) -> Fraction | None:
    """The value of a leaf that is made of others, from theirs; None for any other leaf."""

    def day(one: Leaf | int) -> int:
        return int(values[one]) if isinstance(one, Leaf) else one

    match leaf.source:
        case Age(birth, on):
            return Fraction(TABLE["age"].evaluate(day(birth), day(on)))
        case Months(earlier, later):
            return Fraction(TABLE["months"].evaluate(day(earlier), day(later)))
        case Rounded(terms, constant, quantum, mode):
            total = sum((values[one] * factor for one, factor in terms), constant)
            return round_to(total, quantum, mode)
    return None
