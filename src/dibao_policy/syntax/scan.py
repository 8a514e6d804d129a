"""Text to words, figures and signs, whatever the width they were typed in.

Full-width and half-width forms are the same sign: the text is mapped character for character,
so that every offset still points into what the author typed.
"""

from __future__ import annotations

import re
import unicodedata

from dibao_policy.dates import read_date
from dibao_policy.problem import Problem
from dibao_policy.syntax import problems
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span

CHARACTER_LIMIT = 500_000
TOKEN_LIMIT = 60_000

_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(typed): sign
    for typed, sign in {
        "　": " ", "\u00a0": " ", "“": '"', "”": '"', "、": ",", "−": "-", "–": "-", "【": "[", "】": "]",
        "⇒": "→", "…": "~", "∶": ":",
    }.items()
}  # fmt: skip

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

_TOKEN = re.compile(
    r"""(?P<SPACE>[ \t\r]+)
      | (?P<COMMENT>\#[^\n]*)
      | (?P<NEWLINE>\n)
      | (?P<STRING>"[^"\n]*")
      | (?P<BOOK>《[^》\n]*》)
      | (?P<UNCLOSED>["《][^\n]*)
      | (?P<DATE>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))
      | (?P<ORDINAL>(?:第[ \t]*[0-9]+(?:[ \t]*至[ \t]*[0-9]+)?[ \t]*月
                      |month[ \t]+[0-9]+(?:[ \t]+to[ \t]+[0-9]+)?)(?!\w))
      | (?P<QUANTITY>[0-9]+(?:\.[0-9]+)?(?:%|[^\W\d]\w*(?:/[^\W\d]\w*)?)?)
      | (?P<WORD>[^\W\d]\w*)
      | (?P<RANGE_DOTS>\.\.|~)
      | (?P<ARROW>->|→)
      | (?P<COMPARE><=|>=|!=|[<>≤≥≠])
      | (?P<SIGN>[-+*/×÷=(){}\[\],:.])
      | (?P<STRAY>.)""",
    re.VERBOSE,
)

_SIGNS = {
    "+": "PLUS", "-": "MINUS", "*": "TIMES", "×": "TIMES", "/": "DIVIDE", "÷": "DIVIDE", "=": "EQUAL",
    "(": "OPEN", ")": "CLOSE", "{": "BRACE", "}": "UNBRACE", "[": "BRACKET", "]": "UNBRACKET",
    ",": "COMMA", ":": "COLON", ".": "DOT",
}  # fmt: skip

# Signs of other languages, and the word that says the same here.
_INSTEAD = {"&": "且", "|": "或", "!": "非"}

_COMPARISONS = {"<=": "≤", ">=": "≥", "!=": "≠"}


def character_name(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`, for a character that cannot be shown."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def scan(source: Source) -> tuple[list[Token], list[Problem]]:
    """Every word, figure and sign, with NEWLINE between lines; faulty characters are reported and left out."""
    if len(source.text) > CHARACTER_LIMIT:
        return [], [_too_long(source, len(source.text), "字符", "characters", CHARACTER_LIMIT)]
    found: list[Problem] = [
        problems.HiddenCharacter(
            span=Span(source, match.start(), match.end()), character=character_name(match.group())
        )
        for match in _HIDDEN.finditer(source.text)
    ]
    text = _HIDDEN.sub(" ", source.text).translate(_HALF_WIDTH)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind in ("SPACE", "COMMENT"):
            continue
        span = Span(source, match.start(), match.end())
        if kind == "STRAY":
            typed = source.text[match.start()]
            instead = _INSTEAD.get(value, "")
            found.append(problems.StrayCharacter(span=span, character=typed, instead=instead))
            continue
        if kind == "UNCLOSED":
            typed = source.text[match.start()]
            partner = "》" if value[0] == "《" else '"'
            found.append(
                problems.UnclosedText(
                    span=Span(source, match.start(), match.start() + 1),
                    mark=typed,
                    partner="”" if typed in "“”" else partner,
                )
            )
            kind = "BOOK" if value[0] == "《" else "STRING"
            value += partner
        elif kind == "SIGN":
            kind = _SIGNS[value]
        elif kind == "COMPARE":
            value = _COMPARISONS.get(value, value)
        elif kind == "DATE" and read_date(value) is None:
            found.append(problems.NotADate(span=span, written=value))
        elif kind in ("STRING", "BOOK"):
            # What stands between quotation marks is shown as it was typed.
            value = source.text[match.start() : match.end()]
        tokens.append(_token(kind, value, match.start(), match.end()))
        if len(tokens) > TOKEN_LIMIT:
            return [], [_too_long(source, TOKEN_LIMIT + 1, "词", "words", TOKEN_LIMIT)]
    return tokens, found


def comments(source: Source) -> list[Token]:
    """What `scan` passes over: each comment as it was typed, without the blanks at its end."""
    found: list[Token] = []
    for match in _TOKEN.finditer(source.text.translate(_HALF_WIDTH)):
        if match.lastgroup == "COMMENT":
            start, end = match.span()
            typed = source.text[start:end].rstrip()
            found.append(_token("COMMENT", f"#{typed[1:]}", start, end))
    return found


def _token(kind: str, value: str, start: int, end: int) -> Token:
    return Token(kind, value, start, end)


def _too_long(source: Source, size: int, what: str, what_en: str, limit: int) -> Problem:
    return problems.TooLong(
        span=Span(source, 0, 0), size=size, what=what, what_en=what_en, limit=limit
    )
