"""Hangzhou: what is there from which day on, days that no source confirms, the time limits of the province."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, account_text, load
from dibao_policy.lawcraft.procedure import due_days

ROOT = Path(__file__).parents[2]


def household(**member: Any) -> dict[str, Any]:
    person = {"出生日期": "1970-01-01", "在业": "否", "工资收入": 0, **member}
    return {"金融资产": 0, "机动车辆数": 0, "住房套数": 1, "成员": [person]}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(scope="module")
def hangzhou() -> Policy:
    return load(ROOT / "policies" / "hangzhou")


@pytest.mark.parametrize(
    ("name", "without", "with_it"),
    [
        ("重残增发", "2009-12-31", "2010-01-01"),
        ("标准下限", "2013-06-30", "2013-07-01"),
        ("标准下限", "2017-11-01", "2017-10-31"),
        ("标准上限", "2014-10-31", "2014-11-01"),
        ("标准上限", "2017-11-01", "2017-10-31"),
        ("标准低于下限", "2014-10-31", "2014-11-01"),
        ("标准低于下限", "2017-11-01", "2017-10-31"),
        ("低保边缘", "2014-10-31", "2014-11-01"),
        ("重残补助金", "2014-10-31", "2014-11-01"),
        ("临时救助金", "2014-10-31", "2014-11-01"),
        ("农村标准下限", "2014-10-31", "2014-11-01"),
        ("半年内多次拒绝工作", "2014-10-31", "2014-11-01"),
        ("骗取记入信用记录", "2014-10-31", "2014-11-01"),
        ("固定物价补贴", "2016-12-31", "2017-01-01"),
        ("固定物价补贴", "2017-11-01", "2017-10-31"),
        ("每月合计", "2016-12-31", "2017-01-01"),
        ("每月合计", "2017-11-01", "2017-10-31"),
    ],
)
def test_a_result_is_there_from_its_first_to_its_last_day(
    hangzhou: Policy, name: str, without: str, with_it: str
) -> None:
    assert name not in hangzhou.on(day(without)).decide(household()).names()
    assert name in hangzhou.on(day(with_it)).decide(household()).names()


@pytest.mark.parametrize(
    ("confirmed", "unconfirmed"),
    [
        ("2009-12-31", "2010-01-01"),
        ("2013-12-31", "2014-01-01"),
        ("2017-12-31", "2018-01-01"),
        ("2025-12-31", "2026-01-01"),
    ],
)
def test_after_the_last_confirmed_day_the_explanation_says_so(
    hangzhou: Policy, confirmed: str, unconfirmed: str
) -> None:
    remark = f"低保标准：确认至 {confirmed}"
    before, after = (
        account_text(hangzhou.on(day(text)).explain(household()))
        for text in (confirmed, unconfirmed)
    )

    assert remark not in before
    assert remark in after


@pytest.mark.parametrize("income", [0, 400, "818.99"])
def test_folding_the_price_subsidy_into_the_standard_leaves_the_total_as_it_was(
    hangzhou: Policy, income: object
) -> None:
    """https://www.remaedu.com/uedbetgw/2015.html: 819 + 98 = 917."""
    facts = household(转移净收入=income)
    before = hangzhou.on(day("2017-10-31")).decide(facts)
    after = hangzhou.on(day("2017-11-01")).decide(facts)

    assert before["固定物价补贴"] == 98
    assert before["每月合计"] == after["低保金"]


def test_the_time_limits_of_the_province(hangzhou: Policy) -> None:
    """15 working days, 7 days of posting, 5 working days; the day on which a step begins does not count."""
    procedure = hangzhou.on(day("2022-10-10")).procedure("浙江低保审核")
    due = {
        one.step.name: one.posted or one.due
        for one in due_days(procedure, day("2022-10-10"), after="受理")
    }

    assert due == {
        "调查核实": day("2022-10-31"),
        "公示": day("2022-11-07"),
        "审批": day("2022-11-14"),
    }


def test_a_complaint_is_answered_in_fifteen_days(hangzhou: Policy) -> None:
    procedure = hangzhou.on(day("2022-10-10")).procedure("浙江投诉举报答复")

    assert [one.due for one in due_days(procedure, day("2022-10-10"))] == [day("2022-10-25")]


def test_before_the_statute_there_is_no_procedure_of_the_province(hangzhou: Policy) -> None:
    names = {one.name for one in hangzhou.on(day("2014-10-31")).procedures}
    later = {one.name for one in hangzhou.on(day("2014-11-01")).procedures}

    assert later - names == {"浙江低保审核", "浙江投诉举报答复"}
