"""Source text and places in it."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Iterable

from attrs import field, frozen


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return tuple(starts)


@frozen(eq=False)
class Source:
    """One text to read: the name a person knows it by, and its characters.

    `name` is a path relative to the policy folder, or a word such as `<text>`.
    """

    name: str
    text: str = field(repr=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    @line_starts.default
    def _(self) -> tuple[int, ...]:
        return _line_starts(self.text)


@frozen
class Span:
    """Characters `start` to `end` (exclusive) of a source."""

    source: Source
    start: int
    end: int


def position(span: Span) -> tuple[int, int]:
    """Line and column of the start of a span, both counted from 1."""
    starts = span.source.line_starts
    line = bisect.bisect_right(starts, span.start)
    return line, span.start - starts[line - 1] + 1


def line_text(source: Source, line: int) -> str:
    """The text of one line (counted from 1), without its line break."""
    starts = source.line_starts
    begin = starts[line - 1]
    end = starts[line] - 1 if line < len(starts) else len(source.text)
    return source.text[begin:end].rstrip("\r")


def covered(span: Span) -> str:
    """The characters that a span covers."""
    return span.source.text[span.start : span.end]


def join(first: Span, last: Span) -> Span:
    """The span from the start of one to the end of another, of the same source."""
    return Span(first.source, min(first.start, last.start), max(first.end, last.end))


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal: a Han character takes two."""
    width = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate most like `word`, or an empty string when none is near."""
    # Only a faulty text needs it.
    import difflib

    names = sorted(set(candidates))
    if len(word) > 40:
        return ""
    if len(word) == 2:
        # difflib never calls two-character Chinese words near when one character differs.
        halves = [n for n in names if len(n) == 2 and (n[0] == word[0] or n[1] == word[1])]
        if len(halves) == 1:
            return halves[0]
    # What shares too few characters cannot be near, and is quickly told: names may be many thousands.
    shared = frozenset(word).__contains__
    likely = [name for name in names if 10 * sum(map(shared, name)) >= 3 * (len(name) + len(word))]
    found = difflib.get_close_matches(word, likely, n=1, cutoff=0.6)
    return found[0] if found else ""
