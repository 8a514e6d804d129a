"""The laws of the nearest turns hold on random policies, and each of them can fail.

`pytest --deep` runs nearly thirty times as many.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dibao_policy.evaluate import nearest
from dibao_policy.evaluate.possible import Possible, directions
from dibao_policy.evaluate.unknown import Run, narrowed

from .turning import Counts, violations


@pytest.fixture(scope="module")
def counts(deep: bool) -> Counts:
    counts = Counts()
    for violation in violations(range(400 if deep else 14), 3, counts):
        raise AssertionError(violation)
    print(f"\n{counts}")
    return counts


@pytest.mark.parametrize("law", "AB")
def test_the_law_holds_and_is_put_to_the_test(counts: Counts, law: str) -> None:
    assert counts.laws[law] >= 200, counts


def test_facts_of_every_kind_turn_something(counts: Counts) -> None:
    for kind in ("Number", "Day", "Enumerated", "YesNo", "Number far off", "Day far off"):
        assert counts.turns[kind], counts
    assert counts.turns["Number"] + counts.turns["Number far off"] >= 20, counts


def test_nearly_everything_can_be_proven(counts: Counts) -> None:
    assert counts.unproven * 10 < counts.laws["B"], counts


# ── planted faults ────────────────────────────────────────────────────────

Plant = Callable[[pytest.MonkeyPatch], None]


def whatever_moves_turns_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        nearest,
        "directions",
        lambda moves: {cell: way or 1 for cell, way in directions(moves).items()},
    )


def what_is_not_proven_stays(patch: pytest.MonkeyPatch) -> None:
    proven = nearest._proven

    def wrong(possible: Possible | None) -> object:
        known = proven(possible)
        return False if known is None else known

    patch.setattr(nearest, "_proven", wrong)


def a_stretch_is_taken_for_its_first_value(patch: pytest.MonkeyPatch) -> None:
    def wrong(run: Run, ends: dict[int, tuple[int, int]], bare: bool = False) -> Run:
        return narrowed(run, {cell: (first, first) for cell, (first, _) in ends.items()}, bare)

    patch.setattr(nearest, "narrowed", wrong)


def halving_ends_one_step_too_far(patch: pytest.MonkeyPatch) -> None:
    only_turn = nearest._only_turn

    def wrong(side: nearest._Side, near: int, far: int) -> int | None:
        found = only_turn(side, near, far)
        return found if found in (None, near, far) else found + (1 if far > near else -1)

    patch.setattr(nearest, "_only_turn", wrong)


@pytest.mark.parametrize(
    "plant",
    [
        whatever_moves_turns_once,
        what_is_not_proven_stays,
        a_stretch_is_taken_for_its_first_value,
        halving_ends_one_step_too_far,
    ],
    ids=lambda plant: plant.__name__,
)
def test_a_planted_fault_breaks_a_law(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    assert next(violations(range(60), 3), None) is not None
