"""An account laid out as text: what a citizen reads, and what staff read beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated
from dibao_policy.explain import words_zh as words
from dibao_policy.explain.account import Account, Given, Told, assumed, is_result
from dibao_policy.explain.shapes import is_part_alone
from dibao_policy.parameters.series import Entry

_NUMERALS = "一二三四五"


def names_of(account: Account) -> dict[str, str]:
    """Code names to Chinese names, for the sentences of the policy."""
    things: list[ir.Rule | ir.Fact | ir.Table] = [
        *account.program.rules,
        *account.program.facts,
        *account.program.tables,
    ]
    return {one.code: one.name for one in things if one.code}


def account_text(account: Account, staff: bool = False) -> str:
    """The explanation that a citizen reads; for staff, with what has to be looked into."""
    return "\n".join(_lines(account, staff)) + "\n"


def _lines(account: Account, staff: bool) -> Iterator[str]:
    yield from heading(account.program, account.day, account.digest)
    if assumed(account):
        names = dict.fromkeys(given.fact.name for given in assumed(account))
        yield f"以下按假定的数值计算：{'、'.join(names)} 是假定的，没有按规定算出"
    if account.not_asked:
        names = dict.fromkeys(given.fact.name for given in account.not_asked)
        yield f"{'、'.join(names)} 有没有问的，填的只为算得下去，不能当作回答"
    sections = [("结论", _results(account))]
    if account.refusals:
        sections.append(("没有通过的条件", _refusals(account)))
    # A finding is a question that nobody has answered yet, and nothing was decided by it: in a citizen's notice
    # it would read as a reason, or as an accusation. It is told once it has been looked into.
    if staff and account.findings:
        sections.append(("需要核查的事项", _findings(account)))
    sections += [("计算过程", _steps(account)), ("所用的标准和情况", _remarks(account))]
    for numeral, (title, lines) in zip(_NUMERALS, sections, strict=False):
        yield ""
        yield f"{numeral}、{title}"
        yield from lines


def heading(program: ir.Program, day: datetime.date, digest: str) -> Iterator[str]:
    """The policy, the day, and the version in force."""
    version = f"版本 {program.version}，" if program.version else ""
    until = f" 至 {program.until}" if program.until else " 起"
    yield program.name
    yield f"决定日期 {day}；{version}适用 {program.since}{until} 的规定（校验码 {digest}）"


def _results(account: Account) -> Iterator[str]:
    """Each result with what the policy says of it; of the members, those who get something."""
    for name, group in groupby(account.results, lambda told: told.rule.name):
        results = list(group)
        favorable = [told for told in results if told.value]
        if results[0].member is not None and not favorable:
            yield f"  {name}：每个成员都是 {words.value_sentence(results[0])}"
        for told in favorable if results[0].member is not None else results:
            yield f"  {words.whose(told.member, account)}{name}：{words.value_sentence(told)}"
        for sentence in dict.fromkeys(s for told in results for s in judged(told, account)):
            yield f"      {sentence}"
        yield from notes_of(results, account)


def judged(told: Told, account: Account) -> Iterator[str]:
    """What a case worker judged and a result rests on."""
    for given in account.discretion.get((told.rule.name, told.member), ()):
        fact = f"{words.whose(given.member, account)}{given.fact.name}"
        value = words.amount(given.value, given.fact.type)
        yield f"人工认定：{fact} 由经办人员认定为 {value}"


def _refusals(account: Account) -> Iterator[str]:
    for told in account.refusals:
        yield f"  {words.title(told)}：{refusal_reason(told, account)}"
        yield f"      依据：{words.citations(told.citations)}"


def _findings(account: Account) -> Iterator[str]:
    for told in account.findings:
        yield f"  {words.whose(told.member, account)}{told.rule.name}：{disposition(told)}"
        yield f"      {finding_reason(told, account)}"
        yield from notes_of([told], account)
        yield f"      依据：{words.citations(told.citations)}"
    yield "  以上各项由经办人核实，不影响这里的结论和金额。"


def disposition(told: Told) -> str:
    """What is done about a finding."""
    return told.rule.origin.label or "需要核实"


def finding_reason(told: Told, account: Account) -> str:
    """What was found, in the words of the rule and in the figures of the household."""
    formula, figures = words.formula_of(told), words.figures(told, account)
    return (
        formula if figures in (formula, words.value_sentence(told)) else f"{formula}，即 {figures}"
    )


def refusal_reason(told: Told, account: Account) -> str:
    """Why a condition was not met, in the words of the policy or of the condition itself."""
    if told.rule.otherwise:
        return words.filled(told.rule.otherwise, told, account, names_of(account))
    return words.refusal(told, account)


# ── steps ─────────────────────────────────────────────────────────────────


def _steps(account: Account) -> Iterator[str]:
    """One numbered item per rule; the members of a rule stand together under it."""
    for number, (_, group) in enumerate(groupby(account.shown, lambda told: told.rule.name), 1):
        told = list(group)
        head = f"{number:>3}. {words.title(told[0])}"
        if told[0].member is None:
            yield f"{head} = {words.value_sentence(told[0])}"
            yield from _household(told[0], account)
        else:
            yield head
            yield from _members(told, account)
        yield from _remarks_of(told, account)


def _household(told: Told, account: Account) -> Iterator[str]:
    value = words.value_sentence(told)
    tests = words.tests(told)
    if tests:
        yield f"      {tests}"
    formula, figures = words.formula_of(told), words.figures(told, account)
    if formula != value and not is_part_alone(told):
        yield f"      {formula}"
        if figures not in (formula, value):
            yield f"      {figures}"
    rounded = words.rounded(told)
    if rounded:
        yield f"      {rounded}"


def _members(told: list[Told], account: Account) -> Iterator[str]:
    """Each member on a line: what was asked, the figures, the value."""
    # Where nobody gets anything, and nothing was computed, what was asked is told once.
    if not any(one.value for one in told) and all(
        one.tests and isinstance(one.expression, ir.Literal) for one in told
    ):
        asked = dict.fromkeys(words.tests(one) for one in told)
        if len(asked) == 1:
            (outcome,) = asked
            value = words.value_sentence(told[0])
            if outcome.startswith("情形"):
                yield f"      每个成员：{outcome}，得 {value}"
            else:
                yield f"      每个成员都{outcome}：{value}"
            return
    formulas = dict.fromkeys(
        formula
        for one in told
        if (formula := words.formula_of(one)) != words.value_sentence(one)
        and not is_part_alone(one)
    )
    for formula in formulas:
        yield f"      {formula}"
    for one in told:
        parts = [words.tests(one), words.outcome(one, account)]
        yield f"      {words.whose(one.member, account).strip()}：{'，'.join(filter(None, parts))}"


def _remarks_of(told: list[Told], account: Account) -> Iterator[str]:
    """The policy's own sentence, and the articles."""
    rule = told[0].rule
    # What is said of a result stands with the conclusion, at the top.
    if not is_result(rule):
        yield from notes_of(told, account)
    cited = tuple(dict.fromkeys(one for step in told for one in step.citations))
    if cited or rule.origin.block != "定义":
        yield f"      依据：{words.citations(cited)}"
    rewritten = words.layer(told[0], account)
    if rewritten:
        yield f"      {rewritten}"


