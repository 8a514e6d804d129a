"""What a part of a rule is, whatever the tongue that tells it."""

from __future__ import annotations

from dibao_policy.core import ir
from dibao_policy.core.types import Type
from dibao_policy.explain.account import Account, Told
from dibao_policy.model.resolve import DECISION_DAY


def is_decision_day(node: ir.Expression) -> bool:
    """Whether the day of the decision is read: an age on that day is told without it."""
    return isinstance(node, ir.ReadFact) and node.name == DECISION_DAY


def subject_of_test(test: ir.Expression) -> ir.Expression:
    """What the tests of a bracket compare."""
    return test.arguments[0] if isinstance(test, ir.Operate) else test


def is_leaf(node: ir.Expression) -> bool:
    """Whether a part has a name or a figure of its own."""
    return isinstance(node, (ir.Literal, ir.ReadFact, ir.ReadRule, ir.Lookup, ir.Aggregate))


def subject_of_parts(node: ir.Operate) -> ir.Expression:
    """The number that is taken in parts, each with a rate of its own."""
    (first, *_) = node.arguments
    while isinstance(first, ir.Operate) and first.operation != "clamp":
        first = first.arguments[0]
    assert isinstance(first, ir.Operate)
    return first.arguments[0]


def compared(test: ir.Expression) -> tuple[ir.Expression, ir.Expression]:
    """Both sides of a comparison."""
    assert isinstance(test, ir.Operate)
    first, second = test.arguments
    return first, second


def whole_number(node: ir.Expression) -> int:
    """A number that the rule states, such as a month of a taper."""
    assert isinstance(node, ir.Literal)
    return int(node.value)


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


def is_part_alone(told: Told) -> bool:
    """Whether a step takes over a part of its own block, which the test before it has already named."""
    return is_own_part(told) and bool(told.tests)


def is_own_part(told: Told) -> bool:
    """Whether a step takes over a part of its own block as it is."""
    node = told.expression
    return isinstance(node, ir.ReadRule) and node.name.startswith(f"{told.rule.origin.name}·")
