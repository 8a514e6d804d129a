"""`dibao test --coverage`: what of a policy its cases put to use, at a terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dibao_policy.cli.case_runs import Ran
from dibao_policy.cli.options import end_with
from dibao_policy.lawcraft.cases.exercises import exercises_of
from dibao_policy.lawcraft.cases.run import Bench
from dibao_policy.lawcraft.coverage import Item, coverage
from dibao_policy.lawcraft.coverage_page import (
    coverage_html,
    missing_text,
    totals,
    totals_text,
)
from dibao_policy.problem import Language
from dibao_policy.text import position
from dibao_policy.writing import write_file

_SHOWN = 40


def items_of(ran: Ran) -> tuple[Item, ...]:
    """What a policy wrote itself, with what its cases saw of it; nothing of a policy with faults."""
    if ran.policy is None or ran.policy.passed.lowered is None:
        return ()
    exercises = exercises_of(Bench(ran.policy), ran.cases)
    return coverage(ran.policy.passed.lowered, ran.policy.code, exercises)


def coverage_lines(ran: Ran, items: Sequence[Item], whole: bool = False) -> Iterator[str]:
    """The totals, and the first of what is missing; all of it where it is asked for."""
    yield f"{ran.folder.resolve().name}：{totals_text(items)}"
    missing = [one for one in items if one.missing]
    shown = missing if whole else missing[:_SHOWN]
    yield from (f"  {missing_text(one)}" for one in shown)
    if len(shown) < len(missing):
        yield f"  …… 还有 {len(missing) - len(shown)} 处"


def coverage_json(items: Sequence[Item]) -> dict[str, Any]:
    """The totals and what is missing, as data."""
    return {
        "totals": {
            kind: {"seen": seen, "of": count} for kind, (seen, count) in totals(items).items()
        },
        "missing": [
            {
                "kind": one.kind,
                "name": one.name,
                "text": one.text,
                "place": f"{one.span.source.name}:{position(one.span)[0]}",
                "missing": sorted(one.missing),
            }
            for one in items
            if one.missing
        ],
    }


def write_page(file: Path, rans: Sequence[tuple[Ran, Sequence[Item]]], lang: Language) -> None:
    """Write the page of one policy; of several, a file each, with the name of the policy in its name."""
    for ran, items in rans:
        name = ran.folder.resolve().name
        path = file if len(rans) == 1 else file.with_name(f"{file.stem}-{name}{file.suffix}")
        problems = write_file(
            path, coverage_html(f"{name} 的案例用到了什么", items).encode("utf-8")
        )
        if problems:
            end_with(problems, lang)


def is_enough(items: Sequence[Item], percent: int) -> bool:
    """Whether at least so many of a hundred conditions were seen both ways."""
    seen, count = totals(items)["condition"]
    return seen * 100 >= percent * count
