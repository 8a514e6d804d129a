"""One mapping of a parameter file: its keys in either spelling, and the scalars behind them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from attrs import frozen

from dibao_policy.dates import FIRST_DAY, LAST_DAY, read_date
from dibao_policy.parameters.amounts import (
    Amount,
    digits_beyond_limit,
    half_width,
    likely_number,
    read_amount,
)
from dibao_policy.parameters.nodes import PROBLEM_LIMIT, Mapping, Node, Refused, Scalar
from dibao_policy.parameters.problems import (
    DateOutOfRange,
    EmptyValue,
    FullWidthMark,
    KeyNotAWord,
    MissingKey,
    NotADate,
    NotAMapping,
    NotANumber,
    NotAText,
    RepeatedKey,
    TooManyDigits,
    UnknownKey,
    UnknownWord,
)
from dibao_policy.problem import Problem
from dibao_policy.text import Span, covered, join, nearest
from dibao_policy.values import DIGITS_LIMIT


@frozen
class Key:
    """A key that may be written, in its two spellings."""

    zh: str
    en: str
    required: bool = False


@frozen
class Pair:
    """A key as written and what stands behind it."""

    name: str
    key: Scalar
    value: Node


@frozen
class Fields:
    """The pairs of a mapping under the Chinese names of their keys, each once.

    `meant` holds the keys that unknown ones were taken for: they are not missing as well.
    `is_english` says which spelling the author uses, so that a mend uses it too.
    """

    pairs: dict[str, Pair]
    meant: frozenset[str]
    is_english: bool


# A reason of `~` must not open the guard: YAML's own words for nothing are nothing here.
_NOTHING = ("", "~", "null", "Null", "NULL")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DATE = re.compile(r"([0-9]{4})[-/.年 ]{0,2}([0-9]{1,2})[-/.月 ]{0,2}([0-9]{1,2})日?")
_QUOTED_LENGTH = 40


def fields_of(owner: str, node: Node, keys: tuple[Key, ...], problems: list[Problem]) -> Fields:
    """The known keys of a mapping; what is unknown, repeated or missing becomes a problem."""
    canonical = {spelling: key.zh for key in keys for spelling in (key.zh, key.en)}
    written, is_complete = pairs_of(owner, node, canonical, problems)
    is_english = bool(written) and all(pair.name.isascii() for pair in written)
    found = {canonical[pair.name]: pair for pair in written if pair.name in canonical}
    missing = [key for key in keys if key.required and key.zh not in found]
    strangers = [pair for pair in written if pair.name not in canonical]
    allowed = tuple(spelled(key, is_english) for key in keys)
    meant: set[str] = set()
    for pair in strangers:
        if len(problems) > PROBLEM_LIMIT:
            break
        near = nearest(pair.name, canonical)
        if not near and len(strangers) == len(missing) == 1:
            near = spelled(missing[0], is_english)
        meant.add(canonical.get(near, ""))
        problems.append(
            UnknownKey(span=pair.key.span, key=quoted(pair.name), near=near, allowed=allowed)
        )
    for key in missing:
        if is_complete and key.zh not in meant:
            problems.append(
                MissingKey(span=_beginning(node), owner=quoted(owner), key=spelled(key, is_english))
            )
    return Fields(found, frozenset(meant), is_english)


def pairs_of(
    owner: str, node: Node, canonical: dict[str, str], problems: list[Problem]
) -> tuple[tuple[Pair, ...], bool]:
    """The pairs of a mapping, each key once, and whether every one of them could be read."""
    match node:
        case Mapping():
            pass
        case Refused():
            return (), False
        case _:
            problems.append(_not_a_mapping(owner, node))
            return (), False
    seen: dict[str, Pair] = {}
    is_complete = True
    for pair in _readable_pairs(node, problems):
        if pair is None:
            is_complete = False
            continue
        if len(problems) > PROBLEM_LIMIT:
            # What was not looked at is not missing.
            is_complete = False
            break
        name = canonical.get(pair.name, pair.name)
        if name in seen:
            problems.append(
                RepeatedKey(
                    span=pair.key.span,
                    related=(seen[name].key.span,),
                    key=quoted(pair.name),
                    earlier=quoted(seen[name].name),
                )
            )
        else:
            seen[name] = pair
    return tuple(seen.values()), is_complete


def spelled(key: Key, is_english: bool) -> str:
    """The spelling of a key in the author's tongue."""
    return key.en if is_english else key.zh


def is_nothing(node: Node) -> bool:
    """Whether a scalar is empty, or is YAML's word for nothing."""
    if not isinstance(node, Scalar):
        return False
    text = node.text.strip()
    return text in _NOTHING if node.is_plain else not text


def quoted(text: str) -> str:
    """The author's text on one line and not too long, as messages quote it."""
    line = " ".join(text[: 4 * _QUOTED_LENGTH].split())
    if len(line) > _QUOTED_LENGTH:
        return line[:_QUOTED_LENGTH] + "…"
    return line or '""'


def scalar_of(pair: Pair, problems: list[Problem]) -> Scalar | None:
    """The one value behind a key, if it is one and not empty."""
    match pair.value:
        case Scalar() if not is_nothing(pair.value):
            return pair.value
        case Scalar():
            problems.append(EmptyValue(span=pair.key.span, key=quoted(pair.name)))
        case Refused():
            pass
        case _:
            problems.append(NotAText(span=pair.key.span, key=quoted(pair.name)))
    return None


