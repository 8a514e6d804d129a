"""`专项`: a special assistance, by groups of recipients, each with terms of its own."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from dibao_policy.core import block_problems, check, ir, problems
from dibao_policy.core.cases.lists import Mode
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.block import (
    Block,
    between_limits,
    check_share,
    is_as_declared,
    list_cases,
    not_below_zero,
    part_rule,
    settled,
    to_fen,
    where_held,
    whole_rule,
)
from dibao_policy.core.lower.exclusion import given_elsewhere, listed_twice, of_everyone
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.lower.steps import progressive
from dibao_policy.core.types import Type, YesNo
from dibao_policy.syntax import tree
from dibao_policy.text import Span, nearest

_MODES: dict[str, Mode] = {
    "exclusive": "exclusive_or_nothing",
    "in_order": "ordered_or_nothing",
    "highest": "any",
}


def lower_special(block: Block, node: tree.Special) -> tuple[ir.Rule, ...]:
    """专项: what the terms of the group give on the base; nothing for whom no group is meant."""
    checker, span = block.checker, node.span
    rules: list[ir.Rule] = []
    base = _base(block, node, rules)
    known = _are_known(block, node)
    applying: list[ir.Expression] = []
    for group in node.groups:
        applies, amount = _group(block, node, group, base)
        applying.append(applies.expression)
        rules += (applies, amount)
    nothing = ir.Literal(Fraction(0), block.type, span=span)
    total = choose(checker, _cases(block, node), nothing, span, "对象", _labels(node))
    if not known:
        total = ir.Bad(span=span)
    given = given_elsewhere(block, node)
    if given:
        cases = [(test, nothing) for _, test in given]
        total = choose(checker, cases, total, span, "不可兼得", [name for name, _ in given])
    value = settled(block, total)
    when = None if node.when is None else lower(block.context, node.when)
    if when is not None:
        value = where_held(block, when, value, span)
    list_cases(
        block, "对象", _MODES[node.several], node.groups, applying, when=when, ways=("就高", "依次")
    )
    parts = [node.base, node.at_least, node.at_most, *node.excludes]
    citations = (*node.citations, *(c for part in parts if part for c in part.citations))
    return (*rules, whole_rule(block, value, citations=citations))


# ── the base ──────────────────────────────────────────────────────────────


def _base(block: Block, node: tree.Special, rules: list[ir.Rule]) -> ir.Expression | None:
    """The base, less what other assistance has already paid of it; never below zero."""
    if node.base is None:
        return None
    checker, span = block.checker, node.base.span
    base = lower(block.context, node.base.expression)
    if all(_is_fixed(group.terms) for group in node.groups):
        lacking, lacking_en = "`比例` 或 `累进` 的 `对象`", "`对象` paid by `比例` or `累进`"
        checker.found.append(
            block_problems.NoEffect(
                span=span, clause="基数", lacking=lacking, lacking_en=lacking_en
            )
        )
    if not node.less:
        return base
    listed_twice(block, node.less, "扣除")
    paid = [_paid(block, one) for one in node.less]
    taken = [operate(checker, "negate", [one], one.span) for one in paid]
    left = not_below_zero(block, operate(checker, "add", [base, *taken], span))
    if isinstance(left, ir.Bad):
        return left
    label = "余额"
    while any(group.label == label for group in node.groups):
        label = f"扣除后{label}"
    name = f"{node.name.text}·{label}"
    rule = part_rule(
        block,
        name,
        to_fen(left),
        clause="基数",
        label=label,
        citations=node.base.citations,
        span=span,
    )
    rules.append(evolve(rule, type=left.type))
    return _read(block, name, left.type, span)


def _is_fixed(terms: tree.Terms) -> bool:
    """Whether a group gets a fixed amount and nothing else; what stands beside one is told where it is read."""
    others = (terms.deductible, terms.rate, terms.ceiling, terms.progressive)
    return terms.fixed is not None and all(other is None for other in others)


def _paid(block: Block, mention: tree.Mention) -> ir.Expression:
    """What other assistance has paid: to the member at hand, or to all members of the household."""
    value, scope = of_everyone(block, mention, "sum")
    if block.version.node.scope == "member" and scope == "household":
        problem = block_problems.TakenFromEach(span=mention.span, name=mention.text)
        return block.checker.report(problem, mention.span)
    return value


# ── the groups ────────────────────────────────────────────────────────────


def _group(
    block: Block, node: tree.Special, group: tree.Group, base: ir.Expression | None
) -> tuple[ir.Rule, ir.Rule]:
    """Whether a group is meant, and what it gets."""
    going_on = [one for one in node.transitions if one.group == group.label]
    citations = (*group.citations, *(c for one in going_on for c in one.citations))
    name, span = f"{node.name.text}·{group.label}", group.span
    tests = [_meant(block, group), *(lower(block.context, one.condition) for one in going_on)]
    belongs: ir.Expression = ir.Bad(span=span)
    if all([check.condition(block.checker, one, "`对象` ", "`对象`") for one in tests]):
        belongs = tests[0]
        if going_on:
            belongs = operate(block.checker, "or", tests, span, clause="过渡")
    value = where_held(block, belongs, to_fen(_amount(block, group, base)), span)
    label = group.label
    applies = part_rule(
        block, f"{name}·适用", belongs, clause="适用", label=label, citations=citations, span=span
    )
    amount = part_rule(
        block, name, value, clause="对象", label=label, citations=citations, span=span
    )
    return evolve(applies, type=YesNo()), amount


def _meant(block: Block, group: tree.Group) -> ir.Expression:
    """The condition of a group; where its label stands for one, a mend says how it is written out."""
    written, label = group.condition, group.label
    is_label = isinstance(written, tree.Reference) and written.name == label and not written.scope
    of_household = block.version.node.scope == "household"
    if is_label and of_household and block.context.scope_of(label) == "member":
        mend = f"对象 {label}: 存在(成员.{label}) → …"
        problem = problems.MemberInHousehold(span=written.span, name=label, mend=mend)
        return block.checker.report(problem, written.span)
    return lower(block.context, written)


def _are_known(block: Block, node: tree.Special) -> bool:
    """Whether each transition is one of a group of the block."""
    labels = [group.label for group in node.groups]
    unknown = [one for one in node.transitions if one.group not in labels]
    for one in unknown:
        lower(block.context, one.condition)
        block.checker.found.append(
            block_problems.UnknownGroup(
                span=one.span,
                name=one.group,
                near=nearest(one.group, labels),
                known=tuple(f"`{label}`" for label in labels),
            )
        )
    return not unknown


def _amount(block: Block, group: tree.Group, base: ir.Expression | None) -> ir.Expression:
    """The terms of a group: a fixed amount, or a rate on what the base has above the deductible."""
    checker, terms, span = block.checker, group.terms, group.terms.span
    if terms.fixed is not None:
        amount = lower(block.context, terms.fixed)
    elif base is None:
        return checker.report(block_problems.NeedsBase(span=span, name=group.label), span)
    else:
        amount = _by_rate(block, terms, base)
        if terms.ceiling is not None:
            ceiling = lower(block.context, terms.ceiling)
            place = terms.ceiling.span
            amount = operate(checker, "lowest", [amount, ceiling], place, clause="封顶")
    return amount if is_as_declared(block, group.label, amount) else ir.Bad(span=span)


def _by_rate(block: Block, terms: tree.Terms, base: ir.Expression) -> ir.Expression:
    checker, span = block.checker, terms.span
    if terms.deductible is None:
        above = not_below_zero(block, base)
    else:
        deductible = lower(block.context, terms.deductible)
        place = terms.deductible.span
        minus = operate(checker, "negate", [deductible], place)
        above = operate(checker, "add", [base, minus], place)
        above = not_below_zero(block, above, clause="起付")
    if terms.progressive is not None:
        brackets, rest = terms.progressive
        lowered = [
            (one.sign, lower(block.context, one.bound), lower(block.context, one.value))
            for one in brackets
        ]
        last = lower(block.context, rest)
        for share in (*(value for _, _, value in lowered), last):
            check_share(block, share)
        return progressive(checker, above, lowered, last, span)
    # Without a rate the text is already refused.
    rate = lower(block.context, terms.rate) if terms.rate is not None else ir.Bad(span=span)
    check_share(block, rate)
    return operate(checker, "multiply", [above, rate], span)


# ── the whole ─────────────────────────────────────────────────────────────


def _cases(block: Block, node: tree.Special) -> list[tuple[ir.Expression, ir.Expression]]:
    """For which group which amount counts, within the floor and the ceiling of the whole."""
    name = node.name.text
    belongs = [_read(block, f"{name}·{one.label}·适用", YesNo(), one.span) for one in node.groups]
    amounts = [_read(block, f"{name}·{one.label}", block.type, one.span) for one in node.groups]
    if node.several != "highest" or len(amounts) == 1:
        limited = between_limits(block, amounts, node.at_least, node.at_most)
        return list(zip(belongs, limited, strict=True))
    some = operate(block.checker, "or", belongs, node.span)
    highest = operate(block.checker, "highest", amounts, node.span, clause="就高")
    return [(some, between_limits(block, [highest], node.at_least, node.at_most)[0])]


def _labels(node: tree.Special) -> list[str]:
    return [group.label for group in node.groups]


def _read(block: Block, name: str, kind: Type, span: Span) -> ir.Expression:
    return ir.ReadRule(name, block.version.node.scope, kind, span=span)
