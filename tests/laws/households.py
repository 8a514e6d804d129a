"""Random households for any program: mostly values at a boundary, where mistakes show."""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.core.order import births_of
from dibao_policy.core.types import Day, Number
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts


def _literals(node: ir.Expression) -> Iterator[ir.Literal]:
    if isinstance(node, ir.Literal):
        yield node
    for child in ir.children(node):
        yield from _literals(child)


class Households:
    """Draws households for one program."""

    def __init__(self, program: ir.Program, seed: int) -> None:
        self.random = random.Random(seed)
        self.program = program
        self.births = births_of(program)
        numbers: set[Fraction] = {value for table in program.tables for value in table.values}
        days: set[int] = set()
        for rule in program.rules:
            for literal in _literals(rule.expression):
                if isinstance(literal.type, Number):
                    numbers.add(Fraction(literal.value))
                elif isinstance(literal.type, Day):
                    days.add(int(literal.value))
        self.numbers = sorted(numbers)
        self.days = sorted(days)

    def draw(self) -> Facts:
        """One household; one in thirty has as many members as there may be."""
        pick = self.random
        size = 50 if pick.random() < 1 / 30 else pick.choice((1, 1, 2, 2, 3, 3, 4, 5, 8))
        self.day = self._day() if pick.random() < 0.3 else 20240301
        household = tuple(self._value(fact) for fact in household_facts(self.program))
        members = tuple(
            [self._value(fact) for _ in range(size)] for fact in member_facts(self.program)
        )
        labels = tuple(str(place + 1) for place in range(size))
        return Facts(self.day, size, household, members, labels, ())

    def idle(self, size: int) -> dict[str, list[int]]:
        """Values, one for each member, of the facts that no rule of the program reads."""
        return {fact.name: [self._value(fact) for _ in range(size)] for fact in self.program.idle}

    def _value(self, fact: ir.Fact) -> int:
        """A value in range, as a whole number of steps."""
        if isinstance(fact.type, Day):
            day = self._day()
            return min(day, self.day) if fact.name in self.births else day
        scale = ir.step_of(fact).denominator
        low, high = int(fact.low * scale), int(fact.high * scale)
        pick = self.random
        if high - low < 5 or pick.random() < 0.4:
            return pick.randint(low, high)
        near = [low, low + 1, high - 1, high, 0]
        if self.numbers:
            threshold = int(pick.choice(self.numbers) * scale)
            near += [threshold - 1, threshold, threshold + 1] * 2
        return min(max(pick.choice(near), low), high)

    def _day(self) -> int:
        """A day of the calendar: often 29 February, the end of a month, or one that a rule names."""
        pick = self.random
        kind = pick.randrange(5)
        if kind == 0 and self.days:
            return pick.choice(self.days)
        year = pick.choice((1900, 1944, 1960, 1999, 2000, 2008, 2023, 2024, 2199))
        if kind == 1:
            return 20000229 if pick.random() < 0.5 else 19600229
        month = pick.choice((1, 2, 3, 12, pick.randint(1, 12)))
        last = calendar.monthrange(year, month)[1]
        return year * 10_000 + month * 100 + pick.choice((1, last, last - 1, pick.randint(1, last)))
