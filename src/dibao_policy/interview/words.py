"""An interview in words, in both tongues, and as data.

The questions, the names and the articles are the policy's own and stay Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dibao_policy.core.types import YesNo
from dibao_policy.evaluate.facts import given_value
from dibao_policy.evaluate.possible import Among, is_known, the_value
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.notice import heading
from dibao_policy.explain.screening import Outlook
from dibao_policy.explain.screening_words import outlook_json, outlook_sentence
from dibao_policy.facts.not_asked import place_of
from dibao_policy.interview.grounds import grounds_of
from dibao_policy.interview.questions import Asked
from dibao_policy.interview.session import PUT_OFF_LIMIT, Interview
from dibao_policy.interview.state import state_json
from dibao_policy.problem import Language

_WORDS: dict[str, tuple[str, str]] = {
    "help": (
        "逐项回答。? 问为什么要问；返回 改上一个回答；不知道 先放一放。",
        "Answer one by one. ? says why it is asked; back takes back the last answer; unknown puts it off.",
    ),
    "again": ("（前面放下的，再问一次）", " (put off before, and asked once more)"),
    "number": ("以 {unit} 计，{low} 至 {high}", "in {unit}, {low} to {high}"),
    "ratio": ("填写比例，如 0.3，{low} 至 {high}", "a share such as 0.3, {low} to {high}"),
    "day": ("填写日期，如 2000-01-31，{low} 至 {high}", "a day such as 2000-01-31, {low} to {high}"),
    "names": (
        "用顿号隔开；不填就直接回车，按 成员1、成员2 称呼",
        "with commas between; leave empty to call them 成员1, 成员2",
    ),
    "default": ("直接回车是 {default}（默认）", "leave empty for {default}, the default"),
    "judged": ("由经办人员认定", "judged by a case worker"),
    "left": ("最多还要问 {left} 项", "at most {left} more questions"),
    "none_left": ("不需要再问了", "nothing more to ask"),
    "fixed": ("已经定下：{results}", "fixed by now: {results}"),
    "why_who": (
        "家里有几口人、都是谁，决定要问哪些人的情况。",
        "Who lives in the household decides whose facts are asked.",
    ),
    "why": (
        "为什么要问：{results} 取决于它。",
        "Why it is asked: it still decides {results}.",
    ),
    "why_rule": ("{rule}，依据：{cited}", "{rule}, by {cited}"),
    "decided": (
        "结果已经定下。问了 {asked} 项；填完整的表要填 {full} 项，省下 {saved} 项（其中 {default} 项有默认值）。",
        "All results are fixed. Asked: {asked}, of a full form of {full}; saved: {saved} ({default} have a default).",
    ),
    "open": (
        "还没有定下：还有 {left} 项没有回答。问了 {asked} 项；填完整的表要填 {full} 项。",
        "Not fixed yet: {left} questions have no answer. Asked: {asked}, of a full form of {full}.",
    ),
    "begun": ("还没有开始问。", "Nothing has been asked yet."),
    "results": ("结论", "Results"),
    "failed": ("没有通过 {rule}", "not met: {rule}"),
    "cited": ("依据：{cited}", "by {cited}"),
    "answers": ("已经回答的", "What was answered"),
    "known": ("另有事先已经知道的 {count} 项", "and {count} facts that were known before"),
    "waiting": ("还没有回答的", "Not answered yet"),
    "saved": ("没有问、也不影响结论的", "Not asked, and of no consequence"),
    "everyone": ("每个成员", "every member"),
    "not_known": ("还不能确定", "not known yet"),
    "between": ("还不能确定，{low} 至 {high}", "not known yet, from {low} to {high}"),
    "one_of": ("还不能确定，可能是 {choices}", "not known yet, one of {choices}"),
    "saved_to": ("问答存在 {file}", "The interview is saved in {file}"),
    "written_to": (
        "家庭情况写在 {file}，可以用 dibao explain 解释",
        "The household is written to {file}; dibao explain takes it",
    ),
    "part_written_to": (
        "已经知道的情况写在 {file}，可以用 dibao ask 看，或用 --household 接着问",
        "What is known is written to {file}; dibao ask takes it, and so does --household",
    ),
}  # fmt: skip


def word(key: str, lang: Language, **facts: object) -> str:
    """A sentence of the table in one tongue."""
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


def opening_lines(interview: Interview, lang: Language) -> Iterator[str]:
    """The policy, the day, and how to answer."""
    snapshot = interview.snapshot
    yield from heading(snapshot.compiled.program, snapshot.day, snapshot.digest)
    yield word("help", lang)


# ── a question ────────────────────────────────────────────────────────────


def question_lines(interview: Interview, lang: Language) -> Iterator[str]:
    """The question with its number, and what may be answered."""
    asked = interview.question
    assert asked is not None
    number = len(interview.steps) + 1
    whose = f"{asked.whose}：" if asked.whose else ""
    again = word("again", lang) if asked.put_off else ""
    yield f"{number}. {whose}{asked.text}{again}"
    yield f"   {_answers(asked, lang)}"


def _answers(asked: Asked, lang: Language) -> str:
    """What may be answered, and what an empty answer means."""
    apart = "；" if lang == "zh" else "; "
    parts: list[str] = []
    match asked.kind:
        case "number" if asked.unit == "比例":
            parts.append(word("ratio", lang, low=asked.low, high=asked.high))
        case "number" | "count":
            parts.append(
                word(
                    "number",
                    lang,
                    unit=asked.unit,
                    low=_grouped(asked.low),
                    high=_grouped(asked.high),
                )
            )
        case "day":
            parts.append(word("day", lang, low=asked.low, high=asked.high))
        case "names":
            parts.append(word("names", lang))
        case "choice":
            parts.append("  ".join(f"{place} {one}" for place, one in enumerate(asked.choices, 1)))
        case "yes_no":
            parts.append(" / ".join(asked.choices) if lang == "zh" else "是 (yes) / 否 (no)")
    if asked.fact is not None and asked.fact.discretion:
        parts.append(word("judged", lang))
    if asked.default is not None:
        parts.append(word("default", lang, default=_plain(asked.default)))
    return apart.join(parts)


def _grouped(digits: str) -> str:
    """`1000000.00` with commas between thousands."""
    whole, point, decimals = digits.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def why_lines(interview: Interview, lang: Language) -> Iterator[str]:
    """For whose sake the question is asked, and by which articles."""
    asked = interview.question
    assert asked is not None
    if asked.fact is None:
        yield f"   {word('why_who', lang)}"
        return
    apart = "、" if lang == "zh" else ", "
    names = apart.join(dict.fromkeys(name for name, _ in asked.results))
    yield f"   {word('why', lang, results=names)}"
    for reason in interview.why():
        rule, cited = (
            _rule_name(reason.rule.origin.name, reason.rule.origin.label),
            words.citations(reason.citations),
        )
        yield f"   {word('why_rule', lang, rule=rule, cited=cited)}"


def _rule_name(name: str, label: str) -> str:
    return f"{name}·{label}" if label and label != name else name


def progress_line(before: Interview, after: Interview, lang: Language) -> str:
    """How many questions there are at most, and which results were fixed by the last answer."""
    if after.left is None:
        return ""
    parts = [word("left", lang, left=after.left) if after.left else word("none_left", lang)]
    known = {(one.rule.name, one.member) for one in before.results if one.decided}
    fixed = [
        f"{_whose(one, after)}{one.rule.name} {outlook_text(one, lang)}"
        for one in after.results
        if one.decided and (one.rule.name, one.member) not in known
    ]
    if fixed:
        joined = ("、" if lang == "zh" else ", ").join(fixed)
        parts.append(word("fixed", lang, results=joined))
    return "   " + ("；" if lang == "zh" else "; ").join(parts)


def _whose(one: Outlook, interview: Interview) -> str:
    if one.member is None or interview.screening is None:
        return ""
    return f"{interview.screening.labels[one.member]} "


def outlook_text(outlook: Outlook, lang: Language) -> str:
    """A value, or what it can be."""
    if lang == "zh":
        return outlook_sentence(outlook)
    possible, kind = outlook.possible, outlook.rule.type
    if possible is None or (isinstance(kind, YesNo) and not is_known(possible)):
        return word("not_known", lang)
    if is_known(possible):
        return words.amount(the_value(possible), kind)
    if isinstance(possible, Among):
        choices = ", ".join(words.amount(one, kind) for one in sorted(possible.members))
        return word("one_of", lang, choices=choices)
    low, high = words.amount(possible.low, kind), words.amount(possible.high, kind)
    return word("between", lang, low=low, high=high)


# ── the outcome ───────────────────────────────────────────────────────────


def outcome_lines(interview: Interview, lang: Language) -> Iterator[str]:
    """What is decided and within which bounds the rest lies, on what it rests, and what was not asked."""
    if interview.screening is None:
        yield word("begun", lang)
        return
    saved = interview.saved
    key = "decided" if interview.decided else "open"
    yield word(
        key,
        lang,
        asked=saved.asked,
        full=saved.full,
        saved=len(saved.facts),
        default=saved.with_default,
        left=interview.left,
    )
    yield ""
    yield word("results", lang)
    yield from _results(interview, lang)
    rests_on = list(_rests_on(interview, lang))
    if rests_on:
        yield ""
        yield word("answers", lang)
        yield from rests_on
    if interview.screening.questions:
        yield ""
        yield word("waiting", lang)
        yield from _by_fact((one.path for one in interview.screening.questions), interview, lang)
    if saved.facts:
        yield ""
        yield word("saved", lang)
        yield from _by_fact(saved.facts, interview, lang)


def _results(interview: Interview, lang: Language) -> Iterator[str]:
    """Each result with the requirements that fail and its articles, once for those that are alike."""
    grounds = grounds_of(interview)
    apart = "：" if lang == "zh" else ": "
    grouped: dict[str, list[Outlook]] = {}
    for one in interview.results:
        grouped.setdefault(one.rule.name, []).append(one)
    for name, outlooks in grouped.items():
        sentences = [outlook_text(one, lang) for one in outlooks]
        if len(outlooks) > 1 and len(set(sentences)) == 1:
            yield f"  {name}（{word('everyone', lang)}）{apart}{sentences[0]}"
        else:
            for one, sentence in zip(outlooks, sentences, strict=True):
                yield f"  {_whose(one, interview)}{name}{apart}{sentence}"
        for ground in grounds:
            if ground.rule.origin.name == name:
                rule = _rule_name(name, ground.rule.origin.label)
                reason = f"{apart}{ground.reason}" if ground.reason else ""
                yield f"      {word('failed', lang, rule=rule)}{reason}"
                yield f"        {word('cited', lang, cited=words.citations(ground.rule.citations))}"
        if outlooks[0].rule.citations:
            cited = words.citations(outlooks[0].rule.citations)
            yield f"      {word('cited', lang, cited=cited)}"


def _rests_on(interview: Interview, lang: Language) -> Iterator[str]:
    """Every fact that was answered, in the order of the answers."""
    assert interview.screening is not None
    for step in interview.answers:
        place = place_of(step.path)
        assert place is not None
        name, member = place
        labels = interview.screening.labels
        whose = "" if member is None or len(labels) == 1 else f"{labels[member]} "
        yield f"  {whose}{name} {_stated(interview, name, step.answer)}"
    known = interview.begun.known
    count = sum(len(row) for row in (known, *known.get("成员", ()))) - ("成员" in known)
    if count:
        yield f"  {word('known', lang, count=count)}"


def _stated(interview: Interview, name: str, answer: object) -> str:
    """An answer with its unit, `1,200元/月`."""
    (fact,) = (one for one in interview.snapshot.compiled.program.facts if one.name == name)
    reader = interview.snapshot.compiled.reader
    (field,) = (one for one in (*reader.household, *reader.members) if one.fact is fact)
    return words.amount(given_value(fact, field.convert(answer)), fact.type)


def _by_fact(paths: Iterable[str], interview: Interview, lang: Language) -> Iterator[str]:
    """Places grouped by whose they are: the household's on one line, those of all members on another."""
    assert interview.screening is not None
    labels = interview.screening.labels
    whose: dict[str, list[int | None]] = {}
    for path in paths:
        place = place_of(path)
        assert place is not None
        whose.setdefault(place[0], []).append(place[1])
    lines: dict[str, list[str]] = {}
    for name, members in whose.items():
        if members == [None] or len(labels) == 1:
            head = ""
        elif len(members) == len(labels):
            head = word("everyone", lang)
        else:
            head = "、".join(labels[member] for member in members if member is not None)
        lines.setdefault(head, []).append(name)
    for head, names in lines.items():
        yield f"  {head}{'：' if head else ''}{'、'.join(names)}"


