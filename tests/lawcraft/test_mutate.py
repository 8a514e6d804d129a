"""Slips in a policy: which there are, and which of them the cases notice."""

from __future__ import annotations

import datetime
from collections import Counter
from fractions import Fraction
from typing import Any

from dibao_policy.compile import Passed
from dibao_policy.lawcraft.mutants import RuleMutant, mutants
from dibao_policy.lawcraft.mutate import BY_CHECK, Noticed, try_mutants
from dibao_policy.text import position

from .exercises import RULES, VALUES, case, passed

POLICY = passed()


def household(
    income: object = 0, district: str = "东区", born: str = "1990-01-01"
) -> dict[str, Any]:
    return {"区县": district, "收入额": income, "成员": [{"出生日期": born}]}


def tried(*exercises: Any, policy: Passed = POLICY) -> dict[tuple[str, str, str, str], str]:
    return {_key(one): one.by for one in try_mutants(policy, "example", exercises)}


def _key(one: Noticed) -> tuple[str, str, str, str]:
    mutant = one.mutant
    line, _ = position(mutant.span)
    return (mutant.kind, f"{mutant.name} {line}", mutant.before, mutant.after)


def test_the_slips_of_a_policy_are_one_number_comparison_rounding_or_date_each() -> None:
    found = list(mutants(POLICY, "example"))

    assert Counter(one.kind for one in found) == {
        "comparison": 3,
        "connective": 1,
        "number": 10,
        "rounding": 2,
        "value": 10,
        "date": 4,
    }
    assert [(one.before, one.after) for one in found if one.kind == "comparison"] == [
        ("<", "≤"),
        ("≥", ">"),
        ("≥", ">"),
    ]
    numbers = [(one.before, one.after) for one in found if one.kind == "number"]
    assert ("10%", "11%") in numbers and ("20元/月", "19.99元/月") in numbers
    assert (
        ("80岁", "81岁") in numbers
        and ("1人", "2人") in numbers
        and ("100元/月", "100.01元/月") in numbers
    )
    assert list(mutants(POLICY, "elsewhere")) == []


def test_without_cases_nothing_is_noticed_but_what_the_check_would_notice() -> None:
    assert set(tried().values()) == {""}


def test_a_comparison_is_noticed_on_the_line_alone() -> None:
    slip = ("comparison", "低保·收入 12", "<", "≤")

    on_the_line = case(POLICY, "2021-08-01", household(500), {("低保", None): False})
    a_fen_below = case(POLICY, "2021-08-01", household("499.99"), {("低保", None): True})

    assert tried(a_fen_below)[slip] == ""
    assert tried(a_fen_below, on_the_line)[slip] == on_the_line.name


def test_a_value_that_moves_by_one_fen_is_noticed_where_the_rounding_turns() -> None:
    up = ("value", "标准[东区] 2021-01-01 4", "500元/人月", "500.01元/人月")
    down = ("value", "标准[东区] 2021-01-01 4", "500元/人月", "499.99元/人月")

    # 500 − 100 is 400: one fen more is rounded up to 401, one fen less is 400 all the same.
    whole = case(POLICY, "2021-08-01", household(100), {("低保金", None): Fraction(40_000)})
    assert (tried(whole)[up], tried(whole)[down]) == (whole.name, "")
    # 500 − 99.99 is 400.01, and rounded up 401: one fen less is 400.
    above = case(POLICY, "2021-08-01", household("99.99"), {("低保金", None): Fraction(40_100)})
    assert (tried(above)[up], tried(above)[down]) == ("", above.name)
    # The same of another district, or of another day, tells nothing.
    other = case(POLICY, "2021-08-01", household(100, "西区"), {("低保金", None): Fraction(20_000)})
    before = case(POLICY, "2020-12-31", household(100), {("低保金", None): Fraction(30_000)})
    assert (tried(other, before)[up], tried(other, before)[down]) == ("", "")


def test_a_tolerance_hides_what_lies_within_it() -> None:
    up = ("value", "标准[东区] 2021-01-01 4", "500元/人月", "500.01元/人月")
    wanted = {("低保金", None): Fraction(40_000)}

    for fen, by in ((99, True), (100, False)):
        one = case(POLICY, "2021-08-01", household(100), wanted, tolerance=Fraction(fen))
        assert bool(tried(one)[up]) is by


