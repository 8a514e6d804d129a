"""沿革: what changed when, in force and with its sources; nothing that never came into force."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from dibao_policy import Policy, PolicyText, Source, compile_policy
from dibao_policy.cli.chronicle import timeline_text
from dibao_policy.cli.timeline_data import timeline_json
from dibao_policy.lawcraft.timeline import Dated, Timeline, part_of

NATIONAL = """政策 全国(national)
  依据 办法 = 《全国办法》
输入 家庭.收入(income): 元/月
参数 标准(standard): 元/人月
定义 家庭.人口(size): 人 = 人数(成员)
定义 家庭.补助(aid): 元/月 = 标准 × 人口
  至 2020-06-30
  依据 办法 第一条
定义 家庭.补助(aid): 元/月 = 标准 × 人口 − 收入
  自 2020-07-01 起
  依据 办法 第二条
定义 家庭.差额(gap): 元/月 = 标准 × 人口 − 收入
  至 2020-06-30
  依据 办法 第三条
定义 家庭.差额(gap): 元/月 = 标准 × 人口 − 收入
  自 2020-07-01 至 2020-12-31
  依据 办法 第四条
"""
LOCAL = """政策 示例县(example)
  继承 全国(national)
  自 2020-01-01 至 2021-06-30
参数 余数(rest): 比例
定义 家庭.余额(rest_amount): 元/月 = 补助 × 余数
"""
VALUES = """标准:
  取值:
    - {自: 2018-01-01, 值: 400, 来源: {文件: 一号通知, 状态: 原文}}
    - {自: 2019-01-01, 值: 500, 来源: {文件: 二号通知, 条款: 第三条, 状态: 原文}, 确认至: 2020-03-31}
    - {自: 2020-07-01, 值: 520, 来源: {文件: 三号通知, 状态: 转载, 日期: 推定}, 确认至: 2020-12-31}
    - {自: 2021-01-01, 值: 520, 来源: {文件: 四号通知, 状态: 未核实}, 确认至: 2021-06-30}
    - {自: 2021-07-01, 值: 900, 理由: 大幅提高, 来源: {文件: 五号通知, 状态: 原文}}
余数:
  取值:
    - {自: 2019-01-01, 值: 80%, 来源: {文件: 一号通知, 状态: 原文}}
"""


def policy(
    local: str = LOCAL, values: str = VALUES, national: str = NATIONAL, national_values: str = ""
) -> Policy:
    library: Mapping[str, PolicyText] = {
        "national": PolicyText(
            "national", (Source("n", national),), (Source("nv", national_values),)
        )
    }
    text = PolicyText("example", (Source("r", local),), (Source("v", values),))
    return compile_policy(text, library.get)


def on(timeline: Timeline, day: str) -> Dated:
    return next(one for one in timeline.days if str(one.day) == day)


def test_only_days_in_the_policys_own_period_are_told() -> None:
    days = [str(one.day) for one in policy().timeline().days]

    assert days == [
        "2020-01-01",  # the policy begins, with values and rules from before
        "2020-04-01",  # a value is no longer confirmed
        "2020-07-01",
        "2021-01-01",
        "2021-07-01",  # the policy has ended: the value of that day never comes into force
    ]


def test_the_first_day_tells_what_is_in_force_from_before() -> None:
    first = on(policy().timeline(), "2020-01-01")

    assert first.policy == "begins"
    assert [(one.change, one.name, one.cells[0].new) for one in first.values] == [
        ("begins", "标准", 50000),
        ("begins", "余数", Fraction(4, 5)),
    ]
    assert [one.name for one in first.rules] == ["人口", "补助", "差额", "余额"]


def test_each_kind_of_change_is_told_apart() -> None:
    timeline = policy().timeline()
    summer, winter = on(timeline, "2020-07-01"), on(timeline, "2021-01-01")

    assert [(one.change, one.name) for one in summer.values] == [("changes", "标准")]
    assert [(one.change, one.name) for one in summer.rules] == [
        ("changes", "补助"),
        ("restated", "差额"),
    ]
    assert [(one.change, one.name) for one in winter.values] == [("restated", "标准")]
    assert [(one.change, one.name) for one in winter.rules] == [("ends", "差额")]
    assert on(timeline, "2021-07-01").policy == "ends"


def test_a_confirmation_that_ends_with_its_value_is_no_event() -> None:
    lapses = {
        str(one.day): [str(lapse.table.entry.confirmed_until) for lapse in one.lapses]
        for one in policy().timeline().days
        if one.lapses
    }

    assert lapses == {"2020-04-01": ["2020-03-31"]}


def test_a_value_that_was_no_longer_confirmed_when_the_policy_began_lapses_then() -> None:
    timeline = policy(LOCAL.replace("自 2020-01-01", "自 2020-05-01")).timeline()

    assert [one.table.name for one in on(timeline, "2020-05-01").lapses] == ["标准"]


def test_a_value_tells_the_layer_whose_file_gives_it() -> None:
    standard, rest = VALUES.split("余数:")
    timeline = policy(values="余数:" + rest, national_values=standard).timeline()

    layers = {one.name: one.layer for one in on(timeline, "2020-01-01").values}
    assert layers == {"标准": "national", "余数": "example"}


def test_a_value_that_no_rule_reads_says_so() -> None:
    local = LOCAL.replace("补助 × 余数", "补助")
    unread = [one.name for one in on(policy(local).timeline(), "2020-01-01").values if not one.read]

    assert unread == ["余数"]


def test_a_rule_of_a_nearer_layer_overrides_and_the_general_one_is_restored() -> None:
    local = (
        LOCAL
        + """改写 补助 自 2020-09-01 至 2020-11-30
  = 标准 × 人口 − 收入 × 50%
  依据 未核实
