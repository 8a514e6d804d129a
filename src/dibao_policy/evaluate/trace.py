"""What an interpretation leaves behind: every value, what it was computed from, which way each choice went."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts


@frozen
class Step:
    """One rule computed once: for the household (`member` is None) or for one member.

    `parts` holds the value of every expression inside the rule that was evaluated, by its identity;
    a branch that was not taken is not there.
    """

    rule: ir.Rule
    member: int | None
    value: ir.Value
    parts: Mapping[int, ir.Value]


@frozen
class Trace:
    """The steps in the order of computation; the facts of the household and of each member as values, by name."""

    program: ir.Program
    facts: Facts
    steps: tuple[Step, ...]
    household: Mapping[str, ir.Value]
    members: tuple[Mapping[str, ir.Value], ...]
