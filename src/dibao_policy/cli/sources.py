"""What `dibao check --sources` tells of the sources of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dibao_policy.lawcraft.sources import Sources, Unverified, counted
from dibao_policy.problem import Language
from dibao_policy.text import position

_KINDS: dict[str, tuple[str, str]] = {"number": ("数值", "numbers"), "rule": ("规则", "rules")}


def sources_text(sources: Sources, lang: Language) -> Iterator[str]:
    """The counts, and then each thing that is not verified: its place, and what is used meanwhile."""
    at = 0 if lang == "zh" else 1
    for kind, (zh, en) in _KINDS.items():
        counts = [f"{state} {count}" for which, state, count in counted(sources) if which == kind]
        if counts:
            yield f"{zh}：{'，'.join(counts)}" if lang == "zh" else f"{en}: {', '.join(counts)}"
    if not sources.unverified:
        yield ("没有未核实的数值和规则", "no number and no rule is unverified")[at]
        return
    yield ("未核实：", "unverified:")[at]
    for one in sources.unverified:
        used = ("暂用 ", "used meanwhile: ")[at] + ("、", ", ")[at].join(one.used) + " "
        yield f"  {_place(one)} {one.name} {used * bool(one.used)}{one.note}".rstrip()


def sources_json(sources: Sources) -> dict[str, Any]:
    """The same as data."""
    return {
        "numbers": dict(sources.numbers),
        "rules": dict(sources.rules),
        "unverified": [
            {
                "kind": one.kind,
                "name": one.name,
                "place": _place(one),
                "used": list(one.used),
                "note": one.note,
            }
            for one in sources.unverified
        ],
    }


def _place(one: Unverified) -> str:
    line, column = position(one.span)
    return f"{one.span.source.name}:{line}:{column}"
