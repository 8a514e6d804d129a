"""Texts that are meant to harm, or look as if: each is refused in words, and at once."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from dibao_policy.parameters.read import read_parameters
from dibao_policy.problem import Problem, message, one_line
from dibao_policy.text import Source, covered

ENTRY = """\
低保标准:
  取值:
    - 自: 2011-01-01
      值: {value}
      来源: {{文件: 通知, 状态: 转载}}
"""


# What grows with the square of a text takes minutes; a busy machine is ten times as slow as a quiet one.
BUSY = 10


def refused(text: str, *, seconds: float = 2.0) -> list[str]:
    """The messages of a text that has to be refused, within the time given."""
    return [f"{problem.code} {message(problem)}" for problem in problems_of(text, seconds=seconds)]


def problems_of(text: str, *, seconds: float = 2.0) -> tuple[Problem, ...]:
    begin = time.process_time()
    _, problems = read_parameters(Source("f", text))
    spent = time.process_time() - begin
    assert problems
    assert spent < seconds * BUSY
    for problem in problems:
        one_line(problem, "zh").encode()
        one_line(problem, "en").encode()
    return problems


# ---- YAML that does more than hold data ---------------------------------------------------


def test_a_tag_that_runs_code_is_refused_and_not_run(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    text = ENTRY.format(value=f'!!python/object/apply:os.system ["touch {witness}"]')
    assert refused(text) == ["D1521 参数文件里不能写 YAML 标签 `!!python/object/apply:os.system`"]
    assert not witness.exists()


@pytest.mark.parametrize(
    "tag", ["!x", "!!float", "!!binary", "!<tag:example.org,2020:x>", "!e!x", "!", "!元"]
)
def test_any_tag_is_refused(tag: str) -> None:
    assert [line[:5] for line in refused(ENTRY.format(value=f"{tag} 410"))] == ["D1521"]


def test_an_alias_bomb_is_one_short_list_of_anchors() -> None:
    text = 'a0: &a0 ["哈", "哈", "哈", "哈", "哈", "哈", "哈", "哈", "哈"]\n'
    for level in range(1, 10):
        text += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n"
    lines = refused(text, seconds=0.5)
    assert lines == [f"D1522 参数文件里不能用 YAML 锚点或引用 `&a{level}`" for level in range(10)]


@pytest.mark.parametrize("anchor", ["&a", "*a", "&标准", "*标准", "*"])
def test_any_anchor_or_alias_is_refused(anchor: str) -> None:
    after = "" if anchor.startswith("*") else " 410"
    assert refused(ENTRY.format(value=anchor + after)) == [
        f"D1522 参数文件里不能用 YAML 锚点或引用 `{anchor}`"
    ]


def test_an_anchor_that_holds_itself_is_refused() -> None:
    assert [line[:5] for line in refused("a: &a [*a]\n")] == ["D1522"]


def test_an_anchor_hides_no_other_fault() -> None:
    text = ENTRY.format(value="&a 410").replace("2011-01-01", "2011-1-1")
    assert [line[:5] for line in refused(text)] == ["D1511", "D1522"]


def test_a_merge_key_merges_nothing() -> None:
    assert [
        line[:5] for line in refused(ENTRY.format(value="410\n      <<: {至: 2012-01-01}"))
    ] == ["D1501"]


def test_a_second_document_is_refused() -> None:
    text = ENTRY.format(value="410")
    assert refused(text + "---\n" + text) == [
        "D1523 一个参数文件只能有一份 YAML 文档，这里开始了第二份"
    ]


# ---- size and depth -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "opening", ["[", "{", "[\n", "{a: ", "- ", "? ", "[{", "a: [", "? - ", "- ? "]
)
def test_a_hundred_thousand_openings_end_in_one_problem(opening: str) -> None:
    (line,) = refused(opening * 100_000)
    assert line in {"D1525 嵌套超过 30 层", "D1520 从这里起读不出 YAML 的结构"}


def test_keys_below_keys_without_end_are_refused() -> None:
    text = "".join(" " * depth + "甲:\n" for depth in range(1_900))
    assert refused(text) == ["D1525 嵌套超过 30 层"]


def test_a_text_over_the_limit_is_not_read_at_all() -> None:
    assert refused("#" * 2_000_001, seconds=0.1) == ["D1524 文件有 2000001 个字符，最多 2000000 个"]


def test_a_text_of_too_many_parts_is_not_read_to_its_end() -> None:
    assert refused("甲: [" + "1," * 900_000 + "]", seconds=4) == [
        "D1529 文件里的键和值超过 100000 个"
    ]


def test_a_number_of_four_thousand_digits_is_counted_and_not_computed() -> None:
    assert refused(ENTRY.format(value="9" * 4_000)) == ["D1510 这个数有 4000 位数字，最多 30 位"]
    assert refused(ENTRY.format(value="0." + "1" * 4_000 + "%")) == [
        "D1510 这个数有 4001 位数字，最多 30 位"
    ]
    assert refused(ENTRY.format(value="9" * 31)) == ["D1510 这个数有 31 位数字，最多 30 位"]


def test_an_exponent_of_a_thousand_digits_is_not_computed() -> None:
    (line,) = refused(ENTRY.format(value="1e" + "9" * 1_000))
    assert line.startswith("D1509 `1e999")
    assert len(line) < 80


def test_a_very_long_word_is_quoted_in_part() -> None:
    (line,) = refused(ENTRY.format(value="长" * 100_000))
    assert line == f"D1509 `{'长' * 40}…` 不是直接写出的数"


@pytest.mark.parametrize(
    "piece", ["长", "9", "a", "-", ".", "a/", "长：", "：", "，", "%", "9,", "- "]
)
@pytest.mark.parametrize("place", ["低保标准", "自", "2011-01-01", "{value}", "转载", "通知"])
def test_a_very_long_word_takes_no_long_time_wherever_it_stands(piece: str, place: str) -> None:
    begin = time.process_time()
    read_parameters(Source("f", ENTRY.replace(place, piece * 50_000).replace("{{", "{")))
    assert time.process_time() - begin < 2 * BUSY


def test_very_many_faults_are_neither_all_kept_nor_slow() -> None:
    text = "低保标准:\n" + "".join(f"  键{number}: 1\n" for number in range(40_000))
    lines = refused(text, seconds=4)
    assert len(lines) == 51
    assert lines[-1] == "D1528 只列出前 50 个问题，还有问题没有列出"


# ---- characters that are not seen ---------------------------------------------------------


def test_a_nul_is_named() -> None:
    assert refused("低保标准:\x00\n") == ["D1526 文字里有控制字符 `U+0000`"]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\x1b", "U+001B"), ("\x7f", "U+007F"), ("\x85", "U+0085"), ("\u2028", "U+2028")],
)
def test_control_characters_are_named(character: str, name: str) -> None:
    assert refused(ENTRY.format(value=f"41{character}0")) == [f"D1526 文字里有控制字符 `{name}`"]


def test_a_lone_carriage_return_would_hide_a_line() -> None:
    text = "# 说明\r低保标准: 1\n"
    assert refused(text) == ["D1526 文字里有控制字符 `U+000D`"]
    windows = ENTRY.format(value="410").replace("\n", "\r\n")
    assert read_parameters(Source("f", windows))[1] == ()


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u200b", "U+200B"),
        ("\u200f", "U+200F"),
        ("\ufeff", "U+FEFF"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_direction_and_zero_width_marks_are_named(character: str, name: str) -> None:
    assert refused(ENTRY.format(value=f"41{character}0")) == [
        f"D1527 文字里有看不见的排版字符 `{name}`，显示的可能与写的不同"
    ]


def test_each_hidden_character_is_one_problem_with_all_its_places() -> None:
    problems = problems_of("甲\u202e乙\x00丙\u202e丁\u202e\n")
    assert [problem.code for problem in problems] == ["D1527", "D1526"]
    assert [span.start for span in problems[0].related] == [5, 7]


@pytest.mark.parametrize(
    ("escape", "line"),
    [
        (r'"\0"', "D1526 文字里有控制字符 `U+0000`"),
        (r'"\ud800"', "D1526 文字里有控制字符 `U+D800`"),
        (r'"\u202e410"', "D1527 文字里有看不见的排版字符 `U+202E`，显示的可能与写的不同"),
        (r'"\ufeff410"', "D1527 文字里有看不见的排版字符 `U+FEFF`，显示的可能与写的不同"),
        (r'"\UFFFFFFFF"', "D1520 从这里起读不出 YAML 的结构"),
        (r'"\q"', "D1520 从这里起读不出 YAML 的结构"),
    ],
)
def test_an_escape_brings_in_no_character_that_may_not_stand_there(escape: str, line: str) -> None:
    assert refused(ENTRY.format(value=escape)) == [line]


def test_a_lone_surrogate_is_a_problem_and_no_traceback() -> None:
    assert refused("甲: \ud800\n") == ["D1526 文字里有控制字符 `U+D800`"]


# ---- text that YAML cannot read -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: 'x\n", "'"),
        ("a: [1, 2", "["),
        ("a: b: c\n", ":"),
        ("a: 1\n  b: 2\n", ":"),
        ("%YAML 9.9\n---\na: 1\n", "%"),
        ("%YAML " + "1" * 5_000 + ".1\n---\n", "1"),
        ("a: @b\n", "@"),
        ("]", "]"),
    ],
)
def test_a_fault_of_syntax_is_shown_where_it_can_be_mended(text: str, at: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "D1520"
    assert problem.span is not None
    assert covered(problem.span) == at


def test_a_tab_in_the_indentation_is_named() -> None:
    (problem,) = problems_of("低保标准:\n\t取值: []\n")
    assert problem.code == "D1520"
    assert problem.mends_zh[0].format(tab=r"\t") == r"缩进处有制表符 `\t`，改用空格"
    assert one_line(problem) == "f:2:1: D1520 从这里起读不出 YAML 的结构"


# ---- anything at all ----------------------------------------------------------------------

VALID = ENTRY.format(value="{萨尔图区: 410, 大同区: 390元/人月}") + ENTRY.format(
    value="20%"
).replace("低保标准", "医疗比例")
PIECES = st.one_of(
    st.sampled_from(
        [
            *("自", "至", "值", "来源", "状态", "取值", "：", "，", ": ", "- ", "\n", "\n  ", "\t"),
            *("{", "}", "[", "]", "&a ", "*a", "!x ", "!!int ", "? ", "| ", "> ", "'", '"', "\\"),
            *("%", "#", "---", "...", "<<", "@", "`", "~", "410", "1,000", "2011-01-01", "\r"),
        ]
    ),
    st.text(max_size=6),
)


@settings(deadline=None)
@given(st.integers(0, len(VALID)), st.integers(0, 12), PIECES)
def test_one_edit_of_a_valid_text_never_ends_in_a_traceback(
    start: int, length: int, piece: str
) -> None:
    _read_and_show(VALID[:start] + piece + VALID[start + length :])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_at_all_ends_in_a_traceback(text: str) -> None:
    _read_and_show(text)


def _read_and_show(text: str) -> None:
    source = Source("f", text)
    _, problems = read_parameters(source)
    for problem in problems:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        for language in ("zh", "en"):
            line = one_line(problem, language)
            line.encode()
            assert "\n" not in line
            assert "{" not in line or "{" in text
