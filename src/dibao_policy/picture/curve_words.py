"""The words of a picture of a curve: its title, what it shows for who cannot see it, its notes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dibao_policy.lawcraft.curve_model import Component, Curve
from dibao_policy.values import Rounding, number_text, round_to

LABELED = 6
"""How many cliffs get their size written beside them: the largest."""


def title_of(curve: Curve) -> str:
    """What the picture is about, in one line."""
    axis = curve.axis
    return f"{axis.name}从 {amount(axis.first)} 到 {amount(axis.last)}{axis.unit}，每月到手多少"


def told(curve: Curve) -> str:
    """The picture in words: the ends of the total, and each cliff."""
    first, last = curve.total[0], curve.total[-1]
    axis = curve.axis
    words = [
        f"{curve.policy}，决定日期 {curve.day}。",
        f"{axis.name}为 {amount(axis.first)}{axis.unit} 时，合计 {amount(first.at_first)}元/月；",
        f"为 {amount(axis.last)}{axis.unit} 时，合计 {amount(last.at_last)}元/月。",
    ]
    for turn in curve.cliffs:
        words.append(
            f"从 {amount(turn.before)} 到 {amount(turn.after)}{axis.unit}，"
            f"合计由 {amount(turn.total_before)} 降到 {amount(turn.total_after)}元/月，少 {amount(turn.loss)}元/月。"
        )
    if not curve.cliffs:
        words.append("没有落差。")
    return "".join(words)


def amount(value: Fraction) -> str:
    """An amount with its thousands set apart, to the fen where it is not whole."""
    digits = number_text(value, 0 if value.denominator == 1 else 2)
    whole, point, rest = digits.partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{point}{rest}" if "/" not in digits else digits


def is_anything(one: Component) -> bool:
    """Whether an amount is other than zero anywhere."""
    return any(piece.at_first or piece.at_last or piece.fall or piece.rise for piece in one.pieces)


def percent(share: Fraction) -> str:
    """A share as a percentage; one that does not end is told to a tenth, as about."""
    exact = number_text(share * 100)
    if "/" not in exact and len(exact) < 6:
        return f"{exact}%".replace("-", "−")
    near = number_text(round_to(share * 100, Fraction(1, 10), Rounding.HALF_UP))
    return f"约 {near}%".replace("-", "−")


def notes(curve: Curve) -> Iterator[str]:
    """What has to be said of the sums."""
    if curve.own_facts:
        yield f"自有收入：全家的 {'、'.join(curve.own_facts)}。合计是自有收入加各项救助金。"
    else:
        yield "合计只是各项救助金，不含家里自己的收入。"
    yield f"除了{curve.axis.name}，别的情况都按所填的不变。"
    if len(curve.cliffs) > LABELED:
        yield f"落差共 {len(curve.cliffs)} 处，图上写明最大的 {LABELED} 处。"
    if not curve.cliffs:
        yield "没有落差：不会因为多一步而一下子少得一截。"
    if curve.small_fall:
        yield (
            f"因为取整，在别处每多 {amount(curve.axis.step)}{curve.axis.unit}，合计有时也会少一点，"
            f"最多 {amount(curve.small_fall)}元/月；太小的台阶在图上画作直线。"
        )
    if curve.aside:
        named = "、".join(f"{name}（{unit}）" for name, unit in curve.aside)
        yield f"不按月发、不在合计里的：{named}。"
    if curve.unconfirmed:
        yield f"来源没有确认到这一天的：{'、'.join(curve.unconfirmed)}。"
    if curve.unverified:
        named = "、".join(dict.fromkeys(what for what, _ in curve.unverified))
        yield f"未核实：{named}。"
    yield f"规定的校验码 {curve.digest}。"
