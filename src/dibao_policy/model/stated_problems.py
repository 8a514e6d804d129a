"""D2030 – D2039: what can be wrong with findings, procedures and funds."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class FindingRead(Problem):
    """A rule that rests on a finding, which nobody has looked into yet."""

    code, slug = "D2030", "finding-read"
    zh = "`{user}` 用到核查事项 `{name}`；核查只提示要核实什么，不决定任何结果"
    en = "`{user}` uses the finding `{name}`; a finding says what to look into and decides nothing"
    mends_zh = ("把条件写成一个 `定义`，让 `{user}` 和 `{name}` 都用它",)
    mends_en = ("write the condition as a `定义` that `{user}` and `{name}` both use",)
    user: str
    name: str


@problem_kind
class ShareSum(Problem):
    """A fund whose shares do not add up to the whole."""

    code, slug = "D2031", "share-sum"
    zh = "`{name}` 各方的比例合计是 {sum}，与 100% 相差 {difference}"
    en = "the shares of `{name}` add up to {sum}, which is {difference} from 100%"
    mends_zh = ("改各方的比例，使合计恰好是 100%",)
    mends_en = ("change the shares so that they add up to exactly 100%",)
    name: str
    sum: str
    difference: str


@problem_kind
class PostingInDays(Problem):
    """A posting that is not counted in calendar days."""

    code, slug = "D2032", "posting-in-days"
    zh = "步骤 `{step}` 的公示要以日计，这里写的是 `{written}`"
    en = "the posting of the step `{step}` is counted in days, and this is `{written}`"
    mends_zh = ("写作 `公示 7日`；办理的期限用 `期限` 写",)
    mends_en = ("write `公示 7日`; the time to do something in is a `期限`",)
    step: str
    written: str


@problem_kind
class NobodyResponsible(Problem):
    """A step that nobody is named for."""

    code, slug = "D2033", "nobody-responsible"
    severity = "warning"
    zh = "步骤 `{step}` 没有写明由谁负责"
    en = "the step `{step}` does not say who is responsible"
    mends_zh = ("在步骤里写上 `责任 …`",)
    mends_en = ("write `责任 …` in the step",)
    step: str


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
