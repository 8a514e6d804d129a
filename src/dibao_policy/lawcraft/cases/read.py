"""From the YAML text of a file to its cases, with everything that is wrong with the text."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import Any

from attrs import evolve

from dibao_policy.facts.text import scalar_value
from dibao_policy.facts.words import MEMBERS
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.case import (
    STATUSES,
    CaseSource,
    Common,
    Expected,
    PolicyCase,
    Text,
    Tolerance,
    Written,
)
from dibao_policy.parameters.fields import (
    Fields,
    Key,
    Pair,
    amount_of,
    date_of,
    fields_of,
    is_nothing,
    pairs_of,
    quoted,
    text_of,
    word_of,
)
from dibao_policy.parameters.nodes import (
    PROBLEM_LIMIT,
    Mapping,
    Node,
    Refused,
    Scalar,
    Sequence,
    read_nodes,
)
from dibao_policy.parameters.problems import MoreProblems, NotAList, NotAText
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source, Span

FILE_KEYS = (Key("共同", "common"), Key("案例", "cases", required=True))
COMMON_KEYS = (Key("家庭", "household"), Key("成员", "members"))
CASE_KEYS = (
    Key("名称", "name", required=True),
    Key("日期", "on", required=True),
    Key("来源", "source"),
    Key("假定", "assuming"),
    Key("家庭", "household", required=True),
    Key("期望", "expect"),
    Key("理由", "reasons"),
    Key("条款", "articles"),
    Key("核查", "findings"),
    Key("容差", "tolerance"),
    Key("拒绝", "refused"),
)
SOURCE_KEYS = (
    Key("文件", "document"),
    Key("网址", "address"),
    Key("日期", "date"),
    Key("状态", "status", required=True),
)
_REASON = ("理由", "reason")
_MEMBER = re.compile(r"(?:成员|members)(?:\[([^\]]*)\])?\.(.+)")
NOTHING_COMMON = Common({}, {}, {})


def read_text(source: Source) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    """The cases of a YAML text, and every fault of it. A case of which nothing can be made is left out."""
    root, faults = read_nodes(source)
    found = list(faults)
    cases: list[PolicyCase] = []
    if root is not None and not is_nothing(root):
        fields = fields_of(source.name, root, FILE_KEYS, found)
        common = _common(fields, found)
        for item in _items(fields.pairs.get("案例"), found):
            if len(found) > PROBLEM_LIMIT:
                break
            # Each case has its own, so that the faults of one do not cut short the reading of another.
            own: list[Problem] = []
            case = _case(item, common, own)
            found += own
            if case is not None:
                cases.append(case)
    return tuple(cases), cut(found)


def cut(found: list[Problem]) -> tuple[Problem, ...]:
    """The problems of a file in the order of the text; of very many, the first."""
    listed = in_reading_order(found)
    if len(listed) <= PROBLEM_LIMIT:
        return listed
    more = MoreProblems(span=listed[PROBLEM_LIMIT].span, limit=PROBLEM_LIMIT)
    return (*listed[:PROBLEM_LIMIT], more)


def _items(pair: Pair | None, found: list[Problem]) -> tuple[Node, ...]:
    """The parts of a list; one text alone counts as a list of one."""
    match pair:
        case None | Pair(value=Refused()):
            return ()
        case Pair(value=Sequence(items)):
            return items
    found.append(NotAList(span=pair.key.span, key=quoted(pair.name)))
    return ()


def _common(fields: Fields, found: list[Problem]) -> Common:
    pair = fields.pairs.get("共同")
    if pair is None:
        return NOTHING_COMMON
    inner = fields_of(pair.name, pair.value, COMMON_KEYS, found)
    places: dict[str, Span] = {}
    given: list[MappingOf[str, Any]] = []
    for key, path in (("家庭", ""), ("成员", "成员.")):
        part = inner.pairs.get(key)
        if part is None:
            given.append({})
            continue
        pairs, _ = pairs_of(part.name, part.value, {}, found)
        given.append({one.name: _value(one.value, path + one.name, places) for one in pairs})
        places |= {path + one.name: one.key.span for one in pairs}
    return Common(given[0], given[1], places)


def _case(node: Node, common: Common, found: list[Problem]) -> PolicyCase | None:
    before = len(found)
    fields = fields_of("案例", node, CASE_KEYS, found)
    name = text_of(fields, "名称", found)
    day = date_of(fields, "日期", found)
    places: dict[str, Span] = {}
    household = _household(fields.pairs.get("家庭"), places, found)
    assuming = _texts(fields, "假定", found)
    parts: dict[str, Any] = {
        "source": _source(fields, found),
        "expected": _expected(fields.pairs.get("期望"), found),
        "reasons": _texts(fields, "理由", found),
        "articles": _texts(fields, "条款", found),
        "findings": _texts(fields, "核查", found) if "核查" in fields.pairs else None,
        "tolerances": _tolerances(fields.pairs.get("容差"), found),
        "refused": _texts(fields, "拒绝", found),
    }
    if not name or day is None or household is None:
        return None
    case = PolicyCase(
        name=name,
        day=day[0],
        assuming=tuple(one.text for one in assuming),
        household=household,
        common=common,
        of_table=False,
        whole=len(found) == before,
        span=fields.pairs["名称"].value.span,
        day_span=day[1],
        household_span=fields.pairs["家庭"].key.span,
        places=places,
        **parts,
    )
    return judged(case, found)


def judged(case: PolicyCase, found: list[Problem]) -> PolicyCase:
    """A case, not whole where it expects nothing, or results of a refused household."""
    wanted = {
        "expect": case.expected,
        "reasons": case.reasons,
        "articles": case.articles,
        "findings": case.findings,
    }
    stated = [key for key, value in wanted.items() if value or (key, value) == ("findings", ())]
    # Where the case is not whole, what is expected may stand under a key that was not understood.
    wrong = bool(stated) if case.refused else not stated and case.whole
    if wrong and not case.refused:
        found.append(problems.NothingExpected(span=case.span, name=case.name))
    for key in stated if case.refused else ():
        chinese = next(one.zh for one in CASE_KEYS if one.en == key)
        found.append(
            problems.ExpectedAndRefused(span=case.refused[0].span, name=case.name, other=chinese)
        )
    return evolve(case, whole=False) if wrong else case


def _household(
    pair: Pair | None, places: dict[str, Span], found: list[Problem]
) -> MappingOf[str, Any] | None:
    if pair is None:
        return None
    pairs, complete = pairs_of(pair.name, pair.value, {}, found)
    if not complete:
        return None
    given: dict[str, Any] = {}
    for one in pairs:
        is_list = one.name in MEMBERS and isinstance(one.value, Sequence)
        path = MEMBERS[0] if is_list else one.name
        places[path] = one.key.span
        if is_list:
            given[one.name] = _members(one, places, found)
        else:
            given[one.name] = _value(one.value, path, places)
    return given


def _members(pair: Pair, places: dict[str, Span], found: list[Problem]) -> list[Any]:
    people: list[Any] = []
    assert isinstance(pair.value, Sequence)
    for number, item in enumerate(pair.value.items, 1):
        path = f"{MEMBERS[0]}[{number}]"
        places[path] = Span(item.span.source, item.span.start, item.span.start + 1)
        if not isinstance(item, Mapping):
            people.append(_value(item, path, places))
            continue
        pairs, _ = pairs_of(path, item, {}, found)
        people.append({one.name: _value(one.value, path, places) for one in pairs})
        places |= {f"{path}.{one.name}": one.value.span for one in pairs}
    return people


def _value(node: Node, path: str, places: dict[str, Span]) -> Any:
    """A node as the reader of households takes it; what is no single value is refused there."""
    match node:
        case Scalar():
            places[path] = node.span
            return scalar_value(node)
        case Sequence(items):
            return [_value(item, path, places) for item in items]
        case Mapping(pairs):
            return {
                key.text: _value(value, path, places)
                for key, value in pairs
                if isinstance(key, Scalar)
            }
    return None


def _source(fields: Fields, found: list[Problem]) -> CaseSource | None:
    pair = fields.pairs.get("来源")
    if pair is None:
        return None
    inner = fields_of(pair.name, pair.value, SOURCE_KEYS, found)
    return CaseSource(
        text_of(inner, "文件", found),
        text_of(inner, "网址", found),
        text_of(inner, "日期", found),
        word_of(inner, "状态", STATUSES, found) or "",
    )


def _texts(fields: Fields, key: str, found: list[Problem]) -> tuple[Text, ...]:
    pair = fields.pairs.get(key)
    if pair is not None and isinstance(pair.value, Scalar) and not is_nothing(pair.value):
        return (Text(pair.value.text.strip(), pair.value.span),)
    texts: list[Text] = []
    for item in _items(pair, found):
        if isinstance(item, Scalar) and not is_nothing(item):
            texts.append(Text(item.text.strip(), item.span))
        elif not isinstance(item, Refused) and pair is not None:
            found.append(NotAText(span=item.span, key=quoted(pair.name)))
    return tuple(texts)


def _expected(pair: Pair | None, found: list[Problem]) -> tuple[Expected, ...]:
    if pair is None:
        return ()
    expected: list[Expected] = []
    for one in pairs_of(pair.name, pair.value, {}, found)[0]:
        parts = one.value.items if isinstance(one.value, Sequence) else (one.value,)
        values = [
            Written(part.text.strip(), part.is_plain, part.span)
            for part in parts
            if isinstance(part, Scalar) and not is_nothing(part)
        ]
        if len(values) < len(parts):
            if not isinstance(one.value, Refused):
                found.append(NotAText(span=one.key.span, key=quoted(one.name)))
            continue
        member = member_of(one.name, one.key.span, found)
        if member is not None:
            name, place, every = member
            is_list = isinstance(one.value, Sequence)
            expected.append(Expected(name, place, every, tuple(values), is_list, one.key.span))
    return tuple(expected)


def member_of(
    written: str, span: Span, found: list[Problem]
) -> tuple[str, int | None, bool] | None:
    """`成员[2].可计收入` as the name, the place of the member from 0, and whether every member is meant."""
    match = _MEMBER.fullmatch(written)
    if match is None:
        return written, None, False
    number, name = match.groups()
    if number is None:
        return name, None, True
    if not re.fullmatch("[1-9][0-9]{0,3}", number):
        found.append(problems.UnnamedMember(span=span, name=quoted(written)))
        return None
    return name, int(number) - 1, False


def _tolerances(pair: Pair | None, found: list[Problem]) -> tuple[Tolerance, ...]:
    if pair is None:
        return ()
    pairs, complete = pairs_of(pair.name, pair.value, {_REASON[1]: _REASON[0]}, found)
    reason = next((one for one in pairs if one.name in _REASON), None)
    said = reason is not None and isinstance(reason.value, Scalar) and not is_nothing(reason.value)
    if complete and not said:
        found.append(problems.ToleranceWithoutReason(span=pair.key.span))
    text = reason.value.text.strip() if reason and isinstance(reason.value, Scalar) else ""
    tolerances: list[Tolerance] = []
    for one in pairs:
        amount = amount_of(one, found) if one.name not in _REASON else None
        if amount is not None and amount.number < 0:
            found.append(
                problems.ToleranceOfNothing(
                    span=one.value.span,
                    name=quoted(one.name),
                    why="容差小于零",
                    why_en="it is below zero",
                )
            )
        elif amount is not None:
            tolerances.append(Tolerance(one.name, amount.number, text, one.key.span))
    return tuple(tolerances)
