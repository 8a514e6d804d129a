"""The account in Chinese: one sentence per kind of step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, YesNo
from dibao_policy.explain.account import Account, Told, Tried
from dibao_policy.explain.names_zh import (
    Reading,
    amount as amount,
    leaf_name,
    rounding as rounding,
)
from dibao_policy.explain.phrases_zh import (
    bracket,
    direction,
    formula as formula,
    is_sentence,
    phrase,
    says,
)
from dibao_policy.explain.shapes import compared, declared_type, whole_number
from dibao_policy.model.resolve import template_names


def formula_of(told: Told) -> str:
    """What a step computes, in the names of its parts."""
    return formula(told.expression, told.rule.origin.name)


def figures(told: Told, account: Account) -> str:
    """The same expression in the figures of this household."""

    def leaf(node: ir.Expression) -> str:
        value = told.parts.get(id(node))
        if value is None or isinstance(node, ir.Literal):
            return leaf_name(node, told.rule.origin.name)
        return amount(value, declared_type(node, account))

    if isinstance(told.expression, ir.Rank):
        return _place(told.expression, told.parts[id(told.expression)])
    own = told.rule.origin.name
    return phrase(told.expression, Reading(leaf, lambda node: told.parts.get(id(node)), own))


def _place(node: ir.Rank, place: ir.Value) -> str:
    """`按年龄从高到低排第 2 名`; who does not count has no place."""
    among = ""
    if node.when is not None:
        if not place:
            return f"不符合“{formula(node.when)}”，不排名次"
        among = f"在符合“{formula(node.when)}”的成员中"
    return f"{among}按{formula(node.key)}{direction(node)}排第 {int(place)} 名"


def outcome(told: Told, account: Account) -> str:
    """The figures and what they come to, on one line: `800元/月 × 30% = 240元/月`."""
    value, shown, exact = value_sentence(told), figures(told, account), rounded(told)
    if isinstance(told.expression, ir.Rank) and not exact:
        return shown
    if exact:
        joined = f"{shown}，得 {exact}" if is_sentence(shown) else f"{shown} = {exact}"
        return f"{joined} = {value}"
    if says(shown, value):
        return shown
    if is_sentence(shown):
        return f"{shown}：{value}" if told.rule.type == YesNo() else f"{shown}，得 {value}"
    return f"{shown} = {value}"


def whose(member: int | None, account: Account) -> str:
    """Of whom a value is."""
    return "" if member is None else f"{account.labels[member]} "


def title(told: Told) -> str:
    """What a step is called: its rule, or the part of a block."""
    origin = told.rule.origin
    if origin.clause and origin.label and told.rule.name != origin.label:
        return f"{origin.name}·{origin.label}"
    return told.rule.name


def rounded(told: Told) -> str:
    """The value before rounding and how it was rounded, where rounding changed it."""
    if told.exact is None or told.quantum is None or told.mode is None:
        return ""
    return (
        f"{amount(told.exact, told.rule.type)}，{rounding(told.quantum, told.mode, told.rule.type)}"
    )


# ── what was asked on the way ─────────────────────────────────────────────


def tests(told: Told) -> str:
    """The conditions that were tried on the way, one sentence per kind of clause."""
    return "，".join(_tests(told))


def _tests(told: Told) -> Iterator[str]:
    for clause, group in groupby(told.tests, lambda one: one.clause):
        tried = list(group)
        match clause:
            case "情形":
                yield from (_case(one, told) for one in tried)
            case "对象":
                yield _groups(tried, told)
            case "不可兼得":
                yield _excluded(tried, told)
            case "月份":
                yield _month(tried, told)
            case "分段":
                yield _bracket(tried, told)
            case _:
                yield from (test_sentence(one, told) for one in tried)


def test_sentence(tried: Tried, told: Told) -> str:
    """A condition that was tried."""
    own = told.rule.origin.name
    if isinstance(tried.test, ir.Operate) and tried.test.clause == "过渡":
        return _transition(tried.test, told)
    return f"{'符合' if tried.held else '不符合'}“{formula(tried.test, own)}”"


def _transition(test: ir.Operate, told: Told) -> str:
    """Whether a group is meant, or the terms go on for a while for who left it."""
    own = told.rule.origin.name
    meant, *going_on = test.arguments
    asked = f"“{formula(meant, own)}”"
    if told.parts.get(id(meant)):
        return f"符合{asked}"
    later = [one for one in going_on if told.parts.get(id(one))]
    terms = " 或 ".join(formula(one, own) for one in later or going_on)
    if later:
        return f"不再符合{asked}，但在过渡期内（{terms}）"
    return f"不符合{asked}，也不在过渡期内（{terms}）"


def _case(tried: Tried, told: Told) -> str:
    return f"情形 {tried.label}：{test_sentence(tried, told)}"


def _groups(tried: list[Tried], told: Told) -> str:
    """The group that counts; of several that apply, all of them."""
    last = tried[-1]
    if not last.held:
        return "不属于任何对象"
    held = [last.label]
    if isinstance(last.test, ir.Operate) and last.test.operation == "or":
        # 就高 asks of all groups at once.
        own = told.rule.origin.name
        held = [
            leaf_name(one, own).removesuffix("的适用")
            for one in last.test.arguments
            if told.parts.get(id(one))
        ]
    return f"属于对象 {'、'.join(held)}"


def _excluded(tried: list[Tried], told: Told) -> str:
    """Because of which other assistance nothing is given, or that there is none."""
    last = tried[-1]
    if not last.held:
        return f"没有享受不可兼得的 {'、'.join(one.label for one in tried)}"
    how_much = ""
    if isinstance(last.test, ir.Operate) and last.test.operation == "greater":
        given = last.test.arguments[0]
        how_much = f"（{amount(told.parts[id(given)], given.type)}）"
    return f"已享受不可兼得的 {last.label}{how_much}"


def _month(tried: list[Tried], told: Told) -> str:
    """In which month of a taper a household is."""
    months, _ = compared(tried[0].test)
    value = told.parts[id(months)]
    shown = f"{formula(months, told.rule.origin.name)} {amount(value, months.type)}"
    if len(tried) == 1 and tried[0].held:
        return f"{shown}，还没有进入渐退期"
    ends = [whole_number(compared(one.test)[1]) for one in tried]
    if not tried[-1].held:
        return f"{shown}，渐退期 {ends[-1]} 个月已满"
    first, last = ends[-2] + 1, ends[-1]
    return (
        f"{shown}，在渐退的第 {first} 月"
        if first == last
        else (f"{shown}，在渐退的第 {first} 至 {last} 月")
    )


def _bracket(tried: list[Tried], told: Told) -> str:
    """Into which bracket a value falls."""
    subject, _ = compared(tried[-1].test)
    value = told.parts[id(subject)]
    own = told.rule.origin.name
    shown = f"{formula(subject, own)} {amount(value, subject.type)}"
    if tried[-1].held:
        return f"{shown}，在“{bracket(tried[-1].test, own)}”一档"
    return f"{shown}，超过“{bracket(tried[-1].test, own)}”"


# ── sentences ─────────────────────────────────────────────────────────────


def value_sentence(told: Told) -> str:
    """The value of a step; a condition is met or not."""
    if told.rule.type == YesNo():
        return "是" if told.value else "否"
    return amount(told.value, told.rule.type)


def refusal(told: Told, account: Account) -> str:
    """Why a requirement was not met, in the words of its own condition."""
    node = told.expression
    if isinstance(node, ir.Operate) and node.clause == "例外":
        asked = formula(node.arguments[0], told.rule.origin.name)
        return f"{asked} 不成立，实际是 {figures(told, account).replace(' 不成立，', '，')}"
    return f"{formula_of(told)} 不成立，实际是 {figures(told, account)}"


def layer(told: Told, account: Account) -> str:
    """Which layer's rule took the place of which; empty where the rule was not rewritten."""
    rule, names = told.rule, dict(account.program.layers)
    if not rule.replaced:
        return ""
    since = f"自 {rule.since} 起" if rule.since else ""
    return (
        f"{names.get(rule.layer, rule.layer)}{since}改写了"
        f"{names.get(rule.replaced, rule.replaced)}的规定"
    )


