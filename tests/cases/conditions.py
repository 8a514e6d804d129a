"""Random conditions over facts with few values, so that every household there can be is looked at."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from attrs import frozen

from dibao_policy.compile import Compiled
from dibao_policy.evaluate.facts import Facts, member_facts
from dibao_policy.evaluate.interpret import interpret, values_of

from .lists import compiled

FACTS = """枚举 等级 { 无, 轻, 重 }
输入 成员.年数: 岁 范围 0岁 .. 4岁
输入 成员.等级: 等级
输入 成员.在业: 是否
输入 成员.工资: 元/月 范围 0元/月 .. 0.05元/月
输入 成员.补贴: 元/月 范围 0.01元/月 .. 0.03元/月
参数 限额: 元/月 按 等级
"""
VALUES = """限额:
  取值:
    - 自: 2020-01-01
      值: {无: 0.02, 轻: 0.03, 重: 0.03}
      来源: {状态: 未核实}
"""
SIGNS = ("<", "≤", ">", "≥", "=", "≠")
SHARES = ("50%", "30%", "150%", "100%")
ROUNDINGS = ("四舍五入", "进位", "舍去", "四舍六入五成双")


class Conditions:
    """Writes conditions of a member."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.written: list[str] = []

    def condition(self, depth: int) -> str:
        pick = self.random
        kind = pick.randrange(5) if depth else pick.randrange(5, 13)
        if kind < 2:
            parts = [self.condition(depth - 1) for _ in range(pick.randint(2, 3))]
            return "(" + (" 且 ", " 或 ")[kind].join(parts) + ")"
        if kind == 2:
            return f"非 ({self.condition(depth - 1)})"
        if kind == 3:
            return self.condition(0)
        if kind == 4:
            parts = [self.condition(depth - 1) for _ in range(3)]
            return "(如果 {} 那么 {} 否则 {})".format(*parts)
        if kind == 5:
            return "在业"
        if kind == 6:
            return f"等级 {pick.choice(('=', '≠'))} {self.member()}"
        if kind == 7:
            return f"等级 属于 {{{', '.join(pick.sample(('无', '轻', '重'), 2))}}}"
        if kind == 8 and self.written:
            return pick.choice(self.written)
        if kind in (8, 9):
            return f"年数 {pick.choice(SIGNS)} {pick.randint(-1, 6)}岁"
        if kind == 10:
            return f"年数 在 {pick.randint(0, 3)}岁 .. {pick.randint(2, 6)}岁"
        return f"{self.money(2)} {pick.choice(SIGNS)} {self.money(1)}"

    def member(self) -> str:
        pick = self.random
        if pick.random() < 0.2:
            return f"(如果 {self.condition(0)} 那么 {pick.choice(('无', '轻'))} 否则 重)"
        return pick.choice(("无", "轻", "重"))

    def money(self, depth: int) -> str:
        pick = self.random
        kind = pick.randrange(4) if not depth else pick.randrange(11)
        if kind < 2:
            return ("工资", "补贴")[kind]
        if kind == 2:
            return f"0.0{pick.randint(0, 6)}元/月"
        if kind == 3:
            return pick.choice(("限额", "限额[轻]", "限额[等级]"))
        if kind == 4:
            return f"({self.money(depth - 1)} + {self.money(depth - 1)})"
        if kind == 5:
            return f"({self.money(depth - 1)} − {self.money(depth - 1)})"
        if kind == 6:
            return f"{self.money(0)} × {pick.choice(SHARES)}"
        if kind == 7:
            word = pick.choice(("较小", "较大"))
            return f"{word}({self.money(depth - 1)}, {self.money(depth - 1)})"
        if kind == 8:
            parts = (self.condition(0), self.money(depth - 1), self.money(depth - 1))
            return "(如果 {} 那么 {} 否则 {})".format(*parts)
        if kind == 9:
            step = pick.choice(("0.01元/月", "0.02元/月", "0.03元/月"))
            part = f"{self.money(0)} × {pick.choice(SHARES)}"
            return f"取整({part} 到 {step} {pick.choice(ROUNDINGS)})"
        return f"{self.money(0)} × 年数 ÷ 3岁"


@frozen
class Drawn:
    """A policy of random conditions, and which of them hold in each household that there can be."""

    compiled: Compiled
    names: tuple[str, ...]
    rows: tuple[frozenset[str], ...]


def drawn(seed: int, count: int) -> Drawn:
    """A policy of `count` conditions, interpreted for every combination of facts."""
    made = Conditions(seed)
    lines: list[str] = []
    for place in range(count):
        name = f"条件{place}"
        lines.append(f"定义 成员.{name}: 是否 = {made.condition(made.random.randint(0, 3))}")
        made.written.append(name)
    reading = "定义 成员.读: 元/月 = 如果 在业 且 年数 > 0岁 那么 工资 + 补贴 否则 限额"
    (regime,) = compiled(FACTS + "\n".join([*lines, reading, ""]), VALUES)
    names = tuple(made.written)
    return Drawn(regime, names, _rows(regime, names))


def _rows(regime: Compiled, names: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Every household of one member: all of them together are the members of one that is interpreted."""
    ranges = [range(int(fact.low), int(fact.high) + 1) for fact in member_facts(regime.program)]
    everyone = list(itertools.product(*ranges))
    columns = tuple(zip(*everyone, strict=True))
    labels = tuple(map(str, range(len(everyone))))
    facts = Facts(20240101, len(everyone), (), columns, labels, ())
    values = values_of(interpret(regime.program, facts))
    held = [(name, values[name]) for name in names]
    return tuple(
        frozenset(name for name, column in held if isinstance(column, tuple) and column[place])
        for place in range(len(everyone))
    )
