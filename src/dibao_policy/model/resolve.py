"""Names to things: what a word in an expression stands for, and what is wrong with the names as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from dibao_policy.model import problems, rename_problems
from dibao_policy.model.lookalike import differing, outline
from dibao_policy.model.scheme import Scheme
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import ONE_CHARACTER, RUN_TOGETHER
from dibao_policy.text import Span, nearest

DECISION_DAY = "决定日期"
DECISION_DAY_CODE = "decision_date"

_BROKEN_SEARCHED = 200
GUESSES = 200
"""To find the name that was meant takes long where there are thousands: the first so many problems say it."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@frozen
class Target:
    """A thing that a name stands for."""

    kind: Literal["input", "rule", "parameter", "day"]
    name: str
    scope: tree.Scope | None


def find(scheme: Scheme, written: str) -> Target | None:
    """What a name stands for, under either of its forms."""
    if written in (DECISION_DAY, DECISION_DAY_CODE):
        return Target("day", DECISION_DAY, "household")
    name = scheme.codes.get(written, written)
    if name in scheme.inputs:
        return Target("input", name, scheme.inputs[name].node.scope)
    if name in scheme.rules:
        return Target("rule", name, scheme.rules[name][0].node.scope)
    if name in scheme.deductions:
        return Target("rule", name, scheme.rules[scheme.deductions[name]][0].node.scope)
    if name in scheme.parameters:
        return Target("parameter", name, None)
    return None


def value_names(scheme: Scheme) -> tuple[str, ...]:
    """Every name that an expression may use, under both forms."""
    things = {*scheme.inputs, *scheme.rules, *scheme.deductions, *scheme.parameters}
    return (*things, *(code for code, name in scheme.codes.items() if name in things))


def unknown_name(scheme: Scheme, written: str, span: Span, before: int = 0) -> Problem | None:
    """The problem of a name that stands for nothing; None where its block could not be read.

    After `before` others it is not asked any more which name was meant, once they are many.
    """
    if _in_broken(scheme, written):
        return None
    if written in scheme.former:
        return rename_problems.FormerName(span=span, name=written, current=scheme.former[written])
    candidates = (*value_names(scheme), *_member_names(scheme))
    keyword = next(
        (k for k in (*RUN_TOGETHER, *ONE_CHARACTER) if _splits(written, k, candidates)), ""
    )
    near = "" if keyword or before >= GUESSES else nearest(written, candidates)
    apart = " ".join(written.replace(keyword, f" {keyword} ").split()) if keyword else ""
    return problems.UnknownName(span=span, name=written, near=near, keyword=keyword, apart=apart)


def _in_broken(scheme: Scheme, written: str) -> bool:
    """Whether a block that could not be read holds a name, perhaps run together: `成员工资收入`."""
    if written in scheme.broken:
        return True
    few = len(scheme.broken) <= _BROKEN_SEARCHED and len(written) > 1
    return few and any(written in word for word in scheme.broken)


def _splits(written: str, keyword: str, names: tuple[str, ...]) -> bool:
    """Whether a word is names joined by a keyword."""
    parts = [part for part in written.split(keyword) if part]
    return keyword in written and bool(parts) and all(part in names for part in parts)


def _member_names(scheme: Scheme) -> tuple[str, ...]:
    return tuple(
        form
        for declared in scheme.enumerations.values()
        for member in declared.node.members
        for form in (member.text, member.code)
        if form
    )


def check_names(scheme: Scheme) -> tuple[Problem, ...]:
    """Names that look alike, can be read two ways, or stand for two things; citations and templates."""
    found: list[Problem] = []
    declared = _declared(scheme)
    names = tuple(name for name, _ in declared)
    by_outline: dict[str, tuple[str, Span]] = {}
    for name, span in declared:
        other = by_outline.setdefault(outline(name), (name, span))
        if other[0] != name:
            found.append(
                problems.LookAlikeNames(
                    span=span,
                    name=name,
                    other=other[0],
                    characters=differing(name, other[0]),
                    related=(other[1],),
                )
            )
        for keyword in (*RUN_TOGETHER, *ONE_CHARACTER):
            if _splits(name, keyword, names) and _reads_as_expression(name, keyword):
                apart = " ".join(name.replace(keyword, f" {keyword} ").split())
                found.append(problems.TwoReadings(span=span, name=name, apart=apart))
    found += _check_members(scheme)
    for versions in scheme.rules.values():
        for version in versions:
            found += _check_citations(scheme, citations_of(version.node), version.layer)
            found += _check_templates(scheme, version.node, len(found))
    for stated in scheme.stated:
        cited = list(stated.node.citations)
        if isinstance(stated.node, tree.Procedure):
            cited += [one for step in stated.node.steps for one in step.citations]
        found += _check_citations(scheme, cited, stated.layer)
    return tuple(found)


