"""`dibao procedure` (程序): the steps of a procedure, who does them, and by when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.options import (
    echo_json,
    fail,
    form_options,
    on_option,
    policy_argument,
    read_day,
)
from dibao_policy.core import ir
from dibao_policy.explain.data import cited_json
from dibao_policy.explain.words_zh import citation
from dibao_policy.folders import load
from dibao_policy.lawcraft.procedure import Due, due_days
from dibao_policy.problem import Language, PolicyError
from dibao_policy.syntax.tree import TimeLimit
from dibao_policy.values import number_text


@click.command()
@policy_argument
@click.argument("name")
@on_option
@click.option(
    "--from", "start", callback=read_day, metavar="YYYY-MM-DD", help="Count the days from here."
)
@click.option("--after", metavar="STEP", default="", help="Only what follows this step.")
@form_options
def procedure(
    policy: Path,
    name: str,
    day: datetime.date,
    start: datetime.date | None,
    after: str,
    form: str,
    lang: Language,
) -> None:
    """Tell the steps of the procedure NAME of a POLICY folder, with who does them and by when (程序).

    With --from, each step gets its last day: its limit counted from the day on which the step before it is over.
    With --after as well, counting starts at a step that ended on that day.
    """
    if after and start is None:
        raise click.BadParameter("it needs the day on which the step ended", param_hint="--from")
    try:
        snapshot = load(policy).on(day)
        known = tuple(one.name for one in snapshot.procedures)
        if not any(name in (one.name, one.code) for one in snapshot.procedures):
            listed = ", ".join(known) or "none"
            raise click.BadParameter(f"no procedure {name} on {day}; there are: {listed}")
        asked = snapshot.procedure(name)
        # Without a day to count from nothing is counted, so no calendar is needed.
        steps = (
            tuple(Due(step, None, None, None) for step in asked.steps)
            if start is None
            else due_days(asked, start, after=after)
        )
    except PolicyError as error:
        fail(error.problems, form, lang)
    if form == "json":
        echo_json(_json(asked, start, steps))
    else:
        click.echo("\n".join(_lines(asked, snapshot.policy.name, start, steps)))


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


def limit_text(limit: TimeLimit) -> str:
    """A time limit as it is written."""
    match limit.unit:
        case "即时":
            return "即时"
        case "日":
            return f"{limit.number}日"
    return f"{limit.number}个{limit.unit}"


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
