"""`dibao test --coverage`, `dibao mutate` and `dibao boundaries`: whether the cases of a policy are enough."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

RULES = """政策 示例县(example)
  依据 办法 = 《示例县低保办法》
输入 家庭.收入额(income): 元/月
参数 标准(line): 元/月
资格 家庭.低保(eligible)
  要求 收入: 收入额 < 标准
  依据 办法 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 − 收入额
  依据 办法 第三条
"""
VALUES = """标准:
  取值:
    - {自: 2020-01-01, 值: 400, 来源: {状态: 未核实}}
"""
CASES = """案例:
  - 名称: 线下
    日期: 2024-01-01
    来源: {状态: 自拟}
    家庭: {收入额: 100, 成员: [{}]}
    期望: {低保金: 300}
"""
ON_THE_LINE = """  - 名称: 线上
    日期: 2024-01-01
    来源: {状态: 自拟}
    家庭: {收入额: 400, 成员: [{}]}
    期望: {低保: 否, 低保金: 0}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    policy = tmp_path / "example"
    (policy / "parameters").mkdir(parents=True)
    (policy / "cases").mkdir()
    (policy / "rules.dibao").write_text(RULES, "utf-8")
    (policy / "parameters" / "values.yaml").write_text(VALUES, "utf-8")
    (policy / "cases" / "own.yaml").write_text(CASES, "utf-8")
    return policy


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_change_that_no_case_notices_is_told_with_its_place(folder: Path) -> None:
    result = run("变异", folder)

    assert result.exit_code == 0
    assert result.output == (
        "example：改动 3 处，案例察觉 2 处（66.6%），没有察觉 1 处\n"
        "  example/rules.dibao:6  比较 低保·收入：< → ≤\n"
    )
    assert run("mutate", folder, "--at-least", 67).exit_code == 1
    assert run("mutate", folder, "--at-least", 66).exit_code == 0


def test_a_case_on_the_line_notices_it(folder: Path) -> None:
    (folder / "cases" / "own.yaml").write_text(CASES + ON_THE_LINE, "utf-8")
    result = run("mutate", folder, "--format", "json")

    assert json.loads(result.output) == [
        {"policy": "example", "tried": 3, "noticed": 3, "missed": []}
    ]


def test_several_policies_are_told_one_after_another(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "example"
    shutil.copytree(folder, other)
    (other / "cases" / "own.yaml").write_text(CASES + ON_THE_LINE, "utf-8")
    told = json.loads(run("mutate", folder, other, "--format", "json").output)

    assert [one["noticed"] for one in told] == [2, 3]
    # What is asked for is asked of each.
    assert run("mutate", other, folder, "--at-least", 67).exit_code == 1


def test_where_a_case_does_not_pass_nothing_is_changed(folder: Path) -> None:
    (folder / "cases" / "own.yaml").write_text(CASES.replace("300", "301"), "utf-8")
    result = run("mutate", folder)

    assert result.exit_code == 1
    assert "有 1 例现在就不符" in result.output and "线下" in result.output


def test_a_case_that_is_kept_at_the_line_makes_every_change_noticed(folder: Path) -> None:
    printed = run("boundaries", folder)
    assert printed.exit_code == 0
    (folder / "cases" / "line.yaml").write_text(printed.output, "utf-8")

    assert run("test", folder).exit_code == 0
    assert "没有察觉 0 处" in run("mutate", folder).output


def test_what_the_cases_put_to_use_is_told_counted_and_asked_for(folder: Path) -> None:
    result = run("test", folder, "--coverage")

    assert result.output.endswith(
        "example：条件 0/2  情形 0/0  规定 2/2  数值 1/1\n"
        "  example/rules.dibao:6  条件 低保·收入：收入额 < 标准  没有见过 否\n"
        "  example/rules.dibao:9  条件 低保金：低保  没有见过 否\n"
    )
    assert result.exit_code == 0
    assert run("test", folder, "--coverage-at-least", 1).exit_code == 1
    (folder / "cases" / "own.yaml").write_text(CASES + ON_THE_LINE, "utf-8")
    assert run("test", folder, "--coverage-at-least", 100).exit_code == 0


def test_the_coverage_as_data_and_as_a_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("test", folder, "--coverage", "--coverage-html", page, "--format", "json")

    (one,) = json.loads(result.output)
    assert one["coverage"]["totals"]["condition"] == {"seen": 0, "of": 2}
    assert one["coverage"]["missing"][0]["missing"] == ["否"]
    assert "收入额 &lt; 标准" in page.read_text("utf-8")


def test_a_cross_check_of_one_of_several_members_is_noticed(folder: Path) -> None:
    rules = RULES.replace("输入 家庭", "输入 成员.年金(pension): 元/月\n输入 家庭", 1)
    rules += "核查 成员.未申报(undeclared): 年金 > 100元/月  处理 核实  依据 办法 第九条\n"
    (folder / "rules.dibao").write_text(rules, "utf-8")
    people = "成员: [{年金: 0}, {年金: 100.01}]"
    cases = CASES.replace("成员: [{}]", people).replace("期望:", "核查: [未申报]\n    期望:")
    (folder / "cases" / "own.yaml").write_text(cases, "utf-8")

    (told,) = json.loads(run("mutate", folder, "--format", "json").output)
    missed = [one["after"] for one in told["missed"]]
    # One fen more, and it is not found of anybody; one fen less, and it is found as before.
    assert "100.01元/月" not in missed
    assert "99.99元/月" in missed


def test_a_case_that_does_not_pass_puts_nothing_to_use(folder: Path) -> None:
    (folder / "cases" / "own.yaml").write_text(CASES.replace("300", "301"), "utf-8")

    assert "规定 0/2  数值 0/1" in run("test", folder, "--coverage").output
