"""The versions of one rule: one after the other in a layer, and a local layer's in the place of an inherited one."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from dibao_policy.dates import overlap, without
from dibao_policy.model import problems
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.syntax.build_rules import rewritten
from dibao_policy.text import Span


def add_version(
    version: RuleVersion, owner: str, known: list[RuleVersion], found: list[Problem]
) -> None:
    """A second block of one name is a later version, as long as their days do not meet."""
    node, first = version.node, known[0].node
    if version.layer != owner or not (version.period.since or version.period.until):
        found.append(
            problems.RepeatedName(
                span=node.name.span, name=node.name.text, related=(first.name.span,)
            )
        )
        return
    if shape(node) != shape(first):
        found.append(
            problems.ChangedDeclaration(
                span=node.name.span,
                name=node.name.text,
                first=shape(first),
                second=shape(node),
                related=(first.name.span,),
            )
        )
        return
    for other in known:
        if overlap(other.period, version.period):
            found.append(_overlapping(version, other))
            return
    known.append(version)


def _overlapping(version: RuleVersion, other: RuleVersion) -> Problem:
    starts = [day for day in (other.period.since, version.period.since) if day]
    return problems.OverlappingVersions(
        span=version.node.name.span,
        name=version.node.name.text,
        since=str(max(starts)) if starts else "1900-01-01",
        related=(other.node.name.span,),
    )


def shape(node: tree.Rule) -> str:
    """What every version of a rule has in common: whose it is and of what type."""
    scope = "家庭" if node.scope == "household" else "成员"
    if isinstance(node, (tree.Eligibility, tree.CrossCheck)):
        return f"{scope} 是否"
    return f"{scope} {node.type.text}"


def override(
    block: tree.Override, layer: str, owner: str, known: list[RuleVersion], found: list[Problem]
) -> tree.Rule | None:
    """Put a rule in the place of those known, on the days that it names; None where it cannot be."""
    if owner == layer:
        found.append(
            problems.OverrideOfOwn(
                span=block.name.span,
                name=known[0].node.name.text,
                related=(known[0].node.name.span,),
            )
        )
        return None
    rule = rewritten(block, known[0].node, found)
    if rule is None:
        return None
    version = RuleVersion(rule, block.period, layer)
    left: list[RuleVersion] = []
    for other in known:
        if other.layer == layer and overlap(other.period, block.period):
            found.append(_overlapping(version, other))
            return None
        left += [evolve(other, period=rest) for rest in without(other.period, block.period)]
    known[:] = [*left, version]
    return rule


def repeated_labels(block: tree.Rule) -> Iterator[Problem]:
    """Parts of a block under one name: the later would take the place of the earlier in silence."""
    match block:
        case tree.Eligibility():
            labels = [(part.label, part.span) for part in block.requirements]
        case tree.Graded():
            labels = [(part.label, part.span) for part in block.categories]
        case tree.Select():
            labels = [(part.label, part.span) for part in block.cases]
        case tree.Special():
            labels = [(part.label, part.span) for part in block.groups]
        case tree.Income():
            labels = [(part.name.text, part.name.span) for part in block.deductions]
        case _:
            return
    seen: dict[str, Span] = {}
    for label, span in labels:
        if label in seen:
            yield problems.RepeatedName(span=span, name=label, related=(seen[label],))
        seen.setdefault(label, span)
