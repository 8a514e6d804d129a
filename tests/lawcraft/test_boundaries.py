"""Households on the line of each comparison, a step below and a step above: found by moving one fact of a case."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import yaml

from dibao_policy.compile import compiled_on, run_passes
from dibao_policy.core.show import value_text
from dibao_policy.evaluate.facts import given_value, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain.account import is_result
from dibao_policy.facts.household import read_household
from dibao_policy.lawcraft.boundaries import Boundary, boundaries
from dibao_policy.lawcraft.boundary_cases import boundary_cases
from dibao_policy.model.layers import PolicyText
from dibao_policy.text import Source

from .exercises import RULES, VALUES, case, passed

POLICY = passed()
FAMILY = {
    "区县": "东区",
    "收入额": 100,
    "成员": [{"出生日期": "1990-01-01"}, {"出生日期": "1950-08-01"}],
}


def moved(one: Boundary) -> str:
    """The fact that was moved, with its value."""
    if one.member is None:
        step = one.facts.household[household_facts(one.program).index(one.fact)]
    else:
        step = one.facts.members[member_facts(one.program).index(one.fact)][one.member]
    return f"{one.fact.name} {value_text(given_value(one.fact, step), one.fact.type)}"


def value(one: Boundary, name: str, member: int | None = None) -> Any:
    steps = interpret(one.program, one.facts).steps
    return next(step.value for step in steps if (step.rule.name, step.member) == (name, member))


def test_each_comparison_has_a_household_on_its_line_and_one_on_either_side() -> None:
    family = case(POLICY, "2021-08-01", FAMILY, {("低保", None): True})
    found = boundaries("example", [family])

    assert [(one.rule, one.side, moved(one)) for one in found] == [
        ("低保·收入", -1, "收入额 999.99元/月"),
        ("低保·收入", 0, "收入额 1000元/月"),
        ("低保·收入", 1, "收入额 1000.01元/月"),
        # Sixty years old are those born in the course of a year.
        ("增发·高龄", 1, "出生日期 1960-08-01"),
        ("增发·高龄", 0, "出生日期 1960-08-02"),
        ("增发·高龄", 0, "出生日期 1961-08-01"),
        ("增发·高龄", -1, "出生日期 1961-08-02"),
        ("增发·八十", 1, "出生日期 1940-08-01"),
        ("增发·八十", 0, "出生日期 1940-08-02"),
        ("增发·八十", 0, "出生日期 1941-08-01"),
        ("增发·八十", -1, "出生日期 1941-08-02"),
    ]
    assert [value(one, "低保") for one in found[:3]] == [True, False, False]
    supplements = [value(one, "增发", one.member) for one in found[3:7]]
    assert supplements == [Fraction(5_000)] * 3 + [Fraction(0)]


def test_a_comparison_that_no_case_can_reach_is_left_out() -> None:
    assert boundaries("example", []) == ()
    assert boundaries("elsewhere", [case(POLICY, "2021-08-01", FAMILY, {})]) == ()


def test_the_first_case_that_reaches_the_line_is_the_base() -> None:
    west = FAMILY | {"区县": "西区"}
    cases = [
        case(POLICY, "2021-08-01", west, {("低保金", None): Fraction(50_000)}),
        case(POLICY, "2020-08-01", FAMILY, {}),
    ]
    found = boundaries("example", cases)

    assert {one.base for one in found} == {cases[0].name}
    assert moved(found[1]) == "收入额 600元/月"


def test_they_are_written_as_cases_for_staff_to_confirm() -> None:
    family = case(POLICY, "2021-08-01", FAMILY, {("低保", None): True})
    text = boundary_cases(boundaries("example", [family])[:1], is_result)

    assert (
        text
        == """# 由现在的规则算出，逐个核对，对的留下：一例在线上，一例低一步，一例高一步。
# 核对以后，把 来源 改成据以核对的文件。
案例:
  - 名称: 边界 2021-08-01 低保·收入：收入额 < 标准[区县] × 人口（1，低于，收入额 999.99元/月）
    日期: 2021-08-01
    来源:
      文件: 由规则算出，待核对
      状态: 推算
    家庭:
      区县: 东区
      收入额: 999.99
      成员:
        - 出生日期: 1990-01-01
        - 出生日期: 1950-08-01
    期望:
      低保·收入: 是
      低保: 是
      低保金: 1
      增发:
        - 0
        - 50
"""
    )
    assert boundary_cases([], is_result) == ""


def test_what_is_written_is_read_again_as_the_same_household() -> None:
    family = case(POLICY, "2021-08-01", FAMILY, {})
    for one in boundaries("example", [family]):
        written = yaml.load(boundary_cases([one], is_result), yaml.BaseLoader)["案例"][0]["家庭"]
        compiled = compiled_on(POLICY, one.day)
        assert read_household(compiled.reader, written, one.day).household == one.facts.household


def test_no_household_at_a_line_has_a_member_who_is_not_born() -> None:
    rules = RULES.replace("周岁(出生日期) ≥ 老人年龄", "周岁(出生日期) < 0岁")
    rules = rules.replace("参数 老人年龄(old_age): 岁\n", "")
    policy = run_passes(
        PolicyText(
            "example", (Source("规则", rules),), (Source("参数", VALUES.split("老人年龄")[0]),)
        ),
        lambda code: None,
    )
    found = boundaries("example", [case(policy, "2021-08-01", FAMILY, {})])

    ages = [one for one in found if one.rule == "增发·高龄"]
    assert all(born <= one.facts.day for one in ages for born in one.facts.members[0])
    assert {one.side for one in ages} == {0, 1}
