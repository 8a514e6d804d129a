"""`dibao roundings` (取整): what is rounded on the way to a value, as at a terminal and as data."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy import load
from dibao_policy.cli.main import main

POLICY = """政策 示例县(example)
  依据 办法 = 《示例办法》 文号 "示政发〔2020〕1号"
输入 家庭.收入额(income): 元/月
定义 家庭.三分之一(third): 元/月 = 收入额 ÷ 3
定义 家庭.无关(apart): 元/月 = 收入额 ÷ 7
  取整 到 5元/月 舍去
定义 家庭.不舍入(unrounded): 元/月 精确 = 三分之一 ÷ 3
救助 家庭.低保金(benefit): 元/月
  金额 500元/月 − 取整(不舍入 到 1角/月 舍去)
  至少 0元/月
  取整 到 1元/月 进位
  依据 办法 第五条
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    policy = tmp_path / "example"
    policy.mkdir()
    (policy / "rules.dibao").write_text(POLICY, "utf-8")
    return policy


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_every_stated_rounding_has_its_article_and_its_place(folder: Path) -> None:
    result = run("取整", folder, "低保金", "--on", "2024-01-01")

    assert result.exit_code == 0
    assert result.output == (
        "低保金：规则写明的取整 2 处\n"
        "  低保金  取整到 0.10元/月（舍去）  《示例办法》（示政发〔2020〕1号）第五条\n"
        "    example/rules.dibao:9:15\n"
        "  低保金  取整到 1元/月（进位）  《示例办法》（示政发〔2020〕1号）第五条\n"
        "    example/rules.dibao:11:3\n"
        "没有写明、在得出时四舍五入到分的 1 项：三分之一\n"
    )


def test_a_value_that_nothing_rounds(folder: Path) -> None:
    result = run("roundings", folder, "third", "--on", "2024-01-01", "--format", "json")

    assert json.loads(result.output) == [
        {
            "name": "三分之一",
            "code": "third",
            "to": "0.01元/月",
            "mode": "四舍五入",
            "stated": False,
            "citations": [],
            "place": "example/rules.dibao:4:26",
        }
    ]


def test_a_value_that_is_not_there_is_refused_with_the_nearest(folder: Path) -> None:
    result = run("roundings", folder, "低保京", "--on", "2024-01-01")

    assert result.exit_code == 2
    assert "perhaps 低保金?" in result.output


def test_the_library_lists_them_in_the_order_in_which_they_are_computed(folder: Path) -> None:
    snapshot = load(folder).on(datetime.date(2024, 1, 1))

    listed = [(one.rule.name, one.node.stated) for one in snapshot.roundings("benefit")]

    assert listed == [("三分之一", False), ("低保金", True), ("低保金", True)]
