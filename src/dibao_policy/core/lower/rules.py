"""Blocks to named rules. Each block kind is one function; the rest of the system sees only what they return."""

from __future__ import annotations

from fractions import Fraction

from attrs import define, evolve

from dibao_policy.core import check, ir, problems
from dibao_policy.core.check import Checker, choose, operate, unit_mend
from dibao_policy.core.lower.expressions import Lowering, lower
from dibao_policy.core.types import Number, Type, Unknown, YesNo, seen_from, type_text
from dibao_policy.model.scheme import RuleVersion, Scheme
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.text import Span
from dibao_policy.units import is_money
from dibao_policy.values import Rounding

FEN = Fraction(1)
"""Money is kept in fen, so the fen to which every named amount is rounded is 1."""


@define
class _Block:
    """The block that is being lowered."""

    scheme: Scheme
    version: RuleVersion
    context: Lowering
    checker: Checker
    type: Type
    keyword: str


def lower_rule(
    scheme: Scheme, version: RuleVersion, types: dict[str, Type], found: list[Problem]
) -> tuple[ir.Rule, ...]:
    """The core rules of one block, the parts before the whole."""
    node = version.node
    checker = Checker(node.scope, found)
    context = Lowering(scheme, types, checker)
    kind = seen_from(types.get(node.name.text, Unknown()), node.scope)
    block = _Block(scheme, version, context, checker, kind, "")
    match node:
        case tree.Define():
            block.keyword = "定义"
            return _define(block, node)
        case tree.Income():
            block.keyword = "收入"
            return _income(block, node)
        case tree.Eligibility():
            block.keyword = "资格"
            return _eligibility(block, node)
        case tree.Benefit():
            block.keyword = "救助"
            return _benefit(block, node)
        case tree.Graded():
            block.keyword = "分类施保"
            return _graded(block, node)
    raise AssertionError(node)


def _define(block: _Block, node: tree.Define) -> tuple[ir.Rule, ...]:
    value = lower(block.context, node.expression, block.type)
    if node.exact and node.rounding is not None:
        block.checker.found.append(
            problems.ExactAndRounded(span=node.rounding.span, name=node.name.text)
        )
    return (_named(block, _settled(block, value, exact=node.exact)),)


