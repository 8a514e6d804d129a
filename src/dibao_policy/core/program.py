"""A scheme and a day to the program of that day; a scheme to all of its regimes."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.cases.lists import CaseList
from dibao_policy.core.declared import declared_parameter, read_fact, read_type
from dibao_policy.core.ladders import Ladder, falls_in_force
from dibao_policy.core.lower.crosscheck import check_findings
from dibao_policy.core.lower.names import keyed_by
from dibao_policy.core.lower.property import lower_property
from dibao_policy.core.lower.rules import lower_rule
from dibao_policy.core.lower.stated import lower_fund, lower_procedure
from dibao_policy.core.order import Read, distinct_reads, in_order
from dibao_policy.core.regimes import Regime
from dibao_policy.core.tables import KnownParameter, Tables, is_outside, table_on
from dibao_policy.core.types import Type, Unknown, YesNo
from dibao_policy.core.upkeep import check_upkeep
from dibao_policy.dates import LAST_DAY, Period, contains
from dibao_policy.model import problems
from dibao_policy.model.resolve import find, unknown_name
from dibao_policy.model.scheme import RuleVersion, Scheme
from dibao_policy.parameters.check import check_series
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.text import Span


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
    ladders: tuple[tuple[RuleVersion, tuple[Ladder, ...]], ...] = field(default=(), repr=False)
    case_lists: tuple[tuple[RuleVersion, tuple[CaseList, ...]], ...] = field(default=(), repr=False)


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
    lowered: list[tuple[RuleVersion, tuple[ir.Rule, ...]]] = []
    ladders: list[tuple[RuleVersion, tuple[Ladder, ...]]] = []
    case_lists: list[tuple[RuleVersion, tuple[CaseList, ...]]] = []
    for versions in scheme.rules.values():
        for version in versions:
            rising: list[Ladder] = []
            listed: list[CaseList] = []
            rules = lower_rule(scheme, version, types, keyed, found, rising, listed)
            lowered.append((version, tuple(_with_former(scheme, rule) for rule in rules)))
            if rising:
                ladders.append((version, tuple(rising)))
            if listed:
                case_lists.append((version, tuple(listed)))
    read = {id(rule): distinct_reads(rule.expression) for _, rules in lowered for rule in rules}
    found += check_findings(lowered)
    procedures: list[tuple[Period, ir.Procedure]] = []
    funds: list[tuple[Period, ir.Fund]] = []
    properties: list[ir.Property | None] = []
    for stated in scheme.stated:
        match stated.node:
            case tree.Procedure() as procedure:
                lowered_procedure = lower_procedure(scheme, procedure, stated.layer)
                procedures.append((procedure.period, lowered_procedure))
            case tree.Fund() as fund:
                funds.append((fund.period, lower_fund(scheme, fund, stated.layer)))
            case tree.Property() as written:
                properties.append(
                    lower_property(scheme, written, stated.layer, types, keyed, facts, found)
                )
    sound = tuple(one for one in properties if one is not None)
    about = [one for item in sound for one in _property_reads(item)]
    # What a property that was not understood is about is not known.
    found += _unused(scheme, tuple(lowered), read, about if None not in properties else None)
    unsure = any(_is_bad(rule.expression) for _, rules in lowered for rule in rules)
    found += check_upkeep(scheme, read.values(), about, unsure or bool(scheme.broken))
    whole = Lowered(
        scheme,
        facts,
        parameters,
        tuple(lowered),
        read,
        tuple(procedures),
        tuple(funds),
        sound,
        tuple(ladders),
        tuple(case_lists),
    )
    return whole, tuple(found)


def _with_former(scheme: Scheme, rule: ir.Rule) -> ir.Rule:
    """A rule with the names that it had before."""
    former = scheme.former_of.get(rule.name, ())
    return evolve(rule, former=former) if former else rule


def _property_reads(item: ir.Property) -> Iterator[Read]:
    for part in (item.premise, item.conclusion):
        if part is not None:
            yield from distinct_reads(part)


def _unused(
    scheme: Scheme,
    versions: tuple[tuple[RuleVersion, tuple[ir.Rule, ...]], ...],
    reads: Mapping[int, tuple[Read, ...]],
    property_reads: Iterable[Read] | None,
) -> Iterator[Problem]:
    """Parameters and inputs that no rule reads; 免计 reads an input by leaving it out aloud.

    A parameter may also be there to be held against others by a property: none is said to be unused where it is
    not known what properties read (None). An input is asked of a household.

    What is inherited is looked at where it is declared: here it may belong to a rule that was rewritten.
    """
    own = scheme.layers[0].code
    read = {
        one.table if isinstance(one, ir.Lookup) else one.name
        for one in itertools.chain.from_iterable(reads.values())
    } | {name for name, _ in exempt_names(scheme)}
    # Where a rule could not be understood, what it reads is not known.
    if any(_is_bad(rule.expression) for _, rules in versions for rule in rules) or scheme.broken:
        return
    compared = (
        {*scheme.parameters}
        if property_reads is None
        else {one.table for one in property_reads if isinstance(one, ir.Lookup)}
    )
    for name, parameter in scheme.parameters.items():
        if name not in read | compared and parameter.layer == own:
            yield problems.UnusedParameter(span=parameter.node.name.span, name=name)
    for name, declared in scheme.inputs.items():
        if name not in read and declared.layer == own:
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
        table = table_on(scheme, lowered.parameters, lookup.table, regime.since, known.tables)
        if table is not None:
            tables.append(table)
        elif is_outside(scheme, lookup.table, regime.since):
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
        published=_published(lowered, tables, regime, known),
        layers=tuple((layer.code, layer.name) for layer in scheme.layers),
    )
    return program, tuple(found)


def _published(
    lowered: Lowered, tables: Sequence[ir.Table], regime: Regime, known: Known
) -> tuple[ir.Table, ...]:
    """The parameters that properties alone read, of those that have a value on the days of a regime."""
    read = {table.name for table in tables}
    names = dict.fromkeys(
        one.table
        for item in lowered.properties
        for one in _property_reads(item)
        if isinstance(one, ir.Lookup) and one.table not in read
    )
    found = (
        table_on(lowered.scheme, lowered.parameters, name, regime.since, known.tables)
        for name in names
    )
    return tuple(table for table in found if table is not None)


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


def compared_alone(lowered: Lowered) -> frozenset[str]:
    """The parameters that properties alone read: they decide nothing, and are there to be held against others."""
    decided = {
        one.table for read in lowered.reads.values() for one in read if isinstance(one, ir.Lookup)
    }
    compared = {
        one.table
        for item in lowered.properties
        for one in _property_reads(item)
        if isinstance(one, ir.Lookup)
    }
    return frozenset(compared - decided)


def check_ladders(lowered: Lowered, programs: Iterable[ir.Program]) -> Iterator[Problem]:
    """The ends that do not rise with the values in force, each told for the first days on which it does not."""
    told: set[tuple[Span, str]] = set()
    for program in programs:
        rising = [
            ladder
            for version, ladders in lowered.ladders
            if contains(version.period, program.since)
            for ladder in ladders
        ]
        yield from falls_in_force(rising, program, told)


def cases_on(lowered: Lowered, day: datetime.date) -> tuple[CaseList, ...]:
    """The lists of cases in force on a day."""
    return tuple(
        one
        for version, lists in lowered.case_lists
        if contains(version.period, day)
        for one in lists
    )
