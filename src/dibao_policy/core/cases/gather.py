"""Summaries over members: member by member in a household of a given make-up, else a leaf that is not looked into."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.cases import polynomials
from dibao_policy.core.cases.comparing import compared
from dibao_policy.core.cases.formulas import Formula, every, opposite, some
from dibao_policy.core.cases.leaves import count_leaf, opaque_leaf, rank_leaf, size_number
from dibao_policy.core.cases.pieces import ANYONE, Numbers, Who, merged
from dibao_policy.core.cases.polynomials import Ratio
from dibao_policy.core.cases.world import World, members_of, piece_limit
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.types import Number, YesNo
from dibao_policy.units import grain

Truth = Callable[[World, ir.Expression, Who], Formula]
Amount = Callable[[World, ir.Expression, Who], Numbers | None]
Against = Callable[[World, str, ir.Expression, Who, ir.Expression, Who], Formula | None]


def condition(world: World, node: ir.Aggregate, truth: Truth) -> Formula:
    """Whether some member, or every one, meets a condition."""
    if world.setting is None:
        return _counted_condition(world, node, truth)
    found: list[Formula] = []
    for who, _ in members_of(world):
        when = True if node.when is None else truth(world, node.when, who)
        body = truth(world, node.body, who)
        if node.kind == "any":
            found.append(every((when, body)))
        else:
            found.append(some((opposite(when), body)))
    return some(found) if node.kind == "any" else every(found)


def _counted_condition(world: World, node: ir.Aggregate, truth: Truth) -> Formula:
    """存在 as a count above zero, 全部 as one of all: so that they and 人数 know of each other."""
    body, sign, limit = node.body, ">", polynomials.constant(Fraction(0))
    if node.kind == "all" and node.when is None:
        sign, limit = "=", size_number(world)
    elif node.kind == "all":
        body, sign = ir.Operate("not", (node.body,), YesNo(), span=node.span), "="
    if node.when is not None:
        body = ir.Operate("and", (node.when, body), YesNo(), span=node.span)
    return some(
        every((when, compared(world, count, sign, limit)))
        for when, count in _count(world, body, truth)
    )


def _count(world: World, condition: ir.Expression, truth: Truth) -> Numbers:
    """How many members meet a condition: the member at hand, and of the others any number there can be."""
    match condition:
        case ir.Operate("not", (inner,)):
            size = size_number(world)
            return tuple(
                (when, polynomials.add(size, polynomials.scale(count, Fraction(-1))))
                for when, count in _count(world, inner, truth)
            )
    here = truth(world, condition, 0 if world.at_hand else ANYONE)
    if isinstance(here, bool):
        # What holds for one member whoever it is, holds for all.
        return ((True, size_number(world) if here else polynomials.constant(Fraction(0))),)
    others = polynomials.leaf_number(count_leaf(world, condition))
    if not world.at_hand:
        return ((True, others),)
    one_more = polynomials.add(others, polynomials.constant(Fraction(1)))
    return ((here, one_more), (opposite(here), others))


def total(
    world: World, node: ir.Aggregate, who: Who, truth: Truth, amount: Amount
) -> Numbers | None:
    """A number from all members of a household whose make-up is given."""
    parts: list[tuple[Formula, Numbers, int]] = []
    for member, weight in members_of(world):
        when: Formula = True if node.when is None else truth(world, node.when, member)
        body = amount(world, node.body, member)
        if body is None:
            return None
        parts.append((when, body, weight))
    if node.kind in ("sum", "count"):
        return _sum(world, parts)
    otherwise: Numbers | None = ()
    if node.otherwise is not None:
        otherwise = amount(world, node.otherwise, who)
    return None if otherwise is None else _extreme(world, node.kind, parts, otherwise)


def place(world: World, node: ir.Rank, who: Who, truth: Truth, against: Against) -> Numbers | None:
    """The place of a member: 1 and the members before it. In a setting everyone has to be one that can differ."""
    if world.setting is None:
        return ((True, polynomials.leaf_number(rank_leaf(world, node, who))),)
    assert world.setting.size == world.setting.free and who is not None
    one: Numbers = ((True, polynomials.constant(Fraction(1))),)
    here: Formula = True if node.when is None else truth(world, node.when, who)
    parts: list[tuple[Formula, Numbers, int]] = [(here, one, 1)]
    for other, _ in members_of(world):
        if other == who:
            continue
        # Equal ones stand as they come.
        sign = (
            (">" if node.descending else "<") if other > who else ("≥" if node.descending else "≤")
        )
        before = against(world, sign, node.key, other, node.key, who)
        if before is None:
            return None
        counts: Formula = True if node.when is None else truth(world, node.when, other)
        parts.append((every((here, counts, before)), one, 1))
    return _sum(world, parts)


def _sum(world: World, parts: list[tuple[Formula, Numbers, int]]) -> Numbers | None:
    found: Numbers | None = ((True, polynomials.constant(Fraction(0))),)
    for when, body, weight in parts:
        if found is None or len(found) * (len(body) + 1) > piece_limit(world):
            return None
        found = merged(
            [
                (every((before, when, given)), polynomials.add(so_far, _times(one, weight)))
                for before, so_far in found
                for given, one in body
            ]
            + [(every((before, opposite(when))), so_far) for before, so_far in found]
        )
    return found


def _times(number: Ratio, weight: int) -> Ratio:
    return number if weight == 1 else polynomials.scale(number, Fraction(weight))


def _extreme(
    world: World, kind: str, parts: list[tuple[Formula, Numbers, int]], otherwise: Numbers
) -> Numbers | None:
    sign = "≥" if kind == "maximum" else "≤"
    # The best so far, of those members for which the condition holds; None where there was none.
    found: list[tuple[Formula, Ratio | None]] = [(True, None)]
    for when, body, _ in parts:
        following: list[tuple[Formula, Ratio | None]] = []
        for before, best in found:
            following.append((every((before, opposite(when))), best))
            for given, one in body:
                here = every((before, when, given))
                if best is None:
                    following.append((here, one))
                else:
                    keeps = compared(world, best, sign, one)
                    following.append((every((here, keeps)), best))
                    following.append((every((here, opposite(keeps))), one))
        found = [(when, best) for when, best in following if when is not False]
        if len(found) > piece_limit(world):
            return None
    pieces = [(when, best) for when, best in found if best is not None]
    nobody = some(when for when, best in found if best is None)
    pieces += [(every((nobody, given)), one) for given, one in otherwise]
    return merged(pieces)


def unknown_total(
    world: World, node: ir.Aggregate, who: Who, truth: Truth, amount: Amount
) -> Numbers | None:
    """A number from all members, whoever they are: how many there are, or anything within bounds."""
    if node.kind == "count":
        if node.when is None:
            return ((True, size_number(world)),)
        return _count(world, node.when, truth)
    body = amount(world, node.body, ANYONE)
    otherwise = () if node.otherwise is None else amount(world, node.otherwise, who)
    if body is None or otherwise is None:
        return None
    ends: list[Fraction] = []
    step: Fraction | None = Fraction(0)
    for _, one in (*body, *otherwise):
        known = polynomials.bounds(world.leaves, one)
        if known is None:
            return None
        ends += known
        each = polynomials.step(world.leaves, one)
        step = None if step is None or each is None else polynomials.shared_step(step, each)
    low, high = min(ends), max(ends)
    if node.kind == "sum":
        least = 1 if node.when is None else 0
        low = min(low * least, low * MEMBER_LIMIT)
        high = max(high * least, high * MEMBER_LIMIT)
    if step is not None and not step:
        step = grain(node.type.unit) if isinstance(node.type, Number) else Fraction(1)
    whose = who if node.otherwise is not None else None
    leaf = opaque_leaf(world, (node, whose), node.type, low, high, step)
    return ((True, polynomials.leaf_number(leaf)),)
