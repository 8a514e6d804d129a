"""`dibao check --sources`: how far the sources were checked, counted and with places."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from dibao_policy.cli.main import main
from dibao_policy.folders import read_folder
from dibao_policy.parameters.read import read_parameters

from ..conftest import ROOT

DAQING = ROOT / "policies" / "daqing"

RULES = """\
政策 示例县(example)
  依据 办法 = 《示例县低保办法》
参数 标准(standard): 元/人月
资格 家庭.低保(eligible)
  要求 人数: 人数(成员) ≥ 1人
  依据 办法 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人数(成员)
  依据 未核实 "没有找到计算办法，暂按全额"
"""
VALUES = """\
标准:
  取值:
    - 自: 2020-01-01
      值: 400
      来源: {文件: 通知, 状态: 原文}
    - 自: 2021-01-01
      值: 410
      来源: {文件: 没有找到，暂按上年, 状态: 未核实}
"""


def made(tmp_path: Path) -> Path:
    folder = tmp_path / "example"
    (folder / "parameters").mkdir(parents=True)
    (folder / "rules.dibao").write_text(RULES, "utf-8")
    (folder / "parameters" / "values.yaml").write_text(VALUES, "utf-8")
    return folder


def run(*arguments: object) -> str:
    result = CliRunner().invoke(main, ["check", "--sources", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_text_counts_and_lists_what_is_used_meanwhile(tmp_path: Path) -> None:
    assert run(made(tmp_path)) == (
        "0 处错误，0 处提醒\n"
        "数值：原文 1，未核实 1\n"
        "规则：有依据 1，未核实 1\n"
        "未核实：\n"
        "  example/parameters/values.yaml:6:7 标准 暂用 410 没有找到，暂按上年\n"
        "  example/rules.dibao:7:1 救助 低保金 没有找到计算办法，暂按全额\n"
    )


def test_the_data_says_the_same(tmp_path: Path) -> None:
    data = json.loads(run(made(tmp_path), "--format", "json"))
    assert data["problems"] == []
    assert data["sources"]["numbers"] == {"原文": 1, "未核实": 1}
    assert data["sources"]["rules"] == {"有依据": 1, "未核实": 1}
    assert [one["used"] for one in data["sources"]["unverified"]] == [["410"], []]


def test_every_number_of_the_files_is_counted() -> None:
    data = json.loads(run(DAQING, "--households", 0, "--format", "json"))
    # What is inherited is what the decisions rest on too.
    texts = [read_folder(folder)[0] for folder in (DAQING, DAQING.parent / "national")]
    wanted: Counter[str] = Counter()
    for source in (one for text in texts for one in text.parameters):
        for series in read_parameters(source)[0]:
            for entry in series.entries:
                wanted[entry.provenance.status] += len(entry.cells)
    assert data["sources"]["numbers"] == wanted
