"""Exact numbers from what may carry one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dibao_policy.values import exact_number

# Far beyond every range; Python refuses to print integers of thousands of digits.
SIZE_LIMIT = 10**40


def read_number(value: object) -> Fraction | None:
    """An exact number from what may carry one; never from a float."""
    match value:
        case bool():
            return None
        case int() | Fraction():
            size = max(abs(value.numerator), value.denominator)
            return Fraction(value) if size < SIZE_LIMIT else None
        case Decimal():
            # A huge exponent would make a number of astronomical length.
            return Fraction(value) if value.is_finite() and abs(value.adjusted()) < 40 else None
        case str():
            return exact_number(value)
    return None
