"""`择一`: exactly one of several cases, or the first that holds."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.check import choose
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    settled,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_select(block: Block, node: tree.Select) -> tuple[ir.Rule, ...]:
    """择一: the value of the case that holds; without 其余 the last case is what is left over."""
    cases: list[tuple[ir.Expression, ir.Expression]] = []
    for case in node.cases:
        test = lower(block.context, case.condition)
        value = lower(block.context, case.amount, block.type)
        if not is_as_declared(block, case.label, value):
            value = ir.Bad(span=value.span)
        cases.append((test, value))
    if node.otherwise is not None:
        otherwise = lower(block.context, node.otherwise.expression, block.type)
        if not is_as_declared(block, "其余", otherwise):
            otherwise = ir.Bad(span=otherwise.span)
    else:
        # That nobody falls into none of the cases is proved by the check of cases.
        otherwise = cases[-1][1]
    value = choose(block.checker, cases, otherwise, node.span)
    citations = (*node.citations, *(c for case in node.cases for c in case.citations))
    if node.otherwise is not None:
        citations = (*citations, *node.otherwise.citations)
    return (whole_rule(block, settled(block, value), citations=citations),)