def filled(template: str, told: Told, account: Account, names: Mapping[str, str]) -> str:
    """A sentence of the policy with this household's figures in it."""
    text = template
    for written in template_names(template):
        text = text.replace(
            f"{{{written}}}", _named_value(names.get(written, written), told, account)
        )
    return text


def _named_value(name: str, told: Told, account: Account) -> str:
    for member in (told.member, None):
        value = account.values.get((name, member))
        if value is not None:
            rule = next(rule for rule in account.program.rules if rule.name == name)
            return amount(value, rule.type)
        for given in account.given:
            if given.fact.name == name and given.member == member:
                return amount(given.value, given.fact.type)
    for table in account.tables:
        if table.name == name:
            return _table_value(table, told, account)
    return "…"


def _table_value(table: ir.Table, told: Told, account: Account) -> str:
    """A parameter's value for this household, by its own facts of the types that the parameter is kept by."""
    place = 0
    for kind in table.keys:
        assert isinstance(kind, Enumerated)
        own = [
            given.value
            for given in account.given
            if given.fact.type == kind and given.member in (None, told.member)
        ]
        if len(own) != 1:
            return "、".join(amount(value, table.type) for value in dict.fromkeys(table.values))
        place = place * len(kind.members) + int(own[0])
    return amount(table.values[place], table.type)


def citation(cited: ir.Cited) -> str:
    """`《条例》第七条`, with a mark where no published source was found."""
    title = f"《{cited.document}》" if cited.document else ""
    number = f"（{cited.number}）" if cited.number else ""
    mark = "【未核实】" if cited.unverified else ""
    return f"{title}{number}{cited.article}{mark}{cited.note}"


def citations(cited: tuple[ir.Cited, ...]) -> str:
    """The articles behind a step, or that none is cited."""
    return "；".join(citation(one) for one in cited) or "未注明依据"
