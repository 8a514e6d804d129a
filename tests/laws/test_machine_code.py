"""The generated function, compiled to machine code, gives what the interpreter gives. Needs numba, an extra."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from dibao_policy.compile import Compiled
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.policy import Snapshot

from .agreement import _NO_POLICY, compiled_policy
from .households import Households

numba = pytest.importorskip("numba")
numpy = pytest.importorskip("numpy")


def in_machine_code(compiled: Compiled) -> Compiled:
    """The same regime, its function over columns of 64-bit integers."""
    scope: dict[str, Any] = {}
    exec(compiled.generated.source, scope)
    function = numba.njit(scope["decide"])

    def decide(*given: Any) -> tuple[int, ...]:
        columns = [numpy.array(one, numpy.int64) if isinstance(one, list) else one for one in given]
        returned = function(*columns)
        for one, column in zip(given, columns, strict=True):
            if isinstance(one, list):
                one[:] = column.tolist()
        return tuple(int(one) for one in returned)

    one = evolve(compiled)
    one.__dict__["generated"] = evolve(compiled.generated, function=decide)
    return one


@pytest.mark.filterwarnings("ignore")
def test_machine_code_agrees(deep: bool) -> None:
    values = 0
    for seed in range(11_000, 11_040 if deep else 11_002):
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        fast = in_machine_code(compiled)
        draw = Households(compiled.program, seed)
        for _ in range(200):
            facts = draw.draw()
            meant = values_of(interpret(compiled.program, facts))
            decision = Snapshot(_NO_POLICY, fast, day_from_number(facts.day)).decide_facts(facts)
            for name, wanted in meant.items():
                assert decision.raw(name) == wanted, (seed, name, facts)
                values += 1
    assert values >= 5_000
