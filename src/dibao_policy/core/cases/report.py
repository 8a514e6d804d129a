"""What is wrong with the lists of cases of a policy, over all of its regimes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, evolve, field

from dibao_policy.core import ir
from dibao_policy.core.cases import problems
from dibao_policy.core.cases.decide import Findings, decide
from dibao_policy.core.cases.frames import Worlds
from dibao_policy.core.cases.lists import CaseList
from dibao_policy.core.cases.search import Found
from dibao_policy.core.cases.witness import day_told, told
from dibao_policy.core.integers import IntegerProgram
from dibao_policy.core.order import Read, births_of, distinct_reads
from dibao_policy.dates import ONE_DAY
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.problem import Problem
from dibao_policy.syntax.tree import Scope
from dibao_policy.text import Span


@define(eq=False)
class _Stretch:
    """A list of cases over regimes, one after the other, in which all that it rests on is the same.

    `integers` is the first regime's.
    """

    integers: IntegerProgram
    cases: CaseList
    rests_on: tuple[object, ...]
    until: datetime.date | None


@define
class _Checked:
    """A list of cases and what was found about it in each stretch, in order."""

    cases: CaseList
    findings: list[Findings] = field(factory=list)


def case_problems(
    regimes: Iterable[tuple[IntegerProgram, Sequence[CaseList]]],
) -> tuple[Problem, ...]:
    """The problems of the case lists in force in each regime; every program is one without faults.

    A list is the same in two regimes where it stands at the same place of the text.
    A gap or an overlap is reported once, from the first regime that has it, with the day where another has it not.
    A case is reported as never holding, or never reached, only where that is so in every regime of its list:
    what a parameter rules out today may be there tomorrow.
    """
    stretches: dict[Span, list[_Stretch]] = {}
    # What has an id in a stretch is kept alive here.
    alive = list(regimes)
    read: dict[int, tuple[Read, ...]] = {}
    for integers, lists in alive:
        program = integers.program
        rules = {rule.name: rule for rule in program.rules}
        tables = {table.name: table for table in program.tables}
        for cases in lists:
            rests_on = tuple(_rests_on(rules, tables, cases, read))
            known = stretches.setdefault(cases.span, [])
            if known and known[-1].rests_on == rests_on and _follows(known[-1], program):
                known[-1].until = program.until
            else:
                known.append(_Stretch(integers, cases, rests_on, program.until))
    found: dict[object, Findings] = {}
    worlds: dict[tuple[int, datetime.date | None], Worlds] = {}
    births: dict[int, frozenset[str]] = {}
    checked: dict[Span, _Checked] = {}
    for span, all_stretches in stretches.items():
        checked[span] = _Checked(all_stretches[0].cases)
        for one in all_stretches:
            key = (span, one.rests_on, *_days(one))
            if key not in found:
                world = worlds.setdefault((id(one.integers), one.until), _worlds(one, births))
                found[key] = decide(world, one.cases)
            checked[span].findings.append(found[key])
    return tuple(problem for one in checked.values() for problem in _problems(one))


def _follows(before: _Stretch, program: ir.Program) -> bool:
    return before.until is not None and before.until + ONE_DAY == program.since


def _days(stretch: _Stretch) -> tuple[object, ...]:
    """The days of a stretch, where what was found depends on them."""
    if (DECISION_DAY,) not in stretch.rests_on:
        return ()
    return (stretch.integers.program.since, stretch.until)


def _worlds(stretch: _Stretch, births: dict[int, frozenset[str]]) -> Worlds:
    """The first program of a stretch until its end; `births` has those of each list of rules, by its identity."""
    program = evolve(stretch.integers.program, until=stretch.until)
    rules = id(program.rules)
    if rules not in births:
        births[rules] = births_of(program)
    return Worlds(evolve(stretch.integers, program=program), births=births[rules])


def _rests_on(
    rules: dict[str, ir.Rule],
    tables: dict[str, ir.Table],
    cases: CaseList,
    read: dict[int, tuple[Read, ...]],
) -> Iterator[object]:
    """All that the findings about a list can depend on in one regime, but for the regime's own days.

    `read` is what expressions read, by the identity of each; one that is not in it is entered.
    """
    left = [case.condition for case in cases.cases]
    left += [cases.when] if cases.when is not None else []
    yield from map(id, left)
    seen: set[str] = set()
    while left:
        node = left.pop()
        if id(node) not in read:
            read[id(node)] = distinct_reads(node)
        for one in read[id(node)]:
            name = one.table if isinstance(one, ir.Lookup) else one.name
            if name in seen:
                continue
            seen.add(name)
            match one:
                case ir.ReadRule():
                    yield name, id(rules[name].expression)
                    left.append(rules[name].expression)
                case ir.Lookup():
                    yield name, tables[name].values
                case ir.ReadFact() if name == DECISION_DAY:
                    yield (name,)


def _problems(checked: _Checked) -> Iterator[Problem]:
    cases, all_findings = checked.cases, checked.findings
    name = cases.name
    yield from _gap(cases, all_findings)
    yield from _overlaps(cases, all_findings)
    for place, case in enumerate(cases.cases):
        if all(place in one.impossible for one in all_findings):
            yield problems.CaseNeverHolds(span=case.span, name=name, label=case.label)
            continue
        before = [dict(one.unreached).get(place) for one in all_findings]
        unreached = [
            known is not None or place in one.impossible
            for known, one in zip(before, all_findings, strict=True)
        ]
        if all(unreached):
            earlier = next(known for known in before if known is not None)
            yield problems.CaseNeverReached(
                span=case.span,
                name=name,
                label=case.label,
                earlier=tuple(f"`{cases.cases[one].label}`" for one in earlier),
                related=tuple(cases.cases[one].span for one in earlier),
            )
    if all(one.rest_unreached for one in all_findings):
        yield problems.RestNeverReached(span=cases.rest, name=name, clause=cases.clause)


def _gap(cases: CaseList, all_findings: Sequence[Findings]) -> Iterator[Problem]:
    found = [one.gap for one in all_findings if isinstance(one.gap, Found)]
    if found:
        witness, witness_en = _witness(
            found[0],
            [case.condition for case in cases.cases],
            cases.scope,
            len(found) < len(all_findings),
        )
        yield problems.CaseGap(
            span=cases.span,
            name=cases.name,
            clause=cases.clause,
            witness=witness,
            witness_en=witness_en,
        )
    elif any(one.gap != "none" for one in all_findings):
        yield problems.UndecidedGap(span=cases.span, name=cases.name, clause=cases.clause)


def _overlaps(cases: CaseList, all_findings: Sequence[Findings]) -> Iterator[Problem]:
    found: dict[tuple[int, int], list[Found]] = {}
    undecided: dict[tuple[int, int], None] = {}
    for findings in all_findings:
        for first, second, verdict in findings.overlaps:
            if isinstance(verdict, Found):
                found.setdefault((first, second), []).append(verdict)
            else:
                undecided[first, second] = None
    for (first, second), witnesses in found.items():
        one, other = cases.cases[first], cases.cases[second]
        witness, witness_en = _witness(
            witnesses[0],
            [one.condition, other.condition],
            cases.scope,
            len(witnesses) < len(all_findings),
        )
        yield problems.CaseOverlap(
            span=other.span,
            name=cases.name,
            first=one.label,
            second=other.label,
            witness=witness,
            witness_en=witness_en,
            ways=_quoted(cases.ways),
            related=(one.span,),
        )
    left = [pair for pair in undecided if pair not in found]
    if left:
        labels = [(cases.cases[first].label, cases.cases[second].label) for first, second in left]
        yield problems.UndecidedOverlap(
            span=cases.span,
            name=cases.name,
            pairs=tuple(f"`{first}` / `{second}`" for first, second in labels),
            ways=_quoted(cases.ways),
            related=tuple(cases.cases[second].span for _, second in left),
        )


def _quoted(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"`{word}`" for word in words)


def _witness(
    found: Found, conditions: Sequence[ir.Expression], scope: Scope, some_days: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A household in words; where everyone is meant, there is nothing to say of it."""
    words = told(found, conditions, scope)
    if some_days and not any(word.startswith("`决定日期") for word in words):
        words = (day_told(found), *words)
    return (words, words) if words else (("任何家庭",), ("it may be any household",))
