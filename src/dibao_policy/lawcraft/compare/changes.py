"""In what two decisions differ, and what of it has to change together."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.show import expression_text
from dibao_policy.core.types import Enumerated
from dibao_policy.lawcraft.compare.sides import Owner, Side, is_alike, is_same_order, translated
from dibao_policy.model.resolve import DECISION_DAY

# ── what a change is ──────────────────────────────────────────────────────


@frozen
class DayChange:
    """Another day of the decision."""

    before: datetime.date
    after: datetime.date


@frozen
class OrderChange:
    """The members who are on both sides stand in another order: it decides between equals (第几)."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@frozen
class MemberChange:
    """A member who is on side B only (`joined`), or on side A only."""

    person: str
    joined: bool


@frozen
class FactChange:
    """A fact of the household (`person` is None) or of a member, in smallest units; None where a side has none.

    `defaulted` says of each side whether the value is the default of its policy.
    """

    name: str
    person: Owner
    facts: tuple[ir.Fact | None, ir.Fact | None] = field(repr=False)
    values: tuple[ir.Value | None, ir.Value | None]
    defaulted: tuple[bool, bool]


@frozen
class ValueChange:
    """A parameter with other values; a table is None where a side has none.

    `cells` are the keys (names of members of enumerations) whose values differ and were looked up, all that differ
    where none was; without keys, one empty key.
    """

    name: str
    before: ir.Table | None = field(repr=False)
    after: ir.Table | None = field(repr=False)
    cells: tuple[tuple[str, ...], ...] = ()


@frozen
class RuleChange:
    """A rule that computes something else; a rule is None where a side has none."""

    name: str
    before: ir.Rule | None = field(repr=False)
    after: ir.Rule | None = field(repr=False)


Change = DayChange | OrderChange | MemberChange | FactChange | ValueChange | RuleChange

Atom = tuple[str, str, str]
"""What may change: its kind (day, order, member, fact, table, rule), its name, and whose or of which side it is."""

DAY: Atom = ("day", "", "")
ORDER: Atom = ("order", "", "")
KINDS = ("day", "order", "member", "fact", "table", "rule")


def member_atom(person: str) -> Atom:
    """The coming or going of a member."""
    return ("member", person, "")


def fact_atom(name: str, owner: Owner) -> Atom:
    """A fact of the household or of a member; no name of a member begins with a space."""
    return ("fact", name, " " if owner is None else owner)


# ── what is the same on both sides ────────────────────────────────────────


@frozen
class Node:
    """A rule, of both sides (`side` is -1) or of one side alone (0 or 1)."""

    name: str
    side: int


@frozen
class Shared:
    """What stands on both sides under one name with one meaning, so that either side's can be read in its place.

    `changed` are those of the rules that compute something else.
    """

    sides: tuple[Side, Side]
    facts: frozenset[str]
    tables: frozenset[str]
    rules: frozenset[str]
    changed: frozenset[str]

    def node(self, name: str, side: int) -> Node:
        """The rule that a rule of a side reads under a name."""
        return Node(name, -1 if name in self.rules else side)

    def versions(self, node: Node) -> tuple[tuple[int, ir.Rule], ...]:
        """The rules that a node may stand for, with their sides."""
        both = (0, 1) if node.side < 0 else (node.side,)
        return tuple((side, self.sides[side].rules[node.name]) for side in both)

    def rules_read(self, node: Node) -> tuple[Node, ...]:
        """The rules that some version of a rule reads."""
        found = (
            self.node(one.name, side)
            for side, rule in self.versions(node)
            for one in reads(rule.expression)
            if isinstance(one, ir.ReadRule)
        )
        return tuple(dict.fromkeys(found))


