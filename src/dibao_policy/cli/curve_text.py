"""A curve in words, as a table of commas and as data. Amounts are exact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from dibao_policy.lawcraft.curve_model import Component, Curve, Piece, Reason, Turn, lost_share
from dibao_policy.picture.curve_words import amount, is_anything, notes, percent
from dibao_policy.render import problem_json
from dibao_policy.text import display_width
from dibao_policy.values import number_text

SHAPES = {"line": "直线", "stairs": "取整的台阶", "curve": "曲线"}


def curve_text(curve: Curve) -> str:
    """What a person reads: the cliffs first, then the sum piece by piece, then what it is put together from."""
    return "\n".join(_lines(curve)) + "\n"


def _lines(curve: Curve) -> Iterator[str]:
    axis = curve.axis
    yield f"{curve.policy}，决定日期 {curve.day}"
    yield (
        f"{axis.name}从 {amount(axis.first)} 到 {amount(axis.last)}{axis.unit}，"
        f"每步 {amount(axis.step)}{axis.unit}"
    )
    yield ""
    yield "一、落差（多一步，合计反而少一截）"
    yield from _cliffs(curve)
    yield ""
    yield "二、合计"
    yield from _table(curve, curve.total, with_share=axis.is_own)
    yield ""
    yield "三、各项"
    for one in curve.components:
        if is_anything(one):
            yield f"  {_name(one)}"
            yield from _table(curve, one.pieces, with_share=False)
        else:
            yield f"  {_name(one)}：一直是 0元/月"
    kinks = [turn for turn in curve.turns if not turn.is_cliff]
    if kinks:
        yield ""
        yield "四、别的转折"
        for turn in kinks:
            way = f"合计多 {amount(-turn.loss)}元/月" if turn.is_jump else "没有落差"
            yield f"  {amount(turn.after)}{axis.unit}：{reasons_text(turn)}（{way}）"
    yield ""
    yield "说明"
    for note in notes(curve):
        yield f"  {note}"


def _cliffs(curve: Curve) -> Iterator[str]:
    if not curve.cliffs:
        yield "  没有"
    for turn in curve.cliffs:
        yield (
            f"  {amount(turn.before)} → {amount(turn.after)}{curve.axis.unit}："
            f"合计 {amount(turn.total_before)} → {amount(turn.total_after)}元/月，少 {amount(turn.loss)}元/月"
        )
        for change in turn.changes:
            if change.before != change.after:
                whose = f"{change.label}的" if change.label else ""
                yield f"    {whose}{change.name} {amount(change.before)} → {amount(change.after)}元/月"
        yield f"    {reasons_text(turn)}"


def reasons_text(turn: Turn) -> str:
    """Why something turns."""
    return "；".join(dict.fromkeys(map(_reason, turn.reasons)))


def _reason(reason: Reason) -> str:
    whose = f"{reason.label}的" if reason.label else ""
    part = f"的{reason.clause}“{reason.part}”" if reason.part else ""
    what = f"{whose}{reason.rule}{part}从这里起"
    if reason.holds is None:
        return f"{what}换一种算法"
    met = "满足" if reason.clause == "要求" else "成立"
    return what + (met if reason.holds else f"不再{met}")


def _table(curve: Curve, pieces: Sequence[Piece], *, with_share: bool) -> Iterator[str]:
    """One line per piece, in columns."""
    rows: list[tuple[str, ...]] = []
    for piece in pieces:
        cells = [
            f"{amount(piece.first)} 至 {amount(piece.last)}{curve.axis.unit}",
            f"{amount(piece.at_first)} → {amount(piece.at_last)}元/月"
            if piece.at_first != piece.at_last or piece.slope
            else f"{amount(piece.at_first)}元/月",
        ]
        share = lost_share(curve, piece)
        if with_share:
            cells.append(f"每多 1元 少得 {percent(share)}" if share is not None else "")
        if piece.shape != "line":
            cells.append(SHAPES[piece.shape])
        rows.append(tuple(cells))
    widths = [
        max((display_width(row[i]) for row in rows if len(row) > i), default=0)
        for i in range(max(map(len, rows)))
    ]
    for row in rows:
        cells = [cell + " " * (widths[i] - display_width(cell)) for i, cell in enumerate(row)]
        yield f"    {'  '.join(cells).rstrip()}"


def _name(one: Component) -> str:
    return f"{one.label}的{one.name}" if one.member is not None else one.name


# ── tables and data ───────────────────────────────────────────────────────

COLUMNS = (
    "类", "名称", "成员", "自", "至", "起值", "止值", "每多一元增加", "少得的份额", "形状", "一步最多少", "理由",
)  # fmt: skip


def curve_csv(curve: Curve) -> str:
    """A row for each piece of the sum and of its parts, and for each turn; amounts in yuan, fractions as `1/3`."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for kind, name, label, pieces in (
        ("合计", "合计", "", curve.total),
        ("自有收入", curve.own.name, "", curve.own.pieces),
        *(("救助", one.name, one.label, one.pieces) for one in curve.components),
    ):
        for piece in pieces:
            share = lost_share(curve, piece) if kind == "合计" else None
            rows.writerow(
                [
                    kind, name, label, _plain(piece.first), _plain(piece.last), _plain(piece.at_first),
                    _plain(piece.at_last), _plain(piece.slope), _plain(share), SHAPES[piece.shape],
                    _plain(piece.fall), "",
                ]
            )  # fmt: skip
    for turn in curve.turns:
        kind = "落差" if turn.is_cliff else "升高" if turn.is_jump else "转折"
        rows.writerow(
            [
                kind, "合计", "", _plain(turn.before), _plain(turn.after), _plain(turn.total_before),
                _plain(turn.total_after), "", "", "", _plain(max(turn.loss, Fraction(0))),
                reasons_text(turn),
            ]
        )  # fmt: skip
    return written.getvalue()


