"""A comparison of two decisions as data: amounts as exact text with their units, dates as `YYYY-MM-DD`."""

from __future__ import annotations

from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Type
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.data import cited_json, policy_json
from dibao_policy.lawcraft.compare.changes import (
    Change,
    DayChange,
    FactChange,
    MemberChange,
    OrderChange,
    RuleChange,
    ValueChange,
    cells_of,
)
from dibao_policy.lawcraft.compare.decisions import Compared, Comparison
from dibao_policy.lawcraft.compare.units import dates_of
from dibao_policy.lawcraft.compare.words import paper_parts
from dibao_policy.policy import Snapshot


def comparison_json(told: Comparison) -> dict[str, Any]:
    """The same as data. A part names its unit by its place in `units`, from 0.

    `amount` is exact, `written` what a table shows: it adds up to the difference too.
    """
    places = {id(unit): place for place, unit in enumerate(told.units)}
    return {
        "sides": [
            policy_json(one.compiled.program, one.digest) | {"day": str(one.day)}
            for one in told.snapshots
        ],
        "joined": list(told.joined),
        "gone": list(told.gone),
        "by_place": told.by_place,
        "results": [_result(one, places) for one in told.results],
        "units": [
            [_change(change, told.snapshots) for change in unit.changes] for unit in told.units
        ],
    }


def _result(one: Compared, places: dict[int, int]) -> dict[str, Any]:
    kind = one.types[1] or one.types[0]
    assert kind is not None
    return {
        "name": one.name,
        "code": one.code,
        "person": one.person,
        "before": _text(one.before, one.types[0]),
        "after": _text(one.after, one.types[1]),
        "same": one.is_same,
        "difference": _text(one.difference, kind),
        "method": one.method,
        "parts": [
            {
                "unit": places[id(part.unit)],
                "amount": value_text(part.amount, kind),
                "written": value_text(written, kind),
            }
            for part, written in zip(one.parts, paper_parts(one), strict=True)
        ],
        "flips": [[places[id(unit)] for unit in flip] for flip in one.flips],
        "all_flips": one.all_flips,
    }


def _text(value: ir.Value | None, kind: Type | None) -> str | None:
    return None if value is None or kind is None else value_text(value, kind)


def _change(change: Change, snapshots: tuple[Snapshot, Snapshot]) -> dict[str, Any]:
    match change:
        case DayChange(before, after):
            return {"change": "day", "before": str(before), "after": str(after)}
        case OrderChange(before, after):
            return {"change": "order", "before": list(before), "after": list(after)}
        case MemberChange(person, joined):
            return {"change": "joined" if joined else "gone", "person": person}
        case FactChange():
            return _fact(change)
        case ValueChange():
            tables = change.before, change.after
            return {
                "change": "parameter",
                "name": change.name,
                "cells": [
                    {"key": list(key), **_cell(change, key)} for key in change.cells
                ],
                **{
                    side: None if table is None else _source(table)
                    for side, table in zip(("before", "after"), tables, strict=True)
                },
            }  # fmt: skip
        case RuleChange():
            rules = change.before, change.after
            return {
                "change": "rule",
                "name": change.name,
                **{
                    side: None if rule is None else _rule(rule, snapshot)
                    for side, rule, snapshot in zip(
                        ("before", "after"), rules, snapshots, strict=True
                    )
                },
            }


def _fact(change: FactChange) -> dict[str, Any]:
    told: dict[str, Any] = {"change": "fact", "name": change.name, "person": change.person}
    for place, side in enumerate(("before", "after")):
        fact = change.facts[place]
        told[side] = _text(change.values[place], None if fact is None else fact.type)
        told[f"{side}_is_default"] = change.defaulted[place]
    return told


def _cell(change: ValueChange, key: tuple[str, ...]) -> dict[str, str | None]:
    told: dict[str, str | None] = {}
    for side, table in (("before", change.before), ("after", change.after)):
        value = None if table is None else cells_of(table).get(key)
        told[side] = _text(value, None if table is None else table.type)
    return told


def _source(table: ir.Table) -> dict[str, Any]:
    entry, source = table.entry, table.entry.provenance
    return {
        "layer": table.layer,
        "since": str(entry.since),
        "until": None if entry.until is None else str(entry.until),
        "document": source.document,
        "article": source.article,
        "address": source.address,
        "status": source.status,
    }


def _rule(rule: ir.Rule, snapshot: Snapshot) -> dict[str, Any]:
    period = dates_of(snapshot, rule)
    return {
        "block": rule.origin.block,
        "layer": rule.layer,
        "since": None if period.since is None else str(period.since),
        "until": None if period.until is None else str(period.until),
        "formula": words.formula(rule.expression, rule.origin.name),
        "citations": [cited_json(one) for one in rule.citations],
    }
