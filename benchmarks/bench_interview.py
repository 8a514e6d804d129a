"""How long it takes from an answer to the next question, for families of four of which nothing is known before."""

from __future__ import annotations

import datetime
import random
import statistics
import time
from pathlib import Path

from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.folders import load
from dibao_policy.interview import Interview, interview
from dibao_policy.policy import Snapshot

POLICIES = Path(__file__).parent.parent / "policies"
DAYS = {"daqing": datetime.date(2011, 8, 1)}
SIZE = 4
FAMILIES = 3


def plain_answer(now: Interview, pick: random.Random) -> object:
    """The answer of a poor family: mostly nothing, no, or the default."""
    asked = now.question
    assert asked is not None
    if asked.kind == "count":
        return SIZE
    if asked.fact is None or asked.default is not None:
        return ""
    match asked.fact.type:
        case Number():
            return pick.choice((asked.low, "300")) if asked.unit == "元/月" else asked.low
        case Day():
            return str(datetime.date(pick.randint(1940, 2010), 6, 1))
        case Enumerated():
            return asked.choices[0]
    # What staff confirm holds; everything else does not.
    return "是" if asked.fact.discretion else "否"


def one_interview(snapshot: Snapshot, seed: int) -> tuple[list[float], Interview]:
    """The processor time of each step, in ms, and how it ended."""
    pick = random.Random(seed)
    now, times = interview(snapshot), []
    while now.question is not None:
        answer = plain_answer(now, pick)
        start = time.process_time()
        now = now.answered(answer)
        times.append((time.process_time() - start) * 1e3)
    return times, now


def main() -> None:
    """Every policy of a city that has results, on its last regime; Daqing in 2011."""
    for name in ("daqing", "shanghai", "beijing", "hangzhou", "hefei", "liaocheng", "linkou"):
        policy = load(POLICIES / name)
        snapshot = policy.on(DAYS.get(name, policy.regimes[-1].since))
        times: list[float] = []
        saved: list[str] = []
        for seed in range(FAMILIES):
            each, end = one_interview(snapshot, seed)
            times += each
            saved.append(f"{end.saved.asked}/{end.saved.full}")
        print(f"{name}: slowest {max(times):.0f} ms, median {statistics.median(times):.0f} ms; "
              f"asked of the full form: {', '.join(saved)}")  # fmt: skip


if __name__ == "__main__":
    main()