def _plain(value: Fraction | None) -> str:
    return "" if value is None else number_text(value)


def json_text(data: dict[str, Any]) -> str:
    """Data as the text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def curve_json(curve: Curve) -> dict[str, Any]:
    """The same as data; every number is exact, as text."""
    axis = curve.axis
    return {
        "policy": curve.code,
        "day": str(curve.day),
        "digest": curve.digest,
        "over": {
            "name": axis.fact.name,
            "code": axis.fact.code,
            "member": axis.member,
            "label": axis.label,
            "unit": axis.unit,
            "from": number_text(axis.first),
            "to": number_text(axis.last),
            "step": number_text(axis.step),
            "own_income": axis.is_own,
        },
        "own_income": list(curve.own_facts),
        "own": _component_json(curve.own),
        "components": [_component_json(one) for one in curve.components],
        "total": [
            {**_piece_json(piece), "lost_share": _maybe(lost_share(curve, piece))}
            for piece in curve.total
        ],
        "cliffs": [_turn_json(turn) for turn in curve.cliffs],
        "turns": [_turn_json(turn) for turn in curve.turns],
        "small_fall": number_text(curve.small_fall, 2),
        "not_by_month": [{"name": name, "unit": unit} for name, unit in curve.aside],
        "unconfirmed": list(curve.unconfirmed),
        "unverified": [what for what, _ in curve.unverified],
        "warnings": [problem_json(one) for one in curve.warnings],
    }


def _component_json(one: Component) -> dict[str, Any]:
    return {
        "name": one.name,
        "code": one.code,
        "member": one.member,
        "label": one.label,
        "pieces": [_piece_json(piece) for piece in one.pieces],
    }


def _piece_json(piece: Piece) -> dict[str, Any]:
    return {
        "from": number_text(piece.first),
        "to": number_text(piece.last),
        "value_from": number_text(piece.at_first, 2),
        "value_to": number_text(piece.at_last, 2),
        "slope": _maybe(piece.slope),
        "shape": piece.shape,
        "largest_fall": number_text(piece.fall, 2),
        "largest_rise": number_text(piece.rise, 2),
    }


def _turn_json(turn: Turn) -> dict[str, Any]:
    return {
        "before": number_text(turn.before),
        "after": number_text(turn.after),
        "total_before": number_text(turn.total_before, 2),
        "total_after": number_text(turn.total_after, 2),
        "loss": number_text(turn.loss, 2),
        "jump": turn.is_jump,
        "changes": [
            {"name": one.name, "member": one.member, "label": one.label,
             "before": number_text(one.before, 2), "after": number_text(one.after, 2)}
            for one in turn.changes
        ],
        "reasons": [
            {"rule": one.rule, "clause": one.clause, "part": one.part, "label": one.label, "holds": one.holds}
            for one in turn.reasons
        ],
    }  # fmt: skip


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else number_text(value)
