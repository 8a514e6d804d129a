"""The curve of a household: held against the fen of real policies, and told for small ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile_policy, load
from dibao_policy.lawcraft.curve import curve
from dibao_policy.lawcraft.curve_model import Curve, lost_share, value_at
from dibao_policy.policy import Snapshot

POLICIES = Path(__file__).parents[2] / "policies"
FEN = Fraction(1, 100)
FAMILY: dict[str, Any] = {
    "机动车辆数": 0,
    "住房套数": 1,
    "金融资产": 0,
    "成员": [
        {"称呼": "户主", "出生日期": "1972-04-18", "在业": True, "工资收入": 0},
        {"称呼": "妻子", "出生日期": "1974-08-25", "在业": False, "工资收入": 0},
        {"称呼": "儿子", "出生日期": "2004-05-09", "在业": False, "工资收入": 0},
    ],
}
REAL = [
    ("daqing", "2011-08-01", {"区县": "萨尔图区"}, ("每月合计", "就业渐退金"), 2000),
    ("shanghai", "2016-08-01", {}, ("低保金",), 4000),
    ("beijing", "2011-08-01", {}, ("每月合计",), 2500),
]


def told(policy: str, day: str, more: dict[str, Any], results: tuple[str, ...], to: int) -> Curve:
    snapshot = load(POLICIES / policy).on(datetime.date.fromisoformat(day))
    return curve(
        snapshot, {**FAMILY, **more}, "户主.工资收入", Fraction(0), Fraction(to), results=results
    )


def fen_to_try(found: Curve, deep: bool) -> Iterator[Fraction]:
    """Every fen around each turn and at the ends, with `--deep` to fifty yuan on either side; some between them."""
    last = int(found.axis.last / FEN)
    reach = 5000 if deep else 150
    near = {int(turn.before / FEN) for turn in found.turns} | {0, last}
    for place in range(last + 1):
        if place % 97 == 0 or any(abs(place - one) < reach for one in near):
            yield place * FEN


@pytest.mark.parametrize(
    ("policy", "day", "more", "results", "to"), REAL, ids=[row[0] for row in REAL]
)
def test_every_fen_of_a_real_policy_is_what_the_curve_says(
    policy: str, day: str, more: dict[str, Any], results: tuple[str, ...], to: int, deep: bool
) -> None:
    found = told(policy, day, more, results, to)
    before: tuple[Fraction, Fraction] | None = None
    cliffs: dict[Fraction, Fraction] = {}
    for wage in fen_to_try(found, deep):
        people = [{**FAMILY["成员"][0], "工资收入": wage}, *FAMILY["成员"][1:]]
        decision = found.snapshot.decide({**FAMILY, **more, "成员": people})
        total = wage
        for one in found.components:
            value = Fraction(decision[one.name])  # type: ignore[arg-type]
            assert value_at(found.axis, one.pieces, wage) == value, (one.name, wage)
            total += value
        assert value_at(found.axis, found.total, wage) == total
        if before is not None and wage == before[0] + FEN and before[1] - total > found.small_fall:
            cliffs[wage] = before[1] - total
        before = wage, total

    assert cliffs == {turn.after: turn.loss for turn in found.cliffs}
    assert cliffs


def test_daqing_takes_seventy_fen_of_a_yuan_and_then_the_sons_supplement() -> None:
    found = told(*REAL[0])

    assert [
        (piece.first, piece.last, lost_share(found, piece), piece.shape) for piece in found.total
    ] == [
        (0, Fraction("1448.57"), Fraction(7, 10), "stairs"),
        (Fraction("1448.58"), Fraction("1757.13"), 0, "line"),
        (Fraction("1757.14"), 2000, 0, "line"),
    ]
    (cliff,) = found.cliffs
    assert (cliff.before, cliff.after) == (Fraction("1757.13"), Fraction("1757.14"))
    # 33.80 less, and a fen more of wage.
    assert cliff.loss == Fraction("33.79")
    assert [(one.rule, one.clause, one.part, one.holds) for one in cliff.reasons] == [
        ("低保", "要求", "收入", False)
    ]
    # The benefit goes by whole yuan: with the fen that makes it a yuan less, 99 fen are lost.
    assert found.small_fall == Fraction("0.99")
    assert found.aside == (("两费减免", "元/年"),)


# ── small policies ────────────────────────────────────────────────────────

HEAD = """政策 示例县(example)
输入 成员.工资收入(wage): 元/月  范围 0元/月 .. 10万元/月
输入 成员.优抚待遇(pension): 元/月  默认 0元/月
输入 家庭.存款(savings): 元  默认 0元
收入 成员.可计收入(countable): 元/月
  计入 工资收入
  免计 优抚待遇
  依据 未核实 "示例"
