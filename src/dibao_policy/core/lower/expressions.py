"""Written expressions to typed core expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import define, frozen

from dibao_policy.core import check, ir, problems
from dibao_policy.core.check import Checker, choose, operate
from dibao_policy.core.declared import enumerated, find_member, read_type
from dibao_policy.core.ops import CALLED, SIGNED, TABLE
from dibao_policy.core.types import (
    Day,
    Enumerated,
    Number,
    Type,
    Unknown,
    YesNo,
    seen_from,
    type_text,
)
from dibao_policy.model.resolve import DECISION_DAY, Target, find, unknown_name
from dibao_policy.model.scheme import Scheme
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import AGGREGATES
from dibao_policy.text import Span, nearest
from dibao_policy.units import NO_UNIT, read_unit

PERSON = read_unit("人")


@frozen
class Keyed:
    """What a parameter may be looked up by: the names of each enumeration's values.

    `unsure` where the type of something is not known.
    """

    names: Mapping[str, Sequence[str]]
    unsure: bool


def keyed_by(types: Mapping[str, Type]) -> Keyed:
    """Gather the names of each enumeration's values, once for all rules."""
    names: dict[str, list[str]] = {}
    for name, kind in types.items():
        if isinstance(kind, Enumerated):
            names.setdefault(kind.name, []).append(name)
    return Keyed(names, any(isinstance(kind, Unknown) for kind in types.values()))


@define
class Lowering:
    """What the expressions of one rule may see. `types` holds the declared type of every value."""

    scheme: Scheme
    types: Mapping[str, Type]
    keyed: Keyed
    checker: Checker
    inside: bool = False


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
            return _reference(context, node, expected)
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
            ends = [lower(context, low), lower(context, high)]
            above = operate(checker, "at_least", [inside, ends[0]], span)
            if isinstance(above, ir.Bad) and ends[0].type == ends[1].type:
                return above
            below = operate(checker, "at_most", [inside, ends[1]], span)
            if isinstance(above, ir.Bad) or isinstance(below, ir.Bad):
                return ir.Bad(span=span)
            return operate(checker, "and", [above, below], span)
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
    one = tests[0] if len(tests) == 1 else operate(checker, "or", tests, node.span)
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


def _aggregate(context: Lowering, node: tree.Aggregate) -> ir.Expression:
    checker, span = context.checker, node.span
    if context.inside:
        return checker.report(problems.NestedAggregate(span=span), span)
    inner = Lowering(
        context.scheme,
        context.types,
        context.keyed,
        Checker("member", checker.found),
        inside=True,
    )
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


# ── names ─────────────────────────────────────────────────────────────────


def _reference(context: Lowering, node: tree.Reference, expected: Type | None) -> ir.Expression:
    scheme, checker, span = context.scheme, context.checker, node.span
    target = find(scheme, node.name)
    if target is None:
        return _member(context, node, expected)
    if node.keys and target.kind != "parameter":
        return checker.report(
            problems.NotAParameter(
                span=span, name=node.name, plain=node.name, wanted=0, found=len(node.keys)
            ),
            span,
        )
    if node.scope is not None and target.scope is not None and node.scope != target.scope:
        words = {"household": "家庭", "member": "成员"}
        return checker.report(
            problems.WrongScope(
                span=span,
                name=node.name,
                actual=words[target.scope],
                written=words[node.scope],
            ),
            span,
        )
    if target.scope == "member" and checker.scope == "household":
        kind = context.types.get(target.name)
        aggregate = "存在" if isinstance(kind, YesNo) else "合计"
        mend = f"{aggregate}(成员.{target.name})"
        return checker.report(
            problems.MemberInHousehold(span=span, name=node.name, mend=mend), span
        )
    if target.kind == "parameter":
        return _lookup(context, node, target)
    if target.kind == "day":
        return ir.ReadFact(DECISION_DAY, "household", Day(), span=span)
    kind = context.types.get(target.name, Unknown())
    if isinstance(kind, Unknown):
        return ir.Bad(span=span)
    assert target.scope is not None
    read = ir.ReadFact if target.kind == "input" else ir.ReadRule
    return read(target.name, target.scope, seen_from(kind, checker.scope), span=span)


