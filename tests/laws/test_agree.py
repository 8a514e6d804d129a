"""The law of the evaluators: all ways to a value give the same, to the last fen, in every regime.

Random policies times random households; every value of every rule is compared, without tolerance: what the
interpreter gives, what the generated function gives, and what the text says when it is read a second time.
`pytest --deep` runs over 1,000 policies and 100,000 households.
"""

from __future__ import annotations

import time

import pytest

from dibao_policy.core.ops import TABLE

from .agreement import Figures, differences, passed_policy


@pytest.fixture(scope="module")
def figures(deep: bool) -> Figures:
    figures = Figures()
    policies, households = (1_080, 100) if deep else (60, 12)
    start = time.process_time()
    for difference in differences(range(policies), households, figures):
        raise AssertionError(difference)
    print(f"\n{figures}\n{time.process_time() - start:.1f} s")
    return figures


def test_every_value_agrees(figures: Figures, deep: bool) -> None:
    assert figures.households >= (100_000 if deep else 600)
    assert figures.values >= (4_000_000 if deep else 20_000)


def test_most_policies_have_several_regimes(figures: Figures) -> None:
    assert figures.regimes >= 3 * figures.policies


def test_few_policies_need_more_than_64_bits(figures: Figures) -> None:
    assert figures.refused * 10 < figures.policies + figures.refused


def test_every_operation_occurs(figures: Figures) -> None:
    assert {name for name in TABLE if not figures.kinds[name]} == set()


def test_the_check_of_cases_finds_no_fault(deep: bool) -> None:
    """The conditions that have to be apart and complete are so by the way they are written."""
    for seed in range(1_080 if deep else 40):
        passed_policy(seed, cases=True)


OFTEN = (
    "Choose", "aggregate", "when", "lookup", "round", "divide", "multiply", "lowest", "highest",
    "clamp", "age", "months", "equal", "less", "and", "or", "not", "sum", "count", "maximum",
    "minimum", "any", "all", "rank", "rank when", "ascending", "descending", "ordered",
)  # fmt: skip
BLOCKS = ("定义", "收入", "资格", "救助", "分类施保", "渐退", "专项", "择一", "核查")
MODES = ("进位", "舍去", "四舍五入", "四舍六入五成双")
CLAUSES = (
    "至少", "至多", "至少与至多", "免计", "扣减至多", "扣减合计", "扣减依次", "推定", "例外",
    "专项互斥", "专项就高", "专项依次", "按名称的对象", "扣除", "起付", "比例", "封顶", "定额",
    "累进对象", "过渡", "不可兼得", "择一互斥", "择一依次", "其余", "steps", "progressive",
    "stepped", "人工认定", "可变动", "曾用名", "版本", "数值变动", "继承", "改写", "改写有期",
)  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [
        *OFTEN,
        *(f"block {block}" for block in BLOCKS),
        *(f"round {mode}" for mode in MODES),
        *(f"text {clause}" for clause in CLAUSES),
    ],
)
def test_the_kind_occurs_in_a_third_of_the_policies(figures: Figures, kind: str) -> None:
    assert figures.written[kind] * 3 >= figures.policies, figures.written
