"""`dibao compare-decisions` (比较决定): which fact, parameter or rule explains how two decisions differ."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import echo_json, fail, form_options, read_day
from dibao_policy.facts.household import check_household
from dibao_policy.lawcraft.compare.data import comparison_json
from dibao_policy.lawcraft.compare.decisions import compare_decisions as compute
from dibao_policy.lawcraft.compare.words import comparison_text
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Language, PolicyError

_Given = TypeVar("_Given")


def _days(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[datetime.date, ...]:
    days = (read_day(ctx, param, value) for value in values)
    return tuple(day for day in days if day is not None)


@click.command("compare-decisions")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Policy folder; once for both decisions, or twice.",
)
@click.option(
    "--on",
    "days",
    multiple=True,
    required=True,
    callback=_days,
    metavar="YYYY-MM-DD",
    help="Day of the decision; once or twice.",
)
@click.option(
    "--household",
    "households",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Household, a JSON or YAML file; once or twice.",
)
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="NAME",
    help="A value to compare, by either name; without it, all entitlements and amounts.",
)
@form_options
def compare_decisions(
    policies: tuple[Path, ...],
    days: tuple[datetime.date, ...],
    households: tuple[Path, ...],
    results: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Say which fact, parameter or rule explains how decision B differs from decision A (比较决定).

    --policy, --on and --household are each given once, for both decisions, or twice: first for A, then for B.
    The parts of each difference add up to it exactly.
    """
    folders, dates = _both(policies, "--policy"), _both(days, "--on")
    files = _both(households, "--household")
    snapshots = [
        snapshot_on(folder, day, form, lang) for folder, day in zip(folders, dates, strict=True)
    ]
    first, second = (
        _household(snapshot, path, form, lang)
        for snapshot, path in zip(snapshots, files, strict=True)
    )
    try:
        told = compute(snapshots[0], first, snapshots[1], second, results or None)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if form == "json":
        echo_json(comparison_json(told))
        return
    click.echo(comparison_text(told, lang), nl=False)


def _both(given: tuple[_Given, ...], option: str) -> tuple[_Given, _Given]:
    """What an option says of decision A and of decision B."""
    if len(given) > 2:
        raise click.BadParameter("is given once or twice", param_hint=f"'{option}'")
    return given[0], given[-1]


def _household(snapshot: Snapshot, path: Path, form: str, lang: Language) -> Any:
    reader, day = snapshot.compiled.reader, snapshot.day
    ((_, given),) = read_households(
        [path], lambda one: check_household(reader, one, day), reader, form, lang
    )
    return given
