"""What is known while facts are missing, expression by expression: the value or its bounds, and what it waits for."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from dibao_policy import PolicyText, Source, compile_policy
from dibao_policy.explain.screening import Outlook, Screening

INPUTS = """政策 示例县(example)
枚举 等级 有序 { 无, 轻, 重 }
枚举 区县 { 东区, 西区, 南区 }
输入 家庭.甲: 是否
输入 家庭.乙: 是否
输入 家庭.区县: 区县
输入 家庭.等级: 等级
输入 家庭.数: 元 范围 0元 .. 100元
输入 家庭.另一数: 元 范围 -50元 .. 50元
输入 家庭.件数: 次 范围 1次 .. 3次
输入 家庭.生日: 日期
输入 家庭.开始: 日期
输入 成员.收入: 元/月 范围 0元/月 .. 1000元/月
输入 成员.在学: 是否
参数 标准: 元/月 按 区县
参数 同一标准: 元/月 按 区县
"""
VALUES = """标准:
  取值:
    - {自: 2020-01-01, 值: {东区: 300, 西区: 500, 南区: 400}, 来源: {状态: 未核实}}
同一标准:
  取值:
    - {自: 2020-01-01, 值: {东区: 300, 西区: 300, 南区: 300}, 来源: {状态: 未核实}}
"""
DAY = datetime.date(2024, 3, 1)


def screening(rules: str, result: str = "果", /, **given: Any) -> Screening:
    texts = (Source("rules", INPUTS + rules + "\n"),)
    policy = compile_policy(
        PolicyText("example", texts, (Source("values", VALUES),)), lambda _: None
    )
    return policy.on(DAY).ask({"成员": [{}]} | given, [result])


def outlook(rules: str, /, **given: Any) -> Outlook:
    (found,) = screening(rules, **given).results
    return found


def paths(found: Outlook) -> set[str]:
    return {question.path for question in found.questions}


# ── decided although something is missing ─────────────────────────────────


@pytest.mark.parametrize(
    ("expression", "given", "value"),
    [
        ("甲 且 乙", {"甲": False}, False),
        ("乙 且 甲", {"甲": False}, False),
        ("甲 或 乙", {"甲": True}, True),
        ("非 (乙 且 甲)", {"甲": False}, True),
        ("甲 或 非 甲", {}, True),
        ("(甲 且 乙) 或 (甲 且 非 乙) 或 非 甲", {}, True),
        ("甲 = 甲", {}, True),
        ("数 ≥ 0元", {}, True),
        ("数 > 100元", {}, False),
        ("数 + 另一数 < 151元", {}, True),
        ("数 < 数 + 0.01元", {}, True),
        ("区县 属于 {东区, 西区, 南区}", {}, True),
        ("等级 ≥ 无", {}, True),
        ("(如果 甲 那么 数 否则 数) ≥ 0元", {}, True),
        ("(如果 甲 那么 1元 否则 2元) > 0元", {}, True),
        ("周岁(生日) ≤ 130岁", {}, True),
        ("月份(生日) ≤ 12月", {}, True),
        ("月份(生日) = 3月", {"生日": "2000-03-31"}, True),
        ("存在(成员 当 在学)", {"成员": [{"在学": True}, {}]}, True),
        ("全部(成员 当 在学)", {"成员": [{}, {"在学": False}]}, False),
        ("人数(成员 当 在学) ≥ 1人", {"成员": [{"在学": True}, {}]}, True),
        ("合计(成员.收入) ≥ 600元/月", {"成员": [{"收入": 600}, {}]}, True),
        ("最大(成员.收入) ≥ 600元/月", {"成员": [{"收入": 600}, {}]}, True),
        ("同一标准 = 300元/月", {}, True),
    ],
)
def test_what_cannot_matter_is_not_asked(
    expression: str, given: dict[str, Any], value: bool
) -> None:
    found = outlook(f"定义 家庭.果: 是否 = {expression}", **given)

    assert (found.decided, found.value, found.questions) == (True, value, ())


@pytest.mark.parametrize(
    ("expression", "given", "waits"),
    [
        ("甲 且 乙", {"甲": True}, {"乙"}),
        ("甲 且 乙", {}, {"甲", "乙"}),
        ("数 < 99.99元", {}, {"数"}),
        ("数 + 另一数 < 150元", {}, {"数", "另一数"}),
        ("如果 甲 那么 数 < 5元 否则 乙", {"甲": True}, {"数"}),
        ("如果 甲 那么 数 < 5元 否则 乙", {"甲": False}, {"乙"}),
        ("如果 甲 那么 数 < 5元 否则 乙", {}, {"甲", "数", "乙"}),
        ("如果 甲 那么 乙 否则 乙", {}, {"乙"}),
        ("标准 > 450元/月", {}, {"区县"}),
        ("等级 > 无", {}, {"等级"}),
        ("周岁(生日, 开始) ≥ 18岁", {"开始": "2024-01-01"}, {"生日"}),
        (
            "存在(成员 当 在学)",
            {"成员": [{"在学": False}, {}, {}]},
            {"成员[2].在学", "成员[3].在学"},
        ),
        (
            "存在(成员 当 在学 且 收入 > 5元/月)",
            {"成员": [{"收入": 0}, {"在学": True}]},
            {"成员[2].收入"},
        ),
    ],
)
def test_what_matters_is_asked(expression: str, given: dict[str, Any], waits: set[str]) -> None:
    found = outlook(f"定义 家庭.果: 是否 = {expression}", **given)

    assert paths(found) == waits
    assert (found.decided, found.value, found.choices) == (False, None, (False, True))


def test_a_condition_that_stands_on_both_sides_is_recognized() -> None:
    """Neither the sum nor the comparison is known, and whichever it is, the whole is."""
    rules = """定义 家庭.低保: 是否 = 合计(成员.收入) < 标准
