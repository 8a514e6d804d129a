"""The meaning of a program while one number of it moves: the stretches of its values on which every choice stays.

The same walk as the interpreter's, over lines (`lines.py`). A comparison that does not come out alike all along a
stretch cuts it, where the two sides can cross; at a single place everything is known, so that this comes to an end.
What is left is a proof: on each stretch every value is the one line, and no choice is hidden between its ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import define, frozen

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.types import Enumerated, Number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.lines import (
    ZERO,
    Boundless,
    Line,
    bounds,
    crossings,
    is_constant,
    minus,
    product,
    quotient,
    rounded,
    times,
    total,
)
from dibao_policy.model.resolve import DECISION_DAY

Key = tuple[str, int | None]
"""A rule or a fact, of the household or of one member."""

Moving = Line | bool | int
"""A number as a line; 是否, a day or a place in an enumeration as it is all along the stretch."""

LIMIT = 5_000
"""How many stretches are looked at before it is given up."""


@frozen
class Stretch:
    """From one place to another, both included: each value that was asked for, and what it rests on."""

    first: int
    last: int
    values: Mapping[Key, Moving]


class TooManyStretches(Exception):
    """Choices turn so often that they cannot be told."""


class _Undecided(Exception):
    """A choice that turns within the stretch, and where to cut it."""

    def __init__(self, cuts: tuple[int, ...]) -> None:
        self.cuts = cuts


@define
class _Walk:
    tables: Mapping[str, ir.Table]
    facts: Mapping[Key, Moving]
    size: int
    first: int
    last: int
    values: dict[Key, Moving]


def stretches(
    program: ir.Program, facts: Facts, moved: Key, line: Line, last: int, names: Iterable[str]
) -> tuple[Stretch, ...]:
    """The stretches of the places 0 to `last` of the fact `moved`, which is `line` at them; all else is as given.

    The values are those of the rules `names` and of all that they read. Raises `TooManyStretches`.
    """
    given = {**_given(program, facts), moved: line}
    order = _order(program, names, facts.size)
    tables = {table.name: table for table in program.tables}
    found: list[Stretch] = []
    # What was settled before the cut stays so on both sides of it.
    left: list[tuple[int, int, int, dict[Key, Moving]]] = [(0, last, 0, {})]
    looked_at = 0
    while left:
        first, end, place, before = left.pop()
        looked_at += 1
        if looked_at > LIMIT:
            raise TooManyStretches
        walk = _Walk(tables, given, facts.size, first, end, dict(before))
        try:
            while place < len(order):
                rule, member = order[place]
                walk.values[rule.name, member] = _value(walk, rule.expression, member)
                place += 1
        except _Undecided as undecided:
            starts = (first, *undecided.cuts)
            ends = (*(cut - 1 for cut in undecided.cuts), end)
            pairs = [*zip(starts, ends, strict=True)]
            left += [(one, other, place, walk.values) for one, other in reversed(pairs)]
        else:
            found.append(Stretch(first, end, walk.values))
    return tuple(found)


def _given(program: ir.Program, facts: Facts) -> dict[Key, Moving]:
    given: dict[Key, Moving] = {(DECISION_DAY, None): facts.day}
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        given[fact.name, None] = _constant(given_value(fact, step))
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        for member, step in enumerate(column):
            given[fact.name, member] = _constant(given_value(fact, step))
    return given


def _order(
    program: ir.Program, names: Iterable[str], size: int
) -> list[tuple[ir.Rule, int | None]]:
    """What has to be computed, in the order of the program."""
    needed = rules_behind(program, names)
    return [
        (rule, member)
        for rule in program.rules
        if rule.name in needed
        for member in ((None,) if rule.scope == "household" else range(size))
    ]


def rules_behind(program: ir.Program, names: Iterable[str]) -> frozenset[str]:
    """The names of some rules and of all that they read."""
    rules = {rule.name: rule for rule in program.rules}
    needed: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            left += rules_read(rules[name])
    return frozenset(needed)


def is_read(program: ir.Program, fact: str, names: Iterable[str]) -> bool:
    """Whether a fact is read on any way to some rules."""
    needed = rules_behind(program, names)
    return any(
        isinstance(one, ir.ReadFact) and one.name == fact
        for rule in program.rules
        if rule.name in needed
        for one in reads(rule.expression)
    )


def _constant(value: ir.Value) -> Moving:
    return Line(value) if isinstance(value, Fraction) else value


# ── expressions ───────────────────────────────────────────────────────────


def _value(walk: _Walk, node: ir.Expression, member: int | None) -> Moving:
    match node:
        case ir.Literal(value, kind):
            return Line(Fraction(value)) if isinstance(kind, Number) else value_of(value)
        case ir.ReadFact(name, scope):
            return walk.facts[name, None if scope == "household" else member]
        case ir.ReadRule(name, scope):
            return walk.values[name, None if scope == "household" else member]
        case ir.Lookup(table, keys):
            place = 0
            for key, kind in zip(keys, walk.tables[table].keys, strict=True):
                assert isinstance(kind, Enumerated)
                chosen = _value(walk, key, member)
                assert not isinstance(chosen, Line)
                place = place * len(kind.members) + int(chosen)
            return Line(walk.tables[table].values[place])
        case ir.Operate():
            return _operate(walk, node, member)
        case ir.Choose(cases, otherwise):
            for test, taken in cases:
                if _value(walk, test, member):
                    return _value(walk, taken, member)
            return _value(walk, otherwise, member)
        case ir.Round(operand, quantum, mode):
            return rounded(_number(walk, operand, member), quantum, mode)
        case ir.Aggregate():
            return _aggregate(walk, node, member)
        case ir.Rank():
            assert member is not None
            return _rank(walk, node, member)
    raise AssertionError(node)


def value_of(value: ir.Value) -> bool | int:
    """A value that is no number."""
    assert not isinstance(value, Fraction)
    return value


def _number(walk: _Walk, node: ir.Expression, member: int | None) -> Line:
    value = _value(walk, node, member)
    assert isinstance(value, Line)
    return value


def _operate(walk: _Walk, node: ir.Operate, member: int | None) -> Moving:
    operation = node.operation
    if operation in ("and", "or"):
        return _several(walk, node.arguments, member, settles=operation == "or")
    given = [_value(walk, argument, member) for argument in node.arguments]
    if all(not isinstance(one, Line) or is_constant(one) for one in given):
        plain = [one.start if isinstance(one, Line) else one for one in given]
        return _constant(TABLE[operation].evaluate(*plain))
    lines = [one for one in given if isinstance(one, Line)]
    assert len(lines) == len(given), operation
    if operation in _COMPARED:
        return _compared(walk, operation, minus(lines[0], lines[1]))
    return _COMPUTED[operation](walk, lines)


def _several(
    walk: _Walk, parts: Sequence[ir.Expression], member: int | None, *, settles: bool
) -> bool:
    """且 and 或: one part that settles it does so whatever the others, which may turn within the stretch."""
    open_: _Undecided | None = None
    for part in parts:
        try:
            if bool(_value(walk, part, member)) is settles:
                return settles
        except _Undecided as undecided:
            open_ = undecided
    if open_ is not None:
        raise open_
    return not settles


def _multiplied(_: _Walk, lines: Sequence[Line]) -> Line:
    result = lines[0]
    for line in lines[1:]:
        result = product(result, line)
    return result


def _extreme(walk: _Walk, lines: Sequence[Line], *, largest: bool) -> Line:
    """The largest or smallest of several; of two that are equal all along, the one that comes first."""
    best = lines[0]
    for line in lines[1:]:
        difference = minus(line, best) if largest else minus(best, line)
        if _sign(walk, difference, "greater"):
            best = line
    return best


def _clamped(walk: _Walk, lines: Sequence[Line]) -> Line:
    value, low, high = lines
    lowest = _extreme(walk, (value, high), largest=False)
    return _extreme(walk, (low, lowest), largest=True)


_COMPUTED: Mapping[str, Callable[[_Walk, Sequence[Line]], Line]] = {
    "add": lambda _, lines: total(lines),
    "negate": lambda _, lines: times(lines[0], Fraction(-1)),
    "multiply": _multiplied,
    "divide": lambda _, lines: quotient(lines[0], lines[1]),
    "lowest": lambda walk, lines: _extreme(walk, lines, largest=False),
    "highest": lambda walk, lines: _extreme(walk, lines, largest=True),
    "clamp": _clamped,
}

_COMPARED = {"less", "at_most", "greater", "at_least", "equal", "unequal"}


def _compared(walk: _Walk, operation: str, difference: Line) -> bool:
    if operation in ("equal", "unequal"):
        above, below = _sign(walk, difference, "greater"), _sign(walk, difference, "less")
        return (above or below) is (operation == "unequal")
    return _sign(walk, difference, operation)


def _sign(walk: _Walk, difference: Line, operation: str) -> bool:
    """How a number stands to zero all along the stretch. Raises `_Undecided`."""
    if is_constant(difference):
        return bool(TABLE[operation].evaluate(difference.start, Fraction(0)))
    try:
        ends = bounds(difference, walk.first, walk.last)
    except Boundless:
        raise _Undecided(crossings(difference, walk.first, walk.last)) from None
    low, high = (bool(TABLE[operation].evaluate(end, Fraction(0))) for end in ends)
    # Each of the four comparisons turns once where a number rises.
    if low is not high:
        raise _Undecided(crossings(difference, walk.first, walk.last))
    return low


# ── members ───────────────────────────────────────────────────────────────


def _aggregate(walk: _Walk, node: ir.Aggregate, member: int | None) -> Moving:
    """One value from all members; inside, each member in turn is the one at hand."""
    given = [
        _value(walk, node.body, other)
        for other in range(walk.size)
        if node.when is None or _value(walk, node.when, other)
    ]
    match node.kind:
        case "count":
            return Line(Fraction(len(given)))
        case "any":
            return any(given)
        case "all":
            return all(given)
    lines = [one for one in given if isinstance(one, Line)]
    if node.kind == "sum":
        return total(lines) if lines else ZERO
    if not lines:
        assert node.otherwise is not None
        return _value(walk, node.otherwise, member)
    return _extreme(walk, lines, largest=node.kind == "maximum")


def _rank(walk: _Walk, node: ir.Rank, member: int) -> Moving:
    """One more than those who stand before the member at hand; equal ones stand as they come."""
    keys = {
        other: _value(walk, node.key, other)
        for other in range(walk.size)
        if node.when is None or _value(walk, node.when, other)
    }
    if member not in keys:
        return ZERO
    own, place = keys[member], 1
    for other, key in keys.items():
        if other != member:
            ahead = (own, key) if node.descending else (key, own)
            place += _stands_before(walk, *ahead, or_equal=other < member)
    return Line(Fraction(place))


def _stands_before(walk: _Walk, first: Moving, second: Moving, *, or_equal: bool) -> bool:
    if isinstance(first, Line) and isinstance(second, Line):
        return _sign(walk, minus(first, second), "at_most" if or_equal else "less")
    assert not isinstance(first, Line) and not isinstance(second, Line)
    return first <= second if or_equal else first < second
