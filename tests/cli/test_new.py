"""A new jurisdiction at the command line: a folder that passes and decides at once, or none."""

from __future__ import annotations

import datetime
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dibao_policy import check_folder, load
from dibao_policy.cli import new_folder
from dibao_policy.cli.main import main

from ..conftest import ROOT

GIVEN = ("--name", "吉林市", "--standard", "850", "--from", "2025-07-01")
DISTRICTS = ("--districts", "昌邑区(changyi)、龙潭区（longtan），船营区")
DAY = datetime.date(2025, 8, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "jilin"


@pytest.fixture
def beside_national(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies" / "national", tmp_path / "national")
    return tmp_path / "jilin"


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder.parent).as_posix()
        for path in folder.parent.rglob("*")
        if path.is_file() and "national" not in path.parts
    )


MEMBERS = [{"工资收入": 600}, {"工资收入": 0, "转移净收入": "200.30"}]


def test_a_policy_that_stands_alone_passes_and_decides(folder: Path) -> None:
    result = run("新建", folder, *GIVEN)

    assert result.exit_code == 0, result.output
    assert result.output == (
        f"已新建 {folder}：\n"
        "  rules.dibao\n"
        "  parameters/standard.yaml\n"
        f"接下来：先看 rules.dibao 开头写的几处，改完运行 dibao check {folder}。\n"
    )
    assert files(folder) == ["jilin/parameters/standard.yaml", "jilin/rules.dibao"]
    assert check_folder(folder) == ()
    policy = load(folder)
    assert (policy.code, policy.name) == ("jilin", "吉林市城市居民最低生活保障")
    decision = policy.on(DAY).decide({"成员": MEMBERS})
    assert decision["低保"] is True
    assert decision["低保金"] == Decimal("899.70")
    # Exactly on the line is no longer below it; one fen less is.
    for wage, eligible in (("849.99", True), ("850", False), ("850.01", False)):
        assert policy.on(DAY).decide({"members": [{"wage": wage}]})["eligible"] is eligible


def national_household(**more: Any) -> dict[str, Any]:
    born = {"出生日期": "1980-01-01", "在业": False}
    members = [{**member, **born} for member in MEMBERS]
    return {"金融资产": 0, "机动车辆数": 0, "住房套数": 0, "成员": members, **more}


