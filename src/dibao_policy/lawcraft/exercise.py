"""A case of a policy made ready to be decided again and again: its facts, its trace, what it expects."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.trace import Trace
from dibao_policy.explain.account import is_finding

Key = tuple[str, int | None]
"""A value: the name of its rule, and the member, counted from 0, where it is a member's."""


@frozen
class Exercise:
    """A case that passes: every value in `wanted` is what it expects, give or take its tolerance.

    `program` is that of the day; what the case gives instead of having it computed is `assumed`.
    `findings` are the cross-checks that it expects, these and no others, of any member; None where it says nothing
    of them. Of each name in `absent` it expects that there is no such result. `read` reads its household as
    another program does: None where that refuses it, because a fact is missing that has no default.
    """

    name: str
    day: datetime.date
    program: ir.Program = field(repr=False)
    assumed: tuple[str, ...]
    facts: Facts = field(repr=False)
    trace: Trace = field(repr=False)
    wanted: Mapping[Key, tuple[ir.Value, Fraction]]
    read: Callable[[ir.Program], Facts | None] = field(repr=False)
    findings: frozenset[str] | None = None
    absent: frozenset[str] = frozenset()


@frozen
class Refusal:
    """A case whose household the program of its day refuses, with the codes that it expects.

    `read` gives the codes with which another program refuses it: none where that takes it.
    """

    name: str
    day: datetime.date
    codes: frozenset[str]
    read: Callable[[ir.Program], frozenset[str]] = field(repr=False)


def exercise(
    name: str,
    day: datetime.date,
    program: ir.Program,
    assumed: tuple[str, ...],
    facts: Facts,
    wanted: Mapping[Key, tuple[ir.Value, Fraction]],
    read: Callable[[ir.Program], Facts | None],
    findings: frozenset[str] | None = None,
    absent: frozenset[str] = frozenset(),
) -> Exercise:
    """Decide on a case once, by the interpreter."""
    trace = interpret(program, facts)
    return Exercise(name, day, program, assumed, facts, trace, wanted, read, findings, absent)


def differs(value: ir.Value, expected: ir.Value, tolerance: Fraction) -> bool:
    """Whether a value is not the expected one, and not within the tolerance either."""
    if not tolerance:
        return value != expected
    return abs(Fraction(value) - Fraction(expected)) > tolerance


def is_noticed(one: Exercise, other: Mapping[Key, ir.Value]) -> bool:
    """Whether other values than those of the trace are not what a case expects."""
    for key, value in other.items():
        if key in one.wanted:
            expected, tolerance = one.wanted[key]
            if differs(value, expected, tolerance):
                return True
    if one.findings is None:
        return False
    return any(
        _is_found(one, rule.name, other) != (rule.name in one.findings)
        for rule in one.program.rules
        if is_finding(rule) and any(name == rule.name for name, _ in other)
    )


def _is_found(one: Exercise, name: str, other: Mapping[Key, ir.Value]) -> bool:
    return any(
        other.get((name, step.member), step.value)
        for step in one.trace.steps
        if step.rule.name == name
    )
