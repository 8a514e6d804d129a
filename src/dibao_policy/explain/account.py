"""A trace to an account: what is told, in what order, with which articles. No sentences yet."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from dibao_policy.core import ir
from dibao_policy.core.types import Enumerated, YesNo
from dibao_policy.evaluate.facts import Renamed, household_facts, member_facts
from dibao_policy.evaluate.reliance import judged_facts_used
from dibao_policy.evaluate.trace import Step, Trace
from dibao_policy.values import Rounding

RESULT_BLOCKS = ("资格", "救助", "分类施保", "渐退", "专项")
FINDING_BLOCK = "核查"


@frozen
class Given:
    """A fact that was used: of the household, or of one member."""

    fact: ir.Fact
    member: int | None
    value: ir.Value
    defaulted: bool


@frozen
class Tried:
    """A condition that was tried on the way: of which clause, under which label, and whether it held."""

    test: ir.Expression
    held: bool
    clause: str
    label: str


@frozen
class Told:
    """One step: what was asked on the way, what was computed, and how it was rounded.

    `tests` are the conditions that were tried, with their outcome; `expression` is what was then computed;
    `exact` is its value before rounding, where rounding changed it.
    `citations` are the articles behind it: of a choice, those of the case that was taken.
    """

    rule: ir.Rule
    member: int | None
    value: ir.Value
    citations: tuple[ir.Cited, ...]
    tests: tuple[Tried, ...]
    expression: ir.Expression
    parts: Mapping[int, ir.Value]
    exact: Fraction | None
    quantum: Fraction | None
    mode: Rounding | None


@frozen
class Account:
    """All that can be told of a decision.

    `steps` are all steps in the order of computation; `shown` are those that a result rests on,
    each result after what it rests on. `findings` are what staff have to look into: no result rests on them.
    `discretion` says on which facts that a case worker judged a value rests, by the way that was taken.
    `used` names the facts and the parameters that the shown steps read on the way that was taken;
    `not_asked` are facts that nobody stated, and what stands in for them;
    of what is unverified, only that is told which a shown step rests on.
    """

    program: ir.Program
    day: datetime.date
    digest: str
    labels: tuple[str, ...]
    results: tuple[Told, ...]
    refusals: tuple[Told, ...]
    findings: tuple[Told, ...]
    steps: tuple[Told, ...]
    shown: tuple[Told, ...]
    given: tuple[Given, ...]
    tables: tuple[ir.Table, ...]
    exempt: tuple[tuple[Given, str], ...]
    unconfirmed: tuple[ir.Table, ...]
    unverified: tuple[tuple[str, str], ...]
    values: Mapping[tuple[str, int | None], ir.Value]
    discretion: Mapping[tuple[str, int | None], tuple[Given, ...]]
    used: frozenset[str]
    renamed: tuple[Renamed, ...] = ()
    not_asked: tuple[Given, ...] = ()


def account_of(trace: Trace, day: datetime.date, digest: str) -> Account:
    """The account of a trace."""
    told = tuple(_told(step) for step in trace.steps)
    results = tuple(one for one in told if is_result(one.rule))
    given = tuple(_given(trace))
    exempt = dict(trace.program.exempt)
    shown = _shown(trace.program, told)
    used = frozenset(_facts_and_tables_used(shown))
    labels = tuple(label or f"成员{place + 1}" for place, label in enumerate(trace.facts.labels))
    return Account(
        program=trace.program,
        day=day,
        digest=digest,
        labels=labels,
        results=results,
        refusals=tuple(_refusals(told)),
        findings=tuple(one for one in told if is_finding(one.rule) and one.value),
        steps=told,
        shown=shown,
        given=tuple(one for one in given if one.fact.name not in exempt or _is_read(trace, one)),
        tables=trace.program.tables,
        exempt=tuple((one, exempt[one.fact.name]) for one in given if one.fact.name in exempt),
        unconfirmed=tuple(
            table
            for table in trace.program.tables
            if table.name in used and _is_unconfirmed(table, day)
        ),
        unverified=tuple(dict.fromkeys(_unverified(trace.program, used, shown))),
        values={(step.rule.name, step.member): step.value for step in trace.steps},
        discretion=_discretion(trace, given),
        used=used,
        renamed=trace.facts.renamed,
        not_asked=tuple(
            one for one in given if (one.fact.name, one.member) in trace.facts.not_asked
        ),
    )


def is_result(rule: ir.Rule) -> bool:
    """Whether a rule is what a household asks for: its entitlement, its status or an amount it gets."""
    status = rule.origin.block == "择一" and isinstance(rule.type, Enumerated)
    return (rule.origin.block in RESULT_BLOCKS or status) and not rule.origin.clause


def is_finding(rule: ir.Rule) -> bool:
    """Whether a rule says what somebody has to look into; its label says what is done about it."""
    return rule.origin.block == FINDING_BLOCK and not rule.origin.clause


def unverified_behind(account: Account, results: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What these results alone rest on without a published source, as `Account.unverified` has it for all."""
    wanted = [rule.name for rule in account.program.rules if rule.name in results]
    behind = _behind(account.program, account.steps, wanted)
    used = frozenset(_facts_and_tables_used(behind))
    return tuple(dict.fromkeys(_unverified(account.program, used, behind)))


