"""What a command would write, shown before it asks."""

from __future__ import annotations

import difflib
import sys

import click

from dibao_policy.problem import Language

_ASK = {"zh": "写入吗？", "en": "Write this?"}
_UNATTENDED = {
    "zh": "没有写入：无人应答时加上 --yes。",
    "en": "Nothing was written: where nobody answers, add --yes.",
}


def differences_text(name: str, before: str, after: str) -> str:
    """The differences as `diff -u` shows them."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), name, name
    )
    shown = [line.replace("\r\n", "\n") for line in lines]
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown
    )


def agreed(lang: Language) -> bool:
    """Whether the person at the terminal wants it written; exit code 1 where there is none."""
    try:
        return click.confirm(_ASK[lang])
    except click.Abort:
        click.echo()
        click.echo(_UNATTENDED[lang], err=True)
        sys.exit(1)
