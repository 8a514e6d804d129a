"""Single edits of a policy's texts, each with the days on which it can change a result."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve, frozen

from dibao_policy import PolicyText, Source
from dibao_policy.compile import Compiled, Passed
from dibao_policy.core.types import Enumerated, Type
from dibao_policy.dates import contains
from dibao_policy.syntax import tree
from dibao_policy.syntax.arrange import arrange
from dibao_policy.syntax.keywords import BLOCK_OF
from dibao_policy.syntax.parse import parse
from dibao_policy.syntax.scan import scan
from dibao_policy.syntax.tokens import Token

from .texts import Folders

SWAPS = {
    "<": "≤", "≤": "<", ">": "≥", "≥": ">", "=": "≠", "+": "−", "−": "+", "-": "+", "×": "÷", "÷": "×",
    "且": "或", "或": "且", "是": "否", "否": "是", "属于": "不属于", "不属于": "属于",
    "就高": "叠加", "叠加": "就高", "较小": "较大", "较大": "较小", "最大": "最小", "最小": "最大",
    "存在": "全部", "全部": "存在", "从高到低": "从低到高", "从低到高": "从高到低",
    "进位": "舍去", "舍去": "进位", "四舍五入": "舍去", "四舍六入五成双": "四舍五入",
}  # fmt: skip
DROPPED = {"非", "精确"}
CLAUSES = {
    "计入", "扣减", "推定", "扣减合计", "依次", "要求", "例外", "金额", "至少", "至多", "取整", "当", "类别", "情形",
    "对象", "过渡", "不可兼得",
}  # fmt: skip
NO_RULES = {"POLICY", "ENUM", "INPUT", "PARAMETER", "PROCEDURE", "FUND", "PROPERTY"}


@frozen
class Edit:
    """A policy with one thing changed: the kind of change, what was written and what is, and on which days it counts.

    `since` are the first days of the regimes in which the changed thing is in force.
    """

    kind: str
    place: str
    old: str
    new: str
    texts: Folders
    since: frozenset[str]


@frozen
class Place:
    """A text of a folder."""

    code: str
    number: int
    source: Source
    is_rules: bool


def places(texts: Folders) -> Iterator[Place]:
    for code, text in texts.items():
        for number, source in enumerate(text.rules):
            yield Place(code, number, source, True)
        for number, source in enumerate(text.parameters):
            yield Place(code, number, source, False)


def with_source(texts: Folders, place: Place, written: str) -> Folders:
    """The same texts but for one; the others stay the same objects."""
    text = texts[place.code]
    sources = list(text.rules if place.is_rules else text.parameters)
    sources[place.number] = Source(place.source.name, written)
    changed = (
        evolve(text, rules=tuple(sources))
        if place.is_rules
        else evolve(text, parameters=tuple(sources))
    )
    return {**texts, place.code: changed}


def _cut(texts: Folders, place: Place, start: int, end: int, new: str) -> Folders:
    text = place.source.text
    return with_source(texts, place, text[:start] + new + text[end:])


def everywhere(texts: Folders, old: str, new: str) -> Folders:
    """Every text with a word replaced by another."""
    word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")

    def changed(source: Source) -> Source:
        return Source(source.name, word.sub(new, source.text))

    return {
        code: evolve(
            text,
            rules=tuple(map(changed, text.rules)),
            parameters=tuple(map(changed, text.parameters)),
        )
        for code, text in texts.items()
    }


# ── rules ─────────────────────────────────────────────────────────────────


def rule_edits(texts: Folders, passed: Passed) -> Iterator[Edit]:
    """One sign, number, keyword, name or clause of a rule changed."""
    assert passed.lowered is not None
    others = _others(passed)
    for place in places(texts):
        if not place.is_rules:
            continue
        blocks, _ = arrange(place.source, scan(place.source)[0])
        for block in blocks:
            if block.keyword.type in NO_RULES:
                continue
            start, end = block.keyword.start_pos, block.tokens[-1].end_pos
            since = _in_force(passed, place.source, start, end)
            for kind, first, last, new in _token_edits(block.tokens, others):
                old = place.source.text[first:last]
                changed = _cut(texts, place, first, last, new)
                yield Edit(kind, _where(place, first), old, new, changed, since)
            for first, last in _clauses(place.source.text, start, end):
                old = place.source.text[first:last]
                if (block.keyword.type, old.split()[0]) == ("SELECT", "依次"):
                    # It says that cases may overlap; the first one counts either way.
                    continue
                changed = _cut(texts, place, first, last, "")
                yield Edit(
                    f"without {old.split()[0]}", _where(place, first), old, "", changed, since
                )


def _where(place: Place, position: int) -> str:
    return f"{place.source.name}:{place.source.text.count(chr(10), 0, position) + 1}"


def _in_force(passed: Passed, source: Source, start: int, end: int) -> frozenset[str]:
    """The regimes in which what stands in a block is in force."""
    assert passed.lowered is not None
    periods = [
        version.period
        for version, _ in passed.lowered.versions
        if version.node.span.source is source and start <= version.node.span.start < end
    ]
    return frozenset(
        str(one.regime.since)
        for one in passed.compiled
        if any(contains(period, one.regime.since) for period in periods)
    )


def _others(passed: Passed) -> dict[str, str]:
    """For each name another one of the same kind and type."""
    assert passed.lowered is not None
    scheme = passed.lowered.scheme
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, declared in scheme.inputs.items():
        alike.setdefault((declared.node.scope, declared.node.type.text), []).append(name)
    for name, parameter in scheme.parameters.items():
        keys = [key.text for key in parameter.node.keys]
        alike.setdefault((parameter.node.type.text, *keys), []).append(name)
    for enumeration in scheme.enumerations.values():
        members = [member.text for member in enumeration.node.members]
        alike[("member", enumeration.node.name.text)] = members
    return {
        name: names[(place + 1) % len(names)]
        for names in alike.values()
        if len(names) > 1
        for place, name in enumerate(names)
    }


def _token_edits(
    tokens: tuple[Token, ...], others: dict[str, str]
) -> Iterator[tuple[str, int, int, str]]:
    """Kind, place and new text of each edit of one word. The head of the block is left alone."""
    cited = in_parts = False
    equals = next((i for i, one in enumerate(tokens) if one.type in ("EQUAL", "NEWLINE")), 0)
    for place, token in enumerate(tokens[equals:], equals):
        if token.type == "NEWLINE":
            cited = False
        # These say why and since when, or what is not counted: an input that is left out is not read.
        cited = cited or token.type in (
            "CITE", "SINCE", "UNTIL", "NOTE", "FORMERLY", "DISPOSE", "EXEMPT",
        )  # fmt: skip
        if cited or (token.type == "EQUAL" and place == equals):
            continue
        # The parts of 累进 meet at a bound: to which of them it belongs makes no difference.
        in_parts = token.value == "累进" or (in_parts and token.type not in ("CLOSE", "UNBRACE"))
        if in_parts and token.type == "COMPARE":
            continue
        where = token.start_pos, token.end_pos
        if token.type == "QUANTITY":
            figure = re.match(r"[0-9.]+", token.value)
            assert figure is not None
            yield "a number", *where, str(Decimal(figure[0]) + 1) + token.value[figure.end() :]
        elif token.value in SWAPS and token.type not in ("WORD", "STRING"):
            yield f"{token.value} to {SWAPS[token.value]}", *where, SWAPS[token.value]
        elif token.value in SWAPS and tokens[place + 1 : place + 2]:
            # An operation, before its bracket; or a clause of its own.
            if tokens[place + 1].type == "OPEN":
                yield f"{token.value} to {SWAPS[token.value]}", *where, SWAPS[token.value]
        elif token.value in DROPPED:
            yield f"without {token.value}", *where, ""
        elif tokens[place + 1 : place + 2] and tokens[place + 1].type == "COLON":
            # A label is a name under which a part of the block has a value of its own.
            if tokens[place - 1].type in ("REQUIRE", "CATEGORY", "GROUP") and (
                tokens[place - 1].type != "GROUP" or _states_a_condition(tokens[place + 2 :])
            ):
                yield "a label", *where, token.value + "乙"
        elif token.type == "WORD" and token.value in others:
            yield "another name", *where, others[token.value]


def _states_a_condition(tokens: tuple[Token, ...]) -> bool:
    """Whether a group has a condition of its own: otherwise its label is the name of one."""
    return any(
        token.type == "ARROW"
        for token in itertools.takewhile(lambda one: one.type not in ("NEWLINE", "BRACE"), tokens)
    )


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each clause on lines of its own, with the lines below it that are set deeper."""
    lines = [(found.start(), found.group()) for found in re.finditer(r"[^\n]*\n?", text[start:end])]
    for place, (first, line) in enumerate(lines[1:], 1):
        words = line.split()
        if not words or words[0] not in CLAUSES:
            continue
        depth = len(line) - len(line.lstrip())
        last = place + 1
        while last < len(lines) and len(lines[last][1]) - len(lines[last][1].lstrip()) > depth:
            last += 1
        yield start + first, start + (lines[last][0] if last < len(lines) else end - start)


