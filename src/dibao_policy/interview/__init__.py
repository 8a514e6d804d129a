"""An interview: the questions that still matter, one after another, until every result asked for is fixed.

In: the evaluator of one day (`Snapshot`), the results asked for, what is known of the household beforehand.
Out: an `Interview`: the next question with what may be answered, what is decided so far, the household as it
was answered, which questions were saved; its state as plain data, from which it goes on.
What differs: `Snapshot.ask` looks once; an interview keeps the answers in their order, can take the last one
back, put a question off, and says why it asks.

    first = interview(snapshot)
    second = first.answered(3)  # a new interview; the one before stays as it was
"""

from dibao_policy.interview.session import Interview, interview, resumed
from dibao_policy.interview.state import state_json
from dibao_policy.interview.words import interview_json
from dibao_policy.interview.written import household_text

__all__ = ["Interview", "household_text", "interview", "interview_json", "resumed", "state_json"]
