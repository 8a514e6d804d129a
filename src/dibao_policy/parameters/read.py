"""From the nodes of a parameter file to series: entries, numbers, sources."""

from __future__ import annotations

from fractions import Fraction

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
    spelled,
    text_of,
    word_of,
)
from dibao_policy.parameters.nodes import (
    PROBLEM_LIMIT,
    Mapping,
    Node,
    Refused,
    Sequence,
    read_nodes,
)
from dibao_policy.parameters.problems import (
    EmptyValue,
    EndBeforeStart,
    MoreProblems,
    NotAList,
    NotANumber,
    SourceWithoutDocument,
)
from dibao_policy.parameters.series import (
    DEFAULT_GUARD,
    Cell,
    Entry,
    Provenance,
    Series,
    check_coverage,
)
from dibao_policy.parameters.series_problems import AboveRange, BelowRange, RatioAsPercentage
from dibao_policy.problem import Problem, in_reading_order
from dibao_policy.text import Source, Span, covered, join
from dibao_policy.values import number_text

SERIES_KEYS = (
    Key("说明", "description"),
    Key("跳变", "guard"),
    Key("取值", "values", required=True),
)
ENTRY_KEYS = (
    Key("自", "since", required=True),
    Key("至", "until"),
    Key("值", "value", required=True),
    Key("来源", "source", required=True),
    Key("确认至", "confirmed_until"),
    Key("理由", "reason"),
)
_DOCUMENT = Key("文件", "document")
SOURCE_KEYS = (
    _DOCUMENT,
    Key("条款", "article"),
    Key("网址", "address"),
    Key("状态", "status", required=True),
    Key("日期", "date_basis"),
)
UNVERIFIED = "未核实"
STATUS = {"原文": "original", "转载": "reported", UNVERIFIED: "unverified"}
_STATED = "明载"
_INFERRED = "推定"
DATE_BASIS = {_STATED: "stated", _INFERRED: "inferred"}


def read_parameters(source: Source) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
    """The series of a YAML text, and everything that is wrong with the text."""
    root, faults = read_nodes(source)
    problems = list(faults)
    series: list[Series] = []
    if root is not None and not is_nothing(root):
        pairs, _ = pairs_of(source.name, root, {}, problems)
        for pair in pairs:
            if len(problems) > PROBLEM_LIMIT:
                break
            series.append(_series(pair, problems))
            problems.extend(check_coverage(series[-1]))
    listed = in_reading_order(problems)
    if len(listed) > PROBLEM_LIMIT:
        more = MoreProblems(span=listed[PROBLEM_LIMIT].span, limit=PROBLEM_LIMIT)
        listed = (*listed[:PROBLEM_LIMIT], more)
    return tuple(series), listed


def _series(pair: Pair, problems: list[Problem]) -> Series:
    fields = fields_of(pair.name, pair.value, SERIES_KEYS, problems)
    items = _items(fields, problems)
    entries: list[Entry] = []
    for item in items:
        if len(problems) > PROBLEM_LIMIT:
            break
        entry = _entry(pair.name, item, problems)
        if entry is not None:
            entries.append(entry)
    return Series(
        name=pair.name,
        description=text_of(fields, "说明", problems),
        guard=_guard(fields, problems),
        entries=tuple(sorted(entries, key=lambda entry: (entry.since, entry.span.start))),
        name_span=pair.key.span,
        span=join(pair.key.span, pair.value.span),
        whole=0 < len(items) == len(entries),
    )


def _guard(fields: Fields, problems: list[Problem]) -> Fraction:
    """The share that a rise may have without a reason: 0% to 100%."""
    pair = fields.pairs.get("跳变")
    amount = amount_of(pair, problems) if pair is not None else None
    if pair is None or amount is None:
        return DEFAULT_GUARD
    name, span, number = quoted(pair.name), pair.value.span, amount.number
    written = number_text(number * 100) + "%" if amount.is_percent else number_text(number)
    if amount.unit_text:
        problems.append(NotANumber(span=span, text=written + quoted(amount.unit_text), likely=""))
    elif number < 0:
        problems.append(BelowRange(span=span, name=name, number=written, low="0%"))
    elif not amount.is_percent and 1 < number <= 100:
        problems.append(
            RatioAsPercentage(
                span=span,
                name=name,
                number=written,
                decimal=number_text(number / 100, 2),
                percent=f"{written}%",
            )
        )
    elif number > 1:
        problems.append(AboveRange(span=span, name=name, number=written, high="100%"))
    else:
        return number
    return DEFAULT_GUARD


