"""The second reading of each kind of block: one function per kind, as the manual tells it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from dibao_policy.syntax import tree

from . import reading
from .reading import Member, Reading, Value

NOTHING = Fraction(0)


def rule(run: Reading, node: tree.Rule, name: str, member: Member) -> Value:
    """What a rule comes to, or one of the deductions of an income."""
    match node:
        case tree.Define():
            return define(run, node, member)
        case tree.Income():
            return income(run, node, member)[name]
        case tree.Eligibility():
            return eligibility(run, node, member)
        case tree.Benefit():
            return benefit(run, node, member)
        case tree.Graded():
            return graded(run, node, member)
        case tree.Select():
            return select(run, node, member)
        case tree.Taper():
            return taper(run, node, member)
        case tree.Special():
            return special(run, node, member)
        case tree.CrossCheck():
            return reading.holds(run, node.expression, member)
    raise AssertionError(node)


def to_fen(amount: Fraction) -> Fraction:
    """An amount of money that has a name: whole fen, a half goes up."""
    return Fraction(math.floor(amount + Fraction(1, 2)))


def settled(node: tree.Rule, value: Fraction) -> Fraction:
    """A number as its rule leaves it: rounded as the rule says; money otherwise to the fen."""
    if node.rounding is not None:
        return reading.rounded(value, node.rounding)
    assert not isinstance(node, (tree.Eligibility, tree.CrossCheck))
    return to_fen(value) if node.type.text.startswith("元") else value


def define(run: Reading, node: tree.Define, member: Member) -> Value:
    """定义: the expression."""
    value = reading.read(run, node.expression, member)
    return settled(node, value) if isinstance(value, Fraction) and not node.exact else value


def _clauses(run: Reading, clauses: Sequence[tree.Clause], member: Member) -> Fraction:
    return sum(
        (
            reading.number(run, one.expression, member)
            for one in clauses
            if reading.holds(run, one.when, member)
        ),
        NOTHING,
    )


def income(run: Reading, node: tree.Income, member: Member) -> dict[str, Fraction]:
    """收入: what is counted, less the deductions; the whole and each deduction by name."""
    counted = _clauses(run, node.counted, member)
    if node.in_order and node.deductions:
        # What the deductions take from, one after the other, is a named amount.
        counted = to_fen(counted)
    taken: dict[str, Fraction] = {}
    for one in node.deductions:
        amount = reading.number(run, one.clause.expression, member)
        if one.at_most is not None:
            amount = min(amount, reading.number(run, one.at_most, member))
        if node.in_order:
            amount = min(amount, max(counted - sum(taken.values(), NOTHING), NOTHING))
        applies = reading.holds(run, one.clause.when, member)
        taken[one.name.text] = to_fen(amount) if applies else NOTHING
    together = sum(taken.values(), NOTHING)
    if node.deductions_at_most is not None:
        ceiling = reading.number(run, node.deductions_at_most.expression, member)
        together = min(together, ceiling)
    total = counted - together
    if node.at_least is not None:
        total = max(total, reading.number(run, node.at_least.expression, member))
    for imputed in node.imputed:
        if reading.holds(run, imputed.when, member):
            total = max(total, reading.number(run, imputed.expression, member))
    return {**taken, node.name.text: settled(node, total)}


def eligibility(run: Reading, node: tree.Eligibility, member: Member) -> bool:
    """资格: each requirement is met, or an exception to it holds."""
    return all(
        reading.holds(run, one.condition, member)
        or any(reading.holds(run, waiver.condition, member) for waiver in one.waivers)
        for one in node.requirements
    )


def _limited(
    run: Reading, node: tree.Benefit | tree.Special, amount: Fraction, member: Member
) -> Fraction:
    """No less than the floor; and then, whatever the floor, no more than the ceiling."""
    if node.at_least is not None:
        amount = max(amount, reading.number(run, node.at_least.expression, member))
    if node.at_most is not None:
        amount = min(amount, reading.number(run, node.at_most.expression, member))
    return amount


def benefit(run: Reading, node: tree.Benefit, member: Member) -> Fraction:
    """救助: the amount between its limits, where the condition holds."""
    if not reading.holds(run, node.when, member):
        return NOTHING
    amount = reading.number(run, node.amount.expression, member)
    return settled(node, _limited(run, node, amount, member))


def graded(run: Reading, node: tree.Graded, member: Member) -> Fraction:
    """分类施保: the highest of the categories, or all together; one that does not apply is nothing."""
    if not reading.holds(run, node.when, member):
        return NOTHING
    amounts = [
        to_fen(reading.number(run, one.amount, member))
        if reading.holds(run, one.condition, member)
        else NOTHING
        for one in node.categories
    ]
    return settled(node, max(amounts) if node.highest else sum(amounts, NOTHING))


def select(run: Reading, node: tree.Select, member: Member) -> Value:
    """择一: the case that holds; in order the first of them; the rest where none does."""
    held = [one.amount for one in node.cases if reading.holds(run, one.condition, member)]
    if not node.in_order:
        assert len(held) <= 1, node
    if not held:
        assert node.otherwise is not None, node
        held = [node.otherwise.expression]
    value = reading.read(run, held[0], member)
    return settled(node, value) if isinstance(value, Fraction) else value


def taper(run: Reading, node: tree.Taper, member: Member) -> Fraction:
    """渐退: the share of the month that has begun, of a base that is above zero."""
    if not reading.holds(run, node.when, member):
        return NOTHING
    month = math.ceil(reading.number(run, node.months, member))
    share = NOTHING
    for stage in node.stages:
        if stage.first <= month <= stage.last:
            share = reading.number(run, stage.rate, member)
    base = max(reading.number(run, node.base.expression, member), NOTHING)
    return settled(node, base * share)


def special(run: Reading, node: tree.Special, member: Member) -> Fraction:
    """专项: what the terms give to the group that counts, between the limits, unless other help is given."""
    if not reading.holds(run, node.when, member):
        return NOTHING
    for exclusion in node.excludes:
        if any(_is_given(run, node, one.text, member) for one in exclusion.names):
            return NOTHING
    base = _base(run, node, member)
    amounts = [
        to_fen(_by_terms(run, group.terms, base, member))
        if _is_meant(run, node, group, member)
        else None
        for group in node.groups
    ]
    meant = [one for one in amounts if one is not None]
    if not meant:
        return NOTHING
    if node.several == "highest":
        # A group that is not meant is nothing, which may be more than an amount below zero.
        amount = max(one or NOTHING for one in amounts)
    else:
        assert len(meant) == 1 or node.several == "in_order", node
        amount = meant[0]
    return settled(node, _limited(run, node, amount, member))


def _is_given(run: Reading, node: tree.Special, name: str, member: Member) -> bool:
    """Whether other help is given: to the person, or, for a household, to any of its members."""
    of_all = node.scope == "household" and reading.scope_of(run, name) == "member"
    values = [
        reading.named(run, name, (), one) for one in (range(run.size) if of_all else (member,))
    ]
    return any(value is True or (isinstance(value, Fraction) and value > 0) for value in values)


def _base(run: Reading, node: tree.Special, member: Member) -> Fraction:
    """The base, less what was paid of it already."""
    if node.base is None:
        return NOTHING
    base = reading.number(run, node.base.expression, member)
    if not node.less:
        return base
    for one in node.less:
        paid = reading.named(run, one.text, (), member)
        assert isinstance(paid, Fraction)
        base -= paid
    return to_fen(max(base, NOTHING))


def _is_meant(run: Reading, node: tree.Special, group: tree.Group, member: Member) -> bool:
    """Whether somebody is in a group, or left it and is still treated alike."""
    left = [one.condition for one in node.transitions if one.group == group.label]
    return any(reading.holds(run, one, member) for one in (group.condition, *left))


def _by_terms(run: Reading, terms: tree.Terms, base: Fraction, member: Member) -> Fraction:
    """What a group's terms give on the base."""
    if terms.fixed is not None:
        return reading.number(run, terms.fixed, member)
    if terms.deductible is not None:
        base -= reading.number(run, terms.deductible, member)
    base = max(base, NOTHING)
    if terms.progressive is not None:
        brackets, otherwise = terms.progressive
        amount = reading.by_parts(run, base, brackets, otherwise, member)
    else:
        assert terms.rate is not None
        amount = base * reading.number(run, terms.rate, member)
    if terms.ceiling is not None:
        amount = min(amount, reading.number(run, terms.ceiling, member))
    return amount
