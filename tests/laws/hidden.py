"""What must hold where facts are missing, on random policies, households and hidden facts.

A: with nothing hidden every result is known, and is the interpreter's.
B: a result that is known is the interpreter's whatever the hidden facts turn out to be.
C: the bounds of a result hold whatever they turn out to be.
D: what a result does not need does not change it, once all that it needs is answered.
E: answering what is asked first, again and again, ends with all results known, and nothing is asked twice.
F: where the hidden facts are few and have few answers, bounds and needs are exact.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from attrs import define, evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cases import Finding, finding
from dibao_policy.evaluate.cells import is_listed, missing_cells, step_at
from dibao_policy.evaluate.facts import Facts, PartialFacts, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.possible import Among, Possible, is_known, the_value
from dibao_policy.evaluate.unknown import Key, run_of
from dibao_policy.explain.screening import screen

from .agreement import compiled_policy
from .households import Households

Answers = Mapping[tuple[str, int | None], int]
Values = Mapping[Key, ir.Value]

_SIZE = 4
_CASES = 96


@frozen
class Violation:
    """A law that does not hold, with all that it takes to see it again."""

    law: str
    seed: int
    facts: PartialFacts
    key: Key | None = None
    found: object = None
    meant: object = None


@define
class Counts:
    """What a run went through: results by what was known of them, and laws by how often they were put to the test."""

    policies: int = 0
    households: int = 0
    results: Counter[str] = field(factory=Counter)
    laws: Counter[str] = field(factory=Counter)
    questions: int = 0
    cells: int = 0


def violations(
    seeds: Sequence[int], households: int, counts: Counts | None = None
) -> Iterator[Violation]:
    """Every law that does not hold."""
    counts = counts or Counts()
    for seed in seeds:
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        counts.policies += 1
        draw, pick = Households(compiled.program, seed), random.Random(seed)
        for _ in range(households):
            counts.households += 1
            facts = _small(draw)
            share = pick.choice((0.0, 0.05, 0.15, 0.4, 1.0))
            yield from _laws(compiled.program, seed, facts, share, draw, pick, counts)


def _laws(
    program: ir.Program,
    seed: int,
    facts: Facts,
    share: float,
    draw: Households,
    pick: random.Random,
    counts: Counts,
) -> Iterator[Violation]:
    partial = hidden(facts, lambda: pick.random() < share)
    cells = missing_cells(program, partial)
    run = run_of(program, partial)
    values = values_by_key(program, facts)
    found = {key: finding(run, key) for key in values}
    for one in found.values():
        counts.results[_state(one.possible)] += 1
    if not cells:
        for key, value in values.items():
            counts.laws["A"] += 1
            if found[key].needs or the_value(_sure(found[key])) != value:
                yield Violation("A", seed, partial, key, found[key], value)
        return
    completions = [facts, *(_completed(program, partial, _small(draw)) for _ in range(5))]
    for completion in completions:
        for key, value in values_by_key(program, completion).items():
            one = found[key]
            if not one.needs:
                counts.laws["B"] += 1
                if the_value(_sure(one)) != value:
                    yield Violation("B", seed, partial, key, one, value)
            elif one.possible is not None:
                counts.laws["C"] += 1
                if not _holds(one.possible, value):
                    yield Violation("C", seed, partial, key, one, value)
    other = _completed(program, partial, _small(draw))
    yield from _needs(program, seed, partial, completions[-1], other, found, pick, counts)
    yield from _exact(program, seed, _with_few_hidden(program, facts, pick), counts)
    yield from _asking(program, seed, partial, facts, pick, counts)


def _needs(
    program: ir.Program,
    seed: int,
    partial: PartialFacts,
    completion: Facts,
    other: Facts,
    found: Mapping[Key, Finding],
    pick: random.Random,
    counts: Counts,
) -> Iterator[Violation]:
    """Law D: one fact that a result does not need is given another answer, then all of them."""
    cells = missing_cells(program, partial)
    values = values_by_key(program, completion)
    answers, others = answers_of(program, completion), answers_of(program, other)
    for key in pick.sample(list(found), min(len(found), 6)):
        spare = [cell for i, cell in enumerate(cells) if i not in found[key].needs]
        for changed in ([pick.choice(spare)] if spare else [], spare):
            counts.laws["D"] += bool(changed)
            names = {(cell.fact.name, cell.member) for cell in changed}
            mixed = {name: (others if name in names else answers)[name] for name in answers}
            value = values_by_key(program, with_answers(program, completion, mixed))[key]
            if value != values[key]:
                yield Violation("D", seed, partial, key, (found[key], names), (value, values[key]))


def _with_few_hidden(program: ir.Program, facts: Facts, pick: random.Random) -> PartialFacts:
    """Only facts with few answers are hidden, and few of them."""
    everything = missing_cells(program, hidden(facts, lambda: True))
    listed = [cell for cell in everything if is_listed(cell, cell.first, cell.last)]
    pick.shuffle(listed)
    names: set[tuple[str, int | None]] = set()
    cases = 1
    for cell in listed[: pick.randint(1, 6)]:
        cases *= cell.last - cell.first + 1
        if cases <= _CASES:
            names.add((cell.fact.name, cell.member))
    answers = {
        name: None if name in names else step for name, step in answers_of(program, facts).items()
    }
    return with_answers(program, hidden(facts, lambda: False), answers)


def _exact(
    program: ir.Program, seed: int, partial: PartialFacts, counts: Counts
) -> Iterator[Violation]:
    """Law F: all cases one by one."""
    cells = missing_cells(program, partial)
    run = run_of(program, partial)
    ranges = [range(cell.first, cell.last + 1) for cell in cells]
    table: dict[tuple[int, ...], Values] = {}
    for places in product(*ranges):
        answers = {
            (cell.fact.name, cell.member): step_at(cell.fact, place)
            for cell, place in zip(cells, places, strict=True)
        }
        table[places] = values_by_key(program, with_answers(program, partial, answers))
    for key in next(iter(table.values())):
        one = finding(run, key)
        counts.laws["F"] += len(cells) > 1
        values = {values[key] for values in table.values()}
        matter = {
            i
            for i in range(len(cells))
            if any(
                table[places][key] != table[(*places[:i], place, *places[i + 1 :])][key]
                for places in table
                for place in ranges[i]
            )
        }
        possible = one.possible
        assert possible is not None
        exact = (
            set(possible.members) == values
            if isinstance(possible, Among)
            else (possible.low, possible.high) == (min(values), max(values))
        )
        if not exact or one.needs != matter:
            yield Violation("F", seed, partial, key, one, (sorted(values), matter))


def _asking(
    program: ir.Program,
    seed: int,
    partial: PartialFacts,
    facts: Facts,
    pick: random.Random,
    counts: Counts,
) -> Iterator[Violation]:
    """Law E."""
    rules = pick.sample(program.rules, min(len(program.rules), 3))
    answers = answers_of(program, facts)
    values = values_by_key(program, facts)
    known = {name: step for name, step in answers_of(program, partial).items() if step is not None}
    day = day_from_number(partial.day)
    asked: list[tuple[str, int | None]] = []
    screening = screen(program, partial, rules, day, "")
    counts.cells += len(missing_cells(program, partial))
    while not screening.decided:
        first = screening.questions[0]
        name = first.fact.name, first.member
        if name in asked:
            yield Violation("E", seed, partial, None, name, "asked twice")
            return
        asked.append(name)
        known[name] = answers[name]
        screening = screen(program, with_answers(program, partial, known), rules, day, "")
    counts.laws["E"] += 1
    counts.questions += len(asked)
    for outlook in screening.results:
        key = outlook.rule.name, outlook.member
        assert outlook.possible is not None
        if the_value(outlook.possible) != values[key]:
            yield Violation("E", seed, partial, key, outlook, values[key])


# ── facts ─────────────────────────────────────────────────────────────────


def _small(draw: Households) -> Facts:
    """A household of few members: what is missing grows with them."""
    facts = draw.draw()
    size = min(facts.size, _SIZE)
    members = tuple(column[:size] for column in facts.members)
    return evolve(facts, size=size, members=members, labels=facts.labels[:size], day=20240301)


def hidden(facts: Facts, hide) -> PartialFacts:  # type: ignore[no-untyped-def]
    """The same household without the facts that `hide` says."""
    return PartialFacts(
        facts.day,
        facts.size,
        tuple(None if hide() else step for step in facts.household),
        tuple([None if hide() else step for step in column] for column in facts.members),
        facts.labels,
        (),
    )


def answers_of(program: ir.Program, facts: Facts | PartialFacts):  # type: ignore[no-untyped-def]
    """Every fact by its name and member."""
    found = {
        (fact.name, None): step
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        found |= {(fact.name, member): step for member, step in enumerate(column)}
    return found


def with_answers(program: ir.Program, facts: Facts | PartialFacts, answers):  # type: ignore[no-untyped-def]
    """The same household with some facts answered."""
    return evolve(
        facts,
        household=tuple(
            answers.get((fact.name, None), step)
            for fact, step in zip(household_facts(program), facts.household, strict=True)
        ),
        members=tuple(
            [answers.get((fact.name, member), step) for member, step in enumerate(column)]
            for fact, column in zip(member_facts(program), facts.members, strict=True)
        ),
    )


def _completed(program: ir.Program, partial: PartialFacts, other: Facts) -> Facts:
    """The hidden facts as another household has them; its members are gone round where they are fewer."""
    known = answers_of(program, partial)
    others = answers_of(program, other)
    answers = {
        (name, member): others[name, None if member is None else member % other.size]
        for (name, member), step in known.items()
        if step is None
    }
    whole = with_answers(program, partial, answers)
    return Facts(whole.day, whole.size, whole.household, whole.members, whole.labels, ())


def values_by_key(program: ir.Program, facts: Facts | PartialFacts) -> Values:
    """What the interpreter gives, for the household and each member."""
    trace = interpret(program, facts)
    return {(step.rule.name, step.member): step.value for step in trace.steps}


def _sure(one: Finding) -> Possible:
    assert one.possible is not None
    return one.possible


def _holds(possible: Possible, value: ir.Value) -> bool:
    if isinstance(possible, Among):
        return value in possible.members
    return possible.low <= value <= possible.high


def _state(possible: Possible | None) -> str:
    if possible is None:
        return "without bounds"
    return "known" if is_known(possible) else type(possible).__name__