定义 家庭.边缘: 是否 = 非 低保 且 合计(成员.收入) < 1.5 × 标准
定义 家庭.果: 是否 = 低保 或 边缘
定义 家庭.对: 是否 = 低保 或 非 低保
"""
    two = [{"收入": 100}, {}]

    assert screening(rules, "对", 成员=two).results[0].value is True
    assert screening(rules, "对").results[0].decided
    assert screening(rules, "低保", 成员=two).results[0].decided is False
    assert paths(screening(rules, "果", 成员=two).results[0]) == {"区县", "成员[2].收入"}


# ── bounds ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "expression", "given", "low", "high"),
    [
        ("元", "数 + 另一数", {}, -50, 150),
        ("元", "数 − 数 × 30%", {}, 0, 70),
        ("元", "数 − 另一数", {"数": 10}, -40, 60),
        ("元", "另一数 × (−2)", {}, -100, 100),
        ("元", "较大(数, 20元)", {}, 20, 100),
        ("元", "较小(数, 另一数)", {}, -50, 50),
        ("元", "限(数, 10元, 90元)", {}, 10, 90),
        ("元", "100元 ÷ (件数 ÷ 1次)", {}, "33.33", 100),
        ("元", "取整(数 ÷ 7 到 1元 进位)", {}, 0, 15),
        ("元", "取整(数 ÷ 7 到 1元 舍去)", {}, 0, 14),
        ("元", "如果 甲 那么 数 否则 另一数 + 200元", {}, 0, 250),
        ("元", "如果 数 < 50元 那么 60元 − 数 否则 0元", {}, 0, 60),
        ("元", "如果 数 < 50元 那么 数 否则 100元 − 数", {}, 0, 50),
        ("元/月", "标准", {}, 300, 500),
        ("元/月", "标准 − 同一标准", {}, 0, 200),
        ("元/月", "合计(成员.收入)", {"成员": [{"收入": 10}, {}]}, 10, 1010),
        ("元/月", "合计(成员.收入 当 在学)", {"成员": [{"收入": 10}, {"在学": True}]}, 0, 1010),
        ("元/月", "最大(成员.收入)", {"成员": [{"收入": 10}, {}]}, 10, 1000),
        ("元/月", "最小(成员.收入 当 在学 否则 7元/月)", {"成员": [{"收入": 10}]}, 7, 10),
        ("人", "人数(成员 当 在学)", {"成员": [{"在学": True}, {}, {}]}, 1, 3),
        ("岁", "周岁(生日)", {"生日": "1980-03-02"}, 43, 43),
        ("岁", "周岁(开始, 生日)", {"开始": "2000-03-01"}, -101, 199),
        ("月", "整月数(开始, 决定日期)", {}, -2110, 1490),
    ],
)  # fmt: skip
def test_bounds_are_those_of_all_answers(
    kind: str, expression: str, given: dict[str, Any], low: object, high: object
) -> None:
    found = outlook(f"定义 家庭.果: {kind} = {expression}", **given)
    bounds = (found.value, found.value) if found.decided else (found.low, found.high)

    assert bounds == (Decimal(str(low)), Decimal(str(high)))


def test_a_day_and_an_enumeration_have_bounds_of_their_own() -> None:
    day = outlook("定义 家庭.果: 日期 = 如果 甲 那么 开始 否则 2020-05-01", 开始="2021-06-01")
    grade = outlook("定义 家庭.果: 等级 = 如果 甲 那么 重 否则 等级", 等级="无")

    assert (day.low, day.high) == (datetime.date(2020, 5, 1), datetime.date(2021, 6, 1))
    assert grade.choices == ("无", "重")
    assert grade.low is None


def test_the_place_of_a_member_among_others_that_are_not_known() -> None:
    rules = "定义 成员.果: 名 = 第几(成员 按 收入 从高到低 当 在学)"
    two = [{"收入": 500, "在学": True}, {"收入": 1000, "在学": True}, {"收入": 100}]
    found = screening(rules, 成员=two).results

    assert [(one.value, one.low, one.high) for one in found] == [
        (2, None, None),
        (1, None, None),
        (None, 0, 3),
    ]
    assert paths(found[2]) == {"成员[3].在学"}


def test_a_divisor_that_only_an_identity_keeps_from_zero_leaves_no_bounds() -> None:
    """The compiler sees one denominator in both quotients; interval by interval their sum could be zero."""
    rules = """输入 家庭.底数: 元 范围 51元 .. 100元
