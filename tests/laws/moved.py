"""What must hold where one number of a household moves, on random policies and households.

A: the stretches follow each other from the first place to the last.
B: every value that a stretch tells is, at every place of it, the one that the compiled function gives.
C: a number repeats itself after its period, moved by its slope.
D: the bounds of a number hold at every place.
E: where nothing but straight lines is told, two places settle all between them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.evaluate.lines import Boundless, Line, at, bounds, period
from dibao_policy.evaluate.stretches import Key, Stretch, TooManyStretches, stretches
from dibao_policy.policy import Snapshot

from .agreement import _NO_POLICY, compiled_policy
from .households import Households


@frozen
class Violation:
    """A law that does not hold, with all that it takes to see it again."""

    law: str
    seed: int
    facts: Facts
    moved: Key
    name: str = ""
    place: int = 0
    found: object = None
    meant: object = None


@define
class Counts:
    """What a run went through."""

    policies: int = 0
    walks: int = 0
    given_up: int = 0
    places: int = 0
    values: int = 0
    stretches: int = 0
    shapes: Counter[str] = field(factory=Counter)


def violations(
    seeds: Sequence[int], walks: int, places: int, counts: Counts | None = None
) -> Iterator[Violation]:
    """Every law that does not hold."""
    counts = counts or Counts()
    for seed in seeds:
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        counts.policies += 1
        draw, pick = Households(compiled.program, seed), random.Random(seed)
        numbers = [one for one in compiled.program.facts if isinstance(one.type, Number)]
        for _ in range(walks if numbers else 0):
            yield from _walk(compiled, seed, draw.draw(), pick, numbers, places, counts)


def _walk(
    compiled: Compiled,
    seed: int,
    facts: Facts,
    pick: random.Random,
    numbers: Sequence[ir.Fact],
    places: int,
    counts: Counts,
) -> Iterator[Violation]:
    program, fact = compiled.program, pick.choice(numbers)
    step = ir.step_of(fact)
    low, high = int(fact.low / step), int(fact.high / step)
    every = pick.choice((1, 1, 7, 5000))
    last = min(pick.choice((places, 100 * places)), (high - low) // every)
    # Around what the household has, where lines are close; or from the least on.
    own = _own(program, facts, fact, pick)
    member = own[0]
    first = max(low, min(own[1] - pick.randrange(last + 1) * every, high - last * every))
    moved = (fact.name, member)
    line = Line(first * step, every * step)
    names = [rule.name for rule in program.rules]
    counts.walks += 1
    try:
        found = stretches(program, facts, moved, line, last, names)
    except TooManyStretches:
        counts.given_up += 1
        return
    counts.stretches += len(found)
    ends = [(one.first, one.last) for one in found]
    follow = [0, *(end + 1 for _, end in ends)]
    if [first for first, _ in ends] != follow[:-1] or follow[-1] != last + 1:
        yield Violation("A", seed, facts, moved, found=ends)
        return
    snapshot = Snapshot(_NO_POLICY, compiled, day_from_number(facts.day))
    for stretch in found:
        tried = _tried(stretch, pick)
        yield from _laws(snapshot, seed, facts, moved, (first, every), stretch, tried, counts)


def _tried(stretch: Stretch, pick: random.Random) -> tuple[int, ...]:
    """Places of a stretch: its ends, some between them, and some that stand a period after another."""
    first, last = stretch.first, stretch.last
    if last - first < 30:
        return tuple(range(first, last + 1))
    some = {first, first + 1, last - 1, last, *(pick.randint(first, last) for _ in range(8))}
    turns = {
        turn
        for one in stretch.values.values()
        if isinstance(one, Line) and one.parts and (turn := period(one)) is not None
    }
    return tuple(
        sorted(some | {place + turn for place in some for turn in turns if place + turn <= last})
    )


def _own(
    program: ir.Program, facts: Facts, fact: ir.Fact, pick: random.Random
) -> tuple[int | None, int]:
    if fact.scope == "household":
        return None, facts.household[household_facts(program).index(fact)]
    member = pick.randrange(facts.size)
    return member, facts.members[member_facts(program).index(fact)][member]


def with_place(program: ir.Program, facts: Facts, moved: Key, steps: int) -> Facts:
    """The facts with another number of steps in the place of one of them."""
    household, members = list(facts.household), [list(column) for column in facts.members]
    if moved[1] is None:
        names = [fact.name for fact in household_facts(program)]
        household[names.index(moved[0])] = steps
    else:
        names = [fact.name for fact in member_facts(program)]
        members[names.index(moved[0])][moved[1]] = steps
    return Facts(
        facts.day,
        facts.size,
        tuple(household),
        tuple(members),
        facts.labels,
        facts.defaulted,
    )


def _laws(
    snapshot: Snapshot,
    seed: int,
    facts: Facts,
    moved: Key,
    places: tuple[int, int],
    stretch: Stretch,
    tried: Sequence[int],
    counts: Counts,
) -> Iterator[Violation]:
    program = snapshot.compiled.program
    meant: dict[str, dict[int, Fraction]] = {}
    for place in tried:
        steps = places[0] + place * places[1]
        decision = snapshot.decide_facts(with_place(program, facts, moved, steps))
        counts.places += 1
        for (name, member), value in stretch.values.items():
            raw = decision.raw(name)
            one = raw[member] if isinstance(raw, tuple) and member is not None else raw
            found = at(value, place) if isinstance(value, Line) else value
            counts.values += 1
            if found != one:
                yield Violation("B", seed, facts, moved, name, place, found, one)
            if isinstance(value, Line):
                assert isinstance(one, Fraction)
                meant.setdefault(f"{name} {member}", {})[place] = one
    for (name, member), value in stretch.values.items():
        if isinstance(value, Line):
            key = f"{name} {member}"
            for law in _laws_of_line(value, meant[key], stretch, counts):
                yield Violation(law, seed, facts, moved, key, found=value)


def _laws_of_line(
    line: Line, meant: dict[int, Fraction], stretch: Stretch, counts: Counts
) -> Iterator[str]:
    turn = period(line)
    shape = "curve" if turn is None else "stairs" if line.parts else "line"
    counts.shapes[shape if line.slope or line.parts else "constant"] += 1
    if turn is not None and any(
        meant[place + turn] != value + line.slope * turn
        for place, value in meant.items()
        if place + turn in meant
    ):
        yield "C"
    try:
        low, high = bounds(line, stretch.first, stretch.last)
    except Boundless:
        return
    if not low <= min(meant.values()) <= max(meant.values()) <= high:
        yield "D"
    if shape == "line":
        start = meant[stretch.first]
        if any(
            value != start + (place - stretch.first) * line.slope for place, value in meant.items()
        ):
            yield "E"
