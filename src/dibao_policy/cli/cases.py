"""`dibao test`: whether a policy gives the results that its cases expect."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from dibao_policy.cli.case_runs import Ran, run_folder
from dibao_policy.cli.coverage import (
    coverage_json,
    coverage_lines,
    is_enough,
    items_of,
    write_page,
)
from dibao_policy.cli.options import echo_json, form_options
from dibao_policy.lawcraft.cases.report import CaseReport, Summary, summary
from dibao_policy.problem import Language, has_errors
from dibao_policy.render import problem_json, problems_text


@click.command(name="test")
@click.argument(
    "policies",
    nargs=-1,
    required=True,
    metavar="POLICY...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--only", default="", metavar="TEXT", help="Only cases whose name or file has TEXT.")
@click.option(
    "--junit",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the outcomes to a file of JUnit XML too (extra `junit`).",
)
@click.option(
    "--coverage", "covered", is_flag=True, help="Tell what of the policy the cases put to use."
)
@click.option(
    "--coverage-html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write that as a page over the text of the policy.",
)
@click.option(
    "--coverage-at-least",
    "at_least",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="Fail where fewer of the conditions were seen both ways.",
)
@click.option(
    "--update", is_flag=True, help="Put what comes out in the place of what was expected."
)
@click.option("--yes", is_flag=True, help="With --update, write without asking.")
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes; by default as many as the cases are worth.",
)
@form_options
def test(
    policies: tuple[Path, ...],
    only: str,
    junit: Path | None,
    covered: bool,
    page: Path | None,
    at_least: int | None,
    update: bool,
    yes: bool,
    processes: int | None,
    form: str,
    lang: Language,
) -> None:
    """Run the cases of POLICY folders, `cases/*.yaml|csv|xlsx` (测试).

    Each case is decided on its own day and compared exactly; what differs is shown
    with the steps that it rests on.

    --update shows the differences of the files before it writes. A case that
    somebody published (原文, 转载, 问答) keeps what it expects.

    --coverage looks at what the policy itself says, not at what it inherits.
    """
    if update and form == "json":
        raise click.UsageError("--update asks and shows differences: it has no --format json")
    ran = [run_folder(folder, only, lang, processes) for folder in policies]
    if junit is not None:
        from dibao_policy.cli.junit import write_junit

        write_junit(junit, ran, lang)
    items = [items_of(one) for one in ran] if covered or page or at_least is not None else []
    if form == "json":
        echo_json(
            [
                _json(one) | ({"coverage": coverage_json(seen)} if seen is not None else {})
                for one, seen in zip_longest(ran, items)
            ]
        )
    else:
        for line in _lines(ran, lang):
            click.echo(line)
        for one, seen in zip(ran, items, strict=False):
            click.echo("\n".join(coverage_lines(one, seen)))
    if page is not None:
        write_page(page, list(zip(ran, items, strict=True)), lang)
    if only and not any(one.cases for one in ran):
        text = {
            "zh": f"没有名称或文件名里有 {only} 的案例",
            "en": f"no case has {only} in its name or file",
        }
        click.echo(text[lang], err=True)
        sys.exit(1)
    if update:
        from dibao_policy.cli.case_update import update_files

        sys.exit(0 if update_files(ran, yes, lang) else 1)
    enough = all(is_enough(seen, at_least or 0) for seen in items)
    sys.exit(0 if enough and all(_is_well(one) for one in ran) else 1)


def _is_well(ran: Ran) -> bool:
    return not has_errors(ran.problems) and all(one.passed for one in ran.reports)


def _lines(ran: Sequence[Ran], lang: Language) -> Iterator[str]:
    for one in ran:
        if one.problems:
            yield problems_text(one.problems, lang)
        for case in one.reports:
            if not case.passed:
                yield from _case_lines(case, lang)
                yield ""
        yield (
            f"{one.folder.resolve().name}：{_summary_text(one, lang)}"
            if lang == "zh"
            else (f"{one.folder.resolve().name}: {_summary_text(one, lang)}")
        )


def _case_lines(case: CaseReport, lang: Language) -> Iterator[str]:
    yield (
        f"{case.name}（{case.place}，{case.day}）"
        if lang == "zh"
        else (f"{case.name} ({case.place}, {case.day})")
    )
    if case.problems:
        yield case.problems_text.rstrip("\n")
    for told in case.differences:
        yield f"  {told.sentence}"
        yield from (f"    {line}" for line in told.lines)


def _summary_text(ran: Ran, lang: Language) -> str:
    """`11 例，全部相符；来源：转载 1、自拟 10；未核实 11 例`."""
    if ran.policy is None:
        return (
            "政策有错误，没有运行案例" if lang == "zh" else "the policy has errors, no case was run"
        )
    counts = summary(ran.reports)
    if not counts.cases:
        return "没有案例" if lang == "zh" else "there are no cases"
    parts = _summary_zh(counts) if lang == "zh" else _summary_en(counts)
    return ("；" if lang == "zh" else "; ").join(filter(None, parts))


def _summary_zh(counts: Summary) -> Iterator[str]:
    outcome = "全部相符"
    if counts.passed < counts.cases:
        outcome = f"{counts.passed} 例相符"
        outcome += f"，{counts.differing} 例不符" if counts.differing else ""
        outcome += f"，{counts.faulty} 例没有写对" if counts.faulty else ""
    yield f"{counts.cases} 例，{outcome}"
    sources = [f"{status} {number}" for status, number in counts.statuses.items()]
    sources += [f"没有来源 {counts.without_source}"] if counts.without_source else []
    yield f"来源：{'、'.join(sources)}"
    if counts.tolerances:
        yield f"容差 {counts.tolerances} 处，用到 {counts.tolerated} 处"
    if counts.unverified:
        yield f"结果依据未核实的 {counts.unverified} 例"


def _summary_en(counts: Summary) -> Iterator[str]:
    outcome = "all as expected"
    if counts.passed < counts.cases:
        outcome = f"{counts.passed} as expected"
        outcome += f", {counts.differing} not" if counts.differing else ""
        outcome += f", {counts.faulty} with faults of their own" if counts.faulty else ""
    yield f"{counts.cases} cases, {outcome}"
    sources = [f"{status} {number}" for status, number in counts.statuses.items()]
    sources += [f"none {counts.without_source}"] if counts.without_source else []
    yield f"sources: {', '.join(sources)}"
    if counts.tolerances:
        yield f"{counts.tolerances} tolerances, {counts.tolerated} used"
    if counts.unverified:
        yield f"{counts.unverified} rest on what is not verified"


def _json(ran: Ran) -> dict[str, Any]:
    counts = summary(ran.reports)
    return {
        "policy": ran.folder.resolve().name,
        "problems": [problem_json(one) for one in ran.problems],
        "cases": [
            {
                "name": one.name,
                "file": one.file,
                "line": one.line,
                "day": one.day,
                "status": one.status or None,
                "passed": one.passed,
                "differences": [
                    {**told.data, "message": told.sentence, "steps": list(told.lines)}
                    for told in one.differences
                ],
                "problems": list(one.problems),
                "tolerated": list(one.tolerated),
                "unverified": one.unverified,
            }
            for one in ran.reports
        ],
        "summary": {
            "cases": counts.cases,
            "passed": counts.passed,
            "differing": counts.differing,
            "faulty": counts.faulty,
            "tolerances": counts.tolerances,
            "tolerated": counts.tolerated,
            "without_source": counts.without_source,
            "unverified": counts.unverified,
            "statuses": counts.statuses,
        },
    }
