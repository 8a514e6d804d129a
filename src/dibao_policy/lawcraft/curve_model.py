"""What a household gets along one of its numbers (曲线): every kink and every jump, to the smallest step.

A piece is a stretch of the number on which a value is one straight line, one staircase of roundings, or one curve
of a product or quotient. That nothing is hidden within a piece is proved by `evaluate.stretches`;
the values at the ends of each piece are those of the compiled function as well.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.lines import Line, at
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Problem
from dibao_policy.values import FEN

Shape = Literal["line", "stairs", "curve"]


@frozen
class Axis:
    """The input that moves, in the unit in which it is shown: from `first` to `last` by `step`.

    `member` counts from 0, None for one of the household; `is_own` where it is income of the household.
    """

    fact: ir.Fact = field(repr=False)
    member: int | None
    label: str
    unit: str
    first: Fraction
    last: Fraction
    step: Fraction
    is_own: bool

    @property
    def name(self) -> str:
        """Whose it is and what it is called, `户主的工资收入`."""
        return f"{self.label}的{self.fact.name}" if self.member is not None else self.fact.name


@frozen
class Piece:
    """One stretch of the input, both ends included, and a value on it, in yuan.

    `slope` is by how much the value grows with each one of the input, roundings left out; None for a curve.
    `fall` and `rise` are the most by which it falls and rises from one step to the next, both not below zero.
    """

    first: Fraction
    last: Fraction
    at_first: Fraction
    at_last: Fraction
    slope: Fraction | None
    shape: Shape
    fall: Fraction
    rise: Fraction
    line: Line = field(eq=False, repr=False)


@frozen
class Component:
    """One amount by the month along the input; the household's own income has no code."""

    name: str
    code: str
    member: int | None
    label: str
    pieces: tuple[Piece, ...]


@frozen
class Change:
    """A component on both sides of a turn, in yuan."""

    name: str
    member: int | None
    label: str
    before: Fraction
    after: Fraction


@frozen
class Reason:
    """What turns: a requirement or another condition (`holds` from there on or not any more), or where an
    amount begins to be computed in another way (`holds` is None). `part` is what the clause or case is called,
    where it is one; `label` whose it is, for a member."""

    rule: str
    clause: str
    part: str
    label: str
    holds: bool | None


@frozen
class Turn:
    """Where something turns, between two neighboring steps of the input.

    `changes` are the components whose line changes there. `is_jump` where the sides do not meet: no kink of
    a continuous line, even with what roundings can give or take.
    """

    before: Fraction
    after: Fraction
    total_before: Fraction
    total_after: Fraction
    changes: tuple[Change, ...]
    is_jump: bool
    reasons: tuple[Reason, ...]

    @property
    def loss(self) -> Fraction:
        """By how much the total falls with this one step; below zero where it rises."""
        return self.total_before - self.total_after

    @property
    def is_cliff(self) -> bool:
        """Whether the total jumps down there."""
        return self.is_jump and self.loss > 0


@frozen
class Curve:
    """A household along one input. All amounts are in yuan a month and exact.

    `total` is the household's own income together with all `components`; `own_facts` are the inputs that the
    own income is the sum of. `aside` are benefits that are not paid by the month, with their units: they are in
    no sum. `small_fall` is the most by which the total falls with one step anywhere but at a cliff.
    """

    policy: str
    code: str
    day: datetime.date
    digest: str
    axis: Axis
    own_facts: tuple[str, ...]
    own: Component
    components: tuple[Component, ...]
    total: tuple[Piece, ...]
    turns: tuple[Turn, ...]
    small_fall: Fraction
    aside: tuple[tuple[str, str], ...]
    unconfirmed: tuple[str, ...]
    unverified: tuple[tuple[str, str], ...]
    warnings: tuple[Problem, ...]
    snapshot: Snapshot = field(eq=False, repr=False)
    household: Mapping[str, Any] = field(eq=False, repr=False)

    @property
    def cliffs(self) -> tuple[Turn, ...]:
        """The jumps at which one step more of the input leaves less in total, from the first to the last."""
        return tuple(turn for turn in self.turns if turn.is_cliff)

    @property
    def kinks(self) -> tuple[Turn, ...]:
        """The turns at which nothing jumps."""
        return tuple(turn for turn in self.turns if not turn.is_jump)


def lost_share(curve: Curve, piece: Piece) -> Fraction | None:
    """Of one more yuan of the input, the share that is lost on a piece of the total; None where that has no meaning."""
    if not curve.axis.is_own or piece.slope is None:
        return None
    return 1 - piece.slope


def value_at(axis: Axis, pieces: Sequence[Piece], value: Fraction) -> Fraction:
    """What pieces come to, in yuan, at a value of the input that is a whole number of steps from its first one."""
    piece = next(one for one in pieces if value <= one.last)
    place = (value - axis.first) / axis.step
    if place.denominator != 1 or place < 0:
        raise ValueError(f"{value} is no step of {axis.name}")
    return at(piece.line, int(place)) * FEN
