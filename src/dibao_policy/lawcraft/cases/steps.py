"""Where a result went wrong: the steps that it rests on, less those that the case has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from attrs import frozen

from dibao_policy.core.types import Number
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, Told, rules_used
from dibao_policy.lawcraft.cases.bind import Bound
from dibao_policy.lawcraft.cases.compare import ResultDiffers


@frozen
class NumberedStep:
    """A step as `dibao explain` numbers it: its members together."""

    number: int
    told: tuple[Told, ...]


def numbered(account: Account) -> dict[str, NumberedStep]:
    """The shown steps of an account, by the name of the rule."""
    groups = groupby(account.shown, lambda told: told.rule.name)
    return {
        name: NumberedStep(number, tuple(told)) for number, (name, told) in enumerate(groups, 1)
    }


def rests_on(name: str, account: Account, confirmed: frozenset[str]) -> set[str]:
    """The rules that a result was computed from on the way that was taken, itself included.

    What lies behind a confirmed one is left out: it cannot be the reason.
    """
    used: dict[str, set[str]] = {}
    for one in account.steps:
        used.setdefault(one.rule.name, set()).update(rules_used(one))
    found: set[str] = set()
    left = [name]
    while left:
        rule = left.pop()
        if rule not in found:
            found.add(rule)
            if rule not in confirmed or rule == name:
                left += used.get(rule, ())
    return found


def confirmed_by(bound: Bound, off: tuple[ResultDiffers, ...]) -> frozenset[str]:
    """The rules of which a case expects a value and gets it: for every member, where it is one of the members."""
    assert bound.facts is not None
    wrong = {one.check.rule.name for one in off}
    seen: dict[str, set[int | None]] = {}
    scopes = {}
    for check in bound.checks:
        seen.setdefault(check.rule.name, set()).add(check.member)
        scopes[check.rule.name] = check.rule.scope
    return frozenset(
        name
        for name, members in seen.items()
        if name not in wrong and (scopes[name] == "household" or len(members) == bound.facts.size)
    )


def earlier_cause(
    one: ResultDiffers, off: tuple[ResultDiffers, ...], account: Account
) -> str | None:
    """Of several wrong results, the first that this one rests on."""
    behind = rests_on(one.check.rule.name, account, frozenset())
    for other in off:
        if other.check.rule is not one.check.rule and other.check.rule.name in behind:
            return other.check.rule.name
    return None


def steps_of_the_gap(
    one: ResultDiffers, names: set[str], account: Account, confirmed: frozenset[str]
) -> Iterator[tuple[int, Told]]:
    """The steps whose value is exactly what a number is off by, where they lie behind it: likely ones to look at."""
    value, found = one.check.value, one.found
    if not (isinstance(value, Fraction) and isinstance(found, Fraction)):
        return
    gap = abs(found - value)
    for name, step in numbered(account).items():
        if name in names - confirmed - {one.check.rule.name}:
            for told in step.told:
                if isinstance(told.rule.type, Number) and told.value == gap:
                    yield step.number, told


def step_line(step: NumberedStep, account: Account) -> str:
    """One step on one line: what was asked and the figures. `dibao explain` has the articles."""
    parts = []
    for told in step.told:
        whose = words.whose(told.member, account).strip()
        text = "，".join(filter(None, (words.tests(told), words.outcome(told, account))))
        parts.append(f"{whose}：{text}" if whose else text)
    return f"{step.number:>3}. {words.title(step.told[0])}：{'；'.join(parts)}"
