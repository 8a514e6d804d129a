"""A program with the properties that speak of it, made into one function that can be run on many households."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.integers import to_integers
from dibao_policy.core.order import reads
from dibao_policy.core.show import expression_text
from dibao_policy.core.types import YesNo
from dibao_policy.dates import contains
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.generate import Generated, Output, arguments_of, generate
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.problem import Problem
from dibao_policy.syntax.tree import Scope

# No rule of a policy can have a name with such a mark.
_MARK = "⟨性质⟩"


@frozen
class Watched:
    """A property and where the function gives what it is about."""

    property: ir.Property
    premise: Output | None
    conclusion: Output


@frozen
class Trial:
    """What is run: `program` holds what the properties are about as rules, and all that those rest on, no more.

    `switches` are all conditions of the household: where none of them and of its members' changes, no amount jumps.
    """

    program: ir.Program = field(repr=False)
    generated: Generated = field(repr=False)
    watched: tuple[Watched, ...]
    switches: tuple[int, ...] = field(repr=False)


@frozen
class Seen:
    """What one household gives: the household's values, and the lists of the members' values."""

    returned: tuple[int, ...]
    filled: list[list[int]]


def can_be_tried(one: ir.Property, program: ir.Program) -> bool:
    """Whether a property speaks of the days of a program, and all that it is about can be computed by it."""
    if not contains(one.period, program.since):
        return False
    facts = {fact.name for fact in (*program.facts, *program.idle)} | {DECISION_DAY}
    rules = {rule.name for rule in program.rules}
    tables = {table.name for table in (*program.tables, *program.published)}
    return all(
        (isinstance(read, ir.ReadFact) and read.name in facts)
        or (isinstance(read, ir.ReadRule) and read.name in rules)
        or (isinstance(read, ir.Lookup) and read.table in tables)
        for read in _read(one)
    ) and (one.moved is None or one.moved.name in facts)


def _read(one: ir.Property) -> Iterator[ir.ReadFact | ir.ReadRule | ir.Lookup]:
    yield from reads(one.conclusion)
    if one.premise is not None:
        yield from reads(one.premise)


def trial_of(
    program: ir.Program, properties: Sequence[ir.Property]
) -> tuple[Trial | None, tuple[Problem, ...]]:
    """Add properties to a program; problems where one divides by what may be zero, or leaves 64 bits."""
    added: list[ir.Rule] = []
    for one in properties:
        if one.premise is not None:
            added.append(_rule(f"{_MARK}{one.name}·前提", "household", one.premise))
        added.append(_rule(f"{_MARK}{one.name}·结论", "household", one.conclusion))
    names = behind([rule.name for rule in added], (*program.rules, *added))
    names |= {one.moved.name for one in properties if one.moved is not None}
    rules = (*(rule for rule in program.rules if rule.name in names), *added)
    whole = evolve(
        program,
        # What a property alone reads is no fact of the program; it is one of the trial.
        facts=tuple(one for one in (*program.facts, *program.idle) if one.name in names),
        idle=(),
        tables=tuple(
            table for table in (*program.tables, *program.published) if table.name in names
        ),
        published=(),
        rules=(*rules, *_switches(rules)),
    )
    integers, found = to_integers(whole)
    if found:
        return None, found
    conditions = [rule.name for rule in whole.rules if rule.type == YesNo()]
    wanted = dict.fromkeys((*conditions, *(rule.name for rule in added)))
    generated = generate(integers, wanted)
    outputs = {output.name: output for output in generated.outputs}
    watched = tuple(
        Watched(
            one,
            outputs.get(f"{_MARK}{one.name}·前提"),
            outputs[f"{_MARK}{one.name}·结论"],
        )
        for one in properties
    )
    places = tuple(
        outputs[name].position for name in conditions if outputs[name].scope == "household"
    )
    return Trial(whole, generated, watched, places), ()


def behind(names: Iterable[str], rules: Iterable[ir.Rule]) -> set[str]:
    """All that some rules rest on, through all the rules between: rules, facts and parameters, and they themselves."""
    by_name = {rule.name: rule for rule in rules}
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            if name in by_name:
                left += [
                    one.table if isinstance(one, ir.Lookup) else one.name
                    for one in reads(by_name[name].expression)
                ]
    return found


def _rule(name: str, scope: Scope, expression: ir.Expression) -> ir.Rule:
    return ir.Rule(
        name=name,
        code="",
        scope=scope,
        type=expression.type,
        expression=expression,
        citations=(),
        origin=ir.Origin("性质", name, ""),
        layer="",
        since=None,
        note="",
        otherwise="",
        span=expression.span,
    )


def _switches(rules: Iterable[ir.Rule]) -> Iterator[ir.Rule]:
    """Every condition inside the rules, as a rule of its own."""
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        for scope, test in _tests(rule.expression, rule.scope):
            # A condition that is a rule already is watched there.
            key = (scope, expression_text(test))
            if key not in seen and not isinstance(test, (ir.ReadRule, ir.Literal)):
                seen.add(key)
                yield _rule(f"{_MARK}{len(seen)}", scope, test)


def _tests(node: ir.Expression, scope: Scope) -> Iterator[tuple[Scope, ir.Expression]]:
    match node:
        case ir.Choose(cases=cases):
            yield from ((scope, test) for test, _ in cases)
        case ir.Aggregate(kind, body, when):
            scope = "member"
            if when is not None:
                yield scope, when
            if kind in ("any", "all"):
                yield scope, body
    for child in ir.children(node):
        yield from _tests(child, scope)


def run(trial: Trial, facts: Facts) -> Seen:
    """Decide on a household by the generated function."""
    arguments, filled = arguments_of(
        trial.generated, facts.day, facts.size, facts.household, facts.members
    )
    return Seen(trial.generated.function(*arguments), filled)


def switches_of(trial: Trial, seen: Seen) -> tuple[object, ...]:
    """How every condition of the program came out."""
    return tuple(seen.returned[place] for place in trial.switches), seen.filled


def value_of(output: Output, seen: Seen) -> int | Fraction:
    """A value of the household, to compare with the same value of another: in steps of its own, or exact."""
    value = seen.returned[output.position]
    return (
        value if output.scale is not None else Fraction(value, seen.returned[output.position + 1])
    )


def refutes(watched: Watched, seen: Seen) -> bool:
    """Whether a household refutes an invariant."""
    if watched.premise is not None and not seen.returned[watched.premise.position]:
        return False
    return not seen.returned[watched.conclusion.position]


def loss(watched: Watched, below: int | Fraction, above: int | Fraction) -> Fraction:
    """How far a trend's number goes the wrong way from a lower to a higher value of the fact that moves.

    In smallest units; zero or less where it goes the right way.
    """
    first, second = (below, above) if watched.property.upward else (above, below)
    fall = Fraction(first - second, watched.conclusion.scale or 1)
    match watched.property.effect:
        case "not_decrease":
            return fall
        case "not_increase":
            return -fall
    return abs(fall)
