"""Random policies: declarations, the values of parameters, and blocks of every kind around random expressions."""

from __future__ import annotations

import random
from collections import Counter
from itertools import product

from attrs import frozen

from dibao_policy.model.layers import PolicyText
from dibao_policy.text import Source

from .more_blocks import BLOCKS as MORE_BLOCKS
from .policies import (
    ENUMERATIONS,
    LITERALS,
    MODES,
    MONEY,
    QUANTA,
    RANGES,
    Known,
    Place,
    Writer,
    Written,
    seen,
)

_TOPS = {"比例": (15, 14), "人": (4, 0), "岁": (7, 0), "月": (6, 0), "年": (11, 0), "日": (5, 0),
         "名": (3, 0), "辆": (2, 0)}  # fmt: skip
_VALUES = {
    "元/月": ("0", "0.01", "333.33", "1200", "-50"),
    "元/人月": ("315", "410", "735.5"),
    "比例": ("30%", "12.5%", "100%", "0%", "66.67%"),
    "元/年": ("1000", "2000.01", "5000"),
}
_HEADER = """政策 随机县(random)
  依据 办法 = 《随机县办法》

枚举 残疾等级(disability) 有序 {{ {残疾等级} }}
枚举 行业(trade) {{ {行业} }}
"""


@frozen
class Made:
    """A random policy: its texts, and how often each kind of node stands in it."""

    rules: str
    values: str
    counts: Counter[str]

    @property
    def text(self) -> PolicyText:
        return PolicyText(
            "random", (Source("random.dibao", self.rules),), (Source("random.yaml", self.values),)
        )


def random_policy(seed: int) -> Made:
    """The policy of a seed."""
    writer = Writer(random.Random(seed))
    parts = [_HEADER.format(**{name: ", ".join(all_) for name, all_ in ENUMERATIONS.items()})]
    parts += _inputs(writer)
    parameters, values = _parameters(writer)
    parts += parameters
    parts.append("定义 家庭.人口: 人 = 人数(成员)\n")
    writer.known.append(Known("人口", "家庭", "人", 6))
    kinds = (
        _define, _define, _define, _income, _benefit, _graded, _eligibility, _truth, _other, _place,
    )  # fmt: skip
    rules = [writer.random.choice(kinds)(writer) for _ in range(writer.random.randint(6, 11))]
    # Each of the other kinds in a third of the policies or more.
    rules += [block(writer) for block in writer.random.sample(MORE_BLOCKS, 3)]
    # The order of the text says nothing about the order of computation.
    writer.random.shuffle(rules)
    return Made("\n".join([*parts, *rules]), values, writer.counts)


# ── declarations ──────────────────────────────────────────────────────────


def _inputs(writer: Writer) -> list[str]:
    pick, lines = writer.random.choice, list[str]()
    fixed = [("家庭", "日期"), ("成员", "日期"), ("成员", "元/月"), ("成员", "是否")]
    fixed += [("成员", "残疾等级"), ("家庭", "行业"), ("家庭", "元"), ("成员", "行业")]
    fixed += [("成员", "元/年"), ("家庭", "元/月"), ("成员", "比例"), ("家庭", "元/人月")]
    types = (*RANGES, "是否", "日期")
    more = [(pick(("家庭", "成员")), pick(types)) for _ in range(writer.random.randint(2, 6))]
    for scope, kind in [*fixed, *more]:
        name = writer.name("户项" if scope == "家庭" else "人项")
        line = f"输入 {scope}.{name}(fact_{writer.names}): {kind}"
        top, bottom = _TOPS.get(kind, (23, 0))
        if kind in RANGES:
            low, high = pick(RANGES[kind])
            line += f" 范围 {low} .. {high}"
            if pick((True, False, False)):
                line += f" 默认 {high}"
        elif kind in ENUMERATIONS and pick((True, False)):
            line += f" 默认 {pick(ENUMERATIONS[kind])}"
        lines.append(line + "\n")
        writer.known.append(Known(name, scope, kind, top, bottom))
    return lines


