"""Units: how they are spelled, and what they are as dimensions.

A value is kept in the smallest unit of each dimension (money in fen), so that it is whole wherever it can be.
A month and a year are different dimensions: `12月/年` converts, nothing else does.
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction

from attrs import frozen

# Each word of a unit: its dimension, and what one of it is in that dimension's smallest unit.
UNIT_WORDS: dict[str, tuple[str, int]] = {
    "万元": ("money", 1_000_000),
    "元": ("money", 100),
    "角": ("money", 10),
    "分": ("money", 1),
    "平方米": ("area", 1),
    "辆": ("vehicle", 1),
    "套": ("dwelling", 1),
    "次": ("occasion", 1),
    "人": ("person", 1),
    "名": ("place", 1),
    "岁": ("age", 1),
    "月": ("month", 1),
    "年": ("year", 1),
    "日": ("day", 1),
}

_SYNONYMS = {
    "yuan": "元", "jiao": "角", "fen": "分", "person": "人", "place": "名", "month": "月", "year": "年", "day": "日",
    "m2": "平方米", "个月": "月",
}  # fmt: skip

_WORD = re.compile("|".join(sorted((*UNIT_WORDS, *_SYNONYMS), key=len, reverse=True)))

# The word that shows a dimension, in the order in which a unit is written.
_SHOWN = {
    "money": "元", "area": "平方米", "vehicle": "辆", "dwelling": "套", "occasion": "次",
    "person": "人", "place": "名", "age": "岁", "month": "月", "year": "年", "day": "日",
}  # fmt: skip
_ORDER = tuple(_SHOWN)


@frozen
class Unit:
    """Exponents by dimension, those that are zero left out, in the order of writing."""

    powers: tuple[tuple[str, int], ...]


NO_UNIT = Unit(())


def _unit(powers: dict[str, int]) -> Unit:
    return Unit(tuple((name, powers[name]) for name in _ORDER if powers.get(name)))


# Far longer than any unit, `万元/平方米月`: a bound on the work that a text can ask for.
LENGTH_LIMIT = 40


@functools.cache
def read_unit(text: str) -> tuple[Unit, int | Fraction] | None:
    """A unit from its text, `元/人月`, and what one of it is in smallest units; None where it is no unit."""
    if len(text) > LENGTH_LIMIT:
        return None
    above, line, below = text.partition("/")
    powers: dict[str, int] = {}
    scale = Fraction(1)
    for part, power in ((above, 1), (below, -1)):
        words = _WORD.findall(part)
        if "".join(words) != part or (not words and (power == 1 or line)):
            return None
        for word in words:
            dimension, size = UNIT_WORDS[_SYNONYMS.get(word, word)]
            powers[dimension] = powers.get(dimension, 0) + power
            scale *= Fraction(size) ** power
    return _unit(powers), scale


def is_unit_text(text: str) -> bool:
    """Whether a text spells a unit."""
    return read_unit(text) is not None


def unit_words_shown() -> tuple[str, ...]:
    """The units, as a message lists them."""
    return tuple(f"`{word}`" for word in UNIT_WORDS)


@functools.cache
def unit_text(unit: Unit) -> str:
    """A unit as it is written; 比例 where there is none."""
    above = "".join(_SHOWN[name] * power for name, power in unit.powers if power > 0)
    below = "".join(_SHOWN[name] * -power for name, power in unit.powers if power < 0)
    if not unit.powers:
        return "比例"
    return f"{above or '1'}/{below}" if below else above


def multiply(first: Unit, second: Unit, sign: int = 1) -> Unit:
    """The unit of a product, or of a quotient where `sign` is −1."""
    powers = dict(first.powers)
    for name, power in second.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return _unit(powers)


def without_person(unit: Unit) -> Unit:
    """The unit as one member sees it: one person is 1."""
    return Unit(tuple(pair for pair in unit.powers if pair[0] != "person"))


def is_money(unit: Unit) -> bool:
    """Whether a value of this unit is an amount of money, by whatever it is paid."""
    return ("money", 1) in unit.powers


def shown_scale(unit: Unit) -> Fraction:
    """What one of the unit that is shown (yuan for money) is in smallest units."""
    power = dict(unit.powers).get("money", 0)
    return Fraction(100) ** power


def grain(unit: Unit) -> Fraction:
    """The smallest step in which a fact of this unit is given, in smallest units.

    Money goes by the fen, an area by a hundredth of a square meter, a ratio by a ten-thousandth;
    everything else is counted whole.
    """
    if not unit.powers:
        return Fraction(1, 10_000)
    if unit.powers[0] == ("area", 1):
        return Fraction(1, 100)
    return Fraction(1)
