"""Numbers, dates and words: what is read, what is refused, and how it should be written."""

from fractions import Fraction

import pytest

from dibao_policy.parameters.read import read_parameters
from dibao_policy.problem import mend, one_line
from dibao_policy.text import Source

ONE = """\
低保标准:
  取值:
    - 自: 2011-01-01
      值: {value}
      来源: {{文件: 通知, 状态: 转载}}
"""


def said(text: str) -> list[str]:
    """Every problem of a text, as `line:column: code message`."""
    _, problems = read_parameters(Source("低保.yaml", text))
    return [one_line(problem).removeprefix("低保.yaml:") for problem in problems]


def mends(text: str) -> list[str]:
    _, problems = read_parameters(Source("低保.yaml", text))
    return [mend(problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "number", "is_percent", "unit_text"),
    [
        ("410", Fraction(410), False, ""),
        ("0.20", Fraction(1, 5), False, ""),
        ("20%", Fraction(1, 5), True, ""),
        ("0.1", Fraction(1, 10), False, ""),
        ("-5", Fraction(-5), False, ""),
        ("410元/人月", Fraction(410), False, "元/人月"),
        ("410 元/人月", Fraction(410), False, "元/人月"),
        ("'410'", Fraction(410), False, ""),
        ("４１０．５", Fraction(821, 2), False, ""),
        ("２０％", Fraction(1, 5), True, ""),
        ("410元／人月", Fraction(410), False, "元/人月"),
        ("9" * 30, Fraction(10**30 - 1), False, ""),
    ],
)
def test_a_number_is_exactly_what_is_written(
    written: str, number: Fraction, is_percent: bool, unit_text: str
) -> None:
    (series,), problems = read_parameters(Source("f", ONE.format(value=written)))
    assert problems == ()
    (cell,) = series.entries[0].cells
    assert (cell.key, cell.number, cell.is_percent, cell.unit_text) == (
        (),
        number,
        is_percent,
        unit_text,
    )


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("1_000", "1000"),
        ("1,000", "1000"),
        ("1，000", "1000"),
        ("1e3", "1000"),
        (".5", "0.5"),
        ("5.", "5"),
        ("010", "10"),
        ("+5", "5"),
    ],
)
def test_a_number_in_another_notation_is_refused_with_the_plain_one(
    written: str, likely: str
) -> None:
    text = ONE.format(value=written)
    assert said(text) == [f"4:10: D1509 `{written}` 不是直接写出的数"]
    assert mends(text) == [f"写作 `{likely}`"]


@pytest.mark.parametrize(
    "written",
    ["0x10", "0o17", "yes", "off", "12:30", "1e99", "1,05", ".inf", "四百一十", "410 或 420"],
)
def test_what_is_no_number_is_quoted(written: str) -> None:
    text = ONE.format(value=written)
    assert said(text) == [f"4:10: D1509 `{written}` 不是直接写出的数"]
    assert mends(text) == ["用数字写，如 `410`、`0.20`、`20%`、`410元/人月`"]


def test_a_grouped_number_in_braces_is_not_read_as_its_first_digits() -> None:
    assert said(ONE.format(value="{萨尔图区: 1,055, 大同区: 1,000,000}")) == [
        "4:17: D1509 `1,055` 不是直接写出的数",
        "4:29: D1509 `1,000,000` 不是直接写出的数",
    ]


@pytest.mark.parametrize(
    ("written", "problem", "hint"),
    [
        ("2011-1-1", "D1511 `2011-1-1` 不是日期", "写作 `2011-01-01`"),
        ("2011年1月1日", "D1511 `2011年1月1日` 不是日期", "写作 `2011-01-01`"),
        ("2011/01/01", "D1511 `2011/01/01` 不是日期", "写作 `2011-01-01`"),
        (
            "2011-02-29",
            "D1511 `2011-02-29` 不是日期",
            "写作四位年、两位月、两位日，如 `2011-01-01`，并核对当月有无这一天",
        ),
        (
            "1011-01-01",
            "D1512 `1011-01-01` 不在 1900-01-01 至 2199-12-31 之间",
            "核对年份；没有结束日期的，不写 `至`",
        ),
        (
            "9999-12-31",
            "D1512 `9999-12-31` 不在 1900-01-01 至 2199-12-31 之间",
            "核对年份；没有结束日期的，不写 `至`",
        ),
    ],
)
def test_a_date_names_a_day_of_the_calendar(written: str, problem: str, hint: str) -> None:
    text = ONE.format(value="410").replace("2011-01-01", written)
    assert said(text) == [f"3:10: {problem}"]
    assert mends(text) == [hint]


def test_a_full_width_date_is_a_date() -> None:
    assert said(ONE.format(value="410").replace("2011-01-01", "２０１１－０１－０１")) == []


def test_the_words_of_a_source_are_few() -> None:
    text = ONE.format(value="410").replace("状态: 转载", "状态: 转录, 日期: 推断")
    assert said(text) == [
        "5:24: D1513 `状态` 不能写 `转录`，可以写的是 `原文、转载、未核实`",
        "5:32: D1513 `日期` 不能写 `推断`，可以写的是 `明载、推定`",
    ]
    assert mends(text) == ["是不是 `转载`？", "是不是 `推定`？"]


def test_a_source_names_its_document_unless_it_is_not_verified() -> None:
    text = ONE.format(value="410")
    assert said(text.replace("文件: 通知, 状态: 转载", "状态: 未核实")) == []
    assert said(text.replace("文件: 通知, ", "")) == [
        "5:7: D1514 来源的状态是 `转载`，却没有写是哪个文件"
    ]


def test_an_end_is_not_before_its_beginning() -> None:
    text = ONE.format(value="410\n      至: 2010-12-31\n      确认至: 2010-06-30")
    assert said(text) == [
        "5:10: D1515 `至` 2010-12-31 早于开始的日期 2011-01-01",
        "6:12: D1515 `确认至` 2010-06-30 早于开始的日期 2011-01-01",
    ]


def test_what_cannot_be_read_of_a_source_counts_as_not_verified() -> None:
    text = ONE.format(value="410").replace("状态: 转载", "状态: 官方, 日期: 大概")
    (series,), problems = read_parameters(Source("f", text))
    assert [problem.code for problem in problems] == ["D1513", "D1513"]
    provenance = series.entries[0].provenance
    assert (provenance.status, provenance.date_basis) == ("未核实", "推定")
