"""How another system embeds a policy: load once, take the evaluator of a day, decide on many households."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from dibao_policy import PolicyError, load

ROOT = Path(__file__).parent.parent

APPLICATIONS: dict[str, dict[str, Any]] = {
    "2011-0001": {
        "district": "saertu",
        "financial_assets": 800,
        "vehicles": 0,
        "homes": 0,
        "members": [
            {"birth_date": "1975-02-01", "employed": True, "wage": "620.50"},
            {"birth_date": datetime.date(2004, 9, 1), "employed": False, "wage": 0},
        ],
    },
    "2011-0002": {
        "district": "saertu",
        "financial_assets": 800,
        "vehicles": 0,
        "homes": 0,
        "members": [{"birth_date": "1975-02-01", "employed": True, "wage": 620.5}],
    },
}


def main() -> None:
    """Decide on every application."""
    policy = load(ROOT / "policies" / "daqing")  # PolicyError lists every problem of the texts
    snapshot = policy.on(datetime.date(2011, 8, 1))
    for number, household in APPLICATIONS.items():
        try:
            decision = snapshot.decide(household)
        except PolicyError as error:  # every fault of the facts, with its path
            print(f"{number}: refused\n  {error}")
            continue
        # Amounts are Decimal in yuan; either name works; the digest identifies the rules in force.
        print(f"{number}: eligible {decision['eligible']}, benefit {decision['benefit']}")
        print(f"  member supplements {decision['graded_supplement']}, digest {snapshot.digest}")


if __name__ == "__main__":
    main()
