"""What must hold of a curve, held against every single step, on random policies and households.

A: the pieces of each value follow each other from the first step to the last.
B: what the pieces say of a step is what the compiled function gives there, and the sum is the sum.
C: the most by which a piece falls and rises with one step is what it is when every step is gone through.
D: on a straight line every step adds the slope.
E: each cliff is a fall of just its size, and no other step takes more from the total than the curve says.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from unittest.mock import patch

from attrs import define, field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Number, type_text
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate import stretches as walk
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.lines import Line
from dibao_policy.evaluate.stretches import is_read
from dibao_policy.lawcraft.arrears import PER_MONTH
from dibao_policy.lawcraft.curve_model import Axis, Component, Piece, value_at
from dibao_policy.lawcraft.curve_request import Wanted
from dibao_policy.lawcraft.curve_trace import Traced, trace_along
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError
from dibao_policy.units import shown_scale
from dibao_policy.values import FEN

from .agreement import _NO_POLICY, compiled_policy
from .households import Households
from .moved import _own, with_place

Row = list[Fraction]


@frozen
class Violation:
    law: str
    seed: int
    facts: Facts
    asked: Wanted
    name: str = ""
    found: object = None
    meant: object = None


@define
class Counts:
    """What a run went through."""

    policies: int = 0
    curves: int = 0
    given_up: int = 0
    steps: int = 0
    turns: int = 0
    jumps: int = 0
    cliffs: int = 0
    shapes: Counter[str] = field(factory=Counter)


def violations(
    seeds: Sequence[int], curves: int, steps: int, counts: Counts | None = None
) -> Iterator[Violation]:
    """Every law that does not hold."""
    counts = counts or Counts()
    for seed in seeds:
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        counts.policies += 1
        draw, pick = Households(compiled.program, seed), random.Random(seed)
        for _ in range(curves):
            facts = draw.draw()
            asked = _asked(compiled, facts, pick, steps)
            if asked is not None:
                yield from _laws(compiled, seed, facts, asked, counts)


def _asked(compiled: Compiled, facts: Facts, pick: random.Random, steps: int) -> Wanted | None:
    """A few amounts along an input that they read, around a place where one of them turns."""
    program = compiled.program
    monthly = [rule for rule in program.rules if rule.type == PER_MONTH]
    rules = tuple(pick.sample(monthly, min(len(monthly), pick.choice((1, 2, 3)))))
    names = [rule.name for rule in rules]
    numbers = [
        fact
        for fact in program.facts
        if isinstance(fact.type, Number) and is_read(program, fact.name, names)
    ]
    if not numbers:
        return None
    turns: list[Fraction] = []
    for _ in range(8):
        fact = pick.choice(numbers)
        step = ir.step_of(fact)
        low, high = int(fact.low / step), int(fact.high / step)
        member, middle = _own(program, facts, fact, pick)
        if high > low and (turns := _turns(compiled, facts, fact, member, rules, (low, high))):
            break
    if high <= low:
        return None
    every = pick.choice((1, 1, 1, 13))
    if turns:
        middle = int(pick.choice(turns) * (high - low)) + low
    last = min(steps, (high - low) // every)
    first = max(low, min(middle - pick.randrange(last + 1) * every, high - last * every))
    return (
        _wanted(facts, fact, member, rules, (first, first + last * every, every)) if last else None
    )


def _turns(
    compiled: Compiled,
    facts: Facts,
    fact: ir.Fact,
    member: int | None,
    rules: tuple[ir.Rule, ...],
    ends: tuple[int, int],
) -> list[Fraction]:
    """Where something turns over the whole range of an input, as a part of it."""
    program, count = compiled.program, ends[1] - ends[0]
    line = Line(ends[0] * ir.step_of(fact), ir.step_of(fact))
    key = (fact.name, member)
    try:
        # Where much turns the search is given up soon: there are other inputs.
        with patch.object(walk, "LIMIT", 200):
            found = walk.stretches(program, facts, key, line, count, [rule.name for rule in rules])
    except walk.TooManyStretches:
        return []
    return [
        Fraction(before.last, count)
        for before, after in pairwise(found)
        if any(
            before.values[rule.name, one] != after.values[rule.name, one]
            for rule in rules
            for one in ((None,) if rule.scope == "household" else range(facts.size))
        )
    ]


def _wanted(
    facts: Facts,
    fact: ir.Fact,
    member: int | None,
    rules: tuple[ir.Rule, ...],
    steps: tuple[int, int, int],
) -> Wanted:
    kind = fact.type
    assert isinstance(kind, Number)
    first, last, every = (one * ir.step_of(fact) / shown_scale(kind.unit) for one in steps)
    is_own = fact.type == PER_MONTH
    axis = Axis(
        fact=fact,
        member=member,
        label="" if member is None else facts.labels[member],
        unit=type_text(kind),
        first=first,
        last=last,
        step=every,
        is_own=is_own,
    )
    return Wanted(axis, rules, (fact,) if is_own else ())


def _laws(
    compiled: Compiled, seed: int, facts: Facts, asked: Wanted, counts: Counts
) -> Iterator[Violation]:
    snapshot = Snapshot(_NO_POLICY, compiled, day_from_number(facts.day))
    counts.curves += 1
    try:
        traced = trace_along(snapshot, facts, asked)
    except PolicyError:
        counts.given_up += 1
        return
    axis = asked.axis
    count = int((axis.last - axis.first) / axis.step)
    values = [axis.first + axis.step * place for place in range(count + 1)]
    counts.steps += len(values)
    meant = _every_step(snapshot, facts, asked, values)
    counts.turns += len(traced.turns)
    counts.jumps += sum(turn.is_jump for turn in traced.turns)
    counts.cliffs += sum(turn.is_cliff for turn in traced.turns)
    total = [sum(column, Fraction(0)) for column in zip(*meant.values(), strict=True)]
    parts: list[tuple[str, tuple[Piece, ...], Row]] = [("total", traced.total, total)]
    for one in (traced.own, *traced.components):
        parts.append((f"{one.name} {one.member}", one.pieces, meant[_key(one)]))
    for name, pieces, row in parts:
        for law, found, wanted in _laws_of_row(axis, values, pieces, row, counts):
            yield Violation(law, seed, facts, asked, name, found, wanted)
    for law, found, wanted in _laws_of_turns(traced, values, total):
        yield Violation(law, seed, facts, asked, "", found, wanted)


def _key(one: Component) -> tuple[str, int | None]:
    return one.name, one.member


def _every_step(
    snapshot: Snapshot, facts: Facts, asked: Wanted, values: Sequence[Fraction]
) -> dict[tuple[str, int | None], Row]:
    """Each amount at each step, in yuan, by the compiled function."""
    axis, program = asked.axis, snapshot.compiled.program
    kind = axis.fact.type
    assert isinstance(kind, Number)
    rows: dict[tuple[str, int | None], Row] = {("自有收入", None): []}
    for value in values:
        exact = value * shown_scale(kind.unit) / ir.step_of(axis.fact)
        given = with_place(program, facts, (axis.fact.name, axis.member), int(exact))
        decision = snapshot.decide_facts(given)
        own = Fraction(0)
        for fact in asked.own:
            raw = _fact_total(program, given, fact)
            own += raw * FEN
        rows["自有收入", None].append(own)
        for rule in asked.rules:
            raw_value = decision.raw(rule.name)
            several = raw_value if isinstance(raw_value, tuple) else (raw_value,)
            for place, one in enumerate(several):
                member = place if isinstance(raw_value, tuple) else None
                rows.setdefault((rule.name, member), []).append(Fraction(one) * FEN)
    return rows


def _fact_total(program: ir.Program, facts: Facts, fact: ir.Fact) -> Fraction:
    names = [one.name for one in program.facts if one.scope == fact.scope]
    place = names.index(fact.name)
    steps = [facts.household[place]] if fact.scope == "household" else list(facts.members[place])
    return sum(steps) * ir.step_of(fact)


def _laws_of_row(
    axis: Axis, values: Sequence[Fraction], pieces: Sequence[Piece], row: Row, counts: Counts
) -> Iterator[tuple[str, object, object]]:
    starts = [axis.first, *(piece.last + axis.step for piece in pieces)]
    ends = [piece.first for piece in pieces]
    if ends != starts[:-1] or pieces[-1].last != axis.last:
        yield "A", ends, starts
        return
    for value, one in zip(values, row, strict=True):
        if value_at(axis, pieces, value) != one:
            yield "B", (value, value_at(axis, pieces, value)), one
    for piece in pieces:
        counts.shapes[piece.shape] += 1
        inside = [
            one
            for value, one in zip(values, row, strict=True)
            if piece.first <= value <= piece.last
        ]
        if (piece.at_first, piece.at_last) != (inside[0], inside[-1]):
            yield "B", piece, (inside[0], inside[-1])
        steps = [after - before for before, after in pairwise(inside)]
        most = max([Fraction(0), *(-one for one in steps)]), max([Fraction(0), *steps])
        if (piece.fall, piece.rise) != most:
            yield "C", piece, most
        if piece.shape == "line" and any(one != (piece.slope or 0) * axis.step for one in steps):
            yield "D", piece, steps


def _laws_of_turns(
    traced: Traced, values: Sequence[Fraction], total: Row
) -> Iterator[tuple[str, object, object]]:
    place = {value: i for i, value in enumerate(values)}
    cliffs = {turn.before for turn in traced.turns if turn.is_cliff}
    for turn in traced.turns:
        i = place[turn.before]
        if values[i + 1] != turn.after or (total[i], total[i + 1]) != (
            turn.total_before,
            turn.total_after,
        ):
            yield "E", turn, (total[i], total[i + 1])
    falls = [
        before - after
        for value, (before, after) in zip(values, pairwise(total), strict=False)
        if value not in cliffs
    ]
    if max(0, *falls) != traced.small_fall:
        yield "E", traced.small_fall, max(falls)
