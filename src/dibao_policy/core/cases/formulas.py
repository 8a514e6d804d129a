"""Conditions over leaves: what a household brings, and what follows from it in a known way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from attrs import frozen

from dibao_policy.core.types import Type
from dibao_policy.values import Rounding

# ── leaves ────────────────────────────────────────────────────────────────


@frozen
class Given:
    """A fact: of the household (`who` is None), of the member at hand (0) or of another one."""

    name: str
    who: int | None


@frozen
class Size:
    """How many members there are."""


@frozen
class Today:
    """The day of the decision."""


@frozen
class Age:
    """The full years from one day to another; a day is a leaf or known."""

    birth: Leaf | int
    day: Leaf | int


@frozen
class Months:
    """The whole months from one day to another; a day is a leaf or known."""

    earlier: Leaf | int
    later: Leaf | int


PartName = Literal["year", "month", "day"]


@frozen
class DayPart:
    """The year of a day, the month of its year or the day of its month."""

    part: PartName
    day: Leaf


@frozen
class Rounded:
    """A sum of leaves, brought to a multiple of `quantum`."""

    terms: tuple[tuple[Leaf, Fraction], ...]
    constant: Fraction
    quantum: Fraction
    mode: Rounding


@frozen
class Counted:
    """How many members meet a condition, of all or (`others`) of those that are not at hand: at most so many."""

    size: Leaf
    others: bool


@frozen
class Place:
    """The place of a member among the members."""


@frozen
class Opaque:
    """A value that is not looked into: it is taken for anything within its bounds."""


Source = Given | Size | Today | Age | Months | DayPart | Rounded | Counted | Place | Opaque


@frozen(eq=False)
class Leaf:
    """A value that conditions rest on: a number in smallest units, a day as YYYYMMDD, a place in an enumeration.

    Values are multiples of `grain`, or any number between the bounds where that is None.
    `opaque` says that not every value between the bounds is known to occur.
    A day of birth is not after the day of the decision (`until`).
    """

    place: int
    source: Source
    type: Type
    low: Fraction
    high: Fraction
    grain: Fraction | None
    opaque: bool
    until: Leaf | None = None


@frozen(eq=False)
class Form:
    """A sum of leaves, or one leaf over another that is above zero; conditions compare it with constants."""

    top: tuple[tuple[Leaf, Fraction], ...]
    bottom: Leaf | None
    low: Fraction
    high: Fraction
    step: Fraction | None


# ── formulas ──────────────────────────────────────────────────────────────

Relation = Literal["<", "≤", "="]

Edge = tuple[int | Fraction, bool]
"""Where values begin: at a number or (True) right after it; for a form that goes by steps, at a step."""


@frozen(eq=False)
class Compared:
    """A form against a constant; `edges` are the places at which the answer changes."""

    form: Form
    relation: Relation
    value: Fraction
    edges: tuple[Edge, ...]


@frozen(eq=False)
class OneOf:
    """A leaf with a few values is one of them: bit k of `members` stands for the value k."""

    leaf: Leaf
    members: int


@frozen(eq=False)
class Every:
    """All parts hold."""

    parts: tuple[Formula, ...]
    depth: int


@frozen(eq=False)
class Some:
    """At least one part holds."""

    parts: tuple[Formula, ...]
    depth: int


@frozen(eq=False)
class Opposite:
    """The part does not hold."""

    part: Formula
    depth: int


Formula = bool | Compared | OneOf | Every | Some | Opposite


def every(parts: Iterable[Formula]) -> Formula:
    """Whether all parts hold, as far as that is plain."""
    kept: list[Formula] = []
    choices: dict[int, OneOf] = {}
    for part in parts:
        for one in part.parts if isinstance(part, Every) else (part,):
            match one:
                case False:
                    return False
                case OneOf(leaf, members):
                    before = choices.get(leaf.place)
                    both = members & before.members if before else members
                    if not both:
                        return False
                    choices[leaf.place] = OneOf(leaf, both)
                case _ if one is not True:
                    kept.append(one)
    together = (*choices.values(), *kept)
    if not together:
        return True
    return together[0] if len(together) == 1 else Every(together, _deeper(together))


def some(parts: Iterable[Formula]) -> Formula:
    """Whether at least one part holds, as far as that is plain."""
    kept: list[Formula] = []
    choices: dict[int, OneOf] = {}
    for part in parts:
        for one in part.parts if isinstance(part, Some) else (part,):
            match one:
                case True:
                    return True
                case OneOf(leaf, members):
                    before = choices.get(leaf.place)
                    either = members | before.members if before else members
                    if either == _whole(leaf):
                        return True
                    choices[leaf.place] = OneOf(leaf, either)
                case _ if one is not False:
                    kept.append(one)
    together = (*choices.values(), *kept)
    if not together:
        return False
    return together[0] if len(together) == 1 else Some(together, _deeper(together))


def opposite(part: Formula) -> Formula:
    """Whether a part does not hold."""
    match part:
        case bool():
            return not part
        case OneOf(leaf, members):
            return OneOf(leaf, _whole(leaf) & ~members)
        case Opposite(inner):
            return inner
    return Opposite(part, _deeper((part,)))


def depth(formula: Formula) -> int:
    """How many levels of 且, 或 and 非 a formula has."""
    return 0 if isinstance(formula, (bool, Compared, OneOf)) else formula.depth


def _deeper(parts: Iterable[Formula]) -> int:
    return 1 + max(map(depth, parts))


def one_of(leaf: Leaf, members: int) -> Formula:
    """Whether a leaf is one of some values."""
    whole = _whole(leaf)
    if not members & whole:
        return False
    return True if members & whole == whole else OneOf(leaf, members & whole)


def _whole(leaf: Leaf) -> int:
    return (2 << int(leaf.high)) - 1


def atoms(formulas: Iterable[Formula]) -> Iterator[Compared | OneOf]:
    """The comparisons that formulas are made of, each once."""
    seen: set[int] = set()
    left = list(formulas)
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        match one:
            case Every(parts) | Some(parts):
                left += reversed(parts)
            case Opposite(part):
                left.append(part)
            case Compared() | OneOf():
                yield one
