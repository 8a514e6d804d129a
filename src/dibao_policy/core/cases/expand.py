"""Conditions and values of a program as formulas over leaves; what grows too large is not looked into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.cases import gather, polynomials
from dibao_policy.core.cases.comparing import compared
from dibao_policy.core.cases.formulas import (
    Formula,
    Leaf,
    PartName,
    depth,
    every,
    one_of,
    opposite,
    some,
)
from dibao_policy.core.cases.leaves import (
    age_leaf,
    fact_leaf,
    months_leaf,
    opaque_condition,
    opaque_rule,
    part_leaf,
    rounded,
)
from dibao_policy.core.cases.pieces import (
    PIECE_LIMIT,
    Choices,
    Numbers,
    Value,
    Who,
    folded,
    merged,
)
from dibao_policy.core.cases.polynomials import Ratio
from dibao_policy.core.cases.world import World, piece_limit
from dibao_policy.core.ops import SIGNED, TABLE
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo

DEPTH_LIMIT = 60
"""How many levels a rule's conditions may have before it is no longer looked into."""

_SIGNS = {name: sign for sign, name in SIGNED.items()}
_ORDER: dict[str, Callable[[int, int], bool]] = {
    sign: TABLE[SIGNED[sign]].evaluate for sign in ("<", "≤", ">", "≥", "=", "≠")
}


def rule_value(world: World, rule: ir.Rule, who: Who) -> Value:
    """The value of a rule; all that it reads has been expanded."""
    if world.glance:
        return _not_looked_into(world, rule, who)
    value: Numbers | Choices | None
    match rule.type:
        case YesNo():
            formula = truth(world, rule.expression, who)
            deep = depth(formula) > DEPTH_LIMIT
            return _not_looked_into(world, rule, who) if deep else formula
        case Number():
            value = number(world, rule.expression, who)
            if value is None or _is_deep(value):
                return _not_looked_into(world, rule, who)
            return value
    value = choice(world, rule.expression, who)
    return _not_looked_into(world, rule, who) if value is None or _is_deep(value) else value


def _not_looked_into(world: World, rule: ir.Rule, who: Who) -> Value:
    leaf = opaque_rule(world, rule, who)
    match rule.type:
        case YesNo():
            return one_of(leaf, 2)
        case Number():
            return ((True, polynomials.leaf_number(leaf)),)
    return ((True, leaf),)


def _is_deep(pieces: Numbers | Choices) -> bool:
    return max((depth(when) for when, _ in pieces), default=0) > DEPTH_LIMIT


def _read(world: World, node: ir.ReadRule, who: Who) -> Value:
    return world.values[node.name, None if node.scope == "household" else who]


def _owner(node: ir.ReadFact, who: Who) -> Who:
    return None if node.scope == "household" else who


# ── conditions ────────────────────────────────────────────────────────────


def truth(world: World, node: ir.Expression, who: Who) -> Formula:
    """A condition; what cannot be looked into is a leaf of its own."""
    match node:
        case ir.Literal(stated):
            return bool(stated)
        case ir.ReadFact(name):
            return one_of(fact_leaf(world, name, _owner(node, who)), 2)
        case ir.ReadRule():
            return _read(world, node, who)  # type: ignore[return-value]
        case ir.Operate("and", arguments):
            return every(truth(world, one, who) for one in arguments)
        case ir.Operate("or", arguments):
            return some(truth(world, one, who) for one in arguments)
        case ir.Operate("not", (argument,)):
            return opposite(truth(world, argument, who))
        case ir.Operate(operation, (first, second)) if operation in _SIGNS:
            return _comparison(world, node, _SIGNS[operation], first, second, who)
        case ir.Choose(cases, otherwise):
            tests = _in_turn(world, [test for test, _ in cases], who)
            values = [*(value for _, value in cases), otherwise]
            return some(
                every((test, truth(world, value, who)))
                for test, value in zip(tests, values, strict=True)
            )
        case ir.Aggregate():
            return gather.condition(world, node, truth)
    return one_of(opaque_condition(world, node, who), 2)


def _in_turn(world: World, tests: Sequence[ir.Expression], who: Who) -> list[Formula]:
    """When each test is the first that holds, and when none does."""
    found: list[Formula] = []
    before: list[Formula] = []
    for test in tests:
        formula = truth(world, test, who)
        found.append(every((*before, formula)))
        before.append(opposite(formula))
    return [*found, every(before)]


