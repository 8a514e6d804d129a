"""Notices in English, for a general reader.

Things go by their code names, made readable; what the policy says in its own words stays Chinese, in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, Number, Type
from dibao_policy.explain import words_en as words
from dibao_policy.explain.account import Account, Told
from dibao_policy.explain.articles_en import citation
from dibao_policy.explain.names_en import (
    amount,
    limit_text,
    member_name,
    names_of,
    near_amount,
    quote,
    unit_words,
)
from dibao_policy.explain.notice import names_of as names_in_sentences
from dibao_policy.explain.notices.build import notice_of
from dibao_policy.explain.notices.document import Audience, Notice
from dibao_policy.explain.notices.sentences_en import SENTENCES
from dibao_policy.explain.notices.tongue import Named
from dibao_policy.explain.phrases_en import formula
from dibao_policy.explain.words_zh import filled
from dibao_policy.units import is_money

_PER = {
    "yuan/month": "{} yuan a month", "yuan/person/month": "{} yuan a month for each person",
    "yuan/year": "{} yuan a year", "yuan/person/year": "{} yuan a year for each person",
    "yuan/person": "{} yuan for each person",
}  # fmt: skip

_HELD = {
    "less": "below", "at_most": "not above", "greater": "above", "at_least": "not below",
    "equal": "equal to", "unequal": "not equal to",
}  # fmt: skip

_NEEDED = {
    "less": "but should be below", "at_most": "but should not be above",
    "greater": "but should be above", "at_least": "but should not be below",
    "equal": "but should be equal to", "unequal": "but should not be equal to",
}  # fmt: skip

_NOBODY = re.compile(r"成员([0-9]+)")


def english_notice(account: Account, audience: Audience) -> Notice:
    """A decision in English; members without a name are `member 1`, `member 2`."""
    labels = tuple(_NOBODY.sub(_numbered, label) for label in account.labels)
    return notice_of(evolve(account, labels=labels), audience, English(SENTENCES, account.program))


def _numbered(found: re.Match[str]) -> str:
    return f"member {found[1]}" if found[0] == found.string else found[0]


class English:
    """The tongue of a reader who knows no Chinese, for the things of one program."""

    language = "en"

    def __init__(self, sentences: Mapping[str, str], program: ir.Program) -> None:
        self.sentences = sentences
        self.names = names_of(program)
        self._members = dict(_members(program))

    def say(self, key: str, **parts: object) -> str:
        """A sentence with its parts; a part that is missing is an error."""
        return self.sentences[key].format(**parts)

    def name(self, one: Named) -> str:
        """The code name made readable, or the Chinese name in quotation marks."""
        return self.names.of(one.name)

    def title(self, told: Told) -> str:
        """The rule's name, or the part's and the block's."""
        return self.names.of(told.rule.name)

    def label(self, told: Told) -> str:
        """The label of a clause, or the rule's name."""
        return self.names.of(told.rule.name, told.rule.origin.name)

    def joined(self, parts: list[str]) -> str:
        """`a, b`; what has commas of its own is set apart by semicolons."""
        shown = [self._with_member(one) for one in parts]
        return ("; " if any(", " in one for one in shown) else ", ").join(shown)

    def _with_member(self, text: str) -> str:
        """A value after the member of an enumeration that it is for."""
        member, space, rest = text.partition(" ")
        return f"{self._members[member]} {rest}" if space and member in self._members else text

    def amount(self, value: ir.Value, kind: Type) -> str:
        """`524 yuan/month`."""
        return amount(value, kind)

    def near_amount(self, value: ir.Value, kind: Type, other: ir.Value) -> str:
        """`about 163.33 yuan/person/month`."""
        return near_amount(value, kind, other) or amount(value, kind)

    def plain_amount(self, value: ir.Value, kind: Type) -> str:
        """`524 yuan a month`; what is no money as formulas have it."""
        text = amount(value, kind)
        if isinstance(kind, Number) and isinstance(value, Fraction) and is_money(kind.unit):
            unit = unit_words(kind.unit, Fraction(2))
            if unit in _PER and text.endswith(f" {unit}"):
                return _PER[unit].format(text.removesuffix(f" {unit}"))
        return text

    def formula(self, node: ir.Expression, own: str) -> str:
        """An expression in the names of its parts."""
        return formula(node, self.names, own)

    def figures(self, told: Told, account: Account) -> str:
        """The expression of a step in figures."""
        return words.figures(told, account, self.names)

    def outcome(self, told: Told, account: Account) -> str:
        """`338 yuan/person/month × 3 persons − 490 yuan/month = 524 yuan/month`."""
        return words.outcome(told, account, self.names)

    def tests(self, told: Told) -> str:
        """`in work: yes`."""
        return words.tests(told, self.names)

    def rounded(self, told: Told) -> str:
        """`523.40 yuan/month, rounded up to a multiple of 1 yuan/month`."""
        return words.rounded(told)

    def comparison(self, operation: str, held: bool) -> str:
        """`below`, `but should be below`."""
        return _HELD[operation] if held else _NEEDED[operation]

    def refusal(self, told: Told, account: Account) -> str:
        """By the condition itself, and then in the words of the policy."""
        told_by_condition = words.refusal(told, account, self.names)
        if not told.rule.otherwise:
            return told_by_condition
        return f"{told_by_condition}. {_in_its_words(told.rule.otherwise, told, account)}"

    def note(self, told: Told, account: Account) -> str:
        """The policy's own sentence with this household's figures, as it is."""
        return _in_its_words(told.rule.note, told, account) if told.rule.note else ""

    def citations(self, cited: tuple[ir.Cited, ...]) -> str:
        """`《条例》 article 7; [not verified] “…”`; empty where none is cited."""
        return "; ".join(citation(one) for one in cited)

    def quoted(self, sentence: str) -> str:
        """In quotation marks; empty where nothing is said."""
        return quote(sentence) if sentence else ""

    def limit(self, step: ir.Step) -> str:
        """`within 10 working days`."""
        return "" if step.limit is None else limit_text(step.limit)


def _in_its_words(sentence: str, told: Told, account: Account) -> str:
    text = filled(sentence, told, account, names_in_sentences(account))
    return f"In the words of the policy: {quote(text)}"


def _members(program: ir.Program) -> list[tuple[str, str]]:
    """What the members are called by which parameters are kept, where it is not their code name as it is."""
    kinds = [kind for table in program.tables for kind in table.keys]
    return [
        (en or zh, member_name(zh, en))
        for kind in kinds
        if isinstance(kind, Enumerated)
        for zh, en in kind.members
        if member_name(zh, en) != en
    ]
