"""The law of assumed values: given what would have been computed, every other value stays what it was.

Random policies, random rules of them assumed, random households; by the interpreter and by the generated function.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

from dibao_policy.compile import assuming
from dibao_policy.core import ir
from dibao_policy.core.order import reads
from dibao_policy.core.rebuild import with_children
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.policy import Snapshot

from .agreement import _NO_POLICY, compiled_policy
from .households import Households

Values = Mapping[str, object]


def test_what_is_assumed_as_it_is_computed_changes_nothing(deep: bool) -> None:
    policies, households = (600, 20) if deep else (80, 6)
    compared = dropped = idle = endless = finer = 0
    # Each thing is to occur, whatever the policies: a few more are looked at until it has.
    for seed in range(9_100, 9_100 + 5 * policies):
        if seed >= 9_100 + policies and min(dropped, idle, endless, finer) > 0:
            break
        _, compiled = compiled_policy(seed)
        if compiled is None:
            continue
        pick = random.Random(seed)
        names = [rule.name for rule in compiled.program.rules]
        chosen = pick.sample(names, min(len(names), pick.randint(1, 3)))
        other = assuming(compiled, chosen)
        assert other.digest != compiled.digest and other.digest.endswith("-assumed")
        left = {rule.name for rule in other.program.rules}
        assert not left & set(chosen)
        dropped += len(names) - len(left) - len(chosen)
        idle += len(other.program.idle) - len(compiled.program.idle)
        _check_program(compiled.program, other.program)
        draw = Households(compiled.program, seed)
        snapshot = Snapshot(_NO_POLICY, other, day_from_number(20240301))
        for _ in range(households):
            facts = draw.draw()
            meant = values_of(interpret(compiled.program, facts))
            given = _facts(other.program, compiled.program, facts, meant)
            if given is None:
                # A quotient between two steps cannot be given.
                endless += 1
                continue
            found = values_of(interpret(other.program, given))
            decision = snapshot.decide_facts(given)
            assert found == {name: meant[name] for name in found}, (seed, chosen)
            for name in found:
                assert decision.raw(name) == meant[name], (seed, chosen, name)
                compared += 1
        finer += sum(fact.step not in (None, 1) for fact in other.program.facts)
    print(
        f"\n{compared} values, {dropped} rules gone, {idle} facts idle, {endless} endless, {finer} finer"
    )
    assert compared >= 2_000
    assert min(dropped, idle, endless, finer) > 0


def _check_program(before: ir.Program, after: ir.Program) -> None:
    """Every fact and rule that is left is read, or was read by nobody before either; nothing is lost."""
    read = {
        one.name
        for rule in after.rules
        for one in reads(rule.expression)
        if not isinstance(one, ir.Lookup)
    }
    for fact in after.facts:
        assert fact.assumed or fact.name in read | {name for name, _ in after.exempt}
    known = {fact.name for fact in (*after.facts, *after.idle) if not fact.assumed}
    assert known == {fact.name for fact in (*before.facts, *before.idle)}
    for rule in before.rules:
        parts = ir.children(rule.expression)
        assert with_children(rule.expression, parts) == rule.expression
    for rule in after.rules:
        for one in reads(rule.expression):
            if isinstance(one, ir.ReadRule):
                assert one.name in {rule.name for rule in after.rules}


def _facts(after: ir.Program, before: ir.Program, facts: Facts, meant: Values) -> Facts | None:
    """The same household, with the assumed values as they were computed; None where a step does not reach one."""
    household = dict(zip([f.name for f in household_facts(before)], facts.household, strict=True))
    members = dict(zip([f.name for f in member_facts(before)], facts.members, strict=True))
    for fact in after.facts:
        if not fact.assumed:
            continue
        value = meant[fact.name]
        steps = [_steps(fact, one) for one in (value if isinstance(value, tuple) else (value,))]
        if any(step.denominator != 1 for step in steps):
            return None
        assert all(fact.low <= one <= fact.high for one in _each(value))
        whole = [int(step) for step in steps]
        if fact.scope == "household":
            household[fact.name] = whole[0]
        else:
            members[fact.name] = whole
    return Facts(
        facts.day,
        facts.size,
        tuple(household[fact.name] for fact in household_facts(after)),
        tuple(members[fact.name] for fact in member_facts(after)),
        facts.labels,
        (),
    )


def _each(value: object) -> tuple[Fraction, ...]:
    return tuple(Fraction(one) for one in (value if isinstance(value, tuple) else (value,)))


def _steps(fact: ir.Fact, value: object) -> Fraction:
    assert isinstance(value, (Fraction, int))
    return Fraction(value) / ir.step_of(fact)
