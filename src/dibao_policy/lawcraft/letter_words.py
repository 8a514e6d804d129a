"""A letter as text, in the tone of a notice to a citizen, and as data. The figures are those that were computed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from dibao_policy.core.show import value_text
from dibao_policy.core.types import Type
from dibao_policy.explain.data import cited_json
from dibao_policy.explain.names_zh import amount
from dibao_policy.explain.notice import notes_of, provenance
from dibao_policy.explain.words_zh import citations
from dibao_policy.lawcraft.arrears import PER_MONTH
from dibao_policy.lawcraft.letter import Letter, NewRule, NewValue, Outcome
from dibao_policy.render import problem_json


def letter_text(letter: Letter) -> str:
    """The letter that the household reads."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield f"{letter.policy}：救助变动告知"
    yield ""
    yield (
        f"下面把您家按 {letter.before} 和按 {letter.after} "
        "有效的规定算出的结果放在一起，写明变了多少、为什么变。"
    )
    yield ""
    yield "一、您家的变化"
    for one in letter.outcomes:
        if one.changed:
            yield f"  {_outcome(one)}"
    amounts = [one for one in letter.outcomes if one.is_amount and (one.before or one.after)]
    if letter.sums is not None and letter.sums[0] != letter.sums[1] and len(amounts) > 1:
        before, after = letter.sums
        yield f"  按月的各项合计：{_change(before, after, PER_MONTH)}"
    same = [one for one in letter.outcomes if not one.changed and one.is_amount and one.after]
    if same:
        yield f"  没有变的：{'、'.join(f'{_name(one)} {_shown(one.after, one.type)}' for one in same)}"
    yield ""
    yield "二、为什么变"
    yield from _reasons(letter)
    yield ""
    yield "三、说明"
    yield "  家里的情况按同一份填报计算；年龄等按各自的日期计算。"
    # What the policy says of its results, remedies among it.
    for sentence in dict.fromkeys(notes_of(list(letter.accounts[1].results), letter.accounts[1])):
        yield f"  {sentence.strip().removeprefix('说明：')}"
    if letter.unconfirmed:
        yield f"  来源没有确认到 {letter.after} 的：{'、'.join(letter.unconfirmed)}。"
    if letter.unverified:
        yield "  尚未核实、请以经办机关的答复为准："
        for what, why in letter.unverified:
            yield f"      {what}{'：' + why if why else ''}"


def _reasons(letter: Letter) -> Iterator[str]:
    if not letter.values and not letter.rules:
        yield "  规定和标准没有变，变的是按日期计算的情况（如年龄）。"
    number = 0
    for value in letter.values:
        number += 1
        yield f"  {number}. {_value(value)}"
        yield f"      {provenance(value.entry)}"
        if value.entry.provenance.address:
            yield f"      {value.entry.provenance.address}"
    for rule in letter.rules:
        number += 1
        yield f"  {number}. {_rule(rule)}"
        if rule.citations:
            yield f"      依据：{citations(rule.citations)}"


def _name(one: Outcome) -> str:
    return f"{one.label} {one.name}" if one.member is not None else one.name


def _shown(value: object, kind: Type) -> str:
    return "没有" if value is None else amount(value, kind)  # type: ignore[arg-type]


def _outcome(one: Outcome) -> str:
    if one.is_amount:
        return f"{_name(one)}：{_change(Fraction(one.before or 0), Fraction(one.after or 0), one.type)}"
    return f"{_name(one)}：原来 {_shown(one.before, one.type)}，现在 {_shown(one.after, one.type)}"


def _change(before: Fraction, after: Fraction, kind: Type) -> str:
    way = "增加" if after > before else "减少"
    return f"原来 {amount(before, kind)}，现在 {amount(after, kind)}，{way} {amount(abs(after - before), kind)}"


def _value(one: NewValue) -> str:
    key = f"（{'，'.join(one.key)}）" if one.key else ""
    name = f"{one.name}{key}"
    if one.before is None or one.after is None:
        shown = one.after if one.before is None else one.before
        word = "新定为" if one.before is None else "不再有，原来是"
        return f"{name}{word} {amount(shown if shown is not None else Fraction(0), one.type)}"
    return f"{name}：{_change(one.before, one.after, one.type)}"


def _rule(one: NewRule) -> str:
    if one.is_new:
        return f"新增了规定：{one.block} {one.name}"
    return (
        f"不再有这项规定：{one.block} {one.name}"
        if one.is_gone
        else f"算法改了：{one.block} {one.name}"
    )


# ── as data ───────────────────────────────────────────────────────────────


def letter_json(letter: Letter) -> dict[str, Any]:
    """The same as data; values are exact, as the language writes them."""
    return {
        "policy": letter.code,
        "before": str(letter.before),
        "after": str(letter.after),
        "digests": [account.digest for account in letter.accounts],
        "results": [
            {
                "name": one.name,
                "code": one.code,
                "member": one.member,
                "label": one.label,
                "before": None if one.before is None else value_text(one.before, one.type),
                "after": None if one.after is None else value_text(one.after, one.type),
                "difference": value_text(one.difference, one.type) if one.is_amount else None,
                "changed": one.changed,
            }
            for one in letter.outcomes
        ],
        "monthly": None
        if letter.sums is None
        else {
            "before": value_text(letter.sums[0], PER_MONTH),
            "after": value_text(letter.sums[1], PER_MONTH),
            "difference": value_text(letter.sums[1] - letter.sums[0], PER_MONTH),
        },
        "values": [
            {
                "name": one.name,
                "code": one.code,
                "key": list(one.key),
                "before": None if one.before is None else value_text(one.before, one.type),
                "after": None if one.after is None else value_text(one.after, one.type),
                "since": str(one.entry.since),
                "document": one.entry.provenance.document,
                "article": one.entry.provenance.article,
                "address": one.entry.provenance.address,
                "status": one.entry.provenance.status,
                "day_presumed": one.entry.provenance.date_basis == "推定",
            }
            for one in letter.values
        ],
        "rules": [
            {
                "name": one.name,
                "block": one.block,
                "new": one.is_new,
                "gone": one.is_gone,
                "citations": [cited_json(cited) for cited in one.citations],
            }
            for one in letter.rules
        ],
        "unconfirmed": list(letter.unconfirmed),
        "unverified": [what for what, _ in letter.unverified],
        "warnings": [problem_json(one) for one in letter.warnings],
    }
