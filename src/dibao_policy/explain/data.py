"""An account as data: every value, formula, article and remark, for other systems."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, Given, Told, Tried, assumed
from dibao_policy.explain.notice import disposition, finding_reason, names_of, refusal_reason
from dibao_policy.text import Span, position

FORMAT = "dibao-account/1"
"""What the data says of its own form: a form that an old reader could not read has another number."""


def account_schema() -> dict[str, Any]:
    """The JSON Schema of an account as data."""
    file = resources.files(__package__) / "account.schema.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def account_json(account: Account) -> dict[str, Any]:
    """The same account as data, by `account_schema`: every value, formula, article, place and remark."""
    program = account.program
    found: dict[str, Any] = {
        "format": FORMAT,
        "policy": policy_json(program, account.digest),
        "day": str(account.day),
        "members": list(account.labels),
        "results": [
            {**_told_json(told, account), "discretion": discretion_json(told, account)}
            for told in account.results
        ],
        "refusals": [
            {**_told_json(told, account), "reason": refusal_reason(told, account)}
            for told in account.refusals
        ],
        "findings": [
            {
                **_told_json(told, account),
                "disposition": disposition(told),
                "reason": finding_reason(told, account),
            }
            for told in account.findings
        ],
        "steps": [_step_json(told, account) for told in account.steps],
        "parameters": [_table_json(table) for table in account.tables],
        "defaults": [given_json(given) for given in account.given if given.defaulted],
        "exempt": [{**given_json(given), "income": income} for given, income in account.exempt],
        "unconfirmed": [table.name for table in account.unconfirmed],
        "unverified": [{"what": what, "why": why} for what, why in account.unverified],
        "renamed": [
            {"old": one.old, "name": one.name, "member": one.member} for one in account.renamed
        ],
    }
    if account.not_asked:
        found["not_asked"] = [given_json(given) for given in account.not_asked]
    if assumed(account):
        found["assumed"] = [given_json(given) for given in assumed(account)]
    return found


def policy_json(program: ir.Program, digest: str) -> dict[str, Any]:
    """Which policy, and which of its days, as data."""
    return {
        "code": program.policy,
        "name": program.name,
        "version": program.version,
        "digest": digest,
        "since": str(program.since),
        "until": str(program.until) if program.until else None,
    }


def discretion_json(told: Told, account: Account) -> list[dict[str, Any]]:
    """The facts that a case worker judged and that a result rests on."""
    return [
        given_json(given) for given in account.discretion.get((told.rule.name, told.member), ())
    ]


def _told_json(told: Told, account: Account) -> dict[str, Any]:
    return {
        "name": told.rule.name,
        "code": told.rule.code,
        "member": told.member,
        "value": value_text(told.value, told.rule.type),
        "citations": [cited_json(cited) for cited in told.citations],
    }


def _step_json(told: Told, account: Account) -> dict[str, Any]:
    origin = told.rule.origin
    return {
        **_told_json(told, account),
        "block": origin.block,
        "clause": origin.clause,
        "label": origin.label,
        "layer": told.rule.layer,
        "replaces": told.rule.replaced or None,
        "rule_since": str(told.rule.since) if told.rule.since else None,
        "tests": [_tried_json(tried, told) for tried in told.tests],
        "formula": words.formula_of(told),
        "figures": words.figures(told, account),
        "exact": None if told.exact is None else value_text(told.exact, told.rule.type),
        "rounding": None if told.mode is None else told.mode.value,
        "place": _place_json(told.rule.span),
        "note": words.filled(told.rule.note, told, account, names_of(account)),
    }


def _place_json(span: Span) -> dict[str, Any]:
    """Where the text of a policy says so; line and column from 1."""
    line, column = position(span)
    return {"file": span.source.name, "line": line, "column": column}


def _tried_json(tried: Tried, told: Told) -> dict[str, Any]:
    return {
        "test": words.formula(tried.test, told.rule.origin.name),
        "held": tried.held,
        "clause": tried.clause,
        "label": tried.label,
    }


def cited_json(cited: ir.Cited) -> dict[str, Any]:
    """An article as data."""
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


def given_json(given: Given) -> dict[str, Any]:
    """A fact that was used, as data."""
    return {
        "name": given.fact.name,
        "code": given.fact.code,
        "member": given.member,
        "value": value_text(given.value, given.fact.type),
    }
