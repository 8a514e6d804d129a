"""A scheme and a day to the program of that day; a scheme to all of its regimes."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import declared_parameter, read_fact, read_type
from dibao_policy.core.lower.crosscheck import check_findings
from dibao_policy.core.lower.property import lower_property
from dibao_policy.core.lower.rules import lower_rule
from dibao_policy.core.lower.stated import lower_fund, lower_procedure
from dibao_policy.core.order import in_order, reads
from dibao_policy.core.types import Enumerated, Type, Unknown, YesNo
from dibao_policy.dates import FIRST_DAY, LAST_DAY, ONE_DAY, Period, contains
from dibao_policy.model import problems
from dibao_policy.model.resolve import DECISION_DAY, find, unknown_name
from dibao_policy.model.scheme import RuleVersion, Scheme, Stated
from dibao_policy.parameters.check import check_series
from dibao_policy.parameters.series import Declared, Entry, change_dates, entry_on
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.units import read_unit


@frozen
class KnownParameter:
    """A parameter and what its values have to be."""

    declared: Declared
    type: Type
    keys: tuple[Type, ...]


@frozen
class Lowered:
    """A scheme with every rule version in core form: what each day's program is put together from."""

    scheme: Scheme
    facts: Mapping[str, ir.Fact]
    parameters: Mapping[str, KnownParameter]
    versions: tuple[tuple[RuleVersion, tuple[ir.Rule, ...]], ...] = field(repr=False)
    procedures: tuple[tuple[Period, ir.Procedure], ...] = ()
    funds: tuple[tuple[Period, ir.Fund], ...] = ()
    properties: tuple[ir.Property, ...] = ()


@frozen
class Regime:
    """A stretch of days on which nothing changes."""

    since: datetime.date
    until: datetime.date | None


def lower_scheme(scheme: Scheme) -> tuple[Lowered, tuple[Problem, ...]]:
    """Type every declaration, check every series, lower every rule version."""
    found: list[Problem] = []
    facts: dict[str, ir.Fact] = {}
    types: dict[str, Type] = {}
    for name, declared_input in scheme.inputs.items():
        fact = read_fact(scheme, declared_input, found)
        types[name] = fact.type if fact else Unknown()
        if fact is not None:
            facts[name] = fact
    parameters: dict[str, KnownParameter] = {}
    for name, declaration in scheme.parameters.items():
        known = declared_parameter(scheme, declaration, found)
        types[name] = known[1] if known else Unknown()
        if known is not None:
            parameters[name] = KnownParameter(*known)
            if declaration.series is not None:
                found += check_series(declaration.series, known[0])
    for name, versions in scheme.rules.items():
        node = versions[0].node
        types[name] = (
            YesNo()
            if isinstance(node, (tree.Eligibility, tree.CrossCheck))
            else read_type(scheme, node.type, found)
        )
    for name, income in scheme.deductions.items():
        types[name] = types[income]
    lowered = tuple(
        (version, lower_rule(scheme, version, types, found))
        for versions in scheme.rules.values()
        for version in versions
    )
    found += _unused(scheme, lowered)
    found += check_findings(lowered)
    procedures: list[tuple[Period, ir.Procedure]] = []
    funds: list[tuple[Period, ir.Fund]] = []
    properties: list[ir.Property] = []
    for stated in scheme.stated:
        match stated.node:
            case tree.Procedure() as procedure:
                lowered_procedure = lower_procedure(scheme, procedure, stated.layer)
                procedures.append((procedure.period, lowered_procedure))
            case tree.Fund() as fund:
                funds.append((fund.period, lower_fund(scheme, fund, stated.layer)))
            case tree.Property() as written:
                one = lower_property(scheme, written, stated.layer, types, facts, found)
                properties += [one] if one is not None else []
    whole = Lowered(
        scheme, facts, parameters, lowered, tuple(procedures), tuple(funds), tuple(properties)
    )
    return whole, tuple(found)


