"""The account in Chinese: one phrase per kind of node, one sentence per kind of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.core.show import value_text
from dibao_policy.core.types import RATIO, Enumerated, Number, Type, YesNo, type_text
from dibao_policy.explain.account import Account, Told
from dibao_policy.model.resolve import template_names
from dibao_policy.units import is_money, shown_scale
from dibao_policy.values import Rounding, number_text, round_to

_AGGREGATES = {
    "sum": "合计", "count": "人数", "any": "存在", "all": "全部", "maximum": "最大", "minimum": "最小",
}  # fmt: skip

# How tightly each operation binds; what binds less is put in brackets.
_TIGHTNESS = {
    "or": 1, "and": 2, "not": 3,
    "less": 4, "at_most": 4, "greater": 4, "at_least": 4, "equal": 4, "unequal": 4,
    "add": 5, "multiply": 6, "divide": 6, "negate": 7,
}  # fmt: skip


def amount(value: ir.Value, kind: Type) -> str:
    """A value for people: thousands set apart, an endless fraction as a fraction."""
    if not isinstance(kind, Number) or not isinstance(value, Fraction) or kind == RATIO:
        return value_text(value, kind)
    shown = value / shown_scale(kind.unit)
    digits = number_text(shown)
    if is_money(kind.unit) and "." in digits:
        digits = number_text(shown, 2)
    if "/" in digits:
        top, _, bottom = digits.partition("/")
        # One fen over the line, shared by a household, has to show: two decimals would hide it.
        near = number_text(round_to(shown, Fraction(1, 10_000), Rounding.HALF_UP), 2)
        return f"{_grouped(top)}/{_grouped(bottom)}{type_text(kind)}（约 {_grouped(near)}）"
    return _grouped(digits) + type_text(kind)


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}".replace("-0", "-0") + point + rest if whole != "-0" else digits


# ── formulas ──────────────────────────────────────────────────────────────


def formula(node: ir.Expression) -> str:
    """An expression in the names of its parts."""
    return _phrase(node, _leaf_name, 0)


def figures(told: Told, account: Account) -> str:
    """The same expression in the figures of this household."""

    def leaf(node: ir.Expression) -> str:
        value = told.parts.get(id(node))
        kind = declared_type(node, account)
        return _leaf_name(node) if value is None else amount(value, kind)

    if isinstance(told.expression, ir.Rank):
        return _place_sentence(told.expression, told.parts[id(told.expression)])
    return _phrase(told.expression, leaf, 0)


def declared_type(node: ir.Expression, account: Account) -> Type:
    """The type that a value was declared with: in a member's rule 人 is dropped, but not in what is shown."""
    match node:
        case ir.Lookup(table):
            return next((one.type for one in account.tables if one.name == table), node.type)
        case ir.ReadFact(name):
            return next((one.type for one in account.program.facts if one.name == name), node.type)
        case ir.ReadRule(name):
            return next((one.type for one in account.program.rules if one.name == name), node.type)
    return node.type


def _leaf_name(node: ir.Expression) -> str:
    match node:
        case ir.Literal(value, kind):
            return amount(value, kind)
        case ir.ReadFact(name) | ir.ReadRule(name):
            return name.replace("·", "的")
        case ir.Lookup(table, keys):
            # By what it is looked up is said only where the rule says it, not where it is the household's own.
            stated = [_leaf_name(key) for key in keys if isinstance(key, ir.Literal)]
            return f"{table}[{'，'.join(stated)}]" if stated else table
    return "…"


def _phrase(node: ir.Expression, leaf: Callable[[ir.Expression], str], outside: int) -> str:
    match node:
        case ir.Literal() | ir.ReadFact() | ir.ReadRule() | ir.Lookup():
            return leaf(node)
        case ir.Operate(operation, arguments):
            return _operation(operation, arguments, leaf, outside)
        case ir.Round(operand, quantum, mode, stated):
            inner = _phrase(operand, leaf, 0)
            return f"{inner} {rounding(quantum, mode, node.type)}" if stated else inner
        case ir.Choose(cases, otherwise):
            told = "，".join(
                f"如果 {_phrase(test, leaf, 0)} 那么 {_phrase(value, leaf, 0)}"
                for test, value in cases
            )
            return f"({told}，否则 {_phrase(otherwise, leaf, 0)})"
        case ir.Aggregate(kind, body, when, otherwise):
            return _aggregate(node, kind, body, when, otherwise, leaf)
        case ir.Rank(key, when):
            # Inside, each member has figures of its own: only the outcome is one figure.
            outcome = leaf(node)
            condition = f" 当 {formula(when)}" if when is not None else ""
            rank = f"第几(成员 按 {formula(key)} {_direction(node)}{condition})"
            return rank if outcome == "…" else outcome
    return "…"


