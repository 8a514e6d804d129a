"""All cases of a policy folder, in this process or spread over several; the order is that of the files."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from attrs import field, frozen

from dibao_policy.folders import load
from dibao_policy.lawcraft.cases.case import PolicyCase
from dibao_policy.lawcraft.cases.folder import read_every_case
from dibao_policy.lawcraft.cases.report import CaseReport, report
from dibao_policy.lawcraft.cases.run import Bench, bound_case, run_case
from dibao_policy.policy import Policy
from dibao_policy.problem import Language, PolicyError, Problem, in_reading_order

# A process loads the policy anew, in the time of a thousand cases or more.
CASES_FOR_EACH = 4_000
_CHUNK = 500


@frozen
class Ran:
    """What came of a folder: problems of the policy and of its files of cases, and each case.

    `policy` is None where it has faults.
    """

    folder: Path
    policy: Policy | None = field(repr=False)
    cases: tuple[PolicyCase, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    reports: tuple[CaseReport, ...] = field(repr=False)


def run_folder(folder: Path, only: str, lang: Language, processes: int | None = None) -> Ran:
    """Run the cases of a policy folder whose name or file holds `only`.

    Without a number of processes, there are as many as the cases are worth and the machine has processors.
    """
    found: tuple[Problem, ...] = ()
    policy = None
    try:
        policy = load(folder)
    except PolicyError as error:
        found = error.problems
    every, faults = read_every_case(folder)
    cases = chosen(tuple(case for case in every if case.whole), only)
    if policy is None:
        return Ran(folder, None, cases, (*found, *faults), ())
    if processes is None:
        processes = max(1, min(os.cpu_count() or 1, len(cases) // CASES_FOR_EACH))
    bench = Bench(policy)
    if processes > 1:
        reports = _spread(folder, cases, lang, processes)
    else:
        reports = tuple(report(bench, run_case(bench, case), lang) for case in cases)
    further = [fault for case in every if not case.whole for fault in bound_case(bench, case)[1]]
    return Ran(folder, policy, cases, in_reading_order([*faults, *further]), reports)


def chosen(cases: tuple[PolicyCase, ...], only: str) -> tuple[PolicyCase, ...]:
    """The cases whose name or file holds a text."""
    return tuple(one for one in cases if only in one.name or only in one.span.source.name)


# ---- in other processes -------------------------------------------------------------------

# What a process of the pool works with, set once when it starts.
_work: list[tuple[Bench, Language]] = []


def _start(folder: Path, lang: Language) -> None:
    _work[:] = [(Bench(load(folder)), lang)]


def _run(cases: tuple[PolicyCase, ...]) -> list[CaseReport]:
    ((bench, lang),) = _work
    return [report(bench, run_case(bench, case), lang) for case in cases]


def _spread(
    folder: Path, cases: tuple[PolicyCase, ...], lang: Language, processes: int
) -> tuple[CaseReport, ...]:
    """Loading the policy is the same work for each process; the cases were read already, and are sent."""
    size = max(1, min(_CHUNK, -(-len(cases) // processes)))
    chunks = [cases[first : first + size] for first in range(0, len(cases), size)]
    with ProcessPoolExecutor(processes, None, _start, (folder, lang)) as pool:
        return tuple(one for part in pool.map(_run, chunks) for one in part)
