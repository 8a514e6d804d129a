"""The nodes of a checked program. Data only: passes and evaluators are functions over it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from dibao_policy.core.types import Number, Type, Unknown
from dibao_policy.dates import Period
from dibao_policy.parameters.series import Entry
from dibao_policy.syntax.tree import Effect, Scope, Telling as Telling, TimeLimit as TimeLimit
from dibao_policy.text import Span
from dibao_policy.units import grain
from dibao_policy.values import Rounding

Value = Fraction | bool | int
"""A number is a Fraction in smallest units (money in fen); an enumeration and a day are ints."""


def _span() -> Span:
    return field(eq=False, repr=False, kw_only=True)  # type: ignore[no-any-return]


def _clause() -> str:
    """The clause of a block that a node stands for; empty where the author wrote the operation itself."""
    return field(default="", eq=False, repr=False, kw_only=True)


# ── expressions: ten kinds of node ────────────────────────────────────────


@frozen
class Literal:
    """A value that the rule states."""

    value: Value
    type: Type
    span: Span = _span()


@frozen
class ReadFact:
    """A fact of the household, or of the member at hand."""

    name: str
    scope: Scope
    type: Type
    span: Span = _span()


@frozen
class ReadRule:
    """The value of another rule, of the household or of the member at hand."""

    name: str
    scope: Scope
    type: Type
    span: Span = _span()


@frozen
class Lookup:
    """The value of a parameter in force, by the enumerations that it is kept by."""

    table: str
    keys: tuple[Expression, ...]
    type: Type
    span: Span = _span()


@frozen
class Operate:
    """An operation of `ops.TABLE` on its arguments."""

    operation: str
    arguments: tuple[Expression, ...]
    type: Type
    clause: str = _clause()
    span: Span = _span()


@frozen
class Choose:
    """The value of the first case whose condition holds; `labels` are the cases' names, where they have some."""

    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression
    type: Type
    clause: str = _clause()
    labels: tuple[str, ...] = field(default=(), eq=False, repr=False, kw_only=True)
    span: Span = _span()


@frozen
class Aggregate:
    """One value from all members: sum, count, any, all, maximum, minimum."""

    kind: str
    body: Expression
    when: Expression | None
    otherwise: Expression | None
    type: Type
    span: Span = _span()


@frozen
class Rank:
    """The place of the member at hand, by `key`, among the members for whom `when` holds.

    From 1; members with equal keys stand in their order of appearance; 0 for a member for whom `when` does not hold.
    """

    key: Expression
    when: Expression | None
    descending: bool
    type: Type
    span: Span = _span()


@frozen
class Round:
    """A number brought to a multiple of `quantum` (in smallest units); `stated` where the rule says so."""

    operand: Expression
    quantum: Fraction
    mode: Rounding
    stated: bool
    type: Type
    span: Span = _span()


@frozen
class Bad:
    """What could not be understood; its problem is reported, and it agrees with everything."""

    type: Type = field(factory=Unknown)
    span: Span = _span()


Expression = (
    Literal | ReadFact | ReadRule | Lookup | Operate | Choose | Aggregate | Rank | Round | Bad
)


Read = ReadFact | ReadRule | Lookup
"""What comes from outside a rule: a fact, the value of another rule, a parameter."""


# ── the program ───────────────────────────────────────────────────────────


@frozen
class Cited:
    """An article behind a rule; `unverified` where no published source was found."""

    document: str
    number: str
    address: str
    article: str
    unverified: bool
    note: str


@frozen
class Origin:
    """The block a rule came from: its kind, its name, and the clause within it."""

    block: str
    name: str
    clause: str
    label: str = ""


@frozen
class Fact:
    """What a household or a member has to bring. Bounds are in smallest units, both included.

    `discretion` where a case worker judges it; `changeable` where another value of it may be suggested to a household;
    `assumed` where it stands for a rule that is not computed;
    `step` is the step in which its numbers come, in smallest units, where that is not the usual one of the unit.
    """

    name: str
    code: str
    scope: Scope
    type: Type
    low: Fraction
    high: Fraction
    default: Value | None
    question: str
    note: str
    discretion: bool = False
    changeable: bool = False
    assumed: bool = False
    step: Fraction | None = None
    former: tuple[str, ...] = ()
    span: Span = _span()


@frozen
class Table:
    """A parameter on the day: values in smallest units, the last key running fastest, and their entry."""

    name: str
    code: str
    type: Type
    keys: tuple[Type, ...]
    values: tuple[Fraction, ...]
    entry: Entry
    layer: str
    span: Span = _span()


