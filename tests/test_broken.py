"""Realistic slips in a small but complete policy: each gives exactly the problems on its page, and no echo."""

from __future__ import annotations

from pathlib import Path

import pytest

from dibao_policy.problem import has_errors, mend, message

from .page_runner import problems_of, read_page, verify

PAGES = sorted((Path(__file__).parent / "broken").glob("*.md"))

# The text is right as it stands: full-width typing is no fault.
WITHOUT_FAULT = "全部用全角输入"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_slip_gives_exactly_the_problems_on_its_page(path: Path, update: bool) -> None:
    page = read_page(path)
    assert not (difference := verify(page, update)), difference
    assert has_errors(problems_of(page.example)) == (page.title != WITHOUT_FAULT)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_policy_without_the_slip_has_no_problem(path: Path) -> None:
    page = read_page(path)
    text = page.example if page.title == WITHOUT_FAULT else page.mended
    assert text is not None
    assert [message(problem) for problem in problems_of(text)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_slip_is_told_in_both_tongues(path: Path) -> None:
    for problem in problems_of(read_page(path).example):
        assert message(problem, "en") != message(problem, "zh")
        assert bool(mend(problem, "en")) == bool(mend(problem, "zh"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 20
