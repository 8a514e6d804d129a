"""The commands as a person at a terminal uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

POLICY = """政策 示例县(example)
  版本 "1.0"
  依据 办法 = 《示例办法》

输入 家庭.收入合计(income): 元/月
输入 成员.年龄(age): 岁

参数 低保标准(standard): 元/人月

定义 家庭.人口(size): 人 = 人数(成员)

资格 家庭.低保(eligible)
  要求 收入: 收入合计 < 低保标准 × 人口
    否则 "家庭收入 {收入合计} 不低于 {低保标准} 乘以 {人口}"
  要求 有老人: 存在(成员 当 年龄 ≥ 60岁)
  依据 办法 第一条

救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 低保标准 × 人口 − 收入合计
  依据 办法 第二条
"""

PARAMETERS = """低保标准:
  取值:
    - 自: 2020-01-01
      值: 500
      来源: {文件: 示例通知, 状态: 原文}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    policy = tmp_path / "example"
    (policy / "parameters").mkdir(parents=True)
    (policy / "rules.dibao").write_text(POLICY, "utf-8")
    (policy / "parameters" / "standard.yaml").write_text(PARAMETERS, "utf-8")
    (tmp_path / "poor.yaml").write_text("收入合计: 400.5\n成员:\n  - 年龄: 70\n", "utf-8")
    (tmp_path / "rich.json").write_text('{"income": 500, "members": [{"age": 30}]}', "utf-8")
    (tmp_path / "wrong.yaml").write_text("收入合并: 1\n成员:\n  - 年龄: 七十\n", "utf-8")
    return policy


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_sound_policy_passes(folder: Path) -> None:
    result = run("check", folder)

    assert (result.exit_code, result.output) == (0, "0 处错误，0 处提醒\n")


def test_a_slip_is_shown_with_its_place_and_its_mend(folder: Path) -> None:
    rules = folder / "rules.dibao"
    rules.write_text(POLICY.replace("收入合计 < 低保", "收入合记 < 低保"), "utf-8")
    result = run("检查", folder)

    assert result.exit_code == 1
    assert result.output == (
        "错误[D2001]: 没有叫 `收入合记` 的事项\n"
        " --> example/rules.dibao:13:10\n"
        "  13 |   要求 收入: 收入合记 < 低保标准 × 人口\n"
        "     |              ^^^^^^^^\n"
        "  = 改正: 是不是 `收入合计`？\n"
        "\n"
        "1 处错误，0 处提醒\n"
    )


def test_problems_as_data_carry_both_tongues(folder: Path) -> None:
    rules = folder / "rules.dibao"
    rules.write_text(POLICY.replace("收入合计 < 低保", "收入合记 < 低保"), "utf-8")
    (problem,) = json.loads(run("check", folder, "--format", "json").output)

    assert problem["code"] == "D2001"
    assert problem["message"]["en"] == "there is nothing called `收入合记`"
    place = problem["place"]
    assert (place["file"], place["line"], place["column"]) == ("example/rules.dibao", 13, 10)
    assert rules.read_text("utf-8")[place["start"] : place["end"]] == "收入合记"


def test_evaluate_lists_results_and_reasons(folder: Path) -> None:
    result = run(
        "evaluate", folder, folder.parent / "poor.yaml", folder.parent / "rich.json",
        "--on", "2021-05-01",
    )  # fmt: skip

    assert result.exit_code == 0
    assert result.output == (
        "poor.yaml\n"
        "  低保：是\n"
        "  低保金：99.50元/月\n"
        "rich.json\n"
        "  低保：否\n"
        "  低保金：0元/月\n"
        "    未通过 收入：家庭收入 500元/月 不低于 500元/人月 乘以 1人\n"
        "    未通过 有老人：存在(各成员 年龄 ≥ 60岁) 不成立，实际是 否\n"
    )


def test_evaluate_as_data(folder: Path) -> None:
    result = run(
        "evaluate", folder, folder.parent / "poor.yaml", "--on", "2021-05-01", "--format", "json"
    )
    (decision,) = json.loads(result.output)

    assert decision["values"] == {
        "人口": "1人", "低保": "是", "低保金": "99.5元/月",
    }  # fmt: skip
    assert decision["refusals"] == []


def test_faults_of_facts_are_listed_at_once(folder: Path) -> None:
    result = run("evaluate", folder, folder.parent / "wrong.yaml", "--on", "2021-05-01")

    assert result.exit_code == 1
    assert result.output == (
        "wrong.yaml:\n"
        "错误[D5002]: `收入合并` 不是这项政策要的事项\n"
        "  = 改正: 是不是 `收入合计`？\n"
        "\n"
        "错误[D5001]: 缺少 `收入合计`，无法计算 `低保`\n"
        "\n"
        "错误[D5004]: `成员[1].年龄` 应当是以 岁 计的数，收到的是 `七十`\n"
        "\n"
    )


def test_explain_tells_every_step(folder: Path) -> None:
    result = run("explain", folder, folder.parent / "poor.yaml", "--on", "2021-05-01")

    assert result.exit_code == 0
    for piece in ("99.50元/月", "500元/人月 × 1人 − 400.50元/月", "《示例办法》第二条", "示例通知"):
        assert piece in result.output


def test_a_day_before_the_policy_begins_is_refused(folder: Path) -> None:
    result = run("evaluate", folder, folder.parent / "poor.yaml", "--on", "2019-12-31")

    assert result.exit_code == 1
    assert "D2020" in result.output and "2020-01-01" in result.output


def test_the_schema_accepts_what_the_reader_accepts(folder: Path) -> None:
    import jsonschema

    schema = json.loads(run("schema", folder, "--on", "2021-05-01").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    assert validator.is_valid({"income": 500, "members": [{"age": 30}]})
    assert validator.is_valid({"收入合计": "400.50", "成员": [{"年龄": 70, "称呼": "户主"}]})
    assert not validator.is_valid({"income": 500, "收入合计": 500, "members": [{"age": 30}]})
    assert not validator.is_valid({"income": 500, "members": []})
    assert not validator.is_valid({"members": [{"age": 30}]})
    assert not validator.is_valid({"income": -1, "members": [{"age": 30}]})
    assert not validator.is_valid({"income": 500, "incomes": 1, "members": [{"age": 30}]})


def test_why_prints_the_page_of_a_problem() -> None:
    result = run("why", "d2001")

    assert result.exit_code == 0
    assert result.output.startswith("# D2001")


@pytest.mark.parametrize(
    "arguments",
    [
        ("chek", "x"),
        ("check", "no-such-folder"),
        ("why", "D0000"),
        ("why", "../D2001"),
        ("evaluate", "."),
        ("check",),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_date_that_is_none_is_wrong_usage(folder: Path) -> None:
    result = run("evaluate", folder, folder.parent / "poor.yaml", "--on", "2021-02-30")

    assert result.exit_code == 2
