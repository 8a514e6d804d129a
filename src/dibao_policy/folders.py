"""Policy folders on a disk: the one place where a policy's texts are read from files."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from dibao_policy.compile import Passed, run_passes
from dibao_policy.model.layers import Library, PolicyText
from dibao_policy.model.problems import UnreadableFile
from dibao_policy.policy import Policy, compile_policy
from dibao_policy.problem import PolicyError, Problem, has_errors, in_reading_order
from dibao_policy.text import Source


def read_folder(folder: Path, exact_values: bool = False) -> tuple[PolicyText, tuple[Problem, ...]]:
    """The texts of a policy folder: `*.dibao` and `parameters/*.yaml`, in the order of their names.

    With `exact_values` the parameters keep their line ends and byte order marks, as an edit needs them.
    """
    found: list[Problem] = []

    def read(path: Path, exact: bool = False) -> Source | None:
        name = path.relative_to(folder.parent).as_posix()
        try:
            if exact:
                return Source(name, path.read_bytes().decode("utf-8"))
            return Source(name, path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
        except OSError as error:
            reason = reason_en = error.strerror or "?"
        except UnicodeDecodeError:
            reason, reason_en = "不是 UTF-8 文字", "it is not UTF-8 text"
        found.append(UnreadableFile(path=name, reason=reason, reason_en=reason_en))
        return None

    folder = folder.resolve()
    rules = [read(path) for path in sorted(folder.glob("*.dibao"))]
    values = [read(path, exact_values) for path in sorted((folder / "parameters").glob("*.y*ml"))]
    if not rules:
        found.append(
            UnreadableFile(
                path=folder.name,
                reason="没有 .dibao 文件",
                reason_en="there is no .dibao file",
            )
        )
    text = PolicyText(
        folder.name,
        tuple(source for source in rules if source is not None),
        tuple(source for source in values if source is not None),
        policies_beside(folder),
    )
    return text, tuple(found)


def policies_beside(folder: Path) -> tuple[str, ...]:
    """The codes of the policies in the same folder as one, itself included."""
    beside = sorted(folder.resolve().parent.glob("*/"))
    return tuple(path.name for path in beside if any(path.glob("*.dibao")))


def library_beside(folder: Path, found: list[Problem]) -> Library:
    """The policies in the folders beside one; what cannot be read of them goes to `found`."""

    def parent(code: str) -> PolicyText | None:
        path = folder.resolve().parent / code
        # A code is a name, never a way out of the folder of policies.
        if path.parent != folder.resolve().parent or not any(path.glob("*.dibao")):
            return None
        text, problems = read_folder(path)
        found.extend(problems)
        return text

    return parent


def pass_folder(folder: Path) -> Passed:
    """Run every pass over a policy folder and its parents beside it."""
    text, unreadable = read_folder(folder)
    found = list(unreadable)
    passed = run_passes(text, library_beside(folder, found))
    return Passed(passed.lowered, passed.compiled, in_reading_order([*found, *passed.problems]))


def load(folder: str | Path) -> Policy:
    """Load and compile the policy of a folder. Raises `PolicyError` with every problem."""
    found: list[Problem] = []
    text, unreadable = read_folder(Path(folder))
    if unreadable:
        raise PolicyError(unreadable)
    policy = compile_policy(text, library_beside(Path(folder), found))
    if found:
        raise PolicyError(found)
    return policy


@frozen
class Examined:
    """What the passes made of a folder, and every problem: those of its properties are from `households` drawn."""

    passed: Passed
    households: int
    problems: tuple[Problem, ...]


def examine_folder(folder: str | Path, households: int | None = None) -> Examined:
    """Run every pass over a policy folder, then put its properties (性质) to the test.

    `households` are drawn at random for each property; without a number, a few thousand (fewer for a very large
    policy); with 0, none. Nothing is drawn for a faulty policy.
    """
    # Only a check draws households.
    from dibao_policy.lawcraft.cases.stray import stray_files
    from dibao_policy.lawcraft.properties import check_properties, households_for

    passed = pass_folder(Path(folder))
    strays = stray_files(Path(folder))
    if has_errors(passed.problems):
        return Examined(passed, 0, (*passed.problems, *strays))
    programs = [one.program for one in passed.compiled]
    count = households_for(programs) if households is None else households
    found = check_properties(programs, count)
    return Examined(passed, count, (*in_reading_order([*passed.problems, *found]), *strays))


def check_folder(folder: str | Path, households: int | None = None) -> tuple[Problem, ...]:
    """Every problem of a policy folder, warnings included; see `examine_folder`."""
    return examine_folder(folder, households).problems
