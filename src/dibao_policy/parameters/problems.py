"""Problems of the text of a parameter file (D1501 to D1529), with their words in both tongues."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind

# ---- keys and kinds of value -------------------------------------------------------------


@problem_kind
class UnknownKey(Problem):
    """A key that has no meaning where it stands."""

    code, slug = "D1501", "unknown-key"
    zh = "这里没有 `{key}` 这个键，可以写的是 `{allowed}`"
    en = "there is no key `{key}` here; the keys are `{allowed}`"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    key: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class RepeatedKey(Problem):
    """One key written twice, under one spelling or under both."""

    code, slug = "D1502", "repeated-key"
    zh = "`{key}` 重复，前面已有 `{earlier}`"
    en = "`{key}` is repeated: `{earlier}` stands before it"
    mends_zh = ("只留一个",)
    mends_en = ("keep one of them",)
    key: str
    earlier: str


@problem_kind
class MissingKey(Problem):
    """A key that has to be there and is not."""

    code, slug = "D1503", "missing-key"
    zh = "`{owner}` 缺少 `{key}`"
    en = "`{owner}` lacks `{key}`"
    mends_zh = ("补上一行 `{key}: …`",)
    mends_en = ("add a line `{key}: …`",)
    owner: str
    key: str


@problem_kind
class NotAMapping(Problem):
    """Something else where keys and values are expected."""

    code, slug = "D1504", "not-keys-and-values"
    zh = "`{key}` 下面应当是若干行 `键: 值`"
    en = "`{key}` should hold lines of `key: value`"
    mends_zh = ("每行写一个键，半角冒号后空一格",)
    mends_en = ("write one key on each line, with a colon and a space after it",)
    key: str


@problem_kind
class NotAList(Problem):
    """Something else where a list is expected."""

    code, slug = "D1505", "not-a-list"
    zh = "`{key}` 下面应当是列表"
    en = "`{key}` should hold a list"
    mends_zh = ("每一项以 `- ` 开头",)
    mends_en = ("begin each item with `- `",)
    key: str


@problem_kind
class NotAText(Problem):
    """A list or keys where one plain value is expected."""

    code, slug = "D1506", "not-one-value"
    zh = "`{key}` 应当只有一个值"
    en = "`{key}` should hold one value"
    mends_zh = ("把值写在 `{key}:` 的同一行",)
    mends_en = ("write the value on the line of `{key}:`",)
    key: str


@problem_kind
class EmptyValue(Problem):
    """A key with nothing after it."""

    code, slug = "D1507", "empty-value"
    zh = "`{key}` 没有值"
    en = "`{key}` has no value"
    mends_zh = ("写上值，或删去这个键",)
    mends_en = ("write its value, or remove the key",)
    key: str


@problem_kind
class FullWidthMark(Problem):
    """A full-width colon or comma where YAML knows the half-width one only."""

    code, slug = "D1508", "full-width-mark"
    zh = "全角的 `{mark}` 在这里不起分隔作用"
    en = "the full-width `{mark}` does not separate anything here"
    mends_zh = ("改写为半角的 `{plain}`，后面空一格",)
    mends_en = ("write the half-width `{plain}` and a space",)
    mark: str
    plain: str


# ---- scalars ------------------------------------------------------------------------------


@problem_kind
class NotANumber(Problem):
    """A value that does not spell a number in plain digits."""

    code, slug = "D1509", "not-a-number"
    zh = "`{text}` 不是直接写出的数"
    en = "`{text}` is not a number in plain digits"
    mends_zh = ("写作 `{likely}`", "用数字写，如 `410`、`0.20`、`20%`、`410元/人月`")
    mends_en = ("write `{likely}`", "write digits, as in `410`, `0.20`, `20%`, `410元/人月`")
    text: str
    likely: str


@problem_kind
class TooManyDigits(Problem):
    """A number longer than any that is computed with."""

    code, slug = "D1510", "too-many-digits"
    zh = "这个数有 {digits} 位数字，最多 {limit} 位"
    en = "the number has {digits} digits; at most {limit} are read"
    digits: int
    limit: int


@problem_kind
class NotADate(Problem):
    """A value that does not name a day."""

    code, slug = "D1511", "not-a-date"
    zh = "`{text}` 不是日期"
    en = "`{text}` is not a date"
    mends_zh = (
        "写作 `{likely}`",
        "写作四位年、两位月、两位日，如 `2011-01-01`，并核对当月有无这一天",
    )
    mends_en = (
        "write `{likely}`",
        "write year, month and day as in `2011-01-01`, and check that the month has that day",
    )
    text: str
    likely: str


@problem_kind
class DateOutOfRange(Problem):
    """A day too early or too late to be meant."""

    code, slug = "D1512", "date-out-of-range"
    zh = "`{text}` 不在 {first} 至 {last} 之间"
    en = "`{text}` is not between {first} and {last}"
    mends_zh = ("核对年份；没有结束日期的，不写 `至`",)
    mends_en = ("check the year; what has no end has no `至` (until)",)
    text: str
    first: str
    last: str


@problem_kind
class UnknownWord(Problem):
    """A word outside the few that a key takes."""

    code, slug = "D1513", "unknown-word"
    zh = "`{key}` 不能写 `{word}`，可以写的是 `{allowed}`"
    en = "`{key}` cannot be `{word}`; it is one of `{allowed}`"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    key: str
    word: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class SourceWithoutDocument(Problem):
    """A source that claims to have been read and does not say what it is."""

    code, slug = "D1514", "source-without-document"
    zh = "来源的状态是 `{status}`，却没有写是哪个文件"
    en = "the source is marked `{status}` but names no document"
    mends_zh = ("补上 `{key}: …`；确实没有文件时，状态写作 `未核实`",)
    mends_en = ("add `{key}: …`; where there is no document, the status is `未核实`",)
    status: str
    key: str


@problem_kind
class EndBeforeStart(Problem):
    """A period that ends before it begins."""

    code, slug = "D1515", "end-before-start"
    zh = "`{key}` {end} 早于开始的日期 {since}"
    en = "`{key}` {end} is before the first day {since}"
    key: str
    end: str
    since: str


@problem_kind
class KeyNotAWord(Problem):
    """A list or a mapping where a key is expected."""

    code, slug = "D1516", "key-not-a-word"
    zh = "键应当是一个词，不能是 `{text}`"
    en = "a key is one word and cannot be `{text}`"
    text: str


# ---- the text as a whole ------------------------------------------------------------------


@problem_kind
class YamlSyntax(Problem):
    """Text that YAML cannot read."""

    code, slug = "D1520", "yaml-syntax"
    zh = "从这里起读不出 YAML 的结构"
    en = "the structure of the YAML text cannot be read from here"
    mends_zh = (
        "缩进处有制表符 `{tab}`，改用空格",
        "核对缩进是否对齐、冒号后有无空格、引号和括号是否成对",
    )
    mends_en = (
        "the indentation has a tab `{tab}`: use spaces",
        "check that lines align, a space follows each colon, and quotes and brackets are in pairs",
    )
    tab: str


@problem_kind
class TagRefused(Problem):
    """A YAML tag: a parameter file is data and names no types."""

    code, slug = "D1521", "tag"
    zh = "参数文件里不能写 YAML 标签 `{tag}`"
    en = "a parameter file cannot hold the YAML tag `{tag}`"
    mends_zh = ("删去标签，只留值",)
    mends_en = ("remove the tag and keep the value",)
    tag: str


@problem_kind
class AnchorRefused(Problem):
    """A YAML anchor or alias: a value stands where it is read."""

    code, slug = "D1522", "anchor"
    zh = "参数文件里不能用 YAML 锚点或引用 `{anchor}`"
    en = "a parameter file cannot use the YAML anchor or alias `{anchor}`"
    mends_zh = ("把值直接写在每一处",)
    mends_en = ("write the value itself in each place",)
    anchor: str


@problem_kind
class SeveralDocuments(Problem):
    """A second YAML document in one file."""

    code, slug = "D1523", "several-documents"
    zh = "一个参数文件只能有一份 YAML 文档，这里开始了第二份"
    en = "a parameter file holds one YAML document, and a second one begins here"
    mends_zh = ("删去 `---`，或分成两个文件",)
    mends_en = ("remove `---`, or make two files of it",)


@problem_kind
class TextTooLong(Problem):
    """A file longer than is read."""

    code, slug = "D1524", "text-too-long"
    zh = "文件有 {length} 个字符，最多 {limit} 个"
    en = "the file has {length} characters; at most {limit} are read"
    mends_zh = ("分成几个文件",)
    mends_en = ("make several files of it",)
    length: int
    limit: int


@problem_kind
class NestedTooDeep(Problem):
    """Lists in lists, keys under keys, beyond any use."""

    code, slug = "D1525", "nested-too-deep"
    zh = "嵌套超过 {limit} 层"
    en = "the nesting is deeper than {limit} levels"
    limit: int


@problem_kind
class ControlCharacter(Problem):
    """A control character, which no editor shows."""

    code, slug = "D1526", "control-character"
    zh = "文字里有控制字符 `{character}`"
    en = "the text holds the control character `{character}`"
    mends_zh = ("删去它，或重新输入这一行",)
    mends_en = ("remove it, or type the line again",)
    character: str


@problem_kind
class InvisibleCharacter(Problem):
    """A character that is not seen and changes what is: direction marks, zero-width marks."""

    code, slug = "D1527", "invisible-character"
    zh = "文字里有看不见的排版字符 `{character}`，显示的可能与写的不同"
    en = "the text holds the invisible character `{character}`: it may not show what it says"
    mends_zh = ("删去它，或重新输入这一行",)
    mends_en = ("remove it, or type the line again",)
    character: str


@problem_kind
class MoreProblems(Problem):
    """The end of a list that was cut."""

    code, slug = "D1528", "more-problems"
    zh = "只列出前 {limit} 个问题，还有问题没有列出"
    en = "the first {limit} problems are listed, and there are more problems not listed"
    limit: int


@problem_kind
class TooManyParts(Problem):
    """More keys and values than are read from one file."""

    code, slug = "D1529", "too-many-parts"
    zh = "文件里的键和值超过 {limit} 个"
    en = "the file holds more than {limit} keys and values"
    mends_zh = ("分成几个文件",)
    mends_en = ("make several files of it",)
    limit: int
