"""Comparisons of numbers as atoms: one form against one constant."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dibao_policy.core.cases import polynomials
from dibao_policy.core.cases.cells import edges_of
from dibao_policy.core.cases.formulas import (
    Compared,
    Form,
    Formula,
    Leaf,
    Relation,
    Size,
    every,
    opposite,
    some,
)
from dibao_policy.core.cases.leaves import opaque_leaf
from dibao_policy.core.cases.polynomials import Monomial, Polynomial, Ratio
from dibao_policy.core.cases.world import World

FACTOR_LIMIT = 60
"""Up to how many values of a leaf that is multiplied by another are looked at one by one."""

SPLIT_LIMIT = 3_000
"""How many values are looked at one by one in a program, before a product is a value that is not looked into."""

_MIRRORED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤", "=": "=", "≠": "≠"}


def compared(world: World, first: Ratio, sign: str, second: Ratio) -> Formula:
    """A comparison of two numbers."""
    plain = _one_leaf(world, first, sign, second)
    if plain is None:
        plain = _one_leaf(world, second, _MIRRORED[sign], first)
    if plain is not None:
        return plain
    return _against_zero(world, polynomials.difference(first, second), sign)


def _one_leaf(world: World, first: Ratio, sign: str, second: Ratio) -> Formula | None:
    """The plain case of a multiple of one leaf, perhaps over another, against a constant."""
    value = polynomials.known(second)
    if value is None or len(first.top) != 1 or len(first.bottom) != 1:
        return None
    (above,), (below,) = first.top, first.bottom
    if len(above) != 1 or len(below) > 1:
        return None
    factor = first.top[above]
    if below and value:
        quotient = _quotient(world, [(above, factor), (below, -value)])
        if quotient is None:
            return None
        form, factor, bound = quotient
    else:
        form, bound = _sum(world, [(above, Fraction(1))]), value / factor
    sign = _MIRRORED[sign] if factor < 0 else sign
    decided = _decided(sign, form.low - bound, form.high - bound)
    return _against(world, form, sign, bound) if decided is None else decided


def _against_zero(world: World, difference: Polynomial, sign: str) -> Formula:
    low, high = polynomials.interval(world.leaves, difference)
    decided = _decided(sign, low, high)
    if decided is not None:
        return decided
    difference = _without_common_factor(world, difference)
    few = _factor_of_few_values(world, difference) if world.split < SPLIT_LIMIT else None
    if few is not None:
        return some(
            every((equals, _against_zero(world, known, sign)))
            for equals, known in _value_by_value(world, difference, few)
        )
    terms = [(one, value) for one, value in difference.items() if one]
    offset = difference.get((), Fraction(0))
    if not offset and len(terms) == 2:
        quotient = _quotient(world, terms)
        if quotient is not None:
            form, factor, value = quotient
            return _against(world, form, _MIRRORED[sign] if factor < 0 else sign, value)
    terms.sort()
    factor = terms[0][1]
    form = _sum(world, [(one, value / factor) for one, value in terms])
    return _against(world, form, _MIRRORED[sign] if factor < 0 else sign, -offset / factor)


def _factor_of_few_values(world: World, polynomial: Polynomial) -> Leaf | None:
    """Where leaves are multiplied, the one of them with the fewest values, if they are few."""
    factors = {place for monomial in polynomial if len(monomial) > 1 for place in monomial}
    few = [(count, place) for place in factors if (count := _count(world.leaves[place]))]
    return world.leaves[min(few)[1]] if few else None


def _count(leaf: Leaf) -> int:
    """How many values a leaf has, or 0 where they are many."""
    if leaf.grain is None:
        return 0
    count = int((leaf.high - leaf.low) / leaf.grain) + 1
    return count if count <= FACTOR_LIMIT else 0


def _value_by_value(
    world: World, polynomial: Polynomial, leaf: Leaf
) -> Iterator[tuple[Formula, Polynomial]]:
    form = _sum(world, [((leaf.place,), Fraction(1))])
    for step in range(_count(leaf)):
        assert leaf.grain is not None
        value = leaf.low + step * leaf.grain
        world.split += 1
        yield (
            _atom(world, form, "=", value),
            polynomials.substituted(polynomial, leaf.place, value),
        )


def _decided(sign: str, low: Fraction, high: Fraction) -> bool | None:
    """What a comparison of a number in an interval with zero comes to, where that is plain."""
    match sign:
        case "<" | "≥":
            below = True if high < 0 else False if low >= 0 else None
            return below if below is None or sign == "<" else not below
        case "≤" | ">":
            below = True if high <= 0 else False if low > 0 else None
            return below if below is None or sign == "≤" else not below
    equal = True if low == high == 0 else False if low > 0 or high < 0 else None
    return equal if equal is None or sign == "=" else not equal


def _against(world: World, form: Form, sign: str, value: Fraction) -> Formula:
    match sign:
        case "<":
            return _atom(world, form, "<", value)
        case "≤":
            return _atom(world, form, "≤", value)
        case "=":
            return _atom(world, form, "=", value)
        case "≠":
            return opposite(_atom(world, form, "=", value))
        case ">":
            return opposite(_atom(world, form, "≤", value))
    return opposite(_atom(world, form, "<", value))


def _atom(world: World, form: Form, relation: Relation, value: Fraction) -> Compared:
    """A comparison; equal ones are one object."""
    key = (id(form), relation, value)
    atom = world.atoms.get(key)
    if atom is None:
        atom = world.atoms[key] = Compared(form, relation, value, edges_of(form, relation, value))
    return atom


def _without_common_factor(world: World, polynomial: Polynomial) -> Polynomial:
    """The polynomial divided by each leaf above zero that all of its terms have."""
    shortest = min(polynomial, key=len)
    for place in shortest:
        if world.leaves[place].low > 0 and all(place in one for one in polynomial):
            polynomial = polynomials.divided(polynomial, place)
    return polynomial


def _term_leaf(world: World, monomial: Monomial) -> Leaf:
    """The leaf of a term; a product of leaves is one that is not looked into."""
    if len(monomial) == 1:
        return world.leaves[monomial[0]]
    one: Polynomial = {monomial: Fraction(1)}
    low, high = polynomials.interval(world.leaves, one)
    step = polynomials.step(world.leaves, Ratio(one))
    kind = world.leaves[monomial[0]].type
    return opaque_leaf(world, ("product", monomial), kind, low, high, step)


def _quotient(
    world: World, terms: list[tuple[Monomial, Fraction]]
) -> tuple[Form, Fraction, Fraction] | None:
    """a·x + b·y against zero as x/y against −b/a, where y is above zero; the size of the household goes below."""
    found = [(_term_leaf(world, monomial), value) for monomial, value in terms]
    found.sort(key=lambda pair: (isinstance(pair[0].source, Size), pair[0].place))
    if found[1][0].low <= 0:
        found.reverse()
    (above, a), (below, b) = found
    if below.low <= 0:
        return None
    ends = [x / y for x in (above.low, above.high) for y in (below.low, below.high)]
    key = (above.place, "over", below.place)
    form = world.forms.get(key)
    if form is None:
        top = ((above, Fraction(1)),)
        form = world.forms[key] = Form(top, below, min(ends), max(ends), None)
    return form, a, -b / a


def _sum(world: World, terms: list[tuple[Monomial, Fraction]]) -> Form:
    key = tuple(terms)
    form = world.forms.get(key)
    if form is None:
        polynomial = dict(terms)
        low, high = polynomials.interval(world.leaves, polynomial)
        step = polynomials.step(world.leaves, Ratio(polynomial))
        top = tuple((_term_leaf(world, one), value) for one, value in terms)
        form = world.forms[key] = Form(top, None, low, high, step)
    return form
