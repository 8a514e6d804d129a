"""D70xx: what can be wrong with the cases of a policy."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class RepeatedCase(Problem):
    """Two cases of one policy under one name: whoever reads a report could not tell them apart."""

    code, slug = "D7001", "repeated-case"
    zh = "已经有一个叫 `{name}` 的案例"
    en = "there is a case called `{name}` already"
    mends_zh = ("给其中一个换一个名称",)
    mends_en = ("give one of them another name",)
    name: str


@problem_kind
class UnknownResult(Problem):
    """An expected result that the policy does not have on the day of the case."""

    code, slug = "D7002", "unknown-result"
    zh = "这项政策在 {day} 没有叫 `{name}` 的结果"
    en = "the policy has no result called `{name}` on {day}"
    mends_zh = ("是不是 `{near}`？", "可以写的有 {allowed}")
    mends_en = ("perhaps `{near}`?", "it may be {allowed}")
    name: str
    day: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class ExpectedKind(Problem):
    """An expected value that the result can never be: of another kind or unit."""

    code, slug = "D7003", "expected-kind"
    zh = "`{name}` 应当是{wanted}，写的是 `{found}`"
    en = "`{name}` should be {wanted_en}, and `{found}` is written"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    name: str
    wanted: str
    wanted_en: str
    found: str
    near: str = ""


@problem_kind
class NoSuchMember(Problem):
    """A result of a member that the household does not have."""

    code, slug = "D7004", "no-such-member"
    zh = "`{name}` 说的是第 {number} 个成员，这个家庭有 {count} 人"
    en = "`{name}` speaks of member {number}, and the household has {count}"
    name: str
    number: int
    count: int


@problem_kind
class WhoseResult(Problem):
    """One value for a result of the members, or a member's value for a result of the household."""

    code, slug = "D7005", "whose-result"
    zh = "`{name}` 是{whose}的结果，这里写成了{written}的"
    en = "`{name}` is a result of {whose_en}, and it is written as one of {written_en}"
    mends_zh = ("写成 `{mend}`",)
    mends_en = ("write `{mend}`",)
    name: str
    whose: str
    whose_en: str
    written: str
    written_en: str
    mend: str


@problem_kind
class ListLength(Problem):
    """A list of results that is longer or shorter than the list of members."""

    code, slug = "D7006", "list-length"
    zh = "`{name}` 写了 {found} 个值，这个家庭有 {count} 人"
    en = "`{name}` has {found} values, and the household has {count} members"
    name: str
    found: int
    count: int


@problem_kind
class NothingExpected(Problem):
    """A case that can never fail."""

    code, slug = "D7007", "nothing-expected"
    zh = "案例 `{name}` 没有写明期望什么"
    en = "the case `{name}` does not say what is expected"
    mends_zh = ("写 `期望`，或写 `拒绝`、`理由`、`条款`、`核查` 中的一项",)
    mends_en = ("state `expect`, or one of `refused`, `reasons`, `articles`, `findings`",)
    name: str


@problem_kind
class ExpectedAndRefused(Problem):
    """A case that wants results of a household and wants it refused."""

    code, slug = "D7008", "expected-and-refused"
    zh = "案例 `{name}` 既写了 `拒绝`，又写了 `{other}`：被拒绝的家庭没有结果"
    en = "the case `{name}` has `refused` and `{other}` too: a refused household has no results"
    mends_zh = ("只留其中一项",)
    mends_en = ("keep one of them",)
    name: str
    other: str


@problem_kind
class ToleranceWithoutReason(Problem):
    """A result that may be off, and nobody knows why."""

    code, slug = "D7009", "tolerance-without-reason"
    zh = "这个容差没有写明理由"
    en = "this tolerance has no reason"
    mends_zh = ("加上 `理由`，写明为什么不能分毫不差；没有理由的，去掉容差",)
    mends_en = ("add a `reason` why it cannot be exact; without one, drop the tolerance",)


@problem_kind
class ToleranceOfNothing(Problem):
    """A tolerance that no expected number has."""

    code, slug = "D7010", "tolerance-of-nothing"
    zh = "`{name}` 不能有容差：{why}"
    en = "`{name}` cannot have a tolerance: {why_en}"
    mends_zh = ("去掉它，或在 `期望` 里写上这个数",)
    mends_en = ("drop it, or state the number under `expect`",)
    name: str
    why: str
    why_en: str


