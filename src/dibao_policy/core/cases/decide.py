"""The questions about one list of cases, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.cases.cells import interval
from dibao_policy.core.cases.expand import prepare, truth
from dibao_policy.core.cases.formulas import Counted, Form, Formula, Size
from dibao_policy.core.cases.linear import Effort
from dibao_policy.core.cases.lists import COMPLETE, DISJOINT, ORDERED, CaseList
from dibao_policy.core.cases.pieces import Who
from dibao_policy.core.cases.regions import mask, regions_of
from dibao_policy.core.cases.search import Found, Solver, Verdict, find, is_empty
from dibao_policy.core.cases.world import Setting, World
from dibao_policy.core.integers import MEMBER_LIMIT, IntegerProgram

SETTING_LIMIT = 8
OPEN_LIMIT = 40
"""How many open questions of a list are asked again of households of given make-ups."""

EFFORT, EFFORT_EACH = 80_000, 12_000
"""How much solving is put into a list, and at most into one question about one kind of household."""

Question = Callable[[Sequence[int]], int]
"""The regions in which it is to be answered with yes, from those of the block's condition and of each case."""


@frozen
class Findings:
    """What was found about a list of cases. Cases are named by their places in the list.

    `gap` is a household for which no case holds; `overlaps` are pairs with a household for which both hold;
    `impossible` never hold; `unreached` hold only where one of some earlier cases does, which are given with them.
    """

    gap: Verdict = "none"
    overlaps: tuple[tuple[int, int, Verdict], ...] = ()
    impossible: tuple[int, ...] = ()
    unreached: tuple[tuple[int, tuple[int, ...]], ...] = ()
    rest_unreached: bool = False


@define(eq=False)
class Worlds:
    """A program as it is known in general, and for households of each make-up that was asked for."""

    integers: IntegerProgram
    known: dict[tuple[Setting | None, bool], World] = field(factory=dict)


@frozen(eq=False)
class _Frame:
    """A list of cases in one world: its regions in parts, each with the masks of the condition and the cases."""

    parts: tuple[tuple[Solver, tuple[int, ...]], ...] | None


@define(eq=False)
class _Inquiry:
    worlds: Worlds
    cases: CaseList
    general: _Frame
    effort: Effort
    settings: dict[Setting, _Frame] = field(factory=dict)
    left: int = EFFORT
    open: int = 0


def decide(worlds: Worlds, cases: CaseList) -> Findings:
    """Answer every question that the mode of a list asks."""
    effort = Effort(0)
    general = _frame(_world(worlds, cases, None), cases, effort)
    inquiry = _Inquiry(worlds, cases, general, effort)
    count = len(cases.cases)
    gap: Verdict = "none"
    if cases.mode in COMPLETE and cases.rest is None:
        gap = _settled(inquiry, _no_case)
    overlaps: list[tuple[int, int, Verdict]] = []
    if cases.mode in DISJOINT:
        for later in range(count):
            overlaps += _first_overlap(inquiry, later)
    impossible = tuple(place for place in range(count) if _is_excluded(inquiry, _holds(place)))
    unreached: list[tuple[int, tuple[int, ...]]] = []
    if cases.mode in ORDERED:
        for place in range(count):
            if place not in impossible and _is_excluded(inquiry, _comes_first(place)):
                before = [
                    one for one in range(place) if not _is_excluded(inquiry, _both(one, place))
                ]
                unreached.append((place, tuple(before)))
    rest_unreached = cases.rest is not None and _is_excluded(inquiry, _no_case)
    return Findings(gap, tuple(overlaps), impossible, tuple(unreached), rest_unreached)


def _first_overlap(inquiry: _Inquiry, later: int) -> list[tuple[int, int, Verdict]]:
    """The first earlier case that can hold together with one, after those for which that is undecided."""
    found: list[tuple[int, int, Verdict]] = []
    for earlier in range(later):
        verdict = _settled(inquiry, _both(earlier, later))
        if isinstance(verdict, Found):
            return [(earlier, later, verdict)]
        if verdict != "none":
            found.append((earlier, later, verdict))
    return found


# ── questions ─────────────────────────────────────────────────────────────


