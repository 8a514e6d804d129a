"""Where lines turn: kinks, jumps, and what turns there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.order import rules_read
from dibao_policy.core.types import YesNo
from dibao_policy.evaluate.lines import Line, at, minus, parts_bounds, period
from dibao_policy.evaluate.stretches import Stretch
from dibao_policy.lawcraft.curve_model import Axis, Change, Reason, Turn
from dibao_policy.lawcraft.curve_pieces import Lines, value_of_place
from dibao_policy.values import FEN


@frozen
class Row:
    """A component: its rule, None for the own income, and its lines, in fen."""

    rule: ir.Rule | None
    member: int | None
    label: str
    lines: Lines


def turns_of(
    program: ir.Program,
    axis: Axis,
    labels: Sequence[str],
    found: Sequence[Stretch],
    rows: Sequence[Row],
    sums: Lines,
) -> Iterator[Turn]:
    """Where the line of the total, or of a part of it, changes."""
    ends = {last for _, last, _ in sums[:-1]}
    ends |= {last for row in rows for _, last, _ in row.lines[:-1]}
    for end in sorted(ends):
        before, after = _sides(sums, end)
        turned = [(row, *_sides(row.lines, end)) for row in rows]
        yield Turn(
            before=value_of_place(axis, end),
            after=value_of_place(axis, end + 1),
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
            yield _reason(rule, whose(labels, member), holds)
        return
    for rule, member in turned:
        if names.isdisjoint(rules_read(rule)):
            yield _reason(rule, whose(labels, member), None)


def _reason(rule: ir.Rule, whose: str, holds: bool | None) -> Reason:
    origin = rule.origin
    return Reason(origin.name, origin.clause, origin.label, whose, holds)


def whose(labels: Sequence[str], member: int | None) -> str:
    """What a member is called; empty for the household."""
    return "" if member is None else labels[member] or f"成员{member + 1}"
