"""Lists of cases as a block states them: what is to be decided about them."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from dibao_policy.core.ir import Expression
from dibao_policy.syntax.tree import Scope
from dibao_policy.text import Span

Mode = Literal[
    "exclusive",  # exactly one case: an overlap is an error, and a gap, unless there is a 其余
    "exclusive_or_nothing",  # at most one case: an overlap is an error, a gap is not
    "ordered",  # the first case that holds: a gap is an error, unless there is a 其余
    "ordered_or_nothing",  # the first case that holds, perhaps none
    "any",  # every case that holds counts: only whether each can hold at all
]

COMPLETE: frozenset[Mode] = frozenset({"exclusive", "ordered"})
DISJOINT: frozenset[Mode] = frozenset({"exclusive", "exclusive_or_nothing"})
ORDERED: frozenset[Mode] = frozenset({"ordered", "ordered_or_nothing"})


@frozen
class Case:
    """One case: its label, the condition under which it holds, and its place in the text."""

    label: str
    condition: Expression
    span: Span = field(eq=False, repr=False, kw_only=True)


@frozen
class CaseList:
    """The cases of one block.

    `name` is the name of the block's value, `clause` the word at the head of each case (`情形`, `对象`, `类别`).
    `when` is the condition of the whole block: outside it no case is asked.
    `rest` is the place of a `其余`, where there is one.
    `ways` are the words that settle which of two cases counts, as a mend lists them.
    """

    name: str
    clause: str
    scope: Scope
    mode: Mode
    cases: tuple[Case, ...]
    when: Expression | None = None
    ways: tuple[str, ...] = ("依次",)
    rest: Span | None = field(default=None, eq=False)
    span: Span = field(eq=False, repr=False, kw_only=True)
