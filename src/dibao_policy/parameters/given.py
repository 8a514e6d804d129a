"""Numbers for one day as a person gives them: `名称=数值` on a command line, or a table."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from dibao_policy.parameters.amounts import half_width
from dibao_policy.parameters.check import check_series
from dibao_policy.parameters.edit_problems import (
    CellsInRow,
    EmptyCell,
    MissingColumn,
    NotAnAssignment,
    NoValues,
    RepeatedColumn,
    SeveralValues,
    UnknownColumn,
)
from dibao_policy.parameters.fields import Pair, amount_of, quoted
from dibao_policy.parameters.nodes import Scalar
from dibao_policy.parameters.series import (
    DEFAULT_GUARD,
    Cell,
    Declared,
    Entry,
    Key,
    Provenance,
    Series,
)
from dibao_policy.parameters.table import Row, read_rows
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source, Span, covered, nearest

_VALUE = ("数值", "value")
_VALUE_FORMS = (*_VALUE, "值")

# `名称 = 数值`, or what stands alone; a word before the next equals sign is a name and no number.
_ASSIGNMENT = re.compile(r"[^\s=]+\s*=\s*[^\s=]++(?!\s*=)|\S+")


@frozen
class Given:
    """The numbers with their places; `whole` is False where one could not be read."""

    cells: tuple[Cell, ...]
    whole: bool
    span: Span = field(eq=False, repr=False)


def read_assignments(source: Source, declared: Declared) -> tuple[Given, tuple[Problem, ...]]:
    """`萨尔图区=850 让胡路区=850`, `甲/乙=1`, or one plain number, with spaces between them."""
    problems: list[Problem] = []
    cells: list[Cell | None] = []
    for span in _words(source):
        text = covered(span)
        name, sign, number = map(str.rstrip, text.replace("＝", "=").partition("="))
        key, spans = _path(source, span.start, name) if sign else ((), ())
        if not sign:
            cells.append(_cell(declared, (), (), text, span, problems))
        elif name and number:
            where = Span(source, span.end - len(number.lstrip()), span.end)
            cells.append(_cell(declared, key, spans, covered(where), where, problems))
        else:
            problems.append(NotAnAssignment(span=span, text=quoted(text)))
            cells.append(_unread(declared, key, spans, span) if name else None)
    plain = [cell for cell in cells if cell is not None and not cell.key]
    if not cells:
        problems.append(_no_values(declared))
    elif not declared.keys and len(plain) > 1:
        problems.append(SeveralValues(span=plain[1].span, name=declared.name, count=len(plain)))
        cells = [cells[0]]
    return _given(cells, Span(source, 0, len(source.text))), tuple(problems)


def _words(source: Source) -> list[Span]:
    text = source.text.replace("＝", "=")
    return [Span(source, *found.span()) for found in _ASSIGNMENT.finditer(text)]


def _path(source: Source, at: int, name: str) -> tuple[Key, tuple[Span, ...]]:
    """The members that `甲/乙` names, and where."""
    names = name.replace("／", "/").split("/")
    spans = []
    for one in names:
        spans.append(Span(source, at, at + len(one)))
        at += len(one) + 1
    return tuple(names), tuple(spans)


def read_table(
    source: Source, declared: Declared, enumerations: Sequence[tuple[str, str]]
) -> tuple[Given, tuple[Problem, ...]]:
    """A table with a column for each enumeration, under either of its names, and one for the number."""
    rows, found = read_rows(source)
    problems = list(found)
    if not rows:
        problems = problems or [_no_values(declared)]
        return _given([None], Span(source, 0, 0)), tuple(problems)
    header = _without_empty_end(rows[0], 0)
    rest = [_without_empty_end(row, len(header.cells)) for row in rows[1:]]
    places = _columns(header, enumerations, problems)
    if places is None:
        return _given([None], header.span), in_reading_order(problems)
    # Where the reading ended early, what comes after is not missing.
    cells = [
        *(_row_cell(declared, row, header, places, problems) for row in rest),
        *([None] if found else []),
    ]
    if not rest and not found:
        problems.append(_no_values(declared, header.span))
    elif not declared.keys and len(rest) > 1:
        problems.append(SeveralValues(span=rest[1].span, name=declared.name, count=len(rest)))
        cells = cells[:1]
    return _given(cells, header.span), in_reading_order(problems)


def _without_empty_end(row: Row, width: int) -> Row:
    """A row without the empty cells behind its last column: a spreadsheet writes such."""
    cells = row.cells
    while len(cells) > width and not cells[-1].text:
        cells = cells[:-1]
    return evolve(row, cells=cells)


def _columns(
    header: Row, enumerations: Sequence[tuple[str, str]], problems: list[Problem]
) -> tuple[int, ...] | None:
    """Where the columns of the enumerations stand, and last that of the number."""
    wanted = [tuple(filter(None, forms)) for forms in enumerations] + [_VALUE_FORMS]
    allowed = tuple(forms[0] for forms in wanted)
    known = {form: forms[0] for forms in reversed(wanted) for form in forms}
    places: dict[str, int] = {}
    unknown = 0
    for place, cell in enumerate(header.cells):
        name = known.get(cell.text)
        if name is None:
            unknown += 1
            near = nearest(cell.text, [form for form in known if known[form] not in places])
            problems.append(
                UnknownColumn(span=cell.span, column=quoted(cell.text), near=near, allowed=allowed)
            )
        elif name in places:
            problems.append(
                RepeatedColumn(
                    span=cell.span,
                    related=(header.cells[places[name]].span,),
                    column=cell.text,
                    earlier=header.cells[places[name]].text,
                )
            )
        else:
            places[name] = place
    missing = tuple(name for name in allowed if name not in places)
    # A column under a name that is not known may be the one that is missing.
    if missing and len(missing) > unknown:
        problems.append(MissingColumn(span=header.span, columns=missing, allowed=allowed))
    return None if missing else tuple(places[name] for name in allowed)


def _row_cell(
    declared: Declared, row: Row, header: Row, places: tuple[int, ...], problems: list[Problem]
) -> Cell | None:
    if len(row.cells) != len(header.cells):
        problems.append(
            CellsInRow(span=row.span, line=row.line, count=len(row.cells), wanted=len(header.cells))
        )
        return None
    for place in places:
        if not row.cells[place].text:
            column = header.cells[place].text
            problems.append(EmptyCell(span=row.cells[place].span, line=row.line, column=column))
    *members, number = (row.cells[place] for place in places)
    key, spans = tuple(cell.text for cell in members), tuple(cell.span for cell in members)
    if not all(key):
        return None
    if not number.text:
        return _unread(declared, key, spans, number.span)
    return _cell(declared, key, spans, number.text, number.span, problems)


def _no_values(declared: Declared, span: Span | None = None) -> NoValues:
    members = tuple(name for name, _ in declared.keys[0]) if declared.keys else ()
    return NoValues(span=span, name=declared.name, members=members)


def _cell(
    declared: Declared,
    key: Key,
    key_spans: tuple[Span, ...],
    text: str,
    span: Span,
    problems: list[Problem],
) -> Cell:
    scalar = Scalar(text, True, span)
    amount = amount_of(Pair("/".join(key), scalar, scalar), problems)
    if amount is None:
        return _unread(declared, key, key_spans, span)
    return Cell(key, amount.number, amount.is_percent, amount.unit_text, span, key_spans)


def _unread(declared: Declared, key: Key, key_spans: tuple[Span, ...], span: Span) -> Cell:
    """A cell whose number was reported: the lowest number stands in, so that its name is still checked."""
    return Cell(key, declared.low or Fraction(0), False, "", span, key_spans)


def _given(cells: Sequence[Cell | None], span: Span) -> Given:
    read = tuple(cell for cell in cells if cell is not None)
    return Given(read, bool(read) and len(read) == len(cells), span)


def check_given(given: Given, declared: Declared, since: datetime.date) -> tuple[Problem, ...]:
    """Whether each member has its number, in its unit and range."""
    nowhere = Provenance("", "", "", "", "", given.span)
    entry = Entry(since, None, given.cells, nowhere, None, "", given.span, whole=given.whole)
    series = Series(declared.name, "", DEFAULT_GUARD, (entry,), given.span, given.span)
    return check_series(series, declared)


def written_values(given: Given, declared: Declared) -> dict[Key, str]:
    """The text of each number as it was given, by the Chinese names of the members."""
    chinese = [{form: member[0] for member in level for form in member} for level in declared.keys]
    return {
        tuple(names[name] for names, name in zip(chinese, cell.key, strict=True)): half_width(
            covered(cell.span)
        )
        for cell in given.cells
    }
