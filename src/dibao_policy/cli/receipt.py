"""`dibao receipt` (回执): a decision as evidence that can be computed again."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from dibao_policy.cli.evidence_files import write_new
from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import echo_json, fail, form_options, on_option, policy_argument
from dibao_policy.evidence.receipt import receipt_digest, receipt_of, receipt_text
from dibao_policy.facts.household import check_household
from dibao_policy.problem import Language, PolicyError

_WRITTEN = {
    "zh": "回执已写入 {file}\n摘要 {digest}",
    "en": "The receipt was written to {file}\ndigest {digest}",
}


@click.command()
@policy_argument
@click.argument("household", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the receipt there instead of printing it; another file is never replaced.",
)
@click.option(
    "--assuming",
    multiple=True,
    metavar="NAME",
    help="A value that the household brings instead of having it computed; may be given several times.",
)
@click.option(
    "--issued",
    metavar="TIME",
    help="Time of issue, 2024-03-01T09:30:00+08:00; without it the receipt has none.",
)
@form_options
def receipt(
    policy: Path,
    household: Path,
    day: datetime.date,
    out: Path | None,
    assuming: tuple[str, ...],
    issued: str | None,
    form: str,
    lang: Language,
) -> None:
    """Decide on a HOUSEHOLD by a POLICY folder, and keep all that it takes to decide again (回执).

    The receipt is a JSON document with the rules in force, the facts as they were read, every result and a digest.
    """
    snapshot = snapshot_on(policy, day, form, lang)
    try:
        snapshot = snapshot.assuming(*assuming)
    except PolicyError as error:
        fail(error.problems, form, lang)
    reader = snapshot.compiled.reader
    ((_, given),) = read_households(
        (household,), lambda one: check_household(reader, one, day), reader, form, lang
    )
    try:
        made = receipt_of(snapshot, given, issued)
        text, digest = receipt_text(made), receipt_digest(made)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if out is None:
        # As bytes: a line end stays what it is on every system.
        click.echo(text.encode(), nl=False)
        return
    if unwritten := write_new(out, text.encode()):
        fail(unwritten, form, lang)
    if form == "json":
        echo_json({"file": out.name, "digest": digest})
    else:
        click.echo(_WRITTEN[lang].format(file=out, digest=digest))
