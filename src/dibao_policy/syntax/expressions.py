"""What the author wrote inside a block: names, types, citations and expressions, node for node."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from dibao_policy.text import Span
from dibao_policy.values import Rounding

Scope = Literal["household", "member"]


def _span() -> Span:
    return field(eq=False, repr=False)  # type: ignore[no-any-return]


# ── names, types, citations ───────────────────────────────────────────────


@frozen
class Name:
    """A Chinese (or other) name and its ASCII code name, `工资收入(wage)`; `code` may be empty."""

    text: str
    code: str
    span: Span = _span()


@frozen
class TypeName:
    """A unit, an enumeration or 日期, 是否: the text as written, in half-width."""

    text: str
    span: Span = _span()


@frozen
class Citation:
    """`依据 条例 第四条`; without a document it says that no source was found, and why."""

    document: str
    article: str
    unverified: bool
    note: str
    span: Span = _span()


@frozen
class RoundingClause:
    """`取整 到 1元/月 进位`."""

    quantum: Quantity
    mode: Rounding
    span: Span = _span()


# ── expressions ───────────────────────────────────────────────────────────


@frozen
class Quantity:
    """`24月`, `3元/月`, `50%`: the number as written (50% is 1/2) and the unit's text."""

    number: Fraction
    unit: str
    span: Span = _span()


@frozen
class DateLiteral:
    """`2011-07-01`."""

    day: datetime.date
    span: Span = _span()


@frozen
class YesNo:
    """`是` or `否`."""

    value: bool
    span: Span = _span()


@frozen
class Reference:
    """A name in an expression, with its scope or its lookup keys where they are written."""

    scope: Scope | None
    name: str
    keys: tuple[Expression, ...]
    span: Span = _span()


@frozen
class Sum:
    """`a + b − c`: each term with whether it is subtracted."""

    terms: tuple[tuple[bool, Expression], ...]
    span: Span = _span()


@frozen
class Product:
    """`a × b ÷ c`: each factor with whether it divides."""

    factors: tuple[tuple[bool, Expression], ...]
    span: Span = _span()


@frozen
class Minus:
    """`−a`."""

    operand: Expression
    span: Span = _span()


@frozen
class Comparison:
    """`a < b`; the sign is one of = ≠ < ≤ > ≥."""

    sign: str
    left: Expression
    right: Expression
    span: Span = _span()


@frozen
class Membership:
    """`a 属于 {b, c}`."""

    subject: Expression
    options: tuple[Expression, ...]
    negated: bool
    span: Span = _span()


@frozen
class Between:
    """`a 在 b .. c`, both ends included."""

    subject: Expression
    low: Expression
    high: Expression
    span: Span = _span()


@frozen
class Logic:
    """`a 且 b 且 c` or `a 或 b 或 c`."""

    operator: Literal["and", "or"]
    operands: tuple[Expression, ...]
    span: Span = _span()


@frozen
class Not:
    """`非 a`."""

    operand: Expression
    span: Span = _span()


@frozen
class Choose:
    """`如果 a 那么 x 否则 y`; a chain of 否则 如果 is one node."""

    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression
    span: Span = _span()


@frozen
class Call:
    """`较小(a, b)`: an operation by name."""

    name: str
    arguments: tuple[Expression, ...]
    span: Span = _span()


@frozen
class RoundTo:
    """`取整(a 到 1元 进位)`."""

    operand: Expression
    clause: RoundingClause
    span: Span = _span()


@frozen
class Aggregate:
    """`合计(成员.工资 当 在业)`, `人数(成员)`, `最大(成员: 年龄 当 在业 否则 0岁)`."""

    kind: str
    body: Expression | None
    when: Expression | None
    otherwise: Expression | None
    span: Span = _span()


@frozen
class Bracket:
    """`≤ 1万元/年 → 50%`: up to a bound, `<` without it or `≤` with it, a value."""

    sign: str
    bound: Expression
    value: Expression
    span: Span = _span()


@frozen
class Steps:
    """`分段(x: < 3岁 → a, 其余 → b)` picks one value; `累进(…)` takes each part of x times its own rate."""

    kind: Literal["pick", "progressive"]
    subject: Expression
    brackets: tuple[Bracket, ...]
    otherwise: Expression
    span: Span = _span()


@frozen
class Rank:
    """`第几(成员 按 年龄 从高到低 当 …)`: the place of the member at hand among the members."""

    key: Expression
    descending: bool
    when: Expression | None
    span: Span = _span()


Expression = (
    Quantity
    | DateLiteral
    | YesNo
    | Reference
    | Sum
    | Product
    | Minus
    | Comparison
    | Membership
    | Between
    | Logic
    | Not
    | Choose
    | Call
    | RoundTo
    | Aggregate
    | Steps
    | Rank
)
