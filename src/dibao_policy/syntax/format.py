"""The canonical form of a policy's text: one way to space, break, indent and spell it.

What a text says is kept, word for word: its comments, names, quantities, titles and quoted texts.
`docs/format.md` is the form in prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import attrs

from dibao_policy.problem import Problem, has_errors
from dibao_policy.syntax import problems, tree
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.layout import lay_out
from dibao_policy.syntax.parse import parse
from dibao_policy.syntax.scan import comments, scan
from dibao_policy.syntax.spacing import Names, Spelling, Tongue
from dibao_policy.text import Source, Span

_NO_NAMES: Names = MappingProxyType({})


def format_source(
    source: Source, language: Tongue | None = None, operations: Names = _NO_NAMES
) -> tuple[str | None, tuple[Problem, ...]]:
    """The canonical form of a text, or None and what stands in its way.

    With a `language` every keyword is written in that tongue, and so is the name of every operation
    that `operations` knows: each word under which one can be called, and its names in Chinese and in English.
    """
    file, found = parse(source)
    if has_errors(found):
        return None, found
    blocks, _ = arrange(source, scan(source)[0])
    text = lay_out(source, blocks, comments(source), _spelling(file, language, operations))
    written = Source(source.name, text)
    again, faults = parse(written)
    if any(isinstance(fault, problems.TooLong) for fault in faults):
        return None, faults
    same = _meaning(again, operations) == _meaning(file, operations)
    if faults or not same or _said(written) != _said(source):
        return None, (problems.WouldReadDifferently(span=Span(source, 0, 0)),)
    return text, found


def _spelling(file: tree.File, language: Tongue | None, operations: Names) -> Spelling:
    calls: set[int] = set()
    prefixes: set[int] = set()
    units: set[int] = set()
    for node in _nodes(file):
        match node:
            case tree.Call(span=span):
                calls.add(span.start)
            case tree.Minus(span=span):
                prefixes.add(span.start)
            case tree.TypeName(text=text, span=span) if "/" in text:
                units.update(range(span.start, span.end))
    return Spelling(language, operations, frozenset(calls), frozenset(prefixes), frozenset(units))


def _nodes(file: tree.File) -> Iterator[object]:
    """Every node and every value in it, but for places and what an operation is called."""
    waiting: list[object] = [file.blocks]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Span):
            continue
        yield node
        kind = type(node)
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif attrs.has(kind):
            names = [field.name for field in reversed(attrs.fields(kind))]
            if isinstance(node, tree.Call):
                names.remove("name")
            waiting += [getattr(node, name) for name in names]


def _meaning(file: tree.File, operations: Names) -> list[object]:
    """All that a tree says, whatever the tongue: each node's kind, each value, the length of each list."""
    said: list[object] = []
    called = {word: names[0] for word, names in operations.items()}
    for node in _nodes(file):
        match node:
            case tree.Call(name=name):
                said += [tree.Call, called.get(name, name)]
            case tuple():
                said.append(len(node))
            case _:
                said.append(type(node) if attrs.has(type(node)) else node)
    return said


def _said(source: Source) -> list[str]:
    return [comment.value for comment in comments(source)]
