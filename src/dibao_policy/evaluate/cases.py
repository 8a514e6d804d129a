"""What is known of a result: bounds by the walk, made exact by its ends and by cases where that is cheap.

Three steps, each sound by itself, so that the bounds are never narrower than the truth:

1. The walk of `unknown` gives bounds and how the result moves.
2. Where the result never falls, or never rises, with a fact, its bounds stand at the ends of that fact.
3. While the work stays small, the answers of a fact are gone through: each one of a short list; for a number or a day,
   the stretches between the points at which a comparison that it alone decides turns. Then a condition that the
   result reads is taken to hold and not to hold, which settles `低保 或 非 低保`. The cases are joined.

A fact that makes no difference in any case is not needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from dibao_policy.core.types import YesNo
from dibao_policy.evaluate.cells import is_listed
from dibao_policy.evaluate.possible import (
    Among,
    Moves,
    Possible,
    Range,
    directions,
    is_known,
)
from dibao_policy.evaluate.turns import Stretch, stretches
from dibao_policy.evaluate.unknown import (
    Key,
    OpenComparison,
    Run,
    assume,
    narrowed,
    open_cells_behind,
    outcome_of,
)

FEW_FACTS = 6
CASES = 96
"""How many cases of one result are gone through at most. Where it depends on more than a few facts these are fewer,
and of conditions alone."""


@frozen
class Finding:
    """What a result can be (None: it could not be bounded), and the cells that it still depends on."""

    possible: Possible | None
    needs: frozenset[int]


@frozen
class _Leaf:
    finding: Finding


@frozen
class _Split:
    """Cases by the answers of a cell, or by whether a condition holds, which `needs` tell."""

    what: int | Key
    answers: tuple[Stretch, ...]
    needs: frozenset[int]
    children: tuple[_Leaf | _Split, ...]


_Tree = _Leaf | _Split


def finding(run: Run, key: Key) -> Finding:
    """What is known of a result."""
    possible = outcome_of(run, key).possible
    count = len(possible.moves) if possible is not None else 0
    return _joined(_explored(run, key, CASES if count <= FEW_FACTS else CASES // count))


def look(run: Run, key: Key) -> Possible | None:
    """What a result can be, with bounds at the ends of the facts that it moves with in one direction."""
    possible = outcome_of(run, key).possible
    if not isinstance(possible, Range) or is_known(possible):
        return possible
    low, high = (narrowed(run, one, bare=True) for one in ends(run, directions(possible.moves)))
    closer = between(low, high, key)
    assert isinstance(closer, Range)
    return Range(closer.low, closer.high, {} if is_known(closer) else possible.moves)


def ends(run: Run, ways: Mapping[int, int]) -> tuple[dict[int, Stretch], dict[int, Stretch]]:
    """The ends of the facts at which a value is lowest, and at which it is highest."""
    low = {cell: _end(run, cell, way < 0) for cell, way in ways.items() if way}
    return low, {cell: _end(run, cell, way > 0) for cell, way in ways.items() if way}


def _end(run: Run, cell: int, last: bool) -> Stretch:
    place = run.box[cell][last]
    return place, place


def between(low: Run, high: Run, key: Key) -> Possible | None:
    """What a result can be between the runs in which it is lowest and highest."""
    least, most = (outcome_of(run, key).possible for run in (low, high))
    if isinstance(least, Range) and isinstance(most, Range):
        return Range(least.low, most.high, {})
    return most


# ── cases ─────────────────────────────────────────────────────────────────


def _explored(run: Run, key: Key, cases: int) -> _Tree:
    possible = look(run, key)
    if possible is None:
        return _Leaf(Finding(None, open_cells_behind(run, key[0])))
    if is_known(possible):
        return _Leaf(Finding(possible, frozenset()))
    for what, answers in _ways(run, key, possible.moves):
        if len(answers) <= cases:
            children = [
                _explored(_with(run, what, answer), key, cases // len(answers))
                for answer in answers
            ]
            return _split(_Split(what, tuple(answers), _needs_of(run, what), tuple(children)))
    return _Leaf(Finding(possible, frozenset(possible.moves)))


def _ways(run: Run, key: Key, moves: Moves) -> Iterator[tuple[int | Key, Sequence[Stretch]]]:
    """Each way in which the cases of a result can be told apart, the plainest first."""
    few = sorted(moves) if len(moves) <= FEW_FACTS else []
    for cell in few:
        first, last = run.box[cell]
        if is_listed(run.world.cells[cell], first, last):
            yield cell, [(place, place) for place in range(first, last + 1)]
    comparisons = open_comparisons(run, key) if few else []
    for cell in few:
        found = stretches(run, cell, comparisons)
        if len(found) > 1:
            yield cell, found
    for condition in _open_conditions(run, key):
        yield condition, ((0, 0), (1, 1))


def _with(run: Run, what: int | Key, answer: Stretch) -> Run:
    """The run of one case."""
    if isinstance(what, int):
        return narrowed(run, {what: answer})
    return assume(run, what, bool(answer[0]))


def _needs_of(run: Run, what: int | Key) -> frozenset[int]:
    """The facts that tell which case it is."""
    if isinstance(what, int):
        return frozenset((what,))
    possible = outcome_of(run, what).possible
    assert possible is not None
    return frozenset(possible.moves)


def open_comparisons(run: Run, key: Key) -> list[OpenComparison]:
    """The comparisons that one fact alone decides, in a result and in all that it reads."""
    return [test for one in _read(run, key) for test in outcome_of(run, one).tests]


def _open_conditions(run: Run, key: Key) -> list[Key]:
    """The conditions that a result reads and that may hold or not, those that it reads itself first."""
    return [
        one
        for one in _read(run, key)[1:]
        if run.world.rules[one[0]].type == YesNo() and one not in run.assumed and _is_open(run, one)
    ]


def _read(run: Run, key: Key) -> tuple[Key, ...]:
    """A result and all that it reads, the nearest first."""
    found = {key: None}
    left = deque([key])
    while left:
        for one in outcome_of(run, left.popleft()).read:
            if one not in found:
                found[one] = None
                left.append(one)
    return tuple(found)


def _is_open(run: Run, key: Key) -> bool:
    possible = outcome_of(run, key).possible
    return possible is not None and not is_known(possible)


def _split(cases: _Split) -> _Tree:
    """Cases told apart; where all are alike to the last value, there was nothing to tell apart."""
    first = cases.children[0]
    alike = all(child == first for child in cases.children)
    return first if alike and _is_exact(first) else cases


def _is_exact(tree: _Tree) -> bool:
    """Whether a tree of cases says all of a result. What a condition says may differ from case to case."""
    if isinstance(tree, _Split):
        return isinstance(tree.what, int) and all(_is_exact(child) for child in tree.children)
    return not tree.finding.needs


def _joined(tree: _Tree) -> Finding:
    """All cases in one."""
    if isinstance(tree, _Leaf):
        return tree.finding
    found = [_joined(child) for child in tree.children]
    needs = tree.needs.union(*(one.needs for one in found))
    possible = [one.possible for one in found if one.possible is not None]
    if len(possible) < len(found):
        return Finding(None, needs)
    members = [one.members for one in possible if isinstance(one, Among)]
    if members:
        return Finding(Among(frozenset().union(*members), {}), needs)
    ranges = [one for one in possible if isinstance(one, Range)]
    low, high = min(one.low for one in ranges), max(one.high for one in ranges)
    return Finding(Range(low, high, {}), needs)