def _no_case(masks: Sequence[int]) -> int:
    left = masks[0]
    for one in masks[1:]:
        left &= ~one
    return left


def _holds(place: int) -> Question:
    return lambda masks: masks[0] & masks[place + 1]


def _both(first: int, second: int) -> Question:
    return lambda masks: masks[0] & masks[first + 1] & masks[second + 1]


def _comes_first(place: int) -> Question:
    return lambda masks: _no_case(masks[: place + 1]) & masks[place + 1]


# ── answers ───────────────────────────────────────────────────────────────


def _frame(world: World, cases: CaseList, effort: Effort) -> _Frame:
    who: Who = 0 if cases.scope == "member" else None
    conditions: list[ir.Expression] = [case.condition for case in cases.cases]
    if cases.when is not None:
        conditions.append(cases.when)
    prepare(world, conditions, who)
    formulas: list[Formula] = [truth(world, case.condition, who) for case in cases.cases]
    formulas.insert(0, True if cases.when is None else truth(world, cases.when, who))
    parts = regions_of(formulas)
    if parts is None:
        return _Frame(None)
    return _Frame(
        tuple(
            (Solver(world, part, effort), tuple(mask(part, formula) for formula in part.formulas))
            for part in parts
        )
    )


def _ask(inquiry: _Inquiry, frame: _Frame, question: Question) -> Verdict:
    if frame.parts is None:
        return "undecided"
    found: Verdict = "none"
    with_effort = inquiry.effort.left = min(EFFORT_EACH, inquiry.left)
    for solver, masks in frame.parts:
        verdict = find(solver, question(masks))
        if isinstance(verdict, Found):
            found = verdict
            break
        if found == "none" or verdict == "possible":
            found = verdict
    inquiry.left -= with_effort - inquiry.effort.left
    return found


def _is_excluded(inquiry: _Inquiry, question: Question) -> bool:
    parts = inquiry.general.parts
    with_effort = inquiry.effort.left = min(EFFORT_EACH, inquiry.left)
    excluded = parts is not None and all(
        is_empty(solver, question(masks)) for solver, masks in parts
    )
    inquiry.left -= with_effort - inquiry.effort.left
    return excluded


def _settled(inquiry: _Inquiry, question: Question) -> Verdict:
    """The answer in general; where that is open, a household of a given make-up, if there is one."""
    verdict = _ask(inquiry, inquiry.general, question)
    if isinstance(verdict, Found) or verdict == "none":
        return verdict
    inquiry.open += 1
    if inquiry.open > OPEN_LIMIT:
        return "undecided"
    for setting in _settings(inquiry.general):
        found = _ask(inquiry, _in_setting(inquiry, setting), question)
        if isinstance(found, Found):
            return found
    return "undecided"


def _in_setting(inquiry: _Inquiry, setting: Setting) -> _Frame:
    frame = inquiry.settings.get(setting)
    if frame is None:
        world = _world(inquiry.worlds, inquiry.cases, setting)
        frame = inquiry.settings[setting] = _frame(world, inquiry.cases, inquiry.effort)
    return frame


def _world(worlds: Worlds, cases: CaseList, setting: Setting | None) -> World:
    key = (setting, setting is None and cases.scope == "member")
    world = worlds.known.get(key)
    if world is None:
        world = worlds.known[key] = World(worlds.integers, *key)
    return world


def _settings(frame: _Frame) -> list[Setting]:
    """Households to try: of one to three members, and of as many as the conditions speak of."""
    found = [Setting(1, 1), Setting(2, 2), Setting(2, 1), Setting(3, 2)]
    sizes: list[int] = []
    for solver, _ in frame.parts or ():
        for cells in solver.subjects:
            form = cells.subject
            if not isinstance(form, Form) or form.bottom is not None or len(form.top) > 1:
                continue
            source = form.top[0][0].source
            if isinstance(source, (Size, Counted)):
                more = 0 if isinstance(source, Size) else 1
                sizes += [int(interval(cells, at).low) + more for at in range(cells.count)]
    for size in dict.fromkeys(sizes):
        if 3 <= size <= MEMBER_LIMIT:
            found += [Setting(size, 1), Setting(size, 2)]
    return [*list(dict.fromkeys(found))[:SETTING_LIMIT], Setting(3, 3)]
