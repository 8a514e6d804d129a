"""Written expressions to typed core expressions."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from dibao_policy.core import check, ir, problems
from dibao_policy.core.check import choose, operate
from dibao_policy.core.lower.names import Lowering, key_types, reference
from dibao_policy.core.lower.rank import lower_rank
from dibao_policy.core.lower.steps import pick, progressive
from dibao_policy.core.ops import CALLED, SIGNED, TABLE
from dibao_policy.core.types import (
    Day,
    Number,
    Type,
    YesNo,
    seen_from,
    type_text,
)
from dibao_policy.model.resolve import DECISION_DAY, find
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import AGGREGATES
from dibao_policy.text import Span, nearest
from dibao_policy.units import NO_UNIT, read_unit

PERSON = read_unit("人")


def lower(context: Lowering, node: tree.Expression, expected: Type | None = None) -> ir.Expression:
    """One expression; `expected` helps to understand the name of an enumeration's member."""
    checker, span = context.checker, node.span
    match node:
        case tree.Quantity(number, text):
            unit, scale = read_unit(text) or (NO_UNIT, 1)
            kind = seen_from(Number(unit), checker.scope)
            return ir.Literal(Fraction(number) * scale, kind, span=span)
        case tree.DateLiteral(day):
            return ir.Literal(day.year * 10_000 + day.month * 100 + day.day, Day(), span=span)
        case tree.YesNo(value):
            return ir.Literal(value, YesNo(), span=span)
        case tree.Reference():
            kinds = key_types(context, node)
            keys = [lower(context, key, kind) for key, kind in zip(node.keys, kinds, strict=True)]
            return reference(context, node, keys, expected)
        case tree.Sum(terms):
            parts = [_signed(context, subtracted, term) for subtracted, term in terms]
            return operate(checker, "add", parts, span)
        case tree.Product(factors):
            return _product(context, factors, span)
        case tree.Minus(operand):
            return operate(checker, "negate", [lower(context, operand)], span)
        case tree.Comparison(sign, left, right):
            first, second = _pair(context, left, right)
            return operate(checker, SIGNED[sign], [first, second], span)
        case tree.Membership():
            return _membership(context, node)
        case tree.Between(subject, low, high):
            inside = lower(context, subject)
            ends = [lower(context, low, inside.type), lower(context, high, inside.type)]
            above = operate(checker, "at_least", [inside, ends[0]], span)
            if isinstance(above, ir.Bad) and ends[0].type == ends[1].type:
                return above
            below = operate(checker, "at_most", [inside, ends[1]], span)
            if isinstance(above, ir.Bad) or isinstance(below, ir.Bad):
                return ir.Bad(span=span)
            return operate(checker, "and", [above, below], span, clause="在")
        case tree.Logic(operator, operands):
            return operate(checker, operator, [lower(context, one) for one in operands], span)
        case tree.Not(operand):
            return operate(checker, "not", [lower(context, operand)], span)
        case tree.Choose(cases, otherwise):
            lowered = [
                (lower(context, test), lower(context, value, expected)) for test, value in cases
            ]
            return choose(checker, lowered, lower(context, otherwise, expected), span)
        case tree.Call():
            return _call(context, node)
        case tree.RoundTo(operand, clause):
            return check.rounded(checker, lower(context, operand), clause, span)
        case tree.Aggregate():
            return _aggregate(context, node)
        case tree.Steps():
            return _steps(context, node, expected)
        case tree.Rank():
            within = partial(lower, context.of_member())
            return lower_rank(checker, context.inside, node, within)
    raise AssertionError(node)


def _signed(context: Lowering, subtracted: bool, term: tree.Expression) -> ir.Expression:
    value = lower(context, term)
    return operate(context.checker, "negate", [value], term.span) if subtracted else value


def _product(
    context: Lowering, factors: tuple[tuple[bool, tree.Expression], ...], span: Span
) -> ir.Expression:
    above = [lower(context, factor) for divides, factor in factors if not divides]
    below = [lower(context, factor) for divides, factor in factors if divides]
    checker = context.checker
    top = above[0] if len(above) == 1 else operate(checker, "multiply", above, span)
    if not below:
        return top
    bottom = below[0] if len(below) == 1 else operate(checker, "multiply", below, span)
    return operate(checker, "divide", [top, bottom], span)


def _pair(
    context: Lowering, left: tree.Expression, right: tree.Expression
) -> tuple[ir.Expression, ir.Expression]:
    """Two sides of a comparison; the side that names a member is understood by the other."""
    if _may_be_member(context, left):
        second = lower(context, right)
        return lower(context, left, second.type), second
    first = lower(context, left)
    return first, lower(context, right, first.type)


def _may_be_member(context: Lowering, node: tree.Expression) -> bool:
    return isinstance(node, tree.Reference) and find(context.scheme, node.name) is None


