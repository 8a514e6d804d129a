"""`dibao curve` and `dibao letter` as a person at a terminal uses them."""

from __future__ import annotations

import csv
import io
import json
import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main
from dibao_policy.picture import png
from dibao_policy.picture.labels import Labels
from dibao_policy.picture.svg import round_steps

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
FAMILY = ROOT / "examples" / "households" / "04_working_family.yaml"
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def wage(*more: object, results: str = "每月合计,就业渐退金") -> Result:
    ends = ("--from", "0", "--to", "3000", "--results", results)
    return run(
        "曲线", DAQING, FAMILY, "--on", "2011-08-01", "--over", "户主.工资收入", *ends, *more
    )


def test_the_text_tells_the_cliff_first() -> None:
    result = wage(results="低保金,分类救助金,就业渐退金")
    told, notes = result.output.split("说明\n")

    assert result.exit_code == 0
    assert (
        told
        == """大庆市城市居民最低生活保障，决定日期 2011-08-01
户主的工资收入从 0 到 3,000元/月，每步 0.01元/月

一、落差（多一步，合计反而少一截）
  1,757.13 → 1,757.14元/月：合计 1,790.93 → 1,757.14元/月，少 33.79元/月
    儿子的分类救助金 33.80 → 0元/月
    低保的要求“收入”从这里起不再满足

二、合计
    0 至 1,448.57元/月         1,047.80 → 1,482.37元/月  每多 1元 少得 70%  取整的台阶
    1,448.58 至 1,757.13元/月  1,482.38 → 1,790.93元/月  每多 1元 少得 0%
    1,757.14 至 3,000元/月     1,757.14 → 3,000元/月     每多 1元 少得 0%

三、各项
  低保金
    0 至 1,448.57元/月      1,014 → 0元/月  取整的台阶
    1,448.58 至 3,000元/月  0元/月
  户主的分类救助金：一直是 0元/月
  妻子的分类救助金：一直是 0元/月
  儿子的分类救助金
    0 至 1,757.13元/月      33.80元/月
    1,757.14 至 3,000元/月  0元/月
  就业渐退金：一直是 0元/月

四、别的转折
  1,448.58元/月：补差额从这里起换一种算法（没有落差）

"""
    )
    assert "不按月发、不在合计里的：两费减免（元/年）。\n" in notes
    assert "最多 0.99元/月" in notes


def test_the_data_and_the_table_say_the_same() -> None:
    data = json.loads(wage("--format", "json").output)
    rows = list(csv.DictReader(io.StringIO(wage("--format", "csv").output)))

    assert data["over"] == {
        "name": "工资收入", "code": "wage", "member": 0, "label": "户主", "unit": "元/月",
        "from": "0", "to": "3000", "step": "0.01", "own_income": True,
    }  # fmt: skip
    assert data["cliffs"] == [
        {
            "before": "1757.13", "after": "1757.14", "total_before": "1790.93",
            "total_after": "1757.14", "loss": "33.79", "jump": True,
            "changes": [
                {"name": "每月合计", "member": None, "label": "", "before": "33.80", "after": "0.00"}
            ],
            "reasons": [
                {"rule": "低保", "clause": "要求", "part": "收入", "label": "", "holds": False}
            ],
        }
    ]  # fmt: skip
    assert [piece["lost_share"] for piece in data["total"]] == ["0.7", "0", "0"]
    totals = [row for row in rows if row["类"] == "合计"]
    assert [(row["自"], row["止值"], row["少得的份额"]) for row in totals] == [
        (piece["from"], piece["value_to"].removesuffix(".00"), piece["lost_share"])
        for piece in data["total"]
    ]
    assert [row["一步最多少"] for row in rows if row["类"] == "落差"] == ["33.79"]


def test_the_picture_is_sound_and_says_what_it_shows() -> None:
    root = ElementTree.fromstring(wage("--format", "svg").output)
    words = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]

    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "户主的工资收入从 0 到 3,000元/月，每月到手多少"
    assert desc is not None and desc.text is not None
    assert "合计由 1,790.93 降到 1,757.14元/月，少 33.79元/月。" in desc.text
    assert root.get("role") == "img" and "Noto Sans CJK SC" in str(root.get("font-family"))
    assert {"到 1,757.14元/月时", "少 33.79元/月", "70%", "自有收入", "每月合计", "合计"} <= set(
        words
    )
    assert "就业渐退金" not in words
    assert "1,500" in words
    width, height = (int(part) for part in str(root.get("viewBox")).split()[2:])
    for one in root.iter(f"{SVG}text"):
        y = str(one.get("y"))
        assert 0 < int(y.split(".")[0]) < height, one.text
        assert 0 <= int(str(one.get("x")).split(".")[0]) < width, one.text


def test_a_name_with_signs_of_markup_stays_a_name(tmp_path: Path) -> None:
    path = tmp_path / "family.yaml"
    path.write_text(FAMILY.read_text("utf-8").replace("称呼: 户主", '称呼: "<b>&甲"'), "utf-8")
    result = run("curve", DAQING, path, "--on", "2011-08-01", "--over", "<b>&甲.工资收入", "--from", 0,
                 "--to", 10, "--results", "低保金", "--format", "svg")  # fmt: skip

    assert result.exit_code == 0, result.output
    assert ElementTree.fromstring(result.output).findtext(f"{SVG}title", "").startswith("<b>&甲的")


