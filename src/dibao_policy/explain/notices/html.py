"""A notice as one HTML file: for a browser, a screen reader and a printer, with nothing outside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from dibao_policy.explain.notices.document import Line, Mark, Notice, Row, Section, Table
from dibao_policy.explain.notices.text import basis, numeral

_SPOKEN: dict[str, dict[Mark, str]] = {
    "zh": {"met": "符合", "unmet": "不符合"},
    "en": {"met": "met", "unmet": "not met"},
}


def notice_html(notice: Notice) -> str:
    """A whole document in the notice's language; every word in it is escaped."""
    style = (resources.files(__package__) / "notice.css").read_text("utf-8")
    language = "zh-Hans" if notice.language == "zh" else "en"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(notice.title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_body(notice),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _body(notice: Notice) -> Iterator[str]:
    yield f"<h1>{escape(notice.title)}</h1>"
    yield '<dl class="about">'
    for name, value in notice.about:
        yield f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
    yield "</dl>"
    for place, section in enumerate(notice.sections):
        yield from _section(notice, section, place)


def _section(notice: Notice, section: Section, place: int) -> Iterator[str]:
    yield f'<section class="{section.key}" aria-labelledby="{section.key}">'
    title = f"{numeral(notice.language, place)}{section.title}"
    yield f'<h2 id="{section.key}">{escape(title)}</h2>'
    lines: list[Line] = []
    for block in section.blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        yield from _list(notice, lines)
        lines = []
        yield from _table(block)
        yield from _list(notice, block.notes)
    yield from _list(notice, lines)
    yield "</section>"


def _list(notice: Notice, lines: tuple[Line, ...] | list[Line]) -> Iterator[str]:
    if lines:
        yield "<ul>"
        for line in lines:
            yield from _line(notice, line)
        yield "</ul>"


def _line(notice: Notice, line: Line) -> Iterator[str]:
    mark = ""
    if line.mark:
        sign = "✓" if line.mark == "met" else "✗"
        spoken = _SPOKEN[notice.language][line.mark]
        mark = f'<span class="mark" role="img" aria-label="{spoken}">{sign}</span> '
    kind = f' class="{line.mark}"' if line.mark else ""
    yield f"<li{kind}>{mark}{escape(line.text)}"
    yield from _list(notice, line.details)
    if line.sources:
        yield f'<p class="basis">{escape(basis(notice) + line.sources)}</p>'
    yield "</li>"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="scroll" tabindex="0"><table>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        yield _row(row)
    yield "</tbody></table></div>"


def _row(row: Row) -> str:
    first, *rest = row.cells
    kind = f' class="{row.role}"' if row.role != "item" else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr{kind}><th scope="row">{escape(first)}</th>{cells}</tr>'
