"""Daqing while facts are missing: one answer that decides, an income in bounds, questions until all is decided."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import PolicyError, load
from dibao_policy.facts.text import read_text
from dibao_policy.policy import Snapshot
from dibao_policy.text import Source

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2011, 8, 1)
RESULTS = ["低保", "低保金", "分类救助金", "每月合计"]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load(ROOT / "policies" / "daqing").on(DAY)


def family(*members: dict[str, Any], **household: Any) -> dict[str, Any]:
    return {**household, "成员": list(members)}


FATHER = {"称呼": "户主", "出生日期": "1972-04-18", "在业": True}
MOTHER = {"称呼": "妻子", "出生日期": "1974-08-25", "在业": False, "工资收入": 0}
SON = {"称呼": "儿子", "出生日期": "2002-05-09", "在业": False, "工资收入": 0}


def test_a_car_alone_decides(snapshot: Snapshot) -> None:
    """Nothing else is known: not the district, not a birthday, not an income."""
    screening = snapshot.ask(family({}, {}, 机动车辆数=1))

    assert screening.decided
    assert screening.questions == ()
    assert [(one.rule.name, one.member, one.value) for one in screening.results] == [
        ("低保", None, False),
        ("低保金", None, 0),
        ("分类救助金", 0, 0),
        ("分类救助金", 1, 0),
        ("每月合计", None, 0),
        ("就业渐退金", None, 0),
        ("两费减免", None, 0),
    ]


def test_no_car_decides_nothing_yet(snapshot: Snapshot) -> None:
    screening = snapshot.ask(family({}, {}, 机动车辆数=0))

    assert not screening.decided
    assert "机动车辆数" not in {one.path for one in screening.questions}


def test_the_car_is_asked_first_and_the_district_not_at_all(snapshot: Snapshot) -> None:
    """All districts have the same lines; of the answers to the car's question most decide everything."""
    paths = [one.path for one in snapshot.ask(family({})).questions]

    assert paths == [
        "机动车辆数", "成员[1].工资收入", "金融资产", "住房套数", "成员[1].出生日期", "成员[1].在业",
    ]  # fmt: skip


def test_an_income_is_known_in_bounds(snapshot: Snapshot) -> None:
    """The father's wage is missing, the mother earns 500: 30 % of a wage are deducted from it, at 0 and at 1,000,000."""
    given = family(FATHER, MOTHER | {"工资收入": 500}, SON)
    (income,) = snapshot.ask(given, ["家庭收入"]).results

    assert (income.low, income.high) == (500, 700_500)
    assert [one.path for one in income.questions] == ["成员[1].工资收入"]


def test_an_income_in_bounds_bounds_the_benefit(snapshot: Snapshot) -> None:
    """338 × 3 = 1014 without the wage, less 700 of the mother's; a high wage leaves nothing."""
    given = family(
        FATHER, MOTHER | {"工资收入": 700}, SON, 区县="龙凤区", 金融资产=0, 机动车辆数=0, 住房套数=1
    )
    benefit, total = snapshot.ask(given, ["低保金", "每月合计"]).results

    assert (benefit.low, benefit.high) == (0, 314)
    assert (total.low, total.high) == (0, Decimal("347.80"))


def test_an_income_in_bounds_can_be_enough_to_decide(snapshot: Snapshot) -> None:
    """Two wages of 700 are over 410 × 3 already, whatever the father earns; one of them is not."""
    household = {"区县": "龙凤区", "金融资产": 0, "机动车辆数": 0, "住房套数": 1}
    over = family(FATHER, MOTHER | {"工资收入": 700}, SON | {"工资收入": 700}, **household)
    under = family(FATHER, MOTHER | {"工资收入": 700}, SON, **household)

    assert [one.value for one in snapshot.ask(over, ["低保", "每月合计"]).results] == [False, 0]
    assert not snapshot.ask(under, ["低保"]).decided


