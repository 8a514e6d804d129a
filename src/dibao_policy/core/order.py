"""The order in which rules are computed, and the circles in which they cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dibao_policy.core import ir
from dibao_policy.model.problems import Cycle
from dibao_policy.problem import Problem


def reads(expression: ir.Expression) -> Iterator[ir.ReadFact | ir.ReadRule | ir.Lookup]:
    """Everything that an expression reads, in the order of writing."""
    if isinstance(expression, (ir.ReadFact, ir.ReadRule)):
        yield expression
        return
    if isinstance(expression, ir.Lookup):
        yield expression
    for child in ir.children(expression):
        yield from reads(child)


def rules_read(rule: ir.Rule) -> tuple[str, ...]:
    """The names of the rules that a rule reads, each once."""
    found = (one.name for one in reads(rule.expression) if isinstance(one, ir.ReadRule))
    return tuple(dict.fromkeys(found))


def in_order(rules: Mapping[str, ir.Rule]) -> tuple[tuple[ir.Rule, ...], tuple[Problem, ...]]:
    """The rules, each after all that it reads; a circle is reported once, with its path."""
    ordered: list[ir.Rule] = []
    found: list[Problem] = []
    state: dict[str, str] = {}
    for start in rules:
        if start in state:
            continue
        # A stack of our own: a chain of rules may be longer than Python's.
        path: list[tuple[str, Iterator[str]]] = [(start, iter(rules_read(rules[start])))]
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
                path.append((following, iter(rules_read(rules[following]))))
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
