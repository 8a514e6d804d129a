"""`dibao whatif`: why a household does not get something, and what one fact would change about it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import (
    echo_json,
    form_options,
    households_argument,
    on_option,
    policy_argument,
)
from dibao_policy.facts.household import check_household
from dibao_policy.lawcraft.what_if_data import what_if_json
from dibao_policy.lawcraft.what_if_found import WhatIf
from dibao_policy.lawcraft.what_if_words import what_if_text
from dibao_policy.problem import Language, PolicyError, Problem
from dibao_policy.render import problem_json, problems_text


@click.command("whatif")
@policy_argument
@households_argument
@on_option
@click.option(
    "--result",
    metavar="NAME",
    help="The entitlement or the amount to look at, by either name; "
    "without it, the first entitlement of the household.",
)
@click.option(
    "--member",
    type=click.IntRange(1),
    metavar="N",
    help="Which member, for a result of the members; the first is 1.",
)
@form_options
def what_if(
    policy: Path,
    households: tuple[Path, ...],
    day: datetime.date,
    result: str | None,
    member: int | None,
    form: str,
    lang: Language,
) -> None:
    """Say what HOUSEHOLDS are short of, and from which value on one fact alone would turn the result (差多少).

    For what is granted: how far each fact may go before it is lost. All exact to the fen.
    """
    snapshot = snapshot_on(policy, day, form, lang)
    if result is not None:
        try:
            snapshot.rule(result)
        except KeyError as error:
            raise click.BadParameter(error.args[0], param_hint="'--result'") from None
    reader = snapshot.compiled.reader
    given = read_households(
        households, lambda one: check_household(reader, one, day), reader, form, lang
    )
    found: list[tuple[Path, WhatIf]] = []
    faulty: list[tuple[Path, tuple[Problem, ...]]] = []
    for path, one in given:
        try:
            place = None if member is None else member - 1
            found.append((path, snapshot.what_if(one, result, place)))
        except PolicyError as error:
            faulty.append((path, error.problems))
    if form == "json":
        problems = [problem_json(each) for _, several in faulty for each in several]
        data = [{"file": path.name, **what_if_json(one)} for path, one in found]
        echo_json(problems or data)
    elif found:
        click.echo("\n".join(what_if_text(one, lang) for _, one in found), nl=False)
    if form == "text":
        for path, several in faulty:
            click.echo(f"{path.name}:", err=True)
            click.echo(problems_text(several, lang), err=True)
    sys.exit(1 if faulty else 0)
