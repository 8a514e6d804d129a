"""Why not, and what if: on a small policy, word for word and value by value; at the line, a step below and above it."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from dibao_policy import PolicyError, PolicyText, Snapshot, Source, compile_policy
from dibao_policy.lawcraft.what_if_found import WhatIf
from dibao_policy.lawcraft.what_if_words import what_if_text
from dibao_policy.values import number_text

RULES = """政策 示例县(example)
  依据 办法 = 《示例县低保办法》
枚举 用途(use) { 没有(none), 自用(own), 营运(hired) }
输入 家庭.存款(savings): 元  可变动
输入 家庭.机动车辆数(vehicles): 辆  默认 0辆  可变动
输入 家庭.车辆用途(vehicle_use): 用途  默认 没有  可变动
输入 家庭.承诺(pledge): 是否  默认 是  可变动
输入 家庭.迁入日(moved_in): 日期  默认 2000-01-01  可变动
输入 成员.工资(wage): 元/月  可变动
输入 成员.补贴(allowance): 元/月  默认 0元/月
输入 成员.年龄(age): 岁  默认 40岁
定义 家庭.人口(size): 人 = 人数(成员)
  依据 办法 第一条
定义 家庭.收入额(income): 元/月 = 合计(成员.工资) + 合计(成员.补贴)
  依据 办法 第一条
定义 家庭.人均收入(each): 元/人月 精确 = 收入额 ÷ 人口
  依据 办法 第一条
资格 家庭.低保(eligible)
  要求 收入: 人均收入 < 500元/人月
    否则 "人均收入 {人均收入} 不低于 500元/人月"
  要求 存款: 存款 ≤ 10000元
  要求 车辆: 机动车辆数 = 0辆
    例外 营运: 车辆用途 = 营运
  要求 承诺: 承诺
  要求 居住: 迁入日 ≤ 2023-06-30
  依据 办法 第二条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 500元/人月 × 人口 − 收入额
  依据 办法 第三条
分类施保 成员.增发(supplement): 元/月
  就高
  类别 高龄: 年龄 ≥ 70岁 且 低保 → 100元/月
  依据 办法 第四条
