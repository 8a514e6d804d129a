"""What of a policy its cases put to use: conditions seen both ways, branches, versions of rules, dated values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.program import Lowered, compared_alone
from dibao_policy.core.tables import table_of
from dibao_policy.core.types import Enumerated, YesNo
from dibao_policy.dates import LAST_DAY, Period, contains
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.lawcraft.draw import nodes
from dibao_policy.lawcraft.exercise import Exercise
from dibao_policy.lawcraft.mutants import cells_of
from dibao_policy.text import Span, covered

Kind = Literal["condition", "branch", "version", "value"]


@frozen
class Item:
    """One thing to be seen: a condition, a case or the rest of a choice, a version of a rule, a dated value.

    `seen` is what was seen of what there is to see: of a condition `是` and `否`, of anything else `用到`.
    """

    kind: Kind
    name: str
    text: str
    span: Span = field(repr=False)
    seen: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        """What was not seen."""
        return (BOTH if self.kind == "condition" else USED) - self.seen


BOTH = frozenset({"是", "否"})
USED = frozenset({"用到"})
NOTHING: frozenset[str] = frozenset()


@define
class _Seen:
    """What the cases came by: the truth of nodes, nodes, rules and the places of tables, by identity."""

    truth: dict[int, set[bool]] = field(factory=dict)
    nodes: set[int] = field(factory=set)
    rules: set[int] = field(factory=set)
    places: set[tuple[int, int]] = field(factory=set)


def coverage(lowered: Lowered, layer: str, exercises: Iterable[Exercise]) -> tuple[Item, ...]:
    """What a layer wrote, in the order of rules and values, with what the cases saw of it."""
    seen = _Seen()
    for one in exercises:
        _watch(lowered, one, seen)
    return (*_rules(lowered, layer, seen), *_values(lowered, layer, seen))


def _watch(lowered: Lowered, one: Exercise, seen: _Seen) -> None:
    tables = {table.name: table for table in one.program.tables}
    same = _same_nodes(lowered, one)
    latest: dict[int, ir.Value] = {}

    def watch(node: ir.Expression, value: ir.Value) -> None:
        here = same.get(id(node), id(node))
        latest[id(node)] = value
        seen.nodes.add(here)
        if isinstance(node.type, YesNo):
            seen.truth.setdefault(here, set()).add(bool(value))
        if isinstance(node, ir.Lookup):
            table, place = tables[node.table], 0
            for key, kind in zip(node.keys, table.keys, strict=True):
                assert isinstance(kind, Enumerated)
                place = place * len(kind.members) + int(latest[id(key)])
            seen.places.add((id(table.entry), place))

    interpret(one.program, one.facts, watch)
    seen.rules |= {same.get(id(rule), id(rule)) for rule in one.program.rules}


def _same_nodes(lowered: Lowered, one: Exercise) -> dict[int, int]:
    """From rules and nodes that read given values to those of the policy, which are the same otherwise."""
    found: dict[int, int] = {}
    if not one.assumed:
        return found
    in_force = {
        rule.name: rule
        for version, rules in lowered.versions
        if contains(version.period, one.day)
        for rule in rules
    }
    for rule in one.program.rules:
        written = in_force[rule.name]
        found[id(rule)] = id(written)
        pairs = [(rule.expression, written.expression)]
        while pairs:
            node, other = pairs.pop()
            found[id(node)] = id(other)
            pairs += zip(ir.children(node), ir.children(other), strict=True)
    return found


# ── what there is to see ──────────────────────────────────────────────────


def _rules(lowered: Lowered, layer: str, seen: _Seen) -> Iterator[Item]:
    for version, rules in lowered.versions:
        if version.layer != layer:
            continue
        name = version.node.name
        ran = any(id(rule) in seen.rules for rule in rules)
        yield Item(
            "version", name.text, _period(version.period), name.span, USED if ran else NOTHING
        )
        for rule in rules:
            yield from _conditions(rule, seen)
            yield from _branches(rule, seen)


def _period(period: Period) -> str:
    since = f"自 {period.since} 起" if period.since else "自始"
    return f"{since}，至 {period.until}" if period.until and period.until < LAST_DAY else since


def _conditions(rule: ir.Rule, seen: _Seen) -> Iterator[Item]:
    """Every comparison and every yes-or-no value that is asked, but not what only joins them."""
    found: dict[tuple[int, int], tuple[ir.Expression, set[bool]]] = {}
    for node in nodes([rule.expression]):
        if not isinstance(node.type, YesNo) or isinstance(node, (ir.Literal, ir.Choose)):
            continue
        if isinstance(node, ir.Operate) and node.operation in ("and", "or", "not"):
            continue
        if isinstance(node, ir.ReadRule) and node.name.startswith(f"{rule.origin.name}·"):
            # A part of the same block was looked at where it is computed.
            continue
        # `在 … 之间` is two comparisons, and a bracket of several months one: written once, seen once.
        where = (node.span.start, node.span.end)
        found.setdefault(where, (node, set()))[1].update(seen.truth.get(id(node), ()))
    for _, (node, truth) in sorted(found.items(), key=lambda one: one[0]):
        words = frozenset("是" if one else "否" for one in truth)
        yield Item("condition", rule.name, _written(node), node.span, words)


def _branches(rule: ir.Rule, seen: _Seen) -> Iterator[Item]:
    for node in nodes([rule.expression]):
        if isinstance(node, ir.Choose) and node.labels:
            for (test, value), label in zip(node.cases, node.labels, strict=False):
                used = USED if id(value) in seen.nodes else NOTHING
                yield Item("branch", rule.name, label, test.span, used)


def _written(node: ir.Expression) -> str:
    return " ".join(covered(node.span).split())


def _values(lowered: Lowered, layer: str, seen: _Seen) -> Iterator[Item]:
    aside = compared_alone(lowered)
    for name, parameter in lowered.scheme.parameters.items():
        known = lowered.parameters.get(name)
        if parameter.series is None or known is None or parameter.series_layer != layer:
            continue
        # What only properties read is put to use by the check, and by no case.
        if name in aside:
            continue
        for entry in parameter.series.entries:
            for cell, place in cells_of(entry, table_of(parameter, known, entry)):
                used = USED if (id(entry), place) in seen.places else NOTHING
                where = f"[{', '.join(cell.key)}]" if cell.key else ""
                yield Item("value", f"{name}{where}", f"自 {entry.since} 起", cell.span, used)
