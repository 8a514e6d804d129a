"""What was edited in the sheets of a workbook, and what must not have been."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attrs import frozen

from dibao_policy.dates import read_date
from dibao_policy.parameters.amounts import half_width, read_amount
from dibao_policy.parameters.edit import Addition
from dibao_policy.parameters.read import DATE_BASIS, STATUS, UNVERIFIED
from dibao_policy.parameters.series import Cell, Entry, Key as Path
from dibao_policy.problem import Problem
from dibao_policy.spreadsheet.grid import AFTER, BEFORE, ORIGIN, Grid, cells_by_path
from dibao_policy.spreadsheet.problems import (
    FixedCell,
    HeaderChanged,
    MissingRow,
    MissingSheet,
    NotADateThere,
    NotANumberThere,
    NotAWordThere,
    NotFromPolicy,
    OutdatedWorkbook,
    RepeatedRow,
    UnknownSheet,
)
from dibao_policy.spreadsheet.workbook import CellText, Rows
from dibao_policy.text import nearest

_NOTHING = CellText("")


@frozen
class NewNumber:
    """Another number in the place of one that stands; `text` is how it is to be written."""

    cell: Cell
    text: str


@frozen
class Edits:
    """What was edited in the sheet of one parameter."""

    grid: Grid
    numbers: tuple[NewNumber, ...]
    additions: tuple[Addition, ...]


def compare(
    grids: tuple[Grid, ...], sheets: Mapping[str, Rows], policy: str, state: str
) -> tuple[tuple[Edits, ...], tuple[Problem, ...]]:
    """The edits of a workbook against what would be exported now, and everything else that differs."""
    origin = {row[0].text: row[1].text for row in sheets.get(ORIGIN, ()) if len(row) >= 2}
    if origin.get("政策") != policy:
        return (), (NotFromPolicy(sheet=ORIGIN, policy=policy),)
    if origin.get("参数摘要") != state:
        # What differs from the files as they are now may be no edit at all.
        return (), (OutdatedWorkbook(policy=policy),)
    problems: list[Problem] = []
    titles = [grid.title for grid in grids]
    lost = [title for title in titles if title not in sheets]
    for title in sheets:
        if title not in titles and title != ORIGIN:
            problems.append(UnknownSheet(sheet=title, near=nearest(title, lost)))
    problems += [MissingSheet(sheet=title) for title in lost]
    edits = [_sheet(grid, sheets[grid.title], problems) for grid in grids if grid.title in sheets]
    return tuple(one for one in edits if one.numbers or one.additions), tuple(problems)


def place_of(grid: Grid, row: int, column: int) -> str:
    """`认定标准!C4`; rows and columns counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{grid.title}!{letters}{row + 1}"


def _sheet(grid: Grid, rows: Rows, problems: list[Problem]) -> Edits:
    width = max(len(grid.header), *(len(row) for row in rows)) if rows else len(grid.header)
    full = [(*row, *[_NOTHING] * (width - len(row))) for row in rows] or [(_NOTHING,) * width]
    before = len(problems)
    wanted = (*grid.header, *[""] * (width - len(grid.header)))
    for column, (cell, name) in enumerate(zip(full[0], wanted, strict=True)):
        if cell.problem is not None:
            problems.append(cell.problem)
        elif cell.text != name:
            place = place_of(grid, 0, column)
            problems.append(HeaderChanged(cell=place, text=cell.text or "空", wanted=name or "空"))
    if len(problems) > before:
        return Edits(grid, (), ())
    old = {texts[0]: at for at, texts in enumerate(grid.texts)}
    given = {cells[0].text for cells in full[1:]}
    seen: dict[str, int] = {}
    numbers: list[NewNumber] = []
    additions: list[Addition] = []
    for row, cells in enumerate(full[1:], 1):
        if not any(cell.text or cell.problem for cell in cells):
            continue
        since = cells[0].text
        at = old.get(since)
        if at is None and row <= len(grid.texts) and grid.texts[row - 1][0] not in given:
            # The row of an entry whose day was overwritten: everything else is compared as well.
            at = row - 1
            since = grid.texts[at][0]
        if since in seen:
            places = place_of(grid, row, 0), place_of(grid, seen[since], 0)
            problems.append(RepeatedRow(cell=places[0], earlier=places[1], since=since))
            continue
        seen[since] = row
        if at is not None:
            numbers += _standing(grid, at, row, cells, problems)
        elif (added := _new(grid, row, cells, problems)) is not None:
            additions.append(added)
    for since, at in old.items():
        if since not in seen:
            place = place_of(grid, at + 1, 0)
            problems.append(MissingRow(cell=place, name=grid.declared.name, since=since))
    return Edits(grid, tuple(numbers), tuple(additions))


