"""Households under names that facts had before: read by the present ones, with a warning for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dibao_policy.core import ir
from dibao_policy.evaluate.facts import Renamed
from dibao_policy.facts import problems
from dibao_policy.facts.words import MEMBERS
from dibao_policy.problem import Problem

Former = Mapping[str, str]
"""From a former name to the present one."""


def former_names(facts: Iterable[ir.Fact]) -> dict[str, str]:
    """The former names of some facts, each with the present one."""
    return {old: fact.name for fact in facts for old in fact.former}


def with_present_names(
    household: Former, member: Former, given: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Renamed, ...]]:
    """A household without faults, its facts under their present names, and the names that were replaced."""
    renamed: list[Renamed] = []
    present = _row(household, given, None, renamed)
    for key in MEMBERS:
        people = present.get(key)
        if isinstance(people, Sequence):
            present[key] = [
                _row(member, person, place, renamed) for place, person in enumerate(people)
            ]
    return present, tuple(renamed)


def _row(
    former: Former, given: Mapping[str, Any], member: int | None, renamed: list[Renamed]
) -> dict[str, Any]:
    renamed += [Renamed(key, former[key], member) for key in given if key in former]
    return {former.get(key, key): value for key, value in given.items()}


def renamed_facts(renamed: Iterable[Renamed]) -> tuple[Problem, ...]:
    """A warning for each fact that came under a former name."""
    return tuple(
        problems.FormerNameUsed(
            path=one.old if one.member is None else f"成员[{one.member + 1}].{one.old}",
            current=one.name,
        )
        for one in renamed
    )
