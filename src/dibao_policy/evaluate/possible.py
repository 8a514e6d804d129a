"""What a value can be while facts are missing: exact bounds, and how it moves with each unknown fact.

A number, a day and 是否 (否 before 是) lie in a `Range`; an enumeration is `Among` its members.
`moves` pairs each unknown fact that the value depends on, by its place in the list of them, with the
least and the most by which the value grows where that fact goes up by one step and all others stay.
So its keys are the facts that are needed, and a value that never falls as a fact rises
takes its bounds at the ends of that fact (the monotonicity test of interval analysis,
R. E. Moore, "Methods and Applications of Interval Analysis", 1979).

A bound is never narrower than the truth. Every value that is known has no moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir

Amount = Fraction | int
Moves = Mapping[int, tuple[Amount, Amount]]


@frozen
class Range:
    """A number, a day or 是否 between two ends, both included."""

    low: ir.Value
    high: ir.Value
    moves: Moves


@frozen
class Among:
    """One of some members of an enumeration, by their places."""

    members: frozenset[int]
    moves: Moves


Possible = Range | Among

YES, NO = Range(True, True, {}), Range(False, False, {})
ZERO = Range(Fraction(0), Fraction(0), {})


class Unbounded(Exception):
    """A divisor that is above zero, but whose distance from zero could not be bounded."""


def known(value: ir.Value) -> Range:
    """A number, a day or 是否 that does not depend on what is missing."""
    return Range(value, value, {})


def is_known(one: Possible) -> bool:
    """Whether one value is left."""
    if isinstance(one, Among):
        return len(one.members) == 1
    return one.low == one.high


def the_value(one: Possible) -> ir.Value:
    """The one value that is left."""
    return next(iter(one.members)) if isinstance(one, Among) else one.low


def unmoved(one: Possible) -> Possible:
    """The same bounds, without how they move."""
    if not one.moves:
        return one
    return Among(one.members, {}) if isinstance(one, Among) else Range(one.low, one.high, {})


def ranged(low: ir.Value, high: ir.Value, moves: Moves) -> Range:
    """A number, a day or 是否 between two ends; where they are one it depends on nothing."""
    return Range(low, high, {} if low == high else moves)


def among(members: Iterable[int], moves: Moves) -> Among:
    """One of some members; where there is one alone it depends on nothing."""
    left = frozenset(members)
    return Among(left, {} if len(left) == 1 else moves)


# ── moves ─────────────────────────────────────────────────────────────────


def sum_of(parts: Iterable[Moves]) -> Moves:
    """The moves of a sum."""
    total: dict[int, tuple[Amount, Amount]] = {}
    for moves in parts:
        for cell, (least, most) in moves.items():
            before = total.get(cell, (0, 0))
            total[cell] = (before[0] + least, before[1] + most)
    return total


def hull_of(parts: Sequence[Moves]) -> Moves:
    """The moves of a value that follows now one part, now another, without a jump between them."""
    cells = {cell for moves in parts for cell in moves}
    hull: dict[int, tuple[Amount, Amount]] = {}
    for cell in cells:
        slopes = [moves.get(cell, (0, 0)) for moves in parts]
        hull[cell] = (min(least for least, _ in slopes), max(most for _, most in slopes))
    return hull


def scaled(moves: Moves, low: Amount, high: Amount) -> Moves:
    """Moves times a factor that lies between two ends."""
    scaled: dict[int, tuple[Amount, Amount]] = {}
    for cell, (least, most) in moves.items():
        ends = (least * low, least * high, most * low, most * high)
        scaled[cell] = (min(ends), max(ends))
    return scaled


def anyhow(parts: Iterable[Moves], width: Amount) -> Moves:
    """Moves of which nothing is known but how far apart the ends are."""
    return {cell: (-width, width) for moves in parts for cell in moves}


def directions(moves: Moves) -> Mapping[int, int]:
    """Whether a value never falls (1) or never rises (−1) with each fact, or may do both (0)."""
    return {
        cell: 1 if least >= 0 else -1 if most <= 0 else 0 for cell, (least, most) in moves.items()
    }


def turning(moves: Moves) -> Moves:
    """The moves of 是否 that turns to 是 as a number rises past a point."""
    ways = {1: (0, 1), -1: (-1, 0), 0: (-1, 1)}
    return {cell: ways[way] for cell, way in directions(moves).items()}
