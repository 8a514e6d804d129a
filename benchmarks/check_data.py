"""A made-up policy of any length: one scheme of assistance after another, each with its own lines and rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dibao_policy import PolicyText, Source

FILE_LINES = 3_000
"""A file may hold 60,000 words: a long policy is written in several."""

FIRST_RISE = datetime.date(2021, 7, 1)

_SYLLABLES = "东南西北和平安顺兴隆永福长青松柏梅兰竹菊泉溪河湖江海山岭峰林原野田园新旧宁静春秋"

HEADER = """政策 示例市社会救助(example)
  版本 "1.0"
  依据 办法 = 《示例市社会救助办法》 文号 "示政发〔2020〕1号"
  依据 意见 = 《示例市社会救助实施意见》 文号 "示民发〔2020〕2号"

枚举 区县(district) { 东区(east), 西区(west), 南区(south), 北区(north), 中区(middle) }
枚举 残疾等级(disability_grade) { 无(none), 一级(one), 二级(two), 三级(three), 四级(four) }

输入 家庭.区县(district): 区县
  问 "您家住在哪个区？"
输入 家庭.金融资产(assets): 元
输入 家庭.机动车辆数(vehicles): 辆
输入 成员.出生日期(birth_date): 日期
输入 成员.工资收入(wage): 元/月
输入 成员.养老金(pension): 元/月  默认 0元/月
输入 成员.优抚待遇(special_pension): 元/月  默认 0元/月
输入 成员.残疾等级(disability): 残疾等级  默认 无
输入 成员.在业(employed): 是否
输入 成员.有劳动能力(able): 是否

定义 家庭.人口(size): 人 = 人数(成员)
  依据 办法 第二条
定义 成员.年龄(age): 岁 = 周岁(出生日期)
  依据 办法 第二条
"""

SCHEME = """
# {p}救助：标准、收入、资格、救助金、分类施保。

参数 {p}标准({c}_line): 元/人月  按 区县
参数 {p}扣减比例({c}_rate): 比例
参数 {p}高龄年龄({c}_old): 岁

输入 成员.{p}补贴({c}_subsidy): 元/月  默认 0元/月
  问 "{p}发给的补贴，每月多少元？"

定义 家庭.{p}保障线({c}_need): 元/月 = {p}标准 × 人口
  依据 办法 第三条

收入 成员.{p}可计收入({c}_counted): 元/月
  计入 工资收入 + 养老金 + {p}补贴
  免计 优抚待遇
  扣减 {p}就业成本({c}_cost) = 较小(工资收入 × {p}扣减比例, {p}标准 × 50%)  当 在业
    依据 意见 第一条
  推定 {p}标准 × 40%  当 有劳动能力 且 非 在业 且 年龄 在 18岁 .. 59岁
  依据 办法 第四条

定义 家庭.{p}收入合计({c}_total): 元/月 = 合计(成员.{p}可计收入)
  依据 办法 第五条

资格 家庭.{p}救助资格({c}_eligible)
  要求 收入: {p}收入合计 < {p}保障线
    否则 "家庭月收入 {{{p}收入合计}} 不低于保障线 {{{p}保障线}}"
  要求 财产: 金融资产 ≤ 24月 × {p}保障线
  要求 车辆: 机动车辆数 = 0辆 或 存在(成员 当 残疾等级 属于 {{一级, 二级}})
  依据 办法 第六条, 意见 第二条
{period}
救助 家庭.{p}救助金({c}_aid): 元/月
  当 {p}救助资格
  金额 {p}保障线 − {p}收入合计
  至少 {p}标准 × 1人 × 10%
  取整 到 1元/月 进位
  依据 办法 第八条

分类施保 成员.{p}分类救助金({c}_graded): 元/月
  当 {p}救助资格
  就高
  类别 高龄老人: 年龄 ≥ {p}高龄年龄 → {p}标准 × 30%
  类别 重度残疾人: 残疾等级 属于 {{一级, 二级}} → {p}标准 × 30%
  类别 未成年人: 年龄 < 18岁 → {p}标准 × 20%
  依据 办法 第九条
