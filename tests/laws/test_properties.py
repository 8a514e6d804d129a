"""Properties of random policies: whatever is claimed, the check ends, and what it reports is so.

Each number of a household is claimed to rise with each number that is brought; most such claims are wrong.
What is found by the generated function is told by the interpreter: here the two meet on shrunk households.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

import pytest
from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.types import Number
from dibao_policy.lawcraft.problems import TrendFails
from dibao_policy.lawcraft.properties import check_properties

from .agreement import compiled_policy


def claims(program: ir.Program) -> list[ir.Property]:
    """At most twelve claims about a program."""
    facts = [fact for fact in program.facts if isinstance(fact.type, Number)]
    rules = [
        rule
        for rule in program.rules
        if rule.scope == "household" and isinstance(rule.type, Number)
    ]
    made = [
        ir.Property(
            name=f"{fact.name}·{rule.name}",
            code="",
            moved=fact,
            upward=place % 2 == 0,
            effect=("not_decrease", "not_increase", "unchanged")[place % 3],  # type: ignore[arg-type]
            premise=None,
            conclusion=ir.ReadRule(rule.name, "household", rule.type, span=rule.span),
            citations=(),
            layer="",
            note="",
            span=rule.span,
        )
        for place, (fact, rule) in enumerate(
            (fact, rule) for rule in rules for fact in facts if fact.name in behind(rule, program)
        )
    ]
    return made[:: len(made) // 12 + 1]


def behind(rule: ir.Rule, program: ir.Program) -> set[str]:
    """The names that a rule rests on."""
    rules = {one.name: one for one in program.rules}
    found: set[str] = set()
    left = [rule]
    while left:
        for one in reads(left.pop().expression):
            if isinstance(one, (ir.ReadFact, ir.ReadRule)) and one.name not in found:
                found.add(one.name)
                left += [rules[one.name]] if one.name in rules else []
    return found


def number(told: str) -> Fraction:
    found = re.match(r"-?[0-9.]+(?:/[0-9]+)?", told)
    assert found is not None, told
    return Fraction(found[0])


@pytest.fixture(scope="module")
def outcomes(deep: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(400 if deep else 60):
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        made = claims(compiled.program)
        by_name = {one.name: one for one in made}
        for problem in check_properties([evolve(compiled.program, properties=tuple(made))], 60):
            found[problem.code] += 1
            if isinstance(problem, TrendFails):
                one = by_name[problem.name]
                rise = number(problem.second) - number(problem.first)
                wrong = {"not_decrease": rise < 0, "not_increase": rise > 0, "unchanged": rise != 0}
                assert wrong[one.effect], (seed, problem)
                moved = number(problem.after) - number(problem.before)
                assert (moved > 0) == one.upward, (seed, problem)
        found["claimed"] += len(made)
    return found


def test_what_is_reported_goes_the_wrong_way(outcomes: Counter[str]) -> None:
    assert outcomes["D4001"] > 20


def test_not_everything_is_refuted(outcomes: Counter[str]) -> None:
    assert outcomes["D4001"] + outcomes["D4003"] < outcomes["claimed"]
    assert set(outcomes) <= {"D4001", "D4003", "claimed"}
