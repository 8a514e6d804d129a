"""`性质`: what the policy says of its own results, typed like a rule of the household.

A property computes nothing for anybody: what it alone reads does not become a fact that households bring.
"""

from __future__ import annotations

from collections.abc import Mapping

from dibao_policy.core import check, ir, problems as core_problems
from dibao_policy.core.check import Checker
from dibao_policy.core.lower.block import cited_in
from dibao_policy.core.lower.expressions import lower
from dibao_policy.core.lower.names import Keyed, Lowering
from dibao_policy.core.types import Number, Type, Unknown, type_text
from dibao_policy.model.resolve import find, unknown_name
from dibao_policy.model.scheme import Scheme
from dibao_policy.problem import Problem, problem_kind
from dibao_policy.syntax import tree


@problem_kind
class NotMovable(Problem):
    """A trend over something that is no number which households bring."""

    code, slug = "D4004", "not-movable"
    zh = "`{name}` 不是数值的输入，不能说它增加或减少"
    en = "`{name}` is no input that is a number: it cannot be said to increase or decrease"
    mends_zh = ("`⇒` 前面写一项数值的 `输入`；别的关系写成条件：`条件 ⇒ 结论`",)
    mends_en = (
        "before `⇒` name an `输入` that is a number; write anything else as a condition: `条件 ⇒ 结论`",
    )
    name: str


def lower_property(
    scheme: Scheme,
    node: tree.Property,
    layer: str,
    types: Mapping[str, Type],
    keyed: Keyed,
    facts: Mapping[str, ir.Fact],
    found: list[Problem],
) -> ir.Property | None:
    """性质: None where it could not be understood, which is reported."""
    checker = Checker("household", found)
    context = Lowering(scheme, types, keyed, checker)
    sound = True
    moved = None
    if node.moved is not None:
        moved = _moved(scheme, node.moved, facts, types, found)
        sound = moved is not None
    premise = None if node.premise is None else lower(context, node.premise)
    if premise is not None:
        sound &= check.condition(checker, premise, "`⇒` 的前面", "what stands before `⇒`")
    conclusion = lower(context, node.conclusion)
    if node.moved is None:
        sound &= check.condition(checker, conclusion, "`性质` ", "`性质`")
    elif not isinstance(conclusion.type, (Number, Unknown)):
        sound = False
        found.append(
            core_problems.WrongType(
                span=conclusion.span,
                place="增减的结论",
                place_en="a conclusion that increases or decreases",
                wanted="数",
                found=type_text(conclusion.type),
            )
        )
    if not sound or isinstance(conclusion, ir.Bad) or isinstance(premise, ir.Bad):
        return None
    return ir.Property(
        name=node.name.text,
        code=node.name.code,
        moved=moved,
        upward=node.upward,
        effect=node.effect,
        premise=premise,
        conclusion=conclusion,
        citations=cited_in(scheme, layer, node.citations),
        layer=layer,
        note=node.note,
        span=node.name.span,
    )


def _moved(
    scheme: Scheme,
    node: tree.Reference,
    facts: Mapping[str, ir.Fact],
    types: Mapping[str, Type],
    found: list[Problem],
) -> ir.Fact | None:
    """The fact that a trend moves."""
    target = find(scheme, node.name)
    if target is None:
        problem = unknown_name(scheme, node.name, node.span)
        found.extend([problem] if problem is not None else [])
        return None
    if target.kind != "input" or not isinstance(types[target.name], (Number, Unknown)):
        found.append(NotMovable(span=node.span, name=node.name))
        return None
    if node.scope is not None and target.scope is not None and node.scope != target.scope:
        words = {"household": "家庭", "member": "成员"}
        found.append(
            core_problems.WrongScope(
                span=node.span,
                name=node.name,
                actual=words[target.scope],
                written=words[node.scope],
            )
        )
        return None
    return facts.get(target.name)