"""
    )
    timeline = policy(local).timeline()
    over, back = (on(timeline, day).rules for day in ("2020-09-01", "2020-12-01"))

    assert [(one.change, one.name, one.layer) for one in over] == [("overrides", "补助", "example")]
    assert [(one.change, one.name, one.layer) for one in back] == [("restored", "补助", "national")]
    text = timeline_text(timeline)
    assert (
        "    定义 补助：改写，代替“全国”的规定，至 2020-11-30\n"
        "      原 补助：标准 × 人口 − 收入\n"
        "      现 补助：标准 × 人口 − 收入 × 50%\n"
    ) in text
    assert "    定义 补助（全国）：改写结束，恢复“全国”的规定\n" in text


def test_an_override_on_a_day_of_another_version_is_told_once() -> None:
    local = LOCAL + "改写 补助 自 2020-07-01 起 = 标准 × 人口\n  依据 未核实\n"
    changes = [
        one for one in on(policy(local).timeline(), "2020-07-01").rules if one.name == "补助"
    ]

    assert [one.change for one in changes] == ["overrides"]
    assert "计算结果不变" in timeline_text(policy(local).timeline())


STATED = """
程序 审核确认(approval) 
  步骤 受理 责任 街道 期限 即时
  步骤 入户调查 责任 街道 期限 10个工作日
  至 2020-08-31
程序 审核确认(approval)
  步骤 入户调查 责任 街道, 社区 期限 10个工作日 比例 100%
  步骤 受理 责任 街道 期限 即时
  步骤 公示一 公示 7日
  自 2020-09-01 至 2021-02-28
资金 救助资金(fund) 省 50%, 县 50% 专户
  至 2020-12-31
资金 救助资金(fund) 省 50%, 县 50% 专户
  自 2021-01-01 起
  依据 未核实 "另文"
"""


def test_procedures_and_funds_are_told_too() -> None:
    timeline = policy(LOCAL + STATED).timeline()
    changes = {
        str(one.day): [(change.change, change.name) for change in one.stated]
        for one in timeline.days
        if one.stated
    }
    told = part_of(timeline, datetime.date(2020, 9, 1), datetime.date(2020, 9, 1))

    assert changes == {
        "2020-01-01": [("begins", "审核确认"), ("begins", "救助资金")],
        "2020-09-01": [("changes", "审核确认")],
        "2021-01-01": [("restated", "救助资金")],
        "2021-03-01": [("ends", "审核确认")],
    }
    assert (
        timeline_text(told).partition("）\n  ")[2]
        == """程序和资金
    程序 审核确认：内容改变
      原 入户调查（街道；期限 10个工作日）
      现 入户调查（街道、社区；期限 10个工作日；入户比例 100%）
      现 公示一（公示 7日）
      现在的次序：入户调查 → 受理 → 公示一
      未注明依据
