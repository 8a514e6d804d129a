"""Faults planted in what a block, a version or a layer comes to: both evaluators go wrong alike.

The second reading finds each of them: it reads the text without the compiler.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from dibao_policy.core import ir, program, tables
from dibao_policy.core.check import operate
from dibao_policy.core.lower import expressions, rules, special, steps
from dibao_policy.core.rebuild import with_children
from dibao_policy.dates import ONE_DAY, Period
from dibao_policy.evaluate import interpret
from dibao_policy.model import layers
from dibao_policy.syntax import tree

from .agreement import differences

Plant = Callable[[pytest.MonkeyPatch], None]
Change = Callable[[ir.Expression], ir.Expression]
_PLANTED: list[Plant] = []


def planted(plant: Plant) -> Plant:
    _PLANTED.append(plant)
    return plant


def as_if_written(patch: pytest.MonkeyPatch, kind: str, change: Callable[[Any], tree.Rule]) -> None:
    """Lower a kind of block as if its text said something else."""
    lower = getattr(rules, f"lower_{kind}")
    patch.setattr(rules, f"lower_{kind}", lambda block, node: lower(block, change(node)))


def as_if_lowered(patch: pytest.MonkeyPatch, block: str, clause: str, change: Change) -> None:
    """Change the nodes of the rules of a kind of block, from the innermost outward."""
    lower_rule = program.lower_rule

    def rewritten(node: ir.Expression) -> ir.Expression:
        parts = tuple(rewritten(part) for part in ir.children(node))
        return change(with_children(node, parts))

    def wrong(*given: Any) -> tuple[ir.Rule, ...]:
        return tuple(
            evolve(rule, expression=rewritten(rule.expression))
            if (rule.origin.block, rule.origin.clause) == (block, clause)
            else rule
            for rule in lower_rule(*given)
        )

    patch.setattr(program, "lower_rule", wrong)


def first_argument_of(clause: str, which: int = 0) -> Change:
    """Take an argument for the whole of what a clause computes."""

    def change(node: ir.Expression) -> ir.Expression:
        if isinstance(node, ir.Operate) and node.clause == clause:
            return node.arguments[which]
        return node

    return change


# ── 渐退 ──────────────────────────────────────────────────────────────────


@planted
def a_month_of_a_taper_ends_before_its_last_day(patch: pytest.MonkeyPatch) -> None:
    def change(node: ir.Expression) -> ir.Expression:
        is_end = isinstance(node, ir.Operate) and node.operation == "at_most"
        return evolve(node, operation="less") if is_end else node

    as_if_lowered(patch, "渐退", "", change)


@planted
def a_taper_goes_on_for_one_more_month(patch: pytest.MonkeyPatch) -> None:
    def change(node: ir.Expression) -> ir.Expression:
        match node:
            case ir.Operate("at_most", (months, ir.Literal(Fraction() as last) as end)) if last > 0:
                return evolve(node, arguments=(months, evolve(end, value=last + 1)))
        return node

    as_if_lowered(patch, "渐退", "", change)


@planted
def a_taper_takes_back_what_is_below_zero(patch: pytest.MonkeyPatch) -> None:
    as_if_lowered(patch, "渐退", "", first_argument_of("不低于零"))


# ── 专项 ──────────────────────────────────────────────────────────────────


@planted
def what_is_below_the_deductible_counts_against_one(patch: pytest.MonkeyPatch) -> None:
    as_if_lowered(patch, "专项", "对象", first_argument_of("起付"))


@planted
def a_base_below_zero_is_kept(patch: pytest.MonkeyPatch) -> None:
    as_if_lowered(patch, "专项", "对象", first_argument_of("不低于零"))


@planted
def a_ceiling_is_applied_before_the_rate(patch: pytest.MonkeyPatch) -> None:
    def change(node: ir.Expression) -> ir.Expression:
        match node:
            case ir.Operate("lowest", (ir.Operate("multiply", (base, rate)) as amount, ceiling)):
                if node.clause == "封顶" and base.type == ceiling.type:
                    capped = evolve(node, arguments=(base, ceiling))
                    return evolve(amount, arguments=(capped, rate))
        return node

    as_if_lowered(patch, "专项", "对象", change)


@planted
def a_ceiling_is_ignored(patch: pytest.MonkeyPatch) -> None:
    as_if_lowered(patch, "专项", "对象", first_argument_of("封顶"))


@planted
def help_given_elsewhere_is_ignored(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "special", lambda node: evolve(node, excludes=()))


@planted
def only_the_first_help_given_elsewhere_counts(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Special) -> tree.Special:
        return evolve(
            node, excludes=tuple(evolve(one, names=one.names[:1]) for one in node.excludes)
        )

    as_if_written(patch, "special", change)


@planted
def who_left_a_group_gets_nothing(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "special", lambda node: evolve(node, transitions=()))


@planted
def the_highest_group_is_the_first(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Special) -> tree.Special:
        return evolve(node, several="in_order") if node.several == "highest" else node

    as_if_written(patch, "special", change)


@planted
def groups_in_order_are_taken_from_the_last(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Special) -> tree.Special:
        return evolve(node, groups=node.groups[::-1]) if node.several == "in_order" else node

    as_if_written(patch, "special", change)


@planted
def who_is_in_no_group_gets_the_floor(patch: pytest.MonkeyPatch) -> None:
    def change(node: ir.Expression) -> ir.Expression:
        is_groups = isinstance(node, ir.Choose) and node.clause == "对象"
        return evolve(node, otherwise=node.cases[-1][1]) if is_groups else node

    as_if_lowered(patch, "专项", "", change)


@planted
def what_was_paid_already_is_not_taken_off(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "special", lambda node: evolve(node, less=()))


# ── 收入, 资格, 救助, 分类施保, 择一 ──────────────────────────────────────


@planted
def deductions_take_more_than_is_left(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "income", lambda node: evolve(node, in_order=False))


@planted
def deductions_are_taken_from_the_last(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Income) -> tree.Income:
        return evolve(node, deductions=node.deductions[::-1]) if node.in_order else node

    as_if_written(patch, "income", change)


@planted
def a_deduction_has_no_ceiling(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Income) -> tree.Income:
        deductions = tuple(evolve(one, at_most=None) for one in node.deductions)
        return evolve(node, deductions=deductions)

    as_if_written(patch, "income", change)


@planted
def deductions_together_have_no_ceiling(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "income", lambda node: evolve(node, deductions_at_most=None))


@planted
def an_imputed_income_takes_the_place_of_the_actual_one(patch: pytest.MonkeyPatch) -> None:
    as_if_lowered(patch, "收入", "", first_argument_of("推定", 1))


@planted
def exceptions_are_ignored(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Eligibility) -> tree.Eligibility:
        return evolve(
            node, requirements=tuple(evolve(one, waivers=()) for one in node.requirements)
        )

    as_if_written(patch, "eligibility", change)


@planted
def only_the_first_exception_counts(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Eligibility) -> tree.Eligibility:
        return evolve(
            node,
            requirements=tuple(evolve(one, waivers=one.waivers[:1]) for one in node.requirements),
        )

    as_if_written(patch, "eligibility", change)


@planted
def the_floor_goes_before_the_ceiling(patch: pytest.MonkeyPatch) -> None:
    def change(node: ir.Expression) -> ir.Expression:
        match node:
            case ir.Operate("lowest", (ir.Operate("highest", (amount, floor)) as raised, ceiling)):
                if (node.clause, raised.clause) == ("至多", "至少"):
                    capped = evolve(node, arguments=(amount, ceiling))
                    return evolve(raised, arguments=(capped, floor))
        return node

    as_if_lowered(patch, "救助", "", change)


@planted
def the_highest_category_is_all_of_them(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "graded", lambda node: evolve(node, highest=False))


@planted
def cases_in_order_are_taken_from_the_last(patch: pytest.MonkeyPatch) -> None:
    def change(node: tree.Select) -> tree.Select:
        return evolve(node, cases=node.cases[::-1]) if node.in_order else node

    as_if_written(patch, "select", change)


@planted
def the_rest_is_the_last_case(patch: pytest.MonkeyPatch) -> None:
    as_if_written(patch, "select", lambda node: evolve(node, otherwise=None))


# ── 分段, 累进, 第几 ──────────────────────────────────────────────────────


Brackets = Sequence[steps.Bracket]


@planted
def a_bracket_ends_before_its_end(patch: pytest.MonkeyPatch) -> None:
    pick = steps.pick

    def wrong(checker: Any, subject: Any, brackets: Brackets, *rest: Any) -> ir.Expression:
        return pick(checker, subject, [("<", end, value) for _, end, value in brackets], *rest)

    patch.setattr(expressions, "pick", wrong)


def _progressive(patch: pytest.MonkeyPatch, wrong: Callable[..., ir.Expression]) -> None:
    for module in (expressions, special):
        patch.setattr(module, "progressive", wrong)


@planted
def the_whole_amount_goes_at_the_rate_of_its_bracket(patch: pytest.MonkeyPatch) -> None:
    def wrong(
        checker: Any, subject: ir.Expression, brackets: Brackets, rest: Any, span: Any
    ) -> ir.Expression:
        rate = steps.pick(checker, subject, brackets, rest, span)
        return operate(checker, "multiply", [subject, rate], span)

    _progressive(patch, wrong)


@planted
def each_part_ends_one_fen_later(patch: pytest.MonkeyPatch) -> None:
    progressive = steps.progressive

    def later(end: ir.Expression) -> ir.Expression:
        if isinstance(end, ir.Literal) and isinstance(end.value, Fraction):
            return evolve(end, value=end.value + 1)
        return end

    def wrong(checker: Any, subject: Any, brackets: Brackets, *rest: Any) -> ir.Expression:
        moved = [(sign, later(end), rate) for sign, end, rate in brackets]
        return progressive(checker, subject, moved, *rest)

    _progressive(patch, wrong)


@planted
def everybody_has_a_place(patch: pytest.MonkeyPatch) -> None:
    lower_rank = expressions.lower_rank

    def wrong(checker: Any, inside: bool, node: tree.Rank, lower: Any) -> ir.Expression:
        return lower_rank(checker, inside, evolve(node, when=None), lower)

    patch.setattr(expressions, "lower_rank", wrong)


@planted
def of_equal_members_the_last_comes_first(patch: pytest.MonkeyPatch) -> None:
    """In the interpreter alone: what the generated function gives then differs as well."""
    value = interpret._value

    def wrong(run: Any, node: ir.Rank, member: int) -> Fraction:
        those = [
            one
            for one in range(len(run.members))
            if node.when is None or value(run, node.when, one)
        ]
        if member not in those:
            return Fraction(0)
        keys = {one: value(run, node.key, one) for one in those[::-1]}
        ordered = sorted(keys, key=keys.__getitem__, reverse=node.descending)
        return Fraction(ordered.index(member) + 1)

    patch.setattr(interpret, "_rank", wrong)


# ── versions, layers, values ──────────────────────────────────────────────


def _as_if_rewritten(patch: pytest.MonkeyPatch, change: Callable[[Period], Period | None]) -> None:
    """Take another period for that of a 改写, or leave it out."""
    override = layers.override

    def wrong(block: tree.Override, *given: Any) -> tree.Rule | None:
        period = change(block.period)
        return None if period is None else override(evolve(block, period=period), *given)

    patch.setattr(layers, "override", wrong)


@planted
def what_a_local_layer_rewrites_is_ignored(patch: pytest.MonkeyPatch) -> None:
    _as_if_rewritten(patch, lambda period: None)


@planted
def a_rule_is_rewritten_from_the_day_after(patch: pytest.MonkeyPatch) -> None:
    def change(period: Period) -> Period:
        assert period.since is not None
        return Period(period.since + ONE_DAY, period.until)

    _as_if_rewritten(patch, change)


@planted
def a_rule_stays_rewritten_for_one_more_day(patch: pytest.MonkeyPatch) -> None:
    def change(period: Period) -> Period:
        return Period(period.since, period.until and period.until + ONE_DAY)

    _as_if_rewritten(patch, change)


@planted
def a_value_is_raised_one_day_late(patch: pytest.MonkeyPatch) -> None:
    entry_on = tables.entry_on

    def wrong(series: Any, day: datetime.date) -> Any:
        return entry_on(series, day - ONE_DAY) or entry_on(series, day)

    patch.setattr(tables, "entry_on", wrong)


@planted
def a_value_is_never_raised(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tables, "entry_on", lambda series, day: series.entries[0])


@pytest.mark.parametrize("plant", _PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_found_by_the_second_reading(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, deep: bool
) -> None:
    # Each takes some seconds: a run of every day plants every fifth of them.
    if not deep and _PLANTED.index(plant) % 5:
        pytest.skip("planted with --deep")
    plant(monkeypatch)

    assert any(one.way == "reading" for one in differences(range(150), 20))


def test_without_a_fault_nothing_is_found() -> None:
    assert next(differences(range(4), 20), None) is None
