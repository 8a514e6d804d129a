"""A receipt against a policy: the decision once more from the facts that were read, and all that differs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.evidence.engine import Engine, engine_now
from dibao_policy.evidence.receipt import (
    ASSUMED,
    DEFAULT,
    Input,
    Part,
    PolicyMark,
    Receipt,
    Result,
    parts_of,
    receipt_of,
)
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.policy import Policy, Snapshot
from dibao_policy.problem import PolicyError, Problem


@frozen
class PartDifference:
    """A fact, a parameter or a rule in force: `changed`, `gone` since the receipt, or `new` since then."""

    kind: str
    name: str
    change: str


@frozen
class ValueDifference:
    """A fact or a result: what the receipt has and what there is now, None where there is none.

    `member` is the place of a member, from 0; None for a value of the household.
    """

    name: str
    member: int | None
    recorded: str | None
    found: str | None


@frozen
class Verdict:
    """What came of computing a receipt again.

    `refused` says why the policy found does not decide on the facts of the receipt at all; `policy` is None then.
    `identical` where facts, results and parts are the very ones of the receipt, in the same order.
    Another engine, or another name or version text of the policy, says nothing against a receipt.
    """

    receipt: Receipt
    policy: PolicyMark | None
    engine: Engine
    parts: tuple[PartDifference, ...] = ()
    inputs: tuple[ValueDifference, ...] = ()
    results: tuple[ValueDifference, ...] = ()
    refused: tuple[Problem, ...] = ()
    identical: bool = False

    @property
    def same_rules(self) -> bool:
        """Whether the rules, values and facts in force are those of the receipt."""
        recorded = self.receipt.policy
        return self.policy is not None and (self.policy.digest, self.policy.content) == (
            recorded.digest,
            recorded.content,
        )

    @property
    def same(self) -> bool:
        """Whether the same rules decide the same, to the last digit."""
        return self.same_rules and self.identical

    @property
    def other_engine(self) -> bool:
        """Whether another engine computes than the one that made the receipt."""
        return self.engine != self.receipt.engine

    @property
    def other_words(self) -> bool:
        """Whether the policy goes by another name or version text."""
        recorded = self.receipt.policy
        return self.policy is not None and (self.policy.name, self.policy.version) != (
            recorded.name,
            recorded.version,
        )


def verify_receipt(receipt: Receipt, policy: Policy) -> Verdict:
    """Compute a receipt again by a policy.

    Facts that were given are given again; what was a default is left to the policy.
    Raises `PolicyError` for a day that the policy does not cover.
    """
    snapshot = policy.on(datetime.date.fromisoformat(receipt.day))
    try:
        snapshot = snapshot.assuming(*receipt.assumed)
    except PolicyError as error:
        return Verdict(receipt, None, engine_now(), refused=error.problems)
    try:
        again = receipt_of(snapshot, household_of(receipt, snapshot), receipt.issued)
    except PolicyError as error:
        parts = _parts(receipt.parts, parts_of(snapshot.compiled.program))
        return Verdict(receipt, None, engine_now(), parts, refused=error.problems)
    return Verdict(
        receipt,
        again.policy,
        again.engine,
        _parts(receipt.parts, again.parts),
        tuple(_differing(_input_values(receipt), _input_values(again))),
        tuple(_differing(_result_values(receipt.results), _result_values(again.results))),
        identical=evolve(again, policy=receipt.policy, engine=receipt.engine) == receipt,
    )


def household_of(receipt: Receipt, snapshot: Snapshot) -> dict[str, Any]:
    """The household of a receipt as it comes in: what was given and what was assumed."""
    facts = {fact.name: fact for fact in snapshot.compiled.program.facts}
    household: dict[str, Any] = _given(receipt.household, facts)
    household[MEMBERS[0]] = [
        {LABEL[0]: member.label, **_given(member.facts, facts)} for member in receipt.members
    ]
    return household


def _given(inputs: Iterable[Input], facts: Mapping[str, ir.Fact]) -> dict[str, Any]:
    return {one.name: _value(one, facts.get(one.name)) for one in inputs if one.origin != DEFAULT}


def _value(one: Input, fact: ir.Fact | None) -> str | Fraction:
    """A value as a household gives it; only what was assumed can be a fraction without an end."""
    is_number = fact is not None and isinstance(fact.type, Number)
    if is_number and one.origin == ASSUMED and _FRACTION.fullmatch(one.value):
        return Fraction(one.value)
    return one.value


# Far longer than any number that a household brings, and far shorter than one that takes long to read.
_FRACTION = re.compile("-?[0-9]{1,60}/[1-9][0-9]{0,59}")


# ── what differs ──────────────────────────────────────────────────────────


def _parts(recorded: Sequence[Part], found: Sequence[Part]) -> tuple[PartDifference, ...]:
    before = {(one.kind, one.name): one.digest for one in recorded}
    after = {(one.kind, one.name): one.digest for one in found}
    told = [
        PartDifference(*key, "changed" if key in after else "gone")
        for key, digest in before.items()
        if after.get(key) != digest
    ]
    return (*told, *(PartDifference(*key, "new") for key in after if key not in before))


_Told = tuple[str, str, str, str]
"""A fact or a result: its value, its unit, its code name, and where it came from."""

_Values = dict[tuple[str, int | None, int], _Told]
"""By name, by member, and by which of that name it is: a sound receipt has one of each."""


def _input_values(receipt: Receipt) -> _Values:
    values: _Values = {}
    for one in receipt.household:
        _enter(values, one.name, None, (one.value, one.type, one.code, one.origin))
    for place, member in enumerate(receipt.members):
        _enter(values, LABEL[0], place, (member.label, "", "", ""))
        for one in member.facts:
            _enter(values, one.name, place, (one.value, one.type, one.code, one.origin))
    return values


def _result_values(results: Iterable[Result]) -> _Values:
    values: _Values = {}
    for one in results:
        if isinstance(one.value, str):
            _enter(values, one.name, None, (one.value, one.type, one.code, ""))
            continue
        for place, value in enumerate(one.value):
            _enter(values, one.name, place, (value, one.type, one.code, ""))
    return values


def _enter(values: _Values, name: str, member: int | None, told: _Told) -> None:
    again = 0
    while (name, member, again) in values:
        again += 1
    values[name, member, again] = told


def _differing(recorded: _Values, found: _Values) -> Iterator[ValueDifference]:
    for key in dict.fromkeys((*recorded, *found)):
        before, after = recorded.get(key), found.get(key)
        if before != after:
            yield ValueDifference(key[0], key[1], *_shown(before, after))


def _shown(before: _Told | None, after: _Told | None) -> tuple[str | None, str | None]:
    """The two values; where only what stands beside them differs, that too."""
    if before and after and before[0] == after[0]:
        return " ".join(filter(None, before)), " ".join(filter(None, after))
    return before and before[0], after and after[0]
