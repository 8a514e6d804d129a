"""What a value can be while facts are missing: exact bounds, and how it moves with each unknown fact.

A number, a day and 是否 (否 before 是) lie in a `Range`; an enumeration is `Among` its members.
`moves` pairs each unknown fact that the value depends on, by its place in the list of them, with the
least and the most by which the value grows where that fact goes up by one step and all others stay.
So its keys are the facts that are needed, and a value that never falls as a fact rises
takes its bounds at the ends of that fact (the monotonicity test of interval analysis,
R. E. Moore, "Methods and Applications of Interval Analysis", 1979).

A bound is never narrower than the truth. Every value that is known has no moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.values import Rounding, round_to

Amount = Fraction | int
Moves = Mapping[int, tuple[Amount, Amount]]


@frozen
class Range:
    """A number, a day or 是否 between two ends, both included."""

    low: ir.Value
    high: ir.Value
    moves: Moves


@frozen
class Among:
    """One of some members of an enumeration, by their places."""

    members: frozenset[int]
    moves: Moves


Possible = Range | Among

YES, NO = Range(True, True, {}), Range(False, False, {})
ZERO = Range(Fraction(0), Fraction(0), {})


class Unbounded(Exception):
    """A divisor that is above zero, but whose distance from zero could not be bounded."""


def known(value: ir.Value) -> Range:
    """A number, a day or 是否 that does not depend on what is missing."""
    return Range(value, value, {})


def is_known(one: Possible) -> bool:
    """Whether one value is left."""
    if isinstance(one, Among):
        return len(one.members) == 1
    return one.low == one.high


def the_value(one: Possible) -> ir.Value:
    """The one value that is left."""
    return next(iter(one.members)) if isinstance(one, Among) else one.low


def unmoved(one: Possible) -> Possible:
    """The same bounds, without how they move."""
    if not one.moves:
        return one
    return Among(one.members, {}) if isinstance(one, Among) else Range(one.low, one.high, {})


def _range(low: ir.Value, high: ir.Value, moves: Moves) -> Range:
    return Range(low, high, {} if low == high else moves)


def among(members: Iterable[int], moves: Moves) -> Among:
    """One of some members; where there is one alone it depends on nothing."""
    left = frozenset(members)
    return Among(left, {} if len(left) == 1 else moves)


# ── moves ─────────────────────────────────────────────────────────────────


def _sum(parts: Iterable[Moves]) -> Moves:
    total: dict[int, tuple[Amount, Amount]] = {}
    for moves in parts:
        for cell, (least, most) in moves.items():
            before = total.get(cell, (0, 0))
            total[cell] = (before[0] + least, before[1] + most)
    return total


def _hull(parts: Sequence[Moves]) -> Moves:
    """The moves of a value that follows now one part, now another, without a jump between them."""
    cells = {cell for moves in parts for cell in moves}
    hull: dict[int, tuple[Amount, Amount]] = {}
    for cell in cells:
        slopes = [moves.get(cell, (0, 0)) for moves in parts]
        hull[cell] = (min(least for least, _ in slopes), max(most for _, most in slopes))
    return hull


def _scaled(moves: Moves, low: Amount, high: Amount) -> Moves:
    """Moves times a factor that lies between two ends."""
    scaled: dict[int, tuple[Amount, Amount]] = {}
    for cell, (least, most) in moves.items():
        ends = (least * low, least * high, most * low, most * high)
        scaled[cell] = (min(ends), max(ends))
    return scaled


def anyhow(parts: Iterable[Moves], width: Amount) -> Moves:
    """Moves of which nothing is known but how far apart the ends are."""
    return {cell: (-width, width) for moves in parts for cell in moves}


def directions(moves: Moves) -> Mapping[int, int]:
    """Whether a value never falls (1) or never rises (−1) with each fact, or may do both (0)."""
    return {
        cell: 1 if least >= 0 else -1 if most <= 0 else 0 for cell, (least, most) in moves.items()
    }


def _turning(moves: Moves) -> Moves:
    """The moves of 是否 that turns to 是 as a number rises past a point."""
    ways = {1: (0, 1), -1: (-1, 0), 0: (-1, 1)}
    return {cell: ways[way] for cell, way in directions(moves).items()}


# ── numbers ───────────────────────────────────────────────────────────────


def add(*parts: Range) -> Range:
    """A sum."""
    low = sum((Fraction(part.low) for part in parts), Fraction(0))
    high = sum((Fraction(part.high) for part in parts), Fraction(0))
    return _range(low, high, _sum(part.moves for part in parts))


def negate(one: Range) -> Range:
    """A number with its sign turned."""
    return _range(-one.high, -one.low, _scaled(one.moves, -1, -1))


def _multiply(*parts: Range) -> Range:
    product = parts[0]
    for part in parts[1:]:
        ends = [a * b for a in (product.low, product.high) for b in (part.low, part.high)]
        # The first factor moves with the second at its one end, the second with the first at its other.
        moves = _sum(
            (
                _scaled(product.moves, part.low, part.high),
                _scaled(part.moves, product.low, product.high),
            )
        )
        product = _range(min(ends), max(ends), moves)
    return product


def _divide(first: Range, second: Range) -> Range:
    """A quotient. Raises `Unbounded` where the bounds of the divisor reach zero, though it never does."""
    if second.low <= 0:
        raise Unbounded
    divisors = (Fraction(second.low), Fraction(second.high))
    ends = [end / divisor for end in (first.low, first.high) for divisor in divisors]
    low, high = min(ends), max(ends)
    # From one point to another, a ÷ b changes by (change of a − old quotient × change of b) ÷ new b.
    above = _sum((first.moves, _scaled(second.moves, -high, -low)))
    return _range(low, high, _scaled(above, 1 / divisors[1], 1 / divisors[0]))


def highest(*parts: Range) -> Range:
    """The largest of several numbers; one that is never the largest does not matter."""
    low = max(part.low for part in parts)
    sure = next(part for part in parts if part.low == low)
    rivals = [part for part in parts if part.high > low and part is not sure]
    if not rivals:
        return sure
    kept = [sure, *rivals]
    high = max(part.high for part in kept)
    return _range(low, high, _hull([part.moves for part in kept]))


def lowest(*parts: Range) -> Range:
    """The smallest of several numbers."""
    return negate(highest(*map(negate, parts)))


def rounded(one: Range, quantum: Fraction, mode: Rounding) -> Range:
    """A number brought to a multiple of a quantum: rounding never turns the order of two numbers round."""
    low, high = (round_to(Fraction(end), quantum, mode) for end in (one.low, one.high))
    # A step to the even neighbor repeats itself only every second multiple.
    step = 2 * quantum if mode is Rounding.HALF_EVEN else quantum
    moves = {
        cell: (math.floor(least / step) * step, math.ceil(most / step) * step)
        for cell, (least, most) in one.moves.items()
    }
    return _range(low, high, moves)


# ── conditions ────────────────────────────────────────────────────────────


def _less(one: Possible, other: Possible) -> Range:
    first, second = _in_order(one), _in_order(other)
    if first.high < second.low:
        return YES
    if first.low >= second.high:
        return NO
    return Range(False, True, _turning(_difference(second, first)))


def _in_order(one: Possible) -> Range:
    """The members of an ordered enumeration, by their places."""
    if isinstance(one, Range):
        return one
    return _range(min(one.members), max(one.members), one.moves)


def _at_most(one: Possible, other: Possible) -> Range:
    first, second = _in_order(one), _in_order(other)
    if first.high <= second.low:
        return YES
    if first.low > second.high:
        return NO
    return Range(False, True, _turning(_difference(second, first)))


def _difference(first: Range, second: Range) -> Moves:
    return _sum((first.moves, _scaled(second.moves, -1, -1)))


def _equal(first: Possible, second: Possible) -> Range:
    moves = anyhow((first.moves, second.moves), 1)
    if isinstance(first, Among) or isinstance(second, Among):
        assert isinstance(first, Among) and isinstance(second, Among)
        if not first.members & second.members:
            return NO
        both = len(first.members) == len(second.members) == 1
        return YES if both else Range(False, True, moves)
    if first.high < second.low or second.high < first.low:
        return NO
    if is_known(first) and is_known(second):
        return YES
    for one, other in ((first, second), (second, first)):
        if isinstance(one.low, bool) and is_known(one):
            return other if one.low else opposite(other)
    return Range(False, True, moves)


def opposite(one: Range) -> Range:
    """Whether a condition does not hold."""
    return _range(not one.high, not one.low, _scaled(one.moves, -1, -1))


def both(*parts: Range) -> Range:
    """Whether all conditions hold; one that fails for sure settles it."""
    if any(not part.high for part in parts):
        return NO
    return _range(
        all(part.low for part in parts), True, _hull([part.moves for part in parts if part.moves])
    )


def either(*parts: Range) -> Range:
    """Whether some condition holds; one that holds for sure settles it."""
    return opposite(both(*map(opposite, parts)))


# ── days ──────────────────────────────────────────────────────────────────


def _age(birth: Range, day: Range) -> Range:
    years = TABLE["age"].evaluate
    # An age is the difference of two numbers YYYYMMDD, in ten-thousands, rounded down.
    moves = {
        cell: (least // 10_000, -(-most // 10_000))
        for cell, (least, most) in _difference(day, birth).items()
    }
    return _range(years(birth.high, day.low), years(birth.low, day.high), moves)


def _months(earlier: Range, later: Range) -> Range:
    count = TABLE["months"].evaluate
    low, high = count(earlier.high, later.low), count(earlier.low, later.high)
    moves = _sum(
        (
            _scaled(_turning(later.moves), high - low, high - low),
            _scaled(_turning(earlier.moves), low - high, low - high),
        )
    )
    return _range(low, high, moves)


def _year(day: Range) -> Range:
    low, high = (TABLE["year"].evaluate(end) for end in (day.low, day.high))
    moves = {
        cell: (least // 10_000, -(-most // 10_000)) for cell, (least, most) in day.moves.items()
    }
    return _range(low, high, moves)


def _month(day: Range) -> Range:
    same = Fraction(day.low) // 10_000 == Fraction(day.high) // 10_000
    return _part_of_day("month", day, (1, 12), same)


def _day_of_month(day: Range) -> Range:
    same = Fraction(day.low) // 100 == Fraction(day.high) // 100
    return _part_of_day("day", day, (1, 31), same)


def _part_of_day(operation: str, day: Range, whole: tuple[int, int], same: bool) -> Range:
    """A part that begins anew with the next year or month: it can be anything where that is in between."""
    low, high = (TABLE[operation].evaluate(end) for end in (day.low, day.high))
    if not same:
        low, high = map(Fraction, whole)
    return _range(low, high, anyhow((day.moves,), high - low))


# ── choices ───────────────────────────────────────────────────────────────


def pick(test: Range, first: Possible, second: Possible) -> Possible:
    """`first` where the test holds, else `second`; the hull of both while it is open."""
    if is_known(test):
        return first if test.low else second
    if isinstance(first, Among) or isinstance(second, Among):
        assert isinstance(first, Among) and isinstance(second, Among)
        members = first.members | second.members
        width = max(members) - min(members)
        return among(members, anyhow((test.moves, first.moves, second.moves), width))
    low, high = min(first.low, second.low), max(first.high, second.high)
    moves = dict(_hull([first.moves, second.moves]))
    # Where the test turns, the value jumps from one branch to the other.
    rises = first.low - second.high, first.high - second.low
    falls = -rises[1], -rises[0]
    for cell, (least, most) in test.moves.items():
        jumps = [moves.get(cell, (0, 0))]
        jumps += [rises] if most > 0 else []
        jumps += [falls] if least < 0 else []
        moves[cell] = (
            min(0, *(jump[0] for jump in jumps)),
            max(0, *(jump[1] for jump in jumps)),
        )
    return _range(low, high, moves)


def place_among(
    keys: Sequence[tuple[Range, Possible]], at_hand: int, *, descending: bool
) -> Possible:
    """The place of one of those whose tests hold, by their keys; nothing where its own test does not hold."""
    test, own = keys[at_hand]
    before: list[Range] = []
    for place, (counts, key) in enumerate(keys):
        # Equal keys stand in the order of appearance.
        ahead = _at_most if place < at_hand else _less
        if place != at_hand:
            stands = ahead(own, key) if descending else ahead(key, own)
            before.append(as_number(both(counts, stands)))
    return pick(test, add(Range(Fraction(1), Fraction(1), {}), *before), ZERO)


def as_number(condition: Range) -> Range:
    """A condition as 0 or 1."""
    return Range(Fraction(condition.low), Fraction(condition.high), condition.moves)


def extreme(
    parts: Sequence[tuple[Range, Range]], otherwise: Range | None, *, largest: bool
) -> Range:
    """The largest or smallest of the numbers whose tests hold; `otherwise` where none does."""
    if not largest:
        turned = [(test, negate(number)) for test, number in parts]
        other = None if otherwise is None else negate(otherwise)
        return negate(extreme(turned, other, largest=True))
    sure = [number for test, number in parts if test.low]
    open_ = [(test, number) for test, number in parts if not is_known(test)]
    if not open_:
        if not sure:
            assert otherwise is not None
            return otherwise
        return highest(*sure)
    if sure:
        least = max(number.low for number in sure)
        # What cannot be above a number that is there for sure does not matter.
        open_ = [(test, number) for test, number in open_ if number.high > least]
        if not open_:
            return highest(*sure)
        numbers = [highest(*sure), *(number for _, number in open_)]
    else:
        assert otherwise is not None
        numbers = [otherwise, *(number for _, number in open_)]
        least = min(number.low for number in numbers)
    high = max(number.high for number in numbers)
    moves = dict(_hull([number.moves for number in numbers]))
    moves |= anyhow((test.moves for test, _ in open_), high - least)
    return _range(least, high, moves)


BOUNDS: Mapping[str, Callable[..., Possible]] = {
    "add": add,
    "negate": negate,
    "multiply": _multiply,
    "divide": _divide,
    "less": _less,
    "at_most": _at_most,
    "greater": lambda first, second: _less(second, first),
    "at_least": lambda first, second: _at_most(second, first),
    "equal": _equal,
    "unequal": lambda first, second: opposite(_equal(first, second)),
    "and": both,
    "or": either,
    "not": opposite,
    "lowest": lowest,
    "highest": highest,
    "clamp": lambda value, low, high: highest(low, lowest(value, high)),
    "age": _age,
    "months": _months,
    "year": _year,
    "month": _month,
    "day": _day_of_month,
}
"""For each operation of `ops.TABLE`, what it gives where an argument is not known."""
