"""A parameter over time: what was written, what is in force on a day, where its dates fail."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from dibao_policy.dates import ONE_DAY
from dibao_policy.parameters.series_problems import (
    DatesOutOfOrder,
    Gap,
    Overlap,
    RepeatedDate,
)
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Span

DEFAULT_GUARD = Fraction(1, 2)

Key = tuple[str, ...]


@frozen
class Provenance:
    """Where a number comes from, and how far that was checked."""

    document: str
    article: str
    address: str
    status: str
    date_basis: str
    span: Span = field(eq=False, repr=False)


@frozen
class Cell:
    """One number; `key` names the members it is for, as written, and is empty for all of them.

    `20%` is the number 1/5 with `is_percent` set.
    """

    key: Key
    number: Fraction
    is_percent: bool
    unit_text: str
    span: Span = field(eq=False, repr=False)
    key_spans: tuple[Span, ...] = field(default=(), eq=False, repr=False)


@frozen
class Entry:
    """The numbers from one day on. `until` is the written end, if one is written.

    `whole` is False when a cell could not be read, so that nothing is called missing for it.
    """

    since: datetime.date
    until: datetime.date | None
    cells: tuple[Cell, ...]
    provenance: Provenance
    confirmed_until: datetime.date | None
    reason: str
    span: Span = field(eq=False, repr=False)
    since_span: Span | None = field(default=None, eq=False, repr=False)
    until_span: Span | None = field(default=None, eq=False, repr=False)
    whole: bool = True


@frozen
class Series:
    """A parameter: its name as written, and its entries in ascending order of `since`.

    `whole` is False when an entry is missing because its first day could not be read.
    """

    name: str
    description: str
    guard: Fraction
    entries: tuple[Entry, ...]
    name_span: Span = field(eq=False, repr=False)
    span: Span = field(eq=False, repr=False)
    whole: bool = True


@frozen
class Declared:
    """What the rules say of a parameter.

    `keys` holds, for each enum it is split by, the (Chinese, code) names of the members;
    a code name may be empty. The range is in the declared unit.
    """

    name: str
    other_name: str
    unit_text: str
    is_ratio: bool
    keys: tuple[tuple[tuple[str, str], ...], ...]
    low: Fraction | None
    high: Fraction | None
    span: Span = field(eq=False, repr=False)


def entry_on(series: Series, day: datetime.date) -> Entry | None:
    """The entry in force on a day: the last one begun, unless it has ended."""
    begun = [entry for entry in series.entries if entry.since <= day]
    if not begun or _ended_before(begun[-1], day):
        return None
    return begun[-1]


def change_dates(series: Series) -> tuple[datetime.date, ...]:
    """The first day of each entry, and the day after each end that no entry continues."""
    begins = {entry.since for entry in series.entries}
    ends = {entry.until + ONE_DAY for entry in series.entries if entry.until is not None}
    stops = {day for day in ends - begins if entry_on(series, day) is None}
    return tuple(sorted(begins | stops))


def cell_for(entry: Entry, key: Key) -> Cell | None:
    """The cell with this key, as it is written in the entry."""
    return next((cell for cell in entry.cells if cell.key == key), None)


def check_coverage(series: Series) -> tuple[Problem, ...]:
    """Gaps, overlaps, repeated dates and entries out of order."""
    problems: list[Problem] = []
    written = sorted(series.entries, key=lambda entry: entry.span.start)
    for before, after in pairwise(written):
        if after.since < before.since:
            problems.append(
                DatesOutOfOrder(
                    span=_since_span(after),
                    related=(_since_span(before),),
                    name=series.name,
                    since=str(after.since),
                    earlier=str(before.since),
                )
            )
    for before, after in pairwise(series.entries):
        problems.extend(_between(series, before, after))
    return in_reading_order(problems)


def _between(series: Series, before: Entry, after: Entry) -> Iterator[Problem]:
    if before.since == after.since:
        first, second = sorted((before, after), key=lambda entry: entry.span.start)
        yield RepeatedDate(
            span=_since_span(second),
            related=(_since_span(first),),
            name=series.name,
            since=str(after.since),
        )
        return
    if before.until is None:
        return
    place = before.until_span or before.span
    day_before, day_after = after.since - ONE_DAY, before.until + ONE_DAY
    if before.until >= after.since:
        last = before.until if after.until is None else min(before.until, after.until)
        yield Overlap(
            span=place,
            related=(_since_span(after),),
            name=series.name,
            first=str(after.since),
            last=str(last),
            day_before=str(day_before),
        )
    elif day_after < after.since and series.whole:
        yield Gap(
            span=place,
            related=(_since_span(after),),
            name=series.name,
            first=str(day_after),
            last=str(day_before),
        )


def _ended_before(entry: Entry, day: datetime.date) -> bool:
    return entry.until is not None and entry.until < day


def _since_span(entry: Entry) -> Span:
    return entry.since_span or entry.span
