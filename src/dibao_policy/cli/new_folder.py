"""`dibao new`: a folder for a new jurisdiction, from a few answers."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from dibao_policy.cli.options import chinese, end_with, language, one_line, read_day
from dibao_policy.dates import read_date
from dibao_policy.folders import library_beside, policies_beside
from dibao_policy.jurisdiction.answers import Answers, is_name, read_districts, read_standards
from dibao_policy.jurisdiction.establish import establish
from dibao_policy.jurisdiction.problems import NotAName
from dibao_policy.jurisdiction.texts import parameter_line
from dibao_policy.parameters.read import DATE_BASIS, STATUS, UNVERIFIED
from dibao_policy.problem import Language, Problem, mend, message
from dibao_policy.render import problems_text
from dibao_policy.text import Source
from dibao_policy.writing import FolderExists, make_folder

_NATIONAL = "national"

_WORDS: dict[str, tuple[str, str]] = {
    "name": ("地区的名称，如 吉林市", "Name of the jurisdiction, such as 吉林市"),
    "districts": (
        "区县，写作 昌邑区(changyi)、龙潭区(longtan)；不分区县就直接回车",
        "Districts, as 昌邑区(changyi)、龙潭区(longtan); none if all have one standard",
    ),
    "standards": ("低保标准，每人每月多少元", "Standard, in yuan per person and month"),
    "each": (
        "，各区县相同的写一个数，不同的写 {example}",
        ": one number for all, or {example}",
    ),
    "since": ("从哪一天起（YYYY-MM-DD）", "From which day (YYYY-MM-DD)"),
    "document": ("文件名称；还没有查到就直接回车", "Title of the document; none if not found yet"),
    "number": ("文号；没有就直接回车", "Number of the document; none if it has none"),
    "address": ("网址；没有就直接回车", "Address of the document; none if it has none"),
    "status": (
        "核实到哪一步：原文（读过原文）、转载（见于报道）、未核实",
        "How far it was checked: original (the text was read), reported (seen in the news), unverified",
    ),
    "inherit": ("继承旁边的全国规定（{parent}）吗？", "Inherit the national rules beside it ({parent})?"),
    "made": ("已新建 {folder}：", "Made {folder}:"),
    "inherits": ("继承 {parent}。", "It inherits {parent}."),
    "next": (
        "接下来：先看 rules.dibao 开头写的几处，改完运行 dibao check {folder}。",
        "Next: see the remarks at the top of rules.dibao, and run dibao check {folder}.",
    ),
}  # fmt: skip


def _word(key: str, lang: Language, **facts: str) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


@click.command(name="new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the jurisdiction, such as 吉林市.")
@click.option("--districts", help="昌邑区(changyi)、龙潭区(longtan); leave out for one standard.")
@click.option(
    "--standard",
    "standards",
    multiple=True,
    help="元/人月: one number, or 昌邑区=850 for each district.",
)
@click.option("--from", "since", callback=read_day, metavar="YYYY-MM-DD", help="Its first day.")
@click.option("--source", "document", help="Title of its document (文件).")
@click.option("--number", help="Number of its document (文号).")
@click.option("--article", default="", help="Article of the document (条款).")
@click.option("--address", help="Address of the document (网址).")
@click.option(
    "--status",
    type=click.Choice([*STATUS, *STATUS.values()]),
    help="How far the source was checked (状态).",
)
@click.option(
    "--date-basis",
    type=click.Choice([*DATE_BASIS, *DATE_BASIS.values()]),
    help="Whether the source states the first day (日期).",
)
@click.option("--inherit", "parent", metavar="CODE", help="Policy beside it to inherit from.")
@click.option("--standalone", is_flag=True, help="Inherit nothing.")
@language
def new_folder(
    folder: Path,
    name: str | None,
    districts: str | None,
    standards: tuple[str, ...],
    since: datetime.date | None,
    document: str | None,
    number: str | None,
    article: str,
    address: str | None,
    status: str | None,
    date_basis: str | None,
    parent: str | None,
    standalone: bool,
    lang: Language,
) -> None:
    """Make a FOLDER for a new jurisdiction (新建); its name is the code of the policy.

    Asks for what is missing on a terminal. Where a policy `national` stands beside it,
    the new one inherits from it, unless --standalone is given.
    """
    if parent and standalone:
        raise click.UsageError("--inherit and --standalone exclude each other")
    if os.path.lexists(folder):
        end_with([FolderExists(path=folder.name)], lang)
    required = {"--name": name, "--standard": standards, "--from": since}
    missing = [option for option, value in required.items() if not value]
    if missing and not on_terminal():
        raise click.UsageError(f"missing {', '.join(missing)}")
    beside = policies_beside(folder)
    if parent is None and not standalone and _NATIONAL in beside:
        parent = _NATIONAL
    if missing:
        name = name or _ask("name", _read_name, lang)
        districts = _ask("districts", _read_districts, lang, "") if districts is None else districts
        since = since or _ask_day(lang)
        standards = standards or (_ask_standards(districts, since, lang),)
        document = _ask("document", _any_text, lang, "") if document is None else document
        if document:
            number = _ask("number", _any_text, lang, "") if number is None else number
            address = _ask("address", _any_text, lang, "") if address is None else address
            status = status or _ask_status(lang)
        if parent == _NATIONAL and not click.confirm(
            _word("inherit", lang, parent=parent), default=True
        ):
            parent = None
    assert name is not None and since is not None
    answers = Answers(
        code=folder.name,
        name=name,
        districts=Source("--districts", districts or ""),
        standards=Source("--standard", " ".join(standards)),
        since=since,
        parent=parent or "",
        document=_titled(document or "", number or ""),
        article=one_line(article),
        address=one_line(address or ""),
        status=chinese(STATUS, status or UNVERIFIED),
        date_basis=chinese(DATE_BASIS, date_basis or ""),
    )
    _make(folder, answers, beside, lang)


def _make(folder: Path, answers: Answers, beside: tuple[str, ...], lang: Language) -> None:
    unread: list[Problem] = []
    text, problems = establish(answers, library_beside(folder, unread), beside)
    if text is None or unread:
        end_with([*unread, *problems], lang)
    files = {
        source.name.partition("/")[2]: source.text for source in (*text.rules, *text.parameters)
    }
    if unwritten := make_folder(folder, files):
        end_with(unwritten, lang)
    if problems:
        click.echo(problems_text(problems, lang))
    click.echo(_word("made", lang, folder=str(folder)))
    for file in files:
        click.echo(f"  {file}")
    if answers.parent:
        click.echo(_word("inherits", lang, parent=answers.parent))
    click.echo(_word("next", lang, folder=str(folder)))


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


# ---- questions ----------------------------------------------------------------------------


def _ask(
    key: str, read: Callable[[str], Sequence[Problem]], lang: Language, default: str | None = None
) -> str:
    """An answer that has no problem; one that has is told, and asked for again."""
    return _ask_text(_word(key, lang), read, lang, default)


def _ask_text(
    question: str,
    read: Callable[[str], Sequence[Problem]],
    lang: Language,
    default: str | None = None,
) -> str:
    def checked(text: str) -> str:
        text = text.strip()
        if problems := read(text):
            raise click.BadParameter(
                "; ".join(
                    message(problem, lang)
                    + (f" ({mend(problem, lang)})" if mend(problem, lang) else "")
                    for problem in problems
                )
            )
        return text

    answer = click.prompt(question, default=default, show_default=False, value_proc=checked)
    return str(answer)


def _ask_day(lang: Language) -> datetime.date:
    def checked(text: str) -> datetime.date:
        day = read_date(text.strip())
        if day is None:
            raise click.BadParameter("YYYY-MM-DD, 1900-01-01 … 2199-12-31")
        return day

    day: datetime.date = click.prompt(_word("since", lang), value_proc=checked)
    return day


def _ask_standards(districts: str, since: datetime.date, lang: Language) -> str:
    known, _ = read_districts(Source("", districts))
    question = _word("standards", lang)
    if known:
        example = " ".join(f"{name}=…" for name, _ in known)
        question += _word("each", lang, example=example)
    line = Source("", parameter_line(known))
    return _ask_text(
        question, lambda text: read_standards(Source("", text), since, known, line)[1], lang
    )


def _ask_status(lang: Language) -> str:
    words = tuple(STATUS) if lang == "zh" else tuple(STATUS.values())
    default = UNVERIFIED if lang == "zh" else STATUS[UNVERIFIED]
    answer = click.prompt(_word("status", lang), type=click.Choice(words), default=default)
    return str(answer)


def _read_name(text: str) -> Sequence[Problem]:
    return () if is_name(text) else (NotAName(text=text),)


def _read_districts(text: str) -> Sequence[Problem]:
    return read_districts(Source("", text))[1]


def _any_text(text: str) -> Sequence[Problem]:
    return ()


def _titled(document: str, number: str) -> str:
    """The title of a document with its number."""
    document, number = one_line(document), one_line(number)
    return f"{document}（{number}）" if document and number else document or number
