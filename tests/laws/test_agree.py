"""The law of the evaluators: the generated function gives what the interpreter gives, to the last fen.

Random policies times random households; every value of every rule is compared, without tolerance.
`pytest --deep` runs over 1,000 policies and 100,000 households.
"""

from __future__ import annotations

import pytest

from dibao_policy.core.ops import TABLE

from .agreement import Figures, differences


@pytest.fixture(scope="module")
def figures(deep: bool) -> Figures:
    figures = Figures()
    policies, households = (1_040, 100) if deep else (150, 20)
    for difference in differences(range(policies), households, figures):
        raise AssertionError(difference)
    print(f"\n{figures}")
    return figures


def test_every_value_agrees(figures: Figures, deep: bool) -> None:
    assert figures.households >= (100_000 if deep else 2_500)
    assert figures.values >= 20_000


def test_few_policies_need_more_than_64_bits(figures: Figures) -> None:
    assert figures.refused * 10 < figures.policies + figures.refused


def test_every_operation_occurs(figures: Figures) -> None:
    assert {name for name in TABLE if not figures.kinds[name]} == set()


OFTEN = (
    "Choose", "aggregate", "when", "lookup", "round", "divide", "multiply", "lowest", "highest",
    "clamp", "age", "months", "equal", "less", "and", "or", "not", "sum", "count", "maximum",
    "minimum", "any", "all", "rank", "rank when", "ascending", "descending", "ordered",
)  # fmt: skip
BLOCKS = ("定义", "收入", "资格", "救助", "分类施保", "渐退", "专项", "择一")
MODES = ("进位", "舍去", "四舍五入", "四舍六入五成双")


@pytest.mark.parametrize(
    "kind", [*OFTEN, *(f"block {block}" for block in BLOCKS), *(f"round {mode}" for mode in MODES)]
)
def test_the_kind_occurs_in_a_third_of_the_policies(figures: Figures, kind: str) -> None:
    assert figures.written[kind] * 3 >= figures.policies, figures.written
