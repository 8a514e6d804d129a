"""What a parameter file may hold, and what is said when it holds something else."""

import datetime
from fractions import Fraction

import pytest

from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import Provenance
from dibao_policy.problem import mend, message, one_line
from dibao_policy.text import Source, covered

WHOLE = """\
# 大庆市区
低保标准:
  说明: 城市居民最低生活保障标准
  跳变: 60%
  取值:
    - 自: 2011-01-01
      至: 2011-12-31
      值: {萨尔图区: 410, 大同区: 390元/人月}
      来源:
        文件: 庆政发〔2011〕1号
        条款: 第二条
        网址: https://example.org/2011
        状态: 转载
        日期: 推定
      确认至: 2012-12-31
      理由: 首次制定
    - 自: 2012-01-01
      值: {萨尔图区: 450, 大同区: 430}
      来源: {文件: 庆政发〔2012〕3号, 状态: 原文}
"""

ENGLISH = """\
standard:
  description: 城市居民最低生活保障标准
  guard: 60%
  values:
    - since: 2011-01-01
      until: 2011-12-31
      value: {saertu: 410, datong: 390元/人月}
      source:
        document: 庆政发〔2011〕1号
        article: 第二条
        address: https://example.org/2011
        status: reported
        date_basis: inferred
      confirmed_until: 2012-12-31
      reason: 首次制定
"""

ONE = """\
低保标准:
  取值:
    - 自: 2011-01-01
      值: {value}
      来源: {{文件: 通知, 状态: 转载}}
"""


def said(text: str) -> list[str]:
    """Every problem of a text, as `line:column: code message`."""
    _, problems = read_parameters(Source("低保.yaml", text))
    return [one_line(problem).removeprefix("低保.yaml:") for problem in problems]


def mends(text: str) -> list[str]:
    _, problems = read_parameters(Source("低保.yaml", text))
    return [mend(problem) for problem in problems]


# ---- a file without faults ----------------------------------------------------------------


def test_every_part_of_a_file_is_read() -> None:
    (standard,), problems = read_parameters(Source("低保.yaml", WHOLE))
    assert problems == ()
    assert (standard.name, standard.description) == ("低保标准", "城市居民最低生活保障标准")
    assert standard.guard == Fraction(3, 5)
    assert standard.whole
    first, second = standard.entries
    assert first.since == datetime.date(2011, 1, 1)
    assert first.until == datetime.date(2011, 12, 31)
    assert first.confirmed_until == datetime.date(2012, 12, 31)
    assert first.reason == "首次制定"
    assert first.provenance == Provenance(
        document="庆政发〔2011〕1号",
        article="第二条",
        address="https://example.org/2011",
        status="转载",
        date_basis="推定",
        span=first.provenance.span,
    )
    assert second.provenance.date_basis == "明载"
    assert [cell.key for cell in first.cells] == [("萨尔图区",), ("大同区",)]
    assert [cell.number for cell in first.cells] == [410, 390]
    assert [cell.unit_text for cell in first.cells] == ["", "元/人月"]


def test_every_part_knows_its_place() -> None:
    (standard,), _ = read_parameters(Source("低保.yaml", WHOLE))
    first = standard.entries[0]
    assert covered(standard.name_span) == "低保标准"
    assert covered(first.cells[1].span) == "390元/人月"
    assert covered(first.cells[1].key_spans[0]) == "大同区"
    assert covered(first.since_span or first.span) == "2011-01-01"
    assert covered(first.span).startswith("自: 2011-01-01")
    assert covered(first.span).endswith("理由: 首次制定")


