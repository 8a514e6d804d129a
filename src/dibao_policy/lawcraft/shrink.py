"""A household that refutes a property, to one that still does and has less in it: few members, plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.core.types import Day, Number
from dibao_policy.dates import day_from_number, day_number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.lawcraft.draw import Choice, Drawer, simplest
from dibao_policy.lawcraft.moves import Place, value_at, with_value, without_member


@frozen
class Suspect:
    """A household; for a trend also where the fact that moves stands, between which values, and what is lost."""

    facts: Facts
    place: Place | None = None
    low: int = 0
    high: int = 0
    loss: Fraction = Fraction(0)


# With plain values members may go that could not before.
_ROUNDS = 3

Confirm = Callable[[Suspect], Suspect | None]
"""The same household where it still refutes the property, perhaps with other values of what moves."""


def shrink(suspect: Suspect, drawer: Drawer, confirm: Confirm) -> Suspect:
    """Leave out members, make the day the first one, make each value as plain as it goes; again while that helps."""

    def of_this_world(one: Suspect) -> Suspect | None:
        return confirm(one) if _is_born(one.facts, drawer) else None

    for _ in range(_ROUNDS):
        before = suspect.facts
        suspect = _fewer(suspect, of_this_world)
        suspect = _on_the_first_day(suspect, drawer, of_this_world)
        suspect = _plain(suspect, drawer, of_this_world)
        if suspect.facts == before:
            break
    return suspect


def _is_born(facts: Facts, drawer: Drawer) -> bool:
    """Whether no date that cannot lie after the day of the decision does."""
    return all(
        value_at(facts, place) <= facts.day
        for place, choice in _places(drawer, facts.size)
        if choice.fact.name in drawer.births
    )


def _fewer(suspect: Suspect, confirm: Confirm) -> Suspect:
    for member in reversed(range(suspect.facts.size)):
        if suspect.facts.size > 1 and not (suspect.place and suspect.place.member == member):
            suspect = confirm(_without(suspect, member)) or suspect
    return suspect


def _plain(suspect: Suspect, drawer: Drawer, confirm: Confirm) -> Suspect:
    for place, choice in _places(drawer, suspect.facts.size):
        if place == suspect.place:
            continue
        for value in plainer(choice, value_at(suspect.facts, place), drawer):
            found = confirm(evolve(suspect, facts=with_value(suspect.facts, place, value)))
            if found is not None:
                suspect = found
                break
    return suspect


def _on_the_first_day(suspect: Suspect, drawer: Drawer, confirm: Confirm) -> Suspect:
    first = day_number(drawer.since)
    if suspect.facts.day == first:
        return suspect
    return confirm(evolve(suspect, facts=evolve(suspect.facts, day=first))) or suspect


def _without(suspect: Suspect, member: int) -> Suspect:
    place = suspect.place
    if place is not None and place.member is not None and place.member > member:
        place = evolve(place, member=place.member - 1)
    return evolve(suspect, facts=without_member(suspect.facts, member), place=place)


def _places(drawer: Drawer, size: int) -> Iterator[tuple[Place, Choice]]:
    for position, choice in enumerate(drawer.household):
        yield Place(position, None), choice
    for member in range(size):
        for position, choice in enumerate(drawer.members):
            yield Place(position, member), choice


def plainer(choice: Choice, value: int, drawer: Drawer) -> Iterator[int]:
    """Plainer values than this one, the plainest first."""
    plainest = simplest(choice, drawer.since)
    if value == plainest:
        return
    yield plainest
    match choice.fact.type:
        case Number():
            yield from _rounder(choice, value)
        case Day():
            year = day_from_number(value).year
            yield from (
                day for day in (year * 10_000 + 101, (year + 1) * 10_000 + 101) if day != value
            )


def _rounder(choice: Choice, value: int) -> Iterator[int]:
    """Numbers near this one with fewer digits before their zeros."""
    digits = len(str(abs(value)))
    for kept in range(1, digits):
        unit = 10 ** (digits - kept)
        for other in (value // unit * unit, -(-value // unit) * unit):
            if choice.low <= other <= choice.high and value % unit:
                yield other
