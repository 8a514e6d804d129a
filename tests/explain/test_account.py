"""What an explanation owes its reader: every figure, its articles, what was assumed, what is not certain."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dibao_policy import (
    PolicyText,
    Source,
    account_json,
    account_text,
    compile_policy,
)

RULES = """政策 示例县(example)
  版本 "2.0"
  依据 办法 = 《示例县低保办法》 文号 "示政发〔2020〕1号"
  依据 条例 = 《示例县低保条例》 未核实
输入 家庭.存款(savings): 元    默认 0元
输入 成员.年龄(age): 岁
输入 成员.工资(wage): 元/月
输入 成员.优抚(pension): 元/月    默认 0元/月
参数 标准(standard): 元/人月
参数 老人年龄(elder_age): 岁
定义 家庭.人口(size): 人 = 人数(成员)
定义 家庭.没有人用的数(unused): 人 = 人口 × 2
收入 成员.可计收入(income): 元/月
  计入 工资
  免计 优抚
    依据 办法 第三条
  扣减 就业成本 = 工资 × 30%   当 年龄 ≥ 16岁
    依据 办法 第四条
  依据 办法 第二条
定义 家庭.家庭收入(total): 元/月 = 合计(成员.可计收入)
定义 家庭.人均收入(per_person): 元/人月 精确 = 家庭收入 ÷ 人口
资格 家庭.低保(eligible)
  要求 收入: 人均收入 < 标准
    否则 "人均 {人均收入} 不低于 {标准}"
    依据 办法 第五条
  要求 存款: 存款 ≤ 1000元
  依据 条例 第一条
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 标准 × 人口 − 家庭收入
  取整 到 1元/月 进位
  说明 "按每人 {标准} 补足"
  依据 办法 第六条, 未核实 "取整没有找到规定"
分类施保 成员.老人补贴(elder): 元/月
  当 低保
  就高
  类别 老人: 年龄 ≥ 老人年龄 → 标准 × 10%
  依据 办法 第七条
"""
VALUES = """标准:
  取值:
    - 自: 2020-01-01
      值: 600
      来源: {文件: 2020年通知, 条款: 第一条, 状态: 原文}
    - 自: 2021-01-01
      值: 700
      来源: {文件: 2021年报道, 状态: 转载, 日期: 推定}
      确认至: 2021-12-31
老人年龄:
  取值:
    - {自: 2020-01-01, 值: 70, 来源: {状态: 未核实}}
"""
FAMILY: dict[str, Any] = {
    "成员": [
        {"称呼": "户主", "年龄": 40, "工资": "1000.01"},
        {"称呼": "母亲", "年龄": 71, "工资": 0, "优抚": 200},
        {"年龄": 8, "工资": 0},
    ]
}


def explain(day: datetime.date = datetime.date(2021, 5, 1), **other: Any) -> str:
    text = PolicyText("example", (Source("r", RULES),), (Source("v", VALUES),))
    snapshot = compile_policy(text, lambda code: None).on(day)
    return account_text(snapshot.explain(FAMILY | other))


def item(text: str, title: str) -> str:
    """The numbered item of a step, as one text."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if f". {title}" in line)
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith("      "))
    return "\n".join(lines[start:end])


def test_the_whole_of_one_item() -> None:
    assert item(explain(), "就业成本") == (
        "  1. 就业成本\n"
        "      工资 × 30%\n"
        "      户主：符合“年龄 ≥ 16岁”，1,000.01元/月 × 30% = 300.003元/月，取整到 0.01元/月（四舍五入） = 300元/月\n"
        "      母亲：符合“年龄 ≥ 16岁”，0元/月 × 30% = 0元/月\n"
        "      成员3：不符合“年龄 ≥ 16岁”，0元/月\n"
        "      依据：《示例县低保办法》（示政发〔2020〕1号）第四条"
    )


def test_articles_of_a_clause_stand_before_those_of_the_block() -> None:
    text = explain()

    assert "第五条" in item(text, "低保·收入") and "条例" not in item(text, "低保·收入")
    assert "《示例县低保条例》第一条【未核实】" in item(text, "低保·存款")


def test_both_versions_name_their_standard_and_their_days() -> None:
    before, after = explain(datetime.date(2020, 5, 1)), explain()

    assert "适用 2020-01-01 至 2020-12-31 的规定" in before
    assert "适用 2021-01-01 起 的规定" in after
    assert "600元/人月 × 3人 − 700.01元/月" in item(before, "低保金")
    assert "700元/人月 × 3人 − 700.01元/月" in item(after, "低保金")
    assert "2020年通知第一条（原文）" in before and "2021年报道（转载）" in after
    assert "生效日为推定" in after and "低保金：1,100元/月" in before


