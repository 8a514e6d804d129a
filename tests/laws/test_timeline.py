"""The timeline is whole and true: its days are the regimes' first days, and nothing changes between them.

Random dated policies are checked against what their own plan says is in force on every single day.
"""

from __future__ import annotations

import datetime
import random
from itertools import pairwise

from attrs import field, frozen

from dibao_policy import Policy, PolicyText, Source, compile_policy
from dibao_policy.dates import ONE_DAY
from dibao_policy.lawcraft.timeline import Dated, is_alike

FIRST, LAST = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
FORMULAS = ("{0} × 人口", "{0} × 人口 + {1} × 人口", "较大({0}, {1}) × 人口", "{1} × 人口")


@frozen
class Stretch:
    """Something that holds from one day to another: a value, or a formula with its article."""

    since: datetime.date
    until: datetime.date | None
    what: str
    confirmed: datetime.date | None = None


@frozen
class Plan:
    """A policy before it is written."""

    period: tuple[datetime.date, datetime.date | None] | None
    values: dict[str, list[Stretch]] = field(factory=dict)
    rules: dict[str, list[Stretch]] = field(factory=dict)
    funds: dict[str, list[Stretch]] = field(factory=dict)


def plan(seed: int) -> Plan:
    rng = random.Random(seed)

    def day() -> datetime.date:
        return FIRST + datetime.timedelta(rng.randrange(366))

    begin = day() if rng.random() < 0.7 else None
    end = None if begin is None or rng.random() < 0.5 else begin + ONE_DAY * rng.randrange(300)
    made = Plan(None if begin is None else (begin, end))
    for place in range(rng.randrange(2, 5)):
        starts = sorted({FIRST - ONE_DAY * 9, *(day() for _ in range(rng.randrange(4)))})
        amount = 300
        stretches = []
        for start in starts:
            # Some are stated again with the same amount.
            amount += rng.choice((0, 0, 10, 25))
            confirmed = start + ONE_DAY * rng.randrange(200) if rng.random() < 0.5 else None
            stretches.append(Stretch(start, None, str(amount), confirmed))
        made.values[f"标准{'甲乙丙丁'[place]}"] = stretches
    # A value that ends, and that no rule may rest on.
    start, end = sorted((day(), day()))
    made.values["临时标准"] = [Stretch(start, end, "100")]
    names = [name for name in made.values if name != "临时标准"]
    for place in range(rng.randrange(1, 4)):
        starts = sorted({FIRST - ONE_DAY * 9, *(day() for _ in range(rng.randrange(4)))})
        ends = [start - ONE_DAY for start in starts[1:]]
        last = None if rng.random() < 0.6 else starts[-1] + ONE_DAY * rng.randrange(100)
        made.rules[f"补助{'一二三'[place]}"] = [
            Stretch(start, end, rng.choice(FORMULAS).format(*rng.choices(names, k=2)))
            for start, end in zip(starts, [*ends, last], strict=True)
        ]
    starts = sorted({day() for _ in range(rng.randrange(3))})
    ends = [start - ONE_DAY * rng.randrange(1, 3) for start in starts[1:]]
    stretches = [
        Stretch(start, end, rng.choice(("省 50%, 县 50%", "省 60%, 县 40%")))
        for start, end in zip(starts, [*ends, None][: len(starts)], strict=True)
        if end is None or start <= end
    ]
    if stretches:
        made.funds["救助资金"] = stretches
    return made


def written(made: Plan) -> Policy:
    lines = ["政策 示例县(example)"]
    if made.period:
        since, until = made.period
        lines.append(f"  自 {since} " + (f"至 {until}" if until else "起"))
    lines += [f"参数 {name}: 元/人月" for name in made.values]
    lines.append("定义 家庭.人口: 人 = 人数(成员)")
    for name, stretches in made.rules.items():
        for one in stretches:
            until = f"至 {one.until}" if one.until else "起"
            lines += [f"定义 家庭.{name}: 元/月 = {one.what}", f"  自 {one.since} {until}"]
    for name, stretches in made.funds.items():
        for one in stretches:
            until = f"至 {one.until}" if one.until else "起"
            lines += [f"资金 {name} {one.what}", f"  自 {one.since} {until}"]
    values = []
    for name, stretches in made.values.items():
        values += [f"{name}:", "  取值:"]
        for one in stretches:
            ends = f", 至: {one.until}" if one.until else ""
            confirmed = f", 确认至: {one.confirmed}" if one.confirmed else ""
            values.append(
                f"    - {{自: {one.since}{ends}, 值: {one.what}{confirmed}, "
                f"来源: {{文件: {one.since} 的通知, 状态: 原文}}}}"
            )
    text = PolicyText(
        "example", (Source("r", "\n".join(lines)),), (Source("v", "\n".join(values)),)
    )
    return compile_policy(text, lambda code: None)


