"""What would turn a result, as text in Chinese or in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Day, Number, Type, YesNo
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.names_zh import amount
from dibao_policy.explain.notice import heading
from dibao_policy.explain.phrases_zh import formula
from dibao_policy.lawcraft.distances import Distance
from dibao_policy.lawcraft.what_if_found import Fixed, Met, Requirement, Suggestible, Turn, WhatIf
from dibao_policy.units import is_money

Tongue = Literal["zh", "en"]


@frozen
class _Words:
    """The sentences of one tongue. `{thing}` is a fact or a figure, `{less}` what it has to fall by, and so on."""

    result: str
    unmet: str
    granted: str
    refused: str
    stuck: str
    kept: str
    none: str
    comma: str
    end: str
    of: str
    turns: tuple[str, str]
    steps: str
    becomes: str
    margin: str
    becomes_not: str
    then: str
    change: str
    flips: tuple[str, str]
    still: str
    nothing: str
    always: str
    meets: str
    over: tuple[str, str]
    even: str
    whole: str
    by: tuple[str, str, str, str]
    reach: tuple[str, str, str, str]


_ZH = _Words(
    result="结论",
    unmet="没有通过的条件",
    granted="离失去还有多远（只变一项，其他情况不变）",
    refused="只改一项，其他情况不变",
    stuck="只改一项，改成多少都不够",
    kept="改成多少都不影响",
    none="规定没有写明哪些情况可以变动（`可变动`）",
    comma="，",
    end="、",
    of="（{members}）",
    turns=("就符合", "就能得到"),
    steps="{thing} {by}{turns}：由 {present} 到 {value}",
    becomes="若 {thing} 为 {value}{turns}：现在是 {present}",
    margin="{thing} {reach}；{by}，到 {value}，就失去",
    becomes_not="若 {thing} 为 {value} 就失去：现在是 {present}",
    then="那时 {changes}",
    change="{name} 由 {before} 变为 {after}",
    flips=("符合 {name}", "不再符合 {name}"),
    still="{things}：{names} 仍不符合",
    nothing="{things}：改成多少都不能得到",
    always="{things}：改成多少都不失去",
    meets="{thing} {by}（{value}），{name} 就符合，但 {names} 仍不符合",
    over=("{left} 超出 {over}", "{left} 还差 {over}"),
    even="{left} 正好相等",
    whole="按全家算",
    by=("再低 {d}", "再高 {d}", "再少 {d}", "再多 {d}"),
    reach=("最低可到 {last}", "最高可到 {last}", "最少可到 {last}", "最多可到 {last}"),
)

_EN = _Words(
    result="The result",
    unmet="Requirements that are not met",
    granted="How far it is from being lost (one fact changes, all others stay)",
    refused="One fact changes, all others stay",
    stuck="No value of one fact alone is enough",
    kept="Of no consequence, whatever the value",
    none="the policy does not say which facts may change (`可变动`)",
    comma=", ",
    end=", ",
    of=" ({members})",
    turns=("it is granted", "there is an amount"),
    steps="{thing} {by}: {turns}; from {present} to {value}",
    becomes="{thing} at {value}: {turns}; it is {present} now",
    margin="{thing} {reach}; it is lost {by}, at {value}",
    becomes_not="{thing} at {value}: it is lost; it is {present} now",
    then="then {changes}",
    change="{name} goes from {before} to {after}",
    flips=("{name} is met", "{name} is no longer met"),
    still="{things}: {names} still not met",
    nothing="{things}: not granted, whatever the value",
    always="{things}: it is not lost",
    meets="{thing} {by} ({value}): {name} is met, but {names} still not",
    over=("{left} is over by {over}", "{left} is short by {over}"),
    even="{left} is exactly on the line",
    whole="for the whole household",
    by=("{d} lower", "{d} higher", "{d} less", "{d} more"),
    reach=("may be as low as {last}", "may be as high as {last}",
           "may be as little as {last}", "may be as much as {last}"),
)  # fmt: skip


def what_if_text(found: WhatIf, tongue: Tongue = "zh") -> str:
    """The result, what stands in its way, and what each fact alone would do."""
    words = _ZH if tongue == "zh" else _EN
    return "\n".join(_lines(found, words)) + "\n"


def _lines(found: WhatIf, words: _Words) -> Iterator[str]:
    yield from heading(found.program, found.day, found.digest) if words is _ZH else _heading(found)
    number = 0
    for title, lines in _sections(found, words):
        if lines:
            yield ""
            yield f"{'一二三四'[number]}、{title}" if words is _ZH else f"{number + 1}. {title}"
            yield from lines
            number += 1


def _heading(found: WhatIf) -> Iterator[str]:
    program = found.program
    version = f"version {program.version}, " if program.version else ""
    until = f" until {program.until}" if program.until else " on"
    yield program.name
    yield (
        f"Day of the decision {found.day}; {version}rules in force from {program.since}{until} "
        f"(digest {found.digest})"
    )


def _sections(found: WhatIf, words: _Words) -> Iterator[tuple[str, list[str]]]:
    name = _of(found, found.rule, found.member)
    value = _amount(found.value, found.rule.type, words)
    yield words.result, [f"  {name}{_colon(words)}{value}"]
    yield words.unmet, list(_requirements(found, words))
    if not found.turns and not found.fixed:
        yield words.refused, [f"  {words.none}"]
    else:
        yield words.granted if found.holds else words.refused, list(_turns(found, words))
        yield words.kept if found.holds else words.stuck, list(_fixed(found, words))


def _amount(value: ir.Value, kind: Type, words: _Words) -> str:
    if words is _EN and isinstance(kind, YesNo):
        return "yes" if value else "no"
    return amount(value, kind)


def _colon(words: _Words) -> str:
    return "：" if words is _ZH else ": "


# ── names ─────────────────────────────────────────────────────────────────


def _of(found: WhatIf, rule: ir.Rule, member: int | None) -> str:
    return rule.name if member is None else f"{found.labels[member]} {rule.name}"


def _label(found: WhatIf, key: Key) -> str:
    """A requirement by its label, `收入`; that of another entitlement than the one asked about by both names."""
    rule = next(one for one in found.program.rules if one.name == key[0])
    origin = rule.origin
    label = origin.label if origin.name == found.rule.name else f"{origin.name}·{origin.label}"
    return label if key[1] is None else f"{found.labels[key[1]]} {label}"


def _thing(found: WhatIf, about: Suggestible) -> str:
    return (
        about.fact.name
        if about.member is None
        else f"{found.labels[about.member]} {about.fact.name}"
    )


def _things(found: WhatIf, about: Iterable[Suggestible], words: _Words) -> str:
    """`户主 工资收入`; the same fact of several members once, `工资收入（户主、妻子）`."""
    whose: dict[str, list[Suggestible]] = {}
    for one in about:
        whose.setdefault(one.fact.name, []).append(one)
    names: list[str] = []
    for name, members in whose.items():
        if len(members) == 1:
            names.append(_thing(found, members[0]))
        else:
            labels = words.end.join(found.labels[one.member or 0] for one in members)
            names.append(name + words.of.format(members=labels))
    return words.end.join(names)


def _by(difference: Fraction, kind: Type, words: _Words) -> str:
    """`再低 12.50元/月`; what is counted and not paid is 少 and 多."""
    return words.by[_way(difference, kind)].format(d=amount(abs(difference), kind))


def _way(difference: Fraction, kind: Type) -> int:
    paid = isinstance(kind, Number) and is_money(kind.unit)
    return (0 if paid else 2) + (difference > 0)


# ── what is not met ───────────────────────────────────────────────────────


def _requirements(found: WhatIf, words: _Words) -> Iterator[str]:
    for one in found.requirements:
        label = _label(found, (one.rule.name, one.member))
        # The sentence of the policy is in its own tongue.
        yield f"  {label}{_colon(words)}{one.reason}" if words is _ZH else f"  {label}"
        yield from (f"      {line}" for line in _distances(one, words))


def _distances(one: Requirement, words: _Words) -> Iterator[str]:
    for distance in one.distances:
        parts = [_over(distance, one.rule, words)]
        if distance.least is not None:
            less = _by(-distance.least, distance.type, words)
            parts.append(
                f"{less} 就符合这一条" if words is _ZH else f"{less} meets this requirement"
            )
        before = f"{words.whole}{words.comma}" if distance.whole else ""
        yield before + words.comma.join(parts)


def _over(distance: Distance, rule: ir.Rule, words: _Words) -> str:
    left = formula(distance.left, rule.origin.name)
    if not distance.over:
        return words.even.format(left=left)
    template = words.over[distance.over < 0]
    return template.format(left=left, over=amount(abs(distance.over), distance.type))


# ── what turns it ─────────────────────────────────────────────────────────


def _turns(found: WhatIf, words: _Words) -> Iterator[str]:
    """Facts that turn the result in the very same way are told together."""
    alike: dict[tuple[object, ...], list[Turn]] = {}
    for one in found.turns:
        same = (one.about.present, one.value, one.difference, str(one.about.fact.type))
        alike.setdefault((*same, one.outcomes, one.flips), []).append(one)
    for turns in alike.values():
        things = _things(found, (one.about for one in turns), words)
        yield "  " + _turn(found, turns[0], things, words)
        then = _then(found, turns[0], words)
        if then:
            yield f"      {then}"


def _turn(found: WhatIf, one: Turn, things: str, words: _Words) -> str:
    kind = one.about.fact.type
    told = {
        "thing": things,
        "present": _amount(one.about.present, kind, words),
        "value": _amount(one.value, kind, words),
        "turns": words.turns[found.rule.type != YesNo()]
        + (found.rule.name if found.rule.type != YesNo() and words is _ZH else ""),
    }
    by_steps = one.difference is not None and isinstance(kind, Number) and is_money(kind.unit)
    if found.holds and one.last is not None and one.difference is not None:
        if isinstance(kind, Day):
            return words.becomes_not.format(**told)
        told["by"] = _by(one.difference, kind, words)
        reach = words.reach[_way(one.difference, kind)]
        told["reach"] = reach.format(last=amount(one.last, kind))
        return words.margin.format(**told)
    if found.holds:
        return words.becomes_not.format(**told)
    if by_steps and one.difference is not None:
        told["by"] = _by(one.difference, kind, words)
        told["turns"] = (" " if words is _ZH else "") + told["turns"]
        return words.steps.format(**told)
    told["turns"] = (" " if words is _ZH else "") + told["turns"]
    return words.becomes.format(**told)


def _then(found: WhatIf, one: Turn, words: _Words) -> str:
    """The requirements that turn with it, and what becomes of the other results."""
    parts = [
        words.flips[not flip.met].format(name=_label(found, (flip.rule.name, flip.member)))
        for flip in one.flips
    ]
    parts += [
        words.change.format(
            name=_of(found, outcome.rule, outcome.member),
            before=_amount(outcome.before, outcome.rule.type, words),
            after=_amount(outcome.after, outcome.rule.type, words),
        )
        for outcome in one.outcomes
        if (outcome.rule.name, outcome.member) != (found.rule.name, found.member)
        or outcome.rule.type != YesNo()
    ]
    return words.then.format(changes=words.comma.join(parts)) if parts else ""


def _fixed(found: WhatIf, words: _Words) -> Iterator[str]:
    """Facts of which no value turns it; those that have the same in their way together."""
    for fixed in found.fixed:
        for met in fixed.meets:
            yield "  " + _meets(found, fixed, met, words)
    alike: dict[tuple[Key, ...], list[Suggestible]] = {}
    for fixed in found.fixed:
        if not fixed.meets:
            alike.setdefault(fixed.unmet, []).append(fixed.about)
    for unmet, about in alike.items():
        things = _things(found, about, words)
        if found.holds:
            yield "  " + words.always.format(things=things)
        elif unmet:
            yield "  " + words.still.format(things=things, names=_labels(found, unmet, words))
        else:
            yield "  " + words.nothing.format(things=things)


def _labels(found: WhatIf, keys: Sequence[Key], words: _Words) -> str:
    return words.end.join(_label(found, key) for key in keys)


def _meets(found: WhatIf, fixed: Fixed, met: Met, words: _Words) -> str:
    kind = fixed.about.fact.type
    value = _amount(met.value, kind, words)
    if met.difference is None or isinstance(kind, Day):
        by = f"为 {value}" if words is _ZH else f"at {value}"
        value = _amount(fixed.about.present, kind, words)
        value = f"现在是 {value}" if words is _ZH else f"it is {value} now"
    else:
        by = _by(met.difference, kind, words)
    return words.meets.format(
        thing=_thing(found, fixed.about),
        by=by,
        value=value,
        name=_label(found, (met.rule.name, met.member)),
        names=_labels(found, met.still, words),
    )
