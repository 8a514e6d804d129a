"""A household of which facts are missing: what may be left out, and what is still refused."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile_policy
from dibao_policy.evaluate.facts import PartialFacts
from dibao_policy.facts.partial import read_partial

RULES = """政策 示例县(example)
枚举 等级(grade) { 无(none), 重(severe) }
输入 家庭.存款(savings): 元
输入 家庭.有车(car): 是否  默认 否
输入 成员.工资(wage): 元/月
输入 成员.等级(grade_of): 等级
输入 成员.生日(birth): 日期
定义 家庭.果: 是否 = 有车 或 存款 > 0元 或 存在(成员 当 工资 > 0元/月 或 等级 = 重 或 生日 > 2000-01-01)
"""
DAY = datetime.date(2024, 3, 1)


def read(given: Any) -> PartialFacts:
    texts = PolicyText("example", (Source("rules", RULES),), ())
    compiled = compile_policy(texts, lambda _: None).on(DAY).compiled
    return read_partial(compiled.reader, given, DAY)


def test_everything_without_a_default_may_be_missing_for_one_member_alone() -> None:
    facts = read(
        {"成员": [{"工资": "12.5", "生日": "1990-12-31"}, {"label": "母亲", "grade_of": "severe"}]}
    )

    assert facts == PartialFacts(
        day=20240301,
        size=2,
        household=(None, 0),
        members=([1250, None], [None, 1], [19901231, None]),
        labels=("", "母亲"),
        defaulted=(("有车", None),),
    )


def test_a_whole_household_has_nothing_missing() -> None:
    member = {"工资": 0, "等级": "无", "生日": "1990-12-31"}
    facts = read({"存款": 1, "有车": True, "成员": [member]})

    assert facts.household == (100, 1)
    assert facts.members == ([0], [0], [19901231])
    assert facts.defaulted == ()


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, ["D5009"]),
        ({"成员": []}, ["D5009"]),
        ({"成员": [{}], "members": [{}]}, ["D5003"]),
        ([], ["D5004"]),
        ({"存款": None, "成员": [{}]}, ["D5004"]),
        ({"存款": 1.5, "成员": [{"工资": -1}, {"等级": "轻"}]}, ["D5007", "D5005", "D5008"]),
        ({"存钱": 1, "成员": [{"生日": "2024-02-30"}]}, ["D5002", "D5004"]),
        ({"存款": 1, "savings": 1, "成员": [{"称呼": 3}]}, ["D5003", "D5004"]),
    ],
)
def test_what_is_given_has_to_be_sound_and_all_faults_are_told(
    given: Any, codes: list[str]
) -> None:
    with pytest.raises(PolicyError) as refused:
        read(given)

    assert [problem.code for problem in refused.value.problems] == codes


def test_a_date_of_birth_after_the_day_is_refused_also_where_other_facts_are_missing() -> None:
    texts = PolicyText(
        "example", (Source("rules", RULES + "定义 成员.幼: 是否 = 周岁(生日) < 3岁\n"),), ()
    )
    reader = compile_policy(texts, lambda _: None).on(DAY).compiled.reader

    assert read_partial(reader, {"成员": [{"生日": "2024-03-01"}]}, DAY).members[2] == [20240301]
    with pytest.raises(PolicyError) as refused:
        read_partial(reader, {"成员": [{}, {"生日": "2024-03-02"}]}, DAY)
    assert [one.code for one in refused.value.problems] == ["D5012"]
