"""`dibao curve` (曲线): what a household gets along one of its numbers."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import click

from dibao_policy.cli.curve_text import curve_csv, curve_json, curve_text, json_text
from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import fail, language, on_option, policy_argument
from dibao_policy.lawcraft.curve import curve as compute
from dibao_policy.lawcraft.curve_model import Curve
from dibao_policy.picture.curve_chart import curve_svg
from dibao_policy.picture.curve_words import told
from dibao_policy.picture.png import png_of
from dibao_policy.problem import Language, PolicyError
from dibao_policy.render import problems_text
from dibao_policy.values import exact_number
from dibao_policy.writing import write_file

_FORMS = {".svg": "svg", ".png": "png", ".csv": "csv", ".json": "json"}


def _number(ctx: click.Context, param: click.Parameter, value: str | None) -> Fraction | None:
    number = None if value is None else exact_number(value)
    if value is not None and number is None:
        raise click.BadParameter(f"{value} is not a number in plain digits, as 1200 or 0.01")
    return number


def _names(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names that were given one by one, or several with commas between them."""
    return tuple(
        name
        for one in value
        for name in one.replace("，", ",").replace("、", ",").split(",")
        if name
    )


@click.command()
@policy_argument
@click.argument("household", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_option
@click.option(
    "--over",
    required=True,
    metavar="WHOSE.INPUT",
    help="The number that moves: 户主.工资收入 of a member, 金融资产 of the household.",
)
@click.option(
    "--from", "first", required=True, callback=_number, metavar="N", help="Its first value."
)
@click.option("--to", "last", required=True, callback=_number, metavar="N", help="Its last value.")
@click.option(
    "--step", callback=_number, metavar="N", help="By how much it moves; a fen, if not said."
)
@click.option(
    "--results",
    multiple=True,
    callback=_names,
    metavar="NAME,…",
    help="The amounts to add; all benefits by the month, if not said.",
)
@click.option(
    "--own",
    multiple=True,
    callback=_names,
    metavar="NAME,…",
    help="The inputs that are the household's own income; what the incomes count or exempt, if not said.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "svg", "png", "csv", "json"]),
    help="Form of output; without it what --out ends in, or text.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option(
    "--fonts",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with a Chinese font, for PNG.",
)
@language
def curve(
    policy: Path,
    household: Path,
    day: datetime.date,
    over: str,
    first: Fraction,
    last: Fraction,
    step: Fraction | None,
    results: tuple[str, ...],
    own: tuple[str, ...],
    form: str | None,
    out: Path | None,
    fonts: tuple[Path, ...],
    lang: Language,
) -> None:
    """Tell what a HOUSEHOLD gets while one of its numbers moves, with every kink and cliff (曲线).

    HOUSEHOLD is a JSON or YAML file; what it says of the number that moves does not matter.
    Everything is exact to the smallest step. PNG needs the extra `notice` and a Chinese font.
    """
    form = form or (_FORMS.get(out.suffix.lower(), "text") if out else "text")
    if form == "png" and out is None:
        raise click.UsageError("PNG goes into a file: --out FILE.png")
    # A fault goes the way of the output: as data where data was asked for.
    told_as = "json" if form == "json" else "text"
    snapshot = snapshot_on(policy, day, told_as, lang)
    reader = snapshot.compiled.reader
    ((_, given),) = read_households([household], lambda one: (), reader, told_as, lang)
    try:
        found = compute(snapshot, given, over, first, last, step, results, own or None)
        made = _made(found, form, fonts)
    except PolicyError as error:
        fail(error.problems, told_as, lang)
    if found.warnings and form == "text":
        click.echo(problems_text(found.warnings, lang), err=True)
    if out is None:
        click.echo(made, nl=False)
        return
    content = made.encode("utf-8") if isinstance(made, str) else made
    if unwritten := write_file(out, content):
        fail(unwritten, told_as, lang)
    click.echo({"zh": f"已写入 {out.name}", "en": f"Written to {out.name}"}[lang])


def _made(found: Curve, form: str, fonts: tuple[Path, ...]) -> str | bytes:
    match form:
        case "svg":
            return curve_svg(found)
        case "png":
            return png_of(curve_svg(found), told(found), fonts)
        case "csv":
            return curve_csv(found)
        case "json":
            return json_text(curve_json(found))
    return curve_text(found)
