"""Cases that pass, made ready to be tried against changed rules, or to be watched while they are decided."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Facts
from dibao_policy.facts.household import read_household, reader_for
from dibao_policy.lawcraft.cases.bind import BEYOND, Bound, household_of
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.run import Bench, bound_case, passes
from dibao_policy.lawcraft.exercise import Exercise, Key, Refusal, exercise
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
                    bound.findings,
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


def refusals_of(bench: Bench, cases: Iterable[PolicyCase]) -> tuple[Refusal, ...]:
    """The cases that pass because their household is refused; not those that are refused for their day."""
    found = []
    for case in cases:
        bound, _ = bound_case(bench, case)
        if bound is not None and bound.facts is None and passes(bench, case):
            codes = frozenset(one.text for one in case.refused)
            if codes.isdisjoint(BEYOND):
                found.append(Refusal(case.name, case.day, codes, functools.partial(_refused, case)))
    return tuple(found)


def _refused(case: PolicyCase, program: ir.Program) -> frozenset[str]:
    """The codes with which a program refuses the household of a case."""
    try:
        read_household(reader_for(program), household_of(case, program), case.day)
    except PolicyError as error:
        return frozenset(one.code for one in error.problems)
    return frozenset()


def _wanted(bound: Bound) -> Iterator[tuple[Key, tuple[ir.Value, Fraction]]]:
    for one in bound.checks:
        yield (one.rule.name, one.member), (one.value, one.tolerance)
