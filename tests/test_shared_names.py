"""An enumeration and one value may share a name, in whatever order they are written; nothing else may."""

from __future__ import annotations

from itertools import permutations

import pytest

from dibao_policy import PolicyText, Source
from dibao_policy.compile import check

HEADER = "政策 甲县(example)\n"
ENUMERATION = "枚举 区(district) { 东, 西 }\n"
INPUT = "输入 家庭.区(district): 区\n"
RULE = "定义 家庭.在东区: 是否 = 区 = 东\n  依据 未核实\n"


def problems(*blocks: str) -> list[tuple[str, str]]:
    text = PolicyText("example", (Source("r", HEADER + "".join(blocks)),), ())
    return [
        (one.code, getattr(one, "name", ""))
        for one in check(text, lambda code: None)
        if one.severity == "error"
    ]


@pytest.mark.parametrize("blocks", list(permutations([ENUMERATION, INPUT, RULE])))
def test_an_enumeration_and_an_input_share_a_name_in_any_order(blocks: tuple[str, ...]) -> None:
    assert problems(*blocks) == []


def test_a_rule_of_the_type_may_have_its_name_instead() -> None:
    rule = "定义 家庭.区(district): 区 = 如果 人口 = 1人 那么 东 否则 西\n  依据 未核实\n"
    size = "定义 家庭.人口: 人 = 人数(成员)\n"

    assert problems(rule, ENUMERATION, size) == []


@pytest.mark.parametrize(
    "second",
    [
        "枚举 区(kind) { 南, 北 }\n",
        "枚举 片(district) { 南, 北 }\n",
        "定义 家庭.区(other): 区 = 东\n  依据 未核实\n",
        "定义 家庭.甲(district): 区 = 东\n  依据 未核实\n",
    ],
    ids=["enumeration", "code of an enumeration", "rule", "code of a rule"],
)
def test_a_third_thing_may_not_have_it(second: str) -> None:
    for blocks in permutations([ENUMERATION, INPUT, RULE, second]):
        assert "D2002" in [code for code, _ in problems(*blocks)], blocks
