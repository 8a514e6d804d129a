"""An account to a notice."""

from __future__ import annotations

from collections.abc import Iterable

from dibao_policy.explain.account import Account
from dibao_policy.explain.notices.amounts import amounts, not_given
from dibao_policy.explain.notices.conditions import conditions, told_by_conditions
from dibao_policy.explain.notices.document import Audience, Block, Notice, Section
from dibao_policy.explain.notices.income import incomes, told_by_incomes
from dibao_policy.explain.notices.maker import Maker, maker_of
from dibao_policy.explain.notices.outcome import outcome
from dibao_policy.explain.notices.procedures import is_anybody_paid, stated
from dibao_policy.explain.notices.remarks import standards, taken_for_granted, unverified
from dibao_policy.explain.notices.staff import facts, findings, steps
from dibao_policy.explain.notices.tongue import Tongue


def notice_of(account: Account, audience: Audience, tongue: Tongue) -> Notice:
    """What a decision says to a reader: the outcome first, then the reasons, then what can be done about it."""
    maker = maker_of(account, audience, tongue)
    told = told_by_incomes(maker) | told_by_conditions(maker)
    sections: list[tuple[str, Iterable[Block]]] = [
        ("outcome", outcome(maker)),
        ("income", incomes(maker)),
        ("conditions", conditions(maker)),
        ("amounts", amounts(maker, told)),
        ("not_given", not_given(maker)),
        ("findings", findings(maker) if audience != "citizen" else ()),
        ("payment", stated(maker, "payment") if is_anybody_paid(maker) else ()),
        ("duty", stated(maker, "duty")),
        ("standards", standards(maker)),
        ("granted", taken_for_granted(maker)),
        ("unverified", unverified(maker)),
        ("remedy", stated(maker, "remedy")),
    ]
    if audience == "auditor":
        sections += [("facts", facts(maker)), ("steps", steps(maker))]
    return Notice(
        language=tongue.language,
        audience=audience,
        title=tongue.say("notice_title", policy=tongue.quoted(account.program.name)),
        about=tuple(_about(maker)),
        sections=tuple(
            Section(key, tongue.say(f"section_{key}"), parts)
            for key, blocks in sections
            if (parts := tuple(blocks))
        ),
    )


def _about(maker: Maker) -> Iterable[tuple[str, str]]:
    account, say = maker.account, maker.tongue.say
    program = account.program
    yield say("decided_on"), str(account.day)
    yield say("household_of"), maker.tongue.joined(list(account.labels))
    key = "rules_between" if program.until else "rules_since"
    yield say("rules"), say(key, since=program.since, until=program.until)
    if program.version:
        yield say("version"), program.version
    yield say("digest"), account.digest
