"""The facts of one household, in the order of the program that they are for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Number, YesNo


@frozen
class Renamed:
    """A fact that came under a name that it had before; `member` is None for one of the household."""

    old: str
    name: str
    member: int | None


@frozen
class Facts:
    """Whole numbers of steps (money in fen), days as YYYYMMDD, places in enumerations, 0 or 1 for 是否.

    `not_asked` are facts that nobody stated: what is here stands in for them.

    `household` follows the program's household facts, each list of `members` one member fact, by member.
    """

    day: int
    size: int
    household: tuple[int, ...]
    members: tuple[Sequence[int], ...]
    labels: tuple[str, ...]
    defaulted: tuple[tuple[str, int | None], ...]
    renamed: tuple[Renamed, ...] = ()
    not_asked: tuple[tuple[str, int | None], ...] = ()


@frozen
class PartialFacts:
    """The facts of one household as far as they are known; what was not given and has no default is None."""

    day: int
    size: int
    household: tuple[int | None, ...]
    members: tuple[Sequence[int | None], ...]
    labels: tuple[str, ...]
    defaulted: tuple[tuple[str, int | None], ...]


def household_facts(program: ir.Program) -> tuple[ir.Fact, ...]:
    """The facts that the household brings, in order."""
    return tuple(fact for fact in program.facts if fact.scope == "household")


def member_facts(program: ir.Program) -> tuple[ir.Fact, ...]:
    """The facts that each member brings, in order."""
    return tuple(fact for fact in program.facts if fact.scope == "member")


def given_of(program: ir.Program, facts: Facts, fact: ir.Fact) -> ir.Value | tuple[ir.Value, ...]:
    """What a household gave for a fact: one value, or one per member."""
    if fact.scope == "household":
        return given_value(fact, facts.household[household_facts(program).index(fact)])
    column = facts.members[member_facts(program).index(fact)]
    return tuple(given_value(fact, step) for step in column)


def given_value(fact: ir.Fact, step: int) -> ir.Value:
    """A fact as a value: steps to a number."""
    match fact.type:
        case Number():
            size = ir.step_of(fact)
            return Fraction(step) if size.denominator == size.numerator else step * size
        case YesNo():
            return bool(step)
    return step
