"""Random blocks of the kinds that compute by month, by group, by case, by bracket, and of deductions within limits."""

from __future__ import annotations

from .policies import ENUMERATIONS, Known, Place, Writer, Written

_RISING = {
    "元/月": ("0.05元/月", "99.99元/月", "400元/月", "3000元/月"),
    "元/年": ("0.5元/年", "1200元/年", "5000.01元/年", "2万元/年"),
    "元": ("0.01元", "250.5元", "3000元", "1万元"),
}
_RATES = ("0%", "12.5%", "50%", "66.67%", "1")
_FEN = 7


def _scope(writer: Writer) -> str:
    return writer.random.choice(("家庭", "成员", "成员"))


def _head(writer: Writer, keyword: str, scope: str, kind: str) -> tuple[str, str]:
    name = writer.name("户值" if scope == "家庭" else "人值")
    writer.counts[keyword] += 1
    return name, f"{keyword} {scope}.{name}(rule_{writer.names}){f': {kind}' if kind else ''}"


def _amount(writer: Writer, unit: str, place: Place) -> Written:
    """A number small enough to be multiplied, cut and added up."""
    one = writer.number(unit, 2, place)
    return one if one.top <= 80 and one.bottom <= 40 else writer.literal(unit)


def _unit(writer: Writer) -> str:
    return writer.random.choice(tuple(_RISING))


def _often(writer: Writer, share: float = 0.5) -> bool:
    return writer.random.random() < share


def taper(writer: Writer) -> str:
    """渐退."""
    scope, unit = _scope(writer), _unit(writer)
    place = Place(scope)
    months, base = _amount(writer, "月", place), _amount(writer, unit, place)
    ends = sorted(writer.random.sample(range(1, 9), writer.random.randint(1, 3)))
    stages: list[str] = []
    for first, last in zip([1, *(end + 1 for end in ends)], ends, strict=False):
        which = f"第 {first} 月" if first == last else f"第 {first} 至 {last} 月"
        stages.append(f"{which} {writer.random.choice(_RATES)}")
    body = f"  当 {writer.condition(1, place)}\n" if _often(writer) else ""
    body += f"  按 {months.text} {', '.join(stages)}\n  基数 {base.text}\n"
    name, head = _head(writer, "渐退", scope, unit)
    writer.known.append(Known(name, scope, unit, base.top + 16, _FEN))
    return f"{head}\n{body}  依据 办法 第八条\n"


def special(writer: Writer) -> str:
    """专项."""
    scope, unit = _scope(writer), _unit(writer)
    place = Place(scope)
    base = _amount(writer, unit, place)
    # A household's amount is taken from a household's base only; a member's may come from both.
    payers = [
        one.name for one in writer.known
        if one.type == unit and one.keys is None and not one.varies
        and (one.scope == "成员" or scope == "家庭")
    ]  # fmt: skip
    less = writer.random.sample(payers, min(len(payers), writer.random.randint(0, 2)))
    others = [
        one.name
        for one in writer.known
        if one.keys is None and one.type in ("元/月", "是否") and (one.scope, scope) != ("成员", "")
    ]
    taken = f" 扣除 {', '.join(less)}" if less else ""
    count = writer.random.randint(1, 3)
    labels = [f"第{number}种" for number in range(count)]
    body = f"  当 {writer.condition(1, place)}\n" if _often(writer) else ""
    body += f"  基数 {base.text}{taken}\n"
    tops = [base.top]
    for number, label in enumerate(labels):
        terms = _terms(writer, unit, place, tops, rate_needed=number == 0)
        body += f"  对象 {label}: {writer.condition(2, place)} → {terms}\n"
    if _often(writer):
        body += f"  过渡 {writer.random.choice(labels)}: {writer.condition(1, place)}\n"
    body += writer.random.choice(("  就高\n", "  依次\n"))
    if others and _often(writer):
        body += f"  不可兼得 {writer.random.choice(others)}\n"
    body += f"  至少 {writer.random.choice(_RISING[unit])}\n" if _often(writer, 0.3) else ""
    body += f"  至多 {_RISING[unit][-1]}\n" if _often(writer, 0.3) else ""
    name, head = _head(writer, "专项", scope, unit)
    writer.known.append(Known(name, scope, unit, max(tops) + 20, _FEN))
    return f"{head}\n{body}  依据 办法 第九条\n"


