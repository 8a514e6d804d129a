"""D20xx: what can be wrong with names, layers, citations and dates."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class UnknownName(Problem):
    """A name that nothing declares."""

    code, slug = "D2001", "unknown-name"
    zh = "没有叫 `{name}` 的事项"
    en = "there is nothing called `{name}`"
    mends_zh = (
        "是不是 `{near}`？",
        "关键词 `{keyword}` 前后要有空格：`{apart}`",
        "在 `输入`、`参数` 或 `定义` 里写明它",
    )
    mends_en = (
        "perhaps `{near}`?",
        "the keyword `{keyword}` needs a space around it: `{apart}`",
        "declare it with `输入`, `参数` or `定义`",
    )
    name: str
    near: str = ""
    keyword: str = ""
    apart: str = ""


@problem_kind
class RepeatedName(Problem):
    """A name that is declared twice."""

    code, slug = "D2002", "repeated-name"
    zh = "`{name}` 已经有一处声明"
    en = "`{name}` is already declared"
    mends_zh = ("改用另一个名称",)
    mends_en = ("choose another name",)
    name: str


@problem_kind
class LookAlikeNames(Problem):
    """Two names that a reader cannot tell apart."""

    code, slug = "D2003", "look-alike-names"
    zh = "`{name}` 与 `{other}` 只差形近的字：{characters}"
    en = "`{name}` and `{other}` differ only by look-alike characters: {characters}"
    mends_zh = ("统一写法，或换一个不易混淆的名称",)
    mends_en = ("write both alike, or choose a name that cannot be confused",)
    name: str
    other: str
    characters: str


@problem_kind
class TwoReadings(Problem):
    """A name that, with a space in it, would be an expression of other names."""

    code, slug = "D2004", "two-readings"
    zh = "名称 `{name}` 也可以读成 `{apart}`"
    en = "the name `{name}` can also be read as `{apart}`"
    mends_zh = ("换一个名称",)
    mends_en = ("choose another name",)
    name: str
    apart: str


@problem_kind
class UnknownType(Problem):
    """A type that is neither a unit nor an enumeration."""

    code, slug = "D2005", "unknown-type"
    zh = "`{name}` 不是单位，也不是枚举"
    en = "`{name}` is neither a unit nor an enumeration"
    mends_zh = (
        "是不是 `{near}`？",
        "类型写作单位（如 `元/月`）、`比例`、`日期`、`是否` 或一个 `枚举` 的名称",
    )
    mends_en = (
        "perhaps `{near}`?",
        "a type is a unit such as `元/月`, or `比例`, `日期`, `是否`, or the name of an `枚举`",
    )
    name: str
    near: str = ""


@problem_kind
class UnknownDocument(Problem):
    """A citation of a document that the header does not list."""

    code, slug = "D2006", "unknown-document"
    zh = "`{name}` 没有在 `政策` 块里列为依据文件"
    en = "`{name}` is not listed among the documents of the policy"
    mends_zh = ("是不是 `{near}`？", "在 `政策` 块里加一行 `依据 {name} = 《文件全名》`")
    mends_en = (
        "perhaps `{near}`?",
        "add a line `依据 {name} = 《full title》` to the `政策` block",
    )
    name: str
    near: str = ""


@problem_kind
class UnknownInTemplate(Problem):
    """A sentence that mentions a value that does not exist."""

    code, slug = "D2007", "unknown-in-template"
    zh = "句子里的 `{{{name}}}` 不是这里看得到的事项"
    en = "`{{{name}}}` in the sentence is nothing that can be seen here"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    name: str
    near: str = ""


@problem_kind
class NoHeader(Problem):
    """A policy folder without a `政策` block, or with two."""

    code, slug = "D2008", "one-header"
    zh = "政策 `{policy}` 有 {count} 个 `政策` 块，应当恰有一个"
    en = "the policy `{policy}` has {count} `政策` blocks, where exactly one is needed"
    policy: str
    count: int


@problem_kind
class UnknownParent(Problem):
    """A policy to inherit from that is not there."""

    code, slug = "D2009", "unknown-parent"
    zh = "找不到要继承的政策 `{policy}`"
    en = "the policy `{policy}` to inherit from is not there"
    mends_zh = ("是不是 `{near}`？", "它的文件夹应当与本政策的文件夹并列")
    mends_en = ("perhaps `{near}`?", "its folder should stand beside the folder of this policy")
    policy: str
    near: str = ""


@problem_kind
class ParentVersion(Problem):
    """A parent whose version is not the one that was pinned."""

    code, slug = "D2010", "parent-version"
    zh = "继承的政策 `{policy}` 现在是版本 `{actual}`，这里写的是 `{pinned}`"
    en = "the policy `{policy}` is at version `{actual}`, and `{pinned}` is pinned here"
    mends_zh = ("看过它的改动以后，把这里的版本改为 `{actual}`",)
    mends_en = ("once its changes have been looked at, write version `{actual}` here",)
    policy: str
    actual: str
    pinned: str


@problem_kind
class CircularInheritance(Problem):
    """Policies that inherit from each other in a circle."""

    code, slug = "D2011", "circular-inheritance"
    zh = "继承绕成了一圈：{path}"
    en = "inheritance goes round in a circle: {path}"
    path: str


@problem_kind
class Cycle(Problem):
    """Values that need each other to be computed."""

    code, slug = "D2012", "cycle"
    zh = "计算绕成了一圈：{path}"
    en = "the computation goes round in a circle: {path}"
    mends_zh = ("其中一项不能依赖下一项",)
    mends_en = ("one of them has to do without the next",)
    path: str


@problem_kind
class OverlappingVersions(Problem):
    """Two versions of a rule in force on the same day."""

    code, slug = "D2013", "overlapping-versions"
    zh = "`{name}` 自 {since} 起同时有两处规定有效"
    en = "two versions of `{name}` are in force from {since} on"
    mends_zh = ("给前一处加上 `至 日期`，或给后一处加上 `自 日期 起`",)
    mends_en = ("end the earlier one with `至 date`, or begin the later one with `自 date 起`",)
    name: str
    since: str


@problem_kind
class RuleGap(Problem):
    """A day on which a rule that is needed is not in force."""

    code, slug = "D2014", "rule-gap"
    zh = "`{user}` 用到 `{name}`，但 `{name}` 自 {since} 至 {until} 没有有效的规定"
    en = "`{user}` uses `{name}`, which is not in force from {since} to {until}"
    mends_zh = ("让 `{name}` 前一处规定的止日与后一处的起日相接，或补上这段时间的规定",)
    mends_en = ("let the versions of `{name}` meet, or add one for that time",)
    user: str
    name: str
    since: str
    until: str


@problem_kind
class ParameterGap(Problem):
    """A day on which a parameter that is needed has no value."""

    code, slug = "D2015", "parameter-gap"
    zh = "`{user}` 用到参数 `{name}`，但 `{name}` 自 {since} 至 {until} 没有数值"
    en = "`{user}` uses the parameter `{name}`, which has no value from {since} to {until}"
    mends_zh = ("在参数文件里补上这段时间的数值和来源",)
    mends_en = ("add the value of that time, with its source, to the parameter file",)
    user: str
    name: str
    since: str
    until: str


@problem_kind
class NoSeries(Problem):
    """A parameter that no YAML file gives a value."""

    code, slug = "D2016", "no-series"
    zh = "参数 `{name}` 在参数文件里没有数值"
    en = "the parameter `{name}` has no value in any parameter file"
    mends_zh = ("参数文件里的 `{near}` 是不是它？", "在 `parameters` 文件夹的 YAML 文件里写上它")
    mends_en = (
        "is `{near}` in the parameter files meant?",
        "write it in a YAML file of the folder `parameters`",
    )
    name: str
    near: str = ""


@problem_kind
class UndeclaredSeries(Problem):
    """A value in a YAML file for a parameter that no rule file declares."""

    code, slug = "D2017", "undeclared-series"
    zh = "参数文件里的 `{name}` 没有在规则里声明"
    en = "`{name}` in the parameter file is not declared in the rules"
    mends_zh = ("是不是 `{near}`？", "在规则里写 `参数 {name}: 单位`")
    mends_en = ("perhaps `{near}`?", "write `参数 {name}: unit` in the rules")
    name: str
    near: str = ""


@problem_kind
class FormerSeriesName(Problem):
    """Values under a name that their parameter had before."""

    code, slug, severity = "D1565", "former-series-name", "warning"
    zh = "`{name}` 现在叫 `{now}`，这里还是曾用名"
    en = "`{name}` is now called `{now}`; this is a name that it had before"
    mends_zh = ("改写为 `{now}`",)
    mends_en = ("write `{now}`",)
    name: str
    now: str


@problem_kind
class UnusedParameter(Problem):
    """A parameter that no rule reads."""

    code, slug = "D2018", "unused-parameter"
    severity = "warning"
    zh = "参数 `{name}` 没有任何规则用到"
    en = "no rule uses the parameter `{name}`"
    mends_zh = ("写出用到它的规则，或者删去它",)
    mends_en = ("write the rule that uses it, or remove it",)
    name: str


@problem_kind
class UnreadInput(Problem):
    """An input that no rule reads."""

    code, slug = "D2019", "unread-input"
    severity = "warning"
    zh = "输入 `{name}` 没有任何规则用到"
    en = "no rule uses the input `{name}`"
    mends_zh = ("写出用到它的规则，或者删去它",)
    mends_en = ("write the rule that uses it, or remove it",)
    name: str


@problem_kind
class BeforeFirstDate(Problem):
    """A date before the policy begins."""

    code, slug = "D2020", "before-first-date"
    zh = "{day} 早于政策 `{policy}` 的第一天 {first}（{reason}）"
    en = "{day} is before the first day of the policy `{policy}`, {first} ({reason_en})"
    day: str
    policy: str
    first: str
    reason: str
    reason_en: str


@problem_kind
class AfterLastDate(Problem):
    """A date after the policy ends."""

    code, slug = "D2021", "after-last-date"
    zh = "{day} 晚于政策 `{policy}` 的最后一天 {last}"
    en = "{day} is after the last day of the policy `{policy}`, {last}"
    day: str
    policy: str
    last: str


@problem_kind
class ChangedDeclaration(Problem):
    """A later version of a rule with another scope, type or kind."""

    code, slug = "D2022", "changed-declaration"
    zh = "`{name}` 的两处规定类型不同：`{first}` 与 `{second}`"
    en = "two versions of `{name}` differ in type: `{first}` and `{second}`"
    mends_zh = ("统一两处的类型，或给后一处换一个名称",)
    mends_en = ("give both the same type, or give the later one another name",)
    name: str
    first: str
    second: str


@problem_kind
class UnreadableFile(Problem):
    """A file that is not UTF-8 text, or a folder without any rule."""

    code, slug = "D2023", "unreadable-file"
    zh = "读不了 `{path}`：{reason}"
    en = "`{path}` cannot be read: {reason_en}"
    path: str
    reason: str
    reason_en: str


@problem_kind
class UnknownOverride(Problem):
    """A `改写` of a name that no rule has."""

    code, slug = "D2024", "unknown-override"
    zh = "要改写的 `{name}` 不是继承来的规则"
    en = "`{name}`, which is to be rewritten, is no inherited rule"
    mends_zh = (
        "它是收入 `{income}` 的一项扣减：改写整个 `{income}`",
        "是不是 `{near}`？",
        "新的规则用 `定义`、`救助` 等块来写",
    )
    mends_en = (
        "it is a deduction of the income `{income}`: rewrite the whole of `{income}`",
        "perhaps `{near}`?",
        "a new rule is written as a `定义`, `救助` or another block",
    )
    name: str
    near: str = ""
    income: str = ""


@problem_kind
class OverrideOfOwn(Problem):
    """A `改写` of a rule of the same policy."""

    code, slug = "D2025", "override-of-own"
    zh = "`{name}` 是本政策自己的规则，不用改写"
    en = "`{name}` is a rule of this policy itself and needs no `改写`"
    mends_zh = ("直接改那条规则；新旧规定并存的，写两个块，各写明 `自 … 起` 和 `至 …`",)
    mends_en = (
        "edit the rule; where an old and a new version follow each other, write two blocks with their days",
    )
    name: str
