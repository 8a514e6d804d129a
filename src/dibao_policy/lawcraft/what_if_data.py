"""What would turn a result, as data for other systems."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.show import value_text
from dibao_policy.core.types import Day, Number, Type, type_text
from dibao_policy.evaluate.unknown import Key
from dibao_policy.explain.data import policy_json
from dibao_policy.explain.phrases_zh import formula
from dibao_policy.lawcraft.distances import Distance
from dibao_policy.lawcraft.what_if_found import Fixed, Met, Suggestible, Turn, WhatIf


def what_if_json(found: WhatIf) -> dict[str, Any]:
    """Values as the language writes them, with their units; `member` counts from 0."""
    return {
        "policy": policy_json(found.program, found.digest),
        "day": str(found.day),
        "members": list(found.labels),
        "result": {
            "name": found.rule.name,
            "code": found.rule.code,
            "member": found.member,
            "value": value_text(found.value, found.rule.type),
            "holds": found.holds,
        },
        "requirements": [
            {
                **_requirement((one.rule.name, one.member), found),
                "reason": one.reason,
                "distances": [_distance(each, one.rule) for each in one.distances],
            }
            for one in found.requirements
        ],
        "turns": [_turn(one, found) for one in found.turns],
        "fixed": [_fixed(one, found) for one in found.fixed],
    }


def _requirement(key: Key, found: WhatIf) -> dict[str, Any]:
    origin = next(rule for rule in found.program.rules if rule.name == key[0]).origin
    return {"rule": origin.name, "requirement": origin.label, "member": key[1]}


def _distance(one: Distance, rule: ir.Rule) -> dict[str, Any]:
    return {
        "comparison": one.operation,
        "left": formula(one.left, rule.origin.name),
        "right": formula(one.right, rule.origin.name),
        "left_value": value_text(one.left_value, one.type),
        "right_value": value_text(one.right_value, one.type),
        "over": value_text(one.over, one.type),
        "least": None if one.least is None else value_text(one.least, one.type),
        "whole": one.whole,
    }


def _about(one: Suggestible) -> dict[str, Any]:
    return {
        "path": one.path,
        "name": one.fact.name,
        "code": one.fact.code,
        "member": one.member,
        "type": type_text(one.fact.type),
        "present": value_text(one.present, one.fact.type),
    }


def _difference(difference: Fraction | None, kind: Type) -> str | int | None:
    """With its unit; between days, how many."""
    match kind:
        case Number() if difference is not None:
            return value_text(difference, kind)
        case Day() if difference is not None:
            return int(difference)
    return None


def _direction(difference: Fraction | None) -> str | None:
    if difference is None:
        return None
    return "up" if difference > 0 else "down"


def _turn(one: Turn, found: WhatIf) -> dict[str, Any]:
    kind = one.about.fact.type
    return {
        **_about(one.about),
        "value": value_text(one.value, kind),
        "last": None if one.last is None else value_text(one.last, kind),
        "difference": _difference(one.difference, kind),
        "direction": _direction(one.difference),
        "outcomes": [
            {
                "name": outcome.rule.name,
                "code": outcome.rule.code,
                "member": outcome.member,
                "before": value_text(outcome.before, outcome.rule.type),
                "after": value_text(outcome.after, outcome.rule.type),
            }
            for outcome in one.outcomes
        ],
        "flips": [
            {**_requirement((flip.rule.name, flip.member), found), "met": flip.met}
            for flip in one.flips
        ],
    }


def _fixed(one: Fixed, found: WhatIf) -> dict[str, Any]:
    return {
        **_about(one.about),
        "unmet": [_requirement(key, found) for key in one.unmet],
        "meets": [_met(met, one.about.fact.type, found) for met in one.meets],
    }


def _met(met: Met, kind: Type, found: WhatIf) -> dict[str, Any]:
    return {
        **_requirement((met.rule.name, met.member), found),
        "value": value_text(met.value, kind),
        "difference": _difference(met.difference, kind),
        "still": [_requirement(key, found) for key in met.still],
    }
