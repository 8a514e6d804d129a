"""What the canonical form is: the examples of `docs/format.md`, and the corners that a page need not show."""

from __future__ import annotations

import re

import pytest

from dibao_policy.core.ops import SPELLINGS as OPERATIONS
from dibao_policy.syntax.format import format_source
from dibao_policy.syntax.keywords import BLOCKS, SIGNS, SPELLINGS
from dibao_policy.syntax.scan import CHARACTER_LIMIT
from dibao_policy.syntax.spacing import Spelling, Tongue, spaced
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source

from ..conftest import ROOT
from .texts import POLICIES

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")
EXAMPLES = re.findall(
    r"^## (?P<title>[^\n]*)|^```dibao typed(?: lang=(\w+))?\n(.*?)^```\n+```dibao\n(.*?)^```",
    PAGE,
    re.MULTILINE | re.DOTALL,
)


def formatted(text: str, language: Tongue | None = None) -> str:
    result, problems = format_source(Source("text", text), language, OPERATIONS)
    assert (result is None, problems) == (False, ())
    assert result is not None
    return result


def examples() -> list[object]:
    title, found = "", []
    for heading, language, typed, canonical in EXAMPLES:
        title = heading or title
        if typed:
            found.append(
                pytest.param(typed, language or None, canonical, id=f"{title}-{len(found)}")
            )
    return found


@pytest.mark.parametrize(("typed", "language", "canonical"), examples())
def test_an_example_of_the_page(typed: str, language: Tongue | None, canonical: str) -> None:
    assert typed != canonical
    assert formatted(typed, language) == canonical
    assert formatted(canonical) == canonical


def test_the_page_has_examples() -> None:
    assert len(examples()) == PAGE.count("```dibao typed") == 8


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_policies_are_canonical(path: object) -> None:
    text = path.read_bytes().decode()  # type: ignore[attr-defined]
    assert formatted(text) == text


@pytest.mark.parametrize("page", ["README.md", "docs/language.md"])
def test_the_policy_of_a_page_is_canonical(page: str) -> None:
    texts = re.findall(r"^```dibao\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.M | re.S)
    assert texts
    for text in texts:
        assert formatted(text) == text


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", ""),
        ("\n \n\t\n", ""),
        ("# 只有注释\n\n\n\n# 两句", "# 只有注释\n\n# 两句\n"),
        ("政策 示例县(example)", "政策 示例县(example)\n"),
        ("\r\n政策 示例县(example)\r\n\r\n", "政策 示例县(example)\n"),
        # A comma that the language passes over may stand on a line of its own.
        (
            "定义 家庭.甲: 元 = 如果 是\n  ,  # 其一\n  那么 1元 否则 2元\n",
            "定义 家庭.甲: 元 = 如果 是\n    # 其一\n    那么 1元 否则 2元\n",
        ),
        # The same words as a name and as an operation.
        (
            "定义 家庭.较小(lowest): 元 = 较小(较小,较小)\n",
            "定义 家庭.较小(lowest): 元 = 较小(较小, 较小)\n",
        ),
        ("定义 家庭.甲: 元 = -(-1元)--乙\n", "定义 家庭.甲: 元 = −(−1元) − −乙\n"),
        ("定义 家庭.甲: 元 = 取整 (乙 到 1元 进位)\n", "定义 家庭.甲: 元 = 取整(乙 到 1元 进位)\n"),
        (
            "定义 家庭.甲: 元 = 乙/丙 取整 到 1元 进位\n",
            "定义 家庭.甲: 元 = 乙 ÷ 丙  取整 到 1元 进位\n",
        ),
        (
            "定义 家庭.甲: 元 = 最大(成员:乙*(1−丙) 当 非(丁 或 戊),否则 0元)\n",
            "定义 家庭.甲: 元 = 最大(成员: 乙 × (1 − 丙) 当 非 (丁 或 戊) 否则 0元)\n",
        ),
        (
            '资格 家庭.甲\n  要求 乙: 丙 < 1元 否则 "高" 依据 办法\n',
            '资格 家庭.甲\n  要求 乙: 丙 < 1元  否则 "高"  依据 办法\n',
        ),
        (
            "定义 家庭.甲: 元 = 合计(\n成员.乙\n当 丙\n# 完\n)\n",
            "定义 家庭.甲: 元 = 合计(\n    成员.乙\n    当 丙\n    # 完\n)\n",
        ),
        (
            "参数 甲: 元\n# 其二\n参数 乙: 元\n\n  # 其三\n# 其四\n参数 丙: 元\n",
            "参数 甲: 元\n# 其二\n参数 乙: 元\n  # 其三\n# 其四\n参数 丙: 元\n",
        ),
        ("参数 甲: 元÷人 月\n".replace(" 月", "月"), "参数 甲: 元/人月\n"),
        ("参数 甲: 元 按 乙、丙[\n".replace("[", ""), "参数 甲: 元  按 乙, 丙\n"),
    ],
)
def test_a_corner(typed: str, canonical: str) -> None:
    assert formatted(typed) == canonical
    assert formatted(canonical) == canonical


