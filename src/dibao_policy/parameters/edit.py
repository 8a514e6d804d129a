"""One dated entry more in the text of a parameter file; every other character stays as it is.

The place comes from the spans of the nodes, the manner from the entry beside it. The new text is
read again, and has to hold what the old one held and the one entry, or it is not given out.
"""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

from attrs import evolve, frozen

from dibao_policy.parameters.amounts import read_amount
from dibao_policy.parameters.fields import Fields, Key, fields_of, spelled
from dibao_policy.parameters.nodes import Mapping, Node, Scalar, Sequence, read_nodes
from dibao_policy.parameters.read import (
    DATE_BASIS,
    ENTRY_KEYS,
    SERIES_KEYS,
    SOURCE_KEYS,
    STATUS,
    UNVERIFIED,
    read_parameters,
)
from dibao_policy.parameters.series import Declared, Entry, Key as Path, Series
from dibao_policy.parameters.written import (
    Part,
    Parts,
    column,
    in_flow_style,
    in_order,
    mapping_text,
    member_parts,
)
from dibao_policy.problem import Problem, has_errors
from dibao_policy.text import Source, covered

_REST_OF_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\n]*)?\r?(?:\n|$)")
_COMMENT_LINE = re.compile(r"( *)#[^\n]*(?:\n|$)")


@frozen
class Addition:
    """An entry that is to be added: numbers as they are to be written, by the Chinese names of the members."""

    since: datetime.date
    values: dict[Path, str]
    document: str = ""
    article: str = ""
    address: str = ""
    status: str = UNVERIFIED
    date_basis: str = ""
    confirmed_until: datetime.date | None = None
    reason: str = ""


@frozen
class Insertion:
    """Characters that go in before the character at a place."""

    at: int
    text: str


def add_entry(
    source: Source, name: str, declared: Declared, addition: Addition
) -> tuple[tuple[Insertion, ...], tuple[Problem, ...]]:
    """Where an entry goes into a text, and how it is written.

    The text holds a series of that name, with an entry, but none from the day of the new one.
    Without insertions, the problems say why: errors of the text as it is, or of the new one, when
    the addition holds what no parameter file may hold.
    """
    before, problems = read_parameters(source)
    root, _ = read_nodes(source)
    if has_errors(problems) or not isinstance(root, Mapping):
        return (), problems
    series = next(one for one in before if one.name == name)
    node = next(
        value
        for key, value in root.pairs
        if isinstance(key, Scalar) and key.text.strip() == series.name
    )
    items = fields_of(series.name, node, SERIES_KEYS, []).pairs["取值"].value
    assert isinstance(items, Sequence)
    earlier = [entry for entry in series.entries if entry.since < addition.since]
    neighbor = (earlier or series.entries[:1])[-1]
    place = next(at for at, item in enumerate(items.items) if item.span == neighbor.span)
    like = items.items[place]
    assert isinstance(like, Mapping)
    parts = _entry_parts(series.name, like, declared, _with_units(addition, neighbor))
    if in_flow_style(items):
        added = _into_brackets(source, items, place, bool(earlier), mapping_text(parts, like, 0))
    else:
        added = _into_lines(source, items, place, bool(earlier), parts)
    new = Source(source.name, spliced(source.text, added))
    after, found = read_parameters(new)
    if _is_proved(before, after, series, declared, addition):
        return added, ()
    if has_errors(found):
        return (), found
    # A slip of this file, not of the text: nothing may come of it.
    raise AssertionError(f"the entry from {addition.since} does not fit into {source.name}")


def spliced(text: str, insertions: tuple[Insertion, ...]) -> str:
    """A text with all insertions made; their places are those of the text before."""
    for one in sorted(insertions, key=lambda one: one.at, reverse=True):
        text = text[: one.at] + one.text + text[one.at :]
    return text


# ---- what is written ----------------------------------------------------------------------


def _with_units(addition: Addition, neighbor: Entry) -> Addition:
    """The same numbers, with the unit behind them where every number of the neighbor has it."""
    units = {cell.unit_text for cell in neighbor.cells}
    if len(units) != 1 or units == {""}:
        return addition
    (unit,) = units
    values = {path: text + unit * text[-1:].isdigit() for path, text in addition.values.items()}
    return evolve(addition, values=values)


def _entry_parts(name: str, like: Mapping, declared: Declared, addition: Addition) -> Parts:
    fields = fields_of(name, like, ENTRY_KEYS, [])
    pairs = fields.pairs
    value_like = pairs["值"].value if "值" in pairs else None
    written: dict[str, str | Parts] = {
        "自": str(addition.since),
        "值": member_parts(addition.values, declared, value_like),
        "来源": _source_parts(fields, addition),
        "确认至": str(addition.confirmed_until or ""),
        "理由": addition.reason,
    }
    return _parts(ENTRY_KEYS, fields, written)


def _source_parts(entry: Fields, addition: Addition) -> Parts:
    pair = entry.pairs["来源"]
    fields = fields_of(pair.name, pair.value, SOURCE_KEYS, [])
    in_english = fields.is_english

    def word(chinese: str, words: dict[str, str]) -> str:
        return words[chinese] if in_english and chinese else chinese

    written: dict[str, str | Parts] = {
        "文件": addition.document,
        "条款": addition.article,
        "网址": addition.address,
        "状态": word(addition.status, STATUS),
        "日期": word(addition.date_basis, DATE_BASIS),
    }
    return _parts(SOURCE_KEYS, fields, written)


def _parts(keys: tuple[Key, ...], like: Fields, written: dict[str, str | Parts]) -> Parts:
    """What there is to write, under the keys that the neighbor uses."""
    wanted = tuple(key for key in keys if written.get(key.zh))
    return tuple(
        Part(
            like.pairs[key.zh].name if key.zh in like.pairs else spelled(key, like.is_english),
            written[key.zh],
            like.pairs.get(key.zh),
        )
        for key in in_order(wanted, like.pairs)
    )


