"""Why not, and what if: the nearest value of each fact that may be suggested at which a result turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from dibao_policy.core import ir
from dibao_policy.core.types import Day, Number, YesNo
from dibao_policy.evaluate.cells import Cell, answer_at
from dibao_policy.evaluate.interpret import recall
from dibao_policy.evaluate.nearest import TooManyTurns, nearest_turns
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.account import Told, account_of, is_result
from dibao_policy.explain.notice import refusal_reason
from dibao_policy.lawcraft.distances import distances
from dibao_policy.lawcraft.what_if_bench import Bench
from dibao_policy.lawcraft.what_if_found import (
    Fixed,
    Flip,
    Met,
    Outcome,
    Requirement,
    Suggestible,
    Turn,
    Value,
    WhatIf,
)
from dibao_policy.lawcraft.what_if_problems import (
    NeitherYesNorAmount,
    NoSuchMember,
    NothingToAsk,
    OfWhichMember,
    SearchTooLong,
)
from dibao_policy.problem import PolicyError, Problem

if TYPE_CHECKING:
    from dibao_policy.policy import Decision, Snapshot


def what_if_of(
    snapshot: Snapshot, given: Mapping[str, Any], name: str | None, member: int | None
) -> WhatIf:
    """What would turn a result. Raises `PolicyError`, and `KeyError` for a name that is no value of the policy."""
    rule = _default_result(snapshot) if name is None else snapshot.rule(name)
    trace = snapshot.trace(given)
    facts = trace.facts
    check_question(snapshot, rule, facts.size, member)
    account = account_of(trace, snapshot.day, snapshot.digest)
    bench = Bench(snapshot, facts, rule, member)
    remember = recall(trace)
    rules = {one.name: one for one in snapshot.compiled.program.rules}
    requirements = tuple(
        Requirement(
            told.rule,
            told.member,
            refusal_reason(told, account),
            distances(rules, told.rule, told.member, remember),
        )
        for told in account.refusals
        if not bench.holds and _stands_behind(told, bench)
    )
    turns, fixed = _searched(bench, requirements)
    decision = bench.present
    raw = decision.raw(rule.name)
    return WhatIf(
        program=snapshot.compiled.program,
        day=snapshot.day,
        digest=snapshot.digest,
        labels=account.labels,
        rule=rule,
        member=member,
        value=raw[member] if isinstance(raw, tuple) and member is not None else _one(raw),
        holds=bench.holds,
        requirements=requirements,
        turns=turns,
        fixed=fixed,
        account=account,
        warnings=decision.warnings,
    )


# ── the question ──────────────────────────────────────────────────────────


def _default_result(snapshot: Snapshot) -> ir.Rule:
    """The first entitlement of the household, or else its first amount. Raises `PolicyError` where there is none."""
    results = [
        rule
        for rule in snapshot.compiled.program.rules
        if is_result(rule) and rule.scope == "household" and _can_be_asked(rule)
    ]
    entitled = [rule for rule in results if rule.type == YesNo()]
    if not results:
        raise PolicyError([NothingToAsk(day=str(snapshot.day))])
    return (entitled or results)[0]


def _can_be_asked(rule: ir.Rule) -> bool:
    return isinstance(rule.type, (YesNo, Number))


def check_question(snapshot: Snapshot, rule: ir.Rule, size: int, member: int | None) -> None:
    """Whether a result can be asked about, of that member of so many. Raises `PolicyError`."""
    if not _can_be_asked(rule):
        others = snapshot.compiled.program.rules
        likely = next((one.name for one in others if is_result(one) and one.type == YesNo()), "")
        raise PolicyError([NeitherYesNorAmount(name=rule.name, likely=likely)])
    if rule.scope == "member" and member is None:
        raise PolicyError([OfWhichMember(name=rule.name, count=size)])
    if member is not None and (rule.scope == "household" or not 0 <= member < size):
        whole = rule.scope == "household"
        raise PolicyError(
            [
                NoSuchMember(
                    name=rule.name,
                    member=member + 1,
                    mend="不写成员：这是全家的结果" if whole else f"写从 1 到 {size} 的一个",
                    mend_en="leave the member out: it is a result of the whole household"
                    if whole
                    else f"give one from 1 to {size}",
                )
            ]
        )


def _one(raw: Value | tuple[Value, ...]) -> Value:
    assert not isinstance(raw, tuple)
    return raw


# ── one fact at a time ────────────────────────────────────────────────────


def _searched(
    bench: Bench, requirements: tuple[Requirement, ...]
) -> tuple[tuple[Turn, ...], tuple[Fixed, ...]]:
    turns: list[Turn] = []
    fixed: list[Fixed] = []
    too_long: list[Problem] = []
    for cell, one in enumerate(bench.search.cells):
        about = _suggestible(bench, cell, one)
        try:
            places = _places(bench, cell, bench.key)
            turns += [_turn(bench, cell, about, place) for place in places]
            if not places:
                fixed.append(_fixed(bench, cell, about, requirements))
        except TooManyTurns:
            limit = bench.search.walks
            too_long.append(SearchTooLong(path=about.path, name=bench.rule.name, limit=limit))
        bench.forget()
    if too_long:
        raise PolicyError(too_long)
    return tuple(turns), tuple(fixed)


def _suggestible(bench: Bench, cell: int, one: Cell) -> Suggestible:
    whose = "" if one.member is None else f"成员[{one.member + 1}]."
    here = answer_at(one.fact, bench.search.present[cell])
    return Suggestible(one.fact, one.member, whose + one.fact.name, here)


def _places(bench: Bench, cell: int, key: Key) -> tuple[int, ...]:
    """Where a value begins or ceases to hold as one fact moves: the nearest places on each side."""
    return nearest_turns(
        bench.search, cell, key, lambda place: bench.answer(key, cell, place)
    ).places()


def _turn(bench: Bench, cell: int, about: Suggestible, place: int) -> Turn:
    present = bench.search.present[cell]
    decision = bench.snapshot.decide_facts(bench.moved(cell, place))
    last = None
    if _in_order(about.fact):
        last = answer_at(about.fact, place + (1 if place < present else -1))
    return Turn(
        about,
        answer_at(about.fact, place),
        last,
        _difference(about.fact, present, place),
        tuple(_outcomes(bench.present, decision, _results(bench))),
        tuple(_flips(bench, decision)),
    )


def _in_order(fact: ir.Fact) -> bool:
    return isinstance(fact.type, (Number, Day))


def _difference(fact: ir.Fact, present: int, place: int) -> Fraction | None:
    match fact.type:
        case Number():
            return (place - present) * ir.step_of(fact)
        case Day():
            return Fraction(place - present)
    return None


def _results(bench: Bench) -> Iterator[ir.Rule]:
    """The result that is asked about, and all results of the policy."""
    yield bench.rule
    for rule in bench.snapshot.compiled.program.rules:
        if is_result(rule) and rule.name != bench.rule.name:
            yield rule


def _outcomes(before: Decision, after: Decision, rules: Iterable[ir.Rule]) -> Iterator[Outcome]:
    for rule in rules:
        for member, first, second in _values(before, after, rule):
            if first != second:
                yield Outcome(rule, member, first, second)


def _values(
    before: Decision, after: Decision, rule: ir.Rule
) -> Iterator[tuple[int | None, Value, Value]]:
    first, second = before.raw(rule.name), after.raw(rule.name)
    if isinstance(first, tuple):
        assert isinstance(second, tuple)
        yield from zip(range(len(first)), first, second, strict=True)
    else:
        yield None, first, _one(second)


def _flips(bench: Bench, after: Decision) -> Iterator[Flip]:
    for rule in bench.behind.values():
        if rule.origin.clause == "要求":
            for member, first, second in _values(bench.present, after, rule):
                if first != second:
                    yield Flip(rule, member, bool(second))


def _stands_behind(told: Told, bench: Bench) -> bool:
    """Whether a requirement that is not met stands in the way of the result that is asked about."""
    others = bench.member is not None and told.member not in (None, bench.member)
    return told.rule.name in bench.behind and not others


def _fixed(
    bench: Bench, cell: int, about: Suggestible, requirements: tuple[Requirement, ...]
) -> Fixed:
    """What a fact can bring about of all that is wanting, where that is not enough."""
    unmet: list[Key] = []
    meets: list[Met] = []
    present = bench.search.present[cell]
    keys = [(one.rule.name, one.member) for one in requirements]
    for one, key in zip(requirements, keys, strict=True):
        places = _places(bench, cell, key)
        if not places:
            unmet.append(key)
        for place in places:
            still = tuple(other for other in keys if not bench.answer(other, cell, place))
            value = answer_at(about.fact, place)
            difference = _difference(about.fact, present, place)
            meets.append(Met(one.rule, one.member, value, difference, still))
    return Fixed(about, tuple(unmet), tuple(meets))
