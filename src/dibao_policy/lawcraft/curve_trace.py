"""A household and an input of it, to its curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.types import Number, YesNo
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.lines import Line, at, minus, parts_bounds, period, total
from dibao_policy.evaluate.stretches import Key, Stretch, TooManyStretches, rules_behind, stretches
from dibao_policy.explain.account import unverified_behind
from dibao_policy.lawcraft import curve_problems as problems
from dibao_policy.lawcraft.curve import (
    Axis,
    Change,
    Component,
    Curve,
    Piece,
    Reason,
    Shape,
    Turn,
)
from dibao_policy.lawcraft.curve_request import aside, wanted, with_value
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError
from dibao_policy.units import shown_scale
from dibao_policy.values import FEN

GONE_THROUGH = 2_000_000
"""How many steps of roundings and curves are gone through one by one before it is given up."""


def curve(
    snapshot: Snapshot,
    household: Mapping[str, Any],
    over: str,
    first: Fraction,
    last: Fraction,
    step: Fraction | None = None,
    results: Sequence[str] = (),
    own: Sequence[str] | None = None,
) -> Curve:
    """What a household gets while one of its numbers goes from one value to another, by whole steps.

    `over` is `称呼.输入` for a member, `家庭.输入` or `输入` for the household; what the household gives for it
    does not matter. `first`, `last` and `step` are in the unit that is shown (yuan); without `step` it is the
    smallest of the input, a fen. `results` are the amounts to add, without them all benefits by the month;
    `own` are the inputs that are the household's own income, without them all that its incomes count or exempt.
    Raises `PolicyError` with everything that stands in the way.
    """
    asked = wanted(snapshot, household, over, (first, last), step, results, own)
    axis, program = asked.axis, snapshot.compiled.program
    facts = snapshot.facts(with_value(household, axis, axis.first))
    kind = axis.fact.type
    assert isinstance(kind, Number)
    scale = shown_scale(kind.unit)
    line = Line(axis.first * scale, axis.step * scale)
    count = int((axis.last - axis.first) / axis.step)
    key = (axis.fact.name, axis.member)
    names = [rule.name for rule in asked.rules]
    try:
        found = stretches(program, facts, key, line, count, names)
    except TooManyStretches:
        raise PolicyError([_too_winding(axis)]) from None
    compiled = _Compiled(snapshot, facts, axis, scale)
    keys = [
        (rule, member)
        for rule in asked.rules
        for member in ((None,) if rule.scope == "household" else range(facts.size))
    ]
    own_line = total([_fact_line(program, facts, fact, key, line) for fact in asked.own])
    rows = [_Row(None, None, "", _merged([(0, count, own_line)]))]
    for rule, member in keys:
        label = _whose(facts.labels, member)
        rows.append(_Row(rule, member, label, _merged(_lines(found, (rule.name, member)))))
    sums = _merged(
        [(one.first, one.last, total([own_line, *_numbers(one, keys)])) for one in found]
    )
    pieces = _Pieces(axis)
    told = [pieces.of(row.lines) for row in rows]
    whole = pieces.of(sums)
    compiled.check([row for row in rows if row.rule is not None], sums)
    turns = tuple(_turns(program, axis, facts.labels, found, rows, sums))
    own_component, *components = (
        Component(
            name=row.rule.name if row.rule else "自有收入",
            code=row.rule.code if row.rule else "",
            member=row.member,
            label=row.label,
            pieces=one,
        )
        for row, one in zip(rows, told, strict=True)
    )
    falls = [piece.fall for piece in whole]
    falls += [max(turn.loss, Fraction(0)) for turn in turns if not (turn.is_jump and turn.loss > 0)]
    starts = [with_value(household, axis, piece.first) for piece in whole]
    unconfirmed, unverified = _doubts(snapshot, starts, names)
    return Curve(
        policy=program.name,
        code=program.policy,
        day=snapshot.day,
        digest=snapshot.digest,
        axis=axis,
        own_facts=tuple(fact.name for fact in asked.own),
        own=own_component,
        components=tuple(components),
        total=whole,
        turns=turns,
        small_fall=max(falls),
        aside=aside(program, asked.rules),
        unconfirmed=unconfirmed,
        unverified=unverified,
        warnings=snapshot.decide_facts(facts).warnings,
        snapshot=snapshot,
        household=household,
    )


def _too_winding(axis: Axis) -> problems.TooWinding:
    return problems.TooWinding(name=axis.name, first=str(axis.first), last=str(axis.last))


# ── lines over places ─────────────────────────────────────────────────────

Lines = tuple[tuple[int, int, Line], ...]
"""From one place to another, both included, a value is one line; each begins where the one before it ends."""


@frozen
class _Row:
    """A component: its rule, None for the own income, and its lines, in fen."""

    rule: ir.Rule | None
    member: int | None
    label: str
    lines: Lines


def _merged(lines: Sequence[tuple[int, int, Line]]) -> Lines:
    """Neighbors that are one line, taken together."""
    kept: list[tuple[int, int, Line]] = []
    for first, last, line in lines:
        if kept and kept[-1][2] == line:
            kept[-1] = (kept[-1][0], last, line)
        else:
            kept.append((first, last, line))
    return tuple(kept)


def _lines(found: Sequence[Stretch], key: Key) -> list[tuple[int, int, Line]]:
    return [(one.first, one.last, _number(one, key)) for one in found]


def _number(stretch: Stretch, key: Key) -> Line:
    value = stretch.values[key]
    assert isinstance(value, Line)
    return value


def _numbers(stretch: Stretch, keys: Sequence[tuple[ir.Rule, int | None]]) -> list[Line]:
    return [_number(stretch, (rule.name, member)) for rule, member in keys]


def _fact_line(program: ir.Program, facts: Facts, fact: ir.Fact, moved: Key, line: Line) -> Line:
    """An input of the household, or of all its members together."""
    if fact.scope == "household":
        known = [one.name for one in household_facts(program)]
        steps = [facts.household[known.index(fact.name)]] if fact.name in known else []
    else:
        known = [one.name for one in member_facts(program)]
        steps = list(facts.members[known.index(fact.name)]) if fact.name in known else []
    lines: list[Line] = []
    for place, one in enumerate(steps):
        value = given_value(fact, one)
        assert isinstance(value, Fraction)
        is_moved = moved == (fact.name, None if fact.scope == "household" else place)
        lines.append(line if is_moved else Line(value))
    return total(lines)


@frozen
class _Compiled:
    """The compiled function, asked at single places of the input."""

    snapshot: Snapshot
    facts: Facts
    axis: Axis
    scale: Fraction

    def check(self, rows: Sequence[_Row], sums: Lines) -> None:
        """Hold the lines against the function at both ends of every piece."""
        ends = {end for row in rows for first, last, _ in row.lines for end in (first, last)}
        ends |= {end for first, last, _ in sums for end in (first, last)}
        for place in sorted(ends):
            decision = self.snapshot.decide_facts(self._at(place))
            for row in rows:
                assert row.rule is not None
                raw = decision.raw(row.rule.name)
                meant = (
                    raw[row.member] if isinstance(raw, tuple) and row.member is not None else raw
                )
                line = next(line for _, last, line in row.lines if place <= last)
                if at(line, place) != meant:
                    where = (
                        f"{row.label}{row.rule.name} at {self.axis.first + place * self.axis.step}"
                    )
                    raise AssertionError(f"{where}: {at(line, place)} and {meant} are not the same")

    def _at(self, place: int) -> Facts:
        fact = self.axis.fact
        steps = (self.axis.first + place * self.axis.step) * self.scale / ir.step_of(fact)
        program = self.snapshot.compiled.program
        if self.axis.member is None:
            names = [one.name for one in household_facts(program)]
            household = list(self.facts.household)
            household[names.index(fact.name)] = int(steps)
            return evolve(self.facts, household=tuple(household))
        names = [one.name for one in member_facts(program)]
        members = [list(column) for column in self.facts.members]
        members[names.index(fact.name)][self.axis.member] = int(steps)
        return evolve(self.facts, members=tuple(members))


# ── pieces ────────────────────────────────────────────────────────────────


class _Pieces:
    """Lines to pieces; what was gone through one by one is counted."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.left = GONE_THROUGH

    def of(self, lines: Lines) -> tuple[Piece, ...]:
        return tuple(self._piece(*one) for one in lines)

    def _piece(self, first: int, last: int, line: Line) -> Piece:
        turn = period(line)
        shape: Shape = "curve" if turn is None else "stairs" if line.parts else "line"
        fall, rise = self._steepest(first, last, line, turn)
        return Piece(
            first=_place(self.axis, first),
            last=_place(self.axis, last),
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
            raise PolicyError([_too_winding(self.axis)])
        values = [at(line, place) for place in range(first, first + count + 1)]
        steps = [after - before for before, after in pairwise(values)]
        return max(zero, -min(steps)), max(zero, max(steps))


def _place(axis: Axis, place: int) -> Fraction:
    return axis.first + place * axis.step


# ── turns ─────────────────────────────────────────────────────────────────


def _turns(
    program: ir.Program,
    axis: Axis,
    labels: Sequence[str],
    found: Sequence[Stretch],
    rows: Sequence[_Row],
    sums: Lines,
) -> Iterator[Turn]:
    """Where the line of the total, or of a part of it, changes."""
    ends = {last for _, last, _ in sums[:-1]}
    ends |= {last for row in rows for _, last, _ in row.lines[:-1]}
    for end in sorted(ends):
        before, after = _sides(sums, end)
        turned = [(row, *_sides(row.lines, end)) for row in rows]
        yield Turn(
            before=_place(axis, end),
            after=_place(axis, end + 1),
            total_before=at(before, end) * FEN,
            total_after=at(after, end + 1) * FEN,
            changes=tuple(
                Change(
                    name=row.rule.name,
                    member=row.member,
                    label=row.label,
                    before=at(one, end) * FEN,
                    after=at(other, end + 1) * FEN,
                )
                for row, one, other in turned
                if row.rule is not None and one != other
            ),
            is_jump=any(_jumps(one, other, end) for _, one, other in turned),
            reasons=tuple(_reasons(program, labels, found, end)),
        )


def _sides(lines: Lines, end: int) -> tuple[Line, Line]:
    """The lines before and after a place; one and the same where nothing turns."""
    place = next(i for i, (_, last, _) in enumerate(lines) if end <= last)
    is_last = lines[place][1] == end and place + 1 < len(lines)
    return lines[place][2], lines[place + 1 if is_last else place][2]


def _jumps(before: Line, after: Line, end: int) -> bool:
    """Whether two lines stay apart between a place and the next one, whatever their roundings give or take."""
    difference = minus(after, before)
    sides: list[tuple[Fraction, Fraction]] = []
    for place in (end, end + 1):
        plain = difference.start + difference.slope * place
        if period(difference) is None:
            # What is no straight line is known at single places alone.
            value = at(difference, place)
            sides.append((value, value))
        else:
            low, high = parts_bounds(difference, place, place + 1)
            sides.append((plain + low, plain + high))
    return all(low > 0 for low, _ in sides) or all(high < 0 for _, high in sides)


def _reasons(
    program: ir.Program, labels: Sequence[str], found: Sequence[Stretch], end: int
) -> Iterator[Reason]:
    """The requirements that turn there; else the conditions; else the amounts that begin to go another way."""
    place = next(i for i, one in enumerate(found) if one.last == end)
    before, after = found[place].values, found[place + 1].values
    changed = {key for key in before if before[key] != after[key]}
    rules = {rule.name: rule for rule in program.rules}
    turned = [(rules[name], member) for name, member in before if (name, member) in changed]
    conditions = [one for one in turned if one[0].type == YesNo()]
    names = {name for name, _ in changed}
    # What only follows something else that changed is no reason of its own.
    first = [one for one in conditions if names.isdisjoint(rules_read(one[0]))]
    if conditions:
        required = [one for one in first if one[0].origin.clause in ("要求", "例外")]
        for rule, member in required or first or conditions:
            holds = bool(after[rule.name, member])
            yield _reason(rule, _whose(labels, member), holds)
        return
    for rule, member in turned:
        if names.isdisjoint(rules_read(rule)):
            yield _reason(rule, _whose(labels, member), None)


def _reason(rule: ir.Rule, whose: str, holds: bool | None) -> Reason:
    origin = rule.origin
    return Reason(origin.name, origin.clause, origin.label, whose, holds)


def _whose(labels: Sequence[str], member: int | None) -> str:
    return "" if member is None else labels[member] or f"成员{member + 1}"


def _doubts(
    snapshot: Snapshot, households: Sequence[Mapping[str, Any]], names: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What the amounts rest on that no source confirms for the day, or that has none, where each piece begins."""
    program = snapshot.compiled.program
    behind = rules_behind(program, names)
    read = {
        one.table
        for rule in program.rules
        if rule.name in behind
        for one in reads(rule.expression)
        if isinstance(one, ir.Lookup)
    }
    unconfirmed: dict[str, None] = {}
    unverified: dict[tuple[str, str], None] = {}
    for household in households:
        account = snapshot.explain(household)
        unconfirmed |= dict.fromkeys(
            table.name for table in account.unconfirmed if table.name in read
        )
        unverified |= dict.fromkeys(unverified_behind(account, names))
    return tuple(unconfirmed), tuple(unverified)
