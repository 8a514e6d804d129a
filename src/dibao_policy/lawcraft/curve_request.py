"""What is asked of a curve, held against the policy of the day: which input, from where to where, which sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.declared import shown
from dibao_policy.core.types import Number, type_text
from dibao_policy.evaluate.stretches import is_read, rules_behind
from dibao_policy.facts.words import LABEL, MEMBERS
from dibao_policy.lawcraft import curve_problems as problems
from dibao_policy.lawcraft.arrears import BENEFIT_BLOCKS, PER_MONTH, is_monthly_benefit
from dibao_policy.lawcraft.curve_model import Axis
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.text import nearest
from dibao_policy.units import shown_scale

NOTHING = ("无", "none")
"""Said of the own income: there is none among the inputs."""

_HOUSEHOLD = ("家庭", "household")


@frozen
class Wanted:
    """What is asked for: the input, the amounts that are summed, and the inputs that are the household's own income."""

    axis: Axis
    rules: tuple[ir.Rule, ...]
    own: tuple[ir.Fact, ...]


def wanted(
    snapshot: Snapshot,
    household: Mapping[str, Any],
    over: str,
    ends: tuple[Fraction, Fraction],
    step: Fraction | None,
    results: Sequence[str],
    own: Sequence[str] | None,
) -> Wanted:
    """What is asked for. Raises `PolicyError` with what stands in the way."""
    program, day = snapshot.compiled.program, str(snapshot.day)
    fact, member, label = _input(snapshot, household, over)
    rules = _rules(snapshot, results)
    incomes = _own(program, day, own)
    if not is_read(program, fact.name, [rule.name for rule in rules]):
        names = tuple(f"`{rule.name}`" for rule in rules)
        raise PolicyError([problems.InputUnread(day=day, name=fact.name, results=names)])
    kind = fact.type
    assert isinstance(kind, Number)
    scale = shown_scale(kind.unit)
    smallest = ir.step_of(fact) / scale
    axis = Axis(
        fact=fact,
        member=member,
        label=label,
        unit=type_text(kind),
        first=ends[0],
        last=ends[1],
        step=smallest if step is None else step,
        is_own=fact in incomes,
    )
    _check_ends(axis, scale, smallest)
    return Wanted(axis, rules, incomes)


# ── the input ─────────────────────────────────────────────────────────────


def _input(
    snapshot: Snapshot, household: Mapping[str, Any], over: str
) -> tuple[ir.Fact, int | None, str]:
    """The input that `户主.工资收入`, `家庭.金融资产` or `金融资产` names, and whose it is."""
    owner, _, name = over.rpartition(".")
    scope = "household" if owner in ("", *_HOUSEHOLD) else "member"
    program = snapshot.compiled.program
    known = [one for one in (*program.facts, *program.idle) if one.scope == scope]
    forms = {form: one for one in known for form in (*one.former, one.code, one.name) if form}
    numbers = tuple(f"`{one.name}`" for one in known if isinstance(one.type, Number))
    if name not in forms:
        raise PolicyError(
            [
                problems.UnknownInput(
                    day=str(snapshot.day),
                    owner="家庭" if scope == "household" else "成员",
                    owner_en="a household" if scope == "household" else "a member",
                    name=name,
                    near=nearest(name, forms),
                    known=numbers,
                )
            ]
        )
    fact = forms[name]
    if not isinstance(fact.type, Number):
        kind = type_text(fact.type)
        raise PolicyError([problems.InputNoNumber(name=fact.name, type=kind, known=numbers)])
    if scope == "household":
        return fact, None, ""
    labels = labels_of(household)
    if labels.count(owner) != 1:
        shown_labels = tuple(f"`{one}`" for one in labels)
        raise PolicyError([problems.NoSuchMember(name=owner, known=shown_labels)])
    return fact, labels.index(owner), owner


def labels_of(household: Mapping[str, Any]) -> list[str]:
    """What each member is called, `成员2` where nothing is said; empty where the members are no list."""
    people = next((household[key] for key in MEMBERS if key in household), ())
    if not isinstance(people, Sequence) or isinstance(people, str):
        return []
    told = [
        next((one[key] for key in LABEL if isinstance(one, Mapping) and key in one), "")
        for one in people
    ]
    return [str(label) if label else f"成员{place + 1}" for place, label in enumerate(told)]


def with_value(household: Mapping[str, Any], axis: Axis, value: Fraction) -> dict[str, Any]:
    """The household with another value of the input, under whichever of its names that came before."""
    forms = {axis.fact.name, axis.fact.code, *axis.fact.former}

    def replaced(given: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: one for key, one in given.items() if key not in forms}
        return kept | {axis.fact.name: value}

    if axis.member is None:
        return replaced(household)
    key = next(key for key in MEMBERS if key in household)
    people = list(household[key])
    people[axis.member] = replaced(people[axis.member])
    return {**household, key: people}


