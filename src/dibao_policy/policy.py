"""A policy without faults; the evaluator of one of its days; the decision on one household."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from dibao_policy.compile import Compiled, Passed, assuming, compiled_on, run_passes
from dibao_policy.core import ir
from dibao_policy.core.regimes import Regime
from dibao_policy.core.roundings import RoundingPlace, roundings
from dibao_policy.core.show import Shown, shown_value
from dibao_policy.core.types import Number, Type
from dibao_policy.evaluate.facts import Facts, given_of
from dibao_policy.evaluate.generate import Output, arguments_of
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.trace import Trace
from dibao_policy.explain.account import Account, account_of, is_result
from dibao_policy.facts.household import read_household
from dibao_policy.facts.partial import read_partial
from dibao_policy.facts.problems import FormerNameUsed
from dibao_policy.facts.renamed import renamed_facts
from dibao_policy.facts.schema import schema
from dibao_policy.model.layers import Library, PolicyText
from dibao_policy.problem import PolicyError, Problem, has_errors
from dibao_policy.text import nearest

if TYPE_CHECKING:
    from dibao_policy.explain.screening import Screening
    from dibao_policy.lawcraft.timeline import Timeline
    from dibao_policy.lawcraft.what_if_found import WhatIf


@frozen
class Policy:
    """A policy without faults."""

    passed: Passed = field(repr=False)
    code: str
    name: str
    version: str

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that do not stand in the policy's way."""
        return self.passed.problems

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """The stretches of days on which nothing changes, from the policy's first day on."""
        return tuple(one.regime for one in self.passed.compiled)

    def timeline(self) -> Timeline:
        """Every change in force by date, over all layers, with what stands behind it (沿革)."""
        # An evaluator does without.
        from dibao_policy.lawcraft.timeline import timeline_of

        assert self.passed.lowered is not None
        return timeline_of(self.passed.lowered, [one.program for one in self.passed.compiled])

    def on(self, day: datetime.date) -> Snapshot:
        """The evaluator of one day. Raises `PolicyError` for a day that the policy does not cover."""
        return Snapshot(self, compiled_on(self.passed, day), day)


def compile_policy(text: PolicyText, library: Library) -> Policy:
    """Compile the texts of a policy and of those it inherits from.

    Raises `PolicyError` with every problem, warnings included, where one is an error.
    """
    passed = run_passes(text, library)
    if has_errors(passed.problems) or passed.lowered is None:
        raise PolicyError(passed.problems)
    scheme = passed.lowered.scheme
    return Policy(passed, scheme.code, scheme.name, scheme.version)


