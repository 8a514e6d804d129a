"""Clauses on their way into a block: what kind each is, what it holds and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dibao_policy.problem import Problem
from dibao_policy.syntax import problems
from dibao_policy.syntax.keywords import CLAUSES, CONTEXT, INLINE
from dibao_policy.syntax.tree import Part as Part

_SHOWN = {
    "period": "自 … 起",
    "highest": "就高",
    "cite": "依据",
    "rounding": "取整",
    "in_order": "就高`/`依次",
    "stages": "按",
    **{kind.lower(): words[0] for table in (CLAUSES, INLINE) for kind, words in table.items()},
    **{kind.lower(): words[0] for kind, words in CONTEXT["SPECIAL"].items()},
}


def parts_of(children: Iterable[object]) -> list[Part]:
    """The clauses among the children of a rule."""
    return [child for child in children if isinstance(child, Part)]


def shown_clause(kind: str) -> str:
    """A kind of clause by the word that opens it."""
    return _SHOWN.get(kind, kind)


def only(parts: Sequence[Part], kind: str, block: str, found: list[Problem]) -> Any:
    """The one clause of a kind, or None; a second one is a problem."""
    same = [part for part in parts if part.kind == kind]
    for extra in same[1:]:
        found.append(
            problems.RepeatedClause(
                span=extra.span, clause=shown_clause(kind), related=(same[0].span,)
            )
        )
    return same[0].value if same else None
