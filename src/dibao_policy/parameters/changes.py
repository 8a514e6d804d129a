"""Whether a step from one number to the next may stand without a reason."""

from __future__ import annotations

from fractions import Fraction

from dibao_policy.values import Rounding, number_text, round_to

# A slip often comes with a true rise: up to 10 % more than ten times is still a digit too many.
_DIGIT_TOLERANCE = Fraction(10, 100)
_YEAR_TOLERANCE = Fraction(8, 100)


def needs_reason(old: Fraction, new: Fraction, guard: Fraction) -> bool:
    """Whether a step is a fall, a rise beyond the guard, or a step away from zero."""
    return new < old or new - old > guard * abs(old)


def change_text(old: Fraction, new: Fraction, above: Fraction) -> str:
    """The size of a change in percent, with at least the decimals that show it above a share.

    A number cut short is marked `≈`; a change by 50.0002% never reads as 50% beyond 50%.
    """
    change = abs(new - old) / abs(old) * 100
    rounded = change
    # Numbers have at most 30 digits, so two that differ do so within 80 decimals.
    for places in range(2, 80, 2):
        rounded = round_to(change, Fraction(1, 10**places), Rounding.HALF_UP)
        if rounded > above * 100:
            break
    sign = "" if rounded == change else "≈"
    return f"{sign}{number_text(rounded)}%"


def looks_tenfold(smaller: Fraction, greater: Fraction) -> str:
    """`10` or `100` when one number is about that many times another, or an empty string."""
    for factor in (10, 100):
        if _is_about(smaller, greater, factor, _DIGIT_TOLERANCE):
            return str(factor)
    return ""


def looks_yearly(smaller: Fraction, greater: Fraction) -> str:
    """`12` when one number is about twelve times another, or an empty string."""
    return "12" if _is_about(smaller, greater, 12, _YEAR_TOLERANCE) else ""


def _is_about(smaller: Fraction, greater: Fraction, factor: int, tolerance: Fraction) -> bool:
    return smaller > 0 and abs(greater / smaller / factor - 1) <= tolerance
