"""The rules of types: each function takes typed parts and gives a typed node, or `Bad` and a problem.

An argument of unknown type agrees with everything, so that one mistake gives one problem.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from dibao_policy.core import problems
from dibao_policy.core.cases.lists import CaseList
from dibao_policy.core.ir import Bad, Choose, Expression, Operate, Round
from dibao_policy.core.ladders import Ladder
from dibao_policy.core.ops import TABLE
from dibao_policy.core.rank_problems import Unordered
from dibao_policy.core.types import (
    Day,
    Enumerated,
    Number,
    Type,
    Unknown,
    YesNo,
    agree,
    seen_from,
    type_text,
)
from dibao_policy.problem import Problem
from dibao_policy.syntax.tree import RoundingClause, Scope
from dibao_policy.text import Span
from dibao_policy.units import NO_UNIT, Unit, multiply, read_unit, shown_scale, unit_text
from dibao_policy.values import number_text


@define
class Checker:
    """Where the problems of one rule are gathered."""

    scope: Scope
    found: list[Problem] = field(factory=list)
    ladders: list[Ladder] = field(factory=list)
    case_lists: list[CaseList] = field(factory=list)

    def report(self, problem: Problem, span: Span) -> Bad:
        """Note a problem and stand in for what it spoiled."""
        self.found.append(problem)
        return Bad(span=span)


_OF_DAYS = {
    "age": read_unit("岁"),
    "months": read_unit("月"),
    "year": read_unit("年"),
    "month": read_unit("月"),
    "day": read_unit("日"),
}


def operate(
    checker: Checker, name: str, arguments: Sequence[Expression], span: Span, clause: str = ""
) -> Expression:
    """An operation on arguments; `clause` is the clause that it stands for, where it stands for one."""
    row = TABLE[name]
    types = [argument.type for argument in arguments]
    known = [kind for kind in types if not isinstance(kind, Unknown)]
    result: Type
    match row.signature:
        case "alike" | "number":
            if not _numbers(checker, row.sign or row.zh, arguments):
                return Bad(span=span)
            action = ("相加", "added") if name == "add" else ("比较大小", "compared")
            if not _alike(checker, arguments, *action):
                return Bad(span=span)
            result = known[0] if known else Unknown()
        case "product" | "quotient":
            if not _numbers(checker, row.sign, arguments):
                return Bad(span=span)
            if len(known) < len(types):
                return Bad(span=span)
            unit = NO_UNIT
            for place, kind in enumerate(types):
                assert isinstance(kind, Number)
                sign = -1 if place and row.signature == "quotient" else 1
                unit = multiply(unit, kind.unit, sign)
            result = seen_from(Number(unit), checker.scope)
        case "order":
            quoted = f"`{row.sign}`"
            said = (f"{quoted} ", quoted, f"用 {quoted} 比较", f"compared by {quoted}")
            if not all(sortable(checker, one, *said) for one in arguments):
                return Bad(span=span)
            if not _alike(checker, arguments, "比较", "compared"):
                return Bad(span=span)
            result = YesNo()
        case "same":
            if not _alike(checker, arguments, "比较", "compared"):
                return Bad(span=span)
            result = YesNo()
        case "logic":
            if not all(
                [
                    condition(checker, one, f"`{row.sign}` 的两边", f"`{row.sign}`")
                    for one in arguments
                ]
            ):
                return Bad(span=span)
            result = YesNo()
        case "age" | "months" | "year" | "month" | "day":
            for argument in arguments:
                if not agree(argument.type, Day()):
                    return checker.report(
                        problems.WrongType(
                            span=argument.span,
                            place=f"`{row.zh}` ",
                            place_en=f"`{row.zh}`",
                            wanted="日期",
                            found=type_text(argument.type),
                        ),
                        span,
                    )
            made = _OF_DAYS[row.signature]
            assert made is not None
            result = Number(made[0])
    if any(isinstance(argument, Bad) for argument in arguments):
        return Bad(span=span)
    return Operate(name, tuple(arguments), result, clause=clause, span=span)


def sortable(
    checker: Checker, one: Expression, place: str, place_en: str, action: str, action_en: str
) -> bool:
    """Whether values of this kind have an order: numbers, days, the values of an ordered enumeration."""
    match one.type:
        case Number() | Day() | Unknown() | Enumerated(ordered=True):
            return True
        case Enumerated(name):
            found: Problem = Unordered(span=one.span, name=name, action=action, action_en=action_en)
        case other:
            found = problems.WrongType(
                span=one.span,
                place=place,
                place_en=place_en,
                wanted="数、日期或有序的枚举",
                found=type_text(other),
            )
    checker.report(found, one.span)
    return False


def _numbers(checker: Checker, sign: str, arguments: Sequence[Expression]) -> bool:
    for argument in arguments:
        if not isinstance(argument.type, (Number, Unknown)):
            checker.report(
                problems.WrongType(
                    span=argument.span,
                    place=f"`{sign}` ",
                    place_en=f"`{sign}`",
                    wanted="数",
                    found=type_text(argument.type),
                ),
                argument.span,
            )
            return False
    return True


def _alike(checker: Checker, arguments: Sequence[Expression], action: str, action_en: str) -> bool:
    known = [one for one in arguments if not isinstance(one.type, Unknown)]
    for other in known[1:]:
        if other.type != known[0].type:
            checker.report(unlike(known[0].type, other, action, action_en), other.span)
            return False
    return True


def unlike(first: Type, second: Expression, action: str, action_en: str) -> Problem:
    """Two types that do not agree, with what would make them agree where that is plain."""
    mend, mend_en, difference = "", "", ""
    if isinstance(first, Number) and isinstance(second.type, Number):
        mend, mend_en, difference = unit_mend(first.unit, second.type.unit)
    return problems.UnlikeUnits(
        span=second.span,
        first=type_text(first),
        second=type_text(second.type),
        action=action,
        action_en=action_en,
        mend=mend,
        mend_en=mend_en,
        difference=difference,
    )


def unit_mend(wanted: Unit, found: Unit) -> tuple[str, str, str]:
    """What a value of one unit lacks to be of another: a likely mend in both tongues, and the bare difference."""
    gap = multiply(wanted, found, -1)
    difference = unit_text(gap)
    match dict(gap.powers):
        case {"person": 1, **rest} if not rest:
            return "后者可能少了 `× 人口`", "the second may lack `× 人口`", difference
        case {"person": -1, **rest} if not rest:
            return "前者可能少了 `× 人口`", "the first may lack `× 人口`", difference
        case {"year": -1, "month": 1, **rest} if not rest:
            return "后者写作 `… × 12月/年`", "write the second as `… × 12月/年`", difference
        case {"year": 1, "month": -1, **rest} if not rest:
            return "后者写作 `… ÷ 12月/年`", "write the second as `… ÷ 12月/年`", difference
    return "", "", difference


def condition(checker: Checker, one: Expression, place: str, place_en: str) -> bool:
    """Whether an expression may stand as a condition."""
    if agree(one.type, YesNo()):
        return True
    checker.report(
        problems.WrongType(
            span=one.span, place=place, place_en=place_en, wanted="是否", found=type_text(one.type)
        ),
        one.span,
    )
    return False


def choose(
    checker: Checker,
    cases: Sequence[tuple[Expression, Expression]],
    otherwise: Expression,
    span: Span,
    clause: str = "",
    labels: Sequence[str] = (),
) -> Expression:
    """The first case whose condition holds; `clause` and `labels` are what the block calls them."""
    sound = all([condition(checker, test, "条件", "a condition") for test, _ in cases])
    values = [*(value for _, value in cases), otherwise]
    if not _alike(checker, values, "作为同一个结果", "results of one choice") or not sound:
        return Bad(span=span)
    known = [value.type for value in values if not isinstance(value.type, Unknown)]
    if len(known) < len(values):
        return Bad(span=span)
    kind = known[0]
    return Choose(tuple(cases), otherwise, kind, clause=clause, labels=tuple(labels), span=span)


def rounded(
    checker: Checker, operand: Expression, clause: RoundingClause, span: Span
) -> Expression:
    """A number rounded as a clause says; the step has the unit of the number."""
    unit, scale = read_unit(clause.quantum.unit) or (NO_UNIT, 1)
    step = seen_from(Number(unit), checker.scope)
    if not isinstance(operand.type, (Number, Unknown)):
        return checker.report(
            problems.WrongType(
                span=operand.span,
                place="`取整` ",
                place_en="`取整`",
                wanted="数",
                found=type_text(operand.type),
            ),
            span,
        )
    if not agree(operand.type, step):
        amount = clause.quantum.number * scale / shown_scale(unit)
        step_text = number_text(amount) + type_text(operand.type)
        return checker.report(
            problems.UnlikeUnits(
                span=clause.quantum.span,
                first=type_text(operand.type),
                second=type_text(step),
                action="取整",
                action_en="used together in a rounding",
                mend=f"写作 `{step_text}`",
                mend_en=f"write `{step_text}`",
            ),
            span,
        )
    quantum = clause.quantum.number * scale
    if not quantum:
        return checker.report(problems.RoundingUnit(span=clause.quantum.span), span)
    if isinstance(operand, Bad):
        return operand
    return Round(operand, quantum, clause.mode, True, operand.type, span=span)