def notes_of(told: list[Told], account: Account) -> Iterator[str]:
    """What the policy says of a rule, with these figures; each sentence once."""
    names = names_of(account)
    sentences = (words.filled(one.rule.note, one, account, names) for one in told if one.rule.note)
    for sentence in dict.fromkeys(sentences):
        yield f"      说明：{sentence}"


# ── what was used ─────────────────────────────────────────────────────────


def _remarks(account: Account) -> Iterator[str]:
    if assumed(account):
        yield "  假定的数值："
        for line in grouped(assumed(account), account.labels):
            yield f"      {line}"
    for table in account.tables:
        if table.name not in account.used:
            continue
        yield f"  {table.name}：{_table_text(table)}"
        yield f"      {provenance(table.entry)}"
    if account.unconfirmed:
        yield "  决定日期在来源确认的期限之后，是否仍然有效没有得到确认："
        for table in account.unconfirmed:
            yield f"      {table.name}：确认至 {table.entry.confirmed_until}"
    defaults = [one for one in account.given if one.defaulted and one.fact.name in account.used]
    if defaults:
        yield "  没有填写、按政策规定的默认值处理："
        for line in grouped(defaults, account.labels):
            yield f"      {line}"
    if account.not_asked:
        yield "  没有问、填的只为算得下去："
        for line in grouped(account.not_asked, account.labels):
            yield f"      {line}"
    counted = [(given, income) for given, income in account.exempt if given.value]
    if counted:
        yield "  不计入收入："
        for given, income in counted:
            yield f"      {_given(given, account)}（不计入{income}）"
    if account.renamed:
        yield "  用了曾用名、请改用现名："
        for line in dict.fromkeys(f"{one.old}，现名 {one.name}" for one in account.renamed):
            yield f"      {line}"
    if account.unverified:
        yield "  尚未核实、请以经办机关的答复为准："
        for what, why in account.unverified:
            yield f"      {what}{'：' + why if why else ''}"


def grouped(defaults: Iterable[Given], labels: Sequence[str]) -> Iterator[str]:
    """Each value once, with the members that have it."""
    values: dict[tuple[str, str], list[str]] = {}
    for given in defaults:
        key = (given.fact.name, words.amount(given.value, given.fact.type))
        whose = values.setdefault(key, [])
        if given.member is not None:
            whose.append(labels[given.member])
    for (name, value), whose in values.items():
        yield f"{name} {value}" + (f"（{'、'.join(whose)}）" if whose else "")


def _given(given: Given, account: Account) -> str:
    whose = words.whose(given.member, account)
    return f"{whose}{given.fact.name} {words.amount(given.value, given.fact.type)}"


def _table_text(table: ir.Table) -> str:
    """The one value in force, or each member's."""
    values = [words.amount(value, table.type) for value in table.values]
    if len(set(values)) == 1 or len(table.keys) != 1:
        return "、".join(dict.fromkeys(values))
    (kind,) = table.keys
    assert isinstance(kind, Enumerated)
    return "、".join(
        f"{name} {value}" for (name, _), value in zip(kind.members, values, strict=True)
    )


def provenance(entry: Entry) -> str:
    """From when a value holds, and by which document."""
    source = entry.provenance
    begins = f"自 {entry.since} 起" + ("（生效日为推定）" if source.date_basis == "推定" else "")
    where = f"，{source.document}{source.article}" if source.document else ""
    until = f"，确认至 {entry.confirmed_until}" if entry.confirmed_until else ""
    return f"{begins}{where}（{source.status}）{until}"
