"""An account laid out: text for people, JSON for other systems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, Given, Told
from dibao_policy.parameters.series import Entry


def _names(account: Account) -> dict[str, str]:
    """Code names to Chinese names, for the sentences of the policy."""
    things: list[ir.Rule | ir.Fact | ir.Table] = [
        *account.program.rules,
        *account.program.facts,
        *account.program.tables,
    ]
    return {one.code: one.name for one in things if one.code}


def account_text(account: Account) -> str:
    """The explanation that a citizen reads."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    program = account.program
    until = f"至 {program.until}" if program.until else "至今未再调整"
    yield program.name
    version = f"版本 {program.version}，" if program.version else ""
    yield f"决定日期 {account.day}；{version}适用自 {program.since} 起{until}的规定（校验码 {account.digest}）"
    yield ""
    yield "一、结论"
    for told in account.results:
        yield f"  {words.whose(told.member, account)}{told.rule.name}：{words.value_sentence(told)}"
    if account.refusals:
        yield ""
        yield "二、没有通过的条件"
        for told in account.refusals:
            yield f"  {told.rule.origin.name}·{told.rule.origin.label}：{refusal_reason(told, account)}"
            yield f"      依据：{words.citations(told.rule)}"
    yield ""
    yield f"{'三' if account.refusals else '二'}、计算过程"
    for number, told in enumerate(account.steps, 1):
        yield from _step(number, told, account)
    yield from _remarks(account, "四" if account.refusals else "三")


def refusal_reason(told: Told, account: Account) -> str:
    """Why a condition was not met, in the words of the policy or of the condition itself."""
    if told.rule.otherwise:
        return words.filled(told.rule.otherwise, told, account, _names(account))
    return f"{words.formula(told.expression)} 不成立，实际是 {words.figures(told, account)}"


def _step(number: int, told: Told, account: Account) -> Iterator[str]:
    head = f"{number:>3}. {words.whose(told.member, account)}{_title(told)}"
    value = words.value_sentence(told)
    yield f"{head} = {value}"
    tests = "，".join(words.test_sentence(test, held) for test, held in told.tests)
    if tests:
        yield f"      {tests}"
    formula, figures = words.formula(told.expression), words.figures(told, account)
    if formula != value:
        yield f"      {formula}"
        if figures not in (formula, value):
            yield f"      {figures}"
    if told.exact is not None and told.quantum is not None and told.mode is not None:
        exact = words.amount(told.exact, told.rule.type)
        yield f"      {exact}，{words.rounding(told.quantum, told.mode, told.rule.type)}"
    if told.rule.note:
        yield f"      说明：{words.filled(told.rule.note, told, account, _names(account))}"
    if told.rule.citations or told.rule.origin.block != "定义":
        yield f"      依据：{words.citations(told.rule)}"


def _title(told: Told) -> str:
    origin = told.rule.origin
    if origin.clause and origin.label and told.rule.name != origin.label:
        return f"{origin.name}·{origin.label}"
    return told.rule.name


def _remarks(account: Account, number: str) -> Iterator[str]:
    yield ""
    yield f"{number}、所用的标准和情况"
    for table in account.tables:
        yield f"  {table.name}：{_table_text(table)}"
        yield f"      {_provenance(table.entry)}"
    defaults = [given for given in account.given if given.defaulted]
    if defaults:
        yield "  没有填写、按政策规定的默认值处理："
        for given in defaults:
            yield f"      {_given(given, account)}"
    counted = [(given, income) for given, income in account.exempt if given.value]
    if counted:
        yield "  不计入收入："
        for given, income in counted:
            yield f"      {_given(given, account)}（不计入{income}）"
    if account.unverified:
        yield "  尚未核实、请以经办机关的答复为准："
        for what, why in account.unverified:
            yield f"      {what}{'：' + why if why else ''}"


def _given(given: Given, account: Account) -> str:
    whose = words.whose(given.member, account)
    return f"{whose}{given.fact.name} {words.amount(given.value, given.fact.type)}"


def _table_text(table: ir.Table) -> str:
    distinct = tuple(dict.fromkeys(table.values))
    return "、".join(words.amount(value, table.type) for value in distinct)


def _provenance(entry: Entry) -> str:
    source = entry.provenance
    begins = f"自 {entry.since} 起" + ("（生效日为推定）" if source.date_basis == "推定" else "")
    where = f"，{source.document}{source.article}" if source.document else ""
    until = f"，已确认至 {entry.confirmed_until}" if entry.confirmed_until else ""
    return f"{begins}{where}（{source.status}）{until}"


# ── JSON ──────────────────────────────────────────────────────────────────


def account_json(account: Account) -> dict[str, Any]:
    """The same account as data: every value, formula, article and remark."""
    program = account.program
    return {
        "policy": {
            "code": program.policy,
            "name": program.name,
            "version": program.version,
            "digest": account.digest,
            "since": str(program.since),
            "until": str(program.until) if program.until else None,
        },
        "day": str(account.day),
        "members": list(account.labels),
        "results": [_told_json(told, account) for told in account.results],
        "refusals": [
            {**_told_json(told, account), "reason": refusal_reason(told, account)}
            for told in account.refusals
        ],
        "steps": [_step_json(told, account) for told in account.steps],
        "parameters": [_table_json(table) for table in account.tables],
        "defaults": [_given_json(given) for given in account.given if given.defaulted],
        "exempt": [{**_given_json(given), "income": income} for given, income in account.exempt],
        "unverified": [{"what": what, "why": why} for what, why in account.unverified],
    }


def _told_json(told: Told, account: Account) -> dict[str, Any]:
    return {
        "name": told.rule.name,
        "code": told.rule.code,
        "member": told.member,
        "value": value_text(told.value, told.rule.type),
        "citations": [_cited_json(cited) for cited in told.rule.citations],
    }


def _step_json(told: Told, account: Account) -> dict[str, Any]:
    origin = told.rule.origin
    return {
        **_told_json(told, account),
        "block": origin.block,
        "clause": origin.clause,
        "label": origin.label,
        "layer": told.rule.layer,
        "rule_since": str(told.rule.since) if told.rule.since else None,
        "tests": [{"test": words.formula(test), "held": held} for test, held in told.tests],
        "formula": words.formula(told.expression),
        "figures": words.figures(told, account),
        "exact": None if told.exact is None else value_text(told.exact, told.rule.type),
        "rounding": None if told.mode is None else told.mode.value,
        "note": words.filled(told.rule.note, told, account, _names(account)),
    }


def _cited_json(cited: ir.Cited) -> dict[str, Any]:
    return {
        "document": cited.document,
        "number": cited.number,
        "address": cited.address,
        "article": cited.article,
        "unverified": cited.unverified,
        "note": cited.note,
    }


def _table_json(table: ir.Table) -> dict[str, Any]:
    entry, source = table.entry, table.entry.provenance
    return {
        "name": table.name,
        "code": table.code,
        "values": [value_text(value, table.type) for value in table.values],
        "since": str(entry.since),
        "confirmed_until": str(entry.confirmed_until) if entry.confirmed_until else None,
        "document": source.document,
        "article": source.article,
        "address": source.address,
        "status": source.status,
        "date_basis": source.date_basis,
        "layer": table.layer,
    }


def _given_json(given: Given) -> dict[str, Any]:
    return {
        "name": given.fact.name,
        "code": given.fact.code,
        "member": given.member,
        "value": value_text(given.value, given.fact.type),
    }
