"""Cases that pass, made ready to be tried against changed rules, or to be watched while they are decided."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts
from dibao_policy.facts.household import read_household, reader_for
from dibao_policy.lawcraft.cases.bind import Bound, household_of
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.run import Bench, bound_case, passes
from dibao_policy.lawcraft.exercise import Exercise, Key, exercise
from dibao_policy.problem import PolicyError


def exercises_of(bench: Bench, cases: Iterable[PolicyCase]) -> tuple[Exercise, ...]:
    """The cases that pass and are decided: one whose household is refused computes nothing."""
    found = []
    for case in cases:
        bound, _ = bound_case(bench, case)
        if bound is not None and bound.facts is not None and passes(bench, case):
            found.append(
                exercise(
                    case.name,
                    case.day,
                    bound.compiled.program,
                    case.assuming,
                    bound.facts,
                    dict(_wanted(bound)),
                    functools.partial(_read, case),
                    frozenset(_somewhere(bound)),
                    frozenset(one.name for one in bound.absences),
                )
            )
    return tuple(found)


def _read(case: PolicyCase, program: ir.Program) -> Facts | None:
    """The facts of a case's household as a program reads them."""
    try:
        return read_household(reader_for(program), household_of(case, program), case.day)
    except PolicyError:
        return None


def _somewhere(bound: Bound) -> Iterator[str]:
    """The cross-checks of the members that have to be found: of which of them is not said."""
    for rule in bound.finding_rules:
        if rule.scope == "member" and rule.name in (bound.findings or ()):
            yield rule.name


def _wanted(bound: Bound) -> Iterator[tuple[Key, tuple[ir.Value, Fraction]]]:
    assert bound.facts is not None
    if bound.findings is not None:
        # A cross-check of the members that is not found is not found of any of them.
        for rule in bound.finding_rules:
            found = rule.name in bound.findings
            if rule.scope == "household":
                yield (rule.name, None), (found, Fraction(0))
            elif not found:
                for member in range(bound.facts.size):
                    yield (rule.name, member), (found, Fraction(0))
    for one in bound.checks:
        yield (one.rule.name, one.member), (one.value, one.tolerance)
