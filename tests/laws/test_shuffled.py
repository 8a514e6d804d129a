"""Order is nothing: files, blocks, values and calls in any order give the same results and the same digests."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from dibao_policy import Policy, account_text
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.facts.text import read_text
from dibao_policy.policy import shown_value
from dibao_policy.text import Source

from .households import Households
from .texts import DAQING, EVERYTHING, ROOT, compiled, folders, shuffled

DAYS = [datetime.date(*one) for one in ((2010, 8, 1), (2011, 8, 1), (2021, 8, 1), (2026, 2, 1))]
LATER = [datetime.date(2020, 5, 1), datetime.date(2024, 5, 1)]

Household = dict[str, Any]
Asked = Callable[[Policy, datetime.date, Household], object]


def values(policy: Policy, day: datetime.date, household: Household) -> object:
    """Every value, by both of its names."""
    decision = policy.on(day).decide(household)
    codes = {rule.name: rule.code for rule in decision.snapshot.compiled.program.rules}
    assert all(decision[name] == decision[code] for name, code in codes.items() if code)
    return {name: decision[name] for name in decision.names()}


def traced(policy: Policy, day: datetime.date, household: Household) -> object:
    """Every step of the interpreter."""
    return sorted(
        (step.rule.name, -1 if step.member is None else step.member, Fraction(step.value))
        for step in policy.on(day).trace(household).steps
    )


def explained(policy: Policy, day: datetime.date, household: Household) -> object:
    """The lines of the explanation: their order is that of the text, what they say is not."""
    text = account_text(policy.on(day).explain(household))
    return sorted(re.sub(r"^ *[0-9]+\. ", "", line) for line in text.splitlines())


def digest(policy: Policy, day: datetime.date, household: Household) -> object:
    """The digest of the day."""
    return policy.on(day).digest


def fact_names(policy: Policy, day: datetime.date, household: Household) -> object:
    """What a household has to bring."""
    schema = policy.on(day).schema()
    members = schema["properties"]["成员"]["items"]
    return [sorted(one["properties"]) for one in (schema, members)]


def changes(policy: Policy, day: datetime.date, household: Household) -> object:
    """The days of the timeline, with what changes on each."""
    return [
        (
            one.day,
            one.digest,
            sorted((change.name, change.change, change.cells) for change in one.values),
            sorted((change.name, change.change, change.layer) for change in one.rules),
        )
        for one in policy.timeline().days
    ]


ASKED: list[Asked] = [values, traced, explained, digest, fact_names, changes]


def as_given(policy: Policy, facts: Facts, day: datetime.date) -> Household:
    """Facts as a mapping, by Chinese names."""
    program = policy.on(day).compiled.program

    def shown(fact: ir.Fact, step: int) -> object:
        value = given_value(fact, step)
        return shown_value(Fraction(value) if isinstance(fact.type, Number) else value, fact.type)

    household = {
        fact.name: shown(fact, step)
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    people = [
        {
            fact.name: shown(fact, column[place])
            for fact, column in zip(member_facts(program), facts.members, strict=True)
        }
        for place in range(facts.size)
    ]
    return {**household, "成员": people}


def daqing_cases(policy: Policy) -> Sequence[tuple[datetime.date, Household]]:
    households = []
    for path in sorted((ROOT / "examples" / "households").iterdir()):
        household, problems = read_text(Source(path.name, path.read_text("utf-8")))
        assert problems == ()
        households.append(household)
    return [(day, household) for day in DAYS for household in households]


def random_cases(policy: Policy) -> Sequence[tuple[datetime.date, Household]]:
    cases = []
    for day in LATER:
        draw = Households(policy.on(day).compiled.program, 7)
        cases += [(day, as_given(policy, draw.draw(), day)) for _ in range(12)]
    return cases


@pytest.mark.parametrize(
    ("paths", "cases_of"),
    [(DAQING, daqing_cases), (EVERYTHING, random_cases)],
    ids=["daqing", "every keyword"],
)
def test_no_order_changes_a_result_or_a_digest(
    paths: tuple[str, ...],
    cases_of: Callable[[Policy], Sequence[tuple[datetime.date, Household]]],
    deep: bool,
) -> None:
    texts = folders(*paths)
    written = compiled(texts)
    cases = cases_of(written)
    questions = [(asked, day, given) for asked in ASKED for day, given in cases]
    answers = [asked(written, day, given) for asked, day, given in questions]
    digests = [(one.regime, one.digest) for one in written.passed.compiled]
    shuffles, calls = (1_000, 12) if deep else (30, 12)

    for seed in range(shuffles):
        pick = random.Random(seed)
        policy = compiled({code: shuffled(text, pick) for code, text in texts.items()})
        assert [(one.regime, one.digest) for one in policy.passed.compiled] == digests, seed
        for place in pick.choices(range(len(questions)), k=calls):
            asked, day, given = questions[place]
            # The keys of a household come in any order as well.
            items = list(given.items())
            pick.shuffle(items)
            assert asked(policy, day, dict(items)) == answers[place], (seed, asked.__name__, day)

    amounts = {repr(answer) for answer in answers[: len(cases)]}
    assert len(amounts) >= len(cases) // 2


def test_policies_that_take_turns_do_not_know_of_each_other(deep: bool) -> None:
    policies = [compiled(folders(*paths)) for paths in (DAQING, EVERYTHING)]
    questions = [
        (policy, day, given)
        for policy, cases_of in zip(policies, (daqing_cases, random_cases), strict=True)
        for day, given in cases_of(policy)
    ]
    answers = [values(*question) for question in questions]
    pick = random.Random(1)

    for place in pick.choices(range(len(questions)), k=1_000 if deep else 150):
        assert values(*questions[place]) == answers[place]
