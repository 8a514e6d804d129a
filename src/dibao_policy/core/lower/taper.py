"""`渐退`: an amount that fades out month by month."""

from __future__ import annotations

from fractions import Fraction

from dibao_policy.core import ir, problems
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    settled,
    where,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.types import Number
from dibao_policy.syntax import tree
from dibao_policy.units import read_unit

MONTH = read_unit("月")


def lower_taper(block: Block, node: tree.Taper) -> tuple[ir.Rule, ...]:
    """渐退: in month k (k − 1 < n ≤ k) the share of that month, before the first and after the last nothing."""
    checker, span = block.checker, node.span
    _check_stages(block, node)
    months = lower(block.context, node.months)
    base = lower(block.context, node.base.expression)
    is_as_declared(block, "基数", base)
    assert MONTH is not None
    month = Number(MONTH[0])
    nothing = ir.Literal(Fraction(0), block.type, span=span)
    ends = [(0, None), *((stage.last, stage) for stage in node.stages)]
    cases: list[tuple[ir.Expression, ir.Expression]] = []
    for last, stage in ends:
        place = node.months.span if stage is None else stage.span
        end = ir.Literal(Fraction(last), month, span=place)
        test = operate(checker, "at_most", [months, end], place)
        if stage is None:
            if isinstance(test, ir.Bad):
                # One wrong unit is one problem, not one for every month.
                return (whole_rule(block, ir.Bad(span=span)),)
            cases.append((test, nothing))
        else:
            rate = lower(block.context, stage.rate)
            value = operate(checker, "multiply", [base, rate], stage.span)
            is_as_declared(block, node.name.text, value)
            cases.append((test, value))
    value = choose(checker, cases, nothing, span)
    citations = (*node.citations, *node.base.citations)
    value = where(block, node.when, settled(block, value), span)
    return (whole_rule(block, value, citations=citations),)


def _check_stages(block: Block, node: tree.Taper) -> None:
    """Every month from the first to the last has one share."""
    expected = 1
    for stage in node.stages:
        if stage.first != expected:
            block.checker.found.append(
                problems.StagesNotInRow(span=stage.span, wanted=expected, found=stage.first)
            )
        expected = stage.last + 1
