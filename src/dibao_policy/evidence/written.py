"""Data as the one text that is written of it, and its digest.

A text is for people to read: one line for each entry, in the order of the format.
A digest is taken over the canonical form of RFC 8785, where neither spaces nor the order of keys count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dibao_policy.evidence.problems import NotInstalled
from dibao_policy.problem import PolicyError

PREFIX = "sha256:"


def content_digest(content: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits of some bytes."""
    # OpenSSL is slow to load, and most commands leave no evidence.
    import hashlib

    return PREFIX + hashlib.sha256(content).hexdigest()


def canonical_digest(data: Mapping[str, Any]) -> str:
    """The digest of data over its canonical form (RFC 8785).

    Raises `PolicyError` where the library rfc8785 is not installed.
    """
    try:
        import rfc8785
    except ModuleNotFoundError:
        raise PolicyError([NotInstalled(library="rfc8785")]) from None
    return content_digest(rfc8785.dumps(dict(data)))


def written(data: Mapping[str, Any]) -> str:
    """The text of data whose leaves are texts: what holds no further object stands on one line."""
    return _written(data, 0) + "\n"


def _written(value: Any, depth: int) -> str:
    if not _is_nested(value):
        return json.dumps(value, ensure_ascii=False)
    room, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_written(inner, depth + 1)}"
            for key, inner in value.items()
        ]
        return "{\n" + ",\n".join(room + part for part in parts) + f"\n{end}}}"
    parts = [_written(inner, depth + 1) for inner in value]
    return "[\n" + ",\n".join(room + part for part in parts) + f"\n{end}]"


def _is_nested(value: Any) -> bool:
    """Whether a value holds objects: those get lines of their own."""
    if isinstance(value, Mapping):
        return any(isinstance(inner, Mapping) or _is_nested(inner) for inner in value.values())
    return isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value)
