"""Faults planted where few households would find them: the check of properties finds each, and no others."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from dibao_policy import PolicyText, Problem, Source, check_folder, compile_policy
from dibao_policy.compile import run_passes
from dibao_policy.core import ir
from dibao_policy.lawcraft.properties import HOUSEHOLDS, check_properties, households_for
from dibao_policy.problem import message

BASE = """政策 示例县(example)
输入 家庭.存款(savings): 元
输入 家庭.机动车辆数(vehicles): 辆
输入 成员.出生日期(birth_date): 日期
输入 成员.工资收入(wage): 元/月
输入 成员.其他收入(other): 元/月    默认 0元/月
输入 成员.在业(employed): 是否
参数 低保标准(standard): 元/人月
定义 家庭.人口(size): 人 = 人数(成员)
定义 成员.年龄(age): 岁 = 周岁(出生日期)
定义 家庭.家庭收入(income): 元/月 = 合计(成员: 工资收入 + 其他收入)
资格 家庭.低保(eligible)
  要求 收入: 家庭收入 < 低保标准 × 人口
  要求 存款: 存款 ≤ 24月 × 低保标准 × 人口
  要求 车辆: 机动车辆数 = 0辆
救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 低保标准 × 人口 − 家庭收入
"""
VALUES = """低保标准:
  取值:
    - {自: 2020-01-01, 值: 437, 来源: {状态: 未核实}}
    - {自: 2022-01-01, 值: 500, 来源: {状态: 未核实}}
"""


def programs(rules: str) -> list[ir.Program]:
    text = PolicyText("example", (Source("r", rules),), (Source("v", VALUES),))
    passed = run_passes(text, lambda code: None)
    assert passed.compiled, passed.problems
    return [one.program for one in passed.compiled]


def found(rules: str, households: int = 4000, seed: int = 0) -> list[Problem]:
    return list(check_properties(programs(rules), households, seed))


def told(rules: str) -> str:
    (problem,) = found(rules)
    return f"{problem.code} {message(problem)}"


SOUND = """性质 挣得多不吃亏: 工资收入 增加 ⇒ 家庭收入 + 低保金 不减少
性质 挣得多不多领: 工资收入 增加 ⇒ 低保金 不增加
性质 存得少不少领: 存款 减少 ⇒ 低保金 不减少
性质 不为负: 低保金 ≥ 0元/月
性质 有资格就有钱: 低保 ⇒ 低保金 > 0元/月
性质 补到标准: 低保 ⇒ 家庭收入 + 低保金 = 低保标准 × 人口
性质 有车没有: 机动车辆数 > 0辆 ⇒ 非 低保
"""


def test_what_holds_is_not_refuted() -> None:
    assert found(BASE + SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "claim", "expected"),
    [
        # One fen over the line, for several people, with savings and no car.
        (
            "家庭收入 < 低保标准", "家庭收入 ≤ 低保标准",
            "低保 ⇒ 低保金 > 0元/月", "低保 是、低保金 0元/月",
        ),
        # The line of a household of two, taken as that of one.
        (
            "金额 低保标准 × 人口", "金额 较大(低保标准 × 1人, 家庭收入)",
            "低保 ⇒ 家庭收入 + 低保金 = 低保标准 × 人口", "成员数 2",
        ),
        # A jump at exactly twenty-four months of the line.
        (
            "金额 低保标准 × 人口 − 家庭收入",
            "金额 低保标准 × 人口 − 家庭收入 + (如果 存款 = 24月 × 低保标准 × 人口 那么 1元/月 否则 0元/月)",
            "低保金 ≤ 低保标准 × 人口", "家庭.存款 12000元",
        ),
        # On the day of the eightieth birthday alone.
        (
            "金额 低保标准 × 人口 − 家庭收入",
            "金额 低保标准 × 人口 − 家庭收入 + "
            "合计(成员: 如果 年龄 = 80岁 且 整月数(出生日期, 决定日期) = 960月 那么 1元/月 否则 0元/月)",
            "低保金 ≤ 低保标准 × 人口", "低保金 501元/月",
        ),
        # Three who work, in a household of four.
        (
            "当 低保\n", "当 低保 且 非 (人数(成员 当 在业) = 3人 且 人口 = 4人)\n",
            "低保 ⇒ 低保金 > 0元/月", "成员数 4",
        ),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(old: str, new: str, claim: str, expected: str) -> None:
    assert old in BASE
    rules = BASE.replace(old, new) + f"性质 甲: {claim}\n"
    words = told(rules)
    assert words.startswith("D4002 性质 `甲` 不成立：在随机抽取的 ")
    assert expected in words
    # The same claim of the rules as they were is not refuted.
    assert found(BASE + f"性质 甲: {claim}\n") == []


@pytest.mark.parametrize(
    ("old", "new", "moved", "effect", "expected"),
    [
        # A floor that is lost on the line.
        (
            "− 家庭收入\n", "− 家庭收入\n  至少 100元/月\n",
            "工资收入 增加", "家庭收入 + 低保金 不减少",
            "`成员1.工资收入` 从 499.99元/月 变为 500元/月 时，`家庭收入 + 低保金` 从 599.99元/月 变为 500元/月",
        ),
        # Income that is counted one and a half times.
        (
            "金额 低保标准 × 人口 − 家庭收入", "金额 低保标准 × 人口 − 家庭收入 × 150%",
            "工资收入 增加", "家庭收入 + 低保金 不减少", "不成立",
        ),
        # Less wage, less benefit, between two amounts only.
        (
            "− 家庭收入\n",
            "− 家庭收入 + (如果 家庭收入 在 123.45元/月 .. 123.46元/月 那么 1元/月 否则 0元/月)\n",
            "工资收入 减少", "低保金 不减少",
            "`成员1.工资收入` 从 123.45元/月 变为 123.44元/月",
        ),
        # The savings count, which they should not up to the limit.
        (
            "− 家庭收入\n", "− 家庭收入 − 存款 × 1% ÷ 1月\n",
            "存款 增加", "低保金 不变", "`家庭.存款` 从 ",
        ),
    ],
)  # fmt: skip
def test_a_planted_trend_is_found_to_the_fen(
    old: str, new: str, moved: str, effect: str, expected: str
) -> None:
    assert old in BASE
    words = told(BASE.replace(old, new, 1) + f"性质 甲: {moved} ⇒ {effect}\n")
    assert words.startswith("D4001 性质 `甲` 不成立：在随机抽取的 4000 户中")
    assert expected in words


def test_a_fault_of_an_earlier_time_is_found() -> None:
    rules = BASE.replace(
        "金额 低保标准 × 人口 − 家庭收入", "金额 低保标准 × 人口 − 家庭收入 + 加发"
    )
    rules += """定义 家庭.加发(extra): 元/月 = 0元/月
  自 2022-01-01 起