@pytest.mark.parametrize(
    ("wage", "decided"), [("1229.99", False), ("1230.00", True), ("1230.01", True)]
)
def test_the_bounds_are_exact_to_the_fen(snapshot: Snapshot, wage: str, decided: bool) -> None:
    """410 × 3 = 1230: income of 1230 is not below the line, and one fen less still may be."""
    given = family(FATHER, MOTHER | {"工资收入": wage}, SON,
                   区县="龙凤区", 金融资产=0, 机动车辆数=0, 住房套数=1)  # fmt: skip

    assert snapshot.ask(given, ["低保"]).decided is decided


def test_only_the_birthday_of_the_one_that_it_matters_for_is_asked(snapshot: Snapshot) -> None:
    given = family({**FATHER, "工资收入": 0}, {**MOTHER, "出生日期": "2000-01-01"}, {"在业": False, "工资收入": 0},
                   区县="龙凤区", 金融资产=0, 机动车辆数=0, 住房套数=1)  # fmt: skip
    screening = snapshot.ask(given)

    assert [one.path for one in screening.questions] == ["成员[3].出生日期"]
    # 338 × 10 % for a minor or for one of seventy; the mother of 2000 is a minor, 338 × 3 + 33.80 are sure.
    assert [(one.low, one.high) for one in screening.results if not one.decided] == [
        (0, Decimal("33.80")),
        (Decimal("1047.80"), Decimal("1081.60")),
    ]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples" / "households").iterdir()), ids=lambda path: path.stem
)
def test_question_by_question_every_example_is_decided_as_it_is(
    snapshot: Snapshot, path: Path
) -> None:
    whole, _ = read_text(Source(path.name, path.read_text("utf-8")))
    decision = snapshot.decide(whole)
    codes = {fact.code: fact.name for fact in snapshot.compiled.program.facts}
    whole = {codes.get(name, name): value for name, value in whole.items()}
    whole["成员"] = [
        {codes.get(name, name): value for name, value in person.items()}
        for person in whole.get("成员") or whole["members"]
    ]
    given: dict[str, Any] = family(*({} for _ in whole["成员"]))
    for fact in snapshot.compiled.program.facts:
        # What has a default would not be asked.
        if fact.default is not None:
            for place, person in enumerate(whole["成员"]):
                given["成员"][place] |= (
                    {fact.name: person[fact.name]} if fact.name in person else {}
                )
    asked: list[str] = []
    screening = snapshot.ask(given)
    while screening.questions:
        first = screening.questions[0]
        asked.append(first.path)
        rows = (given, whole) if first.member is None else (
            given["成员"][first.member], whole["成员"][first.member]
        )  # fmt: skip
        rows[0][first.fact.name] = rows[1][first.fact.name]
        screening = snapshot.ask(given)

    assert len(asked) == len(set(asked)) <= 4 + 3 * len(whole["成员"])
    for name in RESULTS:
        values = [one.value for one in screening.results if one.rule.name == name]
        found = decision[name]
        assert values == (list(found) if isinstance(found, tuple) else [found])


def test_what_is_wrong_is_refused_all_at_once_though_much_is_missing(snapshot: Snapshot) -> None:
    given = family({"工资收入": -1, "在业": "也许"}, {"工姿收入": 3}, 区县="南岗区", 机动车辆数=0.5)
    with pytest.raises(PolicyError) as refused:
        snapshot.ask(given)

    assert [problem.code for problem in refused.value.problems] == [
        "D5007", "D5008", "D5004", "D5005", "D5002",
    ]  # fmt: skip
    assert not [one for one in refused.value.problems if one.slug == "missing-fact"]


def test_a_slip_in_the_name_of_a_result_is_told(snapshot: Snapshot) -> None:
    with pytest.raises(KeyError, match="低保全 on 2011-08-01; perhaps 低保?"):
        snapshot.ask(family({}), ["低保全"])