def shared(sides: tuple[Side, Side]) -> Shared:
    """What two sides share."""
    a, b = sides
    facts = frozenset(
        name
        for name in a.facts.keys() & b.facts.keys()
        if a.facts[name].scope == b.facts[name].scope
        and is_alike(a.facts[name].type, b.facts[name].type)
    ) | {DECISION_DAY}
    tables = frozenset(
        name
        for name in a.tables.keys() & b.tables.keys()
        if _is_one_kind_of_table(a.tables[name], b.tables[name])
    )
    rules = frozenset(
        name
        for name in a.rules.keys() & b.rules.keys()
        if a.rules[name].scope == b.rules[name].scope
        and is_alike(a.rules[name].type, b.rules[name].type)
    )
    changed = frozenset(
        name
        for name in rules
        if not _is_same(a.rules[name].expression, b.rules[name].expression)
        or not _reads_only(a.rules[name], facts, tables, rules)
    )
    return Shared(sides, facts, tables, rules, changed)


def _is_one_kind_of_table(first: ir.Table, second: ir.Table) -> bool:
    return (
        first.type == second.type
        and len(first.keys) == len(second.keys)
        and all(map(is_alike, first.keys, second.keys))
    )


def _is_same(first: ir.Expression, second: ir.Expression) -> bool:
    """Whether two expressions compute the same, where everything that they read is the same."""
    if expression_text(first) != expression_text(second):
        return False
    own, other = dict(_enumerations(first)), dict(_enumerations(second))
    return own.keys() == other.keys() and all(
        kind.ordered == other[name].ordered
        and (not kind.ordered or is_same_order(kind, other[name]))
        for name, kind in own.items()
    )


def _enumerations(node: ir.Expression) -> Iterator[tuple[str, Enumerated]]:
    if isinstance(node.type, Enumerated):
        yield node.type.name, node.type
    for child in ir.children(node):
        yield from _enumerations(child)


def _reads_only(
    rule: ir.Rule, facts: frozenset[str], tables: frozenset[str], rules: frozenset[str]
) -> bool:
    """Whether all that a rule reads is shared; as both sides read the same names, of the same kind."""
    return all(
        one.table in tables
        if isinstance(one, ir.Lookup)
        else one.name in (facts if isinstance(one, ir.ReadFact) else rules)
        for one in reads(rule.expression)
    )


# ── what changes, and what has to change together ─────────────────────────


@define
class Together:
    """Atoms that change together: each leads to another of its group, the last one to itself."""

    leads: dict[Atom, Atom] = field(factory=dict)

    def first(self, atom: Atom) -> Atom:
        """The atom that stands for the group of one."""
        while self.leads.setdefault(atom, atom) != atom:
            atom = self.leads[atom]
        return atom

    def join(self, atoms: Iterable[Atom]) -> None:
        """Make one group of the groups of some atoms."""
        known = sorted({self.first(one) for one in atoms})
        for other in known[1:]:
            self.leads[other] = known[0]


def behind(common: Shared, results: Iterable[Node]) -> tuple[Node, ...]:
    """The rules behind some results, those included, on either side."""
    left, found = list(results), dict[Node, None]()
    while left:
        node = left.pop()
        if node not in found:
            found[node] = None
            left += common.rules_read(node)
    return tuple(found)


def rule_atom(common: Shared, node: Node) -> Atom | None:
    """What changes in a rule; None for one that computes the same on both sides."""
    if node.side >= 0:
        return ("rule", node.name, "AB"[node.side])
    return ("rule", node.name, "") if node.name in common.changed else None


def atoms_of(common: Shared, nodes: Sequence[Node]) -> tuple[Atom, ...]:
    """Everything in which what some rules read differs, and the rules that do."""
    a, b = common.sides
    found: dict[Atom, None] = {}
    if a.facts_read.day != b.facts_read.day:
        found[DAY] = None
    if is_reordered(a, b):
        found[ORDER] = None
    found |= dict.fromkeys(member_atom(one) for one in set(a.people) ^ set(b.people))
    for node in nodes:
        for side, rule in common.versions(node):
            for one in reads(rule.expression):
                found |= dict.fromkeys(_atoms_read(common, one, side))
        atom = rule_atom(common, node)
        if atom is not None:
            found[atom] = None
    return tuple(found)


