"""One made-up policy with every construct: the explanations of its households, accepted as text and as data.

`constructs/golden` holds what was read and accepted; the tests here say what has to be in it and why.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Policy, account_json, account_text, check_folder, load
from dibao_policy.explain.result import result_json
from dibao_policy.facts.text import read_text
from dibao_policy.text import Source

FOLDER = Path(__file__).parent / "constructs"
HOUSEHOLDS = sorted((FOLDER / "households").iterdir())
DAY = datetime.date(2024, 8, 1)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(FOLDER / "county")


def household(name: str) -> Any:
    path = FOLDER / "households" / f"{name}.yaml"
    given, problems = read_text(Source(path.name, path.read_text("utf-8")))
    assert problems == ()
    return given


def explained(policy: Policy, name: str, day: datetime.date = DAY) -> str:
    return account_text(policy.on(day).explain(household(name)))


def item(text: str, title: str) -> list[str]:
    """The lines under the numbered item of a step."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line[5:].split(" = ")[0] == title)
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith("      "))
    return [line.strip() for line in lines[start:end]]


@pytest.mark.parametrize("folder", ["national", "county"])
def test_the_policy_is_sound(folder: str) -> None:
    assert check_folder(FOLDER / folder) == ()


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: path.stem)
def test_the_explanation_is_the_accepted_one(policy: Policy, path: Path, update: bool) -> None:
    account = policy.on(DAY).explain(household(path.stem))
    data = json.dumps(account_json(account), ensure_ascii=False, indent=1) + "\n"
    for suffix, text in ((".txt", account_text(account)), (".json", data)):
        golden = FOLDER / "golden" / f"{path.stem}{suffix}"
        if update:
            golden.write_text(text, "utf-8")
        assert golden.read_text("utf-8") == text


def test_the_amounts_are_those_worked_out_by_hand(policy: Policy) -> None:
    decision = policy.on(DAY).decide(household("working"))
    # 1000 − min(300 + 300, 500) = 500; 3 × 1000 − 500.
    assert decision["可计收入"] == (500, 0, 0)
    assert decision["低保金"] == 2500
    # (20000 − 4000) × 70%; her serious illness would give 10000 × 50% + 3000 × 60% = 6800.
    assert decision["医疗救助金"] == (0, 11200, 500)
    assert decision["取暖救助金"] == 900
    left = policy.on(DAY).decide(household("left"))
    # 601 × 50%; 90000 × 70% = 63000, at most 50000 for the group, at most 30000 for all.
    assert left["就业渐退金"] == Decimal("300.50")
    assert left["医疗救助金"] == (0, 30000)


def test_a_taper_says_in_which_month_a_household_is(policy: Policy) -> None:
    assert item(explained(policy, "left"), "就业渐退金")[1:4] == [
        "符合“因就业超过标准”，就业月数 2月，在渐退的第 2 月",
        "停保前低保金 × 50%",
        "601元/月 × 50%",
    ]
    assert "就业月数 7月，渐退期 6 个月已满" in item(explained(policy, "excluded"), "就业渐退金")[1]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (0, "就业月数 0月，还没有进入渐退期"),
        (1, "就业月数 1月，在渐退的第 1 月"),
        (3, "就业月数 3月，在渐退的第 3 至 6 月"),
        (6, "就业月数 6月，在渐退的第 3 至 6 月"),
    ],
)
def test_each_stage_of_a_taper_by_its_months(policy: Policy, months: int, said: str) -> None:
    given = household("left") | {"就业月数": months}
    assert said in account_text(policy.on(DAY).explain(given))


def test_terms_are_told_in_their_own_words(policy: Policy) -> None:
    assert item(explained(policy, "working"), "医疗救助金·重病")[1:4] == [
        "余额 − 起付线 3,000元/年 分段计算：不超过 10,000元/年 的部分 × 50%，"
        "超过 10,000元/年、不超过 30,000元/年 的部分 × 60%，超过 30,000元/年 的部分 × 70%",
        "户主：不符合“重病”，0元/年",
        "妻子：符合“重病”，16,000元/年 − 3,000元/年 = 13,000元/年，"
        "分段计算 10,000元/年 × 50% + 3,000元/年 × 60%，得 6,800元/年",
    ]
    assert item(explained(policy, "refused"), "医疗救助金·重病")[2] == (
        "户主：符合“重病”，2,000元/年 没有超过起付线 3,000元/年，按零计，得 0元/年"
    )


def test_a_ceiling_is_told_where_it_cuts(policy: Policy) -> None:
    assert item(explained(policy, "left"), "医疗救助金·低保")[1:4] == [
        "余额 × 70%，封顶 50,000元/年",
        "户主：不再符合“低保”，但在过渡期内（退保月数 在 1月 .. 6月），0元/年 × 70% = 0元/年",
        "孩子：不再符合“低保”，但在过渡期内（退保月数 在 1月 .. 6月），"
        "90,000元/年 × 70% = 63,000元/年，封顶 50,000元/年",
    ]
    assert "16,000元/年 × 70% = 11,200元/年" in explained(policy, "working")


