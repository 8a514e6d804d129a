"""A timeline as a chronicle for people, and as data for other systems."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import type_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.data import cited_json
from dibao_policy.lawcraft.timeline import (
    Cell,
    Dated,
    Held,
    Lapse,
    RuleChange,
    Timeline,
    ValueChange,
    changed_parts,
    citations_of,
    is_alike,
)
from dibao_policy.parameters.series import Entry

_EVENTS = {"begins": "政策起点", "ends": "政策终止，此后没有规定"}


def timeline_text(timeline: Timeline) -> str:
    """The chronicle: one section per day, each change with its source."""
    return "\n".join(_lines(timeline)) + "\n"


def _lines(timeline: Timeline) -> Iterator[str]:
    yield f"{timeline.name}（{timeline.code}）沿革"
    version = f"版本 {timeline.version}，" if timeline.version else ""
    yield f"{version}{_stretch(timeline.since, timeline.until)}"
    if not timeline.days:
        yield ""
        yield "没有变化"
    for dated in timeline.days:
        yield ""
        event = f"  {_EVENTS[dated.policy]}" if dated.policy else ""
        mark = f"（校验码 {dated.digest}）" if dated.digest else ""
        yield f"{dated.day}{event}{mark}"
        for title, lines in (
            ("数值", [line for one in dated.values for line in _value(one, dated, timeline)]),
            ("规定", [line for one in dated.rules for line in _rule(one, dated, timeline)]),
            ("确认到期", [line for one in dated.lapses for line in _lapse(one, timeline)]),
        ):
            if lines:
                yield f"  {title}"
                yield from (f"    {line}" for line in lines)


def _stretch(since: datetime.date, until: datetime.date | None) -> str:
    return f"自 {since} 至 {until}" if until else f"自 {since} 起"


# ── values ────────────────────────────────────────────────────────────────


def _value(change: ValueChange, dated: Dated, timeline: Timeline) -> Iterator[str]:
    table = change.after or change.before
    assert table is not None
    since = table.entry.since
    remark = {"restated": "，数值不变，出处有变", "ends": "，没有后续数值"}.get(change.change, "")
    if change.after is not None and since < dated.day:
        remark += f"，自 {since} 起"
    unread = "" if change.read else "（没有规定使用）"
    layer = _from_layer(change.layer, timeline)
    yield f"{change.name}{layer}：{_cells_text(change.cells, table)}{remark}{unread}"
    if change.after is not None:
        yield from _source(change.after.entry)


def _cells_text(cells: Sequence[Cell], table: ir.Table) -> str:
    """The steps of all members, those of one step together."""
    steps: dict[str, list[str]] = {}
    for cell in cells:
        steps.setdefault(_step(cell, table), []).append("/".join(cell.key))
    if len(steps) == 1:
        return next(iter(steps))
    return "；".join(f"{'、'.join(names)} {step}" for step, names in steps.items())


def _step(cell: Cell, table: ir.Table) -> str:
    old, new = (
        None if value is None else words.amount(value, table.type) for value in (cell.old, cell.new)
    )
    if old is None or old == new:
        return new or ""
    return f"{old} → {new or '停用'}"


def _source(entry: Entry) -> Iterator[str]:
    source = entry.provenance
    checked = "未核实" if source.status == "未核实" else f"已核实：{source.status}"
    basis = "；生效日为推定" if source.date_basis == "推定" else ""
    until = f"，确认至 {entry.confirmed_until}" if entry.confirmed_until else ""
    yield f"  {source.document}{source.article}（{checked}{basis}）{until}"
    if entry.reason:
        yield f"  理由：{entry.reason}"
    if source.address:
        yield f"  {source.address}"


def _lapse(lapse: Lapse, timeline: Timeline) -> Iterator[str]:
    table = lapse.table
    cells = [Cell(cell.key, None, cell.new) for cell in lapse.cells]
    entry = table.entry
    yield (
        f"{table.name}{_from_layer(lapse.layer, timeline)}：来源只确认至 {entry.confirmed_until}，"
        f"此后仍按 {_cells_text(cells, table)} 计算"
    )


# ── rules ─────────────────────────────────────────────────────────────────


def _rule(change: RuleChange, dated: Dated, timeline: Timeline) -> Iterator[str]:
    layer = _from_layer(change.layer, timeline)
    yield f"{change.block} {change.name}{layer}：{_what(change, dated, timeline)}"
    if change.after is not None:
        if change.before is not None:
            yield from _differences(change.before, change.after)
        cited = "；".join(map(words.citation, citations_of(change.after)))
        yield f"  依据：{cited}" if cited else "  未注明依据"


def _what(change: RuleChange, dated: Dated, timeline: Timeline) -> str:
    before, after = change.before, change.after
    alike = before is not None and after is not None and is_alike(before, after)
    same = "，计算结果不变" if alike else ""
    match change.change:
        case "begins":
            assert after is not None
            since = after.version.period.since
            if since is None:
                return "政策起点时的规定" + _end(change)
            return (f"自 {since} 起的规定" if since < dated.day else "开始施行") + _end(change)
        case "changes":
            return "内容改变" + _end(change)
        case "restated":
            return "计算结果不变，依据或文字有变" + _end(change)
        case "overrides":
            assert before is not None
            return f"改写，代替{_layer(before.version.layer, timeline)}的规定{same}" + _end(change)
        case "restored":
            assert before is not None
            return f"改写结束，恢复{_layer(change.layer, timeline)}的规定{same}" + _end(change)
    return "不再施行，没有后续规定"


def _end(change: RuleChange) -> str:
    until = change.after.version.period.until if change.after else None
    return f"，至 {until}" if until else ""


def _differences(before: Held, after: Held) -> Iterator[str]:
    """Each part that gives other results, as it was and as it is."""
    for name, old, new in changed_parts(before, after):
        was, now = (words.formula(part.expression) if part else "" for part in (old, new))
        if was == now:
            # An amount is rounded to the fen without a word, or said to be exact.
            was, now = (f"{text}（{_settling(part)}）" for text, part in ((was, old), (now, new)))
        title = name.replace("·", "的")
        if was:
            yield f"  原 {title}：{was}"
        if now:
            yield f"  现 {title}：{now}"


def _settling(part: ir.Rule | None) -> str:
    return "到分" if part and isinstance(part.expression, ir.Round) else "精确"


def _layer(code: str, timeline: Timeline) -> str:
    return f"“{timeline.layers.get(code, code)}”"


def _from_layer(code: str, timeline: Timeline) -> str:
    """The layer that something comes from, where it is not the policy itself."""
    return "" if code == timeline.code else f"（{timeline.layers.get(code, code)}）"


# ── data ──────────────────────────────────────────────────────────────────


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


def _lapse_json(lapse: Lapse) -> dict[str, Any]:
    return {
        "name": lapse.table.name,
        "code": lapse.table.code,
        "layer": lapse.layer,
        "source": _source_json(lapse.table.entry),
    }


def _date(day: datetime.date | None) -> str | None:
    return str(day) if day else None
