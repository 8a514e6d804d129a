"""A local policy over the one that it inherits from."""

from __future__ import annotations

import pytest

from dibao_policy import PolicyText, Source
from dibao_policy.compile import run_passes
from dibao_policy.problem import one_line

PARENT = """政策 全国(national)
  版本 "1.0"
输入 家庭.收入(income): 元/月
定义 家庭.人口(size): 人 = 人数(成员)
定义 家庭.年收入(yearly): 元/年 = 收入 × 12月/年
"""

LOCAL = """政策 示例县(example)
  继承 全国(national) 版本 "1.0"
定义 家庭.人均收入(per_person): 元/人月 精确 = 收入 ÷ 人口
"""


def problems(local: str) -> list[str]:
    parent = PolicyText("national", (Source("national/rules.dibao", PARENT),), ())
    text = PolicyText("example", (Source("example/rules.dibao", local),), ())
    passed = run_passes(text, lambda code: parent if code == "national" else None)
    return [one_line(problem) for problem in passed.problems]


def test_a_local_policy_uses_what_it_inherits() -> None:
    assert problems(LOCAL) == []


def test_a_name_of_the_parent_that_is_defined_again_is_a_problem_of_the_local_text() -> None:
    again = LOCAL + "定义 家庭.年收入(yearly): 元/年 = 0元/年\n"

    assert problems(again) == ["example/rules.dibao:4:7: D2002 `年收入` 已经有一处声明"]


def test_a_dated_rule_of_the_parent_is_not_continued_by_the_local_layer_in_silence() -> None:
    again = LOCAL + "定义 家庭.年收入(yearly): 元/年 = 0元/年\n  自 2020-01-01 起\n"

    assert problems(again) == ["example/rules.dibao:4:7: D2002 `年收入` 已经有一处声明"]


def test_each_rule_knows_its_layer() -> None:
    parent = PolicyText("national", (Source("national/rules.dibao", PARENT),), ())
    text = PolicyText("example", (Source("example/rules.dibao", LOCAL),), ())
    passed = run_passes(text, lambda code: parent)
    layers = {rule.name: rule.layer for rule in passed.compiled[0].program.rules}

    assert layers == {"人口": "national", "年收入": "national", "人均收入": "example"}


BLOCKS = {
    "要求": """资格 家庭.低保(eligible)
  要求 收入: 收入 < 100元/月
  要求 收入: 收入 < 200元/月
""",
    "类别": """分类施保 成员.补贴(aid): 元/月
  就高
  类别 老人: 收入 < 100元/月 → 10元/月
  类别 老人: 收入 < 200元/月 → 20元/月
""",
    "扣减": """收入 家庭.净收入(net): 元/月
  计入 收入
  扣减 成本 = 收入 × 10%
  扣减 成本 = 收入 × 20%
""",
}


@pytest.mark.parametrize("clause", BLOCKS)
def test_two_parts_of_a_block_cannot_share_a_name(clause: str) -> None:
    found = problems(LOCAL + BLOCKS[clause])

    assert [problem.split()[1] for problem in found] == ["D2002"]
