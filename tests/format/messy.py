"""The same policy in another layout: what people, editors and input methods make of a text.

A layout is made of the words that `arrange` tells apart, so that the meaning stays: a clause stays a clause,
and a line is broken only where the language lets it go on. That it does stay is asserted where layouts are used.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import attrs

from dibao_policy.core.ops import SPELLINGS
from dibao_policy.syntax import tree
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.keywords import BLOCK_OF
from dibao_policy.syntax.scan import scan
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span

_SIGNS = {
    "PLUS": "+＋", "MINUS": "-−－–", "TIMES": "*×＊", "DIVIDE": "/／÷", "EQUAL": "=＝", "OPEN": "(（",
    "CLOSE": ")）", "BRACE": "{｛", "UNBRACE": "}｝", "BRACKET": "[【［", "UNBRACKET": "]】］",
    "COMMA": ",，、", "COLON": ":：∶", "DOT": ".．", "ARROW": ("→", "->", "⇒", "－＞"),
    "RANGE_DOTS": ("..", "．．", "~", "～", "…"),
}  # fmt: skip
_COMPARISONS = {
    "<": "<＜", ">": ">＞", "≤": ("≤", "<=", "＜＝"), "≥": ("≥", ">=", "＞＝"), "≠": ("≠", "!=", "！＝"),
}  # fmt: skip
_QUOTES = ('""', "“”", "＂＂", "”“")
_BLANKS = ("", " ", "  ", "\t", "\u3000", "\u00a0 ", "      ")
_REMARKS = (
    "# 见通知",
    "#",
    "## 依据 办法 第一条",
    '# 甲 "乙',
    "＃ 全角",
    "# (还没有公布",
    "#tight\ttab",
)

_BREAK_AFTER = {
    "PLUS", "TIMES", "EQUAL", "COMPARE", "ARROW", "AND", "OR", "THEN", "ELSE", "COMMA", "OPEN", "BRACE", "IN",
    "NOT", "IF", "WHEN", "BY",
}  # fmt: skip
_BREAK_BEFORE = {
    "PLUS", "TIMES", "COMPARE", "AND", "OR", "THEN", "IN", "CLOSE", "UNBRACE", "RANGE", "ASK", "DEFAULT",
}  # fmt: skip


def plain(node: Any) -> Any:
    """What a tree says, without places and whatever the tongue of an operation's name."""
    if isinstance(node, tree.Call):
        return "Call", SPELLINGS.get(node.name, (node.name,))[0], plain(node.arguments)
    if isinstance(node, tuple):
        return tuple(plain(one) for one in node if not isinstance(one, Span))
    if attrs.has(type(node)):
        values = [getattr(node, field.name) for field in attrs.fields(type(node)) if field.eq]
        return type(node).__name__, *(plain(value) for value in values)
    return node


def respaced(text: str, seed: int) -> str:
    """A text with other blanks and other forms of its signs, line by line."""
    dice = random.Random(seed)
    source = Source("text", text)
    further = dice.randrange(4)
    out, place, before = "", 0, None
    for block in _blocks(source):
        for token in block:
            if token.type == "NEWLINE":
                continue
            between = text[place : token.start_pos]
            if "\n" in between or before is None:
                # How far 依据 is set in says what it belongs to: all lines of a block move together.
                out += between + " " * (further if token is not block[0] else 0)
            else:
                out += between if between.strip() else _blank(dice, before, token)
            out += _form(dice, token)
            place, before = token.end_pos, token
    return out + text[place:]


def rearranged(text: str, seed: int) -> str:
    """A text with other breaks, blank lines, commas and comments too; the comments that it had are gone."""
    dice = random.Random(seed)
    out = _remarks(dice)
    for block in _blocks(Source("text", text)):
        column = dice.randrange(7)
        out += _indent(dice, dice.choice((0, column)))
        before: Token | None = None
        for token in block:
            if token.type == "NEWLINE":
                out += _line_end(dice) + _indent(dice, column)
                before = None
                continue
            if before is not None:
                out += _between(dice, before, token, column, block[0].type)
            out += _form(dice, token)
            before = token
        out += _line_end(dice)
    return out


def _blocks(source: Source) -> list[tuple[Token, ...]]:
    blocks, found = arrange(source, scan(source)[0])
    assert not found
    return [block.tokens for block in blocks]


def _between(dice: random.Random, before: Token, token: Token, column: int, block: str) -> str:
    comma = ""
    # The brackets of 累进 end in 其余, and need no comma after it.
    lists = () if block in ("SPECIAL", "OVERRIDE") else ("UNBRACE",)
    passed_over = token.type in ("THEN", "ELSE", *lists) and before.type != "COMMA"
    if passed_over and dice.randrange(3) == 0:
        comma = dice.choice(",，")
    can_open_a_block = token.type == "WORD" and token.value in BLOCK_OF
    goes_on = before.type in _BREAK_AFTER or token.type in _BREAK_BEFORE
    if goes_on and not can_open_a_block and dice.randrange(6) == 0:
        return comma + _line_end(dice) + _indent(dice, column + 1 + dice.randrange(5))
    return comma + _blank(dice, before, token)


def _indent(dice: random.Random, width: int) -> str:
    return "".join(dice.choice("  \t\u3000") for _ in range(width))


def _line_end(dice: random.Random) -> str:
    """Perhaps a comment, perhaps blank lines, perhaps comments on lines of their own."""
    remark = dice.choice(_REMARKS) if dice.randrange(8) == 0 else ""
    ends = dice.choice(("\n", "\n", "\n", "\r\n", " \n", "\t\n", "\n\n", "\n \n\n\n"))
    return dice.choice(("", "  ")) + remark + ends + _remarks(dice)


def _remarks(dice: random.Random) -> str:
    out = ""
    while dice.randrange(8) == 0:
        out += (
            _indent(dice, dice.randrange(4))
            + dice.choice(_REMARKS)
            + "\n" * (1 + dice.randrange(3))
        )
    return out


def _blank(dice: random.Random, before: Token, after: Token) -> str:
    # `3元/月` is one quantity, `3元 / 月` is a quotient.
    needed = "QUANTITY" in (before.type, after.type) or (_letters(before) and _letters(after))
    return dice.choice(_BLANKS) or (" " if needed else "")


def _letters(token: Token) -> bool:
    return token.type in ("STRING", "BOOK") or token.value[-1].isalnum()


def _form(dice: random.Random, token: Token) -> str:
    """A word or sign in one of its widths."""
    options: Sequence[str] = ()
    match token.type:
        case "BOOK":
            return token.value
        case "STRING":
            first, last = dice.choice(_QUOTES)
            return f"{first}{token.value[1:-1]}{last}"
        case "COMPARE":
            options = _COMPARISONS[token.value]
        case kind:
            options = _SIGNS.get(kind, ())
    if options:
        return dice.choice(options)
    if dice.randrange(4) == 0:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in token.value)
    return token.value
