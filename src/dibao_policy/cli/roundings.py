"""`dibao roundings` (取整): every rounding on the way to a value, with its article and its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.households import snapshot_on
from dibao_policy.cli.options import echo_json, form_options, on_option, policy_argument
from dibao_policy.core.declared import shown
from dibao_policy.core.roundings import RoundingPlace
from dibao_policy.explain.data import cited_json
from dibao_policy.explain.names_zh import rounding
from dibao_policy.explain.words_zh import citations
from dibao_policy.problem import Language
from dibao_policy.text import position


@click.command()
@policy_argument
@click.argument("name")
@on_option
@form_options
def roundings(policy: Path, name: str, day: datetime.date, form: str, lang: Language) -> None:
    """Tell every rounding on the way to the value NAME of a POLICY folder (取整).

    Those that the rules state come with their articles; every other named amount is rounded to the fen.
    """
    snapshot = snapshot_on(policy, day, form, lang)
    try:
        rule = snapshot.rule(name)
    except KeyError as error:
        raise click.BadParameter(error.args[0], param_hint="NAME") from None
    found = snapshot.roundings(name)
    if form == "json":
        echo_json([_json(one) for one in found])
    else:
        click.echo("\n".join(_lines(rule.name, found)))


def _lines(name: str, found: tuple[RoundingPlace, ...]) -> Iterator[str]:
    stated = [one for one in found if one.node.stated]
    yield f"{name}：规则写明的取整 {len(stated)} 处"
    for one in stated:
        node = one.node
        yield f"  {one.rule.name}  {rounding(node.quantum, node.mode, node.type)}  {citations(one.rule.citations)}"
        yield f"    {_place(one)}"
    named = dict.fromkeys(one.rule.name for one in found if not one.node.stated)
    if named:
        yield f"没有写明、在得出时四舍五入到分的 {len(named)} 项：{'、'.join(named)}"


def _place(one: RoundingPlace) -> str:
    line, column = position(one.node.span)
    return f"{one.node.span.source.name}:{line}:{column}"


def _json(one: RoundingPlace) -> dict[str, Any]:
    node = one.node
    return {
        "name": one.rule.name,
        "code": one.rule.code,
        "to": shown(node.quantum, node.type),
        "mode": node.mode.value,
        "stated": node.stated,
        "citations": [cited_json(cited) for cited in one.rule.citations],
        "place": _place(one),
    }
