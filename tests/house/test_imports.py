"""The arrows of the architecture: who may import whom. A new arrow is a decision, made here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from dibao_policy import __all__ as door

PACKAGE = Path(__file__).parents[2] / "src" / "dibao_policy"

GROUND = {"text", "problem", "values", "dates", "units"}
CORE_DEPENDENCIES = {"attrs", "lark", "yaml"}

# Each part of the package, and the other parts that it may import.
ALLOWED: dict[str, set[str]] = {
    "text": set(),
    "problem": {"text"},
    "values": set(),
    "dates": set(),
    "units": set(),
    "syntax": GROUND,
    "parameters": GROUND,
    "model": GROUND | {"syntax", "parameters"},
    # The core types entries of parameters and lowers syntax; nothing after it knows either tree.
    "core": GROUND | {"syntax", "parameters", "model"},
    "evaluate": GROUND | {"core", "model"},
    # Facts are YAML too: the hardened reader of parameter files reads them.
    "facts": GROUND | {"core", "evaluate", "parameters"},
    "explain": GROUND | {"core", "evaluate", "model", "parameters"},
    # Cases and arrears are decided like any household, and what went wrong is told from the account.
    "lawcraft": GROUND
    | {
        "syntax",
        "core",
        "model",
        "parameters",
        "evaluate",
        "facts",
        "explain",
        "compile",
        "policy",
        "render",
    },
    "render": GROUND,
    "compile": GROUND | {"core", "model", "evaluate", "facts"},
    "policy": GROUND | {"core", "model", "evaluate", "facts", "explain", "lawcraft", "compile"},
    # An interview asks the evaluator of a day again after each answer, and tells what it rests on.
    "interview": GROUND | {"core", "model", "evaluate", "facts", "explain", "policy"},
    "folders": GROUND | {"model", "compile", "policy", "lawcraft"},
    "jurisdiction": GROUND | {"syntax", "parameters", "model", "compile"},
    "revise": GROUND | {"core", "model", "parameters", "compile"},
    # A workbook of the parameters, and the same checks as a raise when it comes back.
    "spreadsheet": GROUND | {"core", "model", "parameters", "compile"},
    # A receipt is a decision with its program in words; a bundle is compiled from its own bytes.
    "evidence": GROUND | {"core", "model", "evaluate", "facts", "policy"},
    "writing": GROUND,
    # Curves and notices are drawn and set from what was computed; nothing is computed from a picture.
    "picture": GROUND | {"lawcraft", "explain"},
    "cli": GROUND
    | {
        "facts",
        "explain",
        "interview",
        "folders",
        "policy",
        "render",
        "model",
        "parameters",
        "revise",
        "spreadsheet",
        "evidence",
        "writing",
        "jurisdiction",
        "core",
        "lawcraft",
        "picture",
        "syntax",
    },
    "__init__": GROUND | {"explain", "folders", "model", "policy"},
    "__main__": {"cli"},
}

# Extras, imported when used, and the files that do.
OPTIONAL = {
    "lawcraft/workdays.py": {"chinese_calendar"},
    "lawcraft/cases/sheet.py": {"openpyxl"},
    "spreadsheet/workbook.py": {"openpyxl"},
    "evidence/written.py": {"rfc8785"},
    "evidence/ed25519.py": {"cryptography"},
    "picture/png.py": {"typst"},
    "picture/notice_pages.py": {"typst"},
}

# Within a part, files that must not know each other.
STRANGERS = [
    ("evaluate/interpret.py", "generate"),
    ("evaluate/generate.py", "interpret"),
    *(
        (f"evaluate/{walk}.py", evaluator)
        for walk in (
            "unknown",
            "bounds",
            "possible",
            "cells",
            "cases",
            "turns",
            "decisive",
            "lines",
            "stretches",
            "nearest",
        )
        for evaluator in ("interpret", "generate")
    ),
]


def part_of(path: Path) -> str:
    """The folder or file of the package that a file belongs to."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_import_is_an_arrow_of_the_table(path: Path) -> None:
    part = part_of(path)
    arrows = {
        name.split(".")[1]
        for name in imported(path)
        if name.startswith("dibao_policy.") and name.split(".")[1] in ALLOWED
    } - {part}

    assert arrows <= ALLOWED[part], f"{part} → {sorted(arrows - ALLOWED[part])}"


def test_every_part_is_in_the_table() -> None:
    parts = {part_of(path) for path in FILES}

    assert parts == set(ALLOWED)


def test_only_core_dependencies_outside_the_surfaces() -> None:
    import sys

    for path in FILES:
        if part_of(path) == "cli":
            continue
        foreign = {
            name.split(".")[0]
            for name in imported(path)
            if name.split(".")[0] not in sys.stdlib_module_names
        } - {"dibao_policy"}

        extras = OPTIONAL.get(path.relative_to(PACKAGE).as_posix(), set())
        assert foreign <= CORE_DEPENDENCIES | extras, path


def test_evaluators_do_not_know_each_other() -> None:
    for file, stranger in STRANGERS:
        names = imported(PACKAGE / file)
        assert not any(f"evaluate.{stranger}" in name for name in names), file


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in FILES
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    # The tree is one table of node kinds, each a few lines: it is read by name, not from end to end.
    assert set(long) <= {"syntax/tree.py", "syntax/build.py"}, long
    assert all(count <= 450 for count in long.values()), long


def test_every_folder_says_what_comes_in_and_what_goes_out() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        if path.parent == PACKAGE or path.parent.name == "lower":
            continue
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""

        assert "In:" in text and "Out:" in text, path
        assert len(text.splitlines()) <= 40, path


def test_the_door_is_narrow() -> None:
    assert len(door) <= 15


def test_no_file_has_a_name_that_means_nothing() -> None:
    empty = {"utils", "helpers", "common", "base", "manager"}

    assert not {path.stem for path in FILES} & empty


def test_nothing_computes_with_binary_floating_point() -> None:
    """`float` may be named only to refuse it."""
    named: set[str] = set()
    literals: set[str] = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Name) and node.id == "float":
                named.add(str(path.relative_to(PACKAGE)))
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                literals.add(str(path.relative_to(PACKAGE)))

    assert named == {"facts/faults.py"}
    # How alike two words are, for "perhaps … was meant": never an amount.
    assert literals == {"text.py"}
