"""A decision as a receipt: which rules, which facts, which results, all as exact text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.show import Lines, program_text, value_text
from dibao_policy.core.types import Number, Type, type_text
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evidence.engine import Engine, engine_now
from dibao_policy.evidence.problems import UnwritableText, WrongMoment
from dibao_policy.evidence.written import canonical_digest, content_digest, written
from dibao_policy.policy import Decision, Snapshot
from dibao_policy.problem import PolicyError
from dibao_policy.units import shown_scale
from dibao_policy.values import number_text

FORMAT = "dibao-receipt/1"

MOMENT = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)

GIVEN, DEFAULT, ASSUMED = "given", "default", "assumed"

PART_DIGITS = 16


@frozen
class PolicyMark:
    """The policy that decided.

    `digest` is the one that explanations show; `content` is the whole of it, over every rule, value and fact in force.
    """

    code: str
    name: str
    version: str
    digest: str
    content: str


@frozen
class Input:
    """A fact as it was read, as text in its unit (`type`): `origin` is given, default or assumed."""

    name: str
    code: str
    type: str
    value: str
    origin: str


@frozen
class MemberInputs:
    """The facts of one member, and what the member is called."""

    label: str
    facts: tuple[Input, ...]


@frozen
class Result:
    """A computed value as exact text in its unit (`type`); one for each member where it is the members'."""

    name: str
    code: str
    type: str
    value: str | tuple[str, ...]


@frozen
class Part:
    """A rule, a parameter or a fact of the policy in force, and a digest that tells two forms of it apart."""

    kind: str
    name: str
    digest: str


@frozen
class Receipt:
    """A decision as evidence. `day` is YYYY-MM-DD; `issued` is None unless whoever asked for it named a time."""

    policy: PolicyMark
    engine: Engine
    day: str
    issued: str | None
    household: tuple[Input, ...] = field(repr=False)
    members: tuple[MemberInputs, ...] = field(repr=False)
    results: tuple[Result, ...] = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def assumed(self) -> tuple[str, ...]:
        """The names of the values that the household brought instead of having them computed."""
        every = (*self.household, *(one for member in self.members for one in member.facts))
        return tuple(dict.fromkeys(one.name for one in every if one.origin == ASSUMED))


def receipt_of(
    snapshot: Snapshot, household: Mapping[str, Any], issued: str | None = None
) -> Receipt:
    """Decide on a household and keep all that it takes to do so again.

    `issued` is a time with its offset, `2024-03-01T09:30:00+08:00`; no clock is looked at.
    Raises `PolicyError` with every fault of the facts, for a text that cannot be written, and for such a time.
    """
    if issued is not None and not MOMENT.fullmatch(issued):
        raise PolicyError([WrongMoment(text=issued)])
    decision = snapshot.decide(household)
    _check_labels(decision.facts)
    program = snapshot.compiled.program
    return Receipt(
        policy=_mark(snapshot),
        engine=engine_now(),
        day=str(snapshot.day),
        issued=issued,
        household=tuple(_household_inputs(program, decision.facts)),
        members=tuple(
            MemberInputs(label, tuple(_member_inputs(program, decision.facts, place)))
            for place, label in enumerate(decision.facts.labels)
        ),
        results=tuple(_result(decision, rule) for rule in program.rules),
        parts=parts_of(program),
    )


def _mark(snapshot: Snapshot) -> PolicyMark:
    policy = snapshot.policy
    text = program_text(snapshot.compiled.program)
    return PolicyMark(
        policy.code, policy.name, policy.version, snapshot.digest, content_digest(text.encode())
    )


def _check_labels(facts: Facts) -> None:
    """Lone halves of surrogate pairs come in by JSON and are no text that a file can hold."""
    found = [
        UnwritableText(path=f"成员[{place + 1}].称呼")
        for place, label in enumerate(facts.labels)
        if not is_writable(label)
    ]
    if found:
        raise PolicyError(found)


def is_writable(text: str) -> bool:
    """Whether a file can hold a text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _household_inputs(program: ir.Program, facts: Facts) -> Iterator[Input]:
    for fact, step in zip(household_facts(program), facts.household, strict=True):
        yield _input(fact, step, (fact.name, None) in facts.defaulted)


def _member_inputs(program: ir.Program, facts: Facts, place: int) -> Iterator[Input]:
    for fact, column in zip(member_facts(program), facts.members, strict=True):
        yield _input(fact, column[place], (fact.name, place) in facts.defaulted)


def _input(fact: ir.Fact, step: int, defaulted: bool) -> Input:
    origin = ASSUMED if fact.assumed else DEFAULT if defaulted else GIVEN
    value = exact_text(given_value(fact, step), fact.type)
    return Input(fact.name, fact.code, type_text(fact.type), value, origin)


def _result(decision: Decision, rule: ir.Rule) -> Result:
    raw = decision.raw(rule.name)
    value = (
        tuple(exact_text(one, rule.type) for one in raw)
        if isinstance(raw, tuple)
        else exact_text(raw, rule.type)
    )
    return Result(rule.name, rule.code, type_text(rule.type), value)


def exact_text(value: ir.Value, kind: Type) -> str:
    """A value without its unit: a number in decimal digits, or as a fraction where they do not end."""
    if isinstance(kind, Number):
        return number_text(Fraction(value) / shown_scale(kind.unit))
    return value_text(value, kind)


def parts_of(program: ir.Program) -> tuple[Part, ...]:
    """Every fact, parameter and rule in force, in the order of the program."""
    lines: Lines = {}
    program_text(program, lines)
    every: tuple[tuple[str, tuple[ir.Fact | ir.Table | ir.Rule, ...]], ...] = (
        ("fact", program.facts),
        ("parameter", program.tables),
        ("rule", program.rules),
    )
    return tuple(
        Part(kind, part.name, _digits(lines[id(part)])) for kind, known in every for part in known
    )


def _digits(line: str) -> str:
    return content_digest(line.encode()).partition(":")[2][:PART_DIGITS]


# ── as data and as text ───────────────────────────────────────────────────


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """A receipt as data without its own digest; every leaf is a text, or null for no time of issue."""
    policy, engine = receipt.policy, receipt.engine
    return {
        "format": FORMAT,
        "policy": {
            "code": policy.code,
            "name": policy.name,
            "version": policy.version,
            "digest": policy.digest,
            "content": policy.content,
        },
        "engine": {"package": engine.package, "language": engine.language},
        "day": receipt.day,
        "issued": receipt.issued,
        "household": [_input_data(one) for one in receipt.household],
        "members": [
            {"label": one.label, "facts": [_input_data(fact) for fact in one.facts]}
            for one in receipt.members
        ],
        "results": [
            {
                "name": one.name,
                "code": one.code,
                "type": one.type,
                "value": one.value if isinstance(one.value, str) else list(one.value),
            }
            for one in receipt.results
        ],
        "parts": [
            {"kind": one.kind, "name": one.name, "digest": one.digest} for one in receipt.parts
        ],
    }


def _input_data(one: Input) -> dict[str, str]:
    return {
        "name": one.name,
        "code": one.code,
        "type": one.type,
        "value": one.value,
        "from": one.origin,
    }


def receipt_digest(receipt: Receipt) -> str:
    """The digest of a receipt, `sha256:…`, over the canonical form (RFC 8785) of all that it says."""
    return canonical_digest(receipt_data(receipt))


def receipt_text(receipt: Receipt) -> str:
    """A receipt as the one text that is written of it, its digest last."""
    return written({**receipt_data(receipt), "digest": receipt_digest(receipt)})
