"""The meaning of a program: exact, rule by rule, with a trace. Plain before fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Enumerated
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.trace import Step, Trace
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.values import round_to

Watch = Callable[[ir.Expression, ir.Value], None]
"""What is told of every expression that is evaluated; branches that are not taken are not."""


@frozen
class Given:
    """What an expression may read, by name: tables, facts of the household and of each member, values of rules."""

    tables: Mapping[str, ir.Table]
    household: Mapping[str, ir.Value]
    members: tuple[Mapping[str, ir.Value], ...]
    values: Mapping[tuple[str, int | None], ir.Value]


@define
class _Run:
    """One interpretation: the facts, the values so far, and what the rule at hand was computed from."""

    tables: Mapping[str, ir.Table]
    household: Mapping[str, ir.Value]
    members: tuple[Mapping[str, ir.Value], ...]
    values: dict[tuple[str, int | None], ir.Value] = field(factory=dict)
    parts: dict[int, ir.Value] = field(factory=dict)
    watch: Watch | None = None


def interpret(program: ir.Program, facts: Facts, watch: Watch | None = None) -> Trace:
    """Evaluate every rule of a program on a household's facts; `watch` is told of each expression as it is computed."""
    run = _run(program, facts)
    run.watch = watch
    steps: list[Step] = []
    for rule in program.rules:
        places = (None,) if rule.scope == "household" else range(facts.size)
        for member in places:
            run.parts = {}
            value = _value(run, rule.expression, member)
            run.values[rule.name, member] = value
            steps.append(Step(rule, member, value, run.parts))
    return Trace(program, facts, tuple(steps), run.household, run.members)


def recall(trace: Trace) -> Callable[[ir.Expression, int | None], ir.Value]:
    """What an expression of the program was for a member: a step's parts hold an aggregate's last member alone."""
    run = _run(trace.program, trace.facts)
    run.values |= {(step.rule.name, step.member): step.value for step in trace.steps}
    return lambda node, member: _value(run, node, member)


def what_if(
    trace: Trace,
    rules: Mapping[str, ir.Rule],
    tables: Mapping[str, ir.Table],
    read: Mapping[str, frozenset[str]],
) -> dict[tuple[str, int | None], ir.Value]:
    """The values that come out differently with other rules and tables in the place of those of their names.

    Only what reads something that changed is computed again; `read` has the names of what each rule of the
    program reads. The other rules read nothing that comes later in the program. Raises `ZeroDivisionError`.
    """
    run = _run(trace.program, trace.facts)
    run.tables = {**run.tables, **tables}
    before = {(step.rule.name, step.member): step.value for step in trace.steps}
    run.values = dict(before)
    changed: set[str] = set(tables)
    for rule in trace.program.rules:
        if rule.name not in rules and changed.isdisjoint(read[rule.name]):
            continue
        expression = rules.get(rule.name, rule).expression
        for member in (None,) if rule.scope == "household" else range(trace.facts.size):
            key = (rule.name, member)
            run.values[key] = _value(run, expression, member)
            if run.values[key] != before[key]:
                changed.add(rule.name)
    return {key: value for key, value in run.values.items() if value != before[key]}


def value_among(
    given: Given, expression: ir.Expression, member: int | None, watch: Watch | None = None
) -> ir.Value:
    """The value of one expression among what it reads, for the household or a member. Raises `ZeroDivisionError`."""
    run = _Run(given.tables, given.household, given.members, dict(given.values))
    run.watch = watch
    return _value(run, expression, member)


