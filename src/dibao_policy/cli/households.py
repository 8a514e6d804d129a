"""A policy's day and households from files: every fault of all of them at once, or what they say."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.options import echo_json, fail
from dibao_policy.facts.household import Reader, former_names_used
from dibao_policy.facts.problems import UnreadableFacts
from dibao_policy.facts.text import read_text
from dibao_policy.folders import load
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Language, PolicyError, Problem
from dibao_policy.render import problem_json, problems_text
from dibao_policy.text import Source


def snapshot_on(policy: Path, day: datetime.date, form: str, lang: Language) -> Snapshot:
    """The evaluator of a day; where the policy has a fault, all its problems and exit code 1."""
    try:
        return load(policy).on(day)
    except PolicyError as error:
        fail(error.problems, form, lang)


def read_households(
    paths: Iterable[Path],
    check: Callable[[Any], tuple[Problem, ...]],
    reader: Reader,
    form: str,
    lang: Language,
) -> list[tuple[Path, Any]]:
    """What every household says; where one has a fault, all faults of all of them and exit code 1.

    What is taken all the same, a former name, is told on a terminal.
    """
    sound: list[tuple[Path, Any]] = []
    faulty: list[Problem] = []
    for path in paths:
        given, found = _read(path)
        found = found or check(given)
        if not found and form == "text":
            _tell(path, former_names_used(reader, given), lang)
        if form == "text":
            _tell(path, found, lang)
        faulty += found
        sound.append((path, given))
    if faulty:
        if form == "json":
            echo_json([problem_json(problem) for problem in faulty])
        sys.exit(1)
    return sound


def _tell(path: Path, found: tuple[Problem, ...], lang: Language) -> None:
    if found:
        click.echo(f"{path.name}:", err=True)
        click.echo(problems_text(found, lang), err=True)


def _read(path: Path) -> tuple[Any, tuple[Problem, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (UnreadableFacts(reason="不是 UTF-8 文字", reason_en="it is not UTF-8 text"),)
    return read_text(Source(path.name, text))
