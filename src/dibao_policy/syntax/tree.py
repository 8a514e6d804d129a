"""What the author wrote, node for node. Every node has a span; spans do not count in equality."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from dibao_policy.dates import Period
from dibao_policy.text import Source, Span
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
class Rank:
    """`第几(成员 按 年龄 从高到低 当 角色 = 子)`: the place of the member at hand among those for whom `when` holds."""

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
    | Rank
)


# ── declarations ──────────────────────────────────────────────────────────


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
    """`枚举 区县(district) { … }`; `有序` where the values stand in their order, the lowest first."""

    name: Name
    members: tuple[Name, ...]
    ordered: bool
    span: Span = _span()


@frozen
class Input:
    """A fact that a household or one of its members brings."""

    scope: Scope
    name: Name
    type: TypeName
    low: Expression | None
    high: Expression | None
    default: Expression | None
    question: str
    note: str
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
    span: Span = _span()


# ── rules ─────────────────────────────────────────────────────────────────


@frozen(kw_only=True)
class Common:
    """What every rule block may say: its name, where and when it holds, which articles stand behind it."""

    scope: Scope
    name: Name
    citations: tuple[Citation, ...] = ()
    note: str = ""
    period: Period = Period()
    rounding: RoundingClause | None = None
    span: Span = _span()


@frozen(kw_only=True)
class Define(Common):
    """`定义 家庭.人均收入: 元/人月 精确 = …`."""

    type: TypeName
    exact: bool
    expression: Expression


@frozen
class Clause:
    """An expression that holds under a condition, with its own articles."""

    expression: Expression
    when: Expression | None
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen
class Deduction:
    """`扣减 就业成本 = … 当 …`."""

    name: Name
    clause: Clause
    span: Span = _span()


@frozen
class Exemption:
    """`免计 优抚待遇`: inputs that are income but are not counted."""

    names: tuple[tuple[str, Span], ...]
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen(kw_only=True)
class Income(Common):
    """The `收入` block."""

    type: TypeName
    counted: tuple[Clause, ...]
    exempt: tuple[Exemption, ...]
    deductions: tuple[Deduction, ...]
    imputed: tuple[Clause, ...]
    at_least: Clause | None


@frozen
class Requirement:
    """`要求 收入: … 否则 "…"`."""

    label: str
    condition: Expression
    otherwise: str
    otherwise_span: Span | None = field(eq=False, repr=False)
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen(kw_only=True)
class Eligibility(Common):
    """The `资格` block."""

    requirements: tuple[Requirement, ...]


@frozen(kw_only=True)
class Benefit(Common):
    """The `救助` block."""

    type: TypeName
    when: Expression | None
    amount: Clause
    at_least: Clause | None
    at_most: Clause | None


@frozen
class Category:
    """`类别 高龄老人: 年龄 ≥ 80岁 → 低保标准 × 30%`."""

    label: str
    condition: Expression
    amount: Expression
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen(kw_only=True)
class Graded(Common):
    """The `分类施保` block; `highest` is 就高, otherwise 叠加."""

    type: TypeName
    when: Expression | None
    highest: bool
    categories: tuple[Category, ...]


@frozen
class Broken:
    """A block that could not be read: the words in it, so that their absence makes no further problem."""

    words: frozenset[str]
    span: Span = _span()


Rule = Define | Income | Eligibility | Benefit | Graded
Block = PolicyHeader | Enumeration | Input | Parameter | Rule | Broken


@frozen
class File:
    """The blocks of one file, in order."""

    source: Source
    blocks: tuple[Block, ...]