def _unused(
    scheme: Scheme, versions: tuple[tuple[RuleVersion, tuple[ir.Rule, ...]], ...]
) -> Iterator[Problem]:
    """Parameters and inputs that no rule reads; 免计 reads an input by leaving it out aloud."""
    read = {
        one.table if isinstance(one, ir.Lookup) else one.name
        for _, rules in versions
        for rule in rules
        for one in reads(rule.expression)
    } | {name for name, _ in exempt_names(scheme)}
    # Where a rule could not be understood, what it reads is not known.
    if any(_is_bad(rule.expression) for _, rules in versions for rule in rules) or scheme.broken:
        return
    for name, parameter in scheme.parameters.items():
        if name not in read:
            yield problems.UnusedParameter(span=parameter.node.name.span, name=name)
    for name, declared in scheme.inputs.items():
        if name not in read:
            yield problems.UnreadInput(span=declared.node.name.span, name=name)


def _is_bad(expression: ir.Expression) -> bool:
    return isinstance(expression, ir.Bad) or any(map(_is_bad, ir.children(expression)))


def exempt_names(scheme: Scheme, day: datetime.date | None = None) -> Iterator[tuple[str, str]]:
    """Each input that an income leaves out, with the income's name: on a day, or in any version."""
    for versions in scheme.rules.values():
        for version in versions:
            in_force = day is None or contains(version.period, day)
            if isinstance(version.node, tree.Income) and in_force:
                for exemption in version.node.exempt:
                    for written in exemption.names:
                        name = scheme.codes.get(written.text, written.text)
                        yield name, version.node.name.text


def check_exemptions(scheme: Scheme) -> Iterator[Problem]:
    """What is declared exempt has to be an input."""
    for versions in scheme.rules.values():
        for version in versions:
            if isinstance(version.node, tree.Income):
                for exemption in version.node.exempt:
                    for written in exemption.names:
                        target = find(scheme, written.text)
                        if target is None or target.kind != "input":
                            problem = unknown_name(scheme, written.text, written.span)
                            if problem is not None:
                                yield problem


def regimes(scheme: Scheme) -> tuple[Regime, ...]:
    """The stretches between two changes, from the first date that anything in the policy names."""
    days: set[datetime.date] = set()
    for parameter in scheme.parameters.values():
        if parameter.series is not None:
            days.update(change_dates(parameter.series))
    for versions in scheme.rules.values():
        for version in versions:
            if version.period.since:
                days.add(version.period.since)
            if version.period.until:
                days.add(version.period.until + ONE_DAY)
    since, until = scheme.period.since, scheme.period.until
    starts = sorted(
        day for day in days if (not since or day > since) and (not until or day <= until)
    )
    if since:
        starts.insert(0, since)
    elif not starts:
        starts = [FIRST_DAY]
    # What no household decides changes from day to day too, but it never moves a policy's first day.
    others = {day for stated in scheme.stated for day in _change_days(stated)}
    starts = sorted({*starts, *(day for day in others if starts[0] < day <= (until or LAST_DAY))})
    ends = [day - ONE_DAY for day in starts[1:]]
    return tuple(Regime(start, end) for start, end in itertools.zip_longest(starts, [*ends, until]))


def _change_days(stated: Stated) -> Iterator[datetime.date]:
    """The days on which a procedure or a fund comes into force, or goes out of it."""
    if isinstance(stated.node, tree.Property):
        return
    period = stated.node.period
    if period.since:
        yield period.since
    if period.until and period.until < LAST_DAY:
        yield period.until + ONE_DAY