def _terms(writer: Writer, unit: str, place: Place, tops: list[int], rate_needed: bool) -> str:
    if not rate_needed and _often(writer, 0.3):
        fixed = _amount(writer, unit, place)
        tops.append(fixed.top)
        return f"定额 {fixed.text}"
    terms = f"起付 {writer.random.choice(_RISING[unit])}, " if _often(writer) else ""
    if _often(writer):
        terms += f"比例 {writer.random.choice(_RATES)}"
    else:
        terms += f"累进 {{{_brackets(writer, unit, _RATES)}}}"
    return terms + (f", 封顶 {_RISING[unit][-1]}" if _often(writer) else "")


def _brackets(writer: Writer, unit: str, values: tuple[str, ...]) -> str:
    ends = sorted(writer.random.sample(range(len(_RISING[unit])), writer.random.randint(1, 3)))
    told = [
        f"{writer.random.choice('<≤')} {_RISING[unit][end]} → {writer.random.choice(values)}"
        for end in ends
    ]
    return ", ".join([*told, f"其余 → {writer.random.choice(values)}"])


def select(writer: Writer) -> str:
    """择一: of an enumeration, or of an amount."""
    scope = _scope(writer)
    place = Place(scope)
    kind = writer.random.choice((*ENUMERATIONS, "元/月", "是否"))

    def value() -> str:
        if kind == "元/月":
            one = _amount(writer, kind, place)
            tops.append(one.top)
            return one.text
        if kind == "是否":
            return writer.condition(1, place)
        return writer.member_of(kind, 1, place).text

    tops: list[int] = [1]
    body = "  依次\n" + "".join(
        f"  情形 第{number}种: {writer.condition(2, place)} → {value()}\n"
        for number in range(writer.random.randint(1, 3))
    )
    body += f"  其余 → {value()}\n"
    name, head = _head(writer, "择一", scope, kind)
    bottom = _FEN if kind == "元/月" else 0
    writer.known.append(Known(name, scope, kind, max(tops) + 8, bottom))
    return f"{head}\n{body}  依据 办法 第十条\n"


def steps(writer: Writer) -> str:
    """分段 and 累进, as a value of its own."""
    scope, unit = _scope(writer), _unit(writer)
    subject = _amount(writer, unit, Place(scope))
    word = writer.random.choice(("分段", "累进"))
    values = _RISING[unit] if word == "分段" else _RATES
    writer.counts[word] += 1
    name, head = _head(writer, "定义", scope, unit)
    writer.known.append(Known(name, scope, unit, max(24, subject.top + 18), _FEN))
    return f"{head} = {word}({subject.text}: {_brackets(writer, unit, values)})\n"


def limited_income(writer: Writer) -> str:
    """收入 with deductions that have a ceiling, together or one by one, and take only what is left."""
    scope, unit = _scope(writer), _unit(writer)
    place = Place(scope)
    counted = _amount(writer, unit, place)
    tops = [counted.top]
    body = f"  计入 {counted.text}\n"
    for _ in range(writer.random.randint(1, 3)):
        taken, amount = writer.name("扣项"), _amount(writer, unit, place)
        most = f" 至多 {writer.random.choice(_RISING[unit])}" if _often(writer) else ""
        when = f" 当 {writer.condition(1, place)}" if _often(writer) else ""
        body += f"  扣减 {taken} = {amount.text}{most}{when}\n"
        tops.append(amount.top)
        writer.known.append(Known(taken, scope, unit, amount.top + 12, _FEN))
    body += f"  扣减合计 至多 {writer.random.choice(_RISING[unit])}\n" if _often(writer) else ""
    body += "  依次\n" if _often(writer) else ""
    name, head = _head(writer, "收入", scope, unit)
    writer.known.append(Known(name, scope, unit, max(tops) + 16, _FEN))
    return f"{head}\n{body}  依据 办法 第四条\n"


def waived(writer: Writer) -> str:
    """资格 with exceptions."""
    scope = _scope(writer)
    place = Place(scope)
    body = ""
    for number in range(writer.random.randint(1, 2)):
        body += f"  要求 条件{number}: {writer.condition(2, place)}\n"
        for waiver in range(writer.random.randint(1, 2)):
            body += f"    例外 情况{waiver}: {writer.condition(1, place)}\n"
    name, head = _head(writer, "资格", scope, "")
    writer.known.append(Known(name, scope, "是否"))
    return f"{head}\n{body}  依据 办法 第五条\n"


BLOCKS = (taper, special, select, steps, limited_income, waived)
