"""W1: the generated function against the rules written by hand, on the same households, in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import w1_data
import w1_reference

HOUSEHOLDS = 20_000
RUNS = 9


def seconds(run: Callable[[], object]) -> float:
    """The time of one run."""
    begun = time.perf_counter_ns()
    run()
    return (time.perf_counter_ns() - begun) / 1e9


def main() -> None:
    """Print both times per household and their ratio."""
    one, generated = w1_data.compiled()
    given = w1_data.households(HOUSEHOLDS)
    register = w1_data.columns(one, given)
    rows = list(w1_data.rows(register))
    decide, members, by_hand = generated.function, register.members, w1_reference.decide

    def run_generated() -> list[tuple[int, ...]]:
        return [decide(*row, *members) for row in rows]

    def run_by_hand() -> list[dict[str, int]]:
        return [by_hand(household) for household in given]

    names = w1_data.OUTPUTS
    wanted = [tuple(decision[name] for name in names) for decision in run_by_hand()]
    differing = sum(a != b for a, b in zip(run_generated(), wanted, strict=True))
    times = [(seconds(run_generated), seconds(run_by_hand)) for _ in range(RUNS)]
    print(f"households {HOUSEHOLDS}, members {len(members[0])}, differing {differing}")
    for label, pick in (("min", min), ("median", statistics.median)):
        ours, theirs = (pick(column) for column in zip(*times, strict=True))
        micro = [value / HOUSEHOLDS * 1e6 for value in (ours, theirs)]
        print(
            f"{label}: generated {micro[0]:.2f} µs, by hand {micro[1]:.2f} µs per household, "
            f"ratio {ours / theirs:.2f} (goal ≤ 2.0)"
        )


if __name__ == "__main__":
    main()
