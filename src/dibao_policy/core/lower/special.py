"""`专项`: medical, education, housing and other assistance, by the group that a person or household is in."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from dibao_policy.core import check, ir, problems
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    is_as_declared,
    part_rule,
    settled,
    to_fen,
    where,
    where_held,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.lower.steps import progressive
from dibao_policy.core.types import Number, Type, YesNo
from dibao_policy.syntax import tree
from dibao_policy.text import Span, nearest


def lower_special(block: Block, node: tree.Special) -> tuple[ir.Rule, ...]:
    """专项: what the terms of the group give on the base; nothing for whom no group is meant."""
    checker, span = block.checker, node.span
    rules: list[ir.Rule] = []
    base = _base(block, node, rules)
    cases: list[tuple[ir.Expression, ir.Expression]] = []
    for group in node.groups:
        belongs = _belongs(block, node, group)
        value = where_held(block, belongs, to_fen(_amount(block, group, base)), group.span)
        rules += (
            evolve(
                part_rule(
                    block,
                    f"{node.name.text}·{group.label}·适用",
                    belongs,
                    clause="适用",
                    label=group.label,
                    citations=group.citations,
                    span=group.span,
                ),
                type=YesNo(),
            ),
            part_rule(
                block,
                f"{node.name.text}·{group.label}",
                value,
                clause="对象",
                label=group.label,
                citations=group.citations,
                span=group.span,
            ),
        )
        cases.append(
            (
                _read(block, f"{node.name.text}·{group.label}·适用", YesNo(), group.span),
                _read(block, f"{node.name.text}·{group.label}", block.type, group.span),
            )
        )
    _check_transitions(block, node)
    nothing = ir.Literal(Fraction(0), block.type, span=span)
    total: ir.Expression
    if node.several == "highest" and len(cases) > 1:
        total = operate(checker, "highest", [amount for _, amount in cases], span)
    else:
        total = choose(checker, cases, nothing, span)
    total = _bounded(block, node, total)
    given = _given_elsewhere(block, node)
    if given is not None:
        total = choose(checker, [(given, nothing)], total, span)
    total = where(block, node.when, settled(block, total), span)
    parts = [node.base, node.at_least, node.at_most, *node.excludes]
    citations = (*node.citations, *(c for part in parts if part for c in part.citations))
    return (*rules, whole_rule(block, total, citations=citations))


def _read(block: Block, name: str, kind: Type, span: Span) -> ir.Expression:
    return ir.ReadRule(name, block.version.node.scope, kind, span=span)


def _base(block: Block, node: tree.Special, rules: list[ir.Rule]) -> ir.Expression | None:
    """The base, less what other assistance has already paid of it; never below zero."""
    if node.base is None:
        return None
    checker, span = block.checker, node.base.span
    base = lower(block.context, node.base.expression)
    if not node.less:
        return base
    taken = [
        operate(
            checker,
            "negate",
            [lower(block.context, tree.Reference(None, one.text, (), one.span))],
            one.span,
        )
        for one in node.less
    ]
    left = operate(checker, "add", [base, *taken], span)
    if isinstance(left, ir.Bad) or not isinstance(left.type, Number):
        return ir.Bad(span=span)
    left = operate(checker, "highest", [left, ir.Literal(Fraction(0), left.type, span=span)], span)
    name = f"{node.name.text}·余额"
    rule = part_rule(
        block,
        name,
        to_fen(left),
        clause="基数",
        label="余额",
        citations=node.base.citations,
        span=span,
    )
    rules.append(evolve(rule, type=left.type))
    return _read(block, name, left.type, span)


def _belongs(block: Block, node: tree.Special, group: tree.Group) -> ir.Expression:
    """Whether a group is meant, or was until a short while ago."""
    tests = [lower(block.context, group.condition)] + [
        lower(block.context, one.condition) for one in node.transitions if one.group == group.label
    ]
    if not all([check.condition(block.checker, one, "`对象` ", "`对象`") for one in tests]):
        return ir.Bad(span=group.span)
    return tests[0] if len(tests) == 1 else operate(block.checker, "or", tests, group.span)


def _check_transitions(block: Block, node: tree.Special) -> None:
    labels = [group.label for group in node.groups]
    for one in node.transitions:
        if one.group not in labels:
            block.checker.found.append(
                problems.UnknownGroup(
                    span=one.span,
                    name=one.group,
                    near=nearest(one.group, labels),
                    known=tuple(f"`{label}`" for label in labels),
                )
            )


def _amount(block: Block, group: tree.Group, base: ir.Expression | None) -> ir.Expression:
    """The terms of a group: a fixed amount, or a rate on what the base has above the deductible."""
    checker, terms, span = block.checker, group.terms, group.terms.span
    if terms.fixed is not None:
        amount = lower(block.context, terms.fixed)
    elif base is None:
        return checker.report(problems.NeedsBase(span=span, name=group.label), span)
    else:
        amount = _by_rate(block, terms, base)
        if terms.ceiling is not None:
            ceiling = lower(block.context, terms.ceiling)
            amount = operate(checker, "lowest", [amount, ceiling], terms.ceiling.span)
    return amount if is_as_declared(block, group.label, amount) else ir.Bad(span=span)


def _by_rate(block: Block, terms: tree.Terms, base: ir.Expression) -> ir.Expression:
    checker, span = block.checker, terms.span
    above = base
    if terms.deductible is not None:
        deductible = lower(block.context, terms.deductible)
        minus = operate(checker, "negate", [deductible], terms.deductible.span)
        above = operate(checker, "add", [base, minus], terms.deductible.span)
        if isinstance(above.type, Number) and not isinstance(above, ir.Bad):
            nothing = ir.Literal(Fraction(0), above.type, span=span)
            above = operate(checker, "highest", [above, nothing], span)
    if terms.progressive is not None:
        brackets, rest = terms.progressive
        lowered = [
            (one.sign, lower(block.context, one.bound), lower(block.context, one.value))
            for one in brackets
        ]
        return progressive(checker, above, lowered, lower(block.context, rest), span)
    assert terms.rate is not None
    return operate(checker, "multiply", [above, lower(block.context, terms.rate)], span)


def _bounded(block: Block, node: tree.Special, total: ir.Expression) -> ir.Expression:
    """The floor and the ceiling of the whole; who is in no group gets no floor."""
    checker, span = block.checker, node.span
    if node.at_least is not None:
        floor = lower(block.context, node.at_least.expression)
        raised = operate(checker, "highest", [total, floor], node.at_least.span)
        tests = [
            _read(block, f"{node.name.text}·{group.label}·适用", YesNo(), group.span)
            for group in node.groups
        ]
        some = tests[0] if len(tests) == 1 else operate(checker, "or", tests, span)
        nothing = ir.Literal(Fraction(0), block.type, span=span)
        total = choose(checker, [(some, raised)], nothing, node.at_least.span)
    if node.at_most is not None:
        ceiling = lower(block.context, node.at_most.expression)
        total = operate(checker, "lowest", [total, ceiling], node.at_most.span)
    return total


def _given_elsewhere(block: Block, node: tree.Special) -> ir.Expression | None:
    """Whether assistance is given that this one may not be had together with."""
    tests = [
        _is_given(block, name, exclusion.span)
        for exclusion in node.excludes
        for name in exclusion.names
    ]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else operate(block.checker, "or", tests, node.span)


def _is_given(block: Block, mention: tree.Mention, span: Span) -> ir.Expression:
    context = block.context
    scope = context.scope_of(mention.text)
    inside = context.of_member() if scope == "member" else context
    value = lower(inside, tree.Reference(None, mention.text, (), mention.span))
    test: ir.Expression = value
    if isinstance(value.type, Number) and not isinstance(value, ir.Bad):
        nothing = ir.Literal(Fraction(0), value.type, span=mention.span)
        test = operate(inside.checker, "greater", [value, nothing], mention.span)
    elif not check.condition(inside.checker, value, "`不可兼得` ", "`不可兼得`"):
        return ir.Bad(span=span)
    if (
        scope == "member"
        and block.version.node.scope == "household"
        and not isinstance(test, ir.Bad)
    ):
        return ir.Aggregate("any", test, None, None, YesNo(), span=mention.span)
    return test
