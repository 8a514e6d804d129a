"""Random policies: declarations and rules in one layer or two, their versions by date, and what rewrites them."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Sequence

from attrs import evolve, field, frozen

from dibao_policy.model.layers import PolicyText
from dibao_policy.text import Source

from . import assistance_blocks as newer, plain_blocks as plain
from .declarations import Declared, enumerations, facts, formerly, parameters
from .plain_blocks import Body, Head
from .policies import Writer
from .words import Known, units_in

FIRST_DAY = "2010-01-01"
CHANGES = (
    "2012-01-01", "2013-07-01", "2015-03-31", "2016-02-29", "2018-10-01", "2020-02-29", "2022-12-31",
)  # fmt: skip


@frozen
class Version:
    """One version of a rule as a block of its own, the days on which it holds, and whether it rewrites another."""

    head: Head
    body: Body
    since: str = ""
    until: str = ""
    rewrites: bool = False

    @property
    def plain_text(self) -> str:
        """The rule without its days, as it would stand alone."""
        head = self.head
        kind = f": {head.type}" if head.type and head.keyword not in ("资格", "核查") else ""
        done = " 处理 核实" if head.keyword == "核查" else ""
        gap = " " if self.body.expression.startswith(("=", "精确")) else ""
        code = f"({head.code})" if head.code else ""
        expression = f"{gap}{self.body.expression}{done}"
        return (
            f"{head.keyword} {head.scope}.{head.name}{code}{kind}{expression}\n{self.body.clauses}"
        )

    @property
    def text(self) -> str:
        """The block in its policy."""
        first, _, clauses = self.plain_text.partition("\n")
        period = _period_text(self.since, self.until)
        if not self.rewrites:
            return f"{first}\n{clauses}{f'  {period}{_NL}' if period else ''}"
        expression = self.body.expression
        expression = f"={expression[1:]}" if self.head.keyword == "核查" else expression
        return f"改写 {self.head.name} {period} {expression}\n{clauses}"


_NL = "\n"


def _period_text(since: str, until: str) -> str:
    if since:
        return f"自 {since} 至 {until}" if until else f"自 {since} 起"
    return f"至 {until}" if until else ""


@frozen
class Layer:
    """The blocks of one policy text, in any order after the first, and the values of its parameters."""

    code: str
    blocks: tuple[str, ...]
    values: tuple[str, ...]

    def text(
        self, order: Callable[[list[str]], object] | None = None, files: int = 1
    ) -> PolicyText:
        """The texts of the folder; the order of blocks, values and files says nothing."""
        blocks, values = list(self.blocks), list(self.values)
        if order is not None:
            order(blocks)
            order(values)
        return PolicyText(
            self.code,
            tuple(
                Source(f"{self.code}{i}.dibao", "\n".join(blocks[i::files])) for i in range(files)
            ),
            tuple(Source(f"{self.code}{i}.yaml", "".join(values[i::files])) for i in range(files)),
        )


@frozen
class Made:
    """A random policy: its layers, the local one first; and how often each kind of node stands in it."""

    layers: tuple[Layer, ...]
    versions: tuple[Version, ...] = field(repr=False)
    counts: Counter[str] = field(repr=False)

    @property
    def text(self) -> PolicyText:
        return self.layers[0].text()

    @property
    def rules(self) -> str:
        return self.text.rules[0].text

    @property
    def values(self) -> str:
        return self.text.parameters[0].text

    def library(self, code: str) -> PolicyText | None:
        return next((one.text() for one in self.layers[1:] if one.code == code), None)

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The days on which something changes, and the day before each."""
        written = {day for one in self.versions for day in (one.since, one.until) if day}
        text = "".join(value for layer in self.layers for value in layer.values)
        changes = {datetime.date.fromisoformat(day) for day in (*written, *_changes(text))}
        one_day = datetime.timedelta(days=1)
        around = {day + one_day * i for day in changes for i in (-1, 0, 1)}
        first = datetime.date.fromisoformat(FIRST_DAY)
        return tuple(sorted(day for day in around if day >= first))


def _changes(values: str) -> list[str]:
    return [line.split()[-1] for line in values.splitlines() if line.startswith("    - 自: ")]


# ── kinds of rules ────────────────────────────────────────────────────────


@frozen
class _Kind:
    keyword: str
    write: Callable[[Writer, Head], Body]
    types: Sequence[str] = ()
    scopes: Sequence[str] = ("家庭", "成员", "成员")


_MONTHLY = ("元/月", "元/年", "元")
_KINDS = (
    _Kind("定义", plain.define),
    _Kind("定义", plain.define),
    _Kind("定义", plain.truth, ("是否",)),
    _Kind("定义", plain.other, plain.OTHER_TYPES),
    _Kind("定义", plain.place_of, ("名",), ("成员",)),
    _Kind("收入", plain.income, _MONTHLY),
    _Kind("收入", plain.income, _MONTHLY),
    _Kind("救助", plain.benefit, _MONTHLY),
    _Kind("分类施保", plain.graded, ("元/月", "元/年")),
    _Kind("资格", plain.eligibility, ("是否",)),
    _Kind("渐退", newer.taper, _MONTHLY),
    _Kind("专项", newer.special, _MONTHLY),
    _Kind("专项", newer.special, _MONTHLY),
    _Kind("择一", newer.select, ("元/月", "元", "比例", "是否", *plain.OTHER_TYPES)),
    _Kind("择一", newer.select, ("元/月", "元", "比例", "是否", *plain.OTHER_TYPES)),
    _Kind("核查", newer.crosscheck, ("是否",)),
)


