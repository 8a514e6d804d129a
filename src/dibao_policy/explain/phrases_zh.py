"""Expressions in Chinese: in the names of their parts, or in the figures of one household.

What a clause of a block stands for is told by its word: `…，封顶 30,000元/年`, not `较小(…)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.explain.names_zh import Reading, amount, leaf_name, rounding
from dibao_policy.explain.shapes import is_decision_day, is_leaf, subject_of_parts, subject_of_test

_AGGREGATES = {
    "sum": "合计", "count": "人数", "any": "存在", "all": "全部", "maximum": "最大", "minimum": "最小",
}  # fmt: skip

# How tightly each operation binds; what binds less is put in brackets.
_TIGHTNESS = {
    "or": 1, "and": 2, "not": 3,
    "less": 4, "at_most": 4, "greater": 4, "at_least": 4, "equal": 4, "unequal": 4,
    "add": 5, "multiply": 6, "divide": 6, "negate": 7,
}  # fmt: skip


def formula(node: ir.Expression, own: str = "") -> str:
    """An expression in the names of its parts; those of the block `own` go by their labels."""
    return phrase(node, Reading(lambda one: leaf_name(one, own), lambda one: None, own))


def phrase(node: ir.Expression, reading: Reading, outside: int = 0) -> str:
    """An expression as it is read; `outside` is how tightly the operation around it binds."""
    match node:
        case ir.Literal() | ir.ReadFact() | ir.ReadRule() | ir.Lookup():
            return reading.leaf(node)
        case ir.Operate(clause=clause) if clause in _CLAUSES:
            text = _CLAUSES[clause](node, reading)
            return f"({text})" if _needs_brackets(text, outside) else text
        case ir.Operate("highest", (_, ir.Literal(value=0))):
            text = _not_below_zero(node, reading)
            return f"({text})" if _needs_brackets(text, outside) else text
        case ir.Operate(operation, arguments):
            return _operation(operation, arguments, reading, outside)
        case ir.Round(operand, quantum, mode, stated):
            inner = phrase(operand, reading)
            return f"{inner} {rounding(quantum, mode, node.type)}" if stated else inner
        case ir.Choose():
            return _choice(node, reading)
        case ir.Aggregate():
            return _aggregate(node, reading)
        case ir.Rank(key, when):
            # Inside, each member has figures of its own: only the outcome is one figure.
            condition = f" 当 {formula(when)}" if when is not None else ""
            rank = f"第几(成员 按 {formula(key)} {direction(node)}{condition})"
            return rank if reading.leaf(node) == "…" else reading.leaf(node)
    return "…"


def direction(node: ir.Rank) -> str:
    """From which end the members are counted."""
    return "从高到低" if node.descending else "从低到高"


def _operation(
    operation: str, arguments: tuple[ir.Expression, ...], reading: Reading, outside: int
) -> str:
    row = TABLE[operation]
    tightness = _TIGHTNESS.get(operation, 9)
    if row.zh:
        shown = arguments[:1] if operation == "age" and is_decision_day(arguments[1]) else arguments
        return f"{row.zh}({'，'.join(phrase(one, reading) for one in shown)})"
    if operation in ("not", "negate"):
        inner = phrase(arguments[0], reading, tightness)
        text = f"{row.sign} {inner}" if operation == "not" else f"{row.sign}{inner}"
    elif operation == "add":
        text = phrase(arguments[0], reading, tightness)
        for one in arguments[1:]:
            if isinstance(one, ir.Operate) and one.operation == "negate":
                text += f" − {phrase(one.arguments[0], reading, tightness + 1)}"
            else:
                text += f" + {phrase(one, reading, tightness)}"
    else:
        first = phrase(arguments[0], reading, tightness)
        rest = [phrase(one, reading, tightness + (operation == "divide")) for one in arguments[1:]]
        text = f" {row.sign} ".join([first, *rest])
    return f"({text})" if tightness < outside else text


def _aggregate(node: ir.Aggregate, reading: Reading) -> str:
    # Inside, each member has figures of its own: only the outcome is one figure.
    outcome = reading.leaf(node)
    if outcome != "…":
        return outcome
    inner = "" if node.kind == "count" else f"各成员 {formula(node.body)}"
    condition = f" 当 {formula(node.when)}" if node.when is not None else ""
    other = f" 否则 {phrase(node.otherwise, reading)}" if node.otherwise is not None else ""
    return f"{_AGGREGATES[node.kind]}({inner or '成员'}{condition}{other})"


# ── choices ───────────────────────────────────────────────────────────────


def _choice(node: ir.Choose, reading: Reading) -> str:
    """All cases by name, or with figures the one that was taken and why."""
    if reading.value(node) is not None:
        tried: list[str] = []
        for test, value in node.cases:
            asked = formula(test, reading.own)
            if reading.value(test):
                return f"(符合“{asked}”：{phrase(value, reading)})"
            tried.append(f"“{asked}”")
        return f"(不符合{'、'.join(tried)}：{phrase(node.otherwise, reading)})"
    if node.clause == "分段":
        subject = subject_of_test(node.cases[0][0])
        brackets = "，".join(
            f"{bracket(test)} → {phrase(value, reading)}" for test, value in node.cases
        )
        rest = phrase(node.otherwise, reading)
        return f"分段({formula(subject, reading.own)}：{brackets}，其余 → {rest})"
    if node.clause == "当" and isinstance(node.otherwise, ir.Literal):
        ((test, value),) = node.cases
        return f"({phrase(value, reading)} 当 {phrase(test, reading)})"
    told = "，".join(
        f"如果 {phrase(test, reading)} 那么 {phrase(value, reading)}" for test, value in node.cases
    )
    return f"({told}，否则 {phrase(node.otherwise, reading)})"


def bracket(test: ir.Expression, own: str = "") -> str:
    """`≤ 17岁`: up to where a bracket goes."""
    assert isinstance(test, ir.Operate)
    return f"{TABLE[test.operation].sign} {formula(test.arguments[1], own)}"


# ── clauses ───────────────────────────────────────────────────────────────

_Clause = Callable[[ir.Operate, Reading], str]


def _limit(word: str, says: str) -> _Clause:
    """A floor or a ceiling: told where it acts, and with its figure where that is not plain from the rule."""

    def told(node: ir.Operate, reading: Reading) -> str:
        value, end = node.arguments
        worth, limit = reading.value(value), reading.value(end)
        if worth is None or limit is None:
            return f"{phrase(value, reading)}，{word} {phrase(end, reading)}"
        if reading.value(node) != worth:
            return f"{_with_value(value, reading)}，{word} {_with_value(end, reading)}"
        if isinstance(end, ir.Literal) or (not worth and not worth > limit and word != "至少"):
            return phrase(value, reading)
        return f"{_with_value(value, reading)}（{says} {_with_value(end, reading)}）"

    return told


def _with_value(node: ir.Expression, reading: Reading) -> str:
    """`1,000元/月 × 50% = 500元/月`."""
    text = phrase(node, reading)
    value = reading.value(node)
    shown = "" if value is None else amount(value, node.type)
    return text if not shown or is_leaf(node) or says(text, shown) else f"{text} = {shown}"


def says(text: str, shown: str) -> bool:
    """Whether figures already end in what they come to: `…，封顶 30,000元/年`, `… = 5元/月（不低于 3元/月）`."""
    return (
        text == shown
        or text.startswith(f"{shown}（")
        or re.fullmatch(rf"\S+ {re.escape(shown)}", text) is not None
        or f"= {shown}（" in text
        or text.endswith(
            (f"= {shown}", f"都是 {shown}", *(f"，{word} {shown}" for word in _LIMIT_WORDS))
        )
    )


def _not_below_zero(node: ir.Operate, reading: Reading) -> str:
    value = node.arguments[0]
    worth = reading.value(value)
    if worth is None:
        return phrase(value, reading) if is_leaf(value) else f"{phrase(value, reading)}，不低于零"
    if reading.value(node) == worth:
        return phrase(value, reading)
    return f"{_with_value(value, reading)}，低于零的按零计"


def _left(node: ir.Operate, reading: Reading) -> str:
    value = node.arguments[0]
    if reading.value(value) == reading.value(node):
        return phrase(value, reading)
    return f"{_with_value(value, reading)}，已经扣完"


def _above_deductible(node: ir.Operate, reading: Reading) -> str:
    above = node.arguments[0]
    assert isinstance(above, ir.Operate)
    base, minus = above.arguments
    assert isinstance(minus, ir.Operate)
    deductible = minus.arguments[0]
    if isinstance(deductible, ir.Literal) and deductible.value == 0:
        return phrase(base, reading)
    worth = reading.value(above)
    if worth is None:
        return f"{phrase(base, reading, 5)} − 起付线 {phrase(deductible, reading, 6)}"
    if reading.value(node) == worth:
        return f"{phrase(base, reading, 5)} − {phrase(deductible, reading, 6)}"
    return f"{phrase(base, reading)} 没有超过起付线 {phrase(deductible, reading)}，按零计"


def _highest(node: ir.Operate, reading: Reading) -> str:
    names = [leaf_name(one, reading.own) for one in node.arguments]
    if reading.value(node) is None:
        return f"{'、'.join(names)} 中最高的一项"
    given = _given(node, reading)
    if not given:
        return f"各项都是 {amount(Fraction(0), node.type)}"
    return f"{'、'.join(given)}" + (" 中最高的一项" if len(given) > 1 else "")


def _cumulative(node: ir.Operate, reading: Reading) -> str:
    if reading.value(node) is None:
        return _operation("add", node.arguments, reading, 0)
    return " + ".join(_given(node, reading)) or f"各项都是 {amount(Fraction(0), node.type)}"


def _given(node: ir.Operate, reading: Reading) -> list[str]:
    """The parts that are not zero, each with its name."""
    return [
        f"{leaf_name(one, reading.own)} {reading.leaf(one)}"
        for one in node.arguments
        if reading.value(one)
    ]


def _requirements(node: ir.Operate, reading: Reading) -> str:
    names = [leaf_name(one, reading.own) for one in node.arguments]
    unmet = [
        name
        for name, one in zip(names, node.arguments, strict=True)
        if reading.value(one) is not None and not reading.value(one)
    ]
    if unmet:
        return f"不符合 {'、'.join(unmet)}"
    return f"{'、'.join(names)} 都符合"


def _excepted(node: ir.Operate, reading: Reading) -> str:
    test, *waivers = node.arguments
    names = [leaf_name(one, reading.own).rpartition("的")[2] for one in waivers]
    if reading.value(node) is None:
        return f"{phrase(test, reading, 2)}，例外：{'、'.join(names)}"
    if reading.value(test):
        return phrase(test, reading)
    held = [name for name, one in zip(names, waivers, strict=True) if reading.value(one)]
    told = f"属于例外 {'、'.join(held)}" if held else f"也不属于例外 {'、'.join(names)}"
    return f"{phrase(test, reading, 2)} 不成立，{told}"


def _going_on(node: ir.Operate, reading: Reading) -> str:
    test, *going_on = node.arguments
    later = " 或 ".join(phrase(one, reading, 2) for one in going_on)
    return f"{phrase(test, reading, 2)}，或者在过渡期内：{later}"


def _part(node: ir.Operate, reading: Reading) -> str:
    """`超过 10,000元/年、不超过 30,000元/年 的部分`."""
    if reading.value(node) is not None:
        return amount(reading.value(node), node.type)  # type: ignore[arg-type]
    inside = node.arguments[0]
    assert isinstance(inside, ir.Operate)
    _, low, *high = inside.arguments
    above = isinstance(low, ir.Literal) and low.value == 0
    ends = [] if above else [f"超过 {phrase(low, reading, 5)}"]
    ends += [f"不超过 {phrase(one, reading, 5)}" for one in high]
    return f"{'、'.join(ends)} 的部分"


def _parts(node: ir.Operate, reading: Reading) -> str:
    """The parts of a number, each times its rate; parts in which nothing lies are left out of the figures."""
    subject = subject_of_parts(node)
    if reading.value(node) is None:
        parts = "，".join(phrase(one, reading) for one in node.arguments)
        return f"{phrase(subject, reading)} 分段计算：{parts}"
    counted = [one for one in node.arguments if reading.value(one)]
    if not counted and not reading.value(subject):
        return phrase(subject, reading)
    if not counted:
        return f"{_with_value(subject, reading)}，各段都是 {amount(Fraction(0), node.type)}"
    parts = " + ".join(phrase(one, reading) for one in counted)
    if len(counted) == 1 and is_leaf(subject):
        return parts
    return f"{_with_value(subject, reading)}，分段计算 {parts}"


def _between(node: ir.Operate, reading: Reading) -> str:
    above, below = node.arguments
    assert isinstance(above, ir.Operate)
    assert isinstance(below, ir.Operate)
    subject = phrase(above.arguments[0], reading, _TIGHTNESS["add"])
    ends = (phrase(one.arguments[1], reading, _TIGHTNESS["add"]) for one in (above, below))
    return f"{subject} 在 {' .. '.join(ends)}"


def _one_of(node: ir.Operate, reading: Reading) -> str:
    equals = [one for one in node.arguments if isinstance(one, ir.Operate)]
    subject = phrase(equals[0].arguments[0], reading, _TIGHTNESS["add"])
    options = (phrase(one.arguments[1], reading, _TIGHTNESS["add"]) for one in equals)
    return f"{subject} 属于 {{{'，'.join(options)}}}"


_LIMITS: dict[str, tuple[str, str]] = {
    "至少": ("至少", "不低于"),
    "至多": ("至多", "不超过"),
    "封顶": ("封顶", "不超过"),
    "推定": ("至少按推定的", "不低于推定的"),
    "依次": ("不超过还没有扣完的", "还没有扣完的有"),
    "扣减合计": ("合计至多", "合计不超过"),
}
_LIMIT_WORDS = [word for word, _ in _LIMITS.values()]

_CLAUSES: dict[str, _Clause] = {
    **{clause: _limit(*words) for clause, words in _LIMITS.items()},
    "不低于零": _not_below_zero,
    "剩余": _left,
    "起付": _above_deductible,
    "就高": _highest,
    "叠加": _cumulative,
    "要求": _requirements,
    "例外": _excepted,
    "过渡": _going_on,
    "部分": _part,
    "累进": _parts,
    "在": _between,
    "属于": _one_of,
}


def is_sentence(text: str) -> bool:
    """Whether a clause is told in words, not as a sum."""
    return "，" in text


def _needs_brackets(text: str, outside: int) -> bool:
    """Whether what a clause says has to be held together inside another operation."""
    if not outside or text.endswith(" 的部分"):
        return False
    return is_sentence(text) or (outside > _TIGHTNESS["and"] and " " in text)
