"""A household in a set of regions: found, excluded, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core.cases.cells import Cells, interval
from dibao_policy.core.cases.formulas import Form, Leaf, Today
from dibao_policy.core.cases.linear import Effort, plainest
from dibao_policy.core.cases.regions import (
    Regions,
    around,
    cell_of,
    first,
    is_opaque,
    settled,
    whatever,
)
from dibao_policy.core.cases.theory import (
    Answer,
    Component,
    components,
    solve_component,
)
from dibao_policy.core.cases.world import World
from dibao_policy.core.types import Day


@frozen(eq=False)
class Found:
    """Values of leaves for which a question is answered with yes, whatever all others are.

    `relevant` are the leaves on which the answer rests.
    """

    world: World = field(repr=False)
    values: Mapping[Leaf, Fraction]
    relevant: frozenset[Leaf]


Verdict = Found | Literal["none", "possible", "undecided"]
"""`possible`: not excluded, but it rests on values that were not looked into."""


@define(eq=False)
class Solver:
    """Regions, and what is known about the numbers in them."""

    world: World
    regions: Regions
    effort: Effort
    subjects: tuple[Cells, ...] = field(init=False)
    opaque: tuple[int, ...] = field(init=False)
    firm: tuple[Component, ...] = field(init=False)
    loose: tuple[Component, ...] = field(init=False)
    answers: dict[tuple[tuple[int, int], ...], Answer] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Group the subjects; those that are settled come after those of the regions."""
        regions = self.regions
        self.subjects = (*regions.cells, *(cells for cells, _ in regions.fixed))
        self.opaque = tuple(
            place for place, cells in enumerate(regions.cells) if is_opaque(cells.subject)
        )
        self.firm = components(self.subjects, without=self.opaque)
        self.loose = components(self.subjects) if self.opaque else self.firm


def is_empty(solver: Solver, chosen: int) -> bool | Literal["undecided"]:
    """Whether it is proved that no household lies in any of the chosen regions, or not so."""
    if not chosen & ~solver.regions.empty:
        return True
    region, undecided = _feasible(solver, chosen, solver.loose)
    return "undecided" if region is None and undecided else region is None


def find(solver: Solver, chosen: int) -> Verdict:
    """A household in one of the chosen regions."""
    regions = solver.regions
    chosen &= ~regions.empty
    if not chosen:
        return "none"
    sure = chosen | regions.empty
    for place in solver.opaque:
        sure = whatever(regions, sure, place)
    region, undecided = _feasible(solver, sure & chosen, solver.firm)
    if region is not None:
        return _found(solver, region, chosen | regions.empty)
    if solver.opaque:
        region, undecided = _feasible(solver, chosen, solver.loose)
        if region is not None:
            return "possible"
    return "undecided" if undecided else "none"


def _feasible(
    solver: Solver, candidates: int, parts: tuple[Component, ...]
) -> tuple[int | None, bool]:
    """A candidate in which all numbers go together, and whether any was left undecided."""
    regions = solver.regions
    heavy = [part for part in parts if not part.light]
    candidates &= ~regions.empty
    undecided = False
    while candidates:
        if solver.effort.left < 0:
            return None, True
        region = first(candidates)
        for part in heavy:
            answer = _answer(solver, region, part.places)
            if answer == "none":
                clash = _clash(solver, region, part.places)
                alike = around(regions, region, _inside(solver, clash))
                regions.empty |= alike
                candidates &= ~alike
                break
            if answer == "undecided":
                candidates &= ~around(regions, region, _inside(solver, part.places))
                undecided = True
                break
        else:
            return region, undecided
    return None, undecided


def _clash(solver: Solver, region: int, places: tuple[int, ...]) -> tuple[int, ...]:
    """Of forms whose cells do not go together, some whose cells do not either, and without any of them would."""
    kept = places
    for place in places:
        fewer = tuple(one for one in kept if one != place)
        if fewer and _answer(solver, region, fewer) == "none":
            kept = fewer
    return kept


def _inside(solver: Solver, places: tuple[int, ...]) -> list[int]:
    """The subjects that are not settled."""
    return [place for place in places if place < len(solver.regions.cells)]


def _cell(solver: Solver, region: int, place: int) -> int:
    regions = solver.regions
    inside = len(regions.cells)
    return cell_of(regions, region, place) if place < inside else regions.fixed[place - inside][1]


def _answer(solver: Solver, region: int, places: tuple[int, ...]) -> Answer:
    """Values of the leaves of some forms, each form in the cell in which a region lies."""
    key = tuple((place, _cell(solver, region, place)) for place in places)
    answer = solver.answers.get(key)
    if answer is None:
        forms = [
            (cells.subject, interval(cells, at))
            for cells, at in ((solver.subjects[place], at) for place, at in key)
            if isinstance(cells.subject, Form)
        ]
        answer = solve_component(forms, solver.effort)
        if answer != "undecided":
            solver.answers[key] = answer
    return answer


# ── a household ───────────────────────────────────────────────────────────


def _found(solver: Solver, region: int, yes: int) -> Found:
    values: dict[Leaf, Fraction] = {}
    for part in solver.firm:
        if part.light:
            (place,) = part.places
            cells = solver.subjects[place]
            assert isinstance(cells.subject, Form)
            values[cells.subject.top[0][0]] = _plain(cells, _cell(solver, region, place))
        else:
            answer = _answer(solver, region, part.places)
            assert not isinstance(answer, str)
            values.update(answer)
    for cells, at in settled(solver.regions, region):
        if isinstance(cells.subject, Leaf) and not cells.subject.opaque:
            values[cells.subject] = Fraction((cells.sets[at] & -cells.sets[at]).bit_length() - 1)
    kept = [cells for cells, _ in solver.regions.fixed]
    kept += [solver.regions.cells[place] for place in _needed(solver, region, yes)]
    relevant = frozenset(leaf for cells in kept for leaf in _leaves(cells))
    return Found(solver.world, values, relevant)


def _leaves(cells: Cells) -> Iterable[Leaf]:
    subject = cells.subject
    if isinstance(subject, Leaf):
        return (subject,)
    below = () if subject.bottom is None else (subject.bottom,)
    return (*(leaf for leaf, _ in subject.top), *below)


def _needed(solver: Solver, region: int, yes: int) -> list[int]:
    """The subjects on whose cells the answer rests: without any of them it could be another."""
    regions = solver.regions
    kept = [place for place in range(len(regions.cells)) if place not in solver.opaque]
    for place in tuple(kept):
        fewer = [one for one in kept if one != place]
        if not around(regions, region, fewer) & ~yes:
            kept = fewer
    return kept


def _plain(cells: Cells, at: int) -> Fraction:
    """The plainest value in a cell of one leaf."""
    assert isinstance(cells.subject, Form)
    leaf = cells.subject.top[0][0]
    cell = interval(cells, at)
    if isinstance(leaf.source, Today):
        return cell.low
    if isinstance(leaf.type, Day):
        year = plainest(int(cell.low) // 10_000, int(cell.high) // 10_000)
        return max(cell.low, min(cell.high, Fraction(year * 10_000 + 101)))
    assert leaf.grain is not None
    return plainest(int(cell.low / leaf.grain), int(cell.high / leaf.grain)) * leaf.grain
