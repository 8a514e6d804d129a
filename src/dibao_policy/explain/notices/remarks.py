"""The figures that the policy sets, what was taken for granted, and what nobody could verify."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated
from dibao_policy.explain.account import assumed
from dibao_policy.explain.notices.document import Line, Row, Table
from dibao_policy.explain.notices.maker import Maker


def standards(maker: Maker) -> Iterator[Table]:
    """Each figure of the policy that was used: what it is, since when, and by which document."""
    tongue = maker.tongue
    columns = tuple(map(tongue.say, ("standard", "value", "since", "document")))
    rows = [
        Row(
            (
                tongue.name(table),
                _value(maker, table),
                str(table.entry.since),
                _document(maker, table),
            )
        )
        for table in maker.account.tables
        if table.name in maker.account.used
    ]
    if rows:
        yield Table(columns, tuple(rows))


def _value(maker: Maker, table: ir.Table) -> str:
    values = [maker.tongue.amount(value, table.type) for value in table.values]
    if len(set(values)) == 1 or len(table.keys) != 1:
        return maker.tongue.joined(list(dict.fromkeys(values)))
    (kind,) = table.keys
    assert isinstance(kind, Enumerated)
    place = 0 if maker.tongue.language == "zh" else 1
    named = zip((one[place] or one[0] for one in kind.members), values, strict=True)
    return maker.tongue.joined([f"{name} {value}" for name, value in named])


def _document(maker: Maker, table: ir.Table) -> str:
    source = table.entry.provenance
    said = maker.tongue.quoted(source.document + source.article)
    marks = [maker.tongue.say(f"status_{source.status}")]
    if source.date_basis == "推定":
        marks.append(maker.tongue.say("inferred_day"))
    address = f" {source.address}" if maker.audience == "auditor" and source.address else ""
    return maker.tongue.say("provenance", document=said, marks=maker.tongue.joined(marks)) + address


def taken_for_granted(maker: Maker) -> Iterator[Line]:
    """What was assumed, and what nobody filled in."""
    account, tongue = maker.account, maker.tongue
    for key, some in (
        ("assumed", list(assumed(account))),
        (
            "defaulted",
            [one for one in account.given if one.defaulted and one.fact.name in account.used],
        ),
    ):
        whose: dict[tuple[str, str], list[str]] = {}
        for given in some:
            pair = (tongue.name(given.fact), tongue.amount(given.value, given.fact.type))
            whose.setdefault(pair, [])
            if given.member is not None:
                whose[pair].append(maker.who(given.member))
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (name, value), members in whose.items():
            alike.setdefault((value, tuple(members)), []).append(name)
        for (value, those), names in alike.items():
            yield maker.line(
                f"{key}_member" if those else key,
                name=tongue.joined(names),
                amount=value,
                who=tongue.joined(list(those)),
            )
    for one in dict.fromkeys((each.old, each.name) for each in account.renamed):
        yield maker.line("renamed", old=one[0], name=one[1])


def unverified(maker: Maker) -> Iterator[Line]:
    """What has no published source, and which figures are used past the day that their source speaks for."""
    account, tongue = maker.account, maker.tongue
    for table in account.unconfirmed:
        until = table.entry.confirmed_until
        yield maker.line("unconfirmed", name=tongue.name(table), until=until)
    said: dict[str, list[str]] = {}
    for what, why in account.unverified:
        name = what.partition(" ")[2]
        steps = maker.told.get(name, [])
        if not steps or any(map(maker.is_told, steps)):
            said.setdefault(why, []).append(name)
    for why, things in said.items():
        names = tongue.joined([_named(maker, one) for one in dict.fromkeys(things)])
        key = "unverified_because" if why else "unverified"
        yield maker.line(key, names=names, reason=tongue.quoted(why))


def _named(maker: Maker, name: str) -> str:
    things: list[ir.Rule | ir.Table] = [*maker.account.program.rules, *maker.account.program.tables]
    return next((maker.tongue.name(one) for one in things if one.name == name), name)