def test_what_is_expected_of_others_only_does_not_count() -> None:
    one = case(POLICY, "2021-08-01", household(500), {("人口", None): Fraction(1)})

    assert set(tried(one).values()) == {""}


def test_a_date_is_noticed_on_the_day_itself_or_the_day_before() -> None:
    later = ("date", "低保金 21", "2021-07-01", "2021-07-02")
    sooner = ("date", "低保金 21", "2021-07-01", "2021-06-30")
    # Twenty yuan at least, until the end of June.
    last = case(POLICY, "2021-06-30", household("499.5"), {("低保金", None): Fraction(2_000)})
    first = case(POLICY, "2021-07-01", household("499.5"), {("低保金", None): Fraction(100)})
    next_day = case(POLICY, "2021-07-02", household("499.5"), {("低保金", None): Fraction(100)})

    assert (tried(next_day)[later], tried(next_day)[sooner]) == ("", "")
    assert tried(first)[later] == first.name and tried(first)[sooner] == ""
    assert tried(last)[sooner] == last.name and tried(last)[later] == ""


def test_a_date_of_a_value_is_noticed_on_the_day_itself_or_the_day_before() -> None:
    last = case(POLICY, "2020-12-31", household(100), {("低保金", None): Fraction(30_000)})
    first = case(POLICY, "2021-01-01", household(100), {("低保金", None): Fraction(40_000)})

    noticed = {key[3]: by for key, by in tried(last, first).items() if key[1].startswith("标准 ")}
    assert noticed == {"2021-01-02": first.name, "2020-12-31": last.name}


def test_what_the_check_of_the_policy_refuses_needs_no_case() -> None:
    rules = RULES.replace("定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第一条",
        "定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第一条\n  自 2020-01-01 至 2021-03-31\n"
        "定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第一条\n  自 2021-04-01 至 2022-12-31")  # fmt: skip
    rules = rules.replace(
        "《示例县低保办法》\n", "《示例县低保办法》\n  自 2020-01-01 至 2022-12-31\n"
    )
    found = tried(policy=passed(rules, VALUES))

    # The policy ends on the same day as its last rule: a day sooner there is a gap.
    ends = {key[3]: by for key, by in found.items() if key[0] == "date" and key[2] == "2023-01-01"}
    assert ends["2022-12-31"] == BY_CHECK


def test_a_case_that_gives_a_value_notices_what_comes_after_it_and_nothing_before() -> None:
    given = {**household(), "低保": True, "成员": [{"出生日期": "1941-08-01"}]}
    one = case(POLICY, "2021-08-01", given, {("增发", 0): Fraction(10_000)}, "低保")
    found = tried(one)

    assert found["connective", "增发·八十 30", "且", "或"] == ""
    assert found["comparison", "增发·八十 30", "≥", ">"] == one.name
    assert found["number", "增发·八十 30", "100元/月", "99.99元/月"] == one.name
    assert found["comparison", "低保·收入 12", "<", "≤"] == ""


def test_the_reads_of_every_day_are_told_apart() -> None:
    days = [datetime.date(2020, 5, 1), datetime.date(2021, 8, 1)]
    wanted = [Fraction(30_000), Fraction(40_000)]
    cases = [
        case(POLICY, str(day), household(100), {("低保金", None): value})
        for day, value in zip(days, wanted, strict=True)
    ]
    found = tried(*cases)

    assert found["value", "标准[东区] 2020-01-01 3", "400元/人月", "400.01元/人月"] == cases[0].name
    assert found["value", "标准[东区] 2021-01-01 4", "500元/人月", "500.01元/人月"] == cases[1].name


def test_a_day_from_which_only_the_words_are_others_is_no_slip() -> None:
    same = RULES.replace(
        "定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第一条\n",
        "定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第一条\n  至 2021-12-31\n"
        "定义 家庭.人口(size): 人 = 人数(成员)\n  依据 办法 第九条\n  自 2022-01-01 起\n",
    )
    # Of the two districts only the east has another standard in 2021; here neither has one in 2022.
    again = VALUES.replace(
        "老人年龄:",
        "    - {自: 2022-01-01, 值: {东区: 500, 西区: 300}, 来源: {状态: 未核实}}\n老人年龄:",
    )
    policy = passed(same, again)
    dates = [one.before for one in mutants(policy, "example") if one.kind == "date"]

    assert dates == ["2021-07-01", "2021-07-01", "2021-01-01", "2021-01-01"]