def _member(context: Lowering, node: tree.Reference, expected: Type | None) -> ir.Expression:
    """A name that is no value: the member of an enumeration, or nothing known."""
    scheme, checker, span = context.scheme, context.checker, node.span
    having = [
        name
        for name, declared in scheme.enumerations.items()
        if any(node.name in (one.text, one.code) for one in declared.node.members)
    ]
    if isinstance(expected, Enumerated):
        if not having and node.name in scheme.broken:
            return ir.Bad(span=span)
        place = find_member(node.name, expected, span, checker.found)
        return ir.Bad(span=span) if place is None else ir.Literal(place, expected, span=span)
    if len(having) == 1:
        kind = enumerated(scheme, having[0])
        assert kind is not None
        place = find_member(node.name, kind, span, checker.found)
        return ir.Bad(span=span) if place is None else ir.Literal(place, kind, span=span)
    if having:
        if isinstance(expected, Unknown):
            return ir.Bad(span=span)
        names = tuple(f"`{name}`" for name in having)
        return checker.report(
            problems.AmbiguousMember(span=span, name=node.name, enumerations=names), span
        )
    problem = unknown_name(scheme, node.name, span)
    if problem is not None:
        checker.found.append(problem)
    return ir.Bad(span=span)


def _lookup(context: Lowering, node: tree.Reference, target: Target) -> ir.Expression:
    """A parameter, looked up by what stands in the brackets or by the one input of each key's type."""
    scheme, checker, span = context.scheme, context.checker, node.span
    declared = scheme.parameters[target.name].node
    kind = context.types.get(target.name, Unknown())
    if isinstance(kind, Unknown):
        return ir.Bad(span=span)
    wanted = [read_type(scheme, key, []) for key in declared.keys]
    keys: list[ir.Expression] = []
    if node.keys:
        if len(node.keys) != len(wanted):
            return checker.report(
                problems.NotAParameter(
                    span=span,
                    name=node.name,
                    plain="" if wanted else node.name,
                    wanted=len(wanted),
                    found=len(node.keys),
                ),
                span,
            )
        for written, key in zip(node.keys, wanted, strict=True):
            value = lower(context, written, key)
            if value.type != key and not isinstance(value.type, Unknown):
                checker.found.append(
                    problems.WrongType(
                        span=value.span,
                        place=f"`{target.name}` 的方括号",
                        place_en=f"the bracket of `{target.name}`",
                        wanted=type_text(key),
                        found=type_text(value.type),
                    )
                )
                value = ir.Bad(span=span)
            keys.append(value)
    else:
        for key in wanted:
            fitting = [
                name
                for name in context.keyed.names.get(type_text(key), ())
                if _visible(scheme, name, checker.scope)
            ]
            if not fitting and (context.keyed.unsure or type_text(key) in scheme.broken):
                # What would have told which one is faulty itself, and reported.
                return ir.Bad(span=span)
            if len(fitting) != 1:
                return checker.report(
                    problems.NeedsKey(span=span, name=target.name, key=type_text(key)), span
                )
            keys.append(_reference(context, tree.Reference(None, fitting[0], (), span), None))
    if any(isinstance(key, ir.Bad) for key in keys):
        return ir.Bad(span=span)
    return ir.Lookup(target.name, tuple(keys), seen_from(kind, checker.scope), span=span)


def _visible(scheme: Scheme, name: str, scope: tree.Scope) -> bool:
    target = find(scheme, name)
    return (
        target is not None
        and target.kind in ("input", "rule")
        and (scope == "member" or target.scope == "household")
    )
