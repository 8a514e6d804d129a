"""An answer, as a person or a form gives it, to plain data in its place of the household."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.facts.faults import wrong_kind
from dibao_policy.facts.not_asked import Place, place_of
from dibao_policy.facts.numbers import read_number
from dibao_policy.facts.partial import check_partial, step_given
from dibao_policy.facts.problems import MemberCount
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.interview import problems
from dibao_policy.interview.household import (
    Household,
    Plain,
    has_fact,
    plain_value,
    with_fact,
)
from dibao_policy.interview.questions import COUNT, NAMES
from dibao_policy.interview.state import Step
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError

_BETWEEN_NAMES = re.compile(r"[、，,；;\s]+")


def read_answer(
    snapshot: Snapshot, household: Household, path: str, value: object, default: Plain | None = None
) -> Step:
    """An answer to the question of a place. Raises `PolicyError` with every fault of it."""
    if path == COUNT:
        return Step(COUNT, _count(value))
    if path == NAMES:
        return Step(NAMES, _names(value, len(household[MEMBERS[0]])))
    place = place_of(path)
    assert place is not None
    if value == "":
        if default is None:
            raise PolicyError((problems.NoAnswer(path=path),))
        value = default
    reader = snapshot.compiled.reader
    # Where no question has to do with the members, one stands in for them.
    listed = household if MEMBERS[0] in household else household | {MEMBERS[0]: [{}]}
    found = check_partial(reader, with_fact(listed, place, value), snapshot.day)
    if found:
        raise PolicyError(found)
    name, member = place
    fields = reader.household if member is None else reader.members
    (field,) = (one for one in fields if one.fact.name == name)
    step = step_given(field, {name: value})
    assert step is not None
    return Step(path, plain_value(field.fact, step))


def _count(value: object) -> int:
    number = read_number(value)
    if number is None or number.denominator != 1:
        raise PolicyError((wrong_kind(COUNT, value, "人数", "a number of persons"),))
    if not 1 <= number <= MEMBER_LIMIT:
        raise PolicyError((MemberCount(found=int(number), limit=MEMBER_LIMIT),))
    return int(number)


def _names(value: object, size: int) -> tuple[str, ...]:
    """One name for each member, as a list or as a text with commas between; or none."""
    names: Sequence[object]
    if isinstance(value, str):
        names = [name for name in _BETWEEN_NAMES.split(value) if name]
    elif isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
        names = [name.strip() for name in value]
    else:
        raise PolicyError((wrong_kind(NAMES, value, "称呼的列表", "a list of names"),))
    found = tuple(str(name) for name in names)
    if found and len(found) != size:
        raise PolicyError((problems.NamesDoNotMatch(members=size, found=len(found)),))
    twice = dict.fromkeys(name for name in found if found.count(name) > 1)
    if twice:
        raise PolicyError(tuple(problems.NameTwice(name=name) for name in twice))
    return found


def applied(household: Household, step: Step) -> Household:
    """The household with an answer."""
    match step.path, step.answer:
        case _, None:
            return household
        case "成员", int(size):
            return household | {MEMBERS[0]: [{} for _ in range(size)]}
        case "成员.称呼", tuple(names):
            people = household[MEMBERS[0]]
            named = (
                [{LABEL[0]: name} | person for name, person in zip(names, people, strict=True)]
                if names
                else people
            )
            return household | {MEMBERS[0]: named}
    place = place_of(step.path)
    assert place is not None
    return with_fact(household, place, step.answer)


def check_place(
    snapshot: Snapshot, household: Household, asks: bool, number: int, path: str, is_put_off: bool
) -> None:
    """Raise `PolicyError` where an answer of a saved state goes nowhere: no such fact or member, or answered before."""
    reason = _out_of_place(snapshot, household, asks, path, is_put_off)
    if reason is not None:
        zh, en = reason
        problem = problems.AnswerOutOfPlace(number=number, path=path, reason=zh, reason_en=en)
        raise PolicyError((problem,))


def _out_of_place(
    snapshot: Snapshot, household: Household, asks: bool, path: str, is_put_off: bool
) -> tuple[str, str] | None:
    listed = MEMBERS[0] in household
    if path in (COUNT, NAMES) and is_put_off:
        return "这个问题不能先放一放", "this question cannot be put off"
    if path == COUNT:
        return (
            ("家里有几口人已经知道，或不需要知道", "the number of members is known, or not asked")
            if listed or not asks
            else None
        )
    if not listed and asks:
        return "还没有回答家里有几口人", "the number of members has not been given yet"
    people = household.get(MEMBERS[0], [{}])
    if path == NAMES:
        named = any(LABEL[0] in person for person in people)
        return ("称呼已经有了", "the members have names already") if named else None
    place = place_of(path)
    if place is None or not _is_asked(snapshot, place):
        return "这一天的规定不问这一项", "the rules of the day do not ask for it"
    if place[1] is not None and place[1] >= len(people):
        return f"家里只有 {len(people)} 人", f"the household has {len(people)} members"
    if has_fact(household | {MEMBERS[0]: people}, place):
        return "前面已经答过", "it was answered before"
    return None


def _is_asked(snapshot: Snapshot, place: Place) -> bool:
    name, member = place
    scope = "household" if member is None else "member"
    facts = snapshot.compiled.program.facts
    return any(fact.name == name and fact.scope == scope for fact in facts)