@frozen
class Snapshot:
    """The evaluator of one day."""

    policy: Policy
    compiled: Compiled = field(repr=False)
    day: datetime.date

    @property
    def digest(self) -> str:
        """What identifies the rules and values in force."""
        return self.compiled.digest

    def assuming(self, *names: str) -> Snapshot:
        """The same day with the named values given by the household instead of computed.

        Each comes under its Chinese or its code name, like an input; what only fed it need not be given any more.
        The digest of such a snapshot ends in `-assumed`, and an explanation says which values were assumed.
        Raises `PolicyError` for a name that is no computed value of that day.
        """
        return Snapshot(self.policy, assuming(self.compiled, names), self.day) if names else self

    def facts(self, given: Mapping[str, Any]) -> Facts:
        """Read a household. Raises `PolicyError` with every fault of it."""
        return read_household(self.compiled.reader, given, self.day)

    def decide(self, given: Mapping[str, Any]) -> Decision:
        """Decide on a household: every value, by the generated function. Raises `PolicyError`."""
        return self.decide_facts(self.facts(given))

    def decide_facts(self, facts: Facts) -> Decision:
        """Decide on facts that were read before."""
        generated = self.compiled.generated
        arguments, filled = arguments_of(
            generated, facts.day, facts.size, facts.household, facts.members
        )
        returned = generated.function(*arguments)
        return Decision(self, facts, returned, filled)

    def trace(self, given: Mapping[str, Any]) -> Trace:
        """Decide on a household by the interpreter, keeping every step. Raises `PolicyError`."""
        return interpret(self.compiled.program, self.facts(given))

    def explain(self, given: Mapping[str, Any]) -> Account:
        """The account of a decision: results, reasons and steps with their articles. Raises `PolicyError`."""
        return account_of(self.trace(given), self.day, self.digest)

    def ask(self, given: Mapping[str, Any], results: Iterable[str] | None = None) -> Screening:
        """What is known while facts are missing: what is decided, bounds of what is not, and what to ask next.

        Any fact without a default may be absent, of one member alone too. `results` are the Chinese or code names
        of the values asked for; left out, they are the entitlements and amounts of the policy.
        Raises `PolicyError` with every fault of what is given, `KeyError` for a name that is no value of the policy.
        """
        # Who only decides does not wait for what it takes to ask.
        from dibao_policy.explain.screening import screen

        rules = (
            [rule for rule in self.compiled.program.rules if is_result(rule)]
            if results is None
            else [self.rule(name) for name in results]
        )
        facts = read_partial(self.compiled.reader, given, self.day)
        return screen(self.compiled.program, facts, rules, self.day, self.digest)

    def what_if(
        self, given: Mapping[str, Any], result: str | None = None, member: int | None = None
    ) -> WhatIf:
        """Why not, and what if: the nearest value of each single fact at which a result turns, exact to its step.

        Only facts are looked at that the policy says may be suggested (`可变动`). `result` is the Chinese or code
        name of a value that is yes or no, or of an amount, which is granted where it is above zero; left out, it is
        the first entitlement of the household. `member` counts from 0, for a result of the members.
        Raises `PolicyError` with every fault of what is given, and where too much work would be needed to prove
        that nothing nearer turns the result; `KeyError` for a name that is no value of the policy.
        """
        # Who only decides does not wait for what it takes to search.
        from dibao_policy.lawcraft.what_if import what_if_of

        return what_if_of(self, given, result, member)

    def rule(self, name: str) -> ir.Rule:
        """The rule of a value, by its Chinese or its code name, or one that it had before. Raises `KeyError`."""
        known = self.compiled.by_name
        if name in self.compiled.former:
            return known[self.compiled.former[name]]
        if name not in known:
            near = nearest(name, known)
            hint = f"; perhaps {near}?" if near else ""
            raise KeyError(f"the policy has no value called {name} on {self.day}{hint}")
        return known[name]

    def roundings(self, name: str) -> tuple[RoundingPlace, ...]:
        """Every rounding on the way to a value, by either of its names, in the order in which they are computed.

        Those that an article asks for and those of named amounts to the fen alike. Raises `KeyError`.
        """
        return roundings(self.compiled.program, self.rule(name).name)

    @property
    def procedures(self) -> tuple[ir.Procedure, ...]:
        """The procedures (程序) in force on the day, in the order of the policy.

        A step's `limit` is a number of calendar days, working days or months; `lawcraft.procedure.due_days`
        turns them into days.
        """
        return self.compiled.program.procedures

    @property
    def funds(self) -> tuple[ir.Fund, ...]:
        """The funds (资金) in force on the day; shares are fractions of 1. `lawcraft.fund.split` splits an amount."""
        return self.compiled.program.funds

    def procedure(self, name: str) -> ir.Procedure:
        """A procedure by either of its names. Raises `KeyError` that says which was meant."""
        return _named(name, self.procedures, "procedure", self.day)

    def fund(self, name: str) -> ir.Fund:
        """A fund by either of its names. Raises `KeyError` that says which was meant."""
        return _named(name, self.funds, "fund", self.day)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a household on this day."""
        return schema(self.compiled.program)


_Stated = TypeVar("_Stated", ir.Procedure, ir.Fund)


def _named(name: str, known: tuple[_Stated, ...], what: str, day: datetime.date) -> _Stated:
    """One of what a policy states, by its Chinese or its code name."""
    for one in known:
        if name and name in (one.name, one.code):
            return one
    near = nearest(name, (form for one in known for form in (one.name, one.code) if form))
    hint = f"; perhaps {near}?" if near else ""
    raise KeyError(f"the policy has no {what} called {name} on {day}{hint}")


@frozen
class Decision:
    """Every value of one household, by its Chinese or its code name.

    `decision["低保金"]` is an amount in yuan (`Decimal`; `Fraction` where its decimals do not end), a bool,
    a `date`, or the name of an enumeration's member; for a member's value, a tuple with one per member.
    A former name gives the value all the same, and a warning in `warnings`.
    A value that the household was asked to bring (`Snapshot.assuming`) is the one that it brought.
    """

    snapshot: Snapshot = field(repr=False)
    facts: Facts = field(repr=False)
    _returned: tuple[int, ...] = field(repr=False)
    _filled: list[list[int]] = field(repr=False)
    _asked: dict[str, str] = field(factory=dict, init=False, repr=False, eq=False)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The former names in use: of facts that came in, and of results that were asked for so far."""
        asked = [FormerNameUsed(path=old, current=name) for old, name in self._asked.items()]
        return (*renamed_facts(self.facts.renamed), *asked)

    def __getitem__(self, name: str) -> Shown | tuple[Shown, ...]:
        raw = self.raw(name)
        assumed = self._assumed(name)
        kind = self.snapshot.rule(name).type if assumed is None else assumed.type
        if isinstance(raw, tuple):
            return tuple(shown_value(value, kind) for value in raw)
        return shown_value(raw, kind)

    def raw(self, name: str) -> ir.Value | tuple[ir.Value, ...]:
        """A value in smallest units (money in fen), as the interpreter gives it."""
        assumed = self._assumed(name)
        if assumed is not None:
            return given_of(self.snapshot.compiled.program, self.facts, assumed)
        rule = self.snapshot.rule(name)
        if name in self.snapshot.compiled.former:
            self._asked[name] = rule.name
        output = self.snapshot.compiled.outputs[rule.name]
        if output.scope == "household":
            return _value(output, rule.type, self._returned, output.position)
        return tuple(
            _value(output, rule.type, [column[i] for column in self._filled], output.position)
            for i in range(self.facts.size)
        )

    def _assumed(self, name: str) -> ir.Fact | None:
        """The value of that name, if it is given instead of computed."""
        known = self.snapshot.compiled.program.facts
        return next((one for one in known if one.assumed and name in (one.name, one.code)), None)

    def names(self) -> tuple[str, ...]:
        """The Chinese names of all computed values, in order of computation."""
        return tuple(rule.name for rule in self.snapshot.compiled.program.rules)


def _value(output: Output, kind: Type, values: Any, position: int) -> ir.Value:
    value = values[position]
    if output.is_condition:
        return bool(value)
    if not isinstance(kind, Number):
        return int(value)
    return Fraction(value, values[position + 1] if output.scale is None else output.scale)
