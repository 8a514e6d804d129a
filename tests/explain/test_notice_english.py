"""Notices in English: the same sentences as in Chinese, every clause told, nothing Chinese but what is quoted.

Four notices stand whole in `notices/`, accepted as they were read.
"""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from dibao_policy import load
from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import RATIO, Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain import phrases_en
from dibao_policy.explain.account import Account, account_of
from dibao_policy.explain.articles_en import article, chinese_number, citation, number_of
from dibao_policy.explain.names_en import amount, limit_text, names_of, quote, rounding
from dibao_policy.explain.notices.build import notice_of
from dibao_policy.explain.notices.document import AUDIENCES, Audience, Line, Notice
from dibao_policy.explain.notices.en import English, english_notice
from dibao_policy.explain.notices.sentences_en import SENTENCES
from dibao_policy.explain.notices.sentences_zh import SENTENCES as CHINESE
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.zh import Chinese
from dibao_policy.facts.household import read_household
from dibao_policy.facts.text import read_text
from dibao_policy.lawcraft.cases.bind import bind
from dibao_policy.lawcraft.cases.folder import read_cases
from dibao_policy.syntax.tree import TimeLimit
from dibao_policy.text import Source, Span
from dibao_policy.units import read_unit
from dibao_policy.values import Rounding

from ..conftest import ROOT
from ..language_runner import compile_section, day_of, household_of, read_sections
from ..laws.agreement import compiled_policy
from ..laws.households import Households

GOLDEN = Path(__file__).parent / "notices"
PAGES = sorted((ROOT / "tests" / "language").glob("*.md"))
POLICIES = sorted((ROOT / "policies").iterdir())
CONSTRUCTS = Path(__file__).parent / "constructs"
EVERYTHING = ROOT / "tests" / "sample" / "everything"

DAY = datetime.date(2011, 8, 1)

QUOTED = re.compile(r"“[^“”]*”|《[^》]*》|https?://\S+")
# Chinese characters, full-width signs, code names, what a program says of itself.
STRANGE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef…_{}]|\bNone\b|<[a-z]")


def strange(notice: Notice, labels: tuple[str, ...]) -> list[str]:
    """Lines with anything that is not English; the names of members are what they are."""
    found: list[str] = []
    for line in notice_text(notice).splitlines():
        text = QUOTED.sub("", line)
        for label in labels:
            text = text.replace(label, "")
        if STRANGE.search(text):
            found.append(line)
    return found


def account_on(compiled: Compiled, facts: Facts, day: datetime.date) -> Account:
    return account_of(interpret(compiled.program, facts), day, compiled.digest)


# ── the catalogue ─────────────────────────────────────────────────────────


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_tongues_have_the_same_sentences() -> None:
    assert list(SENTENCES) == list(CHINESE)


@pytest.mark.parametrize("key", CHINESE)
def test_a_sentence_has_the_same_parts_in_both_tongues(key: str) -> None:
    assert fields(SENTENCES[key]) == fields(CHINESE[key])
    assert not STRANGE.search(re.sub(r"\{\w+\}", "", QUOTED.sub("", SENTENCES[key])))


# ── everything that is told ───────────────────────────────────────────────


@pytest.mark.parametrize("folder", POLICIES, ids=lambda path: path.name)
def test_every_policy_is_told_in_english(folder: Path) -> None:
    policy = load(folder)
    cases, problems = read_cases(folder)
    assert problems == ()
    told = 0
    for place, case in enumerate(cases):
        if place % 7 or case.refused:
            continue
        snapshot = policy.on(case.day)
        bound, _ = bind(snapshot.compiled, case)
        if bound is None or bound.facts is None:
            continue
        account = account_on(snapshot.compiled, bound.facts, case.day)
        audience = AUDIENCES[place % len(AUDIENCES)]
        assert strange(english_notice(account, audience), bound.facts.labels) == []
        told += 1
    assert told


def page_accounts(path: Path) -> Iterator[Account]:
    for section in read_sections(path):
        if not section.tables:
            continue
        compiling = compile_section(section)
        for row in (row for table in section.tables for row in table):
            compiled = compiling.on(day_of(row))
            given = household_of(row, compiled.program)
            facts = read_household(compiled.reader, given, day_of(row))
            yield account_on(compiled, facts, day_of(row))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_of_the_language_is_told_in_english(path: Path) -> None:
    for account in page_accounts(path):
        assert strange(english_notice(account, "auditor"), ()) == []


