"""Values and their names in Chinese: what stands at the ends of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import RATIO, Number, Type, type_text
from dibao_policy.text import covered
from dibao_policy.units import is_money, shown_scale
from dibao_policy.values import Rounding, exact_decimal, number_text, round_to


@frozen
class Reading:
    """How an expression is read: `leaf` tells a part, `value` what it came to; None where only names are told.

    `own` is the block that the expression stands in: its parts go by their labels.
    """

    leaf: Callable[[ir.Expression], str]
    value: Callable[[ir.Expression], ir.Value | None]
    own: str


def amount(value: ir.Value, kind: Type) -> str:
    """A value for people: thousands set apart, an endless fraction as a fraction."""
    if not isinstance(kind, Number) or not isinstance(value, Fraction) or kind == RATIO:
        return value_text(value, kind)
    shown = value / shown_scale(kind.unit)
    digits = number_text(shown)
    if is_money(kind.unit) and "." in digits:
        digits = number_text(shown, 2)
    if "/" in digits:
        top, _, bottom = digits.partition("/")
        # One fen over the line, shared by a household, has to show: two decimals would hide it.
        near = number_text(round_to(shown, Fraction(1, 10_000), Rounding.HALF_UP), 2)
        return f"{_grouped(top)}/{_grouped(bottom)}{type_text(kind)}（约 {_grouped(near)}）"
    return _grouped(digits) + type_text(kind)


def near_number(value: ir.Value, kind: Type, other: ir.Value) -> str:
    """An endless fraction with at least two decimals, and as many as tell it from another; empty for other values."""
    if not isinstance(kind, Number) or not isinstance(value, Fraction) or kind == RATIO:
        return ""
    scale = shown_scale(kind.unit)
    shown = value / scale
    if exact_decimal(shown) is not None:
        return ""
    for places in range(2, 12):
        near = round_to(shown, Fraction(1, 10**places), Rounding.HALF_UP)
        if not isinstance(other, Fraction) or near * scale != other:
            break
    return _grouped(number_text(near, places))


def limit_text(limit: ir.TimeLimit) -> str:
    """A time limit as it is written."""
    match limit.unit:
        case "即时":
            return "即时"
        case "日":
            return f"{limit.number}日"
    return f"{limit.number}个{limit.unit}"


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}" + point + rest if whole != "-0" else digits


def rounding(quantum: Fraction, mode: Rounding, kind: Type) -> str:
    """`取整到 1元/月（进位）`."""
    return f"取整到 {amount(quantum, kind)}（{mode.value}）"


_PLAIN = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(人?)")


def _plainly_written(node: ir.Literal) -> str:
    """A number without a unit as it was written, `12` or `2人`, where it was not written as a percentage."""
    # For one member 人 is 1, so that `2人` has no unit either.
    if node.type != RATIO or not (written := _PLAIN.fullmatch(covered(node.span))):
        return ""
    # What nobody wrote has the place of what it stands beside.
    return written[1] + written[2] if Fraction(written[1]) == node.value else ""


def leaf_name(node: ir.Expression, own: str = "") -> str:
    """What a value is called."""
    match node:
        case ir.Literal(value, kind):
            return _plainly_written(node) or amount(value, kind)
        case ir.ReadFact(name) | ir.ReadRule(name):
            return (name.removeprefix(f"{own}·") if own else name).replace("·", "的")
        case ir.Lookup(table, keys):
            # By what it is looked up is said only where the rule says it, not where it is the household's own.
            stated = [leaf_name(key) for key in keys if isinstance(key, ir.Literal)]
            return f"{table}[{'，'.join(stated)}]" if stated else table
    return "…"