"""

# Every fifth scheme asks more from a later day on.
LATER = """
资格 家庭.{p}救助资格({c}_eligible)
  要求 收入: {p}收入合计 < {p}保障线 × 90%
  要求 车辆: 机动车辆数 = 0辆
  依据 办法 第六条
  自 2023-01-01 起
"""

VALUES = """
{p}标准:
  说明: {p}救助的标准
  取值:
    - 自: 2021-01-01
      值: {{东区: {a}, 西区: {a}, 南区: {a}, 北区: {a}, 中区: {a}}}
      来源: {{文件: 关于{p}标准的通知, 条款: 第一条, 状态: 原文}}
    - 自: {raised}
      值: {{东区: {b}, 西区: {b}, 南区: {a}, 北区: {a}, 中区: {b}}}
      来源: {{文件: 关于提高{p}标准的通知, 条款: 第一条, 状态: 原文}}
    - 自: 2024-07-01
      值: {{东区: {b}.50, 西区: {b}, 南区: {b}, 北区: {b}, 中区: {b}}}
      来源: {{文件: 关于再次提高{p}标准的通知, 条款: 第一条, 状态: 转载, 日期: 推定}}
      确认至: 2025-06-30
{p}扣减比例:
  取值:
    - {{自: 2021-01-01, 值: {r}%, 来源: {{文件: 示例市社会救助实施意见, 状态: 原文}}}}
{p}高龄年龄:
  取值:
    - {{自: 2021-01-01, 值: 70岁, 来源: {{文件: 示例市社会救助办法, 状态: 原文}}}}
    - {{自: 2024-07-01, 值: 75岁, 来源: {{文件: 示例市社会救助办法修正案, 状态: 原文}}}}
"""


def _places() -> Iterator[tuple[str, str]]:
    """Names of schemes, no two alike, each with a code name."""
    size = len(_SYLLABLES)
    number = 0
    while True:
        first, second = _SYLLABLES[number % size], _SYLLABLES[number // size % size]
        third = _SYLLABLES[number // size**2 - 1] if number >= size**2 else ""
        yield f"{first}{second}{third}镇", f"s{number}"
        number += 1


def policy_text(lines: int, days: int = 1, slips: bool = False) -> PolicyText:
    """A policy with at least so many lines of rules, in several files, and with its values.

    The lines of its schemes are raised on one of so many `days`; with `slips`, each scheme misspells a name.
    """
    rules, values = [HEADER], [""]
    written = HEADER.count("\n")
    for number, (place, code) in enumerate(_places()):
        if written >= lines:
            break
        later = number % 5 == 0
        names = {"p": place, "c": code, "a": 400 + number % 300, "b": 460 + number % 300}
        raised = FIRST_RISE + datetime.timedelta(number % days)
        scheme = SCHEME.replace("− {p}收入合计", "− {p}收入合记") if slips else SCHEME
        block = scheme.format(**names, period="  至 2022-12-31\n" if later else "")
        if later:
            block += LATER.format(**names)
        if rules[-1].count("\n") + block.count("\n") > FILE_LINES:
            rules.append("")
            values.append("")
        rules[-1] += block
        values[-1] += VALUES.format(**names, r=10 + number % 30, raised=raised)
        written += block.count("\n")
    return PolicyText(
        "example",
        tuple(Source(f"rules{i}.dibao", text) for i, text in enumerate(rules)),
        tuple(Source(f"values{i}.yaml", text) for i, text in enumerate(values)),
    )


def line_count(text: PolicyText) -> tuple[int, int]:
    """How many lines of rules and of values a policy has."""
    rules, values = (
        sum(source.text.count("\n") for source in sources)
        for sources in (text.rules, text.parameters)
    )
    return rules, values
