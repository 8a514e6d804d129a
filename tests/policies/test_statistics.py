"""Published statistics: what a table or a report says of many households, computed again, exactly.

What a page rounds is rounded here as that page does it, figure by figure; nothing is compared within a tolerance.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from dibao_policy import Policy, Source, load
from dibao_policy.lawcraft.arrears import arrears
from dibao_policy.lawcraft.claim import read_claim
from dibao_policy.values import Rounding, round_to

ROOT = Path(__file__).parents[2]
PROVINCES = Path(__file__).parent / "urban_standards_2011_06.csv"
CENT = Fraction(1, 100)
UP, DOWN = Rounding.HALF_UP, Rounding.DOWN


def percent(part: int | str, whole: int | str, step: Fraction, mode: Rounding) -> Fraction:
    return round_to(Fraction(part) / Fraction(whole) * 100, step, mode)


# ── Beijing ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def beijing() -> Policy:
    return load(ROOT / "policies" / "beijing")


def values_of(policy: Policy, parameter: str) -> list[int]:
    """The values of a parameter in the order of their days, in yuan."""
    series = policy.passed.lowered.scheme.parameters[parameter].series
    assert series is not None
    return [int(cell.number) for entry in series.entries for cell in entry.cells]


@pytest.mark.parametrize(
    ("parameter", "before", "after", "published", "mode"),
    [
        # http://china-news8.blogspot.com/2010/12/480.html: 11.628 %, cut off and not rounded.
        ("低保标准", 430, 480, "11.62", DOWN),
        # http://covid-19.chinadaily.com.cn/dfpd/shizheng/2012-12/26/content_16058124.htm
        ("低保标准", 520, 580, "11.54", UP),
        # Xinhua, 2015
        ("低收入家庭认定标准", 850, 930, "9.41", UP),
    ],
)
def test_the_published_growth_of_the_standards_of_beijing(
    beijing: Policy, parameter: str, before: int, after: int, published: str, mode: Rounding
) -> None:
    values = values_of(beijing, parameter)

    assert (before, after) in zip(values, values[1:], strict=False)
    assert percent(after - before, before, CENT, mode) == Fraction(published)


def test_the_published_growth_of_the_rural_standard_of_beijing() -> None:
    """The same page of 2012; the rural standard is no part of the policy."""
    assert percent(460 - 380, 380, CENT, UP) == Fraction("21.05")


def test_the_average_of_the_rises_of_beijing_in_2004(beijing: Policy) -> None:
    """https://news.sohu.com/2004/07/03/17/news220831786.shtml: shared by the 2.2 persons of an average household."""
    persons = Fraction("2.2")
    rise_of_special_groups = Fraction(29)
    rise_of_disregard = Fraction((545 - 290) - (495 - 290))

    assert 290 in values_of(beijing, "低保标准")
    assert round_to(rise_of_special_groups / persons, Fraction(1), UP) == 13
    assert 290 + round_to(rise_of_special_groups / persons, Fraction(1), UP) == 303
    assert round_to(rise_of_disregard / persons, Fraction(1, 10), UP) == Fraction("22.7")


# ── back pay ──────────────────────────────────────────────────────────────

CLAIM = """月份: {自: 2019-07, 至: 2019-09}
结果: [低保金]
已发: [{自: 2019-07, 至: 2019-09, 金额: 579}]
家庭:
  区县: 肥西县
  申请人户籍在本市: 是
  金融资产: 0
  机动车辆数: 0
  住房套数: 1
  成员: [{称呼: 户主, 出生日期: 1980-01-01, 在业: 否, 工资收入: 0}]
"""


def test_what_feixi_paid_after_the_rise_of_2019() -> None:
    """http://www.ahwang.cn/hefei/20190709/1891674.shtml: 2,064 + 23,367 persons, 23 yuan, 3 months: 175.47 万元.

    The report does not name the three months; the first three under the new value are taken.
    """
    claim, found = read_claim(Source("claim", CLAIM))
    assert claim is not None and not found
    of_one = arrears(load(ROOT / "policies" / "hefei"), claim)

    assert of_one.underpaid == 3 * 23
    total = (2064 + 23367) * of_one.underpaid
    assert total == 1_754_739
    assert round_to(Fraction(total) / 10_000, CENT, UP) == Fraction("175.47")


# ── the country ───────────────────────────────────────────────────────────


def test_the_means_of_the_provinces_in_june_2011() -> None:
    """Each mean is the sum of the standards of the counties by their number, half up to the fen."""
    lines = PROVINCES.read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))

    assert len(rows) == 31
    for row in rows:
        mean = round_to(Fraction(row["各县之和"]) / int(row["县数"]), CENT, UP)
        assert mean == Fraction(row["平均标准"]), row["省"]


def test_the_national_figures_of_2020() -> None:
    """https://renrendoc.com/paper/240497269.html: 677.6 yuan, up 53.6 or 8.6 %; 805.1 wan persons, down 55.8 or 6.48 %."""
    standard, persons = Fraction("677.6") - Fraction("53.6"), Fraction("805.1") + Fraction("55.8")

    assert (standard, persons) == (624, Fraction("860.9"))
    assert round_to(Fraction("53.6") / standard * 100, Fraction(1, 10), UP) == Fraction("8.6")
    assert round_to(Fraction("55.8") / persons * 100, CENT, UP) == Fraction("6.48")


@pytest.mark.parametrize(
    ("central", "all_levels", "published"),
    [
        # http://farm.00-net.com/e/DoPrint/index.php?classid=274&id=53666
        ("365.6", "524.7", "69.7"),
        # nankezia.com, 2011
        ("502.0", "659.9", "76.1"),
        # 010baizhang.com, 2012
        ("439.1", "674.3", "65.1"),
    ],
)
def test_the_share_of_the_central_budget(central: str, all_levels: str, published: str) -> None:
    assert percent(central, all_levels, Fraction(1, 10), UP) == Fraction(published)
