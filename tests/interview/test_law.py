"""On households drawn at random, over every policy in the folder: an interview ends with what `decide` says.

Facts with a default are asked for too. `pytest --deep` draws ten times as many.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import load
from dibao_policy.evaluate.cells import missing_cells
from dibao_policy.evaluate.facts import Facts
from dibao_policy.explain.account import is_result
from dibao_policy.facts.partial import read_partial
from dibao_policy.interview import Interview, interview, resumed, state_json
from dibao_policy.interview.household import plain_value
from dibao_policy.interview.questions import COUNT, NAMES
from dibao_policy.lawcraft.draw import draw, drawer_of
from dibao_policy.policy import Decision, Snapshot

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.name for path in (ROOT / "policies").iterdir())
LARGEST = 3


@pytest.fixture(scope="module")
def snapshots() -> dict[str, Snapshot]:
    return {}


def drawn(snapshot: Snapshot, seed: int) -> dict[str, Any]:
    """A household of few members with every fact, whose decision day is the snapshot's."""
    program, day = snapshot.compiled.program, snapshot.day
    drawer, pick = drawer_of(program), random.Random(seed)
    while True:
        facts = draw(drawer, pick)
        household = _plain(snapshot, facts)
        if facts.size <= LARGEST and _is_sound(snapshot, household, day):
            return household


def _is_sound(snapshot: Snapshot, household: dict[str, Any], day: datetime.date) -> bool:
    """A day of birth that was drawn for another day may lie after this one."""
    from dibao_policy.facts.household import check_household

    return not check_household(snapshot.compiled.reader, household, day)


def _plain(snapshot: Snapshot, facts: Facts) -> dict[str, Any]:
    reader = snapshot.compiled.reader
    found: dict[str, Any] = {
        field.fact.name: plain_value(field.fact, step)
        for field, step in zip(reader.household, facts.household, strict=True)
    }
    found["成员"] = [
        {
            field.fact.name: plain_value(field.fact, column[member])
            for field, column in zip(reader.members, facts.members, strict=True)
        }
        for member in range(facts.size)
    ]
    return found


def answer_to(now: Interview, whole: dict[str, Any]) -> object:
    """What a household answers to the question."""
    asked = now.question
    assert asked is not None
    if asked.path == COUNT:
        return len(whole["成员"])
    if asked.path == NAMES:
        return [f"家人{place}" for place in range(len(whole["成员"]))]
    assert asked.fact is not None
    row = whole if asked.member is None else whole["成员"][asked.member]
    return row[asked.fact.name]


def through(first: Interview, whole: dict[str, Any]) -> Iterator[Interview]:
    """The interview after each answer."""
    now = first
    yield now
    while now.question is not None:
        now = now.answered(answer_to(now, whole))
        yield now


def is_what_was_decided(end: Interview, decision: Decision) -> bool:
    return all(
        outlook.value == (value if outlook.member is None else value[outlook.member])  # type: ignore[index]
        for outlook in end.results
        for value in [decision[outlook.rule.name]]
    )


def results_of(snapshot: Snapshot) -> list[str]:
    """The results of a policy; of one that only states national law, the last values that it computes."""
    rules = snapshot.compiled.program.rules
    return [rule.name for rule in rules if is_result(rule)] or [rule.name for rule in rules[-6:]]


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("ask_defaults", [True, False], ids=["all_asked", "defaults_taken"])
def test_an_interview_ends_with_what_is_decided(name: str, ask_defaults: bool, deep: bool) -> None:
    policy = load(ROOT / "policies" / name)
    seeds = range(10 if deep else 1) if ask_defaults else range(20 if deep else 2)
    for seed in seeds:
        regime = random.Random(f"{name} {seed}").choice(policy.regimes)
        snapshot = policy.on(regime.since)
        whole = drawn(snapshot, seed)
        if not ask_defaults:
            _without_defaults(snapshot, whole)
        first = interview(snapshot, results_of(snapshot), ask_defaults=ask_defaults)
        states = list(through(first, whole))
        _asks_what_matters(states)
        end = states[-1]
        assert end.decided
        assert is_what_was_decided(end, snapshot.decide(whole)), (name, seed)
        assert is_what_was_decided(end, snapshot.decide(end.whole_household())), (name, seed)
        _goes_on_the_same(states, random.Random(seed))


def _without_defaults(snapshot: Snapshot, whole: dict[str, Any]) -> None:
    for fact in snapshot.compiled.program.facts:
        if fact.default is not None:
            for row in (whole, *whole["成员"]):
                row.pop(fact.name, None)


def _asks_what_matters(states: list[Interview]) -> None:
    """What is asked is needed when it is asked, never twice; the count that is told never rises, and adds up."""
    paths = [one.question.path for one in states if one.question]
    assert len(paths) == len(set(paths))
    for now in states:
        if now.screening is not None and now.question is not None and now.question.path != NAMES:
            assert now.question.path in {one.path for one in now.screening.questions}
            assert now.question.results
    left = [one.left for one in states if one.left is not None]
    assert left == sorted(left, reverse=True)
    saved = states[-1].saved
    assert saved.asked + len(saved.facts) == saved.full
    assert saved.asked == len(states[-1].answers)


def _goes_on_the_same(states: list[Interview], pick: random.Random) -> None:
    """A saved state, through JSON and back, asks what the interview asked; taking back leads to where it was."""
    place = pick.randrange(len(states))
    now = states[place]
    again = resumed(now.snapshot, json.loads(json.dumps(state_json(now), ensure_ascii=False)))
    assert again.question == now.question
    assert state_json(again) == state_json(now)
    assert [one.possible for one in again.results] == [one.possible for one in now.results]
    if place:
        before = now.taken_back()
        assert before.question == states[place - 1].question
        assert before.household == states[place - 1].household


def test_what_stands_in_for_what_was_not_asked_is_all_that_is_missing() -> None:
    """The household that is written is whole, and nothing that was answered is changed in it."""
    snapshot = load(ROOT / "policies" / "daqing").on(datetime.date(2011, 8, 1))
    end = list(through(interview(snapshot), drawn(snapshot, 3) | {"机动车辆数": 1}))[-1]
    whole = end.whole_household()
    stand_ins = whole["没有问"]
    stated = read_partial(snapshot.compiled.reader, whole, snapshot.day)
    cells = missing_cells(snapshot.compiled.program, stated)

    assert len(cells) == len(stand_ins)
    assert snapshot.facts(whole).not_asked == tuple((one.fact.name, one.member) for one in cells)
    assert stand_ins and not set(stand_ins) & {step.path for step in end.answers}
    assert {name: whole[name] for name in end.household if name != "成员"}.items() <= whole.items()
