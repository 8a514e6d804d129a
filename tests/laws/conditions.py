"""Random conditions, days and members of enumerations; brackets; and conditions of which exactly one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .words import DAYS, ENUMERATIONS, LITERALS, ORDERED, Place, Written, units_in, worth

if TYPE_CHECKING:
    from .policies import Writer

_PLAIN = ("compare", "compare", "between", "days", "member", "truth")
_KINDS = (*_PLAIN, "compare", "and", "or", "not", "any", "all", "stepped")


def condition(writer: Writer, depth: int, place: Place) -> str:
    """A condition."""
    kind = writer.random.choice(_KINDS if depth > 0 else _PLAIN)
    if place.inside and kind in ("any", "all"):
        kind = "compare"
    writer.counts[kind] += 1
    pick = writer.random.choice
    match kind:
        case "and" | "or":
            count = writer.random.randint(2, 3)
            word = " 且 " if kind == "and" else " 或 "
            return f"({word.join(condition(writer, depth - 1, place) for _ in range(count))})"
        case "not":
            return f"(非 {condition(writer, depth - 1, place)})"
        case "any" | "all":
            word = "存在" if kind == "any" else "全部"
            inner = Place("成员", fixed=True, inside=True)
            when = f"当 {condition(writer, depth - 1, inner)}"
            if pick((True, False)):
                return f"{word}(成员 {when})"
            return f"{word}(成员: {condition(writer, depth - 1, inner)} {when})"
        case "between":
            unit = pick(units_in(place.scope))
            low, high = writer.literal(unit), writer.literal(unit)
            return f"({writer.small(unit, depth, place).text} 在 {low.text} .. {high.text})"
        case "days":
            return f"({day(writer, depth, place)} {pick('<≤>≥=≠')} {day(writer, 0, place)})"
        case "member":
            return _of_enumeration(writer, depth, place)
        case "truth":
            names = [one.name for one in writer.readable(place) if one.type == "是否"]
            name = pick([*names, *names, "是"])
            return pick((name, f"({name} = 否)", f"(非 {name})"))
        case "stepped":
            subject, ends = brackets(writer, depth - 1, place)
            values = [condition(writer, 0, place) for _ in range(len(ends) + 1)]
            return stepped(subject, ends, values)
    unit = pick(units_in(place.scope))
    loose = Place(place.scope, inside=place.inside)
    first, second = writer.small(unit, depth, loose), writer.small(unit, 1, loose)
    return f"({first.text} {pick('<<≤>≥=≠')} {second.text})"


def _of_enumeration(writer: Writer, depth: int, place: Place) -> str:
    pick = writer.random.choice
    name = pick(tuple(ENUMERATIONS))
    members = writer.random.sample(ENUMERATIONS[name], writer.random.randint(1, 2))
    subject = member_of(writer, name, depth, place).text
    if name == ORDERED and pick((True, False)):
        other = member_of(writer, name, 0, place).text
        return f"({subject} {pick('<≤>≥')} {pick((members[0], other))})"
    if len(members) == 1:
        return f"({subject} {pick('=≠')} {members[0]})"
    return f"({subject} {pick(('属于', '不属于'))} {{{', '.join(members)}}})"


def day(writer: Writer, depth: int, place: Place) -> str:
    """A day."""
    days = [one.name for one in writer.readable(place) if one.type == "日期"]
    if depth > 0 and writer.some(0.15):
        test = condition(writer, depth - 1, place)
        return chosen([test], [Written(day(writer, 0, place)) for _ in range(2)])
    if depth > 1 and writer.some(0.08):
        subject, ends = brackets(writer, 0, place)
        return stepped(subject, ends, [day(writer, 0, place) for _ in range(len(ends) + 1)])
    stated = writer.random.choice((*DAYS, *writer.days))
    return writer.random.choice([*days, *days, *days, stated, "决定日期"])


def member_of(writer: Writer, enumeration: str, depth: int, place: Place) -> Written:
    """A value of an enumeration."""
    members = ENUMERATIONS[enumeration]
    if depth > 0 and writer.some(0.2):
        test = condition(writer, depth - 1, place)
        first = member_of(writer, enumeration, 0, place)
        return Written(chosen([test], [first, Written(writer.random.choice(members))]))
    if depth > 1 and writer.some(0.1):
        subject, ends = brackets(writer, 0, place)
        values = [
            member_of(writer, enumeration, 0, place).text if i else writer.random.choice(members)
            for i in range(len(ends) + 1)
        ]
        return Written(stepped(subject, ends, values))
    names = [one.name for one in writer.readable(place) if one.type == enumeration]
    if names and writer.some(0.9):
        return Written(writer.random.choice(names))
    return Written(writer.random.choice(members))


def chosen(tests: list[str], parts: list[Written]) -> str:
    """The part whose test holds first, or the last one."""
    text = parts[-1].text
    for test, part in zip(reversed(tests), reversed(parts[:-1]), strict=True):
        text = f"如果 {test} 那么 {part.text} 否则 {text}"
    return f"({text})"


# ── brackets ──────────────────────────────────────────────────────────────


def brackets(writer: Writer, depth: int, place: Place) -> tuple[str, list[str]]:
    """A number, a day or a grade, and rising ends for it, each with its sign."""
    match writer.random.choice(("number", "number", "number", "day", "grade")):
        case "day":
            days = sorted(writer.random.sample((*DAYS, *writer.days), writer.random.randint(1, 3)))
            return day(writer, depth, place), [_signed(writer, one) for one in days]
        case "grade":
            members = ENUMERATIONS[ORDERED]
            places = sorted(writer.random.sample(range(len(members)), writer.random.randint(1, 2)))
            subject = member_of(writer, ORDERED, depth, place).text
            return subject, [_signed(writer, members[i]) for i in places]
    unit = writer.random.choice(units_in(place.scope))
    return writer.small(unit, depth, place).text, rising(writer, unit, place)


def rising(writer: Writer, unit: str, place: Place, above_zero: bool = False) -> list[str]:
    """Rising ends of a unit, each with its sign; the last may depend on the facts."""
    literals = [one for one in LITERALS[unit] if worth(one) or not above_zero]
    count = min(writer.random.randint(1, 3), len(literals))
    ends = sorted(writer.random.sample(literals, count), key=worth)
    facts = [
        one.name
        for one in writer.readable(place)
        if one.is_fact and one.type == unit and one.type not in ("是否", "日期")
    ]
    if facts and writer.some(0.2):
        ends[-1] = f"较大({ends[-1]}, {writer.random.choice(facts)})"
    return [_signed(writer, one) for one in ends]


def _signed(writer: Writer, end: str) -> str:
    return f"{writer.random.choice('<≤')} {end}"


def stepped(subject: str, ends: list[str], values: list[str]) -> str:
    """分段 over brackets and the rest."""
    steps = [f"{end} → {value}" for end, value in zip(ends, values, strict=False)]
    return f"分段({subject}: {', '.join(steps)}, 其余 → {values[-1]})"


# ── exactly one of several ────────────────────────────────────────────────


def apart(writer: Writer, count: int, place: Place) -> list[str]:
    """Conditions of which exactly one holds, whatever the facts: at most `count`, at least two.

    They are about a name or a plain condition: what can be seen is that they are apart, not that they must be.
    """
    kind = writer.random.choice(("number", "number", "members", "grades", "truth"))
    if kind == "truth" or (count == 2 and writer.some(0.3)):
        test = condition(writer, 0, place)
        return [test, f"(非 {test})"]
    if kind == "members":
        name = writer.random.choice(tuple(ENUMERATIONS))
        members = list(ENUMERATIONS[name])
        writer.random.shuffle(members)
        count = min(count, len(members))
        # The last set is what is left; a set of one is written as an equality.
        sets = [[one] for one in members[: count - 1]] + [members[count - 1 :]]
        subject = member_of(writer, name, 0, place).text
        return [
            f"({subject} = {one[0]})" if len(one) == 1 else f"({subject} 属于 {{{', '.join(one)}}})"
            for one in sets
        ]
    if kind == "grades":
        name = member_of(writer, ORDERED, 0, place).text
        places = writer.random.sample(range(1, 4), min(count - 1, 3))
        return _between(writer, name, [ENUMERATIONS[ORDERED][i] for i in sorted(places)])
    unit = writer.random.choice(units_in(place.scope))
    literals = writer.random.sample(LITERALS[unit], min(count - 1, len(LITERALS[unit])))
    return _between(writer, writer.leaf(unit, place).text, sorted(literals, key=worth))


def _between(writer: Writer, subject: str, ends: list[str]) -> list[str]:
    """Below the first end, between each two, from the last one on."""
    signs = [writer.random.choice("<≤") for _ in ends]
    after = {"<": "≥", "≤": ">"}
    first, last = f"({subject} {signs[0]} {ends[0]})", f"({subject} {after[signs[-1]]} {ends[-1]})"
    middle = [
        f"({subject} {after[signs[i]]} {ends[i]} 且 {subject} {signs[i + 1]} {ends[i + 1]})"
        for i in range(len(ends) - 1)
    ]
    return [first, *middle, last]
