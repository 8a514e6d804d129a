"""Sheets of texts to and from a file of the kind xlsx (the extra `xlsx`)."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any
from xml.etree.ElementTree import ParseError

from attrs import frozen

from dibao_policy.problem import PolicyError
from dibao_policy.spreadsheet.grid import ORIGIN, Grid
from dibao_policy.spreadsheet.problems import (
    FormulaCell,
    InexactNumber,
    NoWorkbookLibrary,
    UnreadableWorkbook,
)

UNPACKED_LIMIT = 100_000_000
_DIGITS = 15
_DECIMALS = 6
_TEXT_FORMAT = "@"
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{,14}")


@frozen
class CellText:
    """What a cell says, as text, or the problem of reading it."""

    text: str
    problem: FormulaCell | InexactNumber | None = None


Rows = tuple[tuple[CellText, ...], ...]


def written_workbook(grids: Sequence[Grid], policy: str, state: str) -> bytes:
    """A workbook: a sheet for each parameter, and a hidden one that says where they come from.

    Raises `PolicyError` where the library is not installed.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(grid.title)
        numbers = range(2, 2 + len(grid.paths))
        _fill(sheet, 1, grid.header, range(0))
        for place, row in enumerate(grid.texts, 2):
            _fill(sheet, place, row, numbers)
        sheet.freeze_panes = "A2"
    origin = book.create_sheet(ORIGIN)
    for place, row in enumerate((("政策", policy), ("参数摘要", state)), 1):
        _fill(origin, place, row, range(0))
    # A workbook has to show at least one sheet.
    origin.sheet_state = "hidden" if grids else "visible"
    # The same parameters give the same workbook, at any hour.
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, row: int, texts: Sequence[str], numbers: range) -> None:
    """One row; whole numbers as numbers, everything else as text, so that nothing is lost."""
    for place, text in enumerate(texts):
        cell = sheet.cell(row, place + 1)
        if place in numbers and _WHOLE_NUMBER.fullmatch(text):
            cell.value = int(text)
            continue
        cell.number_format = _TEXT_FORMAT
        if text:
            cell.value = text
            # A text that begins with `=` is no formula.
            cell.data_type = "s"


def read_workbook(name: str, content: bytes) -> Mapping[str, Rows]:
    """The sheets of a workbook by their titles, rows without anything in them at the end left out.

    Raises `PolicyError` for a file that is no workbook, and where the library is not installed.
    """
    openpyxl = _library()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > UNPACKED_LIMIT:
            raise _unreadable(name, "太大", "it is too large")
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False)
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError):
        raise _unreadable(
            name, "不是 xlsx 工作簿", "it is not a workbook of the kind xlsx"
        ) from None


def _rows(sheet: Any) -> Rows:
    rows = [
        tuple(_text(sheet.title, cell) for cell in row)
        for row in sheet.iter_rows(min_row=1, min_col=1)
    ]
    while rows and not any(cell.text or cell.problem for cell in rows[-1]):
        rows.pop()
    return tuple(rows)


def _text(title: str, cell: Any) -> CellText:
    value = cell.value
    if cell.data_type == "f":
        return CellText("", FormulaCell(cell=f"{title}!{cell.coordinate}"))
    match value:
        case None:
            return CellText("")
        case str() | bool():
            return CellText(str(value).strip())
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return CellText(str(value.date()) if midnight else str(value))
        case Real():
            return _number(title, cell, repr(value))
        case _:
            return CellText(str(value))


def _number(title: str, cell: Any, written: str) -> CellText:
    """The decimal that a stored number prints as, if it has few digits; `0.35` shown as `35%` is `35%`."""
    number = Decimal(written)
    is_percent = "%" in cell.number_format
    _, digits, exponent = number.normalize().as_tuple()
    if not isinstance(exponent, int) or len(digits) > _DIGITS or exponent < -_DECIMALS:
        return CellText("", InexactNumber(cell=f"{title}!{cell.coordinate}", text=written))
    if exponent > _DIGITS:
        return CellText("", InexactNumber(cell=f"{title}!{cell.coordinate}", text=written))
    plain = f"{(number * 100 if is_percent else number).normalize():f}"
    return CellText(plain + "%" * is_percent)


def _unreadable(name: str, reason: str, reason_en: str) -> PolicyError:
    return PolicyError([UnreadableWorkbook(path=name, reason=reason, reason_en=reason_en)])


def _library() -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise PolicyError([NoWorkbookLibrary()]) from None
    return openpyxl
