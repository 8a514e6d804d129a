"""A procedure and the day on which it begins, to the day by which each step has to be done."""

from __future__ import annotations

import datetime

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.dates import LAST_DAY, ONE_DAY, months_after
from dibao_policy.lawcraft.deadline_problems import BeyondLastDay, UnknownStep
from dibao_policy.lawcraft.workdays import Calendar, official_calendar
from dibao_policy.problem import PolicyError
from dibao_policy.syntax.tree import TimeLimit
from dibao_policy.text import nearest


@frozen
class Due:
    """A step and its days.

    `begins` is the day from which its time is counted; it is not known (None) after a step without a limit.
    `due` is the last day of its limit, `posted` the last day of its posting; None where there is none,
    or where the beginning is not known.
    """

    step: ir.Step
    begins: datetime.date | None
    due: datetime.date | None
    posted: datetime.date | None


def due_from_application(
    procedure: ir.Procedure, applied: datetime.date, is_working_day: Calendar | None = None
) -> tuple[Due, ...]:
    """The days of each step of a case that was applied for on a day.

    A first step without any time of its own, such as 受理, is taken to be over on the day of the application:
    without that nothing after it would have a day. Raises `PolicyError` as `due_days` does.
    """
    first = procedure.steps[0]
    if first.limit is not None or first.posting is not None:
        return due_days(procedure, applied, is_working_day)
    rest = due_days(procedure, applied, is_working_day, after=first.name)
    return (Due(first, applied, None, None), *rest)


def due_days(
    procedure: ir.Procedure,
    start: datetime.date,
    is_working_day: Calendar | None = None,
    after: str = "",
) -> tuple[Due, ...]:
    """The days of each step, from `start` on; with `after`, of the steps after that one, which ended on `start`.

    Steps follow each other: the time of one is counted from the day on which the one before it is over,
    at the latest. That day itself does not count (Civil Code, article 201). A limit in months ends on the
    same day of the month, or on its last day where it has no such day (article 202). A posting begins when
    the step's own limit is over. A limit that ends on a holiday is not carried on to the next working day.

    Working days are those of `is_working_day`, by default of the official calendar, which is looked at only
    where a limit is counted in working days. Raises `PolicyError` where it does not reach, where a limit ends
    after 2199, or where there is no step `after`.
    """
    steps = procedure.steps
    if after:
        names = [step.name for step in steps]
        if after not in names:
            raise PolicyError(
                [
                    UnknownStep(
                        procedure=procedure.name,
                        name=after,
                        near=nearest(after, names),
                        known=tuple(f"`{name}`" for name in names),
                    )
                ]
            )
        steps = steps[names.index(after) + 1 :]
    begins: datetime.date | None = start
    found: list[Due] = []
    for step in steps:
        due = posted = None
        if begins is not None and step.limit is not None:
            if step.limit.unit == "工作日":
                is_working_day = is_working_day or official_calendar()
            due = last_day(step, step.limit, begins, is_working_day)
        if begins is not None and step.posting is not None:
            posted = last_day(step, step.posting, due or begins, is_working_day)
        found.append(Due(step, begins, due, posted))
        begins = posted or due
    return tuple(found)


def last_day(
    step: ir.Step, limit: TimeLimit, begins: datetime.date, is_working_day: Calendar | None
) -> datetime.date:
    """The last day of a time limit or a posting of a step, counted from the day after `begins`.

    `is_working_day` is needed for a limit in working days alone. Raises `PolicyError` for a day after 2199.
    """
    match limit.unit:
        case "即时":
            return begins
        case "日":
            if (LAST_DAY - begins).days < limit.number:
                raise _beyond(step)
            return begins + limit.number * ONE_DAY
        case "月":
            if begins.year * 12 + begins.month + limit.number > LAST_DAY.year * 12 + 12:
                raise _beyond(step)
            return months_after(begins, limit.number)
    assert is_working_day is not None
    day, left = begins, limit.number
    while left:
        if day >= LAST_DAY:
            raise _beyond(step)
        day += ONE_DAY
        left -= is_working_day(day)
    return day


def _beyond(step: ir.Step) -> PolicyError:
    return PolicyError([BeyondLastDay(step=step.name, last=str(LAST_DAY), span=step.span)])