@problem_kind
class UnknownCode(Problem):
    """A household said to be refused with a problem that there is not."""

    code, slug = "D7011", "unknown-code"
    zh = "没有代码是 `{found}` 的家庭问题"
    en = "there is no problem of households with the code `{found}`"
    mends_zh = ("可以写的有 {allowed}",)
    mends_en = ("it may be {allowed}",)
    found: str
    allowed: tuple[str, ...]


@problem_kind
class TableWithoutArrow(Problem):
    """A table of cases in which no column divides the facts from the results."""

    code, slug = "D7012", "table-without-arrow"
    zh = "表头里没有 `⇒` 这一列：分不出哪些是情况，哪些是结果"
    en = "no column of the table is `⇒`: facts and results cannot be told apart"
    mends_zh = ("在情况和结果之间加一列 `⇒`，下面都空着",)
    mends_en = ("put a column `⇒` between facts and results, and leave it empty below",)


@problem_kind
class RepeatedColumn(Problem):
    """A column that comes twice, or under both of its names."""

    code, slug = "D7013", "repeated-column"
    zh = "`{name}` 这一列重复了"
    en = "there are two columns `{name}`"
    name: str


@problem_kind
class RowLength(Problem):
    """A row of a table with more cells than its head."""

    code, slug = "D7014", "row-length"
    zh = "这一行有 {found} 格，表头有 {count} 格"
    en = "this row has {found} cells, and the head has {count}"
    found: int
    count: int


@problem_kind
class ColumnOutOfPlace(Problem):
    """A column on the side of the table where it means nothing."""

    code, slug = "D7015", "column-out-of-place"
    zh = "`{name}` 这一列要放在 `⇒` 之前"
    en = "the column `{name}` belongs before `⇒`"
    name: str


@problem_kind
class CellNeeded(Problem):
    """A cell that has to be filled and is empty or cannot be read."""

    code, slug = "D7016", "cell-needed"
    zh = "这一格应当是{wanted}，写的是 `{found}`"
    en = "this cell should be {wanted_en}, and `{found}` is written"
    wanted: str
    wanted_en: str
    found: str


@problem_kind
class UnreadableCases(Problem):
    """A file of cases that cannot be read at all."""

    code, slug = "D7017", "unreadable-cases"
    zh = "读不了 `{path}`：{reason}"
    en = "`{path}` cannot be read: {reason_en}"
    path: str
    reason: str
    reason_en: str


@problem_kind
class InexactCell(Problem):
    """A cell of a workbook that holds no exact value: a formula, or a number that a computer cut off."""

    code, slug = "D7018", "inexact-cell"
    zh = "工作簿的 {cell} 格{why}"
    en = "cell {cell} of the workbook {why_en}"
    mends_zh = ("把这一格改成文字，写上要的数",)
    mends_en = ("make the cell a text with the number that is meant",)
    cell: str
    why: str
    why_en: str


@problem_kind
class StrayFile(Problem):
    """A file in a policy's folder that nothing reads."""

    code, slug = "D7019", "stray-file"
    severity = "warning"
    zh = "`{path}` 没有读：{why}"
    en = "`{path}` was not read: {why_en}"
    mends_zh = ("{mend}",)
    mends_en = ("{mend_en}",)
    path: str
    why: str
    why_en: str
    mend: str
    mend_en: str


@problem_kind
class UnnamedMember(Problem):
    """A place of a member that is no whole number from 1 on."""

    code, slug = "D7020", "unnamed-member"
    zh = "`{name}` 里的成员应当写成 `成员[1]`、`成员[2]` ……"
    en = "a member in `{name}` should be written `成员[1]`, `成员[2]` …"
    name: str


@problem_kind
class AbsentOrValue(Problem):
    """The word that there is no such result, where it is a value of the result's own type too."""

    code, slug = "D7021", "absent-or-value"
    zh = "`{found}` 也是 `{name}` 的一个值：看不出说的是这个值，还是没有这项结果"
    en = "`{found}` is a value of `{name}` too: it may mean that value, or that there is no such result"
    mends_zh = (
        "没有这项结果的，写 `{word}`；是这个值的，写 `{value}`",
        "没有这项结果的，写 `{word}`；是这个值的，给它一个别的名称",
        "给这个值一个别的名称",
    )
    mends_en = (
        "write `{word}` where there is no such result, and `{value}` for the value",
        "write `{word}` where there is no such result; for the value, give it another name",
        "give the value another name",
    )
    name: str
    found: str
    word: str
    value: str
