"""Exact numbers as pairs of integers: a numerator over a denominator that is known to be above zero.

`Integers` builds the integer expressions of one program.
Each carries the interval of its values, so that building one proves whether 64 bits suffice;
equal expressions are one object, so that a generated function computes them once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import define, field, frozen

from dibao_policy.core import problems
from dibao_policy.problem import Problem
from dibao_policy.text import Span
from dibao_policy.values import Rounding

LOWEST, HIGHEST = -(2**63), 2**63 - 1
DEPTH_LIMIT = 80


@frozen(eq=False)
class Int:
    """An integer expression and the interval of its values; a condition is 0 or 1.

    `operator` is one of: const, slot, table, + - * // neg, if, < <= == !=, and or not.
    """

    operator: str
    arguments: tuple[Int, ...]
    low: int
    high: int
    name: str = ""
    table: tuple[int, ...] = ()
    depth: int = 0


@frozen(eq=False)
class Form:
    """The number `numerator / denominator`; the denominator is above zero."""

    numerator: Int
    denominator: Int


def constant(value: Int) -> int | None:
    """The value of an expression that has one, or None."""
    return value.low if value.operator == "const" else None


def _balanced(items: Sequence[Int], join: Callable[[Int, Int], Int]) -> Int:
    """Items joined two by two, so that a long chain is not a deep tree."""
    level = list(items)
    while len(level) > 1:
        paired = [join(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired if len(level) % 2 == 0 else [*paired, level[-1]]
    return level[0]


@define
class Integers:
    """A builder of integer expressions; `span` is the place in the rules that is being built."""

    span: Span | None = None
    found: list[Problem] = field(factory=list)
    known: dict[tuple[object, ...], Int] = field(factory=dict)

    def _report_size(self, size: int) -> None:
        # The parts of one expression grow together: the first of them says enough.
        if any(known.span == self.span for known in self.found):
            return
        digits = str(size)
        shown = f"{digits[0]}.{digits[1]}×10^{len(digits) - 1}"
        self.found.append(problems.BeyondSixtyFourBits(span=self.span, size=shown))

    def _new(
        self,
        operator: str,
        arguments: tuple[Int, ...],
        low: int,
        high: int,
        name: str = "",
        table: tuple[int, ...] = (),
    ) -> Int:
        if low == high and operator not in ("const", "slot"):
            return self.const(low)
        key = (operator, *(id(argument) for argument in arguments), name, table, low, high)
        node = self.known.get(key)
        if node is None:
            if low < LOWEST or high > HIGHEST:
                self._report_size(max(abs(low), abs(high)))
                # Cut down, so that one overflow is one problem; a divisor stays above zero.
                low = min(max(low, LOWEST), HIGHEST)
                high = min(max(high, LOWEST), HIGHEST)
            depth = 1 + max((argument.depth for argument in arguments), default=0)
            if depth == DEPTH_LIMIT:
                self.found.append(problems.TooLongChain(span=self.span, limit=DEPTH_LIMIT))
            if depth >= DEPTH_LIMIT:
                # Cut off, so that no pass over the result can run out of stack.
                operator, arguments, depth = "const", (), 0
            node = self.known[key] = Int(operator, arguments, low, high, name, table, depth)
        return node

    # ── integers ──────────────────────────────────────────────────────────

    def const(self, value: int) -> Int:
        """A constant."""
        return self._new("const", (), value, value)

    def slot(self, name: str, low: int, high: int) -> Int:
        """A value that is computed elsewhere or given."""
        return self._new("slot", (), low, high, name)

    def lookup(self, values: Sequence[int], place: Int) -> Int:
        """The value at a place of a table."""
        return self._new("table", (place,), min(values), max(values), table=tuple(values))

    def plus(self, terms: Sequence[Int]) -> Int:
        """A sum, as a balanced tree: what is added before what is taken away."""
        fixed = sum(term.low for term in terms if constant(term) is not None)
        moving = [term for term in terms if constant(term) is None]
        added = [term for term in moving if term.operator != "neg"]
        taken = [term.arguments[0] for term in moving if term.operator == "neg"]
        if fixed > 0 or (fixed < 0 and not added):
            added.append(self.const(fixed))
        elif fixed < 0:
            taken.append(self.const(-fixed))
        if not added:
            return self.negative(_balanced(taken, self._add)) if taken else self.const(0)
        total = _balanced(added, self._add)
        if not taken:
            return total
        minus = _balanced(taken, self._add)
        return self._new("-", (total, minus), total.low - minus.high, total.high - minus.low)

    def _add(self, first: Int, second: Int) -> Int:
        return self._new("+", (first, second), first.low + second.low, first.high + second.high)

    def times(self, first: Int, second: Int) -> Int:
        """A product."""
        if constant(first) is not None:
            first, second = second, first
        if constant(second) == 1:
            return first
        if constant(second) is not None and first.operator == "*":
            inner = constant(first.arguments[1])
            if inner is not None:
                return self.times(first.arguments[0], self.const(inner * second.low))
        ends = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
        return self._new("*", (first, second), min(ends), max(ends))

    def negative(self, value: Int) -> Int:
        """A number with its sign turned."""
        if value.operator == "neg":
            return value.arguments[0]
        return self._new("neg", (value,), -value.high, -value.low)

    def floor_divide(self, value: Int, divisor: Int) -> Int:
        """A quotient, rounded down."""
        if constant(divisor) == 1:
            return value
        ends = [a // b for a in (value.low, value.high) for b in (divisor.low, divisor.high)]
        return self._new("//", (value, divisor), min(ends), max(ends))

    def choose(self, condition: Int, first: Int, second: Int) -> Int:
        """`first` where the condition holds, else `second`."""
        if constant(condition) is not None:
            return first if condition.low else second
        if first is second:
            return first
        low, high = min(first.low, second.low), max(first.high, second.high)
        return self._new("if", (condition, first, second), low, high)

    def _extreme(self, first: Int, second: Int, lower: bool) -> Int:
        """The lower or the higher of two integers."""
        if lower:
            low, high = min(first.low, second.low), min(first.high, second.high)
            settled = (
                first if first.high <= second.low else second if second.high <= first.low else None
            )
        else:
            low, high = max(first.low, second.low), max(first.high, second.high)
            settled = (
                first if first.low >= second.high else second if second.low >= first.high else None
            )
        if settled is not None:
            return settled
        condition = self.less(first, second) if lower else self.less(second, first)
        return self._new("if", (condition, first, second), low, high)

    def within(self, value: Int, low: int, high: int) -> Int:
        """A value of which more is known than its parts show."""
        low, high = max(low, value.low), min(high, value.high)
        return self._new(value.operator, value.arguments, low, high, value.name, value.table)

    # ── conditions ────────────────────────────────────────────────────────

    def less(self, first: Int, second: Int) -> Int:
        """first < second."""
        if first.high < second.low:
            return self.const(1)
        if first.low >= second.high:
            return self.const(0)
        return self._new("<", (first, second), 0, 1)

    def at_most(self, first: Int, second: Int) -> Int:
        """first ≤ second."""
        if first.high <= second.low:
            return self.const(1)
        if first.low > second.high:
            return self.const(0)
        return self._new("<=", (first, second), 0, 1)

    def equal(self, first: Int, second: Int) -> Int:
        """first = second."""
        if first.low > second.high or second.low > first.high:
            return self.const(0)
        if constant(first) is not None and constant(first) == constant(second):
            return self.const(1)
        return self._new("==", (first, second), 0, 1)

    def both(self, conditions: Sequence[Int]) -> Int:
        """Whether all conditions hold."""
        left = [one for one in conditions if constant(one) != 1]
        if any(constant(one) == 0 for one in left):
            return self.const(0)
        if not left:
            return self.const(1)
        return left[0] if len(left) == 1 else self._new("and", tuple(left), 0, 1)

    def either(self, conditions: Sequence[Int]) -> Int:
        """Whether some condition holds."""
        left = [one for one in conditions if constant(one) != 0]
        if any(constant(one) == 1 for one in left):
            return self.const(1)
        if not left:
            return self.const(0)
        return left[0] if len(left) == 1 else self._new("or", tuple(left), 0, 1)

    def opposite(self, condition: Int) -> Int:
        """Whether a condition does not hold."""
        if condition.operator == "not":
            return condition.arguments[0]
        return self._new("not", (condition,), 1 - condition.high, 1 - condition.low)

    # ── exact numbers ─────────────────────────────────────────────────────

    def number(self, value: Fraction) -> Form:
        """A constant number."""
        return Form(self.const(value.numerator), self.const(value.denominator))

    def whole(self, value: Int) -> Form:
        """An integer as a number."""
        return Form(value, self.const(1))

    def _common(self, forms: Sequence[Form]) -> tuple[list[Int], Int]:
        """The numerators over one denominator."""
        if all(form.denominator is forms[0].denominator for form in forms):
            return [form.numerator for form in forms], forms[0].denominator
        shared = math.lcm(*(constant(form.denominator) or 1 for form in forms))
        varying: list[Int] = []
        for form in forms:
            if constant(form.denominator) is None and form.denominator not in varying:
                varying.append(form.denominator)
        numerators = []
        for form in forms:
            fixed = constant(form.denominator)
            top = self.times(form.numerator, self.const(shared // (fixed or 1)))
            for other in varying:
                if other is not form.denominator:
                    top = self.times(top, other)
            numerators.append(top)
        bottom = self.const(shared)
        for other in varying:
            bottom = self.times(other, bottom)
        return numerators, bottom

    def add(self, forms: Sequence[Form]) -> Form:
        """A sum."""
        numerators, bottom = self._common(forms)
        return Form(self.plus(numerators), bottom)

    def negate(self, form: Form) -> Form:
        """A number with its sign turned."""
        return Form(self.negative(form.numerator), form.denominator)

    def multiply(self, forms: Sequence[Form]) -> Form:
        """A product, in lowest terms as far as constants go."""
        # Constants last, so that they meet in one.
        ordered = sorted(forms, key=lambda form: constant(form.numerator) is not None)
        top = _balanced([form.numerator for form in ordered], self.times)
        bottom = _balanced([form.denominator for form in ordered], self.times)
        return self._reduced(top, bottom)

    def _reduced(self, top: Int, bottom: Int) -> Form:
        factor = constant(top)
        if factor is None and top.operator == "*":
            factor = constant(top.arguments[1])
        below = constant(bottom)
        shared = math.gcd(factor, below) if factor and below else 1
        if shared == 1 or factor is None or below is None:
            return Form(top, bottom)
        rest = self.const(factor // shared)
        top = rest if constant(top) is not None else self.times(top.arguments[0], rest)
        return Form(top, self.const(below // shared))

    def divide(self, first: Form, second: Form) -> Form:
        """A quotient; the divisor is known to be above zero."""
        return self._reduced(
            self.times(first.numerator, second.denominator),
            self.times(first.denominator, second.numerator),
        )

    def compare(self, sign: str, first: Form, second: Form) -> Int:
        """A comparison, by multiplication: no quotient is ever formed."""
        (left, right), _ = self._common((first, second))
        match sign:
            case "<":
                return self.less(left, right)
            case "≤":
                return self.at_most(left, right)
            case ">":
                return self.less(right, left)
            case "≥":
                return self.at_most(right, left)
            case "=":
                return self.equal(left, right)
        return self.opposite(self.equal(left, right))

    def extreme(self, forms: Sequence[Form], lower: bool) -> Form:
        """The lowest or the highest of several numbers."""
        numerators, bottom = self._common(forms)
        best = _balanced(numerators, lambda first, second: self._extreme(first, second, lower))
        return Form(best, bottom)

    def pick(self, condition: Int, first: Form, second: Form) -> Form:
        """One of two numbers."""
        if constant(first.denominator) is None or constant(second.denominator) is None:
            return Form(
                self.choose(condition, first.numerator, second.numerator),
                self.choose(condition, first.denominator, second.denominator),
            )
        (left, right), bottom = self._common((first, second))
        return Form(self.choose(condition, left, right), bottom)

    def round(self, form: Form, quantum: Fraction, mode: Rounding) -> Form:
        """A number as a multiple of `quantum`."""
        top = self.times(form.numerator, self.const(quantum.denominator))
        bottom = self.times(form.denominator, self.const(quantum.numerator))
        ratio = self._reduced(top, bottom)
        top, bottom = ratio.numerator, ratio.denominator
        if constant(bottom) == 1:
            steps = top
        else:
            steps = self._steps(top, bottom, mode)
        return self._reduced(
            self.times(steps, self.const(quantum.numerator)), self.const(quantum.denominator)
        )

    def _steps(self, top: Int, bottom: Int, mode: Rounding) -> Int:
        if mode is Rounding.DOWN:
            return self.floor_divide(top, bottom)
        if mode is Rounding.UP:
            return self.negative(self.floor_divide(self.negative(top), bottom))
        below = constant(bottom)
        if below is not None and below % 2 == 0:
            raised, step = self.plus((top, self.const(below // 2))), bottom
        else:
            two = self.const(2)
            raised, step = self.plus((self.times(top, two), bottom)), self.times(bottom, two)
        half_up = self.floor_divide(raised, step)
        if mode is Rounding.HALF_UP:
            return half_up
        two = self.const(2)
        odd = self.plus((half_up, self.negative(self.times(self.floor_divide(half_up, two), two))))
        tie = self.equal(self.times(half_up, step), raised)
        return self.plus((half_up, self.negative(self.choose(tie, odd, self.const(0)))))


Build = Callable[[Integers, Sequence[Form]], Form]
