"""What a household gets along one of its numbers (曲线): every kink and every jump, to the smallest step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.evaluate.stretches import rules_behind
from dibao_policy.explain.account import unverified_behind
from dibao_policy.lawcraft.curve_model import Curve
from dibao_policy.lawcraft.curve_request import aside, wanted, with_value
from dibao_policy.lawcraft.curve_trace import trace_along
from dibao_policy.policy import Snapshot


def curve(
    snapshot: Snapshot,
    household: Mapping[str, Any],
    over: str,
    first: Fraction,
    last: Fraction,
    step: Fraction | None = None,
    results: Sequence[str] = (),
    own: Sequence[str] | None = None,
) -> Curve:
    """What a household gets while one of its numbers goes from one value to another, by whole steps.

    `over` is `称呼.输入` for a member, `家庭.输入` or `输入` for the household; what the household gives for it
    does not matter. `first`, `last` and `step` are in the unit that is shown (yuan); without `step` it is the
    smallest of the input, a fen. `results` are the amounts to add, without them all benefits by the month;
    `own` are the inputs that are the household's own income, without them all that its incomes count or exempt.
    Raises `PolicyError` with everything that stands in the way.
    """
    asked = wanted(snapshot, household, over, (first, last), step, results, own)
    axis, program = asked.axis, snapshot.compiled.program
    facts = snapshot.facts(with_value(household, axis, axis.first))
    traced = trace_along(snapshot, facts, asked)
    starts = [with_value(household, axis, piece.first) for piece in traced.total]
    names = [rule.name for rule in asked.rules]
    unconfirmed, unverified = _doubts(snapshot, starts, names)
    return Curve(
        policy=program.name,
        code=program.policy,
        day=snapshot.day,
        digest=snapshot.digest,
        axis=axis,
        own_facts=tuple(fact.name for fact in asked.own),
        own=traced.own,
        components=traced.components,
        total=traced.total,
        turns=traced.turns,
        small_fall=traced.small_fall,
        aside=aside(program, asked.rules),
        unconfirmed=unconfirmed,
        unverified=unverified,
        warnings=snapshot.decide_facts(facts).warnings,
        snapshot=snapshot,
        household=household,
    )


def _doubts(
    snapshot: Snapshot, households: Sequence[Mapping[str, Any]], names: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What the amounts rest on that no source confirms for the day, or that has none, where each piece begins."""
    program = snapshot.compiled.program
    behind = rules_behind(program, names)
    read = {
        one.table
        for rule in program.rules
        if rule.name in behind
        for one in reads(rule.expression)
        if isinstance(one, ir.Lookup)
    }
    unconfirmed: dict[str, None] = {}
    unverified: dict[tuple[str, str], None] = {}
    for household in households:
        account = snapshot.explain(household)
        unconfirmed |= dict.fromkeys(
            table.name for table in account.unconfirmed if table.name in read
        )
        unverified |= dict.fromkeys(unverified_behind(account, names))
    return tuple(unconfirmed), tuple(unverified)
