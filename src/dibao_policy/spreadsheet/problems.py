"""Problems of a workbook of parameters (D1570 to D1584), with their words; `cell` is `认定标准!C4`."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class UnreadableWorkbook(Problem):
    """A file that is not a workbook, or too large for one."""

    code, slug = "D1570", "unreadable-workbook"
    zh = "`{path}` 读不出表格：{reason}"
    en = "`{path}` cannot be read as a workbook: {reason_en}"
    mends_zh = ("另存为 xlsx 格式",)
    mends_en = ("save it in the format xlsx",)
    path: str
    reason: str
    reason_en: str


@problem_kind
class NotFromPolicy(Problem):
    """A workbook that was not exported from this policy."""

    code, slug = "D1571", "workbook-of-another-policy"
    zh = "工作簿的 `{sheet}` 表没有写明它来自 `{policy}`"
    en = "the sheet `{sheet}` of the workbook does not say that it comes from `{policy}`"
    mends_zh = ("从 `{policy}` 导出一份，在那一份里改",)
    mends_en = ("export `{policy}`, and edit that workbook",)
    sheet: str
    policy: str


@problem_kind
class OutdatedWorkbook(Problem):
    """A workbook that was exported before the parameter files were changed."""

    code, slug = "D1572", "outdated-workbook"
    zh = "导出之后，`{policy}` 的参数文件改过"
    en = "the parameter files of `{policy}` were changed after the export"
    mends_zh = ("重新导出，在新的一份里改",)
    mends_en = ("export again, and edit the new workbook",)
    policy: str


@problem_kind
class UnknownSheet(Problem):
    """A sheet that the export did not have."""

    code, slug = "D1573", "unknown-sheet"
    zh = "多出一张表 `{sheet}`"
    en = "there is a sheet `{sheet}` that was not exported"
    mends_zh = ("是不是 `{near}`？", "删去这张表")
    mends_en = ("perhaps `{near}`?", "remove the sheet")
    sheet: str
    near: str


@problem_kind
class MissingSheet(Problem):
    """A sheet of the export that is gone."""

    code, slug = "D1574", "missing-sheet"
    zh = "缺少 `{sheet}` 这张表"
    en = "the sheet `{sheet}` is missing"
    mends_zh = ("恢复这张表；不改的表也要留着",)
    mends_en = ("bring it back; sheets without an edit stay as well",)
    sheet: str


@problem_kind
class HeaderChanged(Problem):
    """A name of a column that is not as it was exported."""

    code, slug = "D1575", "header-changed"
    zh = "`{cell}` 的列名写作 `{text}`，导出时是 `{wanted}`"
    en = "the column at `{cell}` is called `{text}`; it was exported as `{wanted}`"
    mends_zh = ("恢复列名和列的次序",)
    mends_en = ("bring back the names and the order of the columns",)
    cell: str
    text: str
    wanted: str


@problem_kind
class FixedCell(Problem):
    """A cell of an entry that stands, other than a number, with another text."""

    code, slug = "D1576", "fixed-cell"
    zh = "`{cell}` 的 `{column}` 写作 `{text}`，文件里是 `{before}`；已有各行只能改数值"
    en = "`{column}` at `{cell}` is `{text}`, and `{before}` in the file; only numbers can be edited in rows that stand"
    mends_zh = ("恢复原来的内容；确实要改的，在参数文件里改",)
    mends_en = ("bring back what it was; a change that is meant is made in the parameter file",)
    cell: str
    column: str
    text: str
    before: str


@problem_kind
class MissingRow(Problem):
    """An entry that has no row any more."""

    code, slug = "D1577", "missing-row"
    zh = "`{cell}` 起的那一行不见了：`{name}` 从 {since} 起的值"
    en = "the row at `{cell}` is gone: the value of `{name}` from {since}"
    mends_zh = ("恢复这一行；要停用的，在参数文件里写 `至`",)
    mends_en = ("bring it back; a value that ends is given an `until` in the parameter file",)
    cell: str
    name: str
    since: str


@problem_kind
class RepeatedRow(Problem):
    """Two rows from one day."""

    code, slug = "D1578", "repeated-row"
    zh = "`{cell}` 与 `{earlier}` 都从 {since} 起"
    en = "`{cell}` and `{earlier}` both start on {since}"
    mends_zh = ("只留一行，或改日期",)
    mends_en = ("keep one of them, or change the day",)
    cell: str
    earlier: str
    since: str


@problem_kind
class FormulaCell(Problem):
    """A formula where a text or a number belongs."""

    code, slug = "D1579", "formula-cell"
    zh = "`{cell}` 是公式"
    en = "`{cell}` holds a formula"
    mends_zh = ("写上结果本身：复制后选择性粘贴为数值",)
    mends_en = ("write the result itself: copy it, and paste it as a value",)
    cell: str


@problem_kind
class InexactNumber(Problem):
    """A number that the spreadsheet holds only approximately."""

    code, slug = "D1580", "inexact-number"
    zh = "`{cell}` 的数存作 `{text}`，不是位数不多的小数"
    en = "the number at `{cell}` is stored as `{text}`, which is no decimal with few digits"
    mends_zh = ("重新键入这个数，或把单元格设为文本再写",)
    mends_en = ("type the number again, or make the cell a text",)
    cell: str
    text: str


@problem_kind
class NotANumberThere(Problem):
    """A cell for a number with something else, or nothing, in it."""

    code, slug = "D1581", "no-number-in-cell"
    zh = "`{cell}` 的 `{column}` 要有一个数，写作 `{text}`"
    en = "`{column}` at `{cell}` has to be a number, and is `{text}`"
    mends_zh = ("写成 `410`、`20%` 这样的数",)
    mends_en = ("write a number such as `410` or `20%`",)
    cell: str
    column: str
    text: str


@problem_kind
class NotADateThere(Problem):
    """A cell for a day with something else in it."""

    code, slug = "D1582", "no-date-in-cell"
    zh = "`{cell}` 的 `{column}` 要有一个日期，写作 `{text}`"
    en = "`{column}` at `{cell}` has to be a date, and is `{text}`"
    mends_zh = ("写成 `2024-01-01` 这样的日期",)
    mends_en = ("write a date such as `2024-01-01`",)
    cell: str
    column: str
    text: str


@problem_kind
class NotAWordThere(Problem):
    """A cell of a new row with a text that does not go there."""

    code, slug = "D1583", "no-such-word-in-cell"
    zh = "`{cell}` 的 `{column}` 写作 `{text}`，可以写 `{allowed}`"
    en = "`{column}` at `{cell}` is `{text}`; it can be `{allowed}`"
    mends_zh = ("是不是 `{near}`？", "改写这一格")
    mends_en = ("perhaps `{near}`?", "change the cell")
    cell: str
    column: str
    text: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class NoWorkbookLibrary(Problem):
    """The library that reads and writes workbooks is not installed."""

    code, slug = "D1584", "no-workbook-library"
    zh = "没有安装读写工作簿的库"
    en = "the library that reads and writes workbooks is not installed"
    mends_zh = ("安装：`pip install 'dibao-policy[xlsx]'`",)
    mends_en = ("install it: `pip install 'dibao-policy[xlsx]'`",)
