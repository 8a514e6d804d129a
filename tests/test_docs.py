"""The README and the manual do what they say: their policies are sound, their commands and programs run."""

from __future__ import annotations

import datetime
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import dibao_policy
from dibao_policy import PolicyText, Source
from dibao_policy.cli.main import main
from dibao_policy.compile import run_passes
from dibao_policy.core.declared import USUAL_RANGES
from dibao_policy.lawcraft.cases.read import CASE_KEYS, FILE_KEYS, read_text
from dibao_policy.lawcraft.cases.run import Bench, run_case
from dibao_policy.lawcraft.cases.table import read_csv
from dibao_policy.lawcraft.properties import check_properties
from dibao_policy.parameters.read import read_parameters

ROOT = Path(__file__).parent.parent
STATED = [
    ROOT / "docs" / name
    for name in (
        "crosscheck.md",
        "procedure.md",
        "fund.md",
        "property.md",
        "unknown.md",
        "interview.md",
        "arrears.md",
        "curve.md",
        "compare.md",
        "whatif.md",
        "notice.md",
    )
]
PAGES = [ROOT / "README.md", ROOT / "docs" / "language.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of a kind on a page."""
    return [text for found, text in BLOCK.findall(page.read_text("utf-8")) if found == kind]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_policy_on_the_page_is_sound(page: Path) -> None:
    (rules,), (values,) = blocks(page, "dibao"), blocks(page, "yaml")
    text = PolicyText("example", (Source("page", rules),), (Source("values", values),))
    passed = run_passes(text, lambda code: None)

    assert passed.problems == ()
    assert passed.compiled


@pytest.mark.parametrize("page", STATED, ids=lambda p: p.name)
def test_the_policy_of_a_block_is_sound_and_its_properties_hold(page: Path) -> None:
    (rules,) = blocks(page, "dibao")
    text = PolicyText("example", (Source("page", rules),), ())
    passed = run_passes(text, lambda code: None)

    assert passed.problems == ()
    assert check_properties([one.program for one in passed.compiled], 500) == ()


@pytest.mark.parametrize("page", STATED, ids=lambda p: p.name)
def test_the_commands_and_programs_of_a_block_run(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    for command in "".join(blocks(page, "console")).splitlines():
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
    for program in blocks(page, "python"):
        exec(compile(program, page.name, "exec"), {})
        assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("arrears.md", ("arrears", "POLICY", "YAML")),
        ("compare.md", ("compare-decisions", "--policy", "POLICY", "--on", "2024-06-01", "--on", "2024-07-01",
                        "--household", "YAML")),
        ("procedure.md", ("procedure", "POLICY", "审核确认", "--record", "YAML", "--today", "2024-03-06")),
    ],
)  # fmt: skip
def test_the_file_of_a_page_gives_what_the_page_shows(
    name: str, arguments: tuple[str, ...], tmp_path: Path, update: bool
) -> None:
    page = ROOT / "docs" / name
    (rules,), (case,), (shown,) = (blocks(page, kind) for kind in ("dibao", "yaml", "text"))
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "rules.dibao").write_text(rules, "utf-8")
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    paths = {"POLICY": str(tmp_path / "example"), "YAML": str(tmp_path / "case.yaml")}
    output = CliRunner().invoke(main, [paths.get(word, word) for word in arguments]).output
    if update:
        text = page.read_text("utf-8")
        page.write_text(text.replace(f"```text\n{shown}```", f"```text\n{output}```"), "utf-8")
        return

    assert output == shown


def test_the_parameters_on_their_page_are_sound() -> None:
    (values,) = blocks(ROOT / "docs" / "parameters.md", "yaml")
    series, problems = read_parameters(Source("values", values))

    assert problems == ()
    assert [entry.since for entry in series[0].entries] == [
        datetime.date(2023, 7, 1),
        datetime.date(2024, 7, 1),
    ]


def test_the_commands_of_the_readme_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    commands = [
        line
        for block in blocks(ROOT / "README.md", "console")
        for line in block.splitlines()
        if line.startswith("dibao ")
    ]
    assert len(commands) == 17
    for command in commands:
        arguments = [
            part
            for word in shlex.split(command)[1:]
            for part in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
        ]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_program_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (program,) = blocks(ROOT / "README.md", "python")
    household = dibao_policy.facts.text.read_text(
        Source(
            "household", sorted(Path("examples/households").glob("*.yaml"))[0].read_text("utf-8")
        )
    )[0]
    exec(compile(program, "README.md", "exec"), {"household": household})

    assert "依据" in capsys.readouterr().out


CASES = ROOT / "docs" / "cases.md"


def test_the_cases_on_their_page_come_out() -> None:
    (yaml,), (table,) = blocks(CASES, "yaml"), blocks(CASES, "csv")
    read, faults = read_text(Source("page", yaml))
    rows, more = read_csv(Source("page", table))
    bench = Bench(dibao_policy.load(ROOT / "policies" / "daqing"))

    assert faults == more == ()
    outcomes = [run_case(bench, case) for case in (*read, *rows)]
    assert [one.case.name for one in outcomes if not one.passed] == []
    assert len(outcomes) == 5


def test_the_keys_of_cases_on_their_page_are_those_that_are_read() -> None:
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", CASES.read_text("utf-8"), re.MULTILINE)

    assert set(rows) == {(key.zh, key.en) for key in (*FILE_KEYS, *CASE_KEYS)}


def test_the_commands_and_programs_of_the_page_of_cases_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    for command in "".join(blocks(CASES, "console")).splitlines():
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
    (program,) = blocks(CASES, "python")
    exec(compile(program, CASES.name, "exec"), {})
    assert capsys.readouterr().out == "True True\nTrue\nTrue\n"


@pytest.mark.parametrize("name", ["keeping.md", "spreadsheet.md", "timeline.md"])
def test_the_commands_of_a_page_about_a_folder_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a copy of the policies, from the first command to the last."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    commands = "".join(blocks(ROOT / "docs" / name, "console")).splitlines()
    assert commands
    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_commands_and_the_program_of_the_page_of_evidence_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    update: bool,
) -> None:
    page = ROOT / "docs" / "evidence.md"
    for folder in ("policies", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    outputs: list[str] = []
    for command in "".join(blocks(page, "console")).splitlines():
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
        outputs.append(result.output)
    (shown,), (program,) = blocks(page, "text"), blocks(page, "python")
    if update:
        text = page.read_text("utf-8")
        page.write_text(text.replace(shown, outputs[1]), "utf-8")
        return
    exec(compile(program, page.name, "exec"), {})

    assert outputs[1] == shown
    assert outputs[-1].splitlines()[-1] == shown.splitlines()[-1]
    assert capsys.readouterr().out == "() True\n"


def test_every_usual_range_is_in_the_manual() -> None:
    text = (ROOT / "docs" / "language.md").read_text("utf-8")

    assert not {unit for unit in USUAL_RANGES if f"`{unit}`" not in text}


def test_every_page_writes_one_sentence_per_line() -> None:
    manual = sorted((ROOT / "docs").rglob("*.md"))
    assert len(manual) > 20
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *manual):
        for line in page.read_text("utf-8").splitlines():
            if line.startswith(("|", "-", "#", "1", "2", "3", "4", "5", "6", "7", "8", "9")):
                continue
            assert not re.search(r"[a-z]\. [A-Z]", line), f"{page.name}: {line}"
