"""The policy of the benchmark gives what its rules give when a programmer writes them by hand."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    return importlib.import_module("w1_data"), importlib.import_module("w1_reference")


def test_the_generated_function_gives_what_the_reference_gives(
    modules: tuple[ModuleType, ModuleType], deep: bool
) -> None:
    w1_data, w1_reference = modules
    one, generated = w1_data.compiled()
    given = w1_data.households(60_000 if deep else 3_000, seed=7)
    register = w1_data.columns(one, given)
    eligible = 0
    for row, household in zip(w1_data.rows(register), given, strict=True):
        wanted = w1_reference.decide(household)
        found = generated.function(*row, *register.members)
        assert found == tuple(wanted[name] for name in w1_data.OUTPUTS), household
        eligible += wanted["eligible"]
    # Neither branch is a rarity in the data.
    assert len(given) < 8 * eligible < 7 * len(given)