def test_a_name_that_is_also_an_operation_is_not_translated() -> None:
    text = "定义 家庭.较小(lowest): 元 = 较小(较小, 合计(成员.限)) + 限\n"

    assert formatted(text, "en") == (
        "define household.较小(lowest): 元 = lowest(较小, sum(member.限)) + 限\n"
    )


def test_without_the_names_of_operations_they_stay() -> None:
    text = "定义 家庭.甲: 元 = 较小(乙, 合计(成员.丙))\n"

    assert format_source(Source("text", text), "en")[0] == (
        "define household.甲: 元 = 较小(乙, sum(member.丙))\n"
    )


def test_a_text_that_grows_past_the_limit_is_left_as_it_is() -> None:
    text = "定义 家庭.甲: 元 = 乙+丙\n#"
    text += "长" * (CHARACTER_LIMIT - len(text))
    result, problems = format_source(Source("text", text))

    assert (result, [problem.code for problem in problems]) == (None, ["D1014"])


@pytest.mark.parametrize(
    ("typed", "language", "written"),
    [
        ("第3至6月", None, "第 3 至 6 月"),
        ("第 \t1月", "zh", "第 1 月"),
        ("第 3 至  6 月", "en", "month 3 to 6"),
        ("month 1", "zh", "第 1 月"),
        ("month  3 to\t6", None, "month 3 to 6"),
    ],
)
def test_the_months_of_a_taper(typed: str, language: Tongue | None, written: str) -> None:
    nothing: frozenset[int] = frozenset()
    spelling = Spelling(language, {}, nothing, nothing, nothing)

    assert spaced([Token("ORDINAL", typed, 0, len(typed))], "TAPER", 0, spelling) == written


def test_a_part_after_a_comma_or_the_word_of_its_line_is_not_set_off() -> None:
    nothing: frozenset[int] = frozenset()
    spelling = Spelling(None, {}, nothing, nothing, nothing)
    stages = "BY 按,WORD 月数,ORDINAL 第1月,QUANTITY 9%,COMMA ，,ORDINAL 第2月,QUANTITY 5%"
    cap = "DEDUCTIONS 扣减合计,AT_MOST 至多,QUANTITY 5元"

    def line(words: str) -> str:
        pairs = [word.split() for word in words.split(",")]
        return spaced([Token(kind, text, 0, 0) for kind, text in pairs], "TAPER", 0, spelling)

    assert line(stages) == "按 月数  第 1 月 9%， 第 2 月 5%"
    assert line(cap) == "扣减合计 至多 5元"


def test_every_keyword_of_the_grammar_has_both_spellings() -> None:
    grammar = (ROOT / "src/dibao_policy/syntax/rules.lark").read_text("utf-8")
    declared = {
        kind for line in re.findall("^%declare (.*)", grammar, re.M) for kind in line.split()
    }
    others = {"WORD", "QUANTITY", "DATE", "STRING", "BOOK", "NEWLINE", "AGGREGATE", "ORDINAL"}

    assert declared - set(SIGNS) - others == set(SPELLINGS)


def test_a_word_that_opens_a_block_opens_nothing_else() -> None:
    """Otherwise a clause could become a block where keywords are written in the other tongue."""
    blocks = {word for words in BLOCKS.values() for word in words}
    others = {word for kind, words in SPELLINGS.items() if kind not in BLOCKS for word in words}

    assert not blocks & others
