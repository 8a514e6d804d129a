"""Problems on a terminal and as JSON: the message, the line it stands on, a mark under the place, the mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dibao_policy.problem import Language, Problem, mend, message
from dibao_policy.text import Span, display_width, line_text, position

_SEVERITY = {"error": ("错误", "error"), "warning": ("提醒", "warning")}
_LINE_WIDTH = 100


def problems_text(problems: Iterable[Problem], language: Language = "zh") -> str:
    """Problems for a person, a block of lines each."""
    return "\n".join("\n".join(_lines(problem, language)) for problem in problems)


def _lines(problem: Problem, language: Language) -> Iterator[str]:
    severity = _SEVERITY[problem.severity][0 if language == "zh" else 1]
    yield f"{severity}[{problem.code}]: {message(problem, language)}"
    for span in (problem.span, *problem.related):
        if span is not None:
            yield from _place(span, "-->" if span is problem.span else "   ")
    hint = mend(problem, language)
    if hint:
        yield f"  = {'改正' if language == 'zh' else 'mend'}: {hint}"
    yield ""


def _place(span: Span, arrow: str) -> Iterator[str]:
    """The line of a place with a mark under it; a Han character is two columns wide."""
    line, column = position(span)
    yield f" {arrow} {span.source.name}:{line}:{column}"
    text = line_text(span.source, line).replace("\t", " ")
    start = column - 1
    # A very long line is shown from a little before the place.
    begin = max(0, start - 30) if len(text) > _LINE_WIDTH else 0
    shown = "".join(c if c.isprintable() else "�" for c in text[begin : begin + _LINE_WIDTH])
    length = max(1, min(span.end - span.start, len(text) - start, _LINE_WIDTH - (start - begin)))
    gutter = f"{line:>4} | "
    yield gutter + shown
    before = display_width(shown[: start - begin])
    marks = max(1, display_width(shown[start - begin : start - begin + length]))
    yield " " * (len(gutter) - 2) + "| " + " " * before + "^" * marks


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as data, in both tongues."""
    return {
        "code": problem.code,
        "slug": problem.slug,
        "severity": problem.severity,
        "message": {"zh": message(problem, "zh"), "en": message(problem, "en")},
        "mend": {"zh": mend(problem, "zh"), "en": mend(problem, "en")},
        "path": getattr(problem, "path", None),
        "place": _place_json(problem.span),
        "related": [_place_json(span) for span in problem.related],
    }


def _place_json(span: Span | None) -> dict[str, Any] | None:
    """A place, in characters: what editors count."""
    if span is None:
        return None
    line, column = position(span)
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "start": span.start,
        "end": span.end,
    }
