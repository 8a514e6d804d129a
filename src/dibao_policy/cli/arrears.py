"""`dibao arrears` (补发): month by month what was due against what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.options import echo_json, fail, form_options, policy_argument
from dibao_policy.explain.account import unverified_behind
from dibao_policy.explain.data import account_json
from dibao_policy.explain.notice import account_text
from dibao_policy.facts.problems import UnreadableFacts
from dibao_policy.folders import load
from dibao_policy.lawcraft.arrears import Arrears, MonthDue, arrears as compute
from dibao_policy.lawcraft.claim import Claim, read_claim
from dibao_policy.lawcraft.months import MONTH_END, month_text, read_month, stretches
from dibao_policy.problem import Language, PolicyError, Problem
from dibao_policy.render import problem_json, problems_text
from dibao_policy.text import Source, display_width
from dibao_policy.values import number_text


@click.command()
@policy_argument
@click.argument("claim", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--explain",
    "explained",
    multiple=True,
    metavar="YYYY-MM",
    help="Also explain the decision of this month; may be given several times.",
)
@form_options
def arrears(
    policy: Path, claim: Path, explained: tuple[str, ...], form: str, lang: Language
) -> None:
    """Hold what was paid against what was due, month by month, by a POLICY folder (补发).

    CLAIM is a YAML file with the months, what was paid in them, and the household as it really was.
    Each month is decided by the rules in force on its decision day, by default its first.
    """
    asked, found = _read(claim)
    if asked is None:
        fail(found, form, lang)
    try:
        told = compute(load(policy), asked)
    except PolicyError as error:
        fail(error.problems, form, lang)
    shown = [_month(text, told) for text in explained]
    if form == "json":
        data = arrears_json(told)
        if shown:
            data["explanations"] = {
                month_text(one.month): account_json(one.snapshot.explain(one.household))
                for one in shown
            }
        echo_json(data)
        return
    if told.warnings:
        click.echo(problems_text(told.warnings, lang), err=True)
    click.echo("\n".join(_lines(told)))
    for one in shown:
        click.echo(f"\n── {month_text(one.month)} ──\n")
        click.echo(account_text(one.snapshot.explain(one.household), staff=True), nl=False)


def _read(path: Path) -> tuple[Claim | None, tuple[Problem, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, (UnreadableFacts(reason="不是 UTF-8 文字", reason_en="it is not UTF-8 text"),)
    return read_claim(Source(path.name, text))


def _month(text: str, told: Arrears) -> MonthDue:
    month = read_month(text)
    for one in told.months:
        if one.month == month:
            return one
    months = ", ".join(stretches(one.month for one in told.months))
    raise click.BadParameter(f"{text} is not one of the months {months}", param_hint="--explain")


# ── on a terminal ─────────────────────────────────────────────────────────


def _lines(told: Arrears) -> Iterator[str]:
    yield f"{told.policy}：逐月核对应发和已发"
    if told.claim.note:
        yield f"说明：{told.claim.note}"
    names = dict.fromkeys(one.name for month in told.months for one in month.amounts)
    yield f"比较的金额：{' + '.join(names)}"
    number = told.claim.decision_day
    day = "最后一天" if number == MONTH_END else f" {number} 日"
    yield f"每个月按当月{day}有效的规定、标准和当天的情况决定"
    if told.claim.assuming:
        yield f"假定的数值：{'、'.join(told.claim.assuming)}"
    yield ""
    yield from _table(told.months)
    yield ""
    under = [one for one in told.months if one.underpaid]
    over = [one for one in told.months if one.overpaid]
    yield f"应发合计 {_yuan(told.due)}，已发合计 {_yuan(told.paid)}"
    yield f"应补发 {_yuan(told.underpaid)}（{len(under)} 个月）"
    yield f"应退回 {_yuan(told.overpaid)}（{len(over)} 个月）"
    yield f"两项相抵的净额：{_difference(told.net)}"
    yield ""
    yield "适用的规定"
    for program, digest, months in _rules(told.months):
        until = f"至 {program[1]} " if program[1] else "起"
        yield f"  {'、'.join(months)}：{program[0]} {until}的规定（校验码 {digest}）"
    unconfirmed = {name for one in told.months for name in one.unconfirmed}
    for name in sorted(unconfirmed):
        months = stretches(one.month for one in told.months if name in one.unconfirmed)
        yield f"  未经确认：{'、'.join(months)} 的 {name}，来源没有确认到那时"
    unverified = _unverified(told.months)
    if unverified:
        yield f"  未核实：{'、'.join(unverified)}（理由见 --explain）"


def _unverified(months: Sequence[MonthDue]) -> tuple[str, ...]:
    """What the amounts of the months rest on without a published source."""
    found: dict[str, None] = {}
    for one in months:
        amounts = {due.name for due in one.amounts}
        account = one.snapshot.explain(one.household)
        found |= dict.fromkeys(what for what, _ in unverified_behind(account, amounts))
    return tuple(found)


def _table(months: Sequence[MonthDue]) -> Iterator[str]:
    """One line per month; where it has several amounts, each below it."""
    rows = [("月份", "决定日期", "应发", "已发", "差额")]
    for one in months:
        rows.append(
            (month_text(one.month), str(one.day), _yuan(one.due), _yuan(one.paid), _of_month(one))
        )
        if [part.name for part in one.compared] != [""]:
            rows += [
                ("", part.name, _yuan(part.due), _yuan(part.paid), _difference(part.difference))
                for part in one.compared
            ]
        elif len(one.amounts) > 1:
            rows += [
                ("", f"{due.label} {due.name}".strip(), _yuan(due.value), "", "")
                for due in one.amounts
                if due.value
            ]
    widths = [max(display_width(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        cells = [
            _padded(cell, width, right=i in (2, 3))
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    room = " " * (width - display_width(cell))
    return room + cell if right else cell + room


def _yuan(value: Fraction) -> str:
    return f"{number_text(value, 2)}元"


def _of_month(one: MonthDue) -> str:
    """The differences of a month: those above zero and those below are never taken together."""
    told = [_difference(value) for value in (one.underpaid, -one.overpaid) if value]
    return "，".join(told) or _difference(Fraction(0))


def _difference(value: Fraction) -> str:
    if value > 0:
        return f"应补发 {_yuan(value)}"
    return f"应退回 {_yuan(-value)}" if value < 0 else "相符"


def _rules(
    months: Iterable[MonthDue],
) -> Iterator[tuple[tuple[str, str], str, tuple[str, ...]]]:
    """The stretches of rules that the months were decided by."""
    by_rules: dict[tuple[str, str, str], list[MonthDue]] = {}
    for one in months:
        program = one.snapshot.compiled.program
        key = str(program.since), str(program.until or ""), one.snapshot.digest
        by_rules.setdefault(key, []).append(one)
    for (since, until, digest), told in by_rules.items():
        yield (since, until), digest, stretches(one.month for one in told)


# ── as data ───────────────────────────────────────────────────────────────


def arrears_json(told: Arrears) -> dict[str, Any]:
    """The same as data; amounts are exact, in yuan, as text."""
    number = told.claim.decision_day
    return {
        "policy": told.policy,
        "note": told.claim.note,
        "decision_day": "last" if number == MONTH_END else number,
        "results": list(told.claim.results),
        "assuming": list(told.claim.assuming),
        "months": [_month_json(one) for one in told.months],
        "due": number_text(told.due, 2),
        "paid": number_text(told.paid, 2),
        "underpaid": number_text(told.underpaid, 2),
        "overpaid": number_text(told.overpaid, 2),
        "net": number_text(told.net, 2),
        "unverified": list(_unverified(told.months)),
        "warnings": [problem_json(one) for one in told.warnings],
    }


def _month_json(one: MonthDue) -> dict[str, Any]:
    program = one.snapshot.compiled.program
    return {
        "month": month_text(one.month),
        "day": str(one.day),
        "amounts": [
            {"name": due.name, "code": due.code, "member": due.member, "label": due.label,
             "value": number_text(due.value, 2)}
            for due in one.amounts
        ],
        "due": number_text(one.due, 2),
        "paid": number_text(one.paid, 2),
        "compared": [
            {"name": part.name, "due": number_text(part.due, 2), "paid": number_text(part.paid, 2),
             "difference": number_text(part.difference, 2)}
            for part in one.compared
        ],
        "underpaid": number_text(one.underpaid, 2),
        "overpaid": number_text(one.overpaid, 2),
        "version": program.version,
        "since": str(program.since),
        "digest": one.snapshot.digest,
        "unconfirmed": list(one.unconfirmed),
    }  # fmt: skip