# ---- one place of the text -------------------------------------------------------------------


GROUPS = """专项 家庭.补贴(allowance): 元
  对象 低保: 低保 → 定额 100元
  对象 困难: 收入额 > 600元/月 且 非 低保 → 定额 50元
  依据 办法 第五条
"""


def test_a_place_that_several_rules_are_made_of_slips_in_all_of_them_and_counts_once() -> None:
    policy = passed(RULES + GROUPS)
    found = [one for one in mutants(policy, "example") if one.kind == "connective"]
    (slip,) = (one for one in found if "补贴" in one.name)
    assert isinstance(slip, RuleMutant)
    assert set(slip.expressions) == {"补贴·困难·适用", "补贴·困难"}

    # In one of the two alone, the other would keep the amount at 0.
    between = case(policy, "2021-08-01", household(550), {("补贴", None): Fraction(0)})
    noticed = {key: by for key, by in tried(between, policy=policy).items() if key[2] == "且"}
    assert noticed["connective", "补贴·困难·适用 34", "且", "或"] == between.name


def test_a_list_and_several_requirements_have_no_sign_that_can_be_another() -> None:
    rules = RULES.replace(
        "要求 收入: 收入额 < 标准[区县] × 人口\n",
        '要求 收入: 收入额 < 标准[区县] × 人口\n    否则 "太多 且 太高"\n'
        "  要求 区县: 区县 属于 {东区, 西区}\n"
        "  要求 老人: (人口 > 9人)  # 且\n    或 (人口 < 8人)\n",
    )
    policy = passed(rules)
    found = [one for one in mutants(policy, "example") if one.kind == "connective"]

    assert [(one.name, one.before) for one in found] == [("低保·老人", "或"), ("增发·八十", "且")]


# ---- a result or a fact that comes with a date -----------------------------------------------


def in_2022(reads: str) -> Passed:
    """A rule that begins in 2022 and reads a fact that nothing else does."""
    facts = f"输入 家庭.补助额(aid): 元/月{reads}\n参数 标准"
    rule = "定义 家庭.另算(apart): 元/月 = 补助额\n  依据 办法 第六条\n  自 2022-01-01 起\n"
    return passed(RULES.replace("参数 标准", facts, 1) + rule)


SOONER = ("date", "另算 33", "2022-01-01", "2021-12-31")


def test_that_a_result_comes_sooner_is_noticed_by_who_expects_it_not_to_be_there() -> None:
    policy = in_2022("  默认 0元/月")
    day = "2021-12-31"
    any_case = case(policy, day, household(500), {("低保", None): False})
    without = case(policy, day, household(500), {}, absent=frozenset({"另算"}))

    assert tried(any_case, policy=policy)[SOONER] == ""
    assert tried(any_case, without, policy=policy)[SOONER] == without.name
    # Of a day on which it does not come anyway, it tells nothing.
    earlier = case(policy, "2021-12-30", household(500), {}, absent=frozenset({"另算"}))
    assert tried(earlier, policy=policy)[SOONER] == ""


def test_a_missing_fact_is_noticed_unless_it_has_a_default() -> None:
    for reads, notices in (("", True), ("  默认 0元/月", False)):
        policy = in_2022(reads)
        one = case(policy, "2021-12-31", household(500), {("低保", None): False})
        assert bool(tried(one, policy=policy)[SOONER]) is notices


def test_a_household_that_gives_the_fact_already_notices_nothing() -> None:
    policy = in_2022("")
    given = household(500) | {"补助额": 30}
    one = case(policy, "2021-12-31", given, {("低保", None): False})
    assert tried(one, policy=policy)[SOONER] == ""


def test_a_case_that_gives_a_value_notices_a_date_too() -> None:
    given = {**household("499.5"), "低保": True}
    last = case(POLICY, "2021-06-30", given, {("低保金", None): Fraction(2_000)}, "低保")
    # That a result begins a day later is noticed where a case gives that very result.
    policy = in_2022("  默认 0元/月")
    apart = case(policy, "2022-01-01", household() | {"另算": 5}, {("低保", None): True}, "另算")

    assert tried(last)["date", "低保金 21", "2021-07-01", "2021-06-30"] == last.name
    assert tried(apart, policy=policy)["date", "另算 33", "2022-01-01", "2022-01-02"] == apart.name
