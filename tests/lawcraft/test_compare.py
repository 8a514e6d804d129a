"""Two decisions held against each other: small policies whose parts can be checked by hand, and the shipped ones."""

from __future__ import annotations

import datetime
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, PolicyError, PolicyText, Source, compile_policy, load
from dibao_policy.facts.text import read_text
from dibao_policy.lawcraft.cases.bind import household_of
from dibao_policy.lawcraft.cases.folder import read_cases
from dibao_policy.lawcraft.compare.changes import (
    DayChange,
    FactChange,
    MemberChange,
    OrderChange,
    RuleChange,
    ValueChange,
)
from dibao_policy.lawcraft.compare.decisions import Compared, Comparison, Unit, compare_decisions
from dibao_policy.lawcraft.compare.shares import on_paper
from dibao_policy.lawcraft.compare.words import comparison_text, paper_parts

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
DAY = datetime.date(2024, 1, 1)


def policy(rules: str, values: str = "") -> Policy:
    """A policy of one text."""
    sources = (Source("v", values),) if values else ()
    text = PolicyText("example", (Source("r", f"政策 示例县(example)\n{rules}"),), sources)
    return compile_policy(text, lambda code: None)


def value(name: str, *dated: tuple[str, object]) -> str:
    lines = [
        f"    - {{自: {day}, 值: {amount}, 理由: 试算, 来源: {{文件: {day}的通知, 状态: 原文}}}}"
        for day, amount in dated
    ]
    return "\n".join([f"{name}:", "  取值:", *lines, ""])


