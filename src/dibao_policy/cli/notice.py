"""`dibao notice` (告知): decisions written for citizens, for case workers and for auditors."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import click

from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import (
    end_with,
    households_argument,
    language,
    on_option,
    policy_argument,
)
from dibao_policy.explain.notices.build import notice_of
from dibao_policy.explain.notices.document import AUDIENCES, Audience, Notice
from dibao_policy.explain.notices.html import notice_html
from dibao_policy.explain.notices.markdown import notice_markdown
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.tongues import tongue_of
from dibao_policy.facts.household import check_household
from dibao_policy.problem import Language
from dibao_policy.writing import write_file

FORMS: dict[str, tuple[str, Callable[[Notice], str]]] = {
    "text": (".txt", notice_text),
    "markdown": (".md", notice_markdown),
    "html": (".html", notice_html),
}
"""Each form of a notice: how its files end, and what makes it."""


@click.command()
@policy_argument
@households_argument
@on_option
@click.option(
    "--for",
    "audience",
    type=click.Choice(AUDIENCES),
    default="citizen",
    help="For whom it is written.",
)
@click.option(
    "--format", "form", type=click.Choice([*FORMS]), default="text", help="Form of output."
)
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a file for each household into this folder, which is made where it is not there.",
)
@language
def notice(
    policy: Path,
    households: tuple[Path, ...],
    day: datetime.date,
    audience: Audience,
    form: str,
    folder: Path | None,
    lang: Language,
) -> None:
    """Write the notices of the decisions on HOUSEHOLDS (告知书).

    The outcome comes first, then the reasons, what is paid when, what has to be done, and what can be done against it.
    """
    snapshot = snapshot_on(policy, day, "text", lang)
    reader = snapshot.compiled.reader
    given = read_households(
        households, lambda one: check_household(reader, one, day), reader, "text", lang
    )
    ending, written = FORMS[form]
    tongue = tongue_of(lang)
    notices = [
        (path, written(notice_of(snapshot.explain(one), audience, tongue))) for path, one in given
    ]
    if folder is None:
        click.echo("\n".join(text for _, text in notices), nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in notices:
        target = folder / (path.stem + ending)
        problems = write_file(target, text.encode())
        if problems:
            end_with(problems, lang)
        click.echo(str(target))
