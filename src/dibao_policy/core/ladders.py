"""Ends that have to rise: the upper ends of brackets, and a floor under its ceiling.

What a rule states in plain values is looked at when it is lowered; what it takes from parameters,
on every stretch of days, for each member of the enumerations that the parameters are kept by.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core import block_problems, ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Enumerated
from dibao_policy.problem import Problem
from dibao_policy.text import Span, covered
from dibao_policy.values import round_to

COMBINATION_LIMIT = 20_000
"""How many combinations of members are looked at: of a parameter that is kept by more, only the first ones."""

_DEPTH_LIMIT = 100


@frozen
class Ladder:
    """Ends in the order in which they have to rise.

    Beside each end stands whether the next one may be equal to it: `< 3岁, ≤ 3岁` has a bracket for exactly 3.
    Parts begin at an end of zero, which nobody wrote; `name` is the block whose `至少` and `至多` limits are.
    """

    kind: Literal["brackets", "parts", "limits"]
    ends: tuple[tuple[bool, ir.Expression], ...]
    name: str = ""


@frozen
class _Day:
    """The tables and rules of a stretch of days."""

    tables: Mapping[str, ir.Table]
    rules: Mapping[str, ir.Rule]
    since: str


@define
class _Keys:
    """By what the values in some expressions are looked up, and the rules that were already gone through."""

    kinds: dict[str, Enumerated] = field(factory=dict)
    seen: set[str] = field(factory=set)


@frozen
class _Choice:
    """A combination of members, and what each rule is worth for it."""

    day: _Day
    places: Mapping[str, int]
    known: dict[str, ir.Value] = field(factory=dict)


def stated_falls(ladder: Ladder) -> Iterator[Problem]:
    """The ends that are plain values and do not rise."""
    for place, ((may_equal, first), (_, second)) in enumerate(itertools.pairwise(ladder.ends)):
        if not (isinstance(first, ir.Literal) and isinstance(second, ir.Literal)):
            continue
        if first.type == second.type and _falls(first.value, second.value, may_equal):
            yield _stated(ladder, place, first, second)


def _stated(ladder: Ladder, place: int, first: ir.Literal, second: ir.Literal) -> Problem:
    lower, upper = value_text(first.value, first.type), value_text(second.value, second.type)
    if ladder.kind == "limits":
        return block_problems.FloorAboveCeiling(
            span=second.span, name=ladder.name, floor=lower, ceiling=upper, related=(first.span,)
        )
    if ladder.kind == "parts" and not place:
        return block_problems.FirstEndNotAboveZero(
            span=second.span, end=covered(second.span), value=upper
        )
    return block_problems.BracketsNotRising(
        span=second.span, first=lower, second=upper, related=(first.span,)
    )


def falls_in_force(
    ladders: Sequence[Ladder], program: ir.Program, told: set[tuple[Span, str]]
) -> Iterator[Problem]:
    """The ends that do not rise with the values of a program's days; what was told before is not told again."""
    day = _Day(
        {table.name: table for table in program.tables},
        {rule.name: rule for rule in program.rules},
        str(program.since),
    )
    for ladder in ladders:
        for place, ((may_equal, first), (_, second)) in enumerate(itertools.pairwise(ladder.ends)):
            if isinstance(first, ir.Literal) and isinstance(second, ir.Literal):
                continue
            fall = _fall(day, first, second, may_equal)
            if fall is not None and (second.span, str(fall)) not in told:
                told.add((second.span, str(fall)))
                yield _in_force(day, ladder, place, (first, second), fall)


