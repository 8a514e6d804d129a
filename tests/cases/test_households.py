"""Conditions about all members: proved for households of every size, or shown by a real one, or undecided."""

from __future__ import annotations

import itertools
import random

import pytest

from dibao_policy.compile import Compiled
from dibao_policy.core.cases.decide import Findings, decide
from dibao_policy.core.cases.frames import Worlds
from dibao_policy.core.cases.search import Found
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.interpret import interpret, values_of

from .lists import check_witnesses, compiled, list_of

FACTS = """输入 家庭.车辆: 辆 范围 0辆 .. 1辆
输入 成员.年数: 岁 范围 0岁 .. 2岁
输入 成员.在业: 是否
输入 成员.工资: 元/月 范围 0元/月 .. 0.02元/月
定义 成员.所得: 元/月 = 如果 在业 那么 工资 × 50% 否则 工资
定义 成员.名次: 名 = 第几(成员 按 工资 从高到低 当 年数 > 0岁)
定义 家庭.人口: 人 = 人数(成员)
定义 家庭.总收入: 元/月 = 合计(成员.所得)
定义 家庭.人均收入: 元/人月 精确 = 总收入 ÷ 人口
定义 家庭.占用: 是否 = 车辆 > 0辆 且 人均收入 ≥ 0元/人月 且 工资数 < 0.9元/月
定义 家庭.工资数: 元/月 = 合计(成员.工资)
"""
SIGNS = ("<", "≤", ">", "≥", "=", "≠")
SIZES = (1, 2, 3)


class Summaries:
    """Writes conditions of a household, or of a member of one."""

    def __init__(self, seed: int, scope: str) -> None:
        self.random = random.Random(seed)
        self.scope = scope

    def condition(self, depth: int) -> str:
        pick = self.random
        if depth and pick.random() < 0.7:
            parts = [self.condition(depth - 1) for _ in range(2)]
            return "(" + pick.choice((" 且 ", " 或 ")).join(parts) + ")"
        if depth and pick.random() < 0.3:
            return f"非 ({self.condition(depth - 1)})"
        if self.scope == "成员" and pick.random() < 0.4:
            return self.member()
        sign = pick.choice(SIGNS)
        match pick.randrange(9):
            case 0:
                return f"车辆 {sign} {pick.randint(0, 1)}辆"
            case 1:
                return f"人口 {sign} {pick.randint(1, 3)}人"
            case 2:
                return f"人数(成员 当 {self.member()}) {sign} {pick.randint(0, 2)}人"
            case 3:
                return f"存在(成员 当 {self.member()})"
            case 4:
                return f"全部(成员 当 {self.member()})"
            case 5:
                return f"总收入 {sign} 0.0{pick.randint(0, 5)}元/月"
            case 6 if self.scope == "家庭":
                return f"人均收入 {sign} 0.0{pick.randint(0, 2)}元/人月"
            case 7:
                word = pick.choice(("最大", "最小"))
                return (
                    f"{word}(成员.年数 当 {self.member()} 否则 1岁) {sign} {pick.randint(0, 2)}岁"
                )
        return f"{pick.choice(('最大', '最小'))}(成员.工资) {sign} 0.0{pick.randint(0, 2)}元/月"

    def member(self) -> str:
        pick = self.random
        sign = pick.choice(SIGNS)
        return pick.choice(
            (
                "在业",
                "非 在业",
                f"年数 {sign} {pick.randint(0, 2)}岁",
                f"工资 {sign} 0.01元/月",
                f"所得 {sign} 0.01元/月",
                f"名次 {sign} {pick.randint(0, 3)}名",
                "(在业 且 年数 > 0岁)",
            )
        )


def _rows(regime: Compiled, names: list[str], seed: int) -> set[frozenset[str]]:
    """Which conditions hold, in households of one to three members: all small ones, and some of three."""
    pick = random.Random(seed)
    people = list(itertools.product(range(3), (0, 1), range(3)))
    rows: set[frozenset[str]] = set()
    for size in SIZES:
        all_of_size = list(itertools.combinations_with_replacement(people, size))
        for members in all_of_size if size < 3 else pick.sample(all_of_size, 150):
            for vehicles in (0, 1):
                columns = tuple(list(column) for column in zip(*members, strict=True))
                labels = tuple(map(str, range(size)))
                facts = Facts(20240101, size, (vehicles,), columns, labels, ())
                values = values_of(interpret(regime.program, facts))
                for at in range(size):
                    held = ((name, values[name]) for name in names)
                    rows.add(
                        frozenset(
                            name
                            for name, one in held
                            if (one[at] if isinstance(one, tuple) else one)
                        )
                    )
    return rows


def _missed(rows: set[frozenset[str]], names: list[str], findings: Findings) -> int:
    """How many households that there are were left undecided; none may be denied."""
    missed = 0
    if any(not row & set(names) for row in rows):
        assert findings.gap != "none", names
        missed += not isinstance(findings.gap, Found)
    for later, name in enumerate(names):
        overlaps = [one for one in findings.overlaps if one[1] == later]
        found = any(isinstance(verdict, Found) for *_, verdict in overlaps)
        for earlier in range(later):
            if any({names[earlier], name} <= row for row in rows):
                assert overlaps, (names[earlier], name)
                missed += not found
        if any(name in row for row in rows):
            assert later not in findings.impossible, name
    return missed


def _unreached_are_unreached(
    rows: set[frozenset[str]], names: list[str], findings: Findings
) -> None:
    for place, _ in findings.unreached:
        before = set(names[:place])
        assert not any(names[place] in row and not row & before for row in rows), names
    if findings.rest_unreached:
        assert all(row & set(names) for row in rows)


@pytest.mark.parametrize("scope", ["家庭", "成员"])
def test_no_household_is_denied_and_every_one_that_is_shown_is_real(scope: str, deep: bool) -> None:
    found = missed = proved = 0
    for seed in range(100 if deep else 3):
        made = Summaries(seed, scope)
        names = [f"条件{place}" for place in range(16)]
        lines = [
            f"定义 {scope}.{name}: 是否 = {made.condition(made.random.randint(0, 2))}"
            for name in names
        ]
        (regime,) = compiled(FACTS + "\n".join([*lines, ""]))
        rows = _rows(regime, names, seed)
        worlds = Worlds(regime.integers)
        for _ in range(40):
            few = made.random.sample(names, made.random.randint(1, 4))
            findings = decide(worlds, list_of(regime.program, few, "exclusive"))
            found += check_witnesses(findings, few)
            missed += _missed(rows, few, findings)
            proved += findings.gap == "none"
            pairs = len(few) * (len(few) - 1) // 2
            proved += pairs - len(findings.overlaps)
            ordered = decide(worlds, list_of(regime.program, few, "ordered", rest=True))
            _unreached_are_unreached(rows, few, ordered)

    assert found > 50 and proved > 10
    assert missed * 50 <= found, (missed, found)
