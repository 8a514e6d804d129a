"""From YAML text to nodes that know their place.

The events of PyYAML's parser are read one by one and never constructed: no scalar is resolved,
no tag is obeyed, no alias is expanded, and nothing here recurses. One pass over the text, in time
and memory that grow with its length and with nothing else.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml
from attrs import field, frozen

from dibao_policy.parameters.problems import (
    AnchorRefused,
    ControlCharacter,
    FullWidthMark,
    InvisibleCharacter,
    NestedTooDeep,
    SeveralDocuments,
    TagRefused,
    TextTooLong,
    TooManyParts,
    YamlSyntax,
)
from dibao_policy.problem import Problem
from dibao_policy.text import Source, Span, covered

LENGTH_LIMIT = 2_000_000
DEPTH_LIMIT = 30
# About a second of reading, and more than all counties of a province need for their standards.
PARTS_LIMIT = 100_000
PROBLEM_LIMIT = 50
RELATED_LIMIT = 20

# Line ends that YAML or an editor may take for one and the other not (a lone carriage return,
# U+0085, U+2028, U+2029) are control characters here: text must look as it is read.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)"
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"
    # A byte order mark is at home at the very beginning, and hides anywhere else.
    "|(?<!^)\ufeff"
)
_WORD = re.compile(r"[^\s,\[\]{}]+")
_FULL_WIDTH_COLON = re.compile(r"[ \t]*(?:- +)*[^\s#:：'\"{\[]+[ ]*(：)")


@frozen
class Scalar:
    """A plain or quoted text."""

    text: str
    is_plain: bool
    span: Span = field(eq=False, repr=False)


@frozen
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span = field(eq=False, repr=False)


@frozen
class Mapping:
    """Keys and values in the order they are written, repeated keys included."""

    pairs: tuple[tuple[Node, Node], ...]
    span: Span = field(eq=False, repr=False)


@frozen
class Refused:
    """A part that already has its problem: whoever reads it reports nothing more."""

    span: Span = field(eq=False, repr=False)


Node: TypeAlias = Scalar | Sequence | Mapping | Refused
_Open: TypeAlias = tuple[yaml.CollectionStartEvent, list[Node]]


def read_nodes(source: Source) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document of a text, or None when there is none or it cannot be read."""
    if len(source.text) > LENGTH_LIMIT:
        where = Span(source, 0, 0)
        return None, (TextTooLong(span=where, length=len(source.text), limit=LENGTH_LIMIT),)
    hidden = hidden_characters(source)
    if hidden:
        return None, hidden
    problems: list[Problem] = []
    loader = yaml.SafeLoader(source.text)
    try:
        root = _read_events(source, loader, problems)
    except yaml.MarkedYAMLError as error:
        return None, (*problems, _syntax_problem(source, error))
    except (yaml.YAMLError, ValueError, OverflowError):
        # An escape such as "\UFFFFFFFF" names no character, and PyYAML passes it on to `chr`.
        return None, (*problems, YamlSyntax(span=_one_character(source, loader.index), tab=""))
    return root, tuple(problems)


def _read_events(source: Source, loader: yaml.SafeLoader, problems: list[Problem]) -> Node | None:
    """Build the nodes from the inside out, with the open collections on a stack."""
    root: Node | None = None
    stack: list[_Open] = []
    parts = 0
    while len(problems) <= PROBLEM_LIMIT and loader.check_event():
        # types-PyYAML leaves this one method without types.
        event: yaml.Event = loader.get_event()  # type: ignore[no-untyped-call]
        node: Node
        match event:
            case yaml.DocumentStartEvent():
                if root is not None:
                    problems.append(SeveralDocuments(span=_span(source, event)))
                    return None
                continue
            case yaml.CollectionStartEvent():
                if len(stack) == DEPTH_LIMIT:
                    where = _one_character(source, _start(event))
                    problems.append(NestedTooDeep(span=where, limit=DEPTH_LIMIT))
                    return None
                stack.append((event, []))
                continue
            case yaml.CollectionEndEvent():
                opened, children = stack.pop()
                node = _collection(source, opened, children, event)
                node = _without_properties(source, opened, node, problems)
            case yaml.ScalarEvent():
                node = _scalar(source, event, problems)
                node = _without_properties(source, event, node, problems)
            case yaml.AliasEvent():
                node = _refuse_anchor(_span(source, event), f"*{event.anchor}", problems)
            case _:
                continue
        parts += 1
        if parts > PARTS_LIMIT:
            problems.append(TooManyParts(span=node.span, limit=PARTS_LIMIT))
            return None
        if stack:
            stack[-1][1].append(node)
        else:
            root = node
    return root


def _collection(
    source: Source, opened: yaml.CollectionStartEvent, children: list[Node], closed: yaml.Event
) -> Node:
    start = _start(opened)
    # PyYAML ends a block at the beginning of what follows it, past blank lines and comments.
    end = children[-1].span.end if children and not opened.flow_style else _end(closed)
    span = Span(source, start, end)
    if isinstance(opened, yaml.SequenceStartEvent):
        return Sequence(tuple(children), span)
    return Mapping(tuple(zip(children[::2], children[1::2], strict=True)), span)


