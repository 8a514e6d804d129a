"""Notices in English: the same sentences as in Chinese, every clause told, nothing Chinese but what is quoted.

Four notices stand whole in `notices/`, accepted as they were read.
"""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from dibao_policy import load
from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.types import RATIO, Day, Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain import phrases_zh
from dibao_policy.explain.account import Account, account_of
from dibao_policy.explain.articles_en import article, chinese_number, citation, number_of
from dibao_policy.explain.names_en import amount, limit_text, names_of, quote, rounding
from dibao_policy.explain.notices.document import AUDIENCES, Audience, Notice
from dibao_policy.explain.notices.en import English, english_notice
from dibao_policy.explain.notices.sentences_en import SENTENCES
from dibao_policy.explain.notices.sentences_zh import SENTENCES as CHINESE
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.words_zh import declared_type
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
        if place % 5 or case.refused:
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
