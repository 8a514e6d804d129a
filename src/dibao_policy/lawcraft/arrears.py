"""Month by month what was due, by the rules of the month, against what was paid (补发, 退回)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.types import Number, type_text
from dibao_policy.facts.problems import AfterDecisionDay, FormerNameUsed
from dibao_policy.lawcraft import arrears_problems as problems
from dibao_policy.lawcraft.claim import Claim, Paid
from dibao_policy.lawcraft.history import facts_on, idle_changes, states_of
from dibao_policy.lawcraft.months import Month, day_in, stretches
from dibao_policy.model.problems import AfterLastDate, BeforeFirstDate
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import PolicyError, Problem, has_errors, mend, message
from dibao_policy.text import nearest
from dibao_policy.units import Unit
from dibao_policy.values import FEN

BENEFIT_BLOCKS = ("救助", "分类施保", "渐退", "专项")
PER_MONTH = Number(Unit((("money", 1), ("month", -1))))


@frozen
class Due:
    """An amount that was due in a month, in yuan; `member` counts from 0, None for one of the household."""

    name: str
    code: str
    member: int | None
    label: str
    value: Fraction


@frozen
class Compared:
    """What was due less what was paid, in yuan: of one result, or under the empty name of all together.

    A `difference` above zero was paid too little, one below zero too much.
    """

    name: str
    due: Fraction
    paid: Fraction
    difference: Fraction


@frozen
class MonthDue:
    """One month: the day by whose rules and facts it is decided, and the amounts in yuan.

    `compared` is what was held against each other: one pair of sums, or one for each result where it is known what
    was paid of each. `underpaid` and `overpaid` are the sums of their differences above and below zero, both as
    positive amounts.
    `unconfirmed` are the parameters whose source does not confirm the value for that day any more.
    `household` are the facts as they were on that day, as `snapshot` takes them.
    """

    month: Month
    day: datetime.date
    amounts: tuple[Due, ...]
    due: Fraction
    paid: Fraction
    compared: tuple[Compared, ...]
    underpaid: Fraction
    overpaid: Fraction
    unconfirmed: tuple[str, ...]
    snapshot: Snapshot = field(eq=False, repr=False)
    household: Mapping[str, Any] = field(eq=False, repr=False)


@frozen
class Arrears:
    """All months and the exact sums in yuan.

    `underpaid` is the sum of what was paid too little in any month, `overpaid` of what was paid too much;
    `net` is the first less the second. `warnings` do not stand in the way.
    """

    policy: str
    claim: Claim = field(repr=False)
    months: tuple[MonthDue, ...]
    due: Fraction
    paid: Fraction
    underpaid: Fraction
    overpaid: Fraction
    net: Fraction
    warnings: tuple[Problem, ...] = ()


def arrears(policy: Policy, claim: Claim) -> Arrears:
    """What was due in each month of a claim, what was paid, and the difference.

    Each month is decided as if on its decision day: by the rules and values in force on that day, and by the facts
    of that day; an age is that of the day. Raises `PolicyError` with everything that stands in the way of any month:
    no month is left out or taken for zero; `ValueError` for a claim without months.
    """
    if not claim.months:
        raise ValueError("a claim is about one month at least")
    found: list[Problem] = []
    missing = [month for month in claim.months if not claim.paid.get(month)]
    if missing:
        found.append(problems.PaidMissing(months=stretches(missing)))
    states = states_of(policy, claim, found)
    days = {month: day_in(month, claim.decision_day) for month in claim.months}
    found += idle_changes(claim, max(days.values()))
    snapshots = _snapshots(policy, claim, days, found)
    found += _unknown_results(policy, claim, snapshots)
    if has_errors(found):
        raise PolicyError(found)
    refused: dict[object, tuple[Problem, list[Month]]] = {}
    summed: dict[int, tuple[ir.Rule, ...]] = {}
    doubts: dict[tuple[str, str], Problem] = {}
    told: list[MonthDue] = []
    lacking: dict[str, list[Month]] = {}
    others: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Month]] = {}
    for month, snapshot in snapshots.items():
        known = id(snapshot.compiled)
        if known not in summed:
            rules, doubtful = _summed(snapshot, claim.results)
            summed[known] = rules
            for one in doubtful:
                doubts.setdefault((one.whole, one.part), one)
        for name in claim.results:
            if _rule(snapshot, name) is None:
                lacking.setdefault(name, []).append(month)
        if not summed[known]:
            lacking.setdefault("", []).append(month)
        if not _is_told_by(claim.paid[month], summed[known], snapshot):
            names = tuple(rule.name for rule in summed[known])
            others.setdefault((tuple(claim.paid[month]), names), []).append(month)
            continue
        household = facts_on(states, snapshot.day)
        try:
            one_month, warnings = _month(month, snapshot, household, summed[known], claim)
        except PolicyError as error:
            for problem in error.problems:
                refused.setdefault(_likeness(problem), (problem, []))[1].append(month)
        else:
            told.append(one_month)
            found += warnings
    found += doubts.values()
    for name, months in lacking.items():
        if name:
            found.append(problems.ResultNotInForce(months=stretches(months), name=name))
        elif not claim.results:
            found.append(problems.NoMonthlyBenefit(months=stretches(months)))
    # A month that lacks a result is told already.
    untold = {month for months in lacking.values() for month in months}
    for (by, names), months in others.items():
        if left := [month for month in months if month not in untold]:
            shown = [tuple(f"`{name}`" for name in one) for one in (by, names)]
            found.append(
                problems.PaidByOthers(months=stretches(left), told=shown[0], asked=shown[1])
            )
    found += [_refused(problem, months) for problem, months in refused.values()]
    if has_errors(found):
        raise PolicyError(found)
    return _summary(policy, claim, told, found)


def _summary(
    policy: Policy, claim: Claim, told: Sequence[MonthDue], found: Sequence[Problem]
) -> Arrears:
    underpaid = sum((one.underpaid for one in told), Fraction(0))
    overpaid = sum((one.overpaid for one in told), Fraction(0))
    return Arrears(
        policy=policy.name,
        claim=claim,
        months=tuple(told),
        due=sum((one.due for one in told), Fraction(0)),
        paid=sum((one.paid for one in told), Fraction(0)),
        underpaid=underpaid,
        overpaid=overpaid,
        net=underpaid - overpaid,
        warnings=tuple(dict.fromkeys(found)),
    )


# ── one month ─────────────────────────────────────────────────────────────


def _month(
    month: Month,
    snapshot: Snapshot,
    household: Mapping[str, Any],
    rules: Sequence[ir.Rule],
    claim: Claim,
) -> tuple[MonthDue, tuple[Problem, ...]]:
    """What was due in a month, and the former names in use."""
    decision = snapshot.decide(household)
    amounts: list[Due] = []
    for rule in rules:
        raw = decision.raw(rule.name)
        if isinstance(raw, tuple):
            labels = decision.facts.labels
            amounts += [
                Due(rule.name, rule.code, i, labels[i] or f"成员{i + 1}", _yuan(one))
                for i, one in enumerate(raw)
            ]
        else:
            amounts.append(Due(rule.name, rule.code, None, "", _yuan(raw)))
    due = sum((one.value for one in amounts), Fraction(0))
    paid = claim.paid[month]
    compared = tuple(_compared(paid, due, amounts, snapshot))
    tables = snapshot.compiled.program.tables
    told = MonthDue(
        month=month,
        day=snapshot.day,
        amounts=tuple(amounts),
        due=due,
        paid=sum(paid.values(), Fraction(0)),
        compared=compared,
        underpaid=sum((max(one.difference, Fraction(0)) for one in compared), Fraction(0)),
        overpaid=sum((max(-one.difference, Fraction(0)) for one in compared), Fraction(0)),
        unconfirmed=tuple(
            table.name
            for table in tables
            if table.entry.confirmed_until is not None
            and snapshot.day > table.entry.confirmed_until
        ),
        snapshot=snapshot,
        household=household,
    )
    former = snapshot.compiled.former
    asked = (
        FormerNameUsed(path=one, current=former[one]) for one in claim.results if one in former
    )
    return told, (*decision.warnings, *asked)


def _compared(
    paid: Paid, due: Fraction, amounts: Sequence[Due], snapshot: Snapshot
) -> Iterator[Compared]:
    if "" in paid:
        yield Compared("", due, paid[""], due - paid[""])
        return
    for name, one in paid.items():
        rule = snapshot.rule(name).name
        part = sum((amount.value for amount in amounts if amount.name == rule), Fraction(0))
        yield Compared(rule, part, one, part - one)


def _is_told_by(paid: Paid, rules: Sequence[ir.Rule], snapshot: Snapshot) -> bool:
    """Whether amounts are paid by just the results that they are held against, or all together."""
    told = [_rule(snapshot, name) for name in paid]
    asked = {rule.name for rule in rules}
    return set(paid) == {""} or (
        len(told) == len(asked) and {rule.name for rule in told if rule is not None} == asked
    )


def _yuan(value: ir.Value) -> Fraction:
    assert isinstance(value, Fraction)
    return value * FEN


def _likeness(problem: Problem) -> object:
    """What two faults of two months have to share to be told as one."""
    # These name the day of the decision, which is another one in every month.
    match problem:
        case AfterDecisionDay():
            return problem.code, problem.path, problem.found
        case BeforeFirstDate() | AfterLastDate():
            return problem.code
    return problem


def _refused(problem: Problem, months: list[Month]) -> Problem:
    """A fault of the facts of some months, said of those months."""
    return problems.MonthRefused(
        months=stretches(months),
        inner=problem.code,
        reason=message(problem, "zh"),
        reason_en=message(problem, "en"),
        hint=mend(problem, "zh"),
        hint_en=mend(problem, "en"),
    )


# ── the rules of each month ───────────────────────────────────────────────


def _snapshots(
    policy: Policy, claim: Claim, days: Mapping[Month, datetime.date], found: list[Problem]
) -> dict[Month, Snapshot]:
    """The evaluator of each month; months before the first rule or after the last one become problems."""
    snapshots: dict[Month, Snapshot] = {}
    assumed: dict[int, Snapshot] = {}
    outside: dict[object, tuple[Problem, list[Month]]] = {}
    for month, day in days.items():
        try:
            plain = policy.on(day)
            known = id(plain.compiled)
            if known not in assumed:
                assumed[known] = plain.assuming(*claim.assuming)
            snapshots[month] = Snapshot(policy, assumed[known].compiled, day)
        except PolicyError as error:
            for problem in error.problems:
                outside.setdefault(_likeness(problem), (problem, []))[1].append(month)
    for problem, months in outside.values():
        found.append(
            problems.MonthNotInForce(
                months=stretches(months),
                reason=message(problem, "zh"),
                reason_en=message(problem, "en"),
            )
        )
    return snapshots


def _rule(snapshot: Snapshot, name: str) -> ir.Rule | None:
    try:
        return snapshot.rule(name)
    except KeyError:
        return None


def _summed(
    snapshot: Snapshot, names: Sequence[str]
) -> tuple[tuple[ir.Rule, ...], list[problems.SumUnclear | problems.SumDoubtful]]:
    """The rules whose values are added, and the pairs of them of which one is computed from the other."""
    program = snapshot.compiled.program
    if names:
        asked = [_rule(snapshot, name) for name in names]
        rules = tuple(dict.fromkeys(rule for rule in asked if rule is not None))
    else:
        rules = tuple(filter(is_monthly_benefit, program.rules))
    chosen = {rule.name for rule in rules}
    behind: dict[str, frozenset[str]] = {}
    for rule in program.rules:
        direct = {one.name for one in reads(rule.expression) if isinstance(one, ir.ReadRule)}
        behind[rule.name] = frozenset(direct.union(*(behind[name] for name in direct)))
    kind = problems.SumDoubtful if names else problems.SumUnclear
    return rules, [
        kind(whole=rule.name, part=part)
        for rule in rules
        for part in sorted(behind[rule.name] & chosen)
    ]


def is_monthly_benefit(rule: ir.Rule) -> bool:
    """Whether a rule is a benefit that is paid by the month."""
    return rule.origin.block in BENEFIT_BLOCKS and not rule.origin.clause and rule.type == PER_MONTH


def _unknown_results(
    policy: Policy, claim: Claim, snapshots: Mapping[Month, Snapshot]
) -> Iterator[Problem]:
    """Names that no month's rules know, and values that are no monthly amount."""
    every = [rule for one in policy.passed.compiled for rule in one.program.rules]
    every += [rule for one in snapshots.values() for rule in one.compiled.program.rules]
    monthly = [rule for rule in every if rule.type == PER_MONTH and not rule.origin.clause]
    known = tuple(dict.fromkeys(f"`{rule.name}`" for rule in monthly))
    forms = {form for rule in every for form in (rule.name, rule.code, *rule.former) if form}
    for name in claim.results:
        rules = [rule for one in snapshots.values() if (rule := _rule(one, name)) is not None]
        wrong = [rule for rule in rules if rule.type != PER_MONTH]
        if name not in forms:
            near = nearest(name, forms)
            yield problems.UnknownResult(name=name, near=near, known=known)
        elif wrong:
            unit = type_text(wrong[0].type)
            yield problems.NotMonthlyMoney(name=name, unit=unit, known=known)
