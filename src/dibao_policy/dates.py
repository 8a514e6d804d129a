"""Days and periods. A day is a `datetime.date`; a period includes both of its ends."""

from __future__ import annotations

import calendar
import datetime
import re

from attrs import frozen

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2199, 12, 31)
ONE_DAY = datetime.timedelta(days=1)


@frozen
class Period:
    """From `since` to `until`, both included; an open end is None."""

    since: datetime.date | None = None
    until: datetime.date | None = None


def read_date(text: str) -> datetime.date | None:
    """The day that `YYYY-MM-DD` names, between 1900 and 2199, or None."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        day = datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def contains(period: Period, day: datetime.date) -> bool:
    """Whether a day lies in a period."""
    return (period.since is None or period.since <= day) and (
        period.until is None or day <= period.until
    )


def overlap(first: Period, second: Period) -> bool:
    """Whether two periods share a day."""
    return (first.since is None or second.until is None or first.since <= second.until) and (
        second.since is None or first.until is None or second.since <= first.until
    )


def without(period: Period, cut: Period) -> tuple[Period, ...]:
    """What is left of a period outside another one: nothing, one stretch or two."""
    if not overlap(period, cut):
        return (period,)
    left: list[Period] = []
    if cut.since is not None and (period.since is None or period.since < cut.since):
        left.append(Period(period.since, cut.since - ONE_DAY))
    if cut.until is not None and (period.until is None or cut.until < period.until):
        left.append(Period(cut.until + ONE_DAY, period.until))
    return tuple(left)


def age_in_years(birth: datetime.date, day: datetime.date) -> int:
    """Full years of age (周岁): a birthday counts from the day itself.

    A person born on 29 February completes a year on 1 March of a common year.
    Negative before birth.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    """Whole months from one day to another: the month count, less one when the day of month is not reached."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day where it has no such day (Civil Code, article 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def day_number(day: datetime.date) -> int:
    """A day as the integer YYYYMMDD, the form that evaluators compare."""
    return day.year * 10000 + day.month * 100 + day.day


def day_from_number(number: int) -> datetime.date:
    """The day that the integer YYYYMMDD stands for."""
    return datetime.date(number // 10000, number // 100 % 100, number % 100)