def _head(writer: Writer, kind: _Kind) -> Head:
    scope = writer.random.choice(kind.scopes)
    unit = writer.random.choice(tuple(kind.types) or units_in(scope))
    taken = writer.random.choice((0, 1, 2, 2)) if kind.keyword == "收入" else 0
    parts = tuple(writer.new_name("扣项") for _ in range(taken))
    name = writer.new_name("户值" if scope == "家庭" else "人值")
    writer.counts[kind.keyword] += 1
    return Head(kind.keyword, scope, unit, name, f"rule_{writer.names}", parts)


def _rule(writer: Writer, kind: _Kind, inherited: bool) -> list[Version]:
    """A rule in all its versions; afterwards its name may be read."""
    head = _head(writer, kind)
    writer.upper = inherited
    periods = _periods(writer)
    versions = [
        Version(head, _cited(writer, kind.write(writer, head)), since, until)
        for since, until in periods
    ]
    former = formerly(writer, "旧值", 0.05)
    first = versions[0]
    versions[0] = evolve(first, body=evolve(first.body, clauses=first.body.clauses + former))
    writer.upper = False
    if inherited and writer.some(0.5):
        for since, until in _rewritten(writer):
            body = _cited(writer, kind.write(writer, head))
            versions.append(Version(head, body, since, until, rewrites=True))
    if kind.keyword != "核查":
        _know(writer, head, [version.body for version in versions])
    return versions


def _know(writer: Writer, head: Head, bodies: list[Body]) -> None:
    """A name is as large as the largest of its versions."""
    sizes = [(head.name, head.code, [body.size for body in bodies])]
    sizes += [(name, "", [body.parts[i] for body in bodies]) for i, name in enumerate(head.parts)]
    for name, code, found in sizes:
        known = Known(
            name,
            head.scope,
            head.type,
            max(one.top for one in found),
            max(one.bottom for one in found),
            any(one.varies for one in found),
            code=code,
        )
        writer.known.append(known)


def _cited(writer: Writer, body: Body) -> Body:
    article = writer.random.choice("一二三四五")
    return evolve(body, clauses=f"{body.clauses}  依据 办法 第{article}条\n")


def _periods(writer: Writer) -> list[tuple[str, str]]:
    """One version for all days, or up to three that follow one another."""
    if writer.some(0.75):
        return [("", "")]
    writer.counts["版本"] += 1
    cuts = sorted(writer.random.sample(writer.days, writer.random.randint(1, 2)))
    since = [writer.random.choice(("", FIRST_DAY)), *cuts]
    until = [*(_day_before(day) for day in cuts), ""]
    return list(zip(since, until, strict=True))


def _rewritten(writer: Writer) -> list[tuple[str, str]]:
    """The days on which a local layer rewrites a rule: from one on, or a stretch, or two."""
    writer.counts["改写"] += 1
    days = sorted(writer.random.sample(writer.days, min(3, len(writer.days))))
    if writer.some(0.4):
        return [(days[0], "")]
    writer.counts["改写有期"] += 1
    stretch = (days[0], _day_before(days[1]))
    return [stretch, (days[-1], "")] if writer.some(0.3) else [stretch]


def _day_before(day: str) -> str:
    return str(datetime.date.fromisoformat(day) - datetime.timedelta(days=1))


# ── policies ──────────────────────────────────────────────────────────────


def random_policy(seed: int) -> Made:
    """The policy of a seed."""
    writer = Writer(random.Random(seed))
    pick = writer.random
    writer.days = tuple(sorted(pick.sample(CHANGES, 3)))
    below = writer.some(0.6)
    first = facts(writer, local=False)
    upper = parameters(writer, local=False)
    local, lower = list[str](), Declared([], [])
    if below:
        writer.counts["继承"] += 1
        local, lower = facts(writer, local=True), parameters(writer, local=True)
    writer.known.append(Known("人口", "家庭", "人", 6))
    kinds = list(_KINDS)
    pick.shuffle(kinds)
    kinds = kinds[: pick.randint(8, 12)]
    inherited = pick.randint(2, len(kinds) - 2) if below else 0
    rules = [_rule(writer, kind, place < inherited) for place, kind in enumerate(kinds)]
    size = Version(Head("定义", "家庭", "人", "人口", ""), Body("", expression="= 人数(成员)"))
    versions = [version for one in rules for version in one]
    common = [*enumerations(), *first, *upper.blocks, size.text]
    since = f"  自 {FIRST_DAY} 起\n" if writer.some(0.3) else ""
    split = sum(len(one) for one in rules[:inherited])
    above = [one.text for one in versions[:split] if not one.rewrites]
    own = [one.text for one in versions if one.rewrites]
    own += [one.text for one in versions[split:]]
    # The order of the text says nothing about the order of computation.
    pick.shuffle(own)
    pick.shuffle(above)
    header = '政策 随机县(random)\n  版本 "1.0"\n  依据 办法 = 《随机县办法》\n' + since
    if not below:
        layers = [Layer("random", (header, *common, *own), tuple(upper.values))]
    else:
        header += '  继承 上级(above) 版本 "2.0"\n'
        top = '政策 上级(above)\n  版本 "2.0"\n  依据 办法 = 《上级办法》\n'
        # A local folder may hold the values of what is declared above it.
        moved = upper.values if writer.some(0.3) else []
        layers = [
            Layer("random", (header, *local, *lower.blocks, *own), (*lower.values, *moved)),
            Layer("above", (top, *common, *above), () if moved else tuple(upper.values)),
        ]
    return Made(tuple(layers), (*versions, size), writer.counts)
