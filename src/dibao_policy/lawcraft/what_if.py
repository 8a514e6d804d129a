"""Why not, and what if: the nearest value of each fact that may be suggested at which a result turns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.types import Day, Number, YesNo
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cells import Cell, answer_at, step_at
from dibao_policy.evaluate.facts import Facts, PartialFacts, household_facts, member_facts
from dibao_policy.evaluate.generate import Output, arguments_of
from dibao_policy.evaluate.interpret import recall
from dibao_policy.evaluate.nearest import Search, TooManyTurns, nearest_turns, search_of
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.account import Account, Told, account_of, is_result
from dibao_policy.explain.notice import refusal_reason
from dibao_policy.lawcraft.distances import Distance, distances
from dibao_policy.lawcraft.moves import Place, place_of, with_value
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

Value = ir.Value


@frozen
class Outcome:
    """A result, of the household or of one member, before and after a change."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    before: Value
    after: Value


@frozen
class Requirement:
    """A requirement behind the result that is not met now: why not, and how far it is from being met."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    reason: str
    distances: tuple[Distance, ...]


@frozen
class Flip:
    """A requirement that is met after a change and was not before, or the other way round."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    met: bool


@frozen
class Suggestible:
    """A fact of which another value may be suggested: of the household, or of one member; and its present value.

    `path` is its place in a household, `成员[2].工资收入`.
    """

    fact: ir.Fact = field(repr=False)
    member: int | None
    path: str
    present: Value


@frozen
class Turn:
    """The nearest value of one fact on one side at which the result turns, all other facts as they are.

    `last` is the value beside it, one smallest step nearer to the present one, at which nothing has turned yet;
    None where the answers of a fact have no order. `difference` is `value` less the present one, in smallest units
    (money in fen), or in days; None where there is no such thing. `outcomes` are the results that change with it.
    """

    about: Suggestible
    value: Value
    last: Value | None
    difference: Fraction | None
    outcomes: tuple[Outcome, ...]
    flips: tuple[Flip, ...]


@frozen
class Met:
    """A requirement that one fact alone can bring to be met, from which value on, and those not met there."""

    rule: ir.Rule = field(repr=False)
    member: int | None
    value: Value
    difference: Fraction | None
    still: tuple[Key, ...]


@frozen
class Fixed:
    """A fact of which no value turns the result.

    `unmet` are the requirements that are not met whatever its value, `meets` those that it can bring to be met.
    """

    about: Suggestible
    unmet: tuple[Key, ...]
    meets: tuple[Met, ...]


@frozen
class WhatIf:
    """What would turn a result of a household, one fact at a time.

    `holds` is whether it is granted now: 是, or an amount above zero. `value` is in smallest units.
    Of a result that is not granted, `requirements` are those not met; each `Turn` is what would have it granted.
    Of one that is, each `Turn` is the margin: it is kept up to `last`, and lost at `value`.
    `account` is the explanation of the present decision.
    """

    program: ir.Program = field(repr=False)
    day: datetime.date
    digest: str
    labels: tuple[str, ...]
    rule: ir.Rule = field(repr=False)
    member: int | None
    value: Value
    holds: bool
    requirements: tuple[Requirement, ...]
    turns: tuple[Turn, ...]
    fixed: tuple[Fixed, ...]
    account: Account = field(repr=False)
    warnings: tuple[Problem, ...] = ()


def what_if_of(
    snapshot: Snapshot, given: Mapping[str, Any], name: str | None, member: int | None
) -> WhatIf:
    """What would turn a result. Raises `PolicyError`, and `KeyError` for a name that is no value of the policy."""
    rule = _default_result(snapshot) if name is None else snapshot.rule(name)
    trace = snapshot.trace(given)
    facts = trace.facts
    check_question(snapshot, rule, facts.size, member)
    account = account_of(trace, snapshot.day, snapshot.digest)
    bench = _Bench(snapshot, facts, rule, member)
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


# ── the household, with one fact moved ────────────────────────────────────


