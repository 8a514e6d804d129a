"""Which entry is in force on which day, and what is said of gaps and overlaps."""

import datetime
from fractions import Fraction

from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import change_dates, entry_on
from dibao_policy.problem import mend, message, one_line
from dibao_policy.text import Source, covered


def said(text: str) -> list[str]:
    """Every problem of a text, as `line:column: code message`."""
    _, problems = read_parameters(Source("低保.yaml", text))
    return [one_line(problem).removeprefix("低保.yaml:") for problem in problems]


def mends(text: str) -> list[str]:
    _, problems = read_parameters(Source("低保.yaml", text))
    return [mend(problem) for problem in problems]


def dated(*lines: str) -> str:
    """One parameter whose entries have these dates, given as `自` or `自 至`."""
    text = "低保标准:\n  取值:\n"
    for number, line in enumerate(lines):
        since, _, until = line.partition(" ")
        end = f"至: {until}, " if until else ""
        text += f"    - {{自: {since}, {end}值: {400 + number}, 来源: {{状态: 未核实}}}}\n"
    return text


def test_a_gap_names_the_days_without_a_value() -> None:
    text = dated("2011-01-01 2011-12-30", "2012-01-01")
    assert said(text) == ["3:26: D1530 `低保标准` 在 2011-12-31 至 2011-12-31 没有值"]
    assert mends(text) == ["前一项的结束日期改为 2011-12-31，或补上这段时间的值"]


def test_an_overlap_names_the_days_with_two_values() -> None:
    text = dated("2011-01-01 2012-01-01", "2012-01-01")
    _, (problem,) = read_parameters(Source("低保.yaml", text))
    assert message(problem) == "`低保标准` 在 2012-01-01 至 2012-01-01 有两个值"
    assert mend(problem) == "前一项的结束日期改为 2011-12-31"
    assert problem.span is not None
    assert covered(problem.span) == "2012-01-01"
    assert covered(problem.related[0]) == "2012-01-01"
    assert problem.related[0].start > problem.span.start


def test_an_overlap_ends_with_the_shorter_entry() -> None:
    text = dated("2011-01-01 2014-12-31", "2012-01-01 2012-12-31")
    assert said(text) == ["3:26: D1531 `低保标准` 在 2012-01-01 至 2012-12-31 有两个值"]


def test_an_end_on_the_day_before_leaves_neither_gap_nor_overlap() -> None:
    assert said(dated("2011-01-01 2011-12-31", "2012-01-01 2012-06-30", "2012-07-01")) == []


def test_two_entries_from_one_day_are_both_shown() -> None:
    text = dated("2011-01-01", "2011-01-01")
    assert said(text) == ["4:11: D1532 `低保标准` 有两项都从 2011-01-01 起"]
    _, (problem,) = read_parameters(Source("f", text))
    assert problem.span is not None
    assert covered(problem.related[0]) == "2011-01-01"
    assert problem.related[0].start < problem.span.start


def test_entries_go_from_the_earliest_to_the_latest() -> None:
    text = dated("2011-01-01", "2021-01-01", "2013-01-01")
    assert said(text) == ["5:11: D1533 `低保标准` 从 2013-01-01 起的一项写在 2021-01-01 的一项之后"]
    (series,), _ = read_parameters(Source("f", text))
    assert [entry.since.year for entry in series.entries] == [2011, 2013, 2021]


def test_a_date_that_cannot_be_read_is_not_a_gap_as_well() -> None:
    text = dated("2011-01-01 2011-12-31", "2012-1-1 2012-12-31", "2013-01-01")
    assert said(text) == ["4:11: D1511 `2012-1-1` 不是日期"]
    (series,), _ = read_parameters(Source("f", text))
    assert not series.whole


def test_the_entry_of_a_day_is_the_last_one_begun() -> None:
    (series,), _ = read_parameters(Source("f", dated("2011-01-01", "2012-01-01 2012-12-31")))

    def number(day: str) -> Fraction | None:
        entry = entry_on(series, datetime.date.fromisoformat(day))
        return entry.cells[0].number if entry is not None else None

    assert number("2010-12-31") is None
    assert number("2011-01-01") == number("2011-12-31") == 400
    assert number("2012-01-01") == number("2012-12-31") == 401
    assert number("2013-01-01") is None


def test_a_series_changes_where_it_begins_and_after_it_ends() -> None:
    (series,), _ = read_parameters(
        Source("f", dated("2011-01-01 2011-12-31", "2012-01-01 2012-12-31"))
    )
    assert [str(day) for day in change_dates(series)] == ["2011-01-01", "2012-01-01", "2013-01-01"]


def test_an_end_that_a_later_entry_runs_past_changes_nothing() -> None:
    (series,), _ = read_parameters(Source("f", dated("2011-01-01 2012-06-30", "2012-01-01")))
    assert [str(day) for day in change_dates(series)] == ["2011-01-01", "2012-01-01"]


def test_an_entry_may_last_one_day() -> None:
    assert said(dated("2011-01-01 2011-01-01", "2011-01-02")) == []


def test_an_end_before_its_beginning_is_not_a_gap_as_well() -> None:
    assert said(dated("2011-01-01 2001-12-31", "2012-01-01")) == [
        "3:26: D1515 `至` 2001-12-31 早于开始的日期 2011-01-01"
    ]
