"""Texts meant to break a reader: each ends in problems, soon, and never in an exception."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from dibao_policy.compile import run_passes
from dibao_policy.folders import check_folder
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import in_reading_order, mend, message
from dibao_policy.syntax.keywords import AGGREGATES, BLOCKS, CLAUSES, INLINE, SIGNS
from dibao_policy.text import Source, position

from .page_runner import read_page

HEADER = "政策 示例县(example)\n"
INPUT = "输入 家庭.甲(a): 元/月\n"
RULE = "定义 家庭.乙(b): 元/月 = "
CONDITION = "定义 家庭.乙(b): 是否 = "
DEPTH = 100_000
# What has no bound takes minutes; a busy machine is ten times as slow as a quiet one.
SECONDS = 20


def codes_of(rules: str = "", values: str = "") -> list[str]:
    """The codes of all problems of a text, every message written out, in a moment."""
    start = time.process_time()
    text = PolicyText("example", (Source("规则", rules),), (Source("参数", values),))
    found = in_reading_order(run_passes(text, lambda code: None).problems)
    for problem in found:
        assert message(problem) and message(problem, "en") and len(message(problem)) < 5000
        assert mend(problem) is not None
        if problem.span is not None:
            assert position(problem.span) >= (1, 1)
    assert time.process_time() - start < SECONDS
    return [problem.code for problem in found]


def rule(expression: str, head: str = RULE) -> str:
    return f"{HEADER}{INPUT}{head}{expression}\n"


CHAIN = "".join(f"如果 甲 < {i}元/月 那么 甲 + {i}元/月 否则 " for i in range(4_000)) + "甲"

LARGE = "(较大(甲, 999999999{}元/月) ÷ 1元/月)"

RULES = {
    "十万层括号": (rule("(" * DEPTH + "甲" + ")" * DEPTH), "D1014"),
    "三万层括号": (rule("(" * 29_000 + "甲" + ")" * 29_000), "D1006"),
    "十万层没有合上的括号": (rule("(" * DEPTH), "D1014"),
    "多出来的右括号": (rule("甲" + ")" * 50_000), "D1021"),
    "十万个非": (rule("非 " * DEPTH + "是", CONDITION), "D1014"),
    "五万个非": (rule("非 " * 50_000 + "是", CONDITION), "D1006"),
    "五万个负号": (rule("- " * 50_000 + "甲"), "D1006"),
    "两万个如果": (rule("如果 " * 20_000 + "是"), "D1006"),
    "两万个否则如果": (rule("如果 甲 < 1元/月 那么 甲 否则 " * 20_000 + "甲"), "D1014"),
    "四千个否则如果": (rule(CHAIN), "D3024"),
    "五万项相加": (rule(" + ".join(["甲"] * 50_000)), "D1014"),
    "三万个比较": (rule(" < ".join(["甲"] * 29_000), CONDITION), "D1017"),
    "三万项乘积": (rule(" × ".join(["甲"] * 29_000)), "D3003"),
    "十兆长的一行": (HEADER + "甲" * 10_000_000, "D1014"),
    "四十万字的名称": (rule("甲" * 400_000), "D2001"),
    "四千位的数": (rule("9" * 4_000 + "元/月"), "D1011"),
    "四千位的小数": (rule("0." + "9" * 4_000 + "元/月"), "D1011"),
    "四十万位的数": (rule("9" * 400_000 + "元/月"), "D1011"),
    "很长的单位": (rule("1" + "元" * 100_000), "D1012"),
    "空字符": (rule("甲\x00 + 甲"), "D1009"),
    "只有空字符": ("\x00" * 100_000, "D1009"),
    "颠倒顺序的字符": (rule("甲 \u202e+ 甲\u2066"), "D1009"),
    "落单的代理字符": (rule("甲 \ud800+ 甲"), "D1009"),
    "形近的西里尔字母": (HEADER + INPUT + "输入 家庭.丙(а): 元/月\n", "D2003"),
    "五万个块": (HEADER + "定义 家庭.甲\n" * 50_000, "D1014"),
    "一万个块": (HEADER + "定义 家庭.甲\n" * 10_000, "D1019"),
    "没有结束的引号": (HEADER + '  版本 "1\n', "D1010"),
    "十万个引号": (HEADER + '"\n' * 60_001, "D1014"),
    "十万个分号": (HEADER + ";" * 100_000, "D1019"),
    "没有政策块": ("定义", "D1002"),
    "两千个重名": (HEADER + INPUT * 2_000, "D2002"),
    "很大的乘方": (rule(" × ".join(["99999999999999元"] * 40)), "D3003"),
    "除以零": (rule("甲 ÷ 0"), "D3013"),
    "除以放不下的数再取整": (
        rule(f"取整(甲 ÷ {LARGE.format(9)} + 甲 ÷ {LARGE.format(8)} 到 0.01元/月 进位)"), "D3014",
    ),
    "零取整": (rule("甲\n  取整 到 0元/月 进位"), "D3021"),
    "大括号里的句子": (HEADER + INPUT + "资格 家庭.丙\n  要求 丁: 甲 < 1元/月 否则 \"" + "{" * 100_000 + '}"', "D2007"),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "code"), RULES.values(), ids=RULES.keys())
def test_hostile_rules_end_in_problems(rules: str, code: str) -> None:
    assert code in codes_of(rules)


DECLARED = HEADER + "参数 丙(c): 元/月\n定义 家庭.乙(b): 元/月 = 丙\n"
ALIASES = "甲: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def series(value: str) -> str:
    return f"丙:\n  取值:\n    - 自: 2011-01-01\n      值: {value}\n      来源: {{状态: 未核实}}\n"


VALUES = {
    "别名炸弹": (ALIASES, "D1522"),
    "构造对象的标签": (series("!!python/object/apply:os.system ['true']"), "D1521"),
    "构造对象的根": ("!!python/object/apply:os.system ['true']", "D1521"),
    "四千位的数": (series("9" * 4_000), "D1510"),
    "十万层的列表": (series("[" * DEPTH + "]" * DEPTH), "D1525"),
    "十万层的映射": (series("{甲: " * DEPTH + "1" + "}" * DEPTH), "D1525"),
    "十万层的短横": ("- " * DEPTH + "1", "D1525"),
    "十兆长的一行": (series("1" * 10_000_000), "D1524"),
    "空字符": (series("1\x00"), "D1526"),
    "没有结束的引号": (series('"1'), "D1520"),
    "制表符缩进": ("丙:\n\t取值: 1\n", "D1520"),
    "不是数": (series(".nan"), "D1509"),
    "无穷大": (series(".inf"), "D1509"),
    "二进制浮点数": (series("1e400"), "D1509"),
    "六十进制": (series("1:30"), "D1509"),
}


@pytest.mark.parametrize(("values", "code"), VALUES.values(), ids=VALUES.keys())
def test_hostile_parameters_end_in_problems(values: str, code: str) -> None:
    assert code in codes_of(DECLARED, values)


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_end_in_problems(seed: int) -> None:
    noise = random.Random(seed).randbytes(5_000).decode("latin-1")
    assert codes_of(noise)
    assert codes_of(HEADER + noise)
    assert codes_of(DECLARED, noise)


def test_a_file_of_random_bytes_ends_in_problems(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    (folder / "parameters").mkdir(parents=True)
    (folder / "a.dibao").write_bytes(b"\xff\xfe\x00\x80" * 1_000)
    (folder / "parameters" / "a.yaml").write_bytes(b"\xc3\x28" * 1_000)
    found = [problem.code for problem in check_folder(folder)]
    assert found.count("D2023") == 2


def test_a_folder_that_is_not_there_ends_in_problems(tmp_path: Path) -> None:
    assert check_folder(tmp_path / "nowhere")


def _words(table: dict[str, tuple[str, str]]) -> list[str]:
    return [word for words in table.values() for word in words]


TOKENS = st.sampled_from(
    [
        *_words(BLOCKS),
        *_words(CLAUSES),
        *_words(INLINE),
        *_words(AGGREGATES),
        *SIGNS.values(),
        *("\n", "\n", "甲", "乙", "丙", "1", "12月/年", "50%", "3元/月", "2011-07-01", "元/月", "是否"),
        *('"', '"{甲}"', "《", "》", "《办法》", "；", "周岁", "较小", "取整(", "家庭.", "成员.", "甲(a):"),
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TOKENS, max_size=60), st.sampled_from(["", " "]))
def test_words_in_any_order_never_raise(words: list[str], space: str) -> None:
    codes_of(space.join(words))
    codes_of(HEADER + INPUT + RULE + space.join(words))


GOOD = read_page(next((Path(__file__).parent / "broken").glob("01-*.md"))).mended
WORDS = re.findall(r"\s*(?:《[^》]*》|\"[^\"]*\"|\w+|[^\w\s])", GOOD.rules if GOOD else "")
MARKS = re.findall(r"\s*(?:\w+|[^\w\s])", GOOD.values if GOOD else "")
SLIPS = st.lists(
    st.tuples(
        st.integers(0, len(WORDS) - 4), st.sampled_from(["lost", "changed", "put in"]), TOKENS
    ),
    min_size=1,
    max_size=3,
)


def slipped(words: list[str], slips: list[tuple[int, str, str]]) -> str:
    """A text in which some words are lost, changed or put in."""
    words = list(words)
    for number, slip, token in slips:
        place = number % len(words)
        words[place : place + (slip != "put in")] = [] if slip == "lost" else [f" {token}"]
    return "".join(words)


def test_the_policy_to_slip_in_is_without_fault() -> None:
    assert len(WORDS) > 200 and len(MARKS) > 50
    assert codes_of("".join(WORDS), "".join(MARKS)) == []


@settings(max_examples=300, deadline=None)
@given(SLIPS)
def test_slips_in_the_rules_never_raise(slips: list[tuple[int, str, str]]) -> None:
    codes_of(slipped(WORDS, slips), "".join(MARKS))


@settings(max_examples=200, deadline=None)
@given(SLIPS)
def test_slips_in_the_parameters_never_raise(slips: list[tuple[int, str, str]]) -> None:
    codes_of("".join(WORDS), slipped(MARKS, slips))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_never_raises(text: str) -> None:
    codes_of(HEADER + text)
    codes_of(DECLARED, text)
