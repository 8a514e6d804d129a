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
from dibao_policy.model.versions import labeled_waivers
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
        waived = _waivers(block, requirement, name)
        rules += waived
        if waived and not isinstance(test, ir.Bad):
            reads = [ir.ReadRule(rule.name, node.scope, YesNo(), span=rule.span) for rule in waived]
            test = operate(block.checker, "or", [test, *reads], requirement.span, clause="例外")
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
    whole = (
        tests[0]
        if len(tests) == 1
        else operate(block.checker, "and", tests, node.span, clause="要求")
    )
    return (*rules, whole_rule(block, whole))


def _waivers(block: Block, requirement: tree.Requirement, name: str) -> list[ir.Rule]:
    """The exceptions to a requirement, each a rule of its own, so that an explanation names the one that held."""
    rules: list[ir.Rule] = []
    for label, waiver in labeled_waivers(requirement):
        test = lower(block.context, waiver.condition)
        if not check.condition(block.checker, test, "`例外` ", "`例外`"):
            test = ir.Bad(span=waiver.span)
        rule = part_rule(
            block,
            f"{name}·{label}",
            test,
            clause="例外",
            label=f"{requirement.label}·{label}",
            citations=waiver.citations or requirement.citations,
            span=waiver.span,
        )
        rules.append(evolve(rule, type=YesNo()))
    return rules
