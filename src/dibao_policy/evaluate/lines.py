"""Numbers that depend on one fact: a straight line over its steps, and what rounding and products add to it.

The fact takes the places 0, 1, 2, … of its steps. A `Line` is `start + slope × place` plus multiples of its `parts`:
what a rounding takes or gives away, and products and quotients of two numbers that both depend on the fact.
Two lines that are equal have the same value at every place. Everything is exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from dibao_policy.values import Rounding, round_to

Bounds = tuple[Fraction, Fraction]


class Boundless(Exception):
    """A divisor that is above zero, but whose distance from zero could not be bounded."""


@frozen(cache_hash=True)
class Rounded:
    """What rounding gives to a number (below zero: takes from it)."""

    operand: Line
    quantum: Fraction
    mode: Rounding


@frozen(cache_hash=True)
class Product:
    """Two numbers that both depend on the fact, multiplied: no straight line."""

    first: Line
    second: Line


@frozen(cache_hash=True)
class Quotient:
    """A number divided by one that depends on the fact: no straight line."""

    first: Line
    second: Line


Part = Rounded | Product | Quotient


@frozen(cache_hash=True)
class Line:
    """`start + slope × place` and each part times its factor."""

    start: Fraction
    slope: Fraction = Fraction(0)
    parts: frozenset[tuple[Part, Fraction]] = frozenset()


ZERO = Line(Fraction(0))


def is_constant(line: Line) -> bool:
    """Whether a number is the same at every place."""
    return not line.slope and not line.parts


def total(lines: Iterable[Line]) -> Line:
    """The sum of lines."""
    start = slope = Fraction(0)
    parts: dict[Part, Fraction] = {}
    for line in lines:
        start, slope = start + line.start, slope + line.slope
        for part, factor in line.parts:
            parts[part] = parts.get(part, Fraction(0)) + factor
    return _line(start, slope, parts)


def times(line: Line, factor: Fraction) -> Line:
    """A line times a number."""
    parts = {part: one * factor for part, one in line.parts}
    return _line(line.start * factor, line.slope * factor, parts)


def minus(first: Line, second: Line) -> Line:
    """The difference of two lines."""
    return total((first, times(second, Fraction(-1))))


def _line(start: Fraction, slope: Fraction, parts: Mapping[Part, Fraction]) -> Line:
    return Line(start, slope, frozenset((part, one) for part, one in parts.items() if one))


def product(first: Line, second: Line) -> Line:
    """The product of two lines."""
    if is_constant(first):
        return times(second, first.start)
    if is_constant(second):
        return times(first, second.start)
    return _line(Fraction(0), Fraction(0), {Product(first, second): Fraction(1)})


def quotient(first: Line, second: Line) -> Line:
    """The quotient of two lines; the second is above zero wherever it is asked for."""
    if is_constant(second):
        return times(first, 1 / second.start)
    return _line(Fraction(0), Fraction(0), {Quotient(first, second): Fraction(1)})


def rounded(line: Line, quantum: Fraction, mode: Rounding) -> Line:
    """A line brought to a multiple of a quantum at every place."""
    if is_constant(line):
        return Line(round_to(line.start, quantum, mode))
    if _is_multiple(line, quantum):
        return line
    given = _line(Fraction(0), Fraction(0), {Rounded(line, quantum, mode): Fraction(1)})
    return total((line, given))


def _is_multiple(line: Line, quantum: Fraction) -> bool:
    """Whether rounding to the quantum is known to change nothing."""
    while line.parts:
        # What was rounded last is taken off whole: the number together with what the rounding gave.
        part, factor = max(line.parts, key=lambda pair: _depth(pair[0]))
        if not isinstance(part, Rounded) or (factor * part.quantum / quantum).denominator != 1:
            return False
        whole = total((part.operand, Line(Fraction(0), parts=frozenset({(part, Fraction(1))}))))
        line = minus(line, times(whole, factor))
    return (line.start / quantum).denominator == (line.slope / quantum).denominator == 1


def _depth(part: Part) -> int:
    """How many parts stand inside one another."""
    inner = [part.operand] if isinstance(part, Rounded) else [part.first, part.second]
    return 1 + max((_depth(one) for line in inner for one, _ in line.parts), default=0)


# ── values ────────────────────────────────────────────────────────────────


def at(line: Line, place: int) -> Fraction:
    """The exact value at a place."""
    value = line.start + line.slope * place
    for part, factor in line.parts:
        value += factor * _part_at(part, place)
    return value


def _part_at(part: Part, place: int) -> Fraction:
    match part:
        case Rounded(operand, quantum, mode):
            value = at(operand, place)
            return round_to(value, quantum, mode) - value
        case Product(first, second):
            return at(first, place) * at(second, place)
        case Quotient(first, second):
            return at(first, place) / at(second, place)


def bounds(line: Line, first: int, last: int) -> Bounds:
    """Two values between which the number lies at all places from one to another. Raises `Boundless`."""
    if first == last:
        value = at(line, first)
        return value, value
    ends = line.start + line.slope * first, line.start + line.slope * last
    low, high = parts_bounds(line, first, last)
    return min(ends) + low, max(ends) + high


def parts_bounds(line: Line, first: int, last: int) -> Bounds:
    """By how much the parts move a number off its straight line, at least and at most. Raises `Boundless`."""
    low = high = Fraction(0)
    for part, factor in line.parts:
        ends = [factor * end for end in _part_bounds(part, first, last)]
        low, high = low + min(ends), high + max(ends)
    return low, high


_GIVEN = {
    Rounding.HALF_UP: (Fraction(-1, 2), Fraction(1, 2)),
    Rounding.HALF_EVEN: (Fraction(-1, 2), Fraction(1, 2)),
    Rounding.UP: (Fraction(0), Fraction(1)),
    Rounding.DOWN: (Fraction(-1), Fraction(0)),
}


def _part_bounds(part: Part, first: int, last: int) -> Bounds:
    match part:
        case Rounded(_, quantum, mode):
            low, high = _GIVEN[mode]
            return low * quantum, high * quantum
        case Product(one, other):
            (a, b), (c, d) = bounds(one, first, last), bounds(other, first, last)
            ends = a * c, a * d, b * c, b * d
        case Quotient(one, other):
            (a, b), (c, d) = bounds(one, first, last), bounds(other, first, last)
            if c <= 0:
                raise Boundless
            ends = a / c, a / d, b / c, b / d
    return min(ends), max(ends)


def period(line: Line) -> int | None:
    """After how many places a number repeats itself, moved by `slope` for each; None where it never does."""
    found = 1
    for part, _ in line.parts:
        one = _part_period(part)
        if one is None:
            return None
        found = math.lcm(found, one)
    return found


def _part_period(part: Part) -> int | None:
    if not isinstance(part, Rounded):
        return None
    inner = period(part.operand)
    if inner is None:
        return None
    # A step to the even neighbor repeats itself only every second multiple.
    unit = 2 * part.quantum if part.mode is Rounding.HALF_EVEN else part.quantum
    return inner * (part.operand.slope * inner / unit).denominator


# ── signs ─────────────────────────────────────────────────────────────────


def crossings(line: Line, first: int, last: int) -> tuple[int, ...]:
    """Places before which to cut from one place to a later one, so that the number keeps its sign in more of it."""
    found: set[int] = set()
    if line.slope:
        try:
            low, high = parts_bounds(line, first, last)
        except Boundless:
            low = high = Fraction(0)
        for end in (low, high):
            root = -(line.start + end) / line.slope
            found |= {math.ceil(root), math.floor(root) + 1}
    inside = tuple(sorted(place for place in found if first < place <= last))
    return inside or ((first + last + 1) // 2,)
