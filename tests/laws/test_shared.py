"""What regimes share changes nothing: each regime's program is the one that it would be on its own."""

from __future__ import annotations

import datetime
import re
from itertools import count
from pathlib import Path

import pytest

from dibao_policy import PolicyError, PolicyText, Source, compile as passes, compile_policy, load
from dibao_policy.compile import run_passes
from dibao_policy.core.integers import IntegerProgram, to_integers
from dibao_policy.core.program import Known, program_of
from dibao_policy.core.regimes import regimes
from dibao_policy.core.show import digest
from dibao_policy.evaluate.generate import generate
from dibao_policy.policy import Policy
from dibao_policy.problem import in_reading_order

from .test_timeline import plan, written

POLICIES = Path(__file__).parents[2] / "policies"

RISING = """政策 示例县(example)
输入 家庭.收入(income): 元/月  范围 0元/月 .. 9000元/月
输入 成员.年龄(age): 岁
参数 标准(standard): 元/人月
参数 津贴(allowance): 元/月
参数 倍数(times): 比例  范围 0 .. 10000000000000000
定义 家庭.人口(size): 人 = 人数(成员)
定义 成员.老人津贴(elder): 元/月 = 如果 年龄 ≥ 80岁 那么 津贴 否则 0元/月
定义 成员.高龄津贴(older): 元/月 = 如果 年龄 ≥ 90岁 那么 津贴 + 老人津贴 否则 老人津贴
定义 家庭.津贴合计(elders): 元/月 = 合计(成员.高龄津贴 当 年龄 ≥ 85岁)
定义 家庭.最高津贴(most): 元/月 = 最大(成员: 高龄津贴 当 年龄 ≥ 60岁 否则 1元/月)
定义 家庭.差额(gap): 元/月 = 较大(标准 × 人口 − 收入, 0元/月)
定义 家庭.补助(aid): 元/月 = (差额 + 津贴合计 + 最高津贴) × 倍数
定义 家庭.乘积(product): 比例 = 倍数 × 倍数
"""


def values(*times: str) -> str:
    """The values of three days: one rises twice, one on the last of them, and the multiples are given."""
    days = ("2020-01-01", "2021-01-01", "2022-01-01")
    lines = []
    for name, amounts in (
        ("标准", ("500", "520", "540")),
        ("津贴", ("50", "", "60")),
        ("倍数", times),
    ):
        lines += [f"{name}:", "  取值:"]
        for day, amount in zip(days, amounts, strict=True):
            if not amount:
                continue
            reason = ", 理由: 试算" if name == "倍数" else ""
            lines.append(
                f"    - {{自: {day}, 值: {amount}{reason}, 来源: {{文件: 通知, 状态: 原文}}}}"
            )
    return "\n".join(lines)


def text(*times: str, rules: str = RISING) -> PolicyText:
    return PolicyText("example", (Source("r", rules),), (Source("v", values(*times)),))


def alike(source: str) -> str:
    """A generated function with what it gathers over members numbered in order of appearance."""
    numbers = count()
    names: dict[str, str] = {}
    return re.sub(
        r"\ba_[0-9]+\b",
        lambda found: names.setdefault(found.group(), f"a_{next(numbers)}"),
        source.partition("def decide")[2],
    )


def intervals(integers: IntegerProgram) -> list[tuple[str, tuple[int, ...]]]:
    """What each rule may come to, as the proof that 64 bits suffice has it."""
    return [
        (
            one.rule.name,
            tuple(
                end
                for part in (one.form.numerator, one.form.denominator)
                for end in (part.low, part.high)
            ),
        )
        for one in integers.rules
    ]


def differing(policy: Policy) -> list[datetime.date]:
    """The first days of the regimes whose program would be another on its own."""
    lowered = policy.passed.lowered
    assert lowered is not None
    found = []
    for one in policy.passed.compiled:
        program, _ = program_of(lowered, one.regime, Known())
        alone, problems = to_integers(program)
        assert problems == ()
        same = (
            program == one.program
            and digest(program) == one.digest
            and alike(generate(alone).source) == alike(one.generated.source)
            and generate(alone).outputs == one.generated.outputs
            and intervals(alone) == intervals(one.integers)
        )
        if not same:
            found.append(one.regime.since)
    return found


def test_each_regime_of_the_policies_is_as_on_its_own() -> None:
    for folder in sorted(POLICIES.iterdir()):
        if folder.is_dir():
            assert differing(load(folder)) == [], folder.name


def test_each_regime_of_random_policies_is_as_on_its_own(deep: bool) -> None:
    regimes_seen = 0
    for seed in range(400 if deep else 40):
        policy = written(plan(seed))
        assert differing(policy) == [], seed
        regimes_seen += len(policy.regimes)
    assert regimes_seen >= 200


def test_a_rule_is_built_again_only_where_a_value_that_it_reads_has_changed() -> None:
    policy = compile_policy(text("1", "1", "1"), lambda code: None)
    built: dict[str, list[int]] = {}
    for one in policy.passed.compiled:
        for computed in one.integers.rules:
            built.setdefault(computed.rule.name, []).append(id(computed))

    times = {name: len(set(forms)) for name, forms in built.items()}
    assert times == {
        "人口": 1, "老人津贴": 2, "高龄津贴": 2, "津贴合计": 2, "最高津贴": 2, "差额": 3, "补助": 3,
        "乘积": 3,
    }  # fmt: skip
    assert differing(policy) == []


@pytest.mark.parametrize("hidden", ["标准", "津贴", "高龄津贴"])
def test_a_value_that_sharing_overlooked_would_be_found(
    hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = passes.names_read

    def overlooking(lowered: object) -> dict[int, tuple[str, ...]]:
        read = found(lowered)  # type: ignore[arg-type]
        return {rule: tuple(one for one in names if one != hidden) for rule, names in read.items()}

    monkeypatch.setattr(passes, "names_read", overlooking)
    with pytest.raises((AssertionError, PolicyError)):
        assert differing(compile_policy(text("1", "2", "3"), lambda code: None)) == []


@pytest.mark.parametrize(
    "times",
    [
        ("1", "9000000000000000", "1"),
        ("9000000000000000", "1", "9000000000000001"),
        ("1", "9000000000000000", "9000000000000000"),
        ("4000000000", "1", "4000000000"),
    ],
)
def test_what_does_not_fit_is_reported_in_each_regime_as_on_its_own(times: tuple[str, ...]) -> None:
    # The product stands in two versions, so that the same excess has two places.
    twice = RISING.replace(
        "定义 家庭.乘积(product): 比例 = 倍数 × 倍数",
        "定义 家庭.乘积(product): 比例 = 倍数 × 倍数\n  至 2021-12-31\n"
        "定义 家庭.乘积(product): 比例 = 倍数 × 倍数\n  自 2022-01-01 起",
    )
    passed = run_passes(text(*times, rules=twice), lambda code: None)
    lowered = passed.lowered
    assert lowered is not None
    # Days before all that the policy needs has begun do not count.
    programs = [
        (regime, *program_of(lowered, regime, Known())) for regime in regimes(lowered.scheme)
    ]
    alone = {
        regime.since: to_integers(program)[1] for regime, program, gaps in programs if not gaps
    }

    assert any(alone.values())
    assert passed.problems == in_reading_order([one for found in alone.values() for one in found])
    assert [one.regime.since for one in passed.compiled] == [
        since for since, found in alone.items() if not found
    ]
