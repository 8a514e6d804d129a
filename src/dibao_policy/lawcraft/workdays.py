"""The official calendar of working days: weekends, public holidays and the weekends worked in their stead.

The State Council announces it for each year, late in the year before.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from dibao_policy.lawcraft.deadline_problems import CalendarGap, NoCalendar
from dibao_policy.problem import PolicyError

Calendar = Callable[[datetime.date], bool]
"""Whether a day is a working day. Raises `PolicyError` for a day of which that is not known."""


def official_calendar() -> Calendar:
    """The calendar of the library `chinesecalendar` (the extra `calendar`).

    Raises `PolicyError` where the library is not installed; the calendar raises it for a year without data:
    the holidays of such a year are never guessed.
    """
    try:
        import chinese_calendar
    except ModuleNotFoundError:
        raise PolicyError([NoCalendar()]) from None

    def is_working_day(day: datetime.date) -> bool:
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            # What the library raises for a year that it has no announcement of.
            raise PolicyError([CalendarGap(year=str(day.year))]) from None

    return is_working_day
