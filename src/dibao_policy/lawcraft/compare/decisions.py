"""Two decisions held against each other: every difference, and which change explains which part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Enumerated, Number, Type, type_text
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain.account import is_result
from dibao_policy.lawcraft.compare import problems
from dibao_policy.lawcraft.compare.changes import Change, Node, Shared, Together, shared
from dibao_policy.lawcraft.compare.hybrid import NoMeaningError
from dibao_policy.lawcraft.compare.reach import (
    LOOKED_THROUGH,
    Laid,
    Plain,
    depends_on,
    join,
    laid,
    plain,
    subsets,
)
from dibao_policy.lawcraft.compare.shares import (
    average_shares,
    one_small_set,
    ordered_shares,
    smallest_sets,
)
from dibao_policy.lawcraft.compare.sides import Owner, Side, is_alike, two_sides
from dibao_policy.lawcraft.compare.units import changes_of
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.text import nearest

Method = Literal["average", "order"]


class RemainderError(ArithmeticError):
    """The parts do not add up to the difference: a defect of this program, and nothing is told."""


@frozen
class Unit:
    """What changes as one between the two decisions.

    Usually one change; several where no decision has a meaning with some of them alone, or one rule without the
    others: a rule that only one side has, for example, comes with the rules that read it.
    """

    changes: tuple[Change, ...]


@frozen
class Part:
    """How much of a difference a unit of change explains, in smallest units (money in fen); never zero."""

    unit: Unit
    amount: Fraction


@frozen
class Compared:
    """One value in both decisions: of the household, or of `person`.

    `before` and `after` are in smallest units, each in the type of its side; None where a side does not have it:
    the rule is not in force there, or the member is not there. For a number that both have, `difference` is `after`
    less `before`, and `parts` add up to it exactly; `method` says how they were found. For any other value that
    differs, `flips` are sets of units of which each alone brings about the value of side B; `all_flips` where these
    are all the smallest ones.
    """

    name: str
    code: str
    person: Owner
    types: tuple[Type | None, Type | None]
    before: ir.Value | None
    after: ir.Value | None
    difference: Fraction | None = None
    parts: tuple[Part, ...] = ()
    method: Method | None = None
    flips: tuple[tuple[Unit, ...], ...] = ()
    all_flips: bool = True

    @property
    def is_same(self) -> bool:
        """Whether the value is the same on both sides."""
        texts = [
            None if value is None or kind is None else (type_text(kind), value_text(value, kind))
            for value, kind in zip((self.before, self.after), self.types, strict=True)
        ]
        return texts[0] == texts[1]


@frozen
class Comparison:
    """Two decisions held against each other.

    `units` are the changes that explain some difference, in the order in which they are made where an order is used;
    `joined` and `gone` the members of one side alone. `by_place` where members without a 称呼 were matched by their
    order.
    """

    snapshots: tuple[Snapshot, Snapshot] = field(repr=False)
    results: tuple[Compared, ...]
    units: tuple[Unit, ...]
    joined: tuple[str, ...]
    gone: tuple[str, ...]
    by_place: bool


def compare_decisions(
    snapshot_a: Snapshot,
    household_a: Mapping[str, Any],
    snapshot_b: Snapshot,
    household_b: Mapping[str, Any],
    results: Iterable[str] | None = None,
) -> Comparison:
    """Which fact, parameter or rule explains each difference between the decisions A and B.

    Members are matched by their 称呼. `results` are the Chinese or code names of the values to compare; left out,
    they are the entitlements, statuses and amounts of either side.
    Raises `PolicyError` with every fault of the households, for members that cannot be matched and for a result
    that neither side has or that is not of one kind; `RemainderError` where the parts would not add up, which is
    a defect.
    """
    snapshots, households = (snapshot_a, snapshot_b), (household_a, household_b)
    faults: list[Problem] = []
    read = []
    for snapshot, household in zip(snapshots, households, strict=True):
        try:
            read.append(snapshot.facts(household))
        except PolicyError as error:
            faults += error.problems
    if faults:
        raise PolicyError(faults)
    sides, found = two_sides(snapshots, (read[0], read[1]), households)
    common = shared(sides)
    names = _names(sides, results, faults)
    if found or faults:
        raise PolicyError([*found, *faults])
    compared, units = _compared(common, names)
    a, b = sides
    return Comparison(
        snapshots=snapshots,
        results=compared,
        units=units,
        joined=tuple(one for one in b.people if one not in a.people),
        gone=tuple(one for one in a.people if one not in b.people),
        by_place=not all(label for side in sides for label in side.facts_read.labels),
    )


def _names(
    sides: tuple[Side, Side], results: Iterable[str] | None, found: list[Problem]
) -> tuple[str, ...]:
    """The names of the rules to compare."""
    if results is None:
        every = (rule for side in sides for rule in side.rules.values() if is_result(rule))
        return tuple(dict.fromkeys(rule.name for rule in every))
    forms = {
        form: rule.name
        for side in reversed(sides)
        for rule in side.rules.values()
        for form in (*rule.former, rule.code, rule.name)
        if form
    }
    names: dict[str, None] = {}
    for one in results:
        if one not in forms:
            found.append(problems.NoSuchResult(name=one, near=nearest(one, forms)))
            continue
        names[forms[one]] = None
        rules = [side.rules[forms[one]] for side in sides if forms[one] in side.rules]
        if len(rules) == 2 and not _is_one_kind(*rules):
            told = [_kind(rule) for rule in rules]
            (before, before_en), (after, after_en) = told
            found.append(
                problems.NeverTheSame(
                    name=one, before=before, after=after, before_en=before_en, after_en=after_en
                )
            )
    return tuple(names)


def _is_one_kind(first: ir.Rule, second: ir.Rule) -> bool:
    return first.scope == second.scope and is_alike(first.type, second.type)


def _kind(rule: ir.Rule) -> tuple[str, str]:
    """Whose value a rule gives, and of which unit, in both tongues."""
    zh, en = {"household": ("家庭", "household's"), "member": ("成员", "member's")}[rule.scope]
    unit = type_text(rule.type)
    return f"{zh}的 {unit}", f"the {en} `{unit}`"


# ── the values of both sides ──────────────────────────────────────────────


def _decided(side: Side) -> dict[tuple[str, Owner], ir.Value]:
    """Every value of a decision, by the interpreter."""
    trace = interpret(side.snapshot.compiled.program, side.facts_read)
    return {
        (step.rule.name, None if step.member is None else side.people[step.member]): step.value
        for step in trace.steps
    }


def _compared(
    common: Shared, names: Sequence[str]
) -> tuple[tuple[Compared, ...], tuple[Unit, ...]]:
    """Every value with its parts; where a set of changes turns out to have no meaning, with coarser units."""
    decided = _decided(common.sides[0]), _decided(common.sides[1])
    nodes = [Node(name, -1) for name in names if name in common.rules]
    together = Together()
    while True:
        found = laid(common, nodes, together)
        try:
            told = tuple(_told(found, decided, names))
        except NoMeaningError as error:
            for joined in _failures(found, nodes) or {found.between.reach[error.node]}:
                assert joined.bit_count() > 1
                join(found, joined, together)
        else:
            break
    units = tuple(Unit(changes_of(found, unit)) for unit in found.units)
    explaining = {
        place
        for one in told
        for place in (*one.shares, *(place for flip in one.flips for place in flip))
    }
    return (
        tuple(_with_units(one, units) for one in told),
        tuple(unit for place, unit in enumerate(units) if place in explaining),
    )


def _failures(found: Laid, nodes: Iterable[Node]) -> set[int]:
    """What reaches each rule that has no value on the way from either side to the other, in the order of the units."""
    between, count = found.between, len(found.units)
    whole = (1 << count) - 1
    failed: set[int] = set()
    for node in nodes:
        for place in range(count + 1):
            first = (1 << place) - 1
            for made in (first, whole ^ first):
                try:
                    between.came(node, made)
                except NoMeaningError as error:
                    failed.add(between.reach[error.node])
    return failed


@frozen
class _Told:
    """A value with its parts and flips by the numbers of the units."""

    compared: Compared
    shares: Mapping[int, Fraction] = field(factory=dict)
    flips: tuple[tuple[int, ...], ...] = ()


def _with_units(told: _Told, units: Sequence[Unit]) -> Compared:
    return evolve(
        told.compared,
        parts=tuple(Part(units[place], amount) for place, amount in told.shares.items()),
        flips=tuple(tuple(units[place] for place in flip) for flip in told.flips),
    )


def _told(
    found: Laid,
    decided: tuple[Mapping[tuple[str, Owner], ir.Value], Mapping[tuple[str, Owner], ir.Value]],
    names: Sequence[str],
) -> Iterator[_Told]:
    sides = found.between.common.sides
    for name in names:
        rules = [side.rules.get(name) for side in sides]
        rule = rules[1] or rules[0]
        assert rule is not None
        for person in _owners(sides, name):
            known = [one.get((name, person)) for one in decided]
            both = Compared(
                name=name,
                code=rule.code,
                person=person,
                types=(_type(rules[0], person), _type(rules[1], person)),
                before=known[0],
                after=known[1],
            )
            if name in found.between.common.rules and None not in known:
                yield _explained(found, both)
            else:
                yield _Told(both)


def _type(rule: ir.Rule | None, person: Owner) -> Type | None:
    """The type of a value of the household or of a member; None where a side has no such value."""
    has = rule is not None and (rule.scope == "household") == (person is None)
    return rule.type if rule is not None and has else None


def _owners(sides: tuple[Side, Side], name: str) -> Iterator[Owner]:
    """Of whom there is a value on either side: the household, then each member."""
    scopes = {side.rules[name].scope for side in sides if name in side.rules}
    if "household" in scopes:
        yield None
    if "member" in scopes:
        yield from dict.fromkeys(one for side in sides for one in side.people)


# ── one value ─────────────────────────────────────────────────────────────


def _explained(found: Laid, both: Compared) -> _Told:
    """The parts of a difference, or what flips a value that is no number."""
    between, node = found.between, Node(both.name, -1)
    common = between.common

    def value(made: int) -> Plain:
        return plain(common, node, between.came(node, made))[both.person]

    whole = (1 << len(found.units)) - 1
    ends = [
        value_text(one, kind) if isinstance(kind, Enumerated) else one
        for one, kind in zip((both.before, both.after), both.types, strict=True)
        if one is not None
    ]
    if ends != [value(0), value(whole)]:
        raise RemainderError(f"{both.name}: the two ends are not the two decisions")
    reach = between.reach[node]
    if reach.bit_count() <= LOOKED_THROUGH:
        reach = depends_on({made: value(made) for made in subsets(reach)}, reach)
    places = tuple(place for place in range(len(found.units)) if reach >> place & 1)

    def came(made: int) -> Plain:
        return value(sum(1 << place for i, place in enumerate(places) if made >> i & 1))

    def tried(made: int) -> Plain | None:
        # With these changes alone there is no decision, so that they do not bring about the other one.
        try:
            return came(made)
        except NoMeaningError:
            return None

    if isinstance(both.types[0], Number):
        return _shared_out(both, places, came)
    if ends[0] == ends[1]:
        return _Told(both)
    if len(places) <= LOOKED_THROUGH:
        sets = smallest_sets(len(places), came)
    else:
        sets = (one_small_set(len(places), tried),)
    flips = tuple(tuple(place for i, place in enumerate(places) if made >> i & 1) for made in sets)
    return _Told(evolve(both, all_flips=len(places) <= LOOKED_THROUGH), flips=flips)


def _shared_out(both: Compared, places: Sequence[int], came: Callable[[int], Plain]) -> _Told:
    def number(made: int) -> Fraction:
        value = came(made)
        assert isinstance(value, Fraction)
        return value

    is_average = len(places) <= LOOKED_THROUGH
    shares = (average_shares if is_average else ordered_shares)(len(places), number)
    assert isinstance(both.before, Fraction)
    assert isinstance(both.after, Fraction)
    difference = both.after - both.before
    if sum(shares, Fraction(0)) != difference:
        raise RemainderError(f"{both.name}: the parts do not add up to the difference")
    parts = {place: share for place, share in zip(places, shares, strict=True) if share}
    method: Method | None = None
    if parts:
        method = "average" if is_average else "order"
    return _Told(evolve(both, difference=difference, method=method), parts)