def _reads_as_expression(name: str, keyword: str) -> bool:
    parts = [part for part in name.split(keyword) if part]
    return keyword == "非" or len(parts) > 1


def _declared(scheme: Scheme) -> list[tuple[str, Span]]:
    nodes: list[tree.Name] = [
        *(one.node.name for one in scheme.inputs.values()),
        *(one.node.name for one in scheme.parameters.values()),
        *(versions[0].node.name for versions in scheme.rules.values()),
        *(
            deduction.name
            for versions in scheme.rules.values()
            if isinstance(versions[0].node, tree.Income)
            for deduction in versions[0].node.deductions
        ),
    ]
    return [(form, node.span) for node in nodes for form in (node.text, node.code) if form]


def _check_members(scheme: Scheme) -> list[Problem]:
    """Members of an enumeration: no two alike, none that is also the name of a value."""
    found: list[Problem] = []
    for declared in scheme.enumerations.values():
        seen: dict[str, tree.Name] = {}
        for member in declared.node.members:
            for form in filter(None, (member.text, member.code)):
                if form in seen:
                    related = (seen[form].span,)
                    found.append(
                        problems.RepeatedName(span=member.span, name=form, related=related)
                    )
                elif find(scheme, form) is not None:
                    found.append(problems.RepeatedName(span=member.span, name=form))
                seen[form] = member
    return found


def citations_of(node: tree.Rule) -> list[tree.Citation]:
    """Every article that a rule cites, as a whole or in one of its clauses."""
    return [
        *node.citations,
        *(cited for part in _cited_parts(node) if part is not None for cited in part.citations),
    ]


_Cited = (
    tree.Clause
    | tree.Exemption
    | tree.Requirement
    | tree.Waiver
    | tree.Category
    | tree.Group
    | tree.Transition
)


def _cited_parts(node: tree.Rule) -> tuple[_Cited | None, ...]:
    """The parts of a block that may cite articles of their own."""
    match node:
        case tree.Income():
            deductions = (one.clause for one in node.deductions)
            return (
                *node.counted, *node.imputed, *node.exempt, *deductions,
                node.deductions_at_most, node.at_least,
            )  # fmt: skip
        case tree.Eligibility():
            waivers = (one for requirement in node.requirements for one in requirement.waivers)
            return (*node.requirements, *waivers)
        case tree.Benefit():
            return (node.amount, node.at_least, node.at_most)
        case tree.Graded():
            return node.categories
        case tree.Select():
            return (*node.cases, node.otherwise)
        case tree.Taper():
            return (node.base,)
        case tree.Special():
            return (
                node.base, *node.groups, *node.transitions, *node.excludes, node.at_least, node.at_most,
            )  # fmt: skip
    return ()


def _check_citations(
    scheme: Scheme, citations: Iterable[tree.Citation], layer: str
) -> list[Problem]:
    return [
        problems.UnknownDocument(
            span=cited.span,
            name=cited.document,
            near=nearest(
                cited.document, [short for code, short in scheme.documents if code == layer]
            ),
        )
        for cited in citations
        if cited.document
        and (layer, cited.document) not in scheme.documents
        and cited.document not in scheme.broken
    ]


def template_names(template: str) -> tuple[str, ...]:
    """The values that a sentence mentions in braces."""
    return tuple(_PLACEHOLDER.findall(template))


def _check_templates(scheme: Scheme, node: tree.Rule, before: int) -> list[Problem]:
    templates: list[tuple[str, Span]] = [(node.note, node.span)]
    if isinstance(node, tree.Eligibility):
        templates += [
            (requirement.otherwise, requirement.otherwise_span or requirement.span)
            for requirement in node.requirements
        ]
    found: list[Problem] = []
    for template, span in templates:
        for written in template_names(template):
            target = find(scheme, written)
            visible = target is not None and (target.scope != "member" or node.scope == "member")
            if target is None and written in scheme.former:
                problem = unknown_name(scheme, written, span)
                assert problem is not None
                found.append(problem)
            elif not visible and written not in scheme.broken:
                found.append(
                    problems.UnknownInTemplate(
                        span=span,
                        name=written,
                        near=nearest(written, value_names(scheme)) if before < GUESSES else "",
                    )
                )
    return found
