"""The words of one line: how each is spelled, and what stands between two of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

from dibao_policy.syntax.keywords import AGGREGATE_OF, AGGREGATES, BLOCKS, CLAUSES, SPELLINGS
from dibao_policy.syntax.tokens import Token

Tongue = Literal["zh", "en"]
Names = Mapping[str, tuple[str, str]]
"""A word, in either tongue, and both its spellings."""

OPENERS = frozenset(["OPEN", "BRACE", "BRACKET"])
CLOSERS = frozenset(["CLOSE", "UNBRACE", "UNBRACKET"])

# What begins a part of its own, where it stands in no bracket: two blanks set it off on a line.
PARTS = frozenset(
    [
        *("CITE", "WHEN", "AT_MOST", "ROUND", "RANGE", "DEFAULT", "ASK", "BY"),
        *("DISCRETION", "CHANGEABLE", "EXCEPT", "DISPOSE", "ORDINAL", "DEDICATED"),
        *("RESPONSIBLE", "LIMIT", "SHARE", "POSTING", "DOCUMENTS", "SIGNED"),
    ]
)

_SIGNS = {"MINUS": "−", "TIMES": "×", "DIVIDE": "÷", "RANGE_DOTS": "..", "ARROW": "→"}

# After one of these a part is what the line is about: `扣减合计 至多 500元/月`.
_LINE_WORDS = frozenset([*BLOCKS, *CLAUSES])

# A bracket after one of these holds what it is called with.
_CALLED = frozenset(["WORD", "AGGREGATE", "ROUND", "RANK", "STEPS", "PARTS"])


@frozen
class Spelling:
    """How words are spelled. Three things only the tree knows; each is kept by where it stands in the text.

    `calls`: names of operations. `prefixes`: minus signs of one number. `units`: all that spells a type.
    """

    language: Tongue | None
    operations: Names
    calls: frozenset[int]
    prefixes: frozenset[int]
    units: frozenset[int]


def spaced(words: Sequence[Token], block: str, depth: int, spelling: Spelling) -> str:
    """Words of one line as text. `depth` brackets are open before the first."""
    text = ""
    for place, word in enumerate(words):
        if place:
            following = words[place + 1].type if place + 1 < len(words) else ""
            text += _gap(words[place - 1], word, following, block, depth, spelling)
        text += _spelled(word, block, spelling)
        depth += (word.type in OPENERS) - (word.type in CLOSERS)
    return text


def _gap(
    before: Token, word: Token, following: str, block: str, depth: int, spelling: Spelling
) -> str:
    """The blanks between two words."""
    if "BRACE" in (before.type, word.type) or word.type == "UNBRACE":
        # The values of an enumeration are set apart like the body of a block; a set is tight.
        inside = before.type == "BRACE" or word.type == "UNBRACE"
        return "" if inside and block != "ENUM" else " "
    if before.type in OPENERS or before.type == "DOT" or before.start_pos in spelling.prefixes:
        return ""
    if word.type in CLOSERS or word.type in ("COMMA", "COLON", "DOT", "BRACKET"):
        return ""
    if word.type == "OPEN" and before.type in _CALLED:
        return ""
    if word.start_pos in spelling.units and before.start_pos in spelling.units:
        return ""
    return "  " if depth == 0 and _is_part(before, word, following) else " "


def _is_part(before: Token, word: Token, following: str) -> bool:
    if before.type in ("COMMA", "COLON", "ARROW") or before.type in _LINE_WORDS:
        return False
    match word.type:
        case "ELSE":
            return following == "STRING"
        case "ROUND":
            return following == "TO"
    return word.type in PARTS


def _spelled(word: Token, block: str, spelling: Spelling) -> str:
    match word.type:
        case "STRING":
            return f'"{word.value[1:-1]}"'
        case "DIVIDE" if word.start_pos in spelling.units:
            return "/"
        case "ARROW" if block == "PROPERTY":
            return "⇒"
        case "ORDINAL":
            return _ordinal(word.value, spelling.language)
    return _SIGNS.get(word.type) or _in_tongue(word, spelling)


def _in_tongue(word: Token, spelling: Spelling) -> str:
    """A keyword or the name of an operation in the tongue that is asked for; any other word as it is."""
    if spelling.language is None:
        return word.value
    known = SPELLINGS.get(word.type)
    if word.type == "AGGREGATE":
        known = AGGREGATES[AGGREGATE_OF[word.value]]
    elif word.start_pos in spelling.calls:
        known = spelling.operations.get(word.value)
    return known[0 if spelling.language == "zh" else 1] if known else word.value


def _ordinal(written: str, language: Tongue | None) -> str:
    """`第 3 至 6 月` or `month 3 to 6`, with one blank between its parts."""
    months = re.findall("[0-9]+", written)
    if language == "en" or (language is None and not written.startswith("第")):
        return f"month {' to '.join(months)}"
    return f"第 {' 至 '.join(months)} 月"
