"""What a declaration says against the values of a parameter, and which steps need a reason."""

from fractions import Fraction

import pytest

from dibao_policy.parameters.check import check_series
from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import Declared, cell_for
from dibao_policy.problem import Problem, mend, message
from dibao_policy.text import Source, Span, covered

RULES = Source("低保.dibao", "参数 低保标准(standard): 元/人月")
HERE = Span(RULES, 3, 7)
DISTRICTS = (("萨尔图区", "saertu"), ("让胡路区", "ranghulu"), ("大同区", "datong"))
GRADES = (("一级", "first"), ("二级", ""))


def declared(
    unit: str = "元/人月",
    *,
    keys: tuple[tuple[tuple[str, str], ...], ...] = (),
    low: str | None = None,
    high: str | None = None,
) -> Declared:
    return Declared(
        name="低保标准",
        other_name="standard",
        unit_text=unit,
        is_ratio=unit == "比例",
        keys=keys,
        low=Fraction(low) if low else None,
        high=Fraction(high) if high else None,
        span=HERE,
    )


MONEY = declared()
RATIO = declared("比例")
BY_DISTRICT = declared(keys=(DISTRICTS,))


def problems_of(declaration: Declared, *values: str, guard: str = "50%") -> tuple[Problem, ...]:
    """The problems of a standard with these values from 2011, 2012, … on.

    A value may be followed by ` 理由 ` and its reason.
    """
    text = f"低保标准:\n  跳变: {guard}\n  取值:\n"
    for year, value in enumerate(values, 2011):
        number, _, reason = value.partition(" 理由 ")
        text += f"    - 自: {year}-01-01\n      值: {number}\n      来源: {{状态: 未核实}}\n"
        text += f"      理由: {reason}\n" if reason else ""
    (series,), faults = read_parameters(Source("低保.yaml", text))
    assert faults == ()
    return check_series(series, declaration)


def said(declaration: Declared, *values: str, guard: str = "50%") -> list[str]:
    found = problems_of(declaration, *values, guard=guard)
    return [f"{problem.code} {message(problem)}" for problem in found]


def mends(declaration: Declared, *values: str, guard: str = "50%") -> list[str]:
    return [mend(problem) for problem in problems_of(declaration, *values, guard=guard)]


# ---- members ------------------------------------------------------------------------------


def test_every_member_may_be_written_under_either_name() -> None:
    assert said(BY_DISTRICT, "{萨尔图区: 410, ranghulu: 410, datong: 390}") == []


def test_a_missing_district_is_named() -> None:
    values = ("{萨尔图区: 410, 让胡路区: 410, 大同区: 390}", "{萨尔图区: 420}")
    assert said(BY_DISTRICT, *values) == [
        "D1541 `低保标准` 从 2012-01-01 起缺少 `让胡路区、大同区` 的值"
    ]
    assert mends(BY_DISTRICT, *values) == ["补上 `让胡路区、大同区`"]


def test_a_misspelt_district_gets_its_name_and_is_not_missing_as_well() -> None:
    value = "{萨尔图: 410, 让胡路区: 410, 大同区: 390}"
    assert said(BY_DISTRICT, value) == [
        "D1540 `低保标准` 的值里有 `萨尔图`，可以写的是 `萨尔图区、让胡路区、大同区`"
    ]
    assert mends(BY_DISTRICT, value) == ["是不是 `萨尔图区`？"]
    (problem,) = problems_of(BY_DISTRICT, value)
    assert problem.span is not None
    assert covered(problem.span) == "萨尔图"
    assert problem.related == (HERE,)


def test_a_stranger_and_a_missing_district_are_two_mistakes() -> None:
    assert said(BY_DISTRICT, "{肇州县: 410, 让胡路区: 410, 大同区: 390}") == [
        "D1541 `低保标准` 从 2011-01-01 起缺少 `萨尔图区` 的值",
        "D1540 `低保标准` 的值里有 `肇州县`，可以写的是 `萨尔图区、让胡路区、大同区`",
    ]


def test_one_district_under_both_names_has_two_values() -> None:
    value = "{萨尔图区: 410, saertu: 420, 让胡路区: 410, 大同区: 390}"
    assert said(BY_DISTRICT, value) == ["D1542 `saertu` 和 `萨尔图区` 是同一项，值重复"]
    (problem,) = problems_of(BY_DISTRICT, value)
    assert covered(problem.related[0]) == "萨尔图区"


