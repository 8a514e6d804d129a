"""What the days of a policy can look up: a value that none of them can is no slip, nor is a day before the first."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, Type
from dibao_policy.parameters.series import Entry

Places = frozenset[int]


@frozen
class Reached:
    """What one stretch of days looks up: the places among the values of each table, by the parameter's name."""

    since: datetime.date
    until: datetime.date | None
    tables: Mapping[str, tuple[Entry, Places]]


@frozen
class Reach:
    """What the days of a policy can look up, stretch by stretch."""

    stretches: tuple[Reached, ...]
    names: frozenset[str]


def reach_of(compiled: Iterable[Compiled]) -> Reach:
    """What the programs of a policy can look up, in the order of their days.

    A place that a condition rules out counts all the same: more may be reached by this than really is, never less.
    """
    looked_up: dict[int, Mapping[str, Places]] = {}
    stretches = []
    for one in compiled:
        program = one.program
        # Regimes with the same rules share them.
        if id(program.rules) not in looked_up:
            looked_up[id(program.rules)] = _looked_up(program.rules)
        places = looked_up[id(program.rules)]
        tables = {
            table.name: (table.entry, places[table.name])
            for table in program.tables
            if table.name in places
        }
        stretches.append(Reached(one.regime.since, one.regime.until, tables))
    return Reach(tuple(stretches), frozenset(name for one in stretches for name in one.tables))


def reached_on(reach: Reach, day: datetime.date) -> Reached | None:
    """What a day looks up; None before the first day of the policy and after the last."""
    one = next((one for one in reversed(reach.stretches) if one.since <= day), None)
    return one if one is None or one.until is None or day <= one.until else None


def is_reached(reach: Reach, name: str, entry: Entry, place: int) -> bool:
    """Whether some day looks up a value of an entry.

    What no rule looks up on any day is left to those who inherit the policy.
    """
    return name not in reach.names or any(
        found is entry and place in places
        for found, places in (one.tables[name] for one in reach.stretches if name in one.tables)
    )


# ── the places of a table ─────────────────────────────────────────────────


def _looked_up(rules: Sequence[ir.Rule]) -> dict[str, Places]:
    by_name = {rule.name: rule for rule in rules}
    known: dict[str, Places] = {}
    found: dict[str, Places] = {}
    for rule in rules:
        for one in _lookups(rule.expression):
            keys = [_members(key, by_name, known) for key in one.keys]
            places = frozenset(_places(keys, [_size(key.type) for key in one.keys]))
            found[one.table] = found.get(one.table, frozenset()) | places
    return found


def _lookups(node: ir.Expression) -> Iterable[ir.Lookup]:
    if isinstance(node, ir.Lookup):
        yield node
    for part in ir.children(node):
        yield from _lookups(part)


def _places(keys: Sequence[Places], sizes: Sequence[int]) -> Iterable[int]:
    for combination in itertools.product(*keys):
        place = 0
        for member, size in zip(combination, sizes, strict=True):
            place = place * size + member
        yield place


def _members(node: ir.Expression, rules: Mapping[str, ir.Rule], known: dict[str, Places]) -> Places:
    """Which members of an enumeration an expression can be: all, where that is not plain to see."""
    match node:
        case ir.Literal(value):
            return frozenset((int(value),))
        case ir.Choose(cases, otherwise):
            parts = (*(chosen for _, chosen in cases), otherwise)
            return frozenset().union(*(_members(part, rules, known) for part in parts))
        case ir.ReadRule(name) if name in rules:
            if name not in known:
                known[name] = _members(rules[name].expression, rules, known)
            return known[name]
    return frozenset(range(_size(node.type)))


def _size(kind: Type) -> int:
    assert isinstance(kind, Enumerated)
    return len(kind.members)
