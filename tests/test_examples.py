"""The examples run as they stand, from anywhere, and are short enough to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_runs(path: Path, tmp_path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 60
    result = subprocess.run(
        [sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip

    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) >= 3


def test_the_demo_shows_both_amounts_every_step_and_the_version() -> None:
    demo = next(path for path in EXAMPLES if path.name == "demo.py")
    result = subprocess.run(
        [sys.executable, str(demo)], capture_output=True, encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    pieces = (
        "290 元",
        "524 元",
        "适用 2010-01-01 至 2010-12-31 的规定",
        "适用 2011-01-01 至 2012-12-11 的规定",
        "260元/人月 × 3人 − 490元/月",
        "338元/人月 × 3人 − 490元/月",
        "第八条",
    )
    for piece in pieces:
        assert piece in result.stdout
