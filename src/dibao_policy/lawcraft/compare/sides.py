"""Two decisions beside each other: their facts, members, parameters and rules by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, Type
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.facts.household import Field, OutOfTheOrdinary
from dibao_policy.facts.words import MEMBERS
from dibao_policy.lawcraft.compare import problems
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Problem

Owner = str | None
"""Whose a fact is: the name of a member, None for the household."""


@frozen
class Side:
    """One of the two decisions, by names.

    `people` are the members in their order, under the names by which both sides know them; `given` has each fact
    that came or has a default, in smallest units; `places` has where each thing stands in the program;
    `written` is what each member's part of the household says, and `fields` how each fact is read.
    """

    snapshot: Snapshot
    facts_read: Facts = field(repr=False)
    people: tuple[str, ...]
    facts: Mapping[str, ir.Fact] = field(repr=False)
    tables: Mapping[str, ir.Table] = field(repr=False)
    rules: Mapping[str, ir.Rule] = field(repr=False)
    places: Mapping[str, int] = field(repr=False)
    given: Mapping[tuple[str, Owner], ir.Value] = field(repr=False)
    defaulted: frozenset[tuple[str, Owner]]
    written: Mapping[str, Mapping[str, Any]] = field(repr=False)
    fields: Mapping[str, Field] = field(repr=False)


def two_sides(
    snapshots: tuple[Snapshot, Snapshot],
    read: tuple[Facts, Facts],
    households: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> tuple[tuple[Side, Side], tuple[Problem, ...]]:
    """Both decisions by names, and why their members cannot be matched, where they cannot."""
    found: list[Problem] = []
    nameless = [sum(not label for label in facts.labels) for facts in read]
    if nameless[0] != nameless[1]:
        found.append(problems.NoLabel(before=nameless[0], after=nameless[1]))
    sides = [
        _side(snapshot, facts, household)
        for snapshot, facts, household in zip(snapshots, read, households, strict=True)
    ]
    for side, (zh, en) in zip(sides, (("甲方", "side A"), ("乙方", "side B")), strict=True):
        for label, count in Counter(side.people).items():
            if count > 1:
                found.append(problems.SameLabel(side=zh, side_en=en, label=label, count=count))
    return (sides[0], sides[1]), tuple(found)


def _side(snapshot: Snapshot, facts: Facts, household: Mapping[str, Any]) -> Side:
    program, reader = snapshot.compiled.program, snapshot.compiled.reader
    people = tuple(_names(facts.labels))
    things = [
        *(one.name for one in program.facts),
        *(one.name for one in program.tables),
        *(one.name for one in program.rules),
    ]
    rows = household.get(MEMBERS[0], household.get(MEMBERS[1], ()))
    owned = {(name, None if i is None else people[i]) for name, i in facts.defaulted}
    return Side(
        snapshot=snapshot,
        facts_read=facts,
        people=people,
        facts={one.name: one for one in program.facts},
        tables={one.name: one for one in program.tables},
        rules={one.name: one for one in program.rules},
        places={name: place for place, name in enumerate(things)},
        given=dict(_given(program, facts, people)),
        defaulted=frozenset(owned),
        written=dict(zip(people, rows, strict=True)),
        fields={one.fact.name: one for one in (*reader.household, *reader.members)},
    )


def _names(labels: Sequence[str]) -> Iterator[str]:
    """Each member's label; those without one are counted among themselves."""
    nameless = 0
    for label in labels:
        nameless += not label
        yield label or f"成员{nameless}"


def _given(
    program: ir.Program, facts: Facts, people: Sequence[str]
) -> Iterator[tuple[tuple[str, Owner], ir.Value]]:
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        yield (fact.name, None), given_value(fact, step)
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        for person, step in zip(people, column, strict=True):
            yield (fact.name, person), given_value(fact, step)


def value_for_other(reading: Side, other: Side, name: str, person: str) -> ir.Value | None:
    """A fact that only one side's rules read, of a member whom only the other side has.

    What the other side's household says of it beside, else the default; None where there is neither.
    """
    known = reading.fields[name]
    written = other.written[person]
    for form in (name, known.fact.code, *known.fact.former):
        if form and form in written:
            try:
                return given_value(known.fact, known.convert(written[form]))
            except OutOfTheOrdinary:
                # Sound by the rules of its own side, outside the range of this one.
                return None
    return known.fact.default


# ── what can stand in the place of what ───────────────────────────────────


def is_alike(first: Type, second: Type) -> bool:
    """Whether values of one type can be read as values of the other: enumerations go by the names of their values."""
    if isinstance(first, Enumerated) and isinstance(second, Enumerated):
        return first.name == second.name
    return first == second


def is_same_order(first: Enumerated, second: Enumerated) -> bool:
    """Whether what two enumerations share stands in the same order in both."""
    names = [zh for zh, _ in first.members]
    others = [zh for zh, _ in second.members]
    return [one for one in names if one in others] == [one for one in others if one in names]


def translated(value: ir.Value, own: Type, wanted: Type) -> ir.Value | None:
    """A value of one type as one of the other; None for a value that the other enumeration does not have."""
    if own == wanted or not (isinstance(own, Enumerated) and isinstance(wanted, Enumerated)):
        return value
    name = own.members[int(value)][0]
    return next((place for place, (zh, _) in enumerate(wanted.members) if zh == name), None)
