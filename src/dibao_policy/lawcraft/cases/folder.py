"""The cases of a policy from its folder, `policies/<code>/cases/`: every file, every fault, every name once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.table import read_csv, read_rows
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source

FOLDER = "cases"
SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx")


def read_cases(folder: str | Path) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    """The cases of a policy folder in the order of its files, and everything that is wrong with them.

    A case with a fault is left out; what can be read is given all the same. The results that a case expects
    are looked at where it is bound to a policy.
    """
    cases, found = read_every_case(folder)
    return tuple(case for case in cases if case.whole), found


def read_every_case(
    folder: str | Path,
) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    """The same with the cases that are not whole, so that all their faults can be told at once."""
    folder = Path(folder).resolve()
    cases: list[PolicyCase] = []
    found: list[Problem] = []
    for path in case_files(folder):
        read, faults = _read(folder, path)
        cases += read
        found += faults
    return tuple(cases), in_reading_order([*found, *repeated(cases)])


def case_files(folder: Path) -> tuple[Path, ...]:
    """The files of cases of a policy folder, in the order of their names."""
    inside = sorted((folder / FOLDER).rglob("*"))
    return tuple(
        path
        for path in inside
        if path.is_file() and path.suffix in SUFFIXES and not path.name.startswith((".", "~$"))
    )


def repeated(cases: Iterable[PolicyCase]) -> Iterable[Problem]:
    """A problem for each case whose name another one has already."""
    first: dict[str, PolicyCase] = {}
    for case in cases:
        known = first.setdefault(case.name, case)
        if known is not case:
            yield problems.RepeatedCase(span=case.span, related=(known.span,), name=case.name)


def source_of(folder: Path, path: Path, exact: bool = False) -> Source:
    """The text of a file under its name as problems give it. Raises `OSError`, `UnicodeDecodeError`.

    With `exact` it keeps its line ends and its byte order mark, as an edit needs them.
    """
    name = path.relative_to(folder.parent).as_posix()
    if exact:
        return Source(name, path.read_bytes().decode("utf-8"))
    return Source(name, path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))


def _read(folder: Path, path: Path) -> tuple[tuple[PolicyCase, ...], tuple[Problem, ...]]:
    name = path.relative_to(folder.parent).as_posix()
    try:
        if path.suffix == ".xlsx":
            # Only a workbook needs the library that reads it.
            from dibao_policy.lawcraft.cases.sheet import read_sheets

            return read_rows(*read_sheets(name, path.read_bytes()))
        source = source_of(folder, path)
    except OSError as error:
        reason = reason_en = error.strerror or "?"
    except UnicodeDecodeError:
        reason, reason_en = "不是 UTF-8 文字", "it is not UTF-8 text"
    else:
        return read_csv(source) if path.suffix == ".csv" else read_text(source)
    return (), (problems.UnreadableCases(path=name, reason=reason, reason_en=reason_en),)
