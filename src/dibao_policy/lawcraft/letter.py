"""A household on two days, with the same facts: what changed of its results, and which values and rules made it so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.show import rule_text
from dibao_policy.core.types import Enumerated, Number, Type
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.stretches import rules_behind
from dibao_policy.explain.account import Account
from dibao_policy.lawcraft import letter_problems as problems
from dibao_policy.lawcraft.arrears import BENEFIT_BLOCKS, is_monthly_benefit
from dibao_policy.parameters.series import Entry
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import PolicyError, Problem


@frozen
class Outcome:
    """A result on both days, in smallest units; None where the rules of the day do not have it.

    `member` counts from 0, None for the household.
    """

    name: str
    code: str
    member: int | None
    label: str
    type: Type
    is_amount: bool
    before: ir.Value | None
    after: ir.Value | None

    @property
    def changed(self) -> bool:
        """Whether the days differ; to have no such result and to get nothing is the same."""
        return (self.before or 0) != (self.after or 0)

    @property
    def difference(self) -> Fraction:
        """Of an amount: the later less the earlier, in smallest units."""
        return Fraction(self.after or 0) - Fraction(self.before or 0)


@frozen
class NewValue:
    """A value of a parameter that the results rest on and that changed, in smallest units.

    `key` names what it is looked up by; None where there is no such value on the day.
    """

    name: str
    code: str
    key: tuple[str, ...]
    type: Type
    before: Fraction | None
    after: Fraction | None
    entry: Entry = field(repr=False)


@frozen
class NewRule:
    """A rule that the results rest on and that is computed in another way, that is new, or that is gone."""

    name: str
    block: str
    is_new: bool
    is_gone: bool
    citations: tuple[ir.Cited, ...]


@frozen
class Letter:
    """What is told to a household. Sums are in smallest units by the month.

    `sums` are what comes in by the month on both days, where the benefits can be added: None where one of them
    is computed from another. `unverified` is what the results of either day rest on without a published source.
    """

    policy: str
    code: str
    before: datetime.date
    after: datetime.date
    outcomes: tuple[Outcome, ...]
    sums: tuple[Fraction, Fraction] | None
    values: tuple[NewValue, ...]
    rules: tuple[NewRule, ...]
    unconfirmed: tuple[str, ...]
    unverified: tuple[tuple[str, str], ...]
    warnings: tuple[Problem, ...]
    accounts: tuple[Account, Account] = field(repr=False)


def letter(
    policy: Policy, household: Mapping[str, Any], before: datetime.date, after: datetime.date
) -> Letter:
    """What changes for a household from one day to a later one, while its facts stay.

    Raises `PolicyError` where the days or the facts are not sound, and where no result changes.
    """
    if before >= after:
        raise PolicyError([problems.DaysBackward(before=str(before), after=str(after))])
    old, new = policy.on(before), policy.on(after)
    accounts = old.explain(household), new.explain(household)
    outcomes = tuple(_outcomes(*accounts))
    if not any(one.changed for one in outcomes):
        starts = [regime.since for regime in policy.regimes[1:]]
        # The nearest on either side: a policy of thirty years has many.
        nearest = sorted(starts, key=lambda day: min(abs(day - before), abs(day - after)))[:6]
        days = tuple(str(day) for day in sorted(nearest))
        raise PolicyError(
            [problems.NothingChanges(before=str(before), after=str(after), days=days)]
        )
    both = accounts[0].unverified + accounts[1].unverified
    return Letter(
        policy=new.compiled.program.name,
        code=new.policy.code,
        before=before,
        after=after,
        outcomes=outcomes,
        sums=_sums(old, new, outcomes),
        values=tuple(_values((old, new), accounts, household)),
        rules=tuple(_rules(*accounts)),
        unconfirmed=tuple(table.name for table in accounts[1].unconfirmed),
        unverified=tuple(dict.fromkeys(both)),
        warnings=new.decide(household).warnings,
        accounts=accounts,
    )


def _outcomes(old: Account, new: Account) -> Iterator[Outcome]:
    """Each result of either day, in the order of the later one."""
    told = {(one.rule.name, one.member): one for one in old.results}
    later = {(one.rule.name, one.member): one for one in new.results}
    for key in dict.fromkeys([*later, *told]):
        one = later.get(key) or told[key]
        rule = one.rule
        before, after = told.get(key), later.get(key)
        yield Outcome(
            name=rule.name,
            code=rule.code,
            member=one.member,
            label="" if one.member is None else new.labels[one.member],
            type=rule.type,
            is_amount=rule.origin.block in BENEFIT_BLOCKS and isinstance(rule.type, Number),
            before=None if before is None else before.value,
            after=None if after is None else after.value,
        )


def _sums(
    old: Snapshot, new: Snapshot, outcomes: Sequence[Outcome]
) -> tuple[Fraction, Fraction] | None:
    """What comes in by the month on both days; None where an amount could be counted twice."""
    names: set[str] = set()
    for snapshot in (old, new):
        program = snapshot.compiled.program
        monthly = {rule.name for rule in program.rules if is_monthly_benefit(rule)}
        names |= monthly
        if any((rules_behind(program, [name]) - {name}) & monthly for name in monthly):
            return None
    if not names:
        return None
    added = [one for one in outcomes if one.name in names]
    sums = [
        sum((Fraction(value or 0) for value in side), Fraction(0))
        for side in ([one.before for one in added], [one.after for one in added])
    ]
    return sums[0], sums[1]


# ── why ───────────────────────────────────────────────────────────────────

_Cell = tuple[str, tuple[int, ...]]


def _cells(snapshot: Snapshot, account: Account, household: Mapping[str, Any]) -> set[_Cell]:
    """The values of parameters that the shown steps looked up, each by its table and its keys."""
    shown = {one.rule.name for one in account.shown}
    program = snapshot.compiled.program
    lookups = {
        id(node): node
        for rule in program.rules
        if rule.name in shown
        for node in reads(rule.expression)
        if isinstance(node, ir.Lookup)
    }
    # A key is computed just before what is looked up by it.
    last: dict[int, ir.Value] = {}
    found: set[_Cell] = set()

    def watch(node: ir.Expression, value: ir.Value) -> None:
        last[id(node)] = value
        if id(node) in lookups:
            keys = lookups[id(node)].keys
            found.add((lookups[id(node)].table, tuple(int(last[id(key)]) for key in keys)))

    interpret(program, snapshot.facts(household), watch)
    return found


def _values(
    snapshots: tuple[Snapshot, Snapshot],
    accounts: tuple[Account, Account],
    household: Mapping[str, Any],
) -> Iterator[NewValue]:
    """The looked-up values that are other ones on the later day, in the order of the policy."""
    tables = [
        {table.name: table for table in snapshot.compiled.program.tables} for snapshot in snapshots
    ]
    cells = set().union(
        *(_cells(one, account, household) for one, account in zip(snapshots, accounts, strict=True))
    )
    order = [*tables[1], *(name for name in tables[0] if name not in tables[1])]
    for name, keys in sorted(cells, key=lambda cell: (order.index(cell[0]), cell[1])):
        old, new = (side.get(name) for side in tables)
        before, after = (_cell_of(table, keys) for table in (old, new))
        if before != after:
            table = new or old
            assert table is not None
            yield NewValue(
                name=name,
                code=table.code,
                key=_key_text(table, keys),
                type=table.type,
                before=before,
                after=after,
                entry=table.entry,
            )


def _cell_of(table: ir.Table | None, keys: Sequence[int]) -> Fraction | None:
    if table is None:
        return None
    place = 0
    for key, kind in zip(keys, table.keys, strict=True):
        assert isinstance(kind, Enumerated)
        place = place * len(kind.members) + key
    return table.values[place]


def _key_text(table: ir.Table, keys: Sequence[int]) -> tuple[str, ...]:
    kinds = [kind for kind in table.keys if isinstance(kind, Enumerated)]
    return tuple(kind.members[key][0] for key, kind in zip(keys, kinds, strict=True))


def _rules(old: Account, new: Account) -> Iterator[NewRule]:
    """The rules behind the results that are not what they were, each block once."""
    sides = [_texts(account) for account in (old, new)]
    for name in dict.fromkeys([*sides[1], *sides[0]]):
        before, after = (side.get(name) for side in sides)
        if before == after:
            continue
        # A rule of which only another part was needed on the other day is still the same rule.
        both = [
            {rule_text(rule) for rule in account.program.rules if rule.origin.name == name}
            for account in (old, new)
        ]
        if both[0] == both[1]:
            continue
        account = new if both[1] else old
        rules = [rule for rule in account.program.rules if rule.origin.name == name]
        cited = (one for rule in rules for one in rule.citations)
        yield NewRule(
            name=name,
            block=rules[-1].origin.block,
            is_new=not both[0],
            is_gone=not both[1],
            citations=tuple(dict.fromkeys(cited)),
        )


def _texts(account: Account) -> dict[str, tuple[str, ...]]:
    """The shown rules of each block as text."""
    found: dict[str, dict[str, None]] = {}
    for one in account.shown:
        found.setdefault(one.rule.origin.name, {})[rule_text(one.rule)] = None
    return {name: tuple(texts) for name, texts in found.items()}