def _parameters(writer: Writer) -> tuple[list[str], str]:
    lines, values = list[str](), list[str]()
    for keys in ((), ("行业",), ("残疾等级",), ("行业", "残疾等级")):
        unit = writer.random.choice(tuple(_VALUES))
        name = writer.name("标准")
        by = f" 按 {', '.join(keys)}" if keys else ""
        lines.append(f"参数 {name}: {unit}{by} 范围 {_wide(unit)}\n")
        cells: dict[str, str] = {}
        for place in product(*(ENUMERATIONS[key] for key in keys)):
            cells["/".join(place)] = writer.random.choice(_VALUES[unit])
        values.append(
            f"{name}:\n  取值:\n    - 自: 2010-01-01\n      值: {_nested(cells, keys)}\n"
            "      来源: {文件: 随机县办法, 状态: 未核实}\n"
        )
        bits = (14, 14) if unit == "比例" else (19, 0)
        writer.known.append(Known(name, "家庭", unit, *bits, keys=keys))
    return lines, "".join(values)


def _wide(unit: str) -> str:
    return "0% .. 100%" if unit == "比例" else f"-100{unit} .. 10000{unit}"


def _nested(cells: dict[str, str], keys: tuple[str, ...]) -> str:
    if not keys:
        return cells[""]
    if len(keys) == 1:
        return "{" + ", ".join(f"{key}: {value}" for key, value in cells.items()) + "}"
    rows = [
        f"{first}: {{"
        + ", ".join(f"{second}: {cells[f'{first}/{second}']}" for second in ENUMERATIONS[keys[1]])
        + "}"
        for first in ENUMERATIONS[keys[0]]
    ]
    return "{" + ", ".join(rows) + "}"


# ── blocks ────────────────────────────────────────────────────────────────


def _head(writer: Writer, keyword: str, scope: str, kind: str) -> tuple[str, str]:
    name = writer.name("户值" if scope == "家庭" else "人值")
    writer.counts[keyword] += 1
    typed = f": {kind}" if kind else ""
    return name, f"{keyword} {scope}.{name}(rule_{writer.names}){typed}"


def _scope(writer: Writer) -> str:
    return writer.random.choice(("家庭", "成员", "成员"))


def _amount(writer: Writer, unit: str, place: Place, depth: int = 2) -> Written:
    """A number within bounds from which further rules can go on."""
    one = writer.number(unit, depth, place)
    if one.top > 120 or one.bottom > 70:
        most = LITERALS[unit][-1]
        text = f"限(取整({one.text} 到 {QUANTA[unit][0]} 舍去), −{most}, {most})"
        return Written(text, 31, 7) if max(one.top, one.bottom) < 180 else writer.literal(unit)
    return one


def _rounding(writer: Writer, unit: str) -> str:
    if writer.random.random() < 0.5:
        return ""
    mode = writer.random.choice(MODES)
    writer.counts[mode] += 1
    return f"  取整 到 {writer.random.choice(QUANTA[unit])} {mode}\n"


def _define(writer: Writer) -> str:
    scope = _scope(writer)
    unit = writer.random.choice([unit for unit in LITERALS if seen(unit, scope) == unit])
    place = Place(scope)
    value = _amount(writer, unit, place, 3)
    exact = writer.random.random() < 0.4
    rounding = "" if exact else _rounding(writer, unit)
    name, head = _head(writer, "定义", scope, unit)
    if exact:
        writer.counts["精确"] += 1
    settled = bool(rounding) or (unit in MONEY and not exact)
    writer.known.append(
        Known(name, scope, unit, value.top + 10, 7, False)
        if settled
        else Known(name, scope, unit, value.top, value.bottom, value.varies)
    )
    return f"{head} {'精确 ' if exact else ''}= {value.text}\n{rounding}  依据 办法 第一条\n"


def _truth(writer: Writer) -> str:
    scope = _scope(writer)
    test = writer.condition(3, Place(scope))
    name, head = _head(writer, "定义", scope, "是否")
    writer.known.append(Known(name, scope, "是否"))
    return f"{head} = {test}\n  依据 办法 第二条\n"


