"""Types of values: numbers with a unit, 是否, dates, enumerations."""

from __future__ import annotations

from attrs import frozen

from dibao_policy.syntax.tree import Scope
from dibao_policy.units import NO_UNIT, Unit, unit_text, without_person


@frozen
class Number:
    """An exact number of a unit; 比例 has none."""

    unit: Unit


@frozen
class YesNo:
    """是 or 否."""


@frozen
class Day:
    """A day of the calendar, as the integer YYYYMMDD."""


@frozen
class Enumerated:
    """One of a closed list, as its place in the list from 0; each member under both its names.

    `ordered` where the list is declared to run from the lowest to the highest.
    """

    name: str
    members: tuple[tuple[str, str], ...]
    ordered: bool = False


@frozen
class Unknown:
    """The type of what could not be understood: it agrees with every other."""


Type = Number | YesNo | Day | Enumerated | Unknown

RATIO = Number(NO_UNIT)


def type_text(kind: Type) -> str:
    """A type as the language writes it."""
    match kind:
        case Number(unit):
            return unit_text(unit)
        case YesNo():
            return "是否"
        case Day():
            return "日期"
        case Enumerated(name):
            return name
        case Unknown():
            return "?"


def seen_from(kind: Type, scope: Scope) -> Type:
    """A type as a rule of this scope sees it: one member is one person, so 人 is 1."""
    if scope == "member" and isinstance(kind, Number):
        return Number(without_person(kind.unit))
    return kind


def agree(first: Type, second: Type) -> bool:
    """Whether two values may be compared or added."""
    return first == second or isinstance(first, Unknown) or isinstance(second, Unknown)
