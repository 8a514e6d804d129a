"""Every system of the domain is encoded in an included policy, and the table of them is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from .systems import SYSTEMS, Marked, marks, systems_page

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"
PAGE = ROOT / "docs" / "systems.md"
MARKS = [one for folder in sorted(POLICIES.iterdir()) for one in marks(folder)]


def test_the_page_is_current(update: bool) -> None:
    page = systems_page(POLICIES)
    if update:
        PAGE.write_text(page, "utf-8")
    assert page == PAGE.read_text("utf-8")


def test_every_mark_stands_directly_above_a_block_or_a_series() -> None:
    assert [f"{one.file.name}:{one.line}" for one in MARKS if not one.name] == []


def test_every_mark_names_a_system() -> None:
    assert {system for one in MARKS for system in one.systems} == set(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: f"S{system}")
def test_each_system_is_encoded_by_a_rule_and_not_by_a_number_alone(system: int) -> None:
    rules = [one for one in MARKS if system in one.systems and one.file.suffix == ".dibao"]

    assert rules, SYSTEMS[system]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("# 〔S5〕差额\n救助 家庭.低保金(benefit): 元/月\n", ["救助 低保金"]),
        ("# 〔S5〕〔S6〕\n程序 公示(posting)\n", ["程序 公示"]),
        ("# 〔S5〕差额\n\n救助 家庭.低保金: 元/月\n", [""]),
        ("# 〔S5〕差额\n# 再说一句\n救助 家庭.低保金: 元/月\n", [""]),
        ("  # 〔S5〕差额\n救助 家庭.低保金: 元/月\n", [""]),
        ("救助 家庭.低保金: 元/月\n  # 〔S5〕差额\n  金额 1元/月\n", [""]),
        ("# 〔S5〕差额", [""]),
    ],
)
def test_where_a_mark_may_stand(lines: str, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "rules.dibao").write_text(lines, "utf-8")

    found: list[Marked] = list(marks(tmp_path))
    assert [one.name for one in found] == names
