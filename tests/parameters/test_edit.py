"""A dated value more in the text of a parameter file, and every other character as it was."""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from dibao_policy.parameters.edit import Addition, add_entry, spliced
from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import Declared, Entry
from dibao_policy.text import Source, Span

HERE = Span(Source("低保.dibao", "参数 低保标准: 元/人月"), 3, 7)
PLAIN = Declared("低保标准", "standard", "元/人月", False, (), None, None, HERE)
DISTRICTS = (("萨尔图区", "saertu"), ("大同区", "datong"))
GRADES = (("甲", "a"), ("乙", ""))
BY_DISTRICT = Declared("低保标准", "standard", "元/人月", False, (DISTRICTS,), None, None, HERE)
BY_BOTH = Declared("低保标准", "standard", "元/人月", False, (DISTRICTS, GRADES), None, None, HERE)
DAY = datetime.date(2025, 7, 1)


def added(text: str, declared: Declared, addition: Addition) -> str:
    """The new text; its insertions are all that differs."""
    insertions, problems = add_entry(Source("f", text), name_in(text), declared, addition)
    assert problems == ()
    new = spliced(text, insertions)
    # Taking the insertions out again gives back every character.
    taken = new
    for one in sorted(insertions, key=lambda one: one.at):
        taken = taken[: one.at] + taken[one.at + len(one.text) :]
    assert taken == text
    return new


def name_in(text: str) -> str:
    """The name under which the standard stands in a text."""
    series, _ = read_parameters(Source("f", text))
    return next((one.name for one in series if one.name == "standard"), "低保标准")


def one(number: str, since: datetime.date = DAY, **more: str) -> Addition:
    return Addition(since=since, values={(): number}, **more)


def two(first: str, second: str, since: datetime.date = DAY) -> Addition:
    return Addition(since=since, values={("萨尔图区",): first, ("大同区",): second})


# ---- the manner of the entry beside it ----------------------------------------------------

LINES = """\
# 标准
低保标准:
  取值:
    # 第一次
    - 自: 2010-01-01   # 推定
      值: 315
      来源:
        文件: 通知
        状态: 转载
      # 查过两处报道

    # 第二次
    - 自: 2011-01-01
      值: 410
      来源: {文件: 通知, 状态: 转载}
其他标准:
  取值: []
"""


def test_a_later_value_goes_behind_the_last_one() -> None:
    new = added(LINES.replace("其他标准:\n  取值: []\n", ""), PLAIN, one("450", reason="提标"))

    assert new.splitlines()[-6:] == [
        "      来源: {文件: 通知, 状态: 转载}",
        "",
        "    - 自: 2025-07-01",
        "      值: 450",
        "      来源: {状态: 未核实}",
        "      理由: 提标",
    ]


def test_a_value_between_two_goes_behind_the_comments_of_the_first() -> None:
    text = LINES.replace("其他标准:\n  取值: []\n", "")
    new = added(text, PLAIN, one("350", datetime.date(2010, 7, 1), document="通知（二）"))

    assert new.splitlines()[9:19] == [
        "      # 查过两处报道",
        "",
        "    - 自: 2010-07-01",
        "      值: 350",
        "      来源:",
        "        文件: 通知（二）",
        "        状态: 未核实",
        "",
        "    # 第二次",
        "    - 自: 2011-01-01",
    ]


def test_a_value_before_the_first_leaves_it_its_comment() -> None:
    text = LINES.replace("其他标准:\n  取值: []\n", "")
    new = added(text, PLAIN, one("300", datetime.date(2009, 1, 1)))

    assert new.splitlines()[2:10] == [
        "  取值:",
        "    - 自: 2009-01-01",
        "      值: 300",
        "      来源:",
        "        状态: 未核实",
        "",
        "    # 第一次",
        "    - 自: 2010-01-01   # 推定",
    ]


