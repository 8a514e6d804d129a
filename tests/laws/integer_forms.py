"""The meaning of integer expressions, and of whole programs in them, node by node: what the tests compare with.

Every part is computed, taken or not, and each has to lie within the interval that was proved for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field

from dibao_policy.core.forms import HIGHEST, LOWEST, Int
from dibao_policy.core.integers import Computed, IntegerProgram
from dibao_policy.evaluate.facts import Facts, household_facts, member_facts

_OPERATORS: dict[str, Callable[..., int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "neg": lambda a: -a,
    "if": lambda condition, a, b: a if condition else b,
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    "==": lambda a, b: int(a == b),
    "and": lambda *parts: int(all(parts)),
    "or": lambda *parts: int(any(parts)),
    "not": lambda a: int(not a),
}


def value_of(node: Int, slots: Mapping[str, int] | Callable[[str], int]) -> int:
    """The value of an expression; a value outside its interval is an assertion error."""
    read = slots if callable(slots) else slots.__getitem__
    known: dict[int, int] = {}

    def compute(one: Int) -> int:
        if id(one) not in known:
            parts = [compute(argument) for argument in one.arguments]
            match one.operator:
                case "const":
                    value = one.low
                case "slot":
                    value = read(one.name)
                case "table":
                    value = one.table[parts[0]]
                case operator:
                    value = _OPERATORS[operator](*parts)
            assert one.low <= value <= one.high, (one.operator, one.low, value, one.high)
            assert LOWEST <= value <= HIGHEST, (one.operator, value)
            known[id(one)] = value
        return known[id(one)]

    return compute(node)


@define
class Run:
    """One household through the integer form of a program."""

    integers: IntegerProgram
    facts: Facts
    values: dict[tuple[str, int | None], int] = field(factory=dict)

    def all(self) -> dict[tuple[str, int | None], int]:
        """The numerator and denominator of every rule, `r:` and `d:` before its name."""
        program = self.integers.program
        for fact, value in zip(household_facts(program), self.facts.household, strict=True):
            self.values[f"f:{fact.name}", None] = value
        for fact, column in zip(member_facts(program), self.facts.members, strict=True):
            for place, value in enumerate(column):
                self.values[f"f:{fact.name}", place] = value
        self.values["day", None] = self.facts.day
        for one in self.integers.rules:
            for place in range(self.facts.size) if one.rule.scope == "member" else (None,):
                self._rule(one, place)
        return self.values

    def _rule(self, one: Computed, place: int | None) -> None:
        name = one.rule.name
        self.values[f"r:{name}", place] = value_of(one.form.numerator, self._reader(place))
        self.values[f"d:{name}", place] = value_of(one.form.denominator, self._reader(place))

    def _reader(self, place: int | None) -> Callable[[str], int]:
        def read(slot: str) -> int:
            for key in ((slot, place), (slot, None)):
                if key in self.values:
                    return self.values[key]
            if self.integers.accumulators[slot[2:]].kind in ("ascending", "descending"):
                self._places(slot)
                return self.values[slot, place]
            value = self.values[slot, None] = self._gathered(slot)
            return value

        return read

    def _places(self, slot: str) -> None:
        """Each member's place: how many stand before it, and one."""
        ranked = self.integers.accumulators[slot[2:]]
        everyone = range(self.facts.size)
        keys = {
            place: value_of(ranked.body, self._reader(place))
            for place in everyone
            if ranked.when is None or value_of(ranked.when, self._reader(place))
        }
        sign = -1 if ranked.kind == "descending" else 1
        for place in everyone:
            before = [
                one for one in keys if (sign * keys[one], one) < (sign * keys.get(place, 0), place)
            ]
            self.values[slot, place] = len(before) + 1 if place in keys else 0

    def _gathered(self, slot: str) -> int:
        gathered = self.integers.accumulators[slot[2:]]
        given = [
            value_of(gathered.body, self._reader(place))
            for place in range(self.facts.size)
            if gathered.when is None or value_of(gathered.when, self._reader(place))
        ]
        match gathered.kind:
            case "sum" | "count":
                return sum(given)
            case "any":
                return int(any(given))
            case "all":
                return int(all(given))
            case "maximum":
                return max([gathered.initial, *given])
        return min([gathered.initial, *given])
