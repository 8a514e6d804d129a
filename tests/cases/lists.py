"""Case lists from rules of today's language: every condition is a rule `定义 …: 是否 = …`."""

from __future__ import annotations

from collections.abc import Sequence

from dibao_policy.compile import Compiled, run_passes
from dibao_policy.core import ir
from dibao_policy.core.cases.decide import Findings
from dibao_policy.core.cases.lists import Case, CaseList, Mode
from dibao_policy.core.cases.report import case_problems
from dibao_policy.core.cases.search import Found
from dibao_policy.core.cases.witness import household_of
from dibao_policy.core.types import Number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import Problem, message, one_line
from dibao_policy.text import Source
from dibao_policy.units import grain

HEADER = "政策 示例县(example)\n"


def compiled(rules: str, values: str = "", header: str = HEADER) -> tuple[Compiled, ...]:
    """Every regime of a policy without faults."""
    parameters = (Source("参数", values),) if values else ()
    text = PolicyText("example", (Source("规则", header + rules),), parameters)
    passed = run_passes(text, lambda code: None)
    faults = [one_line(one) for one in passed.problems if one.severity == "error"]
    assert not faults, faults
    return passed.compiled


def list_of(
    program: ir.Program,
    names: Sequence[str],
    mode: Mode,
    *,
    when: str = "",
    rest: bool = False,
) -> CaseList:
    """The named rules as the cases of one block."""
    rules = {rule.name: rule for rule in program.rules}
    cases = tuple(Case(one, rules[one].expression, span=rules[one].span) for one in names)
    first = rules[names[0]]
    return CaseList(
        "身份",
        "情形",
        first.scope,
        mode,
        cases,
        when=rules[when].expression if when else None,
        rest=first.span if rest else None,
        span=first.span,
    )


def problems_of(
    rules: str,
    names: Sequence[str],
    mode: Mode,
    values: str = "",
    *,
    when: str = "",
    rest: bool = False,
) -> tuple[Problem, ...]:
    """The problems of one list in every regime."""
    return case_problems(
        (one.integers, [list_of(one.program, names, mode, when=when, rest=rest)])
        for one in compiled(rules, values)
    )


def told(
    rules: str,
    names: Sequence[str],
    mode: Mode,
    values: str = "",
    *,
    when: str = "",
    rest: bool = False,
) -> list[str]:
    """`D3040 …` for each problem of one list."""
    found = problems_of(rules, names, mode, values, when=when, rest=rest)
    return [f"{one.code} {message(one)}" for one in found]


def interpreted(found: Found) -> dict[str, ir.Value]:
    """Every value of a household that was found, by the interpreter: of the household, and of the member at hand."""
    program = found.world.integers.program
    household = household_of(found)
    size = len(household.members)
    facts = Facts(
        household.day,
        size,
        tuple(_steps(one, household.household[one.name]) for one in household_facts(program)),
        tuple(
            [_steps(one, member[one.name]) for member in household.members]
            for one in member_facts(program)
        ),
        tuple(str(place + 1) for place in range(size)),
        (),
    )
    values = values_of(interpret(program, facts))
    return {
        name: one[household.at] if isinstance(one, tuple) else one for name, one in values.items()
    }


def _steps(fact: ir.Fact, value: ir.Value) -> int:
    """A fact in steps, which has to lie within its range."""
    assert fact.low <= value <= fact.high, (fact.name, value)
    if isinstance(fact.type, Number):
        steps = value / grain(fact.type.unit)
        assert steps.denominator == 1, (fact.name, value)
        return int(steps)
    return int(value)


def check_witnesses(findings: Findings, names: Sequence[str], when: str = "") -> int:
    """Let the interpreter confirm every household that was found. Returns how many there were."""
    count = 0
    if isinstance(findings.gap, Found):
        values = interpreted(findings.gap)
        assert not any(values[name] for name in names), (names, values)
        assert not when or values[when]
        count += 1
    for first, second, verdict in findings.overlaps:
        if isinstance(verdict, Found):
            values = interpreted(verdict)
            assert values[names[first]] and values[names[second]], (names, values)
            assert not when or values[when]
            count += 1
    return count