def nodes_told(node: ir.Expression, account_parts: Mapping[int, ir.Value]) -> Iterator[ir.Operate]:
    """The operations that were computed."""
    if isinstance(node, ir.Operate) and id(node) in account_parts:
        yield node
    for child in ir.children(node):
        yield from nodes_told(child, account_parts)


def test_the_pages_come_to_every_clause_and_every_operation() -> None:
    clauses: set[str] = set()
    operations: set[str] = set()
    asked: set[str] = set()
    for account in (one for path in PAGES for one in page_accounts(path)):
        for told in account.steps:
            for node in nodes_told(told.rule.expression, told.parts):
                clauses.add(node.clause)
                operations.add(node.operation)
            asked |= {tried.clause for tried in told.tests}
    assert clauses >= set(phrases_en._CLAUSES)
    assert operations == set(TABLE)
    assert asked >= {"情形", "对象", "不可兼得", "月份", "分段", "当", "推定"}


def drawn(compiled: Compiled, seed: int, count: int) -> Iterator[Account]:
    draw = Households(compiled.program, seed)
    for _ in range(count):
        facts = draw.draw()
        facts = evolve(facts, labels=("",) * facts.size)
        yield account_on(compiled, facts, day_from_number(facts.day))


def test_every_keyword_is_told_in_english() -> None:
    compiled = load(EVERYTHING).on(datetime.date(2024, 3, 1)).compiled
    for account in drawn(compiled, 1, 40):
        for audience in AUDIENCES:
            assert strange(english_notice(account, audience), ()) == []


@pytest.mark.parametrize("seed", range(30))
def test_a_random_policy_is_told_in_english(seed: int, deep: bool) -> None:
    _, compiled = compiled_policy(seed)
    if compiled is None:
        return
    for account in drawn(compiled, seed, 20 if deep else 2):
        assert strange(english_notice(account, "auditor"), ()) == []


# ── the words of each clause ──────────────────────────────────────────────

SAID: dict[str, list[str]] = {
    name: [line for line in lines if line]
    for name, *lines in (
        part.splitlines() for part in (GOLDEN / "clauses.md").read_text("utf-8").split("# ")[1:]
    )
}


@pytest.mark.parametrize("name", SAID)
def test_a_clause_is_told_in_its_own_words(name: str) -> None:
    text = notice_text(english_notice(construct(name), "auditor"))
    lines = [line.strip().removeprefix("✓ ").removeprefix("✗ ") for line in text.splitlines()]
    assert [said for said in SAID[name] if not any(line.endswith(said) for line in lines)] == []
    assert len(SAID[name]) > 5


def construct(name: str) -> Account:
    """The account of a household of the made-up county."""
    path = CONSTRUCTS / "households" / f"{name}.yaml"
    given, problems = read_text(Source(path.name, path.read_text("utf-8")))
    assert problems == ()
    return load(CONSTRUCTS / "county").on(datetime.date(2024, 8, 1)).explain(given)


# ── articles, values, names ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("第四十五条", "article 45"),
        ("第四十五条第一款", "article 45, paragraph 1"),
        ("第二十六条第一款第三项", "article 26, paragraph 1, item 3"),
        ("第一百零五条", "article 105"),
        ("第三十二条之一", "article 32-1"),
        ("第二部分第一项", "part 2, item 1"),
        ("第六条至第八条", "article 6 to article 8"),
        ("第六条、第八条", "article 6 and article 8"),
        ("第12条", "article 12"),
        # What has another shape stays as it is.
        ("第十十条", "“第十十条”"),
        ("第六条、", "“第六条、”"),
        ("第六条的附表", "“第六条的附表”"),
        ("附件二", "“附件二”"),
    ],
)
def test_an_article_is_told_by_its_number(written: str, told: str) -> None:
    assert article(written) == told


def test_the_numbers_of_articles_are_read_as_they_are_counted() -> None:
    counted = ["一", "十", "十二", "二十", "九十九", "一百", "一百零五", "一百一十", "九百九十九"]
    assert [number_of(one) for one in counted] == [1, 10, 12, 20, 99, 100, 105, 110, 999]
    assert [number_of(chinese_number(one)) for one in range(1, 1000)] == list(range(1, 1000))
    assert [number_of(one) for one in ("", "一十", "百", "十零", "二〇", "１２")] == [None] * 6


