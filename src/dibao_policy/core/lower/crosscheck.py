"""`核查`: a finding in a household's facts that somebody has to look into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from dibao_policy.core import check, ir
from dibao_policy.core.lower.block import Block, whole_rule
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.order import reads
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.model.stated_problems import FindingRead
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree


def lower_crosscheck(block: Block, node: tree.CrossCheck) -> tuple[ir.Rule, ...]:
    """核查: whether the finding is there; what is done about it is the origin's label."""
    test = lower(block.context, node.expression)
    if not check.condition(block.checker, test, "`核查` ", "`核查`"):
        test = ir.Bad(span=node.span)
    rule = whole_rule(block, test)
    return (evolve(rule, origin=evolve(rule.origin, label=node.disposition)),)


def check_findings(
    versions: Sequence[tuple[RuleVersion, tuple[ir.Rule, ...]]],
) -> Iterator[Problem]:
    """No rule but another finding reads a finding: so a finding never changes a result."""
    findings = {
        version.node.name.text
        for version, _ in versions
        if isinstance(version.node, tree.CrossCheck)
    }
    for version, rules in versions:
        if findings and not isinstance(version.node, tree.CrossCheck):
            for rule in rules:
                for one in reads(rule.expression):
                    if isinstance(one, ir.ReadRule) and one.name in findings:
                        yield FindingRead(span=one.span, user=rule.origin.name, name=one.name)
