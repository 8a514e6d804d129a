"""What each operation gives where an argument is not known: one row for each row of `ops.TABLE`.

The bounds are those of interval arithmetic; the moves follow from those of the arguments.
Where all arguments are known, the operation itself is asked, and nothing here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from dibao_policy.core.ops import TABLE
from dibao_policy.evaluate.possible import (
    NO,
    YES,
    ZERO,
    Among,
    Moves,
    Possible,
    Range,
    Unbounded,
    among,
    anyhow,
    hull_of,
    is_known,
    ranged,
    scaled,
    sum_of,
    turning,
)
from dibao_policy.values import Rounding, round_to

# ── numbers ───────────────────────────────────────────────────────────────


def add(*parts: Range) -> Range:
    """A sum."""
    low = sum((Fraction(part.low) for part in parts), Fraction(0))
    high = sum((Fraction(part.high) for part in parts), Fraction(0))
    return ranged(low, high, sum_of(part.moves for part in parts))


def negate(one: Range) -> Range:
    """A number with its sign turned."""
    return ranged(-one.high, -one.low, scaled(one.moves, -1, -1))


def _multiply(*parts: Range) -> Range:
    product = parts[0]
    for part in parts[1:]:
        ends = [a * b for a in (product.low, product.high) for b in (part.low, part.high)]
        # The first factor moves with the second at its one end, the second with the first at its other.
        moves = sum_of(
            (
                scaled(product.moves, part.low, part.high),
                scaled(part.moves, product.low, product.high),
            )
        )
        product = ranged(min(ends), max(ends), moves)
    return product


def _divide(first: Range, second: Range) -> Range:
    """A quotient. Raises `Unbounded` where the bounds of the divisor reach zero, though it never does."""
    if second.low <= 0:
        raise Unbounded
    divisors = (Fraction(second.low), Fraction(second.high))
    ends = [end / divisor for end in (first.low, first.high) for divisor in divisors]
    low, high = min(ends), max(ends)
    # From one point to another, a ÷ b changes by (change of a − old quotient × change of b) ÷ new b.
    above = sum_of((first.moves, scaled(second.moves, -high, -low)))
    return ranged(low, high, scaled(above, 1 / divisors[1], 1 / divisors[0]))


def highest(*parts: Range) -> Range:
    """The largest of several numbers; one that is never the largest does not matter."""
    low = max(part.low for part in parts)
    sure = next(part for part in parts if part.low == low)
    rivals = [part for part in parts if part.high > low and part is not sure]
    if not rivals:
        return sure
    kept = [sure, *rivals]
    high = max(part.high for part in kept)
    return ranged(low, high, hull_of([part.moves for part in kept]))


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
    return ranged(low, high, moves)


# ── conditions ────────────────────────────────────────────────────────────


def _less(one: Possible, other: Possible) -> Range:
    first, second = _in_order(one), _in_order(other)
    if first.high < second.low:
        return YES
    if first.low >= second.high:
        return NO
    return Range(False, True, turning(_difference(second, first)))


def _in_order(one: Possible) -> Range:
    """The members of an ordered enumeration, by their places."""
    if isinstance(one, Range):
        return one
    return ranged(min(one.members), max(one.members), one.moves)


def _at_most(one: Possible, other: Possible) -> Range:
    first, second = _in_order(one), _in_order(other)
    if first.high <= second.low:
        return YES
    if first.low > second.high:
        return NO
    return Range(False, True, turning(_difference(second, first)))


def _difference(first: Range, second: Range) -> Moves:
    return sum_of((first.moves, scaled(second.moves, -1, -1)))


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
    return ranged(not one.high, not one.low, scaled(one.moves, -1, -1))


def both(*parts: Range) -> Range:
    """Whether all conditions hold; one that fails for sure settles it."""
    if any(not part.high for part in parts):
        return NO
    return ranged(
        all(part.low for part in parts), True, hull_of([part.moves for part in parts if part.moves])
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
    return ranged(years(birth.high, day.low), years(birth.low, day.high), moves)


def _months(earlier: Range, later: Range) -> Range:
    count = TABLE["months"].evaluate
    low, high = count(earlier.high, later.low), count(earlier.low, later.high)
    moves = sum_of(
        (
            scaled(turning(later.moves), high - low, high - low),
            scaled(turning(earlier.moves), low - high, low - high),
        )
    )
    return ranged(low, high, moves)


def _year(day: Range) -> Range:
    low, high = (TABLE["year"].evaluate(end) for end in (day.low, day.high))
    moves = {
        cell: (least // 10_000, -(-most // 10_000)) for cell, (least, most) in day.moves.items()
    }
    return ranged(low, high, moves)


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
    return ranged(low, high, anyhow((day.moves,), high - low))


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
    moves = dict(hull_of([first.moves, second.moves]))
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
    return ranged(low, high, moves)


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
    moves = dict(hull_of([number.moves for number in numbers]))
    moves |= anyhow((test.moves for test, _ in open_), high - least)
    return ranged(least, high, moves)


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
