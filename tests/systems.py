"""The table of the systems that the included policies encode, read from the marks in their files.

A mark is a remark such as `# 〔S5〕差额补助` on the line directly above a block, or above a series of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

SYSTEMS = {
    1: "低保标准、提标",
    2: "家庭收入核算",
    3: "收入申报",
    4: "行业认定、推定收入",
    5: "差额补助",
    6: "分类施保",
    7: "就业渐退",
    8: "就业服务衔接",
    9: "医疗救助",
    10: "教育救助",
    11: "住房救助",
    12: "水电、取暖、司法等减免",
    13: "临时救助、慈善救助",
    14: "三条保障线衔接",
    15: "财产与生活状况",
    16: "户的认定、单人申请",
    17: "属地管理、人户分离",
    18: "审核程序、公示",
    19: "诚信承诺、档案",
    20: "动态管理",
    21: "重审",
    22: "错保、漏保、关系保",
    23: "举报奖励",
    24: "资金",
    25: "告知与信访",
    26: "退出的对象",
}
HEADER = """# 系统一览 · Where each system is encoded

This page is generated from the marks in the policies, such as `# 〔S5〕差额补助` above a block or a series of values.
`pytest tests/test_systems.py --update` writes it.
A mark says that the block is about the system; whether a source was found, the block's own `依据` says.

| 系统 | 是什么 | 政策 | 在哪里 |
|---|---|---|---|
"""

_MARK = re.compile(r"# ((?:〔S\d+〕)+)(.*)")
_SERIES = re.compile(r"([^\s#:]+):\s*")
_BLOCK = re.compile(r"([^\s#]+)\s+(?:(?:家庭|成员)\.)?([^\s:：(（]+)")


@frozen
class Marked:
    """A block or a series that encodes systems; without a `name`, the mark stands above neither."""

    policy: str
    file: Path
    line: int
    systems: tuple[int, ...]
    name: str


def marks(folder: Path) -> Iterator[Marked]:
    """All marks of a policy, in the order of its files."""
    for file in sorted([*folder.glob("*.dibao"), *(folder / "parameters").glob("*.yaml")]):
        lines = file.read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            if "〔S" not in line:
                continue
            found = _MARK.fullmatch(line)
            systems = tuple(int(one) for one in re.findall(r"〔S(\d+)〕", line))
            below = lines[number + 1] if found and number + 1 < len(lines) else ""
            yield Marked(folder.name, file, number + 1, systems, _name(file, below))


def _name(file: Path, line: str) -> str:
    """What a block or a series is called, or nothing where the line begins neither."""
    if file.suffix == ".yaml":
        series = _SERIES.fullmatch(line)
        return f"参数 {series[1]}" if series else ""
    block = _BLOCK.match(line)
    return f"{block[1]} {block[2]}" if block else ""


def systems_page(policies: Path) -> str:
    """The page, with a row for each system and policy."""
    found: dict[tuple[int, str], dict[Path, list[str]]] = {}
    for folder in sorted(one for one in policies.iterdir() if one.is_dir()):
        for one in marks(folder):
            for system in one.systems:
                names = found.setdefault((system, one.policy), {}).setdefault(one.file, [])
                if one.name not in names:
                    names.append(one.name)
    rows = []
    for (system, policy), files in sorted(found.items()):
        where = "；".join(
            f"[{file.name}](../{file.relative_to(policies.parent).as_posix()})：{'、'.join(names)}"
            for file, names in files.items()
        )
        rows.append(f"| S{system} | {SYSTEMS.get(system, '')} | `{policy}` | {where} |\n")
    return HEADER + "".join(rows)
