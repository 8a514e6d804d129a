"""Every problem has a page that causes it and mends it; every page is checked word for word."""

from __future__ import annotations

import importlib
import re
import string
from pathlib import Path

import attrs
import pytest

from dibao_policy.folders import check_folder
from dibao_policy.problem import KINDS, Problem, message

from .conftest import ROOT
from .page_runner import Page, problems_of, read_page, verify

PAGES = sorted((ROOT / "src" / "dibao_policy" / "pages").glob("D*.md"))

# These reach a reader only through files: no text can show them, so a test below does.
WITHOUT_TEXT = {
    "D2023": "文件本身读不了，写不成一段文字",
    "D6001": "两次读到的文件不同，写不成一段文字",
    "D6002": "系统不让写，写不成一段文字",
    "D6003": "文件夹已经存在，写不成一段文字",
    "D7017": "文件本身读不了，写不成一段文字；见 lawcraft/test_cases_read.py",
    "D7018": "工作簿的格写不成一段文字；见 lawcraft/test_cases_table.py",
    "D7019": "多出来的文件写不成一段文字；见 cli/test_test.py",
    "D1050": "整理程序自己的毛病，没有文字会引起它；见 tests/format/test_laws.py",
    # These come of the day from which a procedure is counted: see `lawcraft/test_procedure.py`.
    "D2034": "没有安装节假日数据，写不成一段文字",
    "D2035": "起算的日期没有节假日安排，写不成一段文字",
    "D2036": "起算的日期太晚，写不成一段文字",
    "D2037": "命令里写的步骤，写不成一段文字",
    "D7714": "机器上没有中文字体，写不成一段文字；见 cli/test_curve.py",
    "D7715": "没有安装 typst，写不成一段文字；见 cli/test_curve.py",
    # A workbook is no text: see `cli/test_sheet.py`.
    **{f"D{code}": "工作簿写不成一段文字" for code in range(1570, 1585)},
    # Libraries, keys, signatures and bundles are no text: see `tests/evidence`.
    "D7601": "没有安装签名用的库，写不成一段文字",
    **{f"D{code}": "签名、密钥和政策包写不成一段文字" for code in range(7610, 7621)},
    "D7621": "不能写进文件的字符，写不成一段文字",
    "D7622": "命令里写的时间，写不成一段文字",
}

for _module in (
    "syntax.problems",
    "syntax.block_problems",
    "parameters.problems",
    "parameters.series_problems",
    "parameters.edit_problems",
    "model.problems",
    "model.stated_problems",
    "model.rule_problems",
    "core.problems",
    "core.block_problems",
    "core.cases.problems",
    "core.lower.property",
    "lawcraft.problems",
    "model.rename_problems",
    "lawcraft.deadline_problems",
    "lawcraft.cases.problems",
    "lawcraft.arrears_problems",
    "lawcraft.record_problems",
    "lawcraft.curve_problems",
    "lawcraft.letter_problems",
    "picture.problems",
    "lawcraft.compare.problems",
    "lawcraft.what_if_problems",
    "facts.problems",
    "jurisdiction.problems",
    "writing",
    "interview.problems",
    "spreadsheet.problems",
    "evidence.problems",
):
    importlib.import_module(f"dibao_policy.{_module}")

CLASSES = [KINDS[code] for code in sorted(KINDS)]


def _by_code(kind: type[Problem]) -> str:
    return kind.code


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_shows_exactly_the_problems_of_its_example(path: Path, update: bool) -> None:
    page = read_page(path)
    if page.code in WITHOUT_TEXT:
        assert "```problems" not in page.text
        return
    assert not (difference := verify(page, update)), difference
    assert re.search(f"^{page.code} ", read_page(path).expected, re.MULTILINE)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_mended_text_has_no_problem_left(path: Path) -> None:
    page = read_page(path)
    if page.code in WITHOUT_TEXT:
        return
    assert page.mended is not None, "缺少 `## 改正 · Mend` 一节"
    assert page.mended != page.example
    assert [message(problem) for problem in problems_of(page.mended)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_what_it_means_in_both_tongues(path: Path) -> None:
    page = read_page(path)
    assert path.stem == page.code
    assert re.fullmatch(r"D[0-9]{4} .*[\u4e00-\u9fff].* · [A-Za-z0-9].*", page.title)
    said = _prose(page)
    assert any(re.search("[\u4e00-\u9fff].*。", line) for line in said)
    assert any(re.match("[A-Z`].*[a-z]{2}.*[.]$", line) for line in said)


def _prose(page: Page) -> list[str]:
    """The lines between the heading and the first block."""
    lines = page.text.split("\n```", 1)[0].split("\n")[1:]
    return [line for line in lines if line]


def test_every_problem_has_a_page_and_every_page_a_problem() -> None:
    assert sorted(path.stem for path in PAGES) == sorted(KINDS)


@pytest.mark.parametrize("kind", CLASSES, ids=_by_code)
def test_both_tongues_tell_the_same_facts(kind: type[Problem]) -> None:
    fields = {field.name for field in attrs.fields(kind)}
    assert kind.zh and kind.en and kind.slug
    assert _facts(kind.zh, fields) == _facts(kind.en, fields)
    assert len(kind.mends_zh) == len(kind.mends_en)
    for zh, en in zip(kind.mends_zh, kind.mends_en, strict=True):
        assert _facts(zh, fields) == _facts(en, fields)


@pytest.mark.parametrize("kind", CLASSES, ids=_by_code)
def test_an_english_message_has_chinese_only_where_it_quotes(kind: type[Problem]) -> None:
    for template in (kind.en, *kind.mends_en):
        assert not re.search("[\u4e00-\u9fff]", re.sub("`[^`]*`|《[^》]*》", "", template))


def _facts(template: str, fields: set[str]) -> set[str]:
    """The facts a template mentions: `reason_en` is the English form of `reason`."""
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    assert names <= fields, names - fields
    return {name.removesuffix("_en") for name in names}


@pytest.mark.parametrize("kind", CLASSES, ids=_by_code)
def test_no_message_blames_or_shouts(kind: type[Problem]) -> None:
    for template in (kind.zh, kind.en, *kind.mends_zh, *kind.mends_en):
        for word in ("非法", "您", "你", "!", "！", "illegal", "Illegal"):
            assert word not in template
        assert "\n" not in template
        assert not template.endswith((".", "。"))


def test_slugs_are_words_and_belong_to_one_problem_of_a_family() -> None:
    seen: set[tuple[str, str]] = set()
    for kind in CLASSES:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", kind.slug)
        assert (kind.code[:3], kind.slug) not in seen
        seen.add((kind.code[:3], kind.slug))


def test_d2023_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "示例县"
    folder.mkdir()
    (folder / "办法.dibao").write_bytes("政策 示例县(example)\n".encode("gb18030"))
    (folder / "总则.dibao").write_text("政策 示例县(example)\n", "utf-8")
    (found,) = check_folder(folder)
    assert (found.code, message(found)) == (
        "D2023",
        "读不了 `示例县/办法.dibao`：不是 UTF-8 文字",
    )
    (folder / "办法.dibao").unlink()
    assert check_folder(folder) == ()


def test_d2023_a_folder_without_rules_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "示例县"
    folder.mkdir()
    assert "D2023" in {found.code for found in check_folder(folder)}
