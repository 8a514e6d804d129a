"""D10xx: what can be wrong with the text of a policy."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class Unexpected(Problem):
    """A word or sign that cannot stand where it stands."""

    code, slug = "D1001", "unexpected"
    zh = "这里不能是 {found}"
    en = "{found} cannot stand here"
    mends_zh = ("是不是 `{near}`？", "这里可以是 {expected}")
    mends_en = ("perhaps `{near}`?", "here may stand {expected_en}")
    found: str
    near: str = ""
    expected: tuple[str, ...] = ()
    expected_en: tuple[str, ...] = ()


@problem_kind
class Unfinished(Problem):
    """A block or clause that ends too early."""

    code, slug = "D1002", "unfinished"
    zh = "`{block}` 没有写完"
    en = "`{block}` is not finished"
    mends_zh = ("接下来还要有 {expected}",)
    mends_en = ("what is still needed is {expected_en}",)
    block: str
    expected: tuple[str, ...] = ()
    expected_en: tuple[str, ...] = ()


@problem_kind
class UnknownClause(Problem):
    """A line that begins with a word that opens no clause."""

    code, slug = "D1003", "unknown-clause"
    zh = "`{word}` 不是一行开头的关键词"
    en = "`{word}` is not a keyword that opens a line"
    mends_zh = (
        "是不是 `{near}`？",
        "一行以 `政策`、`定义`、`要求`、`金额` 一类的关键词开头；接着上一行写的，以运算符或 `且`、`或` 开头",
    )
    mends_en = (
        "perhaps `{near}`?",
        "a line opens with a keyword such as `定义`, `要求`, `金额`; "
        "a line that goes on opens with an operator or `且`, `或`",
    )
    word: str
    near: str = ""


@problem_kind
class OutsideBlock(Problem):
    """Text before the first block."""

    code, slug = "D1004", "outside-block"
    zh = "`{word}` 不在任何一个块里"
    en = "`{word}` is not inside any block"
    mends_zh = ("是不是 `{near}`？", "块以 {blocks} 开头")
    mends_en = ("perhaps `{near}`?", "a block opens with {blocks}")
    word: str
    blocks: tuple[str, ...]
    near: str = ""


@problem_kind
class Unclosed(Problem):
    """An opening bracket without its closing one."""

    code, slug = "D1005", "unclosed-bracket"
    zh = "`{bracket}` 没有对应的 `{partner}`"
    en = "`{bracket}` has no matching `{partner}`"
    bracket: str
    partner: str


@problem_kind
class TooDeep(Problem):
    """Brackets, 非 and 如果 nested beyond the limit."""

    code, slug = "D1006", "too-deep"
    zh = "嵌套超过 {limit} 层"
    en = "nested more than {limit} levels deep"
    mends_zh = ("把里面的部分写成单独的 `定义`",)
    mends_en = ("give the inner part a `定义` of its own",)
    limit: int


@problem_kind
class RunTogether(Problem):
    """A keyword that has grown into a name for want of a space."""

    code, slug = "D1007", "run-together"
    zh = "`{word}` 里的关键词 `{keyword}` 前后没有空格"
    en = "the keyword `{keyword}` inside `{word}` has no space around it"
    mends_zh = ("写作 `{apart}`",)
    mends_en = ("write `{apart}`",)
    word: str
    keyword: str
    apart: str


@problem_kind
class StrayCharacter(Problem):
    """A sign that the language does not have."""

    code, slug = "D1008", "stray-character"
    zh = "`{character}` 不是规则里可以用的符号"
    en = "`{character}` is not a sign of the language"
    mends_zh = ("是不是 `{instead}`？", "删去它；一行写完就换行，行末不用标点")
    mends_en = ("perhaps `{instead}`?", "remove it; a line ends without a mark")
    character: str
    instead: str = ""


@problem_kind
class HiddenCharacter(Problem):
    """A character that cannot be seen, or that turns the order of what is seen."""

    code, slug = "D1009", "hidden-character"
    zh = "有看不见的字符 {character}"
    en = "there is an invisible character {character}"
    mends_zh = ("删去它",)
    mends_en = ("remove it",)
    character: str


@problem_kind
class UnclosedText(Problem):
    """A quotation mark or title mark that is still open at the end of its line."""

    code, slug = "D1010", "unclosed-text"
    zh = "`{mark}` 到行尾还没有结束"
    en = "`{mark}` is still open at the end of the line"
    mends_zh = ("在这一行里补上 `{partner}`",)
    mends_en = ("close it with `{partner}` on the same line",)
    mark: str
    partner: str


@problem_kind
class NotANumber(Problem):
    """Digits that are not a plain number."""

    code, slug = "D1011", "not-a-number"
    zh = "`{figure}` 不是写得规范的数"
    en = "`{figure}` is not a plain number"
    mends_zh = ("只写数字和一个小数点，不以 0 开头，不超过 {limit} 位",)
    mends_en = ("write digits and one decimal point, no leading zero, at most {limit} digits",)
    figure: str
    limit: int


@problem_kind
class NotAUnit(Problem):
    """Something after a number that is not a unit."""

    code, slug = "D1012", "not-a-unit"
    zh = "数后面的 `{unit}` 不是单位"
    en = "`{unit}` after the number is not a unit"
    mends_zh = ("是不是 `{near}`？", "数和关键词之间要有空格；单位有 {known}")
    mends_en = (
        "perhaps `{near}`?",
        "a keyword after a number needs a space; the units are {known}",
    )
    unit: str
    known: tuple[str, ...]
    near: str = ""


@problem_kind
class NotADate(Problem):
    """A date that the calendar does not have, or that is not written in full."""

    code, slug = "D1013", "not-a-date"
    zh = "`{written}` 不是日历上 1900 年至 2199 年的日期"
    en = "`{written}` is not a day of the calendar between 1900 and 2199"
    mends_zh = ("日期写作 `2011-07-01`",)
    mends_en = ("a date is written `2011-07-01`",)
    written: str


@problem_kind
class TooLong(Problem):
    """A file beyond the size limit."""

    code, slug = "D1014", "too-long"
    zh = "文件有 {size} 个{what}，超过上限 {limit}"
    en = "the file has {size} {what_en}, more than the limit of {limit}"
    mends_zh = ("分成几个文件",)
    mends_en = ("split it into several files",)
    size: int
    what: str
    what_en: str
    limit: int


@problem_kind
class RepeatedClause(Problem):
    """A clause that a block may have once, written twice."""

    code, slug = "D1015", "repeated-clause"
    zh = "`{clause}` 在这个块里写了两次"
    en = "`{clause}` stands twice in this block"
    mends_zh = ("留下其中一处",)
    mends_en = ("keep one of them",)
    clause: str


@problem_kind
class MissingClause(Problem):
    """A clause that a block needs."""

    code, slug = "D1016", "missing-clause"
    zh = "`{block}` 缺少 `{clause}`"
    en = "`{block}` has no `{clause}`"
    block: str
    clause: str


@problem_kind
class ChainedComparison(Problem):
    """`a < b < c`."""

    code, slug = "D1017", "chained-comparison"
    zh = "一次只能比较两个数"
    en = "a comparison takes two numbers"
    mends_zh = ("用 `且` 连接两次比较；两端都算在内时写作 `b 在 a .. c`",)
    mends_en = ("join two comparisons with `且`; where both ends count, write `b 在 a .. c`",)


@problem_kind
class ReservedName(Problem):
    """A name that is a keyword or a unit."""

    code, slug = "D1018", "reserved-name"
    zh = "`{name}` 是{what}，不能用作名称"
    en = "`{name}` is {what_en} and cannot be a name"
    mends_zh = ("换一个名称，例如在前面加上说明它的字",)
    mends_en = ("choose another name, for example with a word before it",)
    name: str
    what: str
    what_en: str


@problem_kind
class MoreProblems(Problem):
    """Past the number of problems listed for one file."""

    code, slug = "D1019", "more-problems"
    zh = "这个文件还有 {count} 处问题没有列出"
    en = "this file has {count} more problems that are not listed"
    mends_zh = ("先改好上面的",)
    mends_en = ("mend those above first",)
    count: int


@problem_kind
class EmptyPeriod(Problem):
    """A period that ends before it begins."""

    code, slug = "D1020", "empty-period"
    zh = "期间的止日 {until} 早于起日 {since}"
    en = "the period ends on {until}, before it begins on {since}"
    since: str
    until: str


@problem_kind
class StrayCloser(Problem):
    """A closing bracket that closes nothing."""

    code, slug = "D1021", "stray-closer"
    zh = "`{bracket}` 前面没有与它对应的括号"
    en = "`{bracket}` closes nothing"
    bracket: str


@problem_kind
class SummaryOverMembers(Problem):
    """`最小(甲, 乙)`: a summary over members where the lowest of some numbers is meant."""

    code, slug = "D1022", "summary-over-members"
    zh = "`{word}` 汇总各个成员，括号里要以 `成员` 开头"
    en = "`{word}` summarizes the members, so its brackets open with `成员`"
    mends_zh = (
        "写作 `{word}(成员.…)`；在几个数中取一个，用 `{instead}(…)`",
        "写作 `{word}(成员.…)`",
    )
    mends_en = (
        "write `{word}(成员.…)`; to take one of several numbers, use `{instead}(…)`",
        "write `{word}(成员.…)`",
    )
    word: str
    instead: str = ""


@problem_kind
class WouldReadDifferently(Problem):
    """The canonical form that was made of a text does not read like the text."""

    code, slug = "D1050", "would-read-differently"
    zh = "这个文件整理后会读成别的意思，所以没有改动"
    en = "this file would read differently in its canonical form, so it is left as it is"
    mends_zh = ("文件本身可以照用；这是整理程序的毛病，请把文件交给维护者",)
    mends_en = (
        "the file itself can be used as it is; this is a fault of the formatter: "
        "please hand the file to its maintainers",
    )
