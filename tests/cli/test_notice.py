"""`dibao notice` (告知) as a person at a terminal uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main
from dibao_policy.picture import notice_pages

ROOT = Path(__file__).parents[2]
DAQING = str(ROOT / "policies" / "daqing")
MINORS = str(ROOT / "examples" / "households" / "06_two_minors.yaml")
CAR = str(ROOT / "examples" / "households" / "08_car.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--on", "2011-08-01"])


def test_the_outcome_stands_first_whatever_it_is() -> None:
    granted = run("notice", DAQING, MINORS).output.splitlines()
    refused = run("告知", DAQING, CAR).output.splitlines()

    assert granted[7:9] == ["一、决定", "  ✓ 低保：符合条件"]
    assert refused[7:10] == [
        "一、决定",
        "  ✗ 低保：不符合条件",
        "      原因：家里有机动车 1辆，应当没有机动车",
    ]


def test_an_auditor_reads_every_fact_and_every_step() -> None:
    citizen, auditor = (
        run("notice", DAQING, MINORS, "--for", one).output for one in ("citizen", "auditor")
    )

    assert "全部计算过程" in auditor and "全部情况" in auditor
    assert "全部计算过程" not in citizen


def test_each_household_gets_a_file_of_its_own(tmp_path: Path) -> None:
    result = run("notice", DAQING, MINORS, CAR, "--format", "html", "--out", str(tmp_path / "new"))

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        str(tmp_path / "new" / "06_two_minors.html"),
        str(tmp_path / "new" / "08_car.html"),
    ]
    page = (tmp_path / "new" / "08_car.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    assert "http" not in page


def test_the_data_is_the_whole_trace() -> None:
    data = json.loads(run("notice", DAQING, MINORS, "--format", "json").output)

    assert {"policy", "results", "steps", "parameters", "unverified"} <= data.keys()


def test_a_pdf_goes_into_a_folder() -> None:
    result = run("notice", DAQING, MINORS, "--format", "pdf")

    assert result.exit_code == 2
    assert "--out" in result.output


def test_a_pdf_is_made_with_a_font_that_has_chinese_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """typst brings fonts of its own, so that the pages can be set here without a Chinese one."""
    monkeypatch.setattr(notice_pages, "FAMILIES", ("没有的字体",))
    refused = run("notice", DAQING, MINORS, "--format", "pdf", "--out", str(tmp_path))
    assert refused.exit_code == 1
    assert "D7714" in refused.stderr and "没有的字体" in refused.stderr
    assert list(tmp_path.iterdir()) == []

    monkeypatch.setattr(notice_pages, "FAMILIES", ("Libertinus Serif",))
    first, second = (
        run("notice", DAQING, MINORS, "--format", "pdf", "--out", str(tmp_path / one))
        for one in "ab"
    )
    assert first.exit_code == second.exit_code == 0, first.output
    pages = [(tmp_path / one / "06_two_minors.pdf").read_bytes() for one in "ab"]
    assert pages[0].startswith(b"%PDF") and pages[0] == pages[1]
