"""D2034 – D2037: why the days of a procedure cannot be counted."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NoCalendar(Problem):
    """Working days without the library that knows them."""

    code, slug = "D2034", "no-calendar"
    zh = "算工作日要用官方的节假日安排，这里没有安装：`pip install 'dibao-policy[calendar]'`"
    en = (
        "working days need the official holidays, which are not installed here: "
        "`pip install 'dibao-policy[calendar]'`"
    )


@problem_kind
class CalendarGap(Problem):
    """A working day in a year whose holidays are not known."""

    code, slug = "D2035", "calendar-gap"
    zh = "没有 {year} 年的节假日安排，算不出工作日"
    en = "the holidays of {year} are not known, so working days cannot be counted"
    mends_zh = ("安排公布后更新节假日数据：`pip install --upgrade chinesecalendar`",)
    mends_en = (
        "once they are published, bring the holidays up to date: `pip install --upgrade chinesecalendar`",
    )
    year: str


@problem_kind
class BeyondLastDay(Problem):
    """A time limit that ends after the last day that dates go to."""

    code, slug = "D2036", "beyond-last-day"
    zh = "步骤 `{step}` 的期限在 {last} 以后才到，超出了日期的范围"
    en = "the time of the step `{step}` ends after {last}, where dates end"
    step: str
    last: str


@problem_kind
class UnknownStep(Problem):
    """A step to count from that the procedure does not have."""

    code, slug = "D2037", "unknown-step"
    zh = "程序 `{procedure}` 没有叫 `{name}` 的步骤"
    en = "the procedure `{procedure}` has no step called `{name}`"
    mends_zh = ("是不是 `{near}`？", "步骤有：{known}")
    mends_en = ("perhaps `{near}`?", "its steps are: {known}")
    procedure: str
    name: str
    near: str
    known: tuple[str, ...]
