"""An entry as text, written in the manner of the entry beside it.

Block or braces, order of keys, either spelling of a key, quotation marks, line breaks within braces:
whatever the neighbor does is done again, so that a raise reads as if the same hand had written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping as AnyMapping
from typing import TypeAlias

from attrs import frozen

from dibao_policy.parameters.fields import Key, Pair, pairs_of
from dibao_policy.parameters.nodes import Mapping, Node, Scalar
from dibao_policy.parameters.series import Declared, Key as Path
from dibao_policy.text import Span, covered

# What YAML would not read as the start of a plain text.
_FIRST = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]")
_NOT_PLAIN = re.compile(r":(?:\s|$)|\s#")
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_NOTHING = ("~", "null", "Null", "NULL")


@frozen
class Part:
    """A key and what stands behind it; `like` is the same part of the entry that is imitated."""

    key: str
    value: str | tuple[Part, ...]
    like: Pair | None = None


Parts: TypeAlias = tuple[Part, ...]


def in_flow_style(node: Node) -> bool:
    """Whether a list or a mapping stands in brackets or braces."""
    return covered(node.span)[:1] in ("{", "[")


def column(span: Span) -> int:
    """How many characters stand before a place on its line."""
    return span.start - (span.source.text.rfind("\n", 0, span.start) + 1)


def mapping_text(parts: Parts, like: Node | None, indent: int, within_flow: bool = False) -> str:
    """A mapping whose keys stand at the column `indent`, in the style of `like`; its first line has no indent."""
    # INVARIANT: recursion ends with the parts, which are as deep as a parameter has enumerations.
    if within_flow or like is None or in_flow_style(like):
        return _flow_text(parts, like)
    return ("\n" + " " * indent).join(_block_pair(part, indent) for part in parts)


def _block_pair(part: Part, indent: int) -> str:
    key, like = scalar_text(part.key, _key_like(part), False), _value_like(part)
    if isinstance(part.value, str):
        return f"{key}: {scalar_text(part.value, like, False)}"
    if part.like is None or not isinstance(like, Mapping) or in_flow_style(like):
        return f"{key}: {mapping_text(part.value, like, indent, True)}"
    deeper = indent + max(1, column(like.span) - column(part.like.key.span))
    return f"{key}:\n{' ' * deeper}{mapping_text(part.value, like, deeper)}"


def _flow_text(parts: Parts, like: Node | None) -> str:
    """`{a: 1, b: 2}`, on several lines where the neighbor is."""
    like = like if isinstance(like, Mapping) and in_flow_style(like) else None
    inside = covered(like.span)[1:-1] if like is not None else ""
    pad = " " if inside.startswith(" ") and inside.strip() else ""
    text = "{" + pad
    for place, part in enumerate(parts):
        broken = _line_break(part.like.key.span) if part.like is not None and like else ""
        if place:
            text += "," + (broken or " ")
        elif broken:
            text = "{" + broken
        value_like = _value_like(part)
        value = (
            scalar_text(part.value, value_like, True)
            if isinstance(part.value, str)
            else mapping_text(part.value, value_like, 0, True)
        )
        text += f"{scalar_text(part.key, _key_like(part), True)}: {value}"
    end = Span(like.span.source, like.span.end - 1, like.span.end) if like is not None else None
    return text + ((_line_break(end) if end is not None else "") or pad) + "}"


def _line_break(span: Span) -> str:
    """The line break and indent before a place that is the first on its line, or an empty string."""
    at = column(span)
    before = span.source.text[span.start - at : span.start]
    return "" if before.strip() or at == span.start else "\n" + " " * at


def scalar_text(text: str, like: Node | None, within_flow: bool) -> str:
    """A text as YAML reads it back: plain where it can be, in quotation marks where the neighbor is."""
    quote = covered(like.span)[:1] if isinstance(like, Scalar) and not like.is_plain else ""
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    is_plain = (
        _FIRST.match(text) is not None
        and not _NOT_PLAIN.search(text)
        and not (within_flow and _FLOW_SIGNS.search(text))
        and text not in _NOTHING
    )
    if is_plain and quote != '"':
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key_like(part: Part) -> Node | None:
    return part.like.key if part.like is not None else None


def _value_like(part: Part) -> Node | None:
    return part.like.value if part.like is not None else None


def in_order(keys: Iterable[Key], neighbor: AnyMapping[str, Pair]) -> tuple[Key, ...]:
    """Keys in the order of the neighbor; what it does not have follows what it follows as a rule."""
    wanted = tuple(keys)
    by_name = {key.zh: key for key in wanted}
    ordered = [by_name[name] for name in neighbor if name in by_name]
    for place, key in enumerate(wanted):
        if key not in ordered:
            before = [known for known in wanted[:place] if known in ordered]
            ordered.insert(max((ordered.index(known) + 1 for known in before), default=0), key)
    return tuple(ordered)


def member_parts(
    values: AnyMapping[Path, str], declared: Declared, like: Node | None, above: Path = ()
) -> str | Parts:
    """The values below a path of members, in the neighbor's order and by the names that it uses."""
    if above in values:
        return values[above]
    members = declared.keys[len(above)]
    chinese = {form: member[0] for member in members for form in member if form}
    written: dict[str, Pair] = {}
    if isinstance(like, Mapping):
        pairs, _ = pairs_of("", like, chinese, [])
        written = {chinese[pair.name]: pair for pair in pairs if pair.name in chinese}
    reached = {path[len(above)] for path in values if path[: len(above)] == above}
    names = [*written, *(name for name, _ in members if name not in written)]
    return tuple(
        Part(
            key=written[name].name if name in written else name,
            value=member_parts(values, declared, _behind(written.get(name)), (*above, name)),
            like=written.get(name),
        )
        for name in names
        if name in reached
    )


def _behind(pair: Pair | None) -> Node | None:
    return pair.value if pair is not None else None
