"""The clauses of a rule block, put together; and those of a `改写`, once the block that it rewrites is known."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from dibao_policy.dates import Period
from dibao_policy.problem import Problem
from dibao_policy.syntax import block_problems, problems, tree
from dibao_policy.syntax.keywords import BLOCK_OF, BLOCKS
from dibao_policy.syntax.parts import RULES_TELL, only, parts_of, shown_clause, telling_of
from dibao_policy.text import Span

_KINDS: dict[type, str] = {
    tree.Define: "DEFINE",
    tree.Income: "INCOME",
    tree.Eligibility: "ELIGIBILITY",
    tree.Benefit: "BENEFIT",
    tree.Graded: "GRADED",
    tree.Select: "SELECT",
    tree.Taper: "TAPER",
    tree.Special: "SPECIAL",
    tree.CrossCheck: "CROSSCHECK",
}

_ANYWHERE = {"cite", "note", "formerly", "period", "tell"}

# The clauses that each kind of block has, besides those that all of them have.
_CLAUSES: dict[str, set[str]] = {
    "DEFINE": {"rounding"},
    "INCOME": {
        "count", "exempt", "deduct", "deductions", "in_order", "impute", "at_least", "rounding",
    },
    "ELIGIBILITY": {"require"},
    "BENEFIT": {"when", "amount", "at_least", "at_most", "rounding"},
    "GRADED": {"when", "highest", "category", "rounding"},
    "SELECT": {"case", "rest", "in_order", "rounding"},
    "TAPER": {"when", "stages", "base", "rounding"},
    "SPECIAL": {
        "when", "base", "group", "transition", "excludes", "highest", "in_order", "at_least", "at_most",
        "rounding",
    },
    "CROSSCHECK": set(),
}  # fmt: skip


@frozen
class _Header:
    """What stands before the clauses: in the block itself, or in the block that is rewritten."""

    keyword: str
    scope: tree.Scope
    name: tree.Name
    type: tree.TypeName | None
    expression: tree.Expression | None
    exact: bool
    disposition: str
    span: Span


def build_rule(
    keyword: str, children: list[Any], span: Span, found: list[Problem]
) -> tree.Rule | None:
    """The node of a rule block, or None where a clause it cannot do without is missing."""
    kind = BLOCK_OF[keyword]
    mark = {"DEFINE": "EQUAL", "CROSSCHECK": "COLON"}.get(kind)
    header = _Header(
        keyword=keyword,
        scope=children[1].value,
        name=children[3],
        type=next((child for child in children if isinstance(child, tree.TypeName)), None),
        expression=_after(children, mark) if mark else None,
        exact=any(getattr(child, "type", "") == "EXACT" for child in children),
        disposition=getattr(_after(children, "DISPOSE"), "value", ""),
        span=span,
    )
    return _built(kind, header, parts_of(children[4:]), found)


def _after(children: list[Any], mark: str) -> Any:
    """What follows a word or sign."""
    pairs = itertools.pairwise(children)
    return next((child for before, child in pairs if getattr(before, "type", "") == mark), None)


def build_override(
    keyword: str, children: list[Any], span: Span, found: list[Problem]
) -> tree.Override | None:
    """The node of a `改写`: its clauses wait until the rule that it rewrites is known."""
    parts = parts_of(children)
    name = tree.Mention(children[1].value, Span(span.source, *_ends(children[1])))
    period = only(parts, "period", keyword, found)
    if period is None or period.since is None:
        found.append(block_problems.OpenOverride(span=name.span, name=name.text))
        return None
    return tree.Override(
        name=name,
        period=period,
        expression=_after(children, "EQUAL"),
        exact=any(getattr(child, "type", "") == "EXACT" for child in children),
        parts=tuple(part for part in parts if part.kind != "period"),
        span=span,
    )


def _ends(token: Any) -> tuple[int, int]:
    return token.start_pos, token.end_pos


def rewritten(override: tree.Override, rule: tree.Rule, found: list[Problem]) -> tree.Rule | None:
    """The rule that an override puts in the place of an inherited one; None where its clauses do not fit."""
    kind = _KINDS[type(rule)]
    keyword = BLOCKS[kind][0]
    sound = True
    for part in override.parts:
        if part.kind not in _CLAUSES[kind] | _ANYWHERE:
            clause = shown_clause(part.kind)
            found.append(block_problems.WrongClause(span=part.span, clause=clause, block=keyword))
            sound = False
    wants_expression = kind in ("DEFINE", "CROSSCHECK")
    if override.expression is not None and not wants_expression:
        place = override.expression.span
        found.append(block_problems.WrongClause(span=place, clause="= …", block=keyword))
        sound = False
    if override.exact and kind != "DEFINE":
        found.append(
            block_problems.WrongClause(span=override.name.span, clause="精确", block=keyword)
        )
        sound = False
    if wants_expression and override.expression is None:
        block = f"改写 {override.name.text}"
        found.append(problems.MissingClause(span=override.name.span, block=block, clause="= …"))
        sound = False
    if not sound:
        return None
    header = _Header(
        keyword="改写",
        scope=rule.scope,
        name=tree.Name(rule.name.text, rule.name.code, override.name.span),
        type=None if isinstance(rule, (tree.Eligibility, tree.CrossCheck)) else rule.type,
        expression=override.expression,
        exact=override.exact,
        disposition=rule.disposition if isinstance(rule, tree.CrossCheck) else "",
        span=override.span,
    )
    parts = [*override.parts, tree.Part("period", override.period, override.name.span)]
    return _built(kind, header, parts, found)


def _built(
    kind: str, header: _Header, parts: Sequence[tree.Part], found: list[Problem]
) -> tree.Rule | None:
    keyword, name = header.keyword, header.name

    def every(clause: str) -> tuple[Any, ...]:
        return tuple(part.value for part in parts if part.kind == clause)

    def one(clause: str) -> Any:
        return only(parts, clause, keyword, found)

    def needed(clause: str, shown: str) -> bool:
        if every(clause):
            return True
        block = f"{keyword} {name.text}"
        found.append(problems.MissingClause(span=name.span, block=block, clause=shown))
        return False

    common: dict[str, Any] = {
        "scope": header.scope,
        "name": name,
        "citations": sum(every("cite"), ()),
        "note": one("note") or "",
        "former": one("formerly") or (),
        "telling": telling_of(parts, () if kind == "CROSSCHECK" else RULES_TELL, keyword, found),
        "period": one("period") or Period(),
        "rounding": one("rounding"),
        "span": header.span,
    }
    if header.type is not None:
        common["type"] = header.type
    match kind:
        case "DEFINE":
            assert header.expression is not None
            return tree.Define(exact=header.exact, expression=header.expression, **common)
        case "INCOME" if needed("count", "计入"):
            return tree.Income(
                counted=every("count"),
                exempt=every("exempt"),
                deductions=every("deduct"),
                in_order=bool(one("in_order")),
                deductions_at_most=one("deductions"),
                imputed=every("impute"),
                at_least=one("at_least"),
                **common,
            )
        case "ELIGIBILITY" if needed("require", "要求"):
            return tree.Eligibility(requirements=every("require"), **common)
        case "BENEFIT" if needed("amount", "金额"):
            return tree.Benefit(
                when=one("when"),
                amount=one("amount"),
                at_least=one("at_least"),
                at_most=one("at_most"),
                **common,
            )
        # 就高 or 叠加 decides how much a person gets: it is never assumed.
        case "GRADED" if needed("category", "类别") & needed("highest", "就高`/`叠加"):
            return tree.Graded(
                when=one("when"), highest=one("highest"), categories=every("category"), **common
            )
        case "SELECT" if needed("case", "情形"):
            return tree.Select(
                in_order=bool(one("in_order")), cases=every("case"), otherwise=one("rest"), **common
            )
        case "TAPER" if needed("stages", "按") & needed("base", "基数"):
            months, stages = one("stages")
            base, _ = one("base")
            return tree.Taper(when=one("when"), months=months, stages=stages, base=base, **common)
        case "SPECIAL" if needed("group", "对象"):
            return _special(keyword, parts, found, common)
        case "CROSSCHECK":
            assert header.expression is not None
            return tree.CrossCheck(
                expression=header.expression, disposition=header.disposition, **common
            )
    return None


def _special(
    keyword: str, parts: Sequence[tree.Part], found: list[Problem], common: dict[str, Any]
) -> tree.Special:
    def every(clause: str) -> tuple[Any, ...]:
        return tuple(part.value for part in parts if part.kind == clause)

    def one(clause: str) -> Any:
        return only(parts, clause, keyword, found)

    orders = [part for part in parts if part.kind in ("highest", "in_order")]
    for extra in orders[1:]:
        found.append(
            problems.RepeatedClause(
                span=extra.span, clause="就高`/`依次", related=(orders[0].span,)
            )
        )
    base, less = one("base") or (None, ())
    return tree.Special(
        when=one("when"),
        base=base,
        less=less,
        groups=every("group"),
        transitions=every("transition"),
        excludes=every("excludes"),
        several=orders[0].kind if orders else "exclusive",  # type: ignore[arg-type]
        at_least=one("at_least"),
        at_most=one("at_most"),
        **common,
    )
