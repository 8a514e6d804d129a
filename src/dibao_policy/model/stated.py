"""Procedures, funds and properties: their versions in one layer, and what is wrong with one by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from dibao_policy.dates import overlap
from dibao_policy.model import stated_problems
from dibao_policy.model.problems import ChangedDeclaration, OverlappingVersions, RepeatedName
from dibao_policy.model.scheme import Scheme, Stated
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.text import Span, covered
from dibao_policy.values import number_text


def versions_before(
    block: tree.Procedure | tree.Fund | tree.Property, layer: str, known: Sequence[Stated]
) -> list[Stated]:
    """What the same layer stated before under the same name. A property has no days, so it has no versions.

    An inherited procedure or fund is not replaced: its name is taken.
    """
    if isinstance(block, tree.Property):
        return []
    return [
        one
        for one in known
        if type(one.node) is type(block)
        and one.layer == layer
        and one.node.name.text == block.name.text
    ]


def follows(
    block: tree.Procedure | tree.Fund, before: Sequence[Stated], found: list[Problem]
) -> bool:
    """Whether a block may stand as a later version of those before it."""
    first = before[0].node
    if not (block.period.since or block.period.until):
        found.append(
            RepeatedName(span=block.name.span, name=block.name.text, related=(first.name.span,))
        )
        return False
    if block.name.code != first.name.code:
        found.append(
            ChangedDeclaration(
                span=block.name.span,
                name=block.name.text,
                first=covered(first.name.span),
                second=covered(block.name.span),
                related=(first.name.span,),
            )
        )
        return False
    for other in before:
        assert not isinstance(other.node, tree.Property)
        if overlap(other.node.period, block.period):
            starts = [day for day in (other.node.period.since, block.period.since) if day]
            found.append(
                OverlappingVersions(
                    span=block.name.span,
                    name=block.name.text,
                    since=str(max(starts)) if starts else "1900-01-01",
                    related=(other.node.name.span,),
                )
            )
            return False
    return True


def check_stated(scheme: Scheme) -> Iterator[Problem]:
    """Steps and payers under one name, shares that are not the whole, postings that are not days."""
    for stated in scheme.stated:
        match stated.node:
            case tree.Procedure(steps=steps):
                yield from _repeated((step.name, step.span) for step in steps)
                for step in steps:
                    yield from _check_step(step)
            case tree.Fund(shares=shares):
                yield from _repeated((one.payer, one.span) for one in shares)
                yield from _check_sum(stated.node)


def _repeated(names: Iterable[tuple[str, Span]]) -> Iterator[Problem]:
    seen: dict[str, Span] = {}
    for name, span in names:
        if name in seen:
            yield RepeatedName(span=span, name=name, related=(seen[name],))
        seen.setdefault(name, span)


def _check_step(step: tree.Step) -> Iterator[Problem]:
    if not step.responsible:
        yield stated_problems.NobodyResponsible(span=step.span, step=step.name)
    if step.posting is not None and step.posting.unit != "日":
        written = covered(step.posting.span).split(maxsplit=1)
        yield stated_problems.PostingInDays(
            span=step.posting.span, step=step.name, written=written[-1]
        )


def _check_sum(fund: tree.Fund) -> Iterator[Problem]:
    total = sum((one.share for one in fund.shares), Fraction(0))
    unread = any(not one.share for one in fund.shares)
    if total != 1 and not unread:
        yield stated_problems.ShareSum(
            span=fund.name.span,
            name=fund.name.text,
            sum=number_text(total * 100) + "%",
            difference=number_text(abs(total - 1) * 100) + "%",
        )
