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
from dibao_policy.text import covered, join


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


@problem_kind
class ToleranceWithoutReason(Problem):
    """A tolerance that does not say why."""

    code, slug = "D4005", "tolerance-without-reason"
    zh = "`容差` 没有写明理由"
    en = "the `容差` does not say why"
    mends_zh = ('在后面加上引号里的理由，例如 `{written} "公布时进位到元"`',)
    mends_en = ('add the reason in quotation marks, such as `{written} "公布时进位到元"`',)
    written: str


@problem_kind
class ToleranceOfNoEquation(Problem):
    """A tolerance on something that is no equation of two numbers."""

    code, slug = "D4006", "tolerance-of-no-equation"
    zh = "`容差` 只能写在两个数相等的后面"
    en = "a `容差` goes with the equality of two numbers alone"
    mends_zh = ('写作 `甲 = 乙 容差 1元/人月 "理由"`；不是相等的，把 `容差` 去掉',)
    mends_en = ('write `甲 = 乙 容差 1元/人月 "理由"`; where it is no equality, leave `容差` out',)


@problem_kind
class ToleranceOfNothing(Problem):
    """A tolerance that is not above zero."""

    code, slug = "D4007", "tolerance-of-nothing"
    zh = "`容差` 是 {written}，应当大于零"
    en = "the `容差` is {written}: it has to be above zero"
    mends_zh = ("完全相等的，把 `容差` 去掉",)
    mends_en = ("where the two are equal, leave `容差` out",)
    written: str


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
    claimed = node.conclusion
    if node.tolerance is not None:
        claimed, tolerated = _within(node.conclusion, node.tolerance, found)
        sound &= tolerated
    conclusion = lower(context, claimed)
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
        reason="" if node.tolerance is None else node.tolerance.reason,
        period=node.period,
        span=node.name.span,
    )


def _within(
    node: tree.Expression, tolerance: tree.Tolerance, found: list[Problem]
) -> tuple[tree.Expression, bool]:
    """`a = b 容差 t` as `a ≤ b + t 且 b ≤ a + t`, and whether it can be meant so."""
    amount, faults = tolerance.amount, list[Problem]()
    if not tolerance.reason.strip():
        faults.append(ToleranceWithoutReason(span=tolerance.span, written=covered(tolerance.span)))
    if amount.number <= 0:
        faults.append(ToleranceOfNothing(span=amount.span, written=covered(amount.span)))
    if not isinstance(node, tree.Comparison) or node.sign != "=":
        found += [*faults, ToleranceOfNoEquation(span=tolerance.span)]
        return node, False
    found += faults
    whole = join(node.span, amount.span)
    sides = ((node.left, node.right), (node.right, node.left))
    both = tuple(
        tree.Comparison("≤", one, tree.Sum(((False, other), (False, amount)), other.span), whole)
        for one, other in sides
    )
    return tree.Logic("and", both, whole), not faults


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
