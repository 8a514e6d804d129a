"""`dibao test` as a person sees it: what differs, what is counted, what is written, and its exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from junitparser import JUnitXml

from dibao_policy import check_folder
from dibao_policy.cli.case_runs import run_folder
from dibao_policy.cli.main import main
from dibao_policy.problem import mend, message

from ..conftest import ROOT
from ..lawcraft.cases_policy import COMMON, RULES, VALUES

RIGHT = """  - 名称: 一人
    日期: 2020-01-01
    来源: {状态: 自拟}
    家庭: {成员: [{工资: 100}]}
    期望: {低保金: 400}  # 500 − 100
"""
WRONG = RIGHT.replace("一人", "二人").replace("[{工资: 100}]", "[{工资: 100}, {工资: 0}]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "example"
    (folder / "parameters").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "办法.dibao").write_text(RULES, "utf-8")
    (folder / "parameters" / "标准.yaml").write_text(VALUES, "utf-8")
    (folder / "cases" / "甲.yaml").write_text(COMMON + RIGHT, "utf-8")
    return folder


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def test_cases_that_come_out_are_one_line(folder: Path) -> None:
    result = run("test", folder)
    assert (result.exit_code, result.stdout) == (0, "example：1 例，全部相符；来源：自拟 1\n")
    english = run("测试", folder, "--lang", "en")
    assert english.stdout == "example: 1 cases, all as expected; sources: 自拟 1\n"


def test_what_differs_is_shown_with_its_place_and_its_steps(folder: Path) -> None:
    (folder / "cases" / "乙.yaml").write_text(COMMON + WRONG, "utf-8")
    result = run("test", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "二人（example/cases/乙.yaml:5，2020-01-01）\n"
        "  期望 低保金 400元/月，得到 900元/月（差 +500元/月），第 8 步\n"
        "    所依据的步骤：\n"
    )
    assert "      4. 人口：2人\n" in result.stdout
    assert result.stdout.endswith("\n\nexample：2 例，1 例相符，1 例不符；来源：自拟 2\n")


def test_only_some_cases(folder: Path) -> None:
    (folder / "cases" / "乙.yaml").write_text(COMMON + WRONG, "utf-8")
    assert run("test", folder, "--only", "一人").exit_code == 0
    assert run("test", folder, "--only", "甲.yaml").exit_code == 0
    assert run("test", folder, "--only", "二人").exit_code == 1
    nobody = run("test", folder, "--only", "三人")
    assert nobody.exit_code == 1
    assert nobody.stderr == "没有名称或文件名里有 三人 的案例\n"


def test_problems_are_all_told_at_once_and_data_has_them(folder: Path) -> None:
    bad = RIGHT.replace("一人", "三人").replace("低保金: 400", "低保全: 400")
    worse = RIGHT.replace("一人", "四人").replace("期望", "期忘").replace("工资: 100", "工资: 一百")
    (folder / "cases" / "乙.yaml").write_text(COMMON + bad + worse, "utf-8")
    result = run("test", folder)
    assert result.exit_code == 1
    for code in ("D7002", "D1501", "D5004"):
        assert f"错误[{code}]" in result.stdout
    (data,) = json.loads(run("test", folder, "--format", "json").stdout)
    assert [one["code"] for one in data["problems"]] == ["D5004", "D1501"]
    assert [(one["name"], one["passed"]) for one in data["cases"]] == [
        ("三人", False),
        ("一人", True),
    ]
    assert [one["code"] for one in data["cases"][0]["problems"]] == ["D7002"]
    assert data["summary"]["faulty"] == 1


def test_data_tells_each_difference(folder: Path) -> None:
    (folder / "cases" / "乙.yaml").write_text(COMMON + WRONG, "utf-8")
    result = run("test", folder, "--format", "json")
    assert result.exit_code == 1
    (data,) = json.loads(result.stdout)
    assert [len(one["differences"]) for one in data["cases"]] == [1, 0]
    (off,) = data["cases"][0]["differences"]
    assert {key: off[key] for key in ("kind", "name", "member", "expected", "found", "step")} == {
        "kind": "result",
        "name": "低保金",
        "member": None,
        "expected": "400元/月",
        "found": "900元/月",
        "step": 8,
    }


def test_a_faulty_policy_is_told_and_the_others_are_run(folder: Path) -> None:
    broken = folder.parent / "broken"
    broken.mkdir()
    (broken / "办法.dibao").write_text("政策 示例县(\n", "utf-8")
    result = run("test", broken, folder)
    assert result.exit_code == 1
    assert "broken：政策有错误，没有运行案例\nexample：1 例" in result.stdout


def test_wrong_usage_has_the_exit_code_two(folder: Path) -> None:
    assert run("test").exit_code == 2
    assert run("test", folder / "nowhere").exit_code == 2
    assert run("test", folder, "--update", "--format", "json").exit_code == 2


def test_several_processes_give_the_same_in_the_same_order(folder: Path) -> None:
    many = "".join(
        (RIGHT if number % 3 else WRONG.replace("二人", "一人")).replace("一人", f"案例{number}")
        for number in range(1200)
    )
    (folder / "cases" / "甲.yaml").write_text(COMMON + many, "utf-8")
    alone, spread = (run_folder(folder, "", "zh", processes) for processes in (1, 2))
    assert [one.name for one in spread.reports] == [f"案例{number}" for number in range(1200)]
    assert spread.reports == alone.reports


# ---- what is written ----------------------------------------------------------------------


def test_junit_tells_every_case_and_leaves_no_half_file(folder: Path) -> None:
    (folder / "cases" / "乙.yaml").write_text(COMMON + WRONG, "utf-8")
    report = folder.parent / "report.xml"
    report.write_text("old", "utf-8")
    assert run("test", folder, "--junit", report).exit_code == 1
    (suite,) = JUnitXml.fromfile(str(report))
    assert (suite.name, suite.tests, suite.failures) == ("example", 2, 1)
    failed = {case.name: [one.message for one in case.result] for case in suite}
    assert failed == {
        "一人": [],
        "二人": ["期望 低保金 400元/月，得到 900元/月（差 +500元/月），第 8 步"],
    }
    assert sorted(path.name for path in folder.parent.iterdir()) == ["example", "report.xml"]
    nowhere = run("test", folder, "--junit", folder.parent / "nowhere" / "report.xml")
    assert nowhere.exit_code == 1 and "D6002" in nowhere.stderr


def test_junit_shows_a_file_that_cannot_be_read_as_an_error(folder: Path) -> None:
    (folder / "cases" / "乙.yaml").write_text("案例: [", "utf-8")
    report = folder.parent / "report.xml"
    assert run("test", folder, "--junit", report).exit_code == 1
    (suite,) = JUnitXml.fromfile(str(report))
    assert (suite.tests, suite.errors) == (2, 1)


DIFFERENCES = """\
--- example/cases/乙.yaml
+++ example/cases/乙.yaml
@@ -6,4 +6,4 @@
     日期: 2020-01-01
     来源: {状态: 自拟}
     家庭: {成员: [{工资: 100}, {工资: 0}]}
