"""What `dibao test` says of each case and of all of them: data that travels between processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.lawcraft.cases.case import STATUSES
from dibao_policy.lawcraft.cases.run import Bench, Outcome
from dibao_policy.lawcraft.cases.told import Told, place_text, told
from dibao_policy.problem import Language
from dibao_policy.render import problem_json, problems_text
from dibao_policy.text import position

UNVERIFIED = "未核实"


@frozen
class CaseReport:
    """One case: `differences` in words and data, `problems` as text and data, and what the summary counts."""

    name: str
    place: str
    file: str
    line: int
    day: str
    status: str
    differences: tuple[Told, ...]
    problems: tuple[dict[str, Any], ...]
    problems_text: str
    tolerances: int
    tolerated: tuple[str, ...]
    unverified: bool

    @property
    def passed(self) -> bool:
        """Whether everything is as the case expects."""
        return not self.differences and not self.problems


@frozen
class Summary:
    """How many cases there are, and how far they can be relied on. `statuses` counts their sources."""

    cases: int
    passed: int
    differing: int
    faulty: int
    tolerances: int
    tolerated: int
    without_source: int
    unverified: int
    statuses: dict[str, int] = field(factory=dict)


def report(bench: Bench, outcome: Outcome, lang: Language) -> CaseReport:
    """An outcome as it is told."""
    case = outcome.case
    return CaseReport(
        name=case.name,
        place=place_text(case.span),
        file=case.span.source.name,
        line=position(case.span)[0],
        day=str(case.day),
        status=case.source.status if case.source is not None else "",
        differences=told(outcome, lang),
        problems=tuple(problem_json(one) for one in outcome.problems),
        problems_text=problems_text(outcome.problems, lang),
        tolerances=len(case.tolerances),
        tolerated=outcome.tolerated,
        unverified=_rests_on_unverified(bench, outcome),
    )


def summary(reports: Iterable[CaseReport]) -> Summary:
    """The counts over all cases of a policy."""
    known = list(reports)
    counted = Counter(one.status for one in known if one.status)
    return Summary(
        cases=len(known),
        passed=sum(one.passed for one in known),
        differing=sum(bool(one.differences) for one in known),
        faulty=sum(bool(one.problems) for one in known),
        tolerances=sum(one.tolerances for one in known),
        tolerated=sum(len(one.tolerated) for one in known),
        without_source=sum(not one.status for one in known),
        unverified=sum(one.unverified for one in known),
        statuses={status: counted[status] for status in STATUSES if counted[status]},
    )


def _rests_on_unverified(bench: Bench, outcome: Outcome) -> bool:
    """Whether a result that a case looks at rests on what has no verified source."""
    bound = outcome.bound
    if bound is None:
        return False
    key = id(bound.compiled)
    if key not in bench.unverified:
        bench.unverified[key] = unverified_results(bound.compiled.program)
    return any(check.rule.name in bench.unverified[key] for check in bound.checks)


def unverified_results(program: ir.Program) -> frozenset[str]:
    """The rules and parameters without a verified source, and the rules that rest on them by any way."""
    found = {
        table.name for table in program.tables if table.entry.provenance.status == UNVERIFIED
    } | {rule.name for rule in program.rules if any(one.unverified for one in rule.citations)}
    for rule in program.rules:
        names = (
            one.table if isinstance(one, ir.Lookup) else one.name for one in reads(rule.expression)
        )
        if not found.isdisjoint(names):
            found.add(rule.name)
    return frozenset(found)
