"""Where the comparisons that one missing fact alone decides turn from 是 to 否 or back."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.evaluate.possible import Range, Unbounded, is_known
from dibao_policy.evaluate.unknown import OpenComparison, Run, narrowed, value_in

TRIES = 200
"""How many stretches of a number are tried at most, where a comparison may turn more than once."""

Stretch = tuple[int, int]


def stretches(run: Run, cell: int, comparisons: Sequence[OpenComparison]) -> tuple[Stretch, ...]:
    """The stretches of a cell on each of which all the comparisons that it alone decides are settled.

    One where there are none; a comparison that turns too often is passed over.
    """
    first, last = run.box[cell]
    starts = {first}
    for test in comparisons:
        if test.cell == cell:
            starts.update(_turns(run, test) or ())
    ordered = sorted(starts)
    return tuple(zip(ordered, [*(start - 1 for start in ordered[1:]), last], strict=True))


def _turns(run: Run, test: OpenComparison) -> tuple[int, ...] | None:
    """The places at which a comparison is no longer what it was one place before; None where there are many."""
    fresh = evolve(run, seen=0, tests=[], read=[])
    moves = _outcome(fresh, test)
    if moves is None or is_known(moves):
        return ()
    world = run.world
    looked_at = (
        *(ends for place, ends in enumerate(run.box) if fresh.seen >> place & 1),
        *(item for item in run.assumed.items() if fresh.seen >> world.bits[item[0]] & 1),
    )
    key = (id(test.node), test.member, test.cell, fresh.seen, looked_at)
    if key not in world.turns:
        least, most = moves.moves[test.cell]
        once = least >= 0 or most <= 0
        world.turns[key] = _one_turn(run, test) if once else _many_turns(run, test)
    return world.turns[key]


def _outcome(run: Run, test: OpenComparison) -> Range | None:
    try:
        possible = value_in(run, test.node, test.member)
    except Unbounded:
        return None
    assert isinstance(possible, Range)
    return possible


def _at(run: Run, test: OpenComparison, stretch: Stretch) -> ir.Value | None:
    """What a comparison is on a stretch, or None where it is open."""
    possible = _outcome(narrowed(run, {test.cell: stretch}), test)
    return possible.low if possible is not None and is_known(possible) else None


def _one_turn(run: Run, test: OpenComparison) -> tuple[int, ...]:
    """Halve the distance between an answer before the turn and one after it."""
    before, after = run.box[test.cell]
    held = _at(run, test, (before, before))
    if _at(run, test, (after, after)) == held:
        return ()
    while after - before > 1:
        middle = (before + after) // 2
        if _at(run, test, (middle, middle)) == held:
            before = middle
        else:
            after = middle
    return (after,)


def _many_turns(run: Run, test: OpenComparison) -> tuple[int, ...] | None:
    """Halve every stretch on which the comparison is open."""
    turns: list[int] = []
    held: ir.Value | None = None
    left = [run.box[test.cell]]
    for _ in range(TRIES):
        if not left:
            return tuple(turns[1:])
        first, last = left.pop()
        outcome = _at(run, test, (first, last))
        if outcome is None and first == last:
            return None
        if outcome is None:
            middle = (first + last) // 2
            left += [(middle + 1, last), (first, middle)]
        elif outcome != held or not turns:
            turns.append(first)
            held = outcome
    return None
