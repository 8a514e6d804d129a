"""`第几`: the place of the member at hand among the members that count."""

from __future__ import annotations

from collections.abc import Callable

from dibao_policy.core import check, ir
from dibao_policy.core.check import Checker
from dibao_policy.core.rank_problems import MisplacedRank
from dibao_policy.core.types import Number
from dibao_policy.syntax import tree
from dibao_policy.units import read_unit

PLACE = read_unit("名")


def lower_rank(
    checker: Checker,
    inside: bool,
    node: tree.Rank,
    lower: Callable[[tree.Expression], ir.Expression],
) -> ir.Expression:
    """The place of the member at hand; `lower` reads an expression as each member sees it.

    `inside` where the node stands in the brackets of a summary, or of another 第几.
    """
    span = node.span
    key = lower(node.key)
    when = lower(node.when) if node.when is not None else None
    said = ("`第几` 的 `按` ", "`按` in `第几`", "排名次", "put into places")
    sound = check.sortable(checker, key, *said)
    if when is not None and not check.condition(checker, when, "`当` ", "`当`"):
        sound = False
    if inside or checker.scope == "household":
        return checker.report(MisplacedRank(span=span), span)
    if not sound or isinstance(key, ir.Bad) or isinstance(when, ir.Bad):
        return ir.Bad(span=span)
    assert PLACE is not None
    return ir.Rank(key, when, node.descending, Number(PLACE[0]), span=span)
