"""A property that reads only parameters needs no household: it is computed once in every regime."""

from __future__ import annotations

import pytest

from dibao_policy import PolicyText, Source
from dibao_policy.compile import run_passes
from dibao_policy.lawcraft.properties import check_properties, settled
from dibao_policy.problem import Problem

RULES = """\
政策 示例县(example)
参数 标准(standard): 元/人月
参数 失业金(unemployment): 元/人月
定义 家庭.线(line): 元/月 = 标准 × 人数(成员)
定义 家庭.另线(other): 元/月 = 失业金 × 人数(成员)
性质 低于失业金: 标准 < 失业金
性质 线不为负: 线 ≥ 0元/月
"""


def found(*standards: str) -> tuple[tuple[Problem, ...], list[str]]:
    entries = "".join(
        f"    - {{自: {2020 + at}-01-01, 值: {one}, 来源: {{状态: 未核实}}, 理由: 核对}}\n"
        for at, one in enumerate(standards)
    )
    values = (
        f"标准:\n  取值:\n{entries}"
        "失业金:\n  取值:\n    - {自: 2020-01-01, 值: 500, 来源: {状态: 未核实}}\n"
    )
    text = PolicyText("example", (Source("规则", RULES),), (Source("参数", values),))
    programs = [one.program for one in run_passes(text, lambda code: None).compiled]
    return check_properties(programs, 0), [one.name for one in settled(programs)]


@pytest.mark.parametrize(
    "standard, codes", [("499.99", []), ("500", ["D1585"]), ("500.01", ["D1585"])]
)
def test_it_is_computed_without_any_household(standard: str, codes: list[str]) -> None:
    problems, names = found(standard)
    assert names == ["低于失业金"]
    assert [one.code for one in problems] == codes


def test_every_regime_is_looked_at() -> None:
    assert [one.code for one in found("400", "500", "450")[0]] == ["D1585"]
    assert found("400", "410", "450")[0] == ()
