"""What the commands share: their arguments and options, and how they end."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from dibao_policy.dates import read_date
from dibao_policy.problem import Language, Problem
from dibao_policy.render import problem_json, problems_text


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """The day that an option gives."""
    if value is None:
        return None
    day = read_date(value)
    if day is None:
        raise click.BadParameter(f"{value} is not a date YYYY-MM-DD between 1900 and 2199")
    return day


language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the output."
)


def one_line(text: str) -> str:
    """A text without line breaks and doubled spaces."""
    return " ".join(text.split())


def chinese(words: Mapping[str, str], written: str) -> str:
    """The Chinese form of a word that was given in either tongue; `words` leads to the English ones."""
    return next((word for word, english in words.items() if english == written), written)


def end_with(problems: Sequence[Problem], lang: Language, *hints: str) -> NoReturn:
    """Show problems, and what to do about them, and end with the exit code 1."""
    click.echo(problems_text(problems, lang), err=True)
    for hint in hints:
        click.echo(hint, err=True)
    sys.exit(1)


def form_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--lang`, as `form` and `lang`."""
    function = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help="Form of output.",
    )(function)
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        help="Language of problems.",
    )(function)


policy_argument = click.argument(
    "policy", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
households_argument = click.argument(
    "households",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
on_option = click.option(
    "--on",
    "day",
    callback=read_day,
    metavar="YYYY-MM-DD",
    required=True,
    help="Day of the decision.",
)


def fail(found: tuple[Problem, ...], form: str, lang: Language) -> NoReturn:
    """Report problems and end with exit code 1."""
    if form == "json":
        echo_json([problem_json(problem) for problem in found])
    else:
        click.echo(problems_text(found, lang), err=True)
    sys.exit(1)


def echo_json(value: Any) -> None:
    """Print data."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