-    期望: {低保金: 400}  # 500 − 100
+    期望: {低保金: 900}  # 500 − 100
"""


def test_update_shows_the_differences_before_the_question(folder: Path) -> None:
    path = folder / "cases" / "乙.yaml"
    path.write_text(COMMON + WRONG, "utf-8")
    refused = run("test", folder, "--update", answer="n\n")
    assert refused.exit_code == 1
    assert refused.stdout.endswith(DIFFERENCES + "写入吗？ [y/N]: n\n没有写入任何文件。\n")
    assert path.read_text("utf-8") == COMMON + WRONG
    unattended = run("test", folder, "--update", answer="")
    assert unattended.exit_code == 1 and "--yes" in unattended.stderr
    assert path.read_text("utf-8") == COMMON + WRONG

    agreed = run("test", folder, "--update", answer="y\n")
    assert agreed.exit_code == 0
    assert agreed.stdout.endswith("已写入 example/cases/乙.yaml，改了 1 个值。\n")
    assert path.read_text("utf-8") == COMMON + WRONG.replace("低保金: 400", "低保金: 900")
    assert run("test", folder).exit_code == 0


def test_update_without_asking_leaves_what_was_published(folder: Path) -> None:
    path = folder / "cases" / "乙.yaml"
    published = WRONG.replace("自拟", "转载")
    path.write_text(COMMON + published, "utf-8")
    result = run("test", folder, "--update", "--yes")
    assert result.exit_code == 1
    assert result.stderr == "二人 是公布的案例，期望不改：核对规则\n"
    assert result.stdout.endswith("没有写入任何文件。\n")
    assert path.read_text("utf-8") == COMMON + published


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_update_says_what_cannot_be_written(folder: Path) -> None:
    path = folder / "cases" / "乙.yaml"
    path.write_text(COMMON + WRONG, "utf-8")
    path.chmod(0o444)
    result = run("test", folder, "--update", "--yes")
    assert result.exit_code == 1 and "D6002" in result.stderr


# ---- the folder ---------------------------------------------------------------------------


def test_cases_do_not_disturb_a_check(folder: Path) -> None:
    before = check_folder(folder)
    (folder / "cases" / "乙.yaml").write_text("案例: [", "utf-8")
    assert check_folder(folder) == before


def test_d7019_a_file_that_nothing_reads_is_told(folder: Path) -> None:
    before = check_folder(folder)
    for name in (
        "标准.yaml",
        "办法.dibo",
        "README.md",
        ".hidden",
        "parameters/旧.json",
        "cases/a.ods",
    ):
        (folder / name).write_text("", "utf-8")
    (folder / "parameters" / "旧").mkdir()
    found = check_folder(folder)[len(before) :]
    assert [(one.code, one.severity, getattr(one, "path", "")) for one in found] == [
        ("D7019", "warning", "example/cases/a.ods"),
        ("D7019", "warning", "example/parameters/旧"),
        ("D7019", "warning", "example/parameters/旧.json"),
        ("D7019", "warning", "example/办法.dibo"),
        ("D7019", "warning", "example/标准.yaml"),
    ]
    assert (
        message(found[-1])
        == "`example/标准.yaml` 没有读：政策文件夹里只读 `*.dibao`、`parameters/*.yaml` 和 `cases/`"
    )
    assert mend(found[-1]) == "数值移到 `parameters/`，案例移到 `cases/`"


@pytest.mark.parametrize("code", sorted(path.name for path in (ROOT / "policies").iterdir()))
def test_the_cases_of_every_shipped_policy_come_out(code: str) -> None:
    result = run("test", ROOT / "policies" / code)
    assert result.exit_code == 0, result.stdout
