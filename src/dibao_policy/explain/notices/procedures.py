"""What comes after a decision: when it is paid, what the household has to do, what it can do against it.

Which procedures these are, the policy says (告知 发放, 应办, 救济).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.types import Number
from dibao_policy.dates import months_after
from dibao_policy.explain.account import Told
from dibao_policy.explain.notices.document import Line
from dibao_policy.explain.notices.maker import Maker, notes, sources
from dibao_policy.units import Unit

MONTHS = Number(Unit((("month", 1),)))


def stated(maker: Maker, telling: ir.Telling) -> Iterator[Line]:
    """The procedures of one part of the notice, and the values that belong to it."""
    for told in maker.account.steps:
        if told.rule.telling == telling and (told.value or told.member is None):
            yield _value(maker, told)
    for procedure in maker.account.program.procedures:
        if procedure.telling == telling:
            yield _procedure(maker, procedure)


def is_anybody_paid(maker: Maker) -> bool:
    """Whether the household gets money: only then is it told when."""
    return any(isinstance(told.rule.type, Number) and told.value for told in maker.account.results)


def _procedure(maker: Maker, procedure: ir.Procedure) -> Line:
    tongue = maker.tongue
    details = [_step(maker, step) for step in procedure.steps]
    if procedure.note:
        details.append(Line(tongue.quoted(procedure.note)))
    # A step without articles of its own has those of the whole: they are told once.
    said = {one.sources for one in details}
    articles = tongue.citations(procedure.citations)
    return Line(tongue.name(procedure), "", tuple(details), "" if said >= {articles} else articles)


def _step(maker: Maker, step: ir.Step) -> Line:
    tongue = maker.tongue
    limit = tongue.limit(step)
    who = tongue.joined([tongue.quoted(one) for one in step.responsible])
    key = "step" + ("_by" if who else "") + ("_within" if limit else "")
    text = tongue.say(key, step=tongue.quoted(step.name), who=who, limit=limit)
    return Line(text, "", (), tongue.citations(step.citations))


def _value(maker: Maker, told: Told) -> Line:
    """A value that the household has to know; of a number of months, with the day on which they are over."""
    tongue = maker.tongue
    who = maker.who(told.member)
    parts = {
        "who": who,
        "name": tongue.title(told),
        "amount": tongue.plain_amount(told.value, told.rule.type),
    }
    key = "amount_member" if who else "amount"
    if told.rule.type == MONTHS and isinstance(told.value, Fraction) and told.value > 0:
        key = "until_day"
        parts["day"] = str(months_after(maker.account.day, int(told.value)))
    text = tongue.say(key, **parts)
    return Line(text, "", notes(maker, [told]), sources(maker, [told]))