def _items(fields: Fields, problems: list[Problem]) -> tuple[Node, ...]:
    pair = fields.pairs.get("取值")
    if pair is None or isinstance(pair.value, Refused):
        return ()
    key, span = quoted(pair.name), pair.key.span
    if is_nothing(pair.value) or pair.value == Sequence((), pair.value.span):
        problems.append(EmptyValue(span=span, key=key))
    elif isinstance(pair.value, Sequence):
        return pair.value.items
    else:
        problems.append(NotAList(span=span, key=key))
    return ()


def _entry(name: str, node: Node, problems: list[Problem]) -> Entry | None:
    """One dated entry, or None when its first day cannot be read."""
    fields = fields_of(name, node, ENTRY_KEYS, problems)
    since = date_of(fields, "自", problems)
    until = date_of(fields, "至", problems)
    confirmed = date_of(fields, "确认至", problems)
    cells, whole = _cells(fields, problems)
    provenance = _provenance(fields, node, problems)
    reason = text_of(fields, "理由", problems)
    if since is None:
        return None
    for key, end in (("至", until), ("确认至", confirmed)):
        if end is not None and end[0] < since[0]:
            problems.append(
                EndBeforeStart(
                    span=end[1],
                    related=(since[1],),
                    key=fields.pairs[key].name,
                    end=str(end[0]),
                    since=str(since[0]),
                )
            )
            until = None if key == "至" else until
    return Entry(
        since=since[0],
        until=until[0] if until is not None else None,
        cells=cells,
        provenance=provenance,
        confirmed_until=confirmed[0] if confirmed is not None else None,
        reason=reason,
        span=node.span,
        since_span=since[1],
        until_span=until[1] if until is not None else None,
        whole=whole,
    )


def _cells(fields: Fields, problems: list[Problem]) -> tuple[tuple[Cell, ...], bool]:
    """The numbers of an entry, and whether every one of them could be read."""
    pair = fields.pairs.get("值")
    found = _cells_below(pair, (), (), problems) if pair is not None else []
    cells = tuple(cell for cell in found if cell is not None)
    return cells, 0 < len(cells) == len(found)


def _cells_below(
    pair: Pair, key: tuple[str, ...], key_spans: tuple[Span, ...], problems: list[Problem]
) -> list[Cell | None]:
    """The numbers below a key, with None for each part that could not be read."""
    # INVARIANT: recursion is bounded, because `read_nodes` refuses what is nested too deep.
    if not isinstance(pair.value, Mapping):
        amount = amount_of(pair, problems)
        if amount is None:
            return [None]
        span = pair.value.span
        return [Cell(key, amount.number, amount.is_percent, amount.unit_text, span, key_spans)]
    members, is_complete = pairs_of(pair.name, pair.value, {}, problems)
    if not pair.value.pairs:
        problems.append(EmptyValue(span=pair.key.span, key=quoted(pair.name)))
    cells: list[Cell | None] = [] if is_complete and members else [None]
    for member in members:
        if len(problems) > PROBLEM_LIMIT:
            break
        longer, spans = (*key, member.name), (*key_spans, member.key.span)
        cells.extend(_cells_below(member, longer, spans, problems))
    return cells


def _provenance(fields: Fields, node: Node, problems: list[Problem]) -> Provenance:
    """The source of an entry; what cannot be read of it counts as not verified."""
    pair = fields.pairs.get("来源")
    if pair is None:
        return Provenance("", "", "", UNVERIFIED, _INFERRED, node.span)
    source = fields_of(pair.name, pair.value, SOURCE_KEYS, problems)
    status = word_of(source, "状态", STATUS, problems)
    basis = word_of(source, "日期", DATE_BASIS, problems)
    document = text_of(source, "文件", problems)
    has_document = "文件" in source.pairs or "文件" in source.meant
    if status not in (None, UNVERIFIED) and not has_document:
        problems.append(
            SourceWithoutDocument(
                span=pair.key.span,
                status=quoted(covered(source.pairs["状态"].value.span)),
                key=spelled(_DOCUMENT, source.is_english),
            )
        )
    return Provenance(
        document=document,
        article=text_of(source, "条款", problems),
        address=text_of(source, "网址", problems),
        status=status or UNVERIFIED,
        date_basis=basis or (_INFERRED if "日期" in source.pairs else _STATED),
        span=pair.value.span,
    )
