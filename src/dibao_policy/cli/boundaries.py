"""`dibao boundaries` (边界): cases on the line of every comparison, for staff to confirm and keep."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dibao_policy.cli.case_runs import run_folder
from dibao_policy.cli.options import language, policy_argument
from dibao_policy.explain.account import is_result
from dibao_policy.lawcraft.boundaries import boundaries as found_at
from dibao_policy.lawcraft.boundary_cases import boundary_cases
from dibao_policy.lawcraft.cases.exercises import exercises_of
from dibao_policy.lawcraft.cases.run import Bench
from dibao_policy.problem import Language, has_errors
from dibao_policy.render import problems_text


@click.command()
@policy_argument
@language
def boundaries(policy: Path, lang: Language) -> None:
    """Print cases at the line of every comparison of a POLICY folder, a step below it, on it and a step above (边界).

    Each is made from a case of the policy by moving one fact. What is expected is what the policy gives today:
    confirm it, and keep what is right in `cases/`. A comparison that no case reaches by one fact is left out.
    """
    ran = run_folder(policy, "", lang)
    if ran.policy is None or has_errors(ran.problems):
        click.echo(problems_text(ran.problems, lang), err=True)
        sys.exit(1)
    exercises = exercises_of(Bench(ran.policy), ran.cases)
    text = boundary_cases(found_at(ran.policy.code, exercises), is_result)
    if not text:
        click.echo(
            "没有一个案例能靠改动一项事实走到比较的线上"
            if lang == "zh"
            else "no case reaches a line by one fact",
            err=True,
        )
        sys.exit(1)
    click.echo(text, nl=False)
