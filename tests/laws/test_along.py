"""Curves of random policies are what every single step gives, and a faulty curve is noticed.

`pytest --deep` runs over twenty times as many.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dibao_policy.evaluate import lines
from dibao_policy.lawcraft import curve_pieces, curve_trace

from .along import Counts, violations


def test_a_curve_is_what_every_step_gives(deep: bool) -> None:
    counts = Counts()
    violation = next(violations(range(250 if deep else 12), 3, 200, counts), None)
    print(f"\n{counts}")

    assert violation is None
    assert counts.curves > 20
    assert counts.turns > 10
    assert counts.cliffs > 0
    assert counts.shapes["line"] > 20
    assert counts.given_up * 20 < counts.curves


Plant = Callable[[pytest.MonkeyPatch], None]


def neighbors_are_always_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        curve_trace, "merged", lambda several: ((several[0][0], several[-1][1], several[0][2]),)
    )
    patch.setattr(curve_trace._Compiled, "check", lambda *_: None)


def a_period_is_one_step(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(curve_pieces, "period", lambda line: 1)


def what_is_rounded_stays_as_it_was(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines, "_is_multiple", lambda line, quantum: True)


@pytest.mark.parametrize(
    "plant",
    [neighbors_are_always_one, a_period_is_one_step, what_is_rounded_stays_as_it_was],
    ids=lambda plant: plant.__name__,
)
def test_a_planted_fault_breaks_a_law(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    try:
        broken = next(violations(range(30), 3, 200), None) is not None
    except AssertionError:
        # The curve is held against the compiled function as it is made.
        broken = True

    assert broken
