"""Random declarations: facts, and parameters with values that change from day to day."""

from __future__ import annotations

from itertools import product

from attrs import frozen

from .policies import Writer
from .words import ENUMERATIONS, ORDERED, RANGES, Known

_TOPS = {"比例": (15, 14), "人": (4, 0), "岁": (7, 0), "月": (6, 0), "年": (11, 0), "日": (5, 0),
         "名": (3, 0), "辆": (2, 0)}  # fmt: skip
_VALUES = {
    "元/月": ("0", "0.01", "333.33", "1200", "-50"),
    "元/人月": ("315", "410", "735.5"),
    "比例": ("30%", "12.5%", "100%", "0%", "66.67%"),
    "元/年": ("1000", "2000.01", "5000"),
}
_FACTS = (
    ("家庭", "日期"), ("成员", "日期"), ("成员", "元/月"), ("成员", "是否"), ("成员", ORDERED),
    ("家庭", "行业"), ("家庭", "元"), ("成员", "行业"), ("成员", "元/年"), ("家庭", "元/月"),
    ("成员", "比例"), ("家庭", "元/人月"), ("家庭", "元/年"), ("家庭", "月"), ("成员", "月"),
    ("家庭", "是否"), ("成员", "元"), ("家庭", ORDERED),
)  # fmt: skip


@frozen
class Declared:
    """The declarations of one layer, each a block of text; and the values of its parameters."""

    blocks: list[str]
    values: list[str]


def enumerations() -> list[str]:
    """The enumerations that all policies have."""
    codes = {ORDERED: "disability", "行业": "trade", "救助身份": "status"}
    return [
        f"枚举 {name}({codes[name]}){' 有序' if name == ORDERED else ''} {{ {', '.join(members)} }}\n"
        for name, members in ENUMERATIONS.items()
    ]


def facts(writer: Writer, local: bool) -> list[str]:
    """Inputs: those that every policy has, or with a parent above it a few more."""
    pick, lines = writer.random.choice, list[str]()
    types = (*RANGES, "是否", "日期")
    few = 2 if local else 4
    more = [(pick(("家庭", "成员")), pick(types)) for _ in range(writer.random.randint(1, few))]
    for scope, kind in [*(() if local else _FACTS), *more]:
        name = writer.new_name("户项" if scope == "家庭" else "人项")
        code = f"fact_{writer.names}"
        line = f"输入 {scope}.{name}({code}): {kind}"
        top, bottom = _TOPS.get(kind, (23, 0))
        if kind in RANGES:
            low, high = pick(RANGES[kind])
            line += f" 范围 {low} .. {high}"
            if pick((True, False, False)):
                line += f" 默认 {high}"
        elif kind in ENUMERATIONS and pick((True, False)):
            line += f" 默认 {pick(ENUMERATIONS[kind])}"
        if kind == "是否" and writer.some(0.4):
            writer.counts["人工认定"] += 1
            line += " 人工认定"
        if kind != "日期" and writer.names % 3:
            # Not drawn: what is written besides stays as it is without the mark.
            writer.counts["可变动"] += 1
            line += " 可变动"
        lines.append(line + "\n" + formerly(writer, "旧项"))
        writer.known.append(
            Known(name, scope, kind, top, bottom, code=code, is_fact=True, local=local)
        )
    return lines


def formerly(writer: Writer, word: str, share: float = 0.1) -> str:
    """The names that a thing had before; nothing reads them."""
    if not writer.some(share):
        return ""
    writer.counts["曾用名"] += 1
    return f"  曾用名 {word}{writer.names}, former_{writer.names}\n"


def parameters(writer: Writer, local: bool) -> Declared:
    """Parameters without and with enumerations that they are kept by, with one to three dated values."""
    declared = Declared([], [])
    all_keys: tuple[tuple[str, ...], ...] = ((), ("行业",), (ORDERED,), ("行业", ORDERED))
    for keys in (pick for pick in all_keys if not local or writer.some(0.4)):
        unit = writer.random.choice(tuple(_VALUES))
        name = writer.new_name("标准")
        code = f"line_{writer.names}"
        by = f" 按 {', '.join(keys)}" if keys else ""
        former = formerly(writer, "旧标准")
        declared.blocks.append(f"参数 {name}({code}): {unit}{by} 范围 {_wide(unit)}\n{former}")
        since = ["2010-01-01"]
        if writer.some(0.6):
            changes = writer.random.randint(1, min(2, len(writer.days)))
            since += sorted(writer.random.sample(writer.days, changes))
            writer.counts["数值变动"] += 1
        entries = "".join(_entry(writer, unit, keys, day) for day in since)
        declared.values.append(f"{name}:\n  取值:\n{entries}")
        bits = (14, 14) if unit == "比例" else (19, 0)
        writer.known.append(Known(name, "家庭", unit, *bits, keys=keys, code=code, local=local))
    return declared


def _entry(writer: Writer, unit: str, keys: tuple[str, ...], since: str) -> str:
    cells = {
        place: writer.random.choice(_VALUES[unit])
        for place in product(*(ENUMERATIONS[key] for key in keys))
    }
    reason = "" if since == "2010-01-01" else "      理由: 随机变动\n"
    return (
        f"    - 自: {since}\n      值: {_nested(cells, keys)}\n{reason}"
        "      来源: {文件: 随机县办法, 状态: 未核实}\n"
    )


def _wide(unit: str) -> str:
    return "0% .. 100%" if unit == "比例" else f"-100{unit} .. 10000{unit}"


def _nested(
    cells: dict[tuple[str, ...], str], keys: tuple[str, ...], above: tuple[str, ...] = ()
) -> str:
    """The values of a parameter as YAML, one level for each enumeration."""
    if not keys:
        return cells[above]
    rows = [
        f"{member}: {_nested(cells, keys[1:], (*above, member))}"
        for member in ENUMERATIONS[keys[0]]
    ]
    return "{" + ", ".join(rows) + "}"
