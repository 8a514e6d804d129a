"""Published figures that cannot be: put in as what a case expects, they are refused, and the difference is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dibao_policy.cli.main import main

from ..conftest import ROOT

IMPOSSIBLE = [
    # Three persons at 150 yuan a month: the key leaves out that 600 yuan of awards do not count.
    ("全年低保金: 2400", "全年低保金: 1800", "期望 全年低保金 1,800元/年，得到 2,400元/年（差 +600元/年）"),
    # Three layers of 70, 60 and 30 %, each taken of the whole bill, add up to 160 % of it.
    ("三层以后自付: [840]", "三层以后自付: [0]", "期望 成员[1].三层以后自付 0元，得到 840元（差 +840元）"),
    # Each rate taken of the upper end of its bracket pays 240,000 yuan for a bill of 200,000.
    ("分段报销: [104000]", "分段报销: [240000]", "期望 成员[1].分段报销 240,000元，得到 104,000元（差 −136,000元）"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "published", "told"), IMPOSSIBLE)
def test_a_published_figure_that_cannot_be_is_refused_with_a_clear_difference(
    right: str, published: str, told: str, tmp_path: Path
) -> None:
    folder = tmp_path / "textbook"
    shutil.copytree(ROOT / "policies" / "textbook", folder)
    file = folder / "cases" / "corrected.yaml"
    text = file.read_text("utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, published), "utf-8")
    result = CliRunner().invoke(main, ["test", str(folder)])

    assert result.exit_code == 1
    assert f"  {told}" in result.stdout
    assert "1 例不符" in result.stdout
