"""What would turn a result of a household, one fact at a time: data alone."""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.account import Account
from dibao_policy.lawcraft.distances import Distance
from dibao_policy.problem import Problem

Value = ir.Value


@frozen
class Outcome:
    """A result, of the household or of one member, before and after a change."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    before: Value
    after: Value


@frozen
class Requirement:
    """A requirement behind the result that is not met now: why not, and how far it is from being met."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    reason: str
    distances: tuple[Distance, ...]


@frozen
class Flip:
    """A requirement that is met after a change and was not before, or the other way round."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    met: bool


@frozen
class Suggestible:
    """A fact of which another value may be suggested: of the household, or of one member; and its present value.

    `path` is its place in a household, `成员[2].工资收入`.
    """

    fact: ir.Fact = field(repr=False)
    member: int | None
    path: str
    present: Value


@frozen
class Turn:
    """The nearest value of one fact on one side at which the result turns, all other facts as they are.

    `last` is the value beside it, one smallest step nearer to the present one, at which nothing has turned yet;
    None where the answers of a fact have no order. `difference` is `value` less the present one, in smallest units
    (money in fen), or in days; None where there is no such thing. `outcomes` are the results that change with it.
    """

    about: Suggestible
    value: Value
    last: Value | None
    difference: Fraction | None
    outcomes: tuple[Outcome, ...]
    flips: tuple[Flip, ...]


@frozen
class Met:
    """A requirement that one fact alone can bring to be met, from which value on, and those not met there."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    value: Value
    difference: Fraction | None
    still: tuple[Key, ...]


@frozen
class Fixed:
    """A fact of which no value turns the result.

    `unmet` are the requirements that are not met whatever its value, `meets` those that it can bring to be met.
    """

    about: Suggestible
    unmet: tuple[Key, ...]
    meets: tuple[Met, ...]


@frozen
class WhatIf:
    """What would turn a result of a household, one fact at a time.

    `holds` is whether it is granted now: 是, or an amount above zero. `value` is in smallest units.
    Of a result that is not granted, `requirements` are those not met; each `Turn` is what would have it granted.
    Of one that is, each `Turn` is the margin: it is kept up to `last`, and lost at `value`.
    `account` is the explanation of the present decision.
    """

    program: ir.Program = field(repr=False)
    day: datetime.date
    digest: str
    labels: tuple[str, ...]
    rule: ir.Rule = field(repr=False)
    member: int | None
    value: Value
    holds: bool
    requirements: tuple[Requirement, ...]
    turns: tuple[Turn, ...]
    fixed: tuple[Fixed, ...]
    account: Account = field(repr=False)
    warnings: tuple[Problem, ...] = ()