def test_english_keys_and_words_say_the_same() -> None:
    (chinese,), _ = read_parameters(Source("zh", WHOLE))
    (english,), problems = read_parameters(Source("en", ENGLISH))
    assert problems == ()
    assert english.guard == chinese.guard
    assert english.description == chinese.description
    ours, theirs = english.entries[0], chinese.entries[0]
    assert ours.provenance == theirs.provenance
    assert (ours.since, ours.until, ours.confirmed_until, ours.reason) == (
        theirs.since,
        theirs.until,
        theirs.confirmed_until,
        theirs.reason,
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# 还没有参数\n", "---\n", "\ufeff# 只有注释\n"])
def test_an_empty_file_has_no_series_and_no_problem(text: str) -> None:
    assert read_parameters(Source("空.yaml", text)) == ((), ())


def test_a_value_may_be_split_by_several_enums() -> None:
    text = ONE.format(value="{萨尔图区: {城镇: 410, 农村: 300}, 大同区: {城镇: 400, 农村: 290}}")
    (series,), problems = read_parameters(Source("f", text))
    assert problems == ()
    assert [cell.key for cell in series.entries[0].cells] == [
        ("萨尔图区", "城镇"),
        ("萨尔图区", "农村"),
        ("大同区", "城镇"),
        ("大同区", "农村"),
    ]


# ---- keys ---------------------------------------------------------------------------------

KEYS = [
    *("说明", "跳变", "取值", "自", "至", "值", "来源", "文件", "条款", "网址", "状态", "日期"),
    *("确认至", "理由"),
]
ENGLISH_KEYS = [
    *("description", "guard", "values", "since", "until", "value", "source", "document"),
    *("article", "address", "status", "date_basis", "confirmed_until", "reason"),
]


@pytest.mark.parametrize("key", KEYS)
def test_each_misspelt_key_is_one_problem(key: str) -> None:
    faulty = WHOLE.replace(f" {key}:", f" {key}错:", 1)
    assert faulty != WHOLE
    (only,) = said(faulty)
    assert f"D1501 这里没有 `{key}错` 这个键" in only


@pytest.mark.parametrize("key", ENGLISH_KEYS)
def test_each_misspelt_english_key_is_one_problem_with_a_mend(key: str) -> None:
    faulty = ENGLISH.replace(f" {key}:", f" {key}s:", 1)
    _, (problem,) = read_parameters(Source("f", faulty))
    assert problem.code == "D1501"
    assert mend(problem, "en") == f"perhaps `{key}`?"


@pytest.mark.parametrize("key", KEYS)
def test_each_key_removed_is_missed_only_where_it_is_required(key: str) -> None:
    lines = [
        "低保标准:",
        "  说明: 甲",
        "  跳变: 60%",
        "  取值:",
        "    - 确认至: 2012-12-31",
        "      自: 2011-01-01",
        "      至: 2011-12-31",
        "      值: 410",
        "      理由: 乙",
        "      来源:",
        "        状态: 转载",
        "        文件: 通知",
        "        条款: 第一条",
        "        网址: https://example.org",
        "        日期: 推定",
    ]
    assert said("\n".join(lines)) == []
    kept = [line for line in lines if line.strip(" -").partition(":")[0] != key]
    if key == "取值":
        kept = lines[:3]
    elif key == "来源":
        kept = lines[:9]
    elif key == "确认至":
        kept[4:5] = ["    - 自: 2011-01-01"]
    expected = {
        "取值": ["2:3: D1503 `低保标准` 缺少 `取值`"],
        "自": ["5:7: D1503 `低保标准` 缺少 `自`"],
        "值": ["5:7: D1503 `低保标准` 缺少 `值`"],
        "来源": ["5:7: D1503 `低保标准` 缺少 `来源`"],
        "状态": ["11:9: D1503 `来源` 缺少 `状态`"],
        "文件": ["10:7: D1514 来源的状态是 `转载`，却没有写是哪个文件"],
    }
    assert said("\n".join(kept)) == expected.get(key, [])


def test_an_unknown_key_gets_the_nearest_and_the_whole_list() -> None:
    faulty = WHOLE.replace("确认至:", "确认到:")
    assert said(faulty) == [
        "15:7: D1501 这里没有 `确认到` 这个键，可以写的是 `自、至、值、来源、确认至、理由`"
    ]
    assert mends(faulty) == ["是不是 `确认至`？"]


def test_the_only_stranger_is_taken_for_the_only_key_missing() -> None:
    faulty = ONE.format(value="410").replace("值: 410", "金额: 410")
    assert len(said(faulty)) == 1
    assert mends(faulty) == ["是不是 `值`？"]


def test_a_key_given_twice_is_refused_in_any_mapping() -> None:
    text = """\
低保标准:
  取值:
    - 自: 2011-01-01
      since: 2012-01-01
      值: {萨尔图区: 410, 萨尔图区: 420}
      来源: {状态: 原文, 文件: 甲, 文件: 乙}
低保标准:
  取值: []
"""
    assert said(text) == [
        "4:7: D1502 `since` 重复，前面已有 `自`",
        "5:22: D1502 `萨尔图区` 重复，前面已有 `萨尔图区`",
        "6:27: D1502 `文件` 重复，前面已有 `文件`",
        "7:1: D1502 `低保标准` 重复，前面已有 `低保标准`",
    ]
    _, problems = read_parameters(Source("f", text))
    assert [covered(problem.related[0]) for problem in problems] == [
        "自",
        "萨尔图区",
        "文件",
        "低保标准",
    ]


def test_a_key_that_is_a_list_is_refused() -> None:
    assert said(ONE.format(value="{[甲]: 1}")) == ["4:11: D1516 键应当是一个词，不能是 `[甲]`"]


# ---- kinds of value -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 低保标准\n", ["1:1: D1504 `低保.yaml` 下面应当是若干行 `键: 值`"]),
        ("低保标准: 410\n", ["1:7: D1504 `低保标准` 下面应当是若干行 `键: 值`"]),
        ("低保标准:\n", ["1:6: D1507 `低保标准` 没有值"]),
        ("低保标准:\n  取值: {自: 1}\n", ["2:3: D1505 `取值` 下面应当是列表"]),
        ("低保标准:\n  取值: []\n", ["2:3: D1507 `取值` 没有值"]),
        ("低保标准:\n  取值:\n", ["2:3: D1507 `取值` 没有值"]),
        ("低保标准:\n  取值:\n  - 410\n", ["3:5: D1504 `低保标准` 下面应当是若干行 `键: 值`"]),
        (ONE.format(value="[410]"), ["4:7: D1506 `值` 应当只有一个值"]),
        (ONE.format(value="{}"), ["4:7: D1507 `值` 没有值"]),
        (ONE.format(value=""), ["4:7: D1507 `值` 没有值"]),
        (ONE.format(value="~"), ["4:7: D1507 `值` 没有值"]),
        (ONE.format(value="{大同区: }"), ["4:11: D1507 `大同区` 没有值"]),
        (ONE.format(value="410\n      理由: ~"), ["5:7: D1507 `理由` 没有值"]),
        (ONE.format(value="410\n      理由: ' '"), ["5:7: D1507 `理由` 没有值"]),
        (ONE.format(value="410\n      理由: [涨价]"), ["5:7: D1506 `理由` 应当只有一个值"]),
    ],
)
def test_the_wrong_kind_of_value_is_named_where_it_stands(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "低保标准：城市\n",
        "低保标准：\n  取值:\n    - 自: 2011-01-01\n",
        "低保标准:\n  取值:\n    - 自：2011-01-01\n      值: 410\n",
        "低保标准:\n  取值:\n    - 自: 2011-01-01\n      值：410\n      来源: {状态: 未核实}\n",
        "低保标准:\n  取值:\n    - 自：2011-01-01\n",
        ONE.format(value="{萨尔图区：410}"),
        ONE.format(value="萨尔图区：410"),
    ],
)
def test_a_full_width_colon_is_found_wherever_yaml_stumbles(text: str) -> None:
    _, (problem,) = read_parameters(Source("f", text))
    assert message(problem) == "全角的 `：` 在这里不起分隔作用"
    assert mend(problem) == "改写为半角的 `:`，后面空一格"
    assert problem.span is not None
    assert covered(problem.span) == "："


