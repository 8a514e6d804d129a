"""How long it takes to say why two decisions differ, once the policies are loaded."""

from __future__ import annotations

import datetime
import statistics
import timeit
from pathlib import Path
from typing import Any

from dibao_policy import Source
from dibao_policy.facts.text import read_text
from dibao_policy.folders import load
from dibao_policy.lawcraft.compare.decisions import compare_decisions
from dibao_policy.policy import Snapshot

RUNS = 5
ROOT = Path(__file__).parent.parent
DECISIONS = ROOT / "examples" / "decisions"


def measure(
    label: str, a: Snapshot, one: dict[str, Any], b: Snapshot, other: dict[str, Any]
) -> None:
    """Print the least and the median time of one comparison, and how many changes explain something."""
    times = timeit.repeat(lambda: compare_decisions(a, one, b, other), number=1, repeat=RUNS)
    changes = len(compare_decisions(a, one, b, other).units)
    print(
        f"{label}: min {min(times):.2f} s, median {statistics.median(times):.2f} s, {changes} changes"
    )


def family(path: Path) -> Any:
    """A household of the examples."""
    return read_text(Source(path.name, path.read_text("utf-8")))[0]


def main() -> None:
    """Daqing: two days, two households, and both."""
    policy = load(ROOT / "policies" / "daqing")
    rise = [policy.on(datetime.date(*day)) for day in ((2010, 12, 1), (2011, 8, 1))]
    before, after = family(DECISIONS / "before.yaml"), family(DECISIONS / "after.yaml")
    measure("two days", rise[0], before, rise[1], before)
    measure("two households", rise[1], before, rise[1], after)
    measure("two days and two households", rise[0], before, rise[1], after)
    measure(
        "2010 and 2021, two households",
        rise[0],
        before,
        policy.on(datetime.date(2021, 8, 1)),
        after,
    )


if __name__ == "__main__":
    main()