# ── declarations ──────────────────────────────────────────────────────────


def declaration_edits(texts: Folders, passed: Passed) -> Iterator[Edit]:
    """Names, code names, defaults, ranges and members of enumerations changed."""
    for place in places(texts):
        if not place.is_rules:
            continue
        for block in parse(place.source)[0].blocks:
            match block:
                case tree.Input():
                    since = _using(passed, block.name.text)
                    yield from _names(texts, place, block.name, since)
                    yield from _input_edits(texts, place, block, since)
                case tree.Parameter():
                    yield from _names(texts, place, block.name, _using(passed, block.name.text))
                case tree.Enumeration():
                    yield from _enumeration_edits(texts, passed, place, block)
                case tree.Define() | tree.Eligibility() | tree.Benefit() | tree.Graded():
                    yield from _names(texts, place, block.name, _using(passed, block.name.text))


def _names(texts: Folders, place: Place, name: tree.Name, since: frozenset[str]) -> Iterator[Edit]:
    where = _where(place, name.span.start)
    new = f"{name.text}甲"
    yield Edit("a name", where, name.text, new, everywhere(texts, name.text, new), since)
    if name.code:
        start = place.source.text.index(name.code, name.span.start)
        changed = everywhere(texts, name.code, f"{name.code}_x")
        assert start < name.span.end
        yield Edit("a code name", where, name.code, f"{name.code}_x", changed, since)


