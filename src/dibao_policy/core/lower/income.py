"""`收入`: what of a member's or household's money counts."""

from __future__ import annotations

from fractions import Fraction

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
from dibao_policy.core.types import Number
from dibao_policy.syntax import tree


def lower_income(block: Block, node: tree.Income) -> tuple[ir.Rule, ...]:
    """收入: what is counted, less each deduction; an imputed income is a floor where its condition holds."""
    checker, span = block.checker, node.span
    terms = [lower_clause(block, clause) for clause in node.counted]
    counted = terms[0] if len(terms) == 1 else operate(checker, "add", terms, span)
    rules: list[ir.Rule] = []
    taken = _deductions(block, node, counted, rules)
    total = _less(block, counted if node.in_order else terms, taken, node)
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
    capped = [node.deductions_at_most] if node.deductions_at_most else []
    citations = (
        *node.citations,
        *(c for one in (*node.counted, *node.imputed, *capped) for c in one.citations),
    )
    return (*rules, whole_rule(block, settled(block, total), citations=citations))


def _deductions(
    block: Block, node: tree.Income, counted: ir.Expression, rules: list[ir.Rule]
) -> list[ir.Expression]:
    """Each deduction as a rule of its own; with 依次 it takes no more than what those before it have left."""
    checker = block.checker
    taken: list[ir.Expression] = []
    for deduction in node.deductions:
        amount = lower(block.context, deduction.clause.expression)
        is_as_declared(block, deduction.name.text, amount)
        if deduction.at_most is not None:
            most = lower(block.context, deduction.at_most)
            amount = operate(checker, "lowest", [amount, most], deduction.at_most.span)
        if node.in_order:
            left = _less(block, counted, taken, None)
            if isinstance(left.type, Number) and not isinstance(left, ir.Bad):
                nothing = ir.Literal(Fraction(0), left.type, span=deduction.span)
                left = operate(checker, "highest", [left, nothing], deduction.span)
            amount = operate(checker, "lowest", [amount, left], deduction.span)
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
        taken.append(ir.ReadRule(deduction.name.text, node.scope, block.type, span=deduction.span))
    return taken


def _less(
    block: Block,
    counted: ir.Expression | list[ir.Expression],
    taken: list[ir.Expression],
    node: tree.Income | None,
) -> ir.Expression:
    """What is counted, less what is taken; all of it together no more than the block's ceiling."""
    checker = block.checker
    terms = list(counted) if isinstance(counted, list) else [counted]
    span = terms[0].span if node is None else node.span
    if node is not None and node.deductions_at_most is not None and taken:
        ceiling = lower(block.context, node.deductions_at_most.expression)
        together = taken[0] if len(taken) == 1 else operate(checker, "add", taken, span)
        place = node.deductions_at_most.span
        taken = [operate(checker, "lowest", [together, ceiling], place)]
    terms += [operate(checker, "negate", [one], one.span) for one in taken]
    return terms[0] if len(terms) == 1 else operate(checker, "add", terms, span)
