"""Days that have ages, months and an order among them: the earliest that fit, or none.

Every condition here says that one day is not before some other day moved by years or months,
or that a day is one of some days. So of two ways to fit, the earlier day of each fits as well:
raising each day only as far as it has to go finds the earliest of all, or shows that there are none.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from dibao_policy.core.cases.formulas import Age, DayPart, Leaf, Months
from dibao_policy.core.cases.linear import Effort

Moment = Leaf | int
"""A day that is sought, or a known one (YYYYMMDD)."""

Days = Mapping[Moment, int]


@frozen(eq=False)
class NotBefore:
    """The second day is not before the first, moved by `move`; moving keeps days in order."""

    first: Moment
    second: Moment
    move: Callable[[int], int]


def spanned(source: Age | Months | DayPart, low: int, high: int) -> tuple[NotBefore, ...]:
    """What it says of days that between two lie from `low` to `high` full years or months, or that a year does."""
    if isinstance(source, DayPart):
        day = source.day
        if source.part == "year":
            first, last = low * 10_000 + 101, high * 10_000 + 1231
            return following(first, day, at_once=True), following(day, last, at_once=True)
        following_one = _next_month if source.part == "month" else _next_date
        return (NotBefore(day, day, lambda one: following_one(one, low, high)),)
    if isinstance(source, Age):
        earlier, later = source.birth, source.day
        return (
            NotBefore(earlier, later, lambda day: day_from(day + 10_000 * low)),
            NotBefore(later, earlier, lambda day: day_from(day - 10_000 * (high + 1) + 1)),
        )
    earlier, later = source.earlier, source.later
    return (
        NotBefore(earlier, later, lambda day: _months_on(day, low)),
        # One day more than that of the month, so that the last month is not reached.
        NotBefore(later, earlier, lambda day: _months_on(day + 1, -high - 1)),
    )


def following(first: Moment, second: Moment, at_once: bool) -> NotBefore:
    """The second day comes after the first, or (`at_once`) with it."""
    return NotBefore(first, second, lambda day: day if at_once else day_from(day + 1))


def earliest(
    bounds: Mapping[Leaf, tuple[int, int]], conditions: Sequence[NotBefore], effort: Effort
) -> Days | Literal["none", "undecided"]:
    """The earliest days within their bounds that meet all conditions; going through a condition costs one `effort`."""
    found: dict[Moment, int] = {leaf: low for leaf, (low, _) in bounds.items()}
    for condition in conditions:
        for day in (condition.first, condition.second):
            if isinstance(day, int):
                found[day] = day
    if any(low > high for low, high in bounds.values()):
        return "none"
    while effort.left >= 0:
        effort.left -= len(conditions)
        raised = False
        for condition in conditions:
            least = condition.move(found[condition.first])
            second = condition.second
            if least > found[second]:
                if isinstance(second, int) or least > bounds[second][1]:
                    return "none"
                found[second] = least
                raised = True
        if not raised:
            return found
    return "undecided"


def _next_month(number: int, low: int, high: int) -> int:
    """The first day from one on whose month lies in an interval."""
    year, month = number // 10_000, number // 100 % 100
    if low <= month <= high:
        return number
    return (year + (month > high)) * 10_000 + low * 100 + 1


def _next_date(number: int, low: int, high: int) -> int:
    """The first day from one on whose day of the month lies in an interval; months too short are passed over."""
    day = number % 100
    if low <= day <= high:
        return number
    return day_from((number // 100 + (day > high)) * 100 + low)


def _months_on(number: int, months: int) -> int:
    """The day a number of months later, or where that month is too short, the first of the next."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    count = year * 12 + month - 1 + months
    return day_from(count // 12 * 10_000 + (count % 12 + 1) * 100 + day)


# ── the calendar ──────────────────────────────────────────────────────────


def day_from(number: int) -> int:
    """The first day of the calendar from YYYYMMDD on."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    if year < 1:
        return 10101
    if year > 9999:
        return number
    if month < 1:
        return year * 10_000 + 101
    if month > 12:
        return day_from((year + 1) * 10_000 + 101)
    if day < 1:
        return number - day + 1
    if day <= 28 or day <= calendar.monthrange(year, month)[1]:
        return number
    return day_from(year * 10_000 + (month + 1) * 100 + 1)


def day_before(number: int) -> int:
    """The last day of the calendar before YYYYMMDD."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    if day > 1:
        return number - 1
    if month == 1:
        return (year - 1) * 10_000 + 1231
    return year * 10_000 + (month - 1) * 100 + calendar.monthrange(year, month - 1)[1]
