"""Households at the line of a comparison, as cases for staff to confirm: facts, and what the policy gives today."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import yaml

from dibao_policy.core import ir
from dibao_policy.core.show import shown_value, value_text
from dibao_policy.evaluate.facts import Facts, given_value, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.lawcraft.boundaries import Boundary

_SIDES = {-1: "低于", 0: "等于", 1: "高于"}
_NOTE = (
    "# 由现在的规则算出，逐个核对，对的留下：一例在线上，一例低一步，一例高一步。\n"
    "# 核对以后，把 来源 改成据以核对的文件。\n"
)


def boundary_cases(found: Iterable[Boundary], is_result: Callable[[ir.Rule], bool]) -> str:
    """A file of cases (`cases/*.yaml`), each with the results and the rule of the comparison. Empty without any."""
    cases = [_case(one, number, is_result) for one, number in _numbered(found)]
    if not cases:
        return ""
    text = yaml.dump(
        {"案例": cases}, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000
    )
    return _NOTE + str(text)


def _numbered(found: Iterable[Boundary]) -> Iterator[tuple[Boundary, int]]:
    """Each with its number among those of its comparison."""
    for _, group in itertools.groupby(found, key=lambda one: (one.rule, one.text, one.span.start)):
        yield from ((one, number) for number, one in enumerate(group, 1))


def _case(one: Boundary, number: int, is_result: Callable[[ir.Rule], bool]) -> dict[str, Any]:
    whose = f"成员{one.member + 1}的" if one.member is not None else ""
    moved = f"{whose}{one.fact.name} {value_text(given_value(one.fact, _step(one)), one.fact.type)}"
    return {
        "名称": f"边界 {one.day} {one.rule}：{one.text}（{number}，{_SIDES[one.side]}，{moved}）",
        "日期": one.day,
        "来源": {"文件": "由规则算出，待核对", "状态": "推算"},
        "家庭": household_of(one.program, one.facts),
        "期望": _expected(one, is_result),
    }


def _step(one: Boundary) -> int:
    if one.member is None:
        return one.facts.household[household_facts(one.program).index(one.fact)]
    return one.facts.members[member_facts(one.program).index(one.fact)][one.member]


def household_of(program: ir.Program, facts: Facts) -> dict[str, Any]:
    """The facts of a household, under their Chinese names, as it would give them."""
    household: dict[str, Any] = {
        fact.name: _plain(given_value(fact, step), fact)
        for fact, step in zip(household_facts(program), facts.household, strict=True)
    }
    columns = list(zip(member_facts(program), facts.members, strict=True))
    people = []
    for place in range(facts.size):
        label = {"称呼": facts.labels[place]} if facts.labels[place] else {}
        people.append(
            label
            | {
                fact.name: _plain(given_value(fact, column[place]), fact)
                for fact, column in columns
            }
        )
    return household | {"成员": people}


def _plain(value: ir.Value, one: ir.Fact | ir.Rule) -> Any:
    shown = shown_value(value, one.type)
    if isinstance(shown, bool):
        return "是" if shown else "否"
    if isinstance(shown, datetime.date):
        return shown
    return shown if isinstance(shown, str) else _number(Decimal(str(shown)))


def _number(value: Decimal) -> Any:
    whole = value.to_integral_value()
    return int(whole) if value == whole else _Exact(value.normalize())


def _expected(one: Boundary, is_result: Callable[[ir.Rule], bool]) -> dict[str, Any]:
    """The results of the policy, and the rule itself."""
    values = values_of(interpret(one.program, one.facts))
    expected: dict[str, Any] = {}
    for rule in one.program.rules:
        if (is_result(rule) or rule.name == one.rule) and _is_exact(rule, values):
            value = values[rule.name]
            if isinstance(value, tuple):
                expected[rule.name] = [_plain(each, rule) for each in value]
            else:
                expected[rule.name] = _plain(value, rule)
    return expected


def _is_exact(rule: ir.Rule, values: Mapping[str, ir.Value | tuple[ir.Value, ...]]) -> bool:
    """Whether every value has an end when it is written."""
    value = values[rule.name]
    each = value if isinstance(value, tuple) else (value,)
    return all(not _is_endless(shown_value(one, rule.type)) for one in each)


def _is_endless(shown: object) -> bool:
    return not isinstance(shown, (bool, str, Decimal, datetime.date))


class _Exact(str):
    """A number that is written as it is, never by way of a binary one."""

    __slots__ = ()

    def __new__(cls, value: Decimal) -> _Exact:
        return super().__new__(cls, f"{value:f}")


class _Plain(yaml.SafeDumper):
    """YAML as staff write it: lists set in, no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Plain.add_representer(
    _Exact, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value))
)
