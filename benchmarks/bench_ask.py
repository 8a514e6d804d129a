"""How long it takes to say what is known of a household and what to ask next, once the policy is loaded."""

from __future__ import annotations

import datetime
import statistics
import timeit
from pathlib import Path
from typing import Any

import w1_data

from dibao_policy.folders import load
from dibao_policy.policy import Snapshot

RUNS = 7
DAQING = Path(__file__).parent.parent / "policies" / "daqing"
ONE_LEFT = {
    "区县": "萨尔图区", "金融资产": 0, "机动车辆数": 0, "住房套数": 1,
    "成员": [
        {"出生日期": "1972-04-18", "在业": True},
        {"出生日期": "1974-08-25", "在业": False, "工资收入": 0},
        {"出生日期": "2002-05-09", "在业": False, "工资收入": 0},
    ],
}  # fmt: skip


def measure(label: str, snapshot: Snapshot, given: dict[str, Any]) -> None:
    """Print the least and the median time of one look, and how many questions it leaves."""
    times = [one * 1e3 for one in timeit.repeat(lambda: snapshot.ask(given), number=1, repeat=RUNS)]
    questions = len(snapshot.ask(given).questions)
    print(f"{label}: min {min(times):.0f} ms, median {statistics.median(times):.0f} ms, "
          f"{questions} questions")  # fmt: skip


def main() -> None:
    """Daqing and W1, with one fact missing and with all of them."""
    daqing = load(DAQING).on(datetime.date(2011, 8, 1))
    measure("Daqing, one wage missing", daqing, ONE_LEFT)
    for size in (1, 3, 8, 50):
        measure(f"Daqing, all missing, {size} members", daqing, {"成员": [{}] * size})
    w1 = load(w1_data.FOLDER).on(datetime.date(2024, 6, 1))
    for size in (1, 4):
        measure(f"W1, all missing, {size} members", w1, {"成员": [{}] * size})


if __name__ == "__main__":
    main()