def _operation(
    operation: str,
    arguments: tuple[ir.Expression, ...],
    leaf: Callable[[ir.Expression], str],
    outside: int,
) -> str:
    row = TABLE[operation]
    tightness = _TIGHTNESS.get(operation, 9)
    if row.zh:
        shown = (
            arguments[:1] if operation == "age" and _is_decision_day(arguments[1]) else arguments
        )
        return f"{row.zh}({'，'.join(_phrase(one, leaf, 0) for one in shown)})"
    if operation in ("not", "negate"):
        inner = _phrase(arguments[0], leaf, tightness)
        text = f"{row.sign} {inner}" if operation == "not" else f"{row.sign}{inner}"
    elif operation == "add":
        text = _phrase(arguments[0], leaf, tightness)
        for one in arguments[1:]:
            if isinstance(one, ir.Operate) and one.operation == "negate":
                text += f" − {_phrase(one.arguments[0], leaf, tightness + 1)}"
            else:
                text += f" + {_phrase(one, leaf, tightness)}"
    else:
        first = _phrase(arguments[0], leaf, tightness)
        rest = [_phrase(one, leaf, tightness + (operation == "divide")) for one in arguments[1:]]
        text = f" {row.sign} ".join([first, *rest])
    return f"({text})" if tightness < outside else text


def _is_decision_day(node: ir.Expression) -> bool:
    return isinstance(node, ir.ReadFact) and node.scope == "household"


def _aggregate(
    node: ir.Aggregate,
    kind: str,
    body: ir.Expression,
    when: ir.Expression | None,
    otherwise: ir.Expression | None,
    leaf: Callable[[ir.Expression], str],
) -> str:
    # Inside, each member has figures of its own: only the outcome is one figure.
    outcome = leaf(node)
    if outcome != "…":
        return outcome
    inner = "" if kind == "count" else f"各成员 {formula(body)}"
    condition = f" 当 {formula(when)}" if when is not None else ""
    other = f" 否则 {_phrase(otherwise, leaf, 0)}" if otherwise is not None else ""
    return f"{_AGGREGATES[kind]}({inner or '成员'}{condition}{other})"


def _direction(node: ir.Rank) -> str:
    return "从高到低" if node.descending else "从低到高"


# ── sentences ─────────────────────────────────────────────────────────────


def rounding(quantum: Fraction, mode: Rounding, kind: Type) -> str:
    """`取整到 1元/月（进位）`."""
    return f"取整到 {amount(quantum, kind)}（{mode.value}）"


def whose(member: int | None, account: Account) -> str:
    """Of whom a value is."""
    return "" if member is None else f"{account.labels[member]} "


def title(told: Told) -> str:
    """What a step is called: its rule, or the part of a block."""
    origin = told.rule.origin
    if origin.clause and origin.label and told.rule.name != origin.label:
        return f"{origin.name}·{origin.label}"
    return told.rule.name


def tests(told: Told) -> str:
    """The conditions that were tried on the way."""
    return "，".join(test_sentence(test, held) for test, held in told.tests)


def rounded(told: Told) -> str:
    """The value before rounding and how it was rounded, where rounding changed it."""
    if told.exact is None or told.quantum is None or told.mode is None:
        return ""
    return (
        f"{amount(told.exact, told.rule.type)}，{rounding(told.quantum, told.mode, told.rule.type)}"
    )


def test_sentence(test: ir.Expression, held: bool) -> str:
    """A condition that was tried."""
    return f"{'符合' if held else '不符合'}“{formula(test)}”"


def _place_sentence(node: ir.Rank, place: ir.Value) -> str:
    """`按年龄从高到低排第 2 名`; who does not count has no place."""
    among = ""
    if node.when is not None:
        if not place:
            return f"{test_sentence(node.when, held=False)}，不排名次"
        among = f"在{test_sentence(node.when, held=True)}的成员中"
    return f"{among}按{formula(node.key)}{_direction(node)}排第 {int(place)} 名"


def value_sentence(told: Told) -> str:
    """The value of a step; a condition is met or not."""
    if told.rule.type == YesNo():
        return "是" if told.value else "否"
    return amount(told.value, told.rule.type)


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


def citations(rule: ir.Rule) -> str:
    """The articles behind a rule, or that none is cited."""
    return "；".join(citation(one) for one in rule.citations) or "未注明依据"
