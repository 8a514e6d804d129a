"""The leaves, forms and values known so far of one program: in general, or for a household of a given make-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.cases import polynomials
from dibao_policy.core.cases.cells import edges_of
from dibao_policy.core.cases.formulas import (
    Age,
    Compared,
    Counted,
    Form,
    Formula,
    Given,
    Leaf,
    Months,
    Opaque,
    Relation,
    Size,
    Source,
    Today,
    every,
    opposite,
    some,
)
from dibao_policy.core.cases.pieces import FEW_PIECES, PIECE_LIMIT, Numbers, Value, Who
from dibao_policy.core.cases.polynomials import Monomial, Polynomial, Ratio
from dibao_policy.core.integers import MEMBER_LIMIT, Computed, IntegerProgram
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import LAST_DAY, day_number
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.units import grain, read_unit

GROWTH_LIMIT = 8_000
"""How many pieces may be made, by values that have more of them than what they are made of, before few are allowed."""

FACTOR_LIMIT = 60
"""Up to how many values of a leaf that is multiplied by another are looked at one by one."""


@frozen
class Setting:
    """A household of `size` members of whom `free` can differ; the others are like the last of these."""

    size: int
    free: int


@define
class World:
    """What is known of a program: in general, or for the households of a setting.

    In general, what is summed up over members is not looked into;
    of what is counted, the member at hand is, where there is one (`at_hand`).
    """

    integers: IntegerProgram
    setting: Setting | None = None
    at_hand: bool = False
    grown: int = 0
    facts: Mapping[str, ir.Fact] = field(init=False)
    tables: Mapping[str, ir.Table] = field(init=False)
    computed: Mapping[str, Computed] = field(init=False)
    order: Mapping[str, int] = field(init=False)
    leaves: list[Leaf] = field(factory=list)
    named: dict[object, Leaf] = field(factory=dict)
    forms: dict[object, Form] = field(factory=dict)
    atoms: dict[tuple[int, str, Fraction], Compared] = field(factory=dict)
    lookups: dict[object, Numbers | None] = field(factory=dict)
    values: dict[tuple[str, Who], Value] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Index the program by name."""
        program = self.integers.program
        self.facts = {fact.name: fact for fact in program.facts}
        self.tables = {table.name: table for table in program.tables}
        self.computed = {one.rule.name: one for one in self.integers.rules}
        self.order = {rule.name: place for place, rule in enumerate(program.rules)}


def piece_limit(world: World) -> int:
    """How many pieces a value may have, in view of all that have been made."""
    return PIECE_LIMIT if world.grown < GROWTH_LIMIT else FEW_PIECES


def members_of(world: World) -> tuple[tuple[int, int], ...]:
    """The members that can differ, each with how many it stands for; there has to be a setting."""
    assert world.setting is not None
    size, free = world.setting.size, world.setting.free
    return tuple((who, 1 if who < free - 1 else size - who) for who in range(free))


# ── leaves ────────────────────────────────────────────────────────────────


def new_leaf(
    world: World,
    key: object,
    source: Source,
    kind: Type,
    low: Fraction,
    high: Fraction,
    step: Fraction | None = Fraction(1),
    opaque: bool = False,
) -> Leaf:
    """The leaf of a key, made where it is new."""
    leaf = world.named.get(key)
    if leaf is None:
        leaf = Leaf(len(world.leaves), source, kind, low, high, step, opaque)
        world.leaves.append(leaf)
        world.named[key] = leaf
    return leaf


