"""The lines of a file: how far each is set in, and where a blank line stands between two of them.

A block begins at the margin, its clauses two blanks in, what goes on with a clause four.
Comments keep their place: at the end of their line, or on a line of their own above what they stood above.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from attrs import define, field

from dibao_policy.syntax.arrange import Block
from dibao_policy.syntax.spacing import CLOSERS, OPENERS, PARTS, Spelling, spaced
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span, position

_STEP = 2

# Declarations of one kind may stand together, as the author likes, and so may blocks of one line.
_DECLARATIONS = frozenset(["INPUT", "PARAMETER"])


@define
class _Row:
    """A line with words, a comment or both.

    `block` is its place among the blocks; a comment between two blocks has none.
    """

    line: int
    words: list[Token] = field(factory=list)
    comment: Token | None = None
    block: int | None = None
    begins: Literal["block", "clause", ""] = ""


@define
class _Page:
    """The lines written so far, and what is open at their end.

    `brackets` has for each open bracket how far the line is set in on which it was opened.
    """

    lines: list[str] = field(factory=list)
    kind: str = ""
    in_head: bool = False
    brackets: list[int] = field(factory=list)


def lay_out(
    source: Source, blocks: Sequence[Block], comments: Sequence[Token], spelling: Spelling
) -> str:
    """The text of a file from its words and comments."""
    rows = _rows(source, blocks, comments)
    followings = _followings(rows)
    _place_comments(source, rows, followings)
    sizes = Counter(row.block for row in rows)
    page = _Page()
    for last, row, following in zip([None, *rows], rows, followings, strict=False):
        if last is not None and (row.block is None or row.begins == "block"):
            apart = row.line > last.line + 1
            if last.block is not None:
                other = following if row.block is None else row
                apart = apart or not _together(blocks, sizes, last.block, other)
            page.lines += [""] if apart else []
        if row.begins == "block" and row.block is not None:
            page.kind, page.in_head = blocks[row.block].keyword.type, True
        _write(page, row, following, spelling)
    return "".join(f"{line}\n" for line in page.lines)


# ── what stands on which line ─────────────────────────────────────────────


def _rows(source: Source, blocks: Sequence[Block], comments: Sequence[Token]) -> list[_Row]:
    def row_of(token: Token) -> _Row:
        line = position(Span(source, token.start_pos, token.end_pos))[0]
        return rows.setdefault(line, _Row(line))

    rows: dict[int, _Row] = {}
    for number, block in enumerate(blocks):
        begins: Literal["block", "clause", ""] = "block"
        for token in block.tokens:
            if token.type == "NEWLINE":
                begins = "clause"
                continue
            row = row_of(token)
            if not row.words:
                row.block, row.begins = number, begins
            row.words.append(token)
            begins = ""
    for row in rows.values():
        row.words = _needed(row.words)
    for comment in comments:
        row_of(comment).comment = comment
    return [rows[line] for line in sorted(rows)]


def _needed(words: Sequence[Token]) -> list[Token]:
    """The words without a last comma, `{甲, 乙,}`: it is of use only where the bracket closes on another line."""
    ends = [*(word.type for word in words[1:]), ""]
    return [
        word
        for word, after in zip(words, ends, strict=True)
        if (word.type, after) != ("COMMA", "UNBRACE")
    ]


def _followings(rows: Sequence[_Row]) -> list[_Row | None]:
    """For each row, the next one that has words."""
    following: _Row | None = None
    found: list[_Row | None] = []
    for row in reversed(rows):
        found.append(following)
        following = row if row.words else following
    return found[::-1]


def _place_comments(
    source: Source, rows: Sequence[_Row], followings: Sequence[_Row | None]
) -> None:
    """Tell which comments on lines of their own are inside a block.

    Before the last words of a block they are. After them they are as long as they are set in.
    """
    block: int | None = None
    for row, following in zip(rows, followings, strict=True):
        if row.words:
            block = row.block
            continue
        assert row.comment is not None
        place = Span(source, row.comment.start_pos, row.comment.end_pos)
        ended = following is None or following.begins == "block"
        if ended and position(place)[1] == 1:
            block = None
        row.block = block


def _together(
    blocks: Sequence[Block], sizes: Counter[int | None], one: int, following: _Row | None
) -> bool:
    """Whether a block and the one that follows may stand without a blank line between them."""
    if following is None or following.block is None:
        return False
    other = following.block
    if blocks[one].keyword.type != blocks[other].keyword.type:
        return False
    return blocks[one].keyword.type in _DECLARATIONS or sizes[one] == sizes[other] == 1


# ── how a line is written ─────────────────────────────────────────────────


def _write(page: _Page, row: _Row, following: _Row | None, spelling: Spelling) -> None:
    if not row.words:
        assert row.comment is not None
        page.lines.append(" " * _indent_of_comment(page, row, following) + row.comment.value)
        return
    indent = _indent(page, row)
    page.in_head = page.in_head and row.begins != "clause"
    text = " " * indent + spaced(row.words, page.kind, len(page.brackets), spelling)
    page.lines.append(f"{text}  {row.comment.value}" if row.comment else text)
    for word in row.words:
        if word.type in OPENERS:
            page.brackets.append(indent)
        elif word.type in CLOSERS:
            page.brackets.pop()


def _indent(page: _Page, row: _Row) -> int:
    """How far a line with words is set in."""
    if row.begins:
        return 0 if row.begins == "block" else _STEP
    if page.in_head and not page.brackets and row.words[0].type in PARTS:
        # What a declaration says of itself reads like a clause: 默认, 问.
        return _STEP
    closing = len(list(itertools.takewhile(lambda word: word.type in CLOSERS, row.words)))
    return page.brackets[-closing] if closing else _continued(page)


def _continued(page: _Page) -> int:
    """How far a line is set in that goes on with a clause."""
    least = _STEP if page.kind == "ENUM" else 2 * _STEP
    return max([least, *(indent + _STEP for indent in page.brackets[-1:])])


def _indent_of_comment(page: _Page, row: _Row, following: _Row | None) -> int:
    """As far as what it stands above; at the end of a block as far as its clauses."""
    if row.block is None:
        return 0
    if following is None or following.block != row.block:
        return _STEP
    if following.words[0].type in CLOSERS:
        return _continued(page)
    return _indent(page, following)
