"""The state of an interview as plain data: with what it began, and the answers in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from dibao_policy.interview.household import Household, Plain
from dibao_policy.interview.problems import AnotherInterview, NotAnInterview
from dibao_policy.policy import Snapshot
from dibao_policy.problem import PolicyError, Problem
from dibao_policy.text import nearest

if TYPE_CHECKING:
    from dibao_policy.interview.session import Interview

FORM = 1
"""The form of the data; another form gets another number."""


@frozen
class Step:
    """An answer to the question of `path`; None where it was put off."""

    path: str
    answer: Plain | tuple[str, ...] | None


@frozen
class Begun:
    """With what an interview began: the rules of a day, the results asked for, what was known."""

    policy: str
    day: str
    digest: str
    results: tuple[str, ...]
    ask_defaults: bool
    known: Household = field(repr=False)


def begun_of(
    snapshot: Snapshot, results: tuple[str, ...], ask_defaults: bool, known: Household
) -> Begun:
    """The beginning of an interview."""
    return Begun(
        snapshot.policy.code, str(snapshot.day), snapshot.digest, results, ask_defaults, known
    )


def state_json(interview: Interview) -> dict[str, Any]:
    """The state as data that JSON takes without loss: `resumed` goes on from it."""
    begun = interview.begun
    return {
        "interview": FORM,
        "policy": begun.policy,
        "day": begun.day,
        "digest": begun.digest,
        "results": list(begun.results),
        "ask_defaults": begun.ask_defaults,
        "known": begun.known,
        "answers": [
            {"path": step.path, "put_off": True}
            if step.answer is None
            else {
                "path": step.path,
                "answer": list(step.answer) if isinstance(step.answer, tuple) else step.answer,
            }
            for step in interview.steps
        ],
    }


_KEYS: dict[str, type] = {
    "interview": int,
    "policy": str,
    "day": str,
    "digest": str,
    "results": list,
    "ask_defaults": bool,
    "known": Mapping,
    "answers": list,
}


def read_state(state: object) -> tuple[Begun, list[tuple[str, Any]]]:
    """The beginning and the answers, by path; None is an answer that was put off. Raises `PolicyError`."""
    if not isinstance(state, Mapping):
        raise _fault("应当是一组“名称: 值”", "it should be names with values")
    missing = [key for key in _KEYS if key not in state]
    if missing:
        raise _fault(f"缺少 `{'`、`'.join(missing)}`", f"`{'`, `'.join(missing)}` is missing")
    for key in state:
        if key not in _KEYS:
            near = nearest(str(key), _KEYS)
            raise _fault(f"没有 `{key}` 这一项" + (f"，是不是 `{near}`" if near else ""),
                    f"there is no `{key}`" + (f", perhaps `{near}`" if near else ""))  # fmt: skip
    for key, kind in _KEYS.items():
        if not isinstance(state[key], kind) and not (key == "interview" and _is_form(state[key])):
            raise _fault(f"`{key}` 不是要的那种值", f"`{key}` is of the wrong kind")
    if not _is_form(state["interview"]):
        raise _fault(f"是第 {state['interview']} 种格式，这里读第 {FORM} 种",
                f"it has form {state['interview']}, and form {FORM} is read here")  # fmt: skip
    if not all(isinstance(name, str) for name in state["results"]):
        raise _fault("`results` 里有不是名称的", "`results` holds what is not a name")
    begun = Begun(
        state["policy"],
        state["day"],
        state["digest"],
        tuple(state["results"]),
        state["ask_defaults"],
        dict(state["known"]),
    )
    return begun, [_answer(number, one) for number, one in enumerate(state["answers"], 1)]


def _is_form(value: object) -> bool:
    return not isinstance(value, bool) and value == FORM


def _answer(number: int, one: object) -> tuple[str, Any]:
    """`{"path": …, "answer": …}` or `{"path": …, "put_off": true}`."""
    if isinstance(one, Mapping) and isinstance(one.get("path"), str):
        if one.keys() == {"path", "answer"} and one["answer"] is not None:
            return one["path"], one["answer"]
        if one.keys() == {"path", "put_off"} and one["put_off"] is True:
            return one["path"], None
    raise _fault(f"第 {number} 个回答要有 `path` 和 `answer`，或 `path` 和 `put_off`",
            f"answer {number} needs `path` and `answer`, or `path` and `put_off`")  # fmt: skip


def _fault(reason: str, reason_en: str) -> PolicyError:
    return PolicyError((NotAnInterview(reason=reason, reason_en=reason_en),))


def check_begun(snapshot: Snapshot, begun: Begun) -> tuple[Problem, ...]:
    """Whether a state belongs to the rules at hand."""
    here = begun_of(snapshot, (), True, {})
    pairs = (
        ("政策", "policy", begun.policy, here.policy),
        ("决定日期", "day", begun.day, here.day),
        ("规定的校验码", "digest of the rules", begun.digest, here.digest),
    )
    for what, what_en, found, wanted in pairs:
        if found != wanted:
            return (AnotherInterview(what=what, what_en=what_en, found=found, wanted=wanted),)
    known = {rule.name for rule in snapshot.compiled.program.rules}
    unknown = [name for name in begun.results if name not in known]
    if unknown:
        reason = f"没有叫 `{unknown[0]}` 的结果", f"there is no result called `{unknown[0]}`"
        return (NotAnInterview(reason=reason[0], reason_en=reason[1]),)
    return ()
