"""The passes in order: parse → layer → resolve → lower → check → bound → snapshot.

`run_passes` runs them all and keeps what each made; `check` returns every problem.
Nothing here touches a file: texts come in as `PolicyText`.
"""

from __future__ import annotations

import datetime
import functools
import gc
from collections.abc import Iterable

from attrs import field, frozen

from dibao_policy.core import ir
from dibao_policy.core.assume import assume
from dibao_policy.core.integers import IntegerProgram, Shared, to_integers
from dibao_policy.core.program import (
    Known,
    Lowered,
    cases_on,
    check_exemptions,
    check_ladders,
    lower_scheme,
    names_read,
    program_of,
)
from dibao_policy.core.regimes import Regime, regimes
from dibao_policy.core.roundings import rounded_twice
from dibao_policy.core.show import Lines, digest
from dibao_policy.evaluate.generate import Generated, Output, generate
from dibao_policy.facts.household import Reader, reader_for
from dibao_policy.model.layers import Library, PolicyText, layer
from dibao_policy.model.problems import AfterLastDate, BeforeFirstDate
from dibao_policy.model.resolve import check_names
from dibao_policy.model.stated import check_stated
from dibao_policy.problem import PolicyError, Problem, has_errors, in_reading_order


@frozen(slots=False)
class Compiled:
    """One regime, ready to evaluate."""

    regime: Regime
    program: ir.Program = field(repr=False)
    integers: IntegerProgram = field(repr=False)
    digest: str

    @functools.cached_property
    def generated(self) -> Generated:
        """The generated function for every rule."""
        return generate(self.integers)

    @functools.cached_property
    def by_name(self) -> dict[str, ir.Rule]:
        """The rules under both their names."""
        known = {rule.name: rule for rule in self.program.rules}
        return known | {rule.code: rule for rule in self.program.rules if rule.code}

    @functools.cached_property
    def former(self) -> dict[str, str]:
        """From the names that results had before to the present ones."""
        return {old: rule.name for rule in self.program.rules for old in rule.former}

    @functools.cached_property
    def outputs(self) -> dict[str, Output]:
        """Where the generated function gives each value."""
        return {output.name: output for output in self.generated.outputs}

    @functools.cached_property
    def reader(self) -> Reader:
        """How its facts are read."""
        return reader_for(self.program)


@frozen
class Passed:
    """What the passes made of a policy: every regime that is without fault, and every problem."""

    lowered: Lowered | None
    compiled: tuple[Compiled, ...]
    problems: tuple[Problem, ...]


def run_passes(text: PolicyText, library: Library) -> Passed:
    """Run every pass over every regime. A fault never stops the passes that can still say something."""
    # Trees and tables stay until the end and have no cycles: to look for garbage among them
    # again and again takes longer than any pass.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _run(text, library)
    finally:
        if collecting:
            gc.enable()


def _run(text: PolicyText, library: Library) -> Passed:
    scheme, found = layer(text, library)
    problems = list(found)
    if scheme is None:
        return Passed(None, (), in_reading_order(problems))
    problems += check_names(scheme)
    problems += check_stated(scheme)
    problems += check_exemptions(scheme)
    lowered, found = lower_scheme(scheme)
    problems += found
    sound = not has_errors(problems)
    known = Known()
    programs = [(regime, *program_of(lowered, regime, known)) for regime in regimes(scheme)]
    if scheme.period.since is None:
        # Without a first day of its own, a policy begins where all that it needs has begun.
        begun = next((i for i, one in enumerate(programs) if not one[2]), len(programs) - 1)
        programs = programs[begun:]
    problems += check_ladders(lowered, (program for _, program, _ in programs))
    compiled: list[Compiled] = []
    shared, lines = Shared(names_read(lowered)), Lines()
    for regime, program, gaps in programs:
        problems += gaps
        if not sound or gaps:
            continue
        integers, bounds = to_integers(program, shared)
        problems += bounds
        if not bounds:
            compiled.append(Compiled(regime, program, integers, digest(program, lines)))
    # Regimes with the same rules round alike.
    for program in {id(one.program.rules): one.program for one in compiled}.values():
        problems += rounded_twice(program)
    if lowered.case_lists:
        # Only a policy with cases needs what decides them, an eighth of the time to import.
        from dibao_policy.core.cases.report import case_problems

        problems += case_problems(
            (one.integers, cases_on(lowered, one.regime.since)) for one in compiled
        )
    return Passed(lowered, tuple(compiled), in_reading_order(problems))


def check(text: PolicyText, library: Library) -> tuple[Problem, ...]:
    """Every problem of a policy, in every regime, warnings included."""
    return run_passes(text, library).problems


def compiled_on(passed: Passed, day: datetime.date) -> Compiled:
    """The regime of a day. Raises `PolicyError` for a day that the policy does not cover."""
    assert passed.lowered is not None
    name = passed.lowered.scheme.name
    first, last = passed.compiled[0].regime, passed.compiled[-1].regime
    if day < first.since:
        reason, reason_en = _why_first(passed)
        before = BeforeFirstDate(
            day=str(day),
            policy=name,
            first=str(first.since),
            reason=reason,
            reason_en=reason_en,
        )
        raise PolicyError([before])
    if last.until is not None and day > last.until:
        raise PolicyError([AfterLastDate(day=str(day), policy=name, last=str(last.until))])
    return next(one for one in reversed(passed.compiled) if one.regime.since <= day)


def assuming(compiled: Compiled, names: Iterable[str]) -> Compiled:
    """The same regime with named values given instead of computed; its digest says so.

    Raises `PolicyError` for a name that is no computed value, and where 64 bits would not suffice any more.
    """
    program, problems = assume(compiled.program, names)
    if not problems:
        integers, problems = to_integers(program)
    if problems:
        raise PolicyError(problems)
    return Compiled(compiled.regime, program, integers, f"{digest(program)}-assumed")


def _why_first(passed: Passed) -> tuple[str, str]:
    """What begins on a policy's first day, in both tongues."""
    assert passed.lowered is not None
    first = passed.compiled[0]
    if passed.lowered.scheme.period.since == first.regime.since:
        return "政策自这一天起施行", "the policy takes effect on that day"
    tables = first.program.tables
    names = [f"`{table.name}`" for table in tables if table.entry.since == first.regime.since]
    if names:
        return (
            f"参数 {'、'.join(names)} 自这一天起有数值",
            f"the values of {', '.join(names)} begin on that day",
        )
    return "有规定的第一天", "the first day with a rule"
