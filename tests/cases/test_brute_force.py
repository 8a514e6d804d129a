"""Every answer agrees with looking at every household that there can be."""

from __future__ import annotations

import random

import pytest

from dibao_policy.core.cases.decide import decide
from dibao_policy.core.cases.frames import Worlds
from dibao_policy.core.cases.search import Found

from .conditions import Drawn, drawn
from .lists import check_witnesses, list_of

CONDITIONS = 24
LISTS = 150


def _compare(made: Drawn, seed: int, lists: int) -> tuple[int, int, int]:
    """Lists of one policy: how many there were, the households that were found, and what was undecided."""
    pick = random.Random(seed)
    worlds = Worlds(made.compiled.integers)
    rows = set(made.rows)
    found = undecided = 0
    for _ in range(lists):
        names = pick.sample(made.names, pick.randint(1, 5))
        when = pick.choice(made.names) if pick.random() < 0.2 else ""
        inside = [row for row in rows if not when or when in row]
        chosen = {
            mode: decide(worlds, list_of(made.compiled.program, names, mode, when=when, rest=rest))
            for mode, rest in (("exclusive", False), ("ordered", True))
        }
        findings = chosen["exclusive"]
        found += check_witnesses(findings, names, when)
        gap = any(not row & set(names) for row in inside)
        if findings.gap == "undecided":
            undecided += 1
        else:
            assert gap == isinstance(findings.gap, Found), (names, when)
            assert gap != chosen["ordered"].rest_unreached
        for later, name in enumerate(names):
            earlier = [one for one in names[:later] if any({one, name} <= row for row in inside)]
            reported = {
                names[first]: verdict
                for first, second, verdict in findings.overlaps
                if second == later
            }
            undecided += sum(verdict == "undecided" for verdict in reported.values())
            sure = [one for one, verdict in reported.items() if isinstance(verdict, Found)]
            assert not sure or sure[0] in earlier
            assert bool(reported) >= bool(earlier), (name, earlier)
            holds = any(name in row for row in inside)
            assert holds == (later not in findings.impossible), name
            before = set(names[:later])
            reached = any(name in row and not row & before for row in inside)
            unreached = dict(chosen["ordered"].unreached)
            assert (holds and not reached) == (later in unreached), name
            if later in unreached:
                assert [names[one] for one in unreached[later]] == earlier
    return lists, found, undecided


@pytest.mark.parametrize("seed", range(6))
def test_every_question_is_decided_and_every_answer_is_right(seed: int, deep: bool) -> None:
    lists = found = 0
    for one in range(seed, seed + (600 if deep else 1), 6):
        counts = _compare(drawn(one, CONDITIONS), one, LISTS)
        lists += counts[0]
        found += counts[1]
        assert counts[2] == 0, one

    assert found > lists
