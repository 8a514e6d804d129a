"""The text of a number in a parameter file: `410`, `20%`, `410元/人月`."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from dibao_policy.values import DIGITS_LIMIT, exact_number, number_text

# One character for one, so that a place in the text stays a place in the text.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％：／－−，", "0123456789.%:/--,")
_PARTS = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) *(%|[^\W\d_][^\W\d_·/]*(?:[·/][^\W\d_]+)*)?")
# A digit after `e` is an exponent, and an exponent is not a unit: no unit holds digits.
_SHORT_EXPONENT = re.compile(r"([1-9](?:\.[0-9]+)?)[eE]\+?([0-9])")


@frozen
class Amount:
    """A number with what is written after it; `20%` is the number 1/5."""

    number: Fraction
    is_percent: bool
    unit_text: str


def half_width(text: str) -> str:
    """Full-width digits and marks as the half-width ones that they stand for."""
    return text.strip().translate(_HALF_WIDTH)


def read_amount(text: str) -> Amount | None:
    """The amount that a text spells in plain digits, or None."""
    found = _PARTS.fullmatch(half_width(text))
    if found is None:
        return None
    number = exact_number(found.group(1))
    if number is None:
        return None
    suffix = found.group(2) or ""
    if suffix == "%":
        return Amount(number / 100, True, "")
    return Amount(number, False, suffix)


def digits_beyond_limit(text: str) -> int:
    """How many digits a number has, when they are more than are computed with; otherwise 0."""
    found = _PARTS.fullmatch(half_width(text))
    digits = sum(character.isdigit() for character in found.group(1)) if found else 0
    return digits if digits > DIGITS_LIMIT else 0


def likely_number(text: str) -> str:
    """The plain spelling of a number written in another notation, or an empty string."""
    plain = half_width(text)
    if len(plain) > DIGITS_LIMIT:
        return ""
    if short := _SHORT_EXPONENT.fullmatch(plain):
        return number_text(Fraction(short.group(1)) * 10 ** int(short.group(2)))
    if not re.fullmatch(r"[+-]?[0-9]+(?:[,_][0-9]{3,4})*(?:\.[0-9]*)?%?|\.[0-9]+%?", plain):
        return ""
    plain = re.sub(r"[,_+]", "", plain)
    plain = re.sub(r"^(-?)0+(?=[0-9])", r"\1", plain)
    plain = re.sub(r"\.(?=%?$)", "", plain)
    plain = "0" + plain if plain.startswith(".") else plain
    return plain if read_amount(plain) is not None else ""


def amount_text(number: Fraction, is_percent: bool, unit_text: str) -> str:
    """An amount as it is written: with a percent sign, or with its unit if it has one."""
    if is_percent:
        return f"{number_text(number * 100)}%"
    return number_text(number) + unit_text
