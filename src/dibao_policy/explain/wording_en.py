"""The words of which English phrases are made, and how they are held together."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Of all members, and of those with something.
AGGREGATES = {
    "sum": ("sum of {} over all members", "sum of {} over the members where {}"),
    "count": ("number of members", "number of members where {1}"),
    "any": ("{} for at least one member", "{} for at least one of the members where {}"),
    "all": ("{} for every member", "{} for each of the members where {}"),
    "maximum": ("highest {} of all members", "highest {} of the members where {}"),
    "minimum": ("lowest {} of all members", "lowest {} of the members where {}"),
}

# How tightly each operation binds; what binds less is put in brackets.
TIGHTNESS = {
    "or": 1, "and": 2, "not": 3,
    "less": 4, "at_most": 4, "greater": 4, "at_least": 4, "equal": 4, "unequal": 4,
    "add": 5, "multiply": 6, "divide": 6, "negate": 7,
}  # fmt: skip

SIGNS = {"and": "and", "or": "or", "not": "not"}

# What is called by a name, with its arguments in their places.
CALLED = {
    "lowest": "the lowest of ({})",
    "highest": "the highest of ({})",
    "clamp": "({0}, at least {1} and at most {2})",
    "age": "age counted from {}",
    "months": "whole months from {0} to {1}",
    "year": "year of {}",
    "month": "month of {}",
    "day": "day of the month of {}",
}


# What stands before the end where it acts, and what is said of it where it does not.
LIMITS: dict[str, tuple[str, str]] = {
    "至少": ("at least", "not below"),
    "至多": ("at most", "not above"),
    "封顶": ("capped at", "not above"),
    "推定": ("at least the imputed", "not below the imputed"),
    "依次": ("at most the remaining", "out of the remaining"),
    "扣减合计": ("together at most", "together not above"),
}
LIMIT_WORDS = [word for word, _ in LIMITS.values()]


def listed(parts: Sequence[str], word: str = "and") -> str:
    """`A, B and C`."""
    *first, last = parts
    return f"{', '.join(first)} {word} {last}" if first else last


def is_sentence(text: str) -> bool:
    """Whether a clause is told in words, not as a sum."""
    return ", " in text


_JOINED = re.compile(r" [+−×÷<≤>≥=≠] | (?:and|or|is|to|by|from|of|above) |, |: ")


def held_together(text: str, outside: int) -> str:
    """What a clause says, in brackets where another operation stands around it."""
    # Beside `and` and `or` a plain sum is clear enough.
    loose = is_sentence(text) or (outside > TIGHTNESS["and"] and _JOINED.search(text) is not None)
    return f"({text})" if outside and loose else text


def says(text: str, shown: str) -> bool:
    """Whether figures already end in what they come to: `…, capped at 30,000 yuan/year`."""
    return (
        text == shown
        or text.startswith(f"{shown} (")
        or re.fullmatch(rf"[^0-9+−×÷<≤>≥=≠,()]+ {re.escape(shown)}", text) is not None
        or f"= {shown} (" in text
        or text.endswith(
            (f"= {shown}", f"each is {shown}", *(f", {word} {shown}" for word in LIMIT_WORDS))
        )
    )
