"""Which missing facts decide the most: the order in which to ask.

Each fact is tried at its characteristic answers: every one of a short list; for a number or a day,
the two ends of its range and both sides of every point where a comparison that it alone decides turns.
For each answer, all other facts missing still, it is counted how many results become known,
and by what share the bounds of the others shrink. The fact with the highest average count comes first;
then the one with the highest average share; then the one that was declared first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.evaluate.cases import Finding, between, ends, open_comparisons
from dibao_policy.evaluate.cells import is_listed, width
from dibao_policy.evaluate.possible import Possible, directions, is_known, the_value
from dibao_policy.evaluate.turns import stretches
from dibao_policy.evaluate.unknown import Key, Run, narrowed, outcome_of

_LEAST = Fraction(-1), Fraction(-1)


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
    # A score is never below nothing, so each of them is there.
    scores = {cell: _score(run, cell, groups, found) or _LEAST for cell in needed}
    return tuple(sorted(needed, key=lambda cell: (*(-part for part in scores[cell]), cell)))


def most_decisive(run: Run, found: Mapping[Key, Finding], among: Collection[int]) -> int:
    """The first of some facts that results need, in the order of `most_decisive_first`, found sooner.

    Of members of whom the same is known, the first speaks for all: what a fact of another decides is not counted.
    A fact that can no longer be the first is left before all its answers are tried.
    """
    groups = _groups(run, [key for key, one in found.items() if one.needs])
    best, most = -1, _LEAST
    for cell in _one_of_each_kind(run, among):
        score = _score(run, cell, groups, found, most)
        # The cells come in the order of declaration: an equal score comes too late.
        if score is not None:
            best, most = cell, score
    return best


def _one_of_each_kind(run: Run, among: Collection[int]) -> list[int]:
    """Cells in order, without those of members of whom no more is known than of a member before."""
    world = run.world
    profiles = [
        frozenset(
            (name, the_value(possible))
            for (name, whose), possible in world.known.items()
            if whose == member
        )
        for member in range(world.size)
    ]
    kinds: dict[tuple[str, object], int] = {}
    for cell in sorted(among):
        missing = world.cells[cell]
        profile = None if missing.member is None else profiles[missing.member]
        kinds.setdefault((missing.fact.name, profile), cell)
    return list(kinds.values())


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
    run: Run,
    cell: int,
    groups: Iterable[_Ends],
    found: Mapping[Key, Finding],
    above: tuple[Fraction, Fraction] = _LEAST,
) -> tuple[Fraction, Fraction] | None:
    """How many results an answer makes known, and what share of the bounds it closes, on average.

    None as soon as it is sure not to be `above`.
    """
    keys = [key for group in groups for key in group.keys if cell in found[key].needs]
    answers = characteristic_answers(run, cell, keys)
    decided, closed = Fraction(0), Fraction(0)
    for left, answer in zip(range(len(answers) - 1, -1, -1), _ends_first(answers), strict=True):
        answered = {cell: (answer, answer)}
        for group in groups:
            concerned = [key for key in group.keys if cell in found[key].needs]
            if concerned:
                low, high = narrowed(group.low, answered), narrowed(group.high, answered)
            for key in concerned:
                possible = between(low, high, key)
                decided += possible is not None and is_known(possible)
                closed += _share_closed(found[key].possible, possible)
        most = decided + left * len(keys), closed + left * len(keys)
        if (most[0] / len(answers), most[1] / len(answers)) <= above:
            return None
    return decided / len(answers), closed / len(answers)


def _ends_first(answers: tuple[int, ...]) -> tuple[int, ...]:
    """The same answers, those at the ends before those between them."""
    return (*answers[:1], *answers[:0:-1])


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
