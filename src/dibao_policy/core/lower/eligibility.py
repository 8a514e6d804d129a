"""`资格`: requirements, each a rule of its own, so that a refusal names the one that failed."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import check, ir
from dibao_policy.core.check import operate
from dibao_policy.core.lower.block import (
    Block,
    part_rule,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.types import YesNo
from dibao_policy.syntax import tree


def lower_eligibility(block: Block, node: tree.Eligibility) -> tuple[ir.Rule, ...]:
    """资格: all requirements hold."""
    rules: list[ir.Rule] = []
    tests: list[ir.Expression] = []
    for requirement in node.requirements:
        test = lower(block.context, requirement.condition)
        if not check.condition(block.checker, test, "`要求` ", "`要求`"):
            test = ir.Bad(span=requirement.span)
        name = f"{node.name.text}·{requirement.label}"
        rule = part_rule(
            block,
            name,
            test,
            clause="要求",
            label=requirement.label,
            citations=requirement.citations or node.citations,
            span=requirement.span,
        )
        rules.append(evolve(rule, otherwise=requirement.otherwise, type=YesNo()))
        tests.append(ir.ReadRule(name, node.scope, YesNo(), span=requirement.span))
    whole = tests[0] if len(tests) == 1 else operate(block.checker, "and", tests, node.span)
    return (*rules, whole_rule(block, whole))