def _shown(program: ir.Program, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """The steps behind the results, in the order in which a reader asks for them."""
    return _behind(program, told, [rule.name for rule in program.rules if is_result(rule)])


def _behind(
    program: ir.Program, told: tuple[Told, ...], results: Iterable[str]
) -> tuple[Told, ...]:
    """The steps that some results rest on, each result after what it rests on."""
    used: dict[str, list[str]] = {rule.name: [] for rule in program.rules}
    for one in told:
        used[one.rule.name] += rules_used(one)
    names: dict[str, None] = {}
    for result in results:
        _note_behind(result, used, names)
    place = {name: i for i, name in enumerate(names)}
    silent = _silent(told)
    return tuple(
        sorted(
            (one for one in told if one.rule.name in place and one.rule.name not in silent),
            key=lambda one: (place[one.rule.name], one.member or 0),
        )
    )


def _silent(told: tuple[Told, ...]) -> set[str]:
    """The parts that say nothing of their own.

    Whether a group is meant is told with what it gets; an exception, where some requirement fails without it.
    """
    silent = {one.rule.name for one in told if one.rule.origin.clause == "适用"}
    waivers: set[str] = set()
    needed: set[str] = set()
    for one in told:
        node = one.expression
        if isinstance(node, ir.Operate) and node.clause == "例外":
            names = {
                waiver.name for waiver in node.arguments[1:] if isinstance(waiver, ir.ReadRule)
            }
            waivers |= names
            if not one.parts.get(id(node.arguments[0])):
                needed |= names
    return silent | (waivers - needed)


def rules_used(told: Told) -> Iterator[str]:
    """The rules that a step read on the way that it took; what it passed by did not matter."""
    for one in told.rule.reads:
        if isinstance(one, ir.ReadRule) and id(one) in told.parts:
            yield one.name


def _facts_and_tables_used(shown: tuple[Told, ...]) -> Iterator[str]:
    """What the shown steps read on the way that they took."""
    for told in shown:
        for one in told.rule.reads:
            if id(one) in told.parts and not isinstance(one, ir.ReadRule):
                yield one.table if isinstance(one, ir.Lookup) else one.name


def _note_behind(name: str, used: Mapping[str, list[str]], names: dict[str, None]) -> None:
    """Note a rule after all that it rests on."""
    left = [(name, False)]
    while left:
        one, ready = left.pop()
        if ready:
            names.setdefault(one)
        elif one not in names:
            left.append((one, True))
            left += [(other, False) for other in reversed(used[one])]


def _is_unconfirmed(table: ir.Table, day: datetime.date) -> bool:
    """Whether a value is used past the day until which its source confirms it."""
    confirmed = table.entry.confirmed_until
    return confirmed is not None and day > confirmed


def _refusals(told: tuple[Told, ...]) -> Iterator[Told]:
    """The requirements that were not met."""
    for one in told:
        if one.rule.origin.clause == "要求" and not one.value:
            yield one


def _given(trace: Trace) -> Iterator[Given]:
    facts, program = trace.facts, trace.program
    defaulted = set(facts.defaulted)
    for fact in household_facts(program):
        value = trace.household[fact.name]
        yield Given(fact, None, value, (fact.name, None) in defaulted)
    for fact in member_facts(program):
        for member, values in enumerate(trace.members):
            yield Given(fact, member, values[fact.name], (fact.name, member) in defaulted)


def _discretion(
    trace: Trace, given: tuple[Given, ...]
) -> Mapping[tuple[str, int | None], tuple[Given, ...]]:
    """For each value that rests on the judgment of a case worker, what was judged.

    Where nobody judged, the default that was used is told among the defaults.
    """
    judged = {
        (one.fact.name, one.member): one
        for one in given
        if one.fact.discretion and not one.defaulted
    }
    used = judged_facts_used(trace, frozenset(judged))
    return {value: tuple(judged[fact] for fact in facts) for value, facts in used.items()}


def _is_read(trace: Trace, given: Given) -> bool:
    return given.fact.name in trace.program.facts_read


def _unverified(
    program: ir.Program, used: frozenset[str], shown: tuple[Told, ...]
) -> Iterator[tuple[str, str]]:
    """What was used without a published source: the parameters, and the rules, with what is said of them.

    A finding is told with its own articles, and nothing was decided by it.
    """
    told = {one.rule.name for one in shown}
    for table in program.tables:
        if table.name in used and table.entry.provenance.status == "未核实":
            yield f"参数 {table.name}", table.entry.provenance.document
    for rule in program.rules:
        for cited in rule.citations:
            if cited.unverified and rule.name in told:
                title = f"《{cited.document}》" if cited.document else ""
                yield f"{rule.origin.block} {rule.origin.name}", cited.note or title + cited.article


def _told(step: Step) -> Told:
    """Follow the choices that were made down to what was computed."""
    tests: list[Tried] = []
    node = step.rule.expression
    rounding: ir.Round | None = None
    citations = step.rule.citations
    while True:
        if isinstance(node, ir.Choose):
            before = len(tests)
            taken = _taken(node, step.parts, tests)
            if node.clause == "情形" and step.rule.case_citations:
                place = len(tests) - before - 1 if tests[-1].held else len(node.cases)
                citations = step.rule.case_citations[place]
            node = taken
        elif isinstance(node, ir.Round) and rounding is None:
            rounding, node = node, node.operand
        else:
            break
    exact = step.parts.get(id(node))
    changed = isinstance(exact, Fraction) and exact != step.value
    return Told(
        rule=step.rule,
        member=step.member,
        value=step.value,
        citations=citations,
        tests=tuple(tests),
        expression=node,
        parts=step.parts,
        exact=exact if changed and isinstance(exact, Fraction) else None,
        quantum=rounding.quantum if rounding and changed else None,
        mode=rounding.mode if rounding and changed else None,
    )


def _taken(node: ir.Choose, parts: Mapping[int, ir.Value], tests: list[Tried]) -> ir.Expression:
    labels = itertools.chain(node.labels, itertools.repeat(""))
    for (test, value), label in zip(node.cases, labels, strict=False):
        held = bool(parts[id(test)])
        tests.append(Tried(test, held, node.clause, label))
        if held:
            return value
    return node.otherwise


def assumed(account: Account) -> tuple[Given, ...]:
    """The values that were given instead of computed."""
    return tuple(one for one in account.given if one.fact.assumed)


def is_condition(told: Told) -> bool:
    """Whether a step answers yes or no."""
    return told.rule.type == YesNo()
