"""A unit of change told: what it consists of, with both its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dibao_policy.core import ir
from dibao_policy.core.order import distinct_reads
from dibao_policy.dates import Period, contains
from dibao_policy.lawcraft.compare.changes import (
    Atom,
    Change,
    DayChange,
    FactChange,
    MemberChange,
    OrderChange,
    RuleChange,
    Shared,
    ValueChange,
    differing_cells,
)
from dibao_policy.lawcraft.compare.reach import Laid
from dibao_policy.lawcraft.compare.sides import Owner
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.policy import Snapshot


def changes_of(found: Laid, unit: Sequence[Atom]) -> tuple[Change, ...]:
    """What a unit consists of; rules come with the facts and parameters that only their own side has."""
    told: dict[Change, None] = {}
    for atom in unit:
        told |= dict.fromkeys(_change(found, atom))
    return tuple(told)


def _change(found: Laid, atom: Atom) -> Iterator[Change]:
    common = found.between.common
    a, b = common.sides
    match atom:
        case ("day", _, _):
            yield DayChange(a.snapshot.day, b.snapshot.day)
        case ("order", _, _):
            yield OrderChange(
                tuple(one for one in a.people if one in b.people),
                tuple(one for one in b.people if one in a.people),
            )
        case ("member", person, _):
            yield MemberChange(person, person in b.people)
        case ("fact", name, owner):
            yield _fact(common, name, None if owner == " " else owner)
        case ("table", name, _):
            used = found.between.looked_up.get(name, set())
            differing = differing_cells(a.tables[name], b.tables[name])
            cells = tuple(key for key in differing if key in used)
            yield ValueChange(name, a.tables[name], b.tables[name], cells or differing)
        case ("rule", name, side):
            before = a.rules.get(name) if side != "B" else None
            after = b.rules.get(name) if side != "A" else None
            yield RuleChange(name, before, after)
            for place, rule in enumerate((before, after)):
                if rule is not None:
                    yield from _brought(found, rule, place)


def _fact(common: Shared, name: str, owner: Owner) -> FactChange:
    a, b = common.sides
    return FactChange(
        name=name,
        person=owner,
        facts=(a.facts.get(name), b.facts.get(name)),
        values=(a.given.get((name, owner)), b.given.get((name, owner))),
        defaulted=((name, owner) in a.defaulted, (name, owner) in b.defaulted),
    )


def _brought(found: Laid, rule: ir.Rule, side: int) -> Iterator[Change]:
    """The facts and parameters that a rule reads and that the other side does not have."""
    common = found.between.common
    own = common.sides[side]
    for one in distinct_reads(rule.expression):
        if isinstance(one, ir.Lookup) and one.table not in common.tables:
            table = own.tables[one.table]
            used = tuple(sorted(found.between.looked_up.get(one.table, set())))
            before, after = (table, None) if side == 0 else (None, table)
            yield ValueChange(one.table, before, after, used)
        elif isinstance(one, ir.ReadFact) and one.name not in common.facts:
            assert one.name != DECISION_DAY
            owners: list[Owner] = [None] if one.scope == "household" else [*own.people]
            for owner in owners:
                fact, value = own.facts[one.name], own.given[one.name, owner]
                defaulted = (one.name, owner) in own.defaulted
                yield FactChange(
                    name=one.name,
                    person=owner,
                    facts=(fact, None) if side == 0 else (None, fact),
                    values=(value, None) if side == 0 else (None, value),
                    defaulted=(defaulted, False) if side == 0 else (False, defaulted),
                )


def dates_of(snapshot: Snapshot, rule: ir.Rule) -> Period:
    """The days on which a rule is in force, as its policy states them."""
    lowered = snapshot.policy.passed.lowered
    assert lowered is not None
    # Of two versions on one day the later one counts, as in the program of the day.
    found = Period()
    for version, rules in lowered.versions:
        if contains(version.period, snapshot.day) and any(one.name == rule.name for one in rules):
            found = version.period
    return found
