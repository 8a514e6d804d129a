"""What commands share: days and words as options, the language of the output, how a command ends."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

import click

from dibao_policy.dates import read_date
from dibao_policy.problem import Language, Problem
from dibao_policy.render import problems_text


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """The day of an option. Ends with wrong usage where the text names none."""
    day = read_date(value) if value is not None else None
    if day is None and value is not None:
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
