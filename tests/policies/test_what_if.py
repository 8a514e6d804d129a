"""What is told of the cases of the shipped policies is true: by the interpreter at the turn and one step before it,
and by the decision at every step near the present value and near the turn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dibao_policy import Snapshot, load
from dibao_policy.core import ir
from dibao_policy.core.types import Day, Number, YesNo
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cells import missing_cells, step_at
from dibao_policy.evaluate.facts import Facts, PartialFacts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.account import is_result
from dibao_policy.lawcraft.cases.bind import household_of
from dibao_policy.lawcraft.cases.folder import read_cases
from dibao_policy.lawcraft.cases.run import Bench, bound_case
from dibao_policy.lawcraft.moves import place_of, value_at, with_value
from dibao_policy.lawcraft.what_if_found import Suggestible, WhatIf

from ..conftest import ROOT

POLICIES = sorted(path for path in (ROOT / "policies").iterdir() if (path / "cases").is_dir())
# Parts without a result of their own, and results of what nobody can bring about.
NOTHING_TO_SUGGEST = {"national", "rizhao", "yangzhou", "shangluo", "yishui"}
CASES = 4
STEPS = 15


def sampled(folder: Path, deep: bool) -> Iterator[tuple[str, Snapshot, dict[str, Any]]]:
    """Some cases of a policy that are decided."""
    policy = load(folder)
    bench, pick = Bench(policy), random.Random(folder.name)
    cases = list(read_cases(folder)[0])
    pick.shuffle(cases)
    left = len(cases) if deep else CASES
    for case in cases:
        bound, _ = bound_case(bench, case)
        if left and bound is not None and bound.facts is not None:
            left -= 1
            snapshot = policy.on(case.day).assuming(*case.assuming)
            yield case.name, snapshot, dict(household_of(case, snapshot.compiled.program))


def asked(snapshot: Snapshot, size: int) -> Iterator[Key]:
    """Entitlements and amounts, of the household and of its last member."""
    for rule in snapshot.compiled.program.rules:
        if is_result(rule) and isinstance(rule.type, (YesNo, Number)):
            yield rule.name, None if rule.scope == "household" else size - 1


class Moved:
    """A household with one fact moved."""

    def __init__(self, snapshot: Snapshot, facts: Facts, about: Suggestible, key: Key) -> None:
        self.snapshot, self.facts, self.key, self.fact = snapshot, facts, key, about.fact
        program = snapshot.compiled.program
        self.place = place_of(program, about.fact, about.member or 0)
        self.present = self.place_at(value_at(facts, self.place))
        partial = PartialFacts(
            facts.day, facts.size,
            tuple(None if about.member is None and fact == self.fact else 0
                  for fact in program.facts if fact.scope == "household"),
            tuple([None if i == about.member and fact == self.fact else 0 for i in range(facts.size)]
                  for fact in program.facts if fact.scope == "member"),
            facts.labels, (),
        )  # fmt: skip
        (self.cell,) = missing_cells(program, partial)

    def place_at(self, step: int) -> int:
        return day_from_number(step).toordinal() if isinstance(self.fact.type, Day) else step

    def place_of(self, value: ir.Value) -> int:
        if isinstance(self.fact.type, Number):
            return int(value / ir.step_of(self.fact))
        return self.place_at(int(value))

    def at(self, place: int) -> Facts:
        return with_value(self.facts, self.place, step_at(self.fact, place))

    def decided(self, place: int) -> bool:
        raw = self.snapshot.decide_facts(self.at(place)).raw(self.key[0])
        return (raw[self.key[1] or 0] if isinstance(raw, tuple) else raw) > 0  # type: ignore[no-any-return]

    def interpreted(self, place: int) -> bool:
        trace = interpret(self.snapshot.compiled.program, self.at(place))
        return any(
            step.value > 0 for step in trace.steps if (step.rule.name, step.member) == self.key
        )


def check(found: WhatIf, snapshot: Snapshot, facts: Facts, counts: Counter[str]) -> None:
    """Each turn is one, and nothing nearer is; a fact without a turn has none."""
    key = found.rule.name, found.member
    sides: dict[tuple[str, int | None], dict[int, int]] = {}
    abouts = {(one.about.fact.name, one.about.member): one.about for one in found.turns}
    abouts |= {(one.about.fact.name, one.about.member): one.about for one in found.fixed}
    for turn in found.turns:
        moved = Moved(snapshot, facts, turn.about, key)
        place = moved.place_of(turn.value)
        counts["turns"] += 1
        assert moved.interpreted(place) is not found.holds
        if turn.last is not None:
            side = 1 if place > moved.present else -1
            assert moved.place_of(turn.last) == place - side
            assert moved.interpreted(place - side) is found.holds
            sides.setdefault((turn.about.fact.name, turn.about.member), {})[side] = place - side
    for name, about in abouts.items():
        moved = Moved(snapshot, facts, about, key)
        counts["facts"] += 1
        if not isinstance(about.fact.type, (Number, Day)):
            continue
        ends = {-1: moved.cell.first, 1: moved.cell.last} | sides.get(name, {})
        pick = random.Random(str(name))
        # Every step near the present value and near the end, and some between.
        for end in ends.values():
            low, high = min(end, moved.present), max(end, moved.present)
            near = {*range(low, min(high, low + STEPS) + 1), *range(max(low, high - STEPS), high + 1)}
            for place in near | {pick.randint(low, high) for _ in range(STEPS)}:
                assert moved.decided(place) is found.holds, (about.path, place)


@pytest.mark.parametrize("folder", POLICIES, ids=lambda folder: folder.name)
def test_what_is_told_of_the_cases_is_true(folder: Path, deep: bool) -> None:
    counts: Counter[str] = Counter()
    for _, snapshot, given in sampled(folder, deep):
        facts = snapshot.facts(given)
        for name, member in asked(snapshot, facts.size):
            check(snapshot.what_if(given, name, member), snapshot, facts, counts)

    assert bool(counts["facts"]) is (folder.name not in NOTHING_TO_SUGGEST)


def test_every_fact_that_may_be_suggested_is_one_that_can_change() -> None:
    """Never who somebody is: no date of birth, no disability, no illness, nobody of the household."""
    marked = {
        fact.name
        for folder in POLICIES
        for fact in load(folder).passed.lowered.facts.values()  # type: ignore[union-attr]
        if fact.changeable
    }

    assert marked == {
        "工资收入", "经营净收入", "财产净收入", "转移净收入", "金融资产", "机动车辆数", "住房套数",
        "商铺套数", "门面房数", "月租金", "自有住房面积", "年收入", "收入", "其他收入",
    }  # fmt: skip
