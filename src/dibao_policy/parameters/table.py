"""A table in a text: comma-separated cells, each with its place."""

from __future__ import annotations

import re

from attrs import field, frozen

from dibao_policy.parameters.edit_problems import UnclosedCell
from dibao_policy.parameters.nodes import LENGTH_LIMIT
from dibao_policy.parameters.problems import TextTooLong
from dibao_policy.problem import Problem
from dibao_policy.text import Source, Span, position

# A tab separates as well: that is what a spreadsheet puts on the clipboard.
_CELL = re.compile(
    r"""[ ]*(?:"(?P<quoted>(?:[^"]|"")*)"[ ]*|(?P<plain>[^",\t\r\n][^,\t\r\n]*)?)(?P<end>[,\t]|\r?\n|\r|$)"""
)


@frozen
class TableCell:
    """The text of a cell, without its quotation marks and the spaces around it."""

    text: str
    span: Span = field(eq=False, repr=False)


@frozen
class Row:
    """The cells of one line that is not blank."""

    line: int
    cells: tuple[TableCell, ...]
    span: Span = field(eq=False, repr=False)


def read_rows(source: Source) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """The rows of a comma-separated text; reading ends at a quotation mark without its partner."""
    text = source.text
    if len(text) > LENGTH_LIMIT:
        where = Span(source, 0, 0)
        return (), (TextTooLong(span=where, length=len(text), limit=LENGTH_LIMIT),)
    at = 1 if text.startswith("\ufeff") else 0
    rows: list[Row] = []
    cells: list[TableCell] = []
    begin = at
    while at < len(text) or cells:
        found = _CELL.match(text, at)
        if found is None:
            line, _ = position(Span(source, at, at))
            mark = text.find('"', at)
            return tuple(rows), (UnclosedCell(span=Span(source, mark, mark + 1), line=line),)
        group = "quoted" if found["quoted"] is not None else "plain"
        cells.append(_cell(source, found, group))
        at = found.end()
        if found["end"] not in (",", "\t"):
            if any(cell.text for cell in cells):
                line, _ = position(Span(source, begin, begin))
                rows.append(Row(line, tuple(cells), Span(source, begin, found.start("end"))))
            cells, begin = [], at
    return tuple(rows), ()


def _cell(source: Source, found: re.Match[str], group: str) -> TableCell:
    raw = found[group] or ""
    start = found.start(group) if raw else found.start("end")
    start += len(raw) - len(raw.lstrip())
    return TableCell(raw.strip().replace('""', '"'), Span(source, start, start + len(raw.strip())))
