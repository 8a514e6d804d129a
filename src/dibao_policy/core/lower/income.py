"""`收入`: what of a member's or household's money counts."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import block_problems, ir
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    lower_clause,
    not_below_zero,
    part_rule,
    settled,
    to_fen,
    where,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree
from dibao_policy.text import Span


def lower_income(block: Block, node: tree.Income) -> tuple[ir.Rule, ...]:
    """收入: what is counted, less each deduction; an imputed income is a floor where its condition holds.

    With 依次 the deductions take one after the other, and only what is left:
    what is counted is then named, and like all that is named a whole number of fen.
    """
    checker, span = block.checker, node.span
    terms = [lower_clause(block, clause) for clause in node.counted]
    rules: list[ir.Rule] = []
    if node.in_order and node.deductions:
        counted = terms[0] if len(terms) == 1 else operate(checker, "add", terms, span)
        terms = [_named(block, counted, "计入", rules)]
    taken = _deductions(block, node, terms, rules)
    _have_something_to_act_on(block, node)
    total = _less(block, terms, _together(block, node, taken), span)
    is_as_declared(block, node.name.text, total)
    if node.at_least is not None:
        floor = lower(block.context, node.at_least.expression)
        total = operate(checker, "highest", [total, floor], node.at_least.span, clause="至少")
    for place, clause in enumerate(node.imputed):
        if not isinstance(total, ir.Bad):
            label = "推定前" + ("" if not place else str(place + 1))
            total = _named(block, total, label, rules, is_exact=True)
        imputed = lower(block.context, clause.expression)
        higher = operate(checker, "highest", [total, imputed], clause.span, clause="推定")
        if clause.when is None:
            total = higher
        else:
            test = lower(block.context, clause.when)
            total = choose(checker, [(test, higher)], total, clause.span, clause="推定")
    clauses = (*node.counted, *node.imputed, node.deductions_at_most, node.at_least)
    citations = (*node.citations, *(c for one in clauses if one for c in one.citations))
    return (*rules, whole_rule(block, settled(block, total), citations=citations))


def _named(
    block: Block, value: ir.Expression, label: str, rules: list[ir.Rule], is_exact: bool = False
) -> ir.Expression:
    """A value that the block works on with, under a name of its own."""
    name, span = f"{block.version.node.name.text}·{label}", block.version.node.span
    named = value if is_exact else to_fen(value)
    clause = label.rstrip("0123456789")
    rule = part_rule(block, name, named, clause=clause, label=clause, citations=(), span=span)
    rules.append(evolve(rule, type=value.type))
    return ir.ReadRule(name, block.version.node.scope, value.type, span=value.span)


def _have_something_to_act_on(block: Block, node: tree.Income) -> None:
    """`扣减合计` and `依次` say something of the deductions."""
    if node.deductions:
        return
    capped = node.deductions_at_most
    for clause, span in (
        ("扣减合计", capped.span if capped is not None else None),
        ("依次", node.name.span if node.in_order else None),
    ):
        if span is not None:
            block.checker.found.append(
                block_problems.NoEffect(
                    span=span, clause=clause, lacking="`扣减`", lacking_en="`扣减`"
                )
            )


def _deductions(
    block: Block, node: tree.Income, terms: list[ir.Expression], rules: list[ir.Rule]
) -> list[ir.Expression]:
    """Each deduction as a rule of its own; with 依次 it takes no more than what those before it have left."""
    checker = block.checker
    taken: list[ir.Expression] = []
    for deduction in node.deductions:
        amount = lower(block.context, deduction.clause.expression)
        if not is_as_declared(block, deduction.name.text, amount):
            amount = ir.Bad(span=amount.span)
        if deduction.at_most is not None:
            most = lower(block.context, deduction.at_most)
            place = deduction.at_most.span
            amount = operate(checker, "lowest", [amount, most], place, clause="至多")
        if node.in_order:
            left = not_below_zero(block, _less(block, terms, taken, deduction.span), "剩余")
            amount = operate(checker, "lowest", [amount, left], deduction.span, clause="依次")
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


def _together(block: Block, node: tree.Income, taken: list[ir.Expression]) -> list[ir.Expression]:
    """All deductions; as one amount where the block has a ceiling for them together."""
    if node.deductions_at_most is None or not taken:
        return taken
    checker, span = block.checker, node.deductions_at_most.span
    ceiling = lower(block.context, node.deductions_at_most.expression)
    total = taken[0] if len(taken) == 1 else operate(checker, "add", taken, node.span)
    return [operate(checker, "lowest", [total, ceiling], span, clause="扣减合计")]


def _less(
    block: Block, terms: list[ir.Expression], taken: list[ir.Expression], span: Span
) -> ir.Expression:
    """What is counted, less what is taken."""
    parts = [*terms, *(operate(block.checker, "negate", [one], one.span) for one in taken)]
    return parts[0] if len(parts) == 1 else operate(block.checker, "add", parts, span)
