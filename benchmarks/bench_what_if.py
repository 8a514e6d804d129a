"""How long it takes to say from which value of each fact on a result of a household of four turns."""

from __future__ import annotations

import datetime
import statistics
import time
from pathlib import Path
from typing import Any

from dibao_policy.folders import load
from dibao_policy.policy import Snapshot

RUNS = 15
DAQING = Path(__file__).parent.parent / "policies" / "daqing"


def family(wage: int, vehicles: int = 0) -> dict[str, Any]:
    """Four members, one of whom works."""
    births = ("1974-08-25", "2002-05-09", "2004-05-09")
    others = [{"出生日期": birth, "在业": False, "工资收入": 0} for birth in births]
    father = {"出生日期": "1972-04-18", "在业": True, "工资收入": wage}
    return {
        "区县": "萨尔图区", "金融资产": 0, "机动车辆数": vehicles, "住房套数": 1,
        "成员": [father, *others],
    }  # fmt: skip


def measure(label: str, snapshot: Snapshot, given: dict[str, Any], result: str) -> None:
    """Print the least and the median processor time, and how many facts were searched."""
    times: list[float] = []
    for _ in range(RUNS):
        began = time.process_time()
        found = snapshot.what_if(given, result)
        times.append((time.process_time() - began) * 1e3)
    facts = {one.about.path for one in (*found.turns, *found.fixed)}
    print(f"Daqing, {label}, {result}: min {min(times):.0f} ms, "
          f"median {statistics.median(times):.0f} ms, {len(facts)} facts, "
          f"{len(found.turns)} turns")  # fmt: skip


def main() -> None:
    """A household that is granted, one that is refused, one with two obstacles."""
    snapshot = load(DAQING).on(datetime.date(2011, 8, 1))
    for label, given in (
        ("granted", family(900)),
        ("refused", family(3000)),
        ("two obstacles", family(3000, vehicles=1)),
    ):
        for result in ("低保", "低保金"):
            measure(label, snapshot, given, result)


if __name__ == "__main__":
    main()
