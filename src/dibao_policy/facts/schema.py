"""The facts of a program as a JSON Schema (draft 2020-12), for forms and for other systems."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from dibao_policy.core import ir
from dibao_policy.core.integers import MEMBER_LIMIT
from dibao_policy.core.types import Day, Enumerated, Number, YesNo
from dibao_policy.evaluate.facts import household_facts, member_facts
from dibao_policy.facts.words import NOT_ASKED
from dibao_policy.units import shown_scale, unit_text
from dibao_policy.values import number_text

_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_PATHS = {"type": "array", "items": {"type": "string"}}
_DATE = r"^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def schema(program: ir.Program) -> dict[str, Any]:
    """What a household has to look like; each fact under one of its names, and those it had before deprecated."""
    idle = {
        scope: [fact for fact in program.idle if fact.scope == scope]
        for scope in ("household", "member")
    }
    members = _object(
        member_facts(program),
        idle["member"],
        {"称呼": {"type": "string"}, "label": {"type": "string"}},
        (),
    )
    people = {"type": "array", "minItems": 1, "maxItems": MEMBER_LIMIT, "items": members}
    household = _object(
        household_facts(program),
        idle["household"],
        {"成员": people, "members": people, **dict.fromkeys(NOT_ASKED, _PATHS)},
        ({"oneOf": [{"required": ["成员"]}, {"required": ["members"]}]},),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": program.name,
        "description": f"{program.policy} {program.version} {program.since}".strip(),
        **household,
    }


def _object(
    facts: Sequence[ir.Fact],
    idle: Sequence[ir.Fact],
    others: dict[str, Any],
    conditions: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    needed = list(conditions)
    for fact in (*facts, *idle):
        described = _fact(fact)
        forms = [form for form in (fact.name, fact.code, *fact.former) if form]
        for form in forms:
            old = {"deprecated": True} if form in fact.former else {}
            properties[form] = described | old
        if fact.default is None and fact in facts:
            needed.append(
                {"oneOf": [{"required": [form]} for form in forms]}
                if len(forms) > 1
                else {"required": forms}
            )
        else:
            pairs = itertools.combinations(forms, 2)
            needed += [{"not": {"required": list(pair)}} for pair in pairs]
    found: dict[str, Any] = {
        "type": "object",
        "properties": properties | others,
        "additionalProperties": False,
    }
    return found | ({"allOf": needed} if needed else {})


def _fact(fact: ir.Fact) -> dict[str, Any]:
    described: dict[str, Any] = {"title": fact.name}
    if fact.question:
        described["description"] = fact.question
    match fact.type:
        case Number(unit):
            scale = shown_scale(unit)
            number: dict[str, Any] = {"type": "number"}
            for word, end in (("minimum", fact.low / scale), ("maximum", fact.high / scale)):
                # JSON has no exact decimals: an end that is not whole is said in text.
                if end.denominator == 1:
                    number[word] = int(end)
                else:
                    described[f"x-{word}"] = number_text(end)
            described |= {
                "anyOf": [number, {"type": "string", "pattern": _NUMBER}],
                "x-unit": unit_text(unit),
                "x-step": number_text(ir.step_of(fact) / scale),
            }
            if isinstance(fact.default, Fraction):
                described["default"] = number_text(fact.default / scale)
        case YesNo():
            described |= {"anyOf": [{"type": "boolean"}, {"enum": ["是", "否", "yes", "no"]}]}
            if fact.default is not None:
                described["default"] = bool(fact.default)
        case Day():
            described |= {"type": "string", "pattern": _DATE}
        case Enumerated(_, members):
            described["enum"] = [form for forms in members for form in forms if form]
            if fact.default is not None:
                described["default"] = members[int(fact.default)][0]
    return described