def test_a_citation_keeps_title_and_number_as_published() -> None:
    cited = ir.Cited("社会救助暂行办法", "国务院令第649号", "", "第九条", False, "")
    assert citation(cited) == "《社会救助暂行办法》 (“国务院令第649号”) article 9"
    assert citation(evolve(cited, number="", unverified=True, note="没有找到")) == (
        "《社会救助暂行办法》 article 9 [not verified] “没有找到”"
    )
    doubt = ir.Cited("", "", "", "", True, "见“通知”")
    assert citation(doubt) == "[not verified] “见‘通知’”"


def number_type(unit: str) -> Number:
    found = read_unit(unit)
    assert found is not None
    return Number(found[0])


GRADE = Enumerated("残疾等级", (("一级", "grade_one"), ("无", "")))


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (Fraction(41000), number_type("元/人月"), "410 yuan/person/month"),
        (Fraction(-1), number_type("元/月"), "-0.01 yuan/month"),
        (Fraction(123456789), number_type("元"), "1,234,567.89 yuan"),
        (Fraction(49000, 3), number_type("元/人月"), "490/3 yuan/person/month (about 163.3333)"),
        (Fraction(1), number_type("人"), "1 person"),
        (Fraction(3), number_type("人"), "3 persons"),
        (Fraction(0), number_type("月"), "0 months"),
        (Fraction(1, 2), number_type("月"), "0.5 months"),
        (Fraction(2), number_type("人月"), "2 person-months"),
        (Fraction(450), number_type("元/平方米月"), "4.50 yuan/square meter/month"),
        (Fraction(2), number_type("次"), "2 times"),
        (Fraction(3), number_type("名"), "place 3"),
        (Fraction(0), number_type("名"), "no place"),
        (Fraction(3, 10), RATIO, "30%"),
        (True, YesNo(), "yes"),
        (False, YesNo(), "no"),
        (0, GRADE, "grade one"),
        (1, GRADE, "“无”"),
        (20240301, Day(), "2024-03-01"),
    ],
)  # fmt: skip
def test_a_value_is_told_with_its_unit(value: ir.Value, kind: Type, told: str) -> None:
    assert amount(value, kind) == told


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (Rounding.UP, "rounded up to a multiple of 1 yuan/month"),
        (Rounding.DOWN, "rounded down to a multiple of 1 yuan/month"),
        (Rounding.HALF_UP, "rounded to the nearest multiple of 1 yuan/month (a half goes up)"),
        (
            Rounding.HALF_EVEN,
            "rounded to the nearest multiple of 1 yuan/month (a half goes to the even one)",
        ),
    ],
)
def test_a_rounding_says_which_way_it_goes(mode: Rounding, told: str) -> None:
    assert rounding(Fraction(100), mode, number_type("元/月")) == told


def test_a_time_limit_says_which_days_are_meant() -> None:
    span = Span(Source("规则", ""), 0, 0)
    told = [
        limit_text(TimeLimit(number, unit, span=span))
        for number, unit in ((10, "工作日"), (1, "日"), (2, "月"), (0, "即时"))
    ]
    assert told == ["within 10 working days", "within 1 day", "within 2 months", "at once"]


def test_a_sentence_has_amounts_as_people_say_them() -> None:
    tongue = English(SENTENCES, construct("left").program)
    said = {
        unit: tongue.plain_amount(Fraction(52400), number_type(unit))
        for unit in ("元/月", "元/人月", "元/年", "元/人年", "元", "元/人", "元/平方米月")
    }
    assert said == {
        "元/月": "524 yuan a month",
        "元/人月": "524 yuan a month for each person",
        "元/年": "524 yuan a year",
        "元/人年": "524 yuan a year for each person",
        "元": "524 yuan",
        "元/人": "524 yuan for each person",
        "元/平方米月": "524 yuan/square meter/month",
    }
    assert tongue.plain_amount(Fraction(2), number_type("人")) == "2 persons"
    assert tongue.near_amount(Fraction(49000, 3), number_type("元/人月"), Fraction(41000)) == (
        "about 163.33 yuan/person/month"
    )


def test_names_are_code_names_or_stand_in_quotation_marks() -> None:
    names = names_of(construct("left").program)
    assert names.of("可计收入") == "countable"
    assert names.of("没有这个名称") == "“没有这个名称”"
    assert names.of("医疗救助金·余额", "医疗救助金") == "rest of the base"
    assert names.of("医疗救助金·余额") == "rest of the base in medical"
    assert names.of("医疗救助金·重病·适用") == "group “重病” applies in medical"
    assert names.mentioned("countable") == names.mentioned("可计收入") == "countable"
    assert quote("见“通知”") == "“见‘通知’”"


