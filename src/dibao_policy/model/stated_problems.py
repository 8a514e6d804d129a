"""D2030 – D2033: what can be wrong with findings, procedures and funds."""

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
