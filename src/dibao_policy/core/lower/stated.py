"""`程序` and `资金`: what a policy states beside its rules, with the documents that it cites."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.lower.block import cited_in
from dibao_policy.model.scheme import Scheme
from dibao_policy.syntax import tree


def lower_procedure(scheme: Scheme, node: tree.Procedure, layer: str) -> ir.Procedure:
    """程序: its steps; a step without articles of its own rests on those of the whole."""
    return ir.Procedure(
        name=node.name.text,
        code=node.name.code,
        steps=tuple(
            ir.Step(
                name=step.name,
                responsible=step.responsible,
                limit=step.limit,
                posting=step.posting,
                visited=step.share,
                documents=step.documents,
                signed=step.signed,
                citations=cited_in(scheme, layer, step.citations or node.citations),
                span=step.span,
            )
            for step in node.steps
        ),
        citations=cited_in(scheme, layer, node.citations),
        layer=layer,
        since=node.period.since,
        note=node.note,
        telling=node.telling,
        span=node.name.span,
    )


def lower_fund(scheme: Scheme, node: tree.Fund, layer: str) -> ir.Fund:
    """资金: who pays which part."""
    return ir.Fund(
        name=node.name.text,
        code=node.name.code,
        shares=tuple((one.payer, one.share) for one in node.shares),
        dedicated=node.dedicated,
        citations=cited_in(scheme, layer, node.citations),
        layer=layer,
        since=node.period.since,
        note=node.note,
        span=node.name.span,
    )
