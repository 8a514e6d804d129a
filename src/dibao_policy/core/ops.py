"""The operations of the language: one row each.

A row says everything about its operation: how it is written, what units it takes and gives (`signature`),
what it computes (`evaluate`, the meaning), its exact integer form (`build`), and how it is told (`phrase`).
The checker, both evaluators, the explanation and the generators of the tests read the row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Literal

from attrs import frozen

from dibao_policy.core.forms import Build, Form, Int, Integers

Signature = Literal[
    "alike",  # numbers of one unit, giving that unit
    "number",  # one number, giving its unit
    "product",  # numbers, giving the product of their units
    "quotient",  # two numbers, giving the quotient of their units
    "order",  # two numbers of one unit, two days, or two values of one ordered enumeration, giving 是否
    "same",  # two values of one type, giving 是否
    "logic",  # 是否 values, giving 是否
    "age",  # one or two days, giving 岁
    "months",  # two days, giving 月
    "year",  # one day, giving 年
    "month",  # one day, giving 月
    "day",  # one day, giving 日
]


@frozen
class Operation:
    """One operation. `zh` and `en` are the names under which it can be called; a sign has neither."""

    name: str
    zh: str
    en: str
    sign: str
    least: int
    most: int | None
    signature: Signature
    evaluate: Callable[..., Any]
    build: Build
    phrase: str
    doc: str


def _total(first: Fraction, *others: Fraction) -> Fraction:
    return sum(others, first)


def _product(first: Fraction, *others: Fraction) -> Fraction:
    return math.prod(others, start=first)


def _age(birth: int, day: int) -> Fraction:
    return Fraction((day - birth) // 10_000)


def _months(earlier: int, later: int) -> Fraction:
    """Whole months: one less where the later day of the month is before the earlier one's."""
    count = (later // 10_000 - earlier // 10_000) * 12
    count += later // 100 % 100 - earlier // 100 % 100
    return Fraction(count - (later % 100 < earlier % 100))


def _year(day: int) -> Fraction:
    return Fraction(day // 10_000)


def _month(day: int) -> Fraction:
    return Fraction(day // 100 % 100)


def _day(day: int) -> Fraction:
    return Fraction(day % 100)


def _clamp(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return max(low, min(value, high))


def _whole(build: Callable[[Integers, Sequence[Int]], Int]) -> Build:
    """The form of an operation on conditions, days or places in a list."""
    return lambda b, forms: b.whole(build(b, [form.numerator for form in forms]))


def _comparison(sign: str) -> Build:
    return lambda b, forms: b.whole(b.compare(sign, forms[0], forms[1]))


def _clamp_form(b: Integers, forms: Sequence[Form]) -> Form:
    value, low, high = forms
    return b.extreme((low, b.extreme((value, high), lower=True)), lower=False)


def _age_form(b: Integers, days: Sequence[Int]) -> Int:
    birth, day = days
    return b.floor_divide(b.plus((day, b.negative(birth))), b.const(10_000))


def _months_form(b: Integers, days: Sequence[Int]) -> Int:
    earlier, later = days

    def split(day: Int) -> tuple[Int, Int]:
        """Months since year 0, and the day of the month."""
        hundreds = b.floor_divide(day, b.const(100))
        years = b.floor_divide(day, b.const(10_000))
        # Year and month in one: hundreds is 100 · year + month.
        months = b.plus((hundreds, b.negative(b.times(years, b.const(88)))))
        return months, b.plus((day, b.negative(b.times(hundreds, b.const(100)))))

    (first, first_day), (last, last_day) = split(earlier), split(later)
    unreached = b.choose(b.less(last_day, first_day), b.const(1), b.const(0))
    return b.plus((last, b.negative(first), b.negative(unreached)))


def _month_form(b: Integers, days: Sequence[Int]) -> Int:
    hundreds = b.floor_divide(days[0], b.const(100))
    years = b.floor_divide(days[0], b.const(10_000))
    # A day of the calendar has a month from 1 to 12, which its digits alone do not show.
    return b.within(b.plus((hundreds, b.negative(b.times(years, b.const(100))))), 1, 12)


def _day_form(b: Integers, days: Sequence[Int]) -> Int:
    hundreds = b.floor_divide(days[0], b.const(100))
    return b.within(b.plus((days[0], b.negative(b.times(hundreds, b.const(100))))), 1, 31)


TABLE: dict[str, Operation] = {
    row.name: row
    for row in (
        Operation("add", "", "", "+", 2, None, "alike", _total,
                  lambda b, f: b.add(f), "{0} + {1}", "几个同单位的数相加"),
        Operation("negate", "", "", "−", 1, 1, "number", lambda a: -a,
                  lambda b, f: b.negate(f[0]), "−{0}", "一个数的相反数"),
        Operation("multiply", "", "", "×", 2, None, "product", _product,
                  lambda b, f: b.multiply(f), "{0} × {1}", "几个数相乘，单位也相乘"),
        Operation("divide", "", "", "÷", 2, 2, "quotient", lambda a, b: a / b,
                  lambda b, f: b.divide(f[0], f[1]), "{0} ÷ {1}", "两个数相除，除数必须大于零"),
        Operation("less", "", "", "<", 2, 2, "order", lambda a, b: a < b,
                  _comparison("<"), "{0} < {1}", "前者小于后者"),
        Operation("at_most", "", "", "≤", 2, 2, "order", lambda a, b: a <= b,
                  _comparison("≤"), "{0} ≤ {1}", "前者不大于后者"),
        Operation("greater", "", "", ">", 2, 2, "order", lambda a, b: a > b,
                  _comparison(">"), "{0} > {1}", "前者大于后者"),
        Operation("at_least", "", "", "≥", 2, 2, "order", lambda a, b: a >= b,
                  _comparison("≥"), "{0} ≥ {1}", "前者不小于后者"),
        Operation("equal", "", "", "=", 2, 2, "same", lambda a, b: a == b,
                  _comparison("="), "{0} = {1}", "两者相同"),
        Operation("unequal", "", "", "≠", 2, 2, "same", lambda a, b: a != b,
                  _comparison("≠"), "{0} ≠ {1}", "两者不同"),
        Operation("and", "", "", "且", 2, None, "logic", lambda *a: all(a),
                  _whole(lambda b, c: b.both(c)), "{0} 且 {1}", "全部成立"),
        Operation("or", "", "", "或", 2, None, "logic", lambda *a: any(a),
                  _whole(lambda b, c: b.either(c)), "{0} 或 {1}", "至少一个成立"),
        Operation("not", "", "", "非", 1, 1, "logic", lambda a: not a,
                  _whole(lambda b, c: b.opposite(c[0])), "非 {0}", "不成立"),
        Operation("lowest", "较小", "lowest", "", 2, None, "alike", min,
                  lambda b, f: b.extreme(f, lower=True), "较小({0}, {1})", "几个数中最小的一个"),
        Operation("highest", "较大", "highest", "", 2, None, "alike", max,
                  lambda b, f: b.extreme(f, lower=False), "较大({0}, {1})", "几个数中最大的一个"),
        Operation("clamp", "限", "clamp", "", 3, 3, "alike", _clamp,
                  _clamp_form, "限({0}, {1}, {2})", "把第一个数限制在后两个数之间；下限高于上限时取下限"),
        Operation("age", "周岁", "age", "", 1, 2, "age", _age,
                  _whole(_age_form), "周岁({0})", "出生日期在决定日期（或第二个日期）的周岁"),
        Operation("months", "整月数", "months_between", "", 2, 2, "months", _months,
                  _whole(_months_form), "整月数({0}, {1})", "前一日期到后一日期的整月数"),
        Operation("year", "年份", "year_of", "", 1, 1, "year", _year,
                  _whole(lambda b, d: b.floor_divide(d[0], b.const(10_000))),
                  "年份({0})", "日期所在的年"),
        Operation("month", "月份", "month_of", "", 1, 1, "month", _month,
                  _whole(_month_form), "月份({0})", "日期所在的月，从 1月 到 12月"),
        Operation("day", "日号", "day_of", "", 1, 1, "day", _day,
                  _whole(_day_form), "日号({0})", "日期是这个月的第几日，从 1日 到 31日"),
    )
}  # fmt: skip

CALLED: dict[str, str] = {
    word: row.name for row in TABLE.values() for word in (row.zh, row.en) if word
}
SIGNED: dict[str, str] = {row.sign: row.name for row in TABLE.values() if row.sign}
SPELLINGS: dict[str, tuple[str, str]] = {
    word: (row.zh, row.en) for row in TABLE.values() for word in (row.zh, row.en) if word
}
