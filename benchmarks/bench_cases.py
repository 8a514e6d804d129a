"""How much processor time the check of 200 lists of five cases takes: gaps, overlaps, cases that never count."""

from __future__ import annotations

import statistics
import time

from dibao_policy.compile import Compiled, run_passes
from dibao_policy.core.cases.lists import Case, CaseList
from dibao_policy.core.cases.report import case_problems
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import has_errors
from dibao_policy.text import Source

LISTS, RUNS = 200, 7
FACTS = """政策 示例县(example)
枚举 区县 { 东区, 西区, 南区, 北区, 中区 }
枚举 残疾等级 { 无, 一级, 二级, 三级, 四级 }
输入 家庭.区县: 区县
输入 家庭.存款: 元
输入 家庭.车辆: 辆
输入 成员.出生日期: 日期
输入 成员.残疾等级: 残疾等级
输入 成员.重病: 是否
输入 成员.工资: 元/月
参数 标准: 元/人月 按 区县
定义 成员.年龄: 岁 = 周岁(出生日期)
定义 家庭.人口: 人 = 人数(成员)
定义 家庭.家庭收入: 元/月 = 合计(成员.工资)
定义 家庭.人均收入: 元/人月 精确 = 家庭收入 ÷ 人口
资格 家庭.低保
  要求 收入: 人均收入 < 标准
  要求 财产: 存款 ≤ 24月 × 标准 × 人口
  要求 车辆: 车辆 = 0辆
"""
VALUES = """标准:
  取值:
    - 自: 2020-01-01
      值: {东区: 430, 西区: 380, 南区: 410, 北区: 390, 中区: 450}
      来源: {状态: 未核实}
"""


def _conditions(place: int) -> list[tuple[str, str]]:
    """Five conditions without a gap or an overlap: every other list of a member, every other of a household."""
    old = 50 + place % 30
    if place % 2:
        return [
            ("成员", f"年龄 ≥ {old}岁"),
            ("成员", f"年龄 < {old}岁 且 年龄 ≥ 18岁 且 残疾等级 属于 {{一级, 二级}}"),
            ("成员", f"年龄 < {old}岁 且 年龄 ≥ 18岁 且 残疾等级 不属于 {{一级, 二级}} 且 重病"),
            ("成员", f"年龄 在 18岁 .. {old - 1}岁 且 非 重病 且 残疾等级 不属于 {{一级, 二级}}"),
            ("成员", "年龄 < 18岁"),
        ]
    share = 120 + place % 50
    return [
        ("家庭", "低保"),
        ("家庭", f"非 低保 且 人均收入 < 标准 × {share}% 且 车辆 = 0辆"),
        ("家庭", f"非 低保 且 人均收入 < 标准 × {share}% 且 车辆 > 0辆"),
        ("家庭", f"人均收入 ≥ 标准 × {share}% 且 人均收入 < 标准 × 200%"),
        ("家庭", "人均收入 ≥ 标准 × 200%"),
    ]


def policy() -> Compiled:
    """A policy whose rules are the conditions."""
    lines = [
        f"定义 {scope}.条件{place}·{at}: 是否 = {condition}".replace("·", "之")
        for place in range(LISTS)
        for at, (scope, condition) in enumerate(_conditions(place))
    ]
    text = PolicyText(
        "example",
        (Source("规则", FACTS + "\n".join([*lines, ""])),),
        (Source("参数", VALUES),),
    )
    passed = run_passes(text, lambda code: None)
    assert not has_errors(passed.problems), passed.problems[:3]
    return passed.compiled[-1]


def lists_of(compiled: Compiled) -> list[CaseList]:
    """The lists of the policy."""
    rules = {rule.name: rule for rule in compiled.program.rules}
    found = []
    for place in range(LISTS):
        cases = [rules[f"条件{place}之{at}"] for at in range(5)]
        found.append(
            CaseList(
                f"身份{place}",
                "情形",
                cases[0].scope,
                "exclusive",
                tuple(Case(one.name, one.expression, span=one.span) for one in cases),
                span=cases[0].span,
            )
        )
    return found


def main() -> None:
    """Print the least and the median."""
    compiled = policy()
    lists = lists_of(compiled)
    times = []
    for _ in range(RUNS):
        begun = time.process_time_ns()
        problems = case_problems([(compiled.integers, lists)])
        times.append((time.process_time_ns() - begun) / 1e6)
        assert not problems, problems[:3]
    least, median = min(times), statistics.median(times)
    print(
        f"{LISTS} lists of five cases: least {least:.0f} ms, median {median:.0f} ms (goal ≤ 500 ms)"
    )


if __name__ == "__main__":
    main()