@pytest.mark.parametrize(
    ("item", "written"),
    [
        (
            "    - {自: 2011-01-01, 值: 410, 来源: {状态: 未核实}}\n",
            "    - {自: 2025-07-01, 值: 450, 来源: {状态: 未核实}}\n",
        ),
        (
            "    - { 自: 2011-01-01, 值: 410, 来源: { 状态: 未核实 } }\n",
            "    - { 自: 2025-07-01, 值: 450, 来源: { 状态: 未核实 } }\n",
        ),
        (
            "    -   since: '2011-01-01'\n        source: {status: original, document: x}\n"
            '        value: "410"\n',
            "    -   since: '2025-07-01'\n        source: {status: unverified}\n"
            '        value: "450"\n',
        ),
        (
            "    -\n      自: 2011-01-01\n      值: 410元/人月\n      来源: {状态: 未核实}\n",
            "    - 自: 2025-07-01\n      值: 450元/人月\n      来源: {状态: 未核实}\n",
        ),
        (
            "    - 自: 2011-01-01\n      值: 410\n      来源:\n          状态: 未核实\n"
            "      理由: |\n        价格\n        # 上涨\n",
            "    - 自: 2025-07-01\n      值: 450\n      来源:\n          状态: 未核实\n",
        ),
        (
            "    - {自: 2011-01-01,\n       值: 410,\n       来源: {状态: 未核实}\n      }\n",
            "    - {自: 2025-07-01,\n       值: 450,\n       来源: {状态: 未核实}\n      }\n",
        ),
    ],
    ids=[
        "braces",
        "spaces in braces",
        "english and quoted",
        "dash alone",
        "block of text",
        "wrapped",
    ],
)
def test_the_new_entry_is_written_like_the_one_before(item: str, written: str) -> None:
    text = "低保标准:\n  取值:\n" + item

    assert added(text, PLAIN, one("450")) == text + written


def test_members_stand_in_the_order_and_under_the_names_of_the_one_before() -> None:
    text = (
        "standard:\n  values:\n  - since: 2011-01-01\n    value: {datong: 410,\n"
        "            saertu: 420}\n    source: {status: unverified}\n"
    )
    new = added(text, BY_DISTRICT, two("520", "510"))

    assert new == text + (
        "  - since: 2025-07-01\n    value: {datong: 510,\n"
        "            saertu: 520}\n    source: {status: unverified}\n"
    )


def test_values_by_two_enumerations_nest_as_before() -> None:
    text = (
        "低保标准:\n  取值:\n    - 自: 2011-01-01\n      值:\n"
        "        大同区: {甲: 1, 乙: 2}\n        萨尔图区:\n            甲: 3\n            乙: 4\n"
        "      来源: {状态: 未核实}\n"
    )
    values = {
        ("萨尔图区", "甲"): "7", ("萨尔图区", "乙"): "8.50", ("大同区", "甲"): "5", ("大同区", "乙"): "6",
    }  # fmt: skip
    new = added(text, BY_BOTH, Addition(since=DAY, values=values))

    assert new == text + (
        "    - 自: 2025-07-01\n      值:\n"
        "        大同区: {甲: 5, 乙: 6}\n        萨尔图区:\n            甲: 7\n            乙: 8.50\n"
        "      来源: {状态: 未核实}\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[{B}]", "[{B}, {N}]"),
        ("[{B}, {C}]", "[{B}, {N}, {C}]"),
        ("[\n    {B},\n    {C}]", "[\n    {B},\n    {N},\n    {C}]"),
        ("[\n    {B},  # 初\n    {C}]", "[\n    {B},  # 初\n    {N},\n    {C}]"),
        ("[\n    {B}  # 初\n  ]", "[\n    {B},  # 初\n    {N}\n  ]"),
        ("[\n    {B},  # 初\n  ]", "[\n    {B},  # 初\n    {N},\n  ]"),
        ("[\n    {B}\n  ]", "[\n    {B},\n    {N}\n  ]"),
        ("[ # 表\n    {C}\n  ]", "[ # 表\n    {N},\n    {C}\n  ]"),
        ("[{C}]", "[{N}, {C}]"),
    ],
)
def test_a_list_in_brackets_stays_one(before: str, after: str) -> None:
    entries = {
        f"{{{letter}}}": f"{{自: {year}-01-01, 值: 4, 来源: {{状态: 未核实}}}}"
        for letter, year in (("B", 2011), ("N", 2020), ("C", 2030))
    }

    def filled(text: str) -> str:
        for name, entry in entries.items():
            text = text.replace(name, entry)
        return f"低保标准:\n  取值: {text}\n"

    assert added(filled(before), PLAIN, one("4", datetime.date(2020, 1, 1))) == filled(after)


