"""Every node of the core is handled by every pass, every operation by every evaluator."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.explain import phrases_en, phrases_zh
from dibao_policy.explain.names_en import _ROUNDED, _WORDS
from dibao_policy.explain.phrases_zh import _TIGHTNESS
from dibao_policy.explain.wording_en import AGGREGATES as AGGREGATE_WORDS, CALLED, TIGHTNESS
from dibao_policy.syntax import tree
from dibao_policy.syntax.keywords import AGGREGATES, BLOCKS, CLAUSES, INLINE
from dibao_policy.units import UNIT_WORDS
from dibao_policy.values import Rounding

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
        "explain/phrases_en.py",
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


def test_every_operation_and_clause_is_told_in_both_tongues() -> None:
    told = set(CALLED) | set(TIGHTNESS)

    assert told == set(TABLE)
    assert TIGHTNESS == phrases_zh._TIGHTNESS
    assert set(CALLED) == {row.name for row in TABLE.values() if row.zh}
    assert set(phrases_en._CLAUSES) == set(phrases_zh._CLAUSES)
    assert set(AGGREGATE_WORDS) == set(phrases_zh._AGGREGATES) == set(AGGREGATES)


def test_every_clause_that_a_lowering_marks_is_told() -> None:
    """What stands for a clause is told by its words, or asked on the way, or is an end of a bracket."""
    marked = {
        word.value
        for path in (PACKAGE / "core" / "lower").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("operate")
        for keyword in call.keywords
        if keyword.arg == "clause"
        for word in ast.walk(keyword.value)
        if isinstance(word, ast.Constant)
    }

    # 上限 keeps the ends of brackets rising: it is told as the higher of two.
    assert marked - {"上限"} <= set(phrases_en._CLAUSES)
    assert len(marked) > 10


def test_every_unit_and_every_rounding_has_english_words() -> None:
    assert set(_WORDS) == {dimension for dimension, _ in UNIT_WORDS.values()}
    assert set(_ROUNDED) == set(Rounding)


def test_keywords_mean_one_thing_in_each_tongue() -> None:
    line = [word for words in (*BLOCKS.values(), *CLAUSES.values()) for word in words]
    inline = [word for words in (*INLINE.values(), *AGGREGATES.values()) for word in words]

    assert len(line) == len(set(line))
    assert len(inline) == len(set(inline))