def test_values_are_split_as_declared_and_no_further() -> None:
    assert said(MONEY, "{萨尔图区: 410, 大同区: 390}") == [
        "D1543 `低保标准` 声明为按 0 层分列，这里的值分了 1 层"
    ]
    assert said(BY_DISTRICT, "410") == ["D1544 `低保标准` 声明为按 1 层分列，这里的值只分了 0 层"]
    assert mends(BY_DISTRICT, "410") == ["按 `萨尔图区、让胡路区、大同区` 分别写值"]


def test_two_enums_need_a_value_for_each_pair() -> None:
    both = declared(keys=(DISTRICTS, GRADES))
    whole = (
        "{萨尔图区: {一级: 4, 二级: 3}, 让胡路区: {first: 4, 二级: 3}, 大同区: {一级: 4, 二级: 3}}"
    )
    assert said(both, whole) == []
    assert said(both, "{萨尔图区: {一级: 4}, 让胡路区: {一级: 4, 二级: 3}}") == [
        "D1541 `低保标准` 从 2011-01-01 起缺少 `萨尔图区/二级、大同区` 的值"
    ]
    assert said(both, "{萨尔图区: 4, 让胡路区: 4, 大同区: 4}") == [
        "D1544 `低保标准` 声明为按 2 层分列，这里的值只分了 1 层"
    ]


def test_a_stranger_below_a_district_leaves_the_grades_missing() -> None:
    both = declared(keys=(DISTRICTS[:1], GRADES))
    assert [line[:5] for line in said(both, "{萨尔图区: {丙等: 4}}")] == ["D1541", "D1540"]
    assert said(both, "{萨尔图区: {丙等: 4}}")[0].endswith(
        "缺少 `萨尔图区/一级、萨尔图区/二级` 的值"
    )


def test_a_number_that_could_not_be_read_is_not_missing_as_well() -> None:
    text = """\
低保标准:
  取值:
    - 自: 2011-01-01
      值: {萨尔图区: 四百, 让胡路区: !!float 410, 大同区: 390}
      来源: {状态: 未核实}
"""
    (series,), faults = read_parameters(Source("低保.yaml", text))
    assert [fault.code for fault in faults] == ["D1509", "D1521"]
    assert check_series(series, BY_DISTRICT) == ()


def test_a_district_whose_name_could_not_be_read_is_not_missing_as_well() -> None:
    text = """\
低保标准:
  取值:
    - 自: 2011-01-01
      值: {萨尔图区: 410, 让胡路区：410, 大同区: 390}
      来源: {状态: 未核实}
"""
    (series,), faults = read_parameters(Source("低保.yaml", text))
    assert [fault.code for fault in faults] == ["D1508"]
    assert check_series(series, BY_DISTRICT) == ()


def test_a_cell_is_found_by_the_key_as_written() -> None:
    text = "标准:\n  取值:\n    - {自: 2011-01-01, 值: {甲: 1, 乙: 2}, 来源: {状态: 未核实}}\n"
    (series,), _ = read_parameters(Source("f", text))
    cell = cell_for(series.entries[0], ("乙",))
    assert cell is not None
    assert cell.number == 2
    assert cell_for(series.entries[0], ("丙",)) is None


# ---- units and ranges ---------------------------------------------------------------------


@pytest.mark.parametrize("value", ["410", "410元/人月", "410元／人月", "410 元/人月", "0"])
def test_the_declared_unit_may_be_written_or_left_out(value: str) -> None:
    assert said(MONEY, value) == []


def test_another_unit_is_refused_with_both() -> None:
    assert said(MONEY, "4920元/年") == [
        "D1545 `低保标准` 声明的单位是 `元/人月`，这里写的是 `元/年`"
    ]
    assert said(declared("元／人月"), "410元/人月") == []
    assert said(RATIO, "0.2元") == ["D1545 `低保标准` 声明的单位是 `比例`，这里写的是 `元`"]
    assert said(declared(""), "3辆") == ["D1545 `低保标准` 声明的单位是 `无单位`，这里写的是 `辆`"]


def test_a_percent_sign_belongs_to_a_ratio() -> None:
    assert said(RATIO, "20%") == []
    assert said(MONEY, "20%") == ["D1549 `低保标准` 的单位是 `元/人月`，不是比例，不能写 `20%`"]


def test_a_number_is_within_the_declared_range() -> None:
    ranged = declared(low="100", high="3000")
    assert said(ranged, "100") == said(ranged, "3000") == []
    assert said(ranged, "99.99") == ["D1546 `低保标准` 的值 `99.99元/人月` 低于 100元/人月"]
    assert said(ranged, "3000.01") == ["D1547 `低保标准` 的值 `3000.01元/人月` 高于 3000元/人月"]


