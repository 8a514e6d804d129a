"""`dibao interview`: ask only what matters, one question after another, on a terminal or from a pipe."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.households import read_households, snapshot_on
from dibao_policy.cli.options import (
    echo_json,
    end_with,
    fail,
    form_options,
    on_option,
    policy_argument,
)
from dibao_policy.facts.partial import check_partial
from dibao_policy.facts.text import read_text
from dibao_policy.interview import (
    Interview,
    household_text,
    interview,
    interview_json,
    resumed,
    state_json,
)
from dibao_policy.interview.problems import NotAnInterview
from dibao_policy.interview.typed import WHY, ended, typed
from dibao_policy.interview.words import (
    opening_lines,
    outcome_lines,
    progress_line,
    question_lines,
    why_lines,
    word,
)
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Language, PolicyError, Problem
from dibao_policy.render import problems_text
from dibao_policy.text import Source
from dibao_policy.writing import write_file

_FILE = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="interview")
@policy_argument
@on_option
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="NAME",
    help="A value to find out, by either name; without it, all entitlements and amounts.",
)
@click.option(
    "--household", "known", type=_THERE, metavar="FILE", help="What is known already (JSON, YAML)."
)
@click.option(
    "--take-defaults", is_flag=True, help="Take the default of every fact that has one, unasked."
)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="TEXT",
    help="An answer, as it would be typed; the first ones, before anything is asked.",
)
@click.option(
    "--save", type=_FILE, metavar="FILE", help="Keep the interview here after each answer."
)
@click.option(
    "--resume", type=_THERE, metavar="FILE", help="Go on with an interview that was saved."
)
@click.option(
    "--write", "output", type=_FILE, metavar="FILE", help="Write the household here at the end."
)
@form_options
def interview_command(
    policy: Path,
    day: datetime.date,
    results: tuple[str, ...],
    known: Path | None,
    take_defaults: bool,
    answers: tuple[str, ...],
    save: Path | None,
    resume: Path | None,
    output: Path | None,
    form: str,
    lang: Language,
) -> None:
    """Ask only what can still change a result, the most decisive first, until all results are fixed (问答).

    Type ? to see why a question is asked, 返回 (back) to change the last answer, 不知道 (unknown) to put it off.
    With --format json nothing is asked on the terminal: the state and the next question are printed.
    """
    if resume is not None and (results or known is not None or take_defaults):
        raise click.UsageError("--resume goes with no --result, --household or --take-defaults")
    snapshot = snapshot_on(policy, day, form, lang)
    begun = (
        _resumed(snapshot, resume, form, lang)
        if resume is not None
        else _begun(snapshot, results, known, take_defaults, form, lang)
    )
    told = form == "text"
    if told:
        for line in opening_lines(begun, lang):
            click.echo(line)
    reached = _given(begun, answers, save, form, lang)
    found: tuple[Problem, ...] = ()
    if told:
        reached, found = _questions(reached, save, lang)
        click.echo()
        for line in outcome_lines(reached, lang):
            click.echo(line)
    _keep(reached, save, form, lang)
    if save is not None and told:
        click.echo("\n" + word("saved_to", lang, file=save.name))
    if output is not None and reached.screening is not None:
        _write(output, household_text(reached), form, lang)
        key = "written_to" if reached.decided else "part_written_to"
        if told:
            click.echo("\n" + word(key, lang, file=output.name))
    if form == "json":
        echo_json(interview_json(reached))
    if found:
        end_with(found, lang)


# ── beginning ─────────────────────────────────────────────────────────────


def _begun(
    snapshot: Snapshot,
    results: Sequence[str],
    known: Path | None,
    take_defaults: bool,
    form: str,
    lang: Language,
) -> Interview:
    for name in results:
        try:
            snapshot.rule(name)
        except KeyError as error:
            raise click.BadParameter(error.args[0], param_hint="'--result'") from None
    given: dict[str, Any] = {}
    if known is not None:
        reader = snapshot.compiled.reader
        ((_, given),) = read_households(
            [known], lambda one: check_partial(reader, one, snapshot.day), reader, form, lang
        )
    return interview(snapshot, results or None, given, ask_defaults=not take_defaults)


def _resumed(snapshot: Snapshot, path: Path, form: str, lang: Language) -> Interview:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        fail((NotAnInterview(reason="不是 UTF-8 文字", reason_en="it is not UTF-8"),), form, lang)
    state, found = read_text(Source(path.name, text))
    if found:
        fail(found, form, lang)
    try:
        return resumed(snapshot, state)
    except PolicyError as error:
        fail(error.problems, form, lang)


# ── asking ────────────────────────────────────────────────────────────────


def _given(
    reached: Interview, answers: Sequence[str], save: Path | None, form: str, lang: Language
) -> Interview:
    """After the answers of the command line, each of which has to be sound."""
    for text in answers:
        if form == "text":
            _ask(reached, lang)
            click.echo(f"> {text}".rstrip())
        try:
            following = typed(reached, text)
        except PolicyError as error:
            _keep(reached, save, form, lang)
            fail(error.problems, form, lang)
        reached = _moved(reached, following, form, lang)
    return reached


def _questions(
    reached: Interview, save: Path | None, lang: Language
) -> tuple[Interview, tuple[Problem, ...]]:
    """Ask until nothing is left, or the answers end; what is refused is asked again."""
    while reached.question is not None:
        _ask(reached, lang)
        while True:
            text = _line()
            if text is None:
                return reached, ended(reached)
            if text.strip() in WHY:
                click.echo("\n".join(why_lines(reached, lang)))
                continue
            try:
                following = typed(reached, text)
            except PolicyError as error:
                click.echo(problems_text(error.problems, lang).rstrip())
                continue
            break
        reached = _moved(reached, following, "text", lang)
        _keep(reached, save, "text", lang)
    return reached, ()


def _ask(reached: Interview, lang: Language) -> None:
    if reached.question is not None:
        click.echo("")
        click.echo("\n".join(question_lines(reached, lang)))


def _moved(before: Interview, after: Interview, form: str, lang: Language) -> Interview:
    line = progress_line(before, after, lang)
    if form == "text" and line:
        click.echo(line)
    return after


def _line() -> str | None:
    """What is typed; from a pipe, the next line, which is shown as if it had been; None at the end."""
    if sys.stdin.isatty():
        return str(click.prompt(">", prompt_suffix=" ", default="", show_default=False))
    line = sys.stdin.readline()
    if not line:
        return None
    click.echo(f"> {line.strip()}".rstrip())
    return line


# ── keeping ───────────────────────────────────────────────────────────────


def _keep(reached: Interview, save: Path | None, form: str, lang: Language) -> None:
    if save is not None:
        text = json.dumps(state_json(reached), ensure_ascii=False, indent=2) + "\n"
        _write(save, text, form, lang)


def _write(path: Path, text: str, form: str, lang: Language) -> None:
    if unwritten := write_file(path, text.encode("utf-8")):
        fail(unwritten, form, lang)