def household(*members: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {**facts, "成员": list(members)}


def short(unit: Unit) -> str:
    """A unit in a few words."""
    names: list[str] = []
    for one in unit.changes:
        match one:
            case DayChange():
                names.append("日期")
            case OrderChange():
                names.append("顺序")
            case MemberChange(person, joined):
                names.append(f"{'+' if joined else '-'}{person}")
            case FactChange(name, person):
                names.append(f"{person or '家庭'}.{name}")
            case ValueChange(name) | RuleChange(name):
                names.append(name)
    return " ".join(sorted(names))


def told(found: Comparison, name: str, person: str | None = None) -> Compared:
    return next(one for one in found.results if (one.name, one.person) == (name, person))


def parts(found: Comparison, name: str, person: str | None = None) -> dict[str, Fraction]:
    """The parts of a difference, in fen."""
    return {short(part.unit): part.amount for part in told(found, name, person).parts}


def flips(found: Comparison, name: str) -> list[str]:
    return [" | ".join(map(short, flip)) for flip in told(found, name).flips]


# ── one kind of change at a time ──────────────────────────────────────────

RULES = """
输入 家庭.房租(rent): 元/月  默认 0元/月
输入 成员.工资(wage): 元/月
输入 成员.出生日期(birth): 日期
参数 标准(standard): 元/人月
定义 家庭.人口(size): 人 = 人数(成员)
定义 家庭.收入(income): 元/月 = 合计(成员.工资)
资格 家庭.低保(eligible)
  要求 收入: 收入 < 标准 × 人口
  依据 未核实 "示例"
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人口 − 收入 + 房租 × 50%
  至少 0元/月
  依据 未核实 "示例"
分类施保 成员.儿童补助(child): 元/月
  就高
  类别 儿童: 周岁(出生日期) < 6岁 → 100元/月
  依据 未核实 "示例"
"""
STANDARD = value("标准", ("2020-01-01", 600), ("2024-07-01", 700))
MOTHER = {"称呼": "母亲", "工资": 500, "出生日期": "1980-01-01"}
SON = {"称呼": "儿子", "工资": 0, "出生日期": "2018-03-01"}


def example(day: datetime.date = DAY) -> Any:
    return policy(RULES, STANDARD).on(day)


def test_two_facts_that_do_not_meet_have_each_what_it_does_alone() -> None:
    # 600 × 2 − 500 = 700; a wage of 300 more and half of a rent of 200: 700 − 300 + 100.
    before, after = household(MOTHER, SON), household({**MOTHER, "工资": 800}, SON, 房租=200)
    found = compare_decisions(example(), before, example(), after)

    assert told(found, "低保金").difference == -20000
    assert parts(found, "低保金") == {"家庭.房租": 10000, "母亲.工资": -30000}
    assert told(found, "低保").is_same and not told(found, "低保").flips
    rent = next(unit.changes[0] for unit in found.units if short(unit) == "家庭.房租")
    assert isinstance(rent, FactChange)
    assert (rent.values, rent.defaulted) == ((0, 20000), (True, False))


def test_one_fen_flips_the_entitlement() -> None:
    def wage(amount: str) -> dict[str, Any]:
        return household({**MOTHER, "工资": amount}, SON)

    found = compare_decisions(example(), wage("1199.99"), example(), wage("1200"))
    assert flips(found, "低保") == ["母亲.工资"]
    assert parts(found, "低保金") == {"母亲.工资": -1}
    found = compare_decisions(example(), wage("1200"), example(), wage("1200.01"))
    assert found.units == () and told(found, "低保").is_same


def test_a_rise_and_a_wage_share_what_neither_does_alone() -> None:
    # A: 1300 against 1200, nothing. The rise alone: 1400 − 1300. A wage of 1150 alone: 1200 − 1150. Both: 250.
    later = datetime.date(2024, 7, 1)
    before, after = (
        household({**MOTHER, "工资": 1300}, SON),
        household({**MOTHER, "工资": 1150}, SON),
    )
    found = compare_decisions(example(), before, example(later), after)

    # The rise: (100 + (250 − 50)) ÷ 2; the wage: (50 + (250 − 100)) ÷ 2.
    assert parts(found, "低保金") == {"标准": 15000, "母亲.工资": 10000}
    assert flips(found, "低保") == ["母亲.工资", "标准"]
    # The son turns six in between.
    assert parts(found, "儿童补助", "儿子") == {"日期": -10000}


def test_members_who_come_and_go_are_parts_and_their_own_values_are_told_of_one_side() -> None:
    baby = {"称呼": "女儿", "工资": 0, "出生日期": "2023-01-01"}
    found = compare_decisions(example(), household(MOTHER, SON), example(), household(baby, MOTHER))

    assert (found.joined, found.gone) == (("女儿",), ("儿子",))
    # 700 either way: one of two members went, another came.
    assert told(found, "低保金").difference == 0
    assert parts(found, "低保金") == {"+女儿": 60000, "-儿子": -60000}
    came, gone = told(found, "儿童补助", "女儿"), told(found, "儿童补助", "儿子")
    assert (came.before, came.after, came.parts) == (None, 10000, ())
    assert (gone.before, gone.after) == (10000, None)
    assert "低保金：甲 700元/月，乙 700元/月，相同：各部分互相抵消" in comparison_text(found)


def test_a_whole_family_that_goes_is_one_change() -> None:
    other = {"称呼": "父亲", "工资": 100, "出生日期": "1980-01-01"}
    found = compare_decisions(example(), household(MOTHER), example(), household(other))

    # Nobody can decide on a household without members: they come and go together.
    assert parts(found, "低保金") == {"+父亲 -母亲": 40000}


def test_who_was_not_born_by_the_first_day_comes_with_the_day() -> None:
    baby = {"称呼": "女儿", "工资": 0, "出生日期": "2024-03-01"}
    found = compare_decisions(
        example(), household(MOTHER, SON), example(datetime.date(2024, 6, 1)), household(MOTHER, SON, baby)
    )  # fmt: skip

    # An age on a day before the birth has no meaning; what changes together does so for every result.
    assert parts(found, "低保金") == {"+女儿 日期": 60000}
    assert parts(found, "儿童补助", "儿子") == {"+女儿 日期": -10000}


def test_members_without_a_name_go_by_their_order() -> None:
    bare = [{key: one[key] for key in ("工资", "出生日期")} for one in (MOTHER, SON)]
    found = compare_decisions(
        example(), household(*bare), example(), household({**bare[0], "工资": 501}, bare[1])
    )

    assert found.by_place and parts(found, "低保金") == {"成员1.工资": -100}
    with pytest.raises(PolicyError, match="D8002"):
        compare_decisions(example(), household(*bare), example(), household(bare[0]))
    with pytest.raises(PolicyError, match="D8001"):
        compare_decisions(example(), household(MOTHER, MOTHER), example(), household(MOTHER))


def test_faults_of_both_households_are_told_at_once() -> None:
    with pytest.raises(PolicyError) as error:
        compare_decisions(example(), household({}), example(), household({**MOTHER, "工资": 0.5}))
    assert {one.code for one in error.value.problems} == {"D5001", "D5007"}


def test_a_result_that_neither_side_has_is_refused_and_any_value_can_be_asked_for() -> None:
    one, other = household(MOTHER, SON), household({**MOTHER, "工资": 400}, SON)
    with pytest.raises(PolicyError, match="D8003"):
        compare_decisions(example(), one, example(), other, ["收人"])
    found = compare_decisions(example(), one, example(), other, ["income"])
    assert [result.name for result in found.results] == ["收入"]
    assert parts(found, "收入") == {"母亲.工资": -10000}


# ── rules ─────────────────────────────────────────────────────────────────


def test_a_rule_of_one_side_alone_comes_with_the_rules_that_read_it() -> None:
    old = policy(RULES, STANDARD).on(DAY)
    new = policy(
        RULES.replace(
            "定义 家庭.收入(income): 元/月 = 合计(成员.工资)",
            "参数 扣减(deduction): 元/月\n"
            "定义 成员.计入(counted): 元/月 = 较大(工资 − 扣减, 0元/月)\n"
            "定义 家庭.收入(income): 元/月 = 合计(成员.计入)",
        ),
        STANDARD + value("扣减", ("2020-01-01", 200)),
    ).on(DAY)
    found = compare_decisions(
        old, household(MOTHER, SON), new, household({**MOTHER, "工资": 600}, SON)
    )

    # 700 becomes 600 by the wage, and 200 more by the deduction, whichever comes first.
    assert parts(found, "低保金") == {"母亲.工资": -10000, "扣减 收入 计入": 20000}
    (unit,) = (one for one in found.units if "收入" in short(one))
    brought = {one.name: one for one in unit.changes if isinstance(one, ValueChange)}
    assert brought["扣减"].before is None and brought["扣减"].after is not None


def test_a_rule_that_only_a_new_fact_feeds_has_the_default_for_who_is_gone() -> None:
    old = policy(RULES, STANDARD).on(DAY)
    new = policy(
        RULES.replace("合计(成员.工资)", "合计(成员.工资) + 合计(成员.赠与)").replace(
            "参数 标准", "输入 成员.赠与(gift): 元/月\n参数 标准"
        ),
        STANDARD,
    ).on(DAY)
    found = compare_decisions(old, household(MOTHER, SON), new, household({**MOTHER, "赠与": 50}))

    # Nobody knows what the son is given, and without a default nothing stands for it: his going and the rule are one.
    # 1200 − 500 before, 600 − 500 − 50 after.
    assert parts(found, "低保金") == {"-儿子 收入 母亲.赠与": -65000}


def test_two_formulas_that_read_each_other_the_other_way_round_change_together() -> None:
    def made(first: str, second: str) -> Any:
        return policy(
            "输入 成员.工资(wage): 元/月\n"
            f"定义 家庭.甲(one): 元/月 = {first}\n定义 家庭.乙(two): 元/月 = {second}\n"
            '救助 家庭.金额(amount): 元/月\n  金额 甲 + 乙\n  依据 未核实 "示例"\n'
        ).on(DAY)

    found = compare_decisions(
        made("合计(成员.工资)", "甲 × 2"), household({"工资": 10}),
        made("乙 × 3", "合计(成员.工资)"), household({"工资": 10}),
    )  # fmt: skip
    # 10 + 20 before, 30 + 10 after; with one new formula alone each would wait for the other.
    assert parts(found, "金额") == {"乙 甲": 1000}


def test_a_divisor_that_is_zero_in_between_joins_what_makes_it_so() -> None:
    def made(months: str, formula: str) -> Any:
        return policy(
            "输入 成员.工资(wage): 元\n参数 月数(months): 比例  范围 0 .. 100\n"
            f"定义 家庭.份额(share): 元 = {formula}\n"
            '救助 家庭.金额(amount): 元\n  金额 份额\n  依据 未核实 "示例"\n',
            value("月数", ("2020-01-01", months)),
        ).on(DAY)

    a, b = made("4", "合计(成员.工资) ÷ 月数"), made("0", "合计(成员.工资) × 月数")
    found = compare_decisions(a, household({"工资": 100}), b, household({"工资": 100}))
    # 25 before and nothing after; the old formula with the new number would divide by zero.
    assert parts(found, "金额") == {"份额 月数": -2500}
    # Where nothing is divided by zero, each is a part: 25, 50 by the number, 400 by the formula, 200 by both.
    b = made("2", "合计(成员.工资) × 月数")
    found = compare_decisions(a, household({"工资": 100}), b, household({"工资": 100}))
    assert parts(found, "金额") == {"份额": 26250, "月数": -8750}


def test_an_order_of_members_that_decides_between_equals_is_a_change() -> None:
    ranked = policy(
        "输入 成员.年龄(age): 岁\n"
        "定义 成员.名次(place): 名 = 第几(成员 按 年龄 从高到低)\n"
        "救助 成员.补助(aid): 元/月\n  金额 如果 名次 = 1名 那么 100元/月 否则 0元/月\n"
        '  依据 未核实 "示例"\n'
    ).on(DAY)
    first, second = {"称呼": "甲", "年龄": 70}, {"称呼": "乙", "年龄": 70}
    found = compare_decisions(ranked, household(first, second), ranked, household(second, first))

    assert parts(found, "补助", "甲") == {"顺序": -10000}
    assert parts(found, "补助", "乙") == {"顺序": 10000}


def test_an_enumeration_that_grew_is_read_by_the_names_of_its_values() -> None:
    def made(districts: str, amounts: str) -> Any:
        return policy(
            f"枚举 区县(district) {{ {districts} }}\n输入 家庭.区县(where): 区县\n"
            "输入 成员.工资(wage): 元/月\n参数 标准(standard): 元/人月  按 区县\n"
            "救助 家庭.低保金(benefit): 元/月\n"
            '  金额 标准 × 人数(成员) − 合计(成员.工资)\n  至少 0元/月\n  依据 未核实 "示例"\n',
            value("标准", ("2020-01-01", amounts)),
        ).on(DAY)

    old, new = (
        made("东区, 西区", "{东区: 500, 西区: 400}"),
        made("新区, 西区, 东区", "{东区: 520, 西区: 400, 新区: 450}"),
    )
    east, west = (household({"工资": 0}, 区县=one) for one in ("东区", "西区"))
    assert parts(compare_decisions(old, east, new, east), "低保金") == {"标准": 2000}
    assert compare_decisions(old, west, new, west).units == ()
    # West to east, 400 to 520: 100 by moving before the rise or 120 after it.
    assert parts(compare_decisions(old, west, new, east), "低保金") == {
        "家庭.区县": 11000,
        "标准": 1000,
    }
    # In the old table there is no new district: moving there and the new table cannot be told apart.
    moved = compare_decisions(old, east, new, household({"工资": 0}, 区县="新区"))
    assert parts(moved, "低保金") == {"家庭.区县 标准": -5000}


def test_what_is_no_number_is_told_by_what_flips_it() -> None:
    def made(ordered: str) -> Any:
        return policy(
            f"枚举 等级 有序 {{ {ordered} }}\n输入 成员.等级: 等级\n输入 成员.在业: 是否\n"
            '资格 家庭.低保\n  要求 等级: 存在(成员 当 等级 ≥ 中 且 非 在业)\n  依据 未核实 "示例"\n'
        ).on(DAY)

    a, b = household({"等级": "低", "在业": True}), household({"等级": "高", "在业": False})
    found = compare_decisions(made("低, 中, 高"), a, made("低, 中, 高"), b)
    assert flips(found, "低保") == ["成员1.等级 | 成员1.在业"]
    # The same words over grades that stand the other way round are another rule.
    found = compare_decisions(made("低, 中, 高"), b, made("高, 中, 低"), b)
    assert flips(found, "低保") == ["低保·等级"]


def test_a_value_that_is_given_on_one_side_comes_with_the_rules_that_read_it() -> None:
    assumed = policy(RULES, STANDARD).on(DAY).assuming("收入")
    bare = [{key: one[key] for key in ("称呼", "出生日期")} for one in (MOTHER, SON)]
    found = compare_decisions(
        example(), household(MOTHER, SON), assumed, household(*bare, 收入=450)
    )

    # 500 is computed, 450 is given: the amount and the requirement, which read it, change with it.
    assert told(found, "低保金").difference == 5000
    ((name, amount),) = parts(found, "低保金").items()
    assert amount == 5000 and {"低保金", "收入", "家庭.收入"} & {*name.split()} == {
        "低保金", "收入", "家庭.收入",
    }  # fmt: skip
    assert "家庭的 收入：没有 → 450元/月" in comparison_text(found)


def test_a_result_of_the_household_here_and_of_each_member_there_is_told_of_both() -> None:
    def made(scope: str, amount: str) -> Any:
        return policy(
            f"输入 成员.工资(wage): 元/月\n救助 {scope}.补助(aid): 元/月\n"
            f'  金额 {amount}\n  依据 未核实 "示例"\n'
        ).on(DAY)

    one = household({"称呼": "甲", "工资": 10})
    found = compare_decisions(made("家庭", "100元/月"), one, made("成员", "工资"), one)

    assert [(one.person, one.before, one.after) for one in found.results] == [
        (None, 10000, None),
        ("甲", None, 1000),
    ]
    assert found.units == ()
    assert "  补助：甲 100元/月，乙 没有这项规定\n      甲：示例县，" in comparison_text(found)
    with pytest.raises(PolicyError, match="D8004"):
        compare_decisions(made("家庭", "100元/月"), one, made("成员", "工资"), one, ["补助"])


def test_more_than_eight_changes_are_made_in_one_order_and_in_its_reverse() -> None:
    def family(wage: int, count: int = 9) -> dict[str, Any]:
        people = [
            {"称呼": f"第{i}人", "工资": wage + i, "出生日期": "1980-01-01"} for i in range(count)
        ]
        return household(*people)

    later = datetime.date(2024, 7, 1)
    a, b = family(600), family(590)
    found, back = (
        compare_decisions(example(), a, example(later), b),
        compare_decisions(example(later), b, example(), a),
    )
    # Nine wages of 600 to 608 against nine times 600, nothing; then nine of ten less against 700 each.
    one = told(found, "低保金")
    assert (one.before, one.after, one.method) == (0, 9 * 70000 - 9 * 59000 - 3600, "order")
    assert sum(part.amount for part in one.parts) == one.difference
    # The wages come first: eligible with the fourth, who brings 4 of the 40 below the line; last, each is 10 yuan.
    there = parts(found, "低保金")
    assert there["第0人.工资"] == 500 and there["第8人.工资"] == 1000
    assert {name: -amount for name, amount in parts(back, "低保金").items()} == there
    assert "低保金：可能有作用的改变多于 8 项" in comparison_text(found)
    assert told(found, "低保").all_flips is False
    assert len(told(found, "低保").flips) == 1


# ── on paper ──────────────────────────────────────────────────────────────


def test_parts_of_a_third_of_a_fen_are_written_so_that_they_add_up() -> None:
    thirds = policy(
        "输入 成员.甲(a): 元\n输入 成员.乙(b): 元\n输入 成员.丙(c): 元\n"
        "救助 家庭.金额(amount): 元\n"
        "  金额 如果 合计(成员.甲) > 0元 且 合计(成员.乙) > 0元 且 合计(成员.丙) > 0元 那么 1元 否则 0元\n"
        '  依据 未核实 "示例"\n'
    ).on(DAY)
    none, all_three = {"甲": 0, "乙": 0, "丙": 0}, {"甲": 1, "乙": 1, "丙": 1}
    found = compare_decisions(thirds, household(none), thirds, household(all_three))
    one = told(found, "金额")

    assert [part.amount for part in one.parts] == [Fraction(100, 3)] * 3
    assert paper_parts(one) == (34, 33, 33)
    assert "+0.34元（准确值 +1/3元（约 0.3333））" in comparison_text(found)
    back = compare_decisions(thirds, household(all_three), thirds, household(none))
    assert paper_parts(told(back, "金额")) == (-34, -33, -33)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (("1/2", "1/2"), (1, 0)),
        (("-1/2", "3/2"), (0, 1)),
        (("1/3", "2/3"), (0, 1)),
        (("5/2", "-1/4", "-1/4"), (2, 0, 0)),
        (("7", "-7"), (7, -7)),
        ((), ()),
    ],
)
def test_rounding_keeps_the_sum(given: tuple[str, ...], written: tuple[int, ...]) -> None:
    exact = [Fraction(one) for one in given]
    assert on_paper(exact, Fraction(1)) == written
    assert sum(written) == sum(exact)
    assert on_paper([-one for one in exact], Fraction(1)) == tuple(-one for one in written)


