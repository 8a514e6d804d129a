"""`择一`: exactly one of several cases, or the first that holds."""

from __future__ import annotations

from attrs import evolve

from dibao_policy.core import ir
from dibao_policy.core.cases.lists import Mode
from dibao_policy.core.check import choose
from dibao_policy.core.lower.block import (
    Block,
    cited,
    is_as_declared,
    list_cases,
    settled,
    whole_rule,
)
from dibao_policy.core.lower.expressions import lower
from dibao_policy.syntax import tree


def lower_select(block: Block, node: tree.Select) -> tuple[ir.Rule, ...]:
    """择一: the value of the case that holds; without 其余 the last case is what is left over."""
    cases: list[tuple[ir.Expression, ir.Expression]] = []
    for case in node.cases:
        test = lower(block.context, case.condition)
        cases.append((test, _value(block, case.label, case.amount)))
    if node.otherwise is not None:
        otherwise = _value(block, "其余", node.otherwise.expression)
    else:
        # That nobody falls into none of the cases is proved by the check of cases.
        otherwise = cases[-1][1]
    mode: Mode = "ordered" if node.in_order else "exclusive"
    list_cases(block, "情形", mode, node.cases, [test for test, _ in cases], node.otherwise)
    labels = [case.label for case in node.cases]
    value = choose(block.checker, cases, otherwise, node.span, clause="情形", labels=labels)
    rest = node.otherwise.citations if node.otherwise is not None else ()
    clauses = (*(case.citations for case in node.cases), rest)
    citations = (*node.citations, *(citation for clause in clauses for citation in clause))
    by_case = tuple(cited(block, (*node.citations, *clause)) for clause in clauses)
    whole = whole_rule(block, settled(block, value), citations=citations)
    return (evolve(whole, case_citations=by_case),)


def _value(block: Block, label: str, written: tree.Expression) -> ir.Expression:
    """The value of a case, if it is of the type that the block declares."""
    value = lower(block.context, written, block.type)
    return value if is_as_declared(block, label, value) else ir.Bad(span=value.span)
