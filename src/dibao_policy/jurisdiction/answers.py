"""What was answered about a new jurisdiction, and what is wrong with it."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from attrs import evolve, frozen

from dibao_policy.jurisdiction.problems import NotACode, NotAName, RepeatedDistrict
from dibao_policy.parameters.fields import quoted
from dibao_policy.parameters.given import check_given, read_assignments, written_values
from dibao_policy.parameters.read import UNVERIFIED
from dibao_policy.parameters.series import Declared, Key as Path
from dibao_policy.problem import Problem
from dibao_policy.syntax import tree
from dibao_policy.syntax.parse import parse
from dibao_policy.text import Source, Span, covered

District = tuple[str, str]

_HIGHEST_STANDARD = Fraction(100_000)
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DISTRICT = re.compile(
    r"(?P<name>[^\s,，、;；()（）]+)(?:\s*[(（]\s*(?P<code>[^()（）]*?)\s*[)）])?"
    r"|[(（][^()（）]*[)）]|[()（）]"
)
_KIND = re.compile("低保|生活保障")


@frozen
class Answers:
    """The answers as they were given.

    `districts` holds `昌邑区(changyi)、龙潭区(longtan)`, or nothing; `standards` holds one number in 元/人月,
    or `昌邑区=850 龙潭区=820`. `parent` is the code of a policy beside the new one, or empty.
    """

    code: str
    name: str
    districts: Source
    standards: Source
    since: datetime.date
    parent: str = ""
    document: str = ""
    article: str = ""
    address: str = ""
    status: str = UNVERIFIED
    date_basis: str = ""


def policy_name(answers: Answers) -> str:
    """The name of the policy: that of the place, and what it is about where that does not say so."""
    return answers.name if _KIND.search(answers.name) else f"{answers.name}城市居民最低生活保障"


def check_names(answers: Answers) -> tuple[Problem, ...]:
    """Whether the language takes the code and the name."""
    found: list[Problem] = []
    if not is_code(answers.code):
        found.append(NotACode(text=quoted(answers.code)))
    if not is_name(answers.name):
        found.append(NotAName(text=quoted(answers.name)))
    return tuple(found)


def read_districts(source: Source) -> tuple[tuple[District, ...], tuple[Problem, ...]]:
    """The districts by their names and code names; a code name may be left out."""
    districts: list[District] = []
    problems: list[Problem] = []
    seen: dict[str, Span] = {}
    for found in _DISTRICT.finditer(source.text):
        name, code = found["name"] or "", found["code"]
        span = Span(source, *found.span())
        if not is_name(name):
            problems.append(NotAName(span=span, text=quoted(covered(span))))
            continue
        if code is not None and not is_code(code):
            where = Span(source, *found.span("code"))
            problems.append(NotACode(span=where, text=quoted(code)))
        for form in filter(None, dict.fromkeys((name, code or ""))):
            if form in seen:
                problems.append(RepeatedDistrict(span=span, name=form, related=(seen[form],)))
            seen.setdefault(form, span)
        districts.append((name, code or ""))
    return tuple(districts), tuple(problems)


def read_standards(
    source: Source, since: datetime.date, districts: tuple[District, ...], line: Source
) -> tuple[dict[Path, str], tuple[Problem, ...]]:
    """The text of each number; one number alone is for every district. `line` declares the parameter."""
    declared = Declared(
        name="低保标准",
        other_name="standard",
        unit_text="元/人月",
        is_ratio=False,
        keys=(districts,) if districts else (),
        low=Fraction(0),
        high=_HIGHEST_STANDARD,
        span=Span(line, 0, len(line.text)),
    )
    given, found = read_assignments(source, declared)
    for_all = bool(districts) and [cell.key for cell in given.cells] == [()]
    if for_all:
        declared = evolve(declared, keys=())
    problems = (*found, *check_given(given, declared, since))
    if problems:
        return {}, problems
    values = written_values(given, declared)
    return {(name,): values[()] for name, _ in districts} if for_all else values, ()


def is_name(text: str) -> bool:
    """Whether the language takes a text as a name."""
    file, found = parse(Source("", f"枚举 类 {{ {text} }}"))
    match file.blocks:
        case (tree.Enumeration(members=(member,)),) if not found:
            return member.text == text and not member.code
    return False


def is_code(text: str) -> bool:
    """Whether a text can be a code name: what files, columns and programs call a thing."""
    return _CODE.fullmatch(text) is not None and is_name(text)
