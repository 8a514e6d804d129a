"""Whether numbers can lie in their cells together: cells of single facts always can, the others are solved for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core.cases.cells import Cells, Interval
from dibao_policy.core.cases.days import Days, NotBefore, earliest, following, spanned
from dibao_policy.core.cases.formulas import (
    Age,
    Counted,
    DayPart,
    Form,
    Given,
    Leaf,
    Months,
    Opaque,
    Place,
    Rounded,
    Size,
    Today,
)
from dibao_policy.core.cases.linear import Effort, Point, Row, plainest, solve
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day
from dibao_policy.values import Rounding, round_to

Values = Mapping[Leaf, Fraction]
Answer = Values | Literal["none", "undecided"]

OfDays = Age | Months | DayPart

Placed = Sequence[tuple[Form, Interval]]
"""Forms, each in a cell."""


@frozen(eq=False)
class Component:
    """Forms that have to be looked at together, by their places among the subjects.

    It is `light` where it is one form of one leaf each of whose cells is known to occur.
    """

    places: tuple[int, ...]
    light: bool


Spans = Mapping[Leaf, tuple[Fraction, Fraction]]
Bounds = Mapping[Leaf, tuple[int, int]]


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
    if only is None or only.until is not None:
        return False
    return isinstance(only.source, (Given, Size, Today, Counted, Place, Opaque))


def _only(form: Form) -> Leaf | None:
    """The leaf of a form that is nothing else."""
    return form.top[0][0] if form.bottom is None and len(form.top) == 1 else None


def _leaves(form: Form) -> Iterator[Leaf]:
    for leaf, _ in form.top:
        yield leaf
    if form.bottom is not None:
        yield form.bottom


def rests_on(leaf: Leaf) -> Iterator[Leaf]:
    """A leaf, those that it is made of, and those that bound it."""
    yield leaf
    if leaf.until is not None:
        yield leaf.until
    match leaf.source:
        case Age(first, second) | Months(first, second):
            parts = [one for one in (first, second) if isinstance(one, Leaf)]
        case DayPart(_, day):
            parts = [day]
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


def solve_component(placed: Placed, effort: Effort) -> Answer:
    """Values of all leaves in forms, such that each form lies in its cell."""
    numbers = [one for one in placed if not _is_about_days(one[0])]
    days = [one for one in placed if _is_about_days(one[0])]
    if not numbers:
        return _solve_days(days, {}, effort)
    return _solve_numbers(numbers, days, effort)


def _is_about_days(form: Form) -> bool:
    """Whether a form is a day, an age or a number of months, or the order of two days."""
    only = _only(form)
    if only is not None and isinstance(only.source, OfDays):
        return True
    return isinstance(form.top[0][0].type, Day)


def _solve_days(placed: Placed, known: Values, effort: Effort) -> Answer:
    """Days for forms about days, where some ages or months are known."""
    spans: dict[Leaf, tuple[Fraction, Fraction]] = {one: (at, at) for one, at in known.items()}
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
    orders += [following(one, one.until, at_once=True) for one in bounds if one.until is not None]
    found = earliest(bounds, [*orders, *_spanned(spans)], effort)
    if isinstance(found, str):
        return found
    return _plain_days(found, bounds, orders, spans, effort)


def _plain_days(
    found: Days, bounds: Bounds, orders: Sequence[NotBefore], spans: Spans, effort: Effort
) -> Values:
    """Days that fit, for ages and months that are as plain as can be."""
    spans = dict(spans)
    for leaf, (low, high) in tuple(spans.items()):
        plain = Fraction(plainest(int(low), int(high)))
        tried = earliest(bounds, [*orders, *_spanned(spans | {leaf: (plain, plain)})], effort)
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


def _spanned(spans: Spans) -> Iterator[NotBefore]:
    for leaf, (low, high) in spans.items():
        assert isinstance(leaf.source, OfDays)
        yield from spanned(leaf.source, int(low), int(high))


@define
class _System:
    """The place of each leaf among the variables, which count its steps, and the rows."""

    places: dict[Leaf, int] = field(factory=dict)
    rows: list[Row] = field(factory=list)


def _solve_numbers(placed: Placed, days: Placed, effort: Effort) -> Answer:
    leaves = {
        part: None
        for form, _ in placed
        for leaf in _leaves(form)
        for part in rests_on(leaf)
        if not isinstance(part.type, Day)
    }
    system = _System({leaf: place for place, leaf in enumerate(leaves)})
    for leaf in leaves:
        _describe(system, leaf)
    for form, cell in (*placed, *(one for one in days if one[0].top[0][0] in leaves)):
        # low ≤ top / bottom ≤ high, by multiplication.
        low, high = _over(form, cell.low), _over(form, cell.high)
        _not_above(system, [*low[0], *_turned(form.top)], low[1], cell.low_open)
        _not_above(system, [*form.top, *_turned(high[0])], -high[1], cell.high_open)
    spans = [leaf for leaf in leaves if isinstance(leaf.source, OfDays)]
    rounded = [leaf for leaf in leaves if isinstance(leaf.source, Rounded)]

    def values_at(point: Point) -> dict[Leaf, Fraction]:
        return {leaf: value * (leaf.grain or 1) for leaf, value in zip(leaves, point, strict=True)}

    unsure: list[Point] = []
    dated: list[Values] = []

    def accept(point: Point) -> bool:
        values = values_at(point)
        if any(made_of(leaf, values) != values[leaf] for leaf in rounded):
            return False
        if not spans and not days:
            return True
        answer = _solve_days(days, {leaf: values[leaf] for leaf in spans}, effort)
        if answer == "undecided":
            unsure.append(point)
        if not isinstance(answer, str):
            dated.append(answer)
        return not isinstance(answer, str)

    found = solve(system.rows, [leaf.grain is not None for leaf in leaves], accept, effort)
    if isinstance(found, str):
        return "undecided" if unsure else found
    values = values_at(found)
    if dated:
        values.update(dated[-1])
    return values


Terms = Sequence[tuple[Leaf, Fraction]]


def _over(form: Form, value: Fraction) -> tuple[Terms, Fraction]:
    """The divisor of a form, times a value: terms and a constant."""
    return ([], value) if form.bottom is None else ([(form.bottom, value)], Fraction(0))


def _turned(terms: Terms) -> Terms:
    return [(leaf, -factor) for leaf, factor in terms]


def _not_above(system: _System, terms: Terms, constant: Fraction, strict: bool = False) -> None:
    """Note that a sum is not above zero, or (`strict`) below it."""
    coefficients = [Fraction(0)] * len(system.places)
    for leaf, factor in terms:
        coefficients[system.places[leaf]] += factor * (leaf.grain or 1)
    shared = math.lcm(constant.denominator, *(one.denominator for one in coefficients))
    whole = tuple(one.numerator * (shared // one.denominator) for one in coefficients)
    bound = constant.numerator * (shared // constant.denominator)
    system.rows.append(Row(whole, bound, strict))


def _describe(system: _System, leaf: Leaf) -> None:
    """What is known of a leaf; ages and months are looked at with their days."""
    one = Fraction(1)
    _not_above(system, [(leaf, -one)], leaf.low)
    _not_above(system, [(leaf, one)], -leaf.high)
    match leaf.source:
        case Rounded():
            _describe_rounded(system, leaf, leaf.source)
        case Counted(size, others):
            _not_above(system, [(leaf, one), (size, -one)], Fraction(others))


def _describe_rounded(system: _System, leaf: Leaf, source: Rounded) -> None:
    """How far a number may lie from what it is rounded to; a half may go either way and is looked at afterwards."""
    one, quantum = Fraction(1), source.quantum
    below, above = {
        Rounding.DOWN: (Fraction(0), quantum),
        Rounding.UP: (quantum, Fraction(0)),
        Rounding.HALF_UP: (quantum / 2, quantum / 2),
        Rounding.HALF_EVEN: (quantum / 2, quantum / 2),
    }[source.mode]
    open_below = source.mode is Rounding.UP
    open_above = source.mode in (Rounding.DOWN, Rounding.HALF_UP)
    # rounded − below ≤ operand ≤ rounded + above
    operand = source.terms
    _not_above(system, [(leaf, one), *_turned(operand)], -below - source.constant, open_below)
    _not_above(system, [*operand, (leaf, -one)], source.constant - above, open_above)


def made_of(leaf: Leaf, values: Values) -> Fraction | None:
    """The value of a leaf that is made of others, from theirs; None for any other leaf."""

    def day(one: Leaf | int) -> int:
        return int(values[one]) if isinstance(one, Leaf) else one

    match leaf.source:
        case Age(birth, on):
            return Fraction(TABLE["age"].evaluate(day(birth), day(on)))
        case Months(earlier, later):
            return Fraction(TABLE["months"].evaluate(day(earlier), day(later)))
        case DayPart(part, one):
            return Fraction(TABLE[part].evaluate(day(one)))
        case Rounded(terms, constant, quantum, mode):
            total = sum((values[one] * factor for one, factor in terms), constant)
            return round_to(total, quantum, mode)
    return None
