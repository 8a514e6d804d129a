"""How long the policies that are included take to be tested: their cases, what those put to use, every slip.

Each command runs once over all policies in a process of its own, as a check on a server starts it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(str(path.parent) for path in (ROOT / "policies").glob("*/cases"))


def _seconds(*arguments: str) -> tuple[float, str]:
    """How long a command takes, and what it prints."""
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "dibao_policy", *arguments],
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    return seconds, run.stdout


def main() -> None:
    """Print what each policy's cases notice, and the seconds; the cases alone are what the others are measured by."""
    alone, _ = _seconds("test", *FOLDERS)
    covering, covered = _seconds("test", *FOLDERS, "--coverage")
    mutating, noticed = _seconds("mutate", *FOLDERS)
    for line in (*covered.splitlines(), *noticed.splitlines()):
        if "条件" in line or "改动" in line:
            print(f"  {line}")
    print(f"the cases of {len(FOLDERS)} policies: {alone:.1f} s")
    print(f"the same with what they put to use: {covering:.1f} s")
    print(f"which slips they notice: {mutating:.1f} s")
    total = covering + mutating
    print(f"both together: {total:.1f} s, {total / alone:.1f} times the cases alone")


if __name__ == "__main__":
    main()
