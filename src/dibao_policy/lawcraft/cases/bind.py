"""A case bound to the program of its day: its facts read, its results found, or every fault of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.facts.household import read_household
from dibao_policy.facts.words import MEMBERS
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.case import Expected, PolicyCase, Written
from dibao_policy.lawcraft.cases.read import member_of
from dibao_policy.lawcraft.cases.values import likely, raw_value, wanted
from dibao_policy.parameters.amounts import read_amount
from dibao_policy.problem import KINDS, PolicyError, Problem
from dibao_policy.text import Span, nearest
from dibao_policy.units import read_unit, shown_scale
from dibao_policy.values import number_text

FINDING_BLOCK = "核查"
_ALLOWED_SHOWN = 12
BEYOND = ("D2020", "D2021")
"""Days before the first and after the last of a policy: a case may be refused for its day too."""


@frozen(eq=False)
class Check:
    """One value that has to come out: of the household (`member` is None) or of one member.

    `value` and `tolerance` are in smallest units.
    """

    rule: ir.Rule
    member: int | None
    value: ir.Value
    tolerance: Fraction
    written: Written


@frozen(eq=False)
class Bound:
    """A case on its program. `facts` are None for a household that is refused, with `refusal`.

    `findings` are the names of the cross-checks that have to be found, None where nothing is said of them;
    `finding_rules` are all that there are.
    """

    case: PolicyCase
    compiled: Compiled = field(repr=False)
    facts: Facts | None
    refusal: tuple[Problem, ...]
    checks: tuple[Check, ...]
    findings: frozenset[str] | None
    finding_rules: tuple[ir.Rule, ...]


def bind(compiled: Compiled, case: PolicyCase) -> tuple[Bound | None, tuple[Problem, ...]]:
    """Read the household of a case and find its results, on the program of its day and its assumed values.

    Without a bound case, the problems are all faults: of the household, of the names, of the expected values.
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
    checks = [one for each in case.expected for one in _checks(compiled, case, each, size, found)]
    checks = _tolerated(compiled, case, checks, found)
    rules = tuple(rule for rule in compiled.program.rules if is_finding(rule))
    findings = _findings(case, rules, found)
    if found:
        return None, tuple(found)
    return Bound(case, compiled, facts, faults, tuple(checks), findings, rules), ()


def is_finding(rule: ir.Rule) -> bool:
    """Whether a rule is a cross-check (核查)."""
    return rule.origin.block == FINDING_BLOCK and not rule.origin.clause


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


# ---- what is expected ---------------------------------------------------------------------


def _checks(
    compiled: Compiled, case: PolicyCase, expected: Expected, size: int, found: list[Problem]
) -> Iterator[Check]:
    rule = rule_of(compiled, case, expected.name, expected.span, found)
    if rule is None:
        return
    of_member = rule.scope == "member"
    single = expected.member is None and not expected.every
    if of_member == (single and not expected.is_list) or (expected.is_list and not single):
        found.append(_whose(rule, expected))
        return
    places: list[int | None] = [expected.member]
    values = expected.values
    if expected.every:
        places, values = list(range(size)), values * size
    elif expected.is_list:
        if len(values) != size:
            found.append(
                problems.ListLength(
                    span=expected.span, name=rule.name, found=len(values), count=size
                )
            )
            return
        places = list(range(size))
    elif expected.member is not None and expected.member >= size:
        number = expected.member + 1
        found.append(
            problems.NoSuchMember(span=expected.span, name=rule.name, number=number, count=size)
        )
        return
    for member, written in zip(places, values, strict=True):
        value = raw_value(written.text, rule.type)
        if value is not None:
            yield Check(rule, member, value, Fraction(0), written)
        elif not expected.every or member == 0:
            found.append(_wrong_kind(rule, written))


def rule_of(
    compiled: Compiled, case: PolicyCase, name: str, span: Span, found: list[Problem]
) -> ir.Rule | None:
    """The rule of an expected result, by either of its names or one that it had before."""
    known = compiled.by_name
    rule = known.get(compiled.former.get(name, name))
    if rule is None:
        allowed = [one.name for one in compiled.program.rules if not one.origin.clause]
        found.append(
            problems.UnknownResult(
                span=span,
                name=name,
                day=str(case.day),
                near=nearest(name, (*known, *compiled.former)),
                allowed=tuple(f"`{one}`" for one in allowed[:_ALLOWED_SHOWN])
                + (("…",) if len(allowed) > _ALLOWED_SHOWN else ()),
            )
        )
    return rule


def _whose(rule: ir.Rule, expected: Expected) -> Problem:
    texts = ("成员", "a member"), ("家庭", "the household")
    of_member = rule.scope == "member"
    whose, whose_en = texts[0] if of_member else texts[1]
    written, written_en = texts[1] if of_member else texts[0]
    if of_member and expected.is_list:
        written, written_en = "列表", "a list"
    return problems.WhoseResult(
        span=expected.span,
        name=rule.name,
        whose=whose,
        whose_en=whose_en,
        written=written,
        written_en=written_en,
        mend=f"成员[1].{rule.name}" if of_member and not expected.is_list else rule.name,
    )


def _wrong_kind(rule: ir.Rule, written: Written) -> Problem:
    zh, en = wanted(rule.type)
    return problems.ExpectedKind(
        span=written.span,
        name=rule.name,
        wanted=zh,
        wanted_en=en,
        found=written.text,
        near=likely(written.text, rule.type),
    )


def _tolerated(
    compiled: Compiled, case: PolicyCase, checks: list[Check], found: list[Problem]
) -> list[Check]:
    """The checks with their tolerances; one that no expected number has is a problem."""
    for tolerance in case.tolerances:
        read = member_of(tolerance.name, tolerance.span, found)
        rule = rule_of(compiled, case, read[0], tolerance.span, found) if read else None
        if read is None or rule is None:
            continue
        met = [
            one for one in checks if one.rule is rule and (read[1] is None or one.member == read[1])
        ]
        if not met or not isinstance(rule.type, Number):
            numbers = isinstance(rule.type, Number)
            found.append(
                problems.ToleranceOfNothing(
                    span=tolerance.span,
                    name=tolerance.name,
                    why="期望里没有写它" if numbers else "它不是数",
                    why_en="it is not among what is expected" if numbers else "it is no number",
                )
            )
            continue
        amount = tolerance.amount * shown_scale(rule.type.unit)
        checks = [evolve(one, tolerance=amount) if one in met else one for one in checks]
    return checks


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
                    allowed=tuple(f"`{rule.name}`" for rule in rules[:_ALLOWED_SHOWN]),
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
