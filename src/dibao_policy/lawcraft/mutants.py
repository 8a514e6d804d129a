"""Small slips that a hand could make in a policy: one number, comparison, rounding or date each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.compile import Passed
from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.program import Lowered, compared_alone
from dibao_policy.core.tables import table_of
from dibao_policy.core.types import Enumerated, Number
from dibao_policy.dates import LAST_DAY, ONE_DAY, Period, contains, overlap
from dibao_policy.lawcraft.reach import Reach, is_reached, reach_of, reached_on
from dibao_policy.lawcraft.slips import DIGITS, Kind, Slip, slipped, slips
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.parameters.series import Cell, Entry, entry_on
from dibao_policy.text import Span, covered
from dibao_policy.units import grain


@frozen
class Mutant:
    """A slip in the rules or values that one layer wrote: what stands at `span` becomes `after`."""

    kind: Kind
    name: str
    before: str
    after: str
    span: Span


@frozen
class RuleMutant(Mutant):
    """Other expressions of the rules that are made of a text, on the days of one of its versions."""

    version: RuleVersion
    expressions: Mapping[str, ir.Expression]


@frozen
class ValueMutant(Mutant):
    """Another number of a parameter, on the days of one entry."""

    entry: Entry
    table: ir.Table


@frozen
class DateMutant(Mutant):
    """A change that comes a day sooner or later: on `day`, what holds is what did or does on `other`."""

    parameter: bool
    day: datetime.date
    other: datetime.date


def mutants(passed: Passed, layer: str) -> Iterator[Mutant]:
    """Every slip in what a layer wrote, in the order of writing within each rule and series.

    What no day of the policy can come to is left out.
    """
    lowered = passed.lowered
    assert lowered is not None
    reach = reach_of(passed.compiled)
    for version, rules in lowered.versions:
        if version.layer == layer and _is_of_some_day(reach, version.period):
            yield from _of_rules(version, rules)
    yield from _values(lowered, layer, reach)
    yield from _dates(lowered, layer, reach)


def _is_of_some_day(reach: Reach, period: Period) -> bool:
    return any(overlap(period, Period(one.since, one.until)) for one in reach.stretches)


def _of_rules(version: RuleVersion, rules: Sequence[ir.Rule]) -> Iterator[Mutant]:
    """Each place of a text once, though several rules may hold it."""
    found: dict[Slip, str] = {}
    for rule in rules:
        for slip in slips(rule.expression):
            found.setdefault(slip, rule.name)
    for slip, name in found.items():
        changed = {rule.name: slipped(rule.expression, slip) for rule in rules}
        yield RuleMutant(
            kind=slip.kind,
            name=name,
            before=slip.before,
            after=slip.after,
            span=slip.span,
            version=version,
            expressions={
                rule.name: changed[rule.name]
                for rule in rules
                if changed[rule.name] is not rule.expression
            },
        )


# ── in the values ─────────────────────────────────────────────────────────


def _values(lowered: Lowered, layer: str, reach: Reach) -> Iterator[Mutant]:
    """Each dated value a smallest step lower and higher; money by one fen. What decides nothing is left alone."""
    aside = compared_alone(lowered)
    for name, parameter in lowered.scheme.parameters.items():
        known = lowered.parameters.get(name)
        if parameter.series is None or known is None or parameter.series_layer != layer:
            continue
        if name in aside:
            continue
        assert isinstance(known.type, Number)
        for entry in parameter.series.entries:
            table = table_of(parameter, known, entry)
            for cell, place in cells_of(entry, table):
                if not is_reached(reach, name, entry, place):
                    continue
                for sign in (-1, 1):
                    step = sign * _step(cell, known.type)
                    values = list(table.values)
                    values[place] += step
                    where = f"[{', '.join(cell.key)}]" if cell.key else ""
                    yield ValueMutant(
                        kind="value",
                        name=f"{name}{where} {entry.since}",
                        before=shown(table.values[place], known.type),
                        after=shown(values[place], known.type),
                        span=cell.span,
                        entry=entry,
                        table=evolve(table, values=tuple(values)),
                    )


def _step(cell: Cell, kind: Number) -> Fraction:
    if kind.unit.powers:
        return grain(kind.unit)
    digits = DIGITS.search(covered(cell.span))
    point = (digits[1] or ".") if digits else "."
    return Fraction(1, 10 ** (len(point) - 1)) / (100 if cell.is_percent else 1)


def cells_of(entry: Entry, table: ir.Table) -> Iterator[tuple[Cell, int]]:
    """The cells of an entry with their places among the values of its table."""
    for cell in entry.cells:
        place = 0
        for key, kind in zip(cell.key, table.keys, strict=True):
            assert isinstance(kind, Enumerated)
            forms = kind.members
            place = place * len(forms) + next(i for i, pair in enumerate(forms) if key in pair)
        yield cell, place


# ── in the dates ──────────────────────────────────────────────────────────


def _dates(lowered: Lowered, layer: str, reach: Reach) -> Iterator[Mutant]:
    """Each day on which a rule or a value changes, a day sooner and a day later.

    Where only the article or the words are others from that day on, the result is the same on any day.
    """
    for one in _moves(lowered, layer):
        if _is_looked_up(lowered, reach, one):
            yield one


def _is_looked_up(lowered: Lowered, reach: Reach, one: DateMutant) -> bool:
    """Whether the day is one of the policy; of a value, whether what it looks up then is another number too."""
    day = reached_on(reach, one.day)
    if day is None or not one.parameter or one.name not in reach.names:
        return day is not None
    if one.name not in day.tables:
        return False
    declaration, known = lowered.scheme.parameters[one.name], lowered.parameters[one.name]
    assert declaration.series is not None
    entry, places = day.tables[one.name]
    other = entry_on(declaration.series, one.other)
    if other is None:
        return True
    values, others = (table_of(declaration, known, of).values for of in (entry, other))
    return any(values[place] != others[place] for place in places)


def _moves(lowered: Lowered, layer: str) -> Iterator[DateMutant]:
    of: dict[str, list[tuple[Period, tuple[ir.Rule, ...]]]] = {}
    for version, rules in lowered.versions:
        of.setdefault(version.node.name.text, []).append((version.period, rules))
    first = lowered.scheme.period.since
    for name, versions in lowered.scheme.rules.items():
        own = [version for version in versions if version.layer == layer]
        changes = [(version.period.since, version) for version in own]
        changes += [
            (version.period.until + ONE_DAY, version)
            for version in own
            if version.period.until and version.period.until < LAST_DAY
        ]
        seen: set[datetime.date | None] = {None, first}
        for day, version in changes:
            if day is not None and day not in seen and not _is_same(of.get(name, ()), day):
                yield from _moved(name, version.node.name.span, day, parameter=False)
            seen.add(day)
    aside = compared_alone(lowered)
    for name, parameter in lowered.scheme.parameters.items():
        own_values = parameter.series_layer == layer and name not in aside
        if parameter.series is not None and own_values:
            for place, entry in enumerate(parameter.series.entries):
                # That nothing is known the day before the first one is no slip.
                before = parameter.series.entries[place - 1]
                same = [(one.key, one.number) for one in before.cells] == [
                    (one.key, one.number) for one in entry.cells
                ]
                if place and entry.since != first and not same:
                    yield from _moved(name, entry.span, entry.since, parameter=True)


def _is_same(versions: Sequence[tuple[Period, tuple[ir.Rule, ...]]], day: datetime.date) -> bool:
    """Whether what holds on a day computes the same as what held the day before."""
    held = [
        [(rule.name, rule.expression) for rule in rules]
        for at in (day - ONE_DAY, day)
        for period, rules in versions
        if contains(period, at)
    ]
    return len(held) == 2 and held[0] == held[1]


def _moved(name: str, span: Span, day: datetime.date, parameter: bool) -> Iterator[DateMutant]:
    before = day - ONE_DAY
    for at, other, after in ((day, before, day + ONE_DAY), (before, day, before)):
        yield DateMutant(
            kind="date",
            name=name,
            before=str(day),
            after=str(after),
            span=span,
            parameter=parameter,
            day=at,
            other=other,
        )
