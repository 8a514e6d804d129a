"""The record of a case from a YAML text."""

from __future__ import annotations

import datetime
from fractions import Fraction

from attrs import evolve

from dibao_policy.lawcraft import record_problems as problems
from dibao_policy.lawcraft.lists import words_of
from dibao_policy.lawcraft.record import Entry, Record
from dibao_policy.parameters import nodes
from dibao_policy.parameters.fields import (
    Fields,
    Key,
    Pair,
    amount_of,
    date_of,
    fields_of,
    is_nothing,
    pairs_of,
    quoted,
    text_of,
)
from dibao_policy.parameters.problems import EndBeforeStart, MissingKey
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source, Span, covered

RECORD_KEYS = (
    Key("说明", "note"),
    Key("申请", "applied", required=True),
    Key("步骤", "steps", required=True),
)
ENTRY_KEYS = (
    Key("办结", "done"),
    Key("责任", "responsible"),
    Key("材料", "documents"),
    Key("签字", "signed"),
    Key("比例", "visited"),
    Key("公示", "posting"),
    Key("说明", "note"),
)
POSTING_KEYS = (Key("自", "since", required=True), Key("至", "until"))


def read_record(source: Source) -> tuple[Record | None, tuple[Problem, ...]]:
    """What a text says, or None and everything that is wrong with it."""
    root, faults = nodes.read_nodes(source)
    found = list(faults)
    if root is None:
        if not found:
            where = Span(source, 0, 0)
            found += [
                MissingKey(span=where, owner=quoted(source.name), key=key.zh)
                for key in RECORD_KEYS
                if key.required
            ]
        return None, in_reading_order(found)
    fields = fields_of(source.name, root, RECORD_KEYS, found)
    applied = date_of(fields, "申请", found)
    steps = fields.pairs.get("步骤")
    told = () if steps is None else pairs_of(steps.name, steps.value, {}, found)[0]
    entries = {one.name: _entry(one, found) for one in told}
    note = text_of(fields, "说明", found)
    if found or applied is None:
        return None, in_reading_order(found)
    return Record(applied[0], entries, note), ()


def _entry(pair: Pair, found: list[Problem]) -> Entry:
    """What is recorded of a step: a day alone is the one on which it was done."""
    if isinstance(pair.value, nodes.Scalar) and not is_nothing(pair.value):
        done = date_of(Fields({"办结": pair}, frozenset(), False), "办结", found)
        return Entry(done=_day(done), span=pair.key.span)
    fields = fields_of(pair.name, pair.value, ENTRY_KEYS, found)
    entry = Entry(
        done=_day(date_of(fields, "办结", found)),
        responsible=words_of(fields.pairs.get("责任"), found),
        documents=words_of(fields.pairs.get("材料"), found),
        signed=words_of(fields.pairs.get("签字"), found),
        visited=_share(fields.pairs.get("比例"), found),
        note=text_of(fields, "说明", found),
        span=pair.key.span,
    )
    posting = fields.pairs.get("公示")
    if posting is None:
        return entry
    hung = fields_of(posting.name, posting.value, POSTING_KEYS, found)
    since, until = date_of(hung, "自", found), date_of(hung, "至", found)
    if since is not None and until is not None and until[0] < since[0]:
        found.append(
            EndBeforeStart(
                span=until[1],
                related=(since[1],),
                key=hung.pairs["至"].name,
                end=str(until[0]),
                since=str(since[0]),
            )
        )
    return evolve(entry, posted_since=_day(since), posted_until=_day(until))


def _day(found: tuple[datetime.date, Span] | None) -> datetime.date | None:
    return None if found is None else found[0]


def _share(pair: Pair | None, found: list[Problem]) -> Fraction | None:
    if pair is None:
        return None
    before = len(found)
    amount = amount_of(pair, found)
    if amount is None or len(found) > before:
        return None
    # A bare 30 would be 3,000 %: only a percentage, or a number up to 1, is a share.
    if amount.unit_text or not 0 <= amount.number <= 1:
        text = quoted(covered(pair.value.span))
        found.append(problems.NotAShare(span=pair.value.span, text=text))
        return None
    return amount.number
