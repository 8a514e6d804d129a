"""How far a requirement that is not met is from being met, in its own figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Number, YesNo
from dibao_policy.units import grain, multiply

Recall = Callable[[ir.Expression, int | None], ir.Value]
"""What an expression of the program was, for the member at hand."""

_LESS = frozenset({"less", "at_most"})
_ORDERED = frozenset({"less", "at_most", "greater", "at_least", "equal"})


@frozen
class Distance:
    """The two sides of a comparison that does not hold, and how far they are apart. Smallest units (money in fen).

    `over` is the left side less the right one. `least` is by how much the left side has to fall (below zero: rise)
    at least, in whole smallest steps of its unit, for the comparison to hold while the right side stays;
    None where no whole number of steps makes two sides equal.
    `whole` where it is told of the whole of which the requirement compares a share.
    `operation` is a row of `ops.TABLE`: less, at_most, greater, at_least or equal.
    """

    operation: str
    left: ir.Expression
    right: ir.Expression
    left_value: Fraction
    right_value: Fraction
    type: Number
    over: Fraction
    least: Fraction | None
    whole: bool = False


def distances(
    rules: Mapping[str, ir.Rule], requirement: ir.Rule, member: int | None, recall: Recall
) -> tuple[Distance, ...]:
    """Every comparison of numbers that keeps a requirement from being met.

    Where a side is something divided by a number, `家庭收入 ÷ 人口`, the same is told of the whole household after it.
    """
    found: list[Distance] = []
    for node, at_hand in _failing(rules, requirement.expression, member, recall):
        first, second = node.arguments
        one = _distance(node.operation, first, second, at_hand, recall)
        if one is not None:
            found.append(one)
            found += _whole(rules, node, at_hand, recall)
    return tuple(found)


def _failing(
    rules: Mapping[str, ir.Rule], node: ir.Expression, member: int | None, recall: Recall
) -> Iterator[tuple[ir.Operate, int | None]]:
    """The comparisons of numbers that do not hold and that a condition needs."""
    match node:
        case ir.ReadRule(name, scope) if rules[name].type == YesNo():
            whose = None if scope == "household" else member
            yield from _failing(rules, rules[name].expression, whose, recall)
        case ir.Operate("or", arguments, clause="例外"):
            # An exception is not what is asked of everybody.
            yield from _failing(rules, arguments[0], member, recall)
        case ir.Operate("and", arguments):
            for one in arguments:
                if not recall(one, member):
                    yield from _failing(rules, one, member, recall)
        case ir.Operate(operation, (first, _)) if operation in _ORDERED:
            if isinstance(first.type, Number):
                yield node, member


def _distance(
    operation: str,
    left: ir.Expression,
    right: ir.Expression,
    member: int | None,
    recall: Recall,
) -> Distance | None:
    first, second = recall(left, member), recall(right, member)
    if not (isinstance(first, Fraction) and isinstance(second, Fraction)):
        return None
    return _apart(operation, left, right, first, second)


def _apart(
    operation: str, left: ir.Expression, right: ir.Expression, first: Fraction, second: Fraction
) -> Distance:
    assert isinstance(left.type, Number)
    over = first - second
    least = _least(operation, over, grain(left.type.unit))
    return Distance(operation, left, right, first, second, left.type, over, least)


def _least(operation: str, over: Fraction, step: Fraction) -> Fraction | None:
    """By how much the left side has to fall, in whole steps."""
    steps = over / step
    if operation == "equal":
        return over if steps.denominator == 1 else None
    if operation in _LESS:
        whole = Fraction(-(-steps // 1))
        exact = whole == steps and operation == "less"
        return (whole + exact) * step
    whole = Fraction(steps // 1)
    exact = whole == steps and operation == "greater"
    return (whole - exact) * step


def _whole(
    rules: Mapping[str, ir.Rule], node: ir.Operate, member: int | None, recall: Recall
) -> Iterator[Distance]:
    """The same comparison of the whole, where its left side is a share of it: `家庭收入 < 低保标准 × 人口`."""
    share, line = node.arguments
    if not isinstance(share, ir.ReadRule) or share.scope != "household":
        return
    divided = rules[share.name].expression
    if not (isinstance(divided, ir.Operate) and divided.operation == "divide"):
        return
    whole, parts = divided.arguments
    # What is divided by, such as 人口, is above zero: the comparison stays the same.
    count, total = recall(parts, None), recall(whole, None)
    each = recall(line, member)
    assert (
        isinstance(count, Fraction) and isinstance(total, Fraction) and isinstance(each, Fraction)
    )
    if count == 1:
        return
    assert isinstance(line.type, Number) and isinstance(parts.type, Number)
    kind = Number(multiply(line.type.unit, parts.type.unit))
    times = ir.Operate("multiply", (line, parts), kind, span=node.span)
    yield evolve(_apart(node.operation, whole, times, total, each * count), whole=True)