def test_words_in_a_row_are_set_apart() -> None:
    tongue = English(SENTENCES, load(ROOT / "policies" / "daqing").on(DAY).compiled.program)
    assert tongue.joined(["wage", "awards"]) == "wage, awards"
    assert tongue.joined(["a, b", "c"]) == "a, b; c"
    assert tongue.joined(["severely_disabled_person 20%"]) == "severely disabled person 20%"
    assert (tongue.quoted("说明"), tongue.quoted("")) == ("“说明”", "")


@pytest.mark.parametrize(
    ("operation", "held", "not_held"),
    [
        ("less", "below", "but should be below"),
        ("at_most", "not above", "but should not be above"),
        ("greater", "above", "but should be above"),
        ("at_least", "not below", "but should not be below"),
        ("equal", "equal to", "but should be equal to"),
        ("unequal", "not equal to", "but should not be equal to"),
    ],
)
def test_two_figures_stand_to_each_other(operation: str, held: str, not_held: str) -> None:
    tongue = English(SENTENCES, construct("left").program)
    assert (tongue.comparison(operation, True), tongue.comparison(operation, False)) == (
        held,
        not_held,
    )


def test_an_assumed_value_is_told_as_one() -> None:
    snapshot = load(ROOT / "policies" / "daqing").on(DAY).assuming("家庭收入")
    given = {"区县": "萨尔图区", "金融资产": 0, "机动车辆数": 0, "住房套数": 1, "家庭收入": 300}
    account = snapshot.explain({**given, "成员": [{"出生日期": "1970-01-01", "在业": False}]})
    text = notice_text(english_notice(account, "citizen"))
    assert "  Computed with an assumed value of 300 yuan/month: household income\n" in text
    assert "  benefit: 38 yuan a month\n" in text


# ── the same as in Chinese ────────────────────────────────────────────────


def shape(notice: Notice) -> list[object]:
    """What a notice has, without its words: sections, marks, figures of tables, articles or none."""
    found: list[object] = []
    for section in notice.sections:
        found.append(section.key)
        for block in section.blocks:
            if isinstance(block, Line):
                # Of a step, what its figures say already is left out, and that is not the same in both.
                details = () if section.key == "steps" else block.details
                found.append((block.mark, [one.mark for one in details], bool(block.sources)))
                continue
            for row in block.rows:
                figures = [re.findall(r"-?[0-9][0-9,.]*", cell)[:1] for cell in row.cells[1:]]
                found.append((row.role, figures))
    return found


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", ["working", "left", "refused", "excluded"])
def test_both_tongues_tell_the_same(name: str, audience: Audience) -> None:
    account = construct(name)
    chinese = notice_of(account, audience, Chinese(CHINESE))
    assert shape(english_notice(account, audience)) == shape(chinese)


# ── whole notices ─────────────────────────────────────────────────────────

HOUSEHOLDS = ROOT / "examples" / "households"
WHOLE: list[tuple[str, Audience]] = [
    ("06_two_minors", "citizen"),
    ("12_several_reasons", "citizen"),
    ("05_severe_disability", "case_worker"),
]


@pytest.mark.parametrize(("name", "audience"), WHOLE)
def test_a_notice_of_daqing_is_the_accepted_one(
    name: str, audience: Audience, update: bool
) -> None:
    path = HOUSEHOLDS / f"{name}.yaml"
    given, problems = read_text(Source(path.name, path.read_text("utf-8")))
    assert problems == ()
    account = load(ROOT / "policies" / "daqing").on(DAY).explain(given)
    is_accepted(f"daqing_{name}_{audience}", english_notice(account, audience), update)


SHANGHAI = {
    "机动车辆数": 0,
    "金融资产": 30000,
    "住房套数": 1,
    "成员": [
        {"出生日期": "1980-01-01", "工资收入": 3500, "在业": True, "工资达到最低工资": True},
        {"出生日期": "1982-01-01", "工资收入": 0, "在业": False},
        {"出生日期": "2012-01-01", "工资收入": 0, "在业": False},
    ],
}


def test_a_notice_of_shanghai_is_the_accepted_one(update: bool) -> None:
    snapshot = load(ROOT / "policies" / "shanghai").on(datetime.date(2024, 7, 1))
    account = snapshot.explain(SHANGHAI)
    is_accepted("shanghai_citizen", english_notice(account, "citizen"), update)


def is_accepted(name: str, notice: Notice, update: bool) -> None:
    text, golden = notice_text(notice), GOLDEN / f"{name}.txt"
    if update:
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text