定义 家庭.别的: 是否 = 甲
定义 家庭.果: 元 精确 = 1元 ÷ ((底数 ÷ (件数 ÷ 1次) + 另一数 ÷ (件数 ÷ 1次)) ÷ 1元)
"""
    found = outlook(rules)
    answered = outlook(rules, 底数=60, 另一数=-50, 件数=3)

    assert (found.decided, found.possible, found.choices) == (False, None, ())
    assert paths(found) == {"底数", "另一数", "件数"}
    assert answered.value == Decimal("0.3")


def test_a_long_chain_of_rules_is_no_deeper_than_a_short_one() -> None:
    chain = ["定义 家庭.值0: 元 = 数"]
    chain += [f"定义 家庭.值{i}: 元 = 值{i - 1} + 1元" for i in range(1, 1500)]
    found = screening("\n".join([*chain, "定义 家庭.果: 元 = 值1499"])).results[0]

    assert (found.low, found.high) == (1499, 1599)


# ── which first ───────────────────────────────────────────────────────────


def test_the_most_decisive_question_comes_first() -> None:
    """Two answers of three to 件数 decide, one of two to 甲; 乙 decides nothing before 数 is known."""
    rules = "定义 家庭.果: 是否 = 甲 且 件数 ≥ 3次 且 (乙 或 数 < 99元)"

    assert [one.path for one in screening(rules).questions] == ["件数", "甲", "乙", "数"]


def test_of_equal_questions_the_first_declared_comes_first() -> None:
    found = screening("定义 家庭.果: 人 = 人数(成员 当 在学) + 人数(成员 当 收入 > 500元/月)",
                      成员=[{}, {}])  # fmt: skip

    assert [one.path for one in found.questions] == [
        "成员[1].收入", "成员[2].收入", "成员[1].在学", "成员[2].在学",
    ]  # fmt: skip


def test_a_question_names_the_results_that_wait_for_it() -> None:
    rules = """定义 家庭.果: 是否 = 甲 且 乙
定义 家庭.别的: 是否 = 甲
"""
    texts = (Source("rules", INPUTS + rules),)
    policy = compile_policy(
        PolicyText("example", texts, (Source("values", VALUES),)), lambda _: None
    )
    found = policy.on(DAY).ask({"成员": [{}]}, ["果", "别的", "果"])

    assert [one.rule.name for one in found.results] == ["果", "别的"]
    assert {one.path: one.results for one in found.questions} == {
        "甲": (("果", None), ("别的", None)),
        "乙": (("果", None),),
    }


def test_a_missing_date_of_birth_is_no_later_than_the_day_of_the_decision() -> None:
    found = outlook("定义 家庭.果: 岁 = 周岁(生日)")

    assert (found.low, found.high) == (0, 124)
    assert outlook("定义 家庭.果: 是否 = 周岁(生日) ≥ 0岁").decided
    # Between two days that are asked about otherwise, anything may be.
    assert outlook("定义 家庭.果: 岁 = 周岁(生日, 开始)").low == -300
