"""Laws of numbers, units and days; and of each operation, whose two sides say the same."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as some

from dibao_policy.core.forms import Form, Integers
from dibao_policy.core.ops import TABLE, Operation
from dibao_policy.dates import age_in_years, day_from_number, day_number, months_between
from dibao_policy.units import NO_UNIT, UNIT_WORDS, multiply, read_unit, unit_text
from dibao_policy.values import Rounding, exact_decimal, exact_number, number_text, round_to

from .integer_forms import value_of

numbers = some.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)
quanta = some.sampled_from([Fraction(1), Fraction(10), Fraction(1, 2), Fraction(3, 7), Fraction(5)])
decimals = some.integers(-(10**15), 10**15).map(lambda n: Fraction(n, 10**6))
days = some.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))
LEAP_DAY = datetime.date(2000, 2, 29)


# ── rounding ──────────────────────────────────────────────────────────────


@given(numbers, quanta, some.sampled_from(Rounding))
def test_a_rounded_number_is_a_multiple_less_than_one_step_away(
    value: Fraction, quantum: Fraction, mode: Rounding
) -> None:
    rounded = round_to(value, quantum, mode)

    assert (rounded / quantum).denominator == 1
    assert abs(rounded - value) < quantum
    assert round_to(rounded, quantum, mode) == rounded


@given(numbers, quanta)
def test_up_is_not_below_down_is_not_above_and_the_halves_are_nearest(
    value: Fraction, quantum: Fraction
) -> None:
    up, down = (round_to(value, quantum, mode) for mode in (Rounding.UP, Rounding.DOWN))

    assert down <= value <= up
    assert up == -round_to(-value, quantum, Rounding.DOWN)
    for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN):
        assert abs(round_to(value, quantum, mode) - value) * 2 <= quantum


@given(some.integers(-1000, 1000), quanta)
def test_an_exact_half_goes_up_or_to_the_even_neighbor(steps: int, quantum: Fraction) -> None:
    half = (steps + Fraction(1, 2)) * quantum

    assert round_to(half, quantum, Rounding.HALF_UP) == (steps + 1) * quantum
    assert round_to(half, quantum, Rounding.HALF_EVEN) == (steps + steps % 2) * quantum


@given(numbers, quanta, some.sampled_from(Rounding))
def test_the_integer_form_of_rounding_rounds_alike(
    value: Fraction, quantum: Fraction, mode: Rounding
) -> None:
    builder = Integers()
    form = builder.round(_slot_form(builder, 0, value), quantum, mode)

    assert _value(form, {"n0": value.numerator, "d0": value.denominator}) == round_to(
        value, quantum, mode
    )


# ── numbers as text ───────────────────────────────────────────────────────


@given(decimals, some.integers(0, 8))
def test_a_number_with_an_end_is_read_as_it_is_written(value: Fraction, places: int) -> None:
    text = number_text(value, places)

    assert exact_number(text) == value
    assert places == 0 or len(text.partition(".")[2]) >= places
    assert exact_decimal(value) == Decimal(value.numerator) / Decimal(value.denominator)


@given(numbers.filter(lambda value: value.denominator % 3 == 0))
def test_a_number_without_an_end_is_written_as_a_quotient(value: Fraction) -> None:
    assert Fraction(number_text(value)) == value
    assert exact_number(number_text(value)) is None
    assert exact_decimal(value) is None


@pytest.mark.parametrize("text", ["1e3", "1,000", "007", "+1", ".5", "1.", "１", "0x1", "", "--1"])
def test_what_is_not_plain_digits_is_no_number(text: str) -> None:
    assert exact_number(text) is None


# ── days ──────────────────────────────────────────────────────────────────


@given(days, days)
def test_an_age_is_the_same_for_days_and_for_their_numbers(
    birth: datetime.date, day: datetime.date
) -> None:
    assert TABLE["age"].evaluate(day_number(birth), day_number(day)) == age_in_years(birth, day)
    assert day_from_number(day_number(birth)) == birth


@given(days, some.integers(0, 120))
def test_a_year_is_complete_on_the_birthday_and_not_the_day_before(
    birth: datetime.date, years: int
) -> None:
    leap = (birth.month, birth.day) == (2, 29)
    try:
        birthday = birth.replace(year=birth.year + years)
    except ValueError:
        birthday = datetime.date(birth.year + years, 3, 1)

    assert age_in_years(birth, birthday) == years
    assert age_in_years(birth, birthday - datetime.timedelta(days=1)) == years - 1
    assert birthday.day == (birth.day if not leap or birthday.month == 2 else 1)


def test_who_is_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert age_in_years(LEAP_DAY, datetime.date(2018, 2, 28)) == 17
    assert age_in_years(LEAP_DAY, datetime.date(2018, 3, 1)) == 18
    assert age_in_years(LEAP_DAY, datetime.date(2020, 2, 29)) == 20


@given(days, days)
def test_months_are_whole_months(earlier: datetime.date, later: datetime.date) -> None:
    months = months_between(earlier, later)

    assert TABLE["months"].evaluate(day_number(earlier), day_number(later)) == months
    years, month = divmod(earlier.year * 12 + earlier.month - 1 + months, 12)
    assert (years, month + 1, earlier.day) <= (later.year, later.month, later.day)
    years, month = divmod(earlier.year * 12 + earlier.month + months, 12)
    assert (later.year, later.month, later.day) < (years, month + 1, earlier.day)


# ── units ─────────────────────────────────────────────────────────────────

units = some.lists(some.sampled_from(sorted(UNIT_WORDS)), max_size=3).map(
    lambda words: _product([read_unit(word)[0] for word in words])
)


def _product(parts: list[object]) -> object:
    unit = NO_UNIT
    for part in parts:
        unit = multiply(unit, part)
    return unit


@given(units, units)
def test_a_unit_times_another_over_it_is_the_first(first: object, second: object) -> None:
    assert multiply(multiply(first, second), second, -1) == first
    assert multiply(first, second) == multiply(second, first)
    assert multiply(first, first, -1) == NO_UNIT


@given(units)
def test_a_unit_is_read_as_it_is_written(unit: object) -> None:
    if unit != NO_UNIT:
        assert read_unit(unit_text(unit))[0] == unit


# ── operations ────────────────────────────────────────────────────────────


def _slot_form(builder: Integers, place: int, value: Fraction) -> Form:
    """A number that the builder knows no more of than its size."""
    return Form(
        builder.slot(f"n{place}", -(10**9), 10**9),
        builder.slot(f"d{place}", 1, 1000),
    )


def _value(form: Form, slots: dict[str, int]) -> Fraction:
    return Fraction(value_of(form.numerator, slots), value_of(form.denominator, slots))


def _arguments(row: Operation) -> some.SearchStrategy[list[object]]:
    few = min(row.most or 4, 4)
    small = some.fractions(min_value=-50, max_value=50, max_denominator=12)
    match row.signature:
        case "logic":
            kind: some.SearchStrategy[object] = some.booleans()
        case "age" | "months":
            # The decision day stands in where 周岁 has one date, so the row itself has two.
            return some.lists(days.map(day_number), min_size=2, max_size=2)
        case "year" | "month" | "day":
            return days.map(day_number).map(lambda day: [day])
        case "quotient":
            return some.tuples(small, small.filter(lambda value: value > 0)).map(list)
        case _:
            kind = small
    return some.lists(kind, min_size=row.least, max_size=few)


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
@given(data=some.data())
@settings(max_examples=60, deadline=None)
def test_the_two_sides_of_an_operation_agree(row: Operation, data: some.DataObject) -> None:
    arguments = data.draw(_arguments(row))
    builder = Integers()
    forms, slots = [], {}
    for place, value in enumerate(arguments):
        if isinstance(value, Fraction):
            slots |= {f"n{place}": value.numerator, f"d{place}": value.denominator}
            form = Form(builder.slot(f"n{place}", -600, 600), builder.slot(f"d{place}", 1, 12))
            if row.name == "divide" and place == 1:
                form = Form(builder.slot(f"n{place}", 1, 600), form.denominator)
        else:
            low, high = (0, 1) if isinstance(value, bool) else (19000101, 21991231)
            slots[f"n{place}"] = int(value)
            form = builder.whole(builder.slot(f"n{place}", low, high))
        forms.append(form)

    built = row.build(builder, forms)

    assert builder.found == []
    assert _value(built, slots) == Fraction(row.evaluate(*arguments))
