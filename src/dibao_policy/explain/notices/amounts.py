"""How each amount was computed, in words and in numbers, down to what the household and the standards say."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.core import ir
from dibao_policy.explain.account import Told, rules_used
from dibao_policy.explain.notices.document import Line
from dibao_policy.explain.notices.maker import Maker, is_amount, is_condition, sources
from dibao_policy.explain.shapes import is_part_alone


def amounts(maker: Maker, told_before: frozenset[str]) -> Iterator[Line]:
    """Each amount that somebody gets; what it rests on is told under the first amount that rests on it."""
    known = set(told_before)
    for steps in maker.results():
        if not is_amount(steps[0].rule):
            continue
        for told in steps:
            if told.value:
                known.add(told.rule.name)
                yield _amount(maker, told, known)


def not_given(maker: Maker) -> Iterator[Line]:
    """What the household does not get, with what was asked for it."""
    for steps in maker.results():
        rule = steps[0].rule
        if not is_amount(rule) or any(told.value for told in steps):
            continue
        if not all(map(maker.may_see_behind, steps)):
            continue
        reasons = dict.fromkeys(_why_nothing(maker, told) for told in steps)
        text = maker.tongue.say(
            "not_given", name=maker.tongue.name(rule), reason=maker.tongue.joined(list(reasons))
        )
        yield Line(text, "", (), sources(maker, steps))


def _why_nothing(maker: Maker, told: Told) -> str:
    """What was asked and did not hold; where everything held, how it came to nothing."""
    went_through = not told.tests or told.tests[-1].held
    if went_through and not isinstance(told.expression, ir.Literal):
        return maker.tongue.outcome(told, maker.account)
    return maker.tongue.tests(told)


def _amount(maker: Maker, told: Told, known: set[str]) -> Line:
    who = maker.who(told.member)
    text = maker.tongue.say(
        "amount_member" if who else "amount",
        who=who,
        name=maker.tongue.title(told),
        amount=maker.tongue.plain_amount(told.value, told.rule.type),
    )
    details = (*computed(maker, told), *_behind(maker, told, known))
    return Line(text, "", details, maker.tongue.citations(told.citations))


def computed(maker: Maker, told: Told) -> Iterator[Line]:
    """What was asked, the formula, and the formula in figures."""
    tongue = maker.tongue
    if not maker.may_see_behind(told):
        return
    asked = tongue.tests(told)
    if asked and not _is_entitlement_alone(maker, told):
        yield Line(asked)
    own = told.rule.origin.name
    formula, figures = tongue.formula(told.expression, own), tongue.outcome(told, maker.account)
    value = tongue.amount(told.value, told.rule.type)
    if formula not in (value, figures) and not is_part_alone(told):
        yield maker.line("formula", name=tongue.title(told), formula=formula)
    if figures != value:
        yield maker.line("in_figures", figures=figures)


def _is_entitlement_alone(maker: Maker, told: Told) -> bool:
    """Whether all that was asked is an entitlement, which has a line of its own."""
    entitled = {one.rule.name for one in maker.account.results if is_condition(one.rule)}
    return all(
        isinstance(one.test, ir.ReadRule) and one.test.name in entitled for one in told.tests
    )


def _behind(maker: Maker, told: Told, known: set[str]) -> Iterator[Line]:
    """The values that an amount was computed from, as far as they were not told before."""
    for name in rules_used(told):
        if name in known:
            continue
        known.add(name)
        for one in maker.told.get(name, ()):
            if one.member not in (told.member, None) and told.member is not None:
                continue
            if is_condition(one.rule) or not one.value or not maker.is_told(one):
                continue
            if one.rule.telling == "skipped" and maker.audience != "auditor":
                yield from _behind(maker, one, known)
            else:
                yield from _rest(maker, one, known)


def _rest(maker: Maker, told: Told, known: set[str]) -> Iterator[Line]:
    who = maker.who(told.member)
    text = maker.tongue.say(
        "of_which_member" if who else "of_which",
        who=who,
        name=maker.tongue.title(told),
        amount=maker.tongue.amount(told.value, told.rule.type),
    )
    # A head count needs no proof.
    plain = isinstance(told.expression, ir.Aggregate) and told.expression.kind == "count"
    details = () if plain else tuple(computed(maker, told))
    yield Line(text, "", details, "" if plain else maker.tongue.citations(told.citations))
    yield from _behind(maker, told, known)
