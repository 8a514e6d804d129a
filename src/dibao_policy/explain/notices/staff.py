"""What staff and auditors are told beside: what has to be looked into, every step, every fact."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.explain.account import Given
from dibao_policy.explain.notice import disposition, finding_reason
from dibao_policy.explain.notices.amounts import computed
from dibao_policy.explain.notices.document import Line, Row, Table
from dibao_policy.explain.notices.maker import Maker, by_rule, notes, sources


def findings(maker: Maker) -> Iterator[Line]:
    """What has to be looked into, with what was found; nothing was decided by it."""
    for told in maker.account.findings:
        who = maker.who(told.member)
        text = maker.tongue.say(
            "finding_member" if who else "finding",
            who=who,
            name=maker.tongue.title(told),
            disposition=maker.tongue.quoted(disposition(told)),
        )
        reason = maker.tongue.quoted(finding_reason(told, maker.account))
        details = (maker.line("found_out", reason=reason), *notes(maker, [told]))
        yield Line(text, "", details, sources(maker, [told]))
    if maker.account.findings:
        yield maker.line("not_decisive")


def steps(maker: Maker) -> Iterator[Line]:
    """Every step in the order of computation, with its formula, its figures and its articles."""
    for group in by_rule(maker.account.steps):
        for told in group:
            who = maker.who(told.member)
            text = maker.tongue.say(
                "step_value_member" if who else "step_value",
                who=who,
                name=maker.tongue.title(told),
                amount=maker.tongue.amount(told.value, told.rule.type),
            )
            first = told is group[0]
            yield Line(
                text, "", tuple(computed(maker, told)), sources(maker, group) if first else ""
            )


def facts(maker: Maker) -> Iterator[Table]:
    """Every fact that came in or was taken for granted: a row for each, a column for each member."""
    tongue = maker.tongue
    whole = [one for one in maker.account.given if one.member is None]
    if whole:
        rows = (_row(maker, [one]) for one in whole)
        yield Table((tongue.say("item"), tongue.say("household")), tuple(rows))
    of: dict[str, list[Given]] = {}
    for one in maker.account.given:
        if one.member is not None:
            of.setdefault(one.fact.name, []).append(one)
    if of:
        rows = (_row(maker, some) for some in of.values())
        yield Table((tongue.say("item"), *maker.account.labels), tuple(rows))


def _row(maker: Maker, some: list[Given]) -> Row:
    tongue = maker.tongue
    cells = (tongue.amount(one.value, one.fact.type) for one in some)
    return Row((tongue.name(some[0].fact), *cells))
