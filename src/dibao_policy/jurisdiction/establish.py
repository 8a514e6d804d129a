"""From answers to a policy that passes."""

from __future__ import annotations

from dibao_policy.compile import check
from dibao_policy.jurisdiction.answers import (
    Answers,
    check_names,
    read_districts,
    read_standards,
)
from dibao_policy.jurisdiction.texts import (
    RULES,
    VALUES,
    parameter_line,
    rules_text,
    values_text,
)
from dibao_policy.model.layers import Library, PolicyText, layer
from dibao_policy.model.problems import UnknownParent
from dibao_policy.parameters.series_problems import (
    MissingMember,
    RepeatedMember,
    UnknownMember,
)
from dibao_policy.problem import Problem, has_errors, in_reading_order
from dibao_policy.text import Source, nearest

_OF_MEMBERS = (UnknownMember, MissingMember, RepeatedMember)


def establish(
    answers: Answers, library: Library, siblings: tuple[str, ...] = ()
) -> tuple[PolicyText | None, tuple[Problem, ...]]:
    """The texts of a new policy, or every problem of the answers.

    A parent that lacks what the rules need shows as problems of the rules. Warnings come with the texts.
    """
    districts, problems = read_districts(answers.districts)
    line = Source(f"{answers.code}/{RULES}", parameter_line(districts))
    values, faults = read_standards(answers.standards, answers.since, districts, line)
    if problems:
        # Where a district could not be read, its number is not one too many.
        faults = tuple(one for one in faults if not isinstance(one, _OF_MEMBERS))
    parent, unknown = _parent(answers.parent, library, siblings)
    refused = (*check_names(answers), *problems, *faults, *unknown)
    if refused:
        return None, in_reading_order(refused)
    text = PolicyText(
        answers.code,
        (Source(f"{answers.code}/{RULES}", rules_text(answers, districts, parent)),),
        (Source(f"{answers.code}/{VALUES}", values_text(answers, districts, values)),),
        siblings,
    )
    remarks = check(text, library)
    return (None if has_errors(remarks) else text), remarks


def _parent(
    code: str, library: Library, siblings: tuple[str, ...]
) -> tuple[str, tuple[Problem, ...]]:
    """A parent as it stands behind 继承, with the version that it has now."""
    if not code:
        return "", ()
    text = library(code)
    scheme = layer(text, library)[0] if text is not None else None
    if scheme is None:
        return "", (UnknownParent(policy=code, near=nearest(code, siblings)),)
    pinned = f' 版本 "{scheme.version}"' if scheme.version else ""
    return f"{scheme.name}({code}){pinned}", ()
