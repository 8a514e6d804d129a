"""A household whose facts are moved, one at a time, and what each move comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from dibao_policy.core import ir
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.types import Day
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.cells import step_at
from dibao_policy.evaluate.facts import Facts, PartialFacts, household_facts, member_facts
from dibao_policy.evaluate.generate import Output, arguments_of
from dibao_policy.evaluate.nearest import Search, search_of
from dibao_policy.evaluate.unknown import Key
from dibao_policy.lawcraft.moves import Place, place_of, with_value

if TYPE_CHECKING:
    from dibao_policy.policy import Decision, Snapshot


@define
class Bench:
    """A household whose suggestible facts can be moved, and what each move comes to."""

    snapshot: Snapshot
    facts: Facts
    rule: ir.Rule
    member: int | None
    search: Search = field(init=False)
    stands: tuple[Place, ...] = field(init=False)
    behind: dict[str, ir.Rule] = field(init=False)
    present: Decision = field(init=False)
    holds: bool = field(init=False)
    _known: dict[tuple[int, int], tuple[tuple[int, ...], list[list[int]]]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        program = self.snapshot.compiled.program
        self.behind = _behind(program, self.rule)
        movable = _movable(program, self.behind)
        partial, present = _opened(program, self.facts, movable)
        self.search = search_of(program, partial, present)
        self.stands = tuple(
            place_of(program, one.fact, one.member or 0) for one in self.search.cells
        )
        self.present = self.snapshot.decide_facts(self.facts)
        raw = self.present.raw(self.rule.name)
        value = raw[self.member] if isinstance(raw, tuple) and self.member is not None else raw
        assert not isinstance(value, tuple)
        self.holds = value > 0

    @property
    def key(self) -> Key:
        """The result that is asked about."""
        return self.rule.name, self.member

    def answer(self, key: Key, cell: int, place: int) -> bool:
        """Whether a value holds where one fact stands at a place, by the generated function."""
        where = (cell, place)
        if where not in self._known:
            self._known[where] = self._returned(cell, place)
        returned, filled = self._known[where]
        output: Output = self.snapshot.compiled.outputs[key[0]]
        if key[1] is None:
            return returned[output.position] > 0
        return filled[output.position][key[1]] > 0

    def forget(self) -> None:
        """Let go of what was computed: the next fact has places of its own."""
        self._known.clear()

    def _returned(self, cell: int, place: int) -> tuple[tuple[int, ...], list[list[int]]]:
        facts = self.moved(cell, place)
        generated = self.snapshot.compiled.generated
        arguments, filled = arguments_of(
            generated, facts.day, facts.size, facts.household, facts.members
        )
        return generated.function(*arguments), filled

    def moved(self, cell: int, place: int) -> Facts:
        """The household with one fact at another place."""
        fact = self.search.cells[cell].fact
        return with_value(self.facts, self.stands[cell], step_at(fact, place))


def _behind(program: ir.Program, rule: ir.Rule) -> dict[str, ir.Rule]:
    """A rule and all that it reads."""
    rules = {one.name: one for one in program.rules}
    left, found = [rule.name], dict[str, ir.Rule]()
    while left:
        name = left.pop()
        if name not in found:
            found[name] = rules[name]
            left += rules_read(rules[name])
    return found


def _movable(program: ir.Program, behind: Mapping[str, ir.Rule]) -> frozenset[str]:
    """The facts that may be suggested, of those that the rules read."""
    read = {
        one.name
        for rule in behind.values()
        for one in reads(rule.expression)
        if isinstance(one, ir.ReadFact)
    }
    return frozenset(one.name for one in program.facts if one.changeable and one.name in read)


def _opened(
    program: ir.Program, facts: Facts, movable: frozenset[str]
) -> tuple[PartialFacts, tuple[int, ...]]:
    """The household without the facts that are moved, and where each of these stands."""
    own = dict(zip((one.name for one in household_facts(program)), facts.household, strict=True))
    columns = dict(zip((one.name for one in member_facts(program)), facts.members, strict=True))
    partial = PartialFacts(
        facts.day,
        facts.size,
        tuple(None if name in movable else step for name, step in own.items()),
        tuple(
            [None] * facts.size if name in movable else list(column)
            for name, column in columns.items()
        ),
        facts.labels,
        facts.defaulted,
    )
    present: list[int] = []
    for fact in program.facts:
        if fact.name in movable:
            steps = [own[fact.name]] if fact.scope == "household" else columns[fact.name]
            present += [_place(fact, step) for step in steps]
    return partial, tuple(present)


def _place(fact: ir.Fact, step: int) -> int:
    return day_from_number(step).toordinal() if isinstance(fact.type, Day) else step
