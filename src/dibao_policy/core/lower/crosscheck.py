"""`核查`: a finding in a household's facts that somebody has to look into."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import check, ir
from dibao_policy.core.lower.block import Block, whole_rule
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_crosscheck(block: Block, node: tree.CrossCheck) -> tuple[ir.Rule, ...]:
    """核查: whether the finding is there; what is done about it is the origin's label."""
    test = lower(block.context, node.expression)
    if not check.condition(block.checker, test, "`核查` ", "`核查`"):
        test = ir.Bad(span=node.span)
    rule = whole_rule(block, test)
    return (evolve(rule, origin=evolve(rule.origin, label=node.disposition)),)
