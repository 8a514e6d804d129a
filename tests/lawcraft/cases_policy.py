"""A small policy for the tests of cases: its line rises once, members, a cross-check, an enumeration, a quotient."""

from __future__ import annotations

from dibao_policy import PolicyText, Source, compile_policy
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.policy import Policy
from dibao_policy.problem import one_line

RULES = """政策 示例县(example)
  版本 "1.0"
  依据 条例 = 《示例条例》 文号 "示例令第1号"
枚举 类别(kind) { 城市(urban), 农村(rural) }
输入 家庭.类别(kind): 类别
输入 家庭.存款(savings): 元  默认 0元
输入 成员.工资(wage): 元/月
  曾用名 月工资
输入 成员.在业(employed): 是否
参数 标准(line): 元/人月
定义 家庭.人口(size): 人 = 人数(成员)
  依据 条例 第二条
收入 成员.可计收入(countable): 元/月
  计入 工资
  扣减 就业成本(cost) = 工资 × 30%  当 在业
    依据 条例 第三条
  依据 条例 第三条
定义 家庭.家庭收入(income): 元/月 = 合计(成员.可计收入)
  依据 条例 第三条
定义 家庭.人均收入(per_person): 元/人月 精确 = 家庭收入 ÷ 人口
  依据 条例 第三条
资格 家庭.低保(eligible)
  要求 收入: 人均收入 < 标准
    否则 "人均月收入是 {人均收入}，应当低于 {标准}"
  依据 条例 第四条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人口 − 家庭收入
  取整 到 1元/月 四舍五入
  依据 条例 第五条
核查 家庭.存款较多(rich): 存款 > 10000元
  处理 入户调查
  依据 条例 第六条
核查 成员.工资偏低(low_wage): 在业 且 工资 < 100元/月
  处理 核对工资单
  依据 条例 第六条
择一 家庭.分组(group): 类别
  情形 甲: 类别 = 城市 → 城市
  情形 乙: 类别 = 农村 → 农村
  依据 条例 第七条
"""
VALUES = """标准:
  取值:
    - 自: 2020-01-01
      值: 500
      来源: {文件: 示例通知, 状态: 原文}
    - 自: 2024-01-01
      值: 520
      来源: {文件: 示例通知, 状态: 未核实}
"""
COMMON = """共同:
  家庭: {类别: 城市}
  成员: {在业: 否}
案例:
"""


def policy() -> Policy:
    text = PolicyText("example", (Source("规则", RULES),), (Source("参数", VALUES),))
    return compile_policy(text, lambda code: None)


def cases(text: str) -> tuple[PolicyCase, ...]:
    """The cases of a YAML text without faults, under the common facts."""
    read, problems = read_text(Source("案例.yaml", COMMON + text))
    assert [one_line(problem) for problem in problems] == []
    return read


def case(body: str, name: str = "甲", day: str = "2020-01-01") -> PolicyCase:
    """One case, of which the lines after the day are given."""
    (one,) = cases(f"  - 名称: {name}\n    日期: {day}\n{body}")
    return one
