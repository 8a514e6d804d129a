"""The compiler's proof holds: no integer on the way to a result leaves its interval, nor 64 bits."""

from __future__ import annotations

from fractions import Fraction

from dibao_policy.evaluate.interpret import interpret, values_of

from .agreement import compiled_policy
from .households import Households
from .integer_forms import Run


def test_every_integer_stays_within_its_interval(deep: bool) -> None:
    policies, households = (400, 20) if deep else (60, 5)
    compared = 0
    for seed in range(5_000, 5_000 + policies):
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        draw = Households(compiled.program, seed)
        for _ in range(households):
            facts = draw.draw()
            values = Run(compiled.integers, facts).all()
            meant = values_of(interpret(compiled.program, facts))
            for name, wanted in meant.items():
                places = (None,) if not isinstance(wanted, tuple) else range(facts.size)
                found = [Fraction(values[f"r:{name}", p], values[f"d:{name}", p]) for p in places]
                assert found == [Fraction(one) for one in (
                    wanted if isinstance(wanted, tuple) else (wanted,))], (seed, name)  # fmt: skip
                compared += 1
    assert compared >= 3_000
