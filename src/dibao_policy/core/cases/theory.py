"""Whether numbers can lie in their cells together: cells of single facts always can, the others are solved for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core.cases.cells import Cells, Interval
from dibao_policy.core.cases.days import NotBefore, earliest, following, spanned
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
from dibao_policy.core.cases.linear import Point, Row, plainest, solve
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day
from dibao_policy.values import Rounding, round_to

Values = Mapping[Leaf, Fraction]
Answer = Values | Literal["none", "undecided"]

Linear = tuple[dict[int, Fraction], Fraction]
"""A sum of variables, and a constant."""

Placed = Sequence[tuple[Form, Interval]]
"""Forms, each in a cell."""


@frozen(eq=False)
class Component:
    """Forms that have to be looked at together, by their places among the subjects.

    It is `light` where it is one form of one leaf each of whose cells is known to occur.
    """

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
            for part in rests_on(leaf):
                _join(parents, form.top[0][0], part)
    groups: dict[Leaf, list[int]] = {}
    for place, form in forms.items():
        groups.setdefault(_root(parents, form.top[0][0]), []).append(place)
    return tuple(
        Component(tuple(places), len(places) == 1 and _is_light(forms[places[0]]))
        for places in groups.values()
    )


def _is_light(form: Form) -> bool:
    only = _only(form)
    return only is not None and isinstance(only.source, (Given, Size, Today, Counted, Opaque))


def _only(form: Form) -> Leaf | None:
    """The leaf of a form that is nothing else."""
    return form.top[0][0] if form.bottom is None and len(form.top) == 1 else None


def _leaves(form: Form) -> Iterator[Leaf]:
    for leaf, _ in form.top:
        yield leaf
    if form.bottom is not None:
        yield form.bottom


def rests_on(leaf: Leaf) -> Iterator[Leaf]:
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
        yield from rests_on(part)


def _root(parents: dict[Leaf, Leaf], leaf: Leaf) -> Leaf:
    while leaf in parents:
        leaf = parents[leaf]
    return leaf


def _join(parents: dict[Leaf, Leaf], first: Leaf, second: Leaf) -> None:
    one, other = _root(parents, first), _root(parents, second)
    if one is not other:
        parents[other] = one


# ── solving ───────────────────────────────────────────────────────────────


def solve_component(placed: Placed) -> Answer:
    """Values of all leaves in forms, such that each form lies in its cell."""
    numbers = [one for one in placed if not _is_about_days(one[0])]
    days = [one for one in placed if _is_about_days(one[0])]
    if not numbers:
        return _solve_days(days, {})
    return _solve_numbers(numbers, days)


def _is_about_days(form: Form) -> bool:
    """Whether a form is a day, an age or a number of months, or the order of two days."""
    only = _only(form)
    if only is not None and isinstance(only.source, (Age, Months)):
        return True
    return isinstance(form.top[0][0].type, Day)


def _solve_days(placed: Placed, known: Values) -> Answer:
    """Days for forms about days, where some ages or months are known."""
    spans = {leaf: (value, value) for leaf, value in known.items()}
    limits: dict[Leaf, tuple[int, int]] = {}
    orders: list[NotBefore] = []
    for form, cell in placed:
        first = form.top[0][0]
        if len(form.top) > 1:
            orders += _orders(first, form.top[1][0], cell)
        elif isinstance(first.type, Day):
            limits[first] = (int(cell.low), int(cell.high))
        elif first not in known:
            spans[first] = (cell.low, cell.high)
        elif not cell.low <= known[first] <= cell.high:
            return "none"
    leaves = [leaf for form, _ in placed for one, _ in form.top for leaf in rests_on(one)]
    leaves += [leaf for one in known for leaf in rests_on(one)]
    bounds = {
        leaf: limits.get(leaf, (int(leaf.low), int(leaf.high)))
        for leaf in leaves
        if isinstance(leaf.type, Day)
    }
    found = earliest(bounds, [*orders, *_spanned(spans)])
    if isinstance(found, str):
        return found
    for leaf, (low, high) in tuple(spans.items()):
        plain = Fraction(plainest(int(low), int(high)))
        tried = earliest(bounds, [*orders, *_spanned(spans | {leaf: (plain, plain)})])
        if not isinstance(tried, str):
            spans[leaf], found = (plain, plain), tried
    values = {leaf: Fraction(day) for leaf, day in found.items() if isinstance(leaf, Leaf)}
    for leaf in spans:
        made = made_of(leaf, values)
        assert made is not None
        values[leaf] = made
    return values


def _orders(first: Leaf, second: Leaf, cell: Interval) -> Iterator[NotBefore]:
    """What the cell of `first − second` says of their order; it is only ever compared with zero."""
    if cell.low >= 0:
        yield following(second, first, at_once=cell.low == 0)
    if cell.high <= 0:
        yield following(first, second, at_once=cell.high == 0)


def _spanned(spans: Mapping[Leaf, tuple[Fraction, Fraction]]) -> Iterator[NotBefore]:
    for leaf, (low, high) in spans.items():
        assert isinstance(leaf.source, (Age, Months))
        yield from spanned(leaf.source, int(low), int(high))


@define
class _System:
    """Variables and rows; what each leaf is in variables."""

    whole: list[bool] = field(factory=list)
    rows: list[tuple[dict[int, Fraction], Fraction, bool]] = field(factory=list)
    leaves: dict[Leaf, Linear] = field(factory=dict)


def _solve_numbers(placed: Placed, days: Placed) -> Answer:
    system = _System()
    for form, cell in placed:
        _enter(system, form, cell)
    for form, cell in days:
        if form.top[0][0] in system.leaves:
            _enter(system, form, cell)
    spans = [leaf for leaf in system.leaves if isinstance(leaf.source, (Age, Months))]

    def values_at(point: Point) -> dict[Leaf, Fraction]:
        return {leaf: _value(linear, point) for leaf, linear in system.leaves.items()}

    def accept(point: Point) -> bool:
        values = values_at(point)
        rounded = [leaf for leaf in values if isinstance(leaf.source, Rounded)]
        if any(made_of(leaf, values) != values[leaf] for leaf in rounded):
            return False
        if not spans and not days:
            return True
        return not isinstance(_solve_days(days, {leaf: values[leaf] for leaf in spans}), str)

    found = solve(_rows(system), system.whole, accept)
    if isinstance(found, str):
        return found
    values = values_at(found)
    if spans or days:
        more = _solve_days(days, {leaf: values[leaf] for leaf in spans})
        assert not isinstance(more, str)
        values.update(more)
    return values


def _enter(system: _System, form: Form, cell: Interval) -> None:
    """low ≤ top / bottom ≤ high, by multiplication."""
    top = _sum([(_linear(system, leaf), factor) for leaf, factor in form.top])
    bottom = _known(Fraction(1)) if form.bottom is None else _linear(system, form.bottom)
    _at_most(system, _sum([(bottom, cell.low), (top, Fraction(-1))]), cell.low_open)
    _at_most(system, _sum([(top, Fraction(1)), (bottom, -cell.high)]), cell.high_open)


def _rows(system: _System) -> list[Row]:
    """The rows in whole numbers."""
    rows: list[Row] = []
    for terms, constant, strict in system.rows:
        shared = math.lcm(constant.denominator, *(one.denominator for one in terms.values()))
        coefficients = [0] * len(system.whole)
        for place, one in terms.items():
            coefficients[place] = one.numerator * (shared // one.denominator)
        whole_constant = constant.numerator * (shared // constant.denominator)
        rows.append(Row(tuple(coefficients), whole_constant, strict))
    return rows


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


def _known(value: Fraction) -> Linear:
    return {}, value


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
    """A leaf in variables, with the rows that say what it is; ages and months are looked at with their days."""
    known = system.leaves.get(leaf)
    if known is not None:
        return known
    if leaf.grain is None:
        found = _variable(system, leaf.low, leaf.high, whole=False)
    else:
        steps = _variable(system, leaf.low / leaf.grain, leaf.high / leaf.grain)
        found = _sum([(steps, leaf.grain)])
    system.leaves[leaf] = found
    one = Fraction(1)
    match leaf.source:
        case Rounded():
            _rounding(system, found, leaf.source)
        case Counted(size, others):
            most = _sum([(_linear(system, size), one), (_known(Fraction(-others)), one)])
            _at_most(system, _sum([(found, one), (most, -one)]))
    return found


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