def _scalar(source: Source, event: yaml.ScalarEvent, problems: list[Problem]) -> Node:
    span = _span(source, event)
    # Escapes in double quotes spell characters that the text itself does not hold.
    hidden = _first_hidden(event.value, span) if event.style == '"' else None
    if hidden is not None:
        problems.append(hidden)
        return Refused(span)
    return Scalar(event.value, event.style is None, span)


def _without_properties(
    source: Source, event: yaml.NodeEvent, node: Node, problems: list[Problem]
) -> Node:
    """The node, or what is left of it when it carries a tag or an anchor."""
    tag = event.tag if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else None
    if tag is not None:
        shown = tag.replace("tag:yaml.org,2002:", "!!")
        problems.append(TagRefused(span=_written_property(source, event, "!"), tag=shown[:60]))
        node = Refused(node.span)
    if event.anchor is not None:
        where = _written_property(source, event, "&")
        node = _refuse_anchor(where, f"&{event.anchor}", problems)
    return node


def _refuse_anchor(span: Span, anchor: str, problems: list[Problem]) -> Refused:
    """One problem for an anchor and all its aliases: they are mended together."""
    name = anchor[1:60]
    for place, problem in enumerate(problems):
        if isinstance(problem, AnchorRefused) and problem.anchor[1:] == name and problem.span:
            if len(problem.related) < RELATED_LIMIT:
                related = (*problem.related, span)
                problems[place] = AnchorRefused(
                    span=problem.span, anchor=problem.anchor, related=related
                )
            return Refused(span)
    problems.append(AnchorRefused(span=span, anchor=anchor[0] + name))
    return Refused(span)


def _written_property(source: Source, event: yaml.Event, mark: str) -> Span:
    """The `!tag` or `&anchor` itself, which stands at the beginning of its node."""
    start = source.text.find(mark, _start(event), max(_end(event), _start(event) + 1))
    if start < 0:
        return _span(source, event)
    return _word_at(source, start)


def _word_at(source: Source, start: int) -> Span:
    found = _WORD.match(source.text, start)
    return Span(source, start, found.end() if found else start)


def hidden_characters(source: Source) -> tuple[Problem, ...]:
    """One problem for each character that is not seen, with the places where it stands."""
    places: dict[tuple[type[ControlCharacter | InvisibleCharacter], str], list[Span]] = {}
    for kind, pattern in ((ControlCharacter, _CONTROL), (InvisibleCharacter, _INVISIBLE)):
        for found in pattern.finditer(source.text):
            known = places.setdefault((kind, found.group()), [])
            if len(known) <= RELATED_LIMIT:
                known.append(Span(source, *found.span()))
    return tuple(
        kind(span=spans[0], related=tuple(spans[1:]), character=_code_point(character))
        for (kind, character), spans in places.items()
    )


def _first_hidden(text: str, span: Span) -> Problem | None:
    if found := _CONTROL.search(text):
        return ControlCharacter(span=span, character=_code_point(found.group()))
    if found := _INVISIBLE.search(" " + text):
        return InvisibleCharacter(span=span, character=_code_point(found.group()))
    return None


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """What YAML stumbled over; a full-width mark just before it is the likelier cause."""
    mark = error.problem_mark or error.context_mark
    at = mark.index if mark is not None else 0
    since = error.context_mark.index if error.context_mark is not None else at
    text = source.text
    if at >= len(text) and error.context_mark is not None:
        # What is never closed shows at the end of the text and is mended where it opens.
        at = since
    line = _line_start(text, at)
    lines = [_line_start(text, len(text[:line].rstrip())), line]
    if isinstance(error, yaml.scanner.ScannerError):
        # Only the scanner's context is near: that of the parser is the top of the whole block.
        lines.insert(0, _line_start(text, since))
    for line_start in lines:
        if found := _FULL_WIDTH_COLON.match(text, line_start):
            return FullWidthMark(span=Span(source, *found.span(1)), mark="：", plain=":")
    if "flow" in (error.context or ""):
        comma = text.find("，", since, mark.index if mark is not None else at)
        if comma >= 0:
            return FullWidthMark(span=_one_character(source, comma), mark="，", plain=",")
    for place in (since, at):
        # PyYAML stops at a tag or an anchor in Chinese before it is known to be one.
        match text[place : place + 1]:
            case "!":
                word = _word_at(source, place)
                return TagRefused(span=word, tag=covered(word)[:60])
            case "&" | "*":
                word = _word_at(source, place)
                return AnchorRefused(span=word, anchor=covered(word)[:60])
    tab = "\\t" if text[at : at + 1] == "\t" else ""
    return YamlSyntax(span=_one_character(source, at), tab=tab)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark is not None else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark is not None else _start(event)


def _span(source: Source, event: yaml.Event) -> Span:
    return Span(source, _start(event), _end(event))


def _one_character(source: Source, index: int) -> Span:
    start = min(index, len(source.text))
    return Span(source, start, min(start + 1, len(source.text)))
