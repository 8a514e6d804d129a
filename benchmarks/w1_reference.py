"""The rules of W1 as a programmer would write them by hand: plain integers, one pass over the members.

Money is in fen. `decide` takes one household as a mapping, with its members under "members".
This is what the generated function is compared with, in its results and in its speed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STANDARD = (
    60000, 64000, 69000, 73500, 78000, 82500, 87000, 91500,
    96000, 100500, 105000, 110500, 115000, 120000, 125500, 130000,
)  # fmt: skip
EDUCATION = (0, 100000, 200000, 200000, 500000)
TAPER = {0: 100, 1: 50, 2: 30}


def decide(household: Mapping[str, Any]) -> dict[str, int]:
    """The eleven results of one household."""
    members = household["members"]
    standard = STANDARD[household["district"]]
    line = standard * len(members)
    half, imputed = standard // 2, standard * 40 // 100
    income = percent = medical_eligible = medical_edge = education = 0
    for member in members:
        wage, age, grade = member["wage"], member["age"], member["disability"]
        counted = wage + member["pension"] + member["other_income"]
        if member["employed"]:
            cost = wage * 30 // 100
            counted -= cost if cost < half else half
        elif member["able_to_work"] and 18 <= age <= 59 and counted < imputed:
            counted = imputed
        income += counted
        if age >= 80 or grade == 1 or grade == 2:
            percent += 30
        elif age >= 70 or age < 18 or member["serious_illness"]:
            percent += 20
        elif grade >= 3:
            percent += 10
        paid = member["medical"]
        if paid:
            share = (paid * 70 + 50) // 100
            medical_eligible += share if share < 5000000 else 5000000
            if paid > 300000:
                share = ((paid - 300000) * 60 + 50) // 100
                medical_edge += share if share < 3000000 else 3000000
        education += EDUCATION[member["student_stage"]]
    assets_pass = (
        household["financial_assets"] <= 24 * line
        and household["vehicles"] == 0
        and household["homes"] <= 1
    )
    eligible = assets_pass and income < line
    edge = assets_pass and not eligible and 2 * income < 3 * line
    base = supplement = withdrawal = medical = schooling = housing = 0
    if eligible:
        base = -(-max(line - income, standard // 10) // 100) * 100
        supplement = standard // 100 * percent
        medical, schooling = medical_eligible, education
        missing = 13 * len(members) - household["living_area"]
        if household["rents"] and missing > 0:
            housing = missing * 2500
    elif assets_pass:
        withdrawal = line * 3 // 10 * TAPER.get(household["months_since_employment"], 0) // 100
        if edge:
            medical, schooling = medical_edge, education // 2
    monthly = base + supplement + withdrawal + housing
    return {
        "eligible": eligible,
        "edge": edge,
        "income": income,
        "base": base,
        "supplement": supplement,
        "withdrawal": withdrawal,
        "medical_aid": medical,
        "education": schooling,
        "housing": housing,
        "monthly_total": monthly,
        "annual_total": 12 * monthly + medical + schooling,
    }