def test_the_ticks_are_round() -> None:
    assert [str(round_steps(Fraction(span), 8)) for span in (3000, 3001, 8, 7, 1, 100_000)] == [
        "500", "500", "1", "1", "1/5", "20000",
    ]  # fmt: skip


# ── files ─────────────────────────────────────────────────────────────────


def test_a_file_takes_its_form_from_its_name(tmp_path: Path) -> None:
    for name, begins in (
        ("a.svg", "<svg "),
        ("a.csv", "类,名称"),
        ("a.json", "{"),
        ("a.txt", "大庆市"),
    ):
        result = wage("--out", tmp_path / name)

        assert result.output == f"已写入 {name}\n"
        assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_a_picture_of_dots_needs_a_font_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    # This one comes with typst: it shows that the way to the file is open on every machine.
    monkeypatch.setattr(png, "FAMILIES", ("Libertinus Serif",))
    assert wage("--out", tmp_path / "a.png").exit_code == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG\r\n")

    monkeypatch.setattr(png, "FAMILIES", ("没有的字体",))
    result = wage("--out", tmp_path / "b.png")
    assert result.exit_code == 1
    assert "D7714" in result.stderr and "没有的字体" in result.stderr
    assert not (tmp_path / "b.png").exists()


def test_without_the_extra_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    result = wage("--out", tmp_path / "a.png")

    assert result.exit_code == 1
    assert "D7715" in result.stderr and "dibao-policy[notice]" in result.stderr


def test_dots_go_into_a_file() -> None:
    assert wage("--format", "png").exit_code == 2


def test_a_number_in_another_writing_is_wrong_usage() -> None:
    result = run("curve", DAQING, FAMILY, "--on", "2011-08-01", "--over", "户主.工资收入",
                 "--from", "0", "--to", "3e3")  # fmt: skip

    assert result.exit_code == 2
    assert "not a number in plain digits" in result.stderr


def test_a_fault_is_data_where_data_is_asked_for() -> None:
    result = wage("--format", "json", results="两费减免")

    assert result.exit_code == 1
    assert [one["code"] for one in json.loads(result.output)] == ["D7710"]


# ── the letter ────────────────────────────────────────────────────────────


def test_the_letter_tells_the_amounts_the_values_and_their_documents() -> None:
    days = ("--before", "2010-08-01", "--after", "2011-08-01")
    result = run("提标告知", DAQING, FAMILY, *days)
    head = result.output.split("\n三、说明\n")[0]

    assert result.exit_code == 0
    assert (
        head
        == """大庆市城市居民最低生活保障：救助变动告知

下面把您家按 2010-08-01 和按 2011-08-01 有效的规定算出的结果放在一起，写明变了多少、为什么变。

一、您家的变化
  低保金：原来 0元/月，现在 174元/月，增加 174元/月
  儿子 分类救助金：原来 26元/月，现在 33.80元/月，增加 7.80元/月
  每月合计：原来 26元/月，现在 207.80元/月，增加 181.80元/月

二、为什么变
  1. 认定标准（萨尔图区）：原来 315元/人月，现在 410元/人月，增加 95元/人月
      自 2011-01-01 起（生效日为推定），东北网2011年7月17日的报道（转载），确认至 2011-12-31
      https://heilongjiang.big5.dbw.cn/system/2011/07/17/053286665.shtml
  2. 基本生活保障标准（萨尔图区）：原来 260元/人月，现在 338元/人月，增加 78元/人月
      自 2011-01-01 起（生效日为推定），东北网2011年7月17日的报道（转载），确认至 2011-12-31
      https://heilongjiang.big5.dbw.cn/system/2011/07/17/053286665.shtml
"""
    )
    assert "  对决定不服的，可以依法申请行政复议" in result.output


def test_the_letter_as_data() -> None:
    days = ("--before", "2010-08-01", "--after", "2011-08-01")
    data = json.loads(run("letter", DAQING, FAMILY, *days, "--format", "json").output)

    changed = {(one["name"], one["member"]): one for one in data["results"] if one["changed"]}
    assert changed["低保金", None]["difference"] == "174元/月"
    # 每月合计 is computed from the others: they are not added once more.
    assert data["monthly"] is None
    assert [(one["name"], one["key"], one["before"], one["after"]) for one in data["values"]] == [
        ("认定标准", ["萨尔图区"], "315元/人月", "410元/人月"),
        ("基本生活保障标准", ["萨尔图区"], "260元/人月", "338元/人月"),
    ]
    assert data["values"][0]["day_presumed"] is True


def test_no_letter_where_nothing_changes() -> None:
    result = run("letter", DAQING, FAMILY, "--before", "2011-02-01", "--after", "2011-03-01")

    assert result.exit_code == 1
    assert "D7716" in result.stderr and "2011-01-01" in result.stderr


def test_boxes_cover_neither_each_other_nor_the_line() -> None:
    line = [(Fraction(92), Fraction(200)), (Fraction(900), Fraction(300))]
    labels = Labels([line])
    for x in (300, 310, 320, 330, 700):
        labels.put(("到 1元/月时", "少 1元/月"), Fraction(x), Fraction(230), Fraction(240))

    for (left, right, y), (start, end, other) in combinations(labels.taken, 2):
        assert right <= start or end <= left or abs(y - other) >= 44
    for left, right, y in labels.taken:
        heights = [200 + (x - 92) * Fraction(100, 808) for x in (left, right)]
        assert y + 44 < min(heights) or y > max(heights)