def _comparison(
    world: World,
    node: ir.Expression,
    sign: str,
    first: ir.Expression,
    second: ir.Expression,
    who: Who,
) -> Formula:
    found = _compared_values(world, sign, first, who, second, who)
    return one_of(opaque_condition(world, node, who), 2) if found is None else found


def _compared_values(
    world: World, sign: str, first: ir.Expression, who: Who, second: ir.Expression, other: Who
) -> Formula | None:
    """One value against another, each as its own member sees it, or None where it cannot be looked into."""
    match first.type:
        case YesNo():
            one, two = truth(world, first, who), truth(world, second, other)
            same = some((every((one, two)), every((opposite(one), opposite(two)))))
            return same if sign == "=" else opposite(same)
        case Number():
            left, right = number(world, first, who), number(world, second, other)
            if left is not None and right is not None and len(left) * len(right) <= PIECE_LIMIT:
                return some(
                    every((when, given, compared(world, a, sign, b)))
                    for when, a in left
                    for given, b in right
                )
        case Day() | Enumerated():
            these, those = choice(world, first, who), choice(world, second, other)
            if these is not None and those is not None and len(these) * len(those) <= PIECE_LIMIT:
                return some(
                    every((when, given, _compared_choice(world, first.type, sign, a, b)))
                    for when, a in these
                    for given, b in those
                )
    return None


def _compared_choice(
    world: World, kind: Type, sign: str, first: Leaf | int, second: Leaf | int
) -> Formula:
    if isinstance(first, int) and isinstance(second, int):
        return _ORDER[sign](first, second)
    if isinstance(kind, Day):
        return compared(world, _as_number(first), sign, _as_number(second))
    places = range(len(kind.members)) if isinstance(kind, Enumerated) else range(0)
    return some(
        every(
            (
                _is(first, place),
                some(_is(second, other) for other in places if _ORDER[sign](place, other)),
            )
        )
        for place in places
    )


def _is(value: Leaf | int, place: int) -> Formula:
    return value == place if isinstance(value, int) else one_of(value, 1 << place)


def _as_number(day: Leaf | int) -> Ratio:
    return (
        polynomials.leaf_number(day)
        if isinstance(day, Leaf)
        else polynomials.constant(Fraction(day))
    )


# ── days and members of enumerations ──────────────────────────────────────


def choice(world: World, node: ir.Expression, who: Who) -> Choices | None:
    """A day or a place in an enumeration, or None where it cannot be looked into."""
    match node:
        case ir.Literal(stated):
            return ((True, int(stated)),)
        case ir.ReadFact(name):
            return ((True, fact_leaf(world, name, _owner(node, who))),)
        case ir.ReadRule():
            return _read(world, node, who)  # type: ignore[return-value]
        case ir.Choose(cases, otherwise):
            tests = _in_turn(world, [test for test, _ in cases], who)
            found: dict[Leaf | int, list[Formula]] = {}
            values = [*(value for _, value in cases), otherwise]
            for test, value in zip(tests, values, strict=True):
                pieces = choice(world, value, who)
                if pieces is None:
                    return None
                for when, one in pieces:
                    found.setdefault(one, []).append(every((test, when)))
            merged = ((some(whens), one) for one, whens in found.items())
            return _few(tuple((when, one) for when, one in merged if when is not False))
    return None


def _few(pieces: Choices) -> Choices | None:
    return pieces if len(pieces) <= PIECE_LIMIT else None


# ── numbers ───────────────────────────────────────────────────────────────


def number(world: World, node: ir.Expression, who: Who) -> Numbers | None:
    """A number as the case may be, or None where it cannot be looked into."""
    match node:
        case ir.Literal(stated):
            return ((True, polynomials.constant(Fraction(stated))),)
        case ir.ReadFact(name):
            return ((True, polynomials.leaf_number(fact_leaf(world, name, _owner(node, who)))),)
        case ir.ReadRule():
            return _read(world, node, who)  # type: ignore[return-value]
        case ir.Lookup(table, keys):
            known = (table, keys, who)
            if known not in world.lookups:
                world.lookups[known] = _lookup(world, node, who)
            return world.lookups[known]
        case ir.Operate("age" | "months" as operation, (first, second)):
            return _between_days(world, node.type, operation, first, second, who)
        case ir.Operate("year" | "month" | "day" as part, (day,)):
            return _part_of_day(world, node.type, part, day, who)
        case ir.Operate(operation, arguments):
            given = [number(world, one, who) for one in arguments]
            known_ones = [one for one in given if one is not None]
            if len(known_ones) < len(given):
                return None
            return _noted(world, _operate(world, operation, known_ones), known_ones)
        case ir.Choose(cases, otherwise):
            tests = _in_turn(world, [test for test, _ in cases], who)
            given = [number(world, one, who) for one in (*(v for _, v in cases), otherwise)]
            values = [one for one in given if one is not None]
            if len(values) < len(given):
                return None
            pieces = [
                (every((test, when)), one)
                for test, value in zip(tests, values, strict=True)
                for when, one in value
            ]
            return _noted(world, merged(pieces, piece_limit(world)), values)
        case ir.Round(operand):
            value = number(world, operand, who)
            if value is None:
                return None
            brought = [(when, rounded(world, node, one)) for when, one in value]
            whole = [(when, one) for when, one in brought if one is not None]
            return merged(whole) if len(whole) == len(brought) else None
        case ir.Rank():
            return _noted(world, gather.place(world, node, who, truth, _compared_values), ())
        case ir.Aggregate() if world.setting is not None:
            return _noted(world, gather.total(world, node, who, truth, number), ())
        case ir.Aggregate():
            return gather.unknown_total(world, node, who, truth, number)
    return None


