"""What a case expects, looked up in the program of its day: values that have to come out, results that must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.absent import Absence, EveryDay, ambiguous, is_absent
from dibao_policy.lawcraft.cases.case import Expected, PolicyCase, Written
from dibao_policy.lawcraft.cases.read import member_of
from dibao_policy.lawcraft.cases.values import likely, raw_value, wanted
from dibao_policy.problem import Problem
from dibao_policy.text import Span, nearest
from dibao_policy.units import shown_scale

ALLOWED_SHOWN = 12


@frozen(eq=False)
class Check:
    """One value that has to come out: of the household (`member` is None) or of one member.

    `value` and `tolerance` are in smallest units. Where no rule of its name is in force on the day of the case,
    `rule` is that of another day, and no value can come out.
    """

    rule: ir.Rule
    member: int | None
    value: ir.Value
    tolerance: Fraction
    written: Written


@frozen(eq=False)
class Expectations:
    """What the expected values of a case are looked up in, and the faults of them."""

    compiled: Compiled
    case: PolicyCase
    every_day: EveryDay | None
    size: int
    found: list[Problem]


def checked(about: Expectations) -> tuple[tuple[Check, ...], tuple[Absence, ...]]:
    """Every value that has to come out, with its tolerance, and every result that has to be missing."""
    expected = [one for each in about.case.expected for one in _checks(about, each)]
    checks = _tolerated(about, [one for one in expected if isinstance(one, Check)])
    return tuple(checks), tuple(one for one in expected if isinstance(one, Absence))


def _checks(about: Expectations, expected: Expected) -> Iterator[Check | Absence]:
    size, found = about.size, about.found
    rule = about.compiled.by_name.get(about.compiled.former.get(expected.name, expected.name))
    in_force = rule is not None
    absent = [one for one in expected.values if is_absent(one)]
    if rule is None:
        if absent and about.every_day is None:
            yield Absence(expected.name, None, (), False, absent[0])
            return
        rule = _rule_of(about, expected.name, expected.span)
    if rule is None:
        return
    of_member = rule.scope == "member"
    single = expected.member is None and not expected.every
    if of_member and single and not expected.is_list and absent:
        # That there is no such result may be said without naming a member.
        yield from _absence(about, rule, in_force, range(size), True, absent[0])
        return
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
        if is_absent(written):
            yield from _absence(about, rule, in_force, (member,), False, written)
            continue
        value = raw_value(written.text, rule.type)
        if value is not None:
            yield Check(rule, member, value, Fraction(0), written)
        elif not expected.every or member == 0:
            found.append(_wrong_kind(rule, written))


def _absence(
    about: Expectations,
    rule: ir.Rule,
    in_force: bool,
    members: Iterable[int | None],
    bare: bool,
    written: Written,
) -> Iterator[Absence]:
    unclear = ambiguous(rule, written)
    if unclear is None:
        yield Absence(rule.name, rule if in_force else None, tuple(members), bare, written)
    elif unclear not in about.found:
        about.found.append(unclear)


def _rule_of(about: Expectations, name: str, span: Span) -> ir.Rule | None:
    """The rule of an expected result, by either of its names or one that it had before; or of another day."""
    compiled, case = about.compiled, about.case
    known = compiled.by_name
    rule = known.get(compiled.former.get(name, name))
    if rule is None and about.every_day is not None:
        rule = about.every_day.elsewhere(name, case.day)
    if rule is None:
        allowed = [one.name for one in compiled.program.rules if not one.origin.clause]
        others = about.every_day.results if about.every_day is not None else ()
        about.found.append(
            problems.UnknownResult(
                span=span,
                name=name,
                day=str(case.day),
                near=nearest(name, (*known, *compiled.former, *others)),
                allowed=tuple(f"`{one}`" for one in allowed[:ALLOWED_SHOWN])
                + (("…",) if len(allowed) > ALLOWED_SHOWN else ()),
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


def _tolerated(about: Expectations, checks: list[Check]) -> list[Check]:
    """The checks with their tolerances; one that no expected number has is a problem."""
    found = about.found
    for tolerance in about.case.tolerances:
        read = member_of(tolerance.name, tolerance.span, found)
        rule = _rule_of(about, read[0], tolerance.span) if read else None
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
