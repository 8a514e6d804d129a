"""Which missing facts decide the most: the order in which to ask.

Each fact is tried at its characteristic answers: every one of a short list; for a number or a day,
the two ends of its range and both sides of every point where a comparison that it alone decides turns.
For each answer, all other facts missing still, it is counted how many results become known,
and by what share the bounds of the others shrink. The fact with the highest average count comes first;
then the one with the highest average share; then the one that was declared first.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dibao_policy.evaluate.cases import Finding, look, open_comparisons
from dibao_policy.evaluate.cells import is_listed, width
from dibao_policy.evaluate.possible import Possible, is_known
from dibao_policy.evaluate.turns import stretches
from dibao_policy.evaluate.unknown import Key, Run, narrowed


def most_decisive_first(run: Run, found: Mapping[Key, Finding]) -> tuple[int, ...]:
    """The facts that any of these results needs."""
    needed = sorted(set[int]().union(*(one.needs for one in found.values())))
    score = {cell: _score(run, cell, found) for cell in needed}
    return tuple(sorted(needed, key=lambda cell: (*(-part for part in score[cell]), cell)))


def _score(run: Run, cell: int, found: Mapping[Key, Finding]) -> tuple[Fraction, Fraction]:
    keys = [key for key, one in found.items() if cell in one.needs]
    answers = characteristic_answers(run, cell, keys)
    decided, shrunk = Fraction(0), Fraction(0)
    for answer in answers:
        answered = narrowed(run, {cell: (answer, answer)})
        for key in keys:
            possible = look(answered, key)
            decided += possible is not None and is_known(possible)
            shrunk += _share_closed(found[key].possible, possible)
    return decided / len(answers), shrunk / len(answers)


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
