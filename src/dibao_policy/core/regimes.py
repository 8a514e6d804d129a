"""The stretches of days on which nothing in a policy changes."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

from attrs import frozen

from dibao_policy.dates import FIRST_DAY, LAST_DAY, ONE_DAY
from dibao_policy.model.scheme import Scheme, Stated
from dibao_policy.parameters.series import change_dates


@frozen
class Regime:
    """A stretch of days on which nothing changes."""

    since: datetime.date
    until: datetime.date | None


def regimes(scheme: Scheme) -> tuple[Regime, ...]:
    """The stretches between two changes, from the first date that anything in the policy names."""
    days: set[datetime.date] = set()
    for parameter in scheme.parameters.values():
        if parameter.series is not None:
            days.update(change_dates(parameter.series))
    for versions in scheme.rules.values():
        for version in versions:
            if version.period.since:
                days.add(version.period.since)
            if version.period.until:
                days.add(version.period.until + ONE_DAY)
    since, until = scheme.period.since, scheme.period.until
    starts = sorted(
        day for day in days if (not since or day > since) and (not until or day <= until)
    )
    if since:
        starts.insert(0, since)
    elif not starts or _ends_only(scheme):
        starts.insert(0, FIRST_DAY)
    # What no household decides changes from day to day too, but it never moves a policy's first day.
    others = {day for stated in scheme.stated for day in _change_days(stated)}
    starts = sorted({*starts, *(day for day in others if starts[0] < day <= (until or LAST_DAY))})
    ends = [day - ONE_DAY for day in starts[1:]]
    return tuple(Regime(start, end) for start, end in itertools.zip_longest(starts, [*ends, until]))


def _ends_only(scheme: Scheme) -> bool:
    """Whether a rule has a last day and no first one: what comes in its place does not begin the policy."""
    periods = (version.period for versions in scheme.rules.values() for version in versions)
    return any(period.since is None and period.until is not None for period in periods)


def _change_days(stated: Stated) -> Iterator[datetime.date]:
    """The days on which a procedure, a fund or a property comes into force, or goes out of it."""
    period = stated.node.period
    if period.since:
        yield period.since
    if period.until and period.until < LAST_DAY:
        yield period.until + ONE_DAY
