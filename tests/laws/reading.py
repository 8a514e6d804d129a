"""A second reading of a policy, straight from what the author wrote: no core, no types, no integers.

It takes the syntax tree of each rule by itself, chooses the version of the day from plain dates, and computes with
fractions, dates and places in enumerations. What the compiler's way gives has to be the same, value for value.
It reads the policies of `blocks` alone: no two enumerations share a member, and every lookup names its keys.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import yaml
from attrs import define, field, frozen

from dibao_policy.dates import age_in_years, months_between
from dibao_policy.syntax import tree
from dibao_policy.syntax.parse import parse
from dibao_policy.text import Source
from dibao_policy.values import Rounding

from .blocks import Made, Version
from .words import ENUMERATIONS

Value = Fraction | bool | int | datetime.date
Member = int | None

_GRADES = {member: place for all_ in ENUMERATIONS.values() for place, member in enumerate(all_)}


@frozen
class Rules:
    """All versions of all rules as nodes; `owners` leads from a deduction to its income, `codes` to a name."""

    versions: Mapping[str, Sequence[tuple[Version, tree.Rule]]]
    owners: Mapping[str, str]
    codes: Mapping[str, str]
    values: Mapping[str, Sequence[Mapping[str, object]]]


@define
class Reading:
    """What a household of `size` members comes to on a day; `facts` has one value, or one for each member.

    `block` reads a rule, or one of the deductions of an income, for one member.
    """

    rules: Rules
    block: Callable[[Reading, tree.Rule, str, Member], Value]
    day: datetime.date
    decided_on: datetime.date
    size: int
    facts: Mapping[str, Value | Sequence[Value]]
    known: dict[tuple[str, Member], Value] = field(factory=dict)


def rules_of(made: Made) -> Rules:
    """Every version of every rule, read as a block of its own; and the dated values of every parameter."""
    versions: dict[str, list[tuple[Version, tree.Rule]]] = {}
    owners: dict[str, str] = {}
    codes: dict[str, str] = {}
    for version in made.versions:
        file, found = parse(Source("", version.plain_text))
        assert not found, (version.plain_text, found)
        (node,) = file.blocks
        versions.setdefault(version.head.name, []).append((version, node))  # type: ignore[arg-type]
        owners |= dict.fromkeys(version.head.parts, version.head.name)
        codes[version.head.code] = version.head.name
    values: dict[str, Sequence[Mapping[str, object]]] = {}
    for layer in made.layers:
        text = yaml.load("".join(layer.values), Loader=yaml.BaseLoader) or {}
        values |= {name: one["取值"] for name, one in text.items()}
        for block in layer.blocks:
            first = block.split("\n")[0].replace("(", " ").replace(")", " ").replace(":", " ")
            words = first.split()
            if words[0] in ("输入", "参数"):
                codes[words[2]] = words[1].partition(".")[2] or words[1]
    return Rules(versions, owners, codes, values)


def in_force(rules: Rules, name: str, day: datetime.date) -> tuple[Version, tree.Rule]:
    """The version of a rule on a day: what rewrites it on that day goes before what is rewritten."""

    def holds(version: Version) -> bool:
        since = datetime.date.fromisoformat(version.since or "1900-01-01")
        until = datetime.date.fromisoformat(version.until or "2199-12-31")
        return since <= day <= until

    held = [one for one in rules.versions[name] if holds(one[0])]
    rewriting = [one for one in held if one[0].rewrites]
    (found,) = rewriting or held
    return found


def all_values(run: Reading) -> dict[str, Value | tuple[Value, ...]]:
    """Every rule and every deduction."""
    found: dict[str, Value | tuple[Value, ...]] = {}
    for name in (*run.rules.versions, *run.rules.owners):
        scope = in_force(run.rules, run.rules.owners.get(name, name), run.day)[1].scope
        if scope == "household":
            found[name] = named(run, name, (), None)
        else:
            found[name] = tuple(named(run, name, (), member) for member in range(run.size))
    return found


def named(run: Reading, written: str, keys: Sequence[Value], member: Member) -> Value:
    """What a name stands for: a fact, a parameter, a rule, a deduction, or a member of an enumeration."""
    name = run.rules.codes.get(written, written)
    if name == "决定日期":
        return run.decided_on
    if name in run.facts:
        given = run.facts[name]
        if isinstance(given, Sequence):
            assert member is not None
            return given[member]
        return given
    if name in run.rules.values:
        return parameter(run, name, keys)
    owner = run.rules.owners.get(name, name)
    if owner not in run.rules.versions:
        return _GRADES[name]
    _, node = in_force(run.rules, owner, run.day)
    at = None if node.scope == "household" else member
    if (name, at) not in run.known:
        run.known[name, at] = run.block(run, node, name, at)
    return run.known[name, at]


def parameter(run: Reading, name: str, keys: Sequence[Value]) -> Fraction:
    """The last value given for a day not after the one at hand. A ratio is written with %, money in yuan."""
    entries = [one for one in run.rules.values[name] if str(one["自"]) <= run.day.isoformat()]
    value = entries[-1]["值"]
    while isinstance(value, dict):
        at = list(value)
        enumeration = next(all_ for all_ in ENUMERATIONS.values() if at[0] in all_)
        value, keys = value[enumeration[int(keys[0])]], keys[1:]  # type: ignore[arg-type]
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text) * 100


def scope_of(run: Reading, written: str) -> tree.Scope:
    """Whose value a name is."""
    name = run.rules.codes.get(written, written)
    if name in run.facts:
        return "member" if isinstance(run.facts[name], Sequence) else "household"
    return in_force(run.rules, run.rules.owners.get(name, name), run.day)[1].scope


# ── expressions ───────────────────────────────────────────────────────────


def number(run: Reading, node: tree.Expression, member: Member) -> Fraction:
    """A number; money in fen."""
    value = read(run, node, member)
    assert isinstance(value, Fraction), node
    return value


def holds(run: Reading, node: tree.Expression | None, member: Member) -> bool:
    """A condition; one that is not written holds."""
    value = True if node is None else read(run, node, member)
    assert isinstance(value, bool), node
    return value


def read(run: Reading, node: tree.Expression, member: Member) -> Value:
    """What an expression says of a household, or of one of its members."""
    match node:
        case tree.Quantity(amount, unit):
            return fen(amount, unit)
        case tree.DateLiteral(day):
            return day
        case tree.YesNo(value):
            return value
        case tree.Reference(_, name, keys):
            return named(run, name, [read(run, key, member) for key in keys], member)
        case tree.Sum(terms):
            return sum(
                ((-1 if taken else 1) * number(run, term, member) for taken, term in terms),
                Fraction(0),
            )
        case tree.Product(factors):
            result = Fraction(1)
            for divides, factor in factors:
                value = number(run, factor, member)
                result = result / value if divides else result * value
            return result
        case tree.Minus(operand):
            return -number(run, operand, member)
        case tree.Comparison(sign, left, right):
            return compared(sign, read(run, left, member), read(run, right, member))
        case tree.Membership(subject, options, negated):
            options_read = [read(run, one, member) for one in options]
            return (read(run, subject, member) in options_read) != negated
        case tree.Between(subject, low, high):
            inside = number(run, subject, member)
            return number(run, low, member) <= inside <= number(run, high, member)
        case tree.Logic("and", operands):
            return all(holds(run, one, member) for one in operands)
        case tree.Logic("or", operands):
            return any(holds(run, one, member) for one in operands)
        case tree.Not(operand):
            return not holds(run, operand, member)
        case tree.Choose(cases, otherwise):
            for test, result in cases:
                if holds(run, test, member):
                    return read(run, result, member)
            return read(run, otherwise, member)
        case tree.Call(name, arguments):
            return called(run, name, [read(run, one, member) for one in arguments])
        case tree.RoundTo(operand, clause):
            return rounded(number(run, operand, member), clause)
        case tree.Aggregate():
            return gathered(run, node, member)
        case tree.Steps("pick"):
            subject = read(run, node.subject, member)
            for bracket in node.brackets:
                if compared(bracket.sign, subject, read(run, bracket.bound, member)):
                    return read(run, bracket.value, member)
            return read(run, node.otherwise, member)
        case tree.Steps("progressive"):
            whole = number(run, node.subject, member)
            return by_parts(run, whole, node.brackets, node.otherwise, member)
        case tree.Rank():
            return rank(run, node, member)
    raise AssertionError(node)


def fen(amount: Fraction, unit: str) -> Fraction:
    """A quantity as it is kept: money in fen, everything else as it stands."""
    scale = 1_000_000 if unit.startswith("万元") else 100 if unit.startswith("元") else 1
    return Fraction(amount) * scale


def compared(sign: str, first: Value, second: Value) -> bool:
    """Whether two values of one kind stand as the sign says."""
    match sign:
        case "=":
            return first == second
        case "≠":
            return first != second
        case "<":
            return first < second  # type: ignore[operator]
        case "≤":
            return first <= second  # type: ignore[operator]
        case ">":
            return first > second  # type: ignore[operator]
    return first >= second  # type: ignore[operator]


def called(run: Reading, name: str, given: Sequence[Value]) -> Value:
    """An operation by name."""
    match name, given:
        case "较小", _:
            return min(given)  # type: ignore[type-var]
        case "较大", _:
            return max(given)  # type: ignore[type-var]
        case "限", [value, low, high]:
            return max(low, min(value, high))  # type: ignore[type-var]
        case "周岁", [datetime.date() as birth, *rest]:
            day = rest[0] if rest else run.decided_on
            assert isinstance(day, datetime.date)
            return Fraction(age_in_years(birth, day))
        case "整月数", [datetime.date() as first, datetime.date() as last]:
            return Fraction(months_between(first, last))
        case "年份", [datetime.date() as day]:
            return Fraction(day.year)
        case "月份", [datetime.date() as day]:
            return Fraction(day.month)
        case "日号", [datetime.date() as day]:
            return Fraction(day.day)
    raise AssertionError(name)


def rounded(value: Fraction, clause: tree.RoundingClause) -> Fraction:
    """取整 to a multiple of a step."""
    step = fen(clause.quantum.number, clause.quantum.unit)
    count = value / step
    match clause.mode:
        case Rounding.UP:
            whole = math.ceil(count)
        case Rounding.DOWN:
            whole = math.floor(count)
        case Rounding.HALF_UP:
            whole = math.floor(count + Fraction(1, 2))
        case Rounding.HALF_EVEN:
            below = math.floor(count)
            over = count - below - Fraction(1, 2)
            whole = below if over < 0 or (over == 0 and below % 2 == 0) else below + 1
    return whole * step


def by_parts(
    run: Reading,
    whole: Fraction,
    brackets: Sequence[tree.Bracket],
    otherwise: tree.Expression,
    member: Member,
) -> Fraction:
    """累进: what of an amount above zero lies in each bracket, times the rate of that bracket."""
    total, begin = Fraction(0), Fraction(0)
    for bracket in brackets:
        end = number(run, bracket.bound, member)
        part = max(min(whole, end) - begin, Fraction(0))
        total += part * number(run, bracket.value, member)
        begin = end
    return total + max(whole - begin, Fraction(0)) * number(run, otherwise, member)


def gathered(run: Reading, node: tree.Aggregate, member: Member) -> Value:
    """One value from all members for whom the condition holds."""
    those = [one for one in range(run.size) if holds(run, node.when, one)]
    match node.kind, node.body:
        case "count", None:
            return Fraction(len(those))
        case "any", None:
            return bool(those)
        case "all", None:
            return len(those) == run.size
        case "any", body:
            return any(holds(run, body, one) for one in those)
        case "all", body:
            return all(holds(run, body, one) for one in those)
    assert node.body is not None
    numbers = [number(run, node.body, one) for one in those]
    if node.kind == "sum":
        return sum(numbers, Fraction(0))
    if not numbers:
        assert node.otherwise is not None
        return read(run, node.otherwise, member)
    return max(numbers) if node.kind == "maximum" else min(numbers)


def rank(run: Reading, node: tree.Rank, member: Member) -> Fraction:
    """第几: one more than how many stand before; of equal ones the earlier stands before."""
    assert member is not None
    those = [one for one in range(run.size) if holds(run, node.when, one)]
    if member not in those:
        return Fraction(0)
    own = read(run, node.key, member)
    sign = ">" if node.descending else "<"
    before = 0
    for one in those:
        key = read(run, node.key, one)
        before += compared(sign, key, own) or (key == own and one < member)
    return Fraction(before + 1)
