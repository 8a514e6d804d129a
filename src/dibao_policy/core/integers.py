"""A program in integers: every number a numerator over a known positive denominator.

This is the form that the generated function is printed from. Building it proves that no divisor can be
zero and that no integer can leave 64 bits, whatever facts within their ranges come in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import ir, problems
from dibao_policy.core.declared import shown
from dibao_policy.core.forms import Form, Int, Integers, constant
from dibao_policy.core.ops import TABLE
from dibao_policy.core.rank_problems import VaryingRank
from dibao_policy.core.types import Enumerated
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.problem import Problem

MEMBER_LIMIT = 50
"""A household has 1 to 50 members; the bounds of every sum over members rest on it."""


@frozen(eq=False)
class Computed:
    """A rule in integers; `denominator` is None where it is a constant, then `scale`."""

    rule: ir.Rule
    form: Form
    scale: int | None


@frozen(eq=False)
class Accumulator:
    """A value gathered over the members: kind is sum, count, any, all, maximum or minimum.

    Or a place for each of them, by `body`: kind is descending or ascending.
    """

    name: str
    kind: str
    body: Int
    when: Int | None
    initial: int


@frozen(eq=False)
class IntegerProgram:
    """What a generated function computes, in order; facts come in steps of `1 / scales[name]`."""

    program: ir.Program
    rules: tuple[Computed, ...]
    accumulators: Mapping[str, Accumulator]
    scales: Mapping[str, int]


@define
class Shared:
    """What the programs of one policy have in common: a rule that reads the same values is the same integers.

    `reads` has the names of the rules and parameters that each rule reads, by its identity;
    a rule that is not in it is built anew.
    `sound` until something does not fit: what the builder has reported once it does not report again,
    so that from then on each program is built on its own.
    """

    reads: Mapping[int, Sequence[str]] = field(factory=dict)
    builder: Integers = field(factory=Integers)
    facts: dict[str, Form] = field(factory=dict)
    accumulators: dict[tuple[object, ...], Accumulator] = field(factory=dict)
    slots: dict[tuple[Int, Int], Form] = field(factory=dict)
    rules: dict[tuple[int, ...], _Built] = field(factory=dict)
    sound: bool = True


@frozen(eq=False)
class _Built:
    """A rule with its slot and what it gathers; `kept` are the things whose identity it was found by."""

    computed: Computed
    slot: ir.Table | Form
    gathered: tuple[Accumulator, ...]
    kept: tuple[object, ...]


@define
class _Walk:
    """A program on its way; `values` has its tables, and the rules that are built."""

    builder: Integers
    shared: Shared
    facts: Mapping[str, ir.Fact]
    values: dict[str, ir.Table | Form]
    accumulators: dict[str, Accumulator] = field(factory=dict)
    gathered: list[Accumulator] = field(factory=list)
    found: list[Problem] = field(factory=list)


def to_integers(
    program: ir.Program, shared: Shared | None = None
) -> tuple[IntegerProgram, tuple[Problem, ...]]:
    """The integer form of a program without faults; `shared` has those of the policy's other programs."""
    if shared is None or not shared.sound:
        shared = Shared()
    builder = shared.builder
    walk = _Walk(
        builder,
        shared,
        {fact.name: fact for fact in program.facts},
        {table.name: table for table in program.tables},
    )
    computed = tuple(_known_rule(walk, rule) for rule in program.rules)
    scales = {fact.name: ir.step_of(fact).denominator for fact in program.facts}
    found = (*walk.found, *builder.found)
    if found and shared.reads:
        shared.sound = False
        return to_integers(program)
    return IntegerProgram(program, computed, walk.accumulators, scales), found


def _known_rule(walk: _Walk, rule: ir.Rule) -> Computed:
    """A rule as it was built before from the same values, or built now."""
    shared, values = walk.shared, walk.values
    read = shared.reads.get(id(rule))
    if read is None:
        return _rule(walk, rule)
    place = (id(rule), *[id(values[name]) for name in read])
    built = shared.rules.get(place)
    if built is None:
        walk.gathered = []
        kept = (rule, *[values[name] for name in read])
        computed = _rule(walk, rule)
        built = _Built(computed, values[rule.name], tuple(walk.gathered), kept)
        shared.rules[place] = built
    values[rule.name] = built.slot
    for gathered in built.gathered:
        walk.accumulators.setdefault(gathered.name, gathered)
    return built.computed


def _rule(walk: _Walk, rule: ir.Rule) -> Computed:
    form = _form(walk, rule.expression)
    fixed = constant(form.denominator)
    builder = walk.builder
    top = builder.slot(f"r:{rule.name}", form.numerator.low, form.numerator.high)
    if fixed is None:
        bottom = builder.slot(f"d:{rule.name}", form.denominator.low, form.denominator.high)
    else:
        bottom = form.denominator
    # A constant needs no slot.
    folded = constant(form.numerator) is not None and fixed is not None
    slot = form if folded else Form(top, bottom)
    alike = (slot.numerator, slot.denominator)
    walk.values[rule.name] = walk.shared.slots.setdefault(alike, slot)
    return Computed(rule, form, fixed)


def _form(walk: _Walk, node: ir.Expression) -> Form:
    builder = walk.builder
    before, builder.span = builder.span, node.span
    try:
        return _form_of(walk, node)
    finally:
        builder.span = before


