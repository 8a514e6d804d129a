"""`渐退`: an amount that fades out month by month."""

from __future__ import annotations

from fractions import Fraction

from dibao_policy.core import block_problems, ir, problems
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    check_share,
    is_as_declared,
    not_below_zero,
    settled,
    where,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.types import RATIO, Number, agree, type_text
from dibao_policy.syntax import tree
from dibao_policy.units import read_unit

MONTH = read_unit("月")


def lower_taper(block: Block, node: tree.Taper) -> tuple[ir.Rule, ...]:
    """渐退: in month k (k − 1 < n ≤ k) the share of that month, before the first and after the last nothing.

    A base below zero counts as zero: nothing is ever taken back.
    """
    checker, span = block.checker, node.span
    _check_stages(block, node)
    months = lower(block.context, node.months)
    base = lower(block.context, node.base.expression)
    sound = is_as_declared(block, "基数", base)
    base = not_below_zero(block, base)
    assert MONTH is not None
    month = Number(MONTH[0])
    nothing = ir.Literal(Fraction(0), block.type, span=span)
    place = node.months.span
    before = operate(
        checker, "at_most", [months, ir.Literal(Fraction(0), month, span=place)], place
    )
    # One wrong unit is one problem, not one for every month.
    sound = sound and not isinstance(before, ir.Bad)
    cases: list[tuple[ir.Expression, ir.Expression]] = [(before, nothing)]
    for stage in node.stages:
        rate = lower(block.context, stage.rate)
        sound = _is_share(block, rate) and sound
        check_share(block, rate)
        if sound:
            end = ir.Literal(Fraction(stage.last), month, span=stage.span)
            test = operate(checker, "at_most", [months, end], stage.span)
            value = operate(checker, "multiply", [base, rate], stage.span)
            cases.append((test, value))
    value = choose(checker, cases, nothing, span, clause="月份") if sound else ir.Bad(span=span)
    citations = (*node.citations, *node.base.citations)
    value = where(block, node.when, settled(block, value), span)
    return (whole_rule(block, value, citations=citations),)


def _is_share(block: Block, rate: ir.Expression) -> bool:
    """Whether a rate has no unit."""
    if agree(rate.type, RATIO):
        return True
    block.checker.found.append(
        problems.WrongType(
            span=rate.span,
            place="月份后面",
            place_en="what stands after a month",
            wanted="比例",
            found=type_text(rate.type),
        )
    )
    return False


def _check_stages(block: Block, node: tree.Taper) -> None:
    """Every month from the first to the last has one share."""
    expected = 1
    for stage in node.stages:
        # What is no month at all is told where it is read.
        if stage.first != expected and 1 <= stage.first <= stage.last:
            last = stage.first - 1
            skipped = f"{expected}" if last == expected else f"{expected} 至 {last}"
            skipped_en = f"{expected}" if last == expected else f"{expected} to {last}"
            is_gap = stage.first > expected
            block.checker.found.append(
                block_problems.StagesNotInRow(
                    span=stage.span,
                    wanted=expected,
                    found=stage.first,
                    skipped=skipped if is_gap else "",
                    skipped_en=skipped_en if is_gap else "",
                )
            )
        expected = stage.last + 1
