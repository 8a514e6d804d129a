"""The order in which rules are computed, and the circles in which they cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dibao_policy.core import ir
from dibao_policy.core.ir import Read as Read, reads as reads
from dibao_policy.model.problems import Cycle
from dibao_policy.model.resolve import DECISION_DAY
from dibao_policy.problem import Problem


def distinct_reads(expression: ir.Expression) -> tuple[Read, ...]:
    """Each thing that an expression reads, as it is read first."""
    first: dict[str, Read] = {}
    for one in reads(expression):
        first.setdefault(one.table if isinstance(one, ir.Lookup) else one.name, one)
    return tuple(first.values())


def rules_read(rule: ir.Rule) -> tuple[str, ...]:
    """The names of the rules that a rule reads, each once."""
    found = (one.name for one in reads(rule.expression) if isinstance(one, ir.ReadRule))
    return tuple(dict.fromkeys(found))


def births_of(program: ir.Program) -> frozenset[str]:
    """The facts of which some rule asks the age on the day of the decision: days that cannot lie after it."""
    found: set[str] = set()
    left = [rule.expression for rule in program.rules]
    while left:
        node = left.pop()
        match node:
            case ir.Operate("age", (ir.ReadFact(name), ir.ReadFact(day))) if day == DECISION_DAY:
                found.add(name)
        left += ir.children(node)
    return frozenset(found)


def in_order(
    rules: Mapping[str, ir.Rule], read: Mapping[str, Sequence[Read]]
) -> tuple[tuple[ir.Rule, ...], tuple[Problem, ...]]:
    """The rules, each after all that it reads; a circle is reported once, with its path.

    `read` has what each rule reads.
    """
    ordered: list[ir.Rule] = []
    found: list[Problem] = []
    state: dict[str, str] = {}
    for start in rules:
        if start in state:
            continue
        # A stack of our own: a chain of rules may be longer than Python's.
        path: list[tuple[str, Iterator[str]]] = [(start, _rules_among(read[start]))]
        state[start] = "open"
        while path:
            name, rest = path[-1]
            following = next((other for other in rest if other in rules), None)
            if following is None:
                path.pop()
                state[name] = "done"
                ordered.append(rules[name])
            elif following not in state:
                state[following] = "open"
                path.append((following, _rules_among(read[following])))
            elif state[following] == "open":
                circle = [known for known, _ in path]
                circle = circle[circle.index(following) :]
                found.append(
                    Cycle(
                        span=rules[circle[0]].span,
                        path=" → ".join((*circle, circle[0])),
                        related=tuple(rules[one].span for one in circle[1:]),
                    )
                )
    return tuple(ordered), tuple(found)


def _rules_among(read: Sequence[Read]) -> Iterator[str]:
    return (one.name for one in read if isinstance(one, ir.ReadRule))
