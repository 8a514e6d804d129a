"""D7530 – D7549: what the record of a case lacks, and what in it is not as the procedure asks."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class UnknownRecordStep(Problem):
    """A step in a record that the procedure does not have."""

    code, slug = "D7530", "unknown-record-step"
    zh = "程序 `{procedure}` 没有叫 `{name}` 的步骤"
    en = "the procedure `{procedure}` has no step called `{name}`"
    mends_zh = ("是不是 `{near}`？", "步骤有：{known}")
    mends_en = ("perhaps `{near}`?", "its steps are: {known}")
    procedure: str
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class NotAShare(Problem):
    """A share of households visited that cannot be one."""

    code, slug = "D7531", "not-a-share"
    zh = "入户比例不能是 `{text}`：写 0% 至 100%"
    en = "the share visited cannot be `{text}`: it is from 0% to 100%"
    text: str


@problem_kind
class StepLate(Problem):
    """A step that was done after its last day."""

    code, slug = "D7532", "step-late"
    zh = "步骤 `{step}` 应当在 {due} 以前办结，{done} 才办结，迟了 {days} 日"
    en = "the step `{step}` was to be done by {due} and was done on {done}, {days} days late"
    step: str
    due: str
    done: str
    days: int


@problem_kind
class StepOverdue(Problem):
    """A step that is not done though its last day is over."""

    code, slug = "D7533", "step-overdue"
    zh = "步骤 `{step}` 应当在 {due} 以前办结，到 {today} 还没有办结，已过 {days} 日"
    en = (
        "the step `{step}` was to be done by {due} and is not done on {today}, {days} days after it"
    )
    mends_zh = ("尽快办结；已经办结的，把日期记入卷宗",)
    mends_en = ("do it now; if it is done, enter the day in the record",)
    step: str
    due: str
    today: str
    days: int


@problem_kind
class StepMissing(Problem):
    """A step without a word in the record although a later one is done."""

    code, slug = "D7534", "step-missing"
    zh = "没有步骤 `{step}` 的记录，后面的 `{later}` 却已经办了"
    en = "nothing is recorded of the step `{step}`, though `{later}`, which comes after it, is done"
    mends_zh = ("补办这一步；已经办过的，补上记录",)
    mends_en = ("do the step; if it is done, complete the record",)
    step: str
    later: str


@problem_kind
class OutOfOrder(Problem):
    """A step that was done before an earlier one was over."""

    code, slug = "D7535", "out-of-order"
    zh = "步骤 `{step}` 在 {day} 办了，早于前一步 `{before}` 结束的 {ended}"
    en = "the step `{step}` was done on {day}, before `{before}`, which comes first, was over on {ended}"
    step: str
    day: str
    before: str
    ended: str


@problem_kind
class BeforeApplication(Problem):
    """A step that was done before anybody applied."""

    code, slug = "D7536", "before-application"
    zh = "步骤 `{step}` 在 {day} 办了，早于申请的 {applied}"
    en = "the step `{step}` was done on {day}, before the application of {applied}"
    mends_zh = ("核对这两个日期",)
    mends_en = ("check both dates",)
    step: str
    day: str
    applied: str


@problem_kind
class RecordedAhead(Problem):
    """A day in the record that has not come yet."""

    code, slug = "D7537", "recorded-ahead"
    zh = "步骤 `{step}` 记在 {day}，而现在是 {today}"
    en = "the step `{step}` is recorded for {day}, and today is {today}"
    mends_zh = ("只记已经办过的；核对这个日期",)
    mends_en = ("record what has been done; check the date",)
    step: str
    day: str
    today: str


@problem_kind
class DocumentsMissing(Problem):
    """Documents that a step asks for and the record does not have."""

    code, slug = "D7538", "documents-missing"
    zh = "步骤 `{step}` 的卷宗里没有 {missing}"
    en = "the record of the step `{step}` does not have {missing}"
    mends_zh = ("补上材料",)
    mends_en = ("add the documents",)
    step: str
    missing: tuple[str, ...]


@problem_kind
class NotSigned(Problem):
    """Those who have to sign a step and have not."""

    code, slug = "D7539", "not-signed"
    zh = "步骤 `{step}` 没有 {missing} 的签字"
    en = "the step `{step}` is not signed by {missing}"
    mends_zh = ("补签，并注明补签的日期",)
    mends_en = ("have it signed, with the day of the signature",)
    step: str
    missing: tuple[str, ...]


@problem_kind
class WronglyResponsible(Problem):
    """A step that was done by somebody who is not responsible for it."""

    code, slug = "D7540", "wrongly-responsible"
    zh = "步骤 `{step}` 由 {found} 办理，应当由 {responsible} 办理"
    en = "the step `{step}` was done by {found}, and {responsible} is responsible for it"
    step: str
    found: tuple[str, ...]
    responsible: tuple[str, ...]


@problem_kind
class NobodyRecorded(Problem):
    """A step of which the record does not say who did it."""

    code, slug = "D7541", "nobody-recorded"
    zh = "步骤 `{step}` 没有记由谁办理，应当由 {responsible} 办理"
    en = "the record does not say who did the step `{step}`, for which {responsible} is responsible"
    mends_zh = ("记上 `责任`",)
    mends_en = ("record the `responsible` one",)
    step: str
    responsible: tuple[str, ...]


@problem_kind
class PostedTooShort(Problem):
    """A posting that came down before its time was over."""

    code, slug = "D7542", "posted-too-short"
    zh = "步骤 `{step}` 自 {since} 公示到 {until}，应当到 {due}（{required}）"
    en = "the posting of the step `{step}` hung from {since} to {until}, and should have until {due} ({required})"
    mends_zh = ("重新公示够期限",)
    mends_en = ("post it again for the whole time",)
    step: str
    since: str
    until: str
    due: str
    required: str


@problem_kind
class NotPosted(Problem):
    """A step that has to be posted and was gone on from without."""

    code, slug = "D7543", "not-posted"
    zh = "没有步骤 `{step}` 的公示记录，应当公示 {required}"
    en = "no posting is recorded of the step `{step}`, which has to be posted for {required}"
    mends_zh = ("记上 `公示: {{自: …, 至: …}}`",)
    mends_en = ("record `posting: {{since: …, until: …}}`",)
    step: str
    required: str


@problem_kind
class PostingOpen(Problem):
    """A posting whose time is over and of which nobody recorded the end."""

    code, slug = "D7544", "posting-open"
    severity = "warning"
    zh = "步骤 `{step}` 自 {since} 起的公示到 {due} 已满，没有记哪天结束"
    en = "the posting of the step `{step}` since {since} was full on {due}, and no end of it is recorded"
    mends_zh = ("记上公示的 `至`",)
    mends_en = ("record `until` of the posting",)
    step: str
    since: str
    due: str


@problem_kind
class VisitedTooFew(Problem):
    """A share of households visited below what the step asks for."""

    code, slug = "D7545", "visited-too-few"
    zh = "步骤 `{step}` 入户 {found}，应当不少于 {required}"
    en = "{found} were visited in the step `{step}`, where {required} at least have to be"
    step: str
    found: str
    required: str


@problem_kind
class VisitsNotRecorded(Problem):
    """A step that asks for visits, with no share in the record."""

    code, slug = "D7546", "visits-not-recorded"
    zh = "步骤 `{step}` 没有记入户比例，应当不少于 {required}"
    en = "the share visited in the step `{step}` is not recorded, where {required} at least have to be"
    mends_zh = ("记上 `比例`",)
    mends_en = ("record the share, `visited`",)
    step: str
    required: str


@problem_kind
class DayNotRecorded(Problem):
    """A step of which something is recorded, but not the day on which it was done, though a later one is done."""

    code, slug = "D7547", "day-not-recorded"
    zh = "步骤 `{step}` 没有记办结的日期，后面的 `{later}` 却已经办了"
    en = "the day on which the step `{step}` was done is not recorded, though `{later}`, after it, is done"
    mends_zh = ("记上 `办结` 的日期",)
    mends_en = ("record the day, `done`",)
    step: str
    later: str
