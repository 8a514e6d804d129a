"""The law of agreement can fail: faults planted in the generated function are found by one run of it.

The interpreter is left alone; each fault is of a kind that a person could write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from attrs import evolve

from dibao_policy.core import integers, ops
from dibao_policy.core.forms import Form, Int, Integers
from dibao_policy.evaluate import generate, print_code, print_rank
from dibao_policy.values import Rounding

from .agreement import differences

Plant = Callable[[pytest.MonkeyPatch], None]
_PLANTED: list[Plant] = []


def planted(plant: Plant) -> Plant:
    _PLANTED.append(plant)
    return plant


@planted
def half_is_rounded_down(patch: pytest.MonkeyPatch) -> None:
    steps = Integers._steps

    def wrong(self: Integers, top: Int, bottom: Int, mode: Rounding) -> Int:
        if mode is not Rounding.HALF_UP:
            return steps(self, top, bottom, mode)
        # (2a − b) upward over 2b: as half up, but for an exact half.
        raised = self.plus((self.times(top, self.const(2)), self.negative(bottom)))
        return steps(self, raised, self.times(bottom, self.const(2)), Rounding.UP)

    patch.setattr(Integers, "_steps", wrong)


@planted
def upward_is_nearest(patch: pytest.MonkeyPatch) -> None:
    _swap_mode(patch, Rounding.UP, Rounding.HALF_UP)


@planted
def downward_is_upward(patch: pytest.MonkeyPatch) -> None:
    _swap_mode(patch, Rounding.DOWN, Rounding.UP)


@planted
def half_to_even_is_half_up(patch: pytest.MonkeyPatch) -> None:
    _swap_mode(patch, Rounding.HALF_EVEN, Rounding.HALF_UP)


def _swap_mode(patch: pytest.MonkeyPatch, meant: Rounding, taken: Rounding) -> None:
    steps = Integers._steps

    def wrong(self: Integers, top: Int, bottom: Int, mode: Rounding) -> Int:
        return steps(self, top, bottom, taken if mode is meant else mode)

    patch.setattr(Integers, "_steps", wrong)


@planted
def less_allows_equal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Integers, "less", Integers.at_most)


@planted
def at_most_forbids_equal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Integers, "at_most", Integers.less)


@planted
def the_other_branch(patch: pytest.MonkeyPatch) -> None:
    pick = Integers.pick

    def wrong(self: Integers, condition: Int, first: Form, second: Form) -> Form:
        return pick(self, condition, second, first)

    patch.setattr(Integers, "pick", wrong)


@planted
def smallest_is_largest(patch: pytest.MonkeyPatch) -> None:
    """With the bounds of the smallest; the other way round it would end in a division by zero."""
    extreme = Integers._extreme

    def wrong(self: Integers, first: Int, second: Int, lower: bool) -> Int:
        right = extreme(self, first, second, lower)
        if not lower or right.operator != "if":
            return right
        condition, one, other = right.arguments
        return self._new("if", (condition, other, one), right.low, right.high)

    patch.setattr(Integers, "_extreme", wrong)


@planted
def denominators_are_forgotten_in_a_comparison(patch: pytest.MonkeyPatch) -> None:
    compare = Integers.compare

    def wrong(self: Integers, sign: str, first: Form, second: Form) -> Int:
        return compare(self, sign, self.whole(first.numerator), self.whole(second.numerator))

    patch.setattr(Integers, "compare", wrong)


@planted
def condition_of_an_aggregate_is_ignored(patch: pytest.MonkeyPatch) -> None:
    gather = integers._gather

    def wrong(walk: object, kind: str, body: Int, when: object, *rest: int) -> Int:
        return gather(walk, kind, body, None, *rest)

    patch.setattr(integers, "_gather", wrong)


@planted
def two_aggregates_are_taken_for_one(patch: pytest.MonkeyPatch) -> None:
    gather = integers._gather

    def wrong(walk: integers._Walk, kind: str, body: Int, when: object, *rest: int) -> Int:
        for known in walk.accumulators.values():
            if (known.kind, known.body) == (kind, body):
                walk.gathered.append(known)
                return walk.builder.slot(f"a:{known.name}", *rest[1:])
        return gather(walk, kind, body, when, *rest)

    patch.setattr(integers, "_gather", wrong)


@planted
def keys_of_a_table_are_exchanged(patch: pytest.MonkeyPatch) -> None:
    lookup = integers._lookup

    def wrong(walk: object, table: object, keys: Sequence[object]) -> Form:
        if len(keys) < 2:
            return lookup(walk, table, keys)
        return lookup(walk, evolve(table, keys=table.keys[::-1]), keys)

    patch.setattr(integers, "_lookup", wrong)


@planted
def birthday_counts_from_the_next_day(patch: pytest.MonkeyPatch) -> None:
    def wrong(b: Integers, forms: Sequence[Form]) -> Form:
        birth, day = (form.numerator for form in forms)
        return b.whole(
            b.floor_divide(b.plus((day, b.negative(birth), b.const(-1))), b.const(10_000))
        )

    patch.setitem(ops.TABLE, "age", evolve(ops.TABLE["age"], build=wrong))


@planted
def the_last_month_is_always_counted(patch: pytest.MonkeyPatch) -> None:
    build = ops.TABLE["months"].build

    def wrong(b: Integers, forms: Sequence[Form]) -> Form:
        earlier, later = (form.numerator for form in forms)
        whole = b.floor_divide(earlier, b.const(100))
        first = b.plus((b.times(whole, b.const(100)), b.const(1)))
        return build(b, [b.whole(first), b.whole(later)])

    patch.setitem(ops.TABLE, "months", evolve(ops.TABLE["months"], build=wrong))


@planted
def lower_limit_gives_way_to_the_upper_one(patch: pytest.MonkeyPatch) -> None:
    def wrong(b: Integers, forms: Sequence[Form]) -> Form:
        value, low, high = forms
        return b.extreme((b.extreme((value, low), lower=False), high), lower=True)

    patch.setitem(ops.TABLE, "clamp", evolve(ops.TABLE["clamp"], build=wrong))


@planted
def loop_reads_the_first_member_for_all(patch: pytest.MonkeyPatch) -> None:
    at = print_code.Slots.at

    def wrong(self: print_code.Slots, slot: str) -> str:
        return at(self, slot).replace("[p]", "[start]")

    patch.setattr(print_code.Slots, "at", wrong)


@planted
def a_later_loop_reads_the_last_member_for_all(patch: pytest.MonkeyPatch) -> None:
    """Only a function for a few of the values can go wrong here: it keeps no list of the others."""
    patch.setattr(generate._Plan, "_stored", lambda self: set())


def _ranked_as(
    patch: pytest.MonkeyPatch, change: Callable[[str, object], tuple[str, object]]
) -> None:
    """Change the kind or the condition of every place among the members."""
    gather = integers._gather

    def wrong(walk: object, kind: str, body: Int, when: object, *rest: int) -> Int:
        if kind in print_rank.RANKS:
            kind, when = change(kind, when)
        return gather(walk, kind, body, when, *rest)

    patch.setattr(integers, "_gather", wrong)


@planted
def places_are_counted_from_the_other_end(patch: pytest.MonkeyPatch) -> None:
    other = {"ascending": "descending", "descending": "ascending"}
    _ranked_as(patch, lambda kind, when: (other[kind], when))


@planted
def everybody_has_a_place(patch: pytest.MonkeyPatch) -> None:
    _ranked_as(patch, lambda kind, when: (kind, None))


@planted
def of_equal_members_the_last_comes_first(patch: pytest.MonkeyPatch) -> None:
    block = print_code.Printer.block

    def wrong(self: print_code.Printer, head: str, loop: int | None = None) -> object:
        if head.startswith("if k_"):
            head = head.replace(" < ", " <= ").replace(" > ", " >= ")
        return block(self, head, loop)

    patch.setattr(print_code.Printer, "block", wrong)


@planted
def december_is_month_zero(patch: pytest.MonkeyPatch) -> None:
    build = ops.TABLE["month"].build

    def wrong(b: Integers, forms: Sequence[Form]) -> Form:
        month = build(b, forms).numerator
        return b.whole(b.choose(b.equal(month, b.const(12)), b.const(0), month))

    patch.setitem(ops.TABLE, "month", evolve(ops.TABLE["month"], build=wrong))


@planted
def or_is_and(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Integers, "either", Integers.both)


@planted
def smallest_of_the_members_starts_at_zero(patch: pytest.MonkeyPatch) -> None:
    gather = integers._gather

    def wrong(walk: object, kind: str, body: Int, when: object, initial: int, *rest: int) -> Int:
        return gather(walk, kind, body, when, 0 if kind == "minimum" else initial, *rest)

    patch.setattr(integers, "_gather", wrong)


@pytest.mark.parametrize("plant", _PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, deep: bool
) -> None:
    # Each takes some seconds: a run of every day plants every third of them.
    if not deep and _PLANTED.index(plant) % 3:
        pytest.skip("planted with --deep")
    plant(monkeypatch)

    assert next(differences(range(150), 20, evaluators_only=True), None) is not None


def test_without_a_fault_nothing_is_found() -> None:
    assert next(differences(range(8), 20, evaluators_only=True), None) is None
