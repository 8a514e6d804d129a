"""Words to keywords, lines to clauses, clauses to blocks: what Lark reads one block at a time."""

from __future__ import annotations

from attrs import define, field, frozen

from dibao_policy.problem import Problem
from dibao_policy.syntax import problems
from dibao_policy.syntax.keywords import (
    AGGREGATE_OF,
    BLOCK_OF,
    BLOCKS,
    CALLED_OF,
    CLAUSE_OF,
    CONTEXT_OF,
    INLINE_OF,
)
from dibao_policy.syntax.tokens import Token, retyped
from dibao_policy.text import Source, Span, nearest, position

NESTING_LIMIT = 60

_PARTNER = {"OPEN": ("CLOSE", ")"), "BRACE": ("UNBRACE", "}"), "BRACKET": ("UNBRACKET", "]")}
_CLOSERS = {closer for closer, _ in _PARTNER.values()}

# A line that ends in one of these goes on, and so does one after which one of these opens the next line.
_SIGNS_BETWEEN = {"PLUS", "MINUS", "TIMES", "DIVIDE", "EQUAL", "COMPARE", "RANGE_DOTS", "ARROW"}
_WORDS_BETWEEN = {"AND", "OR", "THEN", "ELSE", "IN", "NOT_IN", "BETWEEN"}
_MARKS = {"COMMA", "COLON", "DOT"}
_OPEN_ENDED = frozenset(
    _SIGNS_BETWEEN | _WORDS_BETWEEN | _MARKS | {*_PARTNER, "NOT", "IF", "WHEN", "BY", "TO"}
)
_GOES_ON = frozenset(
    _SIGNS_BETWEEN
    | _WORDS_BETWEEN
    | _MARKS
    | _CLOSERS
    | {"RANGE", "DEFAULT", "ASK", "BY", "EXACT", "NUMBERED", "ADDRESS", "TO"}
    | {"DISCRETION", "CHANGEABLE", "EXCEPT", "DISPOSE", "DESCENDING", "ASCENDING", "ORDINAL"}
)
_LINE_HEADS = frozenset(
    ["CITE", "WHEN", "AT_LEAST", "AT_MOST", "ROUND", "SINCE", "UNTIL", "VERSION", "BY"]
)
_BEFORE_OPERAND = (
    _OPEN_ENDED
    | {"NEWLINE", "AMOUNT", "COUNT", "IMPUTE", "AT_LEAST", "AT_MOST", "BASE", "EXCEPT", "ORDINAL"}
    | {"DEDUCTIBLE", "RATE", "CEILING", "FIXED"}
)
_AFTER_OPERAND = {"WORD", "QUANTITY", "DATE", "YES", "NO", "CLOSE", "UNBRACKET", "UNBRACE"}

# After one of these a word of a procedure is a name, whatever it says.
_BEFORE_NAME = {"PROCEDURE", "STEP", "RESPONSIBLE", "DOCUMENTS", "SIGNED", "COMMA", "CITE", "OPEN"}


@frozen
class Block:
    """The words of one block, keywords told apart; `sound` is False where a fault was already reported."""

    keyword: Token
    tokens: tuple[Token, ...]
    sound: bool


@define
class _Nesting:
    """Open brackets, and how many 如果, 非 and signs stand open inside each: a bound on the tree's depth."""

    brackets: list[Token] = field(factory=list)
    prefixes: list[int] = field(factory=lambda: [0])

    def depth(self) -> int:
        return len(self.brackets) + sum(self.prefixes)


@define
class _Arranger:
    source: Source
    blocks: list[Block] = field(factory=list)
    found: list[Problem] = field(factory=list)
    keyword: Token | None = None
    tokens: list[Token] = field(factory=list)
    sound: bool = True
    nesting: _Nesting = field(factory=_Nesting)
    clause: str = ""
    clause_column: int = 0

    def span(self, token: Token) -> Span:
        return Span(self.source, token.start_pos, token.end_pos)

    @property
    def block(self) -> str:
        """The kind of the block that is open."""
        return self.keyword.type if self.keyword is not None else ""

    def report(self, problem: Problem) -> None:
        self.found.append(problem)
        self.sound = False


