"""Random blocks of the newer kinds: 渐退, 专项, 择一, 核查."""

from __future__ import annotations

from .conditions import apart, rising
from .plain_blocks import (
    Body,
    Head,
    amount,
    cited,
    limits,
    rounding,
    settled,
    value_of,
    when_line,
)
from .policies import Writer
from .words import LITERALS, Place, Written, joined, seen


def taper(writer: Writer, head: Head) -> Body:
    """渐退 over one to five stages."""
    place = head.place
    text = when_line(writer, place)
    months = writer.small("月", 2, place)
    stages: list[str] = []
    last, rates = 0, list[Written]()
    for _ in range(writer.random.randint(1, 5)):
        first, last = last + 1, last + writer.random.choice((1, 1, 1, 2, 4))
        rates.append(writer.share(place))
        months_text = f"{first}" if first == last else f"{first} 至 {last}"
        stages.append(f"第 {months_text} 月 {rates[-1].text}")
    base = _base(writer, head.type, place)
    text += f"  按 {months.text} {', '.join(stages)}\n  基数 {base.text}{cited(writer)}\n"
    size = max(rate.top for rate in rates)
    return Body(text + rounding(writer, head.type), settled([base], size + 12))


def crosscheck(writer: Writer, head: Head) -> Body:
    """核查: a condition that is a finding."""
    return Body("", expression=f": {writer.condition(3, head.place)}")


# ── 择一 ──────────────────────────────────────────────────────────────────


def select(writer: Writer, head: Head) -> Body:
    """择一: cases apart from each other and complete, or in order; with a rest or without."""
    place, count = head.place, writer.random.randint(2, 4)
    in_order, rest = writer.some(0.4), writer.some(0.5)
    writer.counts["择一依次"] += in_order
    writer.counts["择一互斥"] += not in_order
    writer.counts["其余"] += rest
    tests = apart(writer, count, place)
    if in_order and writer.some(0.8):
        tests = [writer.condition(2, place) for _ in range(count - 1)]
        tests += [] if rest else ["是"]
    elif rest:
        tests = _narrowed(writer, tests, place)
    parts = [_value(writer, head) for _ in range(len(tests) + rest)]
    text = "  依次\n" if in_order else ""
    for number, (test, part) in enumerate(zip(tests, parts, strict=False)):
        text += f"  情形 第{number}种: {test} → {part.text}{cited(writer)}\n"
    text += f"  其余 → {parts[-1].text}{cited(writer)}\n" if rest else ""
    if head.type in LITERALS:
        text += rounding(writer, head.type)
        return Body(text, Written("", settled(parts).top, max(max(p.bottom for p in parts), 7),
                                  any(part.varies for part in parts)))  # fmt: skip
    return Body(text)


def _value(writer: Writer, head: Head) -> Written:
    if head.type in LITERALS:
        one = amount(writer, head.type, head.place)
        # A value without a fixed denominator would hand it on where nothing rounds it.
        return one if not one.varies else writer.literal(head.type)
    return Written(value_of(writer, head, 1))


def _narrowed(writer: Writer, tests: list[str], place: Place) -> list[str]:
    """Conditions still apart, but no longer complete."""
    found = [
        f"({test} 且 {writer.condition(0, place)})" if writer.some(0.5) else test for test in tests
    ]
    return found[:-1] if len(found) > 2 and writer.some(0.5) else found


# ── 专项 ──────────────────────────────────────────────────────────────────


def special(writer: Writer, head: Head) -> Body:
    """专项 with one to four groups, apart from each other, in order, or the highest of those that apply."""
    place, unit = head.place, head.type
    several = writer.random.choice(("专项互斥", "专项互斥", "专项就高", "专项依次"))
    writer.counts[several] += 1
    base = _base(writer, unit, place)
    groups, transitions = _groups(writer, place, several == "专项互斥")
    terms: list[str] = []
    sizes: list[Written] = []
    for _ in groups:
        text, size = _terms(writer, unit, place, base)
        terms.append(text)
        sizes.append(size)
    text = when_line(writer, place, 0.4)
    if not all(one.startswith("定额") for one in terms):
        text += f"  基数 {base.text}{_less(writer, head, sizes)}{cited(writer)}\n"
    for (label, test), said in zip(groups, terms, strict=True):
        text += f"  对象 {label}: {f'{test} → ' if test else ''}{said}{cited(writer)}\n"
    for label, test in transitions:
        writer.counts["过渡"] += 1
        text += f"  过渡 {label}: {test}{cited(writer)}\n"
    text += {"专项就高": "  就高\n", "专项依次": "  依次\n"}.get(several, "")
    text += _excludes(writer, head)
    bounds, ends = limits(writer, unit, place)
    return Body(text + bounds + rounding(writer, unit), settled([*sizes, *ends], 16))


