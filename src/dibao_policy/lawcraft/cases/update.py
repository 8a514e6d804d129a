"""Expected values replaced by those that come out today; every other character of a file stays as it is.

A case that somebody published keeps what it expects: there the rules are to be looked at, not the case.
The new text is read and run again, and has to expect just what comes out, or it is not given out.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from dibao_policy.lawcraft.cases.absent import word_beside
from dibao_policy.lawcraft.cases.case import PUBLISHED, PolicyCase, Written
from dibao_policy.lawcraft.cases.compare import ResultDiffers, ResultMissing, ResultThere
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.run import Bench, Outcome, run_case
from dibao_policy.lawcraft.cases.table import read_csv
from dibao_policy.lawcraft.cases.values import in_the_manner_of
from dibao_policy.text import Source, Span, covered

_OF_RESULTS = (ResultDiffers, ResultMissing, ResultThere)


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
        if any(not isinstance(one, _OF_RESULTS) for one in outcome.differences):
            kept.append((outcome.case, "texts"))
    text = source.text
    for (start, end), new in sorted(replaced.items(), reverse=True):
        text = text[:start] + new + text[end:]
    sound = frozenset(one.case.name for one in before)
    left = _outcomes(bench, Source(source.name, text), sound)
    still = {
        one.case.name for one in left if any(isinstance(d, _OF_RESULTS) for d in one.differences)
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
    off = [one for one in outcome.differences if isinstance(one, _OF_RESULTS)]
    assert outcome.bound is not None or not off
    texts: dict[tuple[int, int], set[str]] = {_key(_written(one).span): set() for one in off}
    several = False
    for one in off:
        key = _key(_written(one).span)
        if isinstance(one, ResultThere) and one.absence.bare:
            # The values of the members have no place where no member is named.
            several = True
            texts[key].clear()
        else:
            texts[key].update(_texts(one))
    wrong = [one.check for one in off if not isinstance(one, ResultThere)]
    for check in outcome.bound.checks if outcome.bound is not None else ():
        key = _key(check.written.span)
        if key in texts and not any(check is one for one in wrong):
            texts[key].add(check.written.text)
    several = several or any(len(new) > 1 for new in texts.values())
    return {key: new.pop() for key, new in texts.items() if len(new) == 1}, several


def _key(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _written(one: ResultDiffers | ResultMissing | ResultThere) -> Written:
    return one.absence.written if isinstance(one, ResultThere) else one.check.written


def _texts(one: ResultDiffers | ResultMissing | ResultThere) -> set[str]:
    """What should stand in the place of a value, in the quotes that are there."""
    written = _written(one)
    match one:
        case ResultMissing():
            texts = {word_beside(written)}
        case ResultThere(_, rule, values):
            texts = {in_the_manner_of(written, value, rule.type) for value in values}
        case _:
            texts = {in_the_manner_of(written, one.found, one.check.rule.type)}
    quote = covered(written.span)[:1]
    return {f"{quote}{text}{quote}" if quote in ("'", '"') else text for text in texts}


def files_of(cases: Iterable[PolicyCase]) -> dict[str, frozenset[str]]:
    """The names of cases by the file in which they stand."""
    found: dict[str, set[str]] = {}
    for case in cases:
        found.setdefault(case.span.source.name, set()).add(case.name)
    return {file: frozenset(names) for file, names in found.items()}
