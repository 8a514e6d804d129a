"""The income of the members: what counts, what does not, what is deducted, as tables that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dibao_policy.core import ir
from dibao_policy.explain.account import Told
from dibao_policy.explain.notices.document import Block, Line, Row, Table
from dibao_policy.explain.notices.maker import Maker, by_rule, notes, sources
from dibao_policy.explain.shapes import is_own_part


def incomes(maker: Maker) -> Iterator[Block]:
    """For each income block its table, its deductions and what its articles are."""
    shown = [told for told in maker.account.shown if told.rule.origin.block == "收入"]
    names = dict.fromkeys(told.rule.origin.name for told in shown)
    for name in names:
        yield from _income(maker, [told for told in shown if told.rule.origin.name == name])


def told_by_incomes(maker: Maker) -> frozenset[str]:
    """The rules that the tables tell of."""
    return frozenset(
        told.rule.name for told in maker.account.shown if told.rule.origin.block == "收入"
    )


def _income(maker: Maker, steps: Sequence[Told]) -> Iterator[Block]:
    groups = list(by_rule(steps))
    whole = groups[-1]
    apart: list[list[Told]] = []
    table: Table | None = None
    for group in groups:
        if not all(map(maker.may_see_behind, group)):
            continue
        terms = _terms_of(group)
        taken_over = all(map(is_own_part, whole))
        if group is whole and table is not None and taken_over:
            continue
        if terms is not None and (len(terms) > 1 or group is whole):
            title = maker.tongue.title(whole[0] if taken_over else group[0])
            table = _table(maker, group, terms, title)
        else:
            apart.append(group)
    exempt = tuple(_exempt(maker, whole[0].rule.origin.name))
    lines = tuple(line for group in apart for line in _apart(maker, group))
    told = sources(maker, [one for group in groups for one in group])
    articles = (maker.line("articles", articles=told),) if told else ()
    below = (*exempt, *lines, *notes(maker, whole), *articles)
    if table is None or _is_taken_over(whole):
        yield Line(_title(maker, whole), "", below)
    else:
        yield Table(table.columns, table.rows, table.caption, below)


def _is_taken_over(whole: Sequence[Told]) -> bool:
    """Whether an income is another one as it is."""
    node = whole[0].expression
    return isinstance(node, ir.ReadRule) and not is_own_part(whole[0])


def _title(maker: Maker, whole: Sequence[Told]) -> str:
    told = whole[0]
    if not _is_taken_over(whole):
        return maker.tongue.title(told)
    formula = maker.tongue.formula(told.expression, told.rule.origin.name)
    return maker.tongue.say("formula", name=maker.tongue.title(told), formula=formula)


def _terms_of(group: Sequence[Told]) -> list[tuple[bool, ir.Expression]] | None:
    """The terms that a step adds up, each with whether it is taken away; None where members go different ways."""
    if any(told.expression is not group[0].expression for told in group):
        return None
    node = group[0].expression
    return list(_terms(node)) if _adds_up(node) else None


def _adds_up(node: ir.Expression) -> bool:
    reads = isinstance(node, (ir.ReadFact, ir.ReadRule))
    return reads or (isinstance(node, ir.Operate) and node.operation == "add")


def _terms(node: ir.Expression, taken: bool = False) -> Iterator[tuple[bool, ir.Expression]]:
    match node:
        case ir.Operate("add", arguments) if not node.clause:
            for one in arguments:
                yield from _terms(one, taken)
        case ir.Operate("negate", (operand,)):
            yield from _terms(operand, not taken)
        case _:
            yield taken, node


def _table(
    maker: Maker, group: Sequence[Told], terms: list[tuple[bool, ir.Expression]], title: str
) -> Table:
    """A row for each term that is anything for anybody, and the sum."""
    rule, tongue = group[0].rule, maker.tongue
    whose = [maker.who(told.member) or tongue.say("household") for told in group]
    rows: list[Row] = []
    for taken, node in terms:
        values = [told.parts[id(node)] for told in group]
        if not any(values):
            continue
        label = tongue.formula(node, rule.origin.name)
        key = "less" if taken else "plus"
        cells = (tongue.amount(-value if taken else value, node.type) for value in values)
        rows.append(Row((tongue.say(key, name=label), *cells)))
    if any(told.exact is not None for told in group):
        rows.append(Row((tongue.say("rounding"), *(_rounding(maker, told) for told in group))))
    total = (tongue.amount(told.value, rule.type) for told in group)
    rows.append(Row((title, *total), "sum"))
    return Table((tongue.say("item"), *whose), tuple(rows), title)


def _rounding(maker: Maker, told: Told) -> str:
    """By how much rounding changed a sum."""
    assert isinstance(told.value, Fraction)
    before = told.value if told.exact is None else told.exact
    return maker.tongue.amount(told.value - before, told.rule.type)


def _exempt(maker: Maker, income: str) -> Iterator[Line]:
    """What was not counted, of whom."""
    for given, of in maker.account.exempt:
        if of == income and given.value:
            yield maker.line(
                "exempt" if given.member is None else "exempt_member",
                who=maker.who(given.member),
                name=maker.tongue.name(given.fact),
                amount=maker.tongue.amount(given.value, given.fact.type),
            )


def _apart(maker: Maker, group: Sequence[Told]) -> Iterator[Line]:
    """How a deduction or an imputed income was found, for those who have one."""
    for told in group:
        if not told.value and told.rule.origin.clause:
            continue
        who = maker.who(told.member)
        title, text = maker.tongue.title(told), maker.tongue.outcome(told, maker.account)
        yield maker.line("found_member" if who else "found", who=who, name=title, outcome=text)
