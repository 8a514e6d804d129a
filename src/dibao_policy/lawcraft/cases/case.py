"""A case as its file states it: texts and exact values with their places, before any policy is known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from dibao_policy.text import Span

STATUSES = {
    "原文": "original",
    "转载": "reported",
    "问答": "answer",
    "推算": "derived",
    "自拟": "own",
}
PUBLISHED = frozenset({"原文", "转载", "问答"})
"""The statuses of cases whose results somebody else published."""


@frozen
class CaseSource:
    """Where a case was published, and as what."""

    document: str
    address: str
    date: str
    status: str


@frozen
class Written:
    """A value as it stands in a file: its text, and whether it stands in quotes."""

    text: str
    is_plain: bool
    span: Span = field(eq=False, repr=False)


@frozen
class Expected:
    """What a result has to be: one value, or one for each member as `values`.

    `member` counts from 0; `every` means each member of the household; neither, the result by its bare name.
    """

    name: str
    member: int | None
    every: bool
    values: tuple[Written, ...]
    is_list: bool
    span: Span = field(eq=False, repr=False)


@frozen
class Tolerance:
    """How far a result may be off, in the unit that is shown (yuan for money), and why."""

    name: str
    amount: Fraction
    reason: str
    span: Span = field(eq=False, repr=False)


@frozen
class Text:
    """A text that is asked for: a reason, an article, a cross-check or a code."""

    text: str
    span: Span = field(eq=False, repr=False)


Places = Mapping[str, Span]
"""Where each fact stands, by its path: `金融资产`, `成员[2]`, `成员[2].工资收入`."""


@frozen(eq=False)
class Common:
    """Facts of every household of a file that has none of its own, and of every member."""

    household: Mapping[str, Any]
    member: Mapping[str, Any]
    places: Places = field(repr=False)


@frozen(eq=False)
class PolicyCase:
    """A household on a day and what a policy has to make of it.

    `household` is what `dibao evaluate` takes, less what the file has in common (`common`).
    `findings` is None where nothing is said of cross-checks. A case of a table has units behind its numbers.
    One that is not `whole` has a fault of form: it is looked at for further faults, and never run.
    """

    name: str
    day: datetime.date
    source: CaseSource | None
    assuming: tuple[str, ...]
    household: Mapping[str, Any] = field(repr=False)
    common: Common = field(repr=False)
    expected: tuple[Expected, ...]
    reasons: tuple[Text, ...]
    articles: tuple[Text, ...]
    findings: tuple[Text, ...] | None
    tolerances: tuple[Tolerance, ...]
    refused: tuple[Text, ...]
    of_table: bool
    whole: bool
    span: Span = field(repr=False)
    day_span: Span = field(repr=False)
    household_span: Span = field(repr=False)
    places: Places = field(repr=False)
