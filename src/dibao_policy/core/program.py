"""A scheme and a day to the program of that day; a scheme to all of its regimes."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import declared_parameter, read_fact, read_type
from dibao_policy.core.lower.crosscheck import check_findings
from dibao_policy.core.lower.names import keyed_by
from dibao_policy.core.lower.property import lower_property
from dibao_policy.core.lower.rules import lower_rule
from dibao_policy.core.lower.stated import lower_fund, lower_procedure
from dibao_policy.core.order import Read, distinct_reads, in_order
from dibao_policy.core.regimes import Regime
from dibao_policy.core.types import Enumerated, Type, Unknown, YesNo
from dibao_policy.dates import LAST_DAY, Period, contains
from dibao_policy.model import problems
from dibao_policy.model.resolve import find, unknown_name
from dibao_policy.model.scheme import ParameterDeclaration, RuleVersion, Scheme
from dibao_policy.parameters.check import check_series
from dibao_policy.parameters.series import Declared, Entry, entry_on
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
    """A scheme with every rule version in core form: what each day's program is put together from.

    `reads` has what each rule reads, by the rule's identity.
    """

    scheme: Scheme
    facts: Mapping[str, ir.Fact]
    parameters: Mapping[str, KnownParameter]
    versions: tuple[tuple[RuleVersion, tuple[ir.Rule, ...]], ...] = field(repr=False)
    reads: Mapping[int, tuple[Read, ...]] = field(repr=False)
    procedures: tuple[tuple[Period, ir.Procedure], ...] = ()
    funds: tuple[tuple[Period, ir.Fund], ...] = ()
    properties: tuple[ir.Property, ...] = ()


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
    keyed = keyed_by(scheme, types)
    lowered = tuple(
        (version, lower_rule(scheme, version, types, keyed, found))
        for versions in scheme.rules.values()
        for version in versions
    )
    read = {id(rule): distinct_reads(rule.expression) for _, rules in lowered for rule in rules}
    found += _unused(scheme, lowered, read)
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
                one = lower_property(scheme, written, stated.layer, types, keyed, facts, found)
                properties += [one] if one is not None else []
    whole = Lowered(
        scheme,
        facts,
        parameters,
        lowered,
        read,
        tuple(procedures),
        tuple(funds),
        tuple(properties),
    )
    return whole, tuple(found)


def _unused(
    scheme: Scheme,
    versions: tuple[tuple[RuleVersion, tuple[ir.Rule, ...]], ...],
    reads: Mapping[int, tuple[Read, ...]],
) -> Iterator[Problem]:
    """Parameters and inputs that no rule reads; 免计 reads an input by leaving it out aloud."""
    read = {
        one.table if isinstance(one, ir.Lookup) else one.name
        for one in itertools.chain.from_iterable(reads.values())
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


Tables = dict[tuple[str, int], ir.Table]
"""Tables that regimes share, by the parameter's name and the identity of its entry."""


@frozen
class _Together:
    """Rules that hold on the same days: in order, with what they read and each gap among them.

    `lookups` has each parameter with the rule that reads it first.
    """

    ordered: tuple[ir.Rule, ...]
    circles: tuple[Problem, ...]
    facts: tuple[ir.Fact, ...]
    idle: tuple[ir.Fact, ...]
    exempt: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, ir.ReadRule], ...]
    lookups: tuple[tuple[str, ir.Lookup], ...]


@define
class Known:
    """What regimes have in common: tables, and rules that stand together, by the places of their versions."""

    tables: Tables = field(factory=dict)
    together: dict[tuple[int, ...], _Together] = field(factory=dict)


