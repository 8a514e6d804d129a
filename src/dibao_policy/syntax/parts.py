"""Clauses on their way into a block: what kind each is, what it holds and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dibao_policy.problem import Problem
from dibao_policy.syntax import block_problems, problems, tree
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


# What may be told of what: a procedure stands in a part of a notice, a value is told or not.
PROCEDURES_TELL = ("payment", "duty", "remedy", "internal")
RULES_TELL = ("duty", "skipped", "decisive", "internal")


def telling_of(
    parts: Sequence[Part], known: tuple[str, ...], block: str, found: list[Problem]
) -> tree.Telling:
    """What the one `告知` says; what it cannot say of this block is a problem."""
    telling = only(parts, "tell", block, found)
    if telling is None or telling in known:
        return telling or ""
    words = CONTEXT["TELL"]
    (span,) = (part.span for part in parts if part.kind == "tell" and part.value == telling)
    shown = tuple(f"`{words[one.upper()][0]}`" for one in known)
    found.append(
        block_problems.TellingElsewhere(
            span=span, block=block, telling=words[telling.upper()][0], known=shown
        )
    )
    return ""


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