def arrange(source: Source, tokens: list[Token]) -> tuple[list[Block], list[Problem]]:
    """Cut the words of a file into blocks."""
    state = _Arranger(source)
    for line in _lines(tokens):
        if _opens_block(state, line):
            _open(state, BLOCK_OF[line[0].value], line)
        elif state.keyword is None:
            # Taken for a block that cannot be read: what it names is not unknown elsewhere.
            word = line[0].value
            near = nearest(word, BLOCK_OF)
            _open(state, BLOCK_OF.get(near, "OUTSIDE"), line)
            state.report(
                problems.OutsideBlock(
                    span=state.span(line[0]),
                    word=word,
                    near=near,
                    blocks=tuple(f"`{zh}`" for zh, _ in BLOCKS.values()),
                )
            )
        else:
            _continue(state, line)
    _close(state)
    return state.blocks, state.found


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "NEWLINE":
            if lines[-1]:
                lines.append([])
        else:
            lines[-1].append(token)
    return [line for line in lines if line]


def _opens_block(state: _Arranger, line: list[Token]) -> bool:
    """Whether a line opens a block: `收入 家庭…` does, and `收入` at the head of a line that goes on does not."""
    first = line[0]
    if first.type != "WORD" or first.value not in BLOCK_OF:
        return False
    if len(line) > 1 and _kind(line[1]) in ("WORD", "HOUSEHOLD", "MEMBER"):
        return True
    return state.keyword is None or not _goes_on(state, first)


def _open(state: _Arranger, kind: str, line: list[Token]) -> None:
    _close(state)
    state.keyword = retyped(line[0], kind)
    state.tokens = [state.keyword]
    _take(state, line[1:])


def _kind(token: Token) -> str:
    return INLINE_OF.get(token.value, token.type) if token.type == "WORD" else token.type


def _goes_on(state: _Arranger, first: Token) -> bool:
    """Whether a line that begins with this word is the rest of the clause before it."""
    kind, block = _kind(first), state.block
    if bool(state.nesting.brackets) or state.tokens[-1].type in _OPEN_ENDED:
        return True
    if kind == "BY" and block in ("TAPER", "OVERRIDE"):
        return False
    deeper = 0 < state.clause_column < _column(state, first)
    return (
        kind in _GOES_ON
        or _context_kind(state, first, None) != "WORD"
        or (kind == "WHEN" and (block == "INCOME" or (block == "OVERRIDE" and deeper)))
        # 依据 set deeper than a clause belongs to that clause; set beside it, to the whole block.
        or (kind == "CITE" and deeper)
    )


def _context_kind(state: _Arranger, token: Token, following: Token | None) -> str:
    """The kind of a word that only blocks of some kinds know, where such a block expects it; else WORD."""
    if token.type != "WORD":
        return "WORD"
    block = state.block
    before = state.tokens[-1].type
    if before == "TELL":
        return CONTEXT_OF["TELL"].get(token.value, "WORD")
    kind = CONTEXT_OF.get(block, {}).get(token.value, "WORD")
    match block:
        case "SPECIAL" | "OVERRIDE":
            here = not state.nesting.brackets and before in ("COLON", "COMMA", "ARROW")
            # 累进(…) is a value like any other, 累进 {…} belongs to the group.
            called = following is not None and following.type == "OPEN"
            here = here and not (kind == "PROGRESSIVE" and called)
            if kind == "LESS":
                here = state.clause == "BASE" and before in _AFTER_OPERAND
        case "PROCEDURE":
            here = before not in _BEFORE_NAME
        case "FUND":
            here = before == "QUANTITY"
        case _:
            here = before in _AFTER_OPERAND
    return kind if here else "WORD"


def _column(state: _Arranger, token: Token) -> int:
    return position(state.span(token))[1]


def _continue(state: _Arranger, line: list[Token]) -> None:
    """Add a line that opens no block: as a new clause, or as the rest of the clause before it."""
    first = line[0]
    kind = _kind(first)
    if _goes_on(state, first):
        _take(state, line)
        return
    state.nesting = _Nesting()
    state.clause, state.clause_column = kind, _column(state, first)
    newline = Token("NEWLINE", "\n", first.start_pos, first.start_pos)
    if kind in _LINE_HEADS:
        state.tokens.append(newline)
        _take(state, line)
    elif first.type == "WORD" and first.value in CLAUSE_OF:
        state.clause = CLAUSE_OF[first.value]
        state.tokens += [newline, retyped(first, state.clause)]
        _take(state, line[1:])
    else:
        _unknown_clause(state, line)


