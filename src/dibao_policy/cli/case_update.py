"""`dibao test --update`: the differences of the files first, then files that are whole, or as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dibao_policy.cli.case_runs import Ran
from dibao_policy.cli.differences import agreed, differences_text
from dibao_policy.cli.options import end_with
from dibao_policy.lawcraft.cases.folder import source_of
from dibao_policy.lawcraft.cases.run import Bench
from dibao_policy.lawcraft.cases.update import Update, can_be_updated, files_of, update
from dibao_policy.problem import Language, has_errors
from dibao_policy.writing import replace_file

_WHY = {
    "published": (
        "是公布的案例，期望不改：核对规则",
        "was published and keeps what it expects: look at the rules",
    ),
    "several": (
        "用一个值写了几个成员：逐个写明",
        "states one value for several members: state each",
    ),
    "texts": (
        "的理由、条款、核查或拒绝要由人来改",
        "has reasons, articles, findings or a refusal that a person has to change",
    ),
}
_NOTHING = {"zh": "没有写入任何文件。", "en": "Nothing was written."}


def update_files(ran: Sequence[Ran], yes: bool, lang: Language) -> bool:
    """Show what would change, ask, and write; whether every case passes then."""
    well = all(not has_errors(one.problems) for one in ran)
    edits: list[tuple[Path, Update]] = []
    for one in ran:
        well = well and not any(case.problems for case in one.reports)
        for path, edit in _updates(one, lang):
            if path is None or edit is None:
                well = False
                continue
            well = well and not edit.kept
            for case, why in edit.kept:
                click.echo(f"{case.name} {_WHY[why][0 if lang == 'zh' else 1]}", err=True)
            if edit.values:
                edits.append((path, edit))
    for _, edit in edits:
        text = differences_text(edit.source.name, edit.source.text, edit.text)
        click.echo(text, nl=False)
    if not edits:
        click.echo(_NOTHING[lang])
        return well
    if not yes and not agreed(lang):
        click.echo(_NOTHING[lang])
        return False
    for path, edit in edits:
        before, after = (text.encode("utf-8") for text in (edit.source.text, edit.text))
        if unwritten := replace_file(path, before, after):
            end_with(unwritten, lang)
        written = f"已写入 {edit.source.name}，改了 {edit.values} 个值。"
        click.echo(
            written if lang == "zh" else f"Wrote {edit.source.name}: {edit.values} values changed."
        )
    return well


def _updates(ran: Ran, lang: Language) -> Iterator[tuple[Path | None, Update | None]]:
    """The edit of each file in which a case differs; nothing for one that cannot be edited."""
    if ran.policy is None:
        return
    folder = ran.folder.resolve()
    off = [case for case, one in zip(ran.cases, ran.reports, strict=True) if one.differences]
    for file, names in files_of(off).items():
        path = folder.parent / file
        if not can_be_updated(file):
            text = {
                "zh": f"{file} 是工作簿，要在里面改",
                "en": f"{file} is a workbook: change it there",
            }
            click.echo(text[lang], err=True)
            yield None, None
            continue
        yield path, update(Bench(ran.policy), source_of(folder, path, exact=True), names)
