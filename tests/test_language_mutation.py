"""Whether the pages of the language would notice a change of what they show.

Each quantity of a program is made greater by its smallest unit (a ratio by a hundredth), each comparison
is changed into the one beside it (`<` and `≤`, `>` and `≥`, `=` and `≠`), each way of rounding into
every other one, and each order of places is turned round; one change at a time.
A change that no row notices stands below with its reason; any other one is a gap in the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import attrs

from dibao_policy.compile import Compiled
from dibao_policy.core import ir
from dibao_policy.core.rebuild import with_children
from dibao_policy.core.types import Number
from dibao_policy.evaluate.interpret import interpret, values_of
from dibao_policy.facts.household import read_household, reader_for
from dibao_policy.text import Span, covered
from dibao_policy.units import Unit, grain
from dibao_policy.values import ROUNDING_NAMES, Rounding

from .conftest import ROOT
from .language_runner import (
    Row,
    Section,
    compile_section,
    day_of,
    expected_of,
    household_of,
    read_sections,
)

PAGES = sorted((ROOT / "tests" / "language").glob("*.md"))

SIBLINGS = {
    "less": "at_most",
    "at_most": "less",
    "greater": "at_least",
    "at_least": "greater",
    "equal": "unequal",
    "unequal": "equal",
}

UNNOTICED: dict[str, str] = {
    f"取整两次 · 先粗后细，第二次不再改变 · {clause} · {mode}": "已是整数倍的，怎样取整都不变"
    for clause in ("取整 到 5元/月 进位", "取整 到 1元/月 进位")
    for mode in ("舍去", "四舍五入", "四舍六入五成双")
}

Site = tuple[str, int, int, str]
"""A place in a text, and what stands there."""


def test_every_change_of_a_page_is_noticed_but_for_those_explained() -> None:
    survivors = [
        told
        for path in PAGES
        for section in read_sections(path)
        if section.tables
        for told in _unnoticed(path, section)
    ]
    assert sorted(survivors) == sorted(UNNOTICED)


def test_a_table_that_shows_one_side_only_is_found_out() -> None:
    path = ROOT / "tests" / "language" / "如果.md"
    first = read_sections(path)[0]
    assert list(_unnoticed(path, first)) == []
    one_sided = attrs.evolve(first, tables=(first.tables[0][1:],))
    found = sorted(told.split(" · ", 2)[2] for told in _unnoticed(path, one_sided))
    assert found == ["80元/月 · 数", "月租 > 500元/月 · greater"]


def _unnoticed(path: Path, section: Section) -> Iterator[str]:
    compiling = compile_section(section)
    rows = [row for table in section.tables for row in table]
    used = {id(compiling.on(day_of(row))): compiling.on(day_of(row)) for row in rows}
    places = {site: span for one in used.values() for site, span in _sites(one.program)}
    for site, span in places.items():
        changed = {key: _changed(one, site) for key, one in used.items()}
        if not any(_differs(row, changed[id(compiling.on(day_of(row)))]) for row in rows):
            yield f"{path.stem} · {section.title} · {covered(span)} · {site[3]}"


def _differs(row: Row, program: ir.Program) -> bool:
    given = household_of(row, program)
    facts = read_household(reader_for(program), given, day_of(row))
    traced = values_of(interpret(program, facts))
    for (name, place), value in expected_of(row, program).items():
        got = traced[name]
        if (got[place] if isinstance(got, tuple) and place is not None else got) != value:
            return True
    return False


def _sites(program: ir.Program) -> Iterator[tuple[Site, Span]]:
    for rule in program.rules:
        stack: list[ir.Expression] = [rule.expression]
        while stack:
            node = stack.pop()
            # What a count adds up is written by nobody.
            if not isinstance(node, ir.Aggregate) or node.kind != "count":
                stack += ir.children(node)
            elif node.when is not None:
                stack.append(node.when)
            for what in _whats(node):
                yield _site(node.span, what), node.span
    for fact in program.facts:
        if isinstance(fact.default, Fraction):
            yield _site(fact.span, f"默认 {fact.name}"), fact.span


def _site(span: Span, what: str) -> Site:
    return span.source.name, span.start, span.end, what


def _whats(node: ir.Expression) -> tuple[str, ...]:
    match node:
        case ir.Literal(value) if isinstance(value, Fraction):
            return ("数",)
        case ir.Round(mode=mode, stated=True):
            return ("取整的单位", *(other.value for other in Rounding if other != mode))
        case ir.Operate(operation) if operation in SIBLINGS:
            return (operation,)
        case ir.Rank():
            return ("次序",)
    return ()


def _changed(compiled: Compiled, site: Site) -> ir.Program:
    program = compiled.program
    return attrs.evolve(
        program,
        rules=tuple(
            attrs.evolve(rule, expression=_expression(rule.expression, site))
            for rule in program.rules
        ),
        facts=tuple(_fact(fact, site) for fact in program.facts),
    )


def _fact(fact: ir.Fact, site: Site) -> ir.Fact:
    if isinstance(fact.default, Fraction) and _site(fact.span, f"默认 {fact.name}") == site:
        assert isinstance(fact.type, Number)
        return attrs.evolve(fact, default=fact.default + _step(fact.type.unit))
    return fact


def _step(unit: Unit) -> Fraction:
    return grain(unit) if unit.powers else Fraction(1, 100)


def _expression(node: ir.Expression, site: Site) -> ir.Expression:
    """The expression with the change made wherever the site stands in it."""
    parts = tuple(_expression(one, site) for one in ir.children(node))
    node = with_children(node, parts)
    what = site[3]
    if what not in _whats(node) or _site(node.span, what) != site:
        return node
    match node:
        case ir.Round() if what in ROUNDING_NAMES:
            return attrs.evolve(node, mode=ROUNDING_NAMES[what])
        case ir.Literal(value, Number(unit)) if isinstance(value, Fraction):
            return attrs.evolve(node, value=value + _step(unit))
        case ir.Round(quantum=quantum, type=Number(unit)):
            return attrs.evolve(node, quantum=quantum + _step(unit))
        case ir.Operate(operation):
            return attrs.evolve(node, operation=SIBLINGS[operation])
        case ir.Rank(descending=descending):
            return attrs.evolve(node, descending=not descending)
    raise AssertionError(node)
