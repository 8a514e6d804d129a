"""A notice in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.explain.notices.document import Line, Mark, Notice, Table
from dibao_policy.text import display_width

MARKS: dict[Mark, str] = {"": "", "met": "✓ ", "unmet": "✗ "}
_NUMERALS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
]


def notice_text(notice: Notice) -> str:
    """Sections under numbered titles; tables with their columns lined up."""
    return "\n".join(_lines(notice)) + "\n"


def _lines(notice: Notice) -> Iterator[str]:
    yield notice.title
    for name, value in notice.about:
        yield f"{name}{notice.colon}{value}"
    for place, section in enumerate(notice.sections):
        yield ""
        yield f"{numeral(notice.language, place)}{section.title}"
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _table(block)
            else:
                yield from _line(block, "  ", notice)
            if isinstance(block, Table):
                for note in block.notes:
                    yield from _line(note, "  ", notice)


def numeral(language: str, place: int) -> str:
    """`一、` or `1. `."""
    return f"{_NUMERALS[place]}、" if language == "zh" else f"{place + 1}. "


def basis(notice: Notice) -> str:
    """What stands before articles."""
    return "依据：" if notice.language == "zh" else "Basis: "


def _line(line: Line, indent: str, notice: Notice) -> Iterator[str]:
    yield f"{indent}{MARKS[line.mark]}{line.text}"
    for detail in line.details:
        yield from _line(detail, indent + "    ", notice)
    if line.sources:
        yield f"{indent}    {basis(notice)}{line.sources}"


def _table(table: Table) -> Iterator[str]:
    """Columns of figures stand to the right, words to the left."""
    rows = [table.columns, *(row.cells for row in table.rows)]
    columns = range(len(table.columns))
    widths = [max(display_width(row[at]) for row in rows) for at in columns]
    figures = [at > 0 and all(is_figure(row.cells[at]) for row in table.rows) for at in columns]
    yield f"  {_row(table.columns, widths, figures)}"
    for row in table.rows:
        if row.role == "sum":
            yield f"  {'─' * (sum(widths) + 2 * (len(widths) - 1))}"
        yield f"  {_row(row.cells, widths, figures)}"


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure rather than words."""
    return cell[:1].isdigit() or cell[:1] in "-−"


def _row(cells: tuple[str, ...], widths: list[int], figures: list[bool]) -> str:
    shown: list[str] = []
    for cell, width, is_figure in zip(cells, widths, figures, strict=True):
        space = " " * (width - display_width(cell))
        shown.append(space + cell if is_figure else cell + space)
    return "  ".join(shown).rstrip()
