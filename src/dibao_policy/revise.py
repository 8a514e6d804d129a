"""A raise: one dated value more for a parameter of a policy, and whether the policy then still passes.

Texts come in, an edit of one of them or problems go out; nothing here touches a file.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import evolve, field, frozen

from dibao_policy.compile import check
from dibao_policy.core.declared import declared_parameter
from dibao_policy.model.layers import Library, PolicyText, layer
from dibao_policy.model.scheme import ParameterDeclaration, Scheme
from dibao_policy.parameters.edit import Addition, Insertion, add_entry, spliced
from dibao_policy.parameters.edit_problems import DayTaken, UnknownParameter, ValuesElsewhere
from dibao_policy.parameters.given import (
    Given,
    check_given,
    read_assignments,
    read_table,
    written_values,
)
from dibao_policy.parameters.series import Declared, Entry, Key as Path, Series
from dibao_policy.parameters.series_problems import ChangeFromZero, Fall, Jump
from dibao_policy.problem import Problem, has_errors, in_reading_order
from dibao_policy.text import Source, nearest

_NAMES_SHOWN = 20


@frozen
class Request:
    """What is to be added: to which parameter, from when, and where the numbers stand.

    The numbers are `table`, if there is one, or else the words of `assignments`.
    """

    parameter: str
    addition: Addition
    assignments: Source
    table: Source | None = None


@frozen
class Change:
    """The numbers of one member before and after, in the declared unit; no number before the first entry."""

    path: Path
    before: Fraction | None
    after: Fraction


@frozen
class Revision:
    """An edit that the policy passes with."""

    source: Source
    insertions: tuple[Insertion, ...]
    text: str = field(repr=False)
    declared: Declared
    changes: tuple[Change, ...]
    before: datetime.date | None
    later: tuple[datetime.date, ...]
    warnings: tuple[Problem, ...]


def revise(
    text: PolicyText, library: Library, request: Request
) -> tuple[Revision | None, tuple[Problem, ...]]:
    """Add a value to a parameter of a policy.

    Returns the edit, or every problem: of what was given, and else of the policy as it would be.
    """
    scheme, found = layer(text, library)
    if scheme is None:
        return None, in_reading_order(found)
    declaration, unknown = _declaration(scheme, request.parameter)
    if declaration is None:
        return None, unknown
    known = declared_parameter(scheme, declaration, [])
    series = declaration.series
    source = _source_of(text, series) if series is not None else None
    if known is None or series is None or not series.entries:
        # The parameter itself is not in order, and the check says why.
        return None, check(text, library)
    declared = known[0]
    given, faults = _given(scheme, declaration, declared, request)
    problems = [*faults, *check_given(given, declared, request.addition.since)]
    if source is None:
        other = series.span.source.name.partition("/")[0]
        problems.append(ValuesElsewhere(name=declared.name, policy=scheme.code, other=other))
    problems += _day_taken(declared, series, request.addition.since)
    if problems or source is None:
        return None, tuple(problems)
    values = written_values(given, declared)
    insertions, refused = add_entry(
        source, series.name, declared, evolve(request.addition, values=values)
    )
    if not insertions:
        return None, refused
    return _checked(text, library, series, source, insertions, declared, given, request)


def _declaration(
    scheme: Scheme, name: str
) -> tuple[ParameterDeclaration | None, tuple[Problem, ...]]:
    """The parameter of a name in either form."""
    known = scheme.parameters.get(scheme.codes.get(name, name))
    if known is not None:
        return known, ()
    codes = [code for code, text in scheme.codes.items() if text in scheme.parameters]
    now = scheme.former.get(name, "")
    near = now if now in scheme.parameters else nearest(name, (*scheme.parameters, *codes))
    unknown = UnknownParameter(
        policy=scheme.code, name=name, near=near, known=_few(tuple(scheme.parameters))
    )
    return None, (unknown,)


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= _NAMES_SHOWN else (*names[:_NAMES_SHOWN], "…")


def _source_of(text: PolicyText, series: Series) -> Source | None:
    """The file of the series, if it is one of this policy and not of one that it inherits from."""
    return next((one for one in text.parameters if one is series.span.source), None)


def _given(
    scheme: Scheme, declaration: ParameterDeclaration, declared: Declared, request: Request
) -> tuple[Given, tuple[Problem, ...]]:
    if request.table is None:
        return read_assignments(request.assignments, declared)
    enumerations = [one.node.name for one in scheme.enumerations.values()]
    columns = [
        (name.text, name.code)
        for key in declaration.node.keys
        for name in enumerations
        if key.text in (name.text, name.code)
    ]
    return read_table(request.table, declared, columns)


def _day_taken(declared: Declared, series: Series, since: datetime.date) -> list[Problem]:
    return [
        DayTaken(span=entry.since_span, name=declared.name, since=str(since))
        for entry in series.entries
        if entry.since == since
    ]


def _checked(
    text: PolicyText,
    library: Library,
    series: Series,
    source: Source,
    insertions: tuple[Insertion, ...],
    declared: Declared,
    given: Given,
    request: Request,
) -> tuple[Revision | None, tuple[Problem, ...]]:
    """The edit, if the policy passes with it; otherwise every problem of the policy as it would be."""
    new = Source(source.name, spliced(source.text, insertions))
    parameters = tuple(new if one is source else one for one in text.parameters)
    found = check(evolve(text, parameters=parameters), library)
    if has_errors(found):
        return None, found
    since = request.addition.since
    earlier = [entry for entry in series.entries if entry.since < since]
    later = tuple(entry.since for entry in series.entries if entry.since > since)
    revision = Revision(
        source=source,
        insertions=insertions,
        text=new.text,
        declared=declared,
        changes=_changes(declared, earlier[-1] if earlier else None, given),
        before=earlier[-1].since if earlier else None,
        later=later,
        warnings=found,
    )
    return revision, ()


def _changes(declared: Declared, before: Entry | None, given: Given) -> tuple[Change, ...]:
    chinese = [{form: member[0] for member in level for form in member} for level in declared.keys]

    def path(key: Path) -> Path:
        return tuple(names.get(name, name) for names, name in zip(chinese, key, strict=True))

    old = {path(cell.key): cell.number for cell in before.cells} if before is not None else {}
    return tuple(
        Change(path(cell.key), old.get(path(cell.key)), cell.number) for cell in given.cells
    )


def wants_reason(problem: Problem, since: datetime.date) -> bool:
    """Whether a problem would go if the entry from a day stated its reason."""
    return isinstance(problem, Jump | Fall | ChangeFromZero) and problem.new_date == str(since)
