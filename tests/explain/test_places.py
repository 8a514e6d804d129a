"""How a place among the members is told."""

from __future__ import annotations

import datetime

from dibao_policy import PolicyText, Source, account_json, account_text, compile_policy

RULES = """政策 示例县(example)
枚举 身份(status) { 户主, 子女 }
输入 成员.年龄(age): 岁
输入 成员.身份(role): 身份
定义 成员.子女名次(order): 名 = 第几(成员 按 年龄 从高到低 当 身份 = 子女)
定义 成员.年幼名次(young): 名 = 第几(成员 按 年龄 从低到高)
救助 成员.多孩补贴(bonus): 元/月
  当 子女名次 ≥ 2名 且 年幼名次 ≤ 3名
  金额 100元/月
救助 成员.幼儿补贴(small): 元/月
  金额 10元/月 × (第几(成员 按 年龄 从低到高) ÷ 1名)
"""
PEOPLE = [("父", 40, "户主"), ("长子", 12, "子女"), ("次女", 7, "子女"), ("三女", 7, "子女")]
HOUSEHOLD = {
    "成员": [{"称呼": label, "年龄": age, "身份": status} for label, age, status in PEOPLE]
}


def test_a_place_is_told_in_a_sentence() -> None:
    text = PolicyText("example", (Source("rules", RULES),), ())
    snapshot = compile_policy(text, lambda code: None).on(datetime.date(2024, 1, 1))
    account = snapshot.explain(HOUSEHOLD)
    lines = account_text(account).splitlines()

    start = lines.index("  1. 子女名次")
    assert lines[start : start + 6] == [
        "  1. 子女名次",
        "      第几(成员 按 年龄 从高到低 当 身份 = 子女)",
        "      父：不符合“身份 = 子女”，不排名次",
        "      长子：在符合“身份 = 子女”的成员中按年龄从高到低排第 1 名",
        "      次女：在符合“身份 = 子女”的成员中按年龄从高到低排第 2 名",
        "      三女：在符合“身份 = 子女”的成员中按年龄从高到低排第 3 名",
    ]
    assert "      三女：按年龄从低到高排第 2 名" in lines
    # Within a formula a place is a figure like any other.
    assert "      10元/月 × 第几(成员 按 年龄 从低到高) ÷ 1名" in lines
    assert "      三女：10元/月 × 2名 ÷ 1名 = 20元/月" in lines
    told = next(one for one in account_json(account)["steps"] if one["name"] == "年幼名次")
    assert (told["value"], told["figures"]) == ("4名", "按年龄从低到高排第 4 名")
