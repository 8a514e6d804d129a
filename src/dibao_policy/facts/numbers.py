"""Exact numbers from what may carry one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dibao_policy.values import exact_number


def read_number(value: object) -> Fraction | None:
    """An exact number from what may carry one; never from a float."""
    match value:
        case bool():
            return None
        case int() | Fraction():
            return Fraction(value)
        case Decimal():
            # A huge exponent would make a number of astronomical length.
            return Fraction(value) if value.is_finite() and abs(value.adjusted()) < 40 else None
        case str():
            return exact_number(value)
    return None
