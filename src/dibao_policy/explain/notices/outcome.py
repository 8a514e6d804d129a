"""The outcome first: who is entitled, to what, and where not, why."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.explain.account import Told
from dibao_policy.explain.notices.document import Line
from dibao_policy.explain.notices.maker import (
    Maker,
    is_amount,
    is_condition,
    notes,
    sources,
)


def outcome(maker: Maker) -> Iterator[Line]:
    """One line per entitlement with its reasons, one per amount, and what there is none of."""
    nothing: list[str] = []
    for steps in maker.results():
        rule = steps[0].rule
        if is_condition(rule):
            yield from _entitlement(maker, steps)
        elif is_amount(rule) and not any(told.value for told in steps):
            nothing.append(maker.tongue.name(rule))
        else:
            yield from _values(maker, steps)
    if nothing:
        yield maker.line("nothing_of", names=maker.tongue.joined(nothing))


def _entitlement(maker: Maker, steps: list[Told]) -> Iterator[Line]:
    name = maker.tongue.name(steps[0].rule)
    if steps[0].member is None:
        yield _entitled(maker, name, "", steps)
        return
    met = [told for told in steps if told.value]
    if not met:
        yield Line(maker.tongue.say("nobody_entitled", name=name), "unmet")
    for told in met:
        yield _entitled(maker, name, maker.who(told.member), [told])


def _entitled(maker: Maker, name: str, who: str, steps: list[Told]) -> Line:
    met = bool(steps[0].value)
    key = ("entitled" if met else "not_entitled") + ("_member" if who else "")
    details = [] if met else [_reason(maker, told) for told in _unmet(maker, steps[0])]
    details += [*_judged(maker, steps), *notes(maker, steps)]
    text = maker.tongue.say(key, name=name, who=who)
    return Line(text, "met" if met else "unmet", tuple(details), sources(maker, steps))


def _unmet(maker: Maker, whole: Told) -> Iterator[Told]:
    for told in maker.account.refusals:
        if told.rule.origin.name == whole.rule.origin.name and told.member == whole.member:
            yield told


def _reason(maker: Maker, told: Told) -> Line:
    shown = maker.may_see_behind(told) or bool(told.rule.otherwise)
    sentence = maker.tongue.refusal(told, maker.account) if shown else maker.tongue.label(told)
    text = maker.tongue.say("because", reason=sentence)
    return Line(text, "", (), maker.tongue.citations(told.citations))


def _values(maker: Maker, steps: list[Told]) -> Iterator[Line]:
    """An amount that somebody gets, or what was decided among several."""
    name = maker.tongue.name(steps[0].rule)
    favorable = [told for told in steps if told.value or told.member is None]
    for told in favorable or steps:
        amount = maker.tongue.plain_amount(told.value, told.rule.type)
        key = "amount" if told.member is None else "amount_member"
        text = maker.tongue.say(key, name=name, amount=amount, who=maker.who(told.member))
        first = told is (favorable or steps)[0]
        details = (*_judged(maker, [told]), *(notes(maker, steps) if first else ()))
        yield Line(text, "", details)


def _judged(maker: Maker, steps: list[Told]) -> Iterator[Line]:
    """What a case worker judged and the result rests on."""
    for told in steps:
        for given in maker.account.discretion.get((told.rule.name, told.member), ()):
            yield maker.line(
                "judged" if given.member is None else "judged_member",
                who=maker.who(given.member),
                name=maker.tongue.name(given.fact),
                amount=maker.tongue.amount(given.value, given.fact.type),
            )
