"""`dibao fmt`: policy text into its canonical form."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from dibao_policy.core.ops import SPELLINGS
from dibao_policy.model.problems import UnreadableFile
from dibao_policy.problem import Language, Problem
from dibao_policy.render import problems_text
from dibao_policy.syntax.format import format_source
from dibao_policy.text import Source

# What is said of one file, and of how many files at the end.
_SAID = {
    "zh": {
        "written": ("已整理", "已整理 {} 个"),
        "due": ("要整理", "要整理 {} 个"),
        "kept": ("不用改", "不用改 {} 个"),
        "faulty": ("有问题", "有问题、没有动 {} 个"),
    },
    "en": {
        "written": ("formatted", "{} formatted"),
        "due": ("to be formatted:", "{} to be formatted"),
        "kept": ("left as it is:", "{} left as they are"),
        "faulty": ("with a problem:", "{} with problems, not touched"),
    },
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--check", "checking", is_flag=True, help="Write nothing; exit 1 if a file would change."
)
@click.option("--diff", "comparing", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="Write keywords in this language instead of as typed; also the language of messages.",
)
def fmt(paths: tuple[Path, ...], checking: bool, comparing: bool, lang: Language | None) -> None:
    """Bring PATHS, `.dibao` files or policy folders, into their canonical form (整理).

    A file whose text has a problem is left as it is, and the problem is shown.
    """
    said = _SAID[lang or "zh"]
    writing = not (checking or comparing)
    counts = dict.fromkeys(said, 0)
    for path in _files(paths):
        typed, text, found = _formatted(path, lang)
        if found:
            click.echo(problems_text(found, lang or "zh"), err=True)
        if text is None:
            counts["faulty"] += 1
        elif text.encode() == typed:
            counts["kept"] += 1
        else:
            outcome = "written" if writing else "due"
            counts[outcome] += 1
            if writing:
                _write(path, text)
            difference = "\n".join(_difference(path, typed, text)) if comparing else ""
            click.echo(difference or f"{said[outcome][0]} {path}")
    told = [said[outcome][1].format(count) for outcome, count in counts.items() if count]
    click.echo((", " if lang == "en" else "，").join(told), err=comparing)
    sys.exit(1 if counts["faulty"] or (checking and counts["due"]) else 0)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """The files that are meant, each once. Raises `click.BadParameter` where there are none."""
    files: dict[Path, Path] = {}
    for path in paths:
        meant = sorted(path.glob("*.dibao")) if path.is_dir() else [path]
        if not meant or meant[0].suffix != ".dibao":
            raise click.BadParameter(f"{path} is neither a .dibao file nor a folder with one")
        for file in meant:
            files.setdefault(file.resolve(), file)
    return list(files.values())


def _formatted(path: Path, lang: Language | None) -> tuple[bytes, str | None, tuple[Problem, ...]]:
    """What a file holds, and its canonical form or what stands in its way."""
    try:
        typed = path.read_bytes()
        source = Source(str(path), typed.decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        reason = reason_en = error.strerror or "?"
        typed = b""
    except UnicodeDecodeError:
        reason, reason_en = "不是 UTF-8 文字", "it is not UTF-8 text"
    else:
        return typed, *format_source(source, lang, SPELLINGS)
    return typed, None, (UnreadableFile(path=str(path), reason=reason, reason_en=reason_en),)


def _difference(path: Path, typed: bytes, text: str) -> Iterator[str]:
    before, after = (
        whole.removesuffix("\n").split("\n") for whole in (typed.decode("utf-8-sig"), text)
    )
    return difflib.unified_diff(before, after, str(path), str(path), lineterm="")


def _write(path: Path, text: str) -> None:
    """Put a text in a file's place, whole or not at all. Raises `click.ClickException`."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
            shutil.copymode(target, name)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
