"""A household as a JSON or YAML text, to a mapping with exact numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from dibao_policy.facts import problems
from dibao_policy.parameters import nodes
from dibao_policy.problem import Problem
from dibao_policy.text import Source
from dibao_policy.values import exact_number

LENGTH_LIMIT = 2_000_000
_WORDS = {"true": True, "false": False, "是": True, "否": False}


def read_text(source: Source) -> tuple[Any, tuple[Problem, ...]]:
    """What a text says: JSON where it opens with a brace, else YAML; None where it cannot be read."""
    if source.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return _read_json(source)
    root, found = nodes.read_nodes(source)
    repeated: list[Problem] = []
    value = _plain(root, "", repeated)
    return (None if found or repeated else value), (*found, *repeated)


def plain_value(node: nodes.Node, path: str, found: list[Problem]) -> Any:
    """What a node below `path` says, with exact numbers; a key that stands twice goes to `found`."""
    return _plain(node, path, found)


def _read_json(source: Source) -> tuple[Any, tuple[Problem, ...]]:
    found: list[Problem] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for key, value in items:
            if key in known:
                found.append(problems.GivenTwice(path=key, first=key, second=key))
            known[key] = value
        return known

    if len(source.text) > LENGTH_LIMIT:
        return None, (
            _unreadable(f"超过 {LENGTH_LIMIT} 个字符", f"longer than {LENGTH_LIMIT} characters"),
        )
    try:
        value = json.loads(
            source.text.lstrip("\ufeff"),
            object_pairs_hook=pairs,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列不是 JSON"
        where_en = f"line {error.lineno} column {error.colno} is not JSON"
        return None, (_unreadable(where, where_en),)
    except RecursionError:
        return None, (_unreadable("嵌套太深", "nested too deep"),)
    return (None if found else value), tuple(found)


def _whole(text: str) -> int | str:
    """An integer; one of absurd length stays text, and is refused where it is read."""
    return int(text) if len(text) < 40 else text


def _refuse(text: str) -> str:
    """NaN and Infinity are not numbers of a household."""
    return text


def _unreadable(reason: str, reason_en: str) -> Problem:
    return problems.UnreadableFacts(reason=reason, reason_en=reason_en)


def _plain(node: nodes.Node | None, path: str, found: list[Problem]) -> Any:
    match node:
        case nodes.Mapping(pairs):
            known: dict[str, Any] = {}
            for key, value in pairs:
                name = key.text if isinstance(key, nodes.Scalar) else "?"
                if name in known:
                    found.append(
                        problems.GivenTwice(
                            span=key.span, path=f"{path}{name}", first=name, second=name
                        )
                    )
                known[name] = _plain(value, f"{path}{name}.", found)
            return known
        case nodes.Sequence(items):
            return [_plain(item, f"{path}[{i + 1}].", found) for i, item in enumerate(items)]
        case nodes.Scalar():
            return scalar_value(node)
    return None


def scalar_value(scalar: nodes.Scalar) -> Any:
    """What one value of a YAML text says: a number, 是 or 否, or a text."""
    if not scalar.is_plain:
        return scalar.text
    if scalar.text in _WORDS:
        return _WORDS[scalar.text]
    number = exact_number(scalar.text)
    return scalar.text if number is None else number
