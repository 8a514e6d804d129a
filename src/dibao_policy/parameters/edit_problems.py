"""Problems of a value that is to be added to a parameter (D1553 to D1566), with their words."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind

# ---- which parameter, from when -----------------------------------------------------------


@problem_kind
class UnknownParameter(Problem):
    """A value for a parameter that the policy does not have."""

    code, slug = "D1553", "unknown-parameter"
    zh = "`{policy}` 没有叫 `{name}` 的参数，有的是 `{known}`"
    en = "`{policy}` has no parameter `{name}`; its parameters are `{known}`"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    policy: str
    name: str
    near: str
    known: tuple[str, ...]


@problem_kind
class ValuesElsewhere(Problem):
    """A value for a parameter whose values stand in the folder of another policy."""

    code, slug = "D1554", "values-elsewhere"
    zh = "`{name}` 的数值不在 `{policy}` 里，写在 `{other}` 里"
    en = "the values of `{name}` are not in `{policy}` but in `{other}`"
    mends_zh = ("在 `{other}` 的文件夹里添加",)
    mends_en = ("add it in the folder of `{other}`",)
    name: str
    policy: str
    other: str


@problem_kind
class DayTaken(Problem):
    """A value from a day from which there is one."""

    code, slug = "D1555", "day-taken"
    zh = "`{name}` 已有从 {since} 起的值"
    en = "`{name}` already has a value from {since}"
    mends_zh = ("核对日期；要改的是已有的值，就在文件里改这一项",)
    mends_en = ("check the day; to change the value that is there, change it in the file",)
    name: str
    since: str


# ---- values on a command line -------------------------------------------------------------


@problem_kind
class NoValues(Problem):
    """A raise without a number."""

    code, slug = "D1556", "no-values"
    zh = "没有给出 `{name}` 的数值"
    en = "no value of `{name}` is given"
    mends_zh = ("逐项给出 `{members}`，写作 `名称=数值`", "写上一个数值")
    mends_en = ("give each of `{members}` as `name=value`", "write one number")
    name: str
    members: tuple[str, ...]


@problem_kind
class NotAnAssignment(Problem):
    """A word with an empty side of its `=`."""

    code, slug = "D1557", "not-an-assignment"
    zh = "`{text}` 缺少等号一边的内容"
    en = "`{text}` lacks one side of the equals sign"
    mends_zh = ("写作 `名称=数值`",)
    mends_en = ("write `name=value`",)
    text: str


@problem_kind
class SeveralValues(Problem):
    """Several plain numbers for a parameter that has one."""

    code, slug = "D1558", "several-values"
    zh = "`{name}` 只有一个数值，这里给了 {count} 个"
    en = "`{name}` has one value, and {count} are given"
    mends_zh = ("只留一个",)
    mends_en = ("keep one of them",)
    name: str
    count: int


# ---- values in a table --------------------------------------------------------------------


@problem_kind
class UnknownColumn(Problem):
    """A column that says nothing about the parameter."""

    code, slug = "D1559", "unknown-column"
    zh = "表里有 `{column}` 这一列，可以有的是 `{allowed}`"
    en = "the table has a column `{column}`; the columns are `{allowed}`"
    mends_zh = ("是不是 `{near}`？", "删去这一列")
    mends_en = ("perhaps `{near}`?", "remove the column")
    column: str
    near: str
    allowed: tuple[str, ...]


@problem_kind
class MissingColumn(Problem):
    """A table without a column that it needs."""

    code, slug = "D1560", "missing-column"
    zh = "表里缺少 `{columns}` 这一列"
    en = "the table lacks the column `{columns}`"
    mends_zh = ("第一行写列名：`{allowed}`",)
    mends_en = ("write the names of the columns on the first line: `{allowed}`",)
    columns: tuple[str, ...]
    allowed: tuple[str, ...]


@problem_kind
class RepeatedColumn(Problem):
    """One column twice, under one name or under both."""

    code, slug = "D1561", "repeated-column"
    zh = "`{column}` 这一列重复，前面已有 `{earlier}`"
    en = "the column `{column}` is repeated: `{earlier}` stands before it"
    mends_zh = ("只留一列",)
    mends_en = ("keep one of them",)
    column: str
    earlier: str


@problem_kind
class CellsInRow(Problem):
    """A row with more or fewer cells than the first line has names."""

    code, slug = "D1562", "cells-in-row"
    zh = "第 {line} 行有 {count} 格，第一行的列名有 {wanted} 个"
    en = "line {line} has {count} cells, and the first line names {wanted} columns"
    mends_zh = ("补全或删去多出的格；数里的逗号要去掉",)
    mends_en = ("fill in or remove cells; a number has no commas",)
    line: int
    count: int
    wanted: int


@problem_kind
class EmptyCell(Problem):
    """A cell with nothing in it."""

    code, slug = "D1563", "empty-cell"
    zh = "第 {line} 行的 `{column}` 是空的"
    en = "`{column}` is empty on line {line}"
    mends_zh = ("写上内容，或删去这一行",)
    mends_en = ("fill it in, or remove the line",)
    line: int
    column: str


@problem_kind
class UnclosedCell(Problem):
    """A quotation mark in a table that none closes."""

    code, slug = "D1564", "unclosed-cell"
    zh = "第 {line} 行的引号没有成对"
    en = "a quotation mark on line {line} is not closed"
    mends_zh = ("补上或删去引号",)
    mends_en = ("close it or remove it",)
    line: int
