"""Every problem of parameter files: one text that raises it, and words in step in both tongues."""

import functools
import re
import string
from fractions import Fraction

import attrs
import pytest

from dibao_policy.parameters import edit_problems, problems, series_problems
from dibao_policy.parameters.check import check_series
from dibao_policy.parameters.read import read_parameters
from dibao_policy.parameters.series import Declared
from dibao_policy.problem import KINDS, Problem, mend, message
from dibao_policy.spreadsheet import problems as sheet_problems
from dibao_policy.text import Source, Span

HERE = Span(Source("低保.dibao", "参数 低保标准: 元/人月"), 3, 7)
DISTRICTS = (("萨尔图区", "saertu"), ("大同区", "datong"))
MONEY = Declared("低保标准", "", "元/人月", False, (), None, Fraction(5000), HERE)
BY_DISTRICT = attrs.evolve(MONEY, keys=(DISTRICTS,))
RATIO = Declared("低保标准", "", "比例", True, (), None, None, HERE)


def entries(*lines: str) -> str:
    """A standard whose entries are these, each with a source that was not verified."""
    items = "".join(f"    - {{{line}, 来源: {{状态: 未核实}}}}\n" for line in lines)
    return "低保标准:\n  取值:\n" + items


def values(*numbers: str) -> str:
    """A standard with these values from 2011, 2012, … on."""
    return entries(
        *(f"自: {year}-01-01, 值: {number}" for year, number in enumerate(numbers, 2011))
    )


TEXTS: dict[str, str] = {
    "D1501": entries("自: 2011-01-01, 值: 1, 备注: 无"),
    "D1502": entries("自: 2011-01-01, 值: 1, 值: 2"),
    "D1503": entries("自: 2011-01-01"),
    "D1504": "低保标准: 410\n",
    "D1505": "低保标准:\n  取值: {甲: 乙}\n",
    "D1506": entries("自: 2011-01-01, 值: [1]"),
    "D1507": "低保标准:\n",
    "D1508": "低保标准：城市\n",
    "D1509": values("yes"),
    "D1510": values("9" * 31),
    "D1511": entries("自: 2011-02-30, 值: 1"),
    "D1512": entries("自: 0211-01-01, 值: 1"),
    "D1513": values("1").replace("未核实", "不知"),
    "D1514": values("1").replace("未核实", "原文"),
    "D1515": entries("自: 2011-01-01, 至: 2010-01-01, 值: 1"),
    "D1516": "[甲]: 1\n",
    "D1520": "低保标准: [",
    "D1521": "低保标准: !甲 1\n",
    "D1522": "低保标准: *甲\n",
    "D1523": "---\n---\n",
    "D1524": "#" * 2_000_001,
    "D1525": "[" * 31,
    "D1526": "\x00",
    "D1527": "\u200b",
    "D1528": "".join(f"参数{number}: 1\n" for number in range(51)),
    "D1529": "[" + "1," * 100_001 + "]",
    "D1530": entries("自: 2011-01-01, 至: 2011-06-30, 值: 1", "自: 2012-01-01, 值: 1"),
    "D1531": entries("自: 2011-01-01, 至: 2012-06-30, 值: 1", "自: 2012-01-01, 值: 1"),
    "D1532": values("1") + values("1").split("取值:\n")[1],
    "D1533": entries("自: 2012-01-01, 值: 1", "自: 2011-01-01, 值: 1"),
}

DECLARED: dict[str, tuple[Declared, str]] = {
    "D1540": (BY_DISTRICT, values("{萨尔图: 1, 大同区: 1}")),
    "D1541": (BY_DISTRICT, values("{大同区: 1}")),
    "D1542": (BY_DISTRICT, values("{大同区: 1, datong: 1, 萨尔图区: 1}")),
    "D1543": (MONEY, values("{大同区: 1}")),
    "D1544": (BY_DISTRICT, values("1")),
    "D1545": (MONEY, values("1元/年")),
    "D1546": (MONEY, values("-1")),
    "D1547": (MONEY, values("5001")),
    "D1548": (RATIO, values("20")),
    "D1549": (MONEY, values("20%")),
    "D1550": (MONEY, values("100", "200")),
    "D1551": (MONEY, values("100", "99")),
    "D1552": (MONEY, values("0", "1")),
}

CLASSES: dict[str, type[Problem]] = {
    kind.code: kind
    for module in (problems, series_problems)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Problem) and kind is not Problem
}


@functools.cache
def raised(code: str) -> tuple[Problem, ...]:
    """The problems of the text that stands for a code."""
    if code in TEXTS:
        return read_parameters(Source("f", TEXTS[code]))[1]
    declaration, text = DECLARED[code]
    (series,), faults = read_parameters(Source("f", text))
    assert faults == ()
    return check_series(series, declaration)


def fields_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_problem_has_a_text_that_raises_it() -> None:
    assert sorted(CLASSES) == sorted([*TEXTS, *DECLARED])
    # What may be said of a value that is to be added is shown on its pages alone.
    elsewhere = {kind.code for kind in vars(edit_problems).values() if isinstance(kind, type)}
    # Which names a parameter had before is known to the model alone.
    elsewhere |= {"D1565"}
    # A workbook is no text, and what parameters claim of each other is a property.
    elsewhere |= {kind.code for kind in vars(sheet_problems).values() if hasattr(kind, "code")}
    elsewhere |= {"D1585"}
    assert sorted(CLASSES) == sorted({code for code in KINDS if code.startswith("D15")} - elsewhere)


@pytest.mark.parametrize("code", sorted(CLASSES))
def test_the_text_raises_its_problem_and_no_other(code: str) -> None:
    found = {problem.code for problem in raised(code)}
    assert found == ({"D1504", "D1528"} if code == "D1528" else {code})


@pytest.mark.parametrize("code", sorted(CLASSES))
def test_every_word_of_a_message_is_filled(code: str) -> None:
    for problem in raised(code):
        for text in (message(problem), message(problem, "en"), mend(problem), mend(problem, "en")):
            assert not re.search(r"\{[a-z_]+\}", text)


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_both_tongues_say_the_same_facts(kind: type[Problem]) -> None:
    names = {attribute.name for attribute in attrs.fields(kind)}
    assert kind.zh
    assert kind.en
    assert fields_in(kind.zh) == fields_in(kind.en) <= names
    assert len(kind.mends_zh) == len(kind.mends_en)
    for chinese, english in zip(kind.mends_zh, kind.mends_en, strict=True):
        assert fields_in(chinese) == fields_in(english) <= names


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_the_wording_keeps_the_rules_of_the_house(kind: type[Problem]) -> None:
    for text in (kind.zh, *kind.mends_zh):
        assert not re.search(r"非法|错误的|您|你|！|。$", text)
    for text in (kind.en, *kind.mends_en):
        assert not re.search(r"\b(illegal|bad|invalid|token|you|your)\b|!|\.$", text, re.IGNORECASE)
    assert kind.en[0] == kind.en[0].lower()
    slugs = [other.slug for other in CLASSES.values()]
    assert slugs.count(kind.slug) == 1
