"""Expected values replaced by those that come out today; every other character of a file stays as it is.

A case that somebody published keeps what it expects: there the rules are to be looked at, not the case.
The new text is read and run again, and has to expect just what comes out, or it is not given out.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from dibao_policy.lawcraft.cases.case import PUBLISHED, PolicyCase
from dibao_policy.lawcraft.cases.compare import ResultDiffers
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.run import Bench, Outcome, run_case
from dibao_policy.lawcraft.cases.table import read_csv
from dibao_policy.lawcraft.cases.values import in_the_manner_of
from dibao_policy.text import Source, Span, covered


@frozen
class Update:
    """A file as it would be: `values` were replaced in it, and `kept` says which cases still differ and why.

    The reasons are `published`, `several` (one text for members whose values differ by now) and `texts`
    (reasons, articles, cross-checks, refusals: only a person can say what they should be).
    """

    source: Source
    text: str = field(repr=False)
    values: int
    kept: tuple[tuple[PolicyCase, str], ...]


def update(bench: Bench, source: Source, names: frozenset[str]) -> Update:
    """Replace what does not come out in the named cases of a YAML or CSV text, taken with its exact characters."""
    replaced: dict[tuple[int, int], str] = {}
    kept: list[tuple[PolicyCase, str]] = []
    before = [one for one in _outcomes(bench, source, names) if not one.problems]
    for outcome in before:
        published = outcome.case.source is not None and outcome.case.source.status in PUBLISHED
        if outcome.differences and published:
            kept.append((outcome.case, "published"))
            continue
        values, several = _values(outcome)
        replaced |= values
        if several:
            kept.append((outcome.case, "several"))
        if any(not isinstance(one, ResultDiffers) for one in outcome.differences):
            kept.append((outcome.case, "texts"))
    text = source.text
    for (start, end), new in sorted(replaced.items(), reverse=True):
        text = text[:start] + new + text[end:]
    sound = frozenset(one.case.name for one in before)
    left = _outcomes(bench, Source(source.name, text), sound)
    still = {
        one.case.name for one in left if any(isinstance(d, ResultDiffers) for d in one.differences)
    }
    allowed = {case.name for case, why in kept if why != "texts"}
    if any(one.problems for one in left) or not still <= allowed:
        # A slip of this file, not of the text: nothing may come of it.
        raise AssertionError(f"the values that come out do not fit into {source.name}")
    return Update(source, text, len(replaced), tuple(kept))


def can_be_updated(file: str) -> bool:
    """Whether a file of cases is a text that can be edited in place: a sheet of a workbook is none."""
    return file.endswith((".yaml", ".yml", ".csv"))


def _outcomes(bench: Bench, source: Source, names: frozenset[str]) -> list[Outcome]:
    read = read_csv if source.name.endswith(".csv") else read_text
    cases, _ = read(source)
    return [run_case(bench, case) for case in cases if case.name in names]


def _values(outcome: Outcome) -> tuple[dict[tuple[int, int], str], bool]:
    """The new text of each wrong value by its place, and whether one text stood for values that differ by now."""
    off = [one for one in outcome.differences if isinstance(one, ResultDiffers)]
    assert outcome.bound is not None or not off
    wrong = {_key(one.check.written.span) for one in off}
    texts: dict[tuple[int, int], set[str]] = {key: set() for key in wrong}
    for one in off:
        texts[_key(one.check.written.span)].add(_text(one))
    right = [
        check
        for check in (outcome.bound.checks if outcome.bound is not None else ())
        if not any(check is one.check for one in off)
    ]
    for check in right:
        if _key(check.written.span) in texts:
            texts[_key(check.written.span)].add(check.written.text)
    several = any(len(new) > 1 for new in texts.values())
    return {key: new.pop() for key, new in texts.items() if len(new) == 1}, several


def _key(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _text(one: ResultDiffers) -> str:
    written = one.check.written
    text = in_the_manner_of(written, one.found, one.check.rule.type)
    quote = covered(written.span)[:1]
    return f"{quote}{text}{quote}" if quote in ("'", '"') else text


def files_of(cases: Iterable[PolicyCase]) -> dict[str, frozenset[str]]:
    """The names of cases by the file in which they stand."""
    found: dict[str, set[str]] = {}
    for case in cases:
        found.setdefault(case.span.source.name, set()).add(case.name)
    return {file: frozenset(names) for file, names in found.items()}
