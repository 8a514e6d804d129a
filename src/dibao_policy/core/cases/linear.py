"""Whether linear inequalities hold together, over whole and rational numbers, with a point where they do.

Fourier–Motzkin elimination: each variable in turn is taken out by adding its upper to its lower bounds.
Rows over whole numbers alone are tightened to whole constants, so a contradiction that is found is one;
a point is then sought backwards, value by value. What would take too long is undecided.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from attrs import define, evolve, field, frozen

PASSED_OVER = 16
"""How many pairs of rows that are passed over cost as much as one that is joined."""

CANDIDATE_LIMIT = 40

Point = tuple[Fraction, ...]
Solution = Point | Literal["none", "undecided"]


@define
class Effort:
    """How many more pairs of rows may be joined, or values tried, before what is left is undecided."""

    left: int


@frozen
class Row:
    """Σ coefficients · x + constant ≤ 0, or < 0 where it is strict.

    `made_of` are the first rows it comes from, as bits.
    """

    coefficients: tuple[int, ...]
    constant: int | Fraction
    strict: bool
    made_of: int = field(default=0, eq=False)


@define
class _Search:
    """The rows left at each step of the elimination, and what was tried: all there is, if it is `exhaustive`."""

    whole: Sequence[bool]
    accept: Callable[[Point], bool]
    effort: Effort
    exhaustive: bool
    levels: list[tuple[int, list[Row]]] = field(factory=list)


def solve(
    rows: Sequence[Row], whole: Sequence[bool], accept: Callable[[Point], bool], effort: Effort
) -> Solution:
    """A point that meets every row and is accepted; `whole` says which variables are whole numbers."""
    system: dict[tuple[int, ...], Row] = {}
    for place, row in enumerate(rows):
        if not _enter(system, evolve(row, made_of=1 << place), whole):
            return "none"
    search = _Search(whole, accept, effort, exhaustive=all(whole))
    left = set(range(len(whole)))
    while left:
        place = min(left, key=lambda one: (whole[one], _growth(system, one), one))
        left.remove(place)
        above = [row for row in system.values() if row.coefficients[place] > 0]
        below = [row for row in system.values() if row.coefficients[place] < 0]
        search.levels.append((place, above + below))
        for row in above + below:
            del system[row.coefficients]
        effort.left -= len(above) * len(below) // PASSED_OVER
        if effort.left < 0:
            return "undecided"
        most = len(search.levels) + 1
        for first in above:
            for second in below:
                # What comes from more rows than this follows from other rows (Kohler 1967).
                if (first.made_of | second.made_of).bit_count() > most:
                    continue
                effort.left -= 1
                if effort.left < 0:
                    return "undecided"
                if not _enter(system, _joined(first, second, place), whole):
                    return "none"
    point = _place(search, [Fraction(0)] * len(whole), len(search.levels) - 1)
    if point is not None:
        return point
    return "none" if search.exhaustive else "undecided"


def _growth(system: dict[tuple[int, ...], Row], place: int) -> int:
    above = sum(row[place] > 0 for row in system)
    below = sum(row[place] < 0 for row in system)
    return above * below - above - below


def _joined(above: Row, below: Row, place: int) -> Row:
    a, b = above.coefficients[place], -below.coefficients[place]
    shared = math.gcd(a, b)
    a, b = a // shared, b // shared
    return Row(
        tuple(
            b * first + a * second
            for first, second in zip(above.coefficients, below.coefficients, strict=True)
        ),
        b * above.constant + a * below.constant,
        above.strict or below.strict,
        above.made_of | below.made_of,
    )


def _enter(system: dict[tuple[int, ...], Row], row: Row, whole: Sequence[bool]) -> bool:
    """Take a row in, tightened, beside or in place of a weaker one; False where it cannot hold."""
    coefficients, bound, strict = row.coefficients, row.constant, row.strict
    shared = math.gcd(*coefficients)
    if not shared:
        return bound < 0 or (bound == 0 and not strict)
    if all(whole[place] for place, one in enumerate(coefficients) if one):
        # The right side of Σ a·x ≤ −bound, over the common factor, is brought to the whole number below.
        if isinstance(bound, int):
            bound = -((-bound - strict) // shared)
        else:
            most = -bound / shared
            bound = -(math.ceil(most) - 1 if strict else math.floor(most))
        strict = False
    else:
        bound = Fraction(bound) / shared
    if shared != 1:
        coefficients = tuple(one // shared for one in coefficients)
    known = system.get(coefficients)
    if known is None or (known.constant, known.strict) < (bound, strict):
        system[coefficients] = Row(coefficients, bound, strict, row.made_of)
    return True


def _place(search: _Search, values: list[Fraction], level: int) -> Point | None:
    """Give the remaining variables values, the last eliminated first."""
    if level < 0:
        placed = tuple(values)
        return placed if search.accept(placed) else None
    place, rows = search.levels[level]
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    for row in rows:
        factor = row.coefficients[place]
        rest = row.constant + sum(
            one * values[at] for at, one in enumerate(row.coefficients) if one and at != place
        )
        bound = Fraction(-rest) / factor
        if factor > 0 and (high is None or (bound, not row.strict) < (high[0], not high[1])):
            high = (bound, row.strict)
        elif factor < 0 and (low is None or (bound, row.strict) > low):
            low = (bound, row.strict)
    # Every variable has the bounds of its leaf.
    assert low is not None and high is not None
    for value in _candidates(search, place, low, high):
        search.effort.left -= 1
        if search.effort.left < 0:
            search.exhaustive = False
            return None
        values[place] = value
        point = _place(search, values, level - 1)
        if point is not None:
            return point
    return None


def _candidates(
    search: _Search, place: int, low: tuple[Fraction, bool], high: tuple[Fraction, bool]
) -> Iterator[Fraction]:
    if not search.whole[place]:
        # Rational variables are eliminated first and so placed last: any value between will do.
        if low[0] == high[0] and not low[1] and not high[1]:
            yield low[0]
        elif low[0] < high[0]:
            yield (low[0] + high[0]) / 2
        return
    first = math.floor(low[0]) + 1 if low[1] else math.ceil(low[0])
    last = math.ceil(high[0]) - 1 if high[1] else math.floor(high[0])
    if first > last:
        return
    plain = plainest(first, last)
    yield Fraction(plain)
    if last - first >= CANDIDATE_LIMIT:
        search.exhaustive = False
        half = CANDIDATE_LIMIT // 2
        others = [*range(first, first + half), *range(last, last - half, -1)]
    else:
        others = list(range(first, last + 1))
    for value in others:
        if value != plain:
            yield Fraction(value)


def plainest(low: int, high: int) -> int:
    """A plain whole number between two: zero, else the nearest to it, unless another has fewer digits."""
    if low <= 0 <= high:
        return 0
    if high < 0:
        return -plainest(-high, -low)
    power = 1
    while power * 10 <= low:
        power *= 10
    while -(-low // power) * power > high:
        power //= 10
    round_number = -(-low // power) * power
    return low if _digits(low) <= _digits(round_number) else round_number


def _digits(number: int) -> int:
    """How many digits stand before the zeros at the end."""
    return len(str(number).rstrip("0"))
