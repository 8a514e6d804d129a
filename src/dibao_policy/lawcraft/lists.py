"""Lists in a YAML text of a case: of words, and of anything."""

from __future__ import annotations

from dibao_policy.parameters.fields import Pair, quoted, scalar_of
from dibao_policy.parameters.nodes import Node, Refused, Sequence
from dibao_policy.parameters.problems import NotAList
from dibao_policy.problem import Problem


def words_of(pair: Pair | None, found: list[Problem]) -> tuple[str, ...]:
    """The words behind a key: one, or a list of them."""
    if pair is None:
        return ()
    items = pair.value.items if isinstance(pair.value, Sequence) else (pair.value,)
    told = [scalar_of(Pair(pair.name, pair.key, item), found) for item in items]
    return tuple(scalar.text.strip() for scalar in told if scalar is not None)


def items_of(pair: Pair | None, found: list[Problem]) -> tuple[Node, ...]:
    """The parts of the list behind a key."""
    if pair is None or isinstance(pair.value, Refused):
        return ()
    if isinstance(pair.value, Sequence):
        return pair.value.items
    found.append(NotAList(span=pair.key.span, key=quoted(pair.name)))
    return ()