def test_a_negative_number_needs_a_range_that_allows_it() -> None:
    assert said(MONEY, "-5") == ["D1546 `低保标准` 的值 `-5元/人月` 低于 0元/人月"]
    assert said(declared(low="-10"), "-5") == []


def test_twenty_for_a_fifth_is_a_percentage_without_its_sign() -> None:
    assert said(RATIO, "20") == ["D1548 `低保标准` 是比例，`20` 像是漏写了百分号"]
    assert mends(RATIO, "20") == ["写作 0.20 或 20%"]
    assert mends(RATIO, "12.5") == ["写作 0.125 或 12.5%"]
    assert said(RATIO, "0.20") == said(RATIO, "1") == []


def test_a_ratio_that_no_percent_sign_would_mend_is_only_out_of_range() -> None:
    assert said(RATIO, "2000") == ["D1547 `低保标准` 的值 `2000` 高于 1"]
    assert said(RATIO, "120%") == ["D1547 `低保标准` 的值 `120%` 高于 100%"]
    assert said(declared("比例", high="0.5"), "0.6") == ["D1547 `低保标准` 的值 `0.6` 高于 0.5"]
    assert said(declared("比例", high="0.5"), "1") == ["D1547 `低保标准` 的值 `1` 高于 0.5"]
    assert said(declared("比例", high="3"), "1.5") == []


# ---- steps that need a reason -------------------------------------------------------------


def test_a_digit_too_many_is_found() -> None:
    assert said(MONEY, "1055", "10555") == [
        "D1550 `低保标准` 从 2011-01-01 的 1055元/人月 升到 2012-01-01 的 10555元/人月，"
        "升幅 ≈900.47%，超过 50%"
    ]
    assert mends(MONEY, "1055", "10555") == [
        "约为原来的 10 倍：是不是多写了一位数字？核对无误则写明 `理由`"
    ]
    (problem,) = problems_of(MONEY, "1055", "10555")
    assert message(problem, "en") == (
        "`低保标准` rises from 1055元/人月 on 2011-01-01 to 10555元/人月 on 2012-01-01, "
        "by ≈900.47%, which is more than 50%"
    )
    assert mend(problem, "en") == (
        "about 10 times as much: a digit too many? If it is right, state the `理由` (reason)"
    )
    assert covered(problem.related[0]) == "1055"


def test_two_digits_too_many_are_found() -> None:
    assert mends(MONEY, "410", "43000") == [
        "约为原来的 100 倍：是不是多写了一位数字？核对无误则写明 `理由`"
    ]


def test_a_yearly_figure_in_a_monthly_place_is_found() -> None:
    assert mends(MONEY, "1055", "13200") == [
        "约为原来的 12 倍：是不是把全年的数写在了按月的位置？核对无误则写明 `理由`"
    ]
    plain = ["核对这个数；无误则在这一项写明 `理由`"]
    assert mends(MONEY, "1055", "5000") == plain
    assert mends(declared("元/年"), "1055", "13200") == plain
    assert mends(declared("月"), "2", "24") == plain


def test_a_rise_exactly_at_the_guard_passes_and_a_fen_more_does_not() -> None:
    assert said(MONEY, "410", "615") == []
    assert said(MONEY, "410", "615.01") == [
        "D1550 `低保标准` 从 2011-01-01 的 410元/人月 升到 2012-01-01 的 615.01元/人月，"
        "升幅 ≈50.0024%，超过 50%"
    ]
    assert said(MONEY, "400", "440", guard="10%") == []
    assert said(MONEY, "400", "441", guard="10%") == [
        "D1550 `低保标准` 从 2011-01-01 的 400元/人月 升到 2012-01-01 的 441元/人月，"
        "升幅 10.25%，超过 10%"
    ]


def test_a_fall_needs_a_reason_however_small() -> None:
    assert said(MONEY, "410", "410") == []
    assert said(MONEY, "410", "409.99") == [
        "D1551 `低保标准` 从 2011-01-01 的 410元/人月 降到 2012-01-01 的 409.99元/人月，"
        "降幅 ≈0.0024%"
    ]
    assert said(MONEY, "410", "409.99 理由 按物价指数下调") == []


