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

Key = tuple[str, int | None]
"""A value: the name of its rule, and the member, counted from 0, where it is a member's."""


@frozen
class Exercise:
    """A case that passes: every value in `wanted` is what it expects, give or take its tolerance.

    `program` is that of the day; what the case gives instead of having it computed is `assumed`.
    Of each rule of the members in `somewhere` it expects that it holds for one of them at least; of each name in
    `absent`, that there is no such result. `read` reads its household as another program does: None where that
    refuses it, because a fact is missing that has no default.
    """

    name: str
    day: datetime.date
    program: ir.Program = field(repr=False)
    assumed: tuple[str, ...]
    facts: Facts = field(repr=False)
    trace: Trace = field(repr=False)
    wanted: Mapping[Key, tuple[ir.Value, Fraction]]
    read: Callable[[ir.Program], Facts | None] = field(repr=False)
    somewhere: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


def exercise(
    name: str,
    day: datetime.date,
    program: ir.Program,
    assumed: tuple[str, ...],
    facts: Facts,
    wanted: Mapping[Key, tuple[ir.Value, Fraction]],
    read: Callable[[ir.Program], Facts | None],
    somewhere: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
) -> Exercise:
    """Decide on a case once, by the interpreter."""
    trace = interpret(program, facts)
    return Exercise(name, day, program, assumed, facts, trace, wanted, read, somewhere, absent)


def is_noticed(one: Exercise, other: Mapping[Key, ir.Value]) -> bool:
    """Whether other values than those of the trace are not what a case expects."""
    for key, value in other.items():
        if key in one.wanted:
            expected, tolerance = one.wanted[key]
            if isinstance(expected, Fraction) and tolerance:
                assert isinstance(value, Fraction)
                if abs(value - expected) > tolerance:
                    return True
            elif value != expected:
                return True
    changed = {name for name, _ in other} & one.somewhere
    return any(not _is_somewhere(one, name, other) for name in changed)


def _is_somewhere(one: Exercise, name: str, other: Mapping[Key, ir.Value]) -> bool:
    return any(
        other.get((name, step.member), step.value)
        for step in one.trace.steps
        if step.rule.name == name
    )