def text_of(fields: Fields, key: str, problems: list[Problem]) -> str:
    """The text behind a key, or an empty string when there is none to read."""
    pair = fields.pairs.get(key)
    scalar = scalar_of(pair, problems) if pair is not None else None
    return scalar.text.strip() if scalar is not None else ""


def word_of(fields: Fields, key: str, words: dict[str, str], problems: list[Problem]) -> str | None:
    """One of a few words, by its Chinese spelling; None when it is not there or not one of them."""
    pair = fields.pairs.get(key)
    scalar = scalar_of(pair, problems) if pair is not None else None
    if pair is None or scalar is None:
        return None
    chinese = {english: word for word, english in words.items()} | {word: word for word in words}
    text = scalar.text.strip()
    if text not in chinese:
        problems.append(
            UnknownWord(
                span=scalar.span,
                key=quoted(pair.name),
                word=quoted(text),
                near=nearest(text, chinese),
                allowed=tuple(words.values()) if fields.is_english else tuple(words),
            )
        )
    return chinese.get(text)


def date_of(fields: Fields, key: str, problems: list[Problem]) -> tuple[datetime.date, Span] | None:
    """The day behind a key and where it stands."""
    pair = fields.pairs.get(key)
    scalar = scalar_of(pair, problems) if pair is not None else None
    if scalar is None:
        return None
    day = read_date(half_width(scalar.text))
    if day is None:
        problems.append(_not_a_date(scalar))
        return None
    return day, scalar.span


def amount_of(pair: Pair, problems: list[Problem]) -> Amount | None:
    """The number behind a key."""
    scalar = scalar_of(pair, problems)
    if scalar is None:
        return None
    amount = read_amount(scalar.text)
    digits = digits_beyond_limit(scalar.text)
    if digits:
        problems.append(TooManyDigits(span=scalar.span, digits=digits, limit=DIGITS_LIMIT))
        return None
    if amount is None:
        problems.append(_not_a_number(scalar))
    return amount


def _readable_pairs(mapping: Mapping, problems: list[Problem]) -> Iterator[Pair | None]:
    """Each pair, or None where its key cannot be read and that has been reported."""
    pairs = list(mapping.pairs)
    at = 0
    while at < len(pairs):
        key, value = pairs[at]
        at += 1
        while (
            isinstance(value, Scalar | Refused) and at < len(pairs) and _is_digit_group(pairs, at)
        ):
            # In braces YAML reads `1,000` as the number 1 and a key `000`.
            value = Refused(join(value.span, pairs[at][0].span))
            at += 1
            if at == len(pairs) or not _is_digit_group(pairs, at):
                text = covered(value.span)
                problems.append(
                    NotANumber(span=value.span, text=quoted(text), likely=likely_number(text))
                )
        if isinstance(key, Refused):
            yield None
        elif not isinstance(key, Scalar):
            problems.append(KeyNotAWord(span=key.span, text=quoted(covered(key.span))))
            yield None
        elif key.is_plain and "：" in key.text:
            problems.append(_full_width_colon(key))
            yield None
        else:
            yield Pair(key.text.strip(), key, value)


def _is_digit_group(pairs: list[tuple[Node, Node]], at: int) -> bool:
    """Whether a key is three digits with nothing behind them, right after a digit and a comma."""
    key, value = pairs[at]
    if not isinstance(key, Scalar) or not is_nothing(value):
        return False
    before = key.span.source.text[max(0, key.span.start - 2) : key.span.start]
    return (
        re.fullmatch(r"[0-9],", before) is not None
        and re.fullmatch(r"[0-9]{3}(\.[0-9]+)?%?", key.text) is not None
    )


def _not_a_mapping(owner: str, node: Node) -> Problem:
    if isinstance(node, Scalar):
        if node.is_plain and "：" in node.text:
            return _full_width_colon(node)
        if is_nothing(node):
            return EmptyValue(span=node.span, key=quoted(owner))
    return NotAMapping(span=_beginning(node), key=quoted(owner))


def _full_width_colon(scalar: Scalar) -> Problem:
    span = scalar.span
    at = span.source.text.find("：", span.start, span.end)
    return FullWidthMark(span=Span(span.source, at, at + 1), mark="：", plain=":")


def _not_a_number(scalar: Scalar) -> Problem:
    text = scalar.text.strip()
    name, colon, _ = text.partition("：")
    if scalar.is_plain and colon and re.match(r"[^\W\d]", name):
        return _full_width_colon(scalar)
    return NotANumber(span=scalar.span, text=quoted(text), likely=likely_number(text))


def _not_a_date(scalar: Scalar) -> Problem:
    text = half_width(scalar.text)
    if found := _DATE.fullmatch(text):
        year, month, day = map(int, found.groups())
        # A leap year stands for all years: only the year is out of range then.
        if not FIRST_DAY.year <= year <= LAST_DAY.year and read_date(f"2000-{month:02}-{day:02}"):
            return DateOutOfRange(
                span=scalar.span, text=quoted(text), first=str(FIRST_DAY), last=str(LAST_DAY)
            )
    likely = ""
    if found := _LOOSE_DATE.fullmatch(text):
        guess = read_date("-".join(part.rjust(2, "0") for part in found.groups()))
        likely = str(guess) if guess is not None else ""
    return NotADate(span=scalar.span, text=quoted(scalar.text), likely=likely)


def _beginning(node: Node) -> Span:
    """The first line of a node: a whole block is no place to point at."""
    span = node.span
    end = span.source.text.find("\n", span.start, span.end)
    return Span(span.source, span.start, end if end >= 0 else span.end)
