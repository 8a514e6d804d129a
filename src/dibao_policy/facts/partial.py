"""A household of which some facts are missing, to facts in the program's order.

Every fact that has no default may be absent, of one member alone too; how many members there are is known.
What is there has to be as sound as ever.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from dibao_policy.dates import day_number
from dibao_policy.evaluate.facts import PartialFacts
from dibao_policy.facts.faults import faults
from dibao_policy.facts.household import Field, Reader
from dibao_policy.facts.not_asked import not_asked_of
from dibao_policy.facts.problems import MissingFact
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.problem import PolicyError, Problem


def check_partial(reader: Reader, given: object, day: datetime.date) -> tuple[Problem, ...]:
    """Every fault of a household's facts for a day but those that are missing."""
    found = faults(reader.program, given, day)
    return tuple(one for one in found if not isinstance(one, MissingFact))


def read_partial(
    reader: Reader, given: Mapping[str, Any], day: datetime.date, *, take_defaults: bool = True
) -> PartialFacts:
    """The facts of a household as far as they are given, in the forms that `read_household` takes.

    What was left out and has a default is the default; without `take_defaults` it is missing like the rest.
    So is what the household lists under 没有问: nobody stated it.
    Raises `PolicyError` with every fault.
    """
    found = check_partial(reader, given, day)
    if found:
        raise PolicyError(found)
    people = next(given[key] for key in MEMBERS if key in given)
    defaulted: list[tuple[str, int | None]] = []

    not_asked = frozenset(not_asked_of(given))

    def step(field: Field, given: Mapping[str, Any], member: int | None) -> int | None:
        if (field.fact.name, member) in not_asked:
            return None
        found = step_given(field, given)
        if found is not None or field.default is None or not take_defaults:
            return found
        defaulted.append((field.fact.name, member))
        return field.default

    household = tuple(step(field, given, None) for field in reader.household)
    columns = tuple(
        [step(field, person, place) for place, person in enumerate(people)]
        for field in reader.members
    )
    labels = tuple(next((one[key] for key in LABEL if key in one), "") for one in people)
    return PartialFacts(day_number(day), len(people), household, columns, labels, tuple(defaulted))


def step_given(field: Field, given: Mapping[str, Any]) -> int | None:
    """A fact that was given, under any of its names, in steps; None where it was not."""
    for name in (field.fact.name, field.fact.code, *field.fact.former):
        if name and name in given:
            return field.convert(given[name])
    return None
