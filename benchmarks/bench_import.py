"""How long `import dibao_policy` takes in a fresh process, less the start of a bare interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15


def milliseconds(code: str) -> float:
    """The time of a fresh process."""
    begun = time.perf_counter_ns()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter_ns() - begun) / 1e6


def main() -> None:
    """Print the medians and their difference."""
    milliseconds("import dibao_policy")
    times = [(milliseconds("import dibao_policy"), milliseconds("pass")) for _ in range(RUNS)]
    for label, pick in (("min", min), ("median", statistics.median)):
        full, bare = (pick(column) for column in zip(*times, strict=True))
        print(f"{label}: {full:.0f} ms, bare interpreter {bare:.0f} ms, "
              f"import {full - bare:.0f} ms (goal ≤ 150 ms)")  # fmt: skip


if __name__ == "__main__":
    main()
