"""Expressions built anew over other parts."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import ir


def with_children(node: ir.Expression, parts: tuple[ir.Expression, ...]) -> ir.Expression:
    """The same expression over other parts, which come as `children` gives them."""
    match node:
        case ir.Lookup():
            return evolve(node, keys=parts)
        case ir.Operate():
            return evolve(node, arguments=parts)
        case ir.Choose():
            cases = tuple(zip(parts[:-1:2], parts[1:-1:2], strict=True))
            return evolve(node, cases=cases, otherwise=parts[-1])
        case ir.Aggregate(when=when, otherwise=otherwise):
            rest = iter(parts[1:])
            return evolve(
                node,
                body=parts[0],
                when=None if when is None else next(rest),
                otherwise=None if otherwise is None else next(rest),
            )
        case ir.Rank(when=when):
            return evolve(node, key=parts[0], when=None if when is None else parts[1])
        case ir.Round():
            return evolve(node, operand=parts[0])
    return node
