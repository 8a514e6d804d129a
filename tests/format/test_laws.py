"""The laws of the canonical form, over every text of the project, random policies and broken layouts."""

from __future__ import annotations

import functools
import random
import re
from zlib import crc32

import pytest

from dibao_policy.compile import run_passes
from dibao_policy.core.ops import SPELLINGS
from dibao_policy.core.show import program_text
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import one_line
from dibao_policy.syntax import format as formatter
from dibao_policy.syntax.format import format_source
from dibao_policy.syntax.parse import parse
from dibao_policy.syntax.scan import comments
from dibao_policy.text import Source

from ..laws.blocks import random_policy
from .messy import plain, rearranged, respaced
from .texts import FAULTY, READABLE, UNREADABLE, is_readable

UNWANTED = "[\t\r\u3000\u00a0\uff01-\uff5e、*“”~-]|>=|<=|!=|   | [,:]|,[^ ]|[(\\[] | [)\\]]"


@functools.cache
def formatted(text: str, language: str | None = None) -> str:
    result, problems = format_source(Source("text", text), language, SPELLINGS)  # type: ignore[arg-type]
    assert result is not None, [one_line(problem) for problem in problems]
    assert problems == ()
    return result


@functools.cache
def meaning(text: str) -> object:
    file, problems = parse(Source("text", text))
    assert problems == (), [one_line(problem) for problem in problems]
    return plain(file.blocks)


def remarks(text: str) -> list[str]:
    return [comment.value for comment in comments(Source("text", text))]


def random_texts(deep: bool) -> list[str]:
    return [random_policy(seed).rules for seed in range(80 if deep else 8)]


@pytest.fixture(scope="module")
def texts(deep: bool) -> list[str]:
    more = [text for text in FAULTY.values() if is_readable(text)]
    return [*READABLE, *random_texts(deep), *(more if deep else more[::10])]


def test_there_is_something_to_format(texts: list[str]) -> None:
    assert len(texts) > 90
    assert len(UNREADABLE) > 20


def test_formatting_keeps_what_a_text_says_and_its_comments(texts: list[str]) -> None:
    for text in texts:
        result = formatted(text)
        assert meaning(result) == meaning(text)
        assert remarks(result) == remarks(text)


def test_the_canonical_form_is_its_own(texts: list[str]) -> None:
    for text in texts:
        for language in (None, "zh", "en"):
            result = formatted(text, language)
            assert formatted(result, language) == result


def test_there_and_back_again_is_the_same_text(texts: list[str]) -> None:
    changed = 0
    for text in texts:
        chinese, english = formatted(text, "zh"), formatted(text, "en")
        changed += chinese != english
        assert meaning(english) == meaning(chinese) == meaning(text)
        assert formatted(english, "zh") == chinese
        assert formatted(chinese, "en") == english
        assert remarks(english) == remarks(text)
    assert changed > len(texts) * 9 // 10


def test_blanks_and_width_make_no_difference(texts: list[str], deep: bool) -> None:
    for text in texts:
        for seed in range(5 if deep else 1):
            other = respaced(text, crc32(text.encode()) + seed)
            assert meaning(other) == meaning(text), other
            assert formatted(other) == formatted(text)


def test_a_broken_layout_comes_right(texts: list[str], deep: bool) -> None:
    seen: set[bool] = set()
    for text in texts:
        for seed in range(5 if deep else 1):
            other = rearranged(text, crc32(text.encode()) + seed)
            assert meaning(other) == meaning(text), other
            result = formatted(other)
            assert meaning(result) == meaning(text)
            assert remarks(result) == remarks(other)
            assert formatted(result) == result
            assert formatted(formatted(result, "en"), "zh") == formatted(result, "zh")
            seen.add("#" in other)
            assert_shape(result)
    assert seen == {True, False}


def assert_shape(text: str) -> None:
    """What can be seen of the form without reading the text."""
    lines = text.split("\n")
    assert lines.pop() == ""
    assert lines[0] and lines[-1]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        assert line == line.rstrip()
        assert line or after
        assert (len(line) - len(line.lstrip(" "))) % 2 == 0
        code = re.sub(" *#.*", "", line)
        signs = re.sub('"[^"]*"|《[^》]*》|[0-9]{4}-[0-9]{2}-[0-9]{2}', "文", code).lstrip()
        assert not re.search(UNWANTED, signs), line


@pytest.mark.parametrize("seed", range(6))
def test_the_digest_of_a_policy_stays(seed: int) -> None:
    made = random_policy(seed)
    programs = []
    for rules in (made.rules, formatted(rearranged(made.rules, seed)), formatted(made.rules, "en")):
        text = PolicyText("random", (Source("rules", rules),), made.text.parameters)
        passed = run_passes(text, made.library)
        programs.append([(one.digest, program_text(one.program)) for one in passed.compiled])
    assert programs[0] and programs[0] == programs[1] == programs[2]


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_text_that_cannot_be_read_has_no_form(text: str) -> None:
    source = Source("text", text)
    result, problems = format_source(source, "en", SPELLINGS)

    assert result is None
    assert problems == parse(source)[1] != ()


def test_a_slip_of_the_hand_loses_nothing(texts: list[str], deep: bool) -> None:
    """One character lost, doubled or changed: problems and no text, or a text that says the same."""
    dice, kept, refused = random.Random(1), 0, 0
    for text in texts * (10 if deep else 2):
        place = dice.randrange(len(text))
        slip = dice.choice(["", text[place] * 2, *'＂#\n （，)"》自 3', "\x00", "  \n"])
        slipped = text[:place] + slip + text[place + 1 :]
        result, problems = format_source(
            Source("text", slipped), dice.choice((None, "zh", "en")), SPELLINGS
        )
        assert (result is None) == bool(problems)
        refused += result is None
        if result is not None:
            kept += 1
            assert meaning(result) == meaning(slipped)
            assert remarks(result) == remarks(slipped)
    assert kept > 20 and refused > 20


def test_what_would_read_differently_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formatter checks itself: a fault of its own becomes D1050, and no text."""
    text = "输入 家庭.甲(a): 元/月  # 一\n输入 家庭.乙(b): 元/月\n"
    lay_out = formatter.lay_out
    for wrong in (("(b)", "(c)"), ("# 一", "# 二"), ("\n输入 家庭.乙(b): 元/月", ""), ("(b)", "")):
        monkeypatch.setattr(formatter, "lay_out", lambda *a, w=wrong: lay_out(*a).replace(*w))
        result, (problem,) = format_source(Source("text", text))
        assert (result, problem.code) == (None, "D1050")