def test_a_whole_file_in_braces() -> None:
    text = "{低保标准: {取值: [{自: 2011-01-01, 值: 4, 来源: {状态: 未核实}}]}}"

    assert added(text, PLAIN, one("5")) == (
        "{低保标准: {取值: [{自: 2011-01-01, 值: 4, 来源: {状态: 未核实}}, "
        "{自: 2025-07-01, 值: 5, 来源: {状态: 未核实}}]}}"
    )


def test_line_ends_of_another_system_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + LINES.replace("其他标准:\n  取值: []\n", "").replace("\n", "\r\n")
    new = added(text, PLAIN, one("450"))

    assert new.count("\n") == new.count("\r\n") == text.count("\n") + 4
    assert new.startswith("\ufeff#")


def test_a_file_without_a_last_line_end_stays_without() -> None:
    text = "低保标准:\n  取值:\n  - {自: 2011-01-01, 值: 4, 来源: {状态: 未核实}}"

    assert added(text, PLAIN, one("5")) == (
        text + "\n  - {自: 2025-07-01, 值: 5, 来源: {状态: 未核实}}"
    )


def test_keys_that_yaml_spells_with_question_marks() -> None:
    text = "? 低保标准\n: ? 取值\n  : - 自: 2030-01-01\n      值: 4\n      来源: {状态: 未核实}\n"

    assert added(text, PLAIN, one("5")) == (
        "? 低保标准\n: ? 取值\n  : - 自: 2025-07-01\n      值: 5\n      来源: {状态: 未核实}\n"
        "    - 自: 2030-01-01\n      值: 4\n      来源: {状态: 未核实}\n"
    )


# ---- texts that YAML would read as something else -----------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "甲: 乙",
        "甲 #1",
        "[甲]",
        "- 甲",
        "~",
        "null",
        '说"一"',
        "a, b",
        "{x}",
        "甲：乙",
        "'",
        "100%",
        "%",
        "甲:",
    ],
)
@pytest.mark.parametrize(
    "source", ["{状态: 未核实}", "\n          状态: 未核实", "{'状态': '未核实', 文件: '甲'}"]
)
def test_a_title_is_read_back_as_it_was_given(title: str, source: str) -> None:
    text = f"低保标准:\n  取值:\n    - 自: 2011-01-01\n      值: 4\n      来源: {source}\n"
    series, problems = read_parameters(Source("f", added(text, PLAIN, one("5", document=title))))

    assert problems == ()
    assert series[0].entries[1].provenance.document == title


def test_a_title_with_what_no_file_may_hold_is_refused() -> None:
    text = "低保标准:\n  取值:\n  - {自: 2011-01-01, 值: 4, 来源: {状态: 未核实}}\n"
    insertions, problems = add_entry(
        Source("f", text), "低保标准", PLAIN, one("5", document="通\u202e知")
    )

    assert insertions == ()
    assert [problem.code for problem in problems] == ["D1527"]


def test_a_text_with_errors_is_not_edited() -> None:
    text = "低保标准:\n  取值:\n  - {自: 2011-01-01, 值: 4, 来源: {状态: 未核实}}\n其他: 1\n"
    insertions, problems = add_entry(Source("f", text), "低保标准", PLAIN, one("5"))

    assert insertions == ()
    assert [problem.code for problem in problems] == ["D1504"]


# ---- any text, any order, any comments ----------------------------------------------------

COMMENTS = st.lists(
    st.sampled_from(
        ["", "  ", "# 甲", "  # 乙: {", "    # - 自: 2020-01-01", "        # 丙", "      #"]
    ),
    max_size=2,
)
TAILS = st.sampled_from(["", "  # 报道", " #", "   "])
DAYS = tuple(datetime.date(2000 + 2 * year, 7, 1) for year in range(8))
KEYS = {
    "自": "since",
    "值": "value",
    "来源": "source",
    "理由": "reason",
    "确认至": "confirmed_until",
}


@st.composite
def scalars(draw: st.DrawFn, text: str) -> str:
    return draw(st.sampled_from([text, f"'{text}'", f'"{text}"']))


@st.composite
def numbers(draw: st.DrawFn, in_braces: bool, deeper: str) -> str:
    """The value of an entry for two districts."""
    pairs = [
        f"{draw(scalars(draw(st.sampled_from(names))))}: {draw(scalars(str(draw(st.integers(1, 9)))))}"
        for names in draw(st.permutations(DISTRICTS))
    ]
    if in_braces or draw(st.booleans()):
        gap = draw(st.sampled_from([", ", f",\n{deeper} ", f",  # 注\n{deeper} "]))
        pad = draw(st.sampled_from(["", " "]))
        return "{" + pad + gap.join(pairs) + pad + "}"
    return "".join(f"\n{deeper}{pair}" for pair in pairs)


