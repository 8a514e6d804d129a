"""Values that are given instead of computed: to test one rule, to ask what if, to state an intermediate figure."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.declared import FIRST_DAY, LAST_DAY
from dibao_policy.core.integers import Computed, interval, to_integers
from dibao_policy.core.order import reads, rules_read
from dibao_policy.core.rebuild import with_children
from dibao_policy.core.types import Day, Enumerated, Number
from dibao_policy.model.resolve import template_names
from dibao_policy.problem import Problem, problem_kind
from dibao_policy.text import nearest
from dibao_policy.units import grain

_Named = TypeVar("_Named", ir.Rule, ir.Fact, ir.Table)


@problem_kind
class UnknownValue(Problem):
    """A value to assume that the policy does not have."""

    code, slug = "D3029", "unknown-value"
    zh = "要假定的 `{name}` 不是政策在这一天算出来的值"
    en = "`{name}`, which is to be assumed, is no value that the policy computes on that day"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    name: str
    near: str = ""


@problem_kind
class NotComputed(Problem):
    """A fact or a parameter that is to be assumed."""

    code, slug = "D3030", "not-computed"
    zh = "要假定的 `{name}` 是{what}，不是算出来的值"
    en = "`{name}`, which is to be assumed, is {what_en} and is not computed"
    mends_zh = ("{mend}",)
    mends_en = ("{mend_en}",)
    name: str
    what: str
    what_en: str
    mend: str
    mend_en: str


def assume(program: ir.Program, names: Iterable[str]) -> tuple[ir.Program, tuple[Problem, ...]]:
    """A program without faults, in which the named rules, or parts of blocks, are facts that a household brings.

    Such a fact has the type and the scope of its rule, and the interval that was proven for it. A number comes in
    the steps of its unit, or finer where the rule can give it finer; one without a fixed denominator in the steps
    of its unit. A rule that only fed what is assumed goes, and a fact that nothing reads any more becomes idle.
    """
    chosen, found = _chosen(program, names)
    if found or not chosen:
        return program, found
    integers, _ = to_integers(program)
    given = tuple(_fact(one) for one in integers.rules if one.rule.name in chosen)
    kept = _kept(program, chosen)
    rules = tuple(
        evolve(rule, expression=with_facts(rule.expression, chosen))
        for rule in program.rules
        if rule.name in kept
    )
    exempt = tuple(pair for pair in program.exempt if pair[1] in kept)
    used = _used(program, rules) | {name for name, _ in exempt}
    return (
        evolve(
            program,
            facts=(*(fact for fact in program.facts if fact.name in used), *given),
            tables=tuple(table for table in program.tables if table.name in used),
            rules=rules,
            exempt=exempt,
            idle=(*program.idle, *(fact for fact in program.facts if fact.name not in used)),
        ),
        (),
    )


def _chosen(
    program: ir.Program, names: Iterable[str]
) -> tuple[dict[str, ir.Rule], tuple[Problem, ...]]:
    """The rules behind the names, and what is wrong with the names."""
    rules = _by_name(program.rules)
    facts = _by_name((*program.facts, *program.idle))
    tables = _by_name(program.tables)
    chosen: dict[str, ir.Rule] = {}
    found: list[Problem] = []
    for name in names:
        if name in rules:
            chosen[rules[name].name] = rules[name]
        elif name in facts:
            mend, mend_en = "在家庭的情况里直接填写", "give it with the facts of the household"
            found.append(
                NotComputed(name=name, what="输入", what_en="an input", mend=mend, mend_en=mend_en)
            )
        elif name in tables:
            mend, mend_en = "在参数文件里写另一个数值", "write another value in the parameter file"
            found.append(
                NotComputed(
                    name=name, what="参数", what_en="a parameter", mend=mend, mend_en=mend_en
                )
            )
        else:
            found.append(UnknownValue(name=name, near=nearest(name, rules)))
    return chosen, tuple(found)


def _by_name(things: Iterable[_Named]) -> dict[str, _Named]:
    """Things under both their names."""
    return {form: one for one in things for form in (one.name, one.code) if form}


def _fact(one: Computed) -> ir.Fact:
    rule = one.rule
    step: Fraction | None = None
    match rule.type:
        case Number(unit):
            low, high = interval(one.form)
            usual = grain(unit)
            step = usual
            if one.scale is not None:
                step = Fraction(1, math.lcm(one.scale, usual.denominator))
            elif math.ceil(low / step) <= math.floor(high / step):
                low, high = math.ceil(low / step) * step, math.floor(high / step) * step
            else:
                low, high = math.floor(low / step) * step, math.ceil(high / step) * step
        case Day():
            low, high = FIRST_DAY, LAST_DAY
        case Enumerated(members=members):
            low, high = Fraction(0), Fraction(len(members) - 1)
        case _:
            low, high = Fraction(0), Fraction(1)
    return ir.Fact(
        name=rule.name,
        code=rule.code,
        scope=rule.scope,
        type=rule.type,
        low=low,
        high=high,
        default=None,
        question="",
        note=rule.note,
        assumed=True,
        step=step,
        span=rule.span,
    )


def _kept(program: ir.Program, chosen: Mapping[str, ir.Rule]) -> set[str]:
    """The rules that are still computed: those that somebody needs, or that nobody ever read."""
    readers: dict[str, set[str]] = {rule.name: set() for rule in program.rules}
    for rule in program.rules:
        for name in rules_read(rule):
            readers[name].add(rule.name)
    kept: set[str] = set()
    for rule in reversed(program.rules):
        if rule.name not in chosen and (not readers[rule.name] or readers[rule.name] & kept):
            kept.add(rule.name)
    # A sentence of a rule that stays may name a value that no rule reads.
    rules = _by_name(program.rules)
    left = [name for one in kept for name in _told(rules[one])]
    while left:
        name = left.pop()
        if name in rules and rules[name].name not in kept | chosen.keys():
            rule = rules[name]
            kept.add(rule.name)
            left += [*rules_read(rule), *_told(rule)]
    return kept


def _told(rule: ir.Rule) -> tuple[str, ...]:
    """The names in a rule's own sentences."""
    return (*template_names(rule.note), *template_names(rule.otherwise))


def _used(program: ir.Program, rules: tuple[ir.Rule, ...]) -> set[str]:
    """The facts and tables that rules read or tell of."""
    told = {name for rule in rules for name in _told(rule)}
    things: list[ir.Fact | ir.Table] = [*program.facts, *program.tables]
    return {one.name for one in things if {one.name, one.code} & told} | {
        one.table if isinstance(one, ir.Lookup) else one.name
        for rule in rules
        for one in reads(rule.expression)
    }


def with_facts(node: ir.Expression, chosen: Container[str]) -> ir.Expression:
    """An expression that reads the chosen rules as facts."""
    if isinstance(node, ir.ReadRule):
        if node.name not in chosen:
            return node
        return ir.ReadFact(node.name, node.scope, node.type, span=node.span)
    parts = tuple(with_facts(child, chosen) for child in ir.children(node))
    return with_children(node, parts)
