"""What a text that the grammar refuses most likely means to say."""

from __future__ import annotations

from typing import Literal

from dibao_policy.problem import Problem
from dibao_policy.syntax import problems
from dibao_policy.syntax.arrange import Block
from dibao_policy.syntax.keywords import AGGREGATE_OF, RESERVED, RUN_TOGETHER, display
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span

_SHOWN = 6

# What may stand almost anywhere is no help to somebody who looks for the one word that is missing.
_ORDER = [
    "THEN",
    "ELSE",
    "COLON",
    "EQUAL",
    "ARROW",
    "CLOSE",
    "UNBRACE",
    "UNBRACKET",
    "OPEN",
    "BRACE",
    "TO",
    "ONWARD",
    "DOT",
    "HOUSEHOLD",
    "MEMBER",
    "WORD",
    "QUANTITY",
    "DATE",
    "STRING",
    "BOOK",
]


# What a block cannot do without, where nothing but its first line is there.
_FIRST_CLAUSE = {
    "INCOME": ("`计入`",),
    "ELIGIBILITY": ("`要求`",),
    "BENEFIT": ("`金额`",),
    "GRADED": ("`就高`/`叠加`", "`类别`"),
}


def mistake(source: Source, block: Block, token: Token, accepted: frozenset[str]) -> Problem:
    """The problem behind a word that the grammar does not accept in its place."""
    grown = _run_together(source, block, token)
    if grown is not None:
        return grown
    zh, en = _expected(accepted, "zh"), _expected(accepted, "en")
    start, end = token.start_pos, token.end_pos
    if token.type in ("$END", "NEWLINE"):
        last = _before(block, token)
        span = Span(source, last.start_pos, last.end_pos)
        first = _FIRST_CLAUSE.get(block.keyword.type, ())
        return problems.Unfinished(
            span=span,
            block=block.keyword.value,
            expected=zh or first,
            expected_en=en or first,
        )
    if accepted == {"MEMBER"}:
        return _summary(source, block, token)
    span = Span(source, start, end)
    if accepted == {"DATE"} and token.type == "QUANTITY":
        return problems.NotADate(span=span, written=token.value)
    if accepted == {"WORD"} and token.value in RESERVED:
        return problems.ReservedName(
            span=span, name=token.value, what="关键词", what_en="a keyword"
        )
    return problems.Unexpected(span=span, found=f"`{token.value}`", expected=zh, expected_en=en)


def _summary(source: Source, block: Block, token: Token) -> Problem:
    """What stands in the brackets of a summary is no member."""
    place = next(i for i, other in enumerate(block.tokens) if other is token)
    word = block.tokens[place - 2]
    instead = {"maximum": "较大", "minimum": "较小"}.get(AGGREGATE_OF.get(word.value, ""), "")
    span = Span(source, word.start_pos, word.end_pos)
    return problems.SummaryOverMembers(span=span, word=word.value, instead=instead)


def _before(block: Block, token: Token) -> Token:
    """The word after which the text stops."""
    if token.type == "$END":
        return block.tokens[-1]
    place = next(i for i, other in enumerate(block.tokens) if other is token)
    return block.tokens[place - 1]


def _expected(accepted: frozenset[str], language: Literal["zh", "en"]) -> tuple[str, ...]:
    kinds = [kind for kind in _ORDER if kind in accepted]
    kinds += sorted(accepted - set(kinds) - {"$END", "NEWLINE"})
    shown: list[str] = []
    for kind in kinds:
        word = display(kind, language)
        if word not in shown:
            shown.append(word)
    return tuple(shown[:_SHOWN])


def _run_together(source: Source, block: Block, token: Token) -> Problem | None:
    """A keyword grown into a name, at the refused word or before it on the same line."""
    words: list[Token] = []
    for other in block.tokens:
        if other.type == "NEWLINE":
            words = []
        words.append(other)
        if other is token:
            break
    for word in reversed(words):
        if word.type not in ("WORD", "QUANTITY"):
            continue
        for keyword in RUN_TOGETHER:
            if keyword in word.value and word.value != keyword:
                return problems.RunTogether(
                    span=Span(source, word.start_pos, word.end_pos),
                    word=word.value,
                    keyword=keyword,
                    apart=" ".join(word.value.replace(keyword, f" {keyword} ").split()),
                )
    return None
