"""All combinations of cells at once: a set of regions is one integer, a bit for each region."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from attrs import define, field

from dibao_policy.core.cases.cells import Cells, Subject, cut, holds_in
from dibao_policy.core.cases.formulas import (
    Compared,
    Every,
    Form,
    Formula,
    OneOf,
    Opposite,
    Some,
    atoms,
    every,
    opposite,
    some,
)
from dibao_policy.core.cases.linear import Effort

REGION_LIMIT = 1 << 18
PART_LIMIT = 400


@define(eq=False)
class Regions:
    """The regions of some formulas, within cells of other subjects that are settled (`fixed`).

    Region r lies in cell `r // strides[k] % cells[k].count` of subject k.
    `empty` are regions that were found to hold no household.
    """

    formulas: tuple[Formula, ...]
    cells: tuple[Cells, ...]
    fixed: tuple[tuple[Cells, int], ...]
    strides: tuple[int, ...] = field(init=False)
    size: int = field(init=False)
    full: int = field(init=False)
    places: dict[Subject, int] = field(init=False)
    masks: dict[int, int] = field(factory=dict)
    drawn: dict[tuple[int, int], int] = field(factory=dict)
    empty: int = 0

    def __attrs_post_init__(self) -> None:
        """Lay the regions out."""
        strides: list[int] = []
        size = 1
        for one in self.cells:
            strides.append(size)
            size *= one.count
        self.strides, self.size, self.full = tuple(strides), size, (1 << size) - 1
        self.places = {one.subject: place for place, one in enumerate(self.cells)}


def regions_of(formulas: Sequence[Formula], effort: Effort) -> tuple[Regions, ...] | None:
    """The regions of formulas, in as many parts as they need, or None where that would be too many.

    `effort` is how many more conditions may be gone through to tell the parts apart.
    """
    parts: list[Regions] = []
    left: list[tuple[tuple[Formula, ...], tuple[tuple[Cells, int], ...]]] = [(tuple(formulas), ())]
    while left:
        some_formulas, fixed = left.pop()
        cells = tuple(cut(atoms(some_formulas)).values())
        if math.prod(one.count for one in cells) <= REGION_LIMIT:
            parts.append(Regions(some_formulas, cells, fixed))
        elif len(left) + len(parts) > PART_LIMIT:
            return None
        else:
            widest = max(cells, key=_worth_splitting)
            if is_opaque(widest.subject):
                return None
            for at in reversed(range(widest.count)):
                if effort.left < 0:
                    return None
                known: dict[int, Formula] = {}
                within = tuple(_within(one, widest, at, known, effort) for one in some_formulas)
                left.append((within, (*fixed, (widest, at))))
    return tuple(parts)


def is_opaque(subject: Subject) -> bool:
    """Whether not every cell of a subject is known to occur."""
    if isinstance(subject, Form):
        return any(leaf.opaque for leaf, _ in subject.top) or (
            subject.bottom is not None and subject.bottom.opaque
        )
    return subject.opaque


def _worth_splitting(cells: Cells) -> tuple[bool, bool, int]:
    """A choice of several first: what is looked up by it becomes plain."""
    subject = cells.subject
    return not is_opaque(subject), not isinstance(subject, Form), cells.count


def _within(
    formula: Formula, cells: Cells, at: int, known: dict[int, Formula], effort: Effort
) -> Formula:
    """A formula where one subject lies in one cell."""
    effort.left -= 1
    found = known.get(id(formula))
    if found is not None:
        return found
    match formula:
        case OneOf(subject, members) if subject is cells.subject:
            found = bool(cells.sets[at] & members)
        case Compared(subject) if subject is cells.subject:
            found = bool(holds_in(cells, formula) >> at & 1)
        case Every(parts):
            found = every(_within(one, cells, at, known, effort) for one in parts)
        case Some(parts):
            found = some(_within(one, cells, at, known, effort) for one in parts)
        case Opposite(part):
            found = opposite(_within(part, cells, at, known, effort))
        case _:
            found = formula
    known[id(formula)] = found
    return found


# ── sets of regions ───────────────────────────────────────────────────────


def mask(regions: Regions, formula: Formula) -> int:
    """The regions in which a formula holds."""
    if isinstance(formula, bool):
        return regions.full if formula else 0
    found = regions.masks.get(id(formula))
    if found is None:
        match formula:
            case Every(parts):
                found = regions.full
                for part in parts:
                    found &= mask(regions, part)
            case Some(parts):
                found = 0
                for part in parts:
                    found |= mask(regions, part)
            case Opposite(part):
                found = regions.full ^ mask(regions, part)
            case Compared(subject) | OneOf(subject):
                place = regions.places[subject]
                found = in_cells(regions, place, holds_in(regions.cells[place], formula))
        regions.masks[id(formula)] = found
    return found


def in_cells(regions: Regions, place: int, cells: int) -> int:
    """The regions that lie in one of some cells (as bits) of a subject."""
    found = regions.drawn.get((place, cells))
    if found is None:
        found = regions.drawn[place, cells] = _drawn(regions, place, cells)
    return found


def _drawn(regions: Regions, place: int, cells: int) -> int:
    stride, count = regions.strides[place], regions.cells[place].count
    if cells == (1 << count) - 1:
        return regions.full
    ones = (1 << stride) - 1
    block = 0
    for at in range(count):
        if cells >> at & 1:
            block |= ones << at * stride
    return _repeated(block, stride * count, regions.size)


def _repeated(block: int, width: int, size: int) -> int:
    """A block of bits again and again."""
    while width < size:
        block |= block << width
        width *= 2
    return block & ((1 << size) - 1)


def whatever(regions: Regions, chosen: int, place: int) -> int:
    """The regions that are in the set whichever cell of one subject they lie in."""
    stride, count = regions.strides[place], regions.cells[place].count
    kept = chosen & in_cells(regions, place, 1)
    for at in range(1, count):
        kept &= chosen >> at * stride
    spread = kept
    for at in range(1, count):
        spread |= kept << at * stride
    return spread


def first(chosen: int) -> int:
    """The first region of a set that is not empty."""
    return (chosen & -chosen).bit_length() - 1


def cell_of(regions: Regions, region: int, place: int) -> int:
    """The cell of a subject in which a region lies."""
    return region // regions.strides[place] % regions.cells[place].count


def around(regions: Regions, region: int, places: Sequence[int]) -> int:
    """The regions that share a region's cells of some subjects."""
    found = regions.full
    for place in places:
        found &= in_cells(regions, place, 1 << cell_of(regions, region, place))
    return found


def settled(regions: Regions, region: int) -> Iterator[tuple[Cells, int]]:
    """Every subject with the cell in which a region lies."""
    yield from regions.fixed
    for place, cells in enumerate(regions.cells):
        yield cells, cell_of(regions, region, place)
