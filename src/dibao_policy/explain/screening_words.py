"""A screening as text and as data: what is decided, within which bounds, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo, type_text
from dibao_policy.evaluate.possible import Among, Possible, is_known, the_value
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.data import given_json, policy_json
from dibao_policy.explain.notice import grouped, heading
from dibao_policy.explain.screening import Outlook, Question, Screening
from dibao_policy.units import shown_scale
from dibao_policy.values import number_text

# ── text ──────────────────────────────────────────────────────────────────


def screening_text(screening: Screening) -> str:
    """What a citizen reads: the results as far as they are known, and what is still to be answered."""
    return "\n".join(_lines(screening)) + "\n"


def _lines(screening: Screening) -> Iterator[str]:
    yield from heading(screening.program, screening.day, screening.digest)
    yield ""
    yield "一、按已有的情况"
    for _, group in groupby(screening.results, lambda one: one.rule.name):
        yield from _results(list(group), screening)
    yield ""
    if screening.decided:
        yield "二、不需要再回答别的问题"
    else:
        yield "二、还需要回答（最能决定结果的在前）"
        for number, question in enumerate(screening.questions, 1):
            yield from _question(number, question, screening)
    if screening.defaults:
        yield ""
        yield "三、没有填写、按政策规定的默认值处理"
        for line in grouped(screening.defaults, screening.labels):
            yield f"  {line}"


def _results(outlooks: Sequence[Outlook], screening: Screening) -> Iterator[str]:
    """One line for each result; one for all members where they are alike."""
    name = outlooks[0].rule.name
    sentences = [outlook_sentence(one) for one in outlooks]
    if len(outlooks) > 1 and len(set(sentences)) == 1:
        yield (
            f"  {name}：每个成员都是 {sentences[0]}"
            if outlooks[0].decided
            else (f"  {name}：每个成员都{sentences[0]}")
        )
        return
    for one, sentence in zip(outlooks, sentences, strict=True):
        yield f"  {_whose(one.member, screening)}{name}：{sentence}"


def outlook_sentence(outlook: Outlook) -> str:
    """A value, or that it is not known yet and what it can be."""
    possible, kind = outlook.possible, outlook.rule.type
    if possible is not None and is_known(possible):
        return words.amount(the_value(possible), kind)
    bounds = _bounds(possible, kind)
    return f"还不能确定，{bounds}" if bounds else "还不能确定"


def _bounds(possible: Possible | None, kind: Type) -> str:
    """`不低于 0元/月，不高于 338元/月`; nothing for 是否, which can only be the one or the other."""
    if possible is None or isinstance(kind, YesNo):
        return ""
    if isinstance(possible, Among):
        return f"可能是 {'、'.join(words.amount(one, kind) for one in sorted(possible.members))}"
    low, high = words.amount(possible.low, kind), words.amount(possible.high, kind)
    if isinstance(kind, Day):
        return f"不早于 {low}，不晚于 {high}"
    return f"不低于 {low}，不高于 {high}"


def _question(number: int, question: Question, screening: Screening) -> Iterator[str]:
    fact = question.fact
    asked = f"：{fact.question}" if fact.question else ""
    yield f"{number:>3}. {_whose(question.member, screening)}{fact.name}{asked}"
    judged = "由经办人员认定；" if fact.discretion else ""
    results = dict.fromkeys(name for name, _ in question.results)
    yield f"      {judged}{_answers(fact)}；关系到 {'、'.join(results)}"


def _answers(fact: ir.Fact) -> str:
    """What may be answered: the unit and the range, or the choices."""
    match fact.type:
        case Number(unit) if not unit.powers:
            return f"填写比例，如 0.3，{number_text(fact.low)} 至 {number_text(fact.high)}"
        case Number():
            low, high = words.amount(fact.low, fact.type), words.amount(fact.high, fact.type)
            return f"以 {type_text(fact.type)} 计，{low} 至 {high}"
        case Day():
            return "填写日期，如 2000-01-31"
        case Enumerated(_, members):
            return f"可以是 {'、'.join(name for name, _ in members)}"
    return "回答 是 或 否"


def _whose(member: int | None, screening: Screening) -> str:
    return "" if member is None else f"{screening.labels[member]} "


# ── data ──────────────────────────────────────────────────────────────────


def screening_json(screening: Screening) -> dict[str, Any]:
    """The same as data; `questions` of a result are paths, in the order in which to ask them."""
    return {
        "policy": policy_json(screening.program, screening.digest),
        "day": str(screening.day),
        "members": list(screening.labels),
        "decided": screening.decided,
        "results": [outlook_json(one) for one in screening.results],
        "questions": [_question_json(one) for one in screening.questions],
        "defaults": [given_json(given) for given in screening.defaults],
    }


def outlook_json(outlook: Outlook) -> dict[str, Any]:
    """What is known of one result, as data."""
    possible, kind = outlook.possible, outlook.rule.type
    found: dict[str, Any] = {
        "name": outlook.rule.name,
        "code": outlook.rule.code,
        "member": outlook.member,
        "decided": outlook.decided,
    }
    if possible is None:
        pass
    elif is_known(possible):
        found["value"] = value_text(the_value(possible), kind)
    elif isinstance(possible, Among):
        found["choices"] = [value_text(place, kind) for place in sorted(possible.members)]
    elif isinstance(kind, YesNo):
        found["choices"] = ["否", "是"]
    else:
        found |= {"low": value_text(possible.low, kind), "high": value_text(possible.high, kind)}
    return found | {"questions": [question.path for question in outlook.questions]}


def _question_json(question: Question) -> dict[str, Any]:
    fact = question.fact
    found: dict[str, Any] = {
        "path": question.path,
        "name": fact.name,
        "code": fact.code,
        "member": question.member,
        "question": fact.question,
        "type": type_text(fact.type),
        "discretion": fact.discretion,
        "results": [{"name": name, "member": member} for name, member in question.results],
    }
    match fact.type:
        case Number(unit):
            scale = shown_scale(unit)
            found |= {"low": number_text(fact.low / scale), "high": number_text(fact.high / scale)}
        case Enumerated(_, members):
            found["choices"] = [name for name, _ in members]
        case YesNo():
            found["choices"] = ["否", "是"]
    return found
