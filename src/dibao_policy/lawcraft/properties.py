"""Whether what a policy says of its results holds for households drawn at random.

A household that is found refutes the property; that none is found proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from attrs import define, field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.show import program_text
from dibao_policy.core.types import Number
from dibao_policy.dates import contains
from dibao_policy.evaluate.facts import Facts
from dibao_policy.lawcraft.counterexample import invariant_fails, trend_fails, written
from dibao_policy.lawcraft.draw import Choice, Drawer, draw, drawer_of, nodes, number_near
from dibao_policy.lawcraft.moves import edge, place_of, value_at, with_value
from dibao_policy.lawcraft.problems import InvariantFails, NotTried, ParametersFail
from dibao_policy.lawcraft.shrink import Suspect
from dibao_policy.lawcraft.trial import (
    Seen,
    Trial,
    Watched,
    behind,
    can_be_tried,
    loss,
    refutes,
    run,
    trial_of,
    value_of,
)
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.problem import Problem

HOUSEHOLDS = 4000
"""How many households are drawn for each property, over all regimes together, where no number is given."""

_WORK = 20_000_000
"""How many expressions may be computed where no number is given: very large policies get fewer households."""

_FEW_STEPS = 200


@frozen
class _Worst:
    """The household by which a trend is refuted most plainly, and the regime that it is of."""

    trial: Trial
    drawer: Drawer
    watched: Watched
    suspect: Suspect


@define(eq=False)
class _Case:
    """One property on its way: how many households were drawn for it, and what came of it.

    `first` is the number of the first household for which a fact was moved.
    """

    property: ir.Property
    drawn: int = 0
    exercised: bool = False
    first: int | Fraction | None = None
    worst: _Worst | None = None
    problems: list[Problem] = field(factory=list)


@define
class _Run:
    """One regime: the function, how households are drawn, and the properties that are not refuted yet."""

    trial: Trial
    drawer: Drawer
    pick: Random
    trends: dict[str, tuple[_Case, Watched]]
    invariants: dict[str, tuple[_Case, Watched]]
    numbers: list[Choice]


def households_for(programs: Sequence[ir.Program]) -> int:
    """How many households to draw for each property of a policy, where no number is given."""
    if not programs:
        return 0
    last = programs[-1]
    claimed = [
        part
        for one in last.properties
        for part in (one.premise, one.conclusion)
        if part is not None
    ]
    size = sum(1 for _ in nodes([*(rule.expression for rule in last.rules), *claimed]))
    return max(1, min(HOUSEHOLDS, _WORK // (size * (1 + len(last.properties)) + 1)))


def check_properties(
    programs: Sequence[ir.Program], households: int, seed: int = 0
) -> tuple[Problem, ...]:
    """Put the properties of a policy to the test, on the programs of its regimes, in the order of days.

    The households are drawn evenly over the regimes that differ, the latest first; the same `seed` draws the
    same ones. Gives D4001 for a trend and D4002 for an invariant that a household refutes, D4003 for one that
    nothing exercised: its premise held in no household, its number never moved, or is the same for all.
    """
    cases = [_Case(one) for one in programs[-1].properties] if programs else []
    if not cases:
        return ()
    distinct = list({_held_against(one): one for one in reversed(programs)}.values())
    proved = {one.name for one in settled(programs)}
    # The first day on which it fails is told, so the earliest come first.
    found = _proved(distinct[::-1], [case for case in cases if case.property.name in proved])
    cases = [case for case in cases if case.property.name not in proved]
    if households <= 0:
        return found
    for place, program in enumerate(distinct):
        # Every regime gets its share, and the latest ones what is left over.
        count = households // len(distinct) + (place < households % len(distinct))
        left = [
            case for case in cases if not case.problems and can_be_tried(case.property, program)
        ]
        if left and count:
            _try(program, left, count, Random(seed + place))
    for case in cases:
        if case.worst is not None:
            worst = case.worst
            case.problems.append(
                trend_fails(worst.trial, worst.drawer, worst.watched, worst.suspect, case.drawn)
            )
        if not case.problems and not case.exercised:
            case.problems.append(_not_tried(case))
    return (*found, *(problem for case in cases for problem in case.problems))


def _held_against(program: ir.Program) -> tuple[str, tuple[object, ...]]:
    """All that can change what comes of a property: two programs that are alike here need one look."""
    published = tuple((table.name, table.values) for table in program.published)
    speaking = tuple(one.name for one in program.properties if contains(one.period, program.since))
    return program_text(program), (published, speaking)


def settled(programs: Sequence[ir.Program]) -> tuple[ir.Property, ...]:
    """The properties that read only parameters: each has one truth in a regime, which no household changes."""
    return tuple(
        one
        for one in (programs[-1].properties if programs else ())
        if all(_reads_no_household(one, program) for program in programs)
        and any(can_be_tried(one, program) for program in programs)
    )


def refuted(programs: Sequence[ir.Program], properties: Sequence[ir.Property]) -> bool:
    """Whether one of the properties that read only parameters is refuted by one of the programs."""
    found = _proved(programs, [_Case(one) for one in properties])
    return any(isinstance(one, ParametersFail) for one in found)


def _reads_no_household(one: ir.Property, program: ir.Program) -> bool:
    if one.moved is not None:
        return False
    parts = [part for part in (one.premise, one.conclusion) if part is not None]
    read = {
        each.table if isinstance(each, ir.Lookup) else each.name
        for part in parts
        for each in reads(part)
    }
    names = behind(read, program.rules)
    facts = {fact.name for fact in (*program.facts, *program.idle)} | {DECISION_DAY}
    behind_it = [rule.expression for rule in program.rules if rule.name in names]
    return names.isdisjoint(facts) and not any(
        isinstance(node, ir.Aggregate | ir.Rank | ir.ReadFact)
        for node in nodes([*parts, *behind_it])
    )


def _proved(programs: Sequence[ir.Program], cases: list[_Case]) -> tuple[Problem, ...]:
    """Look once at each property that reads only parameters, in every regime that has them."""
    for program in programs:
        left = [one for one in cases if not one.problems and can_be_tried(one.property, program)]
        if left:
            _try(program, left, 1, Random(0))
        for case in left:
            case.problems = [_of_parameters(one, program) for one in case.problems]
    for case in cases:
        if not case.problems and not case.exercised:
            case.problems.append(_not_tried(case))
    return tuple(problem for case in cases for problem in case.problems)


def _of_parameters(found: Problem, program: ir.Program) -> Problem:
    """The same refutation without the household, which has no part in it."""
    if not isinstance(found, InvariantFails):
        return found
    return ParametersFail(
        span=found.span,
        name=found.name,
        since=str(program.since),
        conclusion=found.conclusion,
        values=found.values,
    )


def _try(program: ir.Program, cases: list[_Case], households: int, pick: Random) -> None:
    """Put properties to the test in one regime."""
    trial, _ = trial_of(program, [case.property for case in cases])
    if trial is None:
        # One of them cannot be computed: it has a problem of its own, the others go on without it.
        for case in cases:
            case.problems += trial_of(program, [case.property])[1]
        cases = [case for case in cases if not case.problems]
        trial, _ = trial_of(program, [case.property for case in cases])
        assert trial is not None
    drawer = drawer_of(trial.program)
    pairs = {one.property.name: (case, one) for case, one in zip(cases, trial.watched, strict=True)}
    state = _Run(
        trial,
        drawer,
        pick,
        {name: pair for name, pair in pairs.items() if pair[0].property.moved is not None},
        {name: pair for name, pair in pairs.items() if pair[0].property.moved is None},
        [one for one in (*drawer.household, *drawer.members) if isinstance(one.fact.type, Number)],
    )
    for _ in range(households):
        if not state.trends and not state.invariants:
            return
        facts = draw(drawer, pick)
        for case, _ in (*state.trends.values(), *state.invariants.values()):
            case.drawn += 1
        seen = _look(state, facts)
        for case, watched in tuple(state.trends.values()):
            _move(state, case, watched, facts, seen)
        if state.invariants and state.numbers and not pick.randrange(4):
            _wander(state, facts)


def _look(state: _Run, facts: Facts) -> Seen:
    """Decide on a household, and hold it against every invariant."""
    seen = run(state.trial, facts)
    for name, (case, watched) in tuple(state.invariants.items()):
        case.exercised |= watched.premise is None or bool(seen.returned[watched.premise.position])
        if refutes(watched, seen):
            del state.invariants[name]
            case.problems.append(
                invariant_fails(state.trial, state.drawer, watched, facts, case.drawn)
            )
    return seen


def _move(state: _Run, case: _Case, watched: Watched, facts: Facts, seen: Seen) -> None:
    """Move the fact of a trend by a step; where a condition changes on the way, over the very edge."""
    one = watched.property
    assert one.moved is not None
    place = place_of(state.trial.program, one.moved, state.pick.randrange(facts.size))
    here = value_at(facts, place)
    there = _another(state, _choice(state, one.moved), here)
    if there == here:
        return
    values = {here: value_of(watched.conclusion, seen)}
    if one.effect == "unchanged":
        # That it never moves is what is claimed; only of a number that is the same for all it says nothing.
        case.first = values[here] if case.first is None else case.first
        case.exercised |= values[here] != case.first
    whole = (min(here, there), max(here, there))
    for low, high in (whole, *edge(state.trial, facts, place, *whole)):
        for end in {low, high} - set(values):
            beyond = _look(state, with_value(facts, place, end))
            values[end] = value_of(watched.conclusion, beyond)
        if one.effect != "unchanged":
            case.exercised |= values[low] != values[high]
        lost = loss(watched, values[low], values[high])
        if lost > 0 and (case.worst is None or lost > case.worst.suspect.loss):
            suspect = Suspect(facts, place, low, high, lost)
            case.worst = _Worst(state.trial, state.drawer, watched, suspect)


def _wander(state: _Run, facts: Facts) -> None:
    """Change any number of the household, and look at both sides of the edge that is crossed."""
    choice = state.pick.choice(state.numbers)
    place = place_of(state.trial.program, choice.fact, state.pick.randrange(facts.size))
    here = value_at(facts, place)
    there = _another(state, choice, here)
    for ends in edge(state.trial, facts, place, min(here, there), max(here, there)):
        for end in ends:
            _look(state, with_value(facts, place, end))


def _choice(state: _Run, fact: ir.Fact) -> Choice:
    return next(one for one in state.numbers if one.fact.name == fact.name)


def _another(state: _Run, choice: Choice, here: int) -> int:
    """Another value of a number: a step away, a few steps away, or anywhere."""
    pick = state.pick
    match pick.randrange(4):
        case 0:
            there = here + 1
        case 1:
            there = here + pick.randrange(1, _FEW_STEPS)
        case _:
            there = number_near(choice, pick)
    return min(there, choice.high)


def _not_tried(case: _Case) -> NotTried:
    one = case.property
    if not case.drawn:
        reason = "没有哪一天的规定能算出它用到的全部事项"
        reason_en = "on no day can all that it is about be computed"
    elif one.effect == "unchanged":
        reason = f"在随机抽取的 {case.drawn} 户中，`{written(one.conclusion)}` 总是同一个数"
        reason_en = (
            f"among {case.drawn} households drawn at random, "
            f"`{written(one.conclusion)}` is always the same number"
        )
    elif one.moved is not None:
        reason = f"在随机抽取的 {case.drawn} 户中，`{written(one.conclusion)}` 从不随 `{one.moved.name}` 变化"
        reason_en = (
            f"among {case.drawn} households drawn at random, `{written(one.conclusion)}` "
            f"never changes with `{one.moved.name}`"
        )
    else:
        assert one.premise is not None
        reason = f"在随机抽取的 {case.drawn} 户中，没有一户使 `{written(one.premise)}` 成立"
        reason_en = (
            f"among {case.drawn} households drawn at random, "
            f"there is none for which `{written(one.premise)}` holds"
        )
    return NotTried(span=one.span, name=one.name, reason=reason, reason_en=reason_en)