def _income(block: _Block, node: tree.Income) -> tuple[ir.Rule, ...]:
    """收入: what is counted, less each deduction; an imputed income is a floor where its condition holds."""
    checker, span = block.checker, node.span
    terms = [_clause(block, clause) for clause in node.counted]
    rules: list[ir.Rule] = []
    for deduction in node.deductions:
        amount = lower(block.context, deduction.clause.expression)
        _declared(block, deduction.name.text, amount)
        amount = _when(block, deduction.clause.when, _to_fen(amount), deduction.span)
        rules.append(
            _part(
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
    _declared(block, node.name.text, total)
    if node.at_least is not None:
        floor = lower(block.context, node.at_least.expression)
        total = operate(checker, "highest", [total, floor], node.at_least.span)
    for place, clause in enumerate(node.imputed):
        name = f"{node.name.text}·推定前" + ("" if not place else str(place + 1))
        if not isinstance(total, ir.Bad):
            rules.append(
                _part(block, name, total, clause="推定前", label="推定前", citations=(), span=span)
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
    return (*rules, _named(block, _settled(block, total), citations=citations))


def _eligibility(block: _Block, node: tree.Eligibility) -> tuple[ir.Rule, ...]:
    """资格: all requirements hold."""
    rules: list[ir.Rule] = []
    tests: list[ir.Expression] = []
    for requirement in node.requirements:
        test = lower(block.context, requirement.condition)
        if not check.condition(block.checker, test, "`要求` ", "`要求`"):
            test = ir.Bad(span=requirement.span)
        name = f"{node.name.text}·{requirement.label}"
        rule = _part(
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
    return (*rules, _named(block, whole))


def _benefit(block: _Block, node: tree.Benefit) -> tuple[ir.Rule, ...]:
    """救助: an amount with its floor and ceiling where the condition holds, else nothing."""
    checker = block.checker
    amount = lower(block.context, node.amount.expression)
    _declared(block, node.name.text, amount)
    if node.at_least is not None:
        floor = lower(block.context, node.at_least.expression)
        amount = operate(checker, "highest", [amount, floor], node.at_least.span)
    if node.at_most is not None:
        ceiling = lower(block.context, node.at_most.expression)
        amount = operate(checker, "lowest", [amount, ceiling], node.at_most.span)
    value = _when(block, node.when, _settled(block, amount), node.span)
    parts = [part for part in (node.amount, node.at_least, node.at_most) if part is not None]
    citations = (*node.citations, *(c for part in parts for c in part.citations))
    return (_named(block, value, citations=citations),)


def _graded(block: _Block, node: tree.Graded) -> tuple[ir.Rule, ...]:
    """分类施保: each category's amount where it applies; the highest one, or all together."""
    checker = block.checker
    rules: list[ir.Rule] = []
    amounts: list[ir.Expression] = []
    for category in node.categories:
        amount = lower(block.context, category.amount)
        _declared(block, category.label, amount)
        value = _when(block, category.condition, _to_fen(amount), category.span)
        name = f"{node.name.text}·{category.label}"
        rules.append(
            _part(
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
    joined = "highest" if node.highest else "add"
    total = amounts[0] if len(amounts) == 1 else operate(checker, joined, amounts, node.span)
    return (*rules, _named(block, _when(block, node.when, _settled(block, total), node.span)))


# ── shared by the block kinds ─────────────────────────────────────────────


def _clause(block: _Block, clause: tree.Clause) -> ir.Expression:
    return _when(block, clause.when, lower(block.context, clause.expression), clause.span)


def _when(
    block: _Block, condition: tree.Expression | None, value: ir.Expression, span: Span
) -> ir.Expression:
    """The value where the condition holds, else zero of its unit."""
    if condition is None:
        return value
    test = lower(block.context, condition)
    if isinstance(value, ir.Bad) or not isinstance(value.type, Number):
        # The condition is looked at all the same: a run tells all faults.
        check.condition(block.checker, test, "条件", "a condition")
        return ir.Bad(span=span)
    nothing = ir.Literal(Fraction(0), value.type, span=span)
    return choose(block.checker, [(test, value)], nothing, span)


def _to_fen(value: ir.Expression) -> ir.Expression:
    """An amount of money as it is named: rounded to the fen, half up."""
    if isinstance(value.type, Number) and is_money(value.type.unit):
        return ir.Round(value, FEN, Rounding.HALF_UP, False, value.type, span=value.span)
    return value


def _settled(block: _Block, value: ir.Expression, exact: bool = False) -> ir.Expression:
    """A value as it is assigned: rounded as the block says, or to the fen, or not at all."""
    clause = block.version.node.rounding
    if clause is not None:
        return check.rounded(block.checker, value, clause, clause.span)
    return value if exact else _to_fen(value)


def _declared(block: _Block, name: str, value: ir.Expression) -> bool:
    """Whether a value has the type that its block declares."""
    wanted, found = block.type, value.type
    if isinstance(found, Unknown) or isinstance(wanted, Unknown) or wanted == found:
        return True
    mend, mend_en, difference = "", "", ""
    if isinstance(wanted, Number) and isinstance(found, Number):
        mend, mend_en, difference = unit_mend(wanted.unit, found.unit)
        mend = mend.replace("后者", "表达式").replace("前者", "声明")
        mend_en = mend_en.replace("the second", "the expression").replace(
            "the first", "the declaration"
        )
    block.checker.found.append(
        problems.DeclaredUnit(
            span=value.span,
            name=name,
            declared=type_text(wanted),
            found=type_text(found),
            mend=mend,
            mend_en=mend_en,
            difference=difference,
        )
    )
    return False


def _named(
    block: _Block,
    value: ir.Expression,
    citations: tuple[tree.Citation, ...] | None = None,
) -> ir.Rule:
    """The rule that carries the block's own name."""
    node = block.version.node
    if isinstance(node, tree.Define) and not _declared(block, node.name.text, value):
        value = ir.Bad(span=node.span)
    return ir.Rule(
        name=node.name.text,
        code=node.name.code,
        scope=node.scope,
        type=YesNo() if isinstance(node, tree.Eligibility) else block.type,
        expression=value,
        citations=_cited(block, node.citations if citations is None else citations),
        origin=ir.Origin(block.keyword, node.name.text, ""),
        layer=block.version.layer,
        since=block.version.period.since,
        note=node.note,
        otherwise="",
        span=node.name.span,
    )


def _part(
    block: _Block,
    name: str,
    value: ir.Expression,
    *,
    clause: str,
    label: str,
    citations: tuple[tree.Citation, ...],
    span: Span,
    code: str = "",
) -> ir.Rule:
    """A rule for a part of the block."""
    node = block.version.node
    return ir.Rule(
        name=name,
        code=code,
        scope=node.scope,
        type=block.type,
        expression=value,
        citations=_cited(block, citations or node.citations),
        origin=ir.Origin(block.keyword, node.name.text, clause, label),
        layer=block.version.layer,
        since=block.version.period.since,
        note="",
        otherwise="",
        span=span,
    )


def _cited(block: _Block, citations: tuple[tree.Citation, ...]) -> tuple[ir.Cited, ...]:
    cited: list[ir.Cited] = []
    for citation in citations:
        document = block.scheme.documents.get((block.version.layer, citation.document))
        one = ir.Cited(
            document=document.title if document else "",
            number=document.number if document else "",
            address=document.address if document else "",
            article=citation.article,
            unverified=citation.unverified or (document is not None and document.unverified),
            note=citation.note,
        )
        if one not in cited:
            cited.append(one)
    return tuple(cited)
