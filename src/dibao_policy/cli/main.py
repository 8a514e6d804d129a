"""The commands of `dibao`, each under an English and a Chinese name."""

from __future__ import annotations

import datetime
import sys
from importlib import resources
from pathlib import Path

try:
    import click
except ModuleNotFoundError:  # pragma: no cover - needs an environment without the extra
    sys.exit("dibao: the command line needs the extra `cli`: pip install 'dibao-policy[cli]'")

from dibao_policy.cli.arrears import arrears
from dibao_policy.cli.ask import ask
from dibao_policy.cli.boundaries import boundaries
from dibao_policy.cli.bundle import bundle
from dibao_policy.cli.cases import test
from dibao_policy.cli.compare import compare_decisions
from dibao_policy.cli.curve import curve
from dibao_policy.cli.format import fmt
from dibao_policy.cli.households import read_households, snapshot_on as _snapshot
from dibao_policy.cli.interview import interview_command
from dibao_policy.cli.letter import letter
from dibao_policy.cli.mutate import mutate
from dibao_policy.cli.new_folder import new_folder
from dibao_policy.cli.notice import notice
from dibao_policy.cli.options import (
    echo_json as _echo_json,
    form_options as _format,
    households_argument as _households,
    on_option as _on,
    policy_argument as _policy,
)
from dibao_policy.cli.procedure import procedure
from dibao_policy.cli.raise_standard import raise_standard
from dibao_policy.cli.receipt import receipt
from dibao_policy.cli.roundings import roundings
from dibao_policy.cli.sheet import export_parameters, import_parameters
from dibao_policy.cli.sign import keys, sign
from dibao_policy.cli.sources import sources_json, sources_text
from dibao_policy.cli.timeline import timeline
from dibao_policy.cli.verify import verify
from dibao_policy.cli.what_if import what_if
from dibao_policy.explain.account import Account
from dibao_policy.explain.data import account_json
from dibao_policy.explain.notice import account_text
from dibao_policy.explain.result import result_json, result_text
from dibao_policy.facts.household import check_household
from dibao_policy.folders import examine_folder
from dibao_policy.lawcraft.properties import settled
from dibao_policy.lawcraft.sources import sources_of
from dibao_policy.problem import Language
from dibao_policy.render import problem_json, problems_text
from dibao_policy.text import nearest

SYNONYMS = {
    "检查": "check", "评估": "evaluate", "解释": "explain", "模式": "schema", "说明": "why",
    "提标": "raise", "新建": "new", "沿革": "timeline", "整理": "fmt", "程序": "procedure",
    "询问": "ask", "取整": "roundings", "测试": "test", "变异": "mutate", "边界": "boundaries",
    "补发": "arrears", "告知": "notice", "导出": "export", "导入": "import", "回执": "receipt",
    "打包": "bundle", "密钥": "keys", "签名": "sign", "核验": "verify", "曲线": "curve",
    "提标告知": "letter", "比较决定": "compare-decisions", "问答": "interview", "差多少": "whatif",
}  # fmt: skip


