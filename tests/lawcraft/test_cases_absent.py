"""`无此项`: a case expects that there is no result of a name on its day."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from dibao_policy import PolicyText, Source, compile_policy
from dibao_policy.compile import compiled_on
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.run import Bench, passes, run_case
from dibao_policy.lawcraft.cases.sheet import read_sheets
from dibao_policy.lawcraft.cases.table import read_csv, read_rows
from dibao_policy.lawcraft.cases.told import told
from dibao_policy.lawcraft.cases.update import Update, update
from dibao_policy.problem import Language, mend, one_line
from dibao_policy.text import covered

RULES = """政策 示例县(example)
  自 2020-01-01 起
  版本 "1.0"
  依据 条例 = 《示例条例》
枚举 方式(way) { 现金(cash), 无此项(none), 无(absent) }
枚举 说法(word) { 无此项(absent), 别的(other) }
枚举 状态(state) { 无此项, 别的 }
输入 成员.工资(wage): 元/月
定义 家庭.家庭收入(income): 元/月 = 合计(成员.工资)
  依据 条例 第三条
定义 家庭.发放(payment): 方式 = 如果 家庭收入 = 0元/月 那么 现金 否则 无
  依据 条例 第四条
定义 家庭.称呼(label): 说法 = 如果 家庭收入 = 0元/月 那么 别的 否则 无此项
  依据 条例 第四条
定义 家庭.情况(condition): 状态 = 如果 家庭收入 = 0元/月 那么 别的 否则 无此项
  依据 条例 第四条
定义 家庭.御寒补贴(subsidy): 元/月 = 家庭收入 × 10%
  依据 条例 第五条
  自 2022-01-01 至 2022-12-31
定义 家庭.御寒补贴(subsidy): 元/月 = 家庭收入 × 20%
  依据 条例 第五条
  自 2024-01-01 起
定义 成员.交通补贴(fare): 元/月 = 工资 × 10%
  曾用名 车费
  依据 条例 第六条
  自 2022-01-01 起
