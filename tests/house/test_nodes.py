"""Every node of the core is handled by every pass, every operation by every evaluator."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.explain.phrases_zh import _TIGHTNESS
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import AGGREGATES, BLOCKS, CLAUSES, INLINE

PACKAGE = Path(__file__).parents[2] / "src" / "dibao_policy"

# What could not be understood never reaches an evaluator.
CORE_KINDS = {kind.__name__ for kind in get_args(ir.Expression)} - {"Bad"}
TREE_KINDS = {kind.__name__ for kind in get_args(tree.Expression)}


def matched(file: str) -> set[str]:
    """The classes that the `case` patterns of a file name, and the keys of its tables."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / file).read_text("utf-8"))):
        if isinstance(node, ast.MatchClass):
            found.add(
                node.cls.attr if isinstance(node.cls, ast.Attribute) else ast.unparse(node.cls)
            )
        elif isinstance(node, ast.Dict):
            found |= {key.attr for key in node.keys if isinstance(key, ast.Attribute)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
            for name in ast.walk(node.args[1]):
                if isinstance(name, ast.Attribute):
                    found.add(name.attr)
    return found


@pytest.mark.parametrize(
    "file",
    [
        "evaluate/interpret.py",
        "evaluate/unknown.py",
        "evaluate/stretches.py",
        "core/integers.py",
        "core/show.py",
        "explain/phrases_zh.py",
    ],
)
def test_every_core_node_has_a_case(file: str) -> None:
    assert matched(file) >= CORE_KINDS


def test_every_written_expression_is_lowered() -> None:
    assert matched("core/lower/expressions.py") >= TREE_KINDS


def test_the_core_stays_small() -> None:
    assert len(CORE_KINDS) <= 10


def test_every_operation_has_words() -> None:
    for row in TABLE.values():
        assert row.zh or row.name in _TIGHTNESS, row.name
        assert bool(row.zh) == bool(row.en), row.name
        assert row.doc, row.name


def test_keywords_mean_one_thing_in_each_tongue() -> None:
    line = [word for words in (*BLOCKS.values(), *CLAUSES.values()) for word in words]
    inline = [word for words in (*INLINE.values(), *AGGREGATES.values()) for word in words]

    assert len(line) == len(set(line))
    assert len(inline) == len(set(inline))