"""
    )
    assert ("    资金 救助资金：政策起点时的规定\n      省 50%、县 50%，专户\n") in timeline_text(
        timeline
    )


def test_the_chronicle_of_a_day() -> None:
    told = part_of(policy().timeline(), datetime.date(2020, 4, 1), datetime.date(2020, 7, 1))
    text = timeline_text(told)

    assert (
        text
        == f"""示例县（example）沿革
自 2020-01-01 至 2021-06-30

2020-04-01（校验码 {told.days[0].digest}）
  确认到期
    标准：来源只确认至 2020-03-31，此后仍按 500元/人月 计算

2020-07-01（校验码 {told.days[1].digest}）
  数值
    标准：500元/人月 → 520元/人月
      三号通知（已核实：转载；生效日为推定），确认至 2020-12-31
  规定
    定义 补助（全国）：内容改变
      原 补助：标准 × 人口
      现 补助：标准 × 人口 − 收入
      依据：《全国办法》第二条
    定义 差额（全国）：计算结果不变，依据或文字有变，至 2020-12-31
      依据：《全国办法》第四条
"""
    )


def test_a_source_is_told_with_its_article() -> None:
    text = timeline_text(policy().timeline())

    assert "    标准：500元/人月，自 2019-01-01 起\n      二号通知第三条（已核实：原文）" in text
    assert "    标准：520元/人月，数值不变，出处有变\n      四号通知（未核实）" in text


def test_members_with_one_step_stand_together() -> None:
    national = NATIONAL.replace(
        "参数 标准(standard): 元/人月",
        "枚举 区(district) { 东区, 西区, 南区 }\n输入 家庭.区(district): 区\n参数 标准(standard): 元/人月 按 区",
    )
    values = VALUES.replace("值: 500", "值: {东区: 500, 西区: 500, 南区: 400}")
    values = values.replace("值: 520", "值: {东区: 520, 西区: 520, 南区: 400}")
    values = values.replace("值: 400,", "值: {东区: 400, 西区: 400, 南区: 400},")
    values = values.replace("值: 900", "值: {东区: 900, 西区: 900, 南区: 900}")
    text = timeline_text(policy(values=values, national=national).timeline())

    assert "    标准：东区、西区 500元/人月；南区 400元/人月，自 2019-01-01 起\n" in text
    assert "    标准：东区、西区 500元/人月 → 520元/人月；南区 400元/人月\n" in text


def test_an_amount_that_becomes_exact_is_told() -> None:
    national = NATIONAL.replace(
        "补助(aid): 元/月 = 标准 × 人口 − 收入", "补助(aid): 元/月 精确 = 标准 × 人口"
    )
    text = timeline_text(policy(national=national).timeline())

    assert "      原 补助：标准 × 人口（到分）\n      现 补助：标准 × 人口（精确）\n" in text


def test_what_is_asked_for_by_name() -> None:
    told = part_of(policy().timeline(), names=frozenset({"差额"}))

    assert [(str(one.day), [rule.change for rule in one.rules]) for one in told.days] == [
        ("2020-01-01", ["begins"]),
        ("2020-07-01", ["restated"]),
        ("2021-01-01", ["ends"]),
    ]
    assert not any(one.values or one.lapses or one.policy for one in told.days)


def test_the_timeline_as_data() -> None:
    days = {one["day"]: one for one in timeline_json(policy().timeline())["days"]}
    (value,) = days["2020-07-01"]["values"]
    rule = days["2020-07-01"]["rules"][0]

    assert value["cells"] == [{"key": [], "old": "500元/人月", "new": "520元/人月"}]
    assert value["source"] == {
        "since": "2020-07-01",
        "document": "三号通知",
        "article": "",
        "address": "",
        "status": "转载",
        "verified": True,
        "date_basis": "推定",
        "confirmed_until": "2020-12-31",
        "reason": "",
    }
    assert rule["differences"] == [
        {"name": "补助", "old": "标准 × 人口", "new": "标准 × 人口 − 收入"}
    ]
    assert (rule["same_results"], rule["layer"]) == (False, "national")
    assert rule["citations"][0]["article"] == "第二条"
    assert days["2021-07-01"] == {
        "day": "2021-07-01",
        "digest": None,
        "policy": "ends",
        "values": [],
        "rules": [],
        "stated": [],
        "lapses": [],
    }