def _atoms_read(
    common: Shared, one: ir.ReadFact | ir.ReadRule | ir.Lookup, side: int
) -> list[Atom]:
    a, b = common.sides
    if isinstance(one, ir.Lookup):
        name = one.table
        differs = name in common.tables and differing_cells(a.tables[name], b.tables[name])
        return [("table", name, "")] if differs else []
    if isinstance(one, ir.ReadRule) or one.name not in common.facts or one.name == DECISION_DAY:
        return []
    owners: list[Owner] = [None] if one.scope == "household" else [*a.people]
    return [
        fact_atom(one.name, owner)
        for owner in owners
        if (owner is None or owner in b.people) and is_other(common, one.name, owner)
    ]


def is_other(common: Shared, name: str, owner: Owner) -> bool:
    """Whether a fact that both sides have is not the same on both."""
    a, b = common.sides
    first = translated(a.given[name, owner], a.facts[name].type, b.facts[name].type)
    return first is None or first != b.given[name, owner]


def group(common: Shared, nodes: Sequence[Node], together: Together) -> None:
    """Join what cannot change alone.

    A rule of one side alone changes with the rules that read it; of one block, all parts that change.
    """
    blocks: dict[tuple[str, str], list[Atom]] = {}
    for node in nodes:
        atom = rule_atom(common, node)
        if atom is None:
            continue
        for _, rule in common.versions(node):
            blocks.setdefault((rule.origin.block, rule.origin.name), []).append(atom)
        alone = [rule_atom(common, one) for one in common.rules_read(node) if one.side >= 0]
        together.join([atom, *(one for one in alone if one is not None)])
    for atoms in blocks.values():
        together.join(atoms)


def differing_cells(a: ir.Table, b: ir.Table) -> tuple[tuple[str, ...], ...]:
    """The keys whose values are not the same in two tables, by the names of the members."""
    first, second = cells_of(a), cells_of(b)
    return tuple(key for key in {**first, **second} if first.get(key) != second.get(key))


def cells_of(table: ir.Table) -> dict[tuple[str, ...], Fraction]:
    """The values of a table by the names of its keys."""
    keys: list[tuple[str, ...]] = [()]
    for kind in table.keys:
        assert isinstance(kind, Enumerated)
        keys = [(*key, zh) for key in keys for zh, _ in kind.members]
    return dict(zip(keys, table.values, strict=True))


# ── the order of the members ──────────────────────────────────────────────


def is_reordered(a: Side, b: Side) -> bool:
    """Whether the members of both sides stand in another order."""
    return [one for one in a.people if one in b.people] != [
        one for one in b.people if one in a.people
    ]


def orders(a: Side, b: Side) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All members of either side, in an order that agrees with side A, and in one that agrees with side B."""
    if is_reordered(a, b):
        return _inserted(a.people, b.people), _inserted(b.people, a.people)
    one = _merged(a.people, b.people)
    return one, one


def _inserted(people: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The members of one side, each of the other's own after the one who stands before it there."""
    found = list(people)
    for place, person in enumerate(others):
        if person not in people:
            found.insert(found.index(others[place - 1]) + 1 if place else 0, person)
    return tuple(found)


def _merged(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """An order that agrees with both; by the places and the names where neither says which is before the other."""
    place = {
        one: min(people.index(one) for people in (first, second) if one in people)
        for one in (*first, *second)
    }
    waits = {one: {*_before(first, one), *_before(second, one)} for one in place}
    ready = [(place[one], one) for one in place if not waits[one]]
    heapq.heapify(ready)
    found: list[str] = []
    while ready:
        _, person = heapq.heappop(ready)
        found.append(person)
        for one, earlier in waits.items():
            if person in earlier:
                earlier.remove(person)
                if not earlier:
                    heapq.heappush(ready, (place[one], one))
    return tuple(found)


def _before(people: Sequence[str], one: str) -> Sequence[str]:
    return people[: people.index(one)] if one in people else ()
