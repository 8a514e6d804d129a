"""Published lines that follow from others: a line that is off by a yuan is refused by the check of its policy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dibao_policy import check_folder
from dibao_policy.problem import message

from ..conftest import ROOT

OFF = [
    # Twice the standard, on its first day.
    ("shanghai", "published.yaml", "值: 1760", "值: 1761", "低收入线是两倍的2016年", "2016-04-01"),
    ("shanghai", "published.yaml", "值: 3190", "值: 3189", "低收入线是两倍的2023年以后", "2024-07-01"),
    # 1.3 times 1240 is 1612: 1622 is within ten yuan of it, 1623 is not.
    ("shanghai", "lines.yaml", "值: 1615\n", "值: 1623\n", "重点对象约为一点三倍", "2020-07-01"),
    # Rounded up to the yuan.
    ("liaocheng", "published.yaml", "值: 979", "值: 980", "农村特困是一点三倍", "2024-01-01"),
    ("liaocheng", "published.yaml", "集中养育: 2328", "集中养育: 2327", "集中养育是两倍半", "2024-01-01"),
    # 40 % of the minimum wage; unemployment benefit between the standard and the minimum wage.
    ("hangzhou", "lines.yaml", "值: 588\n", "值: 589\n", "标准是最低工资的四成到2014年", "2013-07-01"),
    # Half up to the yuan: 1.5 times 705 is 1057.50, 30 % of it 211.50; twice the standard; 100 yuan above it.
    ("tianjin", "lines.yaml", "值: 1058", "值: 1057", "低收入上限是一点五倍", "2015-04-01"),
    ("tianjin", "lines.yaml", "值: 212", "值: 211", "救助标准是三成的2015年以后", "2015-04-01"),
    ("tianjin", "lines.yaml", "值: 1720", "值: 1721", "特困供养是标准的两倍", "2017-04-01"),
    ("tianjin", "lines.yaml", "值: 530", "值: 531", "特困救助上限是标准加一百元", "2009-04-01"),
    ("shanghai", "published.yaml", "第13个月起: 1872", "第13个月起: 1595", "低保标准低于失业保险金", "2026-07-01"),
    ("shanghai", "published.yaml", "前12个月: 2340", "前12个月: 2740", "失业保险金低于最低工资", "2026-07-01"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "right", "off", "name", "day"), OFF)
def test_a_line_that_is_off_is_refused_with_its_first_day(
    code: str, file: str, right: str, off: str, name: str, day: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    folder = tmp_path / "policies" / code
    path = folder / "parameters" / file
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, off, 1), "utf-8")
    told = [
        message(one, "zh") for one in check_folder(folder, households=0) if one.code == "D1585"
    ]

    assert any(one.startswith(f"性质 `{name}` 不成立：从 {day} 起") for one in told), told


def test_within_the_tolerance_it_holds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies" / "shanghai" / "parameters" / "lines.yaml"
    path.write_text(path.read_text("utf-8").replace("值: 1615\n", "值: 1622\n"), "utf-8")

    assert check_folder(path.parents[1], households=0) == ()


@pytest.mark.parametrize("code", sorted({one[0] for one in OFF}))
def test_as_they_are_published_they_hold(code: str) -> None:
    assert check_folder(ROOT / "policies" / code, households=0) == ()
