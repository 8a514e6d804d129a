"""The record of a case as it stands against its procedure: read from a file, told as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dibao_policy.explain.data import cited_json
from dibao_policy.explain.words_zh import citation
from dibao_policy.facts.problems import UnreadableFacts
from dibao_policy.lawcraft.record import Examination, Progress, Record
from dibao_policy.lawcraft.record_file import read_record
from dibao_policy.problem import Language, Problem, mend, message
from dibao_policy.render import problem_json
from dibao_policy.text import Source

# The states as data.
STATES = {
    "办结": "done", "公示中": "posted", "未到期": "not_yet_due", "逾期": "overdue",
    "待前一步": "waiting", "缺": "missing",
}  # fmt: skip


def read_case(path: Path) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a file, or None and everything that is wrong with it."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None, (UnreadableFacts(reason="不是 UTF-8 文字", reason_en="it is not UTF-8 text"),)
    return read_record(Source(path.name, text))


def examination_lines(told: Examination, policy: str, lang: Language) -> Iterator[str]:
    """What stands where, and then what is not as the procedure asks, each with its article."""
    procedure, record = told.procedure, told.record
    since = f"，自 {procedure.since} 起的规定" if procedure.since else ""
    yield f"{procedure.name}（{policy}{since}）"
    if record.note:
        yield f"说明：{record.note}"
    yield f"{record.applied} 申请，{told.today} 查看"
    yield ""
    for number, one in enumerate(told.steps, 1):
        yield f"{number:>2}. {one.step.name}：{_state(one, told)}"
    yield ""
    if not told.findings:
        yield "没有发现问题"
        return
    yield f"发现 {len(told.findings)} 个问题"
    for finding in told.findings:
        yield ""
        yield f"  {finding.problem.code} {message(finding.problem, lang)}"
        hint = mend(finding.problem, lang)
        if hint:
            yield f"      改正：{hint}"
        if finding.citations:
            yield f"      依据：{'；'.join(map(citation, finding.citations))}"


def _state(one: Progress, told: Examination) -> str:
    match one.state:
        case "办结":
            return f"{one.ended} 办结" + (f"（最迟 {one.due}）" if one.due else "")
        case "公示中":
            return f"公示中，至 {one.posted}"
        case "未到期" if one.due is not None:
            return f"未办，最迟 {one.due}（还有 {(one.due - told.today).days} 日）"
        case "未到期":
            return "未办，没有规定期限"
        case "逾期":
            return f"未办，最迟 {one.due}，已过"
        case "待前一步":
            return "未办，前一步还没有结束"
    return "没有办结的记录"


def examination_json(told: Examination, policy: str) -> dict[str, Any]:
    """The same as data."""
    return {
        "policy": policy,
        "procedure": told.procedure.name,
        "code": told.procedure.code,
        "since": _day(told.procedure.since),
        "applied": str(told.record.applied),
        "today": str(told.today),
        "note": told.record.note,
        "steps": [
            {
                "name": one.step.name,
                "state": STATES[one.state],
                "begins": _day(one.begins),
                "due": _day(one.due),
                "posted": _day(one.posted),
                "ended": _day(one.ended),
            }
            for one in told.steps
        ],
        "findings": [
            {
                "step": finding.step.name,
                **problem_json(finding.problem),
                "citations": [cited_json(cited) for cited in finding.citations],
            }
            for finding in told.findings
        ],
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
