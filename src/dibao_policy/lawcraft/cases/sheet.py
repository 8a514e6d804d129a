"""Workbooks: the cells of every sheet as exact texts. Needs the extra `xlsx`, openpyxl."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.table import Row
from dibao_policy.parameters.table import TableCell as Cell
from dibao_policy.problem import Problem
from dibao_policy.text import Source, Span
from dibao_policy.values import DIGITS_LIMIT, exact_number

ROWS_LIMIT = 20_000
# Excel keeps 15 digits of a number; what needs more was cut off by it.
_DIGITS = 15


def read_sheets(name: str, content: bytes) -> tuple[list[list[Row]], tuple[Problem, ...]]:
    """The rows of every sheet of a workbook, as a text with a line for each row: problems point into it."""
    try:
        import openpyxl
        from openpyxl.utils import get_column_letter
    except ModuleNotFoundError:
        reason = "需要 openpyxl：pip install 'dibao-policy[xlsx]'"
        reason_en = "it needs openpyxl: pip install 'dibao-policy[xlsx]'"
        return [], (problems.UnreadableCases(path=name, reason=reason, reason_en=reason_en),)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        reason, reason_en = f"不是工作簿（{error}）", f"it is no workbook ({error})"
        return [], (problems.UnreadableCases(path=name, reason=reason, reason_en=reason_en),)
    tables: list[list[Row]] = []
    found: list[Problem] = []
    for sheet in workbook.worksheets:
        texts: list[list[str]] = []
        faults: list[tuple[int, int, str, str]] = []
        for row, cells in enumerate(sheet.iter_rows(max_row=ROWS_LIMIT)):
            texts.append([])
            for column, cell in enumerate(cells):
                text, why, why_en = _text(cell.value, getattr(cell, "data_type", ""))
                if why:
                    faults.append((row, column, why, why_en))
                texts[-1].append(text)
        rows = _placed(f"{name}[{sheet.title}]", texts)
        tables.append(rows)
        for row, column, why, why_en in faults:
            place = f"{get_column_letter(column + 1)}{row + 1}"
            found.append(
                problems.InexactCell(
                    span=rows[row][column].span, cell=place, why=why, why_en=why_en
                )
            )
    workbook.close()
    return tables, tuple(found)


def _placed(name: str, texts: list[list[str]]) -> list[Row]:
    source = Source(name, "\n".join("\t".join(row) for row in texts))
    rows: list[Row] = []
    start = 0
    for row in texts:
        cells: list[Cell] = []
        for text in row:
            cells.append(Cell(text, Span(source, start, start + len(text))))
            start += len(text) + 1
        rows.append(cells)
        start += not row
    return rows


def _text(value: Any, kind: str) -> tuple[str, str, str]:
    """What a cell says, and why it says nothing exact."""
    match value:
        case None:
            return "", "", ""
        case bool():
            return "是" if value else "否", "", ""
        case int():
            return str(value), "", ""
        case str() if kind == "f":
            return value, "是公式，不是数", "is a formula, not a number"
        case str():
            return " ".join(value.split()), "", ""
        case datetime.datetime() if value.time() == datetime.time():
            return str(value.date()), "", ""
        case datetime.date() if not isinstance(value, datetime.datetime):
            return str(value), "", ""
    # A decimal number: its shortest spelling is what a person typed, as long as Excel kept all of its digits.
    text = repr(value)
    digits = len(text.replace(".", "").lstrip("-0"))
    if exact_number(text) is None or digits > min(_DIGITS, DIGITS_LIMIT):
        return text, f"写的是 `{text}`，读不出确切的数", f"holds `{text}`, which is no exact number"
    return text, "", ""
