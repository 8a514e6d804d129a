"""The values of one subject, cut into cells: within one, every comparison has one answer."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core.cases.days import day_before, day_from
from dibao_policy.core.cases.formulas import Compared, Edge, Form, Leaf, OneOf, Relation
from dibao_policy.core.types import Day

Subject = Form | Leaf
"""What a comparison is about: a number, or a leaf with a few values."""

_NOWHERE: Edge = (0, False)


@frozen
class Interval:
    """The numbers of a cell; an end that is open does not belong to it."""

    low: Fraction
    low_open: bool
    high: Fraction
    high_open: bool


@frozen(eq=False)
class Cells:
    """A subject and its cells: intervals of a form, sets of members (as bits) of a leaf with a few values."""

    subject: Subject
    edges: tuple[Edge, ...]
    low: Edge
    end: Edge
    sets: tuple[int, ...]
    count: int


@define
class _Gathered:
    edges: set[Edge] = field(factory=set)
    sets: set[int] = field(factory=set)


def cut(atoms: Iterable[Compared | OneOf]) -> dict[Subject, Cells]:
    """The cells of every subject that comparisons are about."""
    found: dict[Subject, _Gathered] = {}
    for atom in atoms:
        match atom:
            case Compared(form):
                found.setdefault(form, _Gathered()).edges.update(atom.edges)
            case OneOf(leaf, members):
                found.setdefault(leaf, _Gathered()).sets.add(members)
    return {subject: _cells(subject, gathered) for subject, gathered in found.items()}


def _cells(subject: Subject, gathered: _Gathered) -> Cells:
    if isinstance(subject, Leaf):
        sets = _classes(int(subject.high) + 1, gathered.sets)
        return Cells(subject, (), _NOWHERE, _NOWHERE, sets, len(sets))
    low, end = _ends(subject)
    edges = tuple(sorted(edge for edge in gathered.edges if low < edge < end))
    count = len(edges) + 1 if low < end else 0
    return Cells(subject, edges, low, end, (), count)


def _classes(size: int, sets: Iterable[int]) -> tuple[int, ...]:
    """The members that no comparison tells apart, together, in the order of the first of each."""
    ordered = sorted(sets)
    classes: dict[tuple[int, ...], int] = {}
    for member in range(size):
        signature = tuple(one >> member & 1 for one in ordered)
        classes[signature] = classes.get(signature, 0) | 1 << member
    return tuple(classes.values())


def is_one_day(form: Form) -> bool:
    """Whether a form is one day."""
    return form.bottom is None and len(form.top) == 1 and isinstance(form.top[0][0].type, Day)


def _ends(form: Form) -> tuple[Edge, Edge]:
    if form.step is None:
        return (form.low, False), (form.high, True)
    if is_one_day(form):
        return (day_from(int(form.low)), False), (day_from(int(form.high) + 1), False)
    first, last = math.ceil(form.low / form.step), math.floor(form.high / form.step)
    return (first, False), (last + 1, False)


def edges_of(form: Form, relation: Relation, value: Fraction) -> tuple[Edge, ...]:
    """Where the answer of a comparison changes."""
    before: Edge
    after: Edge
    if form.step is None:
        before, after = (value, False), (value, True)
    else:
        steps = value if form.step == 1 else value / form.step
        past = steps.numerator // steps.denominator + 1
        at = past - 1 if steps.denominator == 1 else past
        if is_one_day(form):
            at, past = day_from(at), day_from(past)
        before, after = (at, False), (past, False)
    match relation:
        case "<":
            return (before,)
        case "≤":
            return (after,)
    return (before, after)


def holds_in(cells: Cells, atom: Compared | OneOf) -> int:
    """The cells in which a comparison holds, as bits."""
    if isinstance(atom, OneOf):
        return sum(1 << at for at, one in enumerate(cells.sets) if one & atom.members)
    until = [_cells_before(cells, edge) for edge in atom.edges]
    if len(until) == 1:
        return (1 << until[0]) - 1
    return ((1 << until[1]) - 1) & ~((1 << until[0]) - 1)


def _cells_before(cells: Cells, edge: Edge) -> int:
    """How many cells lie before an edge."""
    if edge <= cells.low:
        return 0
    if edge >= cells.end:
        return cells.count
    return bisect.bisect_left(cells.edges, edge) + 1


def interval(cells: Cells, at: int) -> Interval:
    """One cell of a form."""
    form = cells.subject
    assert isinstance(form, Form)
    begin, begin_open = cells.edges[at - 1] if at else cells.low
    end, past_end = cells.edges[at] if at < len(cells.edges) else cells.end
    if form.step is None:
        return Interval(Fraction(begin), begin_open, Fraction(end), not past_end)
    last = day_before(int(end)) if is_one_day(form) else end - 1
    return Interval(begin * form.step, False, last * form.step, False)
