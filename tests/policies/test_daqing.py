"""Daqing, 2010 and 2011: the example households by hand, the eligibility line to the fen, the explanations."""

from __future__ import annotations

import datetime
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, PolicyError, account_json, account_text, check_folder, load
from dibao_policy.facts.text import read_text
from dibao_policy.text import Source

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
HOUSEHOLDS = sorted((ROOT / "examples" / "households").iterdir())
DAYS = [datetime.date(2010, 8, 1), datetime.date(2011, 8, 1)]

# Benefit line 260 and 338, eligibility line 315 and 410 yuan; increments 10 % (aged 70, minors) and 20 %
# (severely disabled) of the benefit line: 26 and 52 in 2010, 33.80 and 67.60 in 2011.
BY_HAND: dict[str, tuple[tuple[bool, str, str], tuple[bool, str, str]]] = {
    # 260 and 338 in full; 82 years old: +26, +33.80.
    "01_three_nos_elder": ((True, "260", "286"), (True, "338", "371.80")),
    # 630 ÷ 2 = 315, not below 315. 2011: 338 × 2 − 630 = 46.
    "02_on_the_line": ((False, "0", "0"), (True, "46", "46")),
    # 945.01 ÷ 3 is over 315. 2011: 338 × 3 − 945.01 = 68.99, half up 69; the father turned 70: +33.80.
    "03_one_fen_over": ((False, "0", "0"), (True, "69", "102.80")),
    # 1200 − 360 = 840, a head 280. 260 × 3 − 840 < 0: nothing, but the minor's 26. 2011: 1014 − 840 = 174.
    "04_working_family": ((True, "0", "26"), (True, "174", "207.80")),
    # 260 × 2 − 500 = 20 and 52. 2011: 338 × 2 − 500 = 176 and 67.60.
    "05_severe_disability": ((True, "20", "72"), (True, "176", "243.60")),
    # 700 − 210 = 490; 780 − 490 = 290, two minors 52. 2011: 1014 − 490 = 524, the daughter is 18: one minor.
    "06_two_minors": ((True, "290", "342"), (True, "524", "557.80")),
    # 18000 ÷ 2 = 9000 a head, over 24 × 315 = 7560 and under 24 × 410 = 9840. 2011: 676 − 300 = 376.
    "07_savings": ((False, "0", "0"), (True, "376", "376")),
    "08_car": ((False, "0", "0"), (False, "0", "0")),
    "09_two_homes": ((False, "0", "0"), (False, "0", "0")),
    # The pension of 600 is left out: 520 − 400 = 120, aged 72: +26. 2011: 676 − 400 = 276, +33.80.
    "10_preferential_pension": ((True, "120", "146"), (True, "276", "309.80")),
    # 360 is over 315; in 2011 it is under 410 but over 338: no shortfall, and 67.60 for a severe disability.
    "11_between_the_lines": ((False, "0", "0"), (True, "0", "67.60")),
    "12_several_reasons": ((False, "0", "0"), (False, "0", "0")),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(ROOT / "policies" / "daqing")


def household(path: Path) -> Any:
    value, problems = read_text(Source(path.name, path.read_text("utf-8")))
    assert problems == ()
    return value


@pytest.mark.parametrize("folder", sorted(p.name for p in (ROOT / "policies").iterdir()))
def test_every_policy_is_without_problems(folder: str) -> None:
    assert check_folder(ROOT / "policies" / folder) == ()


def test_every_example_is_computed_by_hand() -> None:
    assert [path.stem for path in HOUSEHOLDS] == list(BY_HAND)


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: path.stem)
def test_amounts_are_those_computed_by_hand(policy: Policy, path: Path) -> None:
    for day, (eligible, benefit, total) in zip(DAYS, BY_HAND[path.stem], strict=True):
        decision = policy.on(day).decide(household(path))

        assert (decision["低保"], decision["低保金"], decision["每月合计"]) == (
            eligible,
            Decimal(benefit),
            Decimal(total),
        )


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_explanations_are_the_accepted_ones(
    policy: Policy, path: Path, day: datetime.date, update: bool
) -> None:
    account = policy.on(day).explain(household(path))
    forms = {
        ".txt": account_text(account),
        ".json": json.dumps(account_json(account), ensure_ascii=False, indent=1) + "\n",
    }
    for suffix, text in forms.items():
        golden = GOLDEN / f"{path.stem}_{day.year}{suffix}"
        if update:
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(text, "utf-8")
        assert text == golden.read_text("utf-8")


