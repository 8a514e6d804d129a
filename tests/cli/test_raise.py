"""A raise at the command line: the differences first, then a file that is whole, or as it was."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dibao_policy import check_folder, load
from dibao_policy.cli.main import main

from ..conftest import ROOT

FIVE = ["萨尔图区=450", "让胡路区=450", "龙凤区=450", "红岗区=450", "大同区=420"]
SOURCE = "关于提高城市低保标准的通知"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "policies" / "daqing"


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, so that what is left behind shows as well."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


DIFFERENCES = """\
--- daqing/parameters/lines.yaml
+++ daqing/parameters/lines.yaml
@@ -20,6 +20,11 @@
         状态: 转载
         日期: 推定
       确认至: 2011-12-31
+    - 自: 2025-07-01
+      值: {萨尔图区: 450, 让胡路区: 450, 龙凤区: 450, 红岗区: 450, 大同区: 420}
+      来源:
+        文件: 关于提高城市低保标准的通知
+        状态: 未核实
 
 # 〔S1〕〔S5〕
 基本生活保障标准:

  410元/人月 → 450元/人月，升 ≈9.76%：萨尔图区、让胡路区、龙凤区、红岗区
  410元/人月 → 420元/人月，升 ≈2.44%：大同区
来源的状态写作 `未核实`；读过文件原文的，加上 --status 原文。
"""


def test_the_differences_are_shown_before_the_question(folder: Path) -> None:
    before = contents(folder)
    result = run(
        "提标", folder, "认定标准", "--from", "2025-07-01", "--source", SOURCE, *FIVE, answer="n\n"
    )

    assert result.stdout == DIFFERENCES + "写入吗？ [y/N]: n\n没有写入任何文件。\n"
    assert result.exit_code == 1
    assert contents(folder) == before


def test_yes_writes_and_only_the_lines_that_were_shown(folder: Path) -> None:
    before = contents(folder)
    result = run(
        "raise", folder, "认定标准", "--from", "2025-07-01", "--source", SOURCE, *FIVE, answer="y\n"
    )

    assert result.exit_code == 0
    assert result.stdout.endswith(f"已写入 {folder}/parameters/lines.yaml。\n")
    after = contents(folder)
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"parameters/lines.yaml"}
    new = [line[1:] for line in DIFFERENCES.splitlines() if line.startswith("+ ")]
    lines = after["parameters/lines.yaml"].decode().splitlines()
    assert lines[22:27] == new
    assert [*lines[:22], *lines[27:]] == before["parameters/lines.yaml"].decode().splitlines()


def test_the_raised_standard_decides_from_its_day_on(folder: Path) -> None:
    run("raise", folder, "eligibility_line", "--from", "2025-07-01", "--yes", *FIVE)
    policy = load(folder)
    household = {
        "区县": "萨尔图区", "金融资产": 0, "机动车辆数": 0, "住房套数": 0,
        "成员": [{"出生日期": "1980-01-01", "在业": False, "工资收入": 0, "转移净收入": 430}],
    }  # fmt: skip

    assert policy.on(datetime.date(2025, 6, 30)).decide(household)["低保"] is False
    assert policy.on(datetime.date(2025, 7, 1)).decide(household)["低保"] is True


def test_everything_that_is_said_of_the_source_is_written(folder: Path) -> None:
    result = run(
        "raise", folder, "就业成本比例", "--from", "2025-07-01", "35％", "--yes", "--status", "original",
        "--source", SOURCE, "--article", "第二条", "--address", "https://example.org/a",
        "--date-basis", "stated", "--confirmed-until", "2026-06-30", "--reason", "物价上涨",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    text = (folder / "parameters" / "unverified.yaml").read_text("utf-8")
    assert (
        "    - 自: 2025-07-01\n"
        "      值: 35%\n"
        "      来源: {文件: 关于提高城市低保标准的通知, 条款: 第二条, 网址: https://example.org/a,"
        " 状态: 原文, 日期: 明载}\n"
        "      确认至: 2026-06-30\n"
        "      理由: 物价上涨\n"
    ) in text


def test_a_day_between_two_says_which_values_stay(folder: Path) -> None:
    values = [f"{name}=320" for name in ("萨尔图区", "让胡路区", "龙凤区", "红岗区", "大同区")]
    result = run("raise", folder, "认定标准", "--from", "2010-07-01", "--dry-run", *values)

    assert result.exit_code == 0
    assert "2011-01-01 起的值不变，到时仍按那里写的执行。\n" in result.stdout
    assert result.stdout.endswith("只看不写：没有写入任何文件。\n")


def test_a_day_before_the_first_says_so(folder: Path) -> None:
    result = run("raise", folder, "成年年龄", "--from", "2005-01-01", "--dry-run", "18")

    assert result.exit_code == 0
    assert "+      值: 18岁\n" in result.stdout
    assert "新的值早于原来的第一项。\n2010-01-01 起的值不变" in result.stdout


def test_a_renamed_parameter_is_raised_where_its_values_stand(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    (folder / "parameters").mkdir(parents=True)
    rules = """政策 示例县(example)
参数 低保标准(standard): 元/人月
  曾用名 标准