@frozen
class Rule:
    """A named value and how it is computed.

    `replaced` is the layer whose rule a `改写` took the place of; `former` are the names that it had before.
    `telling` says to whom and when it is told; it changes no result.
    `citations` are all its articles; `case_citations` those behind each case of a choice, in order, the rest last.
    """

    name: str
    code: str
    scope: Scope
    type: Type
    expression: Expression
    citations: tuple[Cited, ...]
    origin: Origin
    layer: str
    since: datetime.date | None
    note: str
    otherwise: str
    replaced: str = ""
    former: tuple[str, ...] = ()
    case_citations: tuple[tuple[Cited, ...], ...] = ()
    telling: Telling = field(default="", eq=False)
    span: Span = _span()

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """Everything that it reads, in the order of writing; what is read twice stands there twice."""
        return tuple(reads(self.expression))


# ── what no household decides ─────────────────────────────────────────────


@frozen
class Step:
    """One step of a procedure.

    `limit` is the time in which it has to be done, `posting` for how long (calendar days) its outcome hangs out;
    `visited` is the least part of the households that is visited, from 0 (exclusive) to 1.
    """

    name: str
    responsible: tuple[str, ...]
    limit: TimeLimit | None
    posting: TimeLimit | None
    visited: Fraction | None
    documents: tuple[str, ...]
    signed: tuple[str, ...]
    citations: tuple[Cited, ...]
    span: Span = _span()


@frozen
class Procedure:
    """What is done in what order, by whom and in what time (程序). Each step begins when the one before it ends."""

    name: str
    code: str
    steps: tuple[Step, ...]
    citations: tuple[Cited, ...]
    layer: str
    since: datetime.date | None
    note: str
    telling: Telling = field(default="", eq=False)
    span: Span = _span()


@frozen
class Fund:
    """Who pays which part of an amount (资金): pairs of payer and share, the shares together 1.

    `dedicated` where the money is kept in an account of its own.
    """

    name: str
    code: str
    shares: tuple[tuple[str, Fraction], ...]
    dedicated: bool
    citations: tuple[Cited, ...]
    layer: str
    since: datetime.date | None
    note: str
    span: Span = _span()


@frozen
class Property:
    """What the policy says always holds of its results (性质).

    A trend: as the fact `moved` goes up (down where `upward` is False), the number `conclusion` does not do what
    `effect` rules out. An invariant, where `moved` is None: `conclusion` is 是 wherever `premise` is.
    `reason` says why the sides of an equation may be apart, where they may; it is empty where they may not.
    On days outside its `period` it says nothing.
    """

    name: str
    code: str
    moved: Fact | None
    upward: bool
    effect: Effect
    premise: Expression | None
    conclusion: Expression
    citations: tuple[Cited, ...]
    layer: str
    note: str
    reason: str = ""
    period: Period = Period()
    span: Span = _span()


@frozen
class Program:
    """All that one day's evaluator computes. Rules stand in an order in which each needs only those before it.

    `exempt` pairs a fact that is left out with the income that leaves it out;
    `idle` are inputs of the policy that no rule of the day reads: they may come, and change nothing;
    `layers` are the codes and names of the policies that it is put together from, the most local first.
    """

    policy: str
    name: str
    version: str
    since: datetime.date
    until: datetime.date | None
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    exempt: tuple[tuple[str, str], ...]
    idle: tuple[Fact, ...] = ()
    # These change no result, so they are not part of the digest, and what a property alone reads is no fact here.
    # `published` are the parameters that properties alone read.
    published: tuple[Table, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    funds: tuple[Fund, ...] = ()
    properties: tuple[Property, ...] = ()
    layers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def facts_read(self) -> frozenset[str]:
        """The names of the facts that some rule reads."""
        every = (one for rule in self.rules for one in rule.reads)
        return frozenset(one.name for one in every if isinstance(one, ReadFact))


def reads(expression: Expression) -> Iterator[Read]:
    """Everything that an expression reads, in the order of writing."""
    if isinstance(expression, (ReadFact, ReadRule)):
        yield expression
        return
    if isinstance(expression, Lookup):
        yield expression
    for child in children(expression):
        yield from reads(child)


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside one."""
    match node:
        case Lookup(keys=keys):
            return keys
        case Operate(arguments=arguments):
            return arguments
        case Choose(cases=cases, otherwise=otherwise):
            return (*(part for case in cases for part in case), otherwise)
        case Aggregate(body=body, when=when, otherwise=otherwise):
            return tuple(part for part in (body, when, otherwise) if part is not None)
        case Rank(key=key, when=when):
            return (key,) if when is None else (key, when)
        case Round(operand=operand):
            return (operand,)
    return ()


def step_of(fact: Fact) -> Fraction:
    """The step in which a fact comes, in smallest units: one over a whole number."""
    if fact.step is not None:
        return fact.step
    return grain(fact.type.unit) if isinstance(fact.type, Number) else Fraction(1)
