"""Conditions about days: ages, months and days of the calendar, of one birth on a few days of decision."""

from __future__ import annotations

import datetime
import random

from dibao_policy.core.cases.decide import decide
from dibao_policy.core.cases.frames import Worlds
from dibao_policy.core.cases.search import Found
from dibao_policy.dates import ONE_DAY, day_number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.interpret import interpret, values_of

from .lists import check_witnesses, compiled, list_of, told

SINCE, UNTIL = datetime.date(2024, 2, 27), datetime.date(2024, 3, 2)
HEADER = f"政策 示例县(example)\n  自 {SINCE} 至 {UNTIL}\n"
FACTS = """输入 成员.出生日期: 日期
输入 成员.入院日期: 日期
定义 成员.年龄: 岁 = 周岁(出生日期)
定义 成员.住院月数: 月 = 整月数(入院日期, 决定日期)
"""
SIGNS = ("<", "≤", ">", "≥", "=", "≠")


def _condition(pick: random.Random, depth: int, sums: bool) -> str:
    if depth and pick.random() < 0.7:
        parts = [_condition(pick, depth - 1, sums) for _ in range(2)]
        return "(" + pick.choice((" 且 ", " 或 ")).join(parts) + ")"
    sign = pick.choice(SIGNS)
    day = pick.choice(("2020-02-29", "2022-03-01", "2023-12-31", "2024-02-28", "2024-02-29"))
    match pick.randrange(11 if sums else 10):
        case 0 | 1:
            return f"年龄 {sign} {pick.randint(0, 4)}岁"
        case 2:
            return f"出生日期 {sign} {day}"
        case 3:
            return f"住院月数 {sign} {pick.randint(0, 3)}月"
        case 4:
            return f"整月数(出生日期, 决定日期) {sign} {pick.choice((0, 1, 12, 24, 48))}月"
        case 5:
            return f"决定日期 {sign} {pick.choice(('2024-02-28', '2024-03-01'))}"
        case 6:
            return f"年份(出生日期) {sign} {pick.randint(2019, 2024)}年"
        case 7:
            return f"月份({pick.choice(('决定日期', '出生日期'))}) {sign} {pick.randint(1, 3)}月"
        case 8:
            return (
                f"日号({pick.choice(('决定日期', '入院日期'))}) {sign} {pick.choice((1, 2, 29))}日"
            )
        case 10:
            return f"年龄 × 2 {sign} 月份(入院日期) × 1岁/月"
    return f"周岁(出生日期, 入院日期) {sign} {pick.randint(0, 3)}岁"


def _days(first: datetime.date, last: datetime.date) -> list[int]:
    return [day_number(first + ONE_DAY * place) for place in range((last - first).days + 1)]


def _missed(seeds: range, sums: bool) -> int:
    """How many births that there are were left undecided; none may be denied."""
    # Around the end of February, where ages and months change, and around the days that are named.
    births = [19000101, 19600615, 20191231, 20231231, 20230101, 20240127, 20240129, 20240131]
    for year in range(2019, 2025):
        births += _days(datetime.date(year, 2, 26), datetime.date(year, 3, 3))
    stays = [20220301, 20231127, 20231231, 20240129, 20240130, 20240131, 20240229, 20240302]
    found = missed = proved = 0
    for seed in seeds:
        pick = random.Random(seed)
        names = [f"条件{place}" for place in range(12)]
        lines = [f"定义 成员.{name}: 是否 = {_condition(pick, 2, sums)}" for name in names]
        (regime,) = compiled(FACTS + "\n".join([*lines, ""]), header=HEADER)
        rows: set[frozenset[str]] = set()
        for today in _days(SINCE, UNTIL):
            # Nobody is born after the day of the decision.
            people = [(birth, stay) for birth in births if birth <= today for stay in stays]
            columns = tuple(list(column) for column in zip(*people, strict=True))
            labels = tuple(map(str, range(len(people))))
            values = values_of(
                interpret(regime.program, Facts(today, len(people), (), columns, labels, ()))
            )
            held = [(name, values[name]) for name in names]
            rows |= {
                frozenset(name for name, one in held if isinstance(one, tuple) and one[at])
                for at in range(len(people))
            }
        worlds = Worlds(regime.integers)
        for _ in range(30):
            few = pick.sample(names, pick.randint(1, 4))
            findings = decide(worlds, list_of(regime.program, few, "exclusive"))
            found += check_witnesses(findings, few)
            if any(not row & set(few) for row in rows):
                assert findings.gap != "none", few
                missed += not isinstance(findings.gap, Found)
            proved += findings.gap == "none"
            for later, name in enumerate(few):
                pairs = [one for one in findings.overlaps if one[1] == later]
                for earlier in range(later):
                    if any({few[earlier], name} <= row for row in rows):
                        assert pairs, (few[earlier], name)
                        missed += not any(isinstance(one, Found) for *_, one in pairs)
                if any(name in row for row in rows):
                    assert later not in findings.impossible, name
                proved += later - len(pairs)

    assert found > 50 and proved > 10
    return missed


def test_no_birth_is_denied_and_every_one_that_is_shown_is_real(deep: bool) -> None:
    assert _missed(range(40 if deep else 2), sums=False) == 0


def test_an_age_in_a_sum_with_a_month_is_at_most_undecided(deep: bool) -> None:
    assert _missed(range(40 if deep else 1), sums=True) < (500 if deep else 15)


def test_ages_that_follow_one_another_leave_no_gap() -> None:
    rules = FACTS + (
        "定义 成员.幼: 是否 = 年龄 在 0岁 .. 2岁\n"
        "定义 成员.少: 是否 = 年龄 在 3岁 .. 17岁\n"
        "定义 成员.壮: 是否 = 年龄 在 18岁 .. 59岁\n"
        "定义 成员.老: 是否 = 年龄 ≥ 60岁\n"
        "定义 成员.住: 是否 = 住院月数 ≥ 0月\n"
    )

    assert told(rules, ["幼", "少", "壮", "老"], "exclusive") == []
    assert told(rules, ["幼", "少", "老"], "exclusive") == [
        "D3040 `身份` 有空缺：`年龄 = 20岁` 时，没有一个 `情形` 成立"
    ]


def test_an_age_and_a_day_of_birth_know_of_each_other() -> None:
    rules = FACTS + (
        "定义 成员.满四岁: 是否 = 年龄 ≥ 4岁\n"
        "定义 成员.闰日后: 是否 = 出生日期 > 2020-02-29\n"
        "定义 成员.闰日前: 是否 = 出生日期 < 2020-02-29\n"
        "定义 成员.住: 是否 = 住院月数 ≥ 0月\n"
    )
    # Born on the 29th of February 2020: four years old on that day of 2024, and from 1 March of other years.
    (regime,) = compiled(rules, header="政策 示例县(example)\n  自 2024-02-28 至 2024-02-28\n")
    worlds = Worlds(regime.integers)

    def overlap(first: str, second: str) -> bool:
        findings = decide(worlds, list_of(regime.program, [first, second], "exclusive_or_nothing"))
        check_witnesses(findings, [first, second])
        return any(isinstance(verdict, Found) for *_, verdict in findings.overlaps)

    assert overlap("满四岁", "闰日前")
    assert not overlap("满四岁", "闰日后")
    gap = decide(worlds, list_of(regime.program, ["满四岁", "闰日后"], "exclusive")).gap
    assert isinstance(gap, Found)
    assert {int(value) for leaf, value in gap.values.items() if value > 20_000_000} >= {20200229}
