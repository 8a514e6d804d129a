"""A timeline as a chronicle for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from dibao_policy.core import ir
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.names_zh import limit_text
from dibao_policy.lawcraft.timeline import (
    Cell,
    Dated,
    Held,
    Lapse,
    RuleChange,
    Stated,
    StatedChange,
    Timeline,
    ValueChange,
    changed_parts,
    citations_of,
    is_alike,
)
from dibao_policy.parameters.series import Entry
from dibao_policy.values import number_text

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
            (
                "程序和资金",
                [line for one in dated.stated for line in _stated(one, dated, timeline)],
            ),
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


# ── procedures and funds ──────────────────────────────────────────────────


def _stated(change: StatedChange, dated: Dated, timeline: Timeline) -> Iterator[str]:
    before, after = change.before, change.after
    what = {
        "begins": "开始施行",
        "changes": "内容改变",
        "restated": "内容不变，依据或文字有变",
    }.get(change.change, "不再施行，没有后续规定")
    if after is not None and before is None and after.since != dated.day:
        what = f"自 {after.since} 起的规定" if after.since else "政策起点时的规定"
    yield f"{change.block} {change.name}{_from_layer(change.layer, timeline)}：{what}"
    old, new = (stated_parts(one) if one else {} for one in (before, after))
    if before is None:
        yield from (f"  {text}" for text in new.values())
    elif after is not None:
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                if name in old:
                    yield f"  原 {old[name]}"
                if name in new:
                    yield f"  现 {new[name]}"
        shared = [[name for name in one if name in old and name in new] for one in (old, new)]
        if shared[0] != shared[1]:
            yield f"  现在的次序：{' → '.join(new)}"
    if after is not None:
        steps = after.steps if isinstance(after, ir.Procedure) else ()
        cited = (*after.citations, *(one for step in steps for one in step.citations))
        text = "；".join(map(words.citation, dict.fromkeys(cited)))
        yield f"  依据：{text}" if text else "  未注明依据"


def stated_parts(stated: Stated) -> dict[str, str]:
    """Each step of a procedure in one line, or a fund in one line."""
    if isinstance(stated, ir.Procedure):
        return {step.name: _step_text(step) for step in stated.steps}
    shares = "、".join(f"{payer} {number_text(share * 100)}%" for payer, share in stated.shares)
    return {stated.name: shares + ("，专户" if stated.dedicated else "")}


def _step_text(step: ir.Step) -> str:
    said = [
        "、".join(step.responsible),
        f"期限 {limit_text(step.limit)}" if step.limit else "",
        f"公示 {limit_text(step.posting)}" if step.posting else "",
        f"入户比例 {number_text(step.visited * 100)}%" if step.visited is not None else "",
        f"材料 {'、'.join(step.documents)}" if step.documents else "",
        f"签字 {'、'.join(step.signed)}" if step.signed else "",
    ]
    told = "；".join(filter(None, said))
    return f"{step.name}（{told}）" if told else step.name


def _layer(code: str, timeline: Timeline) -> str:
    return f"“{timeline.layers.get(code, code)}”"


def _from_layer(code: str, timeline: Timeline) -> str:
    """The layer that something comes from, where it is not the policy itself."""
    return "" if code == timeline.code else f"（{timeline.layers.get(code, code)}）"
