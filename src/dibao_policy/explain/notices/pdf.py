"""A notice as PDF, set by typst (extra `notice`)."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from dibao_policy.explain.notices.document import Block, Line, Notice, Table
from dibao_policy.explain.notices.text import MARKS, basis, numeral

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC", "WenQuanYi Zen Hei", "SimSun",
    "Microsoft YaHei", "PingFang SC",
)  # fmt: skip
"""Families with the characters of simplified Chinese, the first that there is; others leave boxes on the page."""


class FontMissing(Exception):
    """None of the families in `FONTS` is installed: a notice in Chinese would be boxes."""


def notice_pdf(notice: Notice, fonts: tuple[str, ...] = FONTS) -> bytes:
    """The pages of a notice, A4; the same notice gives the same bytes.

    Raises `ModuleNotFoundError` without typst, `FontMissing` where no family of `fonts` is installed.
    """
    import typst

    installed = set(typst.Fonts().families())
    known = [one for one in fonts if one in installed]
    if not known:
        raise FontMissing(", ".join(fonts))
    data = {
        "title": notice.title,
        "language": notice.language,
        "fonts": known,
        "footer": notice.about[-1][0] + notice.colon + notice.about[-1][1],
        "marks": {"met": MARKS["met"].strip(), "unmet": MARKS["unmet"].strip()},
        "about": [list(pair) for pair in notice.about],
        "sections": [
            {
                "title": numeral(notice.language, place) + section.title,
                "blocks": [_block(notice, block) for block in section.blocks],
            }
            for place, section in enumerate(notice.sections)
        ],
    }
    source = (resources.files(__package__) / "notice.typ").read_bytes()
    pages, warnings = typst.compile_with_warnings(
        source, sys_inputs={"notice": json.dumps(data, ensure_ascii=False)}
    )
    unknown = [str(one) for one in warnings if "font" in str(one)]
    if unknown:
        raise FontMissing("; ".join(unknown))
    assert isinstance(pages, bytes)
    return pages


def _block(notice: Notice, block: Block) -> dict[str, Any]:
    if isinstance(block, Line):
        return {"kind": "line", **_line(notice, block)}
    return {
        "kind": "table",
        "caption": block.caption,
        "columns": list(block.columns),
        "rows": [{"cells": list(row.cells), "sum": row.role == "sum"} for row in block.rows],
        "figures": _is_all_figures(block),
        "notes": [_line(notice, note) for note in block.notes],
    }


def _is_all_figures(table: Table) -> bool:
    cells = (cell for row in table.rows for cell in row.cells[1:])
    return all(cell[:1].isdigit() or cell[:1] in "-−" for cell in cells)


def _line(notice: Notice, line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "mark": line.mark,
        "details": [_line(notice, one) for one in line.details],
        "sources": basis(notice) + line.sources if line.sources else "",
    }
