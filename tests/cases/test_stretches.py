"""A list of cases is looked at once for all regimes in which nothing that it rests on changes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dibao_policy import PolicyText, Source
from dibao_policy.compile import run_passes
from dibao_policy.core.cases import decide, report
from dibao_policy.core.cases.problems import CaseGap
from dibao_policy.problem import Problem, message

RULES = """政策 示例县(example)
枚举 档(tier) { 低, 高 }
输入 成员.出生日期(born): 日期
输入 家庭.收入(income): 元/月
参数 标准(standard): 元/月
参数 高龄年龄(old): 岁
定义 成员.年龄(age): 岁 = 周岁(出生日期)
定义 家庭.差额(gap): 元/月 = 较大(标准 − 收入, 0元/月)
择一 成员.档次(tier_of): 档
  情形 年轻: 年龄 < 高龄年龄 → 低
  情形 年老: 年龄 ≥ 70岁 → 高
"""
DAYS = ("2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01")


def text(*ages: str) -> PolicyText:
    """The standard rises on every day; the age is that of the day, or stays where none is given."""
    lines = ["标准:", "  取值:"]
    for place, day in enumerate(DAYS):
        lines.append(f"    - {{自: {day}, 值: {500 + place}, 来源: {{文件: 通知, 状态: 原文}}}}")
    lines += ["高龄年龄:", "  取值:"]
    for day, age in zip(DAYS, ages, strict=True):
        if age:
            lines.append(
                f"    - {{自: {day}, 值: {age}, 理由: 试, 来源: {{文件: 通知, 状态: 原文}}}}"
            )
    return PolicyText("example", (Source("r", RULES),), (Source("v", "\n".join(lines)),))


def checked(
    monkeypatch: pytest.MonkeyPatch, *ages: str
) -> tuple[Sequence[Problem], list[tuple[str, str]]]:
    """The problems, and the first and the last day of each look at the list."""
    looks: list[tuple[str, str]] = []

    def counting(worlds: decide.Worlds, cases: object) -> decide.Findings:
        program = worlds.integers.program
        looks.append((str(program.since), str(program.until)))
        return decide.decide(worlds, cases)  # type: ignore[arg-type]

    monkeypatch.setattr(report, "decide", counting)
    return run_passes(text(*ages), lambda code: None).problems, looks


def test_values_that_it_does_not_rest_on_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    problems, looks = checked(monkeypatch, "70", "", "", "")

    assert problems == ()
    assert looks == [("2020-01-01", "None")]


def test_a_value_that_it_rests_on_begins_a_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    problems, looks = checked(monkeypatch, "70", "", "65", "70")

    assert looks == [
        ("2020-01-01", "2021-12-31"),
        ("2022-01-01", "2022-12-31"),
        ("2023-01-01", "None"),
    ]
    (gap,) = problems
    assert isinstance(gap, CaseGap)
    assert "2022" in message(gap)