def _standing(
    grid: Grid, at: int, row: int, cells: tuple[CellText, ...], problems: list[Problem]
) -> list[NewNumber]:
    """The numbers that differ in the row of an entry that stands."""
    entry, found = grid.series.entries[at], []
    by_path = cells_by_path(grid.declared, entry)
    first = len(BEFORE)
    for column, (cell, before) in enumerate(zip(cells, grid.texts[at], strict=True)):
        if cell.problem is not None:
            problems.append(cell.problem)
            continue
        if cell.text == before:
            continue
        path = grid.paths[column - first] if 0 <= column - first < len(grid.paths) else None
        if path is None or path not in by_path:
            name = grid.header[column]
            problems.append(
                FixedCell(
                    cell=place_of(grid, row, column),
                    column=name,
                    text=cell.text or "空",
                    before=before or "空",
                )
            )
            continue
        new = _number(grid, row, column, cell, by_path[path], problems)
        if new is not None:
            found.append(new)
    return found


def _number(
    grid: Grid, row: int, column: int, cell: CellText, old: Cell, problems: list[Problem]
) -> NewNumber | None:
    text = half_width(cell.text)
    amount = read_amount(text)
    if amount is None:
        problems.append(_no_number(grid, row, column, cell))
        return None
    same_number = (amount.number, amount.is_percent) == (old.number, old.is_percent)
    if same_number and amount.unit_text in ("", old.unit_text):
        return None
    if not amount.is_percent and not amount.unit_text:
        text += old.unit_text
    return NewNumber(old, text)


def _no_number(grid: Grid, row: int, column: int, cell: CellText) -> NotANumberThere:
    return NotANumberThere(
        cell=place_of(grid, row, column), column=grid.header[column], text=cell.text or "空"
    )


def _new(
    grid: Grid, row: int, cells: tuple[CellText, ...], problems: list[Problem]
) -> Addition | None:
    """A new row as an entry that is to be added."""
    before = len(problems)
    problems += [cell.problem for cell in cells if cell.problem is not None]
    texts = {name: column for column, name in enumerate(BEFORE)}
    start = len(BEFORE) + len(grid.paths)
    texts |= {name: start + place for place, name in enumerate(AFTER)}

    def text(name: str) -> str:
        return " ".join(cells[texts[name]].text.split())

    def day(name: str) -> datetime.date | None:
        written = half_width(text(name))
        found = read_date(written)
        missing = name == "自" and not cells[texts[name]].problem
        if found is None and (written or missing):
            place = place_of(grid, row, texts[name])
            problems.append(NotADateThere(cell=place, column=name, text=written or "空"))
        return found

    def word(name: str, allowed: tuple[str, ...]) -> str:
        written = text(name)
        if written and written not in allowed:
            problems.append(
                NotAWordThere(
                    cell=place_of(grid, row, texts[name]),
                    column=name,
                    text=written,
                    near=nearest(written, allowed),
                    allowed=allowed or ("空",),
                )
            )
        return written

    since, confirmed = day("自"), day("确认至")
    # A new value holds until the next one: an end is written in the file.
    word("至", ())
    status, basis = word("状态", tuple(STATUS)), word("日期", tuple(DATE_BASIS))
    values: dict[Path, str] = {}
    like = _like(grid, since)
    for column, path in enumerate(grid.paths, len(BEFORE)):
        if cells[column].problem is not None or (not cells[column].text and path not in like):
            continue
        if read_amount(cells[column].text) is None:
            problems.append(_no_number(grid, row, column, cells[column]))
        values[path] = half_width(cells[column].text)
    if since is None or len(problems) > before:
        return None
    return Addition(
        since=since,
        values=values,
        document=text("文件"),
        article=text("条款"),
        address=text("网址"),
        status=status or UNVERIFIED,
        date_basis=basis,
        confirmed_until=confirmed,
        reason=text("理由"),
    )


def _like(grid: Grid, since: datetime.date | None) -> dict[Path, Cell]:
    """The numbers of the entry before a day, or of the first one."""
    earlier: list[Entry] = [
        entry for entry in grid.series.entries if since is None or entry.since < since
    ]
    return cells_by_path(grid.declared, (earlier or list(grid.series.entries))[-1])