def test_a_full_width_comma_between_districts_is_found() -> None:
    text = ONE.format(value="{萨尔图区: 410，大同区: 390}")
    assert said(text) == ["4:20: D1508 全角的 `，` 在这里不起分隔作用"]


def test_the_guard_is_a_share() -> None:
    def guarded(written: str) -> list[str]:
        return said(WHOLE.replace("跳变: 60%", f"跳变: {written}"))

    assert guarded("0.6") == guarded("0%") == guarded("100%") == []
    assert guarded("60") == ["4:7: D1548 `跳变` 是比例，`60` 像是漏写了百分号"]
    assert guarded("-1%") == ["4:7: D1546 `跳变` 的值 `-1%` 低于 0%"]
    assert guarded("5000") == ["4:7: D1547 `跳变` 的值 `5000` 高于 100%"]
    assert guarded("101%") == ["4:7: D1547 `跳变` 的值 `101%` 高于 100%"]
    assert guarded("60元") == ["4:7: D1509 `60元` 不是直接写出的数"]


# ---- all at once --------------------------------------------------------------------------


def test_one_reading_reports_every_fault() -> None:
    text = """\
低保标准:
  取直:
    - 自: 2011-01-01
医疗比例:
  取值:
    - 自: 2011-13-01
      值: 1_000
      来源: {状态: 原文}
      备注: 无
"""
    assert said(text) == [
        "2:3: D1501 这里没有 `取直` 这个键，可以写的是 `说明、跳变、取值`",
        "6:10: D1511 `2011-13-01` 不是日期",
        "7:10: D1509 `1_000` 不是直接写出的数",
        "8:7: D1514 来源的状态是 `原文`，却没有写是哪个文件",
        "9:7: D1501 这里没有 `备注` 这个键，可以写的是 `自、至、值、来源、确认至、理由`",
    ]


def test_at_most_fifty_problems_are_listed() -> None:
    faults = said("".join(f"参数{number}: 1\n" for number in range(60)))
    assert len(faults) == 51
    assert faults[-1] == "51:7: D1528 只列出前 50 个问题，还有问题没有列出"
    assert len(said("".join(f"参数{number}: 1\n" for number in range(50)))) == 50
