"""Notices in Chinese, for a general reader."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.types import Number, Type, type_text
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, Told
from dibao_policy.explain.names_zh import limit_text, near_number
from dibao_policy.explain.notice import names_of, refusal_reason
from dibao_policy.explain.notices.tongue import Named
from dibao_policy.units import is_money, unit_text

_PER = {
    "元/月": "每月 {} 元", "元/人月": "每人每月 {} 元", "元/年": "每年 {} 元",
    "元/人年": "每人每年 {} 元", "元": "{} 元", "元/人": "每人 {} 元",
}  # fmt: skip

_HELD = {
    "less": "低于", "at_most": "不超过", "greater": "高于", "at_least": "不低于",
    "equal": "等于", "unequal": "不等于",
}  # fmt: skip


class Chinese:
    """The tongue of the policies themselves."""

    language = "zh"

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self.sentences = sentences

    def say(self, key: str, **parts: object) -> str:
        """A sentence with its parts; a part that is missing is an error."""
        return self.sentences[key].format(**parts)

    def name(self, one: Named) -> str:
        """The Chinese name."""
        return one.name

    def title(self, told: Told) -> str:
        """The rule's name, or the block's and the part's."""
        return words.title(told).replace("·", "的")

    def label(self, told: Told) -> str:
        """The label of a clause, or the rule's name."""
        return told.rule.origin.label or told.rule.name

    def joined(self, parts: list[str]) -> str:
        """`甲、乙`."""
        return "、".join(parts)

    def amount(self, value: ir.Value, kind: Type) -> str:
        """`524元/月`."""
        return words.amount(value, kind)

    def near_amount(self, value: ir.Value, kind: Type, other: ir.Value) -> str:
        """`约 163.33元/人月`."""
        near = near_number(value, kind, other)
        return f"约 {near}{type_text(kind)}" if near else words.amount(value, kind)

    def plain_amount(self, value: ir.Value, kind: Type) -> str:
        """`每月 524 元`; what is no money as formulas have it."""
        text = words.amount(value, kind)
        if isinstance(kind, Number) and isinstance(value, Fraction) and is_money(kind.unit):
            unit = unit_text(kind.unit)
            if unit in _PER and text.endswith(unit):
                return _PER[unit].format(text.removesuffix(unit))
        return text

    def formula(self, node: ir.Expression, own: str) -> str:
        """An expression in the names of its parts."""
        return words.formula(node, own)

    def figures(self, told: Told, account: Account) -> str:
        """The expression of a step in figures."""
        return words.figures(told, account)

    def outcome(self, told: Told, account: Account) -> str:
        """`338元/人月 × 3人 − 490元/月 = 524元/月`."""
        return words.outcome(told, account)

    def tests(self, told: Told) -> str:
        """`符合“在业”`."""
        return words.tests(told)

    def rounded(self, told: Told) -> str:
        """`523.40元/月，取整到 1元/月（进位）`."""
        return words.rounded(told)

    def comparison(self, operation: str, held: bool) -> str:
        """`低于`, `应当低于`."""
        return _HELD[operation] if held else f"应当{_HELD[operation]}"

    def refusal(self, told: Told, account: Account) -> str:
        """In the words of the policy, or of the condition itself."""
        return refusal_reason(told, account)

    def note(self, told: Told, account: Account) -> str:
        """The policy's own sentence with this household's figures."""
        if not told.rule.note:
            return ""
        return words.filled(told.rule.note, told, account, names_of(account))

    def citations(self, cited: tuple[ir.Cited, ...]) -> str:
        """`《条例》第七条；【未核实】…`; empty where none is cited."""
        return "；".join(words.citation(one) for one in cited)

    def quoted(self, sentence: str) -> str:
        """As it is."""
        return sentence

    def limit(self, step: ir.Step) -> str:
        """`10个工作日内`."""
        if step.limit is None:
            return ""
        text = limit_text(step.limit)
        return text if step.limit.unit == "即时" else f"{text}内"
