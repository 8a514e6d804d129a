"""The parameters of a policy as sheets of texts: a row for each dated entry, a column for each number."""

from __future__ import annotations

import hashlib
import re
from itertools import product

from attrs import field, frozen

from dibao_policy.core.declared import declared_parameter
from dibao_policy.model.layers import PolicyText
from dibao_policy.model.scheme import Scheme
from dibao_policy.parameters.series import Cell, Declared, Entry, Key as Path, Series
from dibao_policy.text import Source, covered

ORIGIN = "来历"
BEFORE = ("自", "至")
AFTER = ("确认至", "文件", "条款", "网址", "状态", "日期", "理由")
ONE_NUMBER = "数值"

# A workbook allows no longer name of a sheet, and none of these signs in it.
_TITLE_LENGTH = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")


@frozen
class Grid:
    """A parameter as a sheet; `texts` are the rows below the header, as long as it."""

    title: str
    declared: Declared
    series: Series = field(repr=False)
    source: Source = field(repr=False)
    paths: tuple[Path, ...]
    header: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]


def grids_of(scheme: Scheme, text: PolicyText) -> tuple[Grid, ...]:
    """A sheet for each parameter whose values stand in the files of this policy, in the order of its rules."""
    found: list[Grid] = []
    taken = {ORIGIN.casefold()}
    for declaration in scheme.parameters.values():
        series = declaration.series
        if series is None or not series.entries:
            continue
        source = next((one for one in text.parameters if one is series.span.source), None)
        known = declared_parameter(scheme, declaration, [])
        if source is None or known is None:
            continue
        declared = known[0]
        title = _title(declared.name, taken)
        taken.add(title.casefold())
        paths = tuple(product(*([member[0] for member in level] for level in declared.keys)))
        header = (*BEFORE, *("/".join(path) or ONE_NUMBER for path in paths), *AFTER)
        texts = tuple(_row(declared, entry, paths) for entry in series.entries)
        found.append(Grid(title, declared, series, source, paths, header, texts))
    return tuple(found)


def state_of(text: PolicyText) -> str:
    """A digest of the parameter files: what an export and an import compare."""
    together = hashlib.sha256()
    for source in text.parameters:
        for part in (source.name.rpartition("/")[2], source.text):
            together.update(hashlib.sha256(part.encode()).digest())
    return together.hexdigest()


def cells_by_path(declared: Declared, entry: Entry) -> dict[Path, Cell]:
    """The numbers of an entry by the Chinese names of the members."""
    chinese = [{form: member[0] for member in level for form in member} for level in declared.keys]
    return {
        tuple(names.get(name, name) for names, name in zip(chinese, cell.key, strict=True)): cell
        for cell in entry.cells
    }


def number_as_written(cell: Cell) -> str:
    """The text of a number without the quotation marks of YAML."""
    return covered(cell.span).strip().strip("\"'").strip()


def _row(declared: Declared, entry: Entry, paths: tuple[Path, ...]) -> tuple[str, ...]:
    cells, origin = cells_by_path(declared, entry), entry.provenance
    return (
        str(entry.since),
        str(entry.until or ""),
        *(number_as_written(cells[path]) if path in cells else "" for path in paths),
        str(entry.confirmed_until or ""),
        origin.document,
        origin.article,
        origin.address,
        origin.status,
        origin.date_basis,
        entry.reason,
    )


def _title(name: str, taken: set[str]) -> str:
    plain = _NOT_IN_TITLE.sub("_", name)
    title, place = plain[:_TITLE_LENGTH], 1
    while title.casefold() in taken:
        place += 1
        mark = f"~{place}"
        title = plain[: _TITLE_LENGTH - len(mark)] + mark
    return title
