"""Beijing, Shanghai and Tianjin: the published sums of a year, days that no source reaches, a name that changed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, PolicyError, account_text, load

ROOT = Path(__file__).parents[2]


def household(**member: Any) -> dict[str, Any]:
    person = {"出生日期": "1970-01-01", "在业": "否", "工资收入": 0, **member}
    return {"金融资产": 0, "机动车辆数": 0, "住房套数": 1, "成员": [person]}


@pytest.fixture(scope="module")
def beijing() -> Policy:
    return load(ROOT / "policies" / "beijing")


@pytest.fixture(scope="module")
def shanghai() -> Policy:
    return load(ROOT / "policies" / "shanghai")


@pytest.mark.parametrize(
    ("code", "published"), [("beijing", 9600), ("shanghai", 10290), ("tianjin", 9135)]
)
def test_twelve_months_of_2016_give_the_published_standard_of_the_year(
    code: str, published: int
) -> None:
    """https://html.hanspub.org/file/_13-2580468_21_hanspub.htm: 9.6000, 10.2900 and 9.1350 thousand yuan."""
    policy = load(ROOT / "policies" / code)
    months = [policy.on(datetime.date(2016, month, 1)) for month in range(1, 13)]

    assert sum(month.decide(household())["低保金"] for month in months) == published


def test_a_day_before_the_first_standard_of_beijing_is_refused(beijing: Policy) -> None:
    with pytest.raises(PolicyError) as refused:
        beijing.on(datetime.date(2002, 6, 30))
    assert [problem.code for problem in refused.value.problems] == ["D2020"]


@pytest.mark.parametrize("day", ["1994-01-01", "1999-10-01", "2005-07-31"])
def test_no_rule_of_shanghai_uses_the_first_standard_while_its_successors_are_unknown(
    shanghai: Policy, day: str
) -> None:
    names = shanghai.on(datetime.date.fromisoformat(day)).decide(household()).names()

    assert not {"保障线", "低保", "低保金"} & set(names)


@pytest.mark.parametrize(
    ("code", "confirmed", "unconfirmed"),
    [
        ("beijing", "2004-12-31", "2005-01-01"),
        ("beijing", "2023-12-31", "2024-01-01"),
        ("shanghai", "2009-12-31", "2010-01-01"),
        ("shanghai", "2024-12-31", "2025-01-01"),
        ("tianjin", "2009-12-31", "2010-01-01"),
        ("tianjin", "2019-12-31", "2020-01-01"),
        ("tianjin", "2025-12-31", "2026-01-01"),
    ],
)
def test_after_the_last_confirmed_day_the_explanation_says_so(
    code: str, confirmed: str, unconfirmed: str
) -> None:
    policy = load(ROOT / "policies" / code)
    remark = f"低保标准：确认至 {confirmed}"
    before, after = (
        account_text(policy.on(datetime.date.fromisoformat(day)).explain(household()))
        for day in (confirmed, unconfirmed)
    )

    assert remark not in before
    assert remark in after


@pytest.mark.parametrize("day", ["2024-12-30", "2024-12-31"])
def test_the_old_name_of_the_edge_families_still_answers_with_a_warning(
    shanghai: Policy, day: str
) -> None:
    decision = shanghai.on(datetime.date.fromisoformat(day)).decide(household(转移净收入=2000))

    assert decision["低收入困难家庭"] is True
    assert [problem.code for problem in decision.warnings] == ["D5011"]


def test_no_single_rounding_of_1_3_times_the_standard_gives_the_published_lines(
    shanghai: Policy,
) -> None:
    """So the raised standard is stored, not computed: up to 10 yuan fails in 2020 and 2024, up to 5 in 2016."""
    days = ["2015-04-01", "2016-04-01", "2020-07-01", "2021-07-01", "2024-07-01"]
    pairs = []
    for day in days:
        tables = shanghai.on(datetime.date.fromisoformat(day)).compiled.program.tables
        lines = {table.name: int(table.values[0]) for table in tables}
        pairs.append((lines["低保标准"] // 100, lines["重点对象标准"] // 100))

    def up(value: int, step: int) -> int:
        return -(-value * 13 // (10 * step)) * step

    assert [up(standard, 10) == line for standard, line in pairs] == [
        True,
        True,
        False,
        True,
        False,
    ]
    assert [up(standard, 5) == line for standard, line in pairs] == [True, False, True, True, True]
