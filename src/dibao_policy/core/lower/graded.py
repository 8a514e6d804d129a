"""`分类施保`: supplements by category."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.check import operate
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    list_cases,
    part_rule,
    settled,
    to_fen,
    where_held,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_graded(block: Block, node: tree.Graded) -> tuple[ir.Rule, ...]:
    """分类施保: each category's amount where it applies; the highest one, or all together."""
    checker = block.checker
    rules: list[ir.Rule] = []
    amounts: list[ir.Expression] = []
    tests: list[ir.Expression] = []
    when = None if node.when is None else lower(block.context, node.when)
    for category in node.categories:
        amount = lower(block.context, category.amount)
        is_as_declared(block, category.label, amount)
        tests.append(lower(block.context, category.condition))
        value = where_held(block, tests[-1], to_fen(amount), category.span)
        name = f"{node.name.text}·{category.label}"
        rules.append(
            part_rule(
                block,
                name,
                value,
                clause="类别",
                label=category.label,
                citations=category.citations or node.citations,
                span=category.span,
            )
        )
        amounts.append(ir.ReadRule(name, node.scope, block.type, span=category.span))
    list_cases(block, "类别", "any", node.categories, tests, when=when)
    joined, clause = ("highest", "就高") if node.highest else ("add", "叠加")
    total = (
        amounts[0]
        if len(amounts) == 1
        else operate(checker, joined, amounts, node.span, clause=clause)
    )
    value = settled(block, total)
    if when is not None:
        value = where_held(block, when, value, node.span)
    return (*rules, whole_rule(block, value))
