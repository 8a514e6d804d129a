"""Which keyword a mistyped word was to be: each likely one is put in its place and read, and the best is told."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from attrs import define, evolve, frozen

from dibao_policy.problem import Problem
from dibao_policy.syntax import problems
from dibao_policy.syntax.arrange import Block, arrange
from dibao_policy.syntax.keywords import AGGREGATES, SPELLINGS
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span

# How many words one file's mistakes may cost to be read again: a faulty file is answered soon.
WORD_BUDGET = 40_000
_CANDIDATES = 16

# How much alike two words are, in hundredths of what they have in common.
_WHOLE, _LIKE_CHINESE, _LIKE_ENGLISH, _LENGTHS_APART = 100, 50, 70, 2

# Past every place in a text.
_EVERYTHING = 1 << 60

# Where the grammar stops, the mistyped word may be a few words back: `段(年龄: …` stops at the colon.
_BACK = (0, 1, 2, 3)


_KEYWORDS = tuple(
    dict.fromkeys(word for words in (*SPELLINGS.values(), *AGGREGATES.values()) for word in words)
)

FirstError = Callable[[Source, Block], int | None]
"""Where the grammar refuses a block, or None."""


@define
class Suggester:
    """The words of one file, where its blocks begin, and how many words may still be read again."""

    source: Source
    tokens: Sequence[Token]
    starts: Sequence[int]
    first_error: FirstError
    budget: int = WORD_BUDGET


@frozen
class _Found:
    place: int
    keyword: str


def suggested(state: Suggester, problem: Problem) -> Problem:
    """The problem with the keyword that was meant, where putting it in lets the text be read further."""
    within = isinstance(problem, (problems.Unexpected, problems.Unfinished))
    at_head = isinstance(problem, (problems.UnknownClause, problems.OutsideBlock))
    if problem.span is None or not (within or at_head):
        return problem
    at = bisect_left([token.start_pos for token in state.tokens], problem.span.start)
    if at >= len(state.tokens):
        return problem
    found = _best(state, at, _BACK if within else (0,))
    if found is None:
        return problem
    word = state.tokens[found.place]
    match problem:
        case problems.UnknownClause() | problems.OutsideBlock():
            # Every kind is made by attrs, which mypy cannot see through `problem_kind`.
            return evolve(problem, near=found.keyword)  # type: ignore[misc]
    return problems.Unexpected(
        span=Span(state.source, word.start_pos, word.end_pos),
        found=f"`{word.value}`",
        near=found.keyword,
    )


def _best(state: Suggester, at: int, back: Sequence[int]) -> _Found | None:
    """The keyword, at a word or shortly before it on its line, with which the text is read the furthest."""
    first = state.tokens[at].start_pos
    place = bisect_left(state.starts, first + 1) - 1
    start = state.starts[max(place, 0)]
    end = state.starts[place + 1] if place + 1 < len(state.starts) else _EVERYTHING
    region = [i for i, token in enumerate(state.tokens) if start <= token.start_pos < end]
    if at not in region:
        return None
    words = [state.tokens[i] for i in region]
    before = _read_to(state, words)
    best: tuple[int, int] | None = None
    found: _Found | None = None
    for step in back:
        here = at - step
        if here < region[0] or state.tokens[here].type == "NEWLINE":
            break
        for keyword, distance in _candidates(state.tokens[here]):
            if state.budget < len(words):
                return found
            changed = list(words)
            changed[here - region[0]] = evolve(state.tokens[here], value=keyword)
            reached = _read_to(state, changed)
            # One character is like every other: it is told only where it makes the whole block whole.
            enough = reached == _EVERYTHING if distance >= _WHOLE else reached > before
            if enough and (best is None or (-reached, distance + step) < best):
                best, found = (-reached, distance + step), _Found(here, keyword)
    return found


def _read_to(state: Suggester, words: list[Token]) -> int:
    """Where the first fault of some words is."""
    state.budget -= len(words)
    blocks, found = arrange(state.source, words)
    ends = [one.span.start for one in found if one.span is not None]
    for block in blocks:
        if block.sound:
            refused = state.first_error(state.source, block)
            if refused is not None:
                ends.append(refused)
    return min(ends, default=_EVERYTHING)


def _candidates(token: Token) -> Iterator[tuple[str, int]]:
    """The keywords that a word is like, the likest first, each with how far it is."""
    word = token.value
    if token.type != "WORD" or len(word) > 20:
        return
    like = _LIKE_ENGLISH if word.isascii() else _LIKE_CHINESE
    found: list[tuple[int, str]] = []
    for keyword in _KEYWORDS:
        if keyword == word or keyword.isascii() != word.isascii():
            continue
        if abs(len(keyword) - len(word)) > _LENGTHS_APART:
            continue
        shared = (Counter(word) & Counter(keyword)).total()
        likeness = 2 * _WHOLE * shared // (len(word) + len(keyword))
        if likeness >= like:
            found.append((_WHOLE - likeness, keyword))
        elif len(word) == len(keyword) == 1:
            found.append((_WHOLE, keyword))
    found.sort(key=lambda one: one[0])
    yield from ((keyword, distance) for distance, keyword in found[:_CANDIDATES])
