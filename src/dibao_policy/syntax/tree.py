"""What the author wrote, node for node. Every node has a span; spans do not count in equality.

The nodes stand in `expressions.py`, `declarations.py` and `blocks.py`; here `tree.…` has them all.
"""

from __future__ import annotations

from attrs import field, frozen

from dibao_policy.syntax.blocks import (
    Benefit as Benefit,
    Category as Category,
    Clause as Clause,
    Common as Common,
    CrossCheck as CrossCheck,
    Deduction as Deduction,
    Define as Define,
    Eligibility as Eligibility,
    Exemption as Exemption,
    Graded as Graded,
    Group as Group,
    Income as Income,
    Override as Override,
    Part as Part,
    Requirement as Requirement,
    Select as Select,
    Special as Special,
    Stage as Stage,
    Taper as Taper,
    Terms as Terms,
    Transition as Transition,
    Waiver as Waiver,
)
from dibao_policy.syntax.declarations import (
    Document as Document,
    Effect as Effect,
    Enumeration as Enumeration,
    Fund as Fund,
    Inherit as Inherit,
    Input as Input,
    Mention as Mention,
    Parameter as Parameter,
    PolicyHeader as PolicyHeader,
    Procedure as Procedure,
    Property as Property,
    Share as Share,
    Step as Step,
    Telling as Telling,
    TimeLimit as TimeLimit,
    Tolerance as Tolerance,
)
from dibao_policy.syntax.expressions import (
    Aggregate as Aggregate,
    Between as Between,
    Bracket as Bracket,
    Call as Call,
    Choose as Choose,
    Citation as Citation,
    Comparison as Comparison,
    DateLiteral as DateLiteral,
    Expression as Expression,
    Logic as Logic,
    Membership as Membership,
    Minus as Minus,
    Name as Name,
    Not as Not,
    Product as Product,
    Quantity as Quantity,
    Rank as Rank,
    Reference as Reference,
    RoundingClause as RoundingClause,
    RoundTo as RoundTo,
    Scope as Scope,
    Steps as Steps,
    Sum as Sum,
    TypeName as TypeName,
    YesNo as YesNo,
)
from dibao_policy.text import Source, Span


@frozen
class Broken:
    """A block that could not be read: the words in it, so that their absence makes no further problem."""

    words: frozenset[str]
    span: Span = field(eq=False, repr=False)


Rule = Define | Income | Eligibility | Benefit | Graded | Select | Taper | Special | CrossCheck
Block = (
    PolicyHeader
    | Enumeration
    | Input
    | Parameter
    | Rule
    | Override
    | Procedure
    | Fund
    | Property
    | Broken
)


@frozen
class File:
    """The blocks of one file, in order."""

    source: Source
    blocks: tuple[Block, ...]
