"""Receipts, bundles, keys and signatures on a disk: read to a limit, written once, never replaced."""

from __future__ import annotations

import os
from pathlib import Path

from dibao_policy.evidence.problems import NotOverwritten, Unreadable
from dibao_policy.evidence.stored import SIZE_LIMIT
from dibao_policy.folders import load
from dibao_policy.policy import Policy
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.writing import NotWritten

OPEN_TO_READ, PRIVATE = 0o644, 0o600


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, and one more than any evidence has where it is longer. Raises `PolicyError`."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "?"
        raise PolicyError([Unreadable(file=path.name, reason=reason, reason_en=reason)]) from None


def write_new(path: Path, content: bytes, mode: int = OPEN_TO_READ) -> tuple[Problem, ...]:
    """Write a file that is not there yet; one that is there and says the very same is left as it is."""
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                path.unlink()
                raise
    except FileExistsError:
        if mode == OPEN_TO_READ and path.is_file() and read_bytes(path) == content:
            return ()
        return (NotOverwritten(file=path.name),)
    except OSError as error:
        reason = error.strerror or "?"
        return (NotWritten(path=path.name, reason=reason, reason_en=reason),)
    return ()


def policy_files(folder: Path) -> tuple[Policy, dict[str, bytes]]:
    """A policy, and the bytes of all files that make it: its own, and those of all that it inherits from.

    Raises `PolicyError` for a faulty policy and for a file that cannot be read.
    """
    policy = load(folder)
    assert policy.passed.lowered is not None
    beside = folder.resolve().parent
    files: dict[str, bytes] = {}
    for layer in policy.passed.lowered.scheme.layers:
        own = beside / layer.code
        for path in (*own.glob("*.dibao"), *(own / "parameters").glob("*.y*ml")):
            files[path.relative_to(beside).as_posix()] = read_bytes(path)
    return policy, files
