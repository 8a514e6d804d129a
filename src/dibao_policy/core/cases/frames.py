"""Lists of cases laid out in regions, for households in general and of each make-up that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.cases.cells import interval
from dibao_policy.core.cases.expand import truth
from dibao_policy.core.cases.formulas import Counted, Form, Formula, Place, Size
from dibao_policy.core.cases.linear import Effort
from dibao_policy.core.cases.lists import CaseList
from dibao_policy.core.cases.pieces import Who
from dibao_policy.core.cases.prepare import prepare
from dibao_policy.core.cases.regions import mask, regions_of
from dibao_policy.core.cases.search import Found, Solver, Verdict, find, is_empty
from dibao_policy.core.cases.world import Setting, World
from dibao_policy.core.integers import MEMBER_LIMIT, IntegerProgram
from dibao_policy.core.order import births_of

SETTING_LIMIT, PLACE_LIMIT = 8, 5
FRAME_LIMIT = 300
"""How often some cases of a list are laid out anew, where all together have too many regions."""

EFFORT, EFFORT_EACH = 100_000, 30_000
"""How much solving is put into a list, and at most into one question about one kind of household."""

SPLITTING = 400_000
"""How many conditions are gone through to lay a list out in parts, where it has too many regions for one."""


Look = Setting | Literal["general", "glance"]
"""At the households of a setting, at any household, or (`glance`) at the conditions without the rules they read."""


@define(eq=False)
class Worlds:
    """A program as it is known in general, and for households of each make-up that was asked for."""

    integers: IntegerProgram
    known: dict[tuple[Look, bool], World] = field(factory=dict)
    births: frozenset[str] | None = None


@frozen(eq=False)
class Question:
    """Whether there is a household in some regions: chosen from those of the block's condition and of some cases."""

    places: tuple[int, ...]
    chosen: Callable[[int, Sequence[int]], int]


Parts = tuple[tuple[Solver, tuple[int, ...]], ...]
"""Regions in parts, each with those of the block's condition and of each case; none where they are too many."""


@define(eq=False)
class Inquiry:
    """A list of cases, what it was laid out as, how much work is left for it, and how many questions were open."""

    worlds: Worlds
    cases: CaseList
    frames: dict[tuple[Look, tuple[int, ...]], Parts | None] = field(factory=dict)
    effort: Effort = field(factory=lambda: Effort(0))
    splitting: Effort = field(factory=lambda: Effort(SPLITTING))
    left: int = EFFORT
    open: int = 0


def ask(inquiry: Inquiry, look: Look, question: Question) -> Verdict:
    """The answer to a question."""
    parts = _parts(inquiry, look, question)
    if parts is None:
        return "undecided"
    found: Verdict = "none"
    allowed = inquiry.effort.left = min(EFFORT_EACH, inquiry.left)
    for solver, when, masks in parts:
        verdict = find(solver, question.chosen(when, masks))
        if isinstance(verdict, Found):
            found = verdict
            break
        if found == "none" or verdict == "possible":
            found = verdict
    inquiry.left -= allowed - inquiry.effort.left
    return found


def is_excluded(inquiry: Inquiry, question: Question) -> bool:
    """Whether it is proved that the answer is no for every household."""
    excluded = _excluded(inquiry, "general", question)
    # At a glance more is possible, not less: there is only something to win where too much was to be looked at.
    return (_excluded(inquiry, "glance", question) if excluded == "undecided" else excluded) is True


def _excluded(inquiry: Inquiry, look: Look, question: Question) -> bool | Literal["undecided"]:
    parts = _parts(inquiry, look, question)
    if parts is None:
        return "undecided"
    excluded: bool | Literal["undecided"] = True
    allowed = inquiry.effort.left = min(EFFORT_EACH, inquiry.left)
    for solver, when, masks in parts:
        empty = is_empty(solver, question.chosen(when, masks))
        if empty is False:
            excluded = False
            break
        excluded = empty if excluded is True else excluded
    inquiry.left -= allowed - inquiry.effort.left
    return excluded


def _parts(
    inquiry: Inquiry, look: Look, question: Question
) -> list[tuple[Solver, int, list[int]]] | None:
    """The regions to choose from: of all cases, or if they are too many, of those in question."""
    everything = tuple(range(len(inquiry.cases.cases)))
    for places in (everything, question.places):
        parts = _laid_out(inquiry, look, places)
        if parts is not None:
            at = [places.index(place) + 1 for place in question.places]
            return [(solver, masks[0], [masks[one] for one in at]) for solver, masks in parts]
    return None


