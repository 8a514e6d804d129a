"""Blocks to named rules: one file per block kind; the rest of the system sees only what they return."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_policy.core import ir, problems
from dibao_policy.core.cases.lists import CaseList
from dibao_policy.core.check import Checker
from dibao_policy.core.ladders import Ladder
from dibao_policy.core.lower.benefit import lower_benefit
from dibao_policy.core.lower.block import Block
from dibao_policy.core.lower.crosscheck import lower_crosscheck
from dibao_policy.core.lower.define import lower_define
from dibao_policy.core.lower.eligibility import lower_eligibility
from dibao_policy.core.lower.graded import lower_graded
from dibao_policy.core.lower.income import lower_income
from dibao_policy.core.lower.names import Keyed, Lowering
from dibao_policy.core.lower.select import lower_select
from dibao_policy.core.lower.special import lower_special
from dibao_policy.core.lower.taper import lower_taper
from dibao_policy.core.types import Number, Type, Unknown, seen_from, type_text
from dibao_policy.model.scheme import RuleVersion, Scheme
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree

_KEYWORDS: dict[type, str] = {
    tree.Define: "定义",
    tree.Income: "收入",
    tree.Eligibility: "资格",
    tree.Benefit: "救助",
    tree.Graded: "分类施保",
    tree.Select: "择一",
    tree.Taper: "渐退",
    tree.Special: "专项",
    tree.CrossCheck: "核查",
}
_AMOUNTS = (tree.Income, tree.Benefit, tree.Graded, tree.Taper, tree.Special)


def lower_rule(
    scheme: Scheme,
    version: RuleVersion,
    types: Mapping[str, Type],
    keyed: Keyed,
    found: list[Problem],
    ladders: list[Ladder],
    case_lists: list[CaseList],
) -> tuple[ir.Rule, ...]:
    """The core rules of one block, the parts before the whole; `ladders` takes the ends that have to rise,
    `case_lists` the cases that have to exclude each other or to leave no gap.
    """
    node = version.node
    checker = Checker(node.scope, found, ladders, case_lists)
    context = Lowering(scheme, types, keyed, checker)
    kind = seen_from(types.get(node.name.text, Unknown()), node.scope)
    keyword = _KEYWORDS[type(node)]
    block = Block(scheme, version, context, checker, kind, keyword)
    if isinstance(node, _AMOUNTS) and not isinstance(kind, (Number, Unknown)):
        found.append(
            problems.WrongType(
                span=node.type.span,
                place=f"`{keyword}` ",
                place_en=f"`{keyword}`",
                wanted="数",
                found=type_text(kind),
            )
        )
        block.type = Unknown()
    match node:
        case tree.Define():
            return lower_define(block, node)
        case tree.Income():
            return lower_income(block, node)
        case tree.Eligibility():
            return lower_eligibility(block, node)
        case tree.Benefit():
            return lower_benefit(block, node)
        case tree.Graded():
            return lower_graded(block, node)
        case tree.Select():
            return lower_select(block, node)
        case tree.Taper():
            return lower_taper(block, node)
        case tree.Special():
            return lower_special(block, node)
        case tree.CrossCheck():
            return lower_crosscheck(block, node)
    raise AssertionError(node)
