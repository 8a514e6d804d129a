"""D7701 – D7719: why it cannot be told what a household gets along one of its numbers."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class UnknownInput(Problem):
    """An input that the policy does not ask for."""

    code, slug = "D7701", "unknown-input"
    zh = "{day} 的规定里，{owner}没有叫 `{name}` 的输入"
    en = "by the rules of {day}, {owner_en} has no input called `{name}`"
    mends_zh = ("是不是 `{near}`？", "是数的输入有：{known}")
    mends_en = ("perhaps `{near}`?", "the inputs that are numbers are: {known}")
    day: str
    owner: str
    owner_en: str
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class InputNoNumber(Problem):
    """An input that does not go up and down."""

    code, slug = "D7702", "input-no-number"
    zh = "`{name}` 的值是 `{type}`，不是数，不能从少到多排开"
    en = "`{name}` is of the type {type}, not a number, and has no less and more"
    mends_zh = ("是数的输入有：{known}",)
    mends_en = ("the inputs that are numbers are: {known}",)
    name: str
    type: str
    known: tuple[str, ...]


@problem_kind
class NoSuchMember(Problem):
    """A member whom the household does not have, or who is several."""

    code, slug = "D7703", "no-such-member"
    zh = "家里没有叫 `{name}` 的成员，或者不止一个"
    en = "the household has no member `{name}`, or several"
    mends_zh = ("成员有：{known}",)
    mends_en = ("the members are: {known}",)
    name: str
    known: tuple[str, ...]


@problem_kind
class EndOutside(Problem):
    """An end outside of the range that the input can have."""

    code, slug = "D7704", "end-outside"
    zh = "`{name}` 不能到 {end}：它在 {low} 与 {high} 之间"
    en = "`{name}` does not reach {end}: it lies between {low} and {high}"
    name: str
    end: str
    low: str
    high: str


@problem_kind
class EndsBackward(Problem):
    """A last value that is not above the first one."""

    code, slug = "D7705", "ends-backward"
    zh = "终点 {last} 不大于起点 {first}"
    en = "the end {last} is not above the beginning {first}"
    first: str
    last: str


@problem_kind
class StepUnfit(Problem):
    """A step that the input cannot take, or that does not lead from one end to the other."""

    code, slug = "D7706", "step-unfit"
    zh = "`{name}` 从 {first} 到 {last}，不能每步 {step}：{reason}"
    en = "`{name}` cannot go from {first} to {last} by {step}: {reason_en}"
    name: str
    first: str
    last: str
    step: str
    reason: str
    reason_en: str


@problem_kind
class InputUnread(Problem):
    """An input that no rule of the day uses: there is nothing to draw."""

    code, slug = "D7707", "input-unread"
    zh = "{day} 的规定算 {results} 时用不到 `{name}`：它怎样变，数额都不变"
    en = "the rules of {day} do not use `{name}` for {results}: whatever it is, the amounts stay"
    day: str
    name: str
    results: tuple[str, ...]


@problem_kind
class CurveSumUnclear(Problem):
    """Benefits of which one is computed from another: their sum could count an amount twice."""

    code, slug = "D7708", "curve-sum-unclear"
    zh = "`{whole}` 是由 `{part}` 算出来的，一起相加可能算两次；要写明加哪几项"
    en = "`{whole}` is computed from `{part}`: adding both may count it twice, so it has to be said what is added"
    mends_zh = ("写 `--results {likely}`，或写明要相加的各项",)
    mends_en = ("write `--results {likely}`, or list what is to be added",)
    whole: str
    part: str
    likely: str


@problem_kind
class NothingByMonth(Problem):
    """A policy that pays nothing by the month."""

    code, slug = "D7709", "nothing-by-month"
    zh = "{day} 的规定里没有按月发的救助金"
    en = "the rules of {day} have no benefit that is paid by the month"
    mends_zh = ("用 `--results` 写明算哪个金额",)
    mends_en = ("say with `--results` which amount is meant",)
    day: str


@problem_kind
class ResultUnfit(Problem):
    """A result that is no amount by the month, or that the policy does not have."""

    code, slug = "D7710", "result-unfit"
    zh = "`{name}` {reason}，不能加进每月的合计"
    en = "`{name}` {reason_en}, and cannot be added to what comes in by the month"
    mends_zh = ("是不是 `{near}`？", "按月的金额有：{known}")
    mends_en = ("perhaps `{near}`?", "the amounts by the month are: {known}")
    name: str
    reason: str
    reason_en: str
    near: str
    known: tuple[str, ...]


@problem_kind
class OwnUnclear(Problem):
    """A policy without an income: which inputs are the household's own money is not said anywhere."""

    code, slug = "D7711", "own-unclear"
    zh = "{day} 的规定没有 `收入`，看不出哪些输入是家里自己的收入"
    en = "the rules of {day} have no `income`, and do not say which inputs are the household's own money"
    mends_zh = ("用 `--own` 写明，如 `--own {likely}`；没有的写 `--own 无`",)
    mends_en = ("say it with `--own`, as `--own {likely}`, or `--own none` where nothing is",)
    day: str
    likely: str


@problem_kind
class OwnUnfit(Problem):
    """An input that is no money by the month, said to be the household's own income."""

    code, slug = "D7712", "own-unfit"
    zh = "`{name}` 不是当天的规定用到的、以 元/月 计的输入，不能算作家里自己的收入"
    en = "`{name}` is no input in yuan a month that the rules of the day use, and cannot be the household's own income"
    mends_zh = ("是不是 `{near}`？", "以 元/月 计的输入有：{known}")
    mends_en = ("perhaps `{near}`?", "the inputs in yuan a month are: {known}")
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class TooWinding(Problem):
    """So many turns, or so long a curve, that it cannot be told exactly."""

    code, slug = "D7713", "too-winding"
    zh = "`{name}` 从 {first} 到 {last} 之间转折太多，不能一一算清"
    en = "between {first} and {last} of `{name}` there are too many turns to be told one by one"
    mends_zh = ("把起点和终点取近一些，或把每步取大一些",)
    mends_en = ("take closer ends, or a larger step",)
    name: str
    first: str
    last: str
