"""The laws of one number that moves hold on random policies, and each of them can fail.

`pytest --deep` runs over thirty times as many.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dibao_policy.evaluate import lines, stretches
from dibao_policy.evaluate.lines import Line
from dibao_policy.values import Rounding

from .moved import Counts, violations


def test_the_laws_hold(deep: bool) -> None:
    counts = Counts()
    violation = next(violations(range(300 if deep else 24), 4, 150, counts), None)
    print(f"\n{counts}")

    assert violation is None
    assert counts.shapes["line"] > 20
    assert counts.shapes["stairs"] > 20
    assert counts.stretches > counts.walks
    assert counts.given_up * 20 < counts.walks


Plant = Callable[[pytest.MonkeyPatch], None]


def the_middle_alone_is_cut(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stretches, "bounds", lambda line, first, last: (lines.at(line, first),) * 2)


def rounding_gives_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stretches, "rounded", lambda line, quantum, mode: line)


def a_half_goes_down(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(lines._GIVEN, Rounding.HALF_UP, (Fraction(0), Fraction(0)))


def a_multiple_is_taken_for_granted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines, "_is_multiple", lambda line, quantum: True)


def the_period_is_too_short(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lines, "_part_period", lambda part: 1)


def the_first_of_several_is_the_largest(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stretches, "_extreme", lambda walk, several, largest: several[0])


def a_product_has_lost_a_factor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stretches, "product", lambda first, second: first)


@pytest.mark.parametrize(
    "plant",
    [
        the_middle_alone_is_cut,
        rounding_gives_nothing,
        a_half_goes_down,
        a_multiple_is_taken_for_granted,
        the_period_is_too_short,
        the_first_of_several_is_the_largest,
        a_product_has_lost_a_factor,
    ],
    ids=lambda plant: plant.__name__,
)
def test_a_planted_fault_breaks_a_law(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    assert next(violations(range(60), 3, 150), None) is not None


# ── lines on their own ────────────────────────────────────────────────────

FEN, YUAN = Fraction(1), Fraction(100)
WAGE = Line(Fraction(0), Fraction(1))


def test_eighty_percent_to_the_yuan_repeats_itself_every_125_fen() -> None:
    share = lines.rounded(lines.times(WAGE, Fraction(4, 5)), YUAN, Rounding.UP)

    assert lines.period(share) == 125
    assert [lines.at(share, place) for place in (0, 1, 124, 125, 126)] == [0, 100, 100, 100, 200]
    assert lines.bounds(share, 0, 125) == (0, 200)


def test_what_is_rounded_to_the_yuan_is_not_rounded_again_to_the_fen() -> None:
    once = lines.rounded(lines.times(WAGE, Fraction(4, 5)), YUAN, Rounding.UP)

    assert lines.rounded(once, FEN, Rounding.HALF_UP) == once
    assert lines.rounded(WAGE, FEN, Rounding.DOWN) == WAGE
    assert lines.rounded(WAGE, YUAN, Rounding.DOWN) != WAGE


def test_what_is_taken_away_again_leaves_a_straight_line() -> None:
    up = lines.rounded(lines.times(WAGE, Fraction(1, 3)), FEN, Rounding.HALF_UP)

    assert lines.minus(lines.total((WAGE, up)), up) == WAGE


def test_a_half_to_the_even_neighbor_takes_twice_as_long() -> None:
    half = lines.times(WAGE, Fraction(1, 2))

    assert lines.period(lines.rounded(half, FEN, Rounding.HALF_UP)) == 2
    assert lines.period(lines.rounded(half, FEN, Rounding.HALF_EVEN)) == 4


def test_a_square_never_repeats_itself_and_is_bounded() -> None:
    square = lines.product(WAGE, WAGE)

    assert lines.period(square) is None
    assert lines.at(square, 12) == 144
    assert lines.bounds(square, 3, 5) == (9, 25)