def _in_force(
    day: _Day,
    ladder: Ladder,
    place: int,
    ends: tuple[ir.Expression, ir.Expression],
    fall: tuple[ir.Value, ir.Value, tuple[str, ...]],
) -> Problem:
    (first, second), (low, high, members) = ends, fall
    related = tuple(day.tables[end.table].entry.span for end in ends if isinstance(end, ir.Lookup))
    if ladder.kind == "parts" and not place:
        return block_problems.FirstEndNotAboveZero(
            span=second.span,
            end=covered(second.span),
            value=value_text(high, second.type),
            related=related,
        )
    limits = ladder.kind == "limits"
    kind = block_problems.FloorInForce if limits else block_problems.EndsFallInForce
    return kind(
        span=second.span,
        since=day.since,
        first=covered(first.span),
        first_value=value_text(low, first.type),
        second=covered(second.span),
        second_value=value_text(high, second.type),
        members=tuple(f"`{member}`" for member in members),
        related=related,
    )


def _falls(first: ir.Value, second: ir.Value, may_equal: bool) -> bool:
    return first > second if may_equal else first >= second


def _fall(
    day: _Day, first: ir.Expression, second: ir.Expression, may_equal: bool
) -> tuple[ir.Value, ir.Value, tuple[str, ...]] | None:
    """Two ends and for which members they do not rise; None where they do, or where facts decide."""
    keys = _Keys()
    if not (_note_keys(day, first, keys, 0) and _note_keys(day, second, keys, 0)):
        return None
    kinds = keys.kinds
    every = itertools.product(*(range(len(kind.members)) for kind in kinds.values()))
    for places in itertools.islice(every, COMBINATION_LIMIT):
        choice = _Choice(day, dict(zip(kinds, places, strict=True)))
        low, high = _worth(choice, first), _worth(choice, second)
        if _falls(low, high, may_equal):
            pairs = zip(kinds.values(), places, strict=True)
            return low, high, tuple(kind.members[place][0] for kind, place in pairs)
    return None


def _note_keys(day: _Day, node: ir.Expression, keys: _Keys, depth: int) -> bool:
    """Note by what the values in an expression are looked up; False where it takes more than parameters."""
    if depth > _DEPTH_LIMIT:
        return False
    match node:
        case ir.Literal():
            return True
        case ir.ReadRule(name) if name in day.rules:
            if name not in keys.seen:
                keys.seen.add(name)
                return _note_keys(day, day.rules[name].expression, keys, depth + 1)
            return True
        case ir.Lookup(table, written) if table in day.tables:
            for key in written:
                if isinstance(key, (ir.ReadFact, ir.ReadRule)):
                    assert isinstance(key.type, Enumerated)
                    keys.kinds[key.name] = key.type
                elif not isinstance(key, ir.Literal):
                    return False
            return True
        case ir.Operate() | ir.Round():
            return all([_note_keys(day, one, keys, depth + 1) for one in ir.children(node)])
    return False


def _worth(choice: _Choice, node: ir.Expression) -> ir.Value:
    """What an expression of parameters is, for the members chosen."""
    match node:
        case ir.Literal(value):
            return value
        case ir.ReadRule(name):
            if name not in choice.known:
                choice.known[name] = _worth(choice, choice.day.rules[name].expression)
            return choice.known[name]
        case ir.Lookup(table, written):
            place = 0
            for key, kind in zip(written, choice.day.tables[table].keys, strict=True):
                assert isinstance(kind, Enumerated)
                place = place * len(kind.members) + _place(choice, key)
            return choice.day.tables[table].values[place]
        case ir.Operate(operation, arguments):
            given = [_worth(choice, one) for one in arguments]
            if operation == "divide" and not given[1]:
                # That a divisor can be zero is another check's to say.
                return Fraction(0)
            result: ir.Value = TABLE[operation].evaluate(*given)
            return result
        case ir.Round(operand, quantum, mode):
            number = _worth(choice, operand)
            assert isinstance(number, Fraction)
            return round_to(number, quantum, mode)
    raise AssertionError(node)


def _place(choice: _Choice, key: ir.Expression) -> int:
    if isinstance(key, ir.Literal):
        return int(key.value)
    assert isinstance(key, (ir.ReadFact, ir.ReadRule))
    return choice.places[key.name]
