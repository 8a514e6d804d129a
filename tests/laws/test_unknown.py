"""The laws of missing facts hold on random policies, and each of them can fail.

`pytest --deep` runs over twenty-five times as many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from attrs import evolve

from dibao_policy.core.ops import TABLE
from dibao_policy.evaluate import bounds, cases, cells, possible, unknown
from dibao_policy.evaluate.bounds import BOUNDS
from dibao_policy.evaluate.possible import Range, known

from .hidden import Counts, violations


@pytest.fixture(scope="module")
def counts(deep: bool) -> Counts:
    counts = Counts()
    for violation in violations(range(400 if deep else 16), 4, counts):
        raise AssertionError(violation)
    print(f"\n{counts}")
    return counts


@pytest.mark.parametrize("law", "ABCDEF")
def test_the_law_holds_and_is_put_to_the_test(counts: Counts, law: str) -> None:
    assert counts.laws[law] >= 30, counts


def test_many_results_are_known_while_facts_are_missing(counts: Counts) -> None:
    assert counts.laws["B"] * 3 > counts.laws["C"]
    assert counts.results["Range"] and counts.results["Among"]
    assert counts.results["without bounds"] * 100 < sum(counts.results.values())


def test_no_more_is_asked_than_there_is(counts: Counts) -> None:
    assert counts.questions * 2 < counts.cells


def test_every_operation_has_bounds() -> None:
    assert set(BOUNDS) == set(TABLE)


# ── planted faults ────────────────────────────────────────────────────────

Plant = Callable[[pytest.MonkeyPatch], None]
_PLANTED: list[tuple[str, Plant]] = []


def planted(laws: str) -> Callable[[Plant], Plant]:
    def note(plant: Plant) -> Plant:
        _PLANTED.append((laws, plant))
        return plant

    return note


@planted("BCDEF")
def only_the_first_row_of_a_table(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unknown, "product", lambda *choices: [tuple(min(one) for one in choices)])


@planted("BCDEF")
def the_branch_not_written_first_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    pick = bounds.pick

    def wrong(test: Range, first: possible.Possible, second: possible.Possible) -> object:
        return pick(known(True) if test.high else test, first, second)

    patch.setattr(unknown, "pick", wrong)


@planted("BCDEF")
def a_product_is_that_of_its_lower_ends(patch: pytest.MonkeyPatch) -> None:
    multiply = bounds.BOUNDS["multiply"]

    def wrong(*parts: Range) -> object:
        return multiply(*(Range(part.low, part.low, {}) for part in parts))

    patch.setitem(bounds.BOUNDS, "multiply", wrong)


@planted("BCDEF")
def what_falls_is_taken_to_rise(patch: pytest.MonkeyPatch) -> None:
    directions = possible.directions
    patch.setattr(
        cases,
        "directions",
        lambda moves: {cell: abs(way) for cell, way in directions(moves).items()},
    )


@planted("BCDEF")
def a_jump_between_branches_is_overlooked(patch: pytest.MonkeyPatch) -> None:
    pick = bounds.pick

    def wrong(test: Range, first: possible.Possible, second: possible.Possible) -> object:
        found = pick(test, first, second)
        if isinstance(found, possible.Among) or not found.moves:
            return found
        moves = {cell: (Fraction(0), Fraction(0)) for cell in test.moves}
        return evolve(found, moves={**found.moves, **moves})

    patch.setattr(unknown, "pick", wrong)


@planted("D")
def a_choice_does_not_need_its_condition(patch: pytest.MonkeyPatch) -> None:
    pick = bounds.pick

    def wrong(test: Range, first: possible.Possible, second: possible.Possible) -> object:
        found = pick(test, first, second)
        inner = {**first.moves, **second.moves}
        kept: Mapping[int, object] = {c: m for c, m in found.moves.items() if c in inner}
        return evolve(found, moves=kept or found.moves)

    patch.setattr(unknown, "pick", wrong)


@planted("BCDEF")
def cases_that_differ_are_taken_for_alike(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cases, "_split", lambda found: found.children[0])


@planted("BCDEF")
def a_stretch_is_taken_for_its_first_answer(patch: pytest.MonkeyPatch) -> None:
    def wrong(
        run: unknown.Run, ends: Mapping[int, tuple[int, int]], bare: bool = False
    ) -> unknown.Run:
        firsts = {cell: (first, first) for cell, (first, _) in ends.items()}
        return unknown.narrowed(run, firsts, bare)

    patch.setattr(cases, "narrowed", wrong)


@planted("F")
def cases_are_not_gone_through(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cases, "CASES", 1)


@planted("BCDEF")
def the_last_answer_is_never_tried(patch: pytest.MonkeyPatch) -> None:
    missing = cells.missing_cells

    def wrong(program: object, facts: object) -> object:
        found = missing(program, facts)
        return tuple(evolve(one, last=max(one.first, one.last - 1)) for one in found)

    patch.setattr(unknown, "missing_cells", wrong)


@pytest.mark.parametrize(("laws", "plant"), _PLANTED, ids=[plant.__name__ for _, plant in _PLANTED])
def test_a_planted_fault_breaks_a_law(
    laws: str, plant: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    broken = next(violations(range(30), 4), None)

    assert broken is not None
    assert broken.law in laws
