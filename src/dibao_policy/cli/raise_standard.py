"""`dibao raise`: one dated value more for a parameter of a policy."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import click

from dibao_policy.cli.differences import agreed, differences_text
from dibao_policy.cli.options import chinese, end_with, language, one_line, read_day
from dibao_policy.folders import library_beside, read_folder
from dibao_policy.model.problems import UnreadableFile
from dibao_policy.parameters.amounts import amount_text
from dibao_policy.parameters.changes import change_text
from dibao_policy.parameters.edit import Addition
from dibao_policy.parameters.read import DATE_BASIS, STATUS, UNVERIFIED
from dibao_policy.problem import Language, Problem, in_reading_order
from dibao_policy.render import problems_text
from dibao_policy.revise import Change, Request, Revision, revise, wants_reason
from dibao_policy.text import Source
from dibao_policy.writing import replace_file

_WORDS: dict[str, tuple[str, str]] = {
    "reason": (
        '核对无误的，加上 --reason "…" 写明理由，再运行一次。',
        'If the numbers are right, run the command again with --reason "…".',
    ),
    "nothing": ("没有写入任何文件。", "Nothing was written."),
    "written": ("已写入 {file}。", "Written to {file}."),
    "dry": ("只看不写：没有写入任何文件。", "A dry run: nothing was written."),
    "later": (
        "{days} 起的值不变，到时仍按那里写的执行。",
        "The values from {days} stay, and take over on their day.",
    ),
    "first": ("新的值早于原来的第一项。", "The new value comes before what was the first."),
    "unverified": (
        "来源的状态写作 `未核实`；读过文件原文的，加上 --status 原文。",
        "The status of the source is `未核实` (unverified); if the text was read, add --status original.",
    ),
}


def _word(key: str, lang: Language, **facts: str) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


@click.command(name="raise")
@click.argument("policy", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("parameter")
@click.argument("values", nargs=-1)
@click.option(
    "--from", "since", callback=read_day, required=True, metavar="YYYY-MM-DD", help="First day."
)
@click.option(
    "--csv",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the values from a table instead.",
)
@click.option("--source", "document", default="", help="Title of the document (文件).")
@click.option("--article", default="", help="Article of the document (条款).")
@click.option("--address", default="", help="Address of the document (网址).")
@click.option(
    "--status",
    type=click.Choice([*STATUS, *STATUS.values()]),
    default=UNVERIFIED,
    help="How far the source was checked (状态).",
)
@click.option(
    "--date-basis",
    type=click.Choice([*DATE_BASIS, *DATE_BASIS.values()]),
    help="Whether the source states the first day (日期).",
)
@click.option(
    "--confirmed-until",
    callback=read_day,
    metavar="YYYY-MM-DD",
    help="Last day that the source confirms.",
)
@click.option("--reason", default="", help="Why a jump or a fall is right (理由).")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show the differences and write nothing.")
@language
def raise_standard(
    policy: Path,
    parameter: str,
    values: tuple[str, ...],
    since: datetime.date,
    table: Path | None,
    document: str,
    article: str,
    address: str,
    status: str,
    date_basis: str | None,
    confirmed_until: datetime.date | None,
    reason: str,
    yes: bool,
    dry_run: bool,
    lang: Language,
) -> None:
    """Add a dated value to a PARAMETER of a POLICY folder (提标).

    VALUES are `萨尔图区=850 让胡路区=850`, `甲/乙=1` where there are several enumerations,
    or one number such as `35%`; or they come from a table (--csv) with a column
    for each enumeration and one called 数值 (value).

    The differences are shown before anything is written, and nothing is written
    that `dibao check` would not pass.
    """
    if table is not None and values:
        raise click.UsageError("give the values, or a table with --csv, and not both")
    addition = Addition(
        since=since,
        values={},
        document=one_line(document),
        article=one_line(article),
        address=one_line(address),
        status=chinese(STATUS, status),
        date_basis=chinese(DATE_BASIS, date_basis or ""),
        confirmed_until=confirmed_until,
        reason=one_line(reason),
    )
    revision, problems = _revision(policy, parameter, values, table, addition, lang)
    if revision is None:
        hints = [_word("reason", lang)] if any(wants_reason(one, since) for one in problems) else []
        end_with(problems, lang, *hints, _word("nothing", lang))
    file = policy.resolve().parent / revision.source.name
    shown = differences_text(revision.source.name, revision.source.text, revision.text)
    click.echo(shown, nl=False)
    for line in _summary(revision, addition, lang):
        click.echo(line)
    # What the policy is reminded of elsewhere has nothing to do with this edit.
    if remarks := [one for one in revision.warnings if _stands_in(one, revision.source.name)]:
        click.echo(problems_text(remarks, lang), err=True)
    if dry_run:
        click.echo(_word("dry", lang))
        return
    if not yes and not agreed(lang):
        click.echo(_word("nothing", lang))
        sys.exit(1)
    before, after = (text.encode("utf-8") for text in (revision.source.text, revision.text))
    if unwritten := replace_file(file, before, after):
        end_with(unwritten, lang)
    click.echo(_word("written", lang, file=str(policy / Path(*file.parts[-2:]))))


def _revision(
    policy: Path,
    parameter: str,
    values: tuple[str, ...],
    table: Path | None,
    addition: Addition,
    lang: Language,
) -> tuple[Revision | None, tuple[Problem, ...]]:
    text, unreadable = read_folder(policy, exact_values=True)
    found = list(unreadable)
    rows = None
    if table is not None:
        reason = reason_en = ""
        try:
            rows = Source(table.name, table.read_bytes().decode("utf-8-sig"))
        except OSError as error:
            reason = reason_en = error.strerror or "?"
        except UnicodeDecodeError:
            reason, reason_en = "不是 UTF-8 文字", "it is not UTF-8 text"
        if rows is None:
            found.append(UnreadableFile(path=table.name, reason=reason, reason_en=reason_en))
    if found:
        return None, in_reading_order(found)
    words = Source("命令行" if lang == "zh" else "command line", " ".join(values))
    request = Request(parameter, addition, words, rows)
    revision, problems = revise(text, library_beside(policy, found), request)
    return (None, in_reading_order([*found, *problems])) if found else (revision, problems)


def _stands_in(problem: Problem, file: str) -> bool:
    return problem.span is not None and problem.span.source.name == file


def _summary(revision: Revision, addition: Addition, lang: Language) -> Iterator[str]:
    """What changes for whom, and what stays."""
    yield ""
    groups: dict[tuple[Fraction | None, Fraction], list[Change]] = {}
    for change in revision.changes:
        groups.setdefault((change.before, change.after), []).append(change)
    for changes in groups.values():
        yield _step(revision, changes, lang)
    if revision.before is None:
        yield _word("first", lang)
    if revision.later:
        separator = "、" if lang == "zh" else ", "
        yield _word("later", lang, days=separator.join(map(str, revision.later)))
    if addition.status == UNVERIFIED and addition.document:
        yield _word("unverified", lang)


def _step(revision: Revision, changes: list[Change], lang: Language) -> str:
    """`410 → 450元/人月，升 9.75%：萨尔图区、让胡路区`."""
    declared, first = revision.declared, changes[0]

    def shown(number: Fraction) -> str:
        return amount_text(number, declared.is_ratio, declared.unit_text)

    text = shown(first.after)
    old, new = first.before, first.after
    if old is not None:
        text = f"{shown(old)} → {text}"
        if old != new and old:
            share = change_text(old, new, Fraction(0))
            zh, en = ("升", "up by") if new > old else ("降", "down by")
            text += f"，{zh} {share}" if lang == "zh" else f", {en} {share}"
    names = ["/".join(change.path) for change in changes if change.path]
    if names:
        text += ("：" + "、".join(names)) if lang == "zh" else (": " + ", ".join(names))
    return f"  {text}"
