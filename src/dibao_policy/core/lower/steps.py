"""`分段` and `累进`: a value by the bracket that a number falls into, and a sum of parts at their own rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dibao_policy.core import ir, problems
from dibao_policy.core.check import Checker, choose, operate
from dibao_policy.core.declared import shown
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
    if not are_rising(checker, brackets):
        return ir.Bad(span=span)
    return choose(checker, cases, otherwise, span)


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
    below: ir.Expression = ir.Literal(Fraction(0), subject.type, span=span)
    parts: list[ir.Expression] = []
    for _, bound, rate in brackets:
        inside = operate(checker, "clamp", [subject, below, bound], bound.span)
        parts.append(_part(checker, inside, below, rate))
        below = bound
    above = operate(checker, "highest", [subject, below], span)
    parts.append(_part(checker, above, below, otherwise))
    if not are_rising(checker, brackets):
        return ir.Bad(span=span)
    return operate(checker, "add", parts, span)


def _part(
    checker: Checker, upper: ir.Expression, lower: ir.Expression, rate: ir.Expression
) -> ir.Expression:
    """What lies between two ends, times a rate."""
    minus = operate(checker, "negate", [lower], lower.span)
    between = operate(checker, "add", [upper, minus], rate.span)
    return operate(checker, "multiply", [between, rate], rate.span)


def are_rising(checker: Checker, brackets: Sequence[Bracket]) -> bool:
    """Whether the upper ends that are plain numbers rise."""
    rising = True
    last: ir.Literal | None = None
    for _, bound, _ in brackets:
        if not isinstance(bound, ir.Literal) or not isinstance(bound.value, Fraction):
            last = None
            continue
        if last is not None and last.type == bound.type:
            assert isinstance(last.value, Fraction)
            if bound.value <= last.value:
                rising = False
                checker.found.append(
                    problems.BracketsNotRising(
                        span=bound.span,
                        first=shown(last.value, last.type),
                        second=shown(bound.value, bound.type),
                        related=(last.span,),
                    )
                )
        last = bound
    return rising
