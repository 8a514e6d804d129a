"""Every rounding on the way to a value, and values that are rounded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.order import reads
from dibao_policy.core.problems import RoundedTwice
from dibao_policy.problem import Problem

# These hand one of their values on as it is.
_HAND_ON = {"lowest", "highest", "clamp", "negate"}


@frozen
class RoundingPlace:
    """A rounding where it stands: `rule` is the value that it is part of, `node` what is rounded, to what, and how.

    `node.stated` is false where an amount is rounded to the fen because it has a name.
    """

    rule: ir.Rule
    node: ir.Round


def roundings(program: ir.Program, name: str) -> tuple[RoundingPlace, ...]:
    """Every rounding on the way to the value of that name, in the order in which they are computed."""
    rules = {rule.name: rule for rule in program.rules}
    wanted, left = {name}, [name]
    while left:
        for one in reads(rules[left.pop()].expression):
            if isinstance(one, ir.ReadRule) and one.name in rules and one.name not in wanted:
                wanted.add(one.name)
                left.append(one.name)
    return tuple(
        RoundingPlace(rule, node)
        for rule in program.rules
        if rule.name in wanted
        for node in _rounds(rule.expression)
    )


def _rounds(expression: ir.Expression) -> Iterator[ir.Round]:
    for child in ir.children(expression):
        yield from _rounds(child)
    if isinstance(expression, ir.Round):
        yield expression


def rounded_twice(program: ir.Program) -> Iterator[Problem]:
    """Values that are rounded again after some rule's own words have brought them to a step.

    Rounding to the fen, which every named amount gets, changes nothing of what was rounded to a coarser step;
    of what was rounded to half a fen it does.
    """
    rules = {rule.name: rule for rule in program.rules}
    known: dict[str, tuple[ir.Round, ...]] = {}
    for rule in program.rules:
        for node in _rounds(rule.expression):
            for earlier in _handed_on(node.operand, rules, known):
                # To a multiple of the step that it already has, nothing is lost a second time.
                if (earlier.quantum / node.quantum).denominator != 1:
                    yield RoundedTwice(
                        span=node.span,
                        name=rule.name,
                        first=shown(earlier.quantum, earlier.type),
                        second=shown(node.quantum, node.type),
                        related=(earlier.span,),
                    )
        known[rule.name] = tuple(_handed_on(rule.expression, rules, known))


def _handed_on(
    node: ir.Expression, rules: Mapping[str, ir.Rule], known: Mapping[str, tuple[ir.Round, ...]]
) -> Iterator[ir.Round]:
    """The stated roundings whose outcome a value is, unchanged by any calculation."""
    match node:
        case ir.Round(stated=True):
            yield node
        case ir.Round(operand=operand):
            yield from _handed_on(operand, rules, known)
        case ir.ReadRule(name):
            yield from known.get(name, ())
        case ir.Choose(cases=cases, otherwise=otherwise):
            for value in (*(value for _, value in cases), otherwise):
                yield from _handed_on(value, rules, known)
        case ir.Operate(operation, arguments) if operation in _HAND_ON:
            for argument in arguments:
                yield from _handed_on(argument, rules, known)
