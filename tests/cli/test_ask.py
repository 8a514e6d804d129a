"""`dibao ask` as a person at a terminal uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
FAMILY = """区县: 萨尔图区
住房套数: 1
成员:
  - {称呼: 户主, 出生日期: 1972-04-18, 在业: 是}
  - {称呼: 妻子, 出生日期: 1974-08-25, 在业: 否, 工资收入: 0}
"""


@pytest.fixture
def household(tmp_path: Path) -> Path:
    path = tmp_path / "family.yaml"
    path.write_text(FAMILY, "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_text_tells_what_is_known_and_what_is_still_needed(household: Path) -> None:
    result = run("询问", DAQING, household, "--on", "2011-08-01")
    head, rest = result.output.split("\n\n", 1)

    assert result.exit_code == 0
    assert head.startswith(
        "大庆市城市居民最低生活保障\n决定日期 2011-08-01；版本 1.0，适用 2011-01-01"
    )
    assert (
        rest
        == """一、按已有的情况
  低保：还不能确定
  低保金：还不能确定，不低于 0元/月，不高于 676元/月
  分类救助金：每个成员都是 0元/月
  每月合计：还不能确定，不低于 0元/月，不高于 676元/月
  就业渐退金：0元/月
  两费减免：0元/年

二、还需要回答（最能决定结果的在前）
  1. 户主 工资收入：每月实际到手的工资、奖金是多少元？
      以 元/月 计，0元/月 至 1,000,000元/月；关系到 低保、低保金、每月合计
  2. 机动车辆数：家里有几辆机动车？残疾人代步车和电动自行车不算。
      以 辆 计，0辆 至 99辆；关系到 低保、低保金、每月合计
  3. 金融资产：全家的存款、股票、基金、商业保险等合计多少元？
      以 元 计，0元 至 100,000,000元；关系到 低保、低保金、每月合计

三、没有填写、按政策规定的默认值处理
  商铺套数 0套
  因就业超过标准 否
  就业月数 0月
  停保前低保金 0元/月
  住房面积 0平方米
  每平方米两费 0元/平方米年
  残疾等级 无（户主、妻子）
  重病 否（户主、妻子）
  经营净收入 0元/月（户主、妻子）
  财产净收入 0元/月（户主、妻子）
  转移净收入 0元/月（户主、妻子）
  奖励收入 0元/月（户主、妻子）
  基础养老金 0元/月（户主、妻子）
  就业年龄内有劳动能力 否（户主、妻子）
  属于三无人员 否（户主、妻子）
  行业认定收入 0元/月（户主、妻子）
"""
    )


def test_a_decided_household_needs_no_more_questions(household: Path) -> None:
    household.write_text(FAMILY + "机动车辆数: 1\n", "utf-8")
    output = run("ask", DAQING, household, "--on", "2011-08-01").output

    assert "  低保：否\n  低保金：0元/月\n" in output
    assert "二、不需要再回答别的问题\n" in output
    assert "还不能确定" not in output


def test_the_data_says_the_same(household: Path) -> None:
    result = run("ask", DAQING, household, "--on", "2011-08-01", "--format", "json",
                 "--result", "benefit", "--result", "低保")  # fmt: skip
    (data,) = json.loads(result.output)

    assert data["file"] == "family.yaml"
    assert data["decided"] is False
    assert data["results"] == [
        {"name": "低保金", "code": "benefit", "member": None, "decided": False,
         "low": "0元/月", "high": "676元/月",
         "questions": ["机动车辆数", "成员[1].工资收入", "金融资产"]},
        {"name": "低保", "code": "eligible", "member": None, "decided": False,
         "choices": ["否", "是"],
         "questions": ["机动车辆数", "成员[1].工资收入", "金融资产"]},
    ]  # fmt: skip
    assert data["questions"][1] == {
        "path": "成员[1].工资收入", "name": "工资收入", "code": "wage", "member": 0,
        "question": "每月实际到手的工资、奖金是多少元？", "type": "元/月", "discretion": False,
        "results": [{"name": "低保金", "member": None}, {"name": "低保", "member": None}],
        "low": "0", "high": "1000000",
    }  # fmt: skip


def test_every_fault_is_refused_at_once_but_nothing_missing_is_one(
    household: Path, tmp_path: Path
) -> None:
    household.write_text(FAMILY.replace("萨尔图区", "萨尔图") + "住房: 2\n", "utf-8")
    other = tmp_path / "other.json"
    other.write_text('{"members": []}', "utf-8")
    result = run("ask", DAQING, household, other, "--on", "2011-08-01", "--format", "json")

    assert result.exit_code == 1
    assert [problem["code"] for problem in json.loads(result.output)] == [
        "D5002", "D5008", "D5009",
    ]  # fmt: skip


def test_a_slip_in_the_name_of_a_result_is_wrong_usage(household: Path) -> None:
    result = run("ask", DAQING, household, "--on", "2011-08-01", "--result", "低保全")

    assert result.exit_code == 2
    assert "perhaps 低保?" in result.stderr