def _membership(context: Lowering, node: tree.Membership) -> ir.Expression:
    checker = context.checker
    subject = lower(context, node.subject)
    options = [lower(context, option, subject.type) for option in node.options]
    seen: list[ir.Expression] = []
    for option, written in zip(options, node.options, strict=True):
        if option in seen and not isinstance(option, ir.Bad):
            name = written.name if isinstance(written, tree.Reference) else "…"
            checker.found.append(problems.SameBranches(span=option.span, name=name))
        seen.append(option)
    tests: list[ir.Expression] = []
    unlike: list[Type] = []
    for option in options:
        # Options of one type are unlike the subject for one reason.
        if option.type not in unlike:
            tests.append(operate(checker, "equal", [subject, option], option.span))
            if isinstance(tests[-1], ir.Bad):
                unlike.append(option.type)
    if unlike:
        return ir.Bad(span=node.span)
    one = tests[0] if len(tests) == 1 else operate(checker, "or", tests, node.span, clause="属于")
    return operate(checker, "not", [one], node.span) if node.negated else one


def _call(context: Lowering, node: tree.Call) -> ir.Expression:
    checker = context.checker
    if node.name not in CALLED:
        known = tuple(f"`{row.zh}`" for row in TABLE.values() if row.zh)
        # What has a member inside is meant to be a summary; anything else is not.
        is_summary = any(
            isinstance(one, tree.Reference) and one.scope == "member" for one in node.arguments
        )
        near = nearest(node.name, [zh for zh, _ in AGGREGATES.values()] if is_summary else CALLED)
        return checker.report(
            problems.UnknownOperation(span=node.span, name=node.name, near=near, known=known),
            node.span,
        )
    row = TABLE[CALLED[node.name]]
    count = len(node.arguments)
    if count < row.least or (row.most is not None and count > row.most):
        wanted = f"{row.least}" if row.least == row.most else f"{row.least}–{row.most or '…'}"
        return checker.report(
            problems.ArgumentCount(span=node.span, name=node.name, wanted=wanted, found=count),
            node.span,
        )
    arguments = [lower(context, argument) for argument in node.arguments]
    if row.name == "age" and count == 1:
        # The age is that on the day of the decision, which is an input of every evaluation.
        arguments.append(ir.ReadFact(DECISION_DAY, "household", Day(), span=node.span))
    return operate(checker, row.name, arguments, node.span)


def _steps(context: Lowering, node: tree.Steps, expected: Type | None) -> ir.Expression:
    subject = lower(context, node.subject)
    brackets = [
        (one.sign, lower(context, one.bound, subject.type), lower(context, one.value, expected))
        for one in node.brackets
    ]
    otherwise = lower(context, node.otherwise, expected)
    steps = pick if node.kind == "pick" else progressive
    return steps(context.checker, subject, brackets, otherwise, node.span)


def _aggregate(context: Lowering, node: tree.Aggregate) -> ir.Expression:
    checker, span = context.checker, node.span
    if context.inside:
        return checker.report(problems.NestedAggregate(span=span), span)
    inner = context.of_member()
    when = lower(inner, node.when) if node.when is not None else None
    if when is not None and not check.condition(inner.checker, when, "`当` ", "`当`"):
        return ir.Bad(span=span)
    zh = AGGREGATES[node.kind][0]
    otherwise = lower(context, node.otherwise) if node.otherwise is not None else None
    extreme = node.kind in ("maximum", "minimum")
    if otherwise is not None and not extreme:
        return checker.report(_summary_form(node.kind, otherwise.span), span)
    if node.kind == "count":
        assert PERSON is not None
        if node.body is not None:
            return checker.report(_summary_form(node.kind, span), span)
        one: ir.Expression = ir.Literal(Fraction(1), Number(PERSON[0]), span=span)
        kind = seen_from(Number(PERSON[0]), checker.scope)
        return ir.Aggregate("count", one, when, None, kind, span=span)
    if node.body is None:
        if node.kind not in ("any", "all") or when is None:
            return checker.report(_summary_form(node.kind, span), span)
        # `存在(成员 当 …)` and `全部(成员 当 …)` ask the condition itself.
        body, when = when, None
    else:
        body = lower(inner, node.body)
    if isinstance(body, ir.Bad) or isinstance(when, ir.Bad):
        return ir.Bad(span=span)
    if node.kind in ("any", "all"):
        if not check.condition(inner.checker, body, f"`{zh}` ", f"`{zh}`"):
            return ir.Bad(span=span)
    elif not isinstance(body.type, Number):
        return checker.report(
            problems.WrongType(
                span=body.span,
                place=f"`{zh}` ",
                place_en=f"`{zh}`",
                wanted="数",
                found=type_text(body.type),
            ),
            span,
        )
    if extreme and when is not None and otherwise is None:
        return checker.report(problems.NeedsOtherwise(span=span, kind=zh), span)
    if otherwise is not None and seen_from(otherwise.type, "member") != body.type:
        if isinstance(otherwise, ir.Bad):
            return otherwise
        return checker.report(
            check.unlike(body.type, otherwise, "作为同一个结果", "results of one choice"), span
        )
    return ir.Aggregate(node.kind, body, when, otherwise, body.type, span=span)


def _summary_form(kind: str, span: Span) -> problems.SummaryForm:
    """How a summary is written, where it is written in another way."""
    zh = AGGREGATES[kind][0]
    plain = f"{zh}(成员)" if kind == "count" else f"{zh}(成员.事项)"
    conditional = f"{zh}(成员.事项 当 条件)"
    if kind in ("count", "any", "all"):
        conditional = f"{zh}(成员 当 条件)"
    if kind in ("maximum", "minimum"):
        conditional = f"{zh}(成员.事项 当 条件 否则 值)"
    return problems.SummaryForm(span=span, kind=zh, plain=plain, conditional=conditional)
