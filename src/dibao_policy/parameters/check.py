"""A series against its declaration: members, units, ranges, and steps that need a reason."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from dibao_policy.parameters.amounts import amount_text, half_width
from dibao_policy.parameters.changes import (
    change_text,
    looks_tenfold,
    looks_yearly,
    needs_reason,
)
from dibao_policy.parameters.series import Cell, Declared, Entry, Key, Series
from dibao_policy.parameters.series_problems import (
    AboveRange,
    BelowRange,
    ChangeFromZero,
    Fall,
    Jump,
    MissingMember,
    PercentOfQuantity,
    RatioAsPercentage,
    RepeatedMember,
    TooFewKeys,
    TooManyKeys,
    UnitDiffers,
    UnknownMember,
)
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Span, nearest
from dibao_policy.values import number_text

_NAMES_SHOWN = 12
# What is missing is told in full, as far as a line of a message goes.
_MISSING_SHOWN = 60
_NAMES_IN_SUBJECT = 3
_GUESSES = 50


@frozen
class _Step:
    """A number, and the dated number that it follows."""

    old: Cell
    new: Cell
    old_entry: Entry
    new_entry: Entry


def check_series(series: Series, declared: Declared) -> tuple[Problem, ...]:
    """Everything that the declaration says against a series."""
    problems: list[Problem] = []
    trusted: dict[Key, tuple[tuple[Entry, Cell], ...]] = {}
    for entry in series.entries:
        placed = _placed(series, declared, entry, problems)
        sound: dict[Key, Cell] = {}
        for key, cell in placed.items():
            fault = _number_fault(series, declared, cell)
            if fault is None:
                sound[key] = cell
            else:
                problems.append(fault)
        # Where an entry was lost, its neighbors were never meant to follow each other.
        if series.whole:
            trusted, steps = _steps(series, entry, sound, trusted)
            problems.extend(_step_problems(series, declared, sound, steps))
    return in_reading_order(problems)


# ---- members ------------------------------------------------------------------------------


def _placed(
    series: Series, declared: Declared, entry: Entry, problems: list[Problem]
) -> dict[Key, Cell]:
    """The cells that stand where the declaration has a place, by the members' Chinese names."""
    depth = len(declared.keys)
    names = tuple(
        {name: member[0] for member in members for name in member if name}
        for members in declared.keys
    )
    placed: dict[Key, Cell] = {}
    reached: set[Key] = set()
    guessed: set[Key] = set()
    misplaced: set[int] = set()
    unknown: set[Key] = set()
    for cell in entry.cells:
        if len(cell.key) != depth:
            if len(cell.key) not in misplaced:
                problems.append(_depth_problem(series, declared, cell))
            misplaced.add(len(cell.key))
            continue
        path: Key = ()
        for level, written in enumerate(cell.key):
            member = names[level].get(written)
            if member is None:
                if (*path, written) not in unknown:
                    near = nearest(written, names[level]) if len(unknown) < _GUESSES else ""
                    if near:
                        guessed.add((*path, names[level][near]))
                    problems.append(_unknown_member(series, declared, cell, level, near))
                unknown.add((*path, written))
                break
            path = (*path, member)
            reached.add(path)
        else:
            if path in placed:
                problems.append(_repeated_member(placed[path], cell))
            else:
                placed[path] = cell
    if entry.whole and not misplaced:
        # A misspelt name is one mistake: the name it was meant for is not missing as well.
        missing = tuple("/".join(path) for path in _missing(declared, (), reached | guessed))
        if missing:
            problems.append(
                MissingMember(
                    span=entry.since_span or entry.span,
                    related=(declared.span,),
                    name=series.name,
                    since=str(entry.since),
                    members=_few(missing, _MISSING_SHOWN),
                )
            )
    return placed


def _missing(declared: Declared, path: Key, reached: set[Key]) -> Iterator[Key]:
    """The shortest paths of members without a value, from `path` down."""
    if len(path) == len(declared.keys):
        return
    for member, _ in declared.keys[len(path)]:
        longer = (*path, member)
        if longer not in reached:
            yield longer
        else:
            yield from _missing(declared, longer, reached)


def _depth_problem(series: Series, declared: Declared, cell: Cell) -> Problem:
    depth, written = len(declared.keys), len(cell.key)
    span = cell.key_spans[depth] if written > depth and cell.key_spans else cell.span
    if written > depth:
        return TooManyKeys(
            span=span,
            related=(declared.span,),
            name=series.name,
            declared=depth,
            written=written,
        )
    return TooFewKeys(
        span=span,
        related=(declared.span,),
        name=series.name,
        declared=depth,
        written=written,
        allowed=_few(tuple(member for member, _ in declared.keys[written])),
    )


def _unknown_member(
    series: Series, declared: Declared, cell: Cell, level: int, near: str
) -> Problem:
    return UnknownMember(
        span=_key_span(cell, level),
        related=(declared.span,),
        name=series.name,
        member=cell.key[level],
        near=near,
        allowed=_few(tuple(member for member, _ in declared.keys[level])),
    )


def _repeated_member(first: Cell, second: Cell) -> Problem:
    level = next(
        (at for at, pair in enumerate(zip(first.key, second.key, strict=True)) if len({*pair}) > 1),
        0,
    )
    return RepeatedMember(
        span=_key_span(second, level),
        related=(_key_span(first, level),),
        first="/".join(first.key),
        second="/".join(second.key),
    )


def _key_span(cell: Cell, level: int) -> Span:
    return cell.key_spans[level] if level < len(cell.key_spans) else cell.span


