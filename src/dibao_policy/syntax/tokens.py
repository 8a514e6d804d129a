"""The words, figures and signs of a text. Lark reads their `type`; nothing else of them is Lark's."""

from __future__ import annotations

from attrs import evolve, frozen


@frozen(eq=False)
class Token:
    """A word with its kind, and where it stands."""

    type: str
    value: str
    start_pos: int
    end_pos: int


def retyped(token: Token, kind: str) -> Token:
    """The same word as another kind of word."""
    return evolve(token, type=kind)