# ── the shipped policies ──────────────────────────────────────────────────


def family(name: str) -> Any:
    path = ROOT / "examples" / "households" / name
    return read_text(Source(path.name, path.read_text("utf-8")))[0]


def test_daqing_rose_both_lines_in_2011() -> None:
    """One fen over the line of 2010: eligible by the line of 410, and paid only because the other line rose too."""
    policy, given = load(POLICIES / "daqing"), family("03_one_fen_over.yaml")
    days = datetime.date(2010, 12, 1), datetime.date(2011, 8, 1)
    found = compare_decisions(policy.on(days[0]), given, policy.on(days[1]), given)

    assert flips(found, "低保") == ["认定标准"]
    # Three members with 945 a month: 260 × 3 < 945 < 338 × 3, so neither rise alone pays anything: 69 ÷ 2.
    assert told(found, "低保金").difference == 6900
    assert parts(found, "低保金") == {"认定标准": 3450, "基本生活保障标准": 3450}
    # The father turns 70 in between; a tenth of the line: 26 or 33.80, for who is eligible.
    assert parts(found, "分类救助金", "父亲") == {
        "日期": 1560, "认定标准": 1560, "基本生活保障标准": 260,
    }  # fmt: skip
    (line,) = (unit.changes[0] for unit in found.units if short(unit) == "认定标准")
    assert isinstance(line, ValueChange)
    assert line.before is not None and line.after is not None
    assert (str(line.before.entry.since), str(line.after.entry.since)) == (
        "2010-01-01",
        "2011-01-01",
    )
    assert line.cells == (("龙凤区",),)


