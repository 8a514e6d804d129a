"""Every page under `language/`: each row by the interpreter and by the generated function, to the last digit.

How a page is written stands at the top of `language_runner.py`.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from dibao_policy.core.show import program_text, value_text
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.facts.household import read_household
from dibao_policy.policy import Policy, Snapshot

from .conftest import ROOT
from .language_runner import (
    Section,
    compile_section,
    day_of,
    expected_of,
    household_of,
    problems_of,
    read_sections,
    stated_of,
)
from .page_runner import shown

PAGES = sorted((ROOT / "tests" / "language").glob("*.md"))
SECTIONS = [
    pytest.param(section, id=f"{path.stem}-{section.title}")
    for path in PAGES
    for section in read_sections(path)
]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_row_gets_what_its_page_says(section: Section) -> None:
    wrong: list[str] = []
    compiling = None
    for table in section.tables:
        for row in table:
            compiling = compiling or compile_section(section)
            compiled = compiling.on(day_of(row))
            facts = read_household(
                compiled.reader, household_of(row, compiled.program), day_of(row)
            )
            snapshot = Snapshot(Policy(compiling.passed, "", "", ""), compiled, day_of(row))
            decision = snapshot.decide_facts(facts)
            traced = values_of(interpret(compiled.program, facts))
            for (name, place), value in expected_of(row, compiled.program).items():
                kind = compiled.by_name[name].type
                for way, got in (("解释", traced[name]), ("生成", decision.raw(name))):
                    one = got[place] if isinstance(got, tuple) and place is not None else got
                    if one != value:
                        told = value_text(one, kind)  # type: ignore[arg-type]
                        wrong.append(f"第 {row.line} 行 {name}（{way}）是 {told}")
    assert wrong == []


@pytest.mark.parametrize("section", SECTIONS)
def test_every_spelling_on_a_page_is_the_same_program(section: Section) -> None:
    for spelling in section.same:
        assert spelling != section.rules
        first, second = compile_section(section), compile_section(section, spelling)
        pairs = zip(first.passed.compiled, second.passed.compiled, strict=True)
        for one, other in pairs:
            assert program_text(other.program) == program_text(one.program)
            assert other.digest == one.digest
            # These are no part of the program's text, because they change no result.
            stated = [
                (each.procedures, each.funds, each.properties)
                for each in (one.program, other.program)
            ]
            assert stated[0] == stated[1]


@pytest.mark.parametrize("section", SECTIONS)
def test_the_problems_of_a_page_are_exactly_those_it_shows(section: Section) -> None:
    found = problems_of(section)
    if section.problems is None:
        assert shown(found) == ""
    else:
        assert not section.tables
        assert shown(found) == section.problems


@pytest.mark.parametrize("section", SECTIONS)
def test_what_no_household_decides_is_what_the_page_says(section: Section) -> None:
    for stated in section.stated:
        day = datetime.date.fromisoformat(stated.options.get("on", "2024-01-01"))
        compiling = compile_section(section)
        snapshot = Snapshot(Policy(compiling.passed, "", "", ""), compiling.on(day), day)
        assert stated_of(stated, snapshot) == stated.body


@pytest.mark.parametrize("section", SECTIONS)
def test_no_column_of_results_says_the_same_in_every_row(section: Section) -> None:
    for table in section.tables:
        assert len(table) > 1
        for name in {name for row in table for name in row.results}:
            answers = {row.results.get(name) for row in table}
            assert len(answers) > 1, f"{name} 在每一行都一样，这张表说明不了什么"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_reads_in_both_tongues(path: Path) -> None:
    title, *lines = path.read_text("utf-8").split("\n")
    assert title.startswith("# ") and " · " in title
    prose = "\n".join(lines).split("\n```", 1)[0]
    assert "。" in prose
    assert any(line[:1].isascii() and line.endswith(".") for line in prose.split("\n") if line)
