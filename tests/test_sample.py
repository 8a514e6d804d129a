"""The sample of the language, complete: it is checked, and decides households whose amounts are worked out by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from dibao_policy import check_folder, load
from dibao_policy.explain.notice import account_text
from dibao_policy.problem import message

from .conftest import ROOT

SAMPLE = ROOT / "tests" / "sample"
DAY = datetime.date(2024, 3, 1)

ADULT = {"出生日期": "1984-05-01", "工资收入": 0, "在业": True, "有劳动能力": True}
CHILD = {"出生日期": "2014-05-01", "工资收入": 0, "在业": False, "有劳动能力": False}
ELDER = {"出生日期": "1944-03-01", "工资收入": 0, "在业": False, "有劳动能力": False}


def household(*members: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"区县": "萨尔图区", **facts, "成员": list(members)}


def decide(given: dict[str, Any], day: datetime.date = DAY, folder: str = "sample") -> Any:
    return load(SAMPLE / folder).on(day).decide(given)


@pytest.mark.parametrize("folder", ["national", "sample", "county"])
def test_the_sample_has_no_fault_but_the_cliff_of_its_own_law(folder: str) -> None:
    found = [one for one in check_folder(SAMPLE / folder) if one.severity == "error"]
    # Who reaches the line by a fen loses the floor of 10%: the property that earning more never costs
    # is not true of this law, and the check of properties finds the household.
    cliff = folder != "national"
    assert [one.code for one in found] == ["D4001"] * cliff
    assert all("挣得多不吃亏" in message(one) for one in found)


def test_a_working_parent_with_a_child() -> None:
    # 1000 − min(1000 × 30%, 800 × 50%) = 700; 800 × 2 − 700 = 900; a minor gets 800 × 20% = 160.
    decision = decide(
        household({**ADULT, "工资收入": 1000}, {**CHILD, "年自付合规医疗费用": 10000})
    )
    assert decision["可计收入"] == (700, 0)
    assert decision["低保"] is True
    assert decision["低保金"] == 900
    assert decision["分类救助金"] == (0, 160)
    assert decision["医疗救助金"] == (0, 7000)


@pytest.mark.parametrize(
    ("wage", "income", "eligible", "benefit", "edge"),
    [
        # The deduction is min(wage × 30%, 800 × 50%) = 400 here; the line for two is 2 × 800 = 1600.
        ("1999.99", "1599.99", True, 80, False),
        ("2000.00", "1600.00", False, 0, True),
        ("2000.01", "1600.01", False, 0, True),
        # 1600 − 1519.99 = 80.01, and to the whole yuan above; a fen more, and the floor of 80 holds.
        ("1919.99", "1519.99", True, 81, False),
        ("1920.00", "1520.00", True, 80, False),
        # The edge ends at 150% of the line, 2400 for two.
        ("2799.99", "2399.99", False, 0, True),
        ("2800.00", "2400.00", False, 0, False),
    ],
)
def test_a_fen_at_each_line(
    wage: str, income: str, eligible: bool, benefit: int, edge: bool
) -> None:
    decision = decide(household({**ADULT, "工资收入": wage}, CHILD))
    assert decision["家庭收入"] == Decimal(income)
    assert decision["低保"] is eligible
    assert decision["低保金"] == benefit
    assert decision["低保边缘"] is edge


def test_who_could_work_is_taken_to_earn_the_wage_of_the_trade() -> None:
    idle = {**ADULT, "在业": False}
    decision = decide(household({**idle, "行业": "服务业"}))
    assert decision["家庭收入"] == 1100
    account = load(SAMPLE / "sample").on(DAY).explain(household({**idle, "行业": "服务业"}))
    assert "家庭人均月收入 1,100元/人月 不低于当地低保标准 800元/人月" in account_text(account)
    # From the day of the sixtieth birthday on nothing is imputed.
    sixty = {**idle, "出生日期": "1964-03-01"}
    assert decide(household(sixty), datetime.date(2024, 2, 29))["家庭收入"] == 1100
    assert decide(household(sixty), datetime.date(2024, 3, 1))["家庭收入"] == 0


def test_an_elder_gets_the_highest_category_alone() -> None:
    # Eighty on the day itself: 800 × 30%, for age or disability, once.
    decision = decide(household({**ELDER, "残疾等级": "一级"}))
    assert decision["分类救助金"] == (240,)
    before = decide(household(ELDER), datetime.date(2024, 2, 29))
    assert before["分类救助金"] == (0,)


@pytest.mark.parametrize(("month", "amount"), [(0, 0), (1, 500), (2, 250), (3, 150), (4, 0)])
def test_the_taper_fades_month_by_month(month: int, amount: int) -> None:
    given = household(ADULT, 因就业超过标准=True, 就业月数=month, 停保前低保金=500)
    assert decide(given)["就业渐退金"] == amount


@pytest.mark.parametrize(
    ("costs", "wage", "amount"),
    [
        ("71428.57", "0", "50000"),  # 70% would be 49,999.999, to the fen 50,000.00
        ("71428.56", "0", "49999.99"),
        ("80000", "0", "50000"),
        ("3000", "2000", "0"),
        ("3000.02", "2000", "0.01"),
        ("53000", "2000", "30000"),
        ("60000", "2000", "30000"),
        ("60000", "2800", "0"),
    ],
)
def test_medical_assistance_by_group(costs: str, wage: str, amount: str) -> None:
    given = household({**ADULT, "工资收入": wage}, {**CHILD, "年自付合规医疗费用": costs})
    assert decide(given)["医疗救助金"] == (0, Decimal(amount))


def test_a_car_is_no_hindrance_where_somebody_is_severely_disabled() -> None:
    assert decide(household(ELDER, 机动车辆数=1))["低保"] is False
    assert decide(household({**ELDER, "残疾等级": "二级"}, 机动车辆数=1))["低保"] is True
    assert decide(household({**ELDER, "残疾等级": "三级"}, 机动车辆数=1))["低保"] is False


def test_the_county_rewrites_the_floor_from_its_day_on() -> None:
    # 760.5 × 1 − 750 = 10.50; the floor is 76.05 → 77 before, 152.10 → 153 from the day on.
    given = household({**ELDER, "转移净收入": 750}, 区县="大同区")
    before, after = datetime.date(2024, 6, 30), datetime.date(2024, 7, 1)
    assert decide(given, before, "county")["低保金"] == 77
    assert decide(given, after, "county")["低保金"] == 153
    assert decide(given, after, "sample")["低保金"] == 77


def test_a_pension_that_was_not_declared_is_found() -> None:
    assert decide(household({**ELDER, "领取养老金": True}))["养老金未申报"] is True
    assert decide(household({**ELDER, "领取养老金": True, "养老金": 900}))["养老金未申报"] is False
