"""One `dibao raise`: what was decided before its day stays as it was, the same household gets more from its day on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

from ..conftest import ROOT

RAISE = ["--from", "2027-01-01", "城市=870", "农村=670", "--source", "关于提高低保标准的通知"]
OF_ONE_HOUSEHOLD = """共同:
  家庭: {户籍类别: 城市, 财产符合规定: 是, 机动车辆数: 0, 住房套数: 1, 金融资产: 0}
  成员: {工资收入: 0, 转移净收入: 500, 在业: 否, 出生日期: 1980-01-01}
案例:
  - 名称: 提标前一天的决定
    日期: 2026-12-31
    来源: {状态: 自拟}
    家庭: {成员: [{}]}
    期望: {低保: 是, 低保金: 332}   # 832 − 500
  - 名称: 提标当天的决定
    日期: 2027-01-01
    来源: {状态: 自拟}
    家庭: {成员: [{}]}
    期望: {低保: 是, 低保金: 370}   # 870 − 500
  - 名称: 提标前一天，收入等于原标准
    日期: 2026-12-31
    来源: {状态: 自拟}
    家庭: {成员: [{转移净收入: 832}]}
    期望: {低保: 否, 低保金: 0}
  - 名称: 提标当天，收入等于原标准
    日期: 2027-01-01
    来源: {状态: 自拟}
    家庭: {成员: [{转移净收入: 832}]}
    期望: {低保: 是, 低保金: 38}    # 870 − 832
"""


@pytest.fixture
def linkou(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    folder = tmp_path / "policies" / "linkou"
    (folder / "cases" / "raised.yaml").write_text(OF_ONE_HOUSEHOLD, "utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_old_cases_are_still_decided_by_the_old_value(linkou: Path) -> None:
    raised = run("raise", linkou, "低保标准", *RAISE, "--yes")
    tested = run("test", linkou)

    assert raised.exit_code == 0, raised.output
    # Every case of before, the last day before the rise among them, and the two of its first day.
    assert tested.exit_code == 0, tested.output
    assert "全部相符" in tested.stdout


def test_without_the_rise_the_cases_of_its_day_differ_and_no_other(linkou: Path) -> None:
    tested = run("test", linkou)

    assert tested.exit_code == 1
    different = [line for line in tested.stdout.splitlines() if "raised.yaml" in line]
    assert [line.split("（")[0] for line in different] == [
        "提标当天的决定",
        "提标当天，收入等于原标准",
    ]
    assert "  期望 低保金 370元/月，得到 332元/月（差 −38元/月）" in tested.stdout