class _Commands(click.Group):
    """Commands that also answer to their Chinese names."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, SYNONYMS.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = nearest(name, (*self.commands, *SYNONYMS))
            hint = f" Did you mean `{near}`?" if near else ""
            ctx.fail(f"there is no command `{name}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dibao-policy")
def main() -> None:
    """Policy-as-code for social assistance: check policies, evaluate and explain households.

    \b
    Chinese names: 检查 check · 评估 evaluate · 解释 explain · 模式 schema · 说明 why
    提标 raise · 新建 new · 沿革 timeline · 整理 fmt · 程序 procedure · 询问 ask · 取整 roundings
    测试 test · 变异 mutate · 边界 boundaries · 补发 arrears · 告知 notice · 导出 export · 导入 import
    回执 receipt · 打包 bundle · 密钥 keys · 签名 sign · 核验 verify · 曲线 curve · 提标告知 letter
    比较决定 compare-decisions · 问答 interview · 差多少 whatif
    Exit codes: 0 fine, 1 problems, 2 usage.
    """


main.add_command(raise_standard)
main.add_command(new_folder)
main.add_command(fmt)
main.add_command(procedure)
main.add_command(roundings)
main.add_command(arrears)
main.add_command(curve)
main.add_command(letter)
main.add_command(export_parameters)
main.add_command(import_parameters)


@main.command()
@_policy
@click.option(
    "--households",
    type=click.IntRange(0, 1_000_000),
    metavar="N",
    help="How many households to draw for each property (性质), a few thousand by default; 0 for none.",
)
@click.option(
    "--sources", "with_sources", is_flag=True, help="How far the sources were checked (来源)."
)
@_format
def check(
    policy: Path, households: int | None, with_sources: bool, form: str, lang: Language
) -> None:
    """Report every problem of a POLICY folder, on every date (检查)."""
    examined = examine_folder(policy, households)
    found = examined.problems
    lowered = examined.passed.lowered
    sources = sources_of(lowered) if with_sources and lowered is not None else None
    if form == "json" and with_sources:
        _echo_json(
            {
                "problems": [problem_json(problem) for problem in found],
                "sources": sources_json(sources) if sources is not None else None,
            }
        )
    elif form == "json":
        _echo_json([problem_json(problem) for problem in found])
    elif found:
        click.echo(problems_text(found, lang))
    errors = sum(problem.severity == "error" for problem in found)
    if form == "text":
        warnings = len(found) - errors
        summary = {
            "zh": f"{errors} 处错误，{warnings} 处提醒",
            "en": f"{errors} errors, {warnings} warnings",
        }
        click.echo(summary[lang])
        count = examined.households
        if lowered and lowered.properties and not errors:
            proved = len(settled([one.program for one in examined.passed.compiled]))
            properties = len(lowered.properties) - proved
            if proved:
                held = {
                    "zh": f"性质 {proved} 条只用到参数：在每一段规定中都精确算过，得到证明",
                    "en": f"{proved} properties read only parameters: each was computed exactly in every regime, "
                    "and is proved",
                }
                click.echo(held[lang])
            tolerances = sum(bool(one.reason) for one in lowered.properties)
            if tolerances:
                allowed = {
                    "zh": f"其中 {tolerances} 条有容差，各写明了理由",
                    "en": f"{tolerances} of them allow a tolerance, each with its reason",
                }
                click.echo(allowed[lang])
            if properties and count:
                tried = {
                    "zh": f"性质 {properties} 条：各在随机抽取的 {count} 户中试过，没有找到反例；这不是证明",
                    "en": f"{properties} properties: each was tried on {count} households drawn at random, "
                    "and none refutes it; this proves nothing",
                }
                click.echo(tried[lang])
        for line in sources_text(sources, lang) if sources is not None else ():
            click.echo(line)
    sys.exit(1 if errors else 0)


@main.command()
@_policy
@_households
@_on
@_format
def evaluate(
    policy: Path, households: tuple[Path, ...], day: datetime.date, form: str, lang: Language
) -> None:
    """Decide on HOUSEHOLDS (JSON or YAML files) by a POLICY folder (评估)."""
    accounts = _accounts(policy, households, day, form, lang)
    if form == "json":
        _echo_json([{"file": path.name, **result_json(account)} for path, account in accounts])
        return
    for path, account in accounts:
        click.echo(f"{path.name}")
        click.echo(result_text(account))


@main.command()
@_policy
@_households
@_on
@click.option("--staff", is_flag=True, help="For staff: also what has to be looked into.")
@_format
def explain(
    policy: Path,
    households: tuple[Path, ...],
    day: datetime.date,
    staff: bool,
    form: str,
    lang: Language,
) -> None:
    """Explain the decisions on HOUSEHOLDS, step by step with the articles (解释)."""
    accounts = _accounts(policy, households, day, form, lang)
    if form == "json":
        _echo_json([{"file": path.name, **account_json(account)} for path, account in accounts])
        return
    click.echo("\n".join(account_text(account, staff) for _, account in accounts), nl=False)


@main.command()
@_policy
@_on
def schema(policy: Path, day: datetime.date) -> None:
    """Print the JSON Schema of a household for a POLICY folder on a day (模式)."""
    _echo_json(_snapshot(policy, day, "text", "zh").schema())


@main.command()
@click.argument("code")
def why(code: str) -> None:
    """Print what a problem CODE such as D2001 means and how it is mended (说明)."""
    pages = resources.files("dibao_policy") / "pages"
    page = pages / f"{code.upper()}.md"
    if not (code.isalnum() and page.is_file()):
        known = sorted(entry.name[:-3] for entry in pages.iterdir() if entry.name.endswith(".md"))
        near = nearest(code.upper(), known)
        hint = f" Did you mean {near}?" if near else ""
        raise click.BadParameter(f"there is no problem with the code {code}.{hint}")
    click.echo(page.read_text("utf-8"), nl=False)


def _accounts(
    policy: Path, households: tuple[Path, ...], day: datetime.date, form: str, lang: Language
) -> list[tuple[Path, Account]]:
    """The account of every household."""
    snapshot = _snapshot(policy, day, form, lang)
    reader = snapshot.compiled.reader
    given = read_households(
        households, lambda one: check_household(reader, one, day), reader, form, lang
    )
    return [(path, snapshot.explain(one)) for path, one in given]


main.add_command(notice)
main.add_command(timeline)
main.add_command(ask)
main.add_command(interview_command)
main.add_command(test)
main.add_command(mutate)
main.add_command(boundaries)
main.add_command(receipt)
main.add_command(bundle)
main.add_command(keys)
main.add_command(sign)
main.add_command(verify)
main.add_command(compare_decisions)
main.add_command(what_if)