def fact_leaf(world: World, name: str, who: Who) -> Leaf:
    """A fact, or the day of the decision."""
    if name == DECISION_DAY:
        program = world.integers.program
        since, until = day_number(program.since), day_number(program.until or LAST_DAY)
        return new_leaf(world, Today(), Today(), Day(), Fraction(since), Fraction(until))
    fact = world.facts[name]
    source = Given(name, who)
    step = grain(fact.type.unit) if isinstance(fact.type, Number) else Fraction(1)
    # A range may end between two steps; no fact can stand there.
    low = -(-fact.low // step) * step
    high = fact.high // step * step
    return new_leaf(world, source, source, fact.type, low, high, step)


def opaque_leaf(
    world: World, key: object, kind: Type, low: Fraction, high: Fraction, step: Fraction | None
) -> Leaf:
    """A value that is not looked into."""
    return new_leaf(world, key, Opaque(), kind, low, high, step, opaque=True)


def opaque_condition(world: World, node: ir.Expression, who: Who) -> Leaf:
    """A condition that is not looked into."""
    return opaque_leaf(world, (node, who), YesNo(), Fraction(0), Fraction(1), Fraction(1))


def opaque_rule(world: World, rule: ir.Rule, who: Who) -> Leaf:
    """A rule that is not looked into: anything within the bounds that were proved for it."""
    computed = world.computed[rule.name]
    top, bottom = computed.form.numerator, computed.form.denominator
    ends = [Fraction(a, b) for a in (top.low, top.high) for b in (bottom.low, bottom.high)]
    step = Fraction(1, computed.scale) if computed.scale else None
    low, high = min(ends), max(ends)
    if isinstance(rule.type, Enumerated):
        low, high = Fraction(0), Fraction(len(rule.type.members) - 1)
    elif isinstance(rule.type, YesNo):
        low, high = Fraction(0), Fraction(1)
    return opaque_leaf(world, ("rule", rule.name, who), rule.type, low, high, step)


def size_number(world: World) -> Ratio:
    """How many members there are."""
    if world.setting is not None:
        return polynomials.constant(Fraction(world.setting.size))
    return polynomials.leaf_number(size_leaf(world))


def size_leaf(world: World) -> Leaf:
    """How many members there are, in general."""
    unit = read_unit("人")
    assert unit is not None
    low, high = Fraction(1), Fraction(MEMBER_LIMIT)
    return new_leaf(world, Size(), Size(), Number(unit[0]), low, high)


def count_leaf(world: World, condition: ir.Expression) -> Leaf:
    """How many members meet a condition; how many others, where there is a member at hand."""
    size = size_leaf(world)
    source = Counted(size, world.at_hand)
    high = size.high - 1 if world.at_hand else size.high
    key = ("count", condition)
    return new_leaf(world, key, source, size.type, Fraction(0), high, opaque=True)


def age_leaf(world: World, birth: Leaf | int, day: Leaf | int, kind: Type) -> Leaf:
    """The age on a day; on the day of the decision nobody is yet to be born."""
    source = Age(birth, day)
    youngest, oldest = (_low(day) - _high(birth)) // 10_000, (_high(day) - _low(birth)) // 10_000
    if isinstance(day, Leaf) and isinstance(day.source, Today):
        youngest, oldest = max(youngest, 0), max(oldest, 0)
    low, high = Fraction(youngest), Fraction(oldest)
    opaque = _is_opaque(birth) or _is_opaque(day)
    return new_leaf(world, source, source, kind, low, high, opaque=opaque)


def months_leaf(world: World, earlier: Leaf | int, later: Leaf | int, kind: Type) -> Leaf:
    """The whole months from one day to another."""
    source = Months(earlier, later)
    low = Fraction(_months(_high(earlier), _low(later)))
    high = Fraction(_months(_low(earlier), _high(later)))
    opaque = _is_opaque(earlier) or _is_opaque(later)
    return new_leaf(world, source, source, kind, low, high, opaque=opaque)


def _low(day: Leaf | int) -> int:
    return int(day.low) if isinstance(day, Leaf) else day


def _high(day: Leaf | int) -> int:
    return int(day.high) if isinstance(day, Leaf) else day


def _is_opaque(day: Leaf | int) -> bool:
    return isinstance(day, Leaf) and day.opaque


def _months(earlier: int, later: int) -> int:
    return int(TABLE["months"].evaluate(earlier, later))


# ── comparisons ───────────────────────────────────────────────────────────

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
    few = _factor_of_few_values(world, difference)
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
