"""`不可兼得` and `扣除`: what a special assistance has to do with other assistance."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dibao_policy.core import block_problems, check, ir
from dibao_policy.core.check import operate
from dibao_policy.core.lower.block import Block
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.types import Number, YesNo
from dibao_policy.dates import overlap
from dibao_policy.model.resolve import find
from dibao_policy.syntax import tree


def given_elsewhere(block: Block, node: tree.Special) -> list[tuple[str, ir.Expression]]:
    """Each assistance that this one may not be had together with, and whether it is given."""
    names = [name for exclusion in node.excludes for name in exclusion.names]
    listed_twice(block, names, "不可兼得")
    return [
        (name.text, _is_given(block, name))
        for name in names
        if not _excludes_too(block, node, name)
    ]


def listed_twice(block: Block, names: Sequence[tree.Mention], clause: str) -> None:
    """A name that a clause lists twice, be it under both its forms."""
    seen: set[str] = set()
    for one in names:
        target = find(block.scheme, one.text)
        name = target.name if target is not None else one.text
        if name in seen:
            block.checker.found.append(
                block_problems.ListedTwice(span=one.span, name=name, clause=clause)
            )
        seen.add(name)


def of_everyone(
    block: Block, mention: tree.Mention, kind: str
) -> tuple[ir.Expression, tree.Scope | None]:
    """A value and whose it is; in the household's block what belongs to the members is gathered over all of them."""
    context = block.context
    scope = context.scope_of(mention.text)
    gathers = scope == "member" and block.version.node.scope == "household"
    inside = context.of_member() if gathers else context
    value = lower(inside, tree.Reference(None, mention.text, (), mention.span))
    if kind == "any":
        if isinstance(value.type, Number) and not isinstance(value, ir.Bad):
            nothing = ir.Literal(Fraction(0), value.type, span=mention.span)
            value = operate(inside.checker, "greater", [value, nothing], mention.span)
        elif not check.condition(inside.checker, value, "`不可兼得` ", "`不可兼得`"):
            value = ir.Bad(span=mention.span)
    if not gathers or isinstance(value, ir.Bad):
        return value, scope
    kind_of_value = YesNo() if kind == "any" else value.type
    return ir.Aggregate(kind, value, None, None, kind_of_value, span=mention.span), scope


def _is_given(block: Block, mention: tree.Mention) -> ir.Expression:
    return of_everyone(block, mention, "any")[0]


def _excludes_too(block: Block, node: tree.Special, mention: tree.Mention) -> bool:
    """Whether the other assistance gives way to this one in turn; told once, of the later of the two."""
    own, rules = node.name.text, block.scheme.rules
    target = find(block.scheme, mention.text)
    if target is None or target.name == own:
        return False
    for version in rules.get(target.name, ()):
        other = version.node
        if not isinstance(other, tree.Special) or not overlap(version.period, block.version.period):
            continue
        for name in (name for exclusion in other.excludes for name in exclusion.names):
            back = find(block.scheme, name.text)
            if back is not None and back.name == own:
                names = list(rules)
                if names.index(own) > names.index(target.name):
                    block.checker.found.append(
                        block_problems.MutualExclusion(
                            span=mention.span, name=own, other=target.name, related=(name.span,)
                        )
                    )
                return True
    return False
