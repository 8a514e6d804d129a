"""What a notice is made of: sections of lines and tables, in words, without markup."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Audience = Literal["citizen", "case_worker", "auditor"]
AUDIENCES: tuple[Audience, ...] = ("citizen", "case_worker", "auditor")

Mark = Literal["", "met", "unmet"]
"""Whether a line tells of a condition that was met, or of one that was not."""

Role = Literal["item", "aside", "sum"]
"""Of a row: part of the sum below it, only told beside it, or the sum itself."""


@frozen
class Line:
    """A sentence, what explains it, and the articles behind it."""

    text: str
    mark: Mark = ""
    details: tuple[Line, ...] = ()
    sources: str = ""


@frozen
class Row:
    """One cell for each column of the table."""

    cells: tuple[str, ...]
    role: Role = "item"


@frozen
class Table:
    """Rows under columns; the first column names what a row is about. `notes` stand below it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    notes: tuple[Line, ...] = ()


Block = Line | Table


@frozen
class Section:
    """`key` is the same in every tongue and for every audience."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@frozen
class Notice:
    """`about` says by pairs of words what was decided on, by what and when."""

    language: str
    audience: Audience
    title: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return "：" if self.language == "zh" else ": "