"""
POLICY = compile_policy(PolicyText("example", (Source("规则", RULES),), ()), lambda code: None)
BEFORE, IN_FORCE, BETWEEN = "2021-12-31", "2022-12-31", "2023-12-31"


def text_of(expected: str, day: str, more: str = "", wages: tuple[int, ...] = (100, 300)) -> str:
    people = ", ".join(f"{{工资: {wage}}}" for wage in wages)
    return (
        f"案例:\n  - 名称: 甲\n    日期: {day}\n    家庭: {{{more}成员: [{people}]}}\n"
        f"    期望: {{{expected}}}\n"
    )


def outcome(expected: str, day: str, lang: Language = "zh", **more: object) -> list[str]:
    """What is told of a case: its faults with their mends, or its differences with their lines."""
    text = text_of(expected, day, **more)  # type: ignore[arg-type]
    (case,), problems = read_text(Source("例", text))
    assert not problems
    bench = Bench(POLICY)
    done = run_case(bench, case)
    lines = [f"{one_line(one, lang)}｜{mend(one, lang)}" for one in done.problems]
    for one in told(done, lang):
        lines += [one.sentence, *one.lines]
    assert passes(bench, case) is done.passed is (not lines)
    return lines


# ---- it holds -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expected",
    [
        "御寒补贴: 无此项",
        "subsidy: absent",
        "御寒补贴: absent, income: 400",
        "交通补贴: 无此项",
        "成员.交通补贴: 无此项",
        "'成员[2].fare': absent",
        "交通补贴: [无此项, absent]",
        "车费: 无此项",
    ],
)
def test_there_is_no_result_before_its_rule_is_in_force(expected: str) -> None:
    assert outcome(expected, BEFORE) == []


def test_there_is_no_result_between_two_of_its_rules() -> None:
    assert outcome("御寒补贴: 无此项", BETWEEN) == []
    assert outcome("御寒补贴: 80", "2024-01-01") == []


# ---- it does not hold ---------------------------------------------------------------------


def test_a_result_that_is_there_is_told_with_its_value() -> None:
    assert outcome("御寒补贴: 无此项", IN_FORCE) == ["期望 御寒补贴 无此项，得到 40元/月"]
    assert outcome("subsidy: absent", IN_FORCE, "en") == ["expected 御寒补贴 absent, got 40元/月"]


def test_a_result_of_the_members_that_is_there_is_told_of_each_of_them() -> None:
    assert outcome("交通补贴: 无此项", IN_FORCE) == ["期望 交通补贴 无此项，得到 10元/月、30元/月"]
    assert outcome("'成员[2].交通补贴': 无此项", IN_FORCE) == [
        "期望 成员[2].交通补贴 无此项，得到 30元/月"
    ]
    assert outcome("成员.交通补贴: 无此项", IN_FORCE) == [
        "期望 成员[1].交通补贴 无此项，得到 10元/月",
        "期望 成员[2].交通补贴 无此项，得到 30元/月",
    ]
    assert outcome("交通补贴: [10, 无此项]", IN_FORCE) == [
        "期望 成员[2].交通补贴 无此项，得到 30元/月"
    ]


def test_a_result_that_is_missing_is_told_with_the_days_on_which_it_is_there() -> None:
    assert outcome("御寒补贴: 40", BETWEEN) == [
        "期望 御寒补贴 40元/月，得到 无此项",
        "有这项结果的日子：2022-01-01 至 2022-12-31、2024-01-01 起",
    ]
    assert outcome("subsidy: 40", BETWEEN, "en") == [
        "expected 御寒补贴 40元/月, got absent",
        "the days with such a result: 2022-01-01 to 2022-12-31, from 2024-01-01",
    ]
    assert outcome("成员.车费: 10", BEFORE)[::2] == [
        "期望 成员[1].交通补贴 10元/月，得到 无此项",
        "期望 成员[2].交通补贴 10元/月，得到 无此项",
    ]


def test_a_difference_is_data_like_any_other_of_a_result() -> None:
    (case,), _ = read_text(Source("例", text_of("御寒补贴: 无此项", IN_FORCE)))
    (one,) = told(run_case(POLICY, case), "zh")
    assert one.data == {
        "kind": "result", "name": "御寒补贴", "member": None, "expected": "无此项",
        "found": "40元/月", "difference": None, "step": None, "because_of": None, "equal_to": [],
    }  # fmt: skip


def test_a_tolerance_does_not_make_a_missing_result_right() -> None:
    text = text_of("御寒补贴: 40", BETWEEN) + "    容差: {御寒补贴: 1000, 理由: 例子}\n"
    (case,), problems = read_text(Source("例", text))
    assert not problems
    assert [one.sentence for one in told(run_case(POLICY, case), "zh")] == [
        "期望 御寒补贴 40元/月，得到 无此项"
    ]


# ---- what is wrong with the case ----------------------------------------------------------


def test_a_name_of_no_day_is_no_result_that_is_missing() -> None:
    assert outcome("御寒补帖: 无此项", BEFORE) == [
        "例:5:10: D7002 这项政策在 2021-12-31 没有叫 `御寒补帖` 的结果｜是不是 `御寒补贴`？"
    ]


def test_what_is_given_or_only_fed_what_is_given_is_not_missing() -> None:
    """`假定` takes rules out of the computation; they are in force all the same."""
    for name in ("家庭收入", "工资"):
        more = "家庭收入: 5, " if name == "家庭收入" else ""
        text = text_of(f"{name}: 无此项", BEFORE, more)
        (case,), _ = read_text(Source("例", text + ("    假定: [家庭收入]\n" if more else "")))
        assert [one.code for one in run_case(POLICY, case).problems] == ["D7002"]


def test_whose_result_it_is_still_has_to_be_right() -> None:
    assert outcome("成员.御寒补贴: 无此项", BEFORE)[0].startswith("例:5:10: D7005")
    assert outcome("'成员[3].交通补贴': 无此项", BEFORE)[0].startswith("例:5:10: D7004")


def test_a_word_that_is_a_value_too_has_to_be_told_apart() -> None:
    assert outcome("payment: absent", BEFORE) == [
        "例:5:19: D7021 `absent` 也是 `发放` 的一个值：看不出说的是这个值，还是没有这项结果｜给这个值一个别的名称"
    ]
    assert outcome("发放: 无", BEFORE) == []
    (found,) = outcome("情况: 无此项", BEFORE)
    assert found.endswith("｜没有这项结果的，写 `absent`；是这个值的，给它一个别的名称")
    # The enumeration takes both words: nothing else can be written for the value.
    assert outcome("称呼: 无此项", BEFORE, "en") == [
        "例:5:14: D7021 `无此项` is a value of `称呼` too: it may mean that value, "
        "or that there is no such result｜give the value another name"
    ]


def test_a_program_alone_takes_any_name_for_one_that_is_missing() -> None:
    """Without the other days of a policy, nothing else can be said of a name."""
    (case,), _ = read_text(Source("例", text_of("御寒补贴: 无此项", BEFORE)))
    on = [compiled_on(POLICY.passed, day) for day in (case.day, case.day.replace(year=2022))]
    assert [passes(one, case) for one in on] == [True, False]


# ---- in tables ----------------------------------------------------------------------------


HEAD = ["名称", "日期", "成员1.工资", "成员2.工资", "⇒", "御寒补贴", "成员2.交通补贴"]
ROWS = [
    ["甲", BEFORE, "100", "300", "", "无此项", "absent"],
    ["乙", IN_FORCE, "100", "300", "", "absent", "30"],
]
TOLD = [[], ["期望 御寒补贴 无此项，得到 40元/月"]]


def test_a_table_says_it_in_a_cell() -> None:
    text = "\n".join(",".join(row) for row in (HEAD, *ROWS))
    cases, problems = read_csv(Source("表.csv", text))
    assert not problems
    assert [[one.sentence for one in told(run_case(POLICY, case), "zh")] for case in cases] == TOLD


def test_a_workbook_says_it_in_a_cell() -> None:
    workbook = Workbook()
    assert workbook.active is not None
    for row in (HEAD, *ROWS):
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    cases, problems = read_rows(*read_sheets("表.xlsx", content.getvalue()))
    assert not problems
    assert [[one.sentence for one in told(run_case(POLICY, case), "zh")] for case in cases] == TOLD


# ---- --update -----------------------------------------------------------------------------


def updated(text: str, file: str = "例.yaml") -> Update:
    return update(Bench(POLICY), Source(file, text), frozenset("甲乙"))


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (IN_FORCE, "御寒补贴: 无此项", "御寒补贴: 40"),
        (IN_FORCE, "御寒补贴: '无此项'", "御寒补贴: '40'"),
        (IN_FORCE, "交通补贴: [无此项, absent]", "交通补贴: [10, 30]"),
        (BEFORE, "御寒补贴: 40", "御寒补贴: 无此项"),
        (BEFORE, "御寒补贴: 40元/月, fare: [1, 2]", "御寒补贴: 无此项, fare: [无此项, 无此项]"),
        (BEFORE, "成员.交通补贴: 1", "成员.交通补贴: 无此项"),
    ],
)
def test_an_update_writes_it_and_replaces_it(day: str, before: str, after: str) -> None:
    edit = updated(text_of(before, day))
    assert edit.text == text_of(after, day)
    assert edit.kept == ()


def test_an_update_of_a_table_writes_a_cell() -> None:
    text = "\n".join(",".join(row) for row in (HEAD, *ROWS))
    assert updated(text, "表.csv").text == text.replace("absent,30", "40,30")


@pytest.mark.parametrize("expected", ["交通补贴: 无此项", "成员.交通补贴: 无此项"])
def test_values_of_several_members_are_for_a_person_to_write(expected: str) -> None:
    text = text_of(expected, IN_FORCE)
    edit = updated(text)
    assert edit.text == text and [why for _, why in edit.kept] == ["several"]


def test_the_one_member_of_a_household_needs_a_place_too() -> None:
    for wages, expected, after in (
        ((100,), "交通补贴: 无此项", ""),
        ((100,), "成员.交通补贴: 无此项", "成员.交通补贴: 10"),
    ):
        text = text_of(expected, IN_FORCE, wages=wages)
        assert updated(text).text == (text_of(after, IN_FORCE, wages=wages) if after else text)


def test_the_fault_stands_at_the_value() -> None:
    (case,), _ = read_text(Source("例", text_of("payment: absent", BEFORE)))
    assert [covered(one.span) for one in run_case(POLICY, case).problems] == ["absent"]  # type: ignore[arg-type]