def _check_ends(axis: Axis, scale: Fraction, smallest: Fraction) -> None:
    """Ends within the range of the input, one above the other, whole steps apart."""
    fact = axis.fact
    first, last, step = (
        shown(one * scale, fact.type) for one in (axis.first, axis.last, axis.step)
    )
    found: list[Problem] = [
        problems.EndOutside(
            name=fact.name,
            end=shown(end * scale, fact.type),
            low=shown(fact.low, fact.type),
            high=shown(fact.high, fact.type),
        )
        for end in (axis.first, axis.last)
        if not fact.low <= end * scale <= fact.high
    ]
    if axis.last <= axis.first:
        found.append(problems.EndsBackward(first=first, last=last))
    reason = reason_en = ""
    least = shown(smallest * scale, fact.type)
    if axis.step <= 0 or (axis.step / smallest).denominator != 1:
        reason, reason_en = f"每步应当是 {least} 的整数倍", f"a step is a whole number of {least}"
    elif (axis.first / smallest).denominator != 1:
        reason, reason_en = f"起点应当精确到 {least}", f"the beginning is a whole number of {least}"
    elif ((axis.last - axis.first) / axis.step).denominator != 1:
        reason, reason_en = "起点到终点不是整数步", "that is no whole number of steps"
    if reason and not found:
        found.append(
            problems.StepUnfit(
                name=fact.name,
                first=first,
                last=last,
                step=step,
                reason=reason,
                reason_en=reason_en,
            )
        )
    if found:
        raise PolicyError(found)


# ── what is summed ────────────────────────────────────────────────────────


def _rules(snapshot: Snapshot, names: Sequence[str]) -> tuple[ir.Rule, ...]:
    """The amounts by the month: those that are named, or all benefits of which none is computed from another."""
    program = snapshot.compiled.program
    if names:
        found = [_named(snapshot, name) for name in names]
        unfit = [one for one in found if isinstance(one, Problem)]
        if unfit:
            raise PolicyError(unfit)
        return tuple(dict.fromkeys(one for one in found if isinstance(one, ir.Rule)))
    rules = tuple(filter(is_monthly_benefit, program.rules))
    if not rules:
        raise PolicyError([problems.NothingByMonth(day=str(snapshot.day))])
    every = {rule.name for rule in rules}
    inside = {
        rule.name: (rules_behind(program, [rule.name]) - {rule.name}) & every for rule in rules
    }
    read = frozenset().union(*inside.values())
    likely = ",".join(rule.name for rule in rules if rule.name not in read)
    unclear = [
        problems.CurveSumUnclear(whole=whole, part=part, likely=likely)
        for whole, parts in inside.items()
        for part in sorted(parts)
    ]
    if unclear:
        raise PolicyError(unclear)
    return rules


def _named(snapshot: Snapshot, name: str) -> ir.Rule | Problem:
    """The amount by the month of that name."""
    rules = snapshot.compiled.program.rules
    monthly = [rule for rule in rules if rule.type == PER_MONTH and not rule.origin.clause]
    known = tuple(f"`{rule.name}`" for rule in monthly)
    try:
        rule = snapshot.rule(name)
    except KeyError:
        forms = {form for one in monthly for form in (one.name, one.code) if form}
        reason, reason_en, near = "在规定里没有", "is not there", nearest(name, forms)
    else:
        if rule.type == PER_MONTH:
            return rule
        unit = type_text(rule.type)
        reason, reason_en, near = f"的单位是 {unit}", f"is in {unit}", ""
    return problems.ResultUnfit(
        name=name, reason=reason, reason_en=reason_en, near=near, known=known
    )


def aside(program: ir.Program, rules: Iterable[ir.Rule]) -> tuple[tuple[str, str], ...]:
    """The benefits that are in no sum because they are not paid by the month, with their units."""
    summed = rules_behind(program, [rule.name for rule in rules])
    return tuple(
        (rule.name, type_text(rule.type))
        for rule in program.rules
        if rule.origin.block in BENEFIT_BLOCKS
        and not rule.origin.clause
        and rule.type != PER_MONTH
        and rule.name not in summed
    )


# ── the household's own income ────────────────────────────────────────────


def _own(program: ir.Program, day: str, names: Sequence[str] | None) -> tuple[ir.Fact, ...]:
    """The inputs that are the household's own income: those that are named, or all that an income counts or exempts."""
    monthly = [fact for fact in program.facts if fact.type == PER_MONTH and not fact.assumed]
    if names is not None:
        if list(names) in ([word] for word in NOTHING):
            return ()
        forms = {form: one for one in monthly for form in (one.code, one.name) if form}
        known = tuple(f"`{one.name}`" for one in monthly)
        unfit = [
            problems.OwnUnfit(name=name, near=nearest(name, forms), known=known)
            for name in names
            if name not in forms
        ]
        if unfit:
            raise PolicyError(unfit)
        return tuple(dict.fromkeys(forms[name] for name in names))
    incomes = [rule for rule in program.rules if rule.origin.block == "收入"]
    if not incomes:
        likely = ",".join(fact.name for fact in monthly)
        raise PolicyError([problems.OwnUnclear(day=day, likely=likely)])
    counted = set(_counted(program, [rule.name for rule in incomes if not rule.origin.clause]))
    exempt = {name for name, _ in program.exempt}
    return tuple(fact for fact in monthly if fact.name in counted | exempt)


def _counted(program: ir.Program, names: Iterable[str]) -> Iterator[str]:
    """The inputs that are added up to an income: not what is deducted, put in its place or only compared."""
    rules = {rule.name: rule for rule in program.rules}
    seen: set[str] = set()
    left: list[ir.Expression] = [rules[name].expression for name in names]
    while left:
        match left.pop():
            case ir.ReadFact(name):
                yield name
            case ir.ReadRule(name) if name not in seen:
                seen.add(name)
                left.append(rules[name].expression)
            case ir.Operate("highest", arguments, clause=clause) if clause in ("推定", "至少"):
                left.append(arguments[0])
            case ir.Operate("add" | "multiply" | "divide" | "lowest" | "highest", arguments):
                left += arguments
            case ir.Choose(cases, otherwise):
                left += [otherwise, *(value for _, value in cases)]
            case ir.Round(operand):
                left.append(operand)
            case ir.Aggregate("sum" | "maximum" | "minimum", body):
                left.append(body)