def program_of(
    lowered: Lowered, regime: Regime, known: Known
) -> tuple[ir.Program, tuple[Problem, ...]]:
    """The program of a regime, its rules in order, and every gap in what it needs."""
    scheme, since, until = lowered.scheme, str(regime.since), str(regime.until or LAST_DAY)
    places = tuple(
        place
        for place, (version, _) in enumerate(lowered.versions)
        if contains(version.period, regime.since)
    )
    if places not in known.together:
        known.together[places] = _together(lowered, places, regime.since)
    together = known.together[places]
    found = list(together.circles)
    for user, read in together.missing:
        found.append(
            problems.RuleGap(span=read.span, user=user, name=read.name, since=since, until=until)
        )
    tables: list[ir.Table] = []
    for user, lookup in together.lookups:
        table = table_on(lowered, lookup.table, regime.since, known.tables)
        if table is not None:
            tables.append(table)
        elif _outside_series(scheme, lookup.table, regime.since):
            found.append(
                problems.ParameterGap(
                    span=lookup.span, user=user, name=lookup.table, since=since, until=until
                )
            )
    program = ir.Program(
        policy=scheme.code,
        name=scheme.name,
        version=scheme.version,
        since=regime.since,
        until=regime.until,
        facts=together.facts,
        tables=tuple(tables),
        rules=together.ordered,
        exempt=together.exempt,
        idle=together.idle,
        procedures=tuple(one for days, one in lowered.procedures if contains(days, regime.since)),
        funds=tuple(one for days, one in lowered.funds if contains(days, regime.since)),
        properties=lowered.properties,
    )
    return program, tuple(found)


def _together(lowered: Lowered, places: tuple[int, ...], day: datetime.date) -> _Together:
    rules = {rule.name: rule for place in places for rule in lowered.versions[place][1]}
    read = {name: lowered.reads[id(rule)] for name, rule in rules.items()}
    ordered, circles = in_order(rules, read)
    facts: set[str] = set()
    missing: dict[str, tuple[str, ir.ReadRule]] = {}
    lookups: dict[str, tuple[str, ir.Lookup]] = {}
    for user in rules:
        for one in read[user]:
            match one:
                case ir.ReadFact(name):
                    facts.add(name)
                case ir.ReadRule(name) if name not in rules:
                    missing.setdefault(name, (user, one))
                case ir.Lookup(name):
                    lookups.setdefault(name, (user, one))
    pairs = dict.fromkeys(exempt_names(lowered.scheme, day))
    exempt = tuple(pair for pair in pairs if pair[0] in lowered.facts)
    facts |= {name for name, income in exempt if income in rules}
    return _Together(
        ordered,
        circles,
        facts=tuple(fact for name, fact in lowered.facts.items() if name in facts),
        idle=tuple(fact for name, fact in lowered.facts.items() if name not in facts),
        exempt=exempt,
        missing=tuple(missing.values()),
        lookups=tuple(lookups.values()),
    )


def names_read(lowered: Lowered) -> dict[int, tuple[str, ...]]:
    """The names of the rules and parameters that each rule reads, by the rule's identity."""
    return {
        rule: tuple(
            one.table if isinstance(one, ir.Lookup) else one.name
            for one in read
            if not isinstance(one, ir.ReadFact)
        )
        for rule, read in lowered.reads.items()
    }


def _outside_series(scheme: Scheme, name: str, day: datetime.date) -> bool:
    """Whether a day lies before or after all values of a parameter: what is wrong between is reported with them."""
    series = scheme.parameters[name].series
    if series is None or not series.whole:
        return False
    since = [entry.since for entry in series.entries]
    return not since or day < min(since) or day >= max(since)


def table_on(
    lowered: Lowered, name: str, day: datetime.date, tables: Tables | None = None
) -> ir.Table | None:
    """A parameter's values on a day, or None where it has none or they are incomplete.

    One that is among the `tables` is taken from there, one that is not is entered.
    """
    declaration = lowered.scheme.parameters[name]
    known = lowered.parameters.get(name)
    if declaration.series is None or known is None:
        return None
    entry = entry_on(declaration.series, day)
    if entry is None:
        return None
    tables = {} if tables is None else tables
    place = (name, id(entry))
    if place not in tables:
        tables[place] = _table(declaration, known, entry)
    return tables[place]


def _table(declaration: ParameterDeclaration, known: KnownParameter, entry: Entry) -> ir.Table:
    name = declaration.node.name.text
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


def _incomplete(known: KnownParameter, node: tree.Parameter, entry: Entry, layer: str) -> ir.Table:
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
