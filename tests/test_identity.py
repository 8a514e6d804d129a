"""A snapshot's digest: the same for the same meaning, another for another."""

from __future__ import annotations

import datetime

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile_policy

RULES = """政策 示例县(example)
枚举 区(district) { 东区(east), 西区(west) }
输入 家庭.区(where): 区
输入 家庭.收入(income): 元/月  范围 0元/月 .. 9000元/月
参数 标准(standard): 元/人月 按 区
参数 比率(rate): 比例
定义 家庭.人口(size): 人 = 人数(成员)
定义 家庭.补助(aid): 元/月 = 较大(标准 × 人口 × 比率 − 收入, 0元/月)
"""
VALUES = """标准:
  取值:
    - 自: 2020-01-01
      值: {东区: 500, 西区: 400}
      来源: {文件: 通知, 状态: 原文}
    - 自: 2021-01-01
      值: {东区: 520, 西区: 400}
      来源: {文件: 通知, 状态: 原文}
比率:
  取值:
    - {自: 2020-01-01, 值: 80%, 来源: {文件: 通知, 状态: 原文}}
"""
DAY = datetime.date(2020, 6, 1)


def digest(rules: str = RULES, values: str = VALUES, day: datetime.date = DAY) -> str:
    text = PolicyText("example", (Source("r", rules),), (Source("v", values),))
    return compile_policy(text, lambda code: None).on(day).digest


@pytest.mark.parametrize(
    ("rules", "values"),
    [
        (RULES.replace(" ", "  ").replace(":", "："), VALUES),
        (RULES.replace("× 比率", "* 比率").replace("−", "-"), VALUES),
        (RULES.replace("定义", "define").replace("输入 家庭", "input household"), VALUES),
        ("\n".join([*RULES.splitlines()[:2], *reversed(RULES.splitlines()[2:])]), VALUES),
        (RULES + "# 注释\n", VALUES + "# 注释\n"),
        (RULES, VALUES.replace("{东区: 500, 西区: 400}", "{west: 400, east: 500.00}")),
        (RULES, VALUES.replace("80%", "0.80")),
        (RULES, VALUES.replace("文件: 通知", "文件: 另一份通知")),
        (RULES, VALUES.replace("520", "530")),
    ],
    ids=["width", "signs", "English", "order", "comments", "keys", "percent", "source", "later"],
)
def test_what_cannot_change_a_result_leaves_the_digest(rules: str, values: str) -> None:
    assert digest(rules, values) == digest()


@pytest.mark.parametrize(
    ("rules", "values"),
    [
        (RULES.replace("9000元", "8000元"), VALUES),
        (RULES.replace("较大(", "较小("), VALUES),
        (RULES.replace("0元/月)", "1元/月)"), VALUES),
        (RULES.replace("(income)", "(earned)"), VALUES),
        (RULES.replace("元/月 = 较大", "元/月 精确 = 较大"), VALUES),
        (RULES, VALUES.replace("500", "500.01")),
        (RULES, VALUES.replace("80%", "81%")),
        (
            RULES.replace("西区(west)", "西区(west), 南区(south)"),
            VALUES.replace("西区: 400", "西区: 400, 南区: 1"),
        ),
    ],
    ids=["range", "operation", "literal", "code name", "rounding", "value", "rate", "member"],
)
def test_what_can_change_a_result_changes_the_digest(rules: str, values: str) -> None:
    assert digest(rules, values) != digest()


def test_days_between_two_changes_share_a_digest() -> None:
    days = [datetime.date(2020, 1, 1), datetime.date(2020, 12, 31), datetime.date(2021, 1, 1)]
    first, last, after = (digest(day=day) for day in days)

    assert first == last != after


def test_a_day_before_the_first_value_is_refused_by_name() -> None:
    with pytest.raises(PolicyError, match="参数 `标准`、`比率` 自这一天起有数值"):
        digest(day=datetime.date(2019, 12, 31))
