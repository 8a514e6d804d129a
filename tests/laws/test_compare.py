"""Two decisions held against each other: the parts add up, and turn round when the sides do.

Random policies on two of their days, random households, and two versions of a policy of which one was slipped with.
"""

from __future__ import annotations

import datetime
import itertools
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.show import shown_value
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.lawcraft.compare.changes import FactChange
from dibao_policy.lawcraft.compare.decisions import Comparison, Unit, compare_decisions
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import PolicyError

from .agreement import passed_policy
from .households import Households

_NO_POLICY: Policy = None  # type: ignore[assignment]


def snapshot(compiled: Compiled, day: datetime.date | None = None) -> Snapshot:
    return Snapshot(_NO_POLICY, compiled, day or compiled.regime.since)


def household(program: ir.Program, facts: Facts) -> dict[str, Any]:
    """Facts as a household gives them."""
    given: dict[str, Any] = {
        fact.name: shown_value(given_value(fact, step), fact.type)
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    given["成员"] = [
        {
            "称呼": label,
            **{
                fact.name: shown_value(given_value(fact, column[place]), fact.type)
                for fact, column in zip(member_facts(program), facts.members, strict=True)
            },
        }
        for place, label in enumerate(facts.labels)
    ]
    return given


def over(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """A household with what another says besides."""
    rows = {one["称呼"]: one for one in second["成员"]}
    people = [{**rows.get(one["称呼"], {}), **one} for one in first["成员"]]
    return {**second, **first, "成员": people}


def small(compiled: Compiled, seed: int) -> tuple[dict[str, Any], datetime.date]:
    """A household of few members, and the day that it was drawn for."""
    draws = Households(compiled.program, seed)
    facts = next(one for one in iter(draws.draw, None) if one.size <= 5)
    return household(compiled.program, facts), day_from_number(facts.day)


Pair = tuple[Snapshot, dict[str, Any], Snapshot, dict[str, Any]]


def pairs(seed: int) -> Iterator[Pair]:
    """Two decisions of one policy: on two days, on two households, and on both."""
    _, passed = passed_policy(seed)
    if passed is None:
        return
    regimes = passed.compiled
    pick = random.Random(seed)
    first, second = regimes[0], regimes[-1]
    if len(regimes) > 2:
        first, second = sorted(pick.sample(regimes, 2), key=lambda one: one.regime.since)
    one, day = small(first, seed)
    other, later = small(second, seed + 1)
    for a, b in ((one, one), (one, other), (other, one)):
        for x, y in ((first, second), (second, second)):
            yield (
                snapshot(x, day), over(a, other), snapshot(y, later if a is not b else day), over(b, one),
            )  # fmt: skip


def compared(pair: Pair, results: list[str] | None = None) -> Comparison | None:
    """A comparison; None where a household is refused on one side."""
    try:
        return compare_decisions(*pair, results)
    except PolicyError as error:
        assert {one.code[:3] for one in error.problems} == {"D50"}, error
        return None


def names(pair: Pair, pick: random.Random, count: int) -> list[str]:
    """Some results that both sides have in one kind."""
    programs = [one.compiled.program for one in (pair[0], pair[2])]
    known = [{rule.name: (rule.scope, rule.type) for rule in program.rules} for program in programs]
    both = sorted(name for name, kind in known[0].items() if known[1].get(name) == kind)
    return pick.sample(both, min(count, len(both)))


def turned(unit: Unit) -> frozenset[str]:
    """A unit by the names of what changes, whichever side is first."""
    return frozenset(
        f"{type(one).__name__} {getattr(one, 'name', '')} {getattr(one, 'person', '')}"
        for one in unit.changes
    )


def test_the_parts_add_up_and_turn_round(deep: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(200 if deep else 5):
        pick = random.Random(seed)
        for pair in pairs(seed):
            asked = names(pair, pick, 12)
            there = compared(pair, asked)
            if there is None:
                seen["refused"] += 1
                continue
            back = compared((*pair[2:], *pair[:2]), asked)
            assert back is not None
            decided = pair[0].decide(pair[1]), pair[2].decide(pair[3])
            mirrored = {(one.name, one.person): one for one in back.results}
            for one in there.results:
                other = mirrored[one.name, one.person]
                seen[f"by {one.method}"] += 1
                assert (one.before, one.after) == (other.after, other.before)
                if one.person is None:
                    raw = decided[0].raw(one.name), decided[1].raw(one.name)
                    assert (one.before, one.after) == raw, (seed, one)
                if one.difference is not None:
                    assert sum(part.amount for part in one.parts) == one.difference
                    assert all(part.amount for part in one.parts)
                    assert {turned(part.unit): part.amount for part in one.parts} == {
                        turned(part.unit): -part.amount for part in other.parts
                    }, (seed, one)
                    seen["together"] += any(len(part.unit.changes) > 1 for part in one.parts)
                    seen["differences"] += bool(one.difference)
                elif one.before is not None and one.after is not None:
                    assert bool(one.flips) == (not one.is_same)
                    seen["flips"] += bool(one.flips)
                else:
                    assert not one.parts and not one.flips
                    seen["of one side"] += 1
    assert seen["differences"] > 20 and seen["flips"] > 8 and seen["together"] > 5, seen
    assert seen["by average"] > 15 and seen["by order"] > 4, seen


def test_two_policies_that_have_little_in_common(deep: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(200 if deep else 14):
        passed = [passed_policy(one)[1] for one in (seed, seed + 500)]
        if passed[0] is None or passed[1] is None:
            continue
        first, second = passed[0].compiled[-1], passed[1].compiled[-1]
        one, day = small(first, seed)
        other, later = small(second, seed)
        pair = snapshot(first, day), one, snapshot(second, later), other
        asked = names(pair, random.Random(seed), 12)
        there, back = compared(pair, asked), compared((*pair[2:], *pair[:2]), asked)
        assert there is not None and back is not None
        mirrored = {(one.name, one.person): one for one in back.results}
        for found in there.results:
            seen["values"] += 1
            if found.difference is not None:
                assert sum(part.amount for part in found.parts) == found.difference
                assert {turned(part.unit): part.amount for part in found.parts} == {
                    turned(part.unit): -part.amount
                    for part in mirrored[found.name, found.person].parts
                }
                seen["differences"] += bool(found.difference)
                seen["several parts"] += len(found.parts) > 1
    assert seen["differences"] > 5 and seen["several parts"] > 5, seen


def test_identical_decisions_have_no_parts(deep: bool) -> None:
    count = 0
    for seed in range(100 if deep else 5):
        _, passed = passed_policy(seed)
        if passed is None:
            continue
        for compiled in passed.compiled:
            given, day = small(compiled, seed)
            pair = snapshot(compiled, day), given, snapshot(compiled, day), given
            found = compare_decisions(*pair, [rule.name for rule in compiled.program.rules])
            assert found.units == () and found.joined == found.gone == ()
            assert all(one.is_same and not one.parts and not one.flips for one in found.results)
            count += len(found.results)
    assert count > 500


# ── the same by deciding every household in between ───────────────────────


def test_the_parts_are_what_deciding_every_household_in_between_gives(deep: bool) -> None:
    """The definition, word for word: over all orders, what each fact does when it changes."""
    held = 0
    for seed in range(120 if deep else 20):
        _, passed = passed_policy(seed)
        if passed is None:
            continue
        compiled, pick = passed.compiled[-1], random.Random(seed)
        given, day = small(compiled, seed)
        other = moved(compiled, given, pick)
        if other is None:
            continue
        changed = differing(given, other)
        at = snapshot(compiled, day)
        numbers = [one.name for one in compiled.program.rules if one.scope == "household"]
        try:
            found = compare_decisions(at, given, at, other, numbers)
            values = {
                made: at.decide(between(given, other, made))
                for size in range(len(changed) + 1)
                for made in itertools.combinations(changed, size)
            }
        except PolicyError:
            continue
        for one in found.results:
            if one.difference is None:
                continue
            parts: dict[object, Fraction] = {}
            for made, decision in values.items():
                for last in made:
                    before = tuple(key for key in made if key != last)
                    rise = decision.raw(one.name) - values[before].raw(one.name)  # type: ignore[operator]
                    ways = math.factorial(len(before)) * math.factorial(len(changed) - len(made))
                    parts[last] = parts.get(last, Fraction(0)) + rise * Fraction(
                        ways, math.factorial(len(changed))
                    )
            told: dict[object, Fraction] = {}
            for part in one.parts:
                (change,) = part.unit.changes
                assert isinstance(change, FactChange)
                told[change.name, change.person] = part.amount
            assert told == {key: part for key, part in parts.items() if part}, (seed, one.name)
            held += bool(one.parts)
    assert held > 8


def moved(compiled: Compiled, given: dict[str, Any], pick: random.Random) -> dict[str, Any] | None:
    """The household with two to four other facts, of another household of as many members."""
    draws = Households(compiled.program, pick.randrange(1 << 30))
    size = len(given["成员"])
    for _ in range(60):
        facts = draws.draw()
        if facts.size == size:
            other = household(compiled.program, facts)
            changed = differing(given, other)
            if len(changed) >= 2:
                return between(given, other, tuple(pick.sample(changed, min(4, len(changed)))))
    return None


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The facts that two households of the same members do not share."""
    found: list[tuple[str, str | None]] = [
        (name, None) for name in one if name != "成员" and one[name] != other[name]
    ]
    for first, second in zip(one["成员"], other["成员"], strict=True):
        found += [(name, first["称呼"]) for name in first if first[name] != second[name]]
    return found


def between(
    one: dict[str, Any], other: dict[str, Any], made: tuple[tuple[str, str | None], ...]
) -> dict[str, Any]:
    """A household with some facts of another."""
    found = {name: other[name] if (name, None) in made else value for name, value in one.items()}
    found["成员"] = [
        {
            name: second[name] if (name, first["称呼"]) in made else value
            for name, value in first.items()
        }
        for first, second in zip(one["成员"], other["成员"], strict=True)
    ]
    return found
