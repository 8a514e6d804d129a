"""`dibao timeline` (沿革): what changed when in a policy, with its sources."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import click

from dibao_policy.cli.chronicle import timeline_text
from dibao_policy.cli.options import (
    echo_json,
    fail,
    form_options,
    policy_argument,
    read_day,
)
from dibao_policy.cli.timeline_data import timeline_json
from dibao_policy.folders import load
from dibao_policy.lawcraft.timeline import part_of
from dibao_policy.policy import Policy
from dibao_policy.problem import Language, PolicyError
from dibao_policy.syntax.tree import Property
from dibao_policy.text import nearest


@click.command()
@policy_argument
@click.option(
    "--from", "since", callback=read_day, metavar="YYYY-MM-DD", help="Leave out earlier days."
)
@click.option(
    "--to", "until", callback=read_day, metavar="YYYY-MM-DD", help="Leave out later days."
)
@click.option(
    "--parameter", "parameters", multiple=True, metavar="NAME", help="Only this parameter."
)
@click.option(
    "--rule", "rules", multiple=True, metavar="NAME", help="Only this rule, procedure or fund."
)
@form_options
def timeline(
    policy: Path,
    since: datetime.date | None,
    until: datetime.date | None,
    parameters: tuple[str, ...],
    rules: tuple[str, ...],
    form: str,
    lang: Language,
) -> None:
    """Tell every change in force of a POLICY folder by date, with its sources (沿革).

    --parameter and --rule take a Chinese or a code name and may be given several times.
    """
    try:
        loaded = load(policy)
    except PolicyError as error:
        fail(error.problems, form, lang)
    if since and until and since > until:
        raise click.BadParameter(f"{since} is after {until}", param_hint="--from")
    told = part_of(loaded.timeline(), since, until, _names(loaded, parameters, rules))
    if form == "json":
        echo_json(timeline_json(told))
    else:
        click.echo(timeline_text(told), nl=False)


def _names(
    policy: Policy, parameters: tuple[str, ...], rules: tuple[str, ...]
) -> frozenset[str] | None:
    """The Chinese names of what was asked for; None for everything."""
    if not parameters and not rules:
        return None
    assert policy.passed.lowered is not None
    scheme = policy.passed.lowered.scheme
    stated = {one.node.name.text for one in scheme.stated if not isinstance(one.node, Property)}
    # A deduction changes with the income that it is part of.
    rule_names = {name: name for name in (*scheme.rules, *stated)} | dict(scheme.deductions)
    parameter_names = {name: name for name in scheme.parameters}
    return frozenset(
        [
            *(_name(one, parameter_names, scheme.codes, "--parameter") for one in parameters),
            *(_name(one, rule_names, scheme.codes, "--rule") for one in rules),
        ]
    )


def _name(written: str, known: Mapping[str, str], codes: Mapping[str, str], option: str) -> str:
    name = codes.get(written, written)
    if name in known:
        return known[name]
    near = nearest(written, [*known, *(code for code, text in codes.items() if text in known)])
    hint = f" Did you mean `{near}`?" if near else ""
    raise click.BadParameter(f"there is no `{written}`.{hint}", param_hint=option)
