"""The decisions between two decisions: some of the changes made, the others not.

A set of changes that were made is an integer with a bit for each. Every rule is computed from what it reads as it is
with these changes, and kept by those of them that it can depend on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import define, evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import Read, distinct_reads
from dibao_policy.core.types import Enumerated
from dibao_policy.evaluate.interpret import Given, Watch, value_among
from dibao_policy.lawcraft.compare.changes import (
    DAY,
    ORDER,
    Atom,
    Node,
    Shared,
    cells_of,
    fact_atom,
    member_atom,
    rule_atom,
)
from dibao_policy.lawcraft.compare.sides import Owner, translated, value_for_other
from dibao_policy.model.resolve import DECISION_DAY

# Stands in a table where the other side's parameter has no value; never computed with.
_HOLE = Fraction(-1)


@frozen
class Came:
    """What a rule came to, in the type of a side: for the household under None, or for each member who is there."""

    side: int
    values: Mapping[Owner, ir.Value]


class NoMeaningError(Exception):
    """With some of the changes made and others not, a rule has no value; what reaches it has to change together."""

    def __init__(self, node: Node, made: int) -> None:
        self.node, self.made = node, made
        super().__init__(f"{node.name} has no value between the two decisions")


@define(eq=False)
class Between:
    """The decisions between two.

    `bits` has the bit of each atom that differs; `reach` the bits that each rule can depend on; `births` the facts
    that cannot lie after the day of the decision, by the rules of each side. `looked_up` fills with the keys under
    which each parameter was looked up.
    """

    common: Shared
    bits: Mapping[Atom, int]
    orders: tuple[tuple[str, ...], tuple[str, ...]]
    births: tuple[frozenset[str], frozenset[str]]
    reach: dict[Node, int]
    kept: dict[tuple[Node, int], Came] = field(factory=dict)
    looked_up: dict[str, set[tuple[str, ...]]] = field(factory=dict)
    read: dict[tuple[str, int], tuple[Read, ...]] = field(factory=dict)

    def came(self, node: Node, made: int) -> Came:
        """What a rule comes to with some changes made. Raises `NoMeaningError`."""
        # A stack of our own: a chain of rules may be longer than Python's.
        left, open_ = [node], {node}
        while left:
            at = left[-1]
            if self._known(at, made) is not None:
                open_.discard(left.pop())
                continue
            rule, side = self._chosen(at, made)
            wanted = (
                self.common.node(one.name, side)
                for one in self._reads(rule, side)
                if isinstance(one, ir.ReadRule)
            )
            missing = next((one for one in wanted if self._known(one, made) is None), None)
            if missing is None:
                self.kept[at, made & self.reach[at]] = self._computed(at, made)
            elif missing in open_:
                raise NoMeaningError(at, made)
            else:
                left.append(missing)
                open_.add(missing)
        return self.kept[node, made & self.reach[node]]

    def _known(self, node: Node, made: int) -> Came | None:
        return self.kept.get((node, made & self.reach[node]))

    def _chosen(self, node: Node, made: int) -> tuple[ir.Rule, int]:
        """The rule that a node stands for, and its side; side A's where both compute the same."""
        side = node.side
        if side < 0:
            atom = rule_atom(self.common, node)
            side = self._made(atom, made) if atom is not None else 0
        return self.common.sides[side].rules[node.name], side

    def _reads(self, rule: ir.Rule, side: int) -> tuple[Read, ...]:
        known = self.read.get((rule.name, side))
        if known is None:
            known = self.read[rule.name, side] = distinct_reads(rule.expression)
        return known

    def _made(self, atom: Atom, made: int) -> int:
        """1 where a change was made, 0 where it was not or nothing changes."""
        return int(bool(made & self.bits.get(atom, 0)))

    def people(self, made: int) -> tuple[str, ...]:
        """The members who are there, in their order."""
        return tuple(
            one for one in self.orders[self._made(ORDER, made)] if self.is_there(one, made)
        )

    def is_there(self, person: str, made: int) -> bool:
        """Whether a member is there."""
        a, b = self.common.sides
        if person in a.people and person in b.people:
            return True
        return bool(self._made(member_atom(person), made)) == (person in b.people)

    # ── one rule ──────────────────────────────────────────────────────────

    def _computed(self, node: Node, made: int) -> Came:
        rule, side = self._chosen(node, made)
        is_same = node.side < 0 and rule_atom(self.common, node) is None
        try:
            return self._by(node, rule, side, made)
        except NoMeaningError:
            if not is_same:
                raise
        # Both sides compute the same, but each only on the values of its own enumerations.
        return self._by(node, self.common.sides[1].rules[node.name], 1, made)

    def _by(self, node: Node, rule: ir.Rule, side: int, made: int) -> Came:
        people = self.people(made)
        if not people:
            raise NoMeaningError(node, made)
        given = self._given(node, rule, side, made, people)
        places = [None] if rule.scope == "household" else [*range(len(people))]
        found: dict[Owner, ir.Value] = {}
        for place in places:
            watch = self._watch(node, side, made)
            try:
                value = value_among(given, rule.expression, place, watch)
            except ZeroDivisionError:
                raise NoMeaningError(node, made) from None
            found[None if place is None else people[place]] = value
        return Came(side, found)

    def _given(
        self, node: Node, rule: ir.Rule, side: int, made: int, people: Sequence[str]
    ) -> Given:
        """All that a rule of a side reads, as that side reads it."""
        tables: dict[str, ir.Table] = {}
        household: dict[str, ir.Value] = {}
        members: list[dict[str, ir.Value]] = [{} for _ in people]
        values: dict[tuple[str, int | None], ir.Value] = {}
        place_of = {who: place for place, who in enumerate(people)}
        for one in self._reads(rule, side):
            match one:
                case ir.Lookup(name):
                    tables[name] = self._table(name, side, made)
                case ir.ReadFact(name, "household"):
                    household[name] = self._fact(node, name, None, side, made)
                case ir.ReadFact(name):
                    for place, person in enumerate(people):
                        members[place][name] = self._fact(node, name, person, side, made)
                case ir.ReadRule(name):
                    for who, value in self._read(node, name, side, made).items():
                        values[name, None if who is None else place_of[who]] = value
        return Given(tables, household, tuple(members), values)

    def _read(self, node: Node, name: str, side: int, made: int) -> Mapping[Owner, ir.Value]:
        """The values of a rule, as a rule of a side reads them."""
        read = self.common.node(name, side)
        came = self.kept[read, made & self.reach[read]]
        own, wanted = (self.common.sides[one].rules[name].type for one in (came.side, side))
        if own == wanted:
            return came.values
        found: dict[Owner, ir.Value] = {}
        for who, value in came.values.items():
            seen = translated(value, own, wanted)
            if seen is None:
                raise NoMeaningError(node, made)
            found[who] = seen
        return found

    def _fact(self, node: Node, name: str, owner: Owner, side: int, made: int) -> ir.Value:
        sides = self.common.sides
        if name == DECISION_DAY:
            return sides[self._made(DAY, made)].facts_read.day
        own = side
        if name in self.common.facts:
            own = self._made(fact_atom(name, owner), made)
            if owner is not None and owner not in sides[own].people:
                own = 1 - own
        given: ir.Value | None = sides[own].given.get((name, owner))
        if given is None and owner is not None:
            # Only this side's rules read it, and only the other side has the member.
            given = value_for_other(sides[own], sides[1 - own], name, owner)
        seen = (
            None
            if given is None
            else translated(given, sides[own].facts[name].type, sides[side].facts[name].type)
        )
        if seen is None:
            raise NoMeaningError(node, made)
        # Nobody has an age on a day before the birth.
        if name in self.births[side] and int(seen) > sides[self._made(DAY, made)].facts_read.day:
            raise NoMeaningError(node, made)
        return seen

    def _table(self, name: str, side: int, made: int) -> ir.Table:
        """A parameter as the rules of a side look it up."""
        sides = self.common.sides
        own = self._made(("table", name, ""), made) if name in self.common.tables else side
        table, wanted = sides[own].tables[name], sides[side].tables[name].keys
        if table.keys == wanted:
            return table
        cells = cells_of(table)
        keys = cells_of(evolve(table, keys=wanted, values=(_HOLE,) * _size(wanted)))
        values = tuple(cells.get(key, _HOLE) for key in keys)
        return evolve(table, keys=wanted, values=values)

    def _watch(self, node: Node, side: int, made: int) -> Watch:
        """Notes which values of a parameter are looked up; one that is not there has no meaning."""
        seen: dict[int, ir.Value] = {}

        def watch(one: ir.Expression, value: ir.Value) -> None:
            seen[id(one)] = value
            if isinstance(one, ir.Lookup):
                if value is _HOLE:
                    raise NoMeaningError(node, made)
                kinds = self.common.sides[side].tables[one.table].keys
                key = tuple(
                    kind.members[int(seen[id(part)])][0]
                    for kind, part in zip(kinds, one.keys, strict=True)
                    if isinstance(kind, Enumerated)
                )
                self.looked_up.setdefault(one.table, set()).add(key)

        return watch


def _size(keys: Sequence[object]) -> int:
    size = 1
    for kind in keys:
        assert isinstance(kind, Enumerated)
        size *= len(kind.members)
    return size
