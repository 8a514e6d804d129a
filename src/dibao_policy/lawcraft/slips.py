"""Slips in the text of an expression: one number, comparison, connective or rounding each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.ops import SIGNED
from dibao_policy.core.rebuild import with_children
from dibao_policy.core.types import Day, Number
from dibao_policy.dates import FIRST_DAY, LAST_DAY, ONE_DAY, day_from_number, day_number
from dibao_policy.text import Span, covered
from dibao_policy.units import grain
from dibao_policy.values import Rounding, number_text

Kind = Literal["number", "comparison", "connective", "rounding", "value", "date"]

DIGITS = re.compile(r"[−-]?\s*[0-9]+(\.[0-9]+)?")
_SLIPS: dict[str, tuple[str, ...]] = {
    "less": ("at_most",),
    "at_most": ("less",),
    "greater": ("at_least",),
    "at_least": ("greater",),
    "equal": ("unequal",),
    "unequal": ("equal",),
    "and": ("or",),
    "or": ("and",),
}
_SIGN_OF = {name: sign for sign, name in SIGNED.items()} | {"and": "且", "or": "或"}
_CONNECTED = {"and": ("且", "and"), "or": ("或", "or")}
# What may stand between two conditions and the sign that connects them.
_BLANK = re.compile(r"#[^\n]*|[\s()（）]")
_COMPARED = re.compile(r"[<>≤≥=≠＜＞＝]|在|不|第|between|month")
_ROUNDED = {
    Rounding.UP: Rounding.DOWN,
    Rounding.DOWN: Rounding.UP,
    Rounding.HALF_UP: Rounding.UP,
    Rounding.HALF_EVEN: Rounding.HALF_UP,
}


@frozen
class Slip:
    """What stands at `span` becomes `after`. Two are equal that are the same change of the text."""

    kind: Kind
    before: str
    after: str
    span: Span
    node: ir.Expression = field(eq=False, repr=False)


def slips(node: ir.Expression) -> Iterator[Slip]:
    """Every slip in an expression, in the order of its parts; `node` is what stands at the place then."""
    yield from _slips_at(node)
    for part in ir.children(node):
        yield from slips(part)


def slipped(node: ir.Expression, slip: Slip) -> ir.Expression:
    """The expression with a slip wherever it holds the place of it; the same one where it does not."""
    parts = ir.children(node)
    changed = tuple(slipped(part, slip) for part in parts)
    if any(one is not part for one, part in zip(changed, parts, strict=True)):
        node = with_children(node, changed)
    return next((one.node for one in _slips_at(node) if one == slip), node)


def _slips_at(node: ir.Expression) -> Iterator[Slip]:
    match node:
        case ir.Literal():
            yield from _numbers(node)
        case ir.Operate(operation) if operation in _SLIPS:
            logic = operation in ("and", "or")
            if _is_written(node, logic):
                for other in _SLIPS[operation]:
                    yield Slip(
                        "connective" if logic else "comparison",
                        _SIGN_OF[operation],
                        _SIGN_OF[other],
                        node.span,
                        evolve(node, operation=other),
                    )
        case ir.Round(mode=mode, stated=True):
            other_mode = _ROUNDED[mode]
            yield Slip(
                "rounding", mode.value, other_mode.value, node.span, evolve(node, mode=other_mode)
            )


def _is_written(node: ir.Operate, logic: bool) -> bool:
    """Whether the text has a sign that can be another.

    What is written as a bracket, a month, a list or several requirements was made into operations without one.
    """
    if not logic:
        return bool(_COMPARED.search(covered(node.span)))
    signs = _CONNECTED[node.operation]
    for one, other in pairwise(node.arguments):
        between = _BLANK.sub("", node.span.source.text[one.span.end : other.span.start])
        if between.lower() in signs:
            return True
    return False


def _numbers(node: ir.Literal) -> Iterator[Slip]:
    text = covered(node.span)
    written = DIGITS.match(text)
    match node.type:
        case Day() if written:
            day = day_from_number(int(node.value))
            for other in (day - ONE_DAY, day + ONE_DAY):
                if FIRST_DAY <= other <= LAST_DAY:
                    yield Slip(
                        "date", str(day), str(other), node.span,
                        evolve(node, value=day_number(other)),
                    )  # fmt: skip
        # A nought that nobody wrote has the place of what it stands beside.
        case Number(unit) if written and bool(_number(written)) == bool(node.value):
            assert isinstance(node.value, Fraction)
            step = grain(unit)
            if not unit.powers:
                # A coefficient slips by its last digit.
                step = Fraction(1, 10 ** max(len(written[1] or ".") - 1, 0))
                step /= 100 if "%" in text or "％" in text else 1
            for other_number in (node.value - step, node.value + step):
                yield Slip(
                    "number",
                    text,
                    _rewritten(text, written, node, other_number),
                    node.span,
                    evolve(node, value=other_number),
                )


def _number(written: re.Match[str]) -> Fraction:
    return Fraction("".join(written[0].replace("−", "-").split()))


def _rewritten(text: str, written: re.Match[str], node: ir.Literal, other: Fraction) -> str:
    """The text of a number with another number in it, in the unit in which it is written."""
    assert isinstance(node.value, Fraction)
    number = _number(written)
    if not number:
        return shown(other, node.type)
    return number_text(other * number / node.value) + text[written.end() :]
