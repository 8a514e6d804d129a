"""Cases run: the program of each, the quick answer by the generated function, the outcome with its account.

`run_case(policy, case)` gives the outcome of one case; with a `Bench` in the policy's place, programs and bound
cases are kept from one call to the next. `passes` only decides. A tool that tries many changed programs binds
each case once and asks `holds` with the function of each program.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from dibao_policy.compile import Compiled, assuming, compiled_on
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evaluate.generate import Generated, Output, arguments_of
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.trace import Trace
from dibao_policy.explain.account import Account, account_of
from dibao_policy.lawcraft.cases.absent import EveryDay
from dibao_policy.lawcraft.cases.bind import Bound, bind, placed
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.checks import Check
from dibao_policy.lawcraft.cases.compare import Difference, Values, differences, refused_as_expected
from dibao_policy.policy import Policy
from dibao_policy.problem import PolicyError, Problem


@frozen(slots=False, eq=False)
class Bench:
    """A policy with the programs and the bound cases that were asked for so far."""

    policy: Policy
    _programs: dict[tuple[int, tuple[str, ...]], Compiled] = field(factory=dict, repr=False)
    _bound: dict[int, tuple[PolicyCase, Bound | None, tuple[Problem, ...]]] = field(
        factory=dict, repr=False
    )
    unverified: dict[int, frozenset[str]] = field(factory=dict, repr=False)

    @functools.cached_property
    def every_day(self) -> EveryDay:
        """The results that the policy has on any of its days."""
        return EveryDay(self.policy.passed.compiled)


@frozen(slots=False, eq=False)
class Outcome:
    """What came of a case: the faults of the case itself, or the differences, both empty where it passes.

    `tolerated` are the names of the results that are off, and within their tolerance.
    `bound` is None where the case could not be run.
    """

    case: PolicyCase
    problems: tuple[Problem, ...]
    bound: Bound | None = field(repr=False)
    differences: tuple[Difference, ...]
    tolerated: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as the case expects."""
        return not self.problems and not self.differences

    @functools.cached_property
    def trace(self) -> Trace | None:
        """Every step of the interpreter, made when it is asked for; None for a household that is refused."""
        return None if self.bound is None else trace_of(self.bound)

    @functools.cached_property
    def account(self) -> Account | None:
        """The account of the decision, made when it is asked for; None for a household that is refused."""
        if self.bound is None or self.trace is None:
            return None
        return account_of(self.trace, self.case.day, self.bound.compiled.digest)


def bound_case(bench: Bench, case: PolicyCase) -> tuple[Bound | None, tuple[Problem, ...]]:
    """A case on the program of its day, kept for the next time; or what is wrong with it."""
    known = bench._bound.get(id(case))
    if known is None:
        known = (case, *_bound(bench, case))
        bench._bound[id(case)] = known
    return known[1], known[2]


def _bound(bench: Bench, case: PolicyCase) -> tuple[Bound | None, tuple[Problem, ...]]:
    try:
        compiled = compiled_on(bench.policy.passed, case.day)
    except PolicyError as error:
        if case.refused:
            # No program reads the household: the last one stands for the policy.
            last = bench.policy.passed.compiled[-1]
            refusal = tuple(placed(one, case.day_span) for one in error.problems)
            return Bound(case, last, None, refusal, (), None, ()), ()
        return None, tuple(placed(one, case.day_span) for one in error.problems)
    key = (id(compiled), case.assuming)
    if case.assuming and key not in bench._programs:
        try:
            bench._programs[key] = assuming(compiled, case.assuming)
        except PolicyError as error:
            return None, tuple(placed(one, case.span) for one in error.problems)
    return bind(bench._programs.get(key, compiled), case, bench.every_day)


def run_case(policy: Policy | Bench, case: PolicyCase) -> Outcome:
    """Run a case: the faults of the case, or every difference between what it expects and what comes out."""
    bench = policy if isinstance(policy, Bench) else Bench(policy)
    bound, found = bound_case(bench, case)
    if bound is None:
        return Outcome(case, found, None, (), ())
    values = None if bound.facts is None else values_of(bound)
    outcome = Outcome(case, (), bound, (), _tolerated(bound, values))
    # What an explanation says is seen in the account alone.
    account = outcome.account if case.reasons or case.articles else None
    return evolve(outcome, differences=differences(bound, values, account))


