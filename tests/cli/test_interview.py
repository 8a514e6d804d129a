"""`dibao interview` as a person at a terminal, a pipe and a web form use it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
ON = ("--on", "2011-08-01")


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)


def test_a_car_alone_decides_whether_a_family_is_entitled() -> None:
    result = run("问答", DAQING, *ON, "--result", "低保", typed="2\n\n1\n")

    assert result.exit_code == 0
    assert result.stdout.split("\n\n", 3)[3] == """3. 家里有几辆机动车？残疾人代步车和电动自行车不算。
   以 辆 计，0 至 99
> 1
   不需要再问了；已经定下：低保 否

结果已经定下。问了 1 项；填完整的表要填 23 项，省下 22 项（其中 15 项有默认值）。

结论
  低保：否
      没有通过 低保·车辆：家里有机动车 1辆，应当没有机动车
        依据：【未核实】没有找到大庆市的财产规定，暂按广东省的做法
      依据：《城市居民最低生活保障条例》（国务院令第271号）第二条

已经回答的
  机动车辆数 1辆

没有问、也不影响结论的
  每个成员：在业、工资收入、经营净收入、财产净收入、转移净收入、奖励收入、基础养老金、就业年龄内有劳动能力、行业认定收入
  金融资产、住房套数、区县、商铺套数
"""  # fmt: skip


def test_an_interview_is_saved_after_each_answer_and_goes_on_where_it_was(tmp_path: Path) -> None:
    saved = tmp_path / "interview.json"
    broken = run(
        "interview", DAQING, *ON, "--result", "低保", "--save", saved, typed="2\n\n不知道\n0\n"
    )

    assert broken.exit_code == 1
    assert "错误[D7807]: 回答到 `成员[1].工资收入` 就没有了，结果还没有定下来" in broken.stderr
    assert json.loads(saved.read_text("utf-8"))["answers"] == [
        {"path": "成员", "answer": 2},
        {"path": "成员.称呼", "answer": []},
        {"path": "机动车辆数", "put_off": True},
        {"path": "商铺套数", "answer": 0},
    ]
    going_on = run("interview", DAQING, *ON, "--resume", saved, "--save", saved, typed="返回\n1\n")
    assert going_on.exit_code == 0
    assert "\n4. 家里名下有几处商铺、门面房？\n" in going_on.stdout
    assert "已经定下：低保 否" in going_on.stdout


def test_the_household_that_is_written_is_explained_with_the_same_outcome(tmp_path: Path) -> None:
    household = tmp_path / "household.yaml"
    run("interview", DAQING, *ON, "--answer", "2", "--answer", "户主、妻子", "--answer", "1",
        "--write", household, typed="\n")  # fmt: skip
    text = household.read_text("utf-8")
    explained = run("explain", DAQING, household, *ON)

    assert text.startswith(
        "# 大庆市城市居民最低生活保障，决定日期 2011-08-01，问答所得。\n# “没有问”列出的"
    )
    assert "机动车辆数: 1\n" in text and "\n没有问:\n  - 成员[1].出生日期\n" in text
    assert explained.exit_code == 0
    # What stands in for an answer is never told as one.
    assert (
        "金融资产、住房套数、区县、出生日期、在业、工资收入 有没有问的，填的只为算得下去，不能当作回答\n"
        in explained.stdout
    )
    assert "  没有问、填的只为算得下去：\n      金融资产 0元\n" in explained.stdout
    assert (
        "  低保：否\n" in explained.stdout
        and "家里有机动车 1辆，应当没有机动车" in explained.stdout
    )


def test_an_unfinished_household_is_written_as_far_as_it_is_known(tmp_path: Path) -> None:
    household = tmp_path / "household.yaml"
    first = run("interview", DAQING, *ON, "--write", household, typed="1\n0\n")

    assert first.exit_code == 1 and "dibao ask" in first.stdout
    assert "没有问:" not in household.read_text("utf-8")
    assert run("explain", DAQING, household, *ON).exit_code == 1
    assert run("ask", DAQING, household, *ON).exit_code == 0
    second = run("interview", DAQING, *ON, "--household", household, "--format", "json")
    assert json.loads(second.stdout)["question"]["path"] == "商铺套数"


def test_a_form_sends_the_state_and_an_answer_and_gets_the_next_question(tmp_path: Path) -> None:
    saved = tmp_path / "state.json"
    first = json.loads(run("interview", DAQING, *ON, "--format", "json", "--result", "benefit",
                           "--answer", "1").stdout)  # fmt: skip
    saved.write_text(json.dumps(first["state"]), "utf-8")
    second = json.loads(
        run("interview", DAQING, *ON, "--format", "json", "--resume", saved, "--answer", "0").stdout
    )

    assert first["question"] == {
        "path": "机动车辆数", "text": "家里有几辆机动车？残疾人代步车和电动自行车不算。", "kind": "number",
        "whose": None, "member": None, "default": None, "may_be_put_off": True, "put_off": 0,
        "results": [{"name": "低保金", "member": None}], "unit": "辆", "low": "0", "high": "99", "step": "1",
        "name": "机动车辆数", "code": "vehicles", "discretion": False,
    }  # fmt: skip
    assert first["decided"] is False
    assert first["results"][0]["low"] == "0元/月" and first["results"][0]["high"] == "338元/月"
    assert second["question"]["path"] == "商铺套数" and second["left"] < first["left"]
    assert second["household"] == {"成员": [{}], "机动车辆数": 0}


def test_what_is_wrong_is_data_too(tmp_path: Path) -> None:
    wrong = run("interview", DAQING, *ON, "--format", "json", "--answer", "1", "--answer", "1.5")
    assert wrong.exit_code == 1
    assert [one["code"] for one in json.loads(wrong.stdout)] == ["D5006"]
    state = tmp_path / "state.json"
    state.write_text("{", "utf-8")
    assert run("interview", DAQING, *ON, "--resume", state).exit_code == 1
    state.write_text("[]", "utf-8")
    assert "D7801" in run("interview", DAQING, *ON, "--resume", state).stderr


def test_in_english() -> None:
    result = run(
        "interview", DAQING, *ON, "--lang", "en", "--result", "低保金", typed="1\nwhy\nback\n1\n1\n"
    )

    assert result.exit_code == 0
    assert "   Why it is asked: it still decides 低保金.\n" in result.stdout
    assert "   nothing more to ask; fixed by now: 低保金 0元/月\n" in result.stdout
    assert "Asked: 1, of a full form of 15; saved: 14 (9 have a default)." in result.stdout


def test_at_a_terminal_the_prompt_is_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line is an empty answer, and not asked again by the prompt itself."""
    runner = CliRunner()
    with runner.isolation(input="1\n\n1\n") as outputs:
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        with pytest.raises(SystemExit) as ended:
            main([*map(str, ("interview", DAQING, *ON, "--result", "低保"))])
        output = outputs[0].getvalue().decode()

    assert ended.value.code == 0
    assert "错误[D7808]: `机动车辆数` 没有默认值，不能空着" in output
    assert "\n> 1\n   不需要再问了；已经定下：低保 否\n" in output


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("{}", "utf-8")

    assert run("interview", DAQING, *ON, "--resume", state, "--result", "低保").exit_code == 2
    slip = run("interview", DAQING, *ON, "--result", "低保全")
    assert slip.exit_code == 2 and "perhaps 低保?" in slip.stderr
    assert run("interview", DAQING, *ON, "--save", tmp_path / "no" / "where.json", "--answer", "1",
               "--answer", "1", "--answer", "").exit_code == 1  # fmt: skip
