"""What the sections of a notice are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Number, YesNo
from dibao_policy.explain.account import Account, Given, Told, rules_used
from dibao_policy.explain.notices.document import Audience, Line
from dibao_policy.explain.notices.tongue import Tongue


@frozen
class Maker:
    """An account, for whom it is told, and in which tongue; its steps by their rules."""

    account: Account
    audience: Audience
    tongue: Tongue
    told: dict[str, list[Told]] = field(factory=dict)

    def who(self, member: int | None) -> str:
        """The name of a member; empty for the household."""
        return "" if member is None else self.account.labels[member]

    def of(self, name: str, member: int | None) -> Told | None:
        """The step of a rule for a member, or for the household where the rule is the household's."""
        steps = self.told.get(name, [])
        return next((one for one in steps if one.member in (member, None)), None)

    def is_told(self, told: Told) -> bool:
        """Whether a value is told to this reader: the policy keeps some to staff, and some to where they matter."""
        match told.rule.telling:
            case "internal":
                return self.audience != "citizen"
            case "decisive":
                return self.audience == "auditor" or bool(told.value)
        return True

    def may_see_behind(self, told: Told) -> bool:
        """Whether a step may be told in its parts: a formula would name what the policy keeps to staff."""
        return self.audience != "citizen" or not any(
            self.told[name][0].rule.telling == "internal" for name in rules_used(told)
        )

    def results(self) -> Iterator[list[Told]]:
        """The results that are told, those of one rule together."""
        return by_rule(told for told in self.account.results if self.is_told(told))

    def line(self, key: str, **parts: object) -> Line:
        """A sentence of the tongue as a line."""
        return Line(self.tongue.say(key, **parts))


def maker_of(account: Account, audience: Audience, tongue: Tongue) -> Maker:
    """A maker with the steps that are told."""
    steps: dict[str, list[Told]] = {}
    for one in account.steps:
        steps.setdefault(one.rule.name, []).append(one)
    return Maker(account, audience, tongue, steps)


def by_rule(steps: Iterable[Told]) -> Iterator[list[Told]]:
    """Steps of one rule together."""
    for _, group in groupby(steps, lambda told: told.rule.name):
        yield list(group)


def sources(maker: Maker, steps: Iterable[Told]) -> str:
    """The articles behind some steps, each once."""
    cited = dict.fromkeys(one for told in steps for one in told.citations)
    return maker.tongue.citations(tuple(cited))


def notes(maker: Maker, steps: Iterable[Told]) -> tuple[Line, ...]:
    """What the policy itself says of some steps, each sentence once."""
    found = dict.fromkeys(maker.tongue.note(told, maker.account) for told in steps)
    return tuple(Line(sentence) for sentence in found if sentence)


def is_amount(rule: ir.Rule) -> bool:
    """Whether a rule gives a number."""
    return isinstance(rule.type, Number)


def is_condition(rule: ir.Rule) -> bool:
    """Whether a rule gives yes or no."""
    return isinstance(rule.type, YesNo)


def value_of(maker: Maker, given: Given) -> str:
    """A fact's value with its unit."""
    return maker.tongue.amount(given.value, given.fact.type)
