"""`收入`: what of a member's or household's money counts."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    lower_clause,
    part_rule,
    settled,
    to_fen,
    where,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_income(block: Block, node: tree.Income) -> tuple[ir.Rule, ...]:
    """收入: what is counted, less each deduction; an imputed income is a floor where its condition holds."""
    checker, span = block.checker, node.span
    terms = [lower_clause(block, clause) for clause in node.counted]
    rules: list[ir.Rule] = []
    for deduction in node.deductions:
        amount = lower(block.context, deduction.clause.expression)
        is_as_declared(block, deduction.name.text, amount)
        amount = where(block, deduction.clause.when, to_fen(amount), deduction.span)
        rules.append(
            part_rule(
                block,
                deduction.name.text,
                amount,
                clause="扣减",
                label=deduction.name.text,
                citations=deduction.clause.citations,
                span=deduction.span,
                code=deduction.name.code,
            )
        )
        taken = ir.ReadRule(deduction.name.text, node.scope, block.type, span=deduction.span)
        terms.append(operate(checker, "negate", [taken], deduction.span))
    total = terms[0] if len(terms) == 1 else operate(checker, "add", terms, span)
    is_as_declared(block, node.name.text, total)
    if node.at_least is not None:
        floor = lower(block.context, node.at_least.expression)
        total = operate(checker, "highest", [total, floor], node.at_least.span)
    for place, clause in enumerate(node.imputed):
        name = f"{node.name.text}·推定前" + ("" if not place else str(place + 1))
        if not isinstance(total, ir.Bad):
            rules.append(
                part_rule(
                    block, name, total, clause="推定前", label="推定前", citations=(), span=span
                )
            )
            total = ir.ReadRule(name, node.scope, block.type, span=clause.span)
        imputed = lower(block.context, clause.expression)
        higher = operate(checker, "highest", [total, imputed], clause.span)
        if clause.when is None:
            total = higher
        else:
            total = choose(
                checker, [(lower(block.context, clause.when), higher)], total, clause.span
            )
    citations = (
        *node.citations,
        *(c for one in (*node.counted, *node.imputed) for c in one.citations),
    )
    return (*rules, whole_rule(block, settled(block, total), citations=citations))
