"""What a change means for a household: the text is the figures, and the figures are those that are decided."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, PolicyError, PolicyText, Source, compile_policy, load
from dibao_policy.facts.text import read_text
from dibao_policy.lawcraft.letter import letter
from dibao_policy.lawcraft.letter_words import letter_text

ROOT = Path(__file__).parents[2]
BEFORE, AFTER = datetime.date(2010, 8, 1), datetime.date(2011, 8, 1)
HOUSEHOLDS = sorted((ROOT / "examples" / "households").glob("*.yaml"))


@pytest.fixture(scope="module")
def daqing() -> Policy:
    return load(ROOT / "policies" / "daqing")


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: path.stem)
def test_the_letter_says_what_both_days_decide(path: Path, daqing: Policy) -> None:
    """Or that there is nothing to say, where they decide alike."""
    household = read_text(Source(path.name, path.read_text("utf-8")))[0]
    decided = [daqing.on(day).decide(household) for day in (BEFORE, AFTER)]
    results = {one.rule.name for one in daqing.on(AFTER).explain(household).results}
    same = all(decided[0][name] == decided[1][name] for name in results)
    try:
        told = letter(daqing, household, BEFORE, AFTER)
    except PolicyError as error:
        assert [problem.code for problem in error.problems] == ["D7716"]
        assert same
        return
    assert not same
    for one in told.outcomes:
        for decision, value in zip(decided, (one.before, one.after), strict=True):
            raw = decision.raw(one.name)
            assert (raw[one.member] if isinstance(raw, tuple) else raw) == value
    text = letter_text(told)
    for line in re.findall(
        r"：原来 ([\d,.]+)元\S*，现在 ([\d,.]+)元\S*，(增加|减少) ([\d,.]+)元", text
    ):
        before, after, way, difference = line
        old, new, shown = (Fraction(part.replace(",", "")) for part in (before, after, difference))
        assert new - old == (shown if way == "增加" else -shown)
    changed = [one for one in told.outcomes if one.changed and one.is_amount]
    assert text.count("：原来 ") == len([one for one in told.outcomes if one.changed]) + len(
        [one for one in told.values if None not in (one.before, one.after)]
    )
    assert changed or any(one.changed for one in told.outcomes)


def test_the_values_are_those_of_the_parameters_with_their_documents(daqing: Policy) -> None:
    path = ROOT / "examples" / "households" / "04_working_family.yaml"
    told = letter(daqing, read_text(Source("x", path.read_text("utf-8")))[0], BEFORE, AFTER)

    assert [
        (one.name, one.key, one.before, one.after, str(one.entry.since)) for one in told.values
    ] == [
        ("认定标准", ("萨尔图区",), 31500, 41000, "2011-01-01"),
        ("基本生活保障标准", ("萨尔图区",), 26000, 33800, "2011-01-01"),
    ]
    assert {one.entry.provenance.document for one in told.values} == {"东北网2011年7月17日的报道"}
    assert told.rules == ()


# ── small policies ────────────────────────────────────────────────────────

RULES = """政策 示例县(example)
枚举 区县(district) { 甲区(a), 乙区(b) }
输入 家庭.区县(district): 区县
输入 成员.出生日期(born): 日期
参数 低保标准(standard): 元/人月  按 区县
参数 高龄津贴(elder_amount): 元/月
救助 家庭.低保金(benefit): 元/月
  金额 低保标准 × 人数(成员)
  依据 未核实 "示例"
救助 成员.津贴(supplement): 元/月
  当 周岁(出生日期) ≥ 80岁
  金额 高龄津贴
  依据 未核实 "示例"
"""
VALUES = """低保标准:
  取值:
    - {自: 2020-01-01, 值: {甲区: 500, 乙区: 400}, 来源: {文件: 旧通知, 状态: 原文}}
    - {自: 2024-01-01, 值: {甲区: 500, 乙区: 450}, 来源: {文件: 新通知, 网址: "https://example.org/1", 状态: 原文}}
高龄津贴:
  取值:
    - {自: 2020-01-01, 值: 100, 来源: {文件: 旧通知, 状态: 原文}}
"""
DAYS = datetime.date(2023, 12, 31), datetime.date(2024, 1, 1)


def small() -> Policy:
    text = PolicyText("example", (Source("rules", RULES),), (Source("values", VALUES),))
    return compile_policy(text, lambda code: None)


def household(district: str, born: str = "1990-01-01") -> dict[str, Any]:
    return {
        "区县": district,
        "成员": [{"称呼": "甲", "出生日期": born}, {"出生日期": "2000-01-01"}],
    }


def test_only_the_value_of_the_households_own_district_is_told() -> None:
    told = letter(small(), household("乙区"), *DAYS)

    assert [(one.key, one.before, one.after) for one in told.values] == [(("乙区",), 40000, 45000)]
    assert (
        letter_text(told)
        == """示例县：救助变动告知

下面把您家按 2023-12-31 和按 2024-01-01 有效的规定算出的结果放在一起，写明变了多少、为什么变。

一、您家的变化
  低保金：原来 800元/月，现在 900元/月，增加 100元/月

二、为什么变
  1. 低保标准（乙区）：原来 400元/人月，现在 450元/人月，增加 50元/人月
      自 2024-01-01 起，新通知（原文）
      https://example.org/1

三、说明
  家里的情况按同一份填报计算；年龄等按各自的日期计算。
  尚未核实、请以经办机关的答复为准：
      救助 低保金：示例
      救助 津贴：示例
"""
    )


def test_a_district_without_a_rise_is_told_that_nothing_changes() -> None:
    with pytest.raises(PolicyError, match="D7716"):
        letter(small(), household("甲区"), *DAYS)


def test_a_birthday_is_no_rise() -> None:
    told = letter(small(), household("甲区", "1944-01-01"), *DAYS)
    text = letter_text(told)

    assert told.values == told.rules == ()
    assert "  甲 津贴：原来 0元/月，现在 100元/月，增加 100元/月\n" in text
    assert "  按月的各项合计：原来 1,000元/月，现在 1,100元/月，增加 100元/月\n" in text
    assert "  没有变的：低保金 1,000元/月\n" in text
    assert "规定和标准没有变，变的是按日期计算的情况（如年龄）。" in text


def test_a_rule_that_is_replaced_is_told() -> None:
    rules = RULES.replace(
        '金额 低保标准 × 人数(成员)\n  依据 未核实 "示例"',
        '至 2023-12-31\n  金额 低保标准 × 人数(成员)\n  依据 未核实 "示例"\n'
        "救助 家庭.低保金(benefit): 元/月\n  自 2024-01-01 起\n  金额 低保标准 × 人数(成员) + 1元/月\n"
        '  依据 未核实 "新的"',
    )
    text = PolicyText("example", (Source("rules", rules),), (Source("values", VALUES),))
    told = letter(compile_policy(text, lambda code: None), household("甲区"), *DAYS)

    assert [(one.name, one.is_new, one.is_gone) for one in told.rules] == [("低保金", False, False)]
    assert "算法改了：救助 低保金" in letter_text(told)