@define
class _Bench:
    """A household whose suggestible facts can be moved, and what each move comes to."""

    snapshot: Snapshot
    facts: Facts
    rule: ir.Rule
    member: int | None
    search: Search = field(init=False)
    stands: tuple[Place, ...] = field(init=False)
    behind: dict[str, ir.Rule] = field(init=False)
    present: Decision = field(init=False)
    holds: bool = field(init=False)
    _known: dict[tuple[int, int], tuple[tuple[int, ...], list[list[int]]]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        program = self.snapshot.compiled.program
        self.behind = _behind(program, self.rule)
        movable = _movable(program, self.behind)
        partial, present = _opened(program, self.facts, movable)
        self.search = search_of(program, partial, present)
        self.stands = tuple(
            place_of(program, one.fact, one.member or 0) for one in self.search.cells
        )
        self.present = self.snapshot.decide_facts(self.facts)
        raw = self.present.raw(self.rule.name)
        value = raw[self.member] if isinstance(raw, tuple) and self.member is not None else raw
        assert not isinstance(value, tuple)
        self.holds = value > 0

    @property
    def key(self) -> Key:
        return self.rule.name, self.member

    def answer(self, key: Key, cell: int, place: int) -> bool:
        """Whether a value holds where one fact stands at a place, by the generated function."""
        where = (cell, place)
        if where not in self._known:
            self._known[where] = self._returned(cell, place)
        returned, filled = self._known[where]
        output: Output = self.snapshot.compiled.outputs[key[0]]
        if key[1] is None:
            return returned[output.position] > 0
        return filled[output.position][key[1]] > 0

    def _returned(self, cell: int, place: int) -> tuple[tuple[int, ...], list[list[int]]]:
        facts = self.moved(cell, place)
        generated = self.snapshot.compiled.generated
        arguments, filled = arguments_of(
            generated, facts.day, facts.size, facts.household, facts.members
        )
        return generated.function(*arguments), filled

    def moved(self, cell: int, place: int) -> Facts:
        """The household with one fact at another place."""
        fact = self.search.cells[cell].fact
        return with_value(self.facts, self.stands[cell], step_at(fact, place))


def _behind(program: ir.Program, rule: ir.Rule) -> dict[str, ir.Rule]:
    """A rule and all that it reads."""
    rules = {one.name: one for one in program.rules}
    left, found = [rule.name], dict[str, ir.Rule]()
    while left:
        name = left.pop()
        if name not in found:
            found[name] = rules[name]
            left += rules_read(rules[name])
    return found


def _movable(program: ir.Program, behind: Mapping[str, ir.Rule]) -> frozenset[str]:
    """The facts that may be suggested, of those that the rules read."""
    read = {
        one.name
        for rule in behind.values()
        for one in reads(rule.expression)
        if isinstance(one, ir.ReadFact)
    }
    return frozenset(one.name for one in program.facts if one.changeable and one.name in read)


def _opened(
    program: ir.Program, facts: Facts, movable: frozenset[str]
) -> tuple[PartialFacts, tuple[int, ...]]:
    """The household without the facts that are moved, and where each of these stands."""
    own = dict(zip((one.name for one in household_facts(program)), facts.household, strict=True))
    columns = dict(zip((one.name for one in member_facts(program)), facts.members, strict=True))
    partial = PartialFacts(
        facts.day,
        facts.size,
        tuple(None if name in movable else step for name, step in own.items()),
        tuple(
            [None] * facts.size if name in movable else list(column)
            for name, column in columns.items()
        ),
        facts.labels,
        facts.defaulted,
    )
    present: list[int] = []
    for fact in program.facts:
        if fact.name in movable:
            steps = [own[fact.name]] if fact.scope == "household" else columns[fact.name]
            present += [_place(fact, step) for step in steps]
    return partial, tuple(present)


def _place(fact: ir.Fact, step: int) -> int:
    return day_from_number(step).toordinal() if isinstance(fact.type, Day) else step


def _one(raw: Value | tuple[Value, ...]) -> Value:
    assert not isinstance(raw, tuple)
    return raw


# ── one fact at a time ────────────────────────────────────────────────────


def _searched(
    bench: _Bench, requirements: tuple[Requirement, ...]
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
    if too_long:
        raise PolicyError(too_long)
    return tuple(turns), tuple(fixed)


def _suggestible(bench: _Bench, cell: int, one: Cell) -> Suggestible:
    whose = "" if one.member is None else f"成员[{one.member + 1}]."
    here = answer_at(one.fact, bench.search.present[cell])
    return Suggestible(one.fact, one.member, whose + one.fact.name, here)


def _places(bench: _Bench, cell: int, key: Key) -> tuple[int, ...]:
    """Where a value begins or ceases to hold as one fact moves: the nearest places on each side."""
    return nearest_turns(
        bench.search, cell, key, lambda place: bench.answer(key, cell, place)
    ).places()


def _turn(bench: _Bench, cell: int, about: Suggestible, place: int) -> Turn:
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


def _results(bench: _Bench) -> Iterator[ir.Rule]:
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


def _flips(bench: _Bench, after: Decision) -> Iterator[Flip]:
    for rule in bench.behind.values():
        if rule.origin.clause == "要求":
            for member, first, second in _values(bench.present, after, rule):
                if first != second:
                    yield Flip(rule, member, bool(second))


def _stands_behind(told: Told, bench: _Bench) -> bool:
    """Whether a requirement that is not met stands in the way of the result that is asked about."""
    others = bench.member is not None and told.member not in (None, bench.member)
    return told.rule.name in bench.behind and not others


def _fixed(
    bench: _Bench, cell: int, about: Suggestible, requirements: tuple[Requirement, ...]
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
