"""`无此项`: a case expects that a result is not there on its day, because no rule of that name is in force then."""

from __future__ import annotations

import datetime
import functools

from attrs import field, frozen

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated
from dibao_policy.dates import ONE_DAY, Period
from dibao_policy.lawcraft.cases import problems
from dibao_policy.lawcraft.cases.case import Written
from dibao_policy.problem import Language, Problem

ABSENT: dict[Language, str] = {"zh": "无此项", "en": "absent"}


@frozen(eq=False)
class Absence:
    """A result that has to be missing; `rule` is that of the day where there is one all the same.

    `members` are those whose value is meant, None for the household's. It is `bare` where the values of the
    members have no place in the text, because no member is named in it.
    """

    name: str
    rule: ir.Rule | None
    members: tuple[int | None, ...]
    bare: bool
    written: Written


@frozen(slots=False, eq=False)
class EveryDay:
    """The results that a policy has on any of its days: `compiled` are its programs in the order of days."""

    compiled: tuple[Compiled, ...] = field(repr=False)

    @functools.cached_property
    def results(self) -> dict[str, ir.Rule]:
        """The rules of all days under every name, the latest of each."""
        found: dict[str, ir.Rule] = {}
        for one in self.compiled:
            found |= {old: one.by_name[name] for old, name in one.former.items()} | one.by_name
        return found

    def elsewhere(self, name: str, day: datetime.date) -> ir.Rule | None:
        """The rule of a result that the policy has on other days and not on this one."""
        rule = self.results.get(name)
        if rule is None:
            return None
        at = next(one for one in reversed(self.compiled) if one.regime.since <= day)
        return None if rule.name in at.by_name else rule

    def days(self, name: str) -> tuple[Period, ...]:
        """The stretches of days on which there is a result of a name."""
        found: list[Period] = []
        for one in self.compiled:
            if name not in one.by_name:
                continue
            since, until = one.regime.since, one.regime.until
            if found and found[-1].until == since - ONE_DAY:
                found[-1] = Period(found[-1].since, until)
            else:
                found.append(Period(since, until))
        return tuple(found)


def is_absent(written: Written) -> bool:
    """Whether an expected value says that there is no such result."""
    return written.text in ABSENT.values()


def ambiguous(rule: ir.Rule, written: Written) -> Problem | None:
    """The problem of a word that is a value of the result's own type too."""
    if not isinstance(rule.type, Enumerated):
        return None
    forms = next((forms for forms in rule.type.members if written.text in forms), None)
    if forms is None:
        return None
    taken = {form for pair in rule.type.members for form in pair}
    return problems.AbsentOrValue(
        span=written.span,
        name=rule.name,
        found=written.text,
        word=next((word for word in ABSENT.values() if word not in taken), ""),
        value=next((form for form in forms if form and form not in ABSENT.values()), ""),
    )


def word_beside(written: Written) -> str:
    """The word that there is no such result, in the tongue of the value in whose place it is written."""
    english = any(letter.isascii() and letter.isalpha() for letter in written.text)
    return ABSENT["en" if english else "zh"]


def days_text(days: tuple[Period, ...], lang: Language) -> str:
    """`2014-01-01 至 2014-12-31、2021-07-01 起`."""
    return ("、" if lang == "zh" else ", ").join(_stretch(one, lang) for one in days)


def _stretch(period: Period, lang: Language) -> str:
    if period.until is None:
        return f"{period.since} 起" if lang == "zh" else f"from {period.since}"
    return f"{period.since} {'至' if lang == 'zh' else 'to'} {period.until}"
