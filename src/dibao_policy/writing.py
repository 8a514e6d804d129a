"""Files written whole or not at all: a file that is replaced, a folder that is new."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class ChangedMeanwhile(Problem):
    """A file that is not what it was when it was read."""

    code, slug = "D6001", "changed-meanwhile"
    zh = "`{path}` 在读取之后被改动过，没有写入"
    en = "`{path}` was changed after it was read; nothing was written"
    mends_zh = ("再运行一次，核对新的差异",)
    mends_en = ("run the command again, and check the new differences",)
    path: str


@problem_kind
class NotWritten(Problem):
    """A file or folder that the system does not let be written."""

    code, slug = "D6002", "not-written"
    zh = "`{path}` 写不了：{reason}"
    en = "`{path}` cannot be written: {reason_en}"
    path: str
    reason: str
    reason_en: str


@problem_kind
class FolderExists(Problem):
    """A new folder under a name that is taken."""

    code, slug = "D6003", "folder-exists"
    zh = "`{path}` 已经存在，没有写入"
    en = "`{path}` exists already; nothing was written"
    mends_zh = ("换一个名称，或直接改已有的文件夹",)
    mends_en = ("choose another name, or edit the folder that is there",)
    path: str


def replace_file(path: Path, before: bytes, after: bytes) -> tuple[Problem, ...]:
    """Put new bytes in the place of the ones that were read; who may read the file stays the same.

    Nothing is written where the file no longer holds `before`.
    """
    # A link stays a link: what it leads to is replaced.
    path = path.resolve()
    temporary = ""
    try:
        if not os.access(path, os.W_OK):
            return (NotWritten(path=path.name, reason="文件只读", reason_en="it is read-only"),)
        # No parameter file ends so: whoever reads the folder now does not take it for one.
        descriptor, temporary = tempfile.mkstemp(".tmp", f".{path.name}.", path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(descriptor)
        shutil.copymode(path, temporary)
        if path.read_bytes() != before:
            return (ChangedMeanwhile(path=path.name),)
        Path(temporary).replace(path)
        temporary = ""
    except OSError as error:
        return (_not_written(path, error),)
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    return ()


def write_file(path: Path, content: bytes) -> tuple[Problem, ...]:
    """Write a file that is made anew each time, such as a report: whole, or what was there stays."""
    path = path.resolve()
    temporary = path.parent / f".{path.name}.{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        return (_not_written(path, error),)
    finally:
        temporary.unlink(missing_ok=True)
    return ()


def make_folder(folder: Path, files: Mapping[str, str]) -> tuple[Problem, ...]:
    """Make a folder with these files, under their names relative to it."""
    temporary = folder.parent / f".{folder.name}.{secrets.token_hex(8)}.tmp"
    try:
        if os.path.lexists(folder):
            return (FolderExists(path=folder.name),)
        temporary.mkdir()
        for name, text in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        temporary.rename(folder)
    except FileExistsError:
        return (FolderExists(path=folder.name),)
    except OSError as error:
        return (_not_written(folder, error),)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return ()


def _not_written(path: Path, error: OSError) -> NotWritten:
    reason = error.strerror or "?"
    return NotWritten(path=path.name, reason=reason, reason_en=reason)