def _few(names: tuple[str, ...], limit: int = _NAMES_SHOWN) -> tuple[str, ...]:
    return names if len(names) <= limit else (*names[:limit], "…")


# ---- one number ---------------------------------------------------------------------------


def _number_fault(series: Series, declared: Declared, cell: Cell) -> Problem | None:
    """Why a number cannot be what the declaration says, or None."""
    unit = declared.unit_text or ("比例" if declared.is_ratio else "无单位")
    low = Fraction(0) if declared.low is None else declared.low
    high = Fraction(1) if declared.high is None and declared.is_ratio else declared.high
    number, written = cell.number, _shown(declared, cell)
    if cell.is_percent and not declared.is_ratio:
        return PercentOfQuantity(
            span=cell.span,
            related=(declared.span,),
            name=series.name,
            declared=unit,
            number=written,
        )
    if cell.unit_text and half_width(cell.unit_text) != half_width(unit):
        return UnitDiffers(
            span=cell.span,
            related=(declared.span,),
            name=series.name,
            declared=unit,
            written=cell.unit_text,
        )
    if number < low:
        return BelowRange(
            span=cell.span,
            related=(declared.span,),
            name=series.name,
            number=written,
            low=_amount(declared, low, cell.is_percent),
        )
    if high is None or number <= high:
        return None
    # Up to 1 the number is a ratio as written; and a mend that is out of range mends nothing.
    is_percentage = declared.is_ratio and not cell.is_percent and number > 1
    if is_percentage and low <= number / 100 <= high:
        return RatioAsPercentage(
            span=cell.span,
            related=(declared.span,),
            name=series.name,
            number=written,
            decimal=number_text(number / 100, 2),
            percent=f"{number_text(number)}%",
        )
    return AboveRange(
        span=cell.span,
        related=(declared.span,),
        name=series.name,
        number=written,
        high=_amount(declared, high, cell.is_percent),
    )


def _shown(declared: Declared, cell: Cell) -> str:
    return _amount(declared, cell.number, cell.is_percent)


def _amount(declared: Declared, number: Fraction, is_percent: bool) -> str:
    return amount_text(number, is_percent, "" if declared.is_ratio else declared.unit_text)


# ---- steps --------------------------------------------------------------------------------


def _steps(
    series: Series,
    entry: Entry,
    sound: dict[Key, Cell],
    trusted: dict[Key, tuple[tuple[Entry, Cell], ...]],
) -> tuple[dict[Key, tuple[tuple[Entry, Cell], ...]], dict[Key, _Step]]:
    """The steps that need a reason, and the numbers that the next entry may follow.

    After 1055, 10555 (reported) comes 1100: it follows 1055 and is no second mistake. After
    410, 700 (reported) comes 720: it follows 700. So a reported number leaves two to follow.
    """
    following: dict[Key, tuple[tuple[Entry, Cell], ...]] = {}
    steps: dict[Key, _Step] = {}
    for key, cell in sound.items():
        before = trusted.get(key, ())
        stands = not before or any(
            not needs_reason(old.number, cell.number, series.guard) for _, old in before
        )
        if stands or entry.reason:
            following[key] = ((entry, cell),)
        else:
            old_entry, old = before[-1]
            steps[key] = _Step(old, cell, old_entry, entry)
            following[key] = (before[0], (entry, cell))
    return following, steps


def _step_problems(
    series: Series, declared: Declared, sound: dict[Key, Cell], steps: dict[Key, _Step]
) -> Iterator[Problem]:
    factors = {
        step.new.number / step.old.number if step.old.number else None for step in steps.values()
    }
    if len(steps) > 1 and len(steps) == len(sound) and len(factors) == 1 and None not in factors:
        # One decision raised them all: the first stands for the rest.
        names = ["/".join(key) for key in steps]
        shown = names[:_NAMES_IN_SUBJECT] + ["…"] * (len(names) > _NAMES_IN_SUBJECT)
        first, *others = steps.values()
        related = tuple(step.new.span for step in others[:20])
        yield _step_problem(f"{series.name}[{'、'.join(shown)}]", series, declared, first, related)
        return
    for key, step in steps.items():
        subject = f"{series.name}[{'/'.join(key)}]" if key else series.name
        yield _step_problem(subject, series, declared, step, ())


def _step_problem(
    subject: str, series: Series, declared: Declared, step: _Step, others: tuple[Span, ...]
) -> Problem:
    old, new = step.old.number, step.new.number
    old_text, new_text = _shown(declared, step.old), _shown(declared, step.new)
    old_date, new_date = str(step.old_entry.since), str(step.new_entry.since)
    related = (step.old.span, *others)
    period = declared.unit_text.partition("/")[2]
    if old == 0:
        return ChangeFromZero(
            span=step.new.span,
            related=related,
            name=subject,
            old=old_text,
            new=new_text,
            old_date=old_date,
            new_date=new_date,
        )
    if new < old:
        return Fall(
            span=step.new.span,
            related=related,
            name=subject,
            old=old_text,
            new=new_text,
            old_date=old_date,
            new_date=new_date,
            change=change_text(old, new, Fraction(0)),
            tenfold=looks_tenfold(new, old),
            twelvefold=looks_yearly(new, old) if "年" in period else "",
        )
    return Jump(
        span=step.new.span,
        related=related,
        name=subject,
        old=old_text,
        new=new_text,
        old_date=old_date,
        new_date=new_date,
        change=change_text(old, new, series.guard),
        guard=f"{number_text(series.guard * 100)}%",
        tenfold=looks_tenfold(old, new),
        twelvefold=looks_yearly(old, new) if "月" in period else "",
    )
