"""How long a policy folder takes from its texts to an evaluator: in a fresh process, and again in the same one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "policies" / "daqing"
RUNS = 7


def milliseconds() -> tuple[float, float]:
    """The time of `load` with all its regimes, and of the first evaluator after it."""
    from dibao_policy.folders import load

    begun = time.perf_counter_ns()
    policy = load(FOLDER)
    loaded = time.perf_counter_ns()
    compiled = policy.passed.compiled[-1]
    assert compiled.generated.outputs and compiled.reader
    return (loaded - begun) / 1e6, (time.perf_counter_ns() - loaded) / 1e6


def main() -> None:
    """Print the medians, without the import of the package."""
    if "--one" in sys.argv:
        print(*milliseconds())
        return
    command = [sys.executable, __file__, "--one"]
    cold = [
        [float(word) for word in subprocess.check_output(command, text=True).split()]
        for _ in range(RUNS)
    ]
    milliseconds()
    warm = [milliseconds() for _ in range(RUNS)]
    for label, times in (("cold", cold), ("warm", warm)):
        load, first = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"{label}: parse, check and compile {load:.0f} ms, evaluator {first:.0f} ms, "
              f"together {load + first:.0f} ms (goal ≤ 300 ms)")  # fmt: skip


if __name__ == "__main__":
    main()
