"""What has gathered dust in a policy: rules without an article, rules that nobody reads, rules that never hold.

A policy that lists no documents is an example or a draft: nobody expects articles of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dibao_policy.core import ir
from dibao_policy.core.order import Read
from dibao_policy.dates import FIRST_DAY, LAST_DAY, overlap
from dibao_policy.model.resolve import citations_of, template_names
from dibao_policy.model.rule_problems import NeverInForce, NoCitation, UnusedRule
from dibao_policy.model.scheme import RuleVersion, Scheme
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import BLOCKS

# On these a household's money depends; a definition or a choice is often a mere step on the way.
_NEED_ARTICLES: dict[type, str] = {
    tree.Income: BLOCKS["INCOME"][0],
    tree.Eligibility: BLOCKS["ELIGIBILITY"][0],
    tree.Benefit: BLOCKS["BENEFIT"][0],
    tree.Graded: BLOCKS["GRADED"][0],
    tree.Taper: BLOCKS["TAPER"][0],
    tree.Special: BLOCKS["SPECIAL"][0],
    tree.CrossCheck: BLOCKS["CROSSCHECK"][0],
}

_RESULTS = (tree.Eligibility, tree.Benefit, tree.Graded, tree.Taper, tree.Special)


def check_upkeep(
    scheme: Scheme,
    reads: Iterable[Iterable[Read]],
    property_reads: Iterable[Read],
    unsure: bool,
) -> Iterator[Problem]:
    """The rules of the policy itself: what it inherits is looked at where it is written.

    Where it is `unsure` what some rule reads, none is said to be unused.
    """
    own = scheme.layers[0].code
    listed = any(code == own for code, _ in scheme.documents)
    # What only declares terms for other policies does not itself use them.
    decides = any(isinstance(one[0].node, _RESULTS) for one in scheme.rules.values())
    used = {one.name for read in reads for one in read if isinstance(one, ir.ReadRule)}
    used |= {one.name for one in property_reads if isinstance(one, ir.ReadRule)}
    used |= _told(scheme)
    for name, versions in scheme.rules.items():
        # What rewrites an inherited rule is used by whoever uses that rule.
        inherited = any(version.layer != own for version in versions)
        for version in versions:
            if version.layer != own:
                continue
            yield from _never_in_force(scheme, version)
            node, cited = version.node, citations_of(version.node)
            block = _NEED_ARTICLES.get(type(node))
            if listed and block is not None and not cited:
                yield NoCitation(span=node.name.span, block=block, name=name)
            unused = isinstance(node, tree.Define) and name not in used and not unsure
            if listed and decides and unused and not cited and not inherited:
                yield UnusedRule(span=node.name.span, name=name)


def _told(scheme: Scheme) -> set[str]:
    """The values that a sentence of the policy tells."""
    found: set[str] = set()
    for versions in scheme.rules.values():
        for version in versions:
            templates = [version.node.note]
            if isinstance(version.node, tree.Eligibility):
                templates += [one.otherwise for one in version.node.requirements]
            for template in templates:
                found |= {scheme.codes.get(name, name) for name in template_names(template)}
    return found


def _never_in_force(scheme: Scheme, version: RuleVersion) -> Iterator[Problem]:
    if overlap(version.period, scheme.period):
        return
    period, policy = version.period, scheme.period
    yield NeverInForce(
        span=version.node.name.span,
        name=version.node.name.text,
        since=str(period.since or FIRST_DAY),
        until=str(period.until or LAST_DAY),
        first=str(policy.since or FIRST_DAY),
        last=str(policy.until or LAST_DAY),
    )
