"""The outcome of a case in words and as data, in both tongues: what a person or another system is told."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account
from dibao_policy.explain.notice import refusal_reason
from dibao_policy.lawcraft.cases.absent import ABSENT, days_text
from dibao_policy.lawcraft.cases.checks import Check
from dibao_policy.lawcraft.cases.compare import (
    ArticleMissing,
    Difference,
    FindingDiffers,
    ReasonMissing,
    RefusalDiffers,
    ResultDiffers,
    ResultMissing,
    ResultThere,
)
from dibao_policy.lawcraft.cases.run import Outcome
from dibao_policy.lawcraft.cases.steps import (
    confirmed_by,
    earlier_cause,
    numbered,
    rests_on,
    step_line,
    steps_of_the_gap,
)
from dibao_policy.problem import Language, message
from dibao_policy.text import Span, position


@frozen
class Told:
    """A difference: one sentence, and under it the lines that it rests on."""

    sentence: str
    lines: tuple[str, ...]
    data: dict[str, Any]


def told(outcome: Outcome, lang: Language) -> tuple[Told, ...]:
    """The differences of a case in words."""
    return tuple(_told(one, outcome, lang) for one in outcome.differences)


def place_text(span: Span) -> str:
    """`file:line`."""
    return f"{span.source.name}:{position(span)[0]}"


def _told(one: Difference, outcome: Outcome, lang: Language) -> Told:
    zh = lang == "zh"
    match one:
        case ResultDiffers():
            return _result(one, outcome, lang)
        case ResultMissing():
            return _missing(one, outcome, lang)
        case ResultThere():
            return _there(one, lang)
        case ReasonMissing(text):
            sentence = f"说明里没有“{text.text}”" if zh else f"the explanation lacks “{text.text}”"
            return Told(sentence, (), {"kind": "reason", "expected": text.text})
        case ArticleMissing(text, cited):
            sentence = f"没有引用 {text.text}" if zh else f"{text.text} is not cited"
            head = "引用的是" if zh else "cited are"
            lines = (f"{head}：", *(f"  {one}" for one in cited))
            data = {"kind": "article", "expected": text.text, "found": list(cited)}
            return Told(sentence, lines, data)
        case FindingDiffers(name, found):
            if found:
                sentence = f"多出核查 {name}" if zh else f"the cross-check {name} was found too"
            else:
                sentence = f"没有查出 {name}" if zh else f"the cross-check {name} was not found"
            return Told(sentence, (), {"kind": "finding", "name": name, "found": found})
        case RefusalDiffers():
            return _refusal(one, lang)


def _refusal(one: RefusalDiffers, lang: Language) -> Told:
    codes = list(dict.fromkeys(problem.code for problem in one.found))
    expected, found = "、".join(one.expected), "、".join(codes)
    if lang == "zh":
        was = f"以 {found} 拒绝" if found else "没有拒绝"
        sentence = f"期望以 {expected} 拒绝这个家庭，实际{was}"
    else:
        expected, found = ", ".join(one.expected), ", ".join(codes)
        was = f"it was refused with {found}" if found else "it was not refused"
        sentence = f"the household was to be refused with {expected}, and {was}"
    lines = tuple(f"{problem.code} {message(problem, lang)}" for problem in one.found)
    data = {"kind": "refusal", "expected": list(one.expected), "found": codes}
    return Told(sentence, lines, data)


def name_of(check: Check) -> str:
    """A result as a case names it."""
    return (
        check.rule.name if check.member is None else f"成员[{check.member + 1}].{check.rule.name}"
    )


def _result(one: ResultDiffers, outcome: Outcome, lang: Language) -> Told:
    check, account = one.check, outcome.account
    assert account is not None and outcome.bound is not None
    off = tuple(other for other in outcome.differences if isinstance(other, ResultDiffers))
    confirmed = confirmed_by(outcome.bound, off)
    names = rests_on(check.rule.name, account, confirmed)
    steps = numbered(account)
    cause = earlier_cause(one, off, account)
    name = name_of(check)
    expected, found = (words.amount(value, check.rule.type) for value in (check.value, one.found))
    gap = _gap(one)
    likely = [] if cause else list(steps_of_the_gap(one, names, account, confirmed))
    if lang == "zh":
        sentence = f"期望 {name} {expected}，得到 {found}" + (f"（差 {gap}）" if gap else "")
    else:
        sentence = f"expected {name} {expected}, got {found}" + (f" ({gap})" if gap else "")
    sentence += _where(check, cause, steps, likely, account, lang)
    lines: list[str] = []
    if cause is None:
        lines = list(_lines(names, confirmed, outcome, account, lang))
    data: dict[str, Any] = {
        "kind": "result",
        "name": check.rule.name,
        "member": check.member,
        "expected": expected,
        "found": found,
        "difference": gap or None,
        "step": steps[check.rule.name].number if check.rule.name in steps else None,
        "because_of": cause,
        "equal_to": [told.rule.name for _, told in likely],
    }
    return Told(sentence, tuple(lines), data)


def _missing(one: ResultMissing, outcome: Outcome, lang: Language) -> Told:
    """An expected value of a result that is not there, with the days on which it is."""
    check = one.check
    assert outcome.bound is not None and outcome.bound.every_day is not None
    days = days_text(outcome.bound.every_day.days(check.rule.name), lang)
    head = f"有这项结果的日子：{days}" if lang == "zh" else f"the days with such a result: {days}"
    expected = words.amount(check.value, check.rule.type)
    return _about_absence(check.rule.name, check.member, expected, ABSENT[lang], (head,), lang)


def _there(one: ResultThere, lang: Language) -> Told:
    """The values of a result that was to be missing."""
    texts = [words.amount(value, one.rule.type) for value in one.values]
    members = one.absence.members
    member = members[0] if len(members) == 1 and not one.absence.bare else None
    found = ("、" if lang == "zh" else ", ").join(texts)
    return _about_absence(one.rule.name, member, ABSENT[lang], found, (), lang)


def _about_absence(
    rule: str,
    member: int | None,
    expected: str,
    found: str,
    lines: tuple[str, ...],
    lang: Language,
) -> Told:
    name = rule if member is None else f"成员[{member + 1}].{rule}"
    if lang == "zh":
        sentence = f"期望 {name} {expected}，得到 {found}"
    else:
        sentence = f"expected {name} {expected}, got {found}"
    data: dict[str, Any] = {
        "kind": "result",
        "name": rule,
        "member": member,
        "expected": expected,
        "found": found,
        "difference": None,
        "step": None,
        "because_of": None,
        "equal_to": [],
    }
    return Told(sentence, lines, data)


def _gap(one: ResultDiffers) -> str:
    """How much more or less than expected came out: `−20元/月`."""
    value, found = one.check.value, one.found
    if not (isinstance(value, Fraction) and isinstance(found, Fraction)):
        return ""
    text = words.amount(abs(found - value), one.check.rule.type)
    return ("+" if found > value else "−") + text


def _where(
    check: Check, cause: str | None, steps: Any, likely: Any, account: Account, lang: Language
) -> str:
    """The first step that can be named: an expected one that is wrong already, one as large as the gap, or its own."""
    zh = lang == "zh"
    if cause is not None:
        number = f"第 {steps[cause].number} 步" if cause in steps else ""
        if zh:
            return f"，因为{number} {cause} 已经不同"
        return f", because {cause} differs already" + (
            f" in step {steps[cause].number}" if number else ""
        )
    if likely:
        number, told = likely[0]
        whose = words.whose(told.member, account)
        value = words.amount(told.value, told.rule.type)
        if zh:
            return f"，第 {number} 步：{whose}{words.title(told)} {value} 与差额相等"
        return f", step {number}: {whose}{words.title(told)} {value} is just the difference"
    if check.rule.name in steps:
        number = steps[check.rule.name].number
        return f"，第 {number} 步" if zh else f", step {number}"
    return ""


def _lines(
    names: set[str], confirmed: frozenset[str], outcome: Outcome, account: Account, lang: Language
) -> Iterator[str]:
    steps = [(name, step) for name, step in numbered(account).items() if name in names]
    if steps:
        yield "所依据的步骤：" if lang == "zh" else "the steps that it rests on:"
    for name, step in steps:
        mark = (" ✓ 与期望相符" if lang == "zh" else " ✓ as expected") if name in confirmed else ""
        yield f"{step_line(step, account)}{mark}"
    for refused in account.refusals:
        head = "未通过" if lang == "zh" else "not met:"
        yield f"{head} {words.title(refused)}：{refusal_reason(refused, account)}"
