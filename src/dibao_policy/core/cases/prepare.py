"""Every rule that conditions rest on, expanded in the program's order: so no chain of rules is a deep recursion."""

from __future__ import annotations

from collections.abc import Sequence

from dibao_policy.core import ir
from dibao_policy.core.cases.expand import rule_value
from dibao_policy.core.cases.pieces import ANYONE, Who
from dibao_policy.core.cases.world import World, members_of


def prepare(world: World, expressions: Sequence[ir.Expression], who: Who) -> None:
    """Expand every rule that expressions rest on, in the program's order: so no chain of rules is a deep recursion."""
    needed: set[tuple[str, Who]] = set()
    left: list[tuple[ir.Expression, Who]] = [(one, who) for one in expressions]
    while left:
        node, at = left.pop()
        match node:
            case ir.ReadRule(name, scope):
                key = (name, None if scope == "household" else at)
                if key not in needed and key not in world.values:
                    needed.add(key)
                    if not world.glance:
                        left.append((world.computed[name].rule.expression, key[1]))
            case ir.Rank():
                everyone = () if world.setting is None else members_of(world)
                left += [(child, one) for one, _ in everyone for child in ir.children(node)]
            case ir.Aggregate():
                for child in (node.body, node.when):
                    left += [(child, one) for one in _inside(world, node) if child is not None]
                if node.otherwise is not None:
                    left.append((node.otherwise, at))
            case _:
                left += [(child, at) for child in ir.children(node)]
    for name, at in sorted(needed, key=lambda key: world.order[key[0]]):
        world.values[name, at] = rule_value(world, world.computed[name].rule, at)


def _inside(world: World, node: ir.Aggregate) -> tuple[int, ...]:
    """The members for which what is summed up will be asked."""
    if world.setting is not None:
        return tuple(who for who, _ in members_of(world))
    return (0,) if world.at_hand and node.kind in ("any", "all", "count") else (ANYONE,)