定义 家庭.加发(extra): 元/月 = 如果 家庭收入 = 0元/月 那么 5元/月 否则 0元/月
  至 2021-12-31
性质 不超过标准: 低保金 ≤ 低保标准 × 人口
"""
    words = told(rules)
    assert "低保金 442元/月、低保标准 437元/人月" in words
    assert "2020-01-01 的这一户：成员数 1" in words


def test_the_same_seed_finds_the_same_household_and_another_one_finds_one_too() -> None:
    rules = BASE.replace("< 低保标准", "≤ 低保标准") + "性质 甲: 低保 ⇒ 低保金 > 0元/月\n"
    first = [message(one) for one in found(rules)]
    assert first == [message(one) for one in found(rules)]
    others = {message(found(rules, seed=seed)[0]).split("户中")[0] for seed in range(1, 6)}
    assert len(others) > 1


def test_what_is_told_is_true_by_the_definition() -> None:
    """The household of the message, given to the policy, gives the values of the message."""
    rules = BASE.replace("− 家庭收入\n", "− 家庭收入\n  至少 100元/月\n")
    rules += "性质 甲: 工资收入 增加 ⇒ 家庭收入 + 低保金 不减少\n"
    words = told(rules)
    shown = re.search(
        r"`成员1\.工资收入` 从 (\S+)元/月 变为 (\S+)元/月 时，.*? 从 (\S+)元/月 变为 (\S+)元/月；(\S+) 的",
        words,
    )
    assert shown is not None
    before, after, first, second, day = shown.groups()
    text = PolicyText("example", (Source("r", rules),), (Source("v", VALUES),))
    snapshot = compile_policy(text, lambda code: None).on(datetime.date.fromisoformat(day))
    sums = []
    for wage in (before, after):
        person = {"出生日期": "1990-01-01", "工资收入": wage, "在业": False}
        decision = snapshot.decide({"存款": 0, "机动车辆数": 0, "成员": [person]})
        sums.append(str(decision["家庭收入"] + decision["低保金"]))  # type: ignore[operator]
    assert sums == [first, second]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("家庭收入 < 0元/月 ⇒ 低保", "没有一户使 `家庭收入 < 0元/月` 成立"),
        ("机动车辆数 增加 ⇒ 家庭收入 不减少", "`家庭收入` 从不随 `机动车辆数` 变化"),
        ("没有了 = 0元/月", "没有哪一天的规定能算出它用到的全部事项"),
    ],
)
def test_a_property_that_nothing_exercises_is_told(claim: str, reason: str) -> None:
    rules = BASE + "定义 家庭.没有了(gone): 元/月 = 家庭收入\n  至 2019-12-31\n"
    words = told(rules + f"性质 甲: {claim}\n")
    assert words.startswith("D4003 性质 `甲` 没有得到检验：")
    assert reason in words


def test_a_property_changes_no_result_and_asks_for_nothing() -> None:
    plain = programs(BASE)
    rules = (
        BASE
        + "输入 家庭.面积(area): 平方米\n性质 面积无关: 面积 增加 ⇒ 低保金 + 面积 × 1元/平方米月 不减少\n"
    )
    with_property = programs(rules)
    assert [one.facts for one in with_property] == [one.facts for one in plain]
    assert [one.rules for one in with_property] == [one.rules for one in plain]
    # It is put to the test all the same, on households that have an area.
    assert found(rules) == []
    worse = rules.replace("低保金 + 面积", "低保金 − 面积")
    assert "`家庭.面积` 从 0平方米 变为 0.01平方米" in told(worse)


def test_a_property_beyond_64_bits_is_a_problem_and_the_others_go_on() -> None:
    large = "家庭收入 × 100000000 × 100000000 ≥ 0元/月"
    problems = found(BASE + f"性质 大: {large}\n性质 不为负: 低保金 > 0元/月\n")
    assert [one.code for one in problems][1:] == ["D4002"]
    assert problems[0].code.startswith("D3")


def test_no_household_is_drawn_where_none_is_asked_for() -> None:
    rules = BASE + "性质 甲: 低保金 < 0元/月\n"
    assert found(rules, households=0) == []
    assert [one.code for one in found(rules, households=1)] == ["D4002"]
    assert check_properties([], 100) == ()


def test_a_very_large_policy_draws_fewer_households_and_never_none() -> None:
    assert households_for(programs(BASE + SOUND)) == HOUSEHOLDS
    many = "".join(f"性质 甲{i}: 工资收入 增加 ⇒ 家庭收入 不减少\n" for i in range(300))
    assert 1 <= households_for(programs(BASE + many)) < HOUSEHOLDS
    endless = "".join(f"性质 甲{i}: 低保金 ≥ 0元/月\n" for i in range(4000))
    assert households_for(programs(BASE + endless)) == 1
    assert households_for([]) == 0


def test_a_folder_is_checked_with_its_properties(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    (folder / "parameters").mkdir(parents=True)
    (folder / "parameters" / "v.yaml").write_text(VALUES, "utf-8")
    (folder / "r.dibao").write_text(BASE + "性质 甲: 低保金 < 0元/月\n", "utf-8")
    assert [one.code for one in check_folder(folder)] == ["D2019", "D4002"]
    assert [one.code for one in check_folder(folder, households=0)] == ["D2019"]


def test_nobody_in_a_household_is_born_after_the_day_of_the_decision() -> None:
    assert found(BASE + "性质 生下来了: 最小(成员.年龄) ≥ 0岁\n") == []


def test_a_household_that_refutes_is_one_that_can_be_decided_on() -> None:
    # It is refuted by those in their first year of life alone, whose plain birthday lies after many a day.
    words = told(BASE + "性质 满一岁: 最大(成员.年龄) ≥ 1岁\n")
    day, born = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words)

    assert born <= day
