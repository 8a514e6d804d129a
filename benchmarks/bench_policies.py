"""How long the policies that are included take to be tested: their cases, what those put to use, every slip.

Each command runs in a process of its own, as a person or a check on a server starts it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(str(path.parent) for path in (ROOT / "policies").glob("*/cases"))


def _seconds(*arguments: str) -> tuple[float, str]:
    """How long a command takes, and the last line that it prints."""
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "dibao_policy", *arguments],
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    return seconds, next(
        line for line in run.stdout.splitlines() if "改动" in line or "例，" in line
    )


def main() -> None:
    """Print a line for each policy and the sum; the cases alone are what the others are measured by."""
    alone, _ = _seconds("test", *FOLDERS)
    total = alone
    print(f"dibao test, {len(FOLDERS)} policies: {alone:.1f} s")
    for folder in FOLDERS:
        covering, _ = _seconds("test", folder, "--coverage")
        mutating, said = _seconds("mutate", folder)
        total += covering + mutating
        print(f"  {said}: coverage {covering:.1f} s, mutation {mutating:.1f} s")
    print(f"all of it: {total:.1f} s, {total / alone:.1f} times the cases alone")


if __name__ == "__main__":
    main()
