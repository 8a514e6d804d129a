"""`dibao procedure` (程序): the steps of a procedure, who does them, and by when."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.case_record import examination_json, examination_lines, read_case
from dibao_policy.cli.options import (
    echo_json,
    fail,
    form_options,
    policy_argument,
    read_day,
)
from dibao_policy.core import ir
from dibao_policy.explain.data import cited_json
from dibao_policy.explain.names_zh import limit_text
from dibao_policy.explain.words_zh import citation
from dibao_policy.folders import load
from dibao_policy.lawcraft.procedure import Due, due_days, due_from_application
from dibao_policy.lawcraft.record import examine_record
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Language, PolicyError
from dibao_policy.syntax.tree import TimeLimit
from dibao_policy.values import number_text


@click.command()
@policy_argument
@click.argument("name", required=False)
@click.option(
    "--applied",
    callback=read_day,
    metavar="YYYY-MM-DD",
    help="Day of the application: its rules, and the days counted from it.",
)
@click.option(
    "--record",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A case's record so far (YAML): what is late, missing, out of order, or not yet due.",
)
@click.option(
    "--today",
    callback=read_day,
    metavar="YYYY-MM-DD",
    help="With --record: the day on which to look at it; by default this day.",
)
@click.option(
    "--on", "day", callback=read_day, metavar="YYYY-MM-DD", help="Day whose rules are asked for."
)
@click.option(
    "--from", "start", callback=read_day, metavar="YYYY-MM-DD", help="Count the days from here."
)
@click.option("--after", metavar="STEP", default="", help="Only what follows this step.")
@form_options
def procedure(
    policy: Path,
    name: str | None,
    applied: datetime.date | None,
    record: Path | None,
    today: datetime.date | None,
    day: datetime.date | None,
    start: datetime.date | None,
    after: str,
    form: str,
    lang: Language,
) -> None:
    """Tell the steps of the procedure NAME of a POLICY folder, with who does them and by when (程序).

    Without NAME it is the first one in force, which in the policies that are included is the approval of an
    application, and the names of the others follow.

    With --applied, each step gets its last day: its limit counted from the day on which the step before it is over.
    With --record, a case is held against the procedure of the day of its application; exit code 1 where
    something is not as the procedure asks.
    --on and --from give the day of the rules and the day to count from apart; with --after, counting starts
    at a step that ended on that day.
    """
    _usage(applied, record, today, day, start, after)
    case = None
    if record is not None:
        case, found = read_case(record)
        if case is None:
            fail(found, form, lang)
        applied = case.applied
    day = day or applied
    assert day is not None
    try:
        snapshot = load(policy).on(day)
        asked = _asked(snapshot, name, day)
        if case is not None:
            told = examine_record(asked, case, today or datetime.date.today())
            if form == "json":
                echo_json(examination_json(told, snapshot.policy.name))
            else:
                click.echo("\n".join(examination_lines(told, snapshot.policy.name, lang)))
            sys.exit(1 if told.findings else 0)
        # Without a day to count from nothing is counted, so no calendar is needed.
        if applied is not None:
            steps = due_from_application(asked, applied)
        elif start is not None:
            steps = due_days(asked, start, after=after)
        else:
            steps = tuple(Due(step, None, None, None) for step in asked.steps)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if form == "json":
        data = {**_json(asked, applied or start, steps), "applied": _day(applied)}
        echo_json(data if name else {**data, "others": _others(snapshot, asked)})
    else:
        lines = list(_lines(asked, snapshot.policy.name, applied or start, steps))
        if applied is not None:
            lines += _application(asked, steps, applied)
        if not name and (others := _others(snapshot, asked)):
            lines += ["", f"当天有效的其他程序，写出名称即可查看：{'、'.join(others)}"]
        click.echo("\n".join(lines))


def _usage(
    applied: datetime.date | None,
    record: Path | None,
    today: datetime.date | None,
    day: datetime.date | None,
    start: datetime.date | None,
    after: str,
) -> None:
    """Refuse options that do not go together."""
    if record is not None and (applied or start or after):
        raise click.BadParameter("the record says when it was applied for", param_hint="--record")
    if today is not None and record is None:
        raise click.BadParameter("it goes with --record", param_hint="--today")
    if applied is not None and (start or after):
        raise click.BadParameter(
            "days are counted from it, without --from and --after", param_hint="--applied"
        )
    if after and start is None:
        raise click.BadParameter("it needs the day on which the step ended", param_hint="--from")
    if applied is None and record is None and day is None:
        raise click.UsageError("say --applied, --record, or --on")


def _asked(snapshot: Snapshot, name: str | None, day: datetime.date) -> ir.Procedure:
    known = tuple(one.name for one in snapshot.procedures)
    if name is None:
        if not known:
            raise click.UsageError(f"no procedure is in force on {day}")
        return snapshot.procedures[0]
    if not any(name in (one.name, one.code) for one in snapshot.procedures):
        listed = ", ".join(known) or "none"
        raise click.BadParameter(f"no procedure {name} on {day}; there are: {listed}")
    return snapshot.procedure(name)


def _others(snapshot: Snapshot, asked: ir.Procedure) -> list[str]:
    return [one.name for one in snapshot.procedures if one is not asked]


def _application(
    asked: ir.Procedure, steps: tuple[Due, ...], applied: datetime.date
) -> Iterator[str]:
    """What was taken for granted in counting, and what the file of a case has to hold in the end."""
    first = steps[0]
    yield ""
    if first.due is None and first.posted is None:
        yield (
            f"“{first.step.name}”没有规定期限，以上按申请当日（{applied}）办完计算；"
            f"实际办完的日子不同的，用 --on {applied} --after {first.step.name} --from 办完之日"
        )
    waiting = next((one for one in steps if one.begins is None), None)
    if waiting is not None:
        before = asked.steps[steps.index(waiting) - 1].name
        yield f"“{before}”没有规定期限，以后的步骤要等它办完才算得出日子"
    held = [
        (one.step, [*one.step.documents, *(f"{who} 签字" for who in one.step.signed)])
        for one in steps
    ]
    if any(parts for _, parts in held):
        yield "卷宗里应当有："
        for step, parts in held:
            if parts:
                yield f"  {step.name}：{'、'.join(parts)}"


def _lines(
    asked: ir.Procedure, policy: str, start: datetime.date | None, steps: tuple[Due, ...]
) -> Iterator[str]:
    since = f"，自 {asked.since} 起的规定" if asked.since else ""
    yield f"{asked.name}（{policy}{since}）"
    if asked.note:
        yield f"说明：{asked.note}"
    if start is not None:
        yield f"自 {start} 起算，当日不计"
    before = ""
    for number, one in enumerate(steps, 1):
        yield ""
        yield f"{number:>2}. {one.step.name}"
        for line in _step(one, start is not None, before):
            yield f"    {line}"
        before = one.step.name


def _step(one: Due, counted: bool, before: str) -> Iterator[str]:
    step = one.step
    if step.responsible:
        yield f"责任：{'、'.join(step.responsible)}"
    waits = f"，自“{before}”结束之日起算" if counted and one.begins is None else ""
    if step.limit is not None:
        last = f"，最迟 {one.due}" if one.due else waits
        yield f"期限：{limit_text(step.limit)}{last}"
    if step.posting is not None:
        last = f"，至 {one.posted}" if one.posted else waits
        yield f"公示：{limit_text(step.posting)}{last}"
    if step.visited is not None:
        yield f"入户比例：{number_text(step.visited * 100)}%"
    if step.documents:
        yield f"材料：{'、'.join(step.documents)}"
    if step.signed:
        yield f"签字：{'、'.join(step.signed)}"
    if step.citations:
        yield f"依据：{'；'.join(map(citation, step.citations))}"


def _json(
    asked: ir.Procedure, start: datetime.date | None, steps: tuple[Due, ...]
) -> dict[str, Any]:
    return {
        "name": asked.name,
        "code": asked.code,
        "layer": asked.layer,
        "since": _day(asked.since),
        "note": asked.note,
        "from": _day(start),
        "citations": [cited_json(one) for one in asked.citations],
        "steps": [
            {
                "name": one.step.name,
                "responsible": list(one.step.responsible),
                "limit": _limit_json(one.step.limit),
                "posting": _limit_json(one.step.posting),
                "visited": None if one.step.visited is None else str(one.step.visited),
                "documents": list(one.step.documents),
                "signed": list(one.step.signed),
                "begins": _day(one.begins),
                "due": _day(one.due),
                "posted": _day(one.posted),
                "citations": [cited_json(cited) for cited in one.step.citations],
            }
            for one in steps
        ],
    }


def _limit_json(limit: TimeLimit | None) -> dict[str, Any] | None:
    return None if limit is None else {"number": limit.number, "unit": limit.unit}


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else str(day)
