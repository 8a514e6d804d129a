"""`定义`: one named value."""

from __future__ import annotations

from dibao_policy.core import ir, problems
from dibao_policy.core.lower.block import (
    Block,
    settled,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_define(block: Block, node: tree.Define) -> tuple[ir.Rule, ...]:
    """定义: the value of its expression, as it is settled."""
    value = lower(block.context, node.expression, block.type)
    if node.exact and node.rounding is not None:
        block.checker.found.append(
            problems.ExactAndRounded(span=node.rounding.span, name=node.name.text)
        )
    return (whole_rule(block, settled(block, value, exact=node.exact)),)