# ---- where it goes ------------------------------------------------------------------------


def _into_lines(
    source: Source, items: Sequence, place: int, is_after: bool, parts: Parts
) -> tuple[Insertion, ...]:
    """An item of a list of lines, after the item at `place` or before it."""
    text, like = source.text, items.items[place]
    dash = column(items.span)
    line = like.span.start - column(like.span)
    # The dash may stand alone on the line above.
    gap = (
        text[line + dash + 1 : like.span.start]
        if text[line + dash : line + dash + 1] == "-"
        else " "
    )
    indent = dash + 1 + len(gap)
    item = " " * dash + "-" + gap + mapping_text(parts, like, indent)
    blank = "\n" * _blank_lines_between(source, items)
    if is_after:
        at = _end_of_item(source, like, dash)
        if at > 0 and text[at - 1] != "\n":
            return (_insertion(source, at, "\n" + blank + item),)
        return (_insertion(source, at, blank + item + "\n"),)
    begin = items.span.start - dash
    if text[begin : items.span.start].strip():
        # The list begins behind other signs on its line: `: - 自: …`.
        item = item.lstrip() + "\n" + blank + " " * dash
        return (_insertion(source, items.span.start, item),)
    return (_insertion(source, _before_comments(text, begin), item + "\n" + blank),)


def _insertion(source: Source, at: int, text: str) -> Insertion:
    """With the line ends of the text around it."""
    end = source.text.find("\n")
    return Insertion(at, text.replace("\n", "\r\n") if source.text[end - 1 : end] == "\r" else text)


def _blank_lines_between(source: Source, items: Sequence) -> int:
    """How many blank lines stand between one item and the next, wherever there are any."""
    for first, second in pairwise(items.items):
        between = source.text[_last_character(source, first) + 1 : second.span.start]
        lines = between.split("\n")[1:-1]
        if blank := sum(not line.strip() for line in lines):
            return blank
    return 0


def _last_character(source: Source, node: Node) -> int:
    """The last character of a node that is seen: a block of text ends where the next thing begins."""
    return node.span.start + len(covered(node.span).rstrip()) - 1


def _end_of_item(source: Source, item: Node, dash: int) -> int:
    """The line after an item and the comments that belong to it: those set deeper than its dash."""
    text = source.text
    end = text.find("\n", _last_character(source, item))
    at = end + 1 if end >= 0 else len(text)
    while (comment := _COMMENT_LINE.match(text, at)) and len(comment[1]) > dash:
        at = comment.end()
    return at


def _before_comments(text: str, at: int) -> int:
    """The beginning of the comment lines that stand right above a line, or of the line itself."""
    while at > 0:
        above = text.rfind("\n", 0, at - 1) + 1
        if not _COMMENT_LINE.fullmatch(text, above, at):
            break
        at = above
    return at


def _into_brackets(
    source: Source, items: Sequence, place: int, is_after: bool, item: str
) -> tuple[Insertion, ...]:
    """An item of a list in brackets, on a line of its own where the others are."""
    text, like = source.text, items.items[place]
    at = column(like.span)
    first_on_line = not text[like.span.start - at : like.span.start].strip()
    lines = first_on_line or any(not _same_line(text, *pair) for pair in pairwise(items.items))
    separator = "\n" + " " * at if lines else " "
    if not is_after:
        return (_insertion(source, like.span.start, f"{item},{separator}"),)
    end = like.span.end
    rest = _REST_OF_LINE.match(text, end)
    if rest is None or not lines:
        return (_insertion(source, end, f",{separator}{item}"),)
    # What is said behind the neighbor stays behind it.
    own_line = " " * at + item
    if "," in rest.group().partition("#")[0]:
        return (_insertion(source, rest.end(), f"{own_line},\n"),)
    if "#" in rest.group():
        return (Insertion(end, ","), _insertion(source, rest.end(), f"{own_line}\n"))
    return (_insertion(source, end, f",{separator}{item}"),)


def _same_line(text: str, first: Node, second: Node) -> bool:
    return "\n" not in text[first.span.end : second.span.start]


# ---- the proof ----------------------------------------------------------------------------


def _is_proved(
    before: tuple[Series, ...],
    after: tuple[Series, ...],
    series: Series,
    declared: Declared,
    addition: Addition,
) -> bool:
    """Whether the new text holds everything as before, and one entry more that says what it should."""
    changed = next((one for one in after if one.name == series.name), series)
    kept = tuple(entry for entry in changed.entries if entry.since != addition.since)
    added = [entry for entry in changed.entries if entry.since == addition.since]
    same = [evolve(changed, entries=kept) if one is changed else one for one in after]
    return tuple(same) == before and len(added) == 1 and _says(added[0], declared, addition)


def _says(entry: Entry, declared: Declared, addition: Addition) -> bool:
    chinese = [{form: member[0] for member in level for form in member} for level in declared.keys]
    numbers = {
        tuple(chinese[level].get(name, name) for level, name in enumerate(cell.key)): cell.number
        for cell in entry.cells
    }
    wanted = {path: read_amount(text) for path, text in addition.values.items()}
    provenance = entry.provenance
    return (
        numbers == {path: amount.number for path, amount in wanted.items() if amount is not None}
        and len(entry.cells) == len(addition.values)
        and provenance.document == addition.document
        and provenance.article == addition.article
        and provenance.address == addition.address
        and provenance.status == addition.status
        and (provenance.date_basis == addition.date_basis or not addition.date_basis)
        and entry.confirmed_until == addition.confirmed_until
        and entry.reason == addition.reason
        and entry.until is None
    )
