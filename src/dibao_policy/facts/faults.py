"""Every fault of a household's facts, with its path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.order import births_of, reads
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_from_number, read_date
from dibao_policy.evaluate.facts import household_facts, member_facts
from dibao_policy.facts import problems
from dibao_policy.facts.not_asked import not_asked_faults
from dibao_policy.facts.numbers import SIZE_LIMIT, read_number
from dibao_policy.facts.words import LABEL, MEMBERS, NOT_ASKED, YES_NO
from dibao_policy.problem import Problem
from dibao_policy.text import nearest
from dibao_policy.units import shown_scale, unit_text
from dibao_policy.values import number_text


@frozen
class _Asked:
    """What is asked of a household: the facts of a program, and days of birth up to that of the decision."""

    program: ir.Program
    births: frozenset[str]
    day: datetime.date


def faults(program: ir.Program, given: object, day: datetime.date) -> tuple[Problem, ...]:
    """All that is wrong, in the order of the policy's inputs."""
    asked = _Asked(program, births_of(program), day)
    if not isinstance(given, Mapping):
        return (wrong_kind("家庭", given, "一组“名称: 值”", "names with values"),)
    found = list(
        _row(asked, household_facts(program), "household", given, "", (*MEMBERS, *NOT_ASKED))
    )
    found += not_asked_faults((*program.facts, *program.idle), given)
    lists = [key for key in MEMBERS if key in given]
    if len(lists) == 2:
        found.append(problems.GivenTwice(path="成员", first=lists[0], second=lists[1]))
    people = given[lists[0]] if lists else ()
    if isinstance(people, (str, bytes, Mapping)) or not isinstance(people, Sequence):
        return (*found, wrong_kind("成员", people, "列表", "a list"))
    if not 1 <= len(people) <= MEMBER_LIMIT:
        return (*found, problems.MemberCount(found=len(people), limit=MEMBER_LIMIT))
    for place, person in enumerate(people):
        path = f"成员[{place + 1}]"
        if not isinstance(person, Mapping):
            found.append(wrong_kind(path, person, "一组“名称: 值”", "names with values"))
            continue
        found += _row(asked, member_facts(program), "member", person, path + ".", LABEL)
        for key in LABEL:
            if key in person and not isinstance(person[key], str):
                found.append(wrong_kind(f"{path}.{key}", person[key], "文字", "a text"))
    return tuple(found)


def _row(
    asked: _Asked,
    facts: Sequence[ir.Fact],
    scope: str,
    given: Mapping[object, object],
    path: str,
    others: Sequence[str],
) -> Iterator[Problem]:
    program = asked.program
    idle = [fact for fact in program.idle if fact.scope == scope]
    known = {form for fact in (*facts, *idle) for form in _forms(fact)} | {*others}
    for key in given:
        if key not in known:
            near = nearest(str(key), known)
            yield problems.UnknownFact(path=f"{path}{key}", near=near)
    for fact in (*facts, *idle):
        forms = [form for form in _forms(fact) if form in given]
        if len(forms) > 1:
            yield problems.GivenTwice(path=path + fact.name, first=forms[0], second=forms[1])
        elif forms:
            yield from _value(asked, fact, given[forms[0]], path + forms[0])
        elif fact.default is None and fact in facts:
            rule = _first_reader(program, fact.name)
            yield problems.MissingFact(path=path + fact.name, rule=rule, question=fact.question)
        elif isinstance(fact.type, Day) and fact in facts:
            assert fact.default is not None
            yield from _born(asked, fact, day_from_number(int(fact.default)), path + fact.name)


def _forms(fact: ir.Fact) -> tuple[str, ...]:
    """The names under which a fact may come."""
    return tuple(filter(None, (fact.name, fact.code, *fact.former)))


def _first_reader(program: ir.Program, name: str) -> str:
    """The first rule that reads a fact, by the name of its block."""
    for rule in program.rules:
        if any(isinstance(one, ir.ReadFact) and one.name == name for one in reads(rule.expression)):
            return rule.origin.name
    return next((income for exempt, income in program.exempt if exempt == name), name)


def _value(asked: _Asked, fact: ir.Fact, value: object, path: str) -> Iterator[Problem]:
    match fact.type:
        case Number():
            yield from _number(fact, fact.type, value, path)
        case YesNo():
            if not (isinstance(value, bool) or (isinstance(value, str) and value in YES_NO)):
                yield wrong_kind(path, value, "是或否", "是 or 否")
        case Day():
            day = read_date(value) if isinstance(value, str) else value
            if type(day) is not datetime.date or not 1900 <= day.year <= 2199:
                yield wrong_kind(path, value, "日期 YYYY-MM-DD", "a date YYYY-MM-DD")
            else:
                yield from _born(asked, fact, day, path)
        case Enumerated(_, members):
            forms = [form for pair in members for form in pair if form]
            if not isinstance(value, str):
                yield wrong_kind(path, value, "文字", "a text")
            elif value not in forms:
                yield problems.NotInEnumeration(
                    path=path,
                    found=_short(value),
                    near=nearest(value, forms),
                    allowed=tuple(f"`{text}`" for text, _ in members),
                )


def _born(asked: _Asked, fact: ir.Fact, day: datetime.date, path: str) -> Iterator[Problem]:
    if day > asked.day and fact.name in asked.births:
        yield problems.AfterDecisionDay(path=path, found=str(day), day=str(asked.day))


def _number(fact: ir.Fact, kind: Number, value: object, path: str) -> Iterator[Problem]:
    unit = unit_text(kind.unit)
    if isinstance(value, float):
        yield problems.BinaryFloat(path=path, found=repr(value))
        return
    number = read_number(value)
    if number is None:
        yield wrong_kind(path, value, f"以 {unit} 计的数", f"a number in {unit}")
        return
    amount = number * shown_scale(kind.unit)
    if not fact.low <= amount <= fact.high:
        yield problems.FactOutOfRange(
            path=path,
            found=_amount(amount, kind),
            low=_amount(fact.low, kind),
            high=_amount(fact.high, kind),
        )
    elif (amount / ir.step_of(fact)).denominator != 1:
        yield problems.TooFine(
            path=path, found=_amount(amount, kind), step=_amount(ir.step_of(fact), kind)
        )


def _amount(value: Fraction, kind: Type) -> str:
    """A number as it is shown, cut short where it is endless to read."""
    if isinstance(kind, Number) and not kind.unit.powers:
        return number_text(value)
    text = shown(value, kind)
    return text if len(text) <= 60 else f"{text[:40]}…"


def wrong_kind(path: str, value: object, wanted: str, wanted_en: str) -> Problem:
    """That something was given of another kind than is wanted, in both tongues."""
    found, found_en = _kind(value)
    return problems.WrongKind(
        path=path, wanted=wanted, wanted_en=wanted_en, found=found, found_en=found_en
    )


def _kind(value: object) -> tuple[str, str]:
    """What was given, as a person would say it, in both tongues."""
    match value:
        case None:
            return "空值", "nothing"
        case bool():
            return ("`是`", "`是`") if value else ("`否`", "`否`")
        case Mapping():
            return "一组“名称: 值”", "names with values"
        case Sequence() if not isinstance(value, (str, bytes)):
            return "列表", "a list"
        case str():
            text = value
        case int() | Fraction() if max(abs(value.numerator), value.denominator) >= SIZE_LIMIT:
            text = "…"
        case int() | Decimal() | Fraction():
            text = str(value)
        case _:
            text = repr(value)
    return f"`{_short(text)}`", f"`{_short(text)}`"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
