"""Files of cases are read whole: both tongues, every fault at once, each name once."""

from __future__ import annotations

from pathlib import Path

from dibao_policy import Source
from dibao_policy.lawcraft.cases.folder import read_cases, read_every_case
from dibao_policy.lawcraft.cases.read import read_text
from dibao_policy.lawcraft.cases.run import Bench, run_case
from dibao_policy.problem import one_line

from .cases_policy import policy

CHINESE = """共同:
  家庭: {类别: 城市}
  成员: {在业: 否}
案例:
  - 名称: 甲
    日期: 2020-01-01
    来源: {文件: 报道, 网址: 'https://example.org', 日期: 2019-12-01, 状态: 转载}
    假定: [家庭收入]
    家庭: {家庭收入: 200, 成员: [{工资: 0}]}
    期望: {低保金: 300.5}
    理由: [家庭收入]
    条款: [条例第五条]
    核查: []
    容差: {低保金: 0.5, 理由: 约数}
"""
ENGLISH = """common:
  household: {kind: urban}
  members: {employed: no}
cases:
  - name: 甲
    on: 2020-01-01
    source: {document: 报道, address: 'https://example.org', date: 2019-12-01, status: reported}
    assuming: [income]
    household: {income: 200, members: [{wage: 0}]}
    expect: {benefit: 300.5}
    reasons: [家庭收入]
    articles: [条例第五条]
    findings: []
    tolerance: {benefit: 0.5, reason: 约数}
"""


def test_both_tongues_say_the_same() -> None:
    (chinese,), none = read_text(Source("甲.yaml", CHINESE))
    (english,), nothing = read_text(Source("甲.yaml", ENGLISH))
    assert none == nothing == ()
    assert chinese.source == english.source
    bench = Bench(policy())
    for one in (chinese, english):
        outcome = run_case(bench, one)
        assert outcome.passed and outcome.tolerated == ("低保金",)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = """案例:
  - 名称: 甲
    日期: 2020-02-30
    来原: {}
    家庭: {成员: [{工资: 0, 工资: 1}]}
    期望: {低保: 是}
    容差: {低保金: -1}
  - 日期: 2020-01-01
    来源: {状态: 听说}
    家庭: 没有
    期望: {'成员[0].工资': 1, 低保: [[是]]}
    拒绝: {D5001: 是}
"""
    _, problems = read_text(Source("甲.yaml", text))
    assert [one_line(problem).split(" ")[0] + problem.code for problem in problems] == [
        "甲.yaml:3:9:D1511",
        "甲.yaml:4:5:D1501",
        "甲.yaml:5:23:D1502",
        "甲.yaml:7:5:D7009",
        "甲.yaml:7:15:D7010",
        "甲.yaml:8:5:D1503",
        "甲.yaml:9:14:D1513",
        "甲.yaml:10:9:D1504",
        "甲.yaml:11:10:D7020",
        "甲.yaml:11:25:D1506",
        "甲.yaml:12:5:D1505",
    ]


def test_a_misspelled_expectation_is_one_problem() -> None:
    text = "案例:\n  - {名称: 甲, 日期: 2020-01-01, 家庭: {成员: [{}]}, 期忘: {低保: 是}}\n"
    (found,) = read_text(Source("甲.yaml", text))[1]
    assert (found.code, getattr(found, "near", "")) == ("D1501", "期望")


def test_names_are_told_apart_over_all_files(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    (folder / "cases" / "下级").mkdir(parents=True)
    one = "案例:\n  - {名称: 甲, 日期: 2020-01-01, 家庭: {成员: [{}]}, 期望: {低保: 是}}\n"
    (folder / "cases" / "1.yaml").write_text(one, "utf-8")
    (folder / "cases" / "下级" / "2.yml").write_text(one.replace("期望", "期忘"), "utf-8")
    (folder / "cases" / "3.csv").write_text("名称,日期,⇒,低保\n乙,2020-01-01,,是\n", "utf-8")
    (folder / "cases" / "readme.md").write_text("说明", "utf-8")

    cases, problems = read_cases(folder)

    assert [case.name for case in cases] == ["甲", "乙"]
    assert [one_line(problem).split(" ")[0] + problem.code for problem in problems] == [
        "example/cases/下级/2.yml:2:10:D7001",
        "example/cases/下级/2.yml:2:45:D1501",
    ]
    # What is not whole is looked at for further faults all the same.
    assert [case.whole for case in read_every_case(folder)[0]] == [True, True, False]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "example" / "cases").mkdir(parents=True)
    for name in ("1.yaml", "2.csv"):
        (tmp_path / "example" / "cases" / name).write_bytes("案例: []".encode("gb18030"))
    (first, second) = read_cases(tmp_path / "example")[1]
    assert (first.code, getattr(first, "path", "")) == ("D7017", "example/cases/1.yaml")
    assert (second.code, getattr(second, "path", "")) == ("D7017", "example/cases/2.csv")


def test_a_policy_without_cases_has_none(tmp_path: Path) -> None:
    assert read_cases(tmp_path) == ((), ())
