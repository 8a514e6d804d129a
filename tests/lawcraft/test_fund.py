"""An amount split among the payers of a fund: always all of it, never more than a fen from the share."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dibao_policy import PolicyText, Source, compile_policy
from dibao_policy.core import ir
from dibao_policy.lawcraft.fund import split
from dibao_policy.text import Span


def fund(*shares: Fraction) -> ir.Fund:
    pairs = tuple((f"{place}", share) for place, share in enumerate(shares))
    return ir.Fund("资金", "", pairs, False, (), "", None, "", span=Span(Source("", ""), 0, 0))


@st.composite
def funds(draw: st.DrawFn) -> ir.Fund:
    parts = draw(st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
    return fund(*(Fraction(part, sum(parts)) for part in parts))


FEN = st.integers(-(10**12), 10**12)


@given(funds(), FEN)
def test_the_parts_are_the_amount_to_the_fen(one: ir.Fund, fen: int) -> None:
    parts = split(one, Decimal(fen) / 100)
    assert sum(parts.values()) == Decimal(fen) / 100
    for (_, share), part in zip(one.shares, parts.values(), strict=True):
        assert (part * 100) % 1 == 0
        assert abs(Fraction(part) * 100 - share * fen) < 1


@given(funds(), st.integers(0, 10**12))
def test_what_is_paid_back_is_what_was_paid(one: ir.Fund, fen: int) -> None:
    paid = split(one, Decimal(fen) / 100)
    back = split(one, -Decimal(fen) / 100)
    assert {payer: -part for payer, part in paid.items()} == back


@given(funds(), st.integers(0, 10**9))
def test_who_has_the_greater_share_never_pays_less(one: ir.Fund, fen: int) -> None:
    parts = list(split(one, Decimal(fen) / 100).values())
    for place, (_, share) in enumerate(one.shares):
        for other, (_, other_share) in enumerate(one.shares):
            if share > other_share or (share == other_share and place < other):
                assert parts[place] >= parts[other]


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        ("0", ("0", "0", "0")),
        ("0.01", ("0.01", "0", "0")),
        ("0.02", ("0.01", "0.01", "0")),
        ("0.03", ("0.01", "0.01", "0.01")),
        ("100", ("33.34", "33.33", "33.33")),
        ("-0.01", ("-0.01", "0", "0")),
    ],
)
def test_the_fen_that_are_left_go_to_those_who_stand_first(
    amount: str, parts: tuple[str, ...]
) -> None:
    thirds = fund(Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
    assert tuple(split(thirds, Decimal(amount)).values()) == tuple(map(Decimal, parts))


def test_the_fen_that_is_left_goes_to_the_share_that_was_cut_by_most() -> None:
    uneven = fund(Fraction(104, 1000), Fraction(896, 1000))
    # 10.4 and 89.6 fen: the second was cut by more.
    assert tuple(split(uneven, 1).values()) == (Decimal("0.1"), Decimal("0.9"))


@pytest.mark.parametrize("amount", [Decimal("0.001"), Fraction(1, 3), Decimal("NaN"), True, 0.5])
def test_what_is_no_whole_number_of_fen_is_refused(amount: object) -> None:
    with pytest.raises(ValueError, match=r"yuan|amount"):
        split(fund(Fraction(1)), amount)  # type: ignore[arg-type]


def test_a_fund_of_a_policy_is_that_of_the_day() -> None:
    rules = """政策 示例县(example)
资金 低保资金(fund)  省 50%, 县 50%
  至 2024-06-30
资金 低保资金(fund)  省 80%, 县 20%
  自 2024-07-01 起
"""
    policy = compile_policy(PolicyText("example", (Source("r", rules),), ()), lambda code: None)
    for day, province in (("2024-06-30", 50), ("2024-07-01", 80)):
        snapshot = policy.on(datetime.date.fromisoformat(day))
        assert split(snapshot.fund("低保资金"), 100) == {"省": province, "县": 100 - province}