def test_no_golden_is_left_over() -> None:
    read = {
        f"{p.stem}_{day.year}{s}" for p in HOUSEHOLDS for day in DAYS for s in (".txt", ".json")
    }

    assert {path.name for path in GOLDEN.iterdir()} == read


@pytest.mark.parametrize("size", range(1, 7))
@pytest.mark.parametrize(("day", "line"), [(DAYS[0], 315), (DAYS[1], 410)], ids=["2010", "2011"])
def test_the_line_is_drawn_to_the_fen(
    policy: Policy, day: datetime.date, line: int, size: int
) -> None:
    """Income a head has to be below the line: one fen below it is, on it is not."""
    on_the_line = Decimal(line * size)
    members = [{"出生日期": "1970-01-01", "在业": False, "工资收入": 0} for _ in range(size)]
    outcomes = []
    for fen in (-1, 0, 1):
        members[0]["工资收入"] = on_the_line + Decimal(fen) / 100
        given = {"区县": "萨尔图区", "金融资产": 0, "机动车辆数": 0, "住房套数": 1, "成员": members}
        outcomes.append(policy.on(day).decide(given)["低保"])

    assert outcomes == [True, False, False]


def test_what_is_not_verified_shows_in_every_explanation_that_uses_it(policy: Policy) -> None:
    """A value that no result of a household rests on is no doubt about its decision."""
    for day in DAYS:
        snapshot = policy.on(day)
        doubtful = {
            table.name
            for table in snapshot.compiled.program.tables
            if table.entry.provenance.status == "未核实"
        }
        told: set[str] = set()
        for path in HOUSEHOLDS:
            account = snapshot.explain(household(path))
            text = account_text(account)
            shown = {name for name in doubtful if f"      参数 {name}：" in text}
            assert shown == doubtful & account.used
            told |= shown
        # Nobody among the examples has lost the benefit by taking up work.
        assert doubtful - told == {"渐退首月比例", "渐退次月比例"}


def test_a_value_is_found_by_either_name_and_a_slip_is_told(policy: Policy) -> None:
    decision = policy.on(DAYS[1]).decide(household(HOUSEHOLDS[0]))

    assert decision["benefit"] == decision["低保金"] == Decimal(338)
    with pytest.raises(KeyError, match="家庭收人 on 2011-08-01; perhaps 家庭收入"):
        decision["家庭收人"]


def test_2013_is_answered_with_a_warning_and_2009_not_at_all(policy: Policy) -> None:
    text = account_text(policy.on(datetime.date(2013, 1, 1)).explain(household(HOUSEHOLDS[0])))
    assert "认定标准：确认至 2011-12-31" in text
    with pytest.raises(PolicyError, match="D2020"):
        policy.on(datetime.date(2009, 12, 31))


def test_both_lines_were_raised_by_thirty_percent_half_up() -> None:
    """The report states the raise too: 315 × 1.30 = 409.50, so 410; 260 × 1.30 = 338."""
    daqing = load(ROOT / "policies" / "daqing")
    before, after = (
        {table.name: table.values for table in daqing.on(day).compiled.program.tables}
        for day in (datetime.date(2010, 12, 31), datetime.date(2011, 1, 1))
    )
    for name in ("认定标准", "基本生活保障标准"):
        # One value for each of the five districts, in fen.
        assert len(before[name]) == len(after[name]) == 5
        for old, new in zip(before[name], after[name], strict=True):
            raised = Decimal(int(old)) / 100 * Decimal("1.30")

            assert raised.quantize(Decimal(1), ROUND_HALF_UP) == new / 100


def test_the_rural_line_of_a_year_was_raised_in_the_same_way() -> None:
    """1344 × 1.30 = 1747.20, so 1747 yuan a year; it is no part of the urban policy."""
    raised = Decimal(1344) * Decimal("1.30")

    assert raised == Decimal("1747.2")
    assert raised.quantize(Decimal(1), ROUND_HALF_UP) == 1747
