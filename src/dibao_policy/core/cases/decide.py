"""The questions about one list of cases, and their answers."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dibao_policy.core.cases.frames import Inquiry, Question, Worlds, ask, is_excluded, settings
from dibao_policy.core.cases.lists import COMPLETE, DISJOINT, ORDERED, CaseList
from dibao_policy.core.cases.search import Found, Verdict

OPEN_LIMIT = 40
"""How many open questions of a list are asked again of households of given make-ups."""


@frozen
class Findings:
    """What was found about a list of cases. Cases are named by their places in the list.

    `gap` is a household for which no case holds; `overlaps` are pairs with a household for which both hold:
    for each case the first before it, or all for which that is undecided.
    `impossible` never hold; `unreached` hold only where one of some earlier cases does, which are given with them.
    """

    gap: Verdict = "none"
    overlaps: tuple[tuple[int, int, Verdict], ...] = ()
    impossible: tuple[int, ...] = ()
    unreached: tuple[tuple[int, tuple[int, ...]], ...] = ()
    rest_unreached: bool = False


def decide(worlds: Worlds, cases: CaseList) -> Findings:
    """Answer every question that the mode of a list asks."""
    inquiry = Inquiry(worlds, cases)
    count = len(cases.cases)
    gap: Verdict = "none"
    if cases.mode in COMPLETE and cases.rest is None:
        gap = _settled(inquiry, _none_of(count))
    overlaps: list[tuple[int, int, Verdict]] = []
    if cases.mode in DISJOINT:
        for later in range(count):
            overlaps += _first_overlap(inquiry, later)
    impossible = tuple(place for place in range(count) if is_excluded(inquiry, _holds(place)))
    unreached: list[tuple[int, tuple[int, ...]]] = []
    if cases.mode in ORDERED:
        for place in range(count):
            if place not in impossible and is_excluded(inquiry, _comes_first(place)):
                before = [
                    one for one in range(place) if not is_excluded(inquiry, _both(one, place))
                ]
                unreached.append((place, tuple(before)))
    rest_unreached = cases.rest is not None and is_excluded(inquiry, _none_of(count))
    return Findings(gap, tuple(overlaps), impossible, tuple(unreached), rest_unreached)


def _first_overlap(inquiry: Inquiry, later: int) -> list[tuple[int, int, Verdict]]:
    found: list[tuple[int, int, Verdict]] = []
    for earlier in range(later):
        verdict = _settled(inquiry, _both(earlier, later))
        if isinstance(verdict, Found):
            return [(earlier, later, verdict)]
        if verdict != "none":
            found.append((earlier, later, verdict))
    return found


def _settled(inquiry: Inquiry, question: Question) -> Verdict:
    """The answer in general; where that is open, a household of a given make-up, if there is one."""
    verdict = ask(inquiry, "general", question)
    if isinstance(verdict, Found) or verdict == "none":
        return verdict
    if verdict == "undecided" and ask(inquiry, "glance", question) == "none":
        return "none"
    inquiry.open += 1
    if inquiry.open > OPEN_LIMIT:
        return "undecided"
    for setting in settings(inquiry, question):
        found = ask(inquiry, setting, question)
        if isinstance(found, Found):
            return found
    return "undecided"


# ── questions ─────────────────────────────────────────────────────────────


def _except(left: int, masks: Sequence[int]) -> int:
    for one in masks:
        left &= ~one
    return left


def _none_of(count: int) -> Question:
    return Question(tuple(range(count)), _except)


def _holds(place: int) -> Question:
    return Question((place,), lambda when, masks: when & masks[0])


def _both(first: int, second: int) -> Question:
    return Question((first, second), lambda when, masks: when & masks[0] & masks[1])


def _comes_first(place: int) -> Question:
    return Question(
        tuple(range(place + 1)), lambda when, masks: _except(when, masks[:-1]) & masks[-1]
    )
