"""Random blocks of the older kinds: 定义, 收入, 资格, 救助, 分类施保, each around random expressions."""

from __future__ import annotations

from attrs import frozen

from .policies import Writer
from .words import ENUMERATIONS, LITERALS, MODES, MONEY, QUANTA, Place, Written, worth


@frozen
class Head:
    """What all versions of a rule have in common; `parts` are the names of its deductions."""

    keyword: str
    scope: str
    type: str
    name: str
    code: str
    parts: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.scope)


@frozen
class Body:
    """One version of a rule: an expression where its kind has one, clauses, and the size of each value."""

    clauses: str
    size: Written = Written("")
    parts: tuple[Written, ...] = ()
    expression: str = ""


def amount(writer: Writer, unit: str, place: Place, depth: int = 2) -> Written:
    """A number within bounds from which further rules can go on."""
    one = writer.number(unit, depth, place)
    if one.top > 120 or one.bottom > 70:
        most = LITERALS[unit][-1]
        text = f"限(取整({one.text} 到 {QUANTA[unit][0]} 舍去), −{most}, {most})"
        return Written(text, 31, 7) if max(one.top, one.bottom) < 180 else writer.literal(unit)
    return one


def settled(parts: list[Written], more: int = 12) -> Written:
    """The size of an amount of money that is named: a whole number of fen."""
    return Written("", max((one.top for one in parts), default=1) + more, 7)


def rounding(writer: Writer, unit: str) -> str:
    """取整, in half of the rules."""
    if writer.some(0.5):
        return ""
    mode = writer.random.choice(MODES)
    return f"  取整 到 {writer.random.choice(QUANTA[unit])} {mode}\n"


def when_line(writer: Writer, place: Place, share: float = 0.6) -> str:
    """当 on a line of its own."""
    return f"  当 {writer.condition(2, place)}\n" if writer.some(share) else ""


def when(writer: Writer, place: Place) -> str:
    """当 at the end of a clause."""
    return f" 当 {writer.condition(2, place)}" if writer.some(0.6) else ""


def cited(writer: Writer, share: float = 0.3) -> str:
    """依据 at the end of a clause."""
    return f"  依据 办法 第{writer.random.choice('一二三')}条" if writer.some(share) else ""


def fact_of(writer: Writer, unit: str, place: Place) -> str | None:
    """A fact of a unit."""
    facts = [one.name for one in writer.readable(place) if one.is_fact and one.type == unit]
    return writer.random.choice(facts) if facts else None


def limits(writer: Writer, unit: str, place: Place) -> tuple[str, list[Written]]:
    """至少 and 至多: both, one or none. What is plain or a parameter in both has to rise."""
    low, high = writer.some(0.6), writer.some(0.6)
    parts = [amount(writer, unit, place, 1) for _ in range(2)]
    if low and high:
        writer.counts["至少与至多"] += 1
        fact = fact_of(writer, unit, place)
        if fact is not None and writer.some(0.8):
            # A floor above the ceiling, where the facts decide: the ceiling counts.
            parts[1] = Written(fact, 23)
        else:
            ends = sorted(writer.random.sample(LITERALS[unit], 2), key=worth)
            parts = [Written(end, 21) for end in ends]
    text = f"  至少 {parts[0].text}{cited(writer)}\n" if low else ""
    text += f"  至多 {parts[1].text}{cited(writer)}\n" if high else ""
    for word, said in (("至少", low), ("至多", high)):
        writer.counts[word] += said
    return text, parts


# ── 定义 ──────────────────────────────────────────────────────────────────


def define(writer: Writer, head: Head) -> Body:
    """A number."""
    value = amount(writer, head.type, head.place, 3)
    if writer.some(0.4):
        writer.counts["精确"] += 1
        return Body("", value, expression=f"精确 = {value.text}")
    line = rounding(writer, head.type)
    is_settled = bool(line) or head.type in MONEY
    size = Written("", value.top + 10, 7) if is_settled else value
    return Body(line, size, expression=f"= {value.text}")


def truth(writer: Writer, head: Head) -> Body:
    """A condition with a name."""
    return Body("", expression=f"= {writer.condition(3, head.place)}")


