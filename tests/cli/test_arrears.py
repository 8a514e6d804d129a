"""`dibao arrears` (补发), as at a terminal."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy import load
from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
LATE = ROOT / "examples" / "arrears" / "late_wage.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def digest_on(*day: int) -> str:
    return load(DAQING).on(datetime.date(*day)).digest


def test_each_month_stands_on_a_line_and_both_sums_are_told_before_the_net() -> None:
    result = run("补发", DAQING, LATE)

    assert result.exit_code == 0
    told, sources = result.output.split("  未核实：")
    assert told == (
        "大庆市城市居民最低生活保障：逐月核对应发和已发\n"
        "说明：户主二月就业、三月添一个儿子，四月底才申报\n"
        "比较的金额：每月合计\n"
        "每个月按当月 1 日有效的规定、标准和当天的情况决定\n"
        "\n"
        "月份     决定日期        应发      已发  差额\n"
        "2010-12  2010-12-01  290.00元  290.00元  相符\n"
        "2011-01  2011-01-01  524.00元  524.00元  相符\n"
        "2011-02  2011-02-01  384.00元  524.00元  应退回 140.00元\n"
        "2011-03  2011-03-01  384.00元  524.00元  应退回 140.00元\n"
        "2011-04  2011-04-01  755.80元  524.00元  应补发 231.80元\n"
        "2011-05  2011-05-01  755.80元  200.00元  应补发 555.80元\n"
        "\n"
        "应发合计 3093.60元，已发合计 2586.00元\n"
        "应补发 787.60元（2 个月）\n"
        "应退回 280.00元（2 个月）\n"
        "两项相抵的净额：应补发 507.60元\n"
        "\n"
        "适用的规定\n"
        f"  2010-12：2010-01-01 至 2010-12-31 的规定（校验码 {digest_on(2010, 12, 1)}）\n"
        f"  2011-01..2011-05：2011-01-01 至 2012-12-11 的规定（校验码 {digest_on(2011, 1, 1)}）\n"
    )
    # The heating relief is unverified too, but no part of the amount.
    assert "专项 两费减免" not in sources
    assert "参数 就业成本比例" in sources and sources.endswith("（理由见 --explain）\n")


def test_the_same_as_data_is_exact_text() -> None:
    data = json.loads(run("arrears", DAQING, LATE, "--format", "json").output)

    assert [data[key] for key in ("due", "paid", "underpaid", "overpaid", "net")] == [
        "3093.60", "2586.00", "787.60", "280.00", "507.60",
    ]  # fmt: skip
    assert data["months"][2] == {
        "month": "2011-02",
        "day": "2011-02-01",
        "amounts": [
            {
                "name": "每月合计",
                "code": "monthly_total",
                "member": None,
                "label": "",
                "value": "384.00",
            }
        ],
        "due": "384.00",
        "paid": "524.00",
        "compared": [{"name": "", "due": "384.00", "paid": "524.00", "difference": "-140.00"}],
        "underpaid": "0.00",
        "overpaid": "140.00",
        "version": "1.0",
        "since": "2011-01-01",
        "digest": digest_on(2011, 1, 1),
        "unconfirmed": [],
    }
    assert "explanations" not in data


def test_a_month_can_be_explained_with_the_facts_and_the_rules_of_its_day() -> None:
    text = run("arrears", DAQING, LATE, "--explain", "2010-12", "--explain", "2011-04").output
    december, april = text.split("── 2010-12 ──")[1].split("── 2011-04 ──")
    assert "决定日期 2010-12-01" in december and "260元/人月" in december and "儿子" not in december
    assert "决定日期 2011-04-01" in april and "儿子 分类救助金：33.80元/月" in april
    data = json.loads(
        run("arrears", DAQING, LATE, "--explain", "2011-04", "--format", "json").output
    )
    assert data["explanations"]["2011-04"]["members"] == ["户主", "妻子", "母亲", "儿子"]


def test_several_amounts_stand_below_the_month_and_an_unconfirmed_value_is_named(
    tmp_path: Path,
) -> None:
    claim = tmp_path / "claim.yaml"
    text = LATE.read_text("utf-8").replace("每月合计", "[低保金, 分类救助金]")
    text = text.replace("2011-05, 金额", "2011-05, 至: 2012-01, 金额")
    text = text.replace("至: 2011-05}", "至: 2012-01}")
    claim.write_text(text + "决定日: 月末\n", "utf-8")
    output = run("arrears", DAQING, claim).output

    assert "比较的金额：低保金 + 分类救助金\n每个月按当月最后一天有效的规定" in output
    assert (
        "2011-03  2011-03-31       755.80元  524.00元  应补发 231.80元\n"
        "         低保金           722.00元\n"
        "         儿子 分类救助金   33.80元\n"
    ) in output
    assert (
        "  未经确认：2012-01 的 基本生活保障标准，来源没有确认到那时\n"
        "  未经确认：2012-01 的 认定标准，来源没有确认到那时\n"
    ) in output


def test_amounts_that_were_paid_by_result_are_compared_by_result(tmp_path: Path) -> None:
    claim = tmp_path / "claim.yaml"
    text = LATE.read_text("utf-8").replace("每月合计", "[低保金, 分类救助金]")
    text = text.replace(
        "{自: 2010-12, 金额: 290}", "{自: 2010-12, 金额: {benefit: 280, 分类救助金: 10.01}}"
    )
    claim.write_text(
        text.replace("至: 2011-05}", "至: 2011-01}")
        .split("变动")[0]
        .replace("至: 2011-04", "至: 2011-01")
        .replace("  - {自: 2011-05, 金额: 200}\n", ""),
        "utf-8",
    )
    output = run("arrears", DAQING, claim).output

    assert (
        "2010-12  2010-12-01  290.00元  290.01元  应补发 10.00元，应退回 10.01元\n"
        "         低保金      290.00元  280.00元  应补发 10.00元\n"
        "         分类救助金    0.00元   10.01元  应退回 10.01元\n"
        "2011-01  2011-01-01  524.00元  524.00元  相符\n"
        "         低保金      524.00元\n"
    ) in output
    assert (
        "应补发 10.00元（1 个月）\n应退回 10.01元（1 个月）\n两项相抵的净额：应退回 0.01元\n"
        in output
    )


def test_problems_end_with_exit_code_1_in_either_form(tmp_path: Path) -> None:
    claim = tmp_path / "claim.yaml"
    claim.write_text(LATE.read_text("utf-8").replace("结果: 每月合计\n", ""), "utf-8")
    result = run("arrears", DAQING, claim)
    assert result.exit_code == 1 and result.output.count("错误[D7511]") == 2
    claim.write_text("月份: 2011-01\n", "utf-8")
    result = run("arrears", DAQING, claim, "--format", "json")
    assert result.exit_code == 1
    assert [one["code"] for one in json.loads(result.output)] == ["D1503", "D1503", "D1504"]
    claim.write_bytes("月份".encode("gb18030"))
    assert "错误[D5010]" in run("arrears", DAQING, claim).output


@pytest.mark.parametrize("month", ["2011-06", "2011-4", "四月"])
def test_a_month_to_explain_is_one_of_those_asked_about(month: str) -> None:
    result = run("arrears", DAQING, LATE, "--explain", month)
    assert result.exit_code == 2
    assert "is not one of the months 2010-12..2011-05" in result.output
