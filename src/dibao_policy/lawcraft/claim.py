"""What was paid month by month and how a household really was, from a YAML text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from dibao_policy.dates import read_date
from dibao_policy.facts.text import plain_value
from dibao_policy.lawcraft import arrears_problems as problems
from dibao_policy.lawcraft.lists import items_of, words_of
from dibao_policy.lawcraft.months import (
    MONTH_END,
    Month,
    likely_month,
    month_text,
    months_from,
    read_month,
    stretches,
)
from dibao_policy.parameters import nodes
from dibao_policy.parameters.amounts import half_width
from dibao_policy.parameters.fields import (
    Fields,
    Key,
    Pair,
    amount_of,
    fields_of,
    is_nothing,
    pairs_of,
    quoted,
    scalar_of,
    text_of,
)
from dibao_policy.parameters.problems import EmptyValue, MissingKey, NotAMapping
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source, Span, covered
from dibao_policy.values import FEN

CLAIM_KEYS = (
    Key("说明", "note"),
    Key("月份", "months", required=True),
    Key("决定日", "decision_day"),
    Key("结果", "results"),
    Key("假定", "assuming"),
    Key("已发", "paid", required=True),
    Key("家庭", "household", required=True),
    Key("变动", "changes"),
)
RANGE_KEYS = (Key("自", "since", required=True), Key("至", "until", required=True))
PAID_KEYS = (
    Key("自", "since", required=True),
    Key("至", "until"),
    Key("金额", "amount", required=True),
)
CHANGE_KEYS = (
    Key("自", "since", required=True),
    Key("说明", "note"),
    Key("家庭", "household"),
    Key("成员", "members"),
    Key("加入", "joined"),
    Key("离开", "left"),
)
_MONTH_END = ("月末", "last")
_PER_MONTH = ("", "元", "元/月")


Paid: TypeAlias = Mapping[str, Fraction]
"""What was paid in a month, in yuan, by result; under the empty name, for all of them together."""


@frozen
class Change:
    """Facts that are other from a day on.

    `household` are facts of the household that take the place of earlier ones, a whole list of members included;
    `members` are facts of single members, by their label (称呼) or as `成员2`; `left` are the members who are not
    there any more, `joined` those who have come.
    """

    since: datetime.date
    household: Mapping[str, Any] = field(factory=dict)
    members: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    joined: tuple[Mapping[str, Any], ...] = ()
    left: tuple[str, ...] = ()
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Claim:
    """What was paid in each of some months, and the facts as they really were.

    `months` are first days of months without a gap, each with the amounts in yuan in `paid`: by the name of the
    result, or one under the empty name for all together. `household` are the facts at the beginning, `changes`
    what became of them. Each month is decided on day number `decision_day`, or on its
    last day where it has no such day. `results` are the values that are held against what was paid, by either name;
    none of them stands for the benefits of the policy that are paid by the month. `assuming` are values that the
    household brings instead of having them computed.
    """

    months: tuple[Month, ...]
    paid: Mapping[Month, Paid]
    household: Mapping[str, Any]
    changes: tuple[Change, ...] = ()
    results: tuple[str, ...] = ()
    assuming: tuple[str, ...] = ()
    decision_day: int = 1
    note: str = ""


def read_claim(source: Source) -> tuple[Claim | None, tuple[Problem, ...]]:
    """What a text says, or None and everything that is wrong with it."""
    root, faults = nodes.read_nodes(source)
    found = list(faults)
    if root is None:
        if not found:
            where = Span(source, 0, 0)
            found += [
                MissingKey(span=where, owner=quoted(source.name), key=key.zh)
                for key in CLAIM_KEYS
                if key.required
            ]
        return None, in_reading_order(found)
    fields = fields_of(source.name, root, CLAIM_KEYS, found)
    months = _range(fields.pairs.get("月份"), found)
    claim = Claim(
        months=months,
        paid=_paid(fields.pairs.get("已发"), months, found),
        household=_household(fields.pairs.get("家庭"), "", found),
        changes=_changes(fields.pairs.get("变动"), found),
        results=words_of(fields.pairs.get("结果"), found),
        assuming=words_of(fields.pairs.get("假定"), found),
        decision_day=_decision_day(fields, found),
        note=text_of(fields, "说明", found),
    )
    return (None if found else claim), in_reading_order(found)


# ── months and amounts ────────────────────────────────────────────────────


def _range(pair: Pair | None, found: list[Problem]) -> tuple[Month, ...]:
    if pair is None:
        return ()
    fields = fields_of(pair.name, pair.value, RANGE_KEYS, found)
    return _months(fields, found)


def _months(fields: Fields, found: list[Problem]) -> tuple[Month, ...]:
    """The months of a range; one month where its end may be left out and is."""
    first = _month(fields.pairs.get("自"), found)
    last = first if "至" not in fields.pairs else _month(fields.pairs["至"], found)
    if first is None or last is None:
        return ()
    if last < first:
        where = fields.pairs["至"].value.span
        found.append(
            problems.MonthsBackward(span=where, first=month_text(first), last=month_text(last))
        )
    return months_from(first, last)


def _month(pair: Pair | None, found: list[Problem]) -> Month | None:
    scalar = scalar_of(pair, found) if pair is not None else None
    if scalar is None:
        return None
    month = read_month(scalar.text)
    if month is None:
        found.append(_not_a_month(scalar))
    return month


def _not_a_month(scalar: nodes.Scalar) -> Problem:
    text = scalar.text
    return problems.NotAMonth(span=scalar.span, text=quoted(text), likely=likely_month(text))


def _paid(pair: Pair | None, months: tuple[Month, ...], found: list[Problem]) -> dict[Month, Paid]:
    """What was paid in each month: the same in all, by month, or by stretches of months."""
    if pair is None:
        return {}
    parts: list[tuple[tuple[Month, ...], Pair | None, Span]] = []
    match pair.value:
        case nodes.Sequence(items):
            for item in items:
                fields = fields_of(pair.name, item, PAID_KEYS, found)
                parts.append((_months(fields, found), fields.pairs.get("金额"), item.span))
        case nodes.Mapping() if any(map(_begins_with_a_digit, pair.value.pairs)):
            for one in pairs_of(pair.name, pair.value, {}, found)[0]:
                month = read_month(one.name)
                if month is None:
                    found.append(_not_a_month(one.key))
                parts.append(((month,) if month else (), one, one.key.span))
        case _:
            amounts = _amounts(pair, found)
            return {} if amounts is None else dict.fromkeys(months, amounts)
    paid: dict[Month, Paid] = {}
    told: set[Month] = set()
    whole = bool(months)
    for stretch, behind, span in parts:
        amounts = _amounts(behind, found) if behind is not None else None
        whole = whole and bool(stretch) and amounts is not None
        twice, outside = told.intersection(stretch), set(stretch).difference(months)
        told.update(stretch)
        if twice:
            found.append(problems.PaidTwice(span=span, months=stretches(twice)))
        if months and outside:
            ends = month_text(months[0]), month_text(months[-1])
            found.append(
                problems.PaidOutside(
                    span=span, months=stretches(outside), first=ends[0], last=ends[1]
                )
            )
        if amounts is not None:
            paid |= dict.fromkeys(stretch, amounts)
    missing = set(months).difference(told)
    if missing and whole:
        found.append(problems.PaidMissing(span=pair.key.span, months=stretches(missing)))
    return paid


def _begins_with_a_digit(pair: tuple[nodes.Node, nodes.Node]) -> bool:
    """Whether a key is meant for a month, and not for the name of a result."""
    key = pair[0]
    return isinstance(key, nodes.Scalar) and half_width(key.text)[:1].isdigit()


def _amounts(pair: Pair, found: list[Problem]) -> Paid | None:
    """One amount for all results together, or one for each."""
    if not isinstance(pair.value, nodes.Mapping):
        amount = _amount(pair, found)
        return None if amount is None else {"": amount}
    told, is_complete = pairs_of(pair.name, pair.value, {}, found)
    amounts = {one.name: _amount(one, found) for one in told}
    if not amounts and is_complete:
        found.append(EmptyValue(span=pair.key.span, key=quoted(pair.name)))
    known = {name: amount for name, amount in amounts.items() if amount is not None}
    return known if known and len(known) == len(amounts) else None


def _amount(pair: Pair, found: list[Problem]) -> Fraction | None:
    before = len(found)
    amount = amount_of(pair, found)
    if amount is None or len(found) > before:
        return None
    if (
        amount.is_percent
        or amount.unit_text not in _PER_MONTH
        or amount.number < 0
        or (amount.number / FEN).denominator != 1
    ):
        text = quoted(covered(pair.value.span))
        found.append(problems.PaidAmount(span=pair.value.span, text=text))
        return None
    return amount.number


def _decision_day(fields: Fields, found: list[Problem]) -> int:
    pair = fields.pairs.get("决定日")
    scalar = scalar_of(pair, found) if pair is not None else None
    if scalar is None:
        return 1
    text = half_width(scalar.text)
    if text in _MONTH_END:
        return MONTH_END
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= MONTH_END:
        return int(text)
    found.append(problems.NotADecisionDay(span=scalar.span, text=quoted(scalar.text)))
    return 1


# ── facts ─────────────────────────────────────────────────────────────────


def _household(pair: Pair | None, path: str, found: list[Problem]) -> dict[str, Any]:
    """Facts under the names that they are given; which names there are, the policy knows."""
    if pair is None:
        return {}
    match pair.value:
        case nodes.Mapping() as mapping if mapping.pairs:
            value = plain_value(mapping, path, found)
            assert isinstance(value, dict)
            return value
        case nodes.Refused():
            return {}
        case nodes.Sequence():
            found.append(NotAMapping(span=pair.key.span, key=quoted(pair.name)))
        case _ as node if is_nothing(node) or isinstance(node, nodes.Mapping):
            found.append(EmptyValue(span=pair.key.span, key=quoted(pair.name)))
        case _:
            found.append(NotAMapping(span=pair.key.span, key=quoted(pair.name)))
    return {}


def _changes(pair: Pair | None, found: list[Problem]) -> tuple[Change, ...]:
    changes: list[Change] = []
    for item in items_of(pair, found):
        assert pair is not None
        fields = fields_of(pair.name, item, CHANGE_KEYS, found)
        since = _since(fields.pairs.get("自"), found)
        household = _household(fields.pairs.get("家庭"), "", found)
        joined = tuple(_people(fields.pairs.get("加入"), found))
        members = _members(fields.pairs.get("成员"), found)
        left = words_of(fields.pairs.get("离开"), found)
        if since is None:
            continue
        if any(since == one.since for one in changes):
            found.append(problems.ChangeTwice(span=item.span, since=str(since)))
        note = text_of(fields, "说明", found)
        changes.append(Change(since, household, members, joined, left, note, item.span))
    return tuple(sorted(changes, key=lambda change: change.since))


def _since(pair: Pair | None, found: list[Problem]) -> datetime.date | None:
    """The day from which a change holds: that of a month is its first."""
    scalar = scalar_of(pair, found) if pair is not None else None
    if scalar is None:
        return None
    since = read_month(scalar.text) or read_date(half_width(scalar.text))
    if since is None:
        found.append(_not_a_month(scalar))
    return since


def _members(pair: Pair | None, found: list[Problem]) -> dict[str, Mapping[str, Any]]:
    if pair is None:
        return {}
    told = pairs_of(pair.name, pair.value, {}, found)[0]
    return {one.name: _household(one, f"{one.name}.", found) for one in told}


def _people(pair: Pair | None, found: list[Problem]) -> list[Mapping[str, Any]]:
    people: list[Mapping[str, Any]] = []
    for item in items_of(pair, found):
        assert pair is not None
        people.append(_household(Pair(pair.name, pair.key, item), "", found))
    return people
