"""D1023–D1030: what can be wrong with the clauses of a block."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class BracketSign(Problem):
    """A bracket that does not say up to where it goes."""

    code, slug = "D1023", "bracket-sign"
    zh = "分段的一档用 `<` 或 `≤` 写到哪里为止，不能用 `{sign}`"
    en = "a bracket says with `<` or `≤` up to where it goes, not with `{sign}`"
    mends_zh = ("从低到高写各档的上限，最后写 `其余 → …`",)
    mends_en = ("write the upper ends from low to high, and `其余 → …` at the end",)
    sign: str


@problem_kind
class StageMonths(Problem):
    """`第 0 月`, `第 3 至 2 月`."""

    code, slug = "D1024", "stage-months"
    zh = "`{written}` 不是渐退的月份"
    en = "`{written}` is no month of a taper"
    mends_zh = ("从 `第 1 月` 数起，不超过第 {limit} 月，止月不早于起月",)
    mends_en = (
        "count from `第 1 月` to month {limit} at most, the last month not before the first",
    )
    written: str
    limit: int


@problem_kind
class FixedBesideTerms(Problem):
    """`定额` together with a rate, a deductible or a ceiling."""

    code, slug = "D1025", "fixed-beside-terms"
    zh = "`定额` 是全部的金额，不能再写 `起付`、`比例`、`封顶` 或 `累进`"
    en = "`定额` is the whole amount: no `起付`, `比例`, `封顶` or `累进` beside it"
    mends_zh = ("留下其中一种写法",)
    mends_en = ("keep one of the two",)


@problem_kind
class NeedsOneRate(Problem):
    """A group without a rate, or with two."""

    code, slug = "D1026", "needs-one-rate"
    zh = "`对象` 要写 `比例`、`累进`、`定额` 中的一种"
    en = "a `对象` says one of `比例`, `累进`, `定额`"


@problem_kind
class NotATimeLimit(Problem):
    """A time limit that is no whole number of days, working days or months."""

    code, slug = "D1027", "not-a-time-limit"
    zh = "`{written}` 不是期限"
    en = "`{written}` is no time limit"
    mends_zh = ("写作 `10个工作日`、`7日`、`1个月` 或 `即时`，不超过 {limit}",)
    mends_en = ("write `10个工作日`, `7日`, `1个月` or `即时`, at most {limit}",)
    written: str
    limit: int


@problem_kind
class NotAShare(Problem):
    """A share that is no percentage up to 100 %."""

    code, slug = "D1028", "not-a-share"
    zh = "`{written}` 不是大于 0、不超过 100% 的比例"
    en = "`{written}` is no share above 0 and up to 100%"
    mends_zh = ("写作百分数，例如 `50%`",)
    mends_en = ("write a percentage such as `50%`",)
    written: str


@problem_kind
class TellingElsewhere(Problem):
    """What a `告知` says of a block of which it cannot be said."""

    code, slug = "D1031", "telling-elsewhere"
    zh = "`{block}` 不能写 `告知 {telling}`"
    en = "`{block}` cannot have `告知 {telling}`"
    mends_zh = ("可以写的有 {known}", "去掉这一行")
    mends_en = ("it may have {known}", "leave the line out")
    block: str
    telling: str
    known: tuple[str, ...]


@problem_kind
class WrongClause(Problem):
    """A clause of a `改写` that the rewritten rule's kind of block does not have."""

    code, slug = "D1029", "wrong-clause"
    zh = "`{clause}` 不是 `{block}` 的内容"
    en = "`{clause}` does not belong to a `{block}`"
    mends_zh = ("`改写` 的写法与它改写的块相同",)
    mends_en = ("an `改写` is written like the block that it rewrites",)
    clause: str
    block: str


@problem_kind
class OpenOverride(Problem):
    """A `改写` that does not say from when."""

    code, slug = "D1030", "open-override"
    zh = "`改写 {name}` 没有写明自哪一天起"
    en = "`改写 {name}` does not say from which day"
    mends_zh = ("写作 `改写 {name} 自 2024-07-01 起`",)
    mends_en = ("write `改写 {name} 自 2024-07-01 起`",)
    name: str