定义 家庭.保障线(line): 元/月 = 低保标准 × 人数(成员)
"""
    values = "标准:\n  取值:\n  - {自: 2020-01-01, 值: 430, 来源: {状态: 未核实}}\n"
    (folder / "rules.dibao").write_text(rules, "utf-8")
    path = folder / "parameters" / "values.yaml"
    path.write_text(values, "utf-8")

    by_its_former_name = run("raise", folder, "标准", "--from", "2025-07-01", "450", "--yes")
    assert by_its_former_name.exit_code == 1
    assert "是不是 `低保标准`？" in by_its_former_name.stderr
    result = run("raise", folder, "低保标准", "--from", "2025-07-01", "450", "--yes")
    assert result.exit_code == 0, result.output
    assert "提醒[D1565]: `标准` 现在叫 `低保标准`，这里还是曾用名\n" in result.stderr
    added = "  - {自: 2025-07-01, 值: 450, 来源: {状态: 未核实}}\n"
    assert path.read_text("utf-8") == values + added


# ---- what is not written ------------------------------------------------------------------


def refused(folder: Path, *arguments: object) -> str:
    """What a raise is refused for; no file is touched."""
    before = contents(folder.parent)
    result = run("raise", folder, *arguments, "--yes")
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert contents(folder.parent) == before
    return result.stderr


def test_a_jump_asks_for_its_reason_and_goes_with_it(folder: Path) -> None:
    values = [value.replace("=4", "=8") for value in FIVE]
    said = refused(folder, "认定标准", "--from", "2025-07-01", *values)

    assert said.count("D1550") == 5
    assert '核对无误的，加上 --reason "…" 写明理由，再运行一次。\n没有写入任何文件。\n' in said
    assert "daqing/parameters/lines.yaml:24:17" in said
    result = run(
        "raise",
        folder,
        "认定标准",
        "--from",
        "2025-07-01",
        "--yes",
        "--reason",
        "合并两项补贴",
        *values,
    )
    assert result.exit_code == 0, result.output
    assert "      理由: 合并两项补贴\n" in (folder / "parameters" / "lines.yaml").read_text("utf-8")


def test_a_reason_is_not_asked_for_where_it_would_not_help(folder: Path) -> None:
    """From 330 in mid-2010 to 410 is no jump; from 430 it is a fall, of the entry that is there."""
    names = [value.partition("=")[0] for value in FIVE]
    said = refused(folder, "认定标准", "--from", "2010-07-01", *[f"{name}=430" for name in names])

    assert "D1551" in said
    assert "--reason" not in said


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("认定标准", "--from", "2011-01-01", *FIVE), ["D1555"]),
        (("认定标准", "--from", "2025-07-01", *FIVE[:2]), ["D1541"]),
        (("认定标准", "--from", "2025-07-01", "萨尔图=450", "x", *FIVE[2:]), ["D1540", "D1509"]),
        (("认定标准", "--from", "2025-07-01", *FIVE, "saertu=450"), ["D1542"]),
        (("认定线", "--from", "2025-07-01", *FIVE), ["D1553"]),
        (("就业成本比例", "--from", "2025-07-01", "35"), ["D1548"]),
        (("就业成本比例", "--from", "2025-07-01", "130%"), ["D1547"]),
        (("成年年龄", "--from", "2025-07-01", "18元"), ["D1545"]),
        (("成年年龄", "--from", "2025-07-01", "18", "--status", "原文"), ["D1514"]),
        (("成年年龄", "--from", "2025-07-01", "18", "--confirmed-until", "2024-01-01"), ["D1515"]),
        (("成年年龄", "--from", "2025-07-01", "18", "--source", "通\u200b知"), ["D1527"]),
    ],
)
def test_what_would_not_pass_is_not_written(
    folder: Path, arguments: tuple[str, ...], codes: list[str]
) -> None:
    said = refused(folder, *arguments)

    assert [code for code in codes if f"[{code}]" not in said] == [], said


def test_all_missing_members_are_told_at_once(folder: Path) -> None:
    said = refused(folder, "认定标准", "--from", "2025-07-01", "saertu=四百")

    assert "D1509" in said
    assert "缺少 `让胡路区、龙凤区、红岗区、大同区` 的值" in said


def test_a_policy_with_another_fault_is_not_written_to(folder: Path) -> None:
    rules = folder / "4_benefit.dibao"
    rules.write_text(rules.read_text("utf-8").replace("金额 补差额", "金额 补差而"), "utf-8")

    assert "D2001" in refused(folder, "认定标准", "--from", "2025-07-01", *FIVE)


def test_the_problems_are_told_in_english_too(folder: Path) -> None:
    said = refused(folder, "认定标准", "--from", "2011-01-01", *FIVE, "--lang", "en")

    assert "already has a value from 2011-01-01" in said
    assert said.endswith("Nothing was written.\n")


def test_where_nobody_answers_nothing_is_written(folder: Path) -> None:
    before = contents(folder)
    result = run("raise", folder, "认定标准", "--from", "2025-07-01", *FIVE)

    assert result.exit_code == 1
    assert result.stderr == "没有写入：无人应答时加上 --yes。\n"
    assert contents(folder) == before


def test_a_change_of_the_file_while_the_question_stands_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "parameters" / "lines.yaml"

    def changed_and_confirmed(text: str) -> bool:
        path.write_text(path.read_text("utf-8") + "# 另一处的改动\n", "utf-8")
        return True

    monkeypatch.setattr(click, "confirm", changed_and_confirmed)
    result = run("raise", folder, "认定标准", "--from", "2025-07-01", *FIVE)

    assert result.exit_code == 1
    assert "错误[D6001]: `lines.yaml` 在读取之后被改动过，没有写入\n" in result.stderr
    assert path.read_text("utf-8").endswith("# 另一处的改动\n")
    assert "2025-07-01" not in path.read_text("utf-8")


def test_a_write_that_fails_leaves_the_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    said = refused_by_disk(folder)

    assert "错误[D6002]: `lines.yaml` 写不了：No space left on device\n" in said


def test_a_read_only_file_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)

    assert "错误[D6002]: `lines.yaml` 写不了：文件只读\n" in refused_by_disk(folder)


def refused_by_disk(folder: Path) -> str:
    before = contents(folder)
    result = run("raise", folder, "认定标准", "--from", "2025-07-01", "--yes", *FIVE)
    assert result.exit_code == 1
    assert contents(folder) == before
    return result.stderr


def test_line_ends_byte_order_mark_mode_and_link_stay(folder: Path) -> None:
    path, real = folder / "parameters" / "lines.yaml", folder.parent / "shared.yaml"
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    real.write_bytes(before)
    real.chmod(0o640)
    path.unlink()
    path.symlink_to(real)
    result = run("raise", folder, "认定标准", "--from", "2025-07-01", "--yes", *FIVE)

    assert result.exit_code == 0, result.output
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    after = real.read_bytes()
    at = after.index("    - 自: 2025".encode())
    end = after.index("\r\n# 〔S1〕〔S5〕".encode())
    assert after[:at] + after[end:] == before
    assert after.count(b"\n") == after.count(b"\r\n")


# ---- from a table -------------------------------------------------------------------------


def test_a_table_gives_the_values(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "新标准.csv"
    rows = [
        "区县,数值",
        "datong,420",
        "saertu,450",
        "龙凤区,450.00",
        '"红岗区", 450',
        "让胡路区,450,",
    ]
    table.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    result = run("raise", folder, "认定标准", "--from", "2025-07-01", "--csv", table, "--yes")

    assert result.exit_code == 0, result.output
    assert (
        "+      值: {萨尔图区: 450, 让胡路区: 450, 龙凤区: 450.00, 红岗区: 450, 大同区: 420}\n"
        in result.stdout
    )


def test_every_fault_of_a_table_is_listed_with_its_line(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "新标准.csv"
    table.write_text(
        "区县,数值\n萨尔图,450\n让胡路区,1,450\n龙凤区,\n红岗区,四百\n红岗区,450\n", "utf-8"
    )
    said = refused(folder, "认定标准", "--from", "2025-07-01", "--csv", table)

    places = [line.strip() for line in said.splitlines() if line.startswith(" --> ")]
    assert places == [
        "--> 新标准.csv:3:1",
        "--> 新标准.csv:4:5",
        "--> 新标准.csv:5:5",
        "--> 新标准.csv:2:1",
        "--> 新标准.csv:6:1",
    ]
    assert [line[3:8] for line in said.splitlines() if line.startswith("错误")] == [
        "D1562", "D1563", "D1509", "D1540", "D1542",
    ]  # fmt: skip


def test_a_table_in_another_encoding_is_named(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "新标准.csv"
    table.write_bytes("区县,数值\n".encode("gb18030"))

    assert "读不了 `新标准.csv`：不是 UTF-8 文字" in refused(
        folder, "认定标准", "--from", "2025-07-01", "--csv", table
    )


def test_a_table_and_values_are_one_too_many(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("数值\n1\n", "utf-8")

    assert (
        run("raise", folder, "成年年龄", "18", "--from", "2025-07-01", "--csv", table).exit_code
        == 2
    )
    assert run("raise", folder, "成年年龄", "18", "--from", "2025-02-30").exit_code == 2


# ---- the manual ---------------------------------------------------------------------------


def test_the_commands_of_the_manual_do_what_it_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`docs/raise.md` from top to bottom, over a copy of the policies."""
    monkeypatch.chdir(folder.parents[1])
    page = (ROOT / "docs" / "raise.md").read_text("utf-8")
    ran: list[str] = []
    said = ""
    for kind, text in re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        if kind == "csv":
            Path("新标准.csv").write_text(text, "utf-8")
        elif kind == "diff":
            assert said.startswith(text)
        else:
            for command in text.splitlines():
                dibao, *arguments = shlex.split(command)
                result = run(*arguments, answer="y\n")
                assert (dibao, result.exit_code) == ("dibao", 0), result.output
                said = result.output
                ran.append(arguments[0])
    assert ran == ["raise", "raise", "new", "check"]
    assert said == "0 处错误，0 处提醒\n"
    assert check_folder(folder) == ()
