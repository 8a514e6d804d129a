"""The nearest values of one fact at which something turns: exact, by branch and bound on the places of the fact.

A question holds where a condition is 是, and where a number is above zero.
Between two places of the fact the walk of `unknown` says one of three things, each of them proven:

1. the question has the same answer all the way: nothing turns there, or all of it has turned;
2. the value only rises, or only falls, with the fact: the answer turns at most once, and halving finds where;
3. neither: both halves are looked at, the one that is nearer to the present place first.

At first it is asked of all facts together, which answers for most of them at once.

At single places the answer is that of the evaluator that decides. So no place nearer than the one that is found turns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import define, evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, YesNo
from dibao_policy.evaluate.cells import Cell
from dibao_policy.evaluate.facts import PartialFacts
from dibao_policy.evaluate.possible import Possible, Range, directions
from dibao_policy.evaluate.unknown import Key, Run, narrowed, outcome_of, run_of

Answer = Callable[[int], bool]
"""Whether a question holds where the fact at hand stands at a place and all others as they are."""

WALKS = 4_000
"""How many stretches of one fact are looked at for one question at most."""

_FEW = 12
"""So few places are tried one by one: that is quicker than to look at the stretch."""


class TooManyTurns(Exception):
    """The stretches of a fact on which nothing could be proven were too many."""


@frozen
class Turns:
    """The nearest places at which a question turns, below and above the present one (None: it turns at none).

    `others` are all that turn of a fact whose answers stand in a list: 是否 and the values of an enumeration.
    """

    below: int | None = None
    above: int | None = None
    others: tuple[int, ...] = ()

    def places(self) -> tuple[int, ...]:
        """All of them."""
        return (*(one for one in (self.below, self.above) if one is not None), *self.others)


@define
class Search:
    """A household of which some facts are moved, one at a time; `present` is where each of them stands.

    In `run` every fact stands where it does, in `together` all numbers and days are anywhere in their ranges at once.
    `stretches` are those of the fact that was moved last: several questions look at the same ones.
    """

    run: Run
    together: Run
    present: tuple[int, ...]
    walks: int = WALKS
    stretches: dict[tuple[int, int, int], Run] = field(factory=dict)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The facts that are moved, in the order of declaration."""
        return self.run.world.cells


def search_of(program: ir.Program, facts: PartialFacts, present: tuple[int, ...]) -> Search:
    """A search over the facts that are missing in `facts`, which stand at the places `present`."""
    run = run_of(program, facts)
    still = {cell: (place, place) for cell, place in enumerate(present)}
    listed = {cell: still[cell] for cell, one in enumerate(run.world.cells) if _is_listed(one.fact)}
    return Search(narrowed(run, still), narrowed(run, listed), present)


def _is_listed(fact: ir.Fact) -> bool:
    """Whether the answers of a fact stand in a list and not in an order that a value can follow."""
    return isinstance(fact.type, (Enumerated, YesNo))


def nearest_turns(search: Search, cell: int, key: Key, answer: Answer) -> Turns:
    """Where the question whether the value of a rule holds turns as one fact moves. Raises `TooManyTurns`."""
    one, here = search.cells[cell], search.present[cell]
    held = answer(here)
    if _is_listed(one.fact):
        listed = range(one.first, one.last + 1)
        return Turns(others=tuple(place for place in listed if answer(place) != held))
    known = _whole_range(search, cell, key)
    if known is held:
        return Turns()
    side = _Side(search, cell, key, answer, held)
    return Turns(
        below=_first(side, here - 1, one.first, known) if here > one.first else None,
        above=_first(side, here + 1, one.last, known) if here < one.last else None,
    )


@frozen
class _Side:
    search: Search
    cell: int
    key: Key
    answer: Answer
    held: bool


_Proven = bool | Literal["once"] | None
"""The one answer on a stretch; or that it turns once at most; or nothing."""


def _whole_range(search: Search, cell: int, key: Key) -> _Proven:
    """What is proven of all places of a fact.

    One look at all facts together proves it of most of them: what a value never does wherever the others stand,
    it does not do where they stand now.
    """
    together = outcome_of(search.together, key).possible
    if isinstance(together, Range):
        known = _proven(evolve(together, moves={}))
        if known is not None:
            return known
        if cell not in together.moves or directions(together.moves)[cell]:
            return "once"
    # Computed once with all facts where they stand, what a fact does not touch serves every stretch of it.
    outcome_of(search.run, key)
    one = search.cells[cell]
    return _proven(_look(search, cell, key, one.first, one.last))


def _look(search: Search, cell: int, key: Key, first: int, last: int) -> Possible | None:
    where = (cell, first, last)
    if where not in search.stretches:
        if next(iter(search.stretches), where)[0] != cell:
            search.stretches.clear()
        search.stretches[where] = narrowed(search.run, {cell: (first, last)})
    return outcome_of(search.stretches[where], key).possible


def _proven(possible: Possible | None) -> _Proven:
    if possible is None:
        return None
    assert isinstance(possible, Range)
    if possible.low > 0:
        return True
    if possible.high <= 0:
        return False
    ways = directions(possible.moves)
    return "once" if ways and all(ways.values()) else None


def _first(side: _Side, near: int, far: int, known: _Proven) -> int | None:
    """The place nearest to `near` with the other answer, up to `far`; `known` is what was proven of it all."""
    left = [(near, far, known)]
    walks = side.search.walks
    while left:
        near, far, known = left.pop()
        step = 1 if near <= far else -1
        if abs(far - near) < _FEW:
            places = range(near, far + step, step)
            found = next((place for place in places if side.answer(place) != side.held), None)
            if found is not None:
                return found
            continue
        if known is None:
            walks -= 1
            if walks < 0:
                raise TooManyTurns
            low, high = min(near, far), max(near, far)
            known = _proven(_look(side.search, side.cell, side.key, low, high))
        if known == "once":
            found = _only_turn(side, near, far)
            if found is not None:
                return found
        elif known is None:
            middle = (near + far) // 2
            left += [(middle + step, far, None), (near, middle, None)]
        elif known is not side.held:
            return near
    return None


def _only_turn(side: _Side, near: int, far: int) -> int | None:
    """The nearest place with the other answer, where the answer turns once at most."""
    if side.answer(near) != side.held:
        return near
    if side.answer(far) == side.held:
        return None
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if side.answer(middle) == side.held:
            near = middle
        else:
            far = middle
    return far