def _unknown_clause(state: _Arranger, line: list[Token]) -> None:
    """A line whose first word opens nothing: most likely a keyword with a mistyped character."""
    first = line[0]
    heads = (*CLAUSE_OF, *(word for word, kind in INLINE_OF.items() if kind in _LINE_HEADS))
    # Inside a block a clause is the likelier word: `记入` is nearer to `计入` than to `输入`.
    near = nearest(first.value, heads) if state.keyword is not None else ""
    near = near or nearest(first.value, BLOCK_OF)
    if near in BLOCK_OF and near not in CLAUSE_OF:
        # The block before it is whole; the one that it was to open cannot be read.
        _open(state, BLOCK_OF[near], line)
    elif state.keyword is not None and state.keyword.type == "OUTSIDE":
        state.tokens += line
        return
    else:
        state.tokens += line
    state.report(problems.UnknownClause(span=state.span(first), word=first.value, near=near))


def _take(state: _Arranger, line: list[Token]) -> None:
    """Add words to the block, telling keywords from names and counting how deep they nest."""
    for place, token in enumerate(line):
        following = line[place + 1] if place + 1 < len(line) else None
        if token.type == "WORD":
            opens = following is not None and following.type == "OPEN"
            context = _context_kind(state, token, following)
            if context != "WORD":
                token = retyped(token, context)
            elif token.value in AGGREGATE_OF and opens:
                token = retyped(token, "AGGREGATE")
            elif token.value in CALLED_OF and opens:
                token = retyped(token, CALLED_OF[token.value])
            elif CLAUSE_OF.get(token.value) == "REST" and _closes_list(state, following):
                token = retyped(token, "REST")
            elif token.value in INLINE_OF:
                token = retyped(token, INLINE_OF[token.value])
                if token.type in ("THEN", "ELSE") and state.tokens[-1].type == "COMMA":
                    state.tokens.pop()
        _nest(state, token)
        state.tokens.append(token)


def _closes_list(state: _Arranger, following: Token | None) -> bool:
    """Whether a word stands where the last of several brackets is due: `…, 其余 → 70%`."""
    arrow = following is not None and following.type == "ARROW"
    return arrow and bool(state.nesting.brackets) and state.tokens[-1].type == "COMMA"


def _nest(state: _Arranger, token: Token) -> None:
    nesting = state.nesting
    if token.type in _PARTNER:
        nesting.brackets.append(token)
        nesting.prefixes.append(0)
    elif token.type in _CLOSERS:
        if nesting.brackets and _PARTNER[nesting.brackets[-1].type][0] == token.type:
            nesting.brackets.pop()
            nesting.prefixes.pop()
        elif state.sound:
            state.report(problems.StrayCloser(span=state.span(token), bracket=token.value))
    elif _is_prefix(token, state.tokens[-1]):
        nesting.prefixes[-1] += 1
    if state.sound and nesting.depth() > NESTING_LIMIT:
        state.report(problems.TooDeep(span=state.span(token), limit=NESTING_LIMIT))


def _is_prefix(token: Token, before: Token) -> bool:
    """Whether a word opens a level of its own; a chain of 否则 如果 is one level."""
    match token.type:
        case "NOT":
            return True
        case "IF":
            return before.type != "ELSE"
        case "MINUS":
            return before.type in _BEFORE_OPERAND
    return False


def _close(state: _Arranger) -> None:
    """End the block that is open, if one is."""
    if state.keyword is not None:
        if state.nesting.brackets and state.sound:
            opener = state.nesting.brackets[-1]
            state.report(
                problems.Unclosed(
                    span=state.span(opener),
                    bracket=opener.value,
                    partner=_PARTNER[opener.type][1],
                )
            )
        state.blocks.append(Block(state.keyword, tuple(state.tokens), state.sound))
    state.keyword, state.tokens, state.sound = None, [], True
    state.clause, state.clause_column = "", 0
    state.nesting = _Nesting()
