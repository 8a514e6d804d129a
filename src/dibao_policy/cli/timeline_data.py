"""A timeline as data for other systems."""

from __future__ import annotations

import datetime
from typing import Any

from dibao_policy.cli.chronicle import stated_parts
from dibao_policy.core.show import value_text
from dibao_policy.core.types import type_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.data import cited_json
from dibao_policy.lawcraft.timeline import (
    Lapse,
    RuleChange,
    StatedChange,
    Timeline,
    ValueChange,
    changed_parts,
    citations_of,
    is_alike,
)
from dibao_policy.parameters.series import Entry


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """The timeline as data: amounts as text with their units, dates as `YYYY-MM-DD`."""
    return {
        "policy": {
            "code": timeline.code,
            "name": timeline.name,
            "version": timeline.version,
            "since": str(timeline.since),
            "until": _date(timeline.until),
            "layers": dict(timeline.layers),
        },
        "days": [
            {
                "day": str(dated.day),
                "digest": dated.digest or None,
                "policy": dated.policy,
                "values": [_value_json(change) for change in dated.values],
                "rules": [_rule_json(change) for change in dated.rules],
                "stated": [_stated_json(change) for change in dated.stated],
                "lapses": [_lapse_json(lapse) for lapse in dated.lapses],
            }
            for dated in timeline.days
        ],
    }


def _value_json(change: ValueChange) -> dict[str, Any]:
    table = change.after or change.before
    assert table is not None
    return {
        "change": change.change,
        "name": change.name,
        "code": change.code,
        "layer": change.layer,
        "unit": type_text(table.type),
        "read": change.read,
        "cells": [
            {
                "key": list(cell.key),
                "old": None if cell.old is None else value_text(cell.old, table.type),
                "new": None if cell.new is None else value_text(cell.new, table.type),
            }
            for cell in change.cells
        ],
        "source": None if change.after is None else _source_json(change.after.entry),
    }


def _source_json(entry: Entry) -> dict[str, Any]:
    source = entry.provenance
    return {
        "since": str(entry.since),
        "document": source.document,
        "article": source.article,
        "address": source.address,
        "status": source.status,
        "verified": source.status != "未核实",
        "date_basis": source.date_basis,
        "confirmed_until": _date(entry.confirmed_until),
        "reason": entry.reason,
    }


def _rule_json(change: RuleChange) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "change": change.change,
        "name": change.name,
        "code": change.code,
        "block": change.block,
        "layer": change.layer,
        "replaced_layer": before.version.layer if before and after else None,
        "same_results": is_alike(before, after) if before and after else None,
        "since": _date(after.version.period.since) if after else None,
        "until": _date(after.version.period.until) if after else None,
        "differences": [
            {
                "name": name,
                "old": words.formula(old.expression) if old else None,
                "new": words.formula(new.expression) if new else None,
            }
            for name, old, new in (changed_parts(before, after) if before and after else ())
        ],
        "citations": [cited_json(cited) for cited in citations_of(after)] if after else [],
    }


def _stated_json(change: StatedChange) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "change": change.change,
        "name": change.name,
        "code": change.code,
        "block": change.block,
        "layer": change.layer,
        "since": _date(after.since) if after else None,
        "old": list(stated_parts(before).values()) if before else None,
        "new": list(stated_parts(after).values()) if after else None,
        "citations": [cited_json(cited) for cited in after.citations] if after else [],
    }


def _lapse_json(lapse: Lapse) -> dict[str, Any]:
    return {
        "name": lapse.table.name,
        "code": lapse.table.code,
        "layer": lapse.layer,
        "source": _source_json(lapse.table.entry),
    }


def _date(day: datetime.date | None) -> str | None:
    return str(day) if day else None