def test_shanghai_from_2013_to_2016() -> None:
    """A wage of 1500 for two: the standard rose, earnings are left out, and a child has a higher standard."""
    policy = load(POLICIES / "shanghai")
    given = household(
        {"称呼": "户主", "出生日期": "1970-01-01", "在业": True, "工资达到最低工资": True, "工资收入": 1500},
        {"称呼": "儿子", "出生日期": "2003-01-01", "在业": False, "工资收入": 0},
        机动车辆数=0, 金融资产=0, 住房套数=1,
    )  # fmt: skip
    days = datetime.date(2013, 1, 1), datetime.date(2016, 5, 1)
    found = compare_decisions(policy.on(days[0]), given, policy.on(days[1]), given)

    # 505 became 880; 870 of the wage are left out; the child's standard is 1150.
    # In between, with the standard S, the earnings E or the child C alone or in pairs:
    # S 1760 − 1500, E 1010 − 630, C 0, SE 1130, SC 260 + 270, EC 380 + 645, all 1130 + 270.
    one = told(found, "低保金")
    assert (one.before, one.after) == (0, 140000)
    by_kind = {name.split()[0]: amount for name, amount in parts(found, "低保金").items()}
    s = Fraction(260, 3) + Fraction(1130 - 380 + 530 - 0, 6) + Fraction(1400 - 1025, 3)
    e = Fraction(380, 3) + Fraction(1130 - 260 + 1025 - 0, 6) + Fraction(1400 - 530, 3)
    c = Fraction(0, 3) + Fraction(530 - 260 + 1025 - 380, 6) + Fraction(1400 - 1130, 3)
    assert s + e + c == 1400
    assert sorted(by_kind.values()) == sorted((s * 100, e * 100, c * 100))
    standard, earnings = flips(found, "低保")
    assert standard == "低保标准" and "可计收入" in earnings.split()
    assert told(found, "低保边缘").before is None


