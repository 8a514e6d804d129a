"""Whether all ways to a value agree, on every value of random policies and households, in every regime.

The ways are the interpreter, the generated function, the same for a few of the values, and the second reading.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from unittest.mock import patch

from attrs import define, evolve, field, frozen

from dibao_policy.compile import Compiled, Passed, compiled_on, run_passes
from dibao_policy.core import ir
from dibao_policy.core.cases import report
from dibao_policy.core.types import Day, Enumerated
from dibao_policy.dates import day_from_number, day_number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.generate import generate
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.model.layers import Library, PolicyText
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import one_line

from . import reading_blocks
from .blocks import Made, random_policy
from .households import Households
from .reading import Reading, Rules, Value, all_values, rules_of

BEYOND = "beyond-64-bits"


@frozen
class Difference:
    """A value on which two ways do not agree, with all that it takes to see it again."""

    seed: int
    day: datetime.date
    facts: Facts
    way: str = ""
    name: str = ""
    meant: object = None
    found: object = None


@frozen
class Case:
    """A policy in all its regimes, the days to look at, and the texts for the second reading."""

    seed: int
    passed: Passed
    days: Sequence[datetime.date]
    rules: Rules | None


@define
class Figures:
    """What a run went through."""

    policies: int = 0
    refused: int = 0
    regimes: int = 0
    households: int = 0
    values: int = 0
    written: Counter[str] = field(factory=Counter)
    kinds: Counter[str] = field(factory=Counter)


def passed_policy(seed: int, cases: bool = False) -> tuple[Made, Passed | None]:
    """The policy of a seed in all its regimes, or None where it needs more than 64 bits. Any other fault is ours.

    The check of cases, which takes longer than everything else together, is left out unless it is asked for.
    """
    made = random_policy(seed)
    passed = (run_passes if cases else passed_but_cases)(made.text, made.library)
    faults = [problem for problem in passed.problems if problem.severity == "error"]
    other = [one_line(problem) for problem in faults if problem.slug != BEYOND]
    assert not other, "\n".join([f"seed {seed}", *other, made.rules, made.values])
    return made, None if faults else passed


def passed_but_cases(text: PolicyText, library: Library) -> Passed:
    """All passes but the check of cases."""
    with patch.object(report, "case_problems", lambda regimes: ()):
        return run_passes(text, library)


def compiled_policy(seed: int) -> tuple[Made, Compiled | None]:
    """The policy of a seed in its last regime."""
    made, passed = passed_policy(seed)
    return made, None if passed is None else passed.compiled[-1]


def differences(
    seeds: range, households: int, figures: Figures | None = None, evaluators_only: bool = False
) -> Iterator[Difference]:
    """Every value on which two ways differ; the households are spread over the days around every change.

    With `evaluators_only` it is the last day alone, and without the second reading.
    """
    figures = figures or Figures()
    for seed in seeds:
        made, passed = passed_policy(seed)
        if passed is None:
            figures.refused += 1
            continue
        figures.policies += 1
        figures.regimes += len(passed.compiled)
        kinds: Counter[str] = Counter()
        for one in passed.compiled:
            kinds |= kinds_in(one.program)
        figures.kinds.update(kinds)
        figures.written.update(kind for kind, count in kinds.items() if count)
        figures.written.update(f"text {kind}" for kind, count in made.counts.items() if count)
        days = made.days[-1:] if evaluators_only else made.days
        rules = None if evaluators_only else rules_of(made)
        yield from _on_days(Case(seed, passed, days, rules), households, figures)


def _on_days(case: Case, households: int, figures: Figures) -> Iterator[Difference]:
    pick, passed, days = random.Random(case.seed), case.passed, case.days
    drawn: dict[int, Households] = {}
    fewer: dict[int, tuple[Compiled, list[str]]] = {}
    for place in range(max(households, len(days))):
        day = days[place % len(days)]
        compiled = compiled_on(passed, day)
        key = id(compiled)
        if key not in drawn:
            names = [rule.name for rule in compiled.program.rules]
            few = pick.sample(names, min(len(names), 1 + case.seed % 3))
            drawn[key] = Households(compiled.program, case.seed)
            fewer[key] = _for_few(compiled, few), few
        facts = drawn[key].draw()
        figures.households += 1
        place_of = Difference(case.seed, day, facts)
        meant = values_of(interpret(compiled.program, facts))
        for one, named in ((compiled, list(meant)), fewer[key]):
            yield from _compare(place_of, meant, one, named, figures)
        if case.rules is not None:
            # Where the program leaves out a fact that it should read, the second reading has it.
            given = _given(compiled.program, facts, drawn[key].idle(facts.size))
            yield from _compare_reading(place_of, meant, given, case.rules, figures)


def _for_few(compiled: Compiled, names: list[str]) -> Compiled:
    """The same program, with a function that gives a few of its values and is free to skip the others."""
    one = evolve(compiled)
    one.__dict__["generated"] = generate(compiled.integers, names)
    return one


def _compare(
    case: Difference,
    meant: Mapping[str, object],
    compiled: Compiled,
    names: list[str],
    figures: Figures,
) -> Iterator[Difference]:
    snapshot = Snapshot(_NO_POLICY, compiled, day_from_number(case.facts.day))
    decision = snapshot.decide_facts(case.facts)
    for name in names:
        figures.values += 1
        found = decision.raw(name)
        if type(found) is not type(meant[name]) or found != meant[name]:
            yield evolve(case, way="generated", name=name, meant=meant[name], found=found)


def _given(
    program: ir.Program, facts: Facts, idle: Mapping[str, Sequence[int]]
) -> dict[str, Value | list[Value]]:
    """Every fact of the policy as the second reading takes it."""
    given: dict[str, Value | list[Value]] = {
        fact.name: _read(fact, step)
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    columns = [*zip(member_facts(program), facts.members, strict=True)]
    columns += [(fact, idle[fact.name]) for fact in program.idle]
    for fact, column in columns:
        values = [_read(fact, step) for step in column]
        given[fact.name] = values if fact.scope == "member" else values[0]
    return given


def _compare_reading(
    case: Difference,
    meant: Mapping[str, object],
    given: dict[str, Value | list[Value]],
    rules: Rules,
    figures: Figures,
) -> Iterator[Difference]:
    decided_on = day_from_number(case.facts.day)
    run = Reading(rules, reading_blocks.rule, case.day, decided_on, case.facts.size, given)
    for name, value in all_values(run).items():
        figures.values += 1
        found = tuple(map(_kept, value)) if isinstance(value, tuple) else _kept(value)
        if name not in meant or found != meant[name]:
            yield evolve(case, way="reading", name=name, meant=meant.get(name), found=found)


def _read(fact: ir.Fact, step: int) -> Value:
    return day_from_number(step) if isinstance(fact.type, Day) else given_value(fact, step)


def _kept(value: Value) -> ir.Value:
    return day_number(value) if isinstance(value, datetime.date) else value


_NO_POLICY: Policy = None  # type: ignore[assignment]


def kinds_in(program: ir.Program) -> Counter[str]:
    """How often each kind of node stands in a program: operations and aggregates by their name."""
    counts: Counter[str] = Counter()
    left = [rule.expression for rule in program.rules]
    counts.update({f"block {rule.origin.block}" for rule in program.rules})
    while left:
        node = left.pop()
        left += ir.children(node)
        match node:
            case ir.Operate(operation, arguments):
                counts[operation] += 1
                graded = isinstance(arguments[0].type, Enumerated)
                counts["ordered"] += graded and operation not in ("equal", "unequal")
            case ir.Rank(when=when, descending=descending):
                counts["rank"] += 1
                counts["descending" if descending else "ascending"] += 1
                counts["rank when"] += when is not None
            case ir.Aggregate(kind, _, when):
                counts[kind] += 1
                counts["aggregate"] += 1
                counts["when"] += when is not None
            case ir.Round(mode=mode, stated=stated):
                counts["round"] += 1
                counts[f"round {mode.value}"] += stated
            case ir.Lookup(keys=keys):
                counts["lookup"] += 1
                counts[f"lookup {len(keys)}"] += 1
            case _:
                counts[type(node).__name__] += 1
    return counts
