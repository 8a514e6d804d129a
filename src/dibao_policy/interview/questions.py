"""What is asked: the question in the policy's words, and what may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.show import shown_value
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.evaluate.cells import Cell, answer_at
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.screening import rules_behind
from dibao_policy.interview.household import Plain
from dibao_policy.units import shown_scale, unit_text
from dibao_policy.values import number_text

COUNT = "成员"
NAMES = "成员.称呼"
"""The two questions that no policy declares: how many live in the household, and what they are called."""

Kind = Literal["count", "names", "number", "yes_no", "day", "choice"]


@frozen
class Asked:
    """A question.

    `path` is where the answer goes, `text` the question in the policy's words (or the fact's name), `whose` the
    member whom it is about. A number is in `unit`, from `low` to `high` in steps of `step`, all in decimal digits;
    a day is from `low` to `high`; 是否 and a choice are one of `choices`. `default` is what the policy takes where
    a household says nothing. `results` are those that wait for the answer; `put_off` how often it was put off.
    """

    path: str
    text: str
    kind: Kind
    member: int | None = None
    whose: str = ""
    fact: ir.Fact | None = None
    unit: str = ""
    low: str = ""
    high: str = ""
    step: str = ""
    choices: tuple[str, ...] = ()
    default: Plain | None = None
    results: tuple[Key, ...] = ()
    put_off: int = 0


COUNT_ASKED = Asked(
    COUNT,
    "家里一共有几口人？",
    "count",
    unit="人",
    low="1",
    high=str(MEMBER_LIMIT),
    step="1",
)
NAMES_ASKED = Asked(NAMES, "怎样称呼他们？从申请人起，每人一个称呼，如 户主、妻子、儿子。", "names")


def fact_asked(
    cell: Cell,
    path: str,
    labels: Sequence[str],
    results: tuple[Key, ...],
    default: Plain | None,
    put_off: int,
) -> Asked:
    """The question for a missing fact."""
    fact = cell.fact
    kind, unit, low, high, step, choices = _answers(cell)
    return Asked(
        path=path,
        text=fact.question or fact.name,
        kind=kind,
        member=cell.member,
        whose="" if cell.member is None or len(labels) == 1 else labels[cell.member],
        fact=fact,
        unit=unit,
        low=low,
        high=high,
        step=step,
        choices=choices,
        default=default,
        results=results,
        put_off=put_off,
    )


def _answers(cell: Cell) -> tuple[Kind, str, str, str, str, tuple[str, ...]]:
    """The kind of a fact, its unit, ends and step, and its choices."""
    fact = cell.fact
    match fact.type:
        case Number(unit):
            scale = shown_scale(unit)
            step = ir.step_of(fact)
            low, high, each = (
                number_text(number / scale)
                for number in (cell.first * step, cell.last * step, step)
            )
            return "number", unit_text(unit), low, high, each, ()
        case Day():
            low, high = (
                str(shown_value(answer_at(fact, place), fact.type))
                for place in (cell.first, cell.last)
            )
            return "day", "", low, high, "", ()
        case Enumerated(_, members):
            return "choice", "", "", "", "", tuple(name for name, _ in members)
    return "yes_no", "", "", "", "", ("是", "否")


# ── who lives in the household, and why a question is asked ───────────────


def asks_of_members(program: ir.Program, results: Sequence[ir.Rule]) -> bool:
    """Whether anything behind some results has to do with the members: their facts, their number, their order."""
    return any(
        rule.scope == "member" or _looks_at_members(rule.expression)
        for rule in rules_behind(program, results)
    )


def _looks_at_members(node: ir.Expression) -> bool:
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, (ir.Aggregate, ir.Rank)):
            return True
        left += ir.children(one)
    return False


@frozen
class Reason:
    """A rule that uses a fact, or the nearest one that uses it by a rule without an article; and its articles."""

    rule: ir.Rule
    citations: tuple[ir.Cited, ...]


def reasons_of(program: ir.Program, fact: ir.Fact, results: Sequence[str]) -> tuple[Reason, ...]:
    """Why a fact is asked for the sake of some results: the rules that use it, with their articles."""
    named = {rule.name: rule for rule in program.rules}
    behind = rules_behind(program, [named[name] for name in results])
    readers: dict[str, list[ir.Rule]] = {}
    for rule in behind:
        for name in rules_read(rule):
            readers.setdefault(name, []).append(rule)
    using = [
        rule
        for rule in behind
        if any(
            isinstance(one, ir.ReadFact) and one.name == fact.name for one in reads(rule.expression)
        )
    ]
    found = {one.name: one for rule in using for one in _cited(rule, readers)}
    return tuple(Reason(rule, rule.citations) for rule in found.values())


def _cited(rule: ir.Rule, readers: Mapping[str, Sequence[ir.Rule]]) -> Iterator[ir.Rule]:
    """A rule if it has an article, else the nearest of those that read it and have one, else the rule itself."""
    level, seen = [rule], {rule.name}
    while level:
        cited = [one for one in level if one.citations]
        if cited:
            yield from cited
            return
        following = {other.name: other for one in level for other in readers.get(one.name, ())}
        level = [one for one in following.values() if one.name not in seen]
        seen.update(one.name for one in level)
    yield rule
