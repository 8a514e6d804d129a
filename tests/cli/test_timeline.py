"""`dibao timeline` as a person at a terminal uses it, on the policies that are included."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_rise_of_a_year_with_its_source() -> None:
    result = run("沿革", DAQING, "--parameter", "eligibility_line", "--from", "2011-01-01")

    head, digest, body = result.output.partition("（校验码 ")
    assert result.exit_code == 0
    assert head + body.partition("）\n")[2].partition("\n\n")[0] == (
        "大庆市城市居民最低生活保障（daqing）沿革\n"
        "版本 1.0，自 2010-01-01 起\n"
        "\n"
        "2011-01-01"
        "  数值\n"
        "    认定标准：315元/人月 → 410元/人月\n"
        "      东北网2011年7月17日的报道（已核实：转载；生效日为推定），确认至 2011-12-31\n"
        "      https://heilongjiang.big5.dbw.cn/system/2011/07/17/053286665.shtml"
    )
    assert digest
    assert "认定标准：来源只确认至 2011-12-31，此后仍按 410元/人月 计算" in result.output
    assert "低保金" not in result.output


def test_a_rule_by_its_code_name_a_deduction_by_its_income() -> None:
    income = run("timeline", DAQING, "--rule", "countable_income")
    deduction = run("timeline", DAQING, "--rule", "就业成本")

    assert income.output == deduction.output
    assert "收入 可计收入：政策起点时的规定" in income.output


def test_both_ends_of_the_stretch_are_included() -> None:
    def days(*options: str) -> list[str]:
        data = json.loads(run("timeline", DAQING, "--format", "json", *options).output)
        return [one["day"] for one in data["days"]]

    assert days("--from", "2011-01-01", "--to", "2012-01-01") == ["2011-01-01", "2012-01-01"]
    assert days("--from", "2011-01-02", "--to", "2011-12-31") == []
    assert (
        "没有变化" in run("timeline", DAQING, "--from", "2011-01-02", "--to", "2011-12-31").output
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--parameter", "认定标注"), "Did you mean `认定标准`?"),
        (("--rule", "认定标准"), "there is no `认定标准`"),
        (("--parameter", "低保金"), "there is no `低保金`"),
        (("--from", "2012-01-01", "--to", "2011-01-01"), "2012-01-01 is after 2011-01-01"),
        (("--from", "2012-02-30"), "is not a date"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(options: tuple[str, ...], said: str) -> None:
    result = run("timeline", DAQING, *options)

    assert result.exit_code == 2
    assert said in result.output


def test_a_policy_with_faults_has_no_timeline(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    (folder / "rules.dibao").write_text("政策 示例县(example)\n定义 家庭.甲: 元/月 = 乙\n", "utf-8")
    text = run("timeline", folder)
    data = run("timeline", folder, "--format", "json")

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert "没有叫 `乙` 的事项" in text.output
    assert [one["code"] for one in json.loads(data.output)] == ["D2001"]


def test_the_commands_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "timeline.md").read_text("utf-8")
    commands = re.findall(r"^dibao (.*)$", page, re.MULTILINE)

    assert len(commands) == 4
    for command in commands:
        result = run(*shlex.split(command))
        assert (result.exit_code, len(result.output) > 100) == (0, True), command
