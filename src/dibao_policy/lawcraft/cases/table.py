"""Tables of cases: one household in each row, its facts before the column `⇒` and its results after it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from dibao_policy.dates import read_date
from dibao_policy.facts.words import MEMBERS
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.case import (
    STATUSES,
    CaseSource,
    Expected,
    PolicyCase,
    Written,
)
from dibao_policy.lawcraft.cases.read import NOTHING_COMMON, cut, judged, member_of
from dibao_policy.parameters import table
from dibao_policy.parameters.amounts import half_width
from dibao_policy.parameters.nodes import PROBLEM_LIMIT, hidden_characters
from dibao_policy.parameters.table import TableCell as Cell
from dibao_policy.problem import Problem
from dibao_policy.text import Source, Span

ARROW = "⇒"
_OWN = {
    "名称": "name", "日期": "on", "来源": "source", "假定": "assuming", "成员数": "member_count",
}  # fmt: skip
_ENGLISH = {english: chinese for chinese, english in _OWN.items()}
_MEMBER = re.compile(r"(成员|members?)([0-9]+)\.(.+)")
_COUNT = re.compile("[1-9][0-9]{0,2}")
_SEPARATOR = re.compile(r"[、，,;； ]+")


Row = Sequence[Cell]


@frozen
class _Column:
    """A column of the head: what it is about, and on which side of the arrow."""

    title: str
    own: str
    name: str
    member: int | None
    every: bool
    is_result: bool


def read_csv(source: Source) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    """The cases of a table of comma-separated values, and every fault of it."""
    hidden = hidden_characters(source)
    if hidden:
        return (), hidden
    rows, faults = table.read_rows(source)
    return read_rows([[row.cells for row in rows]], faults)


def read_rows(
    tables: Iterable[Sequence[Row]], faults: Iterable[Problem]
) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    """The cases of tables, and every fault; a row of which nothing can be made is left out."""
    found = list(faults)
    cases: list[PolicyCase] = []
    for one in tables:
        # A row that begins with `#` is a remark.
        rows = [row for row in one if any(cell.text for cell in row) and row[0].text[:1] != "#"]
        columns = _columns(rows[0], found) if rows else None
        for row in rows[1:] if columns is not None else ():
            if len(found) > PROBLEM_LIMIT:
                break
            case = _case(columns or (), row, found)
            if case is not None:
                cases.append(case)
    return tuple(cases), cut(found)


def _columns(head: Row, found: list[Problem]) -> tuple[_Column | None, ...] | None:
    """What each column is about, None for the arrow; None altogether where nothing can be made of the head."""
    titles = [cell.text for cell in head]
    if ARROW not in titles:
        span = Span(head[0].span.source, head[0].span.start, head[-1].span.end)
        found.append(problems.TableWithoutArrow(span=span))
        return None
    arrow = titles.index(ARROW)
    before = len(found)
    columns: list[_Column | None] = []
    seen: set[tuple[bool, str, str, int | None]] = set()
    for place, cell in enumerate(head):
        if place == arrow or not cell.text:
            columns.append(None)
            continue
        column = _column(cell, place > arrow, found)
        if column is not None:
            key = (column.is_result, column.own, column.name, column.member)
            if key in seen or cell.text == ARROW:
                found.append(problems.RepeatedColumn(span=cell.span, name=cell.text))
            seen.add(key)
            if column.own and column.is_result:
                found.append(problems.ColumnOutOfPlace(span=cell.span, name=cell.text))
        columns.append(column)
    return tuple(columns) if len(found) == before else None


def _column(cell: Cell, is_result: bool, found: list[Problem]) -> _Column | None:
    own = cell.text if cell.text in _OWN else _ENGLISH.get(cell.text, "")
    if own:
        return _Column(cell.text, own, "", None, False, is_result)
    title = _MEMBER.sub(r"成员[\2].\3", cell.text)
    member = member_of(title, cell.span, found)
    if member is None:
        return None
    return _Column(title, "", *member, is_result)


def _case(columns: tuple[_Column | None, ...], row: Row, found: list[Problem]) -> PolicyCase | None:
    before = len(found)
    line_span = Span(row[0].span.source, row[0].span.start, row[-1].span.end)
    if any(cell.text for cell in row[len(columns) :]):
        found.append(problems.RowLength(span=line_span, found=len(row), count=len(columns)))
        return None
    cells = [
        (column, cell)
        for column, cell in zip(columns, row, strict=False)
        if column is not None and cell.text
    ]
    own = {column.own: cell for column, cell in cells if column.own}
    places: dict[str, Span] = {}
    household = _household(cells, own.get("成员数"), places, found)
    day = _day(own.get("日期"), line_span, found)
    source = _source(own.get("来源"), found)
    if day is None:
        return None
    name = own.get("名称")
    line = line_span.source.text.count("\n", 0, line_span.start) + 1
    file = line_span.source.name.rpartition("/")[2]
    assuming = own["假定"].text if "假定" in own else ""
    case = PolicyCase(
        name=name.text if name else f"{file} 第 {line} 行",
        day=day[0],
        source=source,
        assuming=tuple(filter(None, _SEPARATOR.split(assuming))),
        household=household,
        common=NOTHING_COMMON,
        expected=tuple(
            Expected(
                column.name,
                column.member,
                column.every,
                (Written(cell.text, True, cell.span),),
                False,
                cell.span,
            )
            for column, cell in cells
            if column.is_result
        ),
        reasons=(),
        articles=(),
        findings=None,
        tolerances=(),
        refused=(),
        of_table=True,
        whole=len(found) == before,
        span=name.span if name else line_span,
        day_span=day[1],
        household_span=line_span,
        places=places,
    )
    return judged(case, found)


def _household(
    cells: list[tuple[_Column, Cell]],
    count: Cell | None,
    places: dict[str, Span],
    found: list[Problem],
) -> dict[str, Any]:
    """The facts of a row: those of one member before those that every member has."""
    facts = [(column, cell) for column, cell in cells if not column.is_result and not column.own]
    size = max((column.member + 1 for column, _ in facts if column.member is not None), default=1)
    if count is not None:
        if not _COUNT.fullmatch(count.text):
            found.append(
                problems.CellNeeded(
                    span=count.span,
                    wanted="人数",
                    wanted_en="a number of persons",
                    found=count.text,
                )
            )
        else:
            stated = int(count.text)
            for column, cell in facts:
                if column.member is not None and column.member >= stated:
                    number = column.member + 1
                    found.append(
                        problems.NoSuchMember(
                            span=cell.span, name=column.title, number=number, count=stated
                        )
                    )
            size = stated
    given: dict[str, Any] = {}
    people: list[dict[str, Any]] = [{} for _ in range(size)]
    for column, cell in facts:
        if column.member is None and not column.every:
            given[column.name] = cell.text
            places[column.name] = cell.span
        elif column.member is not None and column.member < size:
            people[column.member][column.name] = cell.text
            places[f"{MEMBERS[0]}[{column.member + 1}].{column.name}"] = cell.span
    for column, cell in facts:
        for place, person in enumerate(people) if column.every else ():
            person.setdefault(column.name, cell.text)
            places.setdefault(f"{MEMBERS[0]}[{place + 1}].{column.name}", cell.span)
    given[MEMBERS[0]] = people
    return given


def _day(cell: Cell | None, whole: Span, found: list[Problem]) -> tuple[datetime.date, Span] | None:
    day = read_date(half_width(cell.text)) if cell is not None else None
    if day is not None and cell is not None:
        return day, cell.span
    text = cell.text if cell is not None else "—"
    found.append(
        problems.CellNeeded(
            span=cell.span if cell is not None else whole,
            wanted="日期 YYYY-MM-DD",
            wanted_en="a date YYYY-MM-DD",
            found=text,
        )
    )
    return None


def _source(cell: Cell | None, found: list[Problem]) -> CaseSource | None:
    """`转载 东北网2011年7月17日的报道 https://…`: the status, the document, the address."""
    if cell is None:
        return None
    words = cell.text.split()
    chinese = {english: word for word, english in STATUSES.items()} | {one: one for one in STATUSES}
    if words[0] not in chinese:
        found.append(
            problems.CellNeeded(
                span=cell.span,
                wanted=f"状态（{'、'.join(STATUSES)}）和文件",
                wanted_en=f"a status ({', '.join(STATUSES.values())}) and a document",
                found=cell.text,
            )
        )
        return None
    addresses = [word for word in words[1:] if re.match("https?://", word)]
    document = " ".join(word for word in words[1:] if word not in addresses)
    return CaseSource(document, " ".join(addresses), "", chinese[words[0]])
