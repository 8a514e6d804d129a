"""The steps of an account in English: figures, what was asked on the way, what was not met."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dibao_policy.core import ir
from dibao_policy.core.types import YesNo
from dibao_policy.explain.account import Account, Told, Tried
from dibao_policy.explain.names_en import Names, Reading, amount, quote, rounding
from dibao_policy.explain.phrases_en import bracket, direction, formula, phrase
from dibao_policy.explain.shapes import compared, declared_type, whole_number
from dibao_policy.explain.wording_en import is_sentence, listed, says


def figures(told: Told, account: Account, names: Names) -> str:
    """The expression of a step in the figures of this household."""
    own = told.rule.origin.name

    def leaf(node: ir.Expression) -> str:
        value = told.parts.get(id(node))
        if value is None or isinstance(node, ir.Literal):
            return names.leaf(node, own)
        return amount(value, declared_type(node, account))

    if isinstance(told.expression, ir.Rank):
        return _place(told.expression, told.parts[id(told.expression)], names)
    reading = Reading(leaf, lambda node: told.parts.get(id(node)), own, names)
    return phrase(told.expression, reading)


def _place(node: ir.Rank, place: ir.Value, names: Names) -> str:
    """`place 2 by age, counted from the highest`; who does not count has no place."""
    among = ""
    if node.when is not None:
        asked = formula(node.when, names)
        if not place:
            return f"{asked}: no, so there is no place"
        among = f" among the members where {asked}"
    return f"place {int(place)} by {formula(node.key, names)}{among}, counted {direction(node)}"


def outcome(told: Told, account: Account, names: Names) -> str:
    """The figures and what they come to: `800 yuan/month × 30% = 240 yuan/month`."""
    value = amount(told.value, told.rule.type)
    shown, how = figures(told, account, names), _rounding(told)
    if isinstance(told.expression, ir.Rank) and not how:
        return shown
    if how and told.exact is not None:
        exact = amount(told.exact, told.rule.type)
        if not says(shown, exact):
            shown += f", which gives {exact}" if is_sentence(shown) else f" = {exact}"
        return f"{shown}, {how} = {value}"
    if told.rule.type == YesNo():
        said = shown == value or _is_met_or_not(told.expression)
        return shown if said else f"{shown}: {value}"
    if says(shown, value):
        return shown
    return f"{shown}, which gives {value}" if is_sentence(shown) else f"{shown} = {value}"


def _is_met_or_not(node: ir.Expression) -> bool:
    """Whether the words of an expression say already whether it holds."""
    return isinstance(node, ir.Operate) and node.clause == "要求"


def rounded(told: Told) -> str:
    """The value before rounding and how it was rounded, where rounding changed it."""
    how = _rounding(told)
    return f"{amount(told.exact, told.rule.type)}, {how}" if how and told.exact is not None else ""


def _rounding(told: Told) -> str:
    """How a value was rounded; empty where rounding changed nothing."""
    if told.exact is None or told.quantum is None or told.mode is None:
        return ""
    return rounding(told.quantum, told.mode, told.rule.type)


def refusal(told: Told, account: Account, names: Names) -> str:
    """Why a requirement was not met, by its own condition."""
    node, shown = told.expression, figures(told, account, names)
    own = told.rule.origin.name
    match node:
        case ir.Operate("or", (test, *_)) if node.clause == "例外":
            node, shown = test, shown.replace(" does not hold, ", ", ")
        case ir.Operate("not", (ir.ReadFact() | ir.ReadRule() as operand,)):
            shown = f"{names.leaf(operand, own)}: yes"
    return f"required: {formula(node, names, own)}; here: {shown}"


# ── what was asked on the way ─────────────────────────────────────────────


def tests(told: Told, names: Names) -> str:
    """The conditions that were tried on the way, one sentence per kind of clause."""
    return "; ".join(_tests(told, names))


def _tests(told: Told, names: Names) -> Iterator[str]:
    for clause, group in groupby(told.tests, lambda one: one.clause):
        tried = list(group)
        match clause:
            case "情形":
                yield from (_case(one, told, names) for one in tried)
            case "对象":
                yield _groups(tried, told)
            case "不可兼得":
                yield _excluded(tried, told, names)
            case "月份":
                yield _month(tried, told, names)
            case "分段":
                yield _bracket(tried, told, names)
            case _:
                yield from (_test(one, told, names) for one in tried)


def _test(tried: Tried, told: Told, names: Names) -> str:
    """`in work: yes`."""
    if isinstance(tried.test, ir.Operate) and tried.test.clause == "过渡":
        return _transition(tried.test, told, names)
    return f"{formula(tried.test, names, told.rule.origin.name)}: {'yes' if tried.held else 'no'}"


def _transition(test: ir.Operate, told: Told, names: Names) -> str:
    """Whether a group is meant, or the terms go on for a while for who left it."""
    own = told.rule.origin.name
    meant, *going_on = test.arguments
    asked = formula(meant, names, own)
    if told.parts.get(id(meant)):
        return f"{asked}: yes"
    later = [one for one in going_on if told.parts.get(id(one))]
    terms = " or ".join(formula(one, names, own) for one in later or going_on)
    if later:
        return f"{asked}: no longer, but within the transition ({terms})"
    return f"{asked}: no, and not within a transition ({terms})"


def _case(tried: Tried, told: Told, names: Names) -> str:
    return f"case {quote(tried.label)} ({_test(tried, told, names)})"


def _groups(tried: list[Tried], told: Told) -> str:
    """The group that counts; of several that apply, all of them."""
    last = tried[-1]
    if not last.held:
        return "none of the groups applies"
    held = [last.label]
    if isinstance(last.test, ir.Operate) and last.test.operation == "or":
        # 就高 asks of all groups at once.
        held = [
            one.name.split("·")[-2]
            for one in last.test.arguments
            if isinstance(one, ir.ReadRule) and told.parts.get(id(one))
        ]
    return f"{'group' if len(held) == 1 else 'groups'} {listed([quote(one) for one in held])}"


def _excluded(tried: list[Tried], told: Told, names: Names) -> str:
    """Because of which other assistance nothing is given, or that there is none."""
    last = tried[-1]
    if not last.held:
        others = listed([names.mentioned(one.label) for one in tried], "and no")
        return f"there is no {others}, which would exclude this"
    how_much = ""
    if isinstance(last.test, ir.Operate) and last.test.operation == "greater":
        given = last.test.arguments[0]
        how_much = f" ({amount(told.parts[id(given)], given.type)})"
    return f"there is {names.mentioned(last.label)}{how_much} already, which excludes this"


def _month(tried: list[Tried], told: Told, names: Names) -> str:
    """In which month of a taper a household is."""
    months, _ = compared(tried[0].test)
    value = told.parts[id(months)]
    shown = f"{formula(months, names, told.rule.origin.name)} {amount(value, months.type)}"
    if len(tried) == 1 and tried[0].held:
        return f"{shown}, so the phasing out has not begun"
    ends = [whole_number(compared(one.test)[1]) for one in tried]
    if not tried[-1].held:
        return f"{shown}, past the {ends[-1]} months of the phasing out"
    first, last = ends[-2] + 1, ends[-1]
    when = f"month {first}" if first == last else f"months {first} to {last}"
    return f"{shown}, in {when} of the phasing out"


def _bracket(tried: list[Tried], told: Told, names: Names) -> str:
    """Into which bracket a value falls."""
    subject, _ = compared(tried[-1].test)
    own = told.rule.origin.name
    shown = f"{formula(subject, names, own)} {amount(told.parts[id(subject)], subject.type)}"
    end = bracket(tried[-1].test, names, own)
    return f"{shown}, in the bracket {end}" if tried[-1].held else f"{shown}, not {end}"
