"""The leaves, forms and values known so far of one program: in general, or for a household of a given make-up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.cases.formulas import Compared, Form, Leaf, Source
from dibao_policy.core.cases.pieces import FEW_PIECES, PIECE_LIMIT, Numbers, Value, Who
from dibao_policy.core.integers import Computed, IntegerProgram
from dibao_policy.core.types import Type

GROWTH_LIMIT = 8_000
"""How many pieces may be made, by values that have more of them than what they are made of, before few are allowed."""


@frozen
class Setting:
    """A household of `size` members of whom `free` can differ; the others are like the last of these.

    `at` is the member at hand, by order of appearance from 0.
    """

    size: int
    free: int
    at: int = 0


@define
class World:
    """What is known of a program: in general, or for the households of a setting.

    In general, what is summed up over members is not looked into;
    of what is counted, the member at hand is, where there is one (`at_hand`).
    `glance` is a look at the conditions alone: no rule that they read is looked into.
    `births` are the facts of which the program asks the age on the day of the decision.
    """

    integers: IntegerProgram
    births: frozenset[str] = frozenset()
    setting: Setting | None = None
    at_hand: bool = False
    glance: bool = False
    grown: int = 0
    split: int = 0
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


def new_leaf(
    world: World,
    key: object,
    source: Source,
    kind: Type,
    low: Fraction,
    high: Fraction,
    step: Fraction | None = Fraction(1),
    opaque: bool = False,
    until: Leaf | None = None,
) -> Leaf:
    """The leaf of a key, made where it is new."""
    leaf = world.named.get(key)
    if leaf is None:
        leaf = Leaf(len(world.leaves), source, kind, low, high, step, opaque, until)
        world.leaves.append(leaf)
        world.named[key] = leaf
    return leaf
