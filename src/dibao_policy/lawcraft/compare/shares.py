"""A difference divided among the changes that make it, exactly.

Here the changes of one result are numbered from 0 and `came(made)` is its value with some of them made, a bit each.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

Came = Callable[[int], object]


def average_shares(count: int, came: Callable[[int], Fraction]) -> tuple[Fraction, ...]:
    """What each change does to the value, on the average over all orders of making them (the Shapley value)."""
    values = [came(made) for made in range(1 << count)]
    orders = math.factorial(count)
    parts = [Fraction(0)] * count
    for made, value in enumerate(values):
        size = made.bit_count()
        for place in range(count):
            if made >> place & 1:
                # In so many orders exactly the others of this set come before this change.
                ways = math.factorial(size - 1) * math.factorial(count - size)
                parts[place] += Fraction(ways, orders) * (value - values[made ^ 1 << place])
    return tuple(parts)


def ordered_shares(count: int, came: Callable[[int], Fraction]) -> tuple[Fraction, ...]:
    """What each change does where they are made in the order of their numbers, and in the opposite one, halved."""
    whole = (1 << count) - 1
    firsts = [came((1 << place) - 1) for place in range(count + 1)]
    lasts = [came(whole ^ (1 << place) - 1) for place in range(count + 1)]
    return tuple(
        (firsts[place + 1] - firsts[place] + lasts[place] - lasts[place + 1]) / 2
        for place in range(count)
    )


def smallest_sets(count: int, came: Came) -> tuple[int, ...]:
    """The sets of changes that alone bring the value to what it is with all, none of which has such a set inside."""
    whole = (1 << count) - 1
    found: list[int] = []
    for size in range(1, count + 1):
        for chosen in itertools.combinations(range(count), size):
            made = sum(1 << place for place in chosen)
            if not any(made & one == one for one in found) and came(made) == came(whole):
                found.append(made)
    return tuple(found)


def one_small_set(count: int, came: Came) -> int:
    """One such set, found by leaving out each change in turn from the last to the first."""
    whole = (1 << count) - 1
    made = whole
    for place in reversed(range(count)):
        if came(made ^ 1 << place) == came(whole):
            made ^= 1 << place
    return made


def on_paper(parts: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """Parts in whole steps whose sum is that of the parts, which is in whole steps.

    Each is cut toward zero; the steps that are then missing go to the parts of which most was cut, the earlier of
    equals first. Parts of the opposite sign come out as the opposite.
    """
    cut = [int(part / step) * step for part in parts]
    left = sum(parts, Fraction(0)) - sum(cut, Fraction(0))
    sign = -1 if left < 0 else 1
    wanting = sorted(range(len(parts)), key=lambda place: -sign * (parts[place] - cut[place]))
    for place in wanting[: int(abs(left) / step)]:
        cut[place] += sign * step
    return tuple(cut)
