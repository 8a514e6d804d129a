"""Expressions in English: in the names of their parts, or in the figures of one household.

What a clause of a block stands for is told by its words: `…, capped at 30,000 yuan/year`, not `lowest(…)`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.explain.names_en import Names, Reading, amount, quote, rounding
from dibao_policy.explain.shapes import is_decision_day, is_leaf, subject_of_parts, subject_of_test
from dibao_policy.explain.wording_en import (
    AGGREGATES,
    CALLED,
    LIMITS,
    SIGNS,
    TIGHTNESS,
    held_together,
    is_sentence,
    listed,
    says,
)


def formula(node: ir.Expression, names: Names, own: str = "") -> str:
    """An expression in the names of its parts; those of the block `own` go by their labels."""
    return phrase(node, _by_names(names, own))


def _by_names(names: Names, own: str) -> Reading:
    return Reading(lambda one: names.leaf(one, own), lambda one: None, own, names)


def _named(node: ir.Expression, reading: Reading, own: str = "", outside: int = 0) -> str:
    """An expression in names, also where figures are told."""
    return phrase(node, _by_names(reading.names, own), outside)


def phrase(node: ir.Expression, reading: Reading, outside: int = 0) -> str:
    """An expression as it is read; `outside` is how tightly the operation around it binds."""
    match node:
        case ir.Literal() | ir.ReadFact() | ir.ReadRule() | ir.Lookup():
            return reading.leaf(node)
        case ir.Operate(clause=clause) if clause in _CLAUSES:
            return _clause(node, _CLAUSES[clause](node, reading), reading, outside)
        case ir.Operate("highest", (_, ir.Literal(value=0))):
            return _clause(node, _not_below_zero(node, reading), reading, outside)
        case ir.Operate(operation, arguments):
            return _operation(operation, arguments, reading, outside)
        case ir.Round(operand, quantum, mode, stated):
            if not stated:
                return phrase(operand, reading, outside)
            text = f"{phrase(operand, reading)}, {rounding(quantum, mode, node.type)}"
            return held_together(text, outside)
        case ir.Choose():
            return _choice(node, reading)
        case ir.Aggregate():
            return _aggregate(node, reading, outside)
        case ir.Rank():
            # Inside, each member has figures of its own: only the outcome is one figure.
            outcome = reading.leaf(node)
            return held_together(_rank(node, reading), outside) if outcome == "…" else outcome
    return "…"


def _operation(
    operation: str, arguments: tuple[ir.Expression, ...], reading: Reading, outside: int
) -> str:
    row = TABLE[operation]
    tightness = TIGHTNESS.get(operation, 9)
    if operation in CALLED:
        return _call(operation, arguments, reading, outside)
    sign = SIGNS.get(operation, row.sign)
    if operation in ("not", "negate"):
        inner = phrase(arguments[0], reading, tightness)
        text = f"{sign} {inner}" if operation == "not" else f"{sign}{inner}"
    elif operation == "add":
        text = phrase(arguments[0], reading, tightness)
        for one in arguments[1:]:
            if isinstance(one, ir.Operate) and one.operation == "negate" and not one.clause:
                text += f" − {phrase(one.arguments[0], reading, tightness + 1)}"
            else:
                text += f" + {phrase(one, reading, tightness)}"
    else:
        first = phrase(arguments[0], reading, tightness)
        rest = [phrase(one, reading, tightness + (operation == "divide")) for one in arguments[1:]]
        text = f" {sign} ".join([first, *rest])
    return f"({text})" if tightness < outside else text


def _call(
    operation: str, arguments: tuple[ir.Expression, ...], reading: Reading, outside: int
) -> str:
    shown = arguments
    if operation == "age" and is_decision_day(arguments[1]):
        shown = arguments[:1]
    inner = [phrase(one, reading) for one in shown]
    if operation == "age":
        return held_together(CALLED[operation].format(" to ".join(inner)), outside)
    text = CALLED[operation]
    text = text.format(*inner) if "{0}" in text else text.format(", ".join(inner))
    return text if text.endswith(")") else held_together(text, outside)


def _aggregate(node: ir.Aggregate, reading: Reading, outside: int) -> str:
    # Inside, each member has figures of its own: only the outcome is one figure.
    outcome = reading.leaf(node)
    if outcome != "…":
        return outcome
    body = _named(node.body, reading, outside=TIGHTNESS["add"])
    when = "" if node.when is None else _named(node.when, reading)
    text = AGGREGATES[node.kind][node.when is not None].format(body, when)
    if node.otherwise is not None:
        text += f", or else {phrase(node.otherwise, reading)}"
    return f"({text})" if outside else text


def _rank(node: ir.Rank, reading: Reading) -> str:
    among = ""
    if node.when is not None:
        among = f" among the members where {_named(node.when, reading)}"
    return f"place by {_named(node.key, reading)}{among}, counted {direction(node)}"


def direction(node: ir.Rank) -> str:
    """From which end the members are counted."""
    return "from the highest" if node.descending else "from the lowest"


# ── choices ───────────────────────────────────────────────────────────────


def _choice(node: ir.Choose, reading: Reading) -> str:
    """All cases by name, or with figures the one that was taken and why."""
    if reading.value(node) is not None:
        tried: list[str] = []
        for test, value in node.cases:
            asked = _named(test, reading, reading.own)
            if reading.value(test):
                return f"({asked}: yes, so {phrase(value, reading)})"
            tried.append(f"{asked}: no")
        return f"({'; '.join(tried)}, so {phrase(node.otherwise, reading)})"
    if node.clause == "分段":
        brackets = "; ".join(
            f"{bracket(test, reading.names)} → {phrase(value, reading)}"
            for test, value in node.cases
        )
        subject = _named(subject_of_test(node.cases[0][0]), reading, reading.own)
        return f"(by {subject}: {brackets}; above → {phrase(node.otherwise, reading)})"
    if node.clause == "当" and isinstance(node.otherwise, ir.Literal):
        ((test, value),) = node.cases
        return f"({phrase(value, reading)} where {phrase(test, reading)})"
    told = "; ".join(
        f"if {phrase(test, reading)}, {phrase(value, reading)}" for test, value in node.cases
    )
    return f"({told}; otherwise {phrase(node.otherwise, reading)})"


def bracket(test: ir.Expression, names: Names, own: str = "") -> str:
    """`up to 17 years old`: up to where a bracket goes."""
    assert isinstance(test, ir.Operate)
    word = "up to" if test.operation == "at_most" else "below"
    return f"{word} {formula(test.arguments[1], names, own)}"


# ── clauses ───────────────────────────────────────────────────────────────

_Clause = Callable[[ir.Operate, Reading], str]


def _limit(word: str, says: str) -> _Clause:
    """A floor or a ceiling: told where it acts, and with its figure where that is not plain from the rule."""

    def told(node: ir.Operate, reading: Reading) -> str:
        value, end = node.arguments
        worth, limit = reading.value(value), reading.value(end)
        if worth is None or limit is None:
            return f"{phrase(value, reading)}, {word} {phrase(end, reading)}"
        if reading.value(node) != worth:
            return f"{_with_value(value, reading)}, {word} {_with_value(end, reading)}"
        if isinstance(end, ir.Literal) or (
            not worth and not worth > limit and word != LIMITS["至少"][0]
        ):
            return phrase(value, reading)
        return f"{_with_value(value, reading)} ({says} {_with_value(end, reading)})"

    return told


def _with_value(node: ir.Expression, reading: Reading) -> str:
    """`1,000 yuan/month × 50% = 500 yuan/month`."""
    text = phrase(node, reading)
    value = reading.value(node)
    shown = "" if value is None else amount(value, node.type)
    return text if not shown or is_leaf(node) or says(text, shown) else f"{text} = {shown}"


def _not_below_zero(node: ir.Operate, reading: Reading) -> str:
    value = node.arguments[0]
    worth = reading.value(value)
    if worth is None:
        text = phrase(value, reading)
        return text if is_leaf(value) else f"{text}, not below zero"
    if reading.value(node) == worth:
        return phrase(value, reading)
    return f"{_with_value(value, reading)}, below zero and counted as zero"


def _left(node: ir.Operate, reading: Reading) -> str:
    value = node.arguments[0]
    if reading.value(value) == reading.value(node):
        return phrase(value, reading)
    return f"{_with_value(value, reading)}, so nothing is left"


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
        return f"{phrase(base, reading, 5)} − deductible {phrase(deductible, reading, 6)}"
    if reading.value(node) == worth:
        return f"{phrase(base, reading, 5)} − {phrase(deductible, reading, 6)}"
    least = phrase(deductible, reading)
    return f"{phrase(base, reading)} is not above the deductible {least}, counted as zero"


def _highest(node: ir.Operate, reading: Reading) -> str:
    if reading.value(node) is None:
        return f"the highest of {listed([reading.name(one) for one in node.arguments])}"
    given = _given(node, reading)
    if not given:
        return f"each is {amount(Fraction(0), node.type)}"
    return f"the highest of {listed(given)}" if len(given) > 1 else given[0]


def _cumulative(node: ir.Operate, reading: Reading) -> str:
    if reading.value(node) is None:
        return _operation("add", node.arguments, reading, 0)
    return " + ".join(_given(node, reading)) or f"each is {amount(Fraction(0), node.type)}"


def _given(node: ir.Operate, reading: Reading) -> list[str]:
    """The parts that are not zero, each with its name."""
    return [
        f"{reading.name(one)} {reading.leaf(one)}" for one in node.arguments if reading.value(one)
    ]


def _requirements(node: ir.Operate, reading: Reading) -> str:
    unmet = [
        reading.name(one)
        for one in node.arguments
        if reading.value(one) is not None and not reading.value(one)
    ]
    if unmet:
        return f"not met: {listed(unmet)}"
    return f"all met: {listed([reading.name(one) for one in node.arguments])}"


def _excepted(node: ir.Operate, reading: Reading) -> str:
    test, *waivers = node.arguments
    names = [quote(one.name.rpartition("·")[2]) for one in waivers if isinstance(one, ir.ReadRule)]
    if reading.value(node) is None:
        word = "exception" if len(names) == 1 else "exceptions"
        return f"{phrase(test, reading, 2)}, with the {word} {listed(names)}"
    if reading.value(test):
        return phrase(test, reading)
    held = [name for name, one in zip(names, waivers, strict=True) if reading.value(one)]
    told = f"but by exception {listed(held)}" if held else f"and no exception {listed(names, 'or')}"
    return f"{phrase(test, reading, 2)} does not hold, {told}"


def _going_on(node: ir.Operate, reading: Reading) -> str:
    test, *going_on = node.arguments
    later = " or ".join(phrase(one, reading, 2) for one in going_on)
    return f"{phrase(test, reading, 2)}, or within the transition: {later}"


def _part(node: ir.Operate, reading: Reading) -> str:
    """`the part above 10,000 yuan/year and up to 30,000 yuan/year`."""
    value = reading.value(node)
    if value is not None:
        return amount(value, node.type)
    inside = node.arguments[0]
    assert isinstance(inside, ir.Operate)
    _, low, *high = inside.arguments
    above = isinstance(low, ir.Literal) and low.value == 0
    ends = [] if above else [f"above {phrase(low, reading, 5)}"]
    ends += [f"up to {phrase(one, reading, 5)}" for one in high]
    return f"the part {' and '.join(ends)}"


def _parts(node: ir.Operate, reading: Reading) -> str:
    """The parts of a number, each times its rate; parts in which nothing lies are left out of the figures."""
    subject = subject_of_parts(node)
    if reading.value(node) is None:
        parts = " + ".join(phrase(one, reading) for one in node.arguments)
        return f"{phrase(subject, reading)}, taken in parts: {parts}"
    counted = [one for one in node.arguments if reading.value(one)]
    parts = " + ".join(phrase(one, reading) for one in counted)
    if not counted:
        text = phrase(subject, reading)
        return text if is_sentence(text) else f"{text}, of which no part counts"
    if len(counted) == 1 and is_leaf(subject):
        return parts
    return f"{_with_value(subject, reading)}, taken in parts: {parts}"


def _between(node: ir.Operate, reading: Reading) -> str:
    above, below = node.arguments
    assert isinstance(above, ir.Operate)
    assert isinstance(below, ir.Operate)
    subject = phrase(above.arguments[0], reading, TIGHTNESS["add"])
    ends = (phrase(one.arguments[1], reading, TIGHTNESS["add"]) for one in (above, below))
    return f"{subject} is from {' to '.join(ends)}"


def _one_of(node: ir.Operate, reading: Reading) -> str:
    equals = [one for one in node.arguments if isinstance(one, ir.Operate)]
    subject = phrase(equals[0].arguments[0], reading, TIGHTNESS["add"])
    options = [phrase(one.arguments[1], reading, TIGHTNESS["add"]) for one in equals]
    return f"{subject} is {listed(options, 'or')}"


_CLAUSES: dict[str, _Clause] = {
    **{clause: _limit(*words) for clause, words in LIMITS.items()},
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


def _clause(node: ir.Operate, text: str, reading: Reading, outside: int) -> str:
    """What a clause says; where it says nothing beside the name of what it acts on, that name."""
    first: ir.Expression = node
    while isinstance(first, ir.Operate):
        first = first.arguments[0]
    is_name = is_leaf(first) and text == reading.leaf(first)
    return text if is_name else held_together(text, outside)