def _base(writer: Writer, unit: str, place: Place) -> Written:
    """A base, often what is left of one amount after another, and so below zero for many."""
    one = amount(writer, unit, place)
    if writer.some(0.7):
        return one
    other = writer.leaf(unit, place)
    return joined(f"({other.text} − {one.text})", [other, one])


def _groups(
    writer: Writer, place: Place, are_apart: bool
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Labels with conditions, and those who left a group and are still meant.

    A label without a condition is the name of a value that is 是 or 否.
    """
    count = writer.random.randint(1, 4)
    if are_apart:
        # One of the cells stays free, for those who left.
        cells = apart(writer, count + 1, place)
        free = cells.pop(writer.random.randrange(len(cells)))
    else:
        cells = [writer.condition(2, place) for _ in range(count)]
        free = writer.condition(1, place)
    names = [one.name for one in writer.readable(place) if one.type == "是否"]
    named = writer.random.choice(names) if names and writer.some(0.5) else ""
    left: list[tuple[str, str]] = []
    groups: list[tuple[str, str]] = []
    if named:
        writer.counts["按名称的对象"] += 1
        if are_apart:
            cells = [f"(非 {named} 且 {cell})" for cell in cells]
            free = f"(非 {named} 且 {free})"
        groups.append((named, ""))
    for number, cell in enumerate(cells):
        # What narrows a cell is plain where it has to be seen that the cells are apart.
        depth = 0 if are_apart else 2
        narrow = f" 且 {writer.condition(depth, place)}" if writer.some(0.4) else ""
        groups.append((f"第{number}类", f"({cell}{narrow})"))
        if writer.some(0.2):
            left.append((f"第{number}类", f"({cell} 且 {writer.condition(depth, place)})"))
    writer.random.shuffle(groups)
    if writer.some(0.5):
        left.append((named or groups[0][0], free))
    return groups, left


def _terms(writer: Writer, unit: str, place: Place, base: Written) -> tuple[str, Written]:
    """What a group gets: a fixed amount, or a rate or rates on what the base has above the deductible."""
    if writer.some(0.2):
        writer.counts["定额"] += 1
        one = amount(writer, unit, place, 1)
        return f"定额 {one.text}", one
    terms: list[str] = []
    tops = [base]
    if writer.some(0.5):
        writer.counts["起付"] += 1
        tops.append(amount(writer, unit, place, 1))
        terms.append(f"起付 {tops[-1].text}")
    size = joined("", tops)
    if writer.some(0.6):
        writer.counts["比例"] += 1
        rates = [writer.share(place)]
        terms.append(f"比例 {rates[0].text}")
    else:
        writer.counts["累进对象"] += 1
        ends = rising(writer, unit, place, above_zero=True)
        rates = [writer.share(place) for _ in range(len(ends) + 1)]
        steps = [f"{end} → {rate.text}" for end, rate in zip(ends, rates, strict=False)]
        terms.append(f"累进 {{{', '.join(steps)}, 其余 → {rates[-1].text}}}")
    if writer.some(0.5):
        writer.counts["封顶"] += 1
        ceiling = amount(writer, unit, place, 1)
        terms.append(f"封顶 {ceiling.text}")
        size = joined("", [size, ceiling])
    writer.random.shuffle(terms)
    return ", ".join(terms), Written("", size.top + max(rate.top for rate in rates) + 4, 7)


def _less(writer: Writer, head: Head, sizes: list[Written]) -> str:
    """扣除: what other assistance has paid of the base already, to the same person or household."""
    paid = [
        one
        for one in writer.readable(head.place)
        if one.scope == head.scope and one.keys is None and seen(one.type, head.scope) == head.type
    ]
    if not paid or writer.some(0.4):
        return ""
    writer.counts["扣除"] += 1
    chosen = writer.random.sample(paid, min(len(paid), writer.random.randint(1, 2)))
    sizes += [Written("", one.top + 14, one.bottom) for one in chosen]
    return f" 扣除 {', '.join(one.name for one in chosen)}"


def _excludes(writer: Writer, head: Head) -> str:
    """不可兼得: conditions and amounts, the members' too."""
    place = Place("成员")
    names = [
        one.name
        for one in writer.readable(place)
        if one.keys is None
        and (one.type == "是否" or one.type in LITERALS)
        # A share of the members must be left for whom nothing is given elsewhere.
        and (one.is_fact or one.type == "是否" or writer.some(0.5))
    ]
    if not names or writer.some(0.6):
        return ""
    writer.counts["不可兼得"] += 1
    chosen = writer.random.sample(names, min(len(names), writer.random.randint(1, 2)))
    return f"  不可兼得 {', '.join(chosen)}{cited(writer)}\n"
