"""A household's facts: what may come in, in which forms, and every fault at once."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dibao_policy import PolicyError, PolicyText, Snapshot, Source, compile_policy
from dibao_policy.facts.text import read_text
from dibao_policy.problem import one_line

RULES = """政策 示例县(example)
枚举 残疾等级(disability_grade) { 无(none), 一级(one), 二级(two) }
输入 家庭.存款(savings): 元
输入 家庭.住房面积(area): 平方米    默认 0平方米
输入 成员.出生日期(birth_date): 日期
输入 成员.工资(wage): 元/月        范围 -100元/月 .. 5000元/月
输入 成员.残疾等级(disability): 残疾等级    默认 无
输入 成员.在业(employed): 是否
定义 家庭.总额(total): 元 = 存款 + 1月 × 合计(成员.工资 当 在业 且 残疾等级 = 无 且 周岁(出生日期) ≥ 16岁)
定义 家庭.宽敞(roomy): 是否 = 住房面积 > 100平方米
"""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("rules", RULES),), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2021, 5, 1))


def person(**other: Any) -> dict[str, Any]:
    return {"出生日期": "1980-02-29", "工资": 1000, "在业": True} | other


def faults_of(snapshot: Snapshot, given: Any) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        snapshot.decide(given)
    return [one_line(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "wage",
    [1234.5, float("nan"), 10.0],
)
def test_a_binary_float_is_refused(snapshot: Snapshot, wage: float) -> None:
    faults = faults_of(snapshot, {"存款": 0, "成员": [person(工资=wage)]})

    assert faults == [f"D5007 `成员[1].工资` 是二进制浮点数 {wage!r}，不能精确表示金额"]


@pytest.mark.parametrize("wage", [Decimal("1234.50"), "1234.5", Fraction(2469, 2)])
def test_an_exact_number_may_come_in_any_exact_form(snapshot: Snapshot, wage: object) -> None:
    decision = snapshot.decide({"存款": 0, "成员": [person(工资=wage)]})

    assert decision["总额"] == Decimal("1234.5")


def test_code_names_and_chinese_names_give_the_same(snapshot: Snapshot) -> None:
    chinese = {"存款": 5, "住房面积": "52.25", "成员": [person(残疾等级="一级", 称呼="户主")]}
    codes = {
        "savings": 5,
        "area": "52.25",
        "members": [
            {
                "birth_date": datetime.date(1980, 2, 29),
                "wage": 1000,
                "employed": "yes",
                "disability": "one",
                "label": "户主",
            }
        ],
    }

    assert snapshot.facts(chinese) == snapshot.facts(codes)


def test_missing_is_not_zero(snapshot: Snapshot) -> None:
    assert faults_of(snapshot, {"成员": [{"出生日期": "1980-02-29", "在业": True}]}) == [
        "D5001 缺少 `存款`，无法计算 `总额`",
        "D5001 缺少 `成员[1].工资`，无法计算 `总额`",
    ]


def test_a_default_that_was_used_is_remembered(snapshot: Snapshot) -> None:
    facts = snapshot.facts({"存款": 0, "成员": [person(), person(残疾等级="二级")]})

    assert facts.defaulted == (("住房面积", None), ("残疾等级", 0))


def test_all_faults_come_at_once_with_their_paths(snapshot: Snapshot) -> None:
    given = {
        "存款": -1,
        "savings": 3,
        "宠物": "猫",
        "成员": [
            person(工资="5000.01", 残疾等级="三级"),
            person(出生日期="1980-02-30", 在业=1, 工资="0.001"),
            "张三",
        ],
    }

    assert faults_of(snapshot, given) == [
        "D5002 `宠物` 不是这项政策要的事项",
        "D5003 `存款` 给了两次：`存款` 和 `savings`",
        "D5005 `成员[1].工资` 是 5000.01元/月，不在 -100元/月 至 5000元/月 之内",
        "D5008 `成员[1].残疾等级` 是 `三级`，不在允许的值之内",
        "D5004 `成员[2].出生日期` 应当是日期 YYYY-MM-DD，收到的是 `1980-02-30`",
        "D5006 `成员[2].工资` 是 0.001元/月，比最小单位 0.01元/月 还细",
        "D5004 `成员[2].在业` 应当是是或否，收到的是 `1`",
        "D5004 `成员[3]` 应当是一组“名称: 值”，收到的是 `张三`",
    ]


@pytest.mark.parametrize(
    ("wage", "accepted"),
    [
        ("-100.01", False),
        ("-100", True),
        ("-99.99", True),
        ("4999.99", True),
        ("5000", True),
        ("5000.01", False),
    ],
)
def test_the_ends_of_a_range_are_included(snapshot: Snapshot, wage: str, accepted: bool) -> None:
    given = {"存款": 0, "成员": [person(工资=wage)]}
    if accepted:
        assert snapshot.decide(given)["总额"] == Decimal(wage)
    else:
        assert faults_of(snapshot, given)[0].startswith("D5005")


@pytest.mark.parametrize("count", [0, 51])
def test_a_household_has_one_to_fifty_members(snapshot: Snapshot, count: int) -> None:
    faults = faults_of(snapshot, {"存款": 0, "成员": [person()] * count})

    assert faults == [f"D5009 `成员` 有 {count} 人，应当是 1 至 50 人"]


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "text",
        {"存款": 0, "成员": "张三"},
        {"存款": 0, "成员": {}},
        {"存款": 0, "成员": None},
        {"存款": 0, "成员": [None]},
        {"存款": None, "成员": [person()]},
        {"存款": [], "成员": [person()]},
        {"存款": 10**5000, "成员": [person()]},
        {"存款": Decimal("1e999999"), "成员": [person()]},
        {"存款": Decimal("NaN"), "成员": [person()]},
        {"存款": "1" * 5000, "成员": [person()]},
        {"存款": 0, "成员": [person(称呼=3)]},
        {"存款": 0, "成员": [person(**{"": 1})]},
        {"存款": 0, 7: 1, "成员": [person()]},
        {"存款": 0, "成员": [person(工资=True)]},
        {"存款": 0, "成员": [person(在业="maybe")]},
        {"存款": 0, "成员": [person(出生日期=datetime.datetime(1980, 1, 1))]},
        {"存款": 0, "成员": [person(出生日期=19800101)]},
        {"存款": 0, "members": [person()], "成员": [person()]},
    ],
)
def test_whatever_else_comes_in_is_refused_with_a_reason(snapshot: Snapshot, given: Any) -> None:
    assert faults_of(snapshot, given)


def test_json_numbers_are_read_from_their_text() -> None:
    value, found = read_text(Source("h", '{"存款": 0.1, "人数": 3}'))

    assert (value, found) == ({"存款": Decimal("0.1"), "人数": 3}, ())


def test_yaml_words_and_numbers_are_read_from_their_text() -> None:
    value, found = read_text(Source("h", "存款: 0.10\n在业: 是\n残: '1'\n日: 2020-01-01\n"))

    assert (value, found) == (
        {"存款": Fraction(1, 10), "在业": True, "残": "1", "日": "2020-01-01"},
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"存款": 1, "存款": 2}',
        "存款: 1\n存款: 2\n",
        '{"存款": 1',
        "[" * 100_000,
        '{"a":' * 100_000,
        "a: &x [1]\nb: *x\n",
        "a: !!python/object/apply:os.system [x]\n",
        "a: {b: {c\n",
    ],
    ids=lambda text: text[:30],
)
def test_a_text_that_cannot_be_read_gives_problems(text: str) -> None:
    value, found = read_text(Source("h", text))

    assert value is None and found


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 4000])
def test_json_beyond_numbers_is_refused_where_it_is_read(snapshot: Snapshot, number: str) -> None:
    value, _ = read_text(
        Source(
            "h",
            f'{{"存款": {number}, "成员": [{{"出生日期": "1980-01-01", "工资": 1, "在业": true}}]}}',
        )
    )

    assert [fault[:5] for fault in faults_of(snapshot, value)] == ["D5004"]


DATED = """政策 示例县(example)
输入 家庭.收入(income): 元/月
输入 家庭.存款(savings): 元
定义 家庭.够用(enough): 是否 = 收入 > 100元/月
  自 2020-01-01 至 2020-12-31
