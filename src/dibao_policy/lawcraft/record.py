"""The record of a case so far, held against the procedure: what is late, missing, out of order, or not yet due."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.lawcraft import record_problems as problems
from dibao_policy.lawcraft.procedure import last_day
from dibao_policy.lawcraft.workdays import Calendar, official_calendar
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.syntax.tree import TimeLimit
from dibao_policy.text import Span, nearest
from dibao_policy.values import number_text

State = Literal["办结", "公示中", "未到期", "逾期", "待前一步", "缺"]


@frozen
class Entry:
    """What is recorded of one step; a day that is not recorded is None.

    `visited` is the share of the households that was visited, from 0 to 1; a posting hung from `posted_since`
    to `posted_until`, both days included.
    """

    done: datetime.date | None = None
    responsible: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    visited: Fraction | None = None
    posted_since: datetime.date | None = None
    posted_until: datetime.date | None = None
    note: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Record:
    """A case so far: the day of the application, and what is recorded, by the name of the step."""

    applied: datetime.date
    entries: Mapping[str, Entry]
    note: str = ""


@frozen
class Finding:
    """Something in a record that is not as a step asks, with the articles that ask for it."""

    step: ir.Step
    problem: Problem
    citations: tuple[ir.Cited, ...]


@frozen
class Progress:
    """Where a step stands.

    `begins` is the day from which its time is counted, `due` the last day of its limit, `posted` the last day of its
    posting; None where there is none or where it is not known yet. `ended` is the day on which it was over.
    `state` is 办结, 公示中 (its posting hangs and is not full), 未到期 (not done, and not due), 逾期 (not done,
    and due), 待前一步 (its time has not begun), 缺 (passed by).
    """

    step: ir.Step
    entry: Entry | None
    begins: datetime.date | None
    due: datetime.date | None
    posted: datetime.date | None
    ended: datetime.date | None
    state: State


@frozen
class Examination:
    """Every step as it stands today, and all that was found, in the order of the steps."""

    procedure: ir.Procedure
    record: Record
    today: datetime.date
    steps: tuple[Progress, ...]
    findings: tuple[Finding, ...]


def examine_record(
    procedure: ir.Procedure,
    record: Record,
    today: datetime.date,
    is_working_day: Calendar | None = None,
) -> Examination:
    """Hold a record against a procedure, as things stand at the end of `today`.

    The time of a step is counted from the day on which the steps before it were really over, as `due_days` counts,
    and from the whole time of a posting at the earliest; a step that was passed by is skipped in counting.
    The time of the first step begins with the application.
    Working days are those of `is_working_day`, by default of the official calendar.
    Raises `PolicyError` for a step that the procedure does not have, where the calendar does not reach,
    and where a limit ends after 2199.
    """
    names = [step.name for step in procedure.steps]
    unknown = [
        problems.UnknownRecordStep(
            span=entry.span,
            procedure=procedure.name,
            name=name,
            near=nearest(name, names),
            known=tuple(f"`{one}`" for one in names),
        )
        for name, entry in record.entries.items()
        if name not in names
    ]
    if unknown:
        raise PolicyError(unknown)
    done = [step.name for step in procedure.steps if _acted(record.entries.get(step.name))]
    last = names.index(done[-1]) if done else -1
    begins: datetime.date | None = record.applied
    before: tuple[str, datetime.date] | None = None
    steps: list[Progress] = []
    findings: list[Finding] = []
    for place, step in enumerate(procedure.steps):
        later = next((name for name in done if names.index(name) > place), "")
        entry = record.entries.get(step.name)
        progress = _progress(step, entry, begins, today, place < last, is_working_day)
        found = list(_found(progress, record.applied, before, today, later))
        findings += [Finding(step, problem, step.citations) for problem in found]
        steps.append(progress)
        if progress.ended is not None:
            # A step done too early, or posted too short, takes no time from those after it.
            over = (progress.ended, progress.posted, begins, record.applied)
            begins = max(day for day in over if day is not None)
            if before is None or progress.ended >= before[1]:
                before = step.name, progress.ended
        elif progress.state != "缺":
            begins = None
    return Examination(procedure, record, today, tuple(steps), tuple(findings))


def _acted(entry: Entry | None) -> bool:
    """Whether a step was begun."""
    return entry is not None and (entry.done is not None or entry.posted_since is not None)


def _progress(
    step: ir.Step,
    entry: Entry | None,
    begins: datetime.date | None,
    today: datetime.date,
    passed: bool,
    is_working_day: Calendar | None,
) -> Progress:
    due = posted = ended = None
    if begins is not None and step.limit is not None:
        if step.limit.unit == "工作日":
            is_working_day = is_working_day or official_calendar()
        due = last_day(step, step.limit, begins, is_working_day)
    done = entry.done if entry is not None else None
    since = entry.posted_since if entry is not None else None
    until = entry.posted_until if entry is not None else None
    if step.posting is None:
        ended = done
    elif since is not None:
        posted = last_day(step, step.posting, since, is_working_day)
        if until is not None and until <= today:
            ended = until if done is None else max(until, done)
        elif posted <= today:
            ended = posted if until is None else None
    elif done is not None and passed:
        # It was gone on from without a posting; the day on which it was done is all that is known.
        ended = done
    state: State
    if ended is not None:
        state = "办结"
    elif passed:
        state = "缺"
    elif step.posting is not None and since is not None:
        state = "公示中"
    elif begins is None:
        state = "待前一步"
    elif done is None and due is not None and due < today:
        state = "逾期"
    else:
        state = "未到期"
    return Progress(step, entry, begins, due, posted, ended, state)


# ── what is found ─────────────────────────────────────────────────────────


def _found(
    progress: Progress,
    applied: datetime.date,
    before: tuple[str, datetime.date] | None,
    today: datetime.date,
    later: str,
) -> Iterator[Problem]:
    step, entry = progress.step, progress.entry
    if entry is None or not _acted(entry):
        if later and entry is None:
            yield problems.StepMissing(step=step.name, later=later)
        elif later:
            yield problems.DayNotRecorded(span=_place(entry), step=step.name, later=later)
        elif progress.due is not None and progress.due < today:
            late = (today - progress.due).days
            yield problems.StepOverdue(
                step=step.name, due=str(progress.due), today=str(today), days=late
            )
        return
    yield from _days(progress, entry, applied, before, today)
    if entry.done is not None or step.limit is None:
        yield from _file(step, entry)
    if step.posting is not None:
        yield from _posting(progress, entry, step.posting, today, later)


def _place(entry: Entry | None) -> Span | None:
    return entry.span if entry is not None else None


def _days(
    progress: Progress,
    entry: Entry,
    applied: datetime.date,
    before: tuple[str, datetime.date] | None,
    today: datetime.date,
) -> Iterator[Problem]:
    step, span = progress.step.name, entry.span
    began = [day for day in (entry.done, entry.posted_since) if day is not None]
    first = min(began)
    if first < applied:
        yield problems.BeforeApplication(span=span, step=step, day=str(first), applied=str(applied))
    elif before is not None and first < before[1]:
        yield problems.OutOfOrder(
            span=span, step=step, day=str(first), before=before[0], ended=str(before[1])
        )
    # The end of a posting may be planned; that it began, or that a step is done, may not.
    ahead = [day for day in began if day > today]
    if ahead:
        yield problems.RecordedAhead(span=span, step=step, day=str(max(ahead)), today=str(today))
    due = progress.due
    if due is None:
        return
    if entry.done is not None and entry.done > due:
        yield problems.StepLate(
            span=span,
            step=step,
            due=str(due),
            done=str(entry.done),
            days=(entry.done - due).days,
        )
    elif entry.done is None and due < today:
        yield problems.StepOverdue(
            span=span, step=step, due=str(due), today=str(today), days=(today - due).days
        )


def _file(step: ir.Step, entry: Entry) -> Iterator[Problem]:
    """Who did a step, and what it left in the file."""
    # An office is recorded by its name, 红旗街道办事处, and asked for by its kind, 街道办事处.
    wrong = tuple(one for one in entry.responsible if not one.endswith(step.responsible))
    if step.responsible and not entry.responsible:
        yield problems.NobodyRecorded(span=entry.span, step=step.name, responsible=step.responsible)
    elif step.responsible and wrong:
        yield problems.WronglyResponsible(
            span=entry.span, step=step.name, found=wrong, responsible=step.responsible
        )
    for asked, there, kind in (
        (step.documents, entry.documents, problems.DocumentsMissing),
        (step.signed, entry.signed, problems.NotSigned),
    ):
        missing = tuple(f"`{one}`" for one in asked if one not in there)
        if missing:
            yield kind(span=entry.span, step=step.name, missing=missing)
    if step.visited is not None:
        required = _percent(step.visited)
        if entry.visited is None:
            yield problems.VisitsNotRecorded(span=entry.span, step=step.name, required=required)
        elif entry.visited < step.visited:
            yield problems.VisitedTooFew(
                span=entry.span, step=step.name, found=_percent(entry.visited), required=required
            )


def _posting(
    progress: Progress, entry: Entry, posting: TimeLimit, today: datetime.date, later: str
) -> Iterator[Problem]:
    step, required = progress.step.name, f"{posting.number}{posting.unit}"
    since, until, due = entry.posted_since, entry.posted_until, progress.posted
    if since is None or due is None:
        if later:
            yield problems.NotPosted(span=entry.span, step=step, required=required)
    elif until is not None and until < due:
        yield problems.PostedTooShort(
            span=entry.span,
            step=step,
            since=str(since),
            until=str(until),
            due=str(due),
            required=required,
        )
    elif until is None and due < today:
        yield problems.PostingOpen(span=entry.span, step=step, since=str(since), due=str(due))


def _percent(share: Fraction) -> str:
    return f"{number_text(share * 100)}%"
