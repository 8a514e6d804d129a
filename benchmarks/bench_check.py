"""How long the check of a policy takes by its length: seconds, and microseconds per line of rules."""

from __future__ import annotations

import statistics
import time

from check_data import line_count, policy_text

from dibao_policy import PolicyText
from dibao_policy.compile import check

LENGTHS = {500: 5, 5_000: 3, 50_000: 1}
"""Lines of rules, and how often each length is timed."""
CASES = {
    "sound": {},
    "rises on 100 days": {"days": 100},
    "a misspelt name in each scheme": {"slips": True},
}


def seconds(text: PolicyText) -> float:
    """The time of one check of every regime, without what other processes take."""
    begun = time.process_time_ns()
    check(text, lambda code: None)
    return (time.process_time_ns() - begun) / 1e9


def main() -> None:
    """Print the time of each length, and what a line takes against a line of the shortest policy."""
    check(policy_text(100), lambda code: None)
    for case, options in CASES.items():
        print(case)
        first = 0.0
        for length, runs in LENGTHS.items():
            text = policy_text(length, **options)
            rules, values = line_count(text)
            taken = statistics.median(seconds(text) for _ in range(runs))
            per_line = taken / rules * 1e6
            first = first or per_line
            goal = " (goal ≤ 2 s)" if length == 5_000 else ""
            print(f"  {rules:>6} lines of rules, {values:>6} of values: {taken:.2f} s{goal}, "
                  f"{per_line:.0f} µs per line, ratio {per_line / first:.2f} (linear: 1)")  # fmt: skip


if __name__ == "__main__":
    main()