@st.composite
def items(draw: st.DrawFn, day: datetime.date, dash: str) -> str:
    in_braces = draw(st.booleans())
    gap = draw(st.sampled_from([" ", "  "]))
    indent = dash + " " + gap
    english = draw(st.booleans())
    optional = {
        "确认至": draw(scalars("2199-12-31")),
        "理由": draw(scalars("价格上涨")),
    }
    parts = {
        "自": draw(scalars(str(day))),
        "值": draw(numbers(in_braces, indent + "  ")),
        "来源": "{状态: 未核实, 文件: 通知}",
        **{key: value for key, value in optional.items() if draw(st.booleans())},
    }
    if not in_braces and draw(st.booleans()):
        parts["来源"] = f"\n{indent}   文件: 通知\n{indent}   状态: 转载"
    order = draw(st.permutations(list(parts)))
    pairs = [f"{KEYS[key] if english else key}: {parts[key]}" for key in order]
    if in_braces:
        body = "{" + draw(st.sampled_from([", ", f",\n{indent} "])).join(pairs) + "}"
        return f"{dash}-{gap}{body}{draw(TAILS)}\n"
    lines = [f"{indent}{pair}{draw(TAILS)}\n" for pair in pairs]
    lines[0] = f"{dash}-{gap}" + lines[0].removeprefix(indent)
    return "".join(
        line + draw(COMMENTS.map(lambda ones: "".join(f"{indent}{one.strip()}\n" for one in ones)))
        for line in lines
    )


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[datetime.date]]:
    days = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=3)))
    dash = draw(st.sampled_from(["  ", "    ", "      "]))

    def between() -> str:
        return "".join(f"{line}\n" for line in draw(COMMENTS))

    def series(name: str, days: list[datetime.date]) -> str:
        listed = "".join(between() + draw(items(day, dash)) for day in days)
        head = draw(st.sampled_from(["", "  说明: 标准  # 甲\n", "  跳变: 50%\n"]))
        return f"{between()}{name}:{draw(TAILS)}\n{head}  取值:{draw(TAILS)}\n{listed}{between()}"

    others = [series(name, days) for name in ("甲标准", "乙标准") if draw(st.booleans())]
    text = "".join(
        draw(
            st.permutations(
                [series(draw(st.sampled_from(["低保标准", "standard"])), days), *others]
            )
        )
    )
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return (text.replace("\n", "\r\n") if draw(st.booleans()) else text), days


@given(files(), st.integers(-1, 15), st.booleans())
def test_nothing_but_the_new_entry_changes(
    file: tuple[str, list[datetime.date]], years: int, more: bool
) -> None:
    text, days = file
    since = datetime.date(1999 + years, 1, 1)
    addition = two("700", "800.50", since)
    if more:
        addition = Addition(
            since, addition.values, "通知: [甲]", "第一条", "https://example.org/#1", "原文", "明载",
            datetime.date(2100, 1, 1), "物价, 上涨",
        )  # fmt: skip
    before, problems = read_parameters(Source("f", text))
    assert problems == ()
    # `added` takes the insertion out again and compares every character.
    after, problems = read_parameters(Source("f", added(text, BY_DISTRICT, addition)))

    assert problems == ()
    assert [one.name for one in after] == [one.name for one in before]
    for old, new in zip(before, after, strict=True):
        if old.name not in ("低保标准", "standard"):
            assert new == old
            continue
        assert [entry.since for entry in new.entries] == sorted([*days, since])
        assert [entry for entry in new.entries if entry.since != since] == list(old.entries)
        (entry,) = [entry for entry in new.entries if entry.since == since]
        assert numbers_of(entry) == {"萨尔图区": Fraction(700), "大同区": Fraction("800.5")}
        assert entry.reason == addition.reason
        assert entry.confirmed_until == addition.confirmed_until
        assert entry.provenance.address == addition.address


def numbers_of(entry: Entry) -> dict[str, Fraction]:
    chinese = dict(itertools.chain(*[((zh, zh), (code, zh)) for zh, code in DISTRICTS]))
    return {chinese[cell.key[0]]: cell.number for cell in entry.cells}
