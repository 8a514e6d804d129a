"""How far the sources of a policy were checked: every number and every rule, by the state of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from dibao_policy.core.program import Lowered
from dibao_policy.parameters.amounts import amount_text
from dibao_policy.parameters.read import UNVERIFIED
from dibao_policy.text import Span

CITED, WITHOUT = "有依据", "没有依据"


@frozen
class Unverified:
    """A dated entry or a rule without a published source, and what is used meanwhile.

    `used` are the numbers of an entry, as they are written; it is empty for a rule.
    """

    kind: Literal["number", "rule"]
    name: str
    used: tuple[str, ...]
    note: str
    span: Span = field(eq=False, repr=False)


@frozen
class Sources:
    """How many numbers and rules have a source of each state, and those that are not verified, in reading order."""

    numbers: Mapping[str, int]
    rules: Mapping[str, int]
    unverified: tuple[Unverified, ...]


def sources_of(lowered: Lowered) -> Sources:
    """Count the numbers of all dates and the versions of all rules, inherited ones included."""
    numbers: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    found: list[Unverified] = []
    for declaration in lowered.scheme.parameters.values():
        for entry in declaration.series.entries if declaration.series is not None else ():
            status = entry.provenance.status
            numbers[status] += len(entry.cells)
            if status == UNVERIFIED:
                used = dict.fromkeys(
                    amount_text(cell.number, cell.is_percent, cell.unit_text)
                    for cell in entry.cells
                )
                name = declaration.node.name.text
                found.append(
                    Unverified("number", name, tuple(used), entry.provenance.document, entry.span)
                )
    for version, parts in lowered.versions:
        if not parts:
            continue
        cited = dict.fromkeys(one for part in parts for one in part.citations)
        notes = tuple(dict.fromkeys(one.note or one.document for one in cited if one.unverified))
        state = UNVERIFIED if notes else CITED if cited else WITHOUT
        rules[state] += 1
        if notes:
            origin = parts[0].origin
            name = f"{origin.block} {origin.name}"
            found.append(Unverified("rule", name, (), "；".join(notes), version.node.span))
    found.sort(key=lambda one: (one.span.source.name, one.span.start))
    return Sources(dict(numbers), dict(rules), tuple(found))


def counted(sources: Sources) -> Iterator[tuple[str, str, int]]:
    """Kind, state and number, the commonest state first."""
    for kind, counts in (("number", sources.numbers), ("rule", sources.rules)):
        for state, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
            yield kind, state, count
