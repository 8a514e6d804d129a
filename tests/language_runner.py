"""Pages that are tests of the language: rules, and tables of households with the results they have to get.

A page is read section by section (`## …`); a section without rules of its own goes on with those before it.

    ```dibao                the rules; without a `政策` block of their own they follow one that is added
    ```dibao parent=CODE    the rules of a policy to inherit from
    ```yaml                 the values of the parameters
    ```dibao same           another spelling, which has to become the very same program
    ```problems             the exact problems of the rules; such a section has no table
    ```due NAME DAY         the last day of each step of a procedure begun on a day, and of its posting;
                            `after=STEP` for what follows a step, `on=DAY` for the rules of another day
    ```split NAME YUAN      what each payer of a fund pays of an amount

A table has one household in each row. Before the column `⇒` stand its facts, after it the results.

    家庭收入                 a fact or a result of the household, by either of its names (a fact by a former one too)
    成员2.工资收入           a fact or a result of the second member
    成员.工资收入            the same fact for every member
    成员数                   how many members there are, where their facts do not say so
    日期                     the day of the decision; 2024-01-01 where there is no such column

A value is written with its unit, `430元/月`, or as the number alone; `1000÷3元` is a number without an end.
An empty cell is a fact that is not given, or a result that is not looked at.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from dibao_policy.compile import Compiled, compiled_on, run_passes
from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, Number, Type, YesNo
from dibao_policy.dates import day_number
from dibao_policy.lawcraft.fund import split
from dibao_policy.lawcraft.procedure import due_days
from dibao_policy.lawcraft.properties import HOUSEHOLDS, check_properties
from dibao_policy.model.layers import PolicyText
from dibao_policy.policy import Snapshot
from dibao_policy.problem import Problem, has_errors, in_reading_order, one_line
from dibao_policy.text import Source
from dibao_policy.units import read_unit, shown_scale

from .page_runner import HEADER

ARROW = "⇒"
_DAY = "2024-01-01"
_FENCE = re.compile(r"^```(?P<info>[a-z][^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_OWN_HEADER = re.compile(r"^\s*(政策|policy)[\s　]", re.MULTILINE)
_MEMBER = re.compile(r"成员([0-9]*)\.(.+)")
_VALUE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:÷([0-9]+))?(.*)")


@frozen
class Row:
    """One household and what it has to get."""

    line: int
    facts: dict[str, str]
    results: dict[str, str]


@frozen
class Stated:
    """What a page says of a procedure or a fund."""

    kind: str
    name: str
    start: str
    options: dict[str, str]
    body: str


@frozen
class Section:
    """One program of a page, with its tables."""

    title: str
    rules: str
    values: str
    parents: dict[str, str]
    same: tuple[str, ...]
    problems: str | None
    tables: tuple[tuple[Row, ...], ...]
    stated: tuple[Stated, ...] = ()


@frozen
class Compiling:
    """The regimes of a section's program."""

    passed: Any = field(repr=False)

    def on(self, day: datetime.date) -> Compiled:
        return compiled_on(self.passed, day)


def read_sections(path: Path) -> tuple[Section, ...]:
    text = path.read_text("utf-8")
    sections: list[Section] = []
    rules, values, parents = "", "", dict[str, str]()
    line = 1
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        title = part.split("\n", 1)[0].lstrip("# ")
        same: list[str] = []
        stated: list[Stated] = []
        problems = None
        fresh = True
        for fence in _FENCE.finditer(part):
            language, *words = fence["info"].split()
            body = fence["body"]
            if language in ("dibao", "yaml") and words != ["same"] and fresh:
                rules, values, parents, fresh = "", "", {}, False
            match language, words:
                case "dibao", []:
                    rules = body
                case "dibao", ["same"]:
                    same.append(body)
                case "dibao", [word] if word.startswith("parent="):
                    parents[word.removeprefix("parent=")] = body
                case "yaml", []:
                    values = body
                case "problems", []:
                    problems = body
                case ("due" | "split") as kind, [name, start, *options]:
                    named = dict(option.split("=", 1) for option in options)
                    stated.append(Stated(kind, name, start, named, body))
                case _:
                    raise AssertionError(f"{path.name}: ```{fence['info']} 不是这里用的块")
        tables = _tables(_FENCE.sub(lambda found: "\n" * found[0].count("\n"), part), line)
        if same or problems is not None or tables or stated:
            sections.append(
                Section(
                    title,
                    rules,
                    values,
                    dict(parents),
                    tuple(same),
                    problems,
                    tables,
                    tuple(stated),
                )
            )
        line += part.count("\n")
    return tuple(sections)


