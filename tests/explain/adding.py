"""Reads the figures of a notice as a citizen with a calculator does: every equation is worked out again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from dibao_policy.explain.notices.document import Line, Notice, Table

_NUMBER = r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?:/[0-9,]+)?%?"
# A figure with its unit, a sign or a bracket; a unit has no sign in it but the stroke, as in 元/月.
_TOKEN = re.compile(rf"\s*(?:({_NUMBER})((?:[^\W\d_]|/(?=[^\W\d_]))*)|([-+−×÷()]))\s*")
_ABOUT = re.compile(r"（约 [^）]*）")


def number_of(text: str) -> Fraction:
    """`1,234.50`, `490/3`, `30%`."""
    share = text.endswith("%")
    value = Fraction(text.replace(",", "").rstrip("%"))
    return value / 100 if share else value


def worth(text: str) -> Fraction | None:
    """What an expression in figures comes to; None for one that has words in it."""
    tokens: list[str | Fraction] = []
    left = _ABOUT.sub("", text).strip()
    while left:
        found = _TOKEN.match(left)
        if found is None:
            return None
        tokens.append(number_of(found[1]) if found[1] else found[3])
        left = left[found.end() :]
    if not tokens:
        return None
    value, rest = _sum(tokens)
    return value if not rest else None


def _sum(tokens: list[str | Fraction]) -> tuple[Fraction | None, list[str | Fraction]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in ("+", "−", "-"):
        sign, other = tokens[0], _product(tokens[1:])
        if value is None or other[0] is None:
            return None, []
        value = value + other[0] if sign == "+" else value - other[0]
        tokens = other[1]
    return value, tokens


def _product(tokens: list[str | Fraction]) -> tuple[Fraction | None, list[str | Fraction]]:
    value, tokens = _factor(tokens)
    while tokens and tokens[0] in ("×", "÷"):
        sign, other = tokens[0], _factor(tokens[1:])
        if value is None or other[0] is None or (sign == "÷" and not other[0]):
            return None, []
        value = value * other[0] if sign == "×" else value / other[0]
        tokens = other[1]
    return value, tokens


def _factor(tokens: list[str | Fraction]) -> tuple[Fraction | None, list[str | Fraction]]:
    match tokens:
        case [Fraction() as value, *rest]:
            return value, rest
        case ["−" | "-", *rest]:
            value, rest = _factor(rest)
            return (None if value is None else -value), rest
        case ["(", *rest]:
            value, rest = _sum(rest)
            return (value, rest[1:]) if rest[:1] == [")"] else (None, [])
    return None, []


def lines(notice: Notice) -> Iterator[Line]:
    """Every line, with those inside it and those under tables."""
    left = [
        line
        for section in notice.sections
        for block in section.blocks
        for line in (block.notes if isinstance(block, Table) else (block,))
    ]
    while left:
        line = left.pop()
        yield line
        left += line.details


def tables(notice: Notice) -> Iterator[Table]:
    for section in notice.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def equations(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """The two sides of each equation in figures alone: `… = …`; what is rounded in between is no equation."""
    for sentence in re.split(r"[，；：]", text):
        sides = [worth(side) for side in sentence.split(" = ")]
        for first, second in itertools.pairwise(sides):
            if first is not None and second is not None:
                yield first, second


def sums(table: Table) -> Iterator[tuple[Fraction, Fraction]]:
    """For each column of a table with a sum: what the rows come to, and what the sum says."""
    if not any(row.role == "sum" for row in table.rows):
        return
    for at in range(1, len(table.columns)):
        found = Fraction(0)
        for row in table.rows:
            value = worth(row.cells[at])
            assert value is not None, row.cells[at]
            if row.role == "item":
                found += value
            elif row.role == "sum":
                yield found, value
                found = Fraction(0)
