"""Problems of the dates and numbers of a series (D1530 to D1552), with their words."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind

# ---- dates of one series ------------------------------------------------------------------


@problem_kind
class Gap(Problem):
    """Days between two entries on which neither is in force."""

    code, slug = "D1530", "date-gap"
    zh = "`{name}` 在 {first} 至 {last} 没有值"
    en = "`{name}` has no value from {first} to {last}"
    mends_zh = ("前一项的结束日期改为 {last}，或补上这段时间的值",)
    mends_en = ("let the entry before end on {last}, or add a value for these days",)
    name: str
    first: str
    last: str


@problem_kind
class Overlap(Problem):
    """Days on which two entries are in force."""

    code, slug = "D1531", "date-overlap"
    zh = "`{name}` 在 {first} 至 {last} 有两个值"
    en = "`{name}` has two values from {first} to {last}"
    mends_zh = ("前一项的结束日期改为 {day_before}",)
    mends_en = ("let the entry before end on {day_before}",)
    name: str
    first: str
    last: str
    day_before: str


@problem_kind
class RepeatedDate(Problem):
    """Two entries that begin on one day."""

    code, slug = "D1532", "repeated-date"
    zh = "`{name}` 有两项都从 {since} 起"
    en = "`{name}` has two entries from {since}"
    mends_zh = ("核对两项的日期，只留一项",)
    mends_en = ("check both dates, and keep one entry",)
    name: str
    since: str


@problem_kind
class DatesOutOfOrder(Problem):
    """An entry written after a later one."""

    code, slug = "D1533", "dates-out-of-order"
    zh = "`{name}` 从 {since} 起的一项写在 {earlier} 的一项之后"
    en = "`{name}` has the entry from {since} after the one from {earlier}"
    mends_zh = ("核对年份；各项按日期从早到晚写",)
    mends_en = ("check the year; entries go from the earliest to the latest",)
    name: str
    since: str
    earlier: str


# ---- a series against its declaration -----------------------------------------------------


@problem_kind
class UnknownMember(Problem):
    """A value for something that the enum does not have."""

    code, slug = "D1540", "unknown-member"
    zh = "`{name}` 的值里有 `{member}`，可以写的是 `{allowed}`"
    en = "`{name}` has a value for `{member}`; the names are `{allowed}`"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    name: str
    member: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class MissingMember(Problem):
    """A member of the enum without a value."""

    code, slug = "D1541", "missing-member"
    zh = "`{name}` 从 {since} 起缺少 `{members}` 的值"
    en = "`{name}` from {since} lacks a value for `{members}`"
    mends_zh = ("补上 `{members}`",)
    mends_en = ("add `{members}`",)
    name: str
    since: str
    members: tuple[str, ...]


@problem_kind
class RepeatedMember(Problem):
    """One member with two values, under its two names."""

    code, slug = "D1542", "repeated-member"
    zh = "`{second}` 和 `{first}` 是同一项，值重复"
    en = "`{second}` and `{first}` are one member with two values"
    mends_zh = ("只留一个",)
    mends_en = ("keep one of them",)
    first: str
    second: str


@problem_kind
class TooManyKeys(Problem):
    """A value split further than the parameter is declared."""

    code, slug = "D1543", "value-split-too-far"
    zh = "`{name}` 声明为按 {declared} 层分列，这里的值分了 {written} 层"
    en = "`{name}` is declared by {declared} enums, and the value is split by {written}"
    mends_zh = ("改写为声明的层数；声明里没有“按 …”时只写一个数",)
    mends_en = ("split the value as declared; without a `by …` in the declaration, one number",)
    name: str
    declared: int
    written: int


@problem_kind
class TooFewKeys(Problem):
    """One value for what is declared by the members of an enum."""

    code, slug = "D1544", "value-not-split"
    zh = "`{name}` 声明为按 {declared} 层分列，这里的值只分了 {written} 层"
    en = "`{name}` is declared by {declared} enums, and the value is split by only {written}"
    mends_zh = ("按 `{allowed}` 分别写值",)
    mends_en = ("write a value for each of `{allowed}`",)
    name: str
    declared: int
    written: int
    allowed: tuple[str, ...]


@problem_kind
class UnitDiffers(Problem):
    """A number with another unit than the declared one."""

    code, slug = "D1545", "unit-differs"
    zh = "`{name}` 声明的单位是 `{declared}`，这里写的是 `{written}`"
    en = "`{name}` is declared in `{declared}`, and the value is written in `{written}`"
    mends_zh = ("把数换算为 `{declared}`",)
    mends_en = ("give the number in `{declared}`",)
    name: str
    declared: str
    written: str


@problem_kind
class BelowRange(Problem):
    """A number below the declared range, or below zero."""

    code, slug = "D1546", "below-range"
    zh = "`{name}` 的值 `{number}` 低于 {low}"
    en = "`{name}` has the value `{number}`, which is below {low}"
    name: str
    number: str
    low: str


@problem_kind
class AboveRange(Problem):
    """A number above the declared range."""

    code, slug = "D1547", "above-range"
    zh = "`{name}` 的值 `{number}` 高于 {high}"
    en = "`{name}` has the value `{number}`, which is above {high}"
    name: str
    number: str
    high: str


@problem_kind
class RatioAsPercentage(Problem):
    """20 where 0.20 or 20% is meant."""

    code, slug = "D1548", "ratio-as-percentage"
    zh = "`{name}` 是比例，`{number}` 像是漏写了百分号"
    en = "`{name}` is a ratio, and `{number}` looks like a percentage without its sign"
    mends_zh = ("写作 {decimal} 或 {percent}",)
    mends_en = ("write {decimal} or {percent}",)
    name: str
    number: str
    decimal: str
    percent: str


@problem_kind
class PercentOfQuantity(Problem):
    """A percent sign on what is not a ratio."""

    code, slug = "D1549", "percent-of-quantity"
    zh = "`{name}` 的单位是 `{declared}`，不是比例，不能写 `{number}`"
    en = "`{name}` is in `{declared}` and not a ratio, so it cannot be `{number}`"
    mends_zh = ("去掉百分号，写以 `{declared}` 为单位的数",)
    mends_en = ("write the number in `{declared}`, without the percent sign",)
    name: str
    declared: str
    number: str


@problem_kind
class Jump(Problem):
    """A rise beyond the guard, without a reason."""

    code, slug = "D1550", "jump"
    zh = "`{name}` 从 {old_date} 的 {old} 升到 {new_date} 的 {new}，升幅 {change}，超过 {guard}"
    en = (
        "`{name}` rises from {old} on {old_date} to {new} on {new_date}, "
        "by {change}, which is more than {guard}"
    )
    mends_zh = (
        "约为原来的 {tenfold} 倍：是不是多写了一位数字？核对无误则写明 `理由`",
        "约为原来的 {twelvefold} 倍：是不是把全年的数写在了按月的位置？核对无误则写明 `理由`",
        "核对这个数；无误则在这一项写明 `理由`",
    )
    mends_en = (
        "about {tenfold} times as much: a digit too many? "
        "If it is right, state the `理由` (reason)",
        "about {twelvefold} times as much: a yearly figure in a monthly place? "
        "If it is right, state the `理由` (reason)",
        "check the number; if it is right, state the `理由` (reason) in this entry",
    )
    name: str
    old: str
    new: str
    old_date: str
    new_date: str
    change: str
    guard: str
    tenfold: str
    twelvefold: str


@problem_kind
class Fall(Problem):
    """A fall of any size, without a reason."""

    code, slug = "D1551", "fall"
    zh = "`{name}` 从 {old_date} 的 {old} 降到 {new_date} 的 {new}，降幅 {change}"
    en = "`{name}` falls from {old} on {old_date} to {new} on {new_date}, by {change}"
    mends_zh = (
        "约为原来的 {tenfold} 分之一：是不是少写了一位数字？核对无误则写明 `理由`",
        "约为原来的 {twelvefold} 分之一：是不是把每月的数写在了按年的位置？核对无误则写明 `理由`",
        "核对这个数；无误则在这一项写明 `理由`",
    )
    mends_en = (
        "about 1/{tenfold} as much: a digit too few? If it is right, state the `理由` (reason)",
        "about 1/{twelvefold} as much: a monthly figure in a yearly place? "
        "If it is right, state the `理由` (reason)",
        "check the number; if it is right, state the `理由` (reason) in this entry",
    )
    name: str
    old: str
    new: str
    old_date: str
    new_date: str
    change: str
    tenfold: str
    twelvefold: str


@problem_kind
class ChangeFromZero(Problem):
    """A step away from zero, which no percentage measures, without a reason."""

    code, slug = "D1552", "change-from-zero"
    zh = "`{name}` 从 {old_date} 的 {old} 变为 {new_date} 的 {new}"
    en = "`{name}` goes from {old} on {old_date} to {new} on {new_date}"
    mends_zh = ("核对这个数；无误则在这一项写明 `理由`",)
    mends_en = ("check the number; if it is right, state the `理由` (reason) in this entry",)
    name: str
    old: str
    new: str
    old_date: str
    new_date: str