def _tables(text: str, first_line: int) -> tuple[tuple[Row, ...], ...]:
    tables: list[tuple[Row, ...]] = []
    header: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate([*text.split("\n"), ""], first_line):
        if not line.startswith("|"):
            if header is not None:
                tables.append(tuple(rows))
            header, rows = None, []
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if header is None:
            assert ARROW in cells, f"第 {number} 行：表头里没有 {ARROW}"
            header = cells
        elif not set(line) <= set("|-: "):
            assert len(cells) == len(header), f"第 {number} 行的列数与表头不同"
            arrow = header.index(ARROW)
            pairs = list(zip(header, cells, strict=True))
            rows.append(Row(number, _filled(pairs[:arrow]), _filled(pairs[arrow + 1 :])))
    return tuple(tables)


def _filled(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {name: cell for name, cell in pairs if cell}


def problems_of(section: Section, rules: str = "") -> tuple[Problem, ...]:
    """The problems of a section's rules, and of their properties on households drawn at random."""
    passed = _pass(section, rules or section.rules)
    if has_errors(passed.problems):
        return passed.problems
    found = check_properties([one.program for one in passed.compiled], HOUSEHOLDS)
    return in_reading_order([*passed.problems, *found])


def compile_section(section: Section, rules: str = "") -> Compiling:
    passed = _pass(section, rules or section.rules)
    told = [one_line(problem) for problem in passed.problems]
    assert not has_errors(passed.problems), told
    return Compiling(passed)


def _pass(section: Section, rules: str) -> Any:
    sources = [Source("规则", rules)]
    if not _OWN_HEADER.search(rules):
        sources.insert(0, Source("政策", HEADER))
    values = (Source("参数", section.values),) if section.values else ()
    parents = section.parents

    def library(code: str) -> PolicyText | None:
        if code not in parents:
            return None
        return PolicyText(code, (Source(code, parents[code]),), ())

    return run_passes(PolicyText("example", tuple(sources), values, tuple(parents)), library)


def day_of(row: Row) -> datetime.date:
    return datetime.date.fromisoformat(row.facts.get("日期", _DAY))


def household_of(row: Row, program: ir.Program) -> dict[str, Any]:
    """The household of a row, as another system would hand it in."""
    types = {
        form: fact.type for fact in program.facts for form in (fact.name, fact.code, *fact.former)
    }
    given: dict[str, Any] = {}
    own: dict[int, dict[str, Any]] = {}
    shared: dict[str, Any] = {}
    for name, cell in row.facts.items():
        if name in ("日期", "成员数"):
            continue
        found = _MEMBER.fullmatch(name)
        fact = found[2] if found else name
        value = _given(cell, types[fact]) if fact in types else cell
        if found is None:
            given[fact] = value
        elif found[1]:
            own.setdefault(int(found[1]), {})[fact] = value
        else:
            shared[fact] = value
    size = max([1, int(row.facts.get("成员数", "1")), *own])
    given["成员"] = [{**shared, **own.get(place, {})} for place in range(1, size + 1)]
    return given


def _given(cell: str, kind: Type) -> Any:
    """A number in the unit that is shown; anything else as it is written."""
    if not isinstance(kind, Number):
        return cell
    value = value_of(cell, kind)
    assert isinstance(value, Fraction)
    return value / shown_scale(kind.unit)


def value_of(cell: str, kind: Type) -> ir.Value:
    """What a cell says, in smallest units."""
    match kind:
        case YesNo():
            assert cell in ("是", "否"), cell
            return cell == "是"
        case Enumerated(_, members):
            return [cell in forms for forms in members].index(True)
        case Number(unit):
            found = _VALUE.fullmatch(cell)
            assert found is not None, cell
            number = Fraction(found[1]) / int(found[2] or 1)
            if found[3] == "%":
                return number / 100
            if not found[3]:
                return number * shown_scale(unit)
            written = read_unit(found[3])
            assert written is not None and written[0] == unit, f"{cell} 的单位不对"
            return number * written[1]
    return day_number(datetime.date.fromisoformat(cell))


def expected_of(row: Row, program: ir.Program) -> dict[tuple[str, int | None], ir.Value]:
    """The results that a row asks for, by rule and member."""
    rules = {form: rule for rule in program.rules for form in (rule.name, rule.code) if form}
    wanted: dict[tuple[str, int | None], ir.Value] = {}
    for name, cell in row.results.items():
        found = _MEMBER.fullmatch(name)
        rule = rules[found[2] if found else name]
        place = int(found[1]) - 1 if found else None
        assert (rule.scope == "member") == (place is not None), f"{name} 不是{rule.scope}的结果"
        wanted[rule.name, place] = value_of(cell, rule.type)
    return wanted


def stated_of(stated: Stated, snapshot: Snapshot) -> str:
    """What a procedure or a fund comes to, as a page writes it."""
    if stated.kind == "split":
        parts = split(snapshot.fund(stated.name), Decimal(stated.start))
        return "".join(f"{payer} {part}元\n" for payer, part in parts.items())
    start = datetime.date.fromisoformat(stated.start)
    after = stated.options.get("after", "")
    steps = due_days(snapshot.procedure(stated.name), start, after=after)
    return "".join(
        f"{one.step.name} {' '.join(str(day) for day in (one.due, one.posted) if day) or '—'}\n"
        for one in steps
    )
