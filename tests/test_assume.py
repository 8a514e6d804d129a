"""Values that are given instead of computed: what a household then brings, and what is said of it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction

import jsonschema
import pytest

from dibao_policy import (
    PolicyError,
    PolicyText,
    Snapshot,
    Source,
    account_json,
    account_text,
    compile_policy,
)
from dibao_policy.explain.result import result_json, result_text

from .conftest import ROOT

RULES = """政策 示例县(example)
枚举 等级(grade) 有序 { 无(none), 二级(two), 一级(one) }
输入 家庭.存款(savings): 元
输入 成员.出生日期(birth): 日期
输入 成员.工资(wage): 元/月  范围 0元/月 .. 1万元/月
输入 成员.残疾(disability): 等级
输入 成员.奖金(award): 元/月
定义 成员.年龄(age): 岁 = 周岁(出生日期)
定义 家庭.人口(size): 人 = 人数(成员)
收入 成员.可计收入(countable): 元/月
  计入 工资
  免计 奖金
  扣减 就业成本 = 工资 × 30%
  说明 "扣除就业成本 {就业成本}。"
定义 家庭.家庭收入(income): 元/月 = 合计(成员.可计收入)
定义 家庭.人均收入(per_person): 元/人月 精确 = 家庭收入 ÷ 人口
定义 家庭.系数(factor): 比例 = 如果 存在(成员 当 残疾 ≥ 二级) 那么 1 否则 0.5
定义 家庭.三分之一(third): 元/月 精确 = 家庭收入 ÷ 3
资格 家庭.低保(eligible)
  要求 收入: 人均收入 < 400元/月 ÷ 1人
  要求 存款: 存款 ≤ 1万元
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 400元/月 × 人口 ÷ 1人 × 系数 − 三分之一
分类施保 成员.增发(supplement): 元/月
  当 低保
  就高
  类别 老人: 年龄 ≥ 60岁 → 40元/月
  类别 残疾人: 残疾 = 一级 → 80元/月
