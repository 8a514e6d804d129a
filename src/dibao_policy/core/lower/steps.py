"""`分段` and `累进`: a value by the bracket that a number falls into, and a sum of parts at their own rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.check import Checker, choose, operate
from dibao_policy.core.ladders import Ladder, stated_falls
from dibao_policy.core.types import Number
from dibao_policy.text import Span

Bracket = tuple[str, ir.Expression, ir.Expression]
"""Its sign (`<` or `≤`), its upper end and its value or rate."""


def pick(
    checker: Checker,
    subject: ir.Expression,
    brackets: Sequence[Bracket],
    otherwise: ir.Expression,
    span: Span,
) -> ir.Expression:
    """The value of the first bracket whose upper end is not passed."""
    signs = {"<": "less", "≤": "at_most"}
    cases = [
        (operate(checker, signs.get(sign, "at_most"), [subject, bound], bound.span), value)
        for sign, bound, value in brackets
    ]
    signed = zip(brackets, [*brackets[1:], ("", None, None)], strict=True)
    ends = tuple((one[0] == "<" and after[0] == "≤", one[1]) for one, after in signed)
    if not _are_rising(checker, Ladder("brackets", ends)):
        return ir.Bad(span=span)
    return choose(checker, cases, otherwise, span, clause="分段")


def progressive(
    checker: Checker,
    subject: ir.Expression,
    brackets: Sequence[Bracket],
    otherwise: ir.Expression,
    span: Span,
) -> ir.Expression:
    """The parts of a number between the ends, each times its own rate; below zero there is no part."""
    if not isinstance(subject.type, Number):
        # One addition tells what is wrong with it.
        return operate(checker, "add", [subject, subject], span)
    zero = ir.Literal(Fraction(0), subject.type, span=span)
    below: ir.Expression = zero
    parts: list[ir.Expression] = []
    for _, bound, rate in brackets:
        inside = operate(checker, "clamp", [subject, below, bound], bound.span)
        parts.append(_part(checker, inside, below, rate))
        if not isinstance(below, ir.Literal) or not isinstance(bound, ir.Literal):
            # An end that falls below the one before it ends an empty part: nothing is counted twice.
            bound = operate(checker, "highest", [below, bound], bound.span, clause="上限")
        below = bound
    above = operate(checker, "highest", [subject, below], span)
    parts.append(_part(checker, above, below, otherwise))
    ends = tuple((False, end) for end in (zero, *(bound for _, bound, _ in brackets)))
    if not _are_rising(checker, Ladder("parts", ends)):
        return ir.Bad(span=span)
    return operate(checker, "add", parts, span, clause="累进")


def _part(
    checker: Checker, upper: ir.Expression, lower: ir.Expression, rate: ir.Expression
) -> ir.Expression:
    """What lies between two ends, times a rate."""
    minus = operate(checker, "negate", [lower], lower.span)
    between = operate(checker, "add", [upper, minus], rate.span, clause="部分")
    return operate(checker, "multiply", [between, rate], rate.span)


def _are_rising(checker: Checker, ladder: Ladder) -> bool:
    """Note ends for the days on which their values are known; whether those that are plain values rise."""
    checker.ladders.append(ladder)
    found = list(stated_falls(ladder))
    checker.found += found
    return not found
