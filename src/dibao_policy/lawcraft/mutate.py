"""Which slips in a policy no case notices: each is tried on every case of the days on which it would show."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from dibao_policy.compile import Passed
from dibao_policy.core import ir
from dibao_policy.core.assume import assume, with_facts
from dibao_policy.core.order import distinct_reads
from dibao_policy.core.program import Known, Lowered, program_of
from dibao_policy.core.regimes import Regime
from dibao_policy.core.tables import table_of
from dibao_policy.dates import Period, contains
from dibao_policy.evaluate.interpret import interpret, what_if
from dibao_policy.explain.account import is_finding
from dibao_policy.lawcraft.exercise import Exercise, Key, Refusal, is_noticed
from dibao_policy.lawcraft.held_against import HeldAgainst, programs_on, programs_with
from dibao_policy.lawcraft.mutants import DateMutant, Mutant, RuleMutant, ValueMutant, mutants
from dibao_policy.parameters.series import entry_on


@frozen
class Noticed:
    """A slip, and the case that notices it: empty where none does, `check` where the check of the policy would."""

    mutant: Mutant
    by: str


BY_CHECK = "check"


@define
class _Tried:
    """The cases, those first that noticed something last, and what each rule of a program reads."""

    lowered: Lowered
    exercises: list[Exercise]
    refusals: tuple[Refusal, ...]
    held: HeldAgainst
    reads: dict[int, Mapping[str, frozenset[str]]] = field(factory=dict)


def try_mutants(
    passed: Passed, layer: str, exercises: Iterable[Exercise], refusals: Iterable[Refusal] = ()
) -> Iterator[Noticed]:
    """Every slip in what a layer wrote, with the first case found that notices it.

    A household that is refused notices a rule that comes a day too soon or goes a day too late: what the rule asks
    for is then asked for.
    """
    assert passed.lowered is not None
    programs = tuple(one.program for one in passed.compiled)
    tried = _Tried(passed.lowered, list(exercises), tuple(refusals), HeldAgainst(programs))
    for mutant in mutants(passed, layer):
        match mutant:
            case RuleMutant():
                by = _by_rule(tried, mutant)
            case ValueMutant():
                by = _by_value(tried, mutant)
            case DateMutant():
                by = _by_date(tried, mutant)
            case _:  # pragma: no cover - every kind of mutant is one of these
                raise AssertionError(mutant)
        yield Noticed(mutant, by)


def _by_rule(tried: _Tried, mutant: RuleMutant) -> str:
    for one in tried.exercises:
        if not contains(mutant.version.period, one.day):
            continue
        changed = {
            rule.name: evolve(
                rule, expression=with_facts(mutant.expressions[rule.name], one.assumed)
            )
            for rule in one.program.rules
            if rule.name in mutant.expressions
        }
        if changed and _notices(tried, one, changed, {}):
            return _first(tried, one)
    return ""


def _by_value(tried: _Tried, mutant: ValueMutant) -> str:
    for one in tried.exercises:
        in_force = any(table.entry is mutant.entry for table in one.program.tables)
        if in_force and _notices(tried, one, {}, {mutant.table.name: mutant.table}):
            return _first(tried, one)
    programs = programs_with(tried.held.programs, mutant.entry)
    return BY_CHECK if tried.held.refuses(mutant.table, programs) else ""


def _by_date(tried: _Tried, mutant: DateMutant) -> str:
    if mutant.parameter:
        declaration = tried.lowered.scheme.parameters[mutant.name]
        assert declaration.series is not None
        entry = entry_on(declaration.series, mutant.other)
        if entry is None:
            return BY_CHECK
        table = table_of(declaration, tried.lowered.parameters[mutant.name], entry)
        for one in _on(tried, mutant.day):
            if _notices(tried, one, {}, {mutant.name: table}):
                return _first(tried, one)
        programs = programs_on(tried.held.programs, mutant.day)
        return BY_CHECK if tried.held.refuses(table, programs) else ""
    changed = _with_versions_of(tried.lowered, mutant)
    program, gaps = program_of(changed, Regime(mutant.day, mutant.day), Known())
    if gaps:
        return BY_CHECK
    for one in _on(tried, mutant.day):
        if _differs(program, one):
            return _first(tried, one)
    for refusal in tried.refusals:
        if refusal.day == mutant.day and refusal.read(program) != refusal.codes:
            return refusal.name
    return ""


def _differs(program: ir.Program, one: Exercise) -> bool:
    """Whether a case of the day fails by another program: it is refused, or differs, or a result comes or goes."""
    program, unknown = assume(program, one.assumed)
    if unknown or not one.absent.isdisjoint(rule.name for rule in program.rules):
        return True
    facts = one.read(program)
    if facts is None:
        return True
    values = {(step.rule.name, step.member): step.value for step in interpret(program, facts).steps}
    if one.findings is not None and _found(program, values) != one.findings:
        return True
    missing = any(key not in values for key in one.wanted)
    return missing or is_noticed(one, values)


def _found(program: ir.Program, values: Mapping[Key, ir.Value]) -> frozenset[str]:
    """The cross-checks that are found, of a program that may have others than the case's own."""
    findings = {rule.name for rule in program.rules if is_finding(rule)}
    return frozenset(name for (name, _), value in values.items() if name in findings and value)


def _with_versions_of(lowered: Lowered, mutant: DateMutant) -> Lowered:
    """The rules where those of the name that hold on the day are those that hold on the other."""
    day = Period(mutant.day, mutant.day)
    versions = []
    for version, rules in lowered.versions:
        if version.node.name.text == mutant.name or any(rule.name == mutant.name for rule in rules):
            if contains(version.period, mutant.other):
                versions.append((evolve(version, period=day), rules))
        else:
            versions.append((version, rules))
    return evolve(lowered, versions=tuple(versions))


def _on(tried: _Tried, day: datetime.date) -> list[Exercise]:
    return [one for one in tried.exercises if one.day == day]


def _notices(
    tried: _Tried, one: Exercise, rules: Mapping[str, ir.Rule], tables: Mapping[str, ir.Table]
) -> bool:
    try:
        other = what_if(one.trace, rules, tables, _reads(tried, one))
    except ZeroDivisionError:
        # No policy with such a rule passes its check.
        return True
    return is_noticed(one, other)


def _reads(tried: _Tried, one: Exercise) -> Mapping[str, frozenset[str]]:
    """What each rule of a case's program reads, by name."""
    program = one.program
    if id(program) not in tried.reads:
        tried.reads[id(program)] = {
            rule.name: frozenset(
                read.table if isinstance(read, ir.Lookup) else read.name
                for read in distinct_reads(rule.expression)
            )
            for rule in program.rules
        }
    return tried.reads[id(program)]


def _first(tried: _Tried, one: Exercise) -> str:
    """The name of a case; it is tried first from now on, because neighboring slips are noticed by the same cases."""
    tried.exercises.remove(one)
    tried.exercises.insert(0, one)
    return one.name


def share(noticed: Sequence[Noticed]) -> tuple[int, int]:
    """How many slips were noticed, and how many there were."""
    return sum(bool(one.by) for one in noticed), len(noticed)