def _noted(world: World, made: Numbers | None, given: Sequence[Numbers]) -> Numbers | None:
    """A number, after noting how many pieces it has where they are more than those that it is made of."""
    if made is not None and len(made) > max(map(len, given), default=1):
        world.grown += len(made)
    return made


def _operate(world: World, operation: str, given: list[Numbers]) -> Numbers | None:
    limit = piece_limit(world)
    match operation:
        case "negate":
            return tuple((when, polynomials.scale(one, Fraction(-1))) for when, one in given[0])
        case "add":
            return folded(given, lambda a, b: ((True, polynomials.add(a, b)),), limit)
        case "multiply":
            return folded(given, lambda a, b: ((True, polynomials.multiply(a, b)),), limit)
        case "divide":
            return folded(given, lambda a, b: ((True, polynomials.divide(a, b)),), limit)
        case "lowest" | "highest":
            return _extreme(world, operation, given)
        case "clamp":
            value, low, high = given
            capped = _extreme(world, "lowest", [value, high])
            return None if capped is None else _extreme(world, "highest", [low, capped])
    return None


def _extreme(world: World, operation: str, given: Sequence[Numbers]) -> Numbers | None:
    sign = "≤" if operation == "lowest" else "≥"

    def better(first: Ratio, second: Ratio) -> Numbers:
        test = compared(world, first, sign, second)
        return ((test, first), (opposite(test), second))

    return folded(given, better, piece_limit(world))


def _lookup(world: World, node: ir.Lookup, who: Who) -> Numbers | None:
    table = world.tables[node.table]
    places: list[tuple[Formula, int]] = [(True, 0)]
    for key, kind in zip(node.keys, table.keys, strict=True):
        pieces = choice(world, key, who)
        if pieces is None or not isinstance(kind, Enumerated):
            return None
        size = len(kind.members)
        tests = [some(every((when, _is(one, m))) for when, one in pieces) for m in range(size)]
        if len(places) * size > PIECE_LIMIT * 10:
            return None
        places = [
            (both, place * size + member)
            for when, place in places
            for member, test in enumerate(tests)
            if (both := every((when, test))) is not False
        ]
    return merged([(when, polynomials.constant(table.values[place])) for when, place in places])


def _part_of_day(
    world: World, kind: Type, part: PartName, day: ir.Expression, who: Who
) -> Numbers | None:
    days = choice(world, day, who)
    if days is None:
        return None
    return merged(
        [
            (
                when,
                polynomials.leaf_number(part_leaf(world, part, one, kind))
                if isinstance(one, Leaf)
                else polynomials.constant(TABLE[part].evaluate(one)),
            )
            for when, one in days
        ]
    )


def _between_days(
    world: World, kind: Type, operation: str, first: ir.Expression, second: ir.Expression, who: Who
) -> Numbers | None:
    earlier, later = choice(world, first, who), choice(world, second, who)
    if earlier is None or later is None or len(earlier) * len(later) > PIECE_LIMIT:
        return None
    make = age_leaf if operation == "age" else months_leaf
    pieces: list[tuple[Formula, Ratio]] = []
    for when, one in earlier:
        for given, other in later:
            if isinstance(one, int) and isinstance(other, int):
                value = polynomials.constant(TABLE[operation].evaluate(one, other))
            else:
                value = polynomials.leaf_number(make(world, one, other, kind))
            pieces.append((every((when, given)), value))
    return merged(pieces)