def test_rounding_is_told_with_the_figure_before_it() -> None:
    assert "1,399.99元/月，取整到 1元/月（进位）" in item(explain(), "低保金")


def test_a_refusal_says_which_condition_and_the_figures() -> None:
    text = explain(存款=1000, 成员=[{"年龄": 40, "工资": 1000}])

    assert "  低保·收入：人均 700元/人月 不低于 700元/人月\n" in text
    assert "低保·存款：" not in text.split("三、计算过程")[0]


def test_a_condition_without_a_sentence_of_its_own_is_told_by_its_formula() -> None:
    text = explain(存款="1000.01")

    assert "低保·存款：存款 ≤ 1,000元 不成立，实际是 1,000.01元 ≤ 1,000元" in text


def test_what_no_result_rests_on_is_not_told() -> None:
    text = explain()
    refused = explain(存款=2000)

    assert "没有人用的数" not in text
    assert "老人补贴·老人" in text
    assert "老人补贴·老人" not in refused


def test_defaults_exemptions_and_doubts_are_told() -> None:
    text = explain()

    assert "存款 0元\n" in text
    # A default that no result rests on was not used.
    assert "优抚 0元/月" not in text
    assert "母亲 优抚 200元/月（不计入可计收入）" in text
    for doubt in (
        "参数 老人年龄",
        "资格 低保：《示例县低保条例》第一条",
        "救助 低保金：取整没有找到规定",
    ):
        assert f"      {doubt}\n" in text


@pytest.mark.parametrize(
    ("day", "told"), [("2021-12-31", False), ("2022-01-01", True)], ids=["last day", "after it"]
)
def test_a_value_past_its_confirmation_is_told(day: str, told: bool) -> None:
    text = explain(datetime.date.fromisoformat(day))

    assert ("标准：确认至 2021-12-31\n" in text) == told


def test_the_data_says_the_same_as_the_text() -> None:
    text = PolicyText("example", (Source("r", RULES),), (Source("v", VALUES),))
    snapshot = compile_policy(text, lambda code: None).on(datetime.date(2022, 5, 1))
    data = account_json(snapshot.explain(FAMILY))

    values = {(step["name"], step["member"]): step["value"] for step in data["steps"]}
    assert values["低保金", None] == "1400元/月"
    assert values["老人补贴", 1] == "70元/月"
    assert data["policy"]["version"] == "2.0"
    assert data["unconfirmed"] == ["标准"]
    assert [given["name"] for given in data["defaults"]] == ["存款"]
    benefit = next(step for step in data["steps"] if step["name"] == "低保金")
    assert benefit["exact"] == "1399.99元/月" and benefit["rounding"] == "进位"
    assert benefit["note"] == "按每人 700元/人月 补足"
    assert [cited["article"] for cited in benefit["citations"]] == ["第六条", ""]


@pytest.mark.parametrize(
    ("expression", "formula", "figures"),
    [
        ("工资 ÷ 12", "工资 ÷ 12", "1,200元/月 ÷ 12 = 100元/月"),
        ("工资 × 1.5", "工资 × 1.5", "1,200元/月 × 1.5 = 1,800元/月"),
        ("工资 × 150%", "工资 × 150%", "1,200元/月 × 150% = 1,800元/月"),
        # For one member 人 is 1: `2人` has no unit either.
        ("工资 ÷ 2人", "工资 ÷ 2人", "1,200元/月 ÷ 2人 = 600元/月"),
    ],
)
def test_a_number_without_a_unit_is_told_as_it_was_written(
    expression: str, formula: str, figures: str
) -> None:
    rules = f"""政策 示例县(example)
  依据 办法 = 《示例县低保办法》
输入 成员.工资(wage): 元/月
救助 成员.补贴(aid): 元/月
  金额 {expression}
  依据 办法 第一条
"""
    policy = compile_policy(PolicyText("example", (Source("rules", rules),), ()), lambda code: None)
    snapshot = policy.on(datetime.date(2024, 1, 1))
    text = account_text(snapshot.explain({"成员": [{"称呼": "户主", "工资": 1200}]}))

    assert f"      {formula}\n      户主：{figures}\n" in text
