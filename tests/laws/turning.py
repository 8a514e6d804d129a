"""What must hold of the nearest turns of one fact, on random policies and households, held against every value.

A: among the values near the present one, the turns are the very ones that going through all of them finds.
B: over the whole range of a fact, what is found turns and the value beside it does not, and none of a sample
   of the values in between does.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, evolve, field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.types import Day, Enumerated, Number, YesNo
from dibao_policy.dates import day_from_number, day_number
from dibao_policy.evaluate import nearest
from dibao_policy.evaluate.cells import answer_at, step_at
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.generate import arguments_of
from dibao_policy.evaluate.nearest import Search, TooManyTurns, Turns
from dibao_policy.evaluate.unknown import Key

from .agreement import compiled_policy
from .hidden import answers_of, hidden, with_answers
from .households import Households

WINDOW = 100
KEYS = 16
SAMPLE = 12
WALKS = 300

Values = dict[Key, int]
"""The numerator of each value, which has its sign."""


@frozen
class Violation:
    """A law that does not hold, with all that it takes to see it again."""

    law: str
    seed: int
    facts: Facts
    fact: str
    member: int | None
    key: Key
    found: object
    meant: object


@define
class Counts:
    """How often each law was put to the test, how many turns there were, and what could not be proven."""

    laws: Counter[str] = field(factory=Counter)
    turns: Counter[str] = field(factory=Counter)
    unproven: int = 0


@define
class _Moved:
    """A household and one fact of it, with all values of the policy wherever that fact stands."""

    compiled: Compiled
    facts: Facts
    search: Search
    values: dict[int, Values] = field(factory=dict)

    def at(self, place: int) -> Values:
        if place not in self.values:
            cell = self.search.cells[0]
            answers = {(cell.fact.name, cell.member): step_at(cell.fact, place)}
            moved = with_answers(self.compiled.program, self.facts, answers)
            self.values[place] = _values(self.compiled, moved)
        return self.values[place]

    def answer(self, key: Key, place: int) -> bool:
        return self.at(place)[key] > 0

    def turns(self, key: Key) -> Turns:
        return nearest.nearest_turns(self.search, 0, key, lambda place: self.answer(key, place))


def _values(compiled: Compiled, facts: Facts) -> Values:
    generated = compiled.generated
    arguments, filled = arguments_of(
        generated, facts.day, facts.size, facts.household, facts.members
    )
    returned = generated.function(*arguments)
    found: Values = {}
    for one in generated.outputs:
        if one.scope == "household":
            found[one.name, None] = returned[one.position]
        else:
            found |= {(one.name, i): filled[one.position][i] for i in range(facts.size)}
    return found


def violations(
    seeds: Sequence[int], households: int, counts: Counts | None = None
) -> Iterator[Violation]:
    """Every law that does not hold."""
    counts = counts or Counts()
    for seed in seeds:
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        draw, pick = Households(compiled.program, seed), random.Random(seed)
        for _ in range(households):
            facts = _small(draw)
            for name, member in _picked(compiled.program, facts, pick):
                close = _close(compiled.program, facts, name, member)
                near = _moved(compiled, close, facts, name, member)
                yield from _every_value(seed, near, name, member, pick, counts)
                whole = _moved(compiled, compiled.program, facts, name, member)
                yield from _whole_range(seed, whole, name, member, pick, counts)


def _picked(
    program: ir.Program, facts: Facts, pick: random.Random
) -> Iterator[tuple[str, int | None]]:
    """A fact of every kind, of those that are read; of numbers several."""
    read = {
        one.name
        for rule in program.rules
        for one in reads(rule.expression)
        if isinstance(one, ir.ReadFact)
    }
    kinds = {one.name: type(one.type).__name__ for one in program.facts if one.name in read}
    known: dict[str, list[tuple[str, int | None]]] = {}
    for one in answers_of(program, facts):
        if one[0] in kinds:
            known.setdefault(kinds[one[0]], []).append(one)
    for kind, several in sorted(known.items()):
        yield from pick.sample(several, min(len(several), 4 if kind == "Number" else 2))


def _small(draw: Households) -> Facts:
    facts = draw.draw()
    size = min(facts.size, 3)
    members = tuple(column[:size] for column in facts.members)
    return evolve(facts, size=size, members=members, labels=facts.labels[:size], day=20240301)


def _close(program: ir.Program, facts: Facts, name: str, member: int | None) -> ir.Program:
    """The program with a range of that fact that can be gone through, around where it stands."""
    step = answers_of(program, facts)[name, member]

    def closer(fact: ir.Fact) -> ir.Fact:
        match fact.type:
            case Number():
                here, one = step * ir.step_of(fact), ir.step_of(fact)
                low, high = here - WINDOW * one, here + WINDOW * one
                return evolve(fact, low=max(fact.low, low), high=min(fact.high, high))
            case Day():
                here = day_from_number(step).toordinal()
                ends = [day_from_number(int(end)).toordinal() for end in (fact.low, fact.high)]
                low, high = max(ends[0], here - WINDOW), min(ends[1], here + WINDOW)
                return evolve(fact, low=_day(low), high=_day(high))
        return fact

    return evolve(
        program, facts=tuple(closer(one) if one.name == name else one for one in program.facts)
    )


def _day(ordinal: int) -> int:
    return day_number(datetime.date.fromordinal(ordinal))


def _moved(
    compiled: Compiled, program: ir.Program, facts: Facts, name: str, member: int | None
) -> _Moved:
    partial = hidden(facts, lambda: False)
    opened = with_answers(program, partial, {(name, member): None})
    step = answers_of(program, facts)[name, member]
    fact = next(one for one in program.facts if one.name == name)
    here = day_from_number(step).toordinal() if isinstance(fact.type, Day) else step
    search = nearest.search_of(program, opened, (here,))
    return _Moved(compiled, facts, evolve(search, walks=WALKS))


def _asked(moved: _Moved) -> list[Key]:
    types = {rule.name: rule.type for rule in moved.compiled.program.rules}
    here = moved.search.present[0]
    return [key for key in moved.at(here) if isinstance(types[key[0]], (YesNo, Number))]


def _every_value(
    seed: int,
    moved: _Moved,
    name: str,
    member: int | None,
    pick: random.Random,
    counts: Counts,
) -> Iterator[Violation]:
    """Law A, of some results."""
    cell, here = moved.search.cells[0], moved.search.present[0]
    keys = _asked(moved)
    for key in pick.sample(keys, min(len(keys), KEYS)):
        held = moved.answer(key, here)
        other = [p for p in range(cell.first, cell.last + 1) if moved.answer(key, p) != held]
        meant = Turns(
            max((place for place in other if place < here), default=None),
            min((place for place in other if place > here), default=None),
        )
        if isinstance(cell.fact.type, (Enumerated, YesNo)):
            meant = Turns(others=tuple(other))
        found = moved.turns(key)
        counts.laws["A"] += 1
        counts.turns[type(cell.fact.type).__name__] += len(meant.places())
        if found != meant:
            yield Violation("A", seed, moved.facts, name, member, key, found, meant)


def _whole_range(
    seed: int,
    moved: _Moved,
    name: str,
    member: int | None,
    pick: random.Random,
    counts: Counts,
) -> Iterator[Violation]:
    """Law B, of a few results."""
    cell, here = moved.search.cells[0], moved.search.present[0]
    keys = _asked(moved)
    for key in pick.sample(keys, min(len(keys), KEYS)):
        try:
            found = moved.turns(key)
        except TooManyTurns:
            counts.unproven += 1
            continue
        counts.laws["B"] += 1
        held = moved.answer(key, here)
        counts.turns[f"{type(cell.fact.type).__name__} far off"] += len(found.places())
        for place in found.places():
            if moved.answer(key, place) == held:
                yield Violation("B", seed, moved.facts, name, member, key, found, "no turn")
        if isinstance(cell.fact.type, (Enumerated, YesNo)):
            continue
        # One step less turns nothing, nor does anything nearer.
        first = cell.first if found.below is None else found.below + 1
        last = cell.last if found.above is None else found.above - 1
        sample = {first, last, *(pick.randint(first, last) for _ in range(SAMPLE))}
        for place in sorted(sample):
            if moved.answer(key, place) != held:
                meant = answer_at(cell.fact, place)
                yield Violation("B", seed, moved.facts, name, member, key, found, meant)
