"""The versions of one rule: one after the other in a layer, and a local layer's in the place of an inherited one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from dibao_policy.dates import overlap, without
from dibao_policy.model import problems, rename_problems
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.syntax.build_rules import rewritten
from dibao_policy.text import Span


def add_version(
    version: RuleVersion, owner: str, known: list[RuleVersion], found: list[Problem]
) -> tree.Rule:
    """A second block of one name is a later version, as long as their days do not meet.

    Returns the block with the code names that its name and its deductions had before.
    """
    version = evolve(version, node=_with_codes(version.node, known, found))
    node, first = version.node, known[0].node
    if version.layer != owner or not (version.period.since or version.period.until):
        found.append(
            problems.RepeatedName(
                span=node.name.span, name=node.name.text, related=(first.name.span,)
            )
        )
        return node
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
        return node
    for other in known:
        if overlap(other.period, version.period):
            found.append(_overlapping(version, other))
            return node
    known.append(version)
    return node


def _with_codes(node: tree.Rule, known: list[RuleVersion], found: list[Problem]) -> tree.Rule:
    """A later version with the code names of the earlier ones: a caller's name does not end with a rule's."""
    names = [one.node.name for one in known]
    for version in known:
        if isinstance(version.node, tree.Income):
            names += [deduction.name for deduction in version.node.deductions]
    earlier = {name.text: name for name in (*reversed(names), *(n for n in names if n.code))}
    node = evolve(node, name=_with_code(node.name, earlier, found))
    if isinstance(node, tree.Income):
        node = evolve(
            node,
            deductions=tuple(
                evolve(one, name=_with_code(one.name, earlier, found)) for one in node.deductions
            ),
        )
    return node


def _with_code(name: tree.Name, earlier: dict[str, tree.Name], found: list[Problem]) -> tree.Name:
    first = earlier.get(name.text)
    if first is None or name.code == first.code:
        return name
    if name.code:
        found.append(
            rename_problems.ChangedCode(
                span=name.span,
                name=name.text,
                first=f"{name.text}({first.code})" if first.code else name.text,
                second=f"{name.text}({name.code})",
                related=(first.span,),
            )
        )
    return evolve(name, code=first.code)


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
    first = next((one for one in known if overlap(one.period, block.period)), known[-1])
    rule = rewritten(block, first.node, found)
    if rule is None:
        return None
    rule = _with_codes(rule, known, found)
    version = RuleVersion(rule, block.period, layer, replaced=first.layer)
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
            for requirement in block.requirements:
                yield from _repeated(
                    (label, waiver.span) for label, waiver in labeled_waivers(requirement)
                )
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
    yield from _repeated(labels)


def labeled_waivers(requirement: tree.Requirement) -> tuple[tuple[str, tree.Waiver], ...]:
    """The exceptions to a requirement with their labels; one without a label is called 例外, or 例外2."""
    several = len(requirement.waivers) > 1
    return tuple(
        (waiver.label or (f"例外{place}" if several else "例外"), waiver)
        for place, waiver in enumerate(requirement.waivers, 1)
    )


def _repeated(labels: Iterable[tuple[str, Span]]) -> Iterator[Problem]:
    seen: dict[str, Span] = {}
    for label, span in labels:
        if label in seen:
            yield problems.RepeatedName(span=span, name=label, related=(seen[label],))
        seen.setdefault(label, span)