def test_the_highest_of_several_groups_is_told_with_all_of_them(policy: Policy) -> None:
    assert item(explained(policy, "working"), "医疗救助金")[1:5] == [
        "低保、重病、长者 中最高的一项，至多 30,000元/年",
        "户主：属于对象 低保，各项都是 0元/年",
        "妻子：属于对象 低保、重病，低保 11,200元/年、重病 6,800元/年 中最高的一项 = 11,200元/年",
        "母亲：属于对象 低保、长者，长者 500元/年",
    ]


def test_what_is_given_elsewhere_is_named_with_its_amount(policy: Policy) -> None:
    assert item(explained(policy, "excluded"), "取暖救助金")[1] == (
        "符合“低保”，已享受不可兼得的 住房补贴（200元/月）"
    )
    assert "没有享受不可兼得的 住房补贴" in item(explained(policy, "working"), "取暖救助金")[1]


def test_deductions_say_which_cap_cut_them(policy: Policy) -> None:
    text = explained(policy, "working")
    assert item(text, "就业成本")[2] == (
        "户主：符合“在业”，1,000元/月 × 50% = 500元/月，至多 300元/月（还没有扣完的有 1,000元/月），得 300元/月"
    )
    assert item(text, "可计收入·推定前")[2] == (
        "户主：1,000元/月 − (300元/月 + 300元/月 = 600元/月，合计至多 500元/月)，得 500元/月"
    )
    # With 200 of wages 100 are left for the support paid.
    assert item(explained(policy, "excluded"), "赡养费")[2] == (
        "户主：300元/月，不超过还没有扣完的 200元/月 − 100元/月 = 100元/月"
    )


def test_an_exception_is_told_where_it_is_needed(policy: Policy) -> None:
    text = explained(policy, "working")
    assert item(text, "低保·车辆")[1:3] == [
        "机动车辆数 = 0辆，例外：残疾人代步、长者",
        "1辆 = 0辆 不成立，属于例外 残疾人代步、长者",
    ]
    assert "《示例救助办法》（示部发〔2020〕1号）第六条" in item(text, "低保·车辆·残疾人代步")[-1]
    # Without a car nobody asks for an exception.
    assert "低保·车辆·残疾人代步" not in explained(policy, "left")


def test_a_refusal_names_the_exceptions_that_did_not_hold_either(policy: Policy) -> None:
    given = household("refused")
    account = policy.on(DAY).explain(given)
    (refusal,) = account_json(account)["refusals"]
    # The policy has a sentence of its own for this.
    assert refusal["reason"] == "家里有机动车 1辆"
    assert "1辆 = 0辆 不成立，也不属于例外 残疾人代步、长者" in account_text(account)


def test_a_choice_cites_the_case_that_held_and_no_other(policy: Policy) -> None:
    lines = item(explained(policy, "working"), "身份")
    assert lines[0].endswith("身份 = 低保户")
    assert lines[1] == "情形 特困：不符合“特困供养”，情形 低保：符合“低保”"
    assert lines[2] == "依据：《示例县实施细则》第一条；《示例县实施细则》第四条"
    rest = household("refused") | {"成员": [{"年龄": 30, "工资收入": 9000}]}
    text = account_text(policy.on(DAY).explain(rest))
    assert item(text, "身份")[-1] == "依据：《示例县实施细则》第一条；《示例县实施细则》第六条"


def test_a_rewritten_rule_says_whose_it_is_from_its_day_on(policy: Policy) -> None:
    said = "示例县自 2024-07-01 起改写了全国示例的规定"
    assert said in item(explained(policy, "working"), "低保金")
    before = explained(policy, "working", datetime.date(2024, 6, 30))
    assert "改写" not in before
    assert "依据：《示例救助办法》（示部发〔2020〕1号）第七条" in item(before, "低保金")


def test_parts_that_only_say_who_is_meant_are_left_out(policy: Policy) -> None:
    for path in HOUSEHOLDS:
        assert (
            "适用" not in explained(policy, path.stem).split("计算过程")[1].split("所用的标准")[0]
        )


def test_old_names_are_told_and_still_answered(policy: Policy) -> None:
    account = policy.on(DAY).explain(household("working"))
    assert "  用了曾用名、请改用现名：\n      月工资，现名 工资收入\n" in account_text(account)
    data = result_json(account)
    assert data["values"]["补助金"] == data["values"]["低保金"] == "2500元/月"
    assert data["former"] == {"补助金": "低保金", "old_benefit": "低保金"}
    assert data["renamed"] == [{"old": "月工资", "name": "工资收入", "member": 0}]
