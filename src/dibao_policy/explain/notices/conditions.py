"""Each condition of each entitlement, met or not, with its two figures."""

from __future__ import annotations

from collections.abc import Iterator

from dibao_policy.core import ir
from dibao_policy.core.ops import TABLE
from dibao_policy.explain.account import Told
from dibao_policy.explain.notices.document import Line, Mark
from dibao_policy.explain.notices.maker import Maker, is_condition
from dibao_policy.explain.shapes import declared_type


def conditions(maker: Maker) -> Iterator[Line]:
    """An entitlement and its requirements; of members, those of whom something is asked."""
    for steps in maker.results():
        if is_condition(steps[0].rule):
            for told in steps:
                yield from _entitlement(maker, told)


def told_by_conditions(maker: Maker) -> frozenset[str]:
    """The rules that the conditions tell of: the requirements, and what they alone read."""
    return frozenset(
        told.rule.name for told in maker.account.steps if told.rule.origin.clause == "要求"
    )


def _entitlement(maker: Maker, whole: Told) -> Iterator[Line]:
    asked = [
        told
        for told in maker.account.steps
        if told.rule.origin.name == whole.rule.origin.name
        and told.rule.origin.clause == "要求"
        and told.member == whole.member
    ]
    if not asked:
        return
    name, who = maker.tongue.name(whole.rule), maker.who(whole.member)
    key = ("all_met" if whole.value else "not_all_met") + ("_member" if who else "")
    head = maker.tongue.say(key, name=name, who=who)
    details = tuple(_requirement(maker, told) for told in asked)
    yield Line(head, "met" if whole.value else "unmet", details)


def _requirement(maker: Maker, told: Told) -> Line:
    label, text = maker.tongue.label(told), _asked(maker, told)
    mark: Mark = "met" if told.value else "unmet"
    key = "requirement_met" if told.value else "requirement_unmet"
    if not maker.may_see_behind(told):
        key += "_alone"
    sentence = maker.tongue.say(key, label=label, figures=text)
    return Line(sentence, mark, (), maker.tongue.citations(told.citations))


def _asked(maker: Maker, told: Told) -> str:
    """The two figures and how they stand to each other; of what is no comparison, what held and what did not."""
    node = told.expression
    if isinstance(node, ir.Operate) and node.clause == "例外":
        # Met through an exception, it is told whole: the comparison alone would read as not met.
        if not told.parts[id(node.arguments[0])]:
            return maker.tongue.figures(told, maker.account)
        node = node.arguments[0]
    return _told(maker, told, node) or maker.tongue.figures(told, maker.account)


def _told(maker: Maker, told: Told, node: ir.Expression) -> str:
    """A condition in figures; empty where it can only be told whole."""
    match node:
        case ir.Operate(operation, (left, right)) if operation in _COMPARED and not node.clause:
            how = maker.tongue.comparison(operation, bool(told.parts[id(node)]))
            sides = _sides(maker, told, left, right)
            return maker.tongue.say("compared", left=sides[0], how=how, right=sides[1])
        case ir.Operate("and" | "or", arguments) if not node.clause:
            parts = [_told(maker, told, one) for one in arguments]
            return maker.tongue.say("and_so_on").join(parts) if all(parts) else ""
        case ir.Operate("not", (operand,)):
            return _told(maker, told, operand) if not isinstance(operand, ir.Operate) else ""
        case ir.ReadRule(name):
            behind = maker.of(name, told.member)
            if behind is not None and isinstance(behind.expression, ir.Operate):
                compared = _told(maker, behind, behind.expression)
                if compared and behind.expression.operation in _COMPARED:
                    return compared
            return _fact(maker, told, node)
        case ir.ReadFact():
            return _fact(maker, told, node)
    return ""


def _fact(maker: Maker, told: Told, node: ir.Expression) -> str:
    """`财产符合规定：是`."""
    name = maker.tongue.formula(node, told.rule.origin.name)
    amount = maker.tongue.amount(told.parts[id(node)], node.type)
    return maker.tongue.say("fact", name=name, amount=amount)


_COMPARED = frozenset(row.name for row in TABLE.values() if row.signature == "order") | {
    "equal",
    "unequal",
}


def _sides(maker: Maker, told: Told, left: ir.Expression, right: ir.Expression) -> tuple[str, str]:
    """Both sides of a comparison, an endless fraction with as many decimals as tell it from the other side."""
    first, second = told.parts[id(left)], told.parts[id(right)]
    return _side(maker, told, left, second), _side(maker, told, right, first)


def _side(maker: Maker, told: Told, node: ir.Expression, other: ir.Value) -> str:
    """`人均收入 163.33元/人月`; a figure that the rule states stands alone."""
    kind = declared_type(node, maker.account)
    shown = maker.tongue.near_amount(told.parts[id(node)], kind, other)
    if isinstance(node, ir.Literal):
        return shown
    return maker.tongue.say(
        "side", name=maker.tongue.formula(node, told.rule.origin.name), amount=shown
    )
