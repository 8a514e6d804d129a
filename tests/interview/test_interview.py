"""An interview as a program holds it: what is put off, taken back, known before, and who is asked about."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile_policy, load
from dibao_policy.interview import Interview, household_text, interview, resumed, state_json
from dibao_policy.policy import Snapshot

ROOT = Path(__file__).parents[2]
TEXT = """政策 示例县(example)
输入 家庭.存款(savings): 元  问 "家里有多少存款？"
输入 家庭.户数(homes): 套  默认 1套
输入 成员.收入(income): 元/月  问 "每月收入多少元？"
输入 成员.生日(birth): 日期
资格 家庭.低保(eligible)
  要求 存款: 存款 ≤ 1万元
    否则 "存款是 {存款}，应当不超过 1 万元"
  要求 收入: 合计(成员.收入) < 500元/月
定义 家庭.多房(many): 是否 = 户数 > 1套
定义 成员.成年(adult): 是否 = 周岁(生日) ≥ 18岁
"""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("rules", TEXT),), (), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2024, 1, 1))


def path(now: Interview) -> str:
    return now.question.path if now.question else ""


def codes(refused: pytest.ExceptionInfo[PolicyError]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_who_lives_there_is_asked_first_and_one_person_needs_no_name(snapshot: Snapshot) -> None:
    first = interview(snapshot)

    assert (path(first), first.left, first.results, first.decided) == ("成员", None, (), False)
    assert path(first.answered(2)) == "成员.称呼"
    assert path(first.answered("1")) == "存款"


def test_it_is_not_asked_where_nothing_has_to_do_with_members(snapshot: Snapshot) -> None:
    first = interview(snapshot, ["many"])
    end = first.answered("2")

    assert path(first) == "户数"
    assert end.decided and end.results[0].value is True
    assert household_text(end).endswith("成员:\n  - 收入: 0\n    生日: 1994-01-01\n没有问:\n  - 存款\n"
                                        "  - 成员[1].收入\n  - 成员[1].生日\n")  # fmt: skip
    assert snapshot.decide(end.whole_household())["多房"] is True
    assert (end.saved.full, end.saved.asked, end.saved.facts) == (1, 1, ())


def test_what_is_put_off_comes_back_once_and_then_the_interview_ends_undecided(
    snapshot: Snapshot,
) -> None:
    now = interview(snapshot).answered(1).put_off()
    assert path(now) == "成员[1].收入"
    now = now.answered(0)
    assert (path(now), now.question.put_off if now.question else 0) == ("存款", 1)
    end = now.put_off()

    assert end.question is None and not end.decided and end.left == 1
    assert end.taken_back().question == now.question
    assert now.answered(5).decided


def test_what_is_put_off_is_not_asked_again_where_it_matters_no_more(snapshot: Snapshot) -> None:
    end = interview(snapshot).answered(1).put_off().answered(900)

    assert end.decided and end.saved.facts == ("存款",)


def test_a_refused_answer_loses_nothing(snapshot: Snapshot) -> None:
    now = interview(snapshot).answered(1)
    for wrong, expected in [
        ("x", "D5004"),
        (-1, "D5005"),
        ("0.001", "D5006"),
        (0.5, "D5007"),
        ("", "D7808"),
    ]:
        with pytest.raises(PolicyError) as refused:
            now.answered(wrong)
        assert codes(refused) == [expected]
    assert path(now) == "存款" and len(now.steps) == 1


def test_a_birthday_after_the_day_is_refused_and_its_range_says_so(snapshot: Snapshot) -> None:
    now = interview(snapshot, ["adult"]).answered(1)
    assert now.question is not None
    assert (now.question.kind, now.question.low, now.question.high) == (
        "day",
        "1900-01-01",
        "2024-01-01",
    )
    with pytest.raises(PolicyError) as refused:
        now.answered("2024-01-02")
    assert codes(refused) == ["D5012"]
    assert now.answered(datetime.date(2006, 1, 1)).results[0].value is True


def test_what_is_known_is_not_asked_nor_counted(snapshot: Snapshot) -> None:
    known = {"members": [{"label": "户主", "income": Fraction(1, 2)}, {}], "存款": 0}
    now = interview(snapshot, known=known)

    assert path(now) == "成员[2].收入"
    assert now.household == {"存款": 0, "成员": [{"称呼": "户主", "收入": "0.5"}, {}]}
    assert now.answered(1).saved.full == 1
    with pytest.raises(PolicyError) as refused:
        interview(snapshot, known={"存款": -1})
    assert codes(refused) == ["D5005"]


def test_a_default_is_asked_or_taken(snapshot: Snapshot) -> None:
    now = interview(snapshot, ["多房"])
    assert now.question is not None and now.question.default == 1
    assert now.answered("").results[0].value is False
    assert interview(snapshot, ["多房"], ask_defaults=False).decided


def test_why_names_the_rule_and_its_articles() -> None:
    snapshot = load(ROOT / "policies" / "daqing").on(datetime.date(2011, 8, 1))
    now = interview(snapshot, ["低保"]).answered(1)
    (reason,) = now.why()

    assert (path(now), reason.rule.origin.label) == ("机动车辆数", "车辆")
    assert [one.note for one in reason.citations] == ["没有找到大庆市的财产规定，暂按广东省的做法"]
    # An income has no article of its own to be told by: that of the rule which counts it is told.
    assert [one.rule.name for one in now.answered(0).answered("").why()] == ["核定收入", "就业成本"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"interview": 2}, "D7801"), ({"answer": []}, "D7801"), ({"known": []}, "D7801"),
        ({"results": [1]}, "D7801"), ({"results": ["低保全"]}, "D7801"), ({"answers": [{}]}, "D7801"),
        ({"policy": "other"}, "D7802"), ({"day": "2024-01-02"}, "D7802"), ({"digest": "0"}, "D7802"),
        ({"answers": [{"path": "存款", "answer": 1}]}, "D7803"),
        ({"answers": [{"path": "成员", "answer": 1}, {"path": "成员", "answer": 1}]}, "D7803"),
        ({"answers": [{"path": "成员", "answer": 1}, {"path": "收入", "answer": 1}]}, "D7803"),
        ({"answers": [{"path": "成员", "put_off": True}]}, "D7803"),
        ({"answers": [{"path": "成员", "answer": 51}]}, "D5009"),
        ({"known": {"存款": 0.5}}, "D5007"),
    ],
)  # fmt: skip
def test_a_state_that_does_not_belong_is_refused(
    snapshot: Snapshot, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        resumed(snapshot, state_json(interview(snapshot)) | change)
    assert codes(refused) == [code]


def test_a_list_is_no_state(snapshot: Snapshot) -> None:
    with pytest.raises(PolicyError) as refused:
        resumed(snapshot, [])
    assert codes(refused) == ["D7801"]
