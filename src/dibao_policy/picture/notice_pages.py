"""A notice as pages of a PDF, set by typst (extra `notice`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from dibao_policy.explain.notices.document import Block, Line, Notice, Table
from dibao_policy.explain.notices.text import MARKS, basis, is_figure, numeral
from dibao_policy.picture.problems import FontMissing, PictureExtraMissing
from dibao_policy.picture.svg import FAMILIES
from dibao_policy.problem import PolicyError


def pdf_of(notice: Notice, folders: Sequence[Path] = ()) -> bytes:
    """The pages of a notice, A4; the same notice gives the same bytes. `folders` have fonts besides the machine's.

    Raises `PolicyError` where the extra is not installed, or where there is no font of `FAMILIES`:
    without one, Chinese would come out as empty boxes, and typst would not say a word.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise PolicyError([PictureExtraMissing()]) from None
    fonts = typst.Fonts(font_paths=list(folders))
    present = set(fonts.families())
    family = next((name for name in FAMILIES if name in present), None)
    if family is None:
        raise PolicyError([FontMissing(families=FAMILIES)])
    source = (resources.files(__package__) / "notice.typ").read_bytes()
    pages, warnings = typst.compile_with_warnings(
        source,
        font_paths=fonts,
        sys_inputs={"notice": json.dumps(_data(notice, family), ensure_ascii=False)},
    )
    if warnings:
        raise PolicyError([FontMissing(families=FAMILIES)])
    assert isinstance(pages, bytes)
    return pages


def _data(notice: Notice, family: str) -> dict[str, Any]:
    """What the page is set from: data alone, so that nothing a name says is ever markup."""
    name, digest = notice.about[-1]
    return {
        "title": notice.title,
        "language": notice.language,
        "fonts": [family],
        "footer": name + notice.colon + digest,
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
    return all(is_figure(cell) for row in table.rows for cell in row.cells[1:])


def _line(notice: Notice, line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "mark": line.mark,
        "details": [_line(notice, one) for one in line.details],
        "sources": basis(notice) + line.sources if line.sources else "",
    }
