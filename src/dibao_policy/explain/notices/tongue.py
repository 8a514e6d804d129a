"""What a tongue has to be able to say. Each sentence of `say` has a key that every tongue knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dibao_policy.core import ir
from dibao_policy.core.types import Type
from dibao_policy.explain.account import Account, Told

Named = ir.Rule | ir.Fact | ir.Table | ir.Procedure


class Tongue(Protocol):
    """Words for values, names, formulas and sentences."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **parts: object) -> str:
        """A sentence with its parts; a part that is missing is an error."""

    def name(self, one: Named) -> str:
        """What the policy calls a thing."""

    def title(self, told: Told) -> str:
        """What a step is called."""

    def label(self, told: Told) -> str:
        """What a part of a block is called within it."""

    def joined(self, parts: list[str]) -> str:
        """Words one after another, as a list is written."""

    def amount(self, value: ir.Value, kind: Type) -> str:
        """A value with its unit, as formulas have it."""

    def near_amount(self, value: ir.Value, kind: Type, other: ir.Value) -> str:
        """A value beside another: of an endless fraction, as many decimals as tell the two apart."""

    def plain_amount(self, value: ir.Value, kind: Type) -> str:
        """A value as a sentence has it: `每月 524 元`."""

    def formula(self, node: ir.Expression, own: str) -> str:
        """An expression in the names of its parts."""

    def figures(self, told: Told, account: Account) -> str:
        """The expression of a step in the figures of this household."""

    def outcome(self, told: Told, account: Account) -> str:
        """Figures and what they come to, on one line."""

    def tests(self, told: Told) -> str:
        """What was asked on the way to a value."""

    def rounded(self, told: Told) -> str:
        """The value before rounding and how it was rounded; empty where rounding changed nothing."""

    def comparison(self, operation: str, held: bool) -> str:
        """`低于`: how two figures stand to each other; `应当低于` where they do not."""

    def refusal(self, told: Told, account: Account) -> str:
        """Why a requirement was not met."""

    def note(self, told: Told, account: Account) -> str:
        """What the policy itself says of a step; empty where it says nothing, or not in this tongue."""

    def citations(self, cited: tuple[ir.Cited, ...]) -> str:
        """The articles behind something."""

    def quoted(self, sentence: str) -> str:
        """A sentence of the policy as it stands in a notice of this tongue."""

    def limit(self, step: ir.Step) -> str:
        """In what time a step of a procedure is done; empty where no time is set."""
