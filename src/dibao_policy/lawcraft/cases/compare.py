"""What a case expects beside what comes out: every difference, in the order of computation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.explain.account import Account
from dibao_policy.explain.notice import account_text
from dibao_policy.explain.words_zh import citation
from dibao_policy.lawcraft.cases.absent import Absence
from dibao_policy.lawcraft.cases.bind import Bound
from dibao_policy.lawcraft.cases.case import Text
from dibao_policy.lawcraft.cases.checks import Check
from dibao_policy.lawcraft.exercise import differs
from dibao_policy.problem import Problem

Values = Mapping[tuple[str, int | None], ir.Value]
"""Raw values by the name of the rule and the place of the member."""

_MARKS = re.compile(r"[《》]|（[^）]*）|\s")


@frozen(eq=False)
class ResultDiffers:
    """A value that is not the expected one."""

    check: Check
    found: ir.Value


@frozen(eq=False)
class ResultMissing:
    """A value that was to come out of a result that is not there on the day."""

    check: Check


@frozen(eq=False)
class ResultThere:
    """A result that was to be missing and is there, with its values: the household's, or of the members meant."""

    absence: Absence
    rule: ir.Rule
    values: tuple[ir.Value, ...]


@frozen(eq=False)
class ReasonMissing:
    """A text that does not occur in the explanation."""

    text: Text


@frozen(eq=False)
class ArticleMissing:
    """An article that the explanation does not cite; `cited` are those that it does."""

    text: Text
    cited: tuple[str, ...]


@frozen(eq=False)
class FindingDiffers:
    """A cross-check that was to be found and was not, or the other way around."""

    name: str
    found: bool


@frozen(eq=False)
class RefusalDiffers:
    """A household that was not refused, or for other reasons; `found` are the reasons."""

    expected: tuple[str, ...]
    found: tuple[Problem, ...]


Difference = (
    ResultDiffers
    | ResultMissing
    | ResultThere
    | ReasonMissing
    | ArticleMissing
    | FindingDiffers
    | RefusalDiffers
)


def differences(
    bound: Bound, values: Values | None, account: Account | None
) -> tuple[Difference, ...]:
    """Every difference. `account` is needed only where a case asks for reasons or articles."""
    if values is None or bound.case.refused:
        if refused_as_expected(bound):
            return ()
        codes = tuple(one.text for one in bound.case.refused)
        return (RefusalDiffers(codes, bound.refusal),)
    place = {rule.name: at for at, rule in enumerate(bound.compiled.program.rules)}
    off = [
        ResultDiffers(check, values[check.rule.name, check.member])
        for check in bound.checks
        if check.rule.name in place and is_off(check, values[check.rule.name, check.member])
    ]
    off.sort(key=lambda one: (place[one.check.rule.name], one.check.member or 0))
    missing = (ResultMissing(one) for one in bound.checks if one.rule.name not in place)
    there = (
        ResultThere(one, one.rule, tuple(values[one.name, member] for member in one.members))
        for one in bound.absences
        if one.rule is not None
    )
    return (
        *off,
        *missing,
        *there,
        *_findings(bound, values),
        *(_told(bound, account) if account else ()),
    )


def is_off(check: Check, value: ir.Value) -> bool:
    """Whether a value is not what a check expects."""
    return differs(value, check.value, check.tolerance)


def refused_as_expected(bound: Bound) -> bool:
    """Whether a household was refused with the codes that its case names, and no others."""
    return {one.code for one in bound.refusal} == {one.text for one in bound.case.refused}


def _findings(bound: Bound, values: Values) -> Iterator[Difference]:
    if bound.findings is None:
        return
    found = {name for (name, _), value in values.items() if value} & {
        rule.name for rule in bound.finding_rules
    }
    for rule in bound.finding_rules:
        if (rule.name in found) != (rule.name in bound.findings):
            yield FindingDiffers(rule.name, rule.name in found)


def _told(bound: Bound, account: Account) -> Iterator[Difference]:
    """What the explanation lacks. An article may be named without its marks: `条例第七条`."""
    if bound.case.reasons:
        text = account_text(account)
        yield from (ReasonMissing(one) for one in bound.case.reasons if one.text not in text)
    told = (*account.shown, *account.refusals)
    cited = tuple(dict.fromkeys(citation(one) for step in told for one in step.citations))
    bare = [_MARKS.sub("", one) for one in cited]
    for wanted in bound.case.articles:
        name = _MARKS.sub("", wanted.text)
        if not any(name in one for one in bare):
            yield ArticleMissing(wanted, cited)
