"""What is known of a household while facts are missing: what is decided, what is bounded, what waits for answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.show import Shown, shown_value
from dibao_policy.evaluate.cases import Finding, finding
from dibao_policy.evaluate.decisive import most_decisive_first
from dibao_policy.evaluate.facts import (
    PartialFacts,
    given_value,
    household_facts,
    member_facts,
)
from dibao_policy.evaluate.possible import Among, Possible, is_known, the_value
from dibao_policy.evaluate.unknown import Key, Run, run_of
from dibao_policy.explain.account import Given

Order = Callable[[Run, Mapping[Key, Finding]], tuple[int, ...]]
"""From what is known of each result to the cells that some result needs, the first to ask first."""


@frozen
class Question:
    """A missing fact that has to be asked: of the household, or of one member.

    `path` is its place in a household, `成员[2].工资收入`; `results` are those that wait for it.
    """

    fact: ir.Fact
    member: int | None
    path: str
    results: tuple[Key, ...]


@frozen
class Outlook:
    """What is known of one result.

    Decided: `value`, which no answer can change. Otherwise `questions` are what it waits for, and bounds are given
    where there are some: a number or a day is between `low` and `high`, anything else is one of `choices`.
    """

    rule: ir.Rule
    member: int | None
    decided: bool
    value: Shown | None
    low: Shown | None
    high: Shown | None
    choices: tuple[Shown, ...]
    questions: tuple[Question, ...]
    possible: Possible | None = field(repr=False)


@frozen
class Screening:
    """A household looked at before all its facts are known.

    `questions` are all that is still needed, the most decisive first; `defaults` are the facts that were left out,
    for which the policy declares a value.
    """

    program: ir.Program = field(repr=False)
    day: datetime.date
    digest: str
    labels: tuple[str, ...]
    decided: bool
    results: tuple[Outlook, ...]
    questions: tuple[Question, ...]
    defaults: tuple[Given, ...]


def screen(
    program: ir.Program,
    facts: PartialFacts,
    rules: Iterable[ir.Rule],
    day: datetime.date,
    digest: str,
    order: Order = most_decisive_first,
) -> Screening:
    """What is known of some rules' values; `order` puts the questions into their order."""
    run = run_of(program, facts)
    asked = list({rule.name: rule for rule in rules}.values())
    keys = [
        (rule, member)
        for rule in asked
        for member in ((None,) if rule.scope == "household" else range(facts.size))
    ]
    found = {(rule.name, member): finding(run, (rule.name, member)) for rule, member in keys}
    questions = [_question(run, cell, found) for cell in order(run, found)]
    results = tuple(
        _outlook(rule, member, found[rule.name, member], questions) for rule, member in keys
    )
    return Screening(
        program=program,
        day=day,
        digest=digest,
        labels=tuple(label or f"成员{place + 1}" for place, label in enumerate(facts.labels)),
        decided=all(one.decided for one in results),
        results=results,
        questions=tuple(questions),
        defaults=tuple(_defaults(program, facts, asked)),
    )


def _question(run: Run, cell: int, found: Mapping[Key, Finding]) -> Question:
    missing = run.world.cells[cell]
    whose = "" if missing.member is None else f"成员[{missing.member + 1}]."
    waiting = tuple(key for key, one in found.items() if cell in one.needs)
    return Question(missing.fact, missing.member, whose + missing.fact.name, waiting)


def _outlook(
    rule: ir.Rule, member: int | None, found: Finding, questions: Sequence[Question]
) -> Outlook:
    possible, kind = found.possible, rule.type
    waiting = tuple(one for one in questions if (rule.name, member) in one.results)
    value = low = high = None
    choices: tuple[Shown, ...] = ()
    if possible is not None and is_known(possible):
        value = shown_value(the_value(possible), kind)
    elif isinstance(possible, Among):
        choices = tuple(shown_value(place, kind) for place in sorted(possible.members))
    elif possible is not None and isinstance(possible.low, bool):
        choices = (False, True)
    elif possible is not None:
        low, high = shown_value(possible.low, kind), shown_value(possible.high, kind)
    return Outlook(rule, member, not waiting, value, low, high, choices, waiting, possible)


def _defaults(
    program: ir.Program, facts: PartialFacts, asked: Iterable[ir.Rule]
) -> Iterator[Given]:
    """The defaults that stand for something that the asked values may read."""
    read = facts_behind(program, asked)
    defaulted = {(name, member) for name, member in facts.defaulted if name in read}
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        if (fact.name, None) in defaulted and step is not None:
            yield Given(fact, None, given_value(fact, step), True)
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        for member, step in enumerate(column):
            if (fact.name, member) in defaulted and step is not None:
                yield Given(fact, member, given_value(fact, step), True)


def facts_behind(program: ir.Program, asked: Iterable[ir.Rule]) -> set[str]:
    """The names of the facts that some rules read, or a rule that they read."""
    return {
        one.name
        for rule in rules_behind(program, asked)
        for one in reads(rule.expression)
        if isinstance(one, ir.ReadFact)
    }


def rules_behind(program: ir.Program, asked: Iterable[ir.Rule]) -> tuple[ir.Rule, ...]:
    """Some rules and all that they read, in the order of computation."""
    rules = {rule.name: rule for rule in program.rules}
    left, found = [rule.name for rule in asked], set[str]()
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += rules_read(rules[name])
    return tuple(rule for rule in program.rules if rule.name in found)
