"""Seeded households for W1, and the same households as the columns that the generated function takes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from dibao_policy.compile import Compiled
from dibao_policy.evaluate.facts import household_facts, member_facts
from dibao_policy.evaluate.generate import Generated, generate
from dibao_policy.folders import load

FOLDER = Path(__file__).parent / "w1"
OUTPUTS = (
    "eligible", "edge", "income", "base", "supplement", "withdrawal",
    "medical_aid", "education", "housing", "monthly_total", "annual_total",
)  # fmt: skip
DAY = 20240601


def households(count: int, seed: int = 20240601) -> list[dict[str, Any]]:
    """Households of one to six members, one in four of them near the line."""
    draw = random.Random(seed)
    return [_household(draw) for _ in range(count)]


def _household(draw: random.Random) -> dict[str, Any]:
    size = draw.choices(range(1, 7), (32, 30, 21, 10, 5, 2))[0]
    return {
        "district": draw.randrange(16),
        "financial_assets": min(int(draw.lognormvariate(14, 1.1)), 500_000_000),
        "vehicles": int(draw.random() < 0.12),
        "homes": draw.choices((0, 1, 2), (25, 68, 7))[0],
        "living_area": draw.randrange(8, 100),
        "rents": int(draw.random() < 0.25),
        "months_since_employment": -1 if draw.random() < 0.7 else draw.randrange(25),
        "members": [_member(draw, place) for place in range(size)],
    }


def _member(draw: random.Random, place: int) -> dict[str, int]:
    age = draw.randrange(0 if place else 20, 96)
    grade = draw.randrange(1, 5) if draw.random() < 0.15 else 0
    stage = 1 if 6 <= age < 16 else draw.choice((2, 3)) if 16 <= age < 19 else 0
    if 19 <= age < 24 and draw.random() < 0.45:
        stage = 4
    able = 16 <= age < 65 and grade not in (1, 2) and draw.random() < 0.85
    employed = able and draw.random() < 0.55
    ill = draw.random() < 0.1

    def some(share: float, amount: int) -> int:
        return amount if draw.random() < share else 0

    spent = int(draw.lognormvariate(11.7, 1.2)) * (12 if ill else 1)
    return {
        "age": age,
        "disability": grade,
        "serious_illness": int(ill),
        "student_stage": stage,
        "wage": min(int(draw.lognormvariate(12.1, 0.6)), 3_000_000) if employed else 0,
        "pension": some(0.6 if age >= 60 else 0, draw.randrange(10_000, 200_000)),
        "other_income": some(0.3, draw.randrange(1, 50_000)),
        "exempt_income": some(0.05, draw.randrange(10_000, 200_000)),
        "able_to_work": int(able),
        "employed": int(employed),
        "medical": some(0.4, min(spent, 40_000_000)),
    }


@frozen
class Columns:
    """A register as lists: one per household fact, one per member fact, and where each household ends."""

    household: list[list[int]]
    members: list[list[int]]
    stops: list[int]


def compiled() -> tuple[Compiled, Generated]:
    """The policy, and its function for the eleven results alone."""
    policy = load(FOLDER)
    one = policy.passed.compiled[-1]
    return one, generate(one.integers, [one.by_name[name].name for name in OUTPUTS])


def columns(one: Compiled, given: list[dict[str, Any]]) -> Columns:
    """The columns of a list of households."""
    members = [member for household in given for member in household["members"]]
    stops: list[int] = []
    for household in given:
        stops.append((stops[-1] if stops else 0) + len(household["members"]))
    return Columns(
        [_household_column(fact.code, given) for fact in household_facts(one.program)],
        [[member[fact.code] for member in members] for fact in member_facts(one.program)],
        stops,
    )


def _household_column(code: str, given: list[dict[str, Any]]) -> list[int]:
    if code == "household_district":
        return [household["district"] for household in given]
    # An area is given in hundredths of a square meter.
    step = 100 if code == "living_area" else 1
    return [household[code] * step for household in given]


def rows(register: Columns) -> Iterator[tuple[int, ...]]:
    """The arguments of one household after another: start, stop, day, then its own facts."""
    start = 0
    for stop, *facts in zip(register.stops, *register.household, strict=True):
        yield (start, stop, DAY, *facts)
        start = stop
