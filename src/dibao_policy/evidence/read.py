"""A text to a receipt: exactly what is written of one, or every reason why it is not."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

from dibao_policy.dates import read_date
from dibao_policy.evidence.engine import Engine
from dibao_policy.evidence.problems import OtherDigest
from dibao_policy.evidence.receipt import (
    ASSUMED,
    DEFAULT,
    FORMAT,
    GIVEN,
    MOMENT,
    Input,
    MemberInputs,
    Part,
    PolicyMark,
    Receipt,
    Result,
    receipt_digest,
    receipt_text,
)
from dibao_policy.evidence.strict import Reading
from dibao_policy.problem import Problem

_KEYS = (
    "format", "policy", "engine", "day", "issued", "household", "members", "results", "parts", "digest",
)  # fmt: skip
_POLICY = ("code", "name", "version", "digest", "content")
_INPUT = ("name", "code", "type", "value", "from")

_SHA256 = re.compile("sha256:[0-9a-f]{64}"), ("摘要 `sha256:…`", "a digest `sha256:…`")
_RULES = re.compile("[0-9a-f]{16}(-assumed)?"), ("校验码", "a digest of 16 digits")
_PART = re.compile("[0-9a-f]{16}"), ("校验码", "a digest of 16 digits")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), ("日期 YYYY-MM-DD", "a date YYYY-MM-DD")
_ISSUED = MOMENT, ("空值或时间", "nothing or a time")
_NAME = re.compile(".+", re.DOTALL), ("不空的文字", "a text that is not empty")


def receipt_schema() -> dict[str, Any]:
    """The JSON Schema of a receipt (draft 2020-12)."""
    file = resources.files("dibao_policy.evidence") / "receipt.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return schema


def read_receipt(file: str, content: bytes) -> tuple[Receipt | None, tuple[Problem, ...]]:
    """The receipt that some bytes are; `file` is what problems call them.

    Unknown, missing and repeated keys, other types, another format, other spaces and another digest are problems.
    Raises `PolicyError` where the library rfc8785 is not installed.
    """
    reading = Reading(file)
    data = reading.document(content)
    if reading.found or not reading.is_of_format(data, FORMAT):
        return None, tuple(reading.found)
    fields = reading.mapping(data, "", _KEYS)
    receipt = _receipt(reading, fields)
    digest = reading.text(fields["digest"], "digest", *_SHA256)
    if reading.found:
        return None, tuple(reading.found)
    if digest != receipt_digest(receipt):
        return None, (OtherDigest(file=file),)
    if not reading.as_written(content, receipt_text(receipt)):
        return None, tuple(reading.found)
    return receipt, ()


def _receipt(reading: Reading, fields: Any) -> Receipt:
    policy = reading.mapping(fields["policy"], "policy", _POLICY)
    engine = reading.mapping(fields["engine"], "engine", ("package", "language"))
    issued = fields["issued"]
    return Receipt(
        policy=PolicyMark(
            code=reading.text(policy["code"], "policy.code", *_NAME),
            name=reading.text(policy["name"], "policy.name", *_NAME),
            version=reading.text(policy["version"], "policy.version"),
            digest=reading.text(policy["digest"], "policy.digest", *_RULES),
            content=reading.text(policy["content"], "policy.content", *_SHA256),
        ),
        engine=Engine(
            package=reading.text(engine["package"], "engine.package", *_NAME),
            language=reading.text(engine["language"], "engine.language", *_NAME),
        ),
        day=_day(reading, fields["day"]),
        issued=None if issued is None else reading.text(issued, "issued", *_ISSUED),
        household=_inputs(reading, fields["household"], "household"),
        members=tuple(
            _member(reading, one, path) for one, path in reading.items(fields["members"], "members")
        ),
        results=tuple(
            _result(reading, one, path) for one, path in reading.items(fields["results"], "results")
        ),
        parts=tuple(
            _part(reading, one, path) for one, path in reading.items(fields["parts"], "parts")
        ),
    )


def _day(reading: Reading, value: Any) -> str:
    day = reading.text(value, "day", *_DAY)
    if day and read_date(day) is None:
        return reading.text(value, "day", re.compile("(?!)"), _DAY[1])
    return day


def _inputs(reading: Reading, value: Any, path: str) -> tuple[Input, ...]:
    return tuple(_input(reading, one, place) for one, place in reading.items(value, path))


def _input(reading: Reading, value: Any, path: str) -> Input:
    one = reading.mapping(value, path, _INPUT)
    return Input(
        name=reading.text(one["name"], f"{path}.name", *_NAME),
        code=reading.text(one["code"], f"{path}.code"),
        type=reading.text(one["type"], f"{path}.type", *_NAME),
        value=reading.text(one["value"], f"{path}.value", *_NAME),
        origin=reading.one_of(one["from"], f"{path}.from", (GIVEN, DEFAULT, ASSUMED)),
    )


def _member(reading: Reading, value: Any, path: str) -> MemberInputs:
    one = reading.mapping(value, path, ("label", "facts"))
    return MemberInputs(
        label=reading.text(one["label"], f"{path}.label"),
        facts=_inputs(reading, one["facts"], f"{path}.facts"),
    )


def _result(reading: Reading, value: Any, path: str) -> Result:
    one = reading.mapping(value, path, ("name", "code", "type", "value"))
    return Result(
        name=reading.text(one["name"], f"{path}.name", *_NAME),
        code=reading.text(one["code"], f"{path}.code"),
        type=reading.text(one["type"], f"{path}.type", *_NAME),
        value=_value(reading, one["value"], f"{path}.value"),
    )


def _value(reading: Reading, value: Any, path: str) -> str | tuple[str, ...]:
    """One text, or a list with one for each member."""
    if isinstance(value, list):
        return tuple(reading.text(one, place, *_NAME) for one, place in reading.items(value, path))
    return reading.text(
        value, path, re.compile(".+", re.DOTALL), ("文字或文字的列表", "a text or a list of texts")
    )


def _part(reading: Reading, value: Any, path: str) -> Part:
    one = reading.mapping(value, path, ("kind", "name", "digest"))
    return Part(
        kind=reading.one_of(one["kind"], f"{path}.kind", ("fact", "parameter", "rule")),
        name=reading.text(one["name"], f"{path}.name", *_NAME),
        digest=reading.text(one["digest"], f"{path}.digest", *_PART),
    )
