"""Which facts that a case worker judged a value rests on, by the way that was taken.

A branch that was not taken was not used, and neither was what cannot have mattered:
an operand beside one that settles 且, 或 or a product by itself, a member beside one that settles 存在 or 全部.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.evaluate.interpret import recall
from dibao_policy.evaluate.trace import Trace

Key = tuple[str, int | None]
"""A rule or a fact, of the household or of one member."""

Used = tuple[Key, ...]

# The value of an operand that settles the operation, whatever the others are.
_SETTLING: Mapping[str, ir.Value] = {
    "and": False, "all": False, "or": True, "any": True, "multiply": 0,
}  # fmt: skip


@frozen
class _Walk:
    judged: frozenset[Key]
    size: int
    used: Mapping[Key, Used]
    value: Callable[[ir.Expression, int | None], ir.Value]


def judged_facts_used(trace: Trace, judged: frozenset[Key]) -> Mapping[Key, Used]:
    """For every value that rests on judged facts, these facts in the order in which they were read."""
    used: dict[Key, Used] = {}
    if not judged:
        return used
    walk = _Walk(judged, trace.facts.size, used, recall(trace))
    for step in trace.steps:
        found = _used(walk, step.rule.expression, step.member)
        if found:
            used[step.rule.name, step.member] = found
    return used


def _used(walk: _Walk, node: ir.Expression, member: int | None) -> Used:
    match node:
        case ir.ReadFact(name, scope):
            key = name, None if scope == "household" else member
            return (key,) if key in walk.judged else ()
        case ir.ReadRule(name, scope):
            return walk.used.get((name, None if scope == "household" else member), ())
        case ir.Operate(operation, arguments):
            parts = [(one, member) for one in arguments]
            return _settled(walk, parts, operation)
        case ir.Choose(cases, otherwise):
            return _chosen(walk, cases, otherwise, member)
        case ir.Aggregate():
            return _gathered(walk, node, member)
        case ir.Rank():
            return _joined(_member(walk, node.key, node.when, one) for one in range(walk.size))
    return _joined(_used(walk, one, member) for one in ir.children(node))


def _settled(walk: _Walk, parts: Sequence[tuple[ir.Expression, int | None]], kind: str) -> Used:
    """What the parts used; where one part settles the whole, what that one used, and the less the better."""
    used = [_used(walk, node, member) for node, member in parts]
    if any(used) and kind in _SETTLING:
        settling = [
            one
            for one, part in zip(used, parts, strict=True)
            if walk.value(*part) == _SETTLING[kind]
        ]
        if settling:
            return min(settling, key=len)
    return _joined(used)


def _chosen(
    walk: _Walk,
    cases: Iterable[tuple[ir.Expression, ir.Expression]],
    otherwise: ir.Expression,
    member: int | None,
) -> Used:
    """The conditions that were tried, and the branch that was taken."""
    used: list[Used] = []
    for test, chosen in cases:
        used.append(_used(walk, test, member))
        if walk.value(test, member):
            return _joined((*used, _used(walk, chosen, member)))
    return _joined((*used, _used(walk, otherwise, member)))


def _gathered(walk: _Walk, node: ir.Aggregate, member: int | None) -> Used:
    places = range(walk.size)
    counted = [one for one in places if node.when is None or walk.value(node.when, one)]
    if node.kind in _SETTLING:
        settling = [one for one in counted if walk.value(node.body, one) == _SETTLING[node.kind]]
        if settling:
            return min((_member(walk, node.body, node.when, one) for one in settling), key=len)
    used = [_member(walk, node.body, node.when, one) for one in places]
    if not counted and node.otherwise is not None:
        used.append(_used(walk, node.otherwise, member))
    return _joined(used)


def _member(walk: _Walk, body: ir.Expression, when: ir.Expression | None, member: int) -> Used:
    """What one member's part used: its condition, and what is gathered where that holds."""
    tested = () if when is None else _used(walk, when, member)
    if when is not None and not walk.value(when, member):
        return tested
    return _joined((tested, _used(walk, body, member)))


def _joined(parts: Iterable[Used]) -> Used:
    return tuple(dict.fromkeys(key for part in parts for key in part))
