"""An age on another day than that of the decision is told with its day; else one text would have two values."""

from __future__ import annotations

import datetime

import pytest

from dibao_policy import Source, account_text
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.tongues import notice_in
from dibao_policy.model.layers import PolicyText
from dibao_policy.policy import compile_policy
from dibao_policy.problem import Language

RULES = """政策 示例县(example)
  自 2024-01-01 起
  依据 办法 = 《示例县低保办法》
输入 家庭.申请日(applied): 日期  问 "哪一天申请的？"
输入 成员.出生日期(birth): 日期  问 "哪一天出生？"
定义 成员.申请时年龄(age_then): 岁 = 周岁(出生日期, 申请日)
定义 成员.年龄(age_now): 岁 = 周岁(出生日期)
救助 成员.补助(grant): 元/月
  当 申请时年龄 ≥ 60岁 且 年龄 ≥ 60岁
  金额 10元/月
  依据 办法 第一条
"""
SNAPSHOT = compile_policy(
    PolicyText("example", (Source("rules", RULES),), ()), lambda code: None
).on(datetime.date(2024, 6, 1))
ACCOUNT = SNAPSHOT.explain({"申请日": "2024-03-01", "成员": [{"出生日期": "1950-05-01"}]})


def test_the_account_names_the_day() -> None:
    text = account_text(ACCOUNT)

    assert "周岁(1950-05-01，2024-03-01)，得 73岁" in text
    assert "周岁(1950-05-01) = 74岁" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "周岁(1950-05-01，2024-03-01)，得 73岁"),
        ("en", "age counted from 1950-05-01 to 2024-03-01 = 73 years old"),
    ],
)
def test_so_do_notices_in_either_tongue(language: Language, said: str) -> None:
    assert said in notice_text(notice_in(language, ACCOUNT, "auditor"))
