"""Whether the cases of the policies that are included are enough: conditions seen both ways, changes noticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dibao_policy.folders import load
from dibao_policy.lawcraft.cases.exercises import exercises_of, refusals_of
from dibao_policy.lawcraft.cases.folder import read_cases
from dibao_policy.lawcraft.cases.run import Bench, passes
from dibao_policy.lawcraft.coverage import coverage
from dibao_policy.lawcraft.coverage_page import missing_text, totals
from dibao_policy.lawcraft.mutate import share, try_mutants
from dibao_policy.policy import Policy

ROOT = Path(__file__).parents[2] / "policies"
FOLDERS = sorted(path.parent for path in ROOT.glob("*/cases"))
NOTICED = 95
"""Of a hundred changes, how many some case has to notice."""

PAGE = Path(__file__).parents[2] / "docs" / "keeping.md"
ROW = re.compile(r"^\| `(\w+)` \| (\d+) \|", re.MULTILINE)


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name, scope="module")
def kept(request: pytest.FixtureRequest) -> tuple[Policy, tuple, tuple]:  # type: ignore[type-arg]
    policy = load(request.param)
    bench = Bench(policy)
    cases, found = read_cases(request.param)
    assert not found
    assert [one.name for one in cases if not passes(bench, one)] == []
    return policy, exercises_of(bench, cases), refusals_of(bench, cases)


def test_every_policy_has_cases() -> None:
    assert {path.name for path in FOLDERS} == {
        path.parent.name for path in ROOT.glob("*/1_*.dibao")
    }


def test_every_condition_is_seen_both_ways(kept: tuple) -> None:  # type: ignore[type-arg]
    policy, exercises, _ = kept
    items = coverage(policy.passed.lowered, policy.code, exercises)
    missing = [missing_text(one) for one in items if one.missing and one.kind == "condition"]

    assert totals(items)["condition"][1] > 0
    assert missing == []


def test_most_changes_are_noticed(kept: tuple) -> None:  # type: ignore[type-arg]
    policy, exercises, refusals = kept
    noticed, tried = share(list(try_mutants(policy.passed, policy.code, exercises, refusals)))

    assert noticed * 100 >= NOTICED * tried
    # What is left is told on the page, with why.
    rows = ROW.findall(PAGE.read_text("utf-8"))
    assert tried - noticed == sum(int(count) for code, count in rows if code == policy.code)


def test_the_page_tells_of_policies_that_are_included_alone() -> None:
    rows = ROW.findall(PAGE.read_text("utf-8"))

    assert rows
    assert {code for code, _ in rows} <= {path.name for path in FOLDERS}
