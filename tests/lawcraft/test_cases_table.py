"""Cases in tables, of comma-separated values and of workbooks: one household in each row."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook

from dibao_policy import Source
from dibao_policy.lawcraft.cases.case import CaseSource, PolicyCase
from dibao_policy.lawcraft.cases.run import Bench, run_case
from dibao_policy.lawcraft.cases.sheet import read_sheets
from dibao_policy.lawcraft.cases.table import read_csv, read_rows
from dibao_policy.lawcraft.cases.told import told
from dibao_policy.problem import Problem, mend, message, one_line
from dibao_policy.text import covered, position

from .cases_policy import policy

TABLE = """名称,日期,来源,类别,成员数,成员.在业,成员1.工资,成员2.工资,⇒,低保,低保金,成员1.可计收入,成员.就业成本
# 这一行是说明
甲,2020-01-01,转载 一篇 报道 https://example.org,城市,,否,800,100元/月,,是,100,800,0
乙,2024-01-01,自拟,urban,2,是,"800","100",,是,410元/月,560,

,2023-12-31,,农村,1,否,499.99,,,是,0,,
"""


def outcomes(text: str) -> list[str]:
    """The faults of a table, or the differences of its cases."""
    cases, problems = read_csv(Source("表.csv", text))
    bench = Bench(policy())
    found = [one_line(problem) for problem in problems]
    for case in cases:
        outcome = run_case(bench, case)
        found += [one_line(problem) for problem in outcome.problems]
        found += [one.sentence for one in told(outcome, "zh")]
    return found


def test_a_table_is_a_case_for_each_row() -> None:
    cases, problems = read_csv(Source("表.csv", TABLE))
    assert problems == ()
    assert [case.name for case in cases] == ["甲", "乙", "表.csv 第 6 行"]
    assert cases[0].source == CaseSource("一篇 报道", "https://example.org", "", "转载")
    assert cases[2].source is None
    assert outcomes(TABLE) == []


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing() -> None:
    assert outcomes("\ufeff" + TABLE.replace("\n", "\r\n")) == []


def test_a_wrong_cell_is_seen() -> None:
    assert outcomes(TABLE.replace("100,800,0", "101,800,0")) == [
        "期望 低保金 101元/月，得到 100元/月（差 −1元/月），第 8 步"
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("100元/月", "100元", "D5004", "100元"),
        ("410元/月", "410元", "D7003", "410元"),
        (",成员2.工资,", ",成员2.工姿,", "D5002", "100元/月"),
        ("乙,2024-01-01,自拟,urban,2", "乙,2024-01-01,自拟,urban,1", "D7004", "100"),
        ("乙,2024-01-01", "甲,2024/1/1", "D7016", "2024/1/1"),
        (",低保金,", ",低保金额,", "D7002", "100"),
    ],
)
def test_a_fault_stands_at_its_cell(old: str, new: str, code: str, place: str) -> None:
    text = TABLE.replace(old, new, 1)
    cases, found = read_csv(Source("表.csv", text))
    bench = Bench(policy())
    every = [*found, *(one for case in cases for one in run_case(bench, case).problems)]
    at = {(one.code, covered(one.span)) for one in every if one.span is not None}
    assert (code, place) in at, at


def test_a_cell_with_doubled_quotes_points_at_its_row() -> None:
    text = '名称,日期,类别,成员1.工资,成员1.在业,⇒,低保\n"甲""乙",2020-01-01,城,0,否,,是\n'
    ((problem,), case) = _problems(text)
    assert case.name == '甲"乙'
    assert problem.span is not None and position(problem.span) == (2, 19)


def _problems(text: str) -> tuple[tuple[Problem, ...], PolicyCase]:
    (case,), _ = read_csv(Source("表.csv", text))
    return run_case(policy(), case).problems, case


# ---- workbooks ----------------------------------------------------------------------------


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "算例"
    for row in rows:
        sheet.append(row)
    book.create_sheet("空")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = ["名称", "日期", "类别", "成员1.工资", "成员1.在业", "⇒", "低保", "低保金"]


def test_a_workbook_is_read_like_any_table() -> None:
    content = workbook(
        HEAD,
        ["甲", datetime.date(2020, 1, 1), "城市", 100.1, True, None, "是", 430],
        ["乙", "2024-01-01", "城市", "100.10", "否", None, True, "420"],
    )
    cases, problems = read_rows(*read_sheets("example/cases/表.xlsx", content))
    assert problems == ()
    bench = Bench(policy())
    # 100.10 × 70 % = 70.07; 500 − 70.07 = 429.93, half up 430.
    assert [run_case(bench, case).differences for case in cases] == [(), ()]
    assert cases[1].span.source.name == "example/cases/表.xlsx[算例]"
    assert position(cases[1].span)[0] == 3


def test_d7018_a_cell_without_an_exact_value_is_refused() -> None:
    content = workbook(HEAD, ["甲", "2020-01-01", "城市", 1 / 3, "=1=1", None, "是", 1e-7])
    _, problems = read_rows(*read_sheets("表.xlsx", content))
    assert [(one.code, message(one)) for one in problems] == [
        ("D7018", "工作簿的 D2 格写的是 `0.3333333333333333`，读不出确切的数"),
        ("D7018", "工作簿的 E2 格是公式，不是数"),
        ("D7018", "工作簿的 H2 格写的是 `1e-07`，读不出确切的数"),
    ]
    assert mend(problems[0]) == "把这一格改成文字，写上要的数"


def test_what_is_no_workbook_is_named() -> None:
    tables, (problem,) = read_sheets("表.xlsx", b"no workbook")
    assert tables == [] and problem.code == "D7017"