def program_of(lowered: Lowered, regime: Regime) -> tuple[ir.Program, tuple[Problem, ...]]:
    """The program of a regime, its rules in order, and every gap in what it needs."""
    scheme, found = lowered.scheme, list[Problem]()
    until = str(regime.until or LAST_DAY)
    rules = {
        rule.name: rule
        for version, parts in lowered.versions
        if contains(version.period, regime.since)
        for rule in parts
    }
    ordered, circles = in_order(rules)
    found += circles
    tables: dict[str, ir.Table] = {}
    facts: dict[str, ir.Fact] = {}
    missing: set[str] = set()
    for rule in rules.values():
        for one in reads(rule.expression):
            match one:
                case ir.ReadFact(name) if name != DECISION_DAY and name in lowered.facts:
                    facts[name] = lowered.facts[name]
                case ir.ReadRule(name) if name not in rules and name not in missing:
                    missing.add(name)
                    found.append(
                        problems.RuleGap(
                            span=one.span,
                            user=rule.name,
                            name=name,
                            since=str(regime.since),
                            until=until,
                        )
                    )
                case ir.Lookup(name) if name not in tables and name not in missing:
                    table = _table(lowered, name, regime.since)
                    if table is not None:
                        tables[name] = table
                    elif _outside_series(scheme, name, regime.since):
                        missing.add(name)
                        found.append(
                            problems.ParameterGap(
                                span=one.span,
                                user=rule.name,
                                name=name,
                                since=str(regime.since),
                                until=until,
                            )
                        )
    exempt = tuple(
        pair
        for pair in dict.fromkeys(exempt_names(scheme, regime.since))
        if pair[0] in lowered.facts
    )
    for name, income in exempt:
        if income in rules:
            facts[name] = lowered.facts[name]
    program = ir.Program(
        policy=scheme.code,
        name=scheme.name,
        version=scheme.version,
        since=regime.since,
        until=regime.until,
        facts=tuple(fact for name, fact in lowered.facts.items() if name in facts),
        tables=tuple(tables.values()),
        rules=ordered,
        exempt=exempt,
        idle=tuple(fact for name, fact in lowered.facts.items() if name not in facts),
        procedures=tuple(one for days, one in lowered.procedures if contains(days, regime.since)),
        funds=tuple(one for days, one in lowered.funds if contains(days, regime.since)),
        properties=lowered.properties,
    )
    return program, tuple(found)


def _outside_series(scheme: Scheme, name: str, day: datetime.date) -> bool:
    """Whether a day lies before or after all values of a parameter: what is wrong between is reported with them."""
    series = scheme.parameters[name].series
    if series is None or not series.whole:
        return False
    since = [entry.since for entry in series.entries]
    return not since or day < min(since) or day >= max(since)


def _table(lowered: Lowered, name: str, day: datetime.date) -> ir.Table | None:
    """A parameter's values on a day, or None where it has none or they are incomplete."""
    declaration = lowered.scheme.parameters[name]
    known = lowered.parameters.get(name)
    if declaration.series is None or known is None:
        return None
    entry = entry_on(declaration.series, day)
    if entry is None:
        return None
    unit = read_unit(known.declared.unit_text)
    scale = Fraction(unit[1]) if unit else Fraction(1)
    members = [key.members for key in known.keys if isinstance(key, Enumerated)]
    values: list[Fraction] = []
    for combination in itertools.product(*members):
        number = _number(entry, combination)
        if number is None:
            return _incomplete(known, declaration.node, entry, declaration.layer)
        values.append(number * scale)
    return ir.Table(
        name=name,
        code=declaration.node.name.code,
        type=known.type,
        keys=known.keys,
        values=tuple(values),
        entry=entry,
        layer=declaration.layer,
        span=declaration.node.span,
    )


def _incomplete(
    known: KnownParameter, node: tree.Parameter, entry: Entry, layer: str
) -> ir.Table | None:
    """A missing member is a problem of the series, already reported: stand in with zeros, report no gap."""
    size = 1
    for key in known.keys:
        size *= len(key.members) if isinstance(key, Enumerated) else 1
    values = (Fraction(0),) * size
    return ir.Table(
        node.name.text, node.name.code, known.type, known.keys, values, entry, layer, span=node.span
    )


def _number(entry: Entry, combination: tuple[tuple[str, str], ...]) -> Fraction | None:
    """The value for one combination of members, each under either of its names."""
    for cell in entry.cells:
        if len(cell.key) == len(combination) and all(
            key in forms for key, forms in zip(cell.key, combination, strict=True)
        ):
            return cell.number
    return None
