"""`dibao letter` (提标告知): what a change of the rules or values means for one household."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from dibao_policy.cli.households import read_households
from dibao_policy.cli.options import echo_json, fail, form_options, policy_argument, read_day
from dibao_policy.folders import load
from dibao_policy.lawcraft.letter import letter as compute
from dibao_policy.lawcraft.letter_words import letter_json, letter_text
from dibao_policy.problem import Language, PolicyError


@click.command()
@policy_argument
@click.argument("household", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--before",
    required=True,
    callback=read_day,
    metavar="YYYY-MM-DD",
    help="A day before the change.",
)
@click.option(
    "--after",
    required=True,
    callback=read_day,
    metavar="YYYY-MM-DD",
    help="A day after the change.",
)
@form_options
def letter(
    policy: Path,
    household: Path,
    before: datetime.date,
    after: datetime.date,
    form: str,
    lang: Language,
) -> None:
    """Write to a HOUSEHOLD what changes for it from one day to another, and why (提标告知).

    HOUSEHOLD is a JSON or YAML file; its facts are the same on both days.
    """
    try:
        loaded = load(policy)
        reader = loaded.on(after).compiled.reader
        ((_, given),) = read_households([household], lambda one: (), reader, form, lang)
        told = compute(loaded, given, before, after)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if form == "json":
        echo_json(letter_json(told))
    else:
        click.echo(letter_text(told), nl=False)