定义 家庭.够用(enough): 是否 = 收入 > 100元/月 且 存款 > 0元
  自 2021-01-01 起
"""


def test_a_fact_of_other_days_may_come_and_changes_nothing() -> None:
    """One file of facts serves every day: what a day does not read is checked, and left aside."""
    text = PolicyText("example", (Source("rules", DATED),), ())
    policy = compile_policy(text, lambda code: None)
    before, after = (policy.on(datetime.date(year, 5, 1)) for year in (2020, 2021))
    given = {"收入": 200, "savings": 0, "成员": [{}]}

    assert (before.decide(given)["够用"], after.decide(given)["够用"]) == (True, False)
    assert before.decide({"收入": 200, "成员": [{}]})["够用"] is True
    assert faults_of(after, {"收入": 200, "成员": [{}]}) == ["D5001 缺少 `存款`，无法计算 `够用`"]
    assert faults_of(before, given | {"savings": -1})[0].startswith("D5005 `savings`")
    assert faults_of(before, given | {"存款": 1})[0].startswith("D5003")
    assert faults_of(before, given | {"存钱": 1}) == [
        "D5002 `存钱` 不是这项政策要的事项",
    ]


def test_who_is_not_born_by_the_day_of_the_decision_is_no_member(snapshot: Snapshot) -> None:
    born = [person(出生日期=day) for day in ("2021-04-30", "2021-05-01", "2021-05-02")]

    assert snapshot.decide({"存款": 5, "成员": born[:2]})["总额"] == 5
    assert faults_of(snapshot, {"存款": 5, "成员": born}) == [
        "D5012 `成员[3].出生日期` 是 2021-05-02，在决定日期 2021-05-01 之后，算不出周岁"
    ]
    # Not even where nobody said so.
    usual = RULES.replace("(birth_date): 日期", "(birth_date): 日期 默认 2021-05-02")
    text = PolicyText("example", (Source("rules", usual),), ())
    policy = compile_policy(text, lambda code: None)
    given = {"存款": 5, "成员": [{"工资": 0, "在业": False}]}
    assert policy.on(datetime.date(2021, 5, 2)).decide(given)["总额"] == 5
    assert faults_of(policy.on(datetime.date(2021, 5, 1)), given) == [
        "D5012 `成员[1].出生日期` 是 2021-05-02，在决定日期 2021-05-01 之后，算不出周岁"
    ]
    born[2]["birth_date"] = datetime.date(2199, 12, 31)
    del born[2]["出生日期"]
    assert faults_of(snapshot, {"存款": 5, "成员": [born[2]]}) == [
        "D5012 `成员[1].birth_date` 是 2199-12-31，在决定日期 2021-05-01 之后，算不出周岁"
    ]


def test_a_date_of_the_household_is_held_to_the_same_and_others_are_free() -> None:
    rules = """政策 示例县(example)
输入 家庭.户主生日(birth): 日期
输入 家庭.到期日(ends): 日期
输入 家庭.领证日(issued): 日期
定义 家庭.高龄(old): 是否 = 周岁(户主生日) ≥ 80岁
定义 家庭.有效(valid): 是否 = 到期日 ≥ 决定日期 且 周岁(领证日, 到期日) < 10岁
"""
    text = PolicyText("example", (Source("rules", rules),), ())
    snapshot = compile_policy(text, lambda code: None).on(datetime.date(2021, 5, 1))
    given = {"户主生日": "1941-05-01", "到期日": "2031-04-30", "领证日": "2021-05-02", "成员": [{}]}

    assert (snapshot.decide(given)["高龄"], snapshot.decide(given)["有效"]) == (True, True)
    assert snapshot.decide(given | {"户主生日": "2021-05-01"})["高龄"] is False
    assert faults_of(snapshot, given | {"户主生日": "2021-05-02"}) == [
        "D5012 `户主生日` 是 2021-05-02，在决定日期 2021-05-01 之后，算不出周岁"
    ]
