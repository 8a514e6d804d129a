"""Numbers as a person gives them: on a command line, or in a table."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dibao_policy.parameters.given import (
    check_given,
    read_assignments,
    read_table,
    written_values,
)
from dibao_policy.parameters.series import Declared
from dibao_policy.parameters.table import read_rows
from dibao_policy.problem import message, one_line
from dibao_policy.text import Source, Span, covered

HERE = Span(Source("低保.dibao", "参数 低保标准: 元/人月"), 3, 7)
DISTRICTS = (("东区", "east"), ("西区", "west"))
GRADES = (("甲", "a"), ("乙", ""))
DAY = datetime.date(2025, 7, 1)


def declared(*keys: tuple[tuple[str, str], ...], ratio: bool = False) -> Declared:
    unit = "比例" if ratio else "元/人月"
    return Declared("低保标准", "standard", unit, ratio, keys, None, None, HERE)


def values(text: str, one: Declared) -> dict[tuple[str, ...], str]:
    found, problems = read_assignments(Source("命令行", text), one)
    assert (*problems, *check_given(found, one, DAY)) == ()
    return written_values(found, one)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("东区=850 西区=820.50", ("850", "820.50")),
        ("east=850 西区=820.50", ("850", "820.50")),
        ("西区 = 820.50  东区= 850", ("850", "820.50")),
        ("东区＝８５０ 西区＝820.50元/人月", ("850", "820.50元/人月")),
    ],
)
def test_one_number_for_each_member(text: str, read: tuple[str, str]) -> None:
    assert values(text, declared(DISTRICTS)) == {("东区",): read[0], ("西区",): read[1]}


def test_members_of_two_enumerations_stand_behind_each_other() -> None:
    assert values("东区/甲=1 east/乙=2 西区/a=3 西区／乙=4", declared(DISTRICTS, GRADES)) == {
        ("东区", "甲"): "1", ("东区", "乙"): "2", ("西区", "甲"): "3", ("西区", "乙"): "4",
    }  # fmt: skip


def test_one_plain_number_keeps_its_spelling() -> None:
    assert values("35％", declared(ratio=True)) == {(): "35%"}
    assert values("0.350", declared(ratio=True)) == {(): "0.350"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["D1556"]),
        ("东区= 西区=1", ["D1557"]),
        ("=1 东区=1 西区=1", ["D1557"]),
        ("东区=1=2 西区=1", ["D1509"]),
        ("东区=1,000 西区=1", ["D1509"]),
        ("东区=-1 西区=1", ["D1546"]),
        ("东区=1 东区/甲=1 西区=1", ["D1543"]),
        ("850", ["D1544"]),
        ("东区=1", ["D1541"]),
        ("东区=1 西区=1 北区=1", ["D1540"]),
        ("东区=1 西区=1 west=1", ["D1542"]),
        ("东区=x 西去=y", ["D1509", "D1509", "D1540"]),
    ],
)
def test_every_fault_of_a_command_line_is_told(text: str, codes: list[str]) -> None:
    found, problems = read_assignments(Source("命令行", text), declared(DISTRICTS))
    told = (*problems, *check_given(found, declared(DISTRICTS), DAY))

    assert [problem.code for problem in told] == codes


def test_a_fault_points_at_its_own_word() -> None:
    _, (problem,) = read_assignments(Source("命令行", "东区=1 西区 = x8"), declared(DISTRICTS))

    assert problem.span is not None
    assert covered(problem.span) == "x8"
    assert one_line(problem) == "命令行:1:11: D1509 `x8` 不是直接写出的数"


# ---- a table ------------------------------------------------------------------------------

NAMES = (("区县", "district"), ("等级", "grade"))


def table(text: str) -> tuple[dict[tuple[str, ...], Fraction], list[str]]:
    one = declared(DISTRICTS, GRADES)
    found, problems = read_table(Source("表.csv", text), one, NAMES)
    told = (*problems, *check_given(found, one, DAY))
    return {cell.key: cell.number for cell in found.cells}, [
        one_line(problem).partition(problem.code)[0] + problem.code for problem in told
    ]


@pytest.mark.parametrize("header", ["区县,等级,数值", "district,等级,value", "区县,grade,值"])
def test_columns_go_by_either_name(header: str) -> None:
    read, told = table(f"{header}\n东区,甲,1\n东区,乙,2\n西区,甲,3\n西区,乙,4.5\n")

    assert told == []
    assert read[("西区", "乙")] == Fraction(9, 2)


def test_columns_go_in_any_order_and_tabs_separate_as_well() -> None:
    read, told = table("数值\t等级\t区县\n1\t甲\t东区\n2\t乙\t东区\n\n3\t甲\t西区\n4\t乙\t西区")

    assert told == []
    assert list(read.values()) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["D1556"]),
        ("区县,等级,数值\n", ["表.csv:1:1: D1556"]),
        ("区县,数值\n东区,1\n", ["表.csv:1:1: D1560"]),
        ("区县,等极,数值\n东区,甲,1\n", ["表.csv:1:4: D1559"]),
        (
            "区县,等级,数值,grade\n东区,甲,1,甲\n东区,乙,2,乙\n西区,甲,3,甲\n西区,乙,4,甲\n",
            ["表.csv:1:10: D1561"],
        ),
        (
            '区县,等级,数值\n东区,甲,1\n东区,乙,x\n,甲,3\n西区,乙,"4',
            ["表.csv:3:6: D1509", "表.csv:4:1: D1563", "表.csv:5:6: D1564"],
        ),
        ("区县,等级,数值\n东区,甲,1\n东区,乙,2\n西区,甲,3\n", ["表.csv:1:1: D1541"]),
    ],
)
def test_every_fault_of_a_table_is_told_with_its_line(text: str, told: list[str]) -> None:
    assert table(text)[1] == told


def test_a_parameter_with_one_number_has_a_table_of_one_row() -> None:
    one = declared()
    found, problems = read_table(Source("表.csv", "数值\n850\n"), one, ())
    assert problems == ()
    assert written_values(found, one) == {(): "850"}
    _, (problem,) = read_table(Source("表.csv", "数值\n850\n860\n"), one, ())
    assert message(problem) == "`低保标准` 只有一个数值，这里给了 2 个"


@given(st.lists(st.lists(st.text('甲1," ', max_size=4), min_size=2, max_size=2), min_size=1))
def test_cells_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    read, problems = read_rows(Source("表.csv", text.getvalue()))

    assert problems == ()
    assert [[cell.text for cell in row.cells] for row in read] == [
        [cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)
    ]


@given(st.text('甲1," \r\n\t', max_size=30))
def test_any_text_is_a_table_or_told_to_be_none(text: str) -> None:
    rows, problems = read_rows(Source("表.csv", text))

    assert all(problem.code == "D1564" for problem in problems)
    for row in rows:
        for cell in row.cells:
            assert covered(cell.span).replace('""', '"') == cell.text
