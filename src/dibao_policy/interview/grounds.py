"""What the results of an interview rest on: the conditions that fail whatever is not known, and the articles."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.evaluate.possible import is_known, the_value
from dibao_policy.evaluate.unknown import Run, outcome_of, run_of
from dibao_policy.explain.account import Account, Told
from dibao_policy.explain.notice import names_of, refusal_reason
from dibao_policy.explain.screening import rules_behind
from dibao_policy.facts.partial import read_partial
from dibao_policy.facts.words import MEMBERS
from dibao_policy.interview.session import Interview, rules_of
from dibao_policy.model.resolve import template_names


@frozen
class Ground:
    """A requirement that fails by what was answered.

    `reason` has the policy's words with the figures of the household; it is empty where one of them is not known.
    """

    rule: ir.Rule
    member: int | None
    reason: str


def grounds_of(interview: Interview) -> tuple[Ground, ...]:
    """The requirements behind the results that fail, whatever the facts are that are not known."""
    household = interview.household
    if MEMBERS[0] not in household:
        household = household | {MEMBERS[0]: [{}]}
    snapshot = interview.snapshot
    program = snapshot.compiled.program
    facts = read_partial(
        snapshot.compiled.reader,
        household,
        snapshot.day,
        take_defaults=not interview.begun.ask_defaults,
    )
    run = run_of(program, facts)
    failed = [
        (rule, member)
        for rule in rules_behind(program, rules_of(snapshot, interview.begun))
        if rule.origin.clause == "要求"
        for member in _members(rule, facts.size)
        if _is_surely_false(run, rule, member)
    ]
    if not failed:
        return ()
    account = snapshot.explain(interview.whole_household())
    told = {(one.rule.name, one.member): one for one in account.refusals}
    return tuple(
        Ground(rule, member, _reason(run, told[rule.name, member], account))
        for rule, member in failed
    )


def _members(rule: ir.Rule, size: int) -> Iterator[int | None]:
    yield from ((None,) if rule.scope == "household" else range(size))


def _is_surely_false(run: Run, rule: ir.Rule, member: int | None) -> bool:
    possible = outcome_of(run, (rule.name, member)).possible
    return possible is not None and is_known(possible) and not the_value(possible)


def _reason(run: Run, told: Told, account: Account) -> str:
    """The reason in words, if every figure in it is known: what stands in for an answer is never told."""
    named = names_of(account)
    if told.rule.otherwise:
        names = {named.get(name, name) for name in template_names(told.rule.otherwise)}
    else:
        names = {
            one.table if isinstance(one, ir.Lookup) else one.name
            for one in reads(told.rule.expression)
        }
    if all(_is_told(run, name, told.member) for name in names):
        return refusal_reason(told, account)
    return ""


def _is_told(run: Run, name: str, member: int | None) -> bool:
    """Whether a value is the same whatever the facts are that are not known."""
    world = run.world
    if name in world.tables:
        return len(set(world.tables[name].values)) == 1
    if name not in world.rules:
        return (name, None) in world.known or (name, member) in world.known
    whose = None if world.rules[name].scope == "household" else member
    # A sentence of the household that quotes a value of the members quotes those of all of them.
    places = (
        range(world.size) if whose is None and world.rules[name].scope == "member" else (whose,)
    )
    found = [outcome_of(run, (name, place)).possible for place in places]
    return all(possible is not None and is_known(possible) for possible in found)
