"""A household with dated changes, to its facts on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao_policy.core import ir
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.lawcraft import arrears_problems as problems
from dibao_policy.lawcraft.claim import Change, Claim
from dibao_policy.policy import Policy
from dibao_policy.problem import Problem
from dibao_policy.text import nearest

State = tuple[datetime.date, dict[str, Any]]


def states_of(policy: Policy, claim: Claim, found: list[Problem]) -> list[State]:
    """The facts from the beginning, and from each change on."""
    names = _present_names(policy)
    state = dict(claim.household)
    states: list[State] = [(datetime.date.min, state)]
    for change in claim.changes:
        state = _changed(state, change, names, found)
        states.append((change.since, state))
    return states


def facts_on(states: Sequence[State], day: datetime.date) -> dict[str, Any]:
    """The facts of a day."""
    return next(state for since, state in reversed(states) if since <= day)


def _present_names(policy: Policy) -> dict[str, dict[str, str]]:
    """The name of each fact and value, by every name that it may come under, for the household and for a member."""
    names: dict[str, dict[str, str]] = {"household": {}, "member": {}}
    for one in policy.passed.compiled:
        program = one.program
        things: tuple[ir.Rule | ir.Fact, ...] = (*program.rules, *program.facts, *program.idle)
        for thing in things:
            for form in (thing.name, thing.code, *thing.former):
                names[thing.scope][form] = thing.name
    names["household"] |= {MEMBERS[1]: MEMBERS[0]}
    names["member"] |= {LABEL[1]: LABEL[0]}
    return names


def _with(
    before: Mapping[str, Any], other: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    """Facts with some of them replaced, under whichever of their names the earlier ones came."""
    replaced = {names.get(key, key) for key in other}
    kept = {key: value for key, value in before.items() if names.get(key, key) not in replaced}
    return kept | dict(other)


def _changed(
    before: Mapping[str, Any],
    change: Change,
    names: Mapping[str, Mapping[str, str]],
    found: list[Problem],
) -> dict[str, Any]:
    state = _with(before, change.household, names["household"])
    key = next((key for key in MEMBERS if key in state), MEMBERS[0])
    people = state.get(key)
    if not (change.members or change.joined or change.left) or not isinstance(people, list):
        # What is no list of members is refused where the facts are read.
        return state
    labels = [_label(person, place) for place, person in enumerate(people)]
    for name in (*change.members, *change.left):
        if labels.count(name) != 1:
            found.append(
                problems.UnknownPerson(
                    span=change.span,
                    since=str(change.since),
                    name=name,
                    near=nearest(name, set(labels) - {name}),
                    known=tuple(f"`{label}`" for label in labels),
                )
            )
    now = [
        _with(person, change.members[label], names["member"])
        if label in change.members and isinstance(person, Mapping)
        else person
        for label, person in zip(labels, people, strict=True)
        if label not in change.left
    ]
    return {**state, key: [*now, *change.joined]}


def _label(person: object, place: int) -> str:
    told = (
        next((person[key] for key in LABEL if key in person), None)
        if isinstance(person, Mapping)
        else None
    )
    return told if isinstance(told, str) and told else f"成员{place + 1}"


def idle_changes(claim: Claim, last: datetime.date) -> Iterator[Problem]:
    """Changes that were written for nothing."""
    for change in claim.changes:
        reason = reason_en = ""
        if change.since > last:
            reason = f"最后一个决定日是 {last}"
            reason_en = f"the last day of decision is {last}"
        elif not (change.household or change.members or change.joined or change.left):
            reason, reason_en = "没有写什么变了", "it does not say what is other"
        if reason:
            yield problems.ChangeIdle(
                span=change.span, since=str(change.since), reason=reason, reason_en=reason_en
            )
