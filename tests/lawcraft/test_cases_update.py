"""Expected values replaced by those that come out: the values alone, each in the manner in which it is written."""

from __future__ import annotations

import pytest

from dibao_policy import Source
from dibao_policy.lawcraft.cases.run import Bench
from dibao_policy.lawcraft.cases.update import Update, update

from .cases_policy import COMMON, policy


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(policy())


def updated(bench: Bench, text: str, file: str = "案例.yaml") -> Update:
    return update(bench, Source(file, text), frozenset("甲乙"))


def of_case(expected: str, more: str = "") -> str:
    return COMMON + (
        "  - 名称: 甲   # 说明留下\n    日期: 2020-01-01\n"
        "    家庭: {成员: [{工资: 800, 在业: 是}, {工资: 100}]}\n"
        f"    期望: {expected}\n{more}"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{低保金: 341}", "{低保金: 340}"),
        ("{低保金: 341.00}", "{低保金: 340.00}"),
        ("{低保金: 341元/月}", "{低保金: 340元/月}"),
        ("{低保金: '341'}", "{低保金: '340'}"),
        ("{低保: 否, 低保金: 340}", "{低保: 是, 低保金: 340}"),
        ("{eligible: no}", "{eligible: yes}"),
        ("{低保: false}", "{低保: true}"),
        ("{分组: 农村}", "{分组: 城市}"),
        ("{group: rural}", "{group: urban}"),
        ("{可计收入: [1, 100]}", "{可计收入: [560, 100]}"),
        ("{可计收入: [100, 560.5]}", "{可计收入: [560, 100.0]}"),
    ],
)
def test_a_value_is_written_in_the_manner_of_the_old_one(
    bench: Bench, before: str, after: str
) -> None:
    edit = updated(bench, of_case(before))
    assert edit.text == of_case(after)
    assert edit.kept == ()


def test_a_quotient_stays_a_quotient(bench: Bench) -> None:
    text = (
        COMMON
        + "  - {名称: 甲, 日期: 2020-01-01, 家庭: {成员: [{工资: 100}, {工资: 0}, {工资: 0}]},"
        " 期望: {人均收入: 1}}\n"
    )
    assert updated(bench, text).text == text.replace("人均收入: 1", "人均收入: 100÷3")


def test_the_line_ends_and_the_byte_order_mark_of_the_file_stay(bench: Bench) -> None:
    text = "\ufeff" + of_case("{低保金: 1}").replace("\n", "\r\n")
    assert updated(bench, text).text == text.replace("低保金: 1", "低保金: 340")


def test_a_published_case_keeps_what_it_expects(bench: Bench) -> None:
    for status in ("原文", "转载", "问答", "reported"):
        edit = updated(bench, of_case("{低保金: 341}", f"    来源: {{状态: {status}}}\n"))
        assert edit.values == 0 and [why for _, why in edit.kept] == ["published"]
    for status in ("推算", "自拟"):
        edit = updated(bench, of_case("{低保金: 341}", f"    来源: {{状态: {status}}}\n"))
        assert edit.values == 1 and edit.kept == ()


def test_one_text_for_members_that_differ_by_now_is_left(bench: Bench) -> None:
    edit = updated(bench, of_case("{成员.就业成本: 0, 低保金: 1}"))
    assert edit.text == of_case("{成员.就业成本: 0, 低保金: 340}")
    assert [why for _, why in edit.kept] == ["several"]


def test_reasons_are_for_a_person_to_change(bench: Bench) -> None:
    edit = updated(bench, of_case("{低保金: 1}", "    理由: [没有这一句]\n"))
    assert edit.values == 1 and [why for _, why in edit.kept] == ["texts"]


def test_a_value_within_its_tolerance_stays(bench: Bench) -> None:
    text = of_case("{低保金: 340.4}", "    容差: {低保金: 0.5, 理由: 约数}\n")
    assert updated(bench, text).text == text


def test_a_cell_of_a_table_is_replaced(bench: Bench) -> None:
    text = '\ufeff名称,日期,类别,成员1.工资,成员1.在业,⇒,低保金,低保\r\n甲,2020-01-01,城市,0,否,,501元/月,"否"\r\n'
    edit = updated(bench, text, "表.csv")
    assert edit.text == text.replace("501", "500").replace('"否"', '"是"')