"""
DAY = datetime.date(2024, 1, 1)
PERSON = {"出生日期": "1960-01-01", "工资": 1000, "残疾": "无", "奖金": 0}
HOUSEHOLD = {"存款": 100, "成员": [PERSON, {**PERSON, "工资": 0}]}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("rules", RULES),), ())
    return compile_policy(text, lambda code: None).on(DAY)


def problems(snapshot: Snapshot, given: dict[str, object]) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        snapshot.facts(given)
    return [str(problem).split(" ", 1)[1].rstrip(">") for problem in caught.value.problems]


def names(snapshot: Snapshot) -> set[str]:
    return {rule.name for rule in snapshot.compiled.program.rules}


def test_a_value_comes_under_either_of_its_names(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("income", "年龄")
    persons = [{"残疾": "无", "age": 60}, {"残疾": "无", "年龄": 59}]
    for name in ("家庭收入", "income"):
        decision = assumed.decide({"存款": 100, name: "799.99", "成员": persons})

        assert decision["低保"] is True
        assert decision["增发"] == (Decimal(40), Decimal(0))
        assert decision["低保金"] == Decimal("133.34")
    assert assumed.decide({"存款": 100, "income": 800, "成员": persons})["低保"] is False


def test_what_only_fed_the_assumed_values_is_not_computed_and_need_not_be_given(
    snapshot: Snapshot,
) -> None:
    assumed = snapshot.assuming("家庭收入")
    program = assumed.compiled.program

    assert names(snapshot) - names(assumed) == {"家庭收入", "可计收入", "就业成本"}
    assert {fact.name for fact in program.idle} == {"工资", "奖金"}
    person = {"出生日期": "1960-01-01", "残疾": "无"}
    assert assumed.decide({"存款": 1, "家庭收入": 1, "成员": [person]})["低保"] is True
    # What is given all the same has to be sound.
    assert assumed.decide({"存款": 1, "家庭收入": 1, "成员": [PERSON]})["低保"] is True
    assert problems(assumed, {"存款": 1, "家庭收入": 1, "成员": [{**PERSON, "工资": "很多"}]}) != []


def test_an_income_that_stays_keeps_what_its_sentence_names(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("低保金")

    assert names(snapshot) - names(assumed) == {"低保金", "系数", "三分之一"}
    household = {**HOUSEHOLD, "低保金": 5}
    assert assumed.decide(household)["家庭收入"] == Decimal(700)


def test_a_part_of_a_block_can_be_assumed(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("低保·收入", "就业成本")
    persons = [{**PERSON, "就业成本": 1}]
    decided = [
        assumed.decide({"存款": savings, "低保·收入": passed, "成员": persons})["低保"]
        for savings, passed in ((10_000, True), (10_000, False), ("10000.01", True))
    ]

    assert decided == [True, False, False]
    assert "人均收入" not in names(assumed)


def test_what_is_assumed_as_it_is_computed_changes_nothing(snapshot: Snapshot) -> None:
    plain = snapshot.decide(HOUSEHOLD)
    for name in snapshot.decide(HOUSEHOLD).names():
        value = plain[name]
        given: dict[str, object] = {**HOUSEHOLD}
        if isinstance(value, tuple):
            rows = zip(HOUSEHOLD["成员"], value, strict=True)
            given["成员"] = [{**person, name: one} for person, one in rows]
        else:
            given[name] = value
        decision = snapshot.assuming(name).decide(given)

        assert {one: decision[one] for one in decision.names()} == {
            one: plain[one] for one in decision.names()
        }


def test_a_number_comes_in_the_range_that_was_proven_for_it(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("就业成本", "年龄")
    person = {**PERSON, "就业成本": 3000, "年龄": 0}
    assert assumed.decide({**HOUSEHOLD, "成员": [person]})["可计收入"] == (Decimal(-2000),)
    over = {**person, "就业成本": "3000.01", "年龄": 300}

    assert problems(assumed, {**HOUSEHOLD, "成员": [over]}) == [
        "D5005 `成员[1].年龄` 是 300岁，不在 -300岁 至 299岁 之内",
        "D5005 `成员[1].就业成本` 是 3000.01元/月，不在 0元/月 至 3000元/月 之内",
    ]


def test_a_number_comes_as_fine_as_its_unit_or_its_rule(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("系数", "三分之一", "人均收入")
    household = {"存款": 1, "成员": [PERSON], "系数": "0.7777", "人均收入": "399.99"}

    decision = assumed.decide({**household, "三分之一": Fraction(100, 3)})
    assert decision["低保金"] == Decimal("277.75")
    assert problems(
        assumed, {**household, "三分之一": Fraction(1, 700), "人均收入": Fraction(1, 3)}
    ) == [
        "D5006 `人均收入` 是 1/3元/人月，比最小单位 0.01元/人月 还细",
        "D5006 `三分之一` 是 1/700元/月，比最小单位 1/300元/月 还细",
    ]


def test_the_digest_says_that_something_is_assumed(snapshot: Snapshot) -> None:
    one, other = snapshot.assuming("年龄"), snapshot.assuming("家庭收入")
    both = one.assuming("家庭收入")

    assert len({snapshot.digest, one.digest, other.digest, both.digest}) == 4
    assert all(re.fullmatch("[0-9a-f]{16}-assumed", s.digest) for s in (one, other, both))
    assert both.digest == snapshot.assuming("income", "age", "年龄").digest
    assert snapshot.assuming() is snapshot


def test_an_explanation_says_what_was_assumed(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("家庭收入", "年龄")
    person = {"称呼": "甲", "残疾": "无", "年龄": 60}
    household = {"存款": 1, "家庭收入": "799.99", "成员": [person, {**person, "称呼": "乙"}]}
    account = assumed.explain(household)
    lines = account_text(account).splitlines()

    assert lines[2] == "以下按假定的数值计算：家庭收入、年龄 是假定的，没有按规定算出"
    place = lines.index("  假定的数值：")
    assert lines[place + 1 : place + 3] == [
        "      家庭收入 799.99元/月",
        "      年龄 60岁（甲、乙）",
    ]
    assert not any(line.endswith("家庭收入 = 799.99元/月") for line in lines)
    found = account_json(account)["assumed"]
    assert [(one["name"], one["member"], one["value"]) for one in found] == [
        ("家庭收入", None, "799.99元/月"), ("年龄", 0, "60岁"), ("年龄", 1, "60岁"),
    ]  # fmt: skip
    assert result_json(account)["assumed"] == ["家庭收入", "年龄"]
    assert "    假定 家庭收入" in result_text(account).splitlines()
    plain = snapshot.explain(HOUSEHOLD)
    assert "假定" not in account_text(plain) and "assumed" not in account_json(plain)


def test_the_schema_asks_for_the_assumed_values(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("家庭收入", "人均收入", "三分之一")
    validator = jsonschema.Draft202012Validator(assumed.schema())
    household = {"存款": 1, "三分之一": 1, "per_person": "1.01", "成员": [PERSON]}

    assert validator.is_valid({**household, "家庭收入": 5})
    assert not validator.is_valid(household)
    assert assumed.schema()["properties"]["三分之一"]["x-step"] == "1/300"


def test_every_name_that_cannot_be_assumed_is_reported_at_once(snapshot: Snapshot) -> None:
    with pytest.raises(PolicyError) as caught:
        snapshot.assuming("年令", "wage", "年龄", "没有")

    assert [str(problem).split(" ", 1)[1].rstrip(">") for problem in caught.value.problems] == [
        "D3029 要假定的 `年令` 不是政策在这一天算出来的值",
        "D3030 要假定的 `wage` 是输入，不是算出来的值",
        "D3029 要假定的 `没有` 不是政策在这一天算出来的值",
    ]


def test_the_program_of_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "assumed.md").read_text("utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    scope: dict[str, object] = {}
    exec(compile(program, "assumed.md", "exec"), scope)
    assumed, household = scope["assumed"], scope["household"]
    assert isinstance(assumed, Snapshot) and isinstance(household, dict)

    assert assumed.decide(household)["低保"] is True
    assert assumed.decide({**household, "家庭收入": 1230})["低保"] is False


def test_what_was_given_instead_of_computed_is_read_like_any_value(snapshot: Snapshot) -> None:
    assumed = snapshot.assuming("income", "年龄")
    people = [{"年龄": 60, "残疾": "无", "奖金": 0}, {"age": 3, "残疾": "无", "奖金": 0}]
    decision = assumed.decide({"存款": 0, "income": "100.5", "成员": people})

    assert decision["家庭收入"] == decision["income"] == Decimal("100.5")
    assert decision["年龄"] == (60, 3)
    assert decision.raw("家庭收入") == 10050
    assert "家庭收入" not in decision.names()
    with pytest.raises(KeyError):
        decision["存款"]
