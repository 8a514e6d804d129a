"""The household of an interview as a YAML text that `dibao explain` takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dibao_policy.facts.words import LABEL, MEMBERS, NOT_ASKED
from dibao_policy.interview.session import Interview

_PLAIN = re.compile(r"-?[\w.-]+")
_WORDS = {"true", "false", "是", "否"}


def household_text(interview: Interview) -> str:
    """The household; `没有问` at its end lists the facts that nobody stated.

    Where all results are fixed, what has no default and was not asked is filled in, so that `dibao explain` takes
    the file; what has a default is left out. Before that nothing is filled in: `dibao ask` and
    `dibao interview --household` take what there is, and `dibao explain` says what is missing.
    """
    household = interview.whole_household() if interview.decided else interview.household
    return "\n".join(_lines(interview, household)) + "\n"


def _lines(interview: Interview, household: Mapping[str, Any]) -> Iterator[str]:
    begun, program = interview.begun, interview.snapshot.compiled.program
    not_asked = household.get(NOT_ASKED[0], ())
    yield f"# {program.name}，决定日期 {begun.day}，问答所得。"
    if not_asked:
        yield f"# “{NOT_ASKED[0]}”列出的，怎样填都不改变{'、'.join(begun.results)}；别的数值不能以它们为准。"
    if not interview.decided:
        yield "# 没有问完，只有已经回答的。"
    for name, value in household.items():
        if name not in (MEMBERS[0], NOT_ASKED[0]):
            yield f"{name}: {_scalar(value)}"
    yield f"{MEMBERS[0]}:"
    for person in household.get(MEMBERS[0], [{}]):
        entries = [
            f"{name}: {json.dumps(value, ensure_ascii=False) if name == LABEL[0] else _scalar(value)}"
            for name, value in person.items()
        ]
        if not entries:
            yield "  - {}"
        for place, line in enumerate(entries):
            yield f"  {'- ' if place == 0 else '  '}{line}"
    if not_asked:
        yield f"{NOT_ASKED[0]}:"
        yield from (f"  - {path}" for path in not_asked)


def _scalar(value: object) -> str:
    """是 and 否 as the language writes them; a number, a day and a plain word as they are."""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    return (
        text
        if _PLAIN.fullmatch(text) and text not in _WORDS
        else json.dumps(text, ensure_ascii=False)
    )
