"""What a case worker judged is told with every result that used it on the way that was taken, and with no other."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dibao_policy import PolicyText, Source, account_json, account_text, compile_policy
from dibao_policy.explain.account import Account
from dibao_policy.explain.result import result_json, result_text
from dibao_policy.explain.screening_words import screening_json, screening_text
from dibao_policy.policy import Snapshot

RULES = """政策 示例县(example)
  依据 办法 = 《示例县办法》
枚举 程度 { 无, 轻, 重 }
输入 家庭.甲: 是否
输入 家庭.乙: 是否
输入 家庭.确有困难(hardship): 是否 人工认定 问 "生活是否确有困难？"
输入 家庭.失能程度: 程度 人工认定
输入 家庭.评估收入: 元/月 人工认定
输入 成员.丧失劳动能力: 是否 人工认定
输入 成员.在学: 是否
输入 成员.收入: 元/月
参数 补助标准: 元/月 按 程度
"""
VALUES = """补助标准:
  取值:
    - {自: 2020-01-01, 值: {无: 0, 轻: 100, 重: 200}, 来源: {状态: 未核实}}
"""
GIVEN: dict[str, Any] = {
    "甲": False, "乙": False, "确有困难": True, "失能程度": "重", "评估收入": 300,
    "成员": [
        {"称呼": "户主", "丧失劳动能力": True, "在学": False, "收入": 10},
        {"称呼": "长子", "丧失劳动能力": False, "在学": True, "收入": 20},
    ],
}  # fmt: skip
# So that every fact is read, whatever a test is about.
REST = """定义 家庭.其余: 是否 = 甲 且 乙 且 确有困难 且 失能程度 = 重 且 评估收入 > 0元/月
    且 存在(成员 当 丧失劳动能力 且 在学 且 收入 > 0元/月) 且 补助标准 > 0元/月
"""


def snapshot(rules: str) -> Snapshot:
    texts = (Source("rules", RULES + REST + rules + "\n"),)
    policy = compile_policy(PolicyText("example", texts, (Source("v", VALUES),)), lambda _: None)
    return policy.on(datetime.date(2024, 3, 1))


def explain(rules: str, **other: Any) -> Account:
    return snapshot(rules).explain(GIVEN | other)


def judged(expression: str, **other: Any) -> list[tuple[str, int | None]]:
    account = explain(f"定义 家庭.果: 是否 = {expression}", **other)
    return [(one.fact.name, one.member) for one in account.discretion.get(("果", None), ())]


HARD, DEGREE, INCOME = ("确有困难", None), ("失能程度", None), ("评估收入", None)


@pytest.mark.parametrize(
    ("expression", "given", "used"),
    [
        ("确有困难", {}, [HARD]),
        ("甲 或 确有困难", {}, [HARD]),
        ("甲 或 确有困难", {"甲": True}, []),
        ("确有困难 或 甲", {"甲": True}, []),
        ("确有困难 或 甲", {}, [HARD]),
        ("甲 且 确有困难", {}, []),
        ("甲 且 确有困难", {"甲": True}, [HARD]),
        ("确有困难 且 失能程度 = 无", {}, [DEGREE]),
        ("非 确有困难", {}, [HARD]),
        ("如果 甲 那么 确有困难 否则 乙", {}, []),
        ("如果 甲 那么 确有困难 否则 乙", {"甲": True}, [HARD]),
        ("如果 确有困难 那么 乙 否则 失能程度 = 重", {}, [HARD]),
        ("如果 确有困难 那么 乙 否则 失能程度 = 重", {"确有困难": False}, [HARD, DEGREE]),
        ("补助标准 > 150元/月", {}, [DEGREE]),
        ("评估收入 × 2 < 合计(成员.收入)", {}, [INCOME]),
        ("评估收入 × 0 < 1元/月", {}, []),
        ("较大(评估收入, 1000元/月) > 3元/月", {}, [INCOME]),
        ("存在(成员 当 丧失劳动能力)", {}, [("丧失劳动能力", 0)]),
        ("存在(成员 当 在学 或 丧失劳动能力)", {}, []),
        ("全部(成员 当 丧失劳动能力)", {}, [("丧失劳动能力", 1)]),
        ("全部(成员 当 丧失劳动能力 或 在学)", {}, [("丧失劳动能力", 0)]),
        ("人数(成员 当 丧失劳动能力) = 1人", {}, [("丧失劳动能力", 0), ("丧失劳动能力", 1)]),
        ("合计(成员: 如果 在学 那么 收入 否则 如果 丧失劳动能力 那么 0元/月 否则 1元/月) > 5元/月", {},
         [("丧失劳动能力", 0)]),
        ("最大(成员.收入 当 在学 否则 评估收入) > 5元/月", {}, []),
        ("最大(成员.收入 当 收入 > 90元/月 否则 评估收入) > 5元/月", {}, [INCOME]),
    ],
)  # fmt: skip
def test_only_what_was_used_on_the_way_that_was_taken(
    expression: str, given: dict[str, Any], used: list[tuple[str, int | None]]
) -> None:
    assert judged(expression, **given) == used


PROGRAM = """资格 家庭.救助资格(eligible)
  要求 困难: 甲 或 确有困难
  依据 办法 第一条
