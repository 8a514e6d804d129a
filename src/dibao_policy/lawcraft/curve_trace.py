"""Facts and what is asked of them, to the pieces and turns along one input."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.lines import Line, at, total
from dibao_policy.evaluate.stretches import Key, Stretch, TooManyStretches, stretches
from dibao_policy.lawcraft.curve_model import Axis, Component, Piece, Turn
from dibao_policy.lawcraft.curve_pieces import Lines, Pieces, merged, too_winding
from dibao_policy.lawcraft.curve_request import Wanted
from dibao_policy.lawcraft.curve_turns import Row, turns_of, whose
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError
from dibao_policy.units import shown_scale

OWN = "自有收入"


@frozen
class Traced:
    """What is found along an input, as a `Curve` tells it."""

    own: Component
    components: tuple[Component, ...]
    total: tuple[Piece, ...]
    turns: tuple[Turn, ...]
    small_fall: Fraction


def trace_along(snapshot: Snapshot, facts: Facts, asked: Wanted) -> Traced:
    """Follow the amounts that are asked for along the input; what the facts hold for it does not matter.

    Raises `PolicyError` where too much turns.
    """
    axis, program = asked.axis, snapshot.compiled.program
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
        raise PolicyError([too_winding(axis)]) from None
    own_line = total([_fact_line(program, facts, fact, key, line) for fact in asked.own])
    rows = _rows(asked.rules, facts, found)
    keys = [(row.rule.name, row.member) for row in rows if row.rule is not None]
    sums = merged(
        [
            (one.first, one.last, total([own_line, *(_number(one, key) for key in keys)]))
            for one in found
        ]
    )
    _Compiled(snapshot, facts, axis, scale).check(rows, sums)
    rows = [Row(None, None, "", ((0, count, own_line),)), *rows]
    pieces = Pieces(axis)
    own, *components = (_component(row, pieces.of(row.lines)) for row in rows)
    whole = pieces.of(sums)
    turns = tuple(turns_of(program, axis, facts.labels, found, rows, sums))
    falls = [piece.fall for piece in whole]
    falls += [max(turn.loss, Fraction(0)) for turn in turns if not turn.is_cliff]
    return Traced(own, tuple(components), whole, turns, max(falls))


def _rows(rules: Sequence[ir.Rule], facts: Facts, found: Sequence[Stretch]) -> list[Row]:
    """Each amount, of the household or of each member."""
    return [
        Row(rule, member, whose(facts.labels, member), merged(_lines(found, (rule.name, member))))
        for rule in rules
        for member in ((None,) if rule.scope == "household" else range(facts.size))
    ]


def _component(row: Row, pieces: tuple[Piece, ...]) -> Component:
    return Component(
        name=row.rule.name if row.rule else OWN,
        code=row.rule.code if row.rule else "",
        member=row.member,
        label=row.label,
        pieces=pieces,
    )


def _lines(found: Sequence[Stretch], key: Key) -> list[tuple[int, int, Line]]:
    return [(one.first, one.last, _number(one, key)) for one in found]


def _number(stretch: Stretch, key: Key) -> Line:
    value = stretch.values[key]
    assert isinstance(value, Line)
    return value


def _fact_line(program: ir.Program, facts: Facts, fact: ir.Fact, moved: Key, line: Line) -> Line:
    """An input of the household, or of all its members together."""
    if fact.scope == "household":
        steps = [facts.household[household_facts(program).index(fact)]]
    else:
        steps = list(facts.members[member_facts(program).index(fact)])
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

    def check(self, rows: Sequence[Row], sums: Lines) -> None:
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
