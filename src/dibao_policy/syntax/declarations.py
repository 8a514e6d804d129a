"""What a policy declares beside its rules: header, facts, parameters, procedures, funds and properties."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from dibao_policy.dates import Period
from dibao_policy.syntax.expressions import (
    Citation,
    Expression,
    Name,
    Quantity,
    Reference,
    Scope,
    TypeName,
)
from dibao_policy.text import Span


def _span() -> Span:
    return field(eq=False, repr=False)  # type: ignore[no-any-return]


@frozen
class Mention:
    """A name that a clause lists."""

    text: str
    span: Span = _span()


@frozen
class Inherit:
    """`继承 全国社会救助(national) 版本 "1.0"`."""

    name: Name
    version: str
    span: Span = _span()


@frozen
class Document:
    """`依据 条例 = 《…》 文号 "…" 网址 "…"`: the short name by which rules cite it."""

    short_name: str
    title: str
    number: str
    address: str
    unverified: bool
    span: Span = _span()


@frozen
class PolicyHeader:
    """The `政策` block."""

    name: Name
    version: str
    inherits: tuple[Inherit, ...]
    documents: tuple[Document, ...]
    period: Period
    note: str
    span: Span = _span()


@frozen
class Enumeration:
    """`枚举 区县(district) { … }`; `有序` where its members have an order."""

    name: Name
    ordered: bool
    members: tuple[Name, ...]
    span: Span = _span()


@frozen
class Input:
    """A fact that a household or one of its members brings.

    `discretion` where a case worker judges it; `changeable` where another value of it may be suggested.
    """

    scope: Scope
    name: Name
    type: TypeName
    low: Expression | None
    high: Expression | None
    default: Expression | None
    discretion: bool
    changeable: bool
    question: str
    note: str
    former: tuple[Mention, ...]
    span: Span = _span()


@frozen
class Parameter:
    """A dated value that the YAML files hold."""

    name: Name
    type: TypeName
    keys: tuple[TypeName, ...]
    low: Expression | None
    high: Expression | None
    note: str
    former: tuple[Mention, ...]
    span: Span = _span()


@frozen
class TimeLimit:
    """`10个工作日`, `1个月`, 即时."""

    number: int
    unit: Literal["日", "工作日", "月", "即时"]
    span: Span = _span()


@frozen
class Step:
    """`步骤 公示一 责任 社区 公示 7日`; `share` is the part of the households that is visited."""

    name: str
    responsible: tuple[str, ...]
    limit: TimeLimit | None
    share: Fraction | None
    posting: TimeLimit | None
    documents: tuple[str, ...]
    signed: tuple[str, ...]
    citations: tuple[Citation, ...]
    span: Span = _span()


Telling = Literal["", "payment", "duty", "remedy", "skipped", "decisive", "internal"]
"""`告知 …`: in which part of a notice a procedure stands, or to whom and when a value is told."""


@frozen
class Procedure:
    """The `程序` block."""

    name: Name
    steps: tuple[Step, ...]
    citations: tuple[Citation, ...]
    note: str
    telling: Telling
    period: Period
    span: Span = _span()


@frozen
class Share:
    """`省 50%`."""

    payer: str
    share: Fraction
    span: Span = _span()


@frozen
class Fund:
    """The `资金` block: who pays which part; `dedicated` where it is kept in an account of its own."""

    name: Name
    shares: tuple[Share, ...]
    dedicated: bool
    citations: tuple[Citation, ...]
    note: str
    period: Period
    span: Span = _span()


@frozen
class Tolerance:
    """`容差 1元/人月 "理由"`: how far the sides of an equation may be apart, and why; without a reason, it is empty."""

    amount: Quantity
    reason: str
    span: Span = _span()


Effect = Literal["", "not_decrease", "not_increase", "unchanged"]


@frozen
class Property:
    """The `性质` block: when a fact moves one way, an amount does not move the other; or what always holds.

    `moved` is the fact that moves, `effect` what must not happen to `conclusion`; without them,
    `conclusion` holds wherever `premise` does. `tolerance` is how far the sides of an equation may be apart.
    """

    name: Name
    moved: Reference | None
    upward: bool
    premise: Expression | None
    conclusion: Expression
    effect: Effect
    tolerance: Tolerance | None
    citations: tuple[Citation, ...]
    note: str
    period: Period
    span: Span = _span()
