"""Households on the very line of each comparison, a step below and a step above it: for staff to confirm and keep."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.integers import to_integers
from dibao_policy.core.order import births_of
from dibao_policy.core.types import RATIO, Day, Number, YesNo
from dibao_policy.dates import day_from_number, day_number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.evaluate.generate import Generated, Output, arguments_of, generate
from dibao_policy.lawcraft.exercise import Exercise
from dibao_policy.lawcraft.moves import Place, value_at, with_value
from dibao_policy.syntax.tree import Scope
from dibao_policy.text import Span, covered

# No rule of a policy can have a name with such a mark.
_MARK = "⟨边界⟩"
_ORDER = frozenset({"less", "at_most", "greater", "at_least", "equal", "unequal"})


@frozen
class Boundary:
    """A household on the line of a comparison, or a step of one fact away from it.

    `side` is 0 where both sides of the comparison are equal, −1 where the first is lower, 1 where it is higher.
    The fact is that of a member, counted from 0, or of the household; `base` is the case that was moved.
    """

    rule: str
    text: str
    span: Span = field(repr=False)
    side: int
    fact: ir.Fact = field(repr=False)
    member: int | None
    base: str
    day: datetime.date
    program: ir.Program = field(repr=False)
    facts: Facts = field(repr=False)


@frozen
class _Compared:
    """A comparison of two numbers or days in a rule of the program, and who is at hand in it."""

    rule: ir.Rule
    node: ir.Operate
    scope: Scope


@frozen
class _Bench:
    """A program with the difference of the sides of every comparison, as a function of a household."""

    program: ir.Program
    generated: Generated
    compared: tuple[tuple[_Compared, Output], ...]


def boundaries(layer: str, exercises: Iterable[Exercise]) -> tuple[Boundary, ...]:
    """For each comparison that a layer wrote, the first case that one fact can bring to its line.

    A comparison that none of the cases reaches in this way is left out.
    """
    found: dict[tuple[int, int, str], tuple[Boundary, ...]] = {}
    benches: dict[int, _Bench | None] = {}
    for one in exercises:
        if one.assumed:
            continue
        if id(one.program) not in benches:
            benches[id(one.program)] = _bench(one.program, layer)
        bench = benches[id(one.program)]
        if bench is None:
            continue
        for compared, output in bench.compared:
            span = compared.node.span
            key = (span.start, span.end, span.source.name)
            if key not in found:
                places = range(one.facts.size) if compared.scope == "member" else (None,)
                for member in places:
                    around = _around(bench, one, compared, output, member)
                    if around:
                        found[key] = around
                        break
    return tuple(one for around in found.values() for one in around)


def _bench(program: ir.Program, layer: str) -> _Bench | None:
    compared = [one for rule in program.rules if rule.layer == layer for one in _comparisons(rule)]
    added = [_difference(place, one) for place, one in enumerate(compared)]
    integers, problems = to_integers(evolve(program, rules=(*program.rules, *added)))
    if problems or not compared:
        return None
    generated = generate(integers, [rule.name for rule in added])
    outputs = {output.name: output for output in generated.outputs}
    return _Bench(
        program,
        generated,
        tuple((one, outputs[rule.name]) for one, rule in zip(compared, added, strict=True)),
    )


def _comparisons(rule: ir.Rule) -> Iterator[_Compared]:
    left: list[tuple[ir.Expression, Scope]] = [(rule.expression, rule.scope)]
    while left:
        node, scope = left.pop()
        if isinstance(node, ir.Operate) and _is_ordered(node):
            yield _Compared(rule, node, scope)
        inside: Scope = "member" if isinstance(node, (ir.Aggregate, ir.Rank)) else scope
        left += [(child, inside) for child in ir.children(node)]


def _is_ordered(node: ir.Operate) -> bool:
    return node.operation in _ORDER and isinstance(node.arguments[0].type, (Number, Day))


def _difference(place: int, one: _Compared) -> ir.Rule:
    """1, 0 or −1: whether the first side lies above the second, on it, or below it."""
    first, second = one.node.arguments
    span = one.node.span

    def sign_is(value: int) -> ir.Literal:
        return ir.Literal(Fraction(value), RATIO, span=span)

    sign = ir.Choose(
        (
            (ir.Operate("less", (first, second), YesNo(), span=span), sign_is(-1)),
            (ir.Operate("equal", (first, second), YesNo(), span=span), sign_is(0)),
        ),
        sign_is(1),
        RATIO,
        span=span,
    )
    return ir.Rule(
        name=f"{_MARK}{place}",
        code="",
        scope=one.scope,
        type=RATIO,
        expression=sign,
        citations=(),
        origin=ir.Origin("边界", one.rule.name, ""),
        layer="",
        since=None,
        note="",
        otherwise="",
        span=one.node.span,
    )


# ── the line ──────────────────────────────────────────────────────────────


def _around(
    bench: _Bench, one: Exercise, compared: _Compared, output: Output, member: int | None
) -> tuple[Boundary, ...]:
    """The households on both sides of the line and on it, by moving one fact of a case; none if none does."""
    births = births_of(bench.program)
    for place, fact in _movable(bench.program, one.facts.size):
        steps = _Steps(fact, one.day if fact.name in births else None)

        def side(at: int, place: Place = place, steps: _Steps = steps) -> int:
            return _side(bench, output, with_value(one.facts, place, steps.step(at)), member)

        here = steps.place(value_at(one.facts, place))
        line = _line(side, steps.first, here, steps.last)
        if line:
            return tuple(
                Boundary(
                    compared.rule.name,
                    " ".join(covered(compared.node.span).split()),
                    compared.node.span,
                    side(at),
                    fact,
                    place.member,
                    one.name,
                    one.day,
                    bench.program,
                    with_value(one.facts, place, steps.step(at)),
                )
                for at in line
            )
    return ()


@frozen
class _Steps:
    """The values of a fact as places that follow one another; days by the calendar, up to `until` if one is given."""

    fact: ir.Fact
    until: datetime.date | None

    @property
    def first(self) -> int:
        if isinstance(self.fact.type, Day):
            return day_from_number(int(self.fact.low)).toordinal()
        return int(self.fact.low / ir.step_of(self.fact))

    @property
    def last(self) -> int:
        if isinstance(self.fact.type, Day):
            last = day_from_number(int(self.fact.high))
            return min(last, self.until or last).toordinal()
        return int(self.fact.high / ir.step_of(self.fact))

    def step(self, place: int) -> int:
        if isinstance(self.fact.type, Day):
            return day_number(datetime.date.fromordinal(place))
        return place

    def place(self, step: int) -> int:
        if isinstance(self.fact.type, Day):
            return day_from_number(step).toordinal()
        return step


def _line(side: Callable[[int], int], first: int, here: int, last: int) -> tuple[int, ...]:
    """The places at both ends of the line, and those next to it; none where it is not met.

    The sides follow one another in order; where no place is on the line itself, the two places next to it.
    """
    for low, high in ((first, here), (here, last)):
        if side(low) != side(high):
            begins = _turn(side, low, high, side(low))
            ends = _turn(side, low, high, side(high), is_last=True)
            around = {begins - 1, begins, ends, ends + 1}
            return tuple(at for at in sorted(around) if first <= at <= last)
    return ()


def _turn(
    side: Callable[[int], int], low: int, high: int, other: int, is_last: bool = False
) -> int:
    """The first place that is not on the side of the lower end, or the last that is not on that of the higher."""
    while high - low > 1:
        middle = (low + high) // 2
        if (side(middle) == other) is is_last:
            high = middle
        else:
            low = middle
    return low if is_last else high


def _movable(program: ir.Program, size: int) -> Iterator[tuple[Place, ir.Fact]]:
    for position, fact in enumerate(household_facts(program)):
        if isinstance(fact.type, (Number, Day)):
            yield Place(position, None), fact
    for position, fact in enumerate(member_facts(program)):
        if isinstance(fact.type, (Number, Day)):
            yield from ((Place(position, member), fact) for member in range(size))


def _side(bench: _Bench, output: Output, facts: Facts, member: int | None) -> int:
    arguments, filled = arguments_of(
        bench.generated, facts.day, facts.size, facts.household, facts.members
    )
    returned = bench.generated.function(*arguments)
    value: int = returned[output.position] if member is None else filled[output.position][member]
    # Its scale is 1: it is −1, 0 or 1.
    assert output.scale is not None
    return value // output.scale
