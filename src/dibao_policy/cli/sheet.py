"""`dibao export` and `dibao import`: the parameters of a policy as a workbook, and back."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click

from dibao_policy.cli.options import end_with, language
from dibao_policy.folders import library_beside, read_folder
from dibao_policy.problem import Language, PolicyError, Problem, in_reading_order
from dibao_policy.render import problems_text
from dibao_policy.spreadsheet.bring_in import Imported, Rewritten, exported, imported
from dibao_policy.spreadsheet.problems import UnreadableWorkbook
from dibao_policy.spreadsheet.workbook import read_workbook, written_workbook
from dibao_policy.writing import NotWritten, replace_file

_WORDS: dict[str, tuple[str, str]] = {
    "nothing": ("没有写入任何文件。", "Nothing was written."),
    "same": ("工作簿里没有改动。", "Nothing was edited in the workbook."),
    "ask": ("写入吗？", "Write this?"),
    "unattended": (
        "没有写入：无人应答时加上 --yes。",
        "Nothing was written: where nobody answers, add --yes.",
    ),
    "written": ("已写入 {file}。", "Written to {file}."),
    "dry": ("只看不写：没有写入任何文件。", "A dry run: nothing was written."),
    "exported": (
        "已导出 {count} 个参数到 {file}。",
        "Exported {count} parameters to {file}.",
    ),
    "exists": ("{file} 已经存在；要覆盖就加上 --yes。", "{file} exists; to replace it, add --yes."),
}


def _word(key: str, lang: Language, **facts: object) -> str:
    return _WORDS[key][0 if lang == "zh" else 1].format(**facts)


_policy = click.argument("policy", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.command(name="export")
@_policy
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace a file that is there.")
@language
def export_parameters(policy: Path, file: Path, yes: bool, lang: Language) -> None:
    """Write the parameters of a POLICY folder into a workbook FILE.xlsx (导出).

    One sheet for each parameter, a row for each dated value, a column for each number.
    Edited numbers and new rows come back with `dibao import`.
    """
    text, unreadable = read_folder(policy, exact_values=True)
    found = list(unreadable)
    sheets, problems = exported(text, library_beside(policy, found))
    if found or sheets is None:
        end_with(in_reading_order([*found, *problems]), lang, _word("nothing", lang))
    try:
        content = written_workbook(sheets.grids, sheets.policy, sheets.state)
        if yes and file.exists():
            if unwritten := replace_file(file, file.read_bytes(), content):
                end_with(unwritten, lang)
        else:
            with file.open("xb") as opened:
                opened.write(content)
    except FileExistsError:
        click.echo(_word("exists", lang, file=file), err=True)
        sys.exit(1)
    except OSError as error:
        reason = error.strerror or "?"
        end_with([NotWritten(path=file.name, reason=reason, reason_en=reason)], lang)
    except PolicyError as error:
        end_with(error.problems, lang, _word("nothing", lang))
    click.echo(_word("exported", lang, count=len(sheets.grids), file=file))


@click.command(name="import")
@_policy
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show the differences and write nothing.")
@language
def import_parameters(policy: Path, file: Path, yes: bool, dry_run: bool, lang: Language) -> None:
    """Bring the edited numbers and the new rows of a workbook FILE.xlsx back into a POLICY folder (导入).

    The differences are shown before anything is written, and nothing is written
    that `dibao check` would not pass.
    """
    result, problems = _imported(policy, file)
    if result is None:
        end_with(problems, lang, _word("nothing", lang))
    if not result.files:
        click.echo(_word("same", lang))
        return
    for one in result.files:
        click.echo(_differences(one), nl=False)
    names = {one.before.name for one in result.files}
    remarks = [one for one in result.warnings if one.span and one.span.source.name in names]
    if remarks:
        click.echo(problems_text(remarks, lang), err=True)
    if dry_run:
        click.echo(_word("dry", lang))
        return
    if not yes and not _agreed(lang):
        click.echo(_word("nothing", lang))
        sys.exit(1)
    if unwritten := _write(policy, result.files):
        end_with(unwritten, lang, _word("nothing", lang))
    for one in result.files:
        click.echo(_word("written", lang, file=policy / Path(*Path(one.before.name).parts[-2:])))


def _imported(policy: Path, file: Path) -> tuple[Imported | None, tuple[Problem, ...]]:
    text, unreadable = read_folder(policy, exact_values=True)
    found = list(unreadable)
    try:
        sheets = read_workbook(file.name, file.read_bytes())
    except PolicyError as error:
        return None, in_reading_order([*found, *error.problems])
    except OSError as error:
        reason = error.strerror or "?"
        found.append(UnreadableWorkbook(path=file.name, reason=reason, reason_en=reason))
    if found:
        return None, in_reading_order(found)
    result, problems = imported(text, library_beside(policy, found), sheets)
    return (None, in_reading_order([*found, *problems])) if found else (result, problems)


def _write(policy: Path, files: tuple[Rewritten, ...]) -> tuple[Problem, ...]:
    """Every file, or none: what was written goes back where a later file cannot be."""
    done: list[Rewritten] = []
    for one in files:
        path = policy.resolve().parent / one.before.name
        before, after = one.before.text.encode("utf-8"), one.after.text.encode("utf-8")
        if problems := replace_file(path, before, after):
            undone = [
                problem
                for each in done
                for problem in replace_file(
                    policy.resolve().parent / each.before.name,
                    each.after.text.encode("utf-8"),
                    each.before.text.encode("utf-8"),
                )
            ]
            return (*problems, *undone)
        done.append(one)
    return ()


def _agreed(lang: Language) -> bool:
    try:
        return click.confirm(_word("ask", lang))
    except click.Abort:
        click.echo()
        click.echo(_word("unattended", lang), err=True)
        sys.exit(1)


def _differences(file: Rewritten) -> str:
    """The differences as `diff -u` shows them."""
    name = file.before.name
    before, after = (one.text.splitlines(keepends=True) for one in (file.before, file.after))
    shown = [line.replace("\r\n", "\n") for line in difflib.unified_diff(before, after, name, name)]
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown
    )
