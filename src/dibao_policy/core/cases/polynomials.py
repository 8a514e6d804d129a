"""Exact numbers over leaves: quotients of polynomials whose divisor is known to be above zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from dibao_policy.core.cases.formulas import Leaf

Monomial = tuple[int, ...]
"""The places of the leaves that are multiplied, in order."""

Polynomial = dict[Monomial, Fraction]

ONE: Polynomial = {(): Fraction(1)}


@frozen(eq=False)
class Ratio:
    """The number `top / bottom`."""

    top: Polynomial
    bottom: Polynomial = ONE


def constant(value: Fraction) -> Ratio:
    """A known number."""
    return Ratio({(): Fraction(value)} if value else {})


def leaf_number(leaf: Leaf) -> Ratio:
    """The value of a leaf."""
    return Ratio({(leaf.place,): Fraction(1)})


def known(number: Ratio) -> Fraction | None:
    """The value of a number that no leaf enters, or None."""
    if number.bottom is not ONE or any(number.top.keys() - {()}):
        return None
    return number.top.get((), Fraction(0))


def plus(first: Polynomial, second: Polynomial, times: int = 1) -> Polynomial:
    """A sum of one polynomial and a multiple of another."""
    total = dict(first)
    for monomial, coefficient in second.items():
        value = coefficient if times == 1 else times * coefficient
        if monomial in total:
            value += total[monomial]
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def times(first: Polynomial, second: Polynomial) -> Polynomial:
    """A product of two polynomials."""
    if first is ONE:
        return second
    if second is ONE:
        return first
    total: Polynomial = {}
    for one, a in first.items():
        for other, b in second.items():
            monomial = tuple(sorted((*one, *other))) if one and other else one or other
            value = a * b
            if monomial in total:
                value += total[monomial]
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)
    return total


def _reduced(top: Polynomial, bottom: Polynomial) -> Ratio:
    """A quotient, with a divisor of one term as far as it can be divided away."""
    if bottom is ONE or not top:
        return Ratio(top)
    if len(bottom) > 1:
        return Ratio(top, bottom)
    ((monomial, coefficient),) = bottom.items()
    top = {one: value / coefficient for one, value in top.items()}
    for place in monomial:
        if all(place in one for one in top):
            top = divided(top, place)
            monomial = _without(monomial, place)
    return Ratio(top, {monomial: Fraction(1)} if monomial else ONE)


def divided(polynomial: Polynomial, place: int) -> Polynomial:
    """A polynomial without one leaf that all of its terms have."""
    return {_without(one, place): value for one, value in polynomial.items()}


def substituted(polynomial: Polynomial, place: int, value: Fraction) -> Polynomial:
    """A polynomial with a value in the place of one leaf."""
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        rest = tuple(one for one in monomial if one != place)
        term = {rest: coefficient * value ** (len(monomial) - len(rest))}
        total = plus(total, term) if term[rest] else total
    return total


def _without(monomial: Monomial, place: int) -> Monomial:
    at = monomial.index(place)
    return monomial[:at] + monomial[at + 1 :]


def add(first: Ratio, second: Ratio) -> Ratio:
    """A sum."""
    if first.bottom == second.bottom:
        return _reduced(plus(first.top, second.top), first.bottom)
    return _reduced(
        plus(times(first.top, second.bottom), times(second.top, first.bottom)),
        times(first.bottom, second.bottom),
    )


def scale(number: Ratio, factor: Fraction) -> Ratio:
    """A multiple."""
    if not factor:
        return constant(factor)
    return Ratio({one: value * factor for one, value in number.top.items()}, number.bottom)


def multiply(first: Ratio, second: Ratio) -> Ratio:
    """A product."""
    return _reduced(times(first.top, second.top), times(first.bottom, second.bottom))


def divide(first: Ratio, second: Ratio) -> Ratio:
    """A quotient; the divisor is known to be above zero."""
    return _reduced(times(first.top, second.bottom), times(first.bottom, second.top))


def difference(first: Ratio, second: Ratio) -> Polynomial:
    """A polynomial with the sign of the difference of two numbers."""
    if first.bottom == second.bottom:
        return plus(first.top, second.top, -1)
    return plus(times(first.top, second.bottom), times(second.top, first.bottom), -1)


def interval(leaves: Sequence[Leaf], polynomial: Polynomial) -> tuple[Fraction, Fraction]:
    """Bounds of a polynomial, from the bounds of its leaves."""
    low = high = Fraction(0)
    for monomial, coefficient in polynomial.items():
        # In whole numbers over one denominator: a fraction is made once a term.
        ends, below = [coefficient.numerator], coefficient.denominator
        for place in monomial:
            least, most = leaves[place].low, leaves[place].high
            shared = math.lcm(least.denominator, most.denominator)
            bounds = [one.numerator * (shared // one.denominator) for one in (least, most)]
            ends = [end * bound for end in ends for bound in bounds]
            below *= shared
        low += Fraction(min(ends), below)
        high += Fraction(max(ends), below)
    return low, high


def bounds(leaves: Sequence[Leaf], number: Ratio) -> tuple[Fraction, Fraction] | None:
    """Bounds of a number, or None where its divisor is not seen to be above zero."""
    top = interval(leaves, number.top)
    if number.bottom is ONE:
        return top
    bottom = interval(leaves, number.bottom)
    if bottom[0] <= 0:
        return None
    ends = [above / below for above in top for below in bottom]
    return min(ends), max(ends)


def step(leaves: Sequence[Leaf], number: Ratio) -> Fraction | None:
    """A number of which every value is a multiple, or None where there is none."""
    if number.bottom is not ONE:
        return None
    shared = Fraction(0)
    for monomial, coefficient in number.top.items():
        for place in monomial:
            grain = leaves[place].grain
            if grain is None:
                return None
            coefficient *= grain
        shared = shared_step(shared, coefficient)
    return shared


def shared_step(first: Fraction, second: Fraction) -> Fraction:
    """The greatest number of which both are multiples."""
    shared = math.lcm(first.denominator, second.denominator)
    steps = [one.numerator * (shared // one.denominator) for one in (first, second)]
    return Fraction(math.gcd(*steps), shared)