def _laid_out(inquiry: Inquiry, look: Look, places: tuple[int, ...]) -> Parts | None:
    key = (look, places)
    if key not in inquiry.frames:
        if len(inquiry.frames) >= FRAME_LIMIT:
            return None
        inquiry.frames[key] = _lay_out(inquiry, look, places)
    return inquiry.frames[key]


def _lay_out(inquiry: Inquiry, look: Look, places: tuple[int, ...]) -> Parts | None:
    cases, world = inquiry.cases, _world(inquiry, look)
    who, setting = at_hand(cases, world.setting), world.setting
    conditions: list[ir.Expression] = [cases.cases[place].condition for place in places]
    asked = conditions if cases.when is None else [cases.when, *conditions]
    if setting is not None and setting.free < setting.size and _ask_for_a_place(world, asked):
        # Members who are alike in all facts stand in different places.
        return None
    prepare(world, asked, who)
    formulas: list[Formula] = [truth(world, condition, who) for condition in conditions]
    formulas.insert(0, True if cases.when is None else truth(world, cases.when, who))
    parts = regions_of(formulas, inquiry.splitting)
    if parts is None:
        return None
    return tuple(
        (
            Solver(world, part, inquiry.effort),
            tuple(mask(part, formula) for formula in part.formulas),
        )
        for part in parts
    )


def at_hand(cases: CaseList, setting: Setting | None) -> Who:
    """The member of whom the conditions speak, or None where they speak of the household."""
    if cases.scope == "household":
        return None
    return 0 if setting is None else setting.at


def _ask_for_a_place(world: World, conditions: Sequence[ir.Expression]) -> bool:
    """Whether conditions, or the rules that they rest on, ask for the place of a member among the others."""
    left = list(conditions)
    seen: set[str] = set()
    while left:
        node = left.pop()
        match node:
            case ir.Rank():
                return True
            case ir.ReadRule(name) if name not in seen:
                seen.add(name)
                left.append(world.computed[name].rule.expression)
            case _:
                left += ir.children(node)
    return False


def _world(inquiry: Inquiry, look: Look) -> World:
    worlds = inquiry.worlds
    setting = look if isinstance(look, Setting) else None
    at_hand = setting is None and inquiry.cases.scope == "member"
    key = (look, at_hand)
    world = worlds.known.get(key)
    if world is None:
        if worlds.births is None:
            worlds.births = births_of(worlds.integers.program)
        world = worlds.known[key] = World(
            worlds.integers, worlds.births, setting, at_hand, glance=look == "glance"
        )
    return world


def settings(inquiry: Inquiry, question: Question) -> list[Setting]:
    """Households to try, of one to three members, and of as many as the conditions speak of.

    There are none where every value is looked into already: to look again would find the same.
    """
    parts = _parts(inquiry, "general", question)
    if parts is not None and not any(solver.opaque for solver, _, _ in parts):
        return []
    sizes: list[int] = []
    places: list[int] = [2, 3]
    for solver, _, _ in parts or ():
        for cells in solver.subjects:
            form = cells.subject
            if not isinstance(form, Form) or form.bottom is not None or len(form.top) > 1:
                continue
            source = form.top[0][0].source
            if isinstance(source, (Size, Counted)):
                more = 0 if isinstance(source, Size) else 1
                sizes += [int(interval(cells, at).low) + more for at in range(cells.count)]
            elif isinstance(source, Place):
                places += [int(interval(cells, at).low) for at in range(cells.count)]
    cases = inquiry.cases
    asked = [case.condition for case in cases.cases]
    asked += [] if cases.when is None else [cases.when]
    if _ask_for_a_place(_world(inquiry, "general"), asked):
        # Equal ones stand as they come: the member at hand is tried as the first and as the last.
        few = [size for size in dict.fromkeys(places) if 2 <= size <= PLACE_LIMIT]
        ends = (0,) if cases.scope == "household" else (0, -1)
        return [Setting(1, 1), *(Setting(size, size, end % size) for size in few for end in ends)]
    found = [Setting(1, 1), Setting(2, 2), Setting(2, 1), Setting(3, 2)]
    for size in dict.fromkeys(sizes):
        if 3 <= size <= MEMBER_LIMIT:
            found += [Setting(size, 1), Setting(size, 2)]
    return [*list(dict.fromkeys(found))[:SETTING_LIMIT], Setting(3, 3)]
