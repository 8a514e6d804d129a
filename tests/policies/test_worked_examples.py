"""Published calculations of the shortfall benefit, through a policy in our language.

`worked_examples.json` holds them, each with where it is published; amounts are in yuan a month.
`income` is that of the whole household, `exempt` the part of it that is not counted.
"""

from __future__ import annotations

import datetime
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, PolicyText, Source, compile_policy, load

ROOT = Path(__file__).parents[2]
PUBLISHED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "worked_examples.json").read_text("utf-8")
)

RULES = """政策 算例(example)
  依据 条例 = 《城市居民最低生活保障条例》 文号 "国务院令第271号"
输入 家庭.标准(standard): 元/人月
输入 成员.收入(income): 元/月
输入 成员.奖励(exempt): 元/月
定义 家庭.人口(size): 人 = 人数(成员)
收入 成员.可计收入: 元/月
  计入 收入
  免计 奖励
  依据 条例 第二条
定义 家庭.家庭收入: 元/月 = 合计(成员.可计收入)
资格 家庭.低保(eligible)
  要求 收入: 家庭收入 ÷ 人口 < 标准
  依据 条例 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人口 − 家庭收入
  取整 到 1元/月 进位
  依据 条例 第八条
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return compile_policy(PolicyText("example", (Source("rules", RULES),), ()), lambda code: None)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["id"])
def test_a_published_calculation(policy: Policy, case: dict[str, Any]) -> None:
    head = {"income": case["income"] - case["exempt"], "exempt": case["exempt"]}
    others = [{"income": 0, "exempt": 0}] * (case["persons"] - 1)
    given = {"standard": case["standard"], "members": [head, *others]}

    assert policy.on(datetime.date(2024, 1, 1)).decide(given)["benefit"] == case["benefit"]


def test_every_published_calculation_says_where_it_is_published() -> None:
    assert len({case["id"] for case in PUBLISHED}) == len(PUBLISHED)
    assert all(case["source"].startswith("http") and case["basis"] for case in PUBLISHED)


def test_daqing_raised_both_lines_by_thirty_percent_half_up() -> None:
    """The report states the raise too: 315 × 1.30 = 409.50, so 410; 260 × 1.30 = 338."""
    daqing = load(ROOT / "policies" / "daqing")
    before, after = (
        {table.name: table.values for table in daqing.on(day).compiled.program.tables}
        for day in (datetime.date(2010, 12, 31), datetime.date(2011, 1, 1))
    )
    for name in ("认定标准", "基本生活保障标准"):
        # One value for each of the five districts, in fen.
        assert len(before[name]) == len(after[name]) == 5
        for old, new in zip(before[name], after[name], strict=True):
            raised = Decimal(int(old)) / 100 * Decimal("1.30")

            assert raised.quantize(Decimal(1), ROUND_HALF_UP) == new / 100
