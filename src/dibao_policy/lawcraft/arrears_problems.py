"""D7501 – D7519: why it cannot be said what should have been paid."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NotAMonth(Problem):
    """A month that is not written as one."""

    code, slug = "D7501", "not-a-month"
    zh = "`{text}` 不是月份"
    en = "`{text}` is not a month"
    mends_zh = ("写作 `{likely}`", "写作年-月，如 `2024-03`，在 1900 年至 2199 年之间")
    mends_en = ("write `{likely}`", "write year-month, as `2024-03`, from 1900 to 2199")
    text: str
    likely: str


@problem_kind
class MonthsBackward(Problem):
    """A last month before the first one."""

    code, slug = "D7502", "months-backward"
    zh = "最后一个月 {last} 早于第一个月 {first}"
    en = "the last month, {last}, is before the first one, {first}"
    first: str
    last: str


@problem_kind
class PaidMissing(Problem):
    """Months without a word of what was paid in them; that is never taken for zero."""

    code, slug = "D7503", "paid-missing"
    zh = "没有写 {months} 已发多少"
    en = "what was paid in {months} is not said"
    mends_zh = ("写上每个月已发的金额；没有发的写 0",)
    mends_en = ("say what was paid in every month, and 0 where nothing was",)
    months: tuple[str, ...]


@problem_kind
class PaidTwice(Problem):
    """Two amounts paid in one month."""

    code, slug = "D7504", "paid-twice"
    zh = "{months} 的已发金额写了两次"
    en = "what was paid in {months} is said twice"
    mends_zh = ("每个月只留一个金额；一个月发过几次的，写合计",)
    mends_en = ("leave one amount for each month: the sum of what was paid in it",)
    months: tuple[str, ...]


@problem_kind
class PaidOutside(Problem):
    """An amount paid in a month that is not asked about."""

    code, slug = "D7505", "paid-outside"
    zh = "{months} 有已发金额，却不在要算的 {first} 至 {last} 之内"
    en = "an amount is given for {months}, outside of the months {first} to {last} that are asked about"
    mends_zh = ("改月份的起止，或删去这些月的金额",)
    mends_en = ("widen the months, or leave out these amounts",)
    months: tuple[str, ...]
    first: str
    last: str


@problem_kind
class PaidAmount(Problem):
    """An amount paid that nobody can have been paid."""

    code, slug = "D7506", "paid-amount"
    zh = "已发金额不能是 {text}：应当是不小于零、精确到分的元数"
    en = "an amount paid cannot be {text}: it is in yuan, not below zero, and whole in fen"
    text: str


@problem_kind
class NotADecisionDay(Problem):
    """A day of the month that no month has."""

    code, slug = "D7507", "not-a-decision-day"
    zh = "每月的决定日不能是 `{text}`"
    en = "the day of the month on which it is decided cannot be `{text}`"
    mends_zh = ("写 1 至 31 的整数或 `月末`；没有这一天的月份，按最后一天",)
    mends_en = (
        "write a whole number from 1 to 31 or `last`; a month without that day has its last one",
    )
    text: str


@problem_kind
class UnknownResult(Problem):
    """A result to be summed that the policy never computes."""

    code, slug = "D7508", "unknown-result"
    zh = "政策没有叫 `{name}` 的结果"
    en = "the policy has no result called `{name}`"
    mends_zh = ("是不是 `{near}`？", "按月的金额有：{known}")
    mends_en = ("perhaps `{near}`?", "its monthly amounts are: {known}")
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class NotMonthlyMoney(Problem):
    """A result that is not paid by the month."""

    code, slug = "D7509", "not-monthly-money"
    zh = "`{name}` 的单位是 {unit}，不是 元/月，不能与每月已发的金额相比"
    en = "`{name}` is in {unit}, not in yuan a month, and cannot be held against what was paid in a month"
    mends_zh = ("按月的金额有：{known}",)
    mends_en = ("the monthly amounts are: {known}",)
    name: str
    unit: str
    known: tuple[str, ...]


@problem_kind
class NoMonthlyBenefit(Problem):
    """A policy that pays nothing by the month."""

    code, slug = "D7510", "no-monthly-benefit"
    zh = "{months} 的规定里没有按月发的救助金"
    en = "the rules of {months} have no benefit that is paid by the month"
    mends_zh = ("用 `结果` 写明比哪个金额",)
    mends_en = ("say with `results` which amount is meant",)
    months: tuple[str, ...]


@problem_kind
class SumUnclear(Problem):
    """Benefits of which one is computed from another: their sum could count an amount twice."""

    code, slug = "D7511", "sum-unclear"
    zh = "`{whole}` 是由 `{part}` 算出来的，一起相加可能算两次；要写明加哪几项"
    en = "`{whole}` is computed from `{part}`: adding both may count it twice, so it has to be said what is added"
    mends_zh = ("写 `结果: {whole}`，或写明要相加的各项",)
    mends_en = ("write `results: {whole}`, or list what is to be added",)
    whole: str
    part: str


@problem_kind
class SumDoubtful(Problem):
    """Results listed for a sum, of which one is computed from another."""

    code, slug = "D7512", "sum-doubtful"
    severity = "warning"
    zh = "结果里的 `{whole}` 是由 `{part}` 算出来的，两项都加进了合计"
    en = "the result `{whole}` is computed from `{part}`, and both are part of the sum"
    mends_zh = ("如果 `{whole}` 已经包含 `{part}`，只留 `{whole}`",)
    mends_en = ("if `{whole}` includes `{part}`, leave `{whole}` alone",)
    whole: str
    part: str


@problem_kind
class MonthNotInForce(Problem):
    """Months in which there was no rule to decide by."""

    code, slug = "D7513", "month-not-in-force"
    zh = "{months} 算不出应发多少：{reason}"
    en = "what was due in {months} cannot be said: {reason_en}"
    mends_zh = ("只算有规定的月份",)
    mends_en = ("ask about the months that have rules",)
    months: tuple[str, ...]
    reason: str
    reason_en: str


@problem_kind
class ResultNotInForce(Problem):
    """Months whose rules do not have the result that is asked for."""

    code, slug = "D7514", "result-not-in-force"
    zh = "{months} 的规定里没有 `{name}`"
    en = "the rules of {months} have no `{name}`"
    mends_zh = ("分段计算：每一段只列当时有的结果；不写 `结果`，就是每个月当时各项救助金的合计",)
    mends_en = (
        "compute in parts, each with the results of its time; without `results`, the benefits of each month are added",
    )
    months: tuple[str, ...]
    name: str


@problem_kind
class MonthRefused(Problem):
    """Months on which the facts do not suffice, or are not sound."""

    code, slug = "D7515", "month-refused"
    zh = "{months} 的情况不能据以决定（{inner}）：{reason}"
    en = "the facts of {months} do not allow a decision ({inner}): {reason_en}"
    mends_zh = ("{hint}",)
    mends_en = ("{hint_en}",)
    months: tuple[str, ...]
    inner: str
    reason: str
    reason_en: str
    hint: str = ""
    hint_en: str = ""


@problem_kind
class UnknownPerson(Problem):
    """A member whom a change names and whom the household does not have then."""

    code, slug = "D7516", "unknown-person"
    zh = "{since} 的变动里写的成员 `{name}`，当时家里没有或不止一个"
    en = "the change of {since} names the member `{name}`, of whom the household has none then, or several"
    mends_zh = ("是不是 `{near}`？", "当时的成员有：{known}")
    mends_en = ("perhaps `{near}`?", "the members are then: {known}")
    since: str
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class ChangeTwice(Problem):
    """Two changes from one day on."""

    code, slug = "D7517", "change-twice"
    zh = "自 {since} 起的变动写了两次，分不清哪一个在后"
    en = "there are two changes from {since} on, and nothing says which is the later one"
    mends_zh = ("合成一项变动",)
    mends_en = ("make one change of them",)
    since: str


@problem_kind
class ChangeIdle(Problem):
    """A change that begins when everything that is asked about is over, or that says nothing."""

    code, slug = "D7518", "change-idle"
    zh = "自 {since} 起的变动不影响任何一个月：{reason}"
    en = "the change from {since} on touches no month: {reason_en}"
    since: str
    reason: str
    reason_en: str


@problem_kind
class PaidByOthers(Problem):
    """Amounts paid under names that are not the results of the month, or not all of them."""

    code, slug = "D7519", "paid-by-others"
    zh = "{months} 的已发金额是按 {told} 分开写的，而要比的是 {asked}"
    en = "what was paid in {months} is told by {told}, and what it is held against is {asked}"
    mends_zh = ("每一项各写一个金额，没有发的写 0；分不开的，只写合计",)
    mends_en = ("write one amount for each, 0 where nothing was paid, or the sum alone",)
    months: tuple[str, ...]
    told: tuple[str, ...]
    asked: tuple[str, ...]