def test_two_versions_of_a_folder(tmp_path: Path) -> None:
    """A draft of Daqing that deducts 40 % for work in the place of 30 %."""
    shutil.copytree(POLICIES, tmp_path / "policies")
    draft = tmp_path / "policies" / "daqing" / "parameters" / "unverified.yaml"
    draft.write_text(draft.read_text("utf-8").replace("值: 30%\n", "值: 40%\n"), "utf-8")
    day, given = datetime.date(2011, 8, 1), family("04_working_family.yaml")
    before, after = load(POLICIES / "daqing"), load(tmp_path / "policies" / "daqing")
    found = compare_decisions(before.on(day), given, after.on(day), given)

    # A tenth of the wage of 1200.
    assert parts(found, "低保金") == {"就业成本比例": 12000}
    assert parts(found, "每月合计") == {"就业成本比例": 12000}


def test_two_cities_have_what_they_share_compared_and_the_rest_told_apart() -> None:
    """Daqing and Beijing build on the same national rules, and on other standards and rules of their own."""
    day = datetime.date(2011, 8, 1)
    cities = [load(POLICIES / name).on(day) for name in ("daqing", "beijing")]
    given = {"金融资产": 0, "机动车辆数": 0, "住房套数": 1}
    person = {"称呼": "本人", "出生日期": "1970-01-01", "在业": False, "工资收入": 300}
    first = household(person, 区县="萨尔图区", **given)
    found = compare_decisions(cities[0], first, cities[1], household(person, **given))

    one = told(found, "低保金")
    assert one.difference == sum(part.amount for part in one.parts) != 0
    assert comparison_text(found)