def other(writer: Writer, head: Head) -> Body:
    """A day, or one of an enumeration."""
    return Body("", expression=f"= {value_of(writer, head)}")


def value_of(writer: Writer, head: Head, depth: int = 2) -> str:
    """A value of a type that is no number."""
    place = head.place
    if head.type == "是否":
        return writer.condition(depth, place)
    options = [
        writer.day(depth, place)
        if head.type == "日期"
        else writer.member_of(head.type, depth, place).text
        for _ in range(2)
    ]
    if depth < 2:
        return options[0]
    return f"如果 {writer.condition(2, place)} 那么 {options[0]} 否则 {options[1]}"


def place_of(writer: Writer, head: Head) -> Body:
    """The place of each member, with a name."""
    value = writer.rank("名", 2, head.place)
    assert value is not None
    return Body("", value, expression=f"= {value.text}")


OTHER_TYPES = ("日期", *ENUMERATIONS)


# ── 收入, 资格, 救助, 分类施保 ────────────────────────────────────────────


def income(writer: Writer, head: Head) -> Body:
    """收入 with all its clauses."""
    place, unit, some = head.place, head.type, writer.some
    parts: list[Written] = []

    def part() -> str:
        parts.append(amount(writer, unit, place))
        return parts[-1].text

    text = "".join(
        f"  计入 {part()}{when(writer, place)}\n" for _ in range(writer.random.randint(1, 2))
    )
    exempt = fact_of(writer, unit, place)
    if exempt is not None and some(0.5):
        writer.counts["免计"] += 1
        text += f"  免计 {exempt}{cited(writer)}\n"
    taken: list[Written] = []
    for name in head.parts:
        least = len(parts)
        capped = some(0.5)
        writer.counts["扣减至多"] += capped
        line = f"  扣减 {name} = {part()}"
        line += f" 至多 {part()}" if capped else ""
        text += f"{line}{when(writer, place)}{cited(writer)}\n"
        taken.append(settled(parts[least:], 1))
    if head.parts and some(0.5):
        writer.counts["扣减合计"] += 1
        text += f"  扣减合计 至多 {part()}{cited(writer)}\n"
    if head.parts and some(0.5):
        writer.counts["扣减依次"] += 1
        text += "  依次\n"
        taken = [settled(parts, 14)] * len(taken)
    for _ in range(writer.random.randint(0, 2)):
        writer.counts["推定"] += 1
        text += f"  推定 {part()}{when(writer, place)}{cited(writer)}\n"
    if some(0.3):
        text += f"  至少 {part()}\n"
    return Body(text + rounding(writer, unit), settled(parts), tuple(taken))


def eligibility(writer: Writer, head: Head) -> Body:
    """资格, with exceptions to its requirements."""
    text = ""
    for place in range(writer.random.randint(1, 3)):
        text += f'  要求 条件{place}: {writer.condition(3, head.place)}\n    否则 "没有满足"\n'
        if writer.some(0.4):
            writer.counts["例外"] += 1
            labels = writer.random.choice((("",), ("照顾: ",), ("", ""), ("照顾: ", "特批: ")))
            for label in labels:
                text += f"    例外 {label}{writer.condition(2, head.place)}{cited(writer)}\n"
    return Body(text)


def benefit(writer: Writer, head: Head) -> Body:
    """救助 with its floor and ceiling."""
    text = when_line(writer, head.place, 0.7)
    one = amount(writer, head.type, head.place)
    bounds, ends = limits(writer, head.type, head.place)
    text += f"  金额 {one.text}\n{bounds}{rounding(writer, head.type)}"
    return Body(text, settled([one, *ends]))


def graded(writer: Writer, head: Head) -> Body:
    """分类施保, the highest or all together."""
    parts = [amount(writer, head.type, head.place) for _ in range(writer.random.randint(1, 4))]
    text = when_line(writer, head.place, 0.5)
    text += writer.random.choice(("  就高\n", "  叠加\n"))
    for number, one in enumerate(parts):
        text += f"  类别 第{number}类: {writer.condition(2, head.place)} → {one.text}\n"
    return Body(text + rounding(writer, head.type), settled(parts))