# ── data ──────────────────────────────────────────────────────────────────


def interview_json(interview: Interview) -> dict[str, Any]:
    """All that a form needs: the state to send back, the question, what is decided, what was saved."""
    saved = interview.saved
    return {
        "state": state_json(interview),
        "question": None if interview.question is None else _question_json(interview.question),
        "decided": interview.decided,
        "left": interview.left,
        "put_off": [
            path
            for path in dict.fromkeys(s.path for s in interview.steps if s.answer is None)
            if interview.screening and path in {one.path for one in interview.screening.questions}
        ],
        "results": [outlook_json(one) for one in interview.results],
        "failed": [
            {"name": one.rule.origin.name, "label": one.rule.origin.label, "member": one.member,
             "reason": one.reason}
            for one in (grounds_of(interview) if interview.screening else ())
        ],
        "saved": {"full": saved.full, "asked": saved.asked, "saved": len(saved.facts),
                  "with_default": saved.with_default, "facts": list(saved.facts)},
        "household": interview.household,
    }  # fmt: skip


def _question_json(asked: Asked) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": asked.path,
        "text": asked.text,
        "kind": asked.kind,
        "whose": asked.whose or None,
        "member": asked.member,
        "default": asked.default,
        "may_be_put_off": asked.fact is not None and asked.put_off < PUT_OFF_LIMIT,
        "put_off": asked.put_off,
        "results": [{"name": name, "member": member} for name, member in asked.results],
    }
    for key in ("unit", "low", "high", "step"):
        if getattr(asked, key):
            found[key] = getattr(asked, key)
    if asked.choices:
        found["choices"] = list(asked.choices)
    if asked.fact is not None:
        found |= {
            "name": asked.fact.name,
            "code": asked.fact.code,
            "discretion": asked.fact.discretion,
        }
    return found
