"""A fund and an amount, to what each payer pays of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.values import FEN, exact_decimal


def split(fund: ir.Fund, amount: int | Decimal | Fraction) -> dict[str, Decimal]:
    """What each payer pays of an amount in yuan, to the fen, by payer in the order of the fund.

    The parts always add up to the amount. Each payer first pays the share rounded down to the fen; the fen that
    are left go one each to the payers whose share was cut by most, of equals to the one that stands first.
    An amount to be paid back (below zero) is split like its opposite.
    Raises `ValueError` for an amount that is no whole number of fen.
    """
    if isinstance(amount, bool) or not isinstance(amount, (int, Decimal, Fraction)):
        raise ValueError(f"an amount is an int, a Decimal or a Fraction of yuan, not {amount!r}")
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise ValueError(f"{amount} is no amount")
    fen = Fraction(amount) / FEN
    if fen.denominator != 1:
        raise ValueError(f"{amount} yuan is no whole number of fen")
    whole = abs(fen.numerator)
    exact = [whole * share for _, share in fund.shares]
    parts = [one.numerator // one.denominator for one in exact]
    by_loss = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_loss[: whole - sum(parts)]:
        parts[place] += 1
    sign = -1 if fen < 0 else 1
    return {payer: _yuan(sign * part) for (payer, _), part in zip(fund.shares, parts, strict=True)}


def _yuan(fen: int) -> Decimal:
    yuan = exact_decimal(fen * FEN)
    # A whole number of fen has two decimals at most.
    assert yuan is not None
    return yuan