def _input_edits(
    texts: Folders, place: Place, block: tree.Input, since: frozenset[str]
) -> Iterator[Edit]:
    where = _where(place, block.span.start)
    after = block.type.span.end
    if block.default is not None:
        text = place.source.text
        start = text.rindex("默认", block.span.start, block.default.span.start)
        old = text[start : block.default.span.end]
        changed = _cut(texts, place, start, block.default.span.end, "")
        yield Edit("without a default", where, old, "", changed, since)
        others = {"默认 否": "默认 是", "默认 无": "默认 一级", "默认 0元/月": "默认 1元/月"}
        new = others.get(" ".join(old.split()), "")
        if new:
            changed = _cut(texts, place, start, block.default.span.end, new)
            yield Edit("another default", where, old, new, changed, since)
    elif block.type.text in ("元/月", "是否"):
        new = {"元/月": " 默认 0元/月", "是否": " 默认 否"}[block.type.text]
        yield Edit("a default", where, "", new, _cut(texts, place, after, after, new), since)
    if block.low is None and block.type.text in ("元/月", "元", "辆", "套"):
        unit = block.type.text
        # The usual ranges have other ends.
        for new in (f" 范围 −1{unit} .. 99{unit}", f" 范围 0{unit} .. 98{unit}"):
            yield Edit("a range", where, "", new, _cut(texts, place, after, after, new), since)


def _enumeration_edits(
    texts: Folders, passed: Passed, place: Place, block: tree.Enumeration
) -> Iterator[Edit]:
    since = _using(passed, block.name.text)
    text = place.source.text
    for member in block.members:
        where = _where(place, member.span.start)
        new = f"{member.text}甲"
        changed = everywhere(texts, member.text, new)
        yield Edit("a member's name", where, member.text, new, changed, since)
        if member.code:
            changed = everywhere(texts, member.code, f"{member.code}_x")
            yield Edit("a member's code name", where, member.code, "", changed, since)
    for first, second in itertools.pairwise(block.members):
        one, other = (text[span.start : span.end] for span in (first.span, second.span))
        between = text[first.span.end : second.span.start]
        new = other + between + one
        changed = _cut(texts, place, first.span.start, second.span.end, new)
        where = _where(place, first.span.start)
        yield Edit("the order of members", where, one, other, changed, since)


def _using(passed: Passed, name: str) -> frozenset[str]:
    """The regimes whose rules read an input or a parameter, have a rule, or use an enumeration."""
    return frozenset(str(one.regime.since) for one in passed.compiled if name in _used(one))


def _used(one: Compiled) -> set[str]:
    program = one.program
    types: list[Type] = [fact.type for fact in program.facts]
    types += [key for table in program.tables for key in table.keys]
    types += [rule.type for rule in program.rules]
    things = (*program.facts, *program.tables, *program.rules)
    return {thing.name for thing in things} | {
        kind.name for kind in types if isinstance(kind, Enumerated)
    }


# ── values ────────────────────────────────────────────────────────────────


def value_edits(texts: Folders, passed: Passed) -> Iterator[Edit]:
    """One number of one entry changed."""
    assert passed.lowered is not None
    for name, declared in passed.lowered.scheme.parameters.items():
        assert declared.series is not None
        for entry in declared.series.entries:
            since = frozenset(
                str(one.regime.since)
                for one in passed.compiled
                for table in one.program.tables
                if table.name == name and table.entry is entry
            )
            for cell in entry.cells:
                place = next(
                    one
                    for one in places(texts)
                    if not one.is_rules and one.source is cell.span.source
                )
                old = place.source.text[cell.span.start : cell.span.end]
                figure = re.match(r"[0-9.]+", old)
                assert figure is not None
                # A raise of a tenth needs no reason; a fall would.
                new = str(Decimal(figure[0]) + Decimal("0.01")) + old[figure.end() :]
                changed = _cut(texts, place, cell.span.start, cell.span.end, new)
                yield Edit("a value", _where(place, cell.span.start), old, new, changed, since)


def block_kinds(text: PolicyText) -> set[str]:
    """The kinds of the blocks of a folder."""
    return {
        block.keyword.type
        for source in text.rules
        for block in arrange(source, scan(source)[0])[0]
        if block.keyword.value in BLOCK_OF
    }
