"""What no day of a policy can look up is no slip; what any can is one."""

from __future__ import annotations

from dibao_policy.compile import Passed, run_passes
from dibao_policy.lawcraft.mutants import Mutant, mutants
from dibao_policy.model.layers import PolicyText
from dibao_policy.text import Source

RULES = """政策 示例县(example)
  自 2020-01-01 至 2023-12-31
  依据 办法 = 《示例县低保办法》
枚举 类别(kind) { 甲(a), 乙(b), 丙(c) }
枚举 区县(district) { 东区(east), 西区(west) }
输入 家庭.区县: 区县
输入 家庭.收入额(income): 元/月
参数 标准(line): 元/月
参数 期限(term): 月  按 类别
参数 补贴(allowance): 元/月  按 类别, 区县
参数 另项(other): 元/月
定义 家庭.低保(eligible): 是否 = 收入额 < 标准
  依据 办法 第一条
定义 家庭.类(class): 类别 = 如果 低保 那么 甲 否则 如果 收入额 < 9000元/月 那么 乙 否则 丙
  依据 办法 第二条
  至 2021-12-31
定义 家庭.类(class): 类别 = 如果 低保 那么 乙 否则 丙
  依据 办法 第二条
  自 2022-01-01 起
定义 家庭.间隔(interval): 月 = 期限[类]
  依据 办法 第三条
定义 家庭.加发(extra): 元/月 = 补贴[如果 低保 那么 甲 否则 类, 区县]
  依据 办法 第四条
  自 2022-01-01 起
"""
VALUES = """标准:
  取值:
    - {自: 2010-01-01, 值: 100, 来源: {状态: 未核实}}
    - {自: 2015-01-01, 值: 110, 来源: {状态: 未核实}}
    - {自: 2021-01-01, 值: 120, 来源: {状态: 未核实}}
    - {自: 2024-01-01, 值: 130, 来源: {状态: 未核实}}
期限:
  取值:
    - {自: 2020-01-01, 值: {甲: 12, 乙: 6, 丙: 3}, 来源: {状态: 未核实}}
    - {自: 2022-06-01, 值: {甲: 13, 乙: 6, 丙: 3}, 来源: {状态: 未核实}}
    - {自: 2023-01-01, 值: {甲: 13, 乙: 7, 丙: 3}, 来源: {状态: 未核实}}
补贴:
  取值:
    - 自: 2020-01-01
      值: {甲: {东区: 10, 西区: 20}, 乙: {东区: 30, 西区: 40}, 丙: {东区: 50, 西区: 60}}
      来源: {状态: 未核实}
    - 自: 2021-01-01
      值: {甲: {东区: 11, 西区: 21}, 乙: {东区: 31, 西区: 41}, 丙: {东区: 51, 西区: 61}}
      来源: {状态: 未核实}
另项:
  取值:
    - {自: 2020-01-01, 值: 10, 来源: {状态: 未核实}}
    - {自: 2021-01-01, 值: 11, 来源: {状态: 未核实}}
"""


def passed(rules: str, *warnings: str) -> Passed:
    text = PolicyText("example", (Source("规则", rules),), (Source("参数", VALUES),))
    found = run_passes(text, lambda code: None)
    assert tuple(one.code for one in found.problems) == warnings
    return found


# A parameter that nothing reads.
POLICY = passed(RULES, "D2018")


def slips(kind: str, name: str, policy: Passed = POLICY) -> list[Mutant]:
    return [
        one
        for one in mutants(policy, "example")
        if one.kind == kind and one.name.partition("[")[0].partition(" ")[0] == name
    ]


def test_a_value_that_ends_before_the_first_day_or_begins_after_the_last_is_no_slip() -> None:
    assert [one.name for one in slips("value", "标准")][::2] == [
        # In force on the first day, though it begins before.
        "标准 2015-01-01",
        "标准 2021-01-01",
    ]


def test_a_day_before_the_first_or_after_the_last_is_no_slip() -> None:
    assert [(one.before, one.after) for one in slips("date", "标准")] == [
        ("2021-01-01", "2021-01-02"),
        ("2021-01-01", "2020-12-31"),
        # The last day of the policy could have the value that comes after it.
        ("2024-01-01", "2023-12-31"),
    ]


def test_a_value_of_a_category_that_no_rule_gives_any_more_is_no_slip() -> None:
    assert {one.name for one in slips("value", "期限")} == {
        "期限[甲] 2020-01-01",
        "期限[乙] 2020-01-01",
        "期限[丙] 2020-01-01",
        "期限[乙] 2022-06-01",
        "期限[丙] 2022-06-01",
        "期限[乙] 2023-01-01",
        "期限[丙] 2023-01-01",
    }


def test_a_day_on_which_only_such_a_value_changes_is_no_slip() -> None:
    assert {one.before for one in slips("date", "期限")} == {"2023-01-01"}


def test_a_value_that_rules_look_up_from_a_later_day_on_only_is_no_slip_before() -> None:
    names = {one.name for one in slips("value", "补贴")}

    # Every district that a household may live in; every category that the choice may come to.
    assert names == {
        f"补贴[{kind}, {district}] 2021-01-01" for kind in "甲乙丙" for district in ("东区", "西区")
    }
    assert slips("date", "补贴") == []


def test_what_no_rule_looks_up_at_all_is_left_to_those_who_inherit_the_policy() -> None:
    assert len(slips("value", "另项")) == 4
    assert len(slips("date", "另项")) == 2


def test_a_rule_that_holds_on_no_day_of_the_policy_has_no_slips() -> None:
    old = """定义 家庭.旧(old): 元/月 = 收入额 × 10%
  依据 办法 第五条
  自 2018-01-01 至 2019-06-30
定义 家庭.旧(old): 元/月 = 收入额 × 20%
  依据 办法 第五条
  自 2019-07-01 至 2020-06-30
"""
    policy = passed(RULES + old, "D2018", "D2038")
    numbers = [(one.before, one.after) for one in slips("number", "旧", policy)]

    assert numbers == [("20%", "19%"), ("20%", "21%")]
    assert {one.before for one in slips("date", "旧", policy)} == {"2020-07-01"}
