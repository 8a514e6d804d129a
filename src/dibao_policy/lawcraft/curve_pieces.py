"""Values along an input as lines over its places, and lines as pieces."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from dibao_policy.evaluate.lines import Line, at, period
from dibao_policy.lawcraft import curve_problems as problems
from dibao_policy.lawcraft.curve_model import Axis, Piece, Shape
from dibao_policy.problem import PolicyError
from dibao_policy.values import FEN, number_text

GONE_THROUGH = 2_000_000
"""How many steps of roundings and curves are gone through one by one before it is given up."""

Lines = tuple[tuple[int, int, Line], ...]
"""From one place to another, both included, a value is one line, in fen; each begins where the one before it ends."""


def merged(lines: Sequence[tuple[int, int, Line]]) -> Lines:
    """Neighbors that are one line, taken together."""
    kept: list[tuple[int, int, Line]] = []
    for first, last, line in lines:
        if kept and kept[-1][2] == line:
            kept[-1] = (kept[-1][0], last, line)
        else:
            kept.append((first, last, line))
    return tuple(kept)


class Pieces:
    """Lines to pieces; what was gone through one by one is counted."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.left = GONE_THROUGH

    def of(self, lines: Lines) -> tuple[Piece, ...]:
        """The pieces of a value. Raises `PolicyError` where there are too many steps."""
        return tuple(self._piece(*one) for one in lines)

    def _piece(self, first: int, last: int, line: Line) -> Piece:
        turn = period(line)
        shape: Shape = "curve" if turn is None else "stairs" if line.parts else "line"
        fall, rise = self._steepest(first, last, line, turn)
        return Piece(
            first=value_of_place(self.axis, first),
            last=value_of_place(self.axis, last),
            at_first=at(line, first) * FEN,
            at_last=at(line, last) * FEN,
            slope=None if turn is None else line.slope * FEN / self.axis.step,
            shape=shape,
            fall=fall * FEN,
            rise=rise * FEN,
            line=line,
        )

    def _steepest(
        self, first: int, last: int, line: Line, turn: int | None
    ) -> tuple[Fraction, Fraction]:
        """The most by which a line falls and rises from one place to the next."""
        zero = Fraction(0)
        if first == last:
            return zero, zero
        if not line.parts:
            return max(zero, -line.slope), max(zero, line.slope)
        # After a period the steps come again, one by one the same.
        count = last - first if turn is None else min(turn, last - first)
        self.left -= count
        if self.left < 0:
            raise PolicyError([too_winding(self.axis)])
        values = [at(line, place) for place in range(first, first + count + 1)]
        steps = [after - before for before, after in pairwise(values)]
        return max(zero, -min(steps)), max(zero, max(steps))


def value_of_place(axis: Axis, place: int) -> Fraction:
    """The value of the input at a place."""
    return axis.first + place * axis.step


def too_winding(axis: Axis) -> problems.TooWinding:
    """What is said of an input along which too much turns."""
    ends = number_text(axis.first), number_text(axis.last)
    return problems.TooWinding(name=axis.name, first=ends[0], last=ends[1])
