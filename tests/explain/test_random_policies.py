"""Every decision on a random policy can be explained: each step in words, each figure there, none cut short."""

from __future__ import annotations

import json

import pytest

from dibao_policy import account_json, account_text
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain.account import account_of
from dibao_policy.explain.result import result_json, result_text

from ..laws.agreement import compiled_policy
from ..laws.households import Households

SEEDS = 60


@pytest.mark.parametrize("start", range(0, SEEDS, 10))
def test_every_step_of_a_random_policy_is_told(start: int, deep: bool) -> None:
    told = 0
    for seed in range(start, start + 10):
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        draw = Households(compiled.program, seed)
        for _ in range(20 if deep else 2):
            facts = draw.draw()
            day = day_from_number(facts.day)
            account = account_of(interpret(compiled.program, facts), day, compiled.digest)
            text = account_text(account, staff=True) + result_text(account)
            data = json.dumps([account_json(account), result_json(account)], ensure_ascii=False)
            assert "…" not in text
            assert "…" not in data
            # A part goes by its label, or as "X的Y", never by the name that the compiler gave it.
            assert "·适用" not in text
            told += len(account.shown)
    assert told > 100
