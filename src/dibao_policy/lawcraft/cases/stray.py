"""Files in a policy's folder that nothing reads: a rule or a standard in one of them would be lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dibao_policy.lawcraft.cases.folder import FOLDER, SUFFIXES
from dibao_policy.lawcraft.cases.problems import StrayFile
from dibao_policy.problem import Problem

_PARAMETERS = "parameters"
_REMARKS = (".md", ".txt")
_WHERE = {
    "": (
        "政策文件夹里只读 `*.dibao`、`parameters/*.yaml` 和 `cases/`",
        "of a policy folder, `*.dibao`, `parameters/*.yaml` and `cases/` are read",
    ),
    _PARAMETERS: (
        "`parameters/` 里只读 `*.yaml`，不读下一级文件夹",
        "of `parameters/`, `*.yaml` is read, and no folder below",
    ),
    FOLDER: (
        "`cases/` 里只读 `*.yaml`、`*.csv` 和 `*.xlsx`",
        "of `cases/`, `*.yaml`, `*.csv` and `*.xlsx` are read",
    ),
}


def stray_files(folder: Path) -> tuple[Problem, ...]:
    """A warning for each file or folder that nothing reads; remarks (`.md`, `.txt`) and hidden files are none."""
    folder = folder.resolve()
    found: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name in _WHERE:
            found += _strays(folder, path)
        elif not _is_known(path, "", path.is_dir()):
            found.append(_stray(folder, path, ""))
    return tuple(found)


def _strays(folder: Path, inside: Path) -> Iterator[Problem]:
    paths = inside.rglob("*") if inside.name == FOLDER else inside.iterdir()
    for path in sorted(paths):
        is_folder = path.is_dir()
        if not _is_known(path, inside.name, is_folder) and not (
            is_folder and inside.name == FOLDER
        ):
            yield _stray(folder, path, inside.name)


def _is_known(path: Path, where: str, is_folder: bool) -> bool:
    if path.name.startswith((".", "~$", "__")):
        return True
    if is_folder:
        return False
    if path.suffix in _REMARKS or "." not in path.name:
        return True
    match where:
        case "":
            return path.suffix == ".dibao"
        case "parameters":
            return path.suffix in (".yaml", ".yml")
    return path.suffix in SUFFIXES


def _stray(folder: Path, path: Path, where: str) -> Problem:
    why, why_en = _WHERE[where]
    mend, mend_en = (
        "改名或移到读得到的地方；说明写在 `.md` 里",
        "rename or move it; put remarks into `.md`",
    )
    if where == "" and path.suffix in SUFFIXES:
        mend = "数值移到 `parameters/`，案例移到 `cases/`"
        mend_en = "move values to `parameters/`, cases to `cases/`"
    return StrayFile(
        path=path.relative_to(folder.parent).as_posix(),
        why=why,
        why_en=why_en,
        mend=mend,
        mend_en=mend_en,
    )
