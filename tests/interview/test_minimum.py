"""Against the fewest questions of all, found by going through every way of asking, on small random policies.

`pytest --deep` goes through twenty times as many.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from dibao_policy.evaluate.cases import CASES
from dibao_policy.interview import Interview

from .small import State, cases_left, completions, fewest, interviewed, matters, small_policy

AT_MOST = 1
"""How many more questions than the best way of asking an interview may need for the worst household."""

ON_AVERAGE = Fraction(8, 100)
"""By what share more, over all households of all policies."""


@pytest.fixture(scope="module")
def seeds(deep: bool) -> range:
    return range(800 if deep else 40)


def test_an_interview_needs_hardly_more_than_the_fewest_questions_of_all(seeds: range) -> None:
    more: dict[int, int] = {}
    best = asked = 0
    for seed in seeds:
        small = small_policy(seed)
        names = list(small.facts)

        def check(now: Interview, state: State) -> None:
            if now.question is None:
                # It ends only when all is fixed.
                (values,) = {small.values[one] for one in completions(small, state)}  # noqa: B023
                assert tuple(one.value for one in now.results) == values
            elif cases_left(small, state) <= CASES:  # noqa: B023
                # Where all cases can be gone through, it asks nothing that can no longer change a result.
                assert matters(small, state, names.index(now.question.path)), (seed, state)  # noqa: B023

        few, found = fewest(small), interviewed(small, check)
        more[found.most - few.most] = more.get(found.most - few.most, 0) + 1
        best += few.total
        asked += found.total
    print(f"\nmore than the fewest, by policies: {more}; in all {asked} against {best}")

    assert min(more) == 0 and max(more) <= AT_MOST
    assert best <= asked <= best * (1 + ON_AVERAGE)
