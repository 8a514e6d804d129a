"""`dibao fmt` as a person at a terminal uses it: what it writes, what it leaves, what it says."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

TYPED = """政策 示例县（example）
输入  家庭.收入(income)：元／月   # 税后
定义 家庭.一半(half): 元/月=较小(收入/2，收入*50%)
"""
CANONICAL = """政策 示例县(example)

输入 家庭.收入(income): 元/月  # 税后

定义 家庭.一半(half): 元/月 = 较小(收入 ÷ 2, 收入 × 50%)
"""
ENGLISH = """policy 示例县(example)

input household.收入(income): 元/月  # 税后

define household.一半(half): 元/月 = lowest(收入 ÷ 2, 收入 × 50%)
"""
BROKEN = "定义 家庭.一半(half): 元/月 = (收入\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    policy = tmp_path / "example"
    policy.mkdir()
    (policy / "1.dibao").write_text(TYPED, "utf-8")
    (policy / "2.dibao").write_text(CANONICAL, "utf-8")
    (policy / "note.txt").write_text("定义  甲", "utf-8")
    return policy


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["fmt", *(str(argument) for argument in arguments)])


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8", "replace") for path in folder.iterdir()}


def test_a_folder_is_formatted_and_then_passes_the_check(folder: Path) -> None:
    before = (folder / "2.dibao").stat()
    result = run(folder)

    assert (result.exit_code, result.output) == (
        0,
        f"已整理 {folder}/1.dibao\n已整理 1 个，不用改 1 个\n",
    )
    assert texts(folder) == {"1.dibao": CANONICAL, "2.dibao": CANONICAL, "note.txt": "定义  甲"}
    assert (folder / "2.dibao").stat() == before
    assert run("--check", folder).output == "不用改 2 个\n"
    assert run("--check", folder).exit_code == 0


def test_the_command_answers_to_its_chinese_name(folder: Path) -> None:
    result = CliRunner().invoke(main, ["整理", str(folder / "1.dibao")])

    assert result.exit_code == 0
    assert texts(folder)["1.dibao"] == CANONICAL


def test_a_check_writes_nothing_and_lists_what_would_change(folder: Path) -> None:
    result = run("--check", folder)

    assert (result.exit_code, result.output) == (
        1,
        f"要整理 {folder}/1.dibao\n要整理 1 个，不用改 1 个\n",
    )
    assert texts(folder)["1.dibao"] == TYPED


def test_a_difference_is_shown_and_not_written(folder: Path) -> None:
    result = run("--diff", folder)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"--- {folder}/1.dibao",
        f"+++ {folder}/1.dibao",
        "@@ -1,3 +1,5 @@",
        *(f"-{line}" for line in TYPED.splitlines()),
        *(f"+{line}" for line in CANONICAL.splitlines()),
    ]
    assert result.stderr == "要整理 1 个，不用改 1 个\n"
    assert texts(folder)["1.dibao"] == TYPED
    assert run("--diff", "--check", folder).exit_code == 1


def test_keywords_in_the_other_tongue_and_back(folder: Path) -> None:
    assert run("--lang", "en", folder).output == (
        f"formatted {folder}/1.dibao\nformatted {folder}/2.dibao\n2 formatted\n"
    )
    assert texts(folder)["1.dibao"] == ENGLISH == texts(folder)["2.dibao"]
    assert run("--check", folder).exit_code == 0
    assert run("--check", "--lang", "zh", folder).exit_code == 1
    assert run("--lang", "zh", folder).exit_code == 0
    assert texts(folder)["1.dibao"] == CANONICAL


def test_a_file_with_a_problem_is_left_and_the_others_are_formatted(folder: Path) -> None:
    (folder / "0.dibao").write_text(BROKEN, "utf-8")
    (folder / "3.dibao").write_bytes("政策 示例县\n".encode("gb18030"))
    result = run(folder)

    assert result.exit_code == 1
    assert (
        result.stdout == f"已整理 {folder}/1.dibao\n已整理 1 个，不用改 1 个，有问题、没有动 2 个\n"
    )
    assert "错误[D1005]: `(` 没有对应的 `)`" in result.stderr
    assert f" --> {folder}/0.dibao:1:23" in result.stderr
    assert f"错误[D2023]: 读不了 `{folder}/3.dibao`：不是 UTF-8 文字" in result.stderr
    assert texts(folder)["0.dibao"] == BROKEN
    assert run("--check", folder / "0.dibao").exit_code == 1


@pytest.mark.parametrize(
    "typed",
    [CANONICAL.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + CANONICAL.encode()],
    ids=["CRLF", "byte order mark"],
)
def test_what_an_editor_added_is_taken_away(folder: Path, typed: bytes) -> None:
    path = folder / "1.dibao"
    path.write_bytes(typed)

    assert run("--diff", "--check", path).exit_code == 1
    assert run(path).exit_code == 0
    assert path.read_bytes() == CANONICAL.encode()


def test_a_file_keeps_its_mode_and_its_links(folder: Path) -> None:
    path, link = folder / "1.dibao", folder.parent / "link.dibao"
    path.chmod(0o640)
    link.symlink_to(path)

    assert run(link, path, folder).output == f"已整理 {link}\n已整理 1 个，不用改 1 个\n"
    assert link.is_symlink() and path.read_text("utf-8") == CANONICAL
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(texts(folder)) == ["1.dibao", "2.dibao", "note.txt"]


def test_a_file_that_cannot_be_written_stays_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dibao_policy.cli.format.shutil.copymode", full)
    result = run(folder)

    assert result.exit_code == 1
    assert result.stderr == f"Error: {folder}/1.dibao: No space left on device\n"
    assert texts(folder) == {"1.dibao": TYPED, "2.dibao": CANONICAL, "note.txt": "定义  甲"}


@pytest.mark.parametrize(
    "arguments", [(), ("no-such.dibao",), ("{folder}/note.txt",), ("{folder}/..",)]
)
def test_wrong_usage_ends_with_two(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run(*(one.format(folder=folder) for one in arguments)).exit_code == 2


def test_a_new_jurisdiction_is_canonical(tmp_path: Path) -> None:
    given = ["--name", "示例市", "--standard", "850", "--from", "2025-07-01"]
    made = CliRunner().invoke(main, ["new", str(tmp_path / "city"), *given])

    assert made.exit_code == 0
    assert run("--check", tmp_path / "city").output == "不用改 1 个\n"
