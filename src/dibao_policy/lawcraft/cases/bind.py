"""A case bound to the program of its day: its facts read, its results found, or every fault of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.explain.account import is_finding
from dibao_policy.facts.household import read_household
from dibao_policy.facts.words import MEMBERS
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.absent import Absence, EveryDay
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.checks import ALLOWED_SHOWN, Check, Expectations, checked
from dibao_policy.parameters.amounts import read_amount
from dibao_policy.problem import KINDS, PolicyError, Problem
from dibao_policy.text import Span, nearest
from dibao_policy.units import read_unit, shown_scale
from dibao_policy.values import number_text

BEYOND = ("D2020", "D2021")
"""Days before the first and after the last of a policy: a case may be refused for its day too."""


@frozen(eq=False)
class Bound:
    """A case on its program. `facts` are None for a household that is refused, with `refusal`.

    `findings` are the names of the cross-checks that have to be found, None where nothing is said of them;
    `finding_rules` are all that there are. `absences` are the results that have to be missing.
    """

    case: PolicyCase
    compiled: Compiled = field(repr=False)
    facts: Facts | None
    refusal: tuple[Problem, ...]
    checks: tuple[Check, ...]
    findings: frozenset[str] | None
    finding_rules: tuple[ir.Rule, ...]
    absences: tuple[Absence, ...] = ()
    every_day: EveryDay | None = field(default=None, repr=False)


def bind(
    compiled: Compiled, case: PolicyCase, every_day: EveryDay | None = None
) -> tuple[Bound | None, tuple[Problem, ...]]:
    """Read the household of a case and find its results, on the program of its day and its assumed values.

    Without a bound case, the problems are all faults: of the household, of the names, of the expected values.
    Without the results of every day, any name can be that of a result which is not there.
    """
    given = household_of(case, compiled.program)
    facts, faults = None, tuple[Problem, ...]()
    try:
        facts = read_household(compiled.reader, given, case.day)
    except PolicyError as error:
        faults = tuple(placed(one, _place(case, one)) for one in error.problems)
    found: list[Problem] = [] if case.refused else list(faults)
    found += _unknown_codes(case)
    size = facts.size if facts is not None else _size(given)
    checks, absences = checked(Expectations(compiled, case, every_day, size, found))
    rules = tuple(rule for rule in compiled.program.rules if is_finding(rule))
    findings = _findings(case, rules, found)
    if found:
        return None, tuple(found)
    return Bound(case, compiled, facts, faults, checks, findings, rules, absences, every_day), ()


# ---- the household ------------------------------------------------------------------------


def household_of(case: PolicyCase, program: ir.Program) -> dict[str, Any]:
    """The household of a case with what its file has in common, as `dibao evaluate` takes it."""
    facts = (*program.facts, *program.idle)
    forms = {
        scope: {form: one for one in facts if one.scope == scope for form in _forms(one)}
        for scope in ("household", "member")
    }
    given = _completed(case.household, case.common.household, forms["household"])
    for key in MEMBERS:
        people = given.get(key)
        if isinstance(people, list):
            given[key] = [
                _completed(one, case.common.member, forms["member"])
                if isinstance(one, Mapping)
                else one
                for one in people
            ]
    if not case.of_table:
        return given
    return _without_units(given, forms)


def _forms(fact: ir.Fact) -> tuple[str, ...]:
    return tuple(filter(None, (fact.name, fact.code, *fact.former)))


def _completed(
    own: Mapping[str, Any], common: Mapping[str, Any], forms: Mapping[str, ir.Fact]
) -> dict[str, Any]:
    """What is given, and what is common of which nothing is given under any of its names."""
    given = dict(own)
    named = {forms[name].name for name in own if name in forms}
    for name, value in common.items():
        if name not in own and (name not in forms or forms[name].name not in named):
            given[name] = value
    return given


def _without_units(
    given: dict[str, Any], forms: Mapping[str, Mapping[str, ir.Fact]]
) -> dict[str, Any]:
    """A cell may say `3月` or `500元/月`; a household is read in numbers alone."""

    def plain(fact: ir.Fact | None, value: Any) -> Any:
        if fact is None or not isinstance(fact.type, Number) or not isinstance(value, str):
            return value
        amount = read_amount(value)
        if amount is None:
            return value
        unit = read_unit(amount.unit_text) if amount.unit_text else None
        if unit is None:
            return number_text(amount.number) if amount.is_percent else value
        return (
            amount.number * unit[1] / shown_scale(fact.type.unit)
            if unit[0] == fact.type.unit
            else value
        )

    for key, value in given.items():
        if key in MEMBERS and isinstance(value, list):
            given[key] = [
                {name: plain(forms["member"].get(name), one) for name, one in person.items()}
                for person in value
            ]
        else:
            given[key] = plain(forms["household"].get(key), value)
    return given


def placed(problem: Problem, span: Span) -> Problem:
    """A problem with the place that it has in a file of cases."""
    # Every kind is made by attrs, which mypy cannot see through `problem_kind`.
    moved: Problem = evolve(problem, span=span)  # type: ignore[misc]
    return moved


def _size(given: Mapping[str, Any]) -> int:
    people: list[Any] = next(
        (given[key] for key in MEMBERS if isinstance(given.get(key), list)), []
    )
    return len(people)


def _place(case: PolicyCase, problem: Problem) -> Span:
    """Where the fact of a problem stands, or else what it should stand in."""
    path = str(getattr(problem, "path", "成员"))
    member, _, name = path.rpartition(".")
    for places, key in (
        (case.places, path),
        (case.common.places, f"成员.{name}" if member else path),
        (case.places, member),
    ):
        if key in places:
            return places[key]
    return case.household_span


# ---- the cross-checks and the codes --------------------------------------------------------


def _findings(
    case: PolicyCase, rules: tuple[ir.Rule, ...], found: list[Problem]
) -> frozenset[str] | None:
    if case.findings is None:
        return None
    known = {form: rule.name for rule in rules for form in (rule.name, rule.code) if form}
    for one in case.findings:
        if one.text not in known:
            found.append(
                problems.UnknownResult(
                    span=one.span,
                    name=one.text,
                    day=str(case.day),
                    near=nearest(one.text, known),
                    allowed=tuple(f"`{rule.name}`" for rule in rules[:ALLOWED_SHOWN]),
                )
            )
    return frozenset(known[one.text] for one in case.findings if one.text in known)


def _unknown_codes(case: PolicyCase) -> Iterator[Problem]:
    codes = sorted(code for code in KINDS if code[:2] == "D5" and KINDS[code].severity == "error")
    for one in case.refused:
        if one.text not in (*codes, *BEYOND):
            yield problems.UnknownCode(
                span=one.span, found=one.text, allowed=tuple(f"`{code}`" for code in codes)
            )
