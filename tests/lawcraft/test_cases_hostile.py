"""Texts with random slips in them: every one is told as problems, run, or edited; none ends in an exception."""

from __future__ import annotations

import random

from dibao_policy import Source
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.report import report
from dibao_policy.lawcraft.cases.run import Bench, bound_case, passes, run_case
from dibao_policy.lawcraft.cases.table import read_csv
from dibao_policy.lawcraft.cases.update import update

from .cases_policy import COMMON, policy
from .test_cases_read import CHINESE, ENGLISH
from .test_cases_table import TABLE

RICH = (
    COMMON
    + """  - 名称: 甲
    日期: 2020-01-01
    来源: {状态: 自拟}
    家庭: {存款: 10000.01, 成员: [{工资: 99.99, 在业: 是}, {工资: 3}]}
    期望:
      低保: 是
      成员[1].可计收入: 69.99
      就业成本: [30, 0]
      成员.就业成本: 0
      分组: 城市
    核查: [存款较多, 工资偏低]
    容差: {就业成本: 0.5, 理由: 约数}
"""
)
_SIGNS = "[]{}:,- \n'\"#是否甲乙0123.÷元/月成员%&*!|>?⇒期望低保金\t"


def slipped(text: str, draw: random.Random) -> str:
    """A text with a few characters lost, added, or in the place of others."""
    signs = list(text)
    for _ in range(draw.randint(1, 2)):
        at, other = draw.randrange(len(signs)), draw.randrange(len(signs))
        match draw.randrange(3):
            case 0:
                del signs[at : at + draw.randint(1, 6)]
            case 1:
                signs.insert(at, draw.choice(_SIGNS))
            case 2:
                signs[at : at + 5], signs[other : other + 5] = (
                    signs[other : other + 5],
                    signs[at : at + 5],
                )
    return "".join(signs)


def test_a_slip_is_told_or_harmless() -> None:
    draw = random.Random(7001)
    known = policy()
    told, ran, edited = 0, 0, 0
    for _ in range(600):
        text, name = draw.choice(
            [(CHINESE, "甲.yaml"), (ENGLISH, "甲.yaml"), (RICH, "甲.yaml"), (TABLE, "表.csv")]
        )
        source = Source(name, slipped(text, draw))
        cases, problems = (read_csv if name == "表.csv" else read_text)(source)
        bench = Bench(known)
        told += bool(problems)
        for case in cases:
            if not case.whole:
                bound_case(bench, case)
                continue
            outcome = run_case(bench, case)
            report(bench, outcome, draw.choice(["zh", "en"]))
            # What only an explanation shows is not looked at by the quick answer.
            if not (case.reasons or case.articles):
                assert passes(bench, case) is outcome.passed
            ran += 1
        if not problems:
            edited += update(bench, source, frozenset(case.name for case in cases)).values
    assert min(told, ran) > 200 and edited > 0