定义 成员.无法劳动: 是否 = 丧失劳动能力
救助 成员.生活补贴(living): 元/月
  当 救助资格
  金额 如果 在学 那么 50元/月 否则 如果 无法劳动 那么 80元/月 否则 0元/月
  依据 办法 第二条
救助 家庭.护理补贴(care): 元/月
  当 乙
  金额 补助标准
  依据 办法 第三条
"""


def conclusion(account: Account) -> str:
    return account_text(account).split("一、结论\n")[1].split("\n\n")[0]


def test_the_notice_says_it_with_the_conclusion() -> None:
    assert conclusion(explain(PROGRAM)) == (
        "  救助资格：是\n"
        "      人工认定：确有困难 由经办人员认定为 是\n"
        "  户主 生活补贴：80元/月\n"
        "  长子 生活补贴：50元/月\n"
        "      人工认定：确有困难 由经办人员认定为 是\n"
        "      人工认定：户主 丧失劳动能力 由经办人员认定为 是\n"
        "  护理补贴：0元/月"
    )
    assert "人工认定" not in conclusion(
        explain(PROGRAM, 甲=True, 成员=[{"丧失劳动能力": True, "在学": True, "收入": 0}])
    )
    assert "人工认定：失能程度 由经办人员认定为 重" in conclusion(explain(PROGRAM, 乙=True))


def test_the_data_says_it_result_by_result() -> None:
    hard = {"name": "确有困难", "code": "hardship", "member": None, "value": "是"}
    unable = {"name": "丧失劳动能力", "code": "", "member": 0, "value": "是"}
    results = account_json(explain(PROGRAM))["results"]

    assert {(one["name"], one["member"]): one["discretion"] for one in results} == {
        ("救助资格", None): [hard],
        ("生活补贴", 0): [hard, unable],
        ("生活补贴", 1): [hard],
        ("护理补贴", None): [],
    }


def test_the_outcome_alone_says_it_too() -> None:
    account = explain(PROGRAM)
    text = result_text(account)

    assert text.startswith("  救助资格：是\n    人工认定：确有困难 由经办人员认定为 是\n")
    assert [(one["name"], one["member"]) for one in result_json(account)["discretion"]] == [
        ("救助资格", None),
        ("生活补贴", 0),
        ("生活补贴", 1),
    ]
    assert "discretion" not in result_json(explain("定义 家庭.果: 是否 = 甲"))


def test_a_missing_judgment_is_asked_of_the_case_worker() -> None:
    given = {key: value for key, value in GIVEN.items() if key != "确有困难"}
    screening = snapshot(PROGRAM).ask(given, ["救助资格", "护理补贴"])

    assert [(one.rule.name, one.value) for one in screening.results if one.decided] == [
        ("护理补贴", 0)
    ]
    assert (
        "  1. 确有困难：生活是否确有困难？\n      由经办人员认定；回答 是 或 否；关系到 救助资格\n"
    ) in screening_text(screening)
    assert [one["discretion"] for one in screening_json(screening)["questions"]] == [True]


def test_a_default_that_nobody_judged_is_told_among_the_defaults_and_as_no_judgment() -> None:
    rules = """输入 家庭.核定补助: 元/月 默认 100元/月 人工认定
救助 家庭.补助金(aid): 元/月
  金额 核定补助
  依据 办法 第一条"""
    by_default, by_hand = explain(rules), explain(rules, 核定补助=100)

    assert "核定补助" not in "".join(one for one in text_of(by_default) if "人工认定" in one)
    assert "      核定补助 100元/月" in text_of(by_default)
    assert "      人工认定：核定补助 由经办人员认定为 100元/月" in text_of(by_hand)
    assert "      核定补助 100元/月" not in text_of(by_hand)


def text_of(account: Account) -> list[str]:
    return account_text(account).splitlines()
