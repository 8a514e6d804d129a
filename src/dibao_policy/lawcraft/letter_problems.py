"""D7716 – D7719: why there is nothing to tell a household of two days."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NothingChanges(Problem):
    """Two days between which no result of the household changes."""

    code, slug = "D7716", "nothing-changes"
    zh = "{before} 和 {after} 相比，这一家的各项结果都没有变，没有可以告知的"
    en = (
        "between {before} and {after} no result of this household changes: there is nothing to tell"
    )
    mends_zh = ("规定或数值在这些日子变过：{days}",)
    mends_en = ("rules or values change on these days: {days}",)
    before: str
    after: str
    days: tuple[str, ...]


@problem_kind
class DaysBackward(Problem):
    """A day before that is not before."""

    code, slug = "D7717", "days-backward"
    zh = "变前的日期 {before} 不在变后的日期 {after} 之前"
    en = "the day before, {before}, does not come before the day after, {after}"
    before: str
    after: str
