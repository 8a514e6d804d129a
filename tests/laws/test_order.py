"""What the order of blocks, of values and of files says: nothing. The digest of every regime stays the same."""

from __future__ import annotations

import random

import pytest

from dibao_policy.core.show import program_text
from dibao_policy.model.layers import PolicyText

from .agreement import passed_but_cases, passed_policy
from .blocks import Made


def shuffled(made: Made, seed: int, files: int) -> tuple[list[str], list[str]]:
    """The digest and the text of each regime, where every layer is put together in another order."""
    order = random.Random(seed)
    texts = {layer.code: layer.text(order.shuffle, files) for layer in made.layers}

    def library(code: str) -> PolicyText | None:
        return texts.get(code)

    passed = passed_but_cases(texts[made.layers[0].code], library)
    return [one.digest for one in passed.compiled], [
        program_text(one.program) for one in passed.compiled
    ]


@pytest.mark.parametrize("place", range(4))
def test_the_digest_does_not_depend_on_any_order(place: int, deep: bool) -> None:
    count = 0
    for seed in range(7_000 + place, 7_000 + (1_000 if deep else 12), 4):
        made, passed = passed_policy(seed)
        if passed is None:
            continue
        digests = [one.digest for one in passed.compiled]
        texts = [program_text(one.program) for one in passed.compiled]
        for files in (1, 3):
            assert shuffled(made, seed + files, files) == (digests, texts), seed
        # Regimes that differ have digests that differ.
        assert len(set(digests)) == len(set(texts))
        count += len(set(digests)) > 1
    assert count >= 2
