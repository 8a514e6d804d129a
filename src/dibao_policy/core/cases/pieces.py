"""Values as the case may be: pieces, of whose conditions exactly one holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dibao_policy.core.cases.formulas import Formula, Leaf, every, some
from dibao_policy.core.cases.polynomials import Ratio

Who = int | None
"""None is the household, 0 the member at hand, 1 and on the others; `ANYONE` stands for whichever member."""

ANYONE = -1

Numbers = tuple[tuple[Formula, Ratio], ...]
"""A number as the case may be."""

Choices = tuple[tuple[Formula, Leaf | int], ...]
"""A day or a place in an enumeration as the case may be."""

Value = Formula | Numbers | Choices

PIECE_LIMIT, FEW_PIECES = 600, 12
"""How many pieces a value may have before it is no longer looked into: at first, and once many have been made."""


def merged(pieces: Sequence[tuple[Formula, Ratio]], limit: int = PIECE_LIMIT) -> Numbers | None:
    """Pieces of one value as one piece, or None where there are too many."""
    if len(pieces) == 1:
        return tuple(pieces)
    found: dict[object, tuple[list[Formula], Ratio]] = {}
    for when, value in pieces:
        if when is not False:
            key = (frozenset(value.top.items()), frozenset(value.bottom.items()))
            found.setdefault(key, ([], value))[0].append(when)
    if len(found) > limit:
        return None
    return tuple((some(whens), value) for whens, value in found.values())


def folded(
    given: Sequence[Numbers], join: Callable[[Ratio, Ratio], Numbers], limit: int
) -> Numbers | None:
    """Numbers joined one after the other, piece by piece, or None where there are too many pieces."""
    total = given[0]
    for other in given[1:]:
        if len(total) * len(other) > limit:
            return None
        if len(other) == 1 and other[0][0] is True:
            parts = [(when, join(first, other[0][1])) for when, first in total]
            if all(len(found) == 1 for _, found in parts):
                total = tuple((when, found[0][1]) for when, found in parts)
                continue
        joined = merged(
            [
                (every((before, when, also)), value)
                for before, first in total
                for when, second in other
                for also, value in join(first, second)
            ],
            limit,
        )
        if joined is None:
            return None
        total = joined
    return total
