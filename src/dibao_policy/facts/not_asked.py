"""Facts of a household that nobody stated: what stands in for them is told, and is not taken for an answer.

`没有问` lists their paths. An interview writes it: it stops asking when its results are fixed, and a decision
needs a value of every fact all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao_policy.core import ir
from dibao_policy.facts import problems
from dibao_policy.facts.words import MEMBERS, NOT_ASKED
from dibao_policy.problem import Problem

_PATH = re.compile(r"(?:成员\[([1-9][0-9]?)\]\.)?([^\[\].]+)")

Place = tuple[str, int | None]
"""The Chinese name of a fact, and the member whose it is, from 0; None for one of the household."""


def place_of(path: str) -> Place | None:
    """The place that a path names, `机动车辆数` or `成员[2].工资收入`, whether or not there is such a fact."""
    found = _PATH.fullmatch(path)
    return None if found is None else (found[2], int(found[1]) - 1 if found[1] else None)


def path_of(place: Place) -> str:
    """The path of a place."""
    name, member = place
    return name if member is None else f"成员[{member + 1}].{name}"


def not_asked_of(given: Mapping[str, Any]) -> tuple[Place, ...]:
    """The facts of a household without faults that nobody stated."""
    paths = (path for key in NOT_ASKED for path in given.get(key, ()))
    return tuple(place for path in paths if (place := place_of(path)) is not None)


def without_list(given: Mapping[str, Any]) -> dict[str, Any]:
    """A household without the list."""
    return {key: value for key, value in given.items() if key not in NOT_ASKED}


def not_asked_faults(facts: Sequence[ir.Fact], given: Mapping[Any, Any]) -> Iterator[Problem]:
    """What is wrong with the list of a household: it names facts that are there."""
    for key in NOT_ASKED:
        paths = given.get(key, ())
        if isinstance(paths, (str, bytes)) or not isinstance(paths, Sequence):
            yield problems.NotAList(path=key)
            continue
        for path in paths:
            if not (isinstance(path, str) and _is_there(facts, given, path)):
                yield problems.NotThere(path=key, named=str(path))


def _is_there(facts: Sequence[ir.Fact], given: Mapping[Any, Any], path: str) -> bool:
    place = place_of(path)
    if place is None:
        return False
    name, member = place
    row: object = given
    if member is not None:
        people = next((given[key] for key in MEMBERS if key in given), ())
        row = people[member] if isinstance(people, Sequence) and member < len(people) else None
    scope = "household" if member is None else "member"
    return isinstance(row, Mapping) and any(
        form in row
        for fact in facts
        if fact.name == name and fact.scope == scope
        for form in (fact.name, fact.code, *fact.former)
        if form
    )
