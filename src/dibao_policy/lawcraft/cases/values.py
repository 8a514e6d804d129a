"""An expected value as it is written, to the raw value of a result's type; and back, in the same manner."""

from __future__ import annotations

import re
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_number, read_date
from dibao_policy.lawcraft.cases.case import Written
from dibao_policy.parameters.amounts import half_width, likely_number, read_amount
from dibao_policy.units import NO_UNIT, is_money, read_unit, shown_scale, unit_text
from dibao_policy.values import number_text

_YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}
_OPPOSITE = {"是": "否", "否": "是", "yes": "no", "no": "yes", "true": "false", "false": "true"}
_QUOTIENT = re.compile(r"([^÷]+)÷ *([1-9][0-9]{0,8})(.*)")


def raw_value(text: str, kind: Type) -> ir.Value | None:
    """What a text means as a value of a type, in smallest units; None where it means none."""
    match kind:
        case Number():
            return _number(text, kind)
        case YesNo():
            return _YES_NO.get(text)
        case Day():
            day = read_date(half_width(text))
            return None if day is None else day_number(day)
        case Enumerated(_, members):
            return next((place for place, forms in enumerate(members) if text in forms), None)
    return None


def _number(text: str, kind: Number) -> Fraction | None:
    """`320`, `320元/月`, `35%`, or a number without an end as `1000÷3元`."""
    divisor = 1
    if quotient := _QUOTIENT.fullmatch(text):
        text, divisor = quotient[1] + quotient[3], int(quotient[2])
    amount = read_amount(text)
    if amount is None or (amount.is_percent and kind.unit != NO_UNIT):
        return None
    scale: int | Fraction = shown_scale(kind.unit)
    if amount.unit_text:
        unit = read_unit(amount.unit_text)
        if unit is None or unit[0] != kind.unit:
            return None
        scale = unit[1]
    return amount.number * scale / divisor


def wanted(kind: Type) -> tuple[str, str]:
    """What a value of a type looks like, in both tongues."""
    match kind:
        case Number(unit):
            return f"以 {unit_text(unit)} 计的数", f"a number in {unit_text(unit)}"
        case YesNo():
            return "`是` 或 `否`", "`是` or `否`"
        case Enumerated(_, members):
            names = [f"`{name}`" for name, _ in members]
            return "、".join(names) + " 之一", "one of " + ", ".join(names)
    return "日期 YYYY-MM-DD", "a date YYYY-MM-DD"


def likely(text: str, kind: Type) -> str:
    """What was probably meant by a number that has another unit or another notation."""
    if not isinstance(kind, Number):
        return ""
    amount = read_amount(text)
    if amount is None:
        return likely_number(text)
    if amount.is_percent:
        return ""
    return number_text(amount.number) + unit_text(kind.unit)


def in_the_manner_of(written: Written, value: ir.Value, kind: Type) -> str:
    """A value as a file would state it where `written` stands: the same tongue, with or without its unit."""
    match kind:
        case Number(unit) if isinstance(value, Fraction):
            amount = read_amount(written.text)
            if amount is not None and amount.is_percent:
                return number_text(value * 100) + "%"
            behind = amount.unit_text if amount is not None else ""
            scale = read_unit(behind)[1] if behind else shown_scale(unit)  # type: ignore[index]
            number = value / scale
            # As many decimals as were written, and two where there are jiao or fen.
            places = len(written.text.removesuffix(behind).strip().partition(".")[2])
            if number.denominator != 1 and is_money(unit):
                places = max(places, 2)
            return number_text(number, places).replace("/", "÷") + behind
        case YesNo():
            if _YES_NO.get(written.text) == bool(value):
                return written.text
            return _OPPOSITE.get(written.text, "是" if value else "否")
        case Enumerated(_, members):
            chinese, english = members[int(value)]
            return english if english and written.text.isascii() else chinese
    return value_text(value, kind)
