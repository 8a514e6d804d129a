"""D50xx: what can be wrong with the facts of a household. `path` says where, `成员[2].工资收入`."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class MissingFact(Problem):
    """A fact that a rule needs and that was not given; it is never taken for zero."""

    code, slug = "D5001", "missing-fact"
    zh = "缺少 `{path}`，无法计算 `{rule}`"
    en = "`{path}` is missing, so `{rule}` cannot be computed"
    mends_zh = ("问：{question}",)
    mends_en = ("ask: {question}",)
    path: str
    rule: str
    question: str = ""


@problem_kind
class UnknownFact(Problem):
    """A fact that the policy does not ask for."""

    code, slug = "D5002", "unknown-fact"
    zh = "`{path}` 不是这项政策要的事项"
    en = "`{path}` is not among the facts of this policy"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    path: str
    near: str = ""


@problem_kind
class GivenTwice(Problem):
    """A fact given under both of its names, or twice under one."""

    code, slug = "D5003", "given-twice"
    zh = "`{path}` 给了两次：`{first}` 和 `{second}`"
    en = "`{path}` is given twice, as `{first}` and as `{second}`"
    path: str
    first: str
    second: str


@problem_kind
class FormerNameUsed(Problem):
    """A fact that came, or a result that was asked for, under a former name; it is taken all the same."""

    code, slug = "D5011", "former-name-used"
    severity = "warning"
    zh = "`{path}` 用的是 `{current}` 的曾用名"
    en = "`{path}` uses a former name of `{current}`"
    mends_zh = ("改用现名 `{current}`",)
    mends_en = ("use the present name `{current}`",)
    path: str
    current: str


@problem_kind
class WrongKind(Problem):
    """A value of the wrong kind."""

    code, slug = "D5004", "wrong-kind"
    zh = "`{path}` 应当是{wanted}，收到的是 {found}"
    en = "`{path}` should be {wanted_en}, and {found_en} was given"
    path: str
    wanted: str
    wanted_en: str
    found: str
    found_en: str


@problem_kind
class FactOutOfRange(Problem):
    """A number outside the declared range."""

    code, slug = "D5005", "fact-out-of-range"
    zh = "`{path}` 是 {found}，不在 {low} 至 {high} 之内"
    en = "`{path}` is {found}, not within {low} and {high}"
    path: str
    found: str
    low: str
    high: str


@problem_kind
class TooFine(Problem):
    """A number with more decimals than its unit has."""

    code, slug = "D5006", "too-fine"
    zh = "`{path}` 是 {found}，比最小单位 {step} 还细"
    en = "`{path}` is {found}, finer than the smallest step of {step}"
    path: str
    found: str
    step: str


@problem_kind
class BinaryFloat(Problem):
    """A binary floating-point number, which cannot hold most decimal fractions."""

    code, slug = "D5007", "binary-float"
    zh = "`{path}` 是二进制浮点数 {found}，不能精确表示金额"
    en = "`{path}` is the binary floating-point number {found}, which cannot hold an amount exactly"
    mends_zh = ('改用整数、`Decimal` 或文字 `"1234.50"`',)
    mends_en = ('give an integer, a `Decimal` or the text `"1234.50"`',)
    path: str
    found: str


@problem_kind
class NotInEnumeration(Problem):
    """A word that is not one of the allowed values."""

    code, slug = "D5008", "not-in-enumeration"
    zh = "`{path}` 是 `{found}`，不在允许的值之内"
    en = "`{path}` is `{found}`, which is not an allowed value"
    mends_zh = ("是不是 `{near}`？", "可以是 {allowed}")
    mends_en = ("perhaps `{near}`?", "it may be {allowed}")
    path: str
    found: str
    allowed: tuple[str, ...]
    near: str = ""


@problem_kind
class MemberCount(Problem):
    """A household without members, or with more than the bounds of every sum allow."""

    code, slug = "D5009", "member-count"
    zh = "`成员` 有 {found} 人，应当是 1 至 {limit} 人"
    en = "`成员` lists {found} persons, where 1 to {limit} are expected"
    found: int
    limit: int


@problem_kind
class AfterDecisionDay(Problem):
    """A day of which the age on the day of the decision is asked, and that lies after it."""

    code, slug = "D5012", "after-decision-day"
    zh = "`{path}` 是 {found}，在决定日期 {day} 之后，算不出周岁"
    en = "`{path}` is {found}, after the day of the decision, {day}: there is no age on that day"
    mends_zh = ("核对这个日期和决定日期；到决定日期还没有出生的，不列为成员",)
    mends_en = ("check both dates; who was not born by that day is no member yet",)
    path: str
    found: str
    day: str


@problem_kind
class NotAList(Problem):
    """The facts that nobody stated, not as a list."""

    code, slug = "D7811", "not-asked-no-list"
    zh = "`{path}` 应当是一列事项，如 `区县`、`成员[2].工资收入`"
    en = "`{path}` should be a list of facts, such as `区县` and `成员[2].工资收入`"
    path: str


@problem_kind
class NotThere(Problem):
    """A fact that is said not to have been asked, and for which nothing stands in."""

    code, slug = "D7812", "not-asked-not-there"
    zh = "`{path}` 里写了 `{named}`，家庭情况里却没有这一项"
    en = "`{path}` names `{named}`, which is not among the facts of the household"
    mends_zh = ("写家庭情况里有的事项；没有填的不用写",)
    mends_en = ("name facts that are there; what is left out need not be named",)
    path: str
    named: str


@problem_kind
class UnreadableFacts(Problem):
    """A text that is neither JSON nor YAML."""

    code, slug = "D5010", "unreadable-facts"
    zh = "读不了这份家庭情况：{reason}"
    en = "these facts cannot be read: {reason_en}"
    reason: str
    reason_en: str
