"""Published calculations: each is a case of a policy that cites its page, or a test, and none is forgotten."""

from __future__ import annotations

import datetime
import importlib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dibao_policy import load
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.folder import read_cases
from dibao_policy.lawcraft.cases.run import Bench, passes

ROOT = Path(__file__).parents[2]
PUBLISHED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "published.yaml").read_text("utf-8")
)
OF_A_POLICY = [
    pytest.param(one, name, figures, id=f"{one['id']}:{name}")
    for one in PUBLISHED
    for name, figures in one.get("cases", {}).items()
]
TESTS = sorted({name for one in PUBLISHED for name in one.get("tests", ())})


@cache
def bench(code: str) -> tuple[Bench, dict[str, PolicyCase]]:
    folder = ROOT / "policies" / code
    cases, found = read_cases(folder)
    assert not found
    return Bench(load(folder)), {one.name: one for one in cases}


@pytest.mark.parametrize(("one", "name", "figures"), OF_A_POLICY)
def test_a_published_calculation_is_a_case_that_cites_its_page(
    one: dict[str, Any], name: str, figures: list[int | float]
) -> None:
    policy, cases = bench(one["policy"])
    case = cases[name]

    assert case.source is not None
    cited = case.source.address or case.source.document
    assert cited.startswith((one["page"], *one.get("pages", ())))
    assert case.source.status != "自拟"
    # A line is shown by the income that lies on it: its figure is then in the name of the case and in the household.
    known = {number for text in stated(case) if (number := read_number(text)) is not None}
    assert {Fraction(str(figure)) for figure in figures} <= known
    assert passes(policy, case)


def stated(case: PolicyCase) -> list[str]:
    """What a case expects, and the facts of its members."""
    facts = [str(value) for member in case.household.get("成员", ()) for value in member.values()]
    return [value.text for one in case.expected for value in one.values] + facts


def read_number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None


def cases_of(one: dict[str, Any]) -> list[PolicyCase]:
    _, cases = bench(one["policy"])
    return [cases[name] for name in one["cases"]]


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_the_list_names_is_there(name: str) -> None:
    file, function = name.split("::")
    module = importlib.import_module(f".{file.removesuffix('.py')}", __package__)

    assert callable(getattr(module, function))


def test_every_published_calculation_is_in_the_list_once() -> None:
    assert len({one["id"] for one in PUBLISHED}) == len(PUBLISHED) == 35
    assert all(one.get("cases") or one.get("tests") for one in PUBLISHED)
    assert all(one["page"].startswith("http") or "报道" in one["page"] for one in PUBLISHED)
    cited = {case.source.address for one in PUBLISHED if "policy" in one for case in cases_of(one)}
    assert all(page in cited for one in PUBLISHED for page in one.get("pages", ()))


def test_each_is_under_the_day_of_its_own_policy() -> None:
    """A day outside the days of a policy is refused, so that no case is decided by another law."""
    for one in PUBLISHED:
        for name in one.get("cases", {}):
            policy, cases = bench(one["policy"])
            day = cases[name].day
            assert isinstance(day, datetime.date)
            assert policy.policy.on(day)