def held(stretches: list[Stretch], day: datetime.date) -> Stretch | None:
    return next(
        (
            one
            for one in reversed(stretches)
            if one.since <= day and (one.until is None or day <= one.until)
        ),
        None,
    )


def test_the_timeline_is_what_the_plan_says_day_by_day(deep: bool) -> None:
    changes = lapses = 0
    for seed in range(1_000 if deep else 60):
        made = plan(seed)
        policy = written(made)
        timeline = policy.timeline()
        told = {one.day: one for one in timeline.days}
        first = made.period[0] if made.period else FIRST - ONE_DAY * 9
        last = made.period[1] if made.period else None
        assert (timeline.since, timeline.until) == (first, last)
        ended = set() if last is None else {last + ONE_DAY}
        assert {day for day, one in told.items() if one.policy == "ends"} == ended

        day = first
        while day <= (last or LAST + ONE_DAY * 400):
            dated = told.get(day, Dated(day, ""))
            before = day - ONE_DAY if day > first else None
            for found, planned in (
                (dated.values, made.values),
                (dated.rules, made.rules),
                (dated.stated, made.funds),
            ):
                expected = {
                    name: (old and old.what, new and new.what)
                    for name, stretches in planned.items()
                    for new in [held(stretches, day)]
                    for old in [held(stretches, before) if before else None]
                    if new is not old
                }
                shown = {one.name: one for one in found if one.name != "人口"}
                assert set(shown) == set(expected), (seed, day)
                changes += len(expected)
                if planned is made.values:
                    for name, one in shown.items():
                        assert [
                            None if amount is None else str(amount / 100)
                            for amount in (one.cells[0].old, one.cells[0].new)
                        ] == list(expected[name]), (seed, day)
            expected_lapses = {
                name
                for name, stretches in made.values.items()
                if _unconfirmed(now := held(stretches, day), day)
                and not (before and now is held(stretches, before) and _unconfirmed(now, before))
            }
            assert {one.table.name for one in dated.lapses} == expected_lapses, (seed, day)
            lapses += len(expected_lapses)
            day += ONE_DAY
        changing = {
            one.day for one in timeline.days if one.values or one.rules or one.stated or one.policy
        }
        assert set(told) - changing == {
            one.day for one in timeline.days if one.lapses and one.day not in changing
        }
        assert changing - ended == {regime.since for regime in policy.regimes}, seed
    assert changes >= 500 and lapses >= 30


def _unconfirmed(one: Stretch | None, day: datetime.date) -> bool:
    return one is not None and one.confirmed is not None and day > one.confirmed


def test_the_digest_changes_where_the_timeline_says_so_and_nowhere_else(deep: bool) -> None:
    moved = kept = 0
    for seed in range(1_000 if deep else 60):
        policy = written(plan(seed))
        timeline = policy.timeline()
        for before, after in pairwise(timeline.days):
            if after.policy == "ends":
                continue
            real = any(
                one.read and any(cell.old != cell.new for cell in one.cells) for one in after.values
            ) or any(
                not (one.before and one.after and is_alike(one.before, one.after))
                for one in after.rules
            )
            assert (before.digest != after.digest) == real, (seed, after.day)
            moved, kept = moved + real, kept + (not real)
        for start, end in pairwise([*(one.day for one in timeline.days), LAST + ONE_DAY * 400]):
            if timeline.until is None or start <= timeline.until:
                between = {
                    policy.on(start + ONE_DAY * offset).digest
                    for offset in range((end - start).days)
                }
                told = next(one for one in timeline.days if one.day == start)
                assert between == {told.digest}, (seed, start)
    assert moved >= 100 and kept >= 20
