"""Exact numbers: how they are read, rounded and written.

A number is a `fractions.Fraction`; nothing here, nor anywhere else in the package, is a binary float.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction

FEN = Fraction(1, 100)
DIGITS_LIMIT = 30

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Rounding(Enum):
    """How a number is brought to a whole multiple of a quantum."""

    HALF_UP = "四舍五入"
    UP = "进位"
    DOWN = "舍去"
    HALF_EVEN = "四舍六入五成双"


ROUNDING_NAMES: dict[str, Rounding] = {
    "四舍五入": Rounding.HALF_UP,
    "half_up": Rounding.HALF_UP,
    "进位": Rounding.UP,
    "up": Rounding.UP,
    "舍去": Rounding.DOWN,
    "down": Rounding.DOWN,
    "四舍六入五成双": Rounding.HALF_EVEN,
    "half_even": Rounding.HALF_EVEN,
}


def exact_number(text: str) -> Fraction | None:
    """The number a text spells in plain decimal digits, or None when it spells none.

    Grouping commas, exponents, leading zeros and signs other than one minus are not plain.
    """
    if len(text) > 2 * DIGITS_LIMIT or not _NUMBER.fullmatch(text):
        return None
    return Fraction(text)


def round_to(value: Fraction, quantum: Fraction, mode: Rounding) -> Fraction:
    """Round to a multiple of `quantum`.

    `进位` goes toward positive infinity and `舍去` toward negative infinity;
    `四舍五入` takes a half toward positive infinity, `四舍六入五成双` to the even neighbor.
    """
    if quantum == 1 and value.denominator == 1:
        return value
    ratio = value / quantum
    match mode:
        case Rounding.HALF_UP:
            whole = (2 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
        case Rounding.UP:
            whole = -((-ratio.numerator) // ratio.denominator)
        case Rounding.DOWN:
            whole = ratio.numerator // ratio.denominator
        case Rounding.HALF_EVEN:
            whole = round(ratio)
    return whole * quantum


def number_text(value: Fraction, places: int = 0) -> str:
    """A number in decimal digits with at least `places` decimals.

    A number without a finite decimal expansion is written as `numerator/denominator`, never cut.
    """
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    decimals = max(places, twos, fives)
    scaled = abs(value.numerator) * 10**decimals // value.denominator
    digits = str(scaled).rjust(decimals + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def exact_decimal(value: Fraction) -> Decimal | None:
    """The same number as a `Decimal`, or None when its decimal expansion does not end."""
    text = number_text(value)
    return None if "/" in text else Decimal(text)
