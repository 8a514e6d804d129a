"""The edits of a workbook in the texts of the parameter files, and whether the policy then still passes.

Texts come in, texts or problems go out; nothing here touches a file.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from dibao_policy.compile import check
from dibao_policy.model.layers import Library, PolicyText, layer
from dibao_policy.parameters.amounts import read_amount
from dibao_policy.parameters.edit import add_entry, spliced
from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import Cell, Series
from dibao_policy.problem import Problem, has_errors, in_reading_order
from dibao_policy.spreadsheet.compare import Edits, NewNumber, compare
from dibao_policy.spreadsheet.grid import Grid, grids_of, state_of
from dibao_policy.spreadsheet.workbook import Rows
from dibao_policy.text import Source, covered


@frozen
class Exported:
    """The sheets of a policy, its code, and the state of its parameter files."""

    grids: tuple[Grid, ...]
    policy: str
    state: str


@frozen
class Rewritten:
    """A parameter file before and after."""

    before: Source
    after: Source


@frozen
class Imported:
    """The parameter files that change, and what the policy is reminded of with them."""

    files: tuple[Rewritten, ...]
    warnings: tuple[Problem, ...]


def exported(text: PolicyText, library: Library) -> tuple[Exported | None, tuple[Problem, ...]]:
    """The sheets of a policy that passes, or every error of one that does not."""
    found = check(text, library)
    scheme, _ = layer(text, library)
    if scheme is None or has_errors(found):
        return None, found
    return Exported(grids_of(scheme, text), scheme.code, state_of(text)), ()


def imported(
    text: PolicyText, library: Library, sheets: Mapping[str, Rows]
) -> tuple[Imported | None, tuple[Problem, ...]]:
    """The parameter files with the edits of a workbook, or every problem: of the sheets, and else of the policy."""
    now, faulty = exported(text, library)
    if now is None:
        return None, faulty
    edits, problems = compare(now.grids, sheets, now.policy, now.state)
    if problems:
        return None, problems
    files: list[Rewritten] = []
    refused: list[Problem] = []
    for source in text.parameters:
        own = [one for one in edits if one.grid.source is source]
        after, found = _rewritten(source, own)
        refused += found
        if after.text != source.text:
            files.append(Rewritten(source, after))
    if refused:
        return None, in_reading_order(refused)
    new = {one.before: one.after for one in files}
    parameters = tuple(new.get(source, source) for source in text.parameters)
    found = check(evolve(text, parameters=parameters), library)
    if has_errors(found):
        return None, found
    return Imported(tuple(files), found), ()


def _rewritten(source: Source, edits: list[Edits]) -> tuple[Source, tuple[Problem, ...]]:
    """A file with its new numbers, and then with its new entries."""
    numbers = [number for one in edits for number in one.numbers]
    result = _with_numbers(source, numbers)
    problems: list[Problem] = []
    for one in edits:
        for addition in sorted(one.additions, key=lambda each: each.since):
            insertions, refused = add_entry(
                result, one.grid.series.name, one.grid.declared, addition
            )
            problems += refused
            result = Source(source.name, spliced(result.text, insertions))
    return result, tuple(problems)


def _with_numbers(source: Source, numbers: list[NewNumber]) -> Source:
    """The text with other numbers in the places of those that stand; quotation marks stay."""
    text = source.text
    for one in sorted(numbers, key=lambda each: each.cell.span.start, reverse=True):
        span = one.cell.span
        written = covered(span)
        mark = written[0] if written[0] in "\"'" else ""
        text = text[: span.start] + mark + one.text + mark + text[span.end :]
    new = Source(source.name, text)
    before, _ = read_parameters(source)
    after, _ = read_parameters(new)
    wanted = {one.cell.span.start: one.text for one in numbers}
    # A slip of this file, not of the workbook: nothing may come of it.
    if tuple(_replaced(one, wanted) for one in before) != after:
        raise AssertionError(f"the new numbers do not fit into {source.name}")
    return new


def _replaced(series: Series, wanted: Mapping[int, str]) -> Series:
    """A series with the numbers that are wanted at their places."""
    entries = tuple(
        evolve(entry, cells=tuple(_replaced_cell(cell, wanted) for cell in entry.cells))
        for entry in series.entries
    )
    return evolve(series, entries=entries)


def _replaced_cell(cell: Cell, wanted: Mapping[int, str]) -> Cell:
    amount = read_amount(wanted.get(cell.span.start, ""))
    if amount is None:
        return cell
    return evolve(
        cell, number=amount.number, is_percent=amount.is_percent, unit_text=amount.unit_text
    )
