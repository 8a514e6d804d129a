"""`dibao ask`: what is known of a household while facts are missing, and what to ask next."""

from __future__ import annotations

import datetime
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
from dibao_policy.explain.screening_words import screening_json, screening_text
from dibao_policy.facts.partial import check_partial
from dibao_policy.problem import Language


@click.command()
@policy_argument
@households_argument
@on_option
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="NAME",
    help="A value to look at, by either name; without it, all entitlements and amounts.",
)
@form_options
def ask(
    policy: Path,
    households: tuple[Path, ...],
    day: datetime.date,
    results: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Say what is decided, within which bounds the rest lies, and which facts of HOUSEHOLDS to ask next (询问).

    Any fact may be left out; what is given has to be sound.
    """
    snapshot = snapshot_on(policy, day, form, lang)
    for name in results:
        try:
            snapshot.rule(name)
        except KeyError as error:
            raise click.BadParameter(error.args[0], param_hint="'--result'") from None
    reader = snapshot.compiled.reader
    given = read_households(
        households, lambda one: check_partial(reader, one, day), reader, form, lang
    )
    screenings = [(path, snapshot.ask(one, results or None)) for path, one in given]
    if form == "json":
        echo_json([{"file": path.name, **screening_json(one)} for path, one in screenings])
        return
    click.echo("\n".join(screening_text(one) for _, one in screenings), nl=False)