def _form_of(walk: _Walk, node: ir.Expression) -> Form:
    builder = walk.builder
    match node:
        case ir.Literal(value):
            number = value if isinstance(value, Fraction) else Fraction(int(value))
            return builder.number(number)
        case ir.ReadFact(name):
            return _fact(walk, name)
        case ir.ReadRule(name):
            built = walk.values[name]
            assert isinstance(built, Form)
            return built
        case ir.Lookup(table, keys):
            found = walk.values[table]
            assert isinstance(found, ir.Table)
            return _lookup(walk, found, keys)
        case ir.Operate(operation, arguments):
            return _operate(walk, operation, arguments)
        case ir.Choose(cases, otherwise):
            chosen = _form(walk, otherwise)
            for test, result in reversed(cases):
                chosen = builder.pick(_form(walk, test).numerator, _form(walk, result), chosen)
            return chosen
        case ir.Round(operand, quantum, mode):
            return builder.round(_form(walk, operand), quantum, mode)
        case ir.Aggregate():
            return _aggregate(walk, node)
        case ir.Rank():
            return _rank(walk, node)
    raise AssertionError(node)


def _fact(walk: _Walk, name: str) -> Form:
    builder = walk.builder
    if name == DECISION_DAY:
        return builder.whole(builder.slot("day", 19000101, 21991231))
    known = walk.shared.facts.get(name)
    if known is not None:
        return known
    fact = walk.facts[name]
    scale = ir.step_of(fact).denominator
    low, high = fact.low * scale, fact.high * scale
    slot = builder.slot(
        f"f:{name}", -(-low.numerator // low.denominator), high.numerator // high.denominator
    )
    form = walk.shared.facts[name] = Form(slot, builder.const(scale))
    return form


def _lookup(walk: _Walk, table: ir.Table, keys: Sequence[ir.Expression]) -> Form:
    builder = walk.builder
    scale = math.lcm(*(value.denominator for value in table.values))
    values = [int(value * scale) for value in table.values]
    place = builder.const(0)
    for key, kind in zip(keys, table.keys, strict=True):
        assert isinstance(kind, Enumerated)
        size = builder.const(len(kind.members))
        place = builder.plus((builder.times(place, size), _form(walk, key).numerator))
    if constant(place) is not None:
        return Form(builder.const(values[place.low]), builder.const(scale))
    return Form(builder.lookup(values, place), builder.const(scale))


def _operate(walk: _Walk, operation: str, arguments: Sequence[ir.Expression]) -> Form:
    forms = [_form(walk, argument) for argument in arguments]
    if operation == "divide" and forms[1].numerator.low <= 0:
        divisor = arguments[1]
        low, high = interval(forms[1])
        walk.found.append(
            problems.PossibleZeroDivisor(
                span=divisor.span, low=shown(low, divisor.type), high=shown(high, divisor.type)
            )
        )
        return walk.builder.whole(walk.builder.const(0))
    return TABLE[operation].build(walk.builder, forms)


def interval(form: Form) -> tuple[Fraction, Fraction]:
    """The lowest and the highest value that a number can have."""
    ends = [
        Fraction(top, bottom)
        for top in (form.numerator.low, form.numerator.high)
        for bottom in (form.denominator.low, form.denominator.high)
    ]
    return min(ends), max(ends)


def _aggregate(walk: _Walk, node: ir.Aggregate) -> Form:
    builder = walk.builder
    body = _form(walk, node.body)
    when = _form(walk, node.when).numerator if node.when is not None else None
    if when is not None and constant(when) == 1:
        when = None
    if constant(body.denominator) is None:
        walk.found.append(problems.VaryingDenominator(span=node.body.span))
        return builder.whole(builder.const(0))
    inner = body.numerator
    match node.kind:
        case "count":
            return Form(
                _gather(walk, "count", inner, when, 0, 0 if when else 1, MEMBER_LIMIT),
                body.denominator,
            )
        case "sum":
            least, most = (0, MEMBER_LIMIT) if when else (1, MEMBER_LIMIT)
            low = min(inner.low * least, inner.low * most)
            high = max(inner.high * least, inner.high * most)
            return Form(_gather(walk, "sum", inner, when, 0, low, high), body.denominator)
        case "any" | "all":
            initial = 0 if node.kind == "any" else 1
            return builder.whole(_gather(walk, node.kind, inner, when, initial, 0, 1))
    initial = inner.low if node.kind == "maximum" else inner.high
    best = _gather(walk, node.kind, inner, when, initial, inner.low, inner.high)
    if when is None or node.otherwise is None:
        return Form(best, body.denominator)
    one = builder.const(1)
    count = _gather(walk, "count", one, when, 0, 0, MEMBER_LIMIT)
    some = builder.less(builder.const(0), count)
    return builder.pick(some, Form(best, body.denominator), _form(walk, node.otherwise))


def _rank(walk: _Walk, node: ir.Rank) -> Form:
    builder = walk.builder
    key = _form(walk, node.key)
    when = _form(walk, node.when).numerator if node.when is not None else None
    if when is not None and constant(when) == 1:
        when = None
    if constant(key.denominator) is None:
        walk.found.append(VaryingRank(span=node.key.span))
        return builder.whole(builder.const(0))
    kind = "descending" if node.descending else "ascending"
    return builder.whole(
        _gather(walk, kind, key.numerator, when, 0, 0 if when else 1, MEMBER_LIMIT)
    )


def _gather(
    walk: _Walk, kind: str, body: Int, when: Int | None, initial: int, low: int, high: int
) -> Int:
    """The slot of an accumulator; two alike are one."""
    alike = (kind, id(body), id(when))
    known = walk.shared.accumulators
    if alike not in known:
        known[alike] = Accumulator(str(len(known)), kind, body, when, initial)
    one = known[alike]
    walk.accumulators.setdefault(one.name, one)
    walk.gathered.append(one)
    return walk.builder.slot(f"a:{one.name}", low, high)
