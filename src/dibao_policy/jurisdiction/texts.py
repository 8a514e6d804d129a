"""The texts of a new jurisdiction: templates with their gaps filled."""

from __future__ import annotations

import functools
from pathlib import Path as File

from dibao_policy.jurisdiction.answers import Answers, District, policy_name
from dibao_policy.parameters.read import UNVERIFIED
from dibao_policy.parameters.series import Key as Path
from dibao_policy.parameters.written import scalar_text

RULES = "rules.dibao"
VALUES = "parameters/standard.yaml"


@functools.cache
def _template(name: str) -> str:
    return File(__file__).with_name(name).read_text("utf-8")


def parameter_line(districts: tuple[District, ...]) -> str:
    """The line that declares the standard."""
    return "参数 低保标准(standard): 元/人月" + ("  按 区县" if districts else "")


def rules_text(answers: Answers, districts: tuple[District, ...], parent: str) -> str:
    """The rules; `parent` is what stands behind 继承, or empty for rules that stand alone."""
    gaps = {
        "rest": _template("rest.dibao").rstrip("\n"),
        "name": answers.name,
        "policy": policy_name(answers),
        "code": answers.code,
        "parent": parent,
        "districts": _districts_text(districts),
        "parameter": parameter_line(districts),
    }
    text = _template("inheriting.dibao" if parent else "standalone.dibao")
    for gap, filling in gaps.items():
        text = text.replace(f"⟨{gap}⟩", filling)
    return text


def _districts_text(districts: tuple[District, ...]) -> str:
    if not districts:
        return ""
    members = ", ".join(f"{name}({code})" if code else name for name, code in districts)
    return (
        f"\n枚举 区县(district) {{ {members} }}\n\n"
        '输入 家庭.区县(district): 区县\n  问 "您家住在哪个区县？"\n'
    )


def values_text(answers: Answers, districts: tuple[District, ...], values: dict[Path, str]) -> str:
    """The standard with its source, and how it is raised."""
    numbers = " ".join(f"{name}=…" for name, _ in districts) or "…"
    shown = ", ".join(
        f"{scalar_text(path[-1], None, True)}: {values[path]}" for path in values if path
    )
    source = {
        "文件": answers.document,
        "条款": answers.article,
        "网址": answers.address,
        "状态": answers.status,
        "日期": answers.date_basis,
    }
    lines = [
        f"# {answers.name}的低保标准，元/人月。提标时添加一项，原来的不动：",
        f'#   dibao raise policies/{answers.code} 低保标准 --from 日期 --source "文件名" {numbers}',
    ]
    if answers.status == UNVERIFIED:
        lines.append(
            "# 来源还没有核实：查到文件，就写上 文件、条款、网址，状态改为 原文（读过原文）或 转载（见于报道）。"
        )
    lines += [
        "低保标准:",
        "  说明: 城市低保标准，每人每月",
        "  取值:",
        f"    - 自: {answers.since}",
        f"      值: {{{shown}}}" if districts else f"      值: {values[()]}",
        "      来源:",
        *(
            f"        {key}: {scalar_text(text, None, False)}"
            for key, text in source.items()
            if text
        ),
    ]
    return "".join(f"{line}\n" for line in lines)
