"""`救助`: an amount of money where a condition holds."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.lower.block import (
    Block,
    between_limits,
    is_as_declared,
    settled,
    where,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_benefit(block: Block, node: tree.Benefit) -> tuple[ir.Rule, ...]:
    """救助: an amount with its floor and ceiling where the condition holds, else nothing."""
    amount = lower(block.context, node.amount.expression)
    is_as_declared(block, node.name.text, amount)
    (amount,) = between_limits(block, [amount], node.at_least, node.at_most)
    value = where(block, node.when, settled(block, amount), node.span)
    parts = [part for part in (node.amount, node.at_least, node.at_most) if part is not None]
    citations = (*node.citations, *(c for part in parts for c in part.citations))
    return (whole_rule(block, value, citations=citations),)
