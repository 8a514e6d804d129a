"""A program as text: for tests, for people, and for the digest that tells two programs apart."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.ops import TABLE
from dibao_policy.core.types import Day, Enumerated, Number, Type, YesNo, type_text
from dibao_policy.dates import day_from_number
from dibao_policy.units import shown_scale
from dibao_policy.values import exact_decimal

Shown = bool | str | Decimal | Fraction | datetime.date
"""A value as other systems take it: amounts in yuan, enumerations by their Chinese name."""


def value_text(value: ir.Value, kind: Type) -> str:
    """A value as the language writes it."""
    match kind:
        case Number() if isinstance(value, Fraction):
            return shown(value, kind)
        case YesNo():
            return "是" if value else "否"
        case Enumerated(_, members):
            return members[int(value)][0]
    return f"{int(value) // 10_000:04d}-{int(value) // 100 % 100:02d}-{int(value) % 100:02d}"


def shown_value(value: ir.Value, kind: Type) -> Shown:
    """A value as other systems take it."""
    match kind:
        case Number(unit) if isinstance(value, Fraction):
            amount = value / shown_scale(unit)
            decimal = exact_decimal(amount)
            return amount if decimal is None else decimal
        case Enumerated(_, members):
            return members[int(value)][0]
        case Day():
            return day_from_number(int(value))
    return bool(value)


def expression_text(node: ir.Expression) -> str:
    """An expression, fully bracketed."""
    match node:
        case ir.Literal(value, kind):
            return value_text(value, kind)
        case ir.ReadFact(name) | ir.ReadRule(name):
            return name
        case ir.Lookup(table, keys):
            return f"{table}[{', '.join(map(expression_text, keys))}]" if keys else table
        case ir.Operate(operation, arguments):
            inner = ", ".join(map(expression_text, arguments))
            return f"{TABLE[operation].name}({inner})"
        case ir.Choose(cases, otherwise):
            told = "; ".join(f"{expression_text(a)} → {expression_text(b)}" for a, b in cases)
            return f"choose({told}; {expression_text(otherwise)})"
        case ir.Round(operand, quantum, mode):
            return f"round({expression_text(operand)}, {quantum}, {mode.value})"
        case ir.Rank(key, when, descending):
            parts = [f"{'descending' if descending else 'ascending'} by {expression_text(key)}"]
            parts += [f"when {expression_text(when)}"] if when is not None else []
            return f"rank({', '.join(parts)})"
        case ir.Aggregate(kind, body, when, otherwise):
            parts = [expression_text(body)]
            parts += [f"when {expression_text(when)}"] if when is not None else []
            parts += [f"else {expression_text(otherwise)}"] if otherwise is not None else []
            return f"{kind}({', '.join(parts)})"
    return "?"


Lines = dict[int, str]
"""Lines of facts, tables and rules that several programs have, by the identity of each."""


def program_text(program: ir.Program, lines: Lines | None = None) -> str:
    """All that can change a result, one line each, in an order that does not depend on how files are arranged."""
    lines = {} if lines is None else lines
    parts: tuple[ir.Fact | ir.Table | ir.Rule, ...] = (
        *program.facts,
        *program.tables,
        *program.rules,
    )
    return "\n".join(sorted(lines.get(id(part)) or _enter(part, lines) for part in parts))


def _enter(part: ir.Fact | ir.Table | ir.Rule, lines: Lines) -> str:
    match part:
        case ir.Fact():
            line = _fact_text(part)
        case ir.Table():
            line = _table_text(part)
        case ir.Rule():
            line = rule_text(part)
    lines[id(part)] = line
    return line


def _fact_text(fact: ir.Fact) -> str:
    default = "" if fact.default is None else f" default {value_text(fact.default, fact.type)}"
    return (
        f"fact {fact.scope} {fact.name} ({fact.code}): {_type(fact.type)} "
        f"{fact.low} .. {fact.high}{default}{f' step {fact.step}' if fact.assumed else ''}"
    )


def _table_text(table: ir.Table) -> str:
    keys = ", ".join(map(_type, table.keys))
    values = ", ".join(map(str, table.values))
    return f"table {table.name} ({table.code}): {_type(table.type)} by [{keys}] = {values}"


def rule_text(rule: ir.Rule) -> str:
    """A rule in one line: two that read alike give the same results."""
    return (
        f"rule {rule.scope} {rule.name} ({rule.code}): {_type(rule.type)} = "
        f"{expression_text(rule.expression)}"
    )


def _type(kind: Type) -> str:
    if isinstance(kind, Enumerated):
        return f"{kind.name} {{{', '.join(f'{zh}({en})' for zh, en in kind.members)}}}"
    return type_text(kind)


def digest(program: ir.Program, lines: Lines | None = None) -> str:
    """Sixteen hexadecimal digits that change when anything that can change a result does.

    `lines` has those of the policy's other programs.
    """
    # OpenSSL is slow to load, and only a compiled policy has a digest.
    import hashlib

    return hashlib.sha256(program_text(program, lines).encode()).hexdigest()[:16]
