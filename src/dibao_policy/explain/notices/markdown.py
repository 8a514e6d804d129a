"""A notice as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dibao_policy.explain.notices.document import Line, Notice, Table
from dibao_policy.explain.notices.text import MARKS, basis, numeral

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def notice_markdown(notice: Notice) -> str:
    """Headings, lists and tables; whatever a policy or a name says stays plain text."""
    return "\n".join(_lines(notice)) + "\n"


def plain(text: str) -> str:
    """A text in which no character means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _lines(notice: Notice) -> Iterator[str]:
    yield f"# {plain(notice.title)}"
    yield ""
    for name, value in notice.about:
        yield f"- {plain(name)}{notice.colon}{plain(value)}"
    for place, section in enumerate(notice.sections):
        yield ""
        yield f"## {numeral(notice.language, place)}{plain(section.title)}"
        yield ""
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _table(block)
                yield ""
                for note in block.notes:
                    yield from _line(note, "", notice)
                if block.notes:
                    yield ""
            else:
                yield from _line(block, "", notice)


def _line(line: Line, indent: str, notice: Notice) -> Iterator[str]:
    yield f"{indent}- {MARKS[line.mark]}{plain(line.text)}"
    for detail in line.details:
        yield from _line(detail, indent + "  ", notice)
    if line.sources:
        yield f"{indent}  - {basis(notice)}{plain(line.sources)}"


def _table(table: Table) -> Iterator[str]:
    yield _row(tuple(map(plain, table.columns)))
    yield _row(tuple("---" for _ in table.columns))
    for row in table.rows:
        cells = tuple(map(plain, row.cells))
        yield _row(tuple(f"**{cell}**" for cell in cells) if row.role == "sum" else cells)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
