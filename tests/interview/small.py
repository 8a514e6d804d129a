"""Small policies drawn at random, of which every way of asking can be gone through."""

from __future__ import annotations

import datetime
import functools
import itertools
import math
import random
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from dibao_policy import PolicyText, Source, compile_policy
from dibao_policy.interview import Interview, interview
from dibao_policy.policy import Snapshot

DAY = datetime.date(2024, 1, 1)
YES_NO = (False, True)
GRADES = ("高", "中", "低")

State = tuple[Any, ...]
"""The answers by fact; None where a fact is not known."""


@frozen
class Small:
    """A policy, the answers that each fact can have, its results, and their values for all of the answers."""

    snapshot: Snapshot
    facts: Mapping[str, tuple[Any, ...]]
    results: tuple[str, ...]
    values: Mapping[State, tuple[Any, ...]]


@frozen
class Asking:
    """How many questions a way of asking needs: at most, and in sum over all households."""

    most: int
    total: int


def small_policy(seed: int) -> Small:
    """Three to six facts of a household, and one to three results."""
    pick = random.Random(seed)
    names = [f"事项{letter}" for letter in "甲乙丙丁戊己"[: pick.randint(3, 6)]]
    facts = {name: GRADES if pick.random() < 0.25 else YES_NO for name in names}
    lines = ["政策 示例县(example)", "枚举 等级(grade) { 高(high), 中(middle), 低(low) }"]
    lines += [
        f"输入 家庭.{name}: {'等级' if kind is GRADES else '是否'}" for name, kind in facts.items()
    ]
    results: list[str] = []
    for place in range(pick.randint(1, 2)):
        results.append(f"资格{place}")
        lines += [f"资格 家庭.资格{place}"]
        lines += [f"  要求 第{n}条: {_formula(pick, facts, 3 - n)}" for n in (1, 2)]
    if pick.random() < 0.5:
        results.append("金额")
        first, second = _formula(pick, facts, 2), _formula(pick, facts, 1)
        lines.append(
            f"定义 家庭.金额: 元/月 = 如果 {first} 那么 100元/月 否则 如果 {second} 那么 50元/月 否则 0元/月"
        )
    text = PolicyText("example", (Source("policy", "\n".join(lines) + "\n"),), (), ())
    snapshot = compile_policy(text, lambda code: None).on(DAY)
    values: dict[State, tuple[Any, ...]] = {}
    for answers in itertools.product(*facts.values()):
        decision = snapshot.decide({"成员": [{}], **dict(zip(facts, answers, strict=True))})
        values[answers] = tuple(decision[name] for name in results)
    return Small(snapshot, facts, tuple(results), values)


def _formula(pick: random.Random, facts: Mapping[str, tuple[Any, ...]], depth: int) -> str:
    if depth == 0 or pick.random() < 0.25:
        name = pick.choice(list(facts))
        if facts[name] is GRADES:
            return f"{name} = {pick.choice(GRADES)}"
        return name if pick.random() < 0.7 else f"非 {name}"
    joined = pick.choice((" 且 ", " 或 "))
    parts = [_formula(pick, facts, depth - 1) for _ in range(pick.choice((2, 2, 3)))]
    return f"({joined.join(parts)})"


def completions(small: Small, state: State) -> list[State]:
    """All households that a state still allows."""
    return [
        answers
        for answers in small.values
        if all(a is None or a == b for a, b in zip(state, answers, strict=True))
    ]


def cases_left(small: Small, state: State) -> int:
    """How many ways there are to answer what is not known."""
    return math.prod(
        len(small.facts[name]) for name, one in zip(small.facts, state, strict=True) if one is None
    )


def is_fixed(small: Small, state: State) -> bool:
    """Whether all households that a state allows have the same results."""
    return len({small.values[one] for one in completions(small, state)}) == 1


def matters(small: Small, state: State, place: int) -> bool:
    """Whether there are two households that differ in one fact alone and in their results."""
    by_rest: dict[State, set[tuple[Any, ...]]] = {}
    for one in completions(small, state):
        by_rest.setdefault((*one[:place], *one[place + 1 :]), set()).add(small.values[one])
    return any(len(values) > 1 for values in by_rest.values())


def _after(small: Small, state: State, place: int) -> list[State]:
    answers = list(small.facts.values())[place]
    return [(*state[:place], answer, *state[place + 1 :]) for answer in answers]


def fewest(small: Small) -> Asking:
    """The best of all ways of asking: one for the most questions, one for the sum; by going through all of them."""

    @functools.cache
    def most(state: State) -> int:
        if is_fixed(small, state):
            return 0
        return 1 + min(max(map(most, _after(small, state, place))) for place in _open(state))

    @functools.cache
    def total(state: State) -> int:
        if is_fixed(small, state):
            return 0
        here = len(completions(small, state))
        return here + min(sum(map(total, _after(small, state, place))) for place in _open(state))

    start = (None,) * len(small.facts)
    return Asking(most(start), total(start))


def _open(state: State) -> list[int]:
    return [place for place, answer in enumerate(state) if answer is None]


def interviewed(small: Small, check: Callable[[Interview, State], None]) -> Asking:
    """The interview with every household; `check` sees each of its states."""
    names = list(small.facts)

    def walk(now: Interview, state: State) -> Asking:
        check(now, state)
        if now.question is None:
            return Asking(0, 0)
        place = names.index(now.question.path)
        parts = [walk(now.answered(after[place]), after) for after in _after(small, state, place)]
        return Asking(
            1 + max(one.most for one in parts),
            len(completions(small, state)) + sum(one.total for one in parts),
        )

    return walk(interview(small.snapshot, small.results), (None,) * len(names))
