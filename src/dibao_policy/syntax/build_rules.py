"""The clauses of a rule block, put together."""

from __future__ import annotations

import itertools
from typing import Any

from dibao_policy.dates import Period
from dibao_policy.problem import Problem
from dibao_policy.syntax import problems, tree
from dibao_policy.syntax.keywords import BLOCK_OF
from dibao_policy.syntax.parts import only, parts_of
from dibao_policy.text import Span


def build_rule(
    keyword: str, children: list[Any], span: Span, found: list[Problem]
) -> tree.Rule | None:
    """The node of a rule block, or None where a clause it cannot do without is missing."""
    parts = parts_of(children[4:])
    common = {
        "scope": children[1].value,
        "name": children[3],
        "citations": sum((part.value for part in parts if part.kind == "cite"), ()),
        "note": only(parts, "note", keyword, found) or "",
        "period": only(parts, "period", keyword, found) or Period(),
        "rounding": only(parts, "rounding", keyword, found),
        "span": span,
    }

    def every(kind: str) -> tuple[Any, ...]:
        return tuple(part.value for part in parts if part.kind == kind)

    def one(kind: str) -> Any:
        return only(parts, kind, keyword, found)

    def needed(kind: str, clause: str) -> bool:
        if any(part.kind == kind for part in parts):
            return True
        name = children[3]
        found.append(
            problems.MissingClause(span=name.span, block=f"{keyword} {name.text}", clause=clause)
        )
        return False

    match BLOCK_OF[keyword]:
        case "DEFINE":
            expression = next(
                child
                for before, child in itertools.pairwise(children[5:])
                if getattr(before, "type", "") == "EQUAL"
            )
            exact = any(getattr(child, "type", "") == "EXACT" for child in children)
            return tree.Define(type=children[5], exact=exact, expression=expression, **common)
        case "INCOME":
            if not needed("count", "计入"):
                return None
            return tree.Income(
                type=children[5],
                counted=every("count"),
                exempt=every("exempt"),
                deductions=every("deduct"),
                imputed=every("impute"),
                at_least=one("at_least"),
                **common,
            )
        case "ELIGIBILITY":
            if not needed("require", "要求"):
                return None
            return tree.Eligibility(requirements=every("require"), **common)
        case "BENEFIT":
            if not needed("amount", "金额"):
                return None
            return tree.Benefit(
                type=children[5],
                when=one("when"),
                amount=one("amount"),
                at_least=one("at_least"),
                at_most=one("at_most"),
                **common,
            )
        case "GRADED":
            # 就高 or 叠加 decides how much a person gets: it is never assumed.
            if not (needed("category", "类别") & needed("highest", "就高`/`叠加")):
                return None
            return tree.Graded(
                type=children[5],
                when=one("when"),
                highest=one("highest"),
                categories=every("category"),
                **common,
            )
    raise AssertionError(keyword)
