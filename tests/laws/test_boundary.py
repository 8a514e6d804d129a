"""On the line is not below the line: 200,000 households with exactly the standard, none of them eligible.

Computed with binary floating point, some hundreds of such households come out eligible.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import product

import pytest

from dibao_policy.model.layers import PolicyText
from dibao_policy.policy import compile_policy
from dibao_policy.text import Source

# Monthly standards as cities published them over the years, in yuan.
STANDARDS = (
    195, 208, 230, 245, 260, 275, 290, 310, 315, 330, 350, 365, 380, 410, 425, 450, 480, 505, 530,
    556, 580, 600, 624, 640, 665, 690, 710, 735, 757, 780, 810, 825, 850, 870, 915, 960, 1005, 1050,
)  # fmt: skip
SIZES = range(1, 13)
HOUSEHOLDS = 200_000
RULES = """政策 界线县(line)
  依据 办法 = 《界线县办法》
输入 家庭.低保标准: 元/人月
输入 成员.工资: 元/月
定义 家庭.家庭收入: 元/月 = 合计(成员.工资)
定义 家庭.人均收入: 元/人月 精确 = 家庭收入 ÷ 人数(成员)
资格 家庭.低保
  要求 收入: 人均收入 < 低保标准
  依据 办法 第一条
"""
Decide = Callable[[int, list[int]], int]


@pytest.fixture(scope="module")
def decide() -> Decide:
    """The generated function, from a standard and the members' wages in fen."""
    text = PolicyText("line", (Source("line.dibao", RULES),), ())
    snapshot = compile_policy(text, lambda code: None).on(datetime.date(2024, 1, 1))
    generated = snapshot.compiled.generated
    place = snapshot.compiled.outputs["低保"].position

    def run(standard: int, wages: list[int]) -> int:
        return generated.function(0, len(wages), 20240101, standard, wages)[place]

    return run


def _households() -> list[tuple[int, list[int]]]:
    """Standards to the fen, and wages that come to exactly the standard for each person, split unevenly."""
    found = []
    rounds = -(-HOUSEHOLDS // (len(STANDARDS) * len(SIZES)))
    for extra, standard, size in product(range(rounds), STANDARDS, SIZES):
        fen = standard * 100 + extra
        rest = fen * size
        wages = [rest * 2 // 7, *[0] * (size - 2)] if size > 1 else []
        found.append((fen, [*wages, rest - sum(wages)]))
    return found[:HOUSEHOLDS]


def test_on_the_line_nobody_is_eligible_and_a_fen_below_it_everybody_is(decide: Decide) -> None:
    on_the_line = below_the_line = 0
    households = _households()
    for standard, wages in households:
        on_the_line += decide(standard, wages)
        wages[-1] -= 1
        below_the_line += decide(standard, wages)

    assert (len(households), on_the_line, below_the_line) == (HOUSEHOLDS, 0, HOUSEHOLDS)