def test_beside_national_rules_it_inherits_them_at_their_version(beside_national: Path) -> None:
    folder = beside_national
    result = run(
        "new", folder, "--name", "吉林市", "--from", "2025-07-01", *DISTRICTS,
        "--standard", "龙潭区=800 changyi=850.50", "--standard", "船营区=790",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert "继承 national。\n" in result.output
    rules = (folder / "rules.dibao").read_text("utf-8")
    assert '  继承 全国社会救助(national) 版本 "1.0"\n' in rules
    assert "枚举 区县(district) { 昌邑区(changyi), 龙潭区(longtan), 船营区 }\n" in rules
    values = (folder / "parameters" / "standard.yaml").read_text("utf-8")
    assert "      值: {龙潭区: 800, 昌邑区: 850.50, 船营区: 790}\n" in values
    assert check_folder(folder) == ()
    snapshot = load(folder).on(DAY)
    by_district = {
        name: snapshot.decide(national_household(区县=name))["低保金"]
        for name in ("昌邑区", "longtan", "船营区")
    }
    assert by_district == {
        "昌邑区": Decimal("900.70"), "longtan": Decimal("799.70"), "船营区": Decimal("779.70"),
    }  # fmt: skip


def test_standalone_inherits_nothing_and_another_parent_is_named(beside_national: Path) -> None:
    assert run("new", beside_national, *GIVEN, "--standalone").exit_code == 0
    assert "继承" not in (beside_national / "rules.dibao").read_text("utf-8")
    county = beside_national.parent / "county"
    assert run("new", county, *GIVEN, "--inherit", "nationl").exit_code == 1
    assert run("new", county, *GIVEN, "--inherit", "national", "--standalone").exit_code == 2
    assert not county.exists()
    assert run("new", county, *GIVEN, "--inherit", "national").exit_code == 0
    assert check_folder(county) == ()


def test_a_parent_without_the_income_that_is_needed_is_told(folder: Path) -> None:
    run("new", folder.parent / "other", *GIVEN)
    result = run("new", folder, *GIVEN, "--inherit", "other")

    # The other policy declares the same names, which a local one may not take again.
    assert result.exit_code == 1
    assert "错误[" in result.stderr
    assert not folder.exists()


def test_what_is_known_of_the_document_is_written(folder: Path) -> None:
    result = run(
        "new", folder, *GIVEN, "--source", "《关于“提标”: 通知》", "--number", "吉市民发〔2025〕1号",
        "--article", "第一条", "--address", "https://example.org/a#b", "--status", "reported",
        "--date-basis", "inferred",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    values = (folder / "parameters" / "standard.yaml").read_text("utf-8")
    assert (
        "      来源:\n"
        '        文件: "《关于“提标”: 通知》（吉市民发〔2025〕1号）"\n'
        "        条款: 第一条\n"
        "        网址: https://example.org/a#b\n"
        "        状态: 转载\n"
        "        日期: 推定\n"
    ) in values
    assert "还没有核实" not in values
    (series,) = load(folder).on(DAY).compiled.program.tables
    assert series.entry.provenance.document == "《关于“提标”: 通知》（吉市民发〔2025〕1号）"


def test_a_new_policy_can_be_raised_as_its_remark_says(folder: Path) -> None:
    run("new", folder, *GIVEN, *DISTRICTS)
    remark = (folder / "parameters" / "standard.yaml").read_text("utf-8").splitlines()[1]
    assert remark == (
        '#   dibao raise policies/jilin 低保标准 --from 日期 --source "文件名" 昌邑区=… 龙潭区=… 船营区=…'
    )
    raised = ("昌邑区=900", "龙潭区=900", "船营区=900")
    result = run(
        "raise", folder, "低保标准", "--from", "2026-07-01", "--source", "通知", "--yes", *raised
    )

    assert result.exit_code == 0, result.output
    assert check_folder(folder) == ()


# ---- no folder ----------------------------------------------------------------------------


def test_a_folder_that_exists_is_neither_filled_nor_replaced(folder: Path) -> None:
    folder.mkdir()
    result = run("new", folder, *GIVEN)

    assert result.exit_code == 1
    assert "错误[D6003]: `jilin` 已经存在，没有写入" in result.stderr
    assert files(folder) == []


def test_every_fault_of_the_answers_is_told_at_once(folder: Path) -> None:
    result = run(
        "new", folder.with_name("Ji-lin"), "--name", "吉 林", "--from", "2025-07-01",
        "--districts", "昌邑区(chang yi)、在、昌邑区", "--standard", "昌邑区=八百", "--inherit", "national",
    )  # fmt: skip

    assert result.exit_code == 1
    codes = [line[3:8] for line in result.stderr.splitlines() if line.startswith("错误")]
    assert sorted(codes) == ["D1509", "D2009", "D6004", "D6004", "D6005", "D6005", "D6006"]
    assert list(folder.parent.iterdir()) == []


def test_a_district_that_cannot_be_read_is_one_fault(folder: Path) -> None:
    result = run(
        "new", folder, "--name", "吉林市", "--from", "2025-07-01",
        "--districts", "昌邑区、在", "--standard", "昌邑区=850 在=820",
    )  # fmt: skip

    assert [line[3:8] for line in result.stderr.splitlines() if line.startswith("错误")] == [
        "D6005"
    ]


@pytest.mark.parametrize(
    ("standard", "code"),
    [("昌邑区=850", "D1541"), ("850元/年", "D1545"), ("85%", "D1549"), ("100000.01", "D1547")],
)
def test_a_standard_that_would_not_pass_makes_no_folder(
    folder: Path, standard: str, code: str
) -> None:
    result = run(
        "new",
        folder,
        "--name",
        "吉林市",
        "--from",
        "2025-07-01",
        "--standard",
        standard,
        *DISTRICTS,
    )

    assert result.exit_code == 1
    assert f"错误[{code}]" in result.stderr
    assert files(folder) == []


def test_a_status_without_a_document_makes_no_folder(folder: Path) -> None:
    result = run("new", folder, *GIVEN, "--status", "原文")

    assert (result.exit_code, files(folder)) == (1, [])
    assert "D1514" in result.stderr


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def disk_full(path: Path, data: bytes) -> int:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        return 0

    monkeypatch.setattr(Path, "write_bytes", disk_full)
    result = run("new", folder, *GIVEN)

    assert written
    assert result.exit_code == 1
    assert "错误[D6002]: `jilin` 写不了：No space left on device" in result.stderr
    assert list(folder.parent.iterdir()) == []


def test_a_folder_in_no_folder_is_told(folder: Path) -> None:
    result = run("new", folder / "deeper" / "jilin", *GIVEN)

    assert result.exit_code == 1
    assert "D6002" in result.stderr


def test_without_a_terminal_all_that_is_missing_is_named(folder: Path) -> None:
    result = run("new", folder, "--standard", "850")

    assert result.exit_code == 2
    assert "missing --name, --from" in result.stderr


# ---- with questions -----------------------------------------------------------------------


def test_a_terminal_is_asked_and_asked_again(
    beside_national: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_folder, "on_terminal", lambda: True)
    answers = [
        "吉 林", "吉林市", "昌邑区(changyi)、龙潭区(longtan)", "2025-07-32", "2025-07-01",
        "昌邑区=850", "昌邑区=850 龙潭区=820", "关于提高低保标准的通知", "吉市民发〔2025〕1号", "",
        "原文", "y",
    ]  # fmt: skip
    result = run("new", beside_national, answer="\n".join(answers) + "\n")

    assert result.exit_code == 0, result.output
    assert result.output.count("Error: ") == 3
    assert "，各区县相同的写一个数，不同的写 昌邑区=… 龙潭区=…: " in result.output
    values = (beside_national / "parameters" / "standard.yaml").read_text("utf-8")
    assert values.endswith(
        "    - 自: 2025-07-01\n"
        "      值: {昌邑区: 850, 龙潭区: 820}\n"
        "      来源:\n"
        "        文件: 关于提高低保标准的通知（吉市民发〔2025〕1号）\n"
        "        状态: 原文\n"
    )
    assert check_folder(beside_national) == ()


def test_only_what_is_missing_is_asked(
    beside_national: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_folder, "on_terminal", lambda: True)
    given = ("--name", "吉林市", "--from", "2025-07-01", "--districts", "", "--lang", "en")
    result = run("new", beside_national, *given, answer="850\n\nn\n")

    assert result.exit_code == 0, result.output
    assert result.output.startswith("Standard, in yuan per person and month: 850\n")
    assert "It inherits" not in result.output
    assert "继承" not in (beside_national / "rules.dibao").read_text("utf-8")


def test_an_answer_that_is_broken_off_makes_no_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_folder, "on_terminal", lambda: True)
    result = run("new", folder, answer="吉林市\n")

    assert (result.exit_code, files(folder)) == (1, [])
