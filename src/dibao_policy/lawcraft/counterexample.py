"""A household that refutes a property, to the problem that tells of it in the words of the policy."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.evaluate.trace import Step
from dibao_policy.lawcraft.draw import Choice, Drawer
from dibao_policy.lawcraft.moves import Place, edge, with_value
from dibao_policy.lawcraft.problems import InvariantFails, TrendFails
from dibao_policy.lawcraft.shrink import Suspect, plainer, shrink
from dibao_policy.lawcraft.trial import Trial, Watched, behind, loss, refutes, run, value_of
from dibao_policy.problem import Problem
from dibao_policy.text import covered

_LADDER = 12


def trend_fails(
    trial: Trial, drawer: Drawer, watched: Watched, suspect: Suspect, count: int
) -> Problem:
    """D4001 with a plain household, and the smallest step of the fact that shows it."""

    def confirm(one: Suspect) -> Suspect | None:
        # A plainer household in which much less is lost is another case.
        found = _wrong_step(trial, drawer, watched, one)
        return evolve(found, loss=suspect.loss) if 2 * found.loss >= suspect.loss else None

    found = _narrowed(trial, drawer, watched, shrink(suspect, drawer, confirm))
    one = watched.property
    assert one.moved is not None and found.place is not None
    ends = (found.low, found.high) if one.upward else (found.high, found.low)
    first, second = (
        _told(trial, watched.conclusion.name, with_value(found.facts, found.place, end)).value
        for end in ends
    )
    before, after = (value_text(given_value(one.moved, end), one.moved.type) for end in ends)
    return TrendFails(
        span=one.span,
        name=one.name,
        count=count,
        moved=_fact_name(one.moved, found.place.member),
        before=before,
        after=after,
        conclusion=written(one.conclusion),
        first=value_text(first, one.conclusion.type),
        second=value_text(second, one.conclusion.type),
        day=str(day_from_number(found.facts.day)),
        household=tuple(_household(trial.program, watched, found)),
    )


def invariant_fails(
    trial: Trial, drawer: Drawer, watched: Watched, facts: Facts, count: int
) -> Problem:
    """D4002 with a plain household, and the values that the property is about."""

    def confirm(one: Suspect) -> Suspect | None:
        return one if refutes(watched, run(trial, one.facts)) else None

    found = shrink(Suspect(facts), drawer, confirm)
    one = watched.property
    names = [part.name for part in (watched.premise, watched.conclusion) if part is not None]
    steps = [_told(trial, name, found.facts) for name in names]
    return InvariantFails(
        span=one.span,
        name=one.name,
        count=count,
        conclusion=written(one.conclusion),
        values=tuple(dict.fromkeys(told for step in steps for told in _values(step))),
        day=str(day_from_number(found.facts.day)),
        household=tuple(_household(trial.program, watched, found)),
    )


# ── the step of a trend ───────────────────────────────────────────────────


def _wrong_step(trial: Trial, drawer: Drawer, watched: Watched, suspect: Suspect) -> Suspect:
    """The same household with the step of its fact that is known, or with another one where more is lost."""
    place = suspect.place
    assert place is not None
    known = _weighed(trial, watched, suspect)
    if 2 * known.loss >= suspect.loss:
        return known
    choice = _choice(drawer, place)
    near = choice.near[:: -(-len(choice.near) // _LADDER) or 1]
    ladder = sorted({choice.low, suspect.low, suspect.high, *near})
    steps = [
        _weighed(trial, watched, evolve(suspect, low=low, high=high))
        for whole in itertools.pairwise(ladder)
        for low, high in (whole, *edge(trial, suspect.facts, place, *whole))
    ]
    return max(steps, key=lambda step: step.loss)


def _weighed(trial: Trial, watched: Watched, suspect: Suspect) -> Suspect:
    """A step with what is lost by it."""
    assert suspect.place is not None
    below, above = (
        value_of(watched.conclusion, run(trial, with_value(suspect.facts, suspect.place, end)))
        for end in (suspect.low, suspect.high)
    )
    return evolve(suspect, loss=loss(watched, below, above))


def _narrowed(trial: Trial, drawer: Drawer, watched: Watched, suspect: Suspect) -> Suspect:
    """The smallest step by which something is lost, at a plain value where as much is lost there.

    Of the two halves of a step by which something is lost, one always is one too.
    """
    while suspect.high - suspect.low > 1:
        middle = (suspect.low + suspect.high) // 2
        halves = (evolve(suspect, high=middle), evolve(suspect, low=middle))
        suspect = max(
            (_weighed(trial, watched, half) for half in halves), key=lambda half: half.loss
        )
    assert suspect.place is not None
    choice = _choice(drawer, suspect.place)
    for low in plainer(choice, suspect.low, drawer):
        # Above its range a number is none that the function is made for.
        if low < choice.high:
            other = _weighed(trial, watched, evolve(suspect, low=low, high=low + 1))
            if other.loss >= suspect.loss:
                return other
    return suspect


def _choice(drawer: Drawer, place: Place) -> Choice:
    return (drawer.household if place.member is None else drawer.members)[place.position]


# ── words ─────────────────────────────────────────────────────────────────


def written(node: ir.Expression) -> str:
    """An expression as the policy has it."""
    return " ".join(covered(node.span).split())


def _told(trial: Trial, name: str, facts: Facts) -> Step:
    """What a property's rule comes to by the interpreter: what is reported rests on the definition."""
    trace = interpret(trial.program, facts)
    return next(step for step in trace.steps if step.rule.name == name)


def _values(step: Step) -> Iterator[str]:
    """The values that a condition names, each with its name."""
    left = [step.rule.expression]
    while left:
        node = left.pop()
        match node:
            case ir.ReadFact() | ir.ReadRule() | ir.Lookup() | ir.Aggregate():
                value = step.parts.get(id(node))
                if value is not None:
                    yield f"{written(node)} {value_text(value, node.type)}"
            case _:
                left += reversed(ir.children(node))


def _fact_name(fact: ir.Fact, member: int | None) -> str:
    return f"家庭.{fact.name}" if member is None else f"成员{member + 1}.{fact.name}"


def _household(program: ir.Program, watched: Watched, found: Suspect) -> Iterator[str]:
    """The facts that the property rests on, but for those that are as their default has them."""
    facts = found.facts
    names = [part.name for part in (watched.premise, watched.conclusion) if part is not None]
    used = behind(names, program.rules)
    yield f"成员数 {facts.size}"
    for position, fact in enumerate(household_facts(program)):
        if fact.name in used and Place(position, None) != found.place:
            yield from _fact(fact, None, facts.household[position])
    for member in range(facts.size):
        for position, fact in enumerate(member_facts(program)):
            if fact.name in used and Place(position, member) != found.place:
                yield from _fact(fact, member, facts.members[position][member])


def _fact(fact: ir.Fact, member: int | None, step: int) -> Iterator[str]:
    value = given_value(fact, step)
    if fact.default is None or value != fact.default:
        yield f"{_fact_name(fact, member)} {value_text(value, fact.type)}"
