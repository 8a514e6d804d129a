"""The meaning of a program where facts are missing: bounds of every value, and the facts that it depends on.

The same walk as the interpreter's, over possible values. It is lazy: a branch that cannot be taken, an operand
that cannot matter and a comparison that bounds settle leave nothing behind to ask.
A run keeps each rule's outcome with all that it looked at, so that a run on narrower facts begins where it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.types import Enumerated, YesNo
from dibao_policy.evaluate.bounds import (
    BOUNDS,
    add,
    as_number,
    both,
    either,
    extreme,
    opposite,
    pick,
    place_among,
    rounded,
)
from dibao_policy.evaluate.cells import Cell, known_possible, missing_cells, possible_of
from dibao_policy.evaluate.facts import PartialFacts, household_facts, member_facts
from dibao_policy.evaluate.possible import (
    NO,
    YES,
    ZERO,
    Among,
    Possible,
    Range,
    Unbounded,
    anyhow,
    is_known,
    known,
    the_value,
    unmoved,
)
from dibao_policy.model.resolve import DECISION_DAY

Key = tuple[str, int | None]
"""A rule, for the household or for one member."""

DEPTH = 3
"""How many rules may be open at once: an expression can be sixty brackets deep, and the stack is not endless."""

_COMPARISONS = {"less", "at_most", "greater", "at_least", "equal", "unequal"}


@frozen
class OpenComparison:
    """A comparison that one missing fact alone decides, for the member at hand."""

    node: ir.Expression = field(eq=False)
    member: int | None
    cell: int


@frozen
class Outcome:
    """What a rule can be (None: it could not be bounded), the cells and conditions that it looked at, as bits,
    the comparisons that are open in it, and the rules that it read."""

    possible: Possible | None
    seen: int
    tests: tuple[OpenComparison, ...]
    read: tuple[Key, ...]


@frozen(slots=False)
class World:
    """A program and what is known of one household."""

    program: ir.Program
    size: int
    tables: Mapping[str, ir.Table]
    rules: Mapping[str, ir.Rule]
    known: Mapping[Key, Possible]
    cells: tuple[Cell, ...]
    places: Mapping[Key, int]
    bits: dict[Key, int] = field(factory=dict)
    before: dict[str, tuple[str, ...]] = field(factory=dict)
    turns: dict[object, tuple[int, ...] | None] = field(factory=dict)


@define
class Run:
    """One evaluation: what each cell can still be, the conditions that are assumed, the outcomes so far.

    A `bare` run knows bounds alone and not how they move, which is quicker.
    """

    world: World
    box: tuple[tuple[int, int], ...]
    cells: tuple[Possible, ...]
    bare: bool = False
    assumed: Mapping[Key, bool] = field(factory=dict)
    outcomes: dict[Key, Outcome] = field(factory=dict)
    depth: int = 0
    seen: int = 0
    tests: list[OpenComparison] = field(factory=list)
    read: list[Key] = field(factory=list)


def run_of(program: ir.Program, facts: PartialFacts) -> Run:
    """A run in which every missing fact can be anything in its range."""
    given: dict[Key, Possible] = {(DECISION_DAY, None): known(facts.day)}
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        if step is not None:
            given[fact.name, None] = known_possible(fact, step)
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        for member, step in enumerate(column):
            if step is not None:
                given[fact.name, member] = known_possible(fact, step)
    cells = missing_cells(program, facts)
    world = World(
        program,
        facts.size,
        {table.name: table for table in program.tables},
        {rule.name: rule for rule in program.rules},
        given,
        cells,
        {(cell.fact.name, cell.member): place for place, cell in enumerate(cells)},
    )
    box = tuple((cell.first, cell.last) for cell in cells)
    return Run(world, box, tuple(possible_of(c, i, *box[i]) for i, c in enumerate(cells)))


def narrowed(run: Run, ends: Mapping[int, tuple[int, int]], bare: bool = False) -> Run:
    """The same run with some cells between closer places; what did not look at them stays."""
    bare = bare or run.bare
    box, cells = list(run.box), list(run.cells)
    changed = 0
    for cell, (first, last) in ends.items():
        box[cell] = first, last
        cells[cell] = possible_of(run.world.cells[cell], cell, first, last)
        changed |= 1 << cell
    if bare:
        cells = [unmoved(possible) for possible in cells]
    left = _untouched(run, changed)
    return Run(run.world, tuple(box), tuple(cells), bare, run.assumed, left)


def assume(run: Run, key: Key, value: bool) -> Run:
    """The same run where a condition is taken to hold, or not to hold."""
    left = _untouched(run, 1 << bit_of(run.world, key))
    return Run(run.world, run.box, run.cells, run.bare, {**run.assumed, key: value}, left)


def _untouched(run: Run, changed: int) -> dict[Key, Outcome]:
    return {key: one for key, one in run.outcomes.items() if not one.seen & changed}


def bit_of(world: World, key: Key) -> int:
    """The bit of a condition in what an outcome looked at, after those of the cells."""
    return world.bits.setdefault(key, len(world.cells) + len(world.bits))


# ── rules ─────────────────────────────────────────────────────────────────


def outcome_of(run: Run, key: Key) -> Outcome:
    """The outcome of a rule: what it reads is computed as it is read, or before it where rules are many deep."""
    if key not in run.outcomes:
        if run.depth >= DEPTH:
            for name in _before(run.world, key[0]):
                household = run.world.rules[name].scope == "household"
                for member in (None,) if household else range(run.world.size):
                    if (name, member) not in run.outcomes:
                        run.outcomes[name, member] = _outcome(run, name, member)
        else:
            run.outcomes[key] = _outcome(run, *key)
    return run.outcomes[key]


def _before(world: World, name: str) -> tuple[str, ...]:
    """A rule and all that it reads, in the order of computation."""
    if name not in world.before:
        found: set[str] = set()
        left = [name]
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += rules_read(world.rules[one])
        world.before[name] = tuple(rule for rule in world.rules if rule in found)
    return world.before[name]


def open_cells_behind(run: Run, name: str) -> frozenset[int]:
    """The missing facts that a rule reads, or a rule that it reads, whether or not they matter."""
    read = {
        one.name
        for rule in _before(run.world, name)
        for one in reads(run.world.rules[rule].expression)
        if isinstance(one, ir.ReadFact)
    }
    return frozenset(
        place
        for place, cell in enumerate(run.world.cells)
        if cell.fact.name in read and run.box[place][0] < run.box[place][1]
    )


def _outcome(run: Run, name: str, member: int | None) -> Outcome:
    outer = run.depth, run.seen, run.tests, run.read
    run.depth, run.seen, run.tests, run.read = run.depth + 1, 0, [], []
    try:
        possible = value_in(run, run.world.rules[name].expression, member)
    except Unbounded:
        # It stopped on the way: whatever changes, it has to be looked at again.
        possible, run.seen = None, -1
    made = Outcome(possible, run.seen, tuple(run.tests), tuple(dict.fromkeys(run.read)))
    run.depth, run.seen, run.tests, run.read = outer
    return made


def _read_rule(run: Run, key: Key) -> Possible:
    rule = run.world.rules[key[0]]
    if rule.type == YesNo():
        run.seen |= 1 << bit_of(run.world, key)
    if key in run.assumed:
        return known(run.assumed[key])
    outcome = outcome_of(run, key)
    run.seen |= outcome.seen
    run.read.append(key)
    if outcome.possible is None:
        raise Unbounded
    return unmoved(outcome.possible) if run.bare else outcome.possible


# ── expressions ───────────────────────────────────────────────────────────


def value_in(run: Run, node: ir.Expression, member: int | None) -> Possible:
    """What an expression can be, for the member at hand. Raises `Unbounded`."""
    match node:
        case ir.Literal(value, kind):
            if isinstance(kind, Enumerated):
                return Among(frozenset((int(value),)), {})
            return known(value)
        case ir.ReadFact(name, scope):
            return _read_fact(run, (name, None if scope == "household" else member))
        case ir.ReadRule(name, scope):
            return _read_rule(run, (name, None if scope == "household" else member))
        case ir.Lookup(table, keys):
            return _lookup(run, run.world.tables[table], keys, member)
        case ir.Operate():
            return _operate(run, node, member)
        case ir.Choose(cases, otherwise):
            return _choose(run, cases, otherwise, member)
        case ir.Round(operand, quantum, mode):
            return rounded(_range_in(run, operand, member), quantum, mode)
        case ir.Aggregate():
            return _aggregate(run, node, member)
        case ir.Rank():
            assert member is not None
            return _rank(run, node, member)
    raise AssertionError(node)


def _range_in(run: Run, node: ir.Expression, member: int | None) -> Range:
    possible = value_in(run, node, member)
    assert isinstance(possible, Range)
    return possible


def _read_fact(run: Run, key: Key) -> Possible:
    given = run.world.known.get(key)
    if given is not None:
        return given
    place = run.world.places[key]
    run.seen |= 1 << place
    return run.cells[place]


def _lookup(
    run: Run, table: ir.Table, keys: Sequence[ir.Expression], member: int | None
) -> Possible:
    """The hull over the members that the keys can still be."""
    possible = [value_in(run, key, member) for key in keys]
    choices = [one.members for one in possible if isinstance(one, Among)]
    values: list[Fraction] = []
    for combination in product(*choices):
        place = 0
        for member_place, kind in zip(combination, table.keys, strict=True):
            assert isinstance(kind, Enumerated)
            place = place * len(kind.members) + member_place
        values.append(table.values[place])
    low, high = min(values), max(values)
    moves = anyhow((one.moves for one in possible), high - low)
    return Range(low, high, {} if low == high else moves)


def _operate(run: Run, node: ir.Operate, member: int | None) -> Possible:
    operation = node.operation
    given: list[Possible] = []
    for argument in node.arguments:
        one = value_in(run, argument, member)
        # What comes after does not matter: 否 且 …, 是 或 …, 0 × ….
        if operation == "and" and one == NO:
            return NO
        if operation == "or" and one == YES:
            return YES
        if operation == "multiply" and one == ZERO:
            return ZERO
        given.append(one)
    if all(map(is_known, given)):
        return known(TABLE[operation].evaluate(*map(the_value, given)))
    made = BOUNDS[operation](*given)
    if operation in _COMPARISONS and len(made.moves) == 1:
        run.tests.append(OpenComparison(node, member, next(iter(made.moves))))
    return made


def _choose(
    run: Run,
    cases: Iterable[tuple[ir.Expression, ir.Expression]],
    otherwise: ir.Expression,
    member: int | None,
) -> Possible:
    """The hull of the branches that are still possible."""
    open_: list[tuple[Range, Possible]] = []
    last: Possible | None = None
    for test, value in cases:
        holds = _range_in(run, test, member)
        if not holds.high:
            continue
        if holds.low:
            last = value_in(run, value, member)
            break
        open_.append((holds, value_in(run, value, member)))
    chosen = value_in(run, otherwise, member) if last is None else last
    for holds, possible in reversed(open_):
        chosen = pick(holds, possible, chosen)
    return chosen


def _aggregate(run: Run, node: ir.Aggregate, member: int | None) -> Possible:
    """One value from all members; inside, each member in turn is the one at hand."""
    tests: list[tuple[Range, Possible]] = []
    for other in range(run.world.size):
        holds = YES if node.when is None else _range_in(run, node.when, other)
        if holds.high:
            body = value_in(run, node.body, other)
            if node.kind == "any" and holds.low and body == YES:
                return YES
            if node.kind == "all" and holds.low and body == NO:
                return NO
            tests.append((holds, body))
    parts = [(holds, body) for holds, body in tests if isinstance(body, Range)]
    match node.kind:
        case "count":
            return add(*(as_number(holds) for holds, _ in parts))
        case "any":
            return either(*(both(holds, body) for holds, body in parts))
        case "all":
            return both(*(either(opposite(holds), body) for holds, body in parts))
        case "sum":
            terms = [pick(holds, body, ZERO) for holds, body in parts]
            return add(*(term for term in terms if isinstance(term, Range)))
    sure = any(holds.low for holds, _ in parts)
    other_value = None
    if not sure:
        assert node.otherwise is not None
        other_value = _range_in(run, node.otherwise, member)
    return extreme(parts, other_value, largest=node.kind == "maximum")


def _rank(run: Run, node: ir.Rank, member: int) -> Possible:
    keys = [
        (
            YES if node.when is None else _range_in(run, node.when, other),
            value_in(run, node.key, other),
        )
        for other in range(run.world.size)
    ]
    return place_among(keys, member, descending=node.descending)
