"""Every keyword and every key, misspelled in turn: all are refused, and nearly all with the word that was meant.

The policy `tests/sample/everything` uses each keyword at least once.
A misspelling leaves out a character, takes another in its place, or turns two around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dibao_policy.compile import run_passes
from dibao_policy.folders import read_folder
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import Problem, has_errors, mend, message
from dibao_policy.syntax import keywords
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.format import format_source
from dibao_policy.syntax.parse import parse
from dibao_policy.syntax.scan import scan
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source

from .conftest import ROOT

FOLDER = ROOT / "tests" / "sample" / "everything"
SHARE = 0.9

WORDS = {kind: set(words) for kind, words in keywords.SPELLINGS.items()}
WORDS["AGGREGATE"] = {word for words in keywords.AGGREGATES.values() for word in words}

TEXT, _ = read_folder(FOLDER)
RULES, VALUES = TEXT.rules[0], TEXT.parameters[0]


def english() -> Source:
    """The same policy with its keywords in English."""
    text, found = format_source(RULES, "en")
    assert text is not None and not found
    return Source(RULES.name, text)


TONGUES = {"zh": RULES, "en": english()}


def library(code: str) -> PolicyText:
    return read_folder(FOLDER.parent / code)[0]


def problems(rules: str = RULES.text, values: str = VALUES.text) -> tuple[Problem, ...]:
    text = PolicyText(
        "everything", (Source(RULES.name, rules),), (Source(VALUES.name, values),), TEXT.siblings
    )
    return run_passes(text, library).problems


def misspelled(word: str) -> list[str]:
    other = "q" if word.isascii() else "某"
    if len(word) == 1:
        return [other]
    found = [word[:i] + word[i + 1 :] for i in range(len(word))]
    found += [word[:i] + other + word[i + 1 :] for i in range(len(word))]
    found += [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    # What is a keyword itself is no misspelling: `属于` for `不属于`.
    known = set().union(*WORDS.values())
    return [one for one in dict.fromkeys(found) if one != word and one not in known]


def keywords_used(source: Source) -> Iterator[Token]:
    """Each keyword once in each kind of block that it stands in."""
    blocks, found = arrange(source, scan(source)[0])
    assert not found
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        for token in block.tokens:
            if token.value in WORDS.get(token.type, ()):
                if (token.value, block.keyword.type) not in seen:
                    yield token
                seen.add((token.value, block.keyword.type))


def says(found: tuple[Problem, ...], word: str) -> bool:
    return any(f"`{word}`" in message(one) + mend(one) for one in found)


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_policy_has_no_fault_and_uses_every_keyword(tongue: str) -> None:
    source = TONGUES[tongue]
    assert not has_errors(problems(rules=source.text))
    used = {token.type for token in keywords_used(source)}
    assert set(WORDS) - used == set()
    aggregates = {token.value for token in keywords_used(source) if token.type == "AGGREGATE"}
    place = list(TONGUES).index(tongue)
    assert aggregates == {words[place] for words in keywords.AGGREGATES.values()}


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_misspelled_keyword_is_refused_and_the_right_one_told(tongue: str) -> None:
    text, told, tried = TONGUES[tongue].text, 0, 0
    silent: list[str] = []
    for token in keywords_used(TONGUES[tongue]):
        # An English word has many more misspellings than a Chinese one; every sixth of them will do.
        for wrong in misspelled(token.value)[:: 1 if tongue == "zh" else 6]:
            rules = text[: token.start_pos] + wrong + text[token.end_pos :]
            # What the grammar refuses needs no further pass.
            found = parse(Source(RULES.name, rules))[1]
            if not has_errors(found):
                found = problems(rules=rules)
            tried += 1
            if not has_errors(found):
                silent.append(f"{token.value} → {wrong}")
            told += says(found, token.value)
    assert silent == []
    assert tried > 400
    assert told >= SHARE * tried, f"{told} of {tried}"


KEYS = re.compile(r"^[ -]*([^\s:#{]+):|[{,] *([^\s:,{}]+):", re.MULTILINE)


def keys_used() -> list[tuple[int, int]]:
    spans = [found.span(1 if found[1] else 2) for found in KEYS.finditer(VALUES.text)]
    return [span for span in spans if not VALUES.text[slice(*span)].startswith('"')]


def test_a_misspelled_key_is_refused_and_the_right_one_told() -> None:
    text, told, tried = VALUES.text, 0, 0
    silent: list[str] = []
    for start, end in keys_used():
        for wrong in misspelled(text[start:end]):
            found = problems(values=text[:start] + wrong + text[end:])
            tried += 1
            if not has_errors(found):
                silent.append(f"{text[start:end]} → {wrong}")
            told += says(found, text[start:end])
    assert silent == []
    assert tried > 100
    assert told >= SHARE * tried, f"{told} of {tried}"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("入 家庭.机动车辆数(vehicles): 辆", "输入"),
        ("资某 家庭.低保(eligible)\n  要求 甲: 是", "资格"),
        ("定义 家庭.甲(a): 比例 = 某段(1: < 3 → 10%, 其余 → 30%)", "分段"),
    ],
)
def test_the_word_that_is_told_is_the_one_that_makes_the_text_whole(wrong: str, right: str) -> None:
    source = Source("规则", "政策 示例(example)\n" + wrong)
    found = run_passes(PolicyText("example", (source,), ()), lambda code: None).problems
    assert any(mend(one) == f"是不是 `{right}`？" for one in found)
