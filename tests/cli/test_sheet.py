"""Parameters in a workbook and back: an edit is one line, and what is no edit is refused by its cell."""

from __future__ import annotations

import datetime
import difflib
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings, strategies as st

from dibao_policy import check_folder
from dibao_policy.cli.main import main
from dibao_policy.folders import library_beside, read_folder
from dibao_policy.spreadsheet.bring_in import exported, imported
from dibao_policy.spreadsheet.workbook import read_workbook, written_workbook

from ..conftest import ROOT

LINES = "parameters/lines.yaml"
NEW = ["2012-01-01", None, 450, 450, 450, 450, 450, None, "通知", None, None, "原文", "明载"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "policies" / "daqing"


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edited(folder: Path, edit: Callable[[Any], object]) -> Path:
    """The exported workbook of a folder after an edit."""
    file = folder.parent.parent / "edited.xlsx"
    assert run("export", folder, file, "--yes").exit_code == 0
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)
    return file


def line_changes(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_without_an_edit_every_byte_stays(folder: Path) -> None:
    before = contents(folder)
    for file in (folder.parent / "plain.xlsx", edited(folder, lambda book: None)):
        if not file.exists():
            assert run("导出", folder, file).exit_code == 0
        result = run("导入", folder, file, "--yes")
        assert (result.exit_code, result.output) == (0, "工作簿里没有改动。\n")
    assert contents(folder) == before


def test_the_sheet_holds_the_entries_with_their_first_row_frozen(folder: Path) -> None:
    book = openpyxl.load_workbook(edited(folder, lambda book: None))
    sheet = book["认定标准"]
    assert [cell.value for cell in sheet[1]] == (
        [
            "自",
            "至",
            "萨尔图区",
            "让胡路区",
            "龙凤区",
            "红岗区",
            "大同区",
            "确认至",
            "文件",
            "条款",
            "网址",
            "状态",
            "日期",
            "理由",
        ]
    )
    assert (sheet.freeze_panes, sheet["C3"].value, sheet["A3"].value) == ("A2", 410, "2011-01-01")
    assert book["就业成本比例"]["C2"].value == "30%"
    assert book["来历"].sheet_state == "hidden"
    assert book["来历"]["B1"].value == "daqing"


def test_a_number_and_a_new_row_come_back(folder: Path) -> None:
    def edit(book: Any) -> None:
        book["认定标准"]["D3"] = 420.5
        book["认定标准"].append(NEW)
        cell = book["就业成本比例"]["C2"]
        cell.value, cell.number_format = 0.35, "0%"

    file = edited(folder, edit)
    before = contents(folder)
    dry = run("import", folder, file, "--dry-run")
    assert dry.exit_code == 0 and contents(folder) == before
    assert run("import", folder, file, answer="n\n").exit_code == 1
    assert contents(folder) == before
    result = run("import", folder, file, "--yes")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(dry.output.rpartition("只看不写")[0])
    text = (folder / LINES).read_text("utf-8")
    assert "{萨尔图区: 410, 让胡路区: 420.5, 龙凤区: 410, 红岗区: 410, 大同区: 410}" in text
    assert "    - 自: 2012-01-01\n      值: {萨尔图区: 450, " in text
    assert "值: 35%\n" in (folder / "parameters/unverified.yaml").read_text("utf-8")
    assert check_folder(folder, 0) == ()
    assert run("import", folder, file, "--yes").output.startswith("错误[D1572]")


def test_a_jump_is_asked_about(folder: Path) -> None:
    file = edited(folder, lambda book: book["认定标准"].append([*NEW[:2], *[4500] * 5, *NEW[7:]]))
    before = contents(folder)
    result = run("import", folder, file, "--yes")
    assert result.exit_code == 1 and "理由" in result.output
    assert contents(folder) == before
    file = edited(
        folder, lambda book: book["认定标准"].append([*NEW[:2], *[4500] * 5, *NEW[7:], "合并"])
    )
    assert run("import", folder, file, "--yes").exit_code == 0


REFUSED: dict[str, tuple[Callable[[Any], object], str]] = {
    "a sheet too many": (lambda book: book.create_sheet("别的"), "D1573 别的"),
    "a sheet that is gone": (lambda book: book.remove(book["认定标准"]), "D1574 认定标准"),
    "another policy": (lambda book: book["来历"].__setitem__("B1", "x"), "D1571 来历"),
    "a column too many": (
        lambda book: book["认定标准"].__setitem__("P1", "x"),
        "D1575 认定标准!P1",
    ),
    "a source": (lambda book: book["认定标准"].__setitem__("I2", "x"), "D1576 认定标准!I2"),
    "a day": (
        lambda book: book["认定标准"].__setitem__("A3", datetime.date(2011, 7, 1)),
        "D1576 认定标准!A3",
    ),
    "a row that is gone": (lambda book: book["认定标准"].delete_rows(2), "D1577 认定标准!A2"),
    "a day twice": (
        lambda book: book["认定标准"].append(["2011-01-01", *NEW[1:]]),
        "D1578 认定标准!A4",
    ),
    "a formula": (lambda book: book["认定标准"].__setitem__("C2", "=1+1"), "D1579 认定标准!C2"),
    "a third": (lambda book: book["认定标准"].__setitem__("C2", 1 / 3), "D1580 认定标准!C2"),
    "a word": (lambda book: book["认定标准"].__setitem__("C2", "多"), "D1581 认定标准!C2"),
    "nothing": (lambda book: book["认定标准"].__setitem__("C2", None), "D1581 认定标准!C2"),
    "no day": (lambda book: book["认定标准"].append([None, *NEW[1:]]), "D1582 认定标准!A4"),
    "a status": (
        lambda book: book["认定标准"].append([*NEW[:11], "原件", *NEW[12:]]),
        "D1583 认定标准!L4",
    ),
    "an end": (
        lambda book: book["认定标准"].append([NEW[0], "2013-01-01", *NEW[2:]]),
        "D1583 认定标准!B4",
    ),
}


@pytest.mark.parametrize("edit, expected", REFUSED.values(), ids=REFUSED)
def test_what_is_no_edit_is_refused_by_its_cell(
    folder: Path, edit: Callable[[Any], object], expected: str
) -> None:
    before = contents(folder)
    result = run("import", folder, edited(folder, edit), "--yes")
    found = re.findall(r"错误\[(D[0-9]{4})\]: [^`]*`([^`]*)`", result.output)
    assert result.exit_code == 1
    assert [" ".join(one) for one in found] == [expected], result.output
    assert contents(folder) == before


def test_a_binary_fraction_as_a_spreadsheet_stores_it_is_refused(folder: Path) -> None:
    file = edited(folder, lambda book: book["认定标准"].__setitem__("C2", 777))
    stored = io.BytesIO()
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(stored, "w") as new:
        for name in packed.namelist():
            content = packed.read(name).replace(b"<v>777</v>", b"<v>0.30000000000000004</v>")
            new.writestr(name, content)
    file.write_bytes(stored.getvalue())
    assert "D1580" in run("import", folder, file, "--yes").output


def test_all_faults_are_reported_at_once(folder: Path) -> None:
    def edit(book: Any) -> None:
        book["认定标准"]["C2"], book["认定标准"]["I3"] = "=1", "别的"
        book["高龄年龄"]["C2"] = "老"

    output = run("import", folder, edited(folder, edit), "--yes").output
    assert all(code in output for code in ("D1579", "D1576", "D1581"))


def test_a_file_that_is_no_workbook_is_refused(folder: Path) -> None:
    file = folder / "no.xlsx"
    file.write_text("自,至\n", "utf-8")
    assert "D1570" in run("import", folder, file).output


TEXT, _ = read_folder(ROOT / "policies" / "daqing", exact_values=True)
LIBRARY = library_beside(ROOT / "policies" / "daqing", [])
SHEETS, _ = exported(TEXT, LIBRARY)
assert SHEETS is not None
PLACES = [
    (grid, row, column)
    for grid in SHEETS.grids
    for row in range(len(grid.texts))
    for column in range(len(grid.paths))
]


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(PLACES), st.integers(1, 4))
def test_one_changed_cell_is_a_difference_of_one_line(place: Any, more: int) -> None:
    grid, row, column = place
    old = grid.texts[row][2 + column]
    written = re.match(r"[0-9.]+", old)
    assert written is not None
    number = Decimal(written[0])
    if "元" in grid.declared.unit_text:
        other = number + Decimal(more) / 10
    else:
        # A share ends at 100 %.
        other = number + 1 if number < 100 else number - 1
    new = f"{other}{old[written.end() :]}"
    book = openpyxl.load_workbook(
        io.BytesIO(written_workbook(SHEETS.grids, SHEETS.policy, SHEETS.state))
    )
    book[grid.title].cell(row + 2, column + 3).value = new
    file = io.BytesIO()
    book.save(file)
    result, problems = imported(TEXT, LIBRARY, read_workbook("x", file.getvalue()))
    assert result is not None, problems
    (changed,) = result.files
    removed, added = line_changes(changed.before.text.encode(), changed.after.text.encode())
    assert removed[1:].replace(old, "") == added[1:].replace(new, "").replace(old, "")
    assert changed.before.text.count(new) + 1 == changed.after.text.count(new)
