"""What a problem is: a stable code, a place, a message and a mend in two tongues.

A kind of problem is a frozen class beside the pass that reports it.
Its class attributes hold the wording; its fields hold the facts that the wording mentions.
A message says what is wrong with the text, never with its author.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, TypeVar, dataclass_transform

import attrs
from attrs import field

from dibao_policy.text import Span, position

Language = Literal["zh", "en"]
Severity = Literal["error", "warning"]

FACT_LIMIT = 400

KINDS: dict[str, type[Problem]] = {}


_Class = TypeVar("_Class", bound=type)


@dataclass_transform(
    kw_only_default=True, frozen_default=True, eq_default=False, field_specifiers=(field,)
)
def problem_kind(cls: _Class) -> _Class:
    """A frozen class of problems: `attrs.frozen`, with comparison and repr shared by all kinds.

    There are more than a hundred kinds, and methods made for each would be half of the time to import.
    """
    return attrs.frozen(cls, kw_only=True, eq=False, repr=False)


@problem_kind
class Problem:
    """One fault of a text, a folder or a set of facts.

    `mends_*` are tried in order: the first one whose fields are all filled is shown.
    """

    code: ClassVar[str] = ""
    slug: ClassVar[str] = ""
    severity: ClassVar[Severity] = "error"
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    mends_zh: ClassVar[tuple[str, ...]] = ()
    mends_en: ClassVar[tuple[str, ...]] = ()

    span: Span | None = None
    related: tuple[Span, ...] = field(default=(), repr=False)

    def __eq__(self, other: object) -> bool:
        """Whether two problems are of one kind and state the same facts."""
        if type(self) is not type(other):
            return NotImplemented
        # Every kind is made by attrs, which mypy cannot see through `problem_kind`.
        names = [one.name for one in attrs.fields(type(self))]  # type: ignore[arg-type]
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash((type(self), self.span))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {one_line(self)}>"

    def __init_subclass__(cls) -> None:
        if not cls.code:
            return
        known = KINDS.get(cls.code)
        # attrs makes a slotted class twice: the second replaces the first under the same name.
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.code} is both {known.__qualname__} and {cls.__qualname__}")
        KINDS[cls.code] = cls


class PolicyError(Exception):
    """A policy or a set of facts was refused; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(one_line(problem) for problem in self.problems))


def _short(value: object) -> str:
    """A fact as a sentence can hold it: a name of a thousand characters is cut short."""
    text = str(value)
    return text if len(text) <= FACT_LIMIT else f"{text[:FACT_LIMIT]}…"


def _facts(problem: Problem, template: str, language: Language) -> dict[str, str]:
    """The fields that a template mentions, as text."""
    separator = "、" if language == "zh" else ", "
    facts: dict[str, str] = {}
    for _, name, _, _ in string.Formatter().parse(template):
        if name is not None:
            value = getattr(problem, name)
            parts = value if isinstance(value, tuple) else (value,)
            facts[name] = separator.join(map(_short, parts))
    return facts


def message(problem: Problem, language: Language = "zh") -> str:
    """What is wrong, in one sentence."""
    template = problem.zh if language == "zh" else problem.en
    # A field may be empty here: a household can give an empty text for a fact.
    return template.format(**_facts(problem, template, language))


def mend(problem: Problem, language: Language = "zh") -> str:
    """What would likely put it right, or an empty string."""
    for template in problem.mends_zh if language == "zh" else problem.mends_en:
        facts = _facts(problem, template, language)
        if all(facts.values()):
            return template.format(**facts)
    return ""


def one_line(problem: Problem, language: Language = "zh") -> str:
    """`file:line:column: code message`, for logs and exceptions."""
    place = ""
    if problem.span is not None:
        line, column = position(problem.span)
        place = f"{problem.span.source.name}:{line}:{column}: "
    return f"{place}{problem.code} {message(problem, language)}"


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by file, place and code, each distinct problem once."""
    seen: dict[tuple[str, int, int, str, str], Problem] = {}
    for problem in problems:
        span = problem.span
        key = (
            span.source.name if span else "",
            span.start if span else 0,
            span.end if span else 0,
            problem.code,
            message(problem),
        )
        seen.setdefault(key, problem)
    return tuple(seen[key] for key in sorted(seen))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them refuses the text, rather than only warning."""
    return any(problem.severity == "error" for problem in problems)