def _run(program: ir.Program, facts: Facts) -> _Run:
    household = {DECISION_DAY: facts.day} | {
        fact.name: given_value(fact, step)
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    columns = [
        (fact.name, [given_value(fact, step) for step in column])
        for fact, column in zip(member_facts(program), facts.members, strict=True)
    ]
    members = tuple({name: column[i] for name, column in columns} for i in range(facts.size))
    return _Run({table.name: table for table in program.tables}, household, members)


def values_of(trace: Trace) -> dict[str, ir.Value | tuple[ir.Value, ...]]:
    """Every value by its rule's name; a member rule has one value per member."""
    found: dict[str, ir.Value | tuple[ir.Value, ...]] = {}
    for step in trace.steps:
        if step.member is None:
            found[step.rule.name] = step.value
        else:
            before = found.get(step.rule.name, ())
            assert isinstance(before, tuple)
            found[step.rule.name] = (*before, step.value)
    return found


def _value(run: _Run, node: ir.Expression, member: int | None) -> ir.Value:
    value = _COMPUTE[type(node)](run, node, member)
    run.parts[id(node)] = value
    if run.watch is not None:
        run.watch(node, value)
    return value


def _literal(run: _Run, node: ir.Literal, member: int | None) -> ir.Value:
    return node.value


def _fact(run: _Run, node: ir.ReadFact, member: int | None) -> ir.Value:
    if node.scope == "household":
        return run.household[node.name]
    assert member is not None
    return run.members[member][node.name]


def _rule(run: _Run, node: ir.ReadRule, member: int | None) -> ir.Value:
    return run.values[node.name, None if node.scope == "household" else member]


def _looked_up(run: _Run, node: ir.Lookup, member: int | None) -> ir.Value:
    table = run.tables[node.table]
    place = 0
    for key, kind in zip(node.keys, table.keys, strict=True):
        assert isinstance(kind, Enumerated)
        place = place * len(kind.members) + int(_value(run, key, member))
    return table.values[place]


def _operation(run: _Run, node: ir.Operate, member: int | None) -> ir.Value:
    given = [_value(run, argument, member) for argument in node.arguments]
    result: ir.Value = TABLE[node.operation].evaluate(*given)
    return result


def _choice(run: _Run, node: ir.Choose, member: int | None) -> ir.Value:
    for test, chosen in node.cases:
        if _value(run, test, member):
            return _value(run, chosen, member)
    return _value(run, node.otherwise, member)


def _rounded(run: _Run, node: ir.Round, member: int | None) -> ir.Value:
    value = _value(run, node.operand, member)
    assert isinstance(value, Fraction)
    return round_to(value, node.quantum, node.mode)


def _aggregate(run: _Run, node: ir.Aggregate, member: int | None) -> ir.Value:
    """One value from all members; inside, each member in turn is the one at hand."""
    given = [
        _value(run, node.body, other)
        for other in range(len(run.members))
        if node.when is None or _value(run, node.when, other)
    ]
    match node.kind:
        case "count":
            return Fraction(len(given))
        case "any":
            return any(given)
        case "all":
            return all(given)
    numbers = [value for value in given if isinstance(value, Fraction)]
    if node.kind == "sum":
        return sum(numbers, Fraction(0))
    if not numbers:
        assert node.otherwise is not None
        return _value(run, node.otherwise, member)
    return max(numbers) if node.kind == "maximum" else min(numbers)


def _rank(run: _Run, node: ir.Rank, member: int | None) -> ir.Value:
    """Where the member at hand stands when those who count are put in order; sorting keeps equal ones as they come."""
    keys = {
        other: _value(run, node.key, other)
        for other in range(len(run.members))
        if node.when is None or _value(run, node.when, other)
    }
    assert member is not None
    if member not in keys:
        return Fraction(0)
    ordered = sorted(keys, key=keys.__getitem__, reverse=node.descending)
    return Fraction(ordered.index(member) + 1)


# A table instead of a match: of a household with 60 steps to tell, a thousand nodes are computed.
_COMPUTE: Mapping[type, Callable[[_Run, Any, int | None], ir.Value]] = {
    ir.Literal: _literal,
    ir.ReadFact: _fact,
    ir.ReadRule: _rule,
    ir.Lookup: _looked_up,
    ir.Operate: _operation,
    ir.Choose: _choice,
    ir.Round: _rounded,
    ir.Aggregate: _aggregate,
    ir.Rank: _rank,
}
