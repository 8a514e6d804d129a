"""The solver of linear inequalities against every point of a small box, and against points that must exist."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from dibao_policy.core.cases.linear import Effort, Point, Row, Solution, plainest, solve

HIGH = 5


def _solve(
    rows: list[Row], whole: list[bool], accept: Callable[[Point], bool] = lambda point: True
) -> Solution:
    return solve(rows, whole, accept, Effort(100_000))


def _box(size: int) -> list[Row]:
    rows = []
    for place in range(size):
        unit = [int(one == place) for one in range(size)]
        rows.append(Row(tuple(-one for one in unit), 0, False))
        rows.append(Row(tuple(unit), -HIGH, False))
    return rows


def _holds(row: Row, point: Sequence[Fraction | int]) -> bool:
    total = sum(a * x for a, x in zip(row.coefficients, point, strict=True)) + row.constant
    return total < 0 if row.strict else total <= 0


def _drawn(pick: random.Random, size: int) -> list[Row]:
    rows = _box(size)
    for _ in range(pick.randint(1, 5)):
        coefficients = tuple(pick.randint(-4, 4) for _ in range(size))
        row = Row(coefficients, pick.randint(-12, 12), pick.random() < 0.4)
        rows.append(row)
        if pick.random() < 0.3:
            rows.append(Row(tuple(-one for one in coefficients), -row.constant, False))
    return rows


def test_whole_numbers_are_found_wherever_there_are_any(deep: bool) -> None:
    pick = random.Random(1)
    outcomes = {"none": 0, "found": 0}
    for _ in range(20_000 if deep else 400):
        size = pick.randint(1, 4)
        rows = _drawn(pick, size)
        points = itertools.product(range(HIGH + 1), repeat=size)
        exists = any(all(_holds(row, point) for row in rows) for point in points)
        found = _solve(rows, [True] * size)
        assert found != "undecided"
        assert exists == (found != "none"), rows
        if not isinstance(found, str):
            assert all(one.denominator == 1 for one in found)
            assert all(_holds(row, found) for row in rows)
        outcomes["found" if exists else "none"] += 1

    assert min(outcomes.values()) > 40


def test_rationals_are_found_around_a_point_that_is_hidden_in_the_rows() -> None:
    pick = random.Random(2)
    for _ in range(500):
        size = pick.randint(1, 4)
        whole = [pick.random() < 0.5 for _ in range(size)]
        hidden = [
            Fraction(pick.randint(0, HIGH)) if one else Fraction(pick.randint(0, 3 * HIGH), 3)
            for one in whole
        ]
        rows = _box(size)
        for _ in range(6):
            coefficients = tuple(pick.randint(-4, 4) for _ in range(size))
            total = sum(a * x for a, x in zip(coefficients, hidden, strict=True))
            slack = pick.choice((Fraction(0), Fraction(1, 3)))
            bound = 3 * (total + slack)
            rows.append(Row(tuple(3 * one for one in coefficients), -int(bound), slack > 0))
        found = _solve(rows, whole)

        assert not isinstance(found, str), rows
        assert all(_holds(row, found) for row in rows)
        assert all(x.denominator == 1 for x, one in zip(found, whole, strict=True) if one)


def test_strict_rows_over_rationals_leave_no_point_between_them() -> None:
    # x < 2, x > 2; x ≤ 2 and x ≥ 2 leave one point.
    strict = [*_box(1), Row((1,), -2, True), Row((-1,), 2, True)]
    closed = [*_box(1), Row((1,), -2, False), Row((-1,), 2, False)]

    assert _solve(strict, [False]) == "none"
    assert _solve(closed, [False]) == (Fraction(2),)


def test_a_point_that_is_not_accepted_is_passed_over() -> None:
    found = _solve(_box(2), [True, True], lambda point: point[0] + point[1] == 9)

    assert found in ((Fraction(4), Fraction(5)), (Fraction(5), Fraction(4)))
    assert _solve(_box(2), [True, True], lambda point: False) == "none"


def test_a_plain_number_is_short() -> None:
    spans = [(0, 17), (17, 17), (1, 50), (18, 59), (60, 123), (43_001, 64_499), (-30, -11)]

    assert [plainest(*span) for span in spans] == [0, 17, 1, 20, 60, 50_000, -20]


def test_what_would_take_too_long_is_undecided() -> None:
    rows = [*_box(3), Row((2, -3, 5), -1, False), Row((-3, 2, -1), 2, True)]

    assert solve(rows, [True] * 3, lambda point: True, Effort(0)) == "undecided"
    assert not isinstance(_solve(rows, [True] * 3), str)
