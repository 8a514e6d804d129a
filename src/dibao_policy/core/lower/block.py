"""What the block kinds share: the block at hand, and how its parts and its whole become named rules."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import define

from dibao_policy.core import block_problems, check, ir, problems
from dibao_policy.core.cases.lists import Case, CaseList, Mode
from dibao_policy.core.check import Checker, choose, unit_mend
from dibao_policy.core.declared import shown
from dibao_policy.core.ladders import Ladder, stated_falls
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.lower.names import Lowering
from dibao_policy.core.types import RATIO, Number, Type, Unknown, YesNo, type_text
from dibao_policy.model.scheme import RuleVersion, Scheme
from dibao_policy.syntax import tree
from dibao_policy.text import Span
from dibao_policy.units import is_money
from dibao_policy.values import Rounding

FEN = Fraction(1)
"""Money is kept in fen, so the fen to which every named amount is rounded is 1."""


@define
class Block:
    """The block that is being lowered."""

    scheme: Scheme
    version: RuleVersion
    context: Lowering
    checker: Checker
    type: Type
    keyword: str


def lower_clause(block: Block, clause: tree.Clause) -> ir.Expression:
    """An expression where its condition holds, else zero."""
    return where(block, clause.when, lower(block.context, clause.expression), clause.span)


def not_below_zero(block: Block, value: ir.Expression, clause: str = "不低于零") -> ir.Expression:
    """A number, or zero where it is below zero."""
    if isinstance(value, ir.Bad) or not isinstance(value.type, Number):
        return value
    nothing = ir.Literal(Fraction(0), value.type, span=value.span)
    return check.operate(block.checker, "highest", [value, nothing], value.span, clause=clause)


def between_limits(
    block: Block,
    values: Sequence[ir.Expression],
    least: tree.Clause | None,
    most: tree.Clause | None,
) -> list[ir.Expression]:
    """Values raised to the `至少` of a block and then cut to its `至多`, which must not stand below it."""
    limited = list(values)
    ends: list[ir.Expression] = []
    for clause, operation, word in ((least, "highest", "至少"), (most, "lowest", "至多")):
        if clause is not None:
            end = lower(block.context, clause.expression)
            ends.append(end)
            limited = [
                check.operate(block.checker, operation, [one, end], clause.span, clause=word)
                for one in limited
            ]
    if len(ends) == 2:
        name = block.version.node.name.text
        ladder = Ladder("limits", ((True, ends[0]), (False, ends[1])), name)
        block.checker.ladders.append(ladder)
        block.checker.found += stated_falls(ladder)
    return limited


def where(
    block: Block, condition: tree.Expression | None, value: ir.Expression, span: Span
) -> ir.Expression:
    """The value where the condition holds, else zero of its unit."""
    if condition is None:
        return value
    return where_held(block, lower(block.context, condition), value, span)


def where_held(
    block: Block, test: ir.Expression, value: ir.Expression, span: Span
) -> ir.Expression:
    """The value where a condition holds that is already lowered, else zero of its unit."""
    if isinstance(value, ir.Bad) or not isinstance(value.type, Number):
        # The condition is looked at all the same: a run tells all faults.
        check.condition(block.checker, test, "条件", "a condition")
        return ir.Bad(span=span)
    nothing = ir.Literal(Fraction(0), value.type, span=span)
    return choose(block.checker, [(test, value)], nothing, span, clause="当")


def check_share(block: Block, rate: ir.Expression) -> None:
    """A share that the rule states is between nothing and all; `70` without its sign would be seventy times."""
    match rate:
        case ir.Literal(Fraction() as share, kind) if kind == RATIO:
            pass
        case ir.Operate("negate", (ir.Literal(Fraction() as taken, kind),)) if kind == RATIO:
            share = -taken
        case _:
            return
    if not 0 <= share <= 1:
        likely = shown(share / 100, RATIO) if share.denominator == 1 and 1 < share <= 100 else ""
        block.checker.found.append(
            block_problems.ShareOutOfRange(span=rate.span, found=shown(share, RATIO), likely=likely)
        )


def to_fen(value: ir.Expression) -> ir.Expression:
    """An amount of money as it is named: rounded to the fen, half up."""
    if isinstance(value.type, Number) and is_money(value.type.unit):
        return ir.Round(value, FEN, Rounding.HALF_UP, False, value.type, span=value.span)
    return value


def settled(block: Block, value: ir.Expression, exact: bool = False) -> ir.Expression:
    """A value as it is assigned: rounded as the block says, or to the fen, or not at all."""
    clause = block.version.node.rounding
    if clause is not None:
        return check.rounded(block.checker, value, clause, clause.span)
    return value if exact else to_fen(value)


def is_as_declared(block: Block, name: str, value: ir.Expression) -> bool:
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


def whole_rule(
    block: Block,
    value: ir.Expression,
    citations: tuple[tree.Citation, ...] | None = None,
) -> ir.Rule:
    """The rule that carries the block's own name."""
    node = block.version.node
    if isinstance(node, tree.Define) and not is_as_declared(block, node.name.text, value):
        value = ir.Bad(span=node.span)
    return ir.Rule(
        name=node.name.text,
        code=node.name.code,
        scope=node.scope,
        type=YesNo() if isinstance(node, (tree.Eligibility, tree.CrossCheck)) else block.type,
        expression=value,
        citations=cited(block, node.citations if citations is None else citations),
        origin=ir.Origin(block.keyword, node.name.text, ""),
        layer=block.version.layer,
        since=block.version.period.since,
        note=node.note,
        otherwise="",
        replaced=block.version.replaced,
        telling=node.telling,
        span=node.name.span,
    )


def part_rule(
    block: Block,
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
        citations=cited(block, citations or node.citations),
        origin=ir.Origin(block.keyword, node.name.text, clause, label),
        layer=block.version.layer,
        since=block.version.period.since,
        note="",
        otherwise="",
        replaced=block.version.replaced,
        span=span,
    )


def cited(block: Block, citations: tuple[tree.Citation, ...]) -> tuple[ir.Cited, ...]:
    """Citations with the documents that their layer lists, each once."""
    return cited_in(block.scheme, block.version.layer, citations)


def cited_in(
    scheme: Scheme, layer: str, citations: tuple[tree.Citation, ...]
) -> tuple[ir.Cited, ...]:
    """Citations of a layer with its documents, each once."""
    found: list[ir.Cited] = []
    for citation in citations:
        document = scheme.documents.get((layer, citation.document))
        one = ir.Cited(
            document=document.title if document else "",
            number=document.number if document else "",
            address=document.address if document else "",
            article=citation.article,
            unverified=citation.unverified or (document is not None and document.unverified),
            note=citation.note,
        )
        if one not in found:
            found.append(one)
    return tuple(found)


def list_cases(
    block: Block,
    clause: str,
    mode: Mode,
    written: Sequence[tree.Category | tree.Group],
    conditions: Sequence[ir.Expression],
    otherwise: tree.Clause | None = None,
    when: ir.Expression | None = None,
    ways: tuple[str, ...] = ("依次",),
) -> None:
    """Note the cases of a block, for the check that they leave no gap and do not overlap."""
    if any(isinstance(one, ir.Bad) for one in (*conditions, when)):
        return
    node = block.version.node
    block.checker.case_lists.append(
        CaseList(
            name=node.name.text,
            clause=clause,
            scope=node.scope,
            mode=mode,
            cases=tuple(
                Case(one.label, condition, span=one.span)
                for one, condition in zip(written, conditions, strict=True)
            ),
            when=when,
            ways=ways,
            rest=None if otherwise is None else otherwise.span,
            span=node.name.span,
        )
    )
