"""`dibao procedure --applied` and `--record`, as at a terminal."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
RECORDS = ROOT / "examples" / "records"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def record(name: str, today: str, *more: str) -> Result:
    return run("程序", DAQING, "低保审核", "--record", RECORDS / name, "--today", today, *more)


def test_an_application_is_told_with_its_days_and_with_what_the_file_has_to_hold() -> None:
    result = run("procedure", DAQING, "approval", "--applied", "2013-03-01")

    assert result.exit_code == 0
    # The rules of the day of the application: those of 民发〔2012〕220号.
    assert result.output.startswith(
        "低保审核（大庆市城市居民最低生活保障，自 2012-12-12 起的规定）\n"
    )
    # 4 to 6 April are off, and Sunday 7 April is worked.
    assert [line[-10:] for line in result.output.splitlines() if "最迟" in line or "，至" in line] == [
        "2013-03-15", "2013-03-22", "2013-03-29", "2013-04-08", "2013-04-15", "2013-04-18",
    ]  # fmt: skip
    assert result.output.endswith(
        "“受理”没有规定期限，以上按申请当日（2013-03-01）办完计算；"
        "实际办完的日子不同的，用 --on 2013-03-01 --after 受理 --from 办完之日\n"
        "卷宗里应当有：\n"
        "  入户调查：家庭经济状况核查表、调查人员 签字、申请人 签字\n"
        "  民主评议：评议记录、参加评议人员 签字\n"
    )


def test_where_a_step_has_no_time_what_follows_has_no_days_and_that_is_said() -> None:
    output = run("procedure", DAQING, "低保审核", "--applied", "2024-07-01").output

    assert "期限：3个工作日，最迟 2024-07-04" in output and "最迟 2024-07-09" in output
    assert "公示：7日，自“调查核实”结束之日起算" in output
    assert "“调查核实”没有规定期限，以后的步骤要等它办完才算得出日子\n" in output


def test_a_first_step_with_a_time_of_its_own_is_counted_from_the_application() -> None:
    output = run("procedure", DAQING, "低保审核全程", "--applied", "2024-09-30").output

    assert "期限：30个工作日，最迟 2024-11-15" in output
    assert "办完计算" not in output and "卷宗" not in output


def test_an_application_as_data() -> None:
    data = json.loads(
        run("procedure", DAQING, "低保审核", "--applied", "2024-07-01", "--format", "json").output
    )
    assert (data["applied"], data["from"]) == ("2024-07-01", "2024-07-01")
    assert [step["due"] for step in data["steps"]][:3] == [None, "2024-07-04", "2024-07-09"]


def test_a_case_in_time_has_no_findings_and_tells_what_is_not_yet_due() -> None:
    result = record("in_time.yaml", "2024-07-20")

    assert result.exit_code == 0
    assert "5. 初审公示：公示中，至 2024-07-23\n" in result.output
    assert result.output.endswith("没有发现问题\n")


def test_the_same_case_later_is_overdue_and_ends_with_exit_code_1() -> None:
    result = record("in_time.yaml", "2024-08-07")

    assert result.exit_code == 1
    assert "发现 2 个问题" in result.output
    assert (
        "  D7533 步骤 `审核确认` 应当在 2024-08-06 以前办结，到 2024-08-07 还没有办结，已过 1 日\n"
        "      改正：尽快办结；已经办结的，把日期记入卷宗\n"
        "      依据：《最低生活保障审核确认办法》（民发〔2021〕57号）第二十条\n"
    ) in result.output
    day_before = record("in_time.yaml", "2024-08-06").output
    assert (
        "6. 审核确认：未办，最迟 2024-08-06（还有 0 日）" in day_before
        and "D7533" not in day_before
    )


def test_a_record_as_data_has_states_findings_and_articles() -> None:
    data = json.loads(record("with_faults.yaml", "2024-08-20", "--format", "json").output)

    assert [step["state"] for step in data["steps"]] == [
        "done", "done", "missing", "done", "done", "overdue", "waiting",
    ]  # fmt: skip
    assert [(one["code"], one["step"], one["citations"][0]["article"]) for one in data["findings"]] == [
        ("D7532", "启动调查", "第十五条"),
        ("D7534", "启动信息核对", "第十七条"),
        ("D7535", "调查核实", "第十六条"),
        ("D7540", "调查核实", "第十六条"),
        ("D7539", "调查核实", "第十六条"),
        ("D7542", "初审公示", "第十九条"),
        ("D7533", "审核确认", "第二十条"),
    ]  # fmt: skip
    assert data["findings"][0]["place"]["file"] == "with_faults.yaml"


def test_findings_are_told_in_either_tongue() -> None:
    english = record("with_faults.yaml", "2024-08-20", "--lang", "en").output
    late = "`启动调查` was to be done by 2024-07-04 and was done on 2024-07-08, 4 days late"
    assert late in english


def test_without_a_day_a_record_is_looked_at_today() -> None:
    path = RECORDS / "with_faults.yaml"
    result = run("procedure", DAQING, "低保审核", "--record", path, "--format", "json")
    assert json.loads(result.output)["today"] == str(datetime.date.today())


def test_faults_of_a_record_are_told_all_at_once(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("申请: 2024-7-1\n步骤: {受理: {办结: 昨天, 签名: 甲}}\n", "utf-8")
    result = run("procedure", DAQING, "低保审核", "--record", case)
    assert result.exit_code == 1
    assert [result.output.count(f"错误[{code}]") for code in ("D1501", "D1511")] == [1, 2]
    case.write_text("申请: 2024-07-01\n步骤: {受里: 2024-07-01}\n", "utf-8")
    result = run("procedure", DAQING, "低保审核", "--record", case)
    assert (
        result.exit_code == 1
        and "错误[D7530]" in result.output
        and "case.yaml:2:6" in result.output
    )
    case.write_bytes("申请".encode("gb18030"))
    assert "错误[D5010]" in run("procedure", DAQING, "低保审核", "--record", case).output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--applied", "2024-07-01", "--from", "2024-07-01"), "days are counted from it"),
        (("--applied", "2024-07-01", "--after", "受理"), "days are counted from it"),
        (("--today", "2024-07-01", "--on", "2024-07-01"), "it goes with --record"),
        (("--record", str(RECORDS / "in_time.yaml"), "--applied", "2024-07-01"), "when it was applied for"),
        ((), "say --applied, --record, or --on"),
        (("--applied", "1999-09-30"), "1999-09-30"),
    ],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...], words: str) -> None:
    result = run("procedure", DAQING, "低保审核", *options)
    assert result.exit_code in (1, 2)
    assert words in result.output
