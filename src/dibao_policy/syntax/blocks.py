"""The blocks that compute something for a household or its members: one class per kind of block."""

from __future__ import annotations

from typing import Any, Literal

from attrs import field, frozen

from dibao_policy.dates import Period
from dibao_policy.syntax.declarations import Mention, Telling
from dibao_policy.syntax.expressions import (
    Bracket,
    Citation,
    Expression,
    Name,
    RoundingClause,
    Scope,
    TypeName,
)
from dibao_policy.text import Span


def _span() -> Span:
    return field(eq=False, repr=False)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class Common:
    """What every rule block may say: its name, where and when it holds, which articles stand behind it."""

    scope: Scope
    name: Name
    citations: tuple[Citation, ...] = ()
    note: str = ""
    former: tuple[Mention, ...] = ()
    telling: Telling = ""
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
    """`扣减 就业成本 = … 至多 … 当 …`."""

    name: Name
    clause: Clause
    at_most: Expression | None
    span: Span = _span()


@frozen
class Exemption:
    """`免计 优抚待遇`: inputs that are income but are not counted."""

    names: tuple[Mention, ...]
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen(kw_only=True)
class Income(Common):
    """The `收入` block; with `依次` each deduction takes only from what is left."""

    type: TypeName
    counted: tuple[Clause, ...]
    exempt: tuple[Exemption, ...]
    deductions: tuple[Deduction, ...]
    in_order: bool
    deductions_at_most: Clause | None
    imputed: tuple[Clause, ...]
    at_least: Clause | None


@frozen
class Waiver:
    """`例外 残疾人代步: …`: where it holds, the requirement is met all the same; the label may be empty."""

    label: str
    condition: Expression
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen
class Requirement:
    """`要求 收入: … 否则 "…"`."""

    label: str
    condition: Expression
    otherwise: str
    otherwise_span: Span | None = field(eq=False, repr=False)
    citations: tuple[Citation, ...]
    waivers: tuple[Waiver, ...]
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
    """`类别 高龄老人: 年龄 ≥ 80岁 → 低保标准 × 30%`, and `情形` of a choice."""

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


@frozen(kw_only=True)
class Select(Common):
    """The `择一` block: exactly one case, or with `依次` the first that holds."""

    type: TypeName
    in_order: bool
    cases: tuple[Category, ...]
    otherwise: Clause | None


@frozen
class Stage:
    """`第 3 至 6 月 30%`: the months, from 1, both ends included, and the share that is still paid."""

    first: int
    last: int
    rate: Expression
    span: Span = _span()


@frozen(kw_only=True)
class Taper(Common):
    """The `渐退` block."""

    type: TypeName
    when: Expression | None
    months: Expression
    stages: tuple[Stage, ...]
    base: Clause


@frozen
class Terms:
    """`起付 …, 比例 …, 封顶 …`, `定额 …` or `累进 { … }`: what one group of a special assistance gets."""

    deductible: Expression | None
    rate: Expression | None
    ceiling: Expression | None
    fixed: Expression | None
    progressive: tuple[tuple[Bracket, ...], Expression] | None
    span: Span = _span()


@frozen
class Group:
    """`对象 低保: 起付 …`; without a condition of its own, the label names a value that is 是 or 否."""

    label: str
    condition: Expression
    terms: Terms
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen
class Transition:
    """`过渡 低保: …`: the terms of a group that go on for those who left it."""

    group: str
    condition: Expression
    citations: tuple[Citation, ...]
    span: Span = _span()


@frozen(kw_only=True)
class Special(Common):
    """The `专项` block. `several` says what counts where several groups apply; exclusive: they must not."""

    type: TypeName
    when: Expression | None
    base: Clause | None
    less: tuple[Mention, ...]
    groups: tuple[Group, ...]
    transitions: tuple[Transition, ...]
    excludes: tuple[Exemption, ...]
    several: Literal["exclusive", "highest", "in_order"]
    at_least: Clause | None
    at_most: Clause | None


@frozen(kw_only=True)
class CrossCheck(Common):
    """The `核查` block: a finding, and what is done about it."""

    expression: Expression
    disposition: str


@frozen
class Part:
    """One clause on its way into a block: what kind it is and what it holds."""

    kind: str
    value: Any
    span: Span = _span()


@frozen
class Override:
    """The `改写` block: the clauses that take the place of an inherited rule's from a day on."""

    name: Mention
    period: Period
    expression: Expression | None
    exact: bool
    parts: tuple[Part, ...]
    span: Span = _span()
