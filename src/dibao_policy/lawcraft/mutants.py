"""Small slips that a hand could make in a policy: one number, comparison, rounding or date each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.ops import SIGNED
from dibao_policy.core.program import Lowered
from dibao_policy.core.tables import table_of
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.dates import (
    FIRST_DAY,
    LAST_DAY,
    ONE_DAY,
    Period,
    contains,
    day_from_number,
    day_number,
)
from dibao_policy.model.scheme import RuleVersion
from dibao_policy.parameters.series import Cell, Entry
from dibao_policy.text import Span, covered
from dibao_policy.units import grain
from dibao_policy.values import Rounding, number_text

Kind = Literal["number", "comparison", "connective", "rounding", "value", "date"]


@frozen
class Mutant:
    """A slip in the rules or values that one layer wrote: what stands at `span` becomes `after`."""

    kind: Kind
    name: str
    before: str
    after: str
    span: Span


@frozen
class RuleMutant(Mutant):
    """Another expression of a rule, on the days of one of its versions."""

    version: RuleVersion
    expression: ir.Expression


@frozen
class ValueMutant(Mutant):
    """Another number of a parameter, on the days of one entry."""

    entry: Entry
    table: ir.Table


@frozen
class DateMutant(Mutant):
    """A change that comes a day sooner or later: on `day`, what holds is what did or does on `other`."""

    parameter: bool
    day: datetime.date
    other: datetime.date


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
_COMPARED = re.compile(r"[<>≤≥=≠＜＞＝]|在|不|第|between|month")
_DIGITS = re.compile(r"[−-]?\s*[0-9]+(\.[0-9]+)?")
_ROUNDED = {
    Rounding.UP: Rounding.DOWN,
    Rounding.DOWN: Rounding.UP,
    Rounding.HALF_UP: Rounding.UP,
    Rounding.HALF_EVEN: Rounding.HALF_UP,
}


def mutants(lowered: Lowered, layer: str) -> Iterator[Mutant]:
    """Every slip in what a layer wrote, in the order of writing within each rule and series."""
    for version, rules in lowered.versions:
        if version.layer == layer:
            for rule in rules:
                for slip in _slips(rule.expression):
                    yield RuleMutant(
                        kind=slip.kind,
                        name=rule.name,
                        before=slip.before,
                        after=slip.after,
                        span=slip.span,
                        version=version,
                        expression=slip.node,
                    )
    yield from _values(lowered, layer)
    yield from _dates(lowered, layer)


# ── in an expression ──────────────────────────────────────────────────────


@frozen
class _Slip:
    """An expression with one slip in it."""

    kind: Kind
    before: str
    after: str
    span: Span
    node: ir.Expression


def _slips(node: ir.Expression) -> Iterator[_Slip]:
    match node:
        case ir.Literal():
            yield from _numbers(node)
        case ir.Operate(operation) if operation in _SLIPS:
            logic = operation in ("and", "or")
            # What is written as a bracket or a month was made into a comparison that has no sign of its own.
            if logic or _COMPARED.search(covered(node.span)):
                for other in _SLIPS[operation]:
                    yield _Slip(
                        "connective" if logic else "comparison",
                        _SIGN_OF[operation],
                        _SIGN_OF[other],
                        node.span,
                        evolve(node, operation=other),
                    )
        case ir.Round(mode=mode, stated=True):
            other_mode = _ROUNDED[mode]
            yield _Slip(
                "rounding", mode.value, other_mode.value, node.span, evolve(node, mode=other_mode)
            )
    parts = ir.children(node)
    for place, part in enumerate(parts):
        for slip in _slips(part):
            whole = ir.with_children(node, (*parts[:place], slip.node, *parts[place + 1 :]))
            yield evolve(slip, node=whole)


def _numbers(node: ir.Literal) -> Iterator[_Slip]:
    text = covered(node.span)
    written = _DIGITS.match(text)
    match node.type:
        case Day() if written:
            day = day_from_number(int(node.value))
            for other in (day - ONE_DAY, day + ONE_DAY):
                if FIRST_DAY <= other <= LAST_DAY:
                    yield _Slip(
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
                yield _Slip(
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


# ── in the values ─────────────────────────────────────────────────────────


def _values(lowered: Lowered, layer: str) -> Iterator[Mutant]:
    """Each dated value a smallest step lower and higher; money by one fen."""
    for name, parameter in lowered.scheme.parameters.items():
        known = lowered.parameters.get(name)
        if parameter.series is None or known is None or parameter.series_layer != layer:
            continue
        assert isinstance(known.type, Number)
        for entry in parameter.series.entries:
            table = table_of(parameter, known, entry)
            for cell, place in cells_of(entry, table):
                for sign in (-1, 1):
                    step = sign * _step(cell, known.type)
                    values = list(table.values)
                    values[place] += step
                    where = f"[{', '.join(cell.key)}]" if cell.key else ""
                    yield ValueMutant(
                        kind="value",
                        name=f"{name}{where} {entry.since}",
                        before=shown(table.values[place], known.type),
                        after=shown(values[place], known.type),
                        span=cell.span,
                        entry=entry,
                        table=evolve(table, values=tuple(values)),
                    )


def _step(cell: Cell, kind: Number) -> Fraction:
    if kind.unit.powers:
        return grain(kind.unit)
    digits = _DIGITS.search(covered(cell.span))
    point = (digits[1] or ".") if digits else "."
    return Fraction(1, 10 ** (len(point) - 1)) / (100 if cell.is_percent else 1)


def cells_of(entry: Entry, table: ir.Table) -> Iterator[tuple[Cell, int]]:
    """The cells of an entry with their places among the values of its table."""
    for cell in entry.cells:
        place = 0
        for key, kind in zip(cell.key, table.keys, strict=True):
            assert isinstance(kind, Enumerated)
            forms = kind.members
            place = place * len(forms) + next(i for i, pair in enumerate(forms) if key in pair)
        yield cell, place


# ── in the dates ──────────────────────────────────────────────────────────


def _dates(lowered: Lowered, layer: str) -> Iterator[Mutant]:
    """Each day on which a rule or a value changes, a day sooner and a day later.

    Where only the article or the words are others from that day on, the result is the same on any day.
    """
    of: dict[str, list[tuple[Period, tuple[ir.Rule, ...]]]] = {}
    for version, rules in lowered.versions:
        of.setdefault(version.node.name.text, []).append((version.period, rules))
    first = lowered.scheme.period.since
    for name, versions in lowered.scheme.rules.items():
        own = [version for version in versions if version.layer == layer]
        changes = [(version.period.since, version) for version in own]
        changes += [
            (version.period.until + ONE_DAY, version)
            for version in own
            if version.period.until and version.period.until < LAST_DAY
        ]
        seen: set[datetime.date | None] = {None, first}
        for day, version in changes:
            if day is not None and day not in seen and not _is_same(of.get(name, ()), day):
                yield from _moved(name, version.node.name.span, day, parameter=False)
            seen.add(day)
    for name, parameter in lowered.scheme.parameters.items():
        if parameter.series is not None and parameter.series_layer == layer:
            for place, entry in enumerate(parameter.series.entries):
                # That nothing is known the day before the first one is no slip.
                before = parameter.series.entries[place - 1]
                same = [(one.key, one.number) for one in before.cells] == [
                    (one.key, one.number) for one in entry.cells
                ]
                if place and entry.since != first and not same:
                    yield from _moved(name, entry.span, entry.since, parameter=True)


def _is_same(versions: Sequence[tuple[Period, tuple[ir.Rule, ...]]], day: datetime.date) -> bool:
    """Whether what holds on a day computes the same as what held the day before."""
    held = [
        [(rule.name, rule.expression) for rule in rules]
        for at in (day - ONE_DAY, day)
        for period, rules in versions
        if contains(period, at)
    ]
    return len(held) == 2 and held[0] == held[1]


def _moved(name: str, span: Span, day: datetime.date, parameter: bool) -> Iterator[Mutant]:
    before = day - ONE_DAY
    for at, other, after in ((day, before, day + ONE_DAY), (before, day, before)):
        yield DateMutant(
            kind="date",
            name=name,
            before=str(day),
            after=str(after),
            span=span,
            parameter=parameter,
            day=at,
            other=other,
        )
