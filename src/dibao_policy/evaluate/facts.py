"""The facts of one household, in the order of the program that they are for."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dibao_policy.core import ir


@frozen
class Renamed:
    """A fact that came under a name that it had before; `member` is None for one of the household."""

    old: str
    name: str
    member: int | None


@frozen
class Facts:
    """Whole numbers of steps (money in fen), days as YYYYMMDD, places in enumerations, 0 or 1 for 是否.

    `household` follows the program's household facts, each list of `members` one member fact, by member.
    """

    day: int
    size: int
    household: tuple[int, ...]
    members: tuple[Sequence[int], ...]
    labels: tuple[str, ...]
    defaulted: tuple[tuple[str, int | None], ...]
    renamed: tuple[Renamed, ...] = ()


def household_facts(program: ir.Program) -> tuple[ir.Fact, ...]:
    """The facts that the household brings, in order."""
    return tuple(fact for fact in program.facts if fact.scope == "household")


def member_facts(program: ir.Program) -> tuple[ir.Fact, ...]:
    """The facts that each member brings, in order."""
    return tuple(fact for fact in program.facts if fact.scope == "member")