def passes(policy: Policy | Bench | Compiled, case: PolicyCase) -> bool:
    """Whether the results, the cross-checks or the refusal of a case are as expected; texts are not looked at.

    Only the generated function is run. With a `Bench`, a case is bound once, and each further call decides alone;
    with a `Compiled`, it is taken for the program of the case, whatever its day and assumed values.
    """
    if isinstance(policy, Compiled):
        bound, _ = bind(policy, case)
    else:
        bench = policy if isinstance(policy, Bench) else Bench(policy)
        bound, _ = bound_case(bench, case)
    if bound is None:
        return False
    return holds(bound, bound.compiled.generated, bound.compiled.outputs)


def holds(bound: Bound, generated: Generated, outputs: Mapping[str, Output]) -> bool:
    """Whether a bound case holds by a function, which may be that of a changed program.

    The function takes the same facts as that of the bound program, and `outputs` are its values by their names.
    """
    facts = bound.facts
    if facts is None:
        return refused_as_expected(bound)
    arguments, filled = arguments_of(
        generated, facts.day, facts.size, facts.household, facts.members
    )
    returned = generated.function(*arguments)
    if any(one.name in outputs for one in bound.absences):
        return False
    for check in bound.checks:
        output = outputs.get(check.rule.name)
        if output is None:
            return False
        if check.member is None:
            number = returned[output.position]
            below = None if output.scale is not None else returned[output.position + 1]
        else:
            number = filled[output.position][check.member]
            below = None if output.scale is not None else filled[output.position + 1][check.member]
        if not _is_value(check, output, number, below):
            return False
    if bound.findings is None:
        return not bound.case.refused
    found = {
        rule.name for rule in bound.finding_rules if _is_found(outputs[rule.name], returned, filled)
    }
    return found == bound.findings and not bound.case.refused


def _is_value(check: Check, output: Output, number: int, below: int | None) -> bool:
    """Whether an integer of the function is the expected value, without making a fraction of it."""
    value = check.value
    if not isinstance(value, Fraction):
        return number == value
    scale = output.scale if below is None else below
    assert scale is not None
    if not check.tolerance:
        return number * value.denominator == value.numerator * scale
    return abs(Fraction(number, scale) - value) <= check.tolerance


def _is_found(output: Output, returned: tuple[int, ...], filled: list[list[int]]) -> bool:
    if output.scope == "household":
        return bool(returned[output.position])
    return any(filled[output.position])


def values_of(bound: Bound) -> Values:
    """The values that a case looks at, in smallest units, by the generated function."""
    facts, compiled = bound.facts, bound.compiled
    assert facts is not None
    arguments, filled = arguments_of(
        compiled.generated, facts.day, facts.size, facts.household, facts.members
    )
    returned = compiled.generated.function(*arguments)
    values: dict[tuple[str, int | None], ir.Value] = {}
    wanted = [
        (check.rule, check.member) for check in bound.checks if check.rule.name in compiled.outputs
    ]
    for one in bound.absences:
        if one.rule is not None:
            wanted += [(one.rule, member) for member in one.members]
    for rule in bound.finding_rules if bound.findings is not None else ():
        members = range(facts.size) if rule.scope == "member" else (None,)
        wanted += [(rule, member) for member in members]
    for rule, member in wanted:
        output = compiled.outputs[rule.name]
        if member is None:
            row: Mapping[int, int] | tuple[int, ...] = returned
        else:
            row = tuple(column[member] for column in filled)
        number = row[output.position]
        if output.is_condition:
            values[rule.name, member] = bool(number)
        elif isinstance(rule.type, Number):
            scale = row[output.position + 1] if output.scale is None else output.scale
            values[rule.name, member] = Fraction(number, scale)
        else:
            values[rule.name, member] = number
    return values


def _tolerated(bound: Bound, values: Values | None) -> tuple[str, ...]:
    """The results that are off, and within their tolerance."""
    if values is None:
        return ()
    return tuple(
        check.rule.name
        for check in bound.checks
        if check.tolerance
        and (check.rule.name, check.member) in values
        and 0
        < abs(Fraction(values[check.rule.name, check.member]) - Fraction(check.value))
        <= check.tolerance
    )


def trace_of(bound: Bound) -> Trace | None:
    """The interpreter's steps on a bound case."""
    return None if bound.facts is None else interpret(bound.compiled.program, bound.facts)