@pytest.mark.parametrize("folder", sorted(one.name for one in POLICIES.iterdir() if one.is_dir()))
def test_the_shipped_policies_over_all_their_regimes(folder: str, deep: bool) -> None:
    """Each regime against the next one, and against the last, on households of the cases; both ways round."""
    policy = load(POLICIES / folder)
    cases = [one for one in read_cases(POLICIES / folder)[0] if not one.assuming]
    days = [one.since for one in policy.regimes]
    days = days if deep else days[:: max(1, len(days) // 8)]
    decided = 0
    for place, day in enumerate(days):
        case = cases[place * 7 % len(cases)]
        for later in {days[(place + 1) % len(days)], days[-1], case.day} if deep else {days[-1]}:
            try:
                sides = [
                    (at, household_of(case, at.compiled.program))
                    for at in (policy.on(day), policy.on(later))
                ]
                there = compare_decisions(*sides[0], *sides[1])
                back = compare_decisions(*sides[1], *sides[0])
            except PolicyError as error:
                assert {one.code[:2] for one in error.problems} <= {"D5", "D2"}, error
                continue
            decided += 1
            turned = {(one.name, one.person): one for one in back.results}
            for one in there.results:
                other = turned[one.name, one.person]
                assert sum(part.amount for part in one.parts) == (one.difference or 0)
                assert sorted(part.amount for part in one.parts) == sorted(
                    -part.amount for part in other.parts
                )
                assert sum(paper_parts(one)) == (one.difference or 0)
            assert comparison_text(there) and comparison_text(back, "en")
    assert decided
