"""What the national rules count as income, version by version, seen through Daqing."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, account_text, load

ROOT = Path(__file__).parents[2]

PERSON: dict[str, Any] = {
    "出生日期": "1970-01-01",
    "在业": False,
    "工资收入": 0,
    "优抚待遇": 1,
    "奖励收入": 20,
    "基础养老金": 300,
}
HOUSEHOLD = {"区县": "萨尔图区", "金融资产": 0, "机动车辆数": 0, "住房套数": 1, "成员": [PERSON]}
NAMES = ("优抚待遇", "奖励收入", "基础养老金")

# The day, the income that counts, and what is told to be left out of it.
VERSIONS = [
    # 20 + 300: Decree 271, article 2, leaves out preferential pensions alone.
    ("2010-08-01", 320, {"优抚待遇"}, "第二条"),
    ("2012-12-12", 320, {"优抚待遇"}, "民发〔2012〕220号）第十六条"),
    ("2021-06-30", 320, {"优抚待遇"}, "民发〔2012〕220号）第十六条"),
    # 民发〔2021〕57号, article 13, leaves out all three.
    ("2021-07-01", 0, {"优抚待遇", "奖励收入", "基础养老金"}, "民发〔2021〕57号）第十三条"),
    ("2025-12-31", 0, {"优抚待遇", "奖励收入", "基础养老金"}, "民发〔2021〕57号）第十三条"),
    # The basic pension was left out until the end of 2025 only.
    ("2026-01-01", 300, {"优抚待遇", "奖励收入"}, "【未核实】基础养老金只在十四五期间"),
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(ROOT / "policies" / "daqing")


@pytest.mark.parametrize(("day", "counted", "left_out", "article"), VERSIONS)
def test_what_counts_and_what_is_told_to_be_left_out_go_together(
    policy: Policy, day: str, counted: int, left_out: set[str], article: str
) -> None:
    snapshot = policy.on(datetime.date.fromisoformat(day))
    text = account_text(snapshot.explain(HOUSEHOLD))

    assert snapshot.decide(HOUSEHOLD)["家庭收入"] == Decimal(counted)
    told = {name for name in NAMES if re.search(f"{name} .*（不计入", text)}
    assert told == left_out
    assert article in text


@pytest.mark.parametrize(
    ("day", "remedy", "other"),
    [
        ("2014-04-30", "对复议决定仍不服的，可以提起行政诉讼", "也可以提起行政诉讼"),
        ("2014-05-01", "也可以提起行政诉讼", "对复议决定仍不服的，可以提起行政诉讼"),
    ],
)
def test_how_to_object_is_that_of_the_day(
    policy: Policy, day: str, remedy: str, other: str
) -> None:
    """Decree 271, article 15: review first. Decree 649, article 65, from 2014-05-01: review or court."""
    text = account_text(policy.on(datetime.date.fromisoformat(day)).explain(HOUSEHOLD))

    assert remedy in text
    assert other not in text


def test_the_national_rules_stand_alone() -> None:
    everywhere = {name: value for name, value in HOUSEHOLD.items() if name != "区县"}
    household = {**everywhere, "成员": [{**PERSON, "残疾等级": "二级"}]}
    national = load(ROOT / "policies" / "national")
    decision = national.on(datetime.date(2022, 1, 1)).decide(household)

    assert decision["核定收入"] == (Decimal(0),)
    assert decision["可单独申请的情形"] == (True,)
