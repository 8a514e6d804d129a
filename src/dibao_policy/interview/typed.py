"""What a person types, to the next interview: 返回 takes back, 不知道 puts off, anything else is an answer."""

from __future__ import annotations

from dibao_policy.interview.problems import AnswersEnded
from dibao_policy.interview.session import Interview
from dibao_policy.problem import Problem

WHY = ("?", "？", "为什么", "why")
BACK = ("返回", "back")
PUT_OFF = ("不知道", "unknown")


def typed(interview: Interview, text: str) -> Interview:
    """The interview after a line that was typed. Raises `PolicyError` with every fault of it."""
    text = text.strip()
    if text in BACK:
        return interview.taken_back()
    if text in PUT_OFF:
        return interview.put_off()
    asked = interview.question
    if asked is not None and asked.kind == "choice" and text.isascii() and text.isdigit():
        place = int(text)
        if 1 <= place <= len(asked.choices):
            return interview.answered(asked.choices[place - 1])
    return interview.answered(text)


def ended(interview: Interview) -> tuple[Problem, ...]:
    """What is wrong where nothing more is typed: that something is still asked."""
    return () if interview.question is None else (AnswersEnded(path=interview.question.path),)
