"""What random policies are made of: units with their literals, steps and ranges; and what is known of an expression."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

BITS = 220
"""The size at which an expression gives way to a plain value: one policy in twenty still goes past 64 bits."""

MONEY = ("元/月", "元", "元/年", "元/人月")
ORDERED = "残疾等级"
# The first of them is ordered; no two have a member in common.
ENUMERATIONS = {
    ORDERED: ("无残", "一级", "二级", "三级"),
    "行业": ("务农", "建筑", "餐饮"),
    "救助身份": ("特困", "低保户", "边缘户", "无身份"),
}
LITERALS = {
    "元/月": ("0元/月", "0.01元/月", "9.99元/月", "100元/月", "333.33元/月", "0.4万元/月"),
    "元": ("0元", "0.05元", "1元", "250.5元", "3000元", "1万元"),
    "元/年": ("0元/年", "0.1元/年", "1200元/年", "5000.01元/年", "2万元/年"),
    "元/人月": ("1元/人月", "410元/人月", "735.55元/人月"),
    "比例": ("0%", "30%", "12.5%", "0.5", "1", "3", "66.67%"),
    "人": ("0人", "1人", "2人", "5人"),
    "岁": ("0岁", "16岁", "18岁", "59岁", "80岁"),
    "月": ("0月", "1月", "6月", "24月"),
    "年": ("0年", "1年", "18年", "1999年", "2024年"),
    "日": ("1日", "15日", "31日"),
    "名": ("0名", "1名", "2名", "3名"),
    "辆": ("0辆", "1辆", "2辆"),
}
SHARES = ("0%", "30%", "12.5%", "0.5", "1", "66.67%", "100%")
QUANTA = {
    "元/月": ("0.01元/月", "0.1元/月", "0.5元/月", "1元/月", "10元/月"),
    "元": ("0.01元", "0.03元", "1元", "100元"),
    "元/年": ("0.01元/年", "1元/年", "7元/年"),
    "元/人月": ("0.01元/人月", "1元/人月"),
    "比例": ("1%", "0.1", "1", "0.25"),
    "人": ("1人", "0.5人"),
    "岁": ("1岁", "5岁"),
    "月": ("1月", "0.5月", "3月"),
    "年": ("1年", "0.5年", "10年"),
    "日": ("1日", "10日"),
    "名": ("1名", "2名"),
    "辆": ("1辆", "0.2辆"),
}
RANGES = {
    "元/月": (("0元/月", "8000元/月"), ("-500元/月", "3000元/月"), ("0元/月", "100元/月")),
    "元": (("0元", "20000元"), ("-3000元", "3000元"), ("0元", "5元")),
    "元/年": (("0元/年", "50000元/年"), ("-100元/年", "9000元/年")),
    "元/人月": (("0元/人月", "900元/人月"), ("-60元/人月", "60元/人月")),
    "比例": (("0%", "100%"), ("-50%", "150%")),
    "人": (("0人", "9人"), ("1人", "4人")),
    "岁": (("0岁", "110岁"),),
    "月": (("-1月", "36月"), ("0月", "12月")),
    "年": (("0年", "60年"), ("1990年", "2030年")),
    "日": (("0日", "31日"),),
    "名": (("0名", "5名"),),
    "辆": (("0辆", "3辆"),),
}
MODES = ("进位", "舍去", "四舍五入", "四舍六入五成双")
DAYS = ("1960-02-29", "2000-02-29", "1999-12-31", "2024-01-01", "2010-06-15", "1985-03-31")


@frozen
class Written:
    """An expression as text; `varies` where its denominator depends on a fact."""

    text: str
    top: int = 1
    bottom: int = 0
    varies: bool = False


@frozen
class Known:
    """A name that expressions may read, or a parameter with the enumerations that it is kept by.

    `is_fact` where a household brings it; `local` where only the local one of two layers declares it.
    """

    name: str
    scope: str
    type: str
    top: int = 1
    bottom: int = 0
    varies: bool = False
    keys: tuple[str, ...] | None = None
    code: str = ""
    is_fact: bool = False
    local: bool = False


@frozen
class Place:
    """Where an expression stands. `fixed`: its denominator may not vary; `inside`: within an aggregate."""

    scope: str
    fixed: bool = False
    inside: bool = False


def seen(unit: str, scope: str) -> str:
    """A unit as a rule of this scope sees it: one member is one person."""
    return {"元/人月": "元/月", "人": "比例"}.get(unit, unit) if scope == "成员" else unit


def units_in(scope: str) -> tuple[str, ...]:
    """The units that a rule of this scope may have."""
    return tuple(unit for unit in LITERALS if seen(unit, scope) == unit)


def worth(literal: str) -> Fraction:
    """The number in front of a unit; 30% is 3/10, 1万元 is 10,000."""
    number = Fraction(re.match(r"[0-9.]+", literal)[0])  # type: ignore[index]
    return number / 100 if literal.endswith("%") else number * (10_000 if "万" in literal else 1)


def joined(text: str, parts: list[Written]) -> Written:
    """Several numbers over one denominator."""
    bottom = sum(part.bottom for part in parts)
    top = max(part.top + bottom - part.bottom for part in parts) + 2
    return Written(text, top, bottom, any(part.varies for part in parts))