"""
DAY = datetime.date(2024, 1, 1)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("规则", RULES),), ())
    return compile_policy(text, lambda code: None).on(DAY)


def household(*wages: object, **facts: object) -> dict[str, Any]:
    return {"存款": 0, **facts, "成员": [{"工资": wage} for wage in wages]}


def turns(found: WhatIf) -> list[tuple[str, object, object, object]]:
    """Each path with its turn in smallest units, the value before it, and the difference."""
    return [(one.about.path, one.value, one.last, one.difference) for one in found.turns]


@pytest.mark.parametrize(
    ("wage", "holds", "value"),
    [("999.99", True, 100_000), ("1000", False, 99_999), ("1000.01", False, 99_999)],
)
def test_a_fen_below_the_line_on_it_and_above_it(
    snapshot: Snapshot, wage: str, holds: bool, value: int
) -> None:
    """Of two, each may have less than 500 yuan: 999.99 is granted and 1000 is not."""
    found = snapshot.what_if(household(wage, "0"))
    one = next(turn for turn in found.turns if turn.about.path == "成员[1].工资")
    there, beside = (
        household(number_text(Fraction(each) / 100), "0") for each in (value, one.last)
    )

    assert found.holds is holds
    assert one.value == value
    assert snapshot.decide(there)["低保"] is not holds
    assert snapshot.decide(beside)["低保"] is holds


def test_a_refusal_tells_the_nearest_value_of_each_fact_and_why_the_others_do_not_help(
    snapshot: Snapshot,
) -> None:
    found = snapshot.what_if(household("1200", "0"))
    fixed = [(one.about.path, one.unmet, one.meets) for one in found.fixed]

    assert turns(found) == [("成员[1].工资", 99_999, 100_000, -20_001)]
    (turn,) = found.turns
    assert [(one.rule.name, one.before, one.after) for one in turn.outcomes] == [
        ("低保", False, True),
        ("低保金", 0, 1),
    ]
    assert [(one.rule.origin.label, one.met) for one in turn.flips] == [("收入", True)]
    assert fixed == [
        (path, (("低保·收入", None),), ())
        for path in ("存款", "机动车辆数", "车辆用途", "承诺", "迁入日", "成员[2].工资")
    ]


def test_a_requirement_is_told_in_its_own_figures_and_for_the_whole_household(
    snapshot: Snapshot,
) -> None:
    (one,) = snapshot.what_if(household("1200.02", "0", "500")).requirements
    share, whole = one.distances

    assert one.reason == "人均收入 85,001/150元/人月（约 566.6733） 不低于 500元/人月"
    assert (share.over, share.least, share.whole) == (Fraction(20_002, 3), 6668, False)
    assert (whole.left_value, whole.right_value) == (170_002, 150_000)
    assert (whole.over, whole.least, whole.whole) == (20_002, 20_003, True)


def test_two_obstacles_are_both_told(snapshot: Snapshot) -> None:
    found = snapshot.what_if(household("1200", "0", 机动车辆数=2))
    told = {
        one.about.path: (
            [key[0] for key in one.unmet],
            [(met.rule.origin.label, met.value, [key[0] for key in met.still])
             for met in one.meets],
        )
        for one in found.fixed
    }  # fmt: skip

    assert found.turns == ()
    assert [one.rule.origin.label for one in found.requirements] == ["收入", "车辆"]
    assert told["成员[1].工资"] == (["低保·车辆"], [("收入", 99_999, ["低保·车辆"])])
    assert told["机动车辆数"] == (["低保·收入"], [("车辆", 0, ["低保·收入"])])
    # 营运 is the third of its values.
    assert told["车辆用途"] == (["低保·收入"], [("车辆", 2, ["低保·收入"])])
    assert told["存款"] == (["低保·收入", "低保·车辆"], [])


def test_facts_of_every_kind_turn(snapshot: Snapshot) -> None:
    alone = {"机动车辆数": "2", "承诺": False, "迁入日": "2023-07-01", "存款": "10000.01"}
    found = {
        name: turns(snapshot.what_if(household("0", **{name: value})))
        for name, value in alone.items()
    }

    assert found == {
        "机动车辆数": [("机动车辆数", 0, 1, -2), ("车辆用途", 2, None, None)],
        "承诺": [("承诺", True, None, None)],
        "迁入日": [("迁入日", 20230630, 20230701, -1)],
        "存款": [("存款", 1_000_000, 1_000_001, -1)],
    }


def test_a_grant_tells_how_far_each_fact_may_go(snapshot: Snapshot) -> None:
    found = snapshot.what_if(household("300", "0"))

    assert turns(found) == [
        ("存款", 1_000_001, 1_000_000, 1_000_001),
        ("机动车辆数", 1, 0, 1),
        ("承诺", False, None, None),
        ("迁入日", 20230701, 20230630, 8582),
        ("成员[1].工资", 100_000, 99_999, 70_000),
        ("成员[2].工资", 70_000, 69_999, 70_000),
    ]
    assert [one.about.path for one in found.fixed] == ["车辆用途"]


def test_an_amount_is_granted_where_it_is_above_zero(snapshot: Snapshot) -> None:
    found = snapshot.what_if(household("300", "0"), "低保金")

    assert (found.value, found.holds) == (70_000, True)
    assert ("成员[1].工资", 100_000, 99_999, 70_000) in turns(found)


def test_a_result_of_one_member_is_asked_with_the_member(snapshot: Snapshot) -> None:
    given = household("300", "0")
    given["成员"][1]["年龄"] = 75
    old, young = (snapshot.what_if(given, "增发", member) for member in (1, 0))

    assert old.holds and ("机动车辆数", 1, 0, 1) in turns(old)
    # Nothing that may be suggested makes anybody old.
    assert not young.holds and young.turns == ()
    assert all(one.unmet == () and one.meets == () for one in young.fixed)


@pytest.mark.parametrize(
    ("result", "member", "code"),
    [("增发", None, "D7902"), ("增发", 2, "D7903"), ("低保", 0, "D7903")],
)
def test_a_member_is_named_where_there_is_one_and_nowhere_else(
    snapshot: Snapshot, result: str, member: int | None, code: str
) -> None:
    with pytest.raises(PolicyError) as error:
        snapshot.what_if(household("0", "0"), result, member)

    assert [one.code for one in error.value.problems] == [code]


def test_a_household_with_a_fault_is_refused_as_ever(snapshot: Snapshot) -> None:
    with pytest.raises(PolicyError, match="D5"):
        snapshot.what_if({"成员": [{}]})


def test_the_text_in_chinese(snapshot: Snapshot) -> None:
    text = what_if_text(snapshot.what_if(household("1200", "0", 机动车辆数=1)))

    assert (
        text.split("\n\n", 1)[1]
        == """一、结论
  低保：否

二、没有通过的条件
  收入：人均收入 600元/人月 不低于 500元/人月
      人均收入 超出 100元/人月，再低 100.01元/人月 就符合这一条
      按全家算，收入额 超出 200元/月，再低 200.01元/月 就符合这一条
  车辆：机动车辆数 = 0辆 不成立，实际是 1辆 = 0辆，也不属于例外 营运
      机动车辆数 超出 1辆，再少 1辆 就符合这一条

三、只改一项，改成多少都不够
  机动车辆数 再少 1辆（0辆），车辆 就符合，但 收入 仍不符合
  车辆用途 为 营运（现在是 没有），车辆 就符合，但 收入 仍不符合
  成员1 工资 再低 200.01元/月（999.99元/月），收入 就符合，但 车辆 仍不符合
  存款、承诺、迁入日、成员2 工资：收入、车辆 仍不符合
"""
    )


def test_the_text_in_english(snapshot: Snapshot) -> None:
    text = what_if_text(snapshot.what_if(household("1012.50", "0")), "en")

    assert (
        text.split("\n\n", 1)[1]
        == """1. The result
  低保: no

2. Requirements that are not met
  收入
      人均收入 is over by 6.25元/人月, 6.26元/人月 lower meets this requirement
      for the whole household, 收入额 is over by 12.50元/月, 12.51元/月 lower meets this requirement

3. One fact changes, all others stay
  成员1 工资 12.51元/月 lower: it is granted; from 1,012.50元/月 to 999.99元/月
      then 收入 is met, 低保金 goes from 0元/月 to 0.01元/月

4. No value of one fact alone is enough
  存款, 机动车辆数, 车辆用途, 承诺, 迁入日, 成员2 工资: 收入 still not met
"""
    )
