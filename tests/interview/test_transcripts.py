"""Whole interviews, word for word, as a person at a terminal reads them. `--update` writes them anew.

Each household answers what is asked as its file says, with an empty line where it says nothing and there is a
default; in between it asks why, goes back, and puts off.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen
from click.testing import CliRunner

from dibao_policy import PolicyError, load
from dibao_policy.cli.main import main
from dibao_policy.facts.text import read_text
from dibao_policy.interview import Interview, interview
from dibao_policy.interview.typed import WHY, typed
from dibao_policy.text import Source

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"


@frozen
class Visit:
    """A household, and what it says before the answer to some questions, by their number."""

    name: str
    policy: str
    day: str
    household: str
    says: Mapping[int, tuple[str, ...]] = field(factory=dict)
    lang: str = "zh"


SHANGHAI = """
户籍类别: 城镇
成员:
  - {称呼: 本人, 出生日期: 1950-03-01, 在业: 否, 工资收入: 0, 转移净收入: 900, 劳动能力: 无}
"""

VISITS = [
    Visit("daqing_car", "daqing", "2011-08-01", "08_car", {2: ("?",)}),
    Visit("daqing_two_homes", "daqing", "2011-08-01", "09_two_homes",
          {1: ("零", "不知道"), 2: ("户主",), 3: ("一辆", "不知道"), 6: ("返回",)}),
    Visit("daqing_disability", "daqing", "2011-08-01", "05_severe_disability", {4: ("back", "0", "why")}, "en"),
    Visit("shanghai_old_age", "shanghai", "2024-08-01", SHANGHAI),
]  # fmt: skip


def lines_of(visit: Visit) -> list[str]:
    """What is typed."""
    whole = _household(visit)
    now = interview(
        load(ROOT / "policies" / visit.policy).on(datetime.date.fromisoformat(visit.day))
    )
    left = dict(visit.says)
    typed_in: list[str] = []
    while now.question is not None:
        asked = now.question
        for text in left.pop(len(now.steps) + 1, ()):
            typed_in.append(text)
            now = _after(now, text)
        if now.question == asked:
            typed_in.append(_answer(now, whole))
            now = _after(now, typed_in[-1])
    return typed_in


def _after(now: Interview, text: str) -> Interview:
    try:
        return now if text in WHY else typed(now, text)
    except PolicyError:
        return now


def _household(visit: Visit) -> dict[str, Any]:
    path = ROOT / "examples" / "households" / f"{visit.household}.yaml"
    text = visit.household if "\n" in visit.household else path.read_text("utf-8")
    whole, found = read_text(Source(visit.name, text))
    assert not found
    return dict(whole)


def _answer(now: Interview, whole: dict[str, Any]) -> str:
    asked = now.question
    assert asked is not None
    people = whole["成员"]
    if asked.kind == "count":
        return str(len(people))
    if asked.kind == "names":
        return "、".join(person["称呼"] for person in people)
    assert asked.fact is not None
    row = whole if asked.member is None else people[asked.member]
    value = row.get(asked.fact.name, "")
    return (
        {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_the_interview_reads_as_it_should(visit: Visit, update: bool, tmp_path: Path) -> None:
    arguments = [
        "interview", str(ROOT / "policies" / visit.policy), "--on", visit.day, "--lang", visit.lang,
        "--write", str(tmp_path / "household.yaml"),
    ]  # fmt: skip
    result = CliRunner().invoke(
        main, arguments, input="".join(f"{one}\n" for one in lines_of(visit))
    )
    text = (
        result.stdout + "\n--- household.yaml\n" + (tmp_path / "household.yaml").read_text("utf-8")
    )
    path = GOLDEN / f"{visit.name}.txt"
    if update:
        path.write_text(text, "utf-8")

    assert result.exit_code == 0, result.output
    assert text == path.read_text("utf-8")
