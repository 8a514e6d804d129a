"""Exercises of a small policy, written as households with what they expect."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dibao_policy.compile import Passed, assuming, compiled_on, run_passes
from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts
from dibao_policy.facts.household import read_household, reader_for
from dibao_policy.lawcraft.exercise import Exercise, Key, exercise
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import PolicyError, one_line
from dibao_policy.text import Source

RULES = """政策 示例县(example)
  依据 办法 = 《示例县低保办法》
枚举 区县(district) { 东区(east), 西区(west) }
输入 家庭.区县: 区县
输入 家庭.收入额(income): 元/月
输入 成员.出生日期(birth): 日期
参数 标准(line): 元/人月 按 区县
参数 老人年龄(old_age): 岁
定义 家庭.人口(size): 人 = 人数(成员)
  依据 办法 第一条
资格 家庭.低保(eligible)
  要求 收入: 收入额 < 标准[区县] × 人口
  依据 办法 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准[区县] × 人口 − 收入额
  至少 20元/月
  取整 到 1元/月 进位
  依据 办法 第三条
  至 2021-06-30
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准[区县] × 人口 − 收入额
  取整 到 1元/月 进位
  依据 办法 第三条
  自 2021-07-01 起
分类施保 成员.增发(supplement): 元/月
  就高
  类别 高龄: 周岁(出生日期) ≥ 老人年龄 → 标准[区县] × 1人 × 10%
  类别 八十: 周岁(出生日期) ≥ 80岁 且 低保 → 100元/月
  依据 办法 第四条
"""
VALUES = """标准:
  取值:
    - {自: 2020-01-01, 值: {东区: 400, 西区: 300}, 来源: {状态: 未核实}}
    - {自: 2021-01-01, 值: {东区: 500, 西区: 300}, 来源: {状态: 未核实}}
老人年龄:
  取值:
    - {自: 2020-01-01, 值: 60, 来源: {状态: 未核实}}
"""


def passed(rules: str = RULES, values: str = VALUES) -> Passed:
    """A policy without faults."""
    text = PolicyText("example", (Source("规则", rules),), (Source("参数", values),))
    found = run_passes(text, lambda code: None)
    assert not found.problems, [one_line(one) for one in found.problems]
    return found


def case(
    policy: Passed,
    day: str,
    given: Mapping[str, Any],
    wanted: Mapping[Key, ir.Value],
    *assumed: str,
    tolerance: Fraction = Fraction(0),
    absent: frozenset[str] = frozenset(),
) -> Exercise:
    """A household of a day; what it expects is in smallest units, and is what it gets."""
    on = datetime.date.fromisoformat(day)
    compiled = compiled_on(policy, on)
    if assumed:
        compiled = assuming(compiled, assumed)
    facts = read_household(compiled.reader, given, on)

    def read(program: ir.Program) -> Facts | None:
        try:
            return read_household(reader_for(program), given, on)
        except PolicyError:
            return None

    made = exercise(
        f"{day} {given}",
        on,
        compiled.program,
        assumed,
        facts,
        {key: (value, tolerance) for key, value in wanted.items()},
        read,
        absent=absent,
    )
    got = {(step.rule.name, step.member): step.value for step in made.trace.steps}
    assert {key: got[key] for key in wanted} == wanted
    return made
