"""`dibao whatif` as a person at a terminal uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
OVER = ROOT / "examples" / "households" / "03_one_fen_over.yaml"
CAR = ROOT / "examples" / "households" / "08_car.yaml"
FAMILY = """区县: 萨尔图区
金融资产: 0
机动车辆数: 0
住房套数: 1
成员:
  - {称呼: 户主, 出生日期: 1972-04-18, 在业: 是, 工资收入: 700}
  - {称呼: 妻子, 出生日期: 1974-08-25, 在业: 否, 工资收入: 0}
"""


@pytest.fixture
def household(tmp_path: Path) -> Path:
    path = tmp_path / "family.yaml"
    path.write_text(FAMILY, "utf-8")
    return path


NOT_ENOUGH = "、".join(
    [
        *(f"{one}（户主、妻子、父亲）" for one in ("工资收入", "经营净收入", "财产净收入")),
        "转移净收入（妻子、父亲）、金融资产、机动车辆数、住房套数、商铺套数",
    ]
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_who_is_a_fen_over_is_told_the_least_that_is_too_much() -> None:
    """945.01 yuan for three is a third of a fen over 315 for each: two fen less are below the line, one is on it."""
    result = run("差多少", DAQING, OVER, "--on", "2010-08-01")
    head, rest = result.output.split("\n\n", 1)

    assert result.exit_code == 0
    assert head.startswith("大庆市城市居民最低生活保障\n决定日期 2010-08-01；版本 1.0")
    assert (
        rest
        == f"""一、结论
  低保：否

二、没有通过的条件
  收入：家庭人均月收入是 94,501/300元/人月（约 315.0033），应当低于认定标准 315元/人月
      人均收入 超出 1/300元/人月（约 0.0033），再低 0.01元/人月 就符合这一条
      按全家算，家庭收入 超出 0.01元/月，再低 0.02元/月 就符合这一条

三、只改一项，其他情况不变
  户主 转移净收入 再低 0.02元/月 就符合：由 945.01元/月 到 944.99元/月
      那时 符合 收入

四、只改一项，改成多少都不够
  {NOT_ENOUGH}：收入 仍不符合
"""
    )


def test_what_has_to_be_gone_is_told_as_a_number() -> None:
    output = run("whatif", DAQING, CAR, "--on", "2010-08-01").output

    assert "  若 机动车辆数 为 0辆 就符合：现在是 1辆\n" in output
    assert "      那时 符合 车辆，低保金 由 0元/月 变为 60元/月" in output


def test_a_grant_is_told_how_far_it_is_from_being_lost(household: Path) -> None:
    result = run("whatif", DAQING, household, "--on", "2011-08-01", "--result", "benefit")
    _, rest = result.output.split("\n\n", 1)

    assert rest.startswith("一、结论\n  低保金：")
    assert "二、离失去还有多远（只变一项，其他情况不变）" in rest
    assert "  金融资产 最高可到 19,680元；再高 19,680.01元，到 19,680.01元，就失去\n" in rest
    assert "仍不符合" not in rest


def test_the_data_says_the_same(household: Path) -> None:
    result = run("whatif", DAQING, OVER, household, "--on", "2010-08-01", "--format", "json")
    over, _ = json.loads(result.output)

    assert over["file"] == "03_one_fen_over.yaml"
    assert over["result"] == {
        "name": "低保", "code": "eligible", "member": None, "value": "否", "holds": False,
    }  # fmt: skip
    assert over["requirements"][0]["distances"][1] == {
        "comparison": "less", "left": "家庭收入", "right": "认定标准 × 人口",
        "left_value": "945.01元/月", "right_value": "945元/月",
        "over": "0.01元/月", "least": "0.02元/月", "whole": True,
    }  # fmt: skip
    assert over["turns"] == [
        {"path": "成员[1].转移净收入", "name": "转移净收入", "code": "transfer_income",
         "member": 0, "type": "元/月", "present": "945.01元/月", "value": "944.99元/月",
         "last": "945元/月", "difference": "-0.02元/月", "direction": "down",
         "outcomes": [{"name": "低保", "code": "eligible", "member": None,
                       "before": "否", "after": "是"}],
         "flips": [{"rule": "低保", "requirement": "收入", "member": None, "met": True}]},
    ]  # fmt: skip
    assert over["fixed"][0] == {
        "path": "成员[1].工资收入", "name": "工资收入", "code": "wage", "member": 0,
        "type": "元/月", "present": "0元/月",
        "unmet": [{"rule": "低保", "requirement": "收入", "member": None}], "meets": [],
    }  # fmt: skip


def test_english_is_spoken_on_request() -> None:
    output = run("whatif", DAQING, CAR, "--on", "2010-08-01", "--lang", "en").output

    assert "  机动车辆数 at 0辆: it is granted; it is 1辆 now\n" in output
    assert "1. The result\n  低保: no\n" in output


def test_every_fault_of_a_household_is_refused_as_by_the_other_commands(household: Path) -> None:
    household.write_text(FAMILY.replace("住房套数", "住房") + "机动车: 0\n", "utf-8")
    result = run("whatif", DAQING, household, "--on", "2011-08-01", "--format", "json")

    assert result.exit_code == 1
    assert {one["code"] for one in json.loads(result.output)} == {"D5001", "D5002"}


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--result", "救助身份"), "D7901"), (("--result", "分类救助金"), "D7902"),
     (("--result", "分类救助金", "--member", 3), "D7903")],
)  # fmt: skip
def test_a_question_that_has_no_answer_is_a_problem(
    household: Path, options: tuple[object, ...], code: str
) -> None:
    told = run("whatif", DAQING, household, "--on", "2024-08-01", *options)
    data = run("whatif", DAQING, household, "--on", "2024-08-01", *options, "--format", "json")

    assert told.exit_code == data.exit_code == 1
    assert code in told.stderr and "family.yaml" in told.stderr
    assert [one["code"] for one in json.loads(data.output)] == [code]


def test_a_slip_in_the_name_of_a_result_is_wrong_usage(household: Path) -> None:
    result = run("whatif", DAQING, household, "--on", "2011-08-01", "--result", "低保全")

    assert result.exit_code == 2
    assert "perhaps 低保?" in result.stderr
