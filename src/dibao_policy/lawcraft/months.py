"""Months, each as its first day: read, listed, told."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable

from dibao_policy.dates import FIRST_DAY, LAST_DAY
from dibao_policy.parameters.amounts import half_width

Month = datetime.date
"""The first day of a month stands for the month."""

MONTH_END = 31
"""The day of decision that every month has, at its end."""

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_LOOSE = re.compile(r"([0-9]{4})[-/.年 ]{0,2}([0-9]{1,2})月?")


def read_month(text: str) -> Month | None:
    """The month that `YYYY-MM` names, between 1900 and 2199, or None."""
    found = _MONTH.fullmatch(half_width(text))
    return _month(int(found[1]), int(found[2])) if found else None


def likely_month(text: str) -> str:
    """The plain spelling of a month written in another way, or an empty string."""
    found = _LOOSE.fullmatch(half_width(text))
    month = _month(int(found[1]), int(found[2])) if found else None
    return "" if month is None else month_text(month)


def _month(year: int, month: int) -> Month | None:
    inside = FIRST_DAY.year <= year <= LAST_DAY.year and 1 <= month <= 12
    return datetime.date(year, month, 1) if inside else None


def months_from(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from one to another, both included."""
    start, end = (one.year * 12 + one.month - 1 for one in (first, last))
    return tuple(datetime.date(i // 12, i % 12 + 1, 1) for i in range(start, end + 1))


def day_in(month: Month, number: int) -> datetime.date:
    """The day of that number in a month, or its last day where it has no such day."""
    return month.replace(day=min(number, calendar.monthrange(month.year, month.month)[1]))


def month_text(month: Month) -> str:
    """A month as `YYYY-MM`."""
    return f"{month.year:04}-{month.month:02}"


def stretches(months: Iterable[Month]) -> tuple[str, ...]:
    """Months in short: `2024-01..2024-03` where they follow each other."""
    runs: list[list[Month]] = []
    for month in sorted(set(months)):
        if runs and len(months_from(runs[-1][-1], month)) == 2:
            runs[-1].append(month)
        else:
            runs.append([month])
    return tuple(
        month_text(run[0]) if len(run) == 1 else f"{month_text(run[0])}..{month_text(run[-1])}"
        for run in runs
    )
