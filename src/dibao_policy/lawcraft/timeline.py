"""沿革: every change in force, by date, over all layers, with what stands behind it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.program import Lowered
from dibao_policy.core.show import Lines, digest, rule_text
from dibao_policy.core.tables import Tables, table_on
from dibao_policy.core.types import Enumerated
from dibao_policy.dates import ONE_DAY, contains
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.parameters.series import Key

Change = Literal["begins", "changes", "restated", "overrides", "restored", "ends"]
"""`restated`: the same numbers, or a rule that gives the same results, on new grounds or in new words.

`overrides`: a more local layer takes a rule's place (改写); `restored`: the more general one comes back.
"""

Stated = ir.Procedure | ir.Fund


@frozen
class Cell:
    """One number of a parameter before and after, in smallest units; None where there is none.

    `key` has the Chinese names of the members that it is for.
    """

    key: Key
    old: Fraction | None
    new: Fraction | None


@frozen
class ValueChange:
    """A parameter whose value in force changes; `read` where a rule in force reads it.

    `layer` is the layer whose file gives the values; the tables are those before and after.
    """

    change: Change
    name: str
    code: str
    layer: str
    read: bool
    cells: tuple[Cell, ...]
    before: ir.Table | None = field(repr=False)
    after: ir.Table | None = field(repr=False)


@frozen
class Held:
    """A rule version in force, with the core rules that it became, the parts before the whole."""

    version: RuleVersion = field(repr=False)
    parts: tuple[ir.Rule, ...] = field(repr=False)


@frozen
class RuleChange:
    """A rule whose version in force changes."""

    change: Change
    name: str
    code: str
    block: str
    layer: str
    before: Held | None = field(repr=False)
    after: Held | None = field(repr=False)


@frozen
class StatedChange:
    """A procedure or a fund whose version in force changes; `block` is 程序 or 资金."""

    change: Change
    name: str
    code: str
    block: str
    layer: str
    before: Stated | None = field(repr=False)
    after: Stated | None = field(repr=False)


@frozen
class Lapse:
    """A value that is still used on the day after its source confirms it no longer."""

    layer: str
    cells: tuple[Cell, ...]
    table: ir.Table = field(repr=False)


@frozen
class Dated:
    """What changes on one day.

    `digest` identifies the rules and values in force from then on; it is empty where the policy has ended.
    """

    day: datetime.date
    digest: str
    policy: Literal["begins", "ends"] | None = None
    values: tuple[ValueChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    stated: tuple[StatedChange, ...] = ()
    lapses: tuple[Lapse, ...] = ()


@frozen
class Timeline:
    """All days on which something changes, in order. `layers` names each layer, the most local first."""

    code: str
    name: str
    version: str
    since: datetime.date
    until: datetime.date | None
    layers: Mapping[str, str]
    days: tuple[Dated, ...]


@frozen
class _Day:
    """What is in force."""

    tables: Mapping[str, ir.Table]
    read: frozenset[str]
    rules: Mapping[str, Held]
    stated: Mapping[str, Stated]


_NOTHING = _Day({}, frozenset(), {}, {})


def timeline_of(lowered: Lowered, programs: Sequence[ir.Program]) -> Timeline:
    """The timeline of a policy without faults, from the programs of its regimes."""
    scheme = lowered.scheme
    found: dict[datetime.date, Dated] = {}
    before, lines, tables = _NOTHING, Lines(), Tables()
    for program in programs:
        after = _in_force(lowered, program, tables)
        found[program.since] = Dated(
            program.since,
            digest(program, lines),
            None if found else "begins",
            tuple(_value_changes(lowered, before, after)),
            tuple(_rule_changes(lowered, before, after)),
            tuple(_stated_changes(before, after)),
        )
        before = after
    until = programs[-1].until
    for day, lapse in sorted(_lapses(tuple(found.values()), until), key=lambda one: one[0]):
        in_force = max(known for known in found if known <= day)
        known = found.setdefault(day, Dated(day, found[in_force].digest))
        found[day] = evolve(known, lapses=(*known.lapses, lapse))
    if until is not None:
        found[until + ONE_DAY] = Dated(until + ONE_DAY, "", "ends")
    return Timeline(
        code=scheme.code,
        name=scheme.name,
        version=scheme.version,
        since=programs[0].since,
        until=until,
        layers={one.code: one.name for one in scheme.layers},
        days=tuple(found[day] for day in sorted(found)),
    )


def _in_force(lowered: Lowered, program: ir.Program, tables_known: Tables) -> _Day:
    tables = {
        name: table_on(lowered.scheme, lowered.parameters, name, program.since, tables_known)
        for name in lowered.parameters
    }
    # Of two versions in force the later one counts, as in the program of the day.
    rules = {
        version.node.name.text: Held(version, parts)
        for version, parts in lowered.versions
        if contains(version.period, program.since)
    }
    stated: tuple[Stated, ...] = (*program.procedures, *program.funds)
    return _Day(
        {name: table for name, table in tables.items() if table is not None},
        frozenset(table.name for table in program.tables),
        rules,
        {one.name: one for one in stated},
    )


# ── values ────────────────────────────────────────────────────────────────


def _value_changes(lowered: Lowered, before: _Day, after: _Day) -> Iterator[ValueChange]:
    for name, declared in lowered.scheme.parameters.items():
        old, new = before.tables.get(name), after.tables.get(name)
        told = new or old
        if told is None or (old is not None and new is not None and old.entry is new.entry):
            continue
        cells = tuple(_cells(told, old, new))
        yield ValueChange(
            change=_kind(old, new, all(cell.old == cell.new for cell in cells)),
            name=name,
            code=told.code,
            layer=declared.series_layer,
            read=name in before.read or name in after.read,
            cells=cells,
            before=old,
            after=new,
        )


def _cells(told: ir.Table, old: ir.Table | None, new: ir.Table | None) -> Iterator[Cell]:
    members = [
        [text for text, _ in kind.members] for kind in told.keys if isinstance(kind, Enumerated)
    ]
    for place, key in enumerate(itertools.product(*members)):
        yield Cell(key, old.values[place] if old else None, new.values[place] if new else None)


def _kind(old: object | None, new: object | None, same: bool) -> Change:
    if old is None:
        return "begins"
    if new is None:
        return "ends"
    return "restated" if same else "changes"


# ── rules ─────────────────────────────────────────────────────────────────


def _rule_changes(lowered: Lowered, before: _Day, after: _Day) -> Iterator[RuleChange]:
    locality = [layer.code for layer in lowered.scheme.layers]
    for name in lowered.scheme.rules:
        old, new = before.rules.get(name), after.rules.get(name)
        told = new or old
        if told is None or (old is not None and new is not None and old.version is new.version):
            continue
        change = _kind(old, new, old is not None and new is not None and is_alike(old, new))
        if old is not None and new is not None and old.version.layer != new.version.layer:
            nearer = locality.index(new.version.layer) < locality.index(old.version.layer)
            change = "overrides" if nearer else "restored"
        whole = told.parts[-1]
        yield RuleChange(change, name, whole.code, whole.origin.block, told.version.layer, old, new)


def is_alike(first: Held, second: Held) -> bool:
    """Whether two versions of a rule give the same results, as far as the digest can tell."""
    return not changed_parts(first, second)


def changed_parts(
    before: Held, after: Held
) -> tuple[tuple[str, ir.Rule | None, ir.Rule | None], ...]:
    """The parts of a rule that differ between two versions, by name, the whole last; None where there is none."""
    old, new = ({part.name: part for part in held.parts} for held in (before, after))
    whole = after.parts[-1].name
    names = [*dict.fromkeys(name for name in (*old, *new) if name != whole), whole]
    return tuple(
        (name, old.get(name), new.get(name))
        for name in names
        if name not in old or name not in new or rule_text(old[name]) != rule_text(new[name])
    )


def citations_of(held: Held) -> tuple[ir.Cited, ...]:
    """All articles behind a rule version and its parts, each once, those of the whole first."""
    cited = (one for part in reversed(held.parts) for one in part.citations)
    return tuple(dict.fromkeys(cited))


# ── procedures and funds ──────────────────────────────────────────────────


def _stated_changes(before: _Day, after: _Day) -> Iterator[StatedChange]:
    for name in dict.fromkeys((*before.stated, *after.stated)):
        old, new = before.stated.get(name), after.stated.get(name)
        told = new or old
        if told is None or old == new:
            continue
        same = old is not None and new is not None and _content(old) == _content(new)
        block = "程序" if isinstance(told, ir.Procedure) else "资金"
        yield StatedChange(_kind(old, new, same), name, told.code, block, told.layer, old, new)


def _content(stated: Stated) -> tuple[object, ...]:
    """What a procedure or a fund says, without its articles."""
    if isinstance(stated, ir.Fund):
        return (stated.shares, stated.dedicated)
    return tuple(evolve(step, citations=()) for step in stated.steps)


# ── confirmation ──────────────────────────────────────────────────────────


def _lapses(
    days: Sequence[Dated], until: datetime.date | None
) -> Iterator[tuple[datetime.date, Lapse]]:
    """Each value that is used on after its confirmation ends, with the first such day."""
    changes: dict[str, list[tuple[datetime.date, ValueChange]]] = {}
    for dated in days:
        for change in dated.values:
            changes.setdefault(change.name, []).append((dated.day, change))
    for stretches in changes.values():
        ends = [*(day - ONE_DAY for day, _ in stretches[1:]), until]
        for (day, change), last in zip(stretches, ends, strict=True):
            confirmed = change.after and change.after.entry.confirmed_until
            if change.after and confirmed:
                lapsed = max(confirmed + ONE_DAY, day)
                if last is None or lapsed <= last:
                    yield lapsed, Lapse(change.layer, change.cells, change.after)


# ── a part of it ──────────────────────────────────────────────────────────


def part_of(
    timeline: Timeline,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    names: frozenset[str] | None = None,
) -> Timeline:
    """The days between two dates, both included, and of them what concerns the named parameters and rules.

    Days on which nothing is left are left out; `names` are Chinese names, None for everything.
    """
    days = [
        one
        for one in timeline.days
        if (since is None or since <= one.day) and (until is None or one.day <= until)
    ]
    if names is not None:
        chosen = [
            evolve(
                one,
                policy=None,
                values=tuple(change for change in one.values if change.name in names),
                rules=tuple(change for change in one.rules if change.name in names),
                stated=tuple(change for change in one.stated if change.name in names),
                lapses=tuple(lapse for lapse in one.lapses if lapse.table.name in names),
            )
            for one in days
        ]
        days = [one for one in chosen if one.values or one.rules or one.stated or one.lapses]
    return evolve(timeline, days=tuple(days))
