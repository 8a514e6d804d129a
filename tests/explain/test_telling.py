"""`告知`: what a policy keeps from a citizen's notice, leaves out, or tells only where it matters; and who reads what.

One policy, told to the three audiences: each line below is there for some of them and not for others.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dibao_policy import Source
from dibao_policy.explain.notices.document import Audience, Notice
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.tongues import notice_in
from dibao_policy.model.layers import PolicyText
from dibao_policy.policy import Policy, compile_policy

from .adding import lines

RULES = """政策 示例县(example)
  自 2024-01-01 起
  依据 办法 = 《示例县低保办法》

枚举 复核(review_kind) { 不复核(none), 先复核(first) }

输入 家庭.收入额(income): 元/月  问 "全家每月收入多少元？"
输入 家庭.车辆数(cars): 辆  问 "几辆车？"
输入 家庭.代步车(for_a_disability): 是否  默认 否  问 "是不是残疾人代步车？"
输入 家庭.有举报(reported): 是否  默认 否  问 "有没有举报？"

定义 家庭.风险系数(risk_factor): 比例 = 如果 有举报 那么 50% 否则 100%
  告知 内部
  依据 办法 第九条

定义 家庭.一半收入(half): 元/月 = 收入额 × 50%
  依据 办法 第二条

定义 家庭.可计收入(countable): 元/月 = 一半收入 + 20元/月
  告知 略过
  依据 办法 第二条

资格 家庭.低保(eligible)
  要求 收入: 可计收入 < 600元/月
  要求 车辆: 车辆数 = 0辆
    例外 代步: 代步车
  要求 风险: 风险系数 > 10%
  依据 办法 第三条

择一 家庭.复核结果(review): 复核
  告知 起作用时
  依次
  情形 有举报: 有举报 → 先复核
  其余 → 不复核
  依据 办法 第九条

救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 600元/月 − 可计收入
  依据 办法 第五条

救助 家庭.调整金(adjusted): 元/月
  当 低保
  金额 10元/月 × 风险系数
  依据 办法 第五条

救助 家庭.内部金(kept_to_staff): 元/月
  告知 内部
  当 低保
  金额 7元/月
  依据 办法 第五条

核查 家庭.举报要核实(check_report): 有举报  处理 入户核实
  依据 办法 第九条
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return compile_policy(PolicyText("example", (Source("rules", RULES),), ()), lambda code: None)


def told(policy: Policy, audience: Audience, **facts: Any) -> Notice:
    household = {"收入额": 100, "车辆数": 0, "成员": [{}], **facts}
    snapshot = policy.on(datetime.date(2024, 6, 1))
    return notice_in("zh", snapshot.explain(household), audience)


def starts(notice: Notice, beginning: str) -> bool:
    return any(line.text.startswith(beginning) for line in lines(notice))


@pytest.mark.parametrize(
    ("audience", "reads_it"), [("citizen", False), ("case_worker", True), ("auditor", True)]
)
def test_what_is_internal_is_not_in_a_citizens_notice(
    policy: Policy, audience: Audience, reads_it: bool
) -> None:
    """Neither under its own name, nor in the formula of what was computed from it."""
    text = notice_text(told(policy, audience))

    assert ("风险系数" in text) is reads_it
    assert ("内部金" in text) is reads_it
    # What rests on it is told all the same.
    assert "调整金：每月 10 元" in text
    assert "风险" in text


def test_what_is_skipped_gives_its_place_to_what_it_rests_on(policy: Policy) -> None:
    citizen, auditor = (told(policy, audience) for audience in ("citizen", "auditor"))

    assert starts(citizen, "其中，一半收入 50元/月")
    assert not starts(citizen, "其中，可计收入")
    assert starts(auditor, "其中，可计收入 70元/月")


@pytest.mark.parametrize(("reported", "reads_it"), [("否", False), ("是", True)])
def test_what_is_told_where_it_matters_is_not_told_where_it_is_nothing(
    policy: Policy, reported: str, reads_it: bool
) -> None:
    assert starts(told(policy, "citizen", 有举报=reported), "复核结果") is reads_it
    assert ("复核结果" in notice_text(told(policy, "auditor", 有举报=reported))) is True


@pytest.mark.parametrize(
    ("audience", "reads_it"), [("citizen", False), ("case_worker", True), ("auditor", True)]
)
def test_only_staff_read_what_has_to_be_looked_into(
    policy: Policy, audience: Audience, reads_it: bool
) -> None:
    text = notice_text(told(policy, audience, 有举报="是"))

    assert ("举报要核实：入户核实" in text) is reads_it
    assert ("需要核查的事项" in text) is reads_it


def test_a_condition_met_through_an_exception_does_not_read_as_not_met(policy: Policy) -> None:
    (line,) = (
        one
        for one in lines(told(policy, "citizen", 车辆数=1, 代步车="是"))
        if one.text.startswith("车辆：")
    )

    assert line.mark == "met"
    assert "应当" not in line.text
    assert "属于例外 代步" in line.text
