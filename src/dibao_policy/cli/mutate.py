"""`dibao mutate` (变异): which slips in the rules and values of a policy none of its cases would notice."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.case_runs import Ran, run_folder
from dibao_policy.cli.options import echo_json, form_options
from dibao_policy.lawcraft.cases.exercises import exercises_of, refusals_of
from dibao_policy.lawcraft.cases.run import Bench
from dibao_policy.lawcraft.mutants import Mutant
from dibao_policy.lawcraft.mutate import Noticed, try_mutants
from dibao_policy.problem import Language, has_errors
from dibao_policy.render import problems_text
from dibao_policy.text import position

_KINDS = {
    "number": "数", "comparison": "比较", "connective": "连接", "rounding": "取整方式",
    "value": "数值", "date": "日期",
}  # fmt: skip


@click.command()
@click.argument(
    "policies",
    nargs=-1,
    required=True,
    metavar="POLICY...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--at-least",
    type=click.IntRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Fail where fewer of the slips of a policy are noticed.",
)
@form_options
def mutate(policies: tuple[Path, ...], at_least: int, form: str, lang: Language) -> None:
    """Change POLICY folders in one place at a time, and tell which changes no case notices (变异).

    What is changed is a number, a comparison, a rounding or a date.

    Every dated value moves by its smallest step, money by one fen. Only what a policy itself says is changed,
    not what it inherits. Nothing is written.
    """
    enough = True
    told: list[dict[str, Any]] = []
    for policy in policies:
        ran = run_folder(policy, "", lang)
        noticed = _noticed(ran, lang)
        missed = [one.mutant for one in noticed if not one.by]
        seen = len(noticed) - len(missed)
        enough = enough and (not noticed or Fraction(seen, len(noticed)) * 100 >= at_least)
        if form == "text":
            click.echo("\n".join(_lines(ran, noticed, missed)))
        told.append(
            {
                "policy": ran.folder.resolve().name,
                "tried": len(noticed),
                "noticed": seen,
                "missed": [_json(one) for one in missed],
            }
        )
    if form == "json":
        echo_json(told)
    sys.exit(0 if enough else 1)


def _noticed(ran: Ran, lang: Language) -> tuple[Noticed, ...]:
    """Every slip; with exit code 1 where the policy is faulty or one of its cases does not pass as it is."""
    if ran.policy is None or has_errors(ran.problems):
        click.echo(problems_text(ran.problems, lang), err=True)
        sys.exit(1)
    failed = [one.name for one in ran.reports if not one.passed]
    if failed:
        text = f"有 {len(failed)} 例现在就不符，先运行 dibao test：{'、'.join(failed[:5])}"
        click.echo(text, err=True)
        sys.exit(1)
    bench = Bench(ran.policy)
    exercises, refusals = exercises_of(bench, ran.cases), refusals_of(bench, ran.cases)
    return tuple(try_mutants(ran.policy.passed, ran.policy.code, exercises, refusals))


def _lines(ran: Ran, noticed: Sequence[Noticed], missed: Sequence[Mutant]) -> Iterator[str]:
    name = ran.folder.resolve().name
    if not noticed:
        yield f"{name}：没有可以改动的数、比较和日期"
        return
    seen, count = len(noticed) - len(missed), len(noticed)
    share = _percent(seen, count)
    yield f"{name}：改动 {count} 处，案例察觉 {seen} 处（{share}），没有察觉 {len(missed)} 处"
    for one in missed:
        yield f"  {_place(one)}  {_KINDS[one.kind]} {one.name}：{one.before} → {one.after}"


def _percent(part: int, whole: int) -> str:
    """Rounded down to a tenth, so that only all is 100 %."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def _place(one: Mutant) -> str:
    return f"{one.span.source.name}:{position(one.span)[0]}"


def _json(one: Mutant) -> dict[str, Any]:
    return {
        "place": _place(one),
        "kind": one.kind,
        "name": one.name,
        "before": one.before,
        "after": one.after,
    }