def _other(writer: Writer) -> str:
    """A day, or one of an enumeration."""
    scope = _scope(writer)
    kind = writer.random.choice(("日期", *ENUMERATIONS))
    place, depth = Place(scope), 2
    options = (
        [writer.day(depth, place) for _ in range(2)]
        if kind == "日期"
        else [writer.member_of(kind, depth, place).text for _ in range(2)]
    )
    text = f"如果 {writer.condition(2, place)} 那么 {options[0]} 否则 {options[1]}"
    name, head = _head(writer, "定义", scope, kind)
    writer.known.append(Known(name, scope, kind))
    return f"{head} = {text}\n  依据 办法 第三条\n"


def _place(writer: Writer) -> str:
    """The place of each member, with a name."""
    value = writer.rank("名", 2, Place("成员"))
    assert value is not None
    name, head = _head(writer, "定义", "成员", "名")
    writer.known.append(Known(name, "成员", "名", value.top))
    return f"{head} = {value.text}\n  依据 办法 第八条\n"


def _when(writer: Writer, place: Place) -> str:
    return f" 当 {writer.condition(2, place)}" if writer.random.random() < 0.6 else ""


def _income(writer: Writer) -> str:
    scope = _scope(writer)
    unit = writer.random.choice(("元/月", "元/年", "元"))
    place = Place(scope)

    def part() -> str:
        one = _amount(writer, unit, place)
        tops.append(one.top)
        return one.text

    tops: list[int] = []
    body = "".join(
        f"  计入 {part()}{_when(writer, place)}\n" for _ in range(writer.random.randint(1, 2))
    )
    if writer.random.random() < 0.7:
        taken = writer.name("扣项")
        body += f"  扣减 {taken} = {part()}{_when(writer, place)}\n"
        writer.known.append(Known(taken, scope, unit, tops[-1] + 1))
    for _ in range(writer.random.randint(0, 2)):
        body += f"  推定 {part()}{_when(writer, place)}\n"
    if writer.random.random() < 0.3:
        body += f"  至少 {part()}\n"
    name, head = _head(writer, "收入", scope, unit)
    body += _rounding(writer, unit) + "  依据 办法 第四条\n"
    writer.known.append(Known(name, scope, unit, max(tops) + 12, 7))
    return f"{head}\n{body}"


def _eligibility(writer: Writer) -> str:
    scope = _scope(writer)
    name, head = _head(writer, "资格", scope, "")
    body = "".join(
        f'  要求 条件{place}: {writer.condition(3, Place(scope))}\n    否则 "没有满足"\n'
        for place in range(writer.random.randint(1, 3))
    )
    writer.known.append(Known(name, scope, "是否"))
    return f"{head}\n{body}  依据 办法 第五条\n"


def _benefit(writer: Writer) -> str:
    scope = _scope(writer)
    unit = writer.random.choice(("元/月", "元/年", "元"))
    place = Place(scope)
    parts = [_amount(writer, unit, place) for _ in range(3)]
    body = f"  当 {writer.condition(2, place)}\n" if writer.random.random() < 0.7 else ""
    body += f"  金额 {parts[0].text}\n"
    body += f"  至少 {parts[1].text}\n" if writer.random.random() < 0.5 else ""
    # A ceiling that is seen to lie below the floor is refused.
    most = f"较大({parts[1].text}, {parts[2].text})" if "至少" in body else parts[2].text
    body += f"  至多 {most}\n" if writer.random.random() < 0.5 else ""
    name, head = _head(writer, "救助", scope, unit)
    body += _rounding(writer, unit) + "  依据 办法 第六条\n"
    writer.known.append(Known(name, scope, unit, max(one.top for one in parts) + 10, 7))
    return f"{head}\n{body}"


def _graded(writer: Writer) -> str:
    scope = _scope(writer)
    unit = writer.random.choice(("元/月", "元/年"))
    place = Place(scope)
    parts = [_amount(writer, unit, place) for _ in range(writer.random.randint(1, 4))]
    body = f"  当 {writer.condition(1, place)}\n" if writer.random.random() < 0.5 else ""
    body += writer.random.choice(("  就高\n", "  叠加\n"))
    for number, one in enumerate(parts):
        body += f"  类别 第{number}类: {writer.condition(2, place)} → {one.text}\n"
    name, head = _head(writer, "分类施保", scope, unit)
    body += _rounding(writer, unit) + "  依据 办法 第七条\n"
    writer.known.append(Known(name, scope, unit, max(one.top for one in parts) + 12, 7))
    return f"{head}\n{body}"
