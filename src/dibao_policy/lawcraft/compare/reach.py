"""Which changes there are between two decisions, and which of them each rule depends on."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import births_of, reads
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Enumerated
from dibao_policy.lawcraft.compare.changes import (
    DAY,
    KINDS,
    ORDER,
    Atom,
    Node,
    Shared,
    Together,
    atoms_of,
    behind,
    fact_atom,
    group,
    orders,
    rule_atom,
)
from dibao_policy.lawcraft.compare.hybrid import Between, Came, NoMeaningError
from dibao_policy.lawcraft.compare.sides import Owner
from dibao_policy.model.resolve import DECISION_DAY

LOOKED_THROUGH = 8
"""A rule that up to so many changes can reach is computed with all sets of them, to see which it depends on.

So is a result: then its parts are averages over all orders in which the changes can be made.
"""

Plain = ir.Value | str
"""A value whatever the side: that of an enumeration by its name."""


@frozen
class Laid:
    """The decisions between two, and the units of change: unit number i is bit i."""

    between: Between
    units: tuple[tuple[Atom, ...], ...]
    direct: Mapping[Node, int] = field(repr=False)


def join(found: Laid, made: int, together: Together) -> None:
    """Make one unit of several."""
    together.join(unit[0] for place, unit in enumerate(found.units) if made >> place & 1)


def laid(common: Shared, results: Sequence[Node], together: Together) -> Laid:
    """The changes behind some results, joined until each rule that was looked through has a value with any of them.

    `together` has what is known to change together, and gets what is found.
    """
    nodes = behind(common, results)
    group(common, nodes, together)
    atoms = atoms_of(common, nodes)
    while True:
        found = _laid(common, nodes, atoms, together)
        failed = _look_through(found, nodes)
        if not failed:
            return found
        for joined in failed:
            join(found, joined, together)


def _laid(common: Shared, nodes: Sequence[Node], atoms: Sequence[Atom], together: Together) -> Laid:
    groups: dict[Atom, list[Atom]] = {}
    for atom in sorted(atoms, key=lambda one: _place(common, one)):
        groups.setdefault(together.first(atom), []).append(atom)
    units = tuple(map(tuple, groups.values()))
    bits = {atom: 1 << place for place, unit in enumerate(units) for atom in unit}
    births = [births_of(side.snapshot.compiled.program) for side in common.sides]
    both = births[0], births[1]
    direct = {node: _direct(common, node, bits, both) for node in nodes}
    reach = _reach(common, direct)
    return Laid(Between(common, bits, orders(*common.sides), both, reach), units, direct)


def _place(common: Shared, atom: Atom) -> tuple[int, int, str, str]:
    """Where an atom stands among all: facts, parameters, rules, each in the order of the programs."""
    kind, name, whose = atom
    places = [side.places[name] for side in common.sides if name in side.places]
    return KINDS.index(kind), min(places, default=0), name, whose


# ── what can reach a rule ─────────────────────────────────────────────────


def _reach(common: Shared, direct: Mapping[Node, int]) -> dict[Node, int]:
    """The changes that each rule can depend on: its own, those of what it reads, and so on."""
    reach = dict(direct)
    read = {node: common.rules_read(node) for node in direct}
    grows = True
    while grows:
        grows = False
        for node, found in reach.items():
            wider = _sum([found, *(reach[one] for one in read[node])])
            grows |= wider != found
            reach[node] = wider
    return reach


def _direct(
    common: Shared,
    node: Node,
    bits: Mapping[Atom, int],
    births: tuple[frozenset[str], frozenset[str]],
) -> int:
    atom = rule_atom(common, node)
    found = bits[atom] if atom is not None else 0
    for side, rule in common.versions(node):
        gathers, ranks = _gathers(rule.expression)
        if ranks:
            found |= bits.get(ORDER, 0)
        if gathers or rule.scope == "member":
            found |= _sum(bit for (kind, _, _), bit in bits.items() if kind == "member")
        for one in reads(rule.expression):
            match one:
                case ir.Lookup(name):
                    found |= bits.get(("table", name, ""), 0)
                case ir.ReadFact(name):
                    owners: list[Owner] = [None, *common.sides[0].people]
                    found |= _sum(bits.get(fact_atom(name, owner), 0) for owner in owners)
                    if name == DECISION_DAY or name in births[side]:
                        found |= bits.get(DAY, 0)
    return found


def _sum(bits: Iterable[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found


def _gathers(node: ir.Expression) -> tuple[bool, bool]:
    """Whether an expression looks at all members, and whether it ranks them."""
    found = isinstance(node, (ir.Aggregate, ir.Rank)), isinstance(node, ir.Rank)
    for child in ir.children(node):
        inner = _gathers(child)
        found = found[0] or inner[0], found[1] or inner[1]
    return found


# ── what does reach it ────────────────────────────────────────────────────


def _look_through(found: Laid, nodes: Sequence[Node]) -> tuple[int, ...]:
    """Narrow what reaches each rule to what it depends on; the changes that have to be one, where there are some."""
    between = found.between
    read = {node: between.common.rules_read(node) for node in nodes}
    sorter = graphlib.TopologicalSorter(read)
    try:
        sorter.prepare()
    except graphlib.CycleError:
        # A circle of which each side has a part: nothing is narrowed, and where it closes the changes are joined.
        return ()
    # Whatever can be computed at one time is, so that the same is joined when the sides are swapped.
    while sorter.is_active():
        ready = sorter.get_ready()
        joined = []
        for node in ready:
            reach = _sum([found.direct[node], *(between.reach[one] for one in read[node])])
            between.reach[node] = reach
            joined.append(_narrow(between, node))
        if any(joined):
            return tuple(filter(None, joined))
        sorter.done(*ready)
    return ()


def _narrow(between: Between, node: Node) -> int:
    reach, common = between.reach[node], between.common
    if reach.bit_count() > LOOKED_THROUGH:
        return 0
    # A rule of one side alone is there with the rules that read it.
    atom = rule_atom(common, node)
    fixed = between.bits[atom] if atom is not None and node.side >= 0 else 0
    base, free = (fixed if node.side == 1 else 0), reach & ~fixed
    came: dict[int, Came | None] = {}
    for made in subsets(free):
        try:
            came[made] = between.came(node, base | made)
        except NoMeaningError:
            came[made] = None
    failed = {made: one is None for made, one in came.items()}
    if any(failed.values()):
        return fixed | depends_on(failed, free)
    known = {made: one for made, one in came.items() if one is not None}
    needed = depends_on({made: plain(common, node, one) for made, one in known.items()}, free)
    members = _sum(bit for (kind, _, _), bit in between.bits.items() if kind == "member")
    is_of_member = any(rule.scope == "member" for _, rule in common.versions(node))
    kept = needed | fixed | (members & reach if is_of_member else 0)
    between.reach[node] = kept
    between.kept |= {(node, (base | made) & kept): one for made, one in known.items()}
    return 0


def subsets(made: int) -> Iterator[int]:
    """Every set of some changes, the smallest number first."""
    one = 0
    while True:
        yield one
        if one == made:
            return
        one = (one - made) & made


def depends_on(values: Mapping[int, object], among: int) -> int:
    """The changes on which a value depends, from its values with every set of them."""
    found, left = 0, among
    while left:
        bit = left & -left
        left ^= bit
        if any(value != values[made ^ bit] for made, value in values.items()):
            found |= bit
    return found


def plain(common: Shared, node: Node, came: Came) -> dict[Owner, Plain]:
    """What a rule came to, so that it can be compared over both sides."""
    kind = common.sides[came.side].rules[node.name].type
    if not isinstance(kind, Enumerated):
        return dict(came.values)
    return {who: value_text(value, kind) for who, value in came.values.items()}