def test_a_reason_lets_a_step_stand_and_the_next_starts_from_it() -> None:
    assert said(MONEY, "410", "900 理由 与农村标准并轨", "950") == []
    assert [line[:5] for line in said(MONEY, "410", "900 理由 并轨", "500")] == ["D1551"]


def test_a_digit_too_few_and_a_monthly_figure_in_a_yearly_place() -> None:
    assert mends(MONEY, "1055", "105") == [
        "约为原来的 10 分之一：是不是少写了一位数字？核对无误则写明 `理由`"
    ]
    assert mends(declared("元/年"), "12660", "1055") == [
        "约为原来的 12 分之一：是不是把每月的数写在了按年的位置？核对无误则写明 `理由`"
    ]
    assert mends(MONEY, "12660", "1055") == ["核对这个数；无误则在这一项写明 `理由`"]


def test_a_step_away_from_zero_has_no_percentage_and_needs_a_reason() -> None:
    assert said(MONEY, "0", "50") == [
        "D1552 `低保标准` 从 2011-01-01 的 0元/人月 变为 2012-01-01 的 50元/人月"
    ]
    assert said(MONEY, "0", "50 理由 新设") == said(MONEY, "0", "0") == []


def test_a_ratio_is_shown_as_it_is_written() -> None:
    assert said(RATIO, "20%", "0.4") == [
        "D1550 `低保标准` 从 2011-01-01 的 20% 升到 2012-01-01 的 0.4，升幅 100%，超过 50%"
    ]


def test_one_mistake_is_one_problem_also_for_the_entry_after_it() -> None:
    assert [line[:5] for line in said(MONEY, "1055", "10555", "1100", "1150")] == ["D1550"]
    assert [line[:5] for line in said(MONEY, "410", "700", "720")] == ["D1550"]
    assert [line[:5] for line in said(RATIO, "0.20", "20", "0.25")] == ["D1548"]
    # A second step that follows neither number is a second problem.
    assert [line.split(" 升")[0] for line in said(MONEY, "410", "700", "5000")] == [
        "D1550 `低保标准` 从 2011-01-01 的 410元/人月",
        "D1550 `低保标准` 从 2012-01-01 的 700元/人月",
    ]


def test_one_decision_for_all_districts_is_one_problem() -> None:
    values = (
        "{萨尔图区: 400, 让胡路区: 400, 大同区: 300}",
        "{萨尔图区: 800, ranghulu: 800, 大同区: 600}",
    )
    assert said(BY_DISTRICT, *values) == [
        "D1550 `低保标准[萨尔图区、让胡路区、大同区]` 从 2011-01-01 的 400元/人月 升到 "
        "2012-01-01 的 800元/人月，升幅 100%，超过 50%"
    ]


def test_districts_that_step_each_in_its_own_way_are_each_named() -> None:
    values = (
        "{萨尔图区: 400, 让胡路区: 400, 大同区: 300}",
        "{萨尔图区: 800, 让胡路区: 420, 大同区: 280}",
    )
    assert [line.split("从")[0] for line in said(BY_DISTRICT, *values)] == [
        "D1550 `低保标准[萨尔图区]` ",
        "D1551 `低保标准[大同区]` ",
    ]


def test_two_districts_of_three_are_not_taken_for_all() -> None:
    values = (
        "{萨尔图区: 400, 让胡路区: 400, 大同区: 300}",
        "{萨尔图区: 800, 让胡路区: 800, 大同区: 300}",
    )
    assert [line.split("从")[0] for line in said(BY_DISTRICT, *values)] == [
        "D1550 `低保标准[萨尔图区]` ",
        "D1550 `低保标准[让胡路区]` ",
    ]


def test_districts_that_leave_zero_share_no_factor() -> None:
    values = (
        "{萨尔图区: 0, 让胡路区: 0, 大同区: 0}",
        "{萨尔图区: 80, 让胡路区: 80, 大同区: 60}",
    )
    assert [line[:5] for line in said(BY_DISTRICT, *values)] == ["D1552", "D1552", "D1552"]


def test_steps_are_not_measured_across_an_entry_that_could_not_be_read() -> None:
    text = "低保标准:\n  取值:\n"
    for since, value in (("2011-01-01", 400), ("2012-1-1", 550), ("2013-01-01", 700)):
        text += f"    - {{自: {since}, 值: {value}, 来源: {{状态: 未核实}}}}\n"
    (series,), faults = read_parameters(Source("f", text))
    assert [fault.code for fault in faults] == ["D1511"]
    assert check_series(series, MONEY) == ()
