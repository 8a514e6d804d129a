"""`dibao notice` (告知): decisions written for citizens, for case workers and for auditors."""

from __future__ import annotations

import datetime
import json
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
from dibao_policy.explain.account import Account
from dibao_policy.explain.data import account_json
from dibao_policy.explain.notices.document import AUDIENCES, Audience
from dibao_policy.explain.notices.html import notice_html
from dibao_policy.explain.notices.markdown import notice_markdown
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.tongues import notice_in
from dibao_policy.facts.household import check_household
from dibao_policy.problem import Language, PolicyError
from dibao_policy.writing import write_file

ENDINGS = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf", "json": ".json"}
"""How the files of each form end."""


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
    "--format", "form", type=click.Choice([*ENDINGS]), default="text", help="Form of output."
)
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a file for each household into this folder, which is made where it is not there.",
)
@click.option(
    "--fonts",
    "fonts",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with fonts for the PDF, besides those of the machine.",
)
@language
def notice(
    policy: Path,
    households: tuple[Path, ...],
    day: datetime.date,
    audience: Audience,
    form: str,
    folder: Path | None,
    fonts: tuple[Path, ...],
    lang: Language,
) -> None:
    """Write the notices of the decisions on HOUSEHOLDS (告知书).

    The outcome comes first, then the reasons, what is paid when, what has to be done, and what can be done against it.
    """
    if form == "pdf" and folder is None:
        raise click.UsageError("a PDF goes into a file: name a folder with --out")
    snapshot = snapshot_on(policy, day, "text", lang)
    reader = snapshot.compiled.reader
    given = read_households(
        households, lambda one: check_household(reader, one, day), reader, "text", lang
    )
    try:
        written = [
            (path, _written(snapshot.explain(one), audience, form, fonts, lang))
            for path, one in given
        ]
    except PolicyError as error:
        end_with(error.problems, lang)
    if folder is None:
        click.echo("\n".join(content.decode() for _, content in written), nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in written:
        target = folder / (path.stem + ENDINGS[form])
        problems = write_file(target, content)
        if problems:
            end_with(problems, lang)
        click.echo(str(target))


def _written(
    account: Account, audience: Audience, form: str, fonts: tuple[Path, ...], lang: Language
) -> bytes:
    """A decision in one of the forms; as JSON, the whole of what was computed, whoever it is for."""
    if form == "json":
        return (json.dumps(account_json(account), ensure_ascii=False, indent=1) + "\n").encode()
    notice = notice_in(lang, account, audience)
    match form:
        case "pdf":
            # Only who wants pages waits for what sets them.
            from dibao_policy.picture.notice_pages import pdf_of

            return pdf_of(notice, fonts)
        case "html":
            return notice_html(notice).encode()
        case "markdown":
            return notice_markdown(notice).encode()
    return notice_text(notice).encode()
