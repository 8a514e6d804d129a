"""An interview: which question comes next, what an answer does, and when nothing is left to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.cases import Finding
from dibao_policy.evaluate.cells import Cell, missing_cells
from dibao_policy.evaluate.decisive import most_decisive
from dibao_policy.evaluate.unknown import Key, Run
from dibao_policy.explain.account import is_result
from dibao_policy.explain.screening import Outlook, Screening, facts_behind, screen
from dibao_policy.facts.not_asked import path_of
from dibao_policy.facts.partial import check_partial, read_partial
from dibao_policy.facts.words import MEMBERS, NOT_ASKED
from dibao_policy.interview import problems
from dibao_policy.interview.answers import applied, check_place, read_answer
from dibao_policy.interview.household import (
    Household,
    plain_household,
    plain_value,
    stand_in,
    with_fact,
)
from dibao_policy.interview.questions import (
    COUNT,
    COUNT_ASKED,
    NAMES,
    NAMES_ASKED,
    Asked,
    Reason,
    asks_of_members,
    fact_asked,
    reasons_of,
)
from dibao_policy.interview.state import Begun, Step, begun_of, check_begun, read_state
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError, Problem

PUT_OFF_LIMIT = 2
"""How often a question can be put off: it comes back once, when all others are answered."""


@frozen
class Saved:
    """What a full form would have asked, and the interview did not.

    The full form asks every fact that a rule behind the results asked for reads: once of the household, or once
    of each member; facts with a default among them, unless the interview takes defaults. What was known when the
    interview began is not counted, nor who lives in the household. `facts` are the paths of those that nobody
    answered and that no result waits for; `with_default` says how many of them have a default.
    """

    full: int
    asked: int
    facts: tuple[str, ...]
    with_default: int


@frozen
class Interview:
    """Where an interview stands. It is never changed: an answer gives the next one.

    `question` is None when every result asked for is fixed, whatever the facts are that are not known (`decided`),
    or when all that is left has been put off twice. `household` is all that is known, under Chinese names.
    """

    snapshot: Snapshot = field(repr=False)
    begun: Begun
    steps: tuple[Step, ...]
    household: Household = field(repr=False)
    screening: Screening | None = field(repr=False)
    question: Asked | None

    @property
    def decided(self) -> bool:
        """Whether every result asked for is fixed."""
        return self.screening is not None and self.screening.decided

    @property
    def results(self) -> tuple[Outlook, ...]:
        """What is known of each result asked for, with bounds; nothing before it is known who is concerned."""
        return () if self.screening is None else self.screening.results

    @property
    def left(self) -> int | None:
        """How many facts may still be asked at most; None before it is known how many members there are."""
        return None if self.screening is None else len(self.screening.questions)

    @property
    def answers(self) -> tuple[Step, ...]:
        """The facts that were answered, in order."""
        return tuple(
            step
            for step in self.steps
            if step.answer is not None and step.path not in (COUNT, NAMES)
        )

    @property
    def saved(self) -> Saved:
        """Which questions of the full form were not asked."""
        form = self._form()
        answered = {step.path for step in self.answers}
        waiting = {one.path for one in self.screening.questions} if self.screening else set()
        facts = {path: fact for path, fact in form.items() if path not in answered | waiting}
        with_default = sum(fact.default is not None for fact in facts.values())
        return Saved(len(form), len(answered & form.keys()), tuple(facts), with_default)

    def answered(self, value: object) -> Interview:
        """The interview after an answer to its question, in any form that a household may have it in.

        Raises `PolicyError` with every fault of the answer.
        """
        if self.question is None:
            raise PolicyError((problems.NothingIsAsked(found=str(value)),))
        path = self.question.path
        step = read_answer(self.snapshot, self.household, path, value, self.question.default)
        return _continued(self.snapshot, self.begun, (*self.steps, step))

    def put_off(self) -> Interview:
        """The interview where the answer is not known now: the rest is asked first. Raises `PolicyError`."""
        if self.question is None:
            raise PolicyError((problems.NothingIsAsked(found="不知道"),))
        if self.question.kind == "count":
            raise PolicyError((problems.CannotBePutOff(path=COUNT),))
        if self.question.kind == "names":
            return self.answered(())
        return _continued(self.snapshot, self.begun, (*self.steps, Step(self.question.path, None)))

    def taken_back(self) -> Interview:
        """The interview before its last answer. Raises `PolicyError` where there is none."""
        if not self.steps:
            raise PolicyError((problems.NothingToTakeBack(),))
        return _continued(self.snapshot, self.begun, self.steps[:-1])

    def why(self) -> tuple[Reason, ...]:
        """The rules for whose sake the question is asked, with their articles; nothing for who is concerned."""
        if self.question is None or self.question.fact is None:
            return ()
        names = dict.fromkeys(name for name, _ in self.question.results)
        return reasons_of(self.snapshot.compiled.program, self.question.fact, tuple(names))

    def whole_household(self) -> Household:
        """A household that `Snapshot.decide` takes. `没有问` in it lists the facts that nobody stated.

        Those have no default and were not asked: the results asked for are the same whatever they are.
        Other values of the policy are not, and may rest on what stands in for them.
        """
        household = self.household
        if MEMBERS[0] not in household:
            household = household | {MEMBERS[0]: [{}]}
        paths: list[str] = []
        for cell in self._missing(household, take_defaults=True):
            place = cell.fact.name, cell.member
            household = with_fact(household, place, stand_in(cell, self.snapshot.day))
            paths.append(path_of(place))
        return household | ({NOT_ASKED[0]: paths} if paths else {})

    def _missing(self, household: Household, take_defaults: bool) -> tuple[Cell, ...]:
        reader, day = self.snapshot.compiled.reader, self.snapshot.day
        facts = read_partial(reader, household, day, take_defaults=take_defaults)
        return missing_cells(self.snapshot.compiled.program, facts)

    def _form(self) -> dict[str, ir.Fact]:
        """The full form, by paths."""
        program = self.snapshot.compiled.program
        read = facts_behind(program, rules_of(self.snapshot, self.begun))
        if self.screening is None:
            return {}
        people = self.household.get(MEMBERS[0], [{}])
        known = self.begun.known
        if MEMBERS[0] not in known:
            known = known | {MEMBERS[0]: [{} for _ in people]}
        cells = self._missing(known, take_defaults=not self.begun.ask_defaults)
        return {
            path_of((cell.fact.name, cell.member)): cell.fact
            for cell in cells
            if cell.fact.name in read
        }


def interview(
    snapshot: Snapshot,
    results: Iterable[str] | None = None,
    known: Mapping[str, Any] | None = None,
    *,
    ask_defaults: bool = True,
) -> Interview:
    """Begin an interview.

    `results` are the Chinese or code names of the values asked for; left out, they are the entitlements and
    amounts of the policy. `known` is what is known of the household already; its members may be among it.
    A fact with a default is asked like any other, for it may matter, and its default is told with the question;
    without `ask_defaults` the default is taken.
    Raises `PolicyError` with every fault of what is known, `KeyError` for a name that is no value of the policy.
    """
    rules = (
        [rule for rule in snapshot.compiled.program.rules if is_result(rule)]
        if results is None
        else [snapshot.rule(name) for name in results]
    )
    names = tuple(dict.fromkeys(rule.name for rule in rules))
    given = known or {}
    _refuse(_faults(snapshot, given))
    plain = plain_household(snapshot.compiled.reader, given)
    return _continued(snapshot, begun_of(snapshot, names, ask_defaults, plain), ())


def resumed(snapshot: Snapshot, state: object) -> Interview:
    """An interview from its state, as `state_json` gave it: the same answers, the same next question.

    Raises `PolicyError` for what is no such state, belongs to another policy, day or rules, or holds faults.
    """
    begun, answers = read_state(state)
    _refuse(check_begun(snapshot, begun))
    _refuse(_faults(snapshot, begun.known))
    begun = evolve(begun, known=plain_household(snapshot.compiled.reader, begun.known))
    steps: list[Step] = []
    household = begun.known
    asks = asks_of_members(snapshot.compiled.program, rules_of(snapshot, begun))
    for number, (path, value) in enumerate(answers, 1):
        check_place(snapshot, household, asks, number, path, value is None)
        step = Step(path, None) if value is None else read_answer(snapshot, household, path, value)
        household = applied(household, step)
        steps.append(step)
    return _continued(snapshot, begun, tuple(steps))


def rules_of(snapshot: Snapshot, begun: Begun) -> tuple[ir.Rule, ...]:
    """The rules of the results asked for."""
    return tuple(snapshot.rule(name) for name in begun.results)


def _refuse(found: Sequence[Problem]) -> None:
    if found:
        raise PolicyError(tuple(found))


def _faults(snapshot: Snapshot, given: Mapping[str, Any]) -> tuple[Problem, ...]:
    """The faults of what is known; that nobody is listed is none."""
    listed = given if any(key in given for key in MEMBERS) else {**given, MEMBERS[0]: [{}]}
    return check_partial(snapshot.compiled.reader, listed, snapshot.day)


# ── what comes next ───────────────────────────────────────────────────────


def _continued(snapshot: Snapshot, begun: Begun, steps: tuple[Step, ...]) -> Interview:
    """An interview after some answers."""
    household = begun.known
    for step in steps:
        household = applied(household, step)
    rules = rules_of(snapshot, begun)
    program = snapshot.compiled.program
    given = household
    if MEMBERS[0] not in household:
        if asks_of_members(program, rules):
            return Interview(snapshot, begun, steps, household, None, COUNT_ASKED)
        given = household | {MEMBERS[0]: [{}]}
    reader = snapshot.compiled.reader
    facts = read_partial(reader, given, snapshot.day, take_defaults=not begun.ask_defaults)
    put_off = Counter(step.path for step in steps if step.answer is None)
    named = facts.size == 1 or steps[:1] == () or steps[0].path != COUNT or len(steps) > 1

    def order(run: Run, found: Mapping[Key, Finding]) -> tuple[int, ...]:
        needed = sorted(set[int]().union(*(one.needs for one in found.values())))
        turn = _in_turn(run.world.cells, needed, put_off) if named else []
        if not turn:
            return tuple(needed)
        first = most_decisive(run, found, turn)
        return (first, *(cell for cell in needed if cell != first))

    screening = screen(program, facts, rules, snapshot.day, snapshot.digest, order)
    question: Asked | None = None
    if screening.questions and not named:
        question = NAMES_ASKED
    elif screening.questions and put_off[screening.questions[0].path] < PUT_OFF_LIMIT:
        question = _asked(snapshot, begun, screening, missing_cells(program, facts), put_off)
    return Interview(snapshot, begun, steps, household, screening, question)


def _in_turn(cells: Sequence[Cell], needed: Sequence[int], put_off: Counter[str]) -> list[int]:
    """The cells of which one is asked next: those put off least often; none where all come too often."""
    times = {cell: put_off[path_of((cells[cell].fact.name, cells[cell].member))] for cell in needed}
    least = min(times.values(), default=PUT_OFF_LIMIT)
    return [] if least >= PUT_OFF_LIMIT else [cell for cell in needed if times[cell] == least]


def _asked(
    snapshot: Snapshot,
    begun: Begun,
    screening: Screening,
    cells: Sequence[Cell],
    put_off: Counter[str],
) -> Asked:
    """The first question of a screening."""
    first = screening.questions[0]
    (cell,) = (
        one for one in cells if (one.fact.name, one.member) == (first.fact.name, first.member)
    )
    reader = snapshot.compiled.reader
    defaults = {one.fact.name: one.default for one in (*reader.household, *reader.members)}
    step = defaults[cell.fact.name]
    default = None if step is None else plain_value(cell.fact, step)
    return fact_asked(
        cell, first.path, screening.labels, first.results, default, put_off[first.path]
    )
