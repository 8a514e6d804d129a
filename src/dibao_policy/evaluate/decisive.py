"""Which missing facts decide the most: the order in which to ask.

Each fact is tried at its characteristic answers: every one of a short list; for a number or a day,
the two ends of its range and both sides of every point where a comparison that it alone decides turns.
For each answer, all other facts missing still, it is counted how many results become known,
and by what share the bounds of the others shrink. The fact with the highest average count comes first;
then the one with the highest average share; then the one that was declared first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.evaluate.cases import Finding, between, ends, open_comparisons
from dibao_policy.evaluate.cells import is_listed, width
from dibao_policy.evaluate.possible import Possible, directions, is_known
from dibao_policy.evaluate.turns import stretches
from dibao_policy.evaluate.unknown import Key, Run, narrowed, outcome_of


@define
class _Group:
    """Results that never move in opposite directions with a fact, so that one look at the ends serves them all."""

    ways: dict[int, int]
    keys: list[Key] = field(factory=list)


@frozen
class _Ends:
    """The results of a group, and the runs in which they are lowest and highest."""

    keys: tuple[Key, ...]
    low: Run
    high: Run


def most_decisive_first(run: Run, found: Mapping[Key, Finding]) -> tuple[int, ...]:
    """The facts that any of these results needs."""
    needed = sorted(set[int]().union(*(one.needs for one in found.values())))
    groups = _groups(run, [key for key, one in found.items() if one.needs])
    score = {cell: _score(run, cell, groups, found) for cell in needed}
    return tuple(sorted(needed, key=lambda cell: (*(-part for part in score[cell]), cell)))


def _groups(run: Run, keys: Iterable[Key]) -> list[_Ends]:
    groups: list[_Group] = []
    for key in keys:
        possible = outcome_of(run, key).possible
        ways = {} if possible is None else directions(possible.moves)
        for group in groups:
            if all(group.ways.get(cell, way) == way for cell, way in ways.items()):
                break
        else:
            group = _Group({})
            groups.append(group)
        group.ways |= ways
        group.keys.append(key)
    return [_ends_of(run, group) for group in groups]


def _ends_of(run: Run, group: _Group) -> _Ends:
    low, high = (narrowed(run, one, bare=True) for one in ends(run, group.ways))
    for key in group.keys:
        # Computed here once, they serve every answer that does not touch them.
        between(low, high, key)
    return _Ends(tuple(group.keys), low, high)


def _score(
    run: Run, cell: int, groups: Iterable[_Ends], found: Mapping[Key, Finding]
) -> tuple[Fraction, Fraction]:
    """How many results an answer makes known, and what share of the bounds it closes, on average."""
    keys = [key for group in groups for key in group.keys if cell in found[key].needs]
    answers = characteristic_answers(run, cell, keys)
    decided, closed = Fraction(0), Fraction(0)
    for answer in answers:
        answered = {cell: (answer, answer)}
        for group in groups:
            low, high = narrowed(group.low, answered), narrowed(group.high, answered)
            for key in group.keys:
                if cell in found[key].needs:
                    possible = between(low, high, key)
                    decided += possible is not None and is_known(possible)
                    closed += _share_closed(found[key].possible, possible)
    return decided / len(answers), closed / len(answers)


def _share_closed(before: Possible | None, after: Possible | None) -> Fraction:
    """The share of what was open that an answer closes."""
    if after is None or is_known(after):
        return Fraction(after is not None)
    if before is None:
        return Fraction(0)
    # What was made exact by cases may have been closer than what the walk alone says now.
    return max(Fraction(0), 1 - width(after) / width(before))


def characteristic_answers(run: Run, cell: int, keys: list[Key]) -> tuple[int, ...]:
    """The places at which a fact is tried, for the sake of some results."""
    first, last = run.box[cell]
    if is_listed(run.world.cells[cell], first, last):
        return tuple(range(first, last + 1))
    comparisons = [test for key in keys for test in open_comparisons(run, key)]
    ends = {end for stretch in stretches(run, cell, comparisons) for end in stretch}
    return tuple(sorted(ends))
