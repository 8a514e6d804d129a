"""Text to syntax tree."""

from __future__ import annotations

import functools
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

from dibao_policy.dates import read_date
from dibao_policy.problem import Problem
from dibao_policy.syntax import problems, tree
from dibao_policy.syntax.arrange import Block, arrange
from dibao_policy.syntax.build import Builder
from dibao_policy.syntax.mistakes import mistake
from dibao_policy.syntax.scan import scan
from dibao_policy.syntax.suggest import Suggester, suggested
from dibao_policy.syntax.tokens import Token
from dibao_policy.text import Source, Span

if TYPE_CHECKING:
    from lark import Lark

PROBLEM_LIMIT = 50

# After one of these nothing sure can be said about the rest of the block.
_UNSURE = (problems.NotAUnit, problems.NotANumber, problems.EmptyPeriod)


@functools.cache
def _grammar() -> str:
    return Path(__file__).with_name("rules.lark").read_text("utf-8")


@functools.cache
def _parser() -> tuple[Lark, Builder]:
    # Lark is imported when a policy is first read: an evaluator that is already compiled does without.
    from lark import Lark

    builder = Builder()
    parser = Lark(
        _grammar(),
        start="block",
        parser="lalr",
        lexer="basic",
        transformer=builder,
        maybe_placeholders=False,
    )
    return parser, builder


def parse(source: Source) -> tuple[tree.File, tuple[Problem, ...]]:
    """Read one file; a block that cannot be read becomes `tree.Broken` and costs no other block."""
    tokens, found = scan(source)
    blocks, more = arrange(source, tokens)
    found += more
    places = sorted(problem.span.start for problem in found if problem.span is not None)
    read = tuple(_parse_block(source, block, places, found) for block in blocks)
    if found:
        starts = [block.keyword.start_pos for block in blocks]
        suggester = Suggester(source, tokens, starts, _first_error)
        found = [suggested(suggester, problem) for problem in found[:PROBLEM_LIMIT]] + found[
            PROBLEM_LIMIT:
        ]
    if any(isinstance(problem, problems.TooLong) for problem in found):
        read = (tree.Broken(frozenset(), Span(source, 0, 0)),)
    if len(found) > PROBLEM_LIMIT:
        last = found[PROBLEM_LIMIT].span
        rest = problems.MoreProblems(span=last, count=len(found) - PROBLEM_LIMIT)
        found = [*found[:PROBLEM_LIMIT], rest]
    return tree.File(source, read), tuple(found)


def _first_error(source: Source, block: Block) -> int | None:
    """Where the grammar refuses a block, or None."""
    refused = _refused(source, block)
    return None if refused is None else refused[0].start_pos


def _refused(source: Source, block: Block) -> tuple[Token, frozenset[str]] | None:
    """The word of a block that the grammar refuses and what it would accept; the builder keeps what it made."""
    from lark.exceptions import UnexpectedToken

    parser, builder = _parser()
    builder.begin(source, block.keyword.value)
    state = parser.parse_interactive(start="block")
    last = block.tokens[-1].end_pos
    try:
        for token in (*block.tokens, Token("$END", "", last, last)):
            state.feed_token(token)  # type: ignore[arg-type]  # lark reads a token's type alone
    except UnexpectedToken as error:
        accepted = frozenset(state.accepts())  # type: ignore[no-untyped-call]  # lark has no types here
        refused: Token = error.token
        return refused, accepted
    return None


def _parse_block(
    source: Source, block: Block, places: list[int], found: list[Problem]
) -> tree.Block:
    """Read one block; `places` is where the signs of the file were already found wanting."""
    start = block.keyword.start_pos
    broken = tree.Broken(
        frozenset(token.value for token in block.tokens if token.type == "WORD"),
        Span(source, start, block.tokens[-1].end_pos),
    )
    if not block.sound:
        return broken
    refused = _refused(source, block)
    if refused is not None:
        if bisect_left(places, broken.span.start) < bisect_left(places, broken.span.end):
            # Where a sign was left out, what is around it fits no longer.
            return broken
        found.append(mistake(source, block, *refused))
        return broken
    _, builder = _parser()
    found.extend(builder.problems)
    result = builder.result
    unsure = any(isinstance(problem, _UNSURE) for problem in builder.problems) or any(
        token.type == "DATE" and read_date(token.value) is None for token in block.tokens
    )
    if result is None or (unsure and not isinstance(result, tree.PolicyHeader)):
        return broken
    return result
