"""How long it takes to put one property to the test on a few thousand households: Daqing, over all its regimes."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from attrs import evolve

from dibao_policy.folders import pass_folder
from dibao_policy.lawcraft.properties import HOUSEHOLDS, check_properties

FOLDER = Path(__file__).parent.parent / "policies" / "daqing"
RUNS = 5


def main() -> None:
    """Print the least and the median time of each property, and of all together."""
    programs = [one.program for one in pass_folder(FOLDER).compiled]
    properties = programs[-1].properties
    for label, some in [(one.name, (one,)) for one in properties] + [("all", properties)]:
        asked = [evolve(program, properties=some) for program in programs]
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            found = check_properties(asked, HOUSEHOLDS)
            times.append((time.perf_counter() - start) * 1000)
        print(f"{label}, {HOUSEHOLDS} households: min {min(times):.0f} ms, "
              f"median {statistics.median(times):.0f} ms (goal ≤ 500 ms each), refuted {len(found)}")  # fmt: skip


if __name__ == "__main__":
    main()