定义 家庭.家庭收入(income): 元/月 = 合计(成员.可计收入)
  依据 未核实 "示例"
"""


def small(rules: str) -> Snapshot:
    text = PolicyText("example", (Source("rules", HEAD + rules),), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2024, 1, 1))


def one(
    rules: str, to: int = 1000, over: str = "甲.工资收入", wage: object = "?", **more: Any
) -> Curve:
    """What the household says of the number that moves does not matter."""
    household = {"成员": [{"称呼": "甲", "工资收入": wage, "优抚待遇": "30.50"}, {"工资收入": 10}]}
    return curve(small(rules), household, over, Fraction(0), Fraction(to), **more)


GAP = """救助 家庭.低保金(benefit): 元/月
  金额 较大(500元/月 − 家庭收入, 0元/月)
  依据 未核实 "示例"
"""


def test_what_is_exempt_is_own_income_as_well() -> None:
    found = one(GAP)

    assert found.own_facts == ("工资收入", "优抚待遇")
    assert found.total[0].at_first == 490 + 10 + Fraction("30.50")
    assert [(piece.first, piece.last, piece.slope) for piece in found.total] == [
        (0, 490, 0),
        (Fraction("490.01"), 1000, 1),
    ]
    assert found.cliffs == ()
    (kink,) = found.kinks
    assert [(reason.rule, reason.holds) for reason in kink.reasons] == [("低保金", None)]


def test_own_income_is_what_is_said_to_be_it() -> None:
    assert one(GAP, own=["wage"]).total[0].at_first == 500
    assert one(GAP, own=["无"]).total[0].at_first == 490
    assert lost_share(one(GAP, own=["无"]), one(GAP, own=["无"]).total[0]) is None


def test_a_band_of_one_fen_is_found() -> None:
    """No grid of yuan would see it."""
    found = one(
        """救助 家庭.奖励(award): 元/月
  当 家庭收入 ≥ 333.33元/月 且 家庭收入 < 333.34元/月
  金额 700元/月
  依据 未核实 "示例"
"""
    )

    assert [(turn.before, turn.after, turn.loss) for turn in found.turns] == [
        (Fraction("323.32"), Fraction("323.33"), Fraction("-700.01")),
        (Fraction("323.33"), Fraction("323.34"), Fraction("699.99")),
    ]
    assert [turn.is_cliff for turn in found.turns] == [False, True]


def test_a_product_of_two_moving_numbers_is_a_curve_and_has_no_slope() -> None:
    found = one(
        """救助 成员.奖励(award): 元/月
  金额 可计收入 × (可计收入 ÷ 2000元/月)
  依据 未核实 "示例"
""",
        to=100,
    )
    (piece,), (other,) = (component.pieces for component in found.components)
    assert (other.shape, other.at_first) == ("line", Fraction("0.05"))

    assert (piece.shape, piece.slope, piece.at_first, piece.at_last) == (
        "curve",
        None,
        0,
        5,
    )


def test_an_input_that_is_no_income_of_the_month_has_no_lost_share() -> None:
    found = one(
        GAP
        + """救助 家庭.补贴(grant): 元/月
  当 存款 ≤ 2000元
  金额 100元/月
  依据 未核实 "示例"
""",
        to=5000,
        over="存款",
        wage=1000,
        results=["补贴"],
    )

    assert not found.axis.is_own
    assert [lost_share(found, piece) for piece in found.total] == [None, None]
    (cliff,) = found.cliffs
    assert (cliff.after, cliff.loss) == (Fraction("2000.01"), 100)


def test_a_step_of_a_yuan_goes_by_yuan() -> None:
    found = one(GAP, step=Fraction(1))

    assert [(piece.first, piece.last) for piece in found.total] == [(0, 490), (491, 1000)]


def test_two_amounts_that_count_the_same_money_are_not_added() -> None:
    with pytest.raises(PolicyError, match="D7708"):
        one(GAP + '救助 家庭.合计额(all): 元/月\n  金额 低保金\n  依据 未核实 "示例"\n')
