"""Published calculations of the shortfall benefit, through a policy in our language."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from dibao_policy import PolicyText, Snapshot, Source, compile_policy

RULES = """政策 算例(example)
  依据 条例 = 《城市居民最低生活保障条例》 文号 "国务院令第271号"
输入 家庭.标准(standard): 元/人月
输入 家庭.家庭收入(income): 元/月
定义 家庭.人口(size): 人 = 人数(成员)
资格 家庭.低保(eligible)
  要求 收入: 家庭收入 ÷ 人口 < 标准
  依据 条例 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人口 − 家庭收入
  取整 到 1元/月 进位
  依据 条例 第八条
"""

# standard, persons, income of the household, benefit, where it is published
PUBLISHED = [
    pytest.param(400, 3, 900, 300, id="national social-worker exam 2013 (5tiku.com/show-261615)"),
    pytest.param(600, 3, 600, 1200, id="lawyer's answer (lawparks.com, monthly dibao)"),
    pytest.param(500, 1, 400, 100, id="exam (fudaoke.com/exam/2641725)"),
    pytest.param(600, 3, 1000, 800, id="calculation (mlnxb.com/xfsh/xinli/3yvndd)"),
    # The per-capita figure first, and multiplied back, would give 3 in floating point.
    pytest.param(632, 3, 1894, 2, id="field software of a township: rounding up to the yuan"),
]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("rules", RULES),), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2024, 1, 1))


@pytest.mark.parametrize(("standard", "persons", "income", "benefit"), PUBLISHED)
def test_a_published_calculation(
    snapshot: Snapshot, standard: int, persons: int, income: int, benefit: int
) -> None:
    given: dict[str, Any] = {"标准": standard, "家庭收入": income, "成员": [{}] * persons}

    assert snapshot.decide(given)["低保金"] == Decimal(benefit)
