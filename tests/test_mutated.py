"""Real policies, mutated: each text ends in problems or in success, never in anything else, and soon.

A mutation flips bytes, swaps, leaves out or repeats words, turns lines around, cuts the text short or
doubles a block; a text gets one to four of them. `--deep` goes through 200,000 texts, over all processors.
"""

from __future__ import annotations

import functools
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dibao_policy.compile import run_passes
from dibao_policy.folders import read_folder
from dibao_policy.model.layers import PolicyText
from dibao_policy.problem import mend, message
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.scan import scan
from dibao_policy.text import Source

from .conftest import ROOT

FOLDERS = [
    ROOT / "policies" / "daqing",
    ROOT / "policies" / "national",
    ROOT / "tests" / "sample" / "sample",
    ROOT / "tests" / "sample" / "county",
    ROOT / "tests" / "sample" / "everything",
    ROOT / "tests" / "conformance" / "japan" / "policy",
]
LIMIT = 2
"""Seconds of processor time that a text may take."""

Mutation = Callable[[random.Random, str], str]


@functools.cache
def texts() -> tuple[tuple[PolicyText, int], ...]:
    """Each policy with the place of one of its files of rules."""
    read = [read_folder(folder)[0] for folder in FOLDERS]
    return tuple((text, place) for text in read for place in range(len(text.rules)))


@functools.cache
def parent(code: str) -> PolicyText | None:
    folders = [folder for folder in FOLDERS if folder.name == code]
    beside = ROOT / "tests" / "sample" / code
    known = [*folders, *([beside] if beside.is_dir() else [])]
    return read_folder(known[0])[0] if known else None


@functools.cache
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words, figures and signs of a text stand."""
    return tuple((one.start_pos, one.end_pos) for one in scan(Source("", text))[0])


@functools.cache
def blocks(text: str) -> tuple[tuple[int, int], ...]:
    source = Source("", text)
    return tuple(
        (one.keyword.start_pos, one.tokens[-1].end_pos)
        for one in arrange(source, scan(source)[0])[0]
    )


def flip_bytes(pick: random.Random, text: str) -> str:
    data = bytearray(text.encode())
    for _ in range(pick.randint(1, 6)):
        data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
    return data.decode(errors="replace")


def _two(pick: random.Random, places: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    return sorted(pick.sample(places, 2)) if len(places) > 1 else []


def swap_words(pick: random.Random, text: str) -> str:
    found = _two(pick, spans(text))
    if not found:
        return text
    (a, b), (c, d) = found
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def leave_out_words(pick: random.Random, text: str) -> str:
    found = _two(pick, spans(text))
    if not found:
        return text
    (a, b), (c, d) = found
    return text[:a] + text[b:c] + text[d:]


def repeat_word(pick: random.Random, text: str) -> str:
    found = _two(pick, spans(text))
    if not found:
        return text
    (a, b), (c, _) = found
    return text[:c] + " " + text[a:b] + " " + text[c:]


def turn_lines(pick: random.Random, text: str) -> str:
    lines = text.split("\n")
    first, second = (pick.randrange(len(lines)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def cut_short(pick: random.Random, text: str) -> str:
    return text[: pick.randrange(len(text) + 1)]


def double_block(pick: random.Random, text: str) -> str:
    found = blocks(text)
    if not found:
        return text
    start, end = pick.choice(found)
    return f"{text}\n{text[start:end]}\n"


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes, swap_words, leave_out_words, repeat_word, turn_lines, cut_short, double_block,
)  # fmt: skip


def mutated(seed: int) -> tuple[PolicyText, str]:
    """A policy, one of whose files is mutated, and what was done to it."""
    pick = random.Random(seed)
    policy, place = pick.choice(texts())
    source, done = policy.rules[place].text, []
    for _ in range(pick.choice((1, 1, 1, 2, 3, 4))):
        mutation = pick.choice(MUTATIONS)
        source = mutation(pick, source) or "#"
        done.append(mutation.__name__)
    own = Source(policy.rules[place].name, source)
    # One text in four comes with the rest of its policy; alone it is read sooner, and more is unknown in it.
    if pick.random() < 0.25 and policy.code != "policy":
        rules = (*policy.rules[:place], own, *policy.rules[place + 1 :])
        return PolicyText(policy.code, rules, policy.parameters, policy.siblings), "+".join(done)
    header = Source("政策", f"政策 单独({policy.code})\n")
    return PolicyText(policy.code, (header, own), (), ()), "+".join(done)


def went(seeds: range) -> tuple[Counter[str], float, int]:
    """How the texts of some seeds ended, the longest time, and of which seed."""
    ends: Counter[str] = Counter()
    longest, slowest = 0.0, -1
    for seed in seeds:
        policy, done = mutated(seed)
        begun = time.process_time()
        try:
            found = run_passes(policy, parent).problems
            told = [message(one) + mend(one) for one in found]
            assert all(told)
            errors = any(one.severity == "error" for one in found)
            ends["problems" if errors else "success"] += 1
        except Exception as error:
            ends[f"{type(error).__name__} {error} (seed {seed}, {done})"] += 1
        taken = time.process_time() - begun
        if taken > longest:
            longest, slowest = taken, seed
    return ends, longest, slowest


def test_a_mutated_policy_ends_in_problems_or_in_success(deep: bool) -> None:
    first = int(os.environ.get("FIRST_SEED", "0"))
    count = int(os.environ.get("SEEDS", "200000" if deep else "300"))
    chunks = [range(i, min(i + 250, first + count)) for i in range(first, first + count, 250)]
    if len(chunks) > 4:
        with ProcessPoolExecutor() as pool:
            results = list(pool.map(went, chunks))
    else:
        results = [went(chunk) for chunk in chunks]
    ends = sum((one[0] for one in results), Counter[str]())
    longest, slowest = max((time, seed) for _, time, seed in results)
    print(f"\n{ends.most_common(12)}, slowest {longest:.2f} s (seed {slowest})")
    assert set(ends) == {"problems", "success"}
    assert longest < LIMIT, f"seed {slowest}"


def test_every_mutation_makes_another_text() -> None:
    text = Path(ROOT / "policies" / "daqing" / "4_benefit.dibao").read_text("utf-8")
    for mutation in MUTATIONS:
        assert any(mutation(random.Random(seed), text) != text for seed in range(5)), mutation
