"""Pages that are tests: a Markdown file with a text, the exact problems of it, and how it reads when mended.

    # D2001 没有声明的名称 · Unknown name
    …
    ```dibao                the rules; without a `政策` block of their own they follow one that is added
    ```yaml                 the values of the parameters
    ```dibao parent=CODE    the rules of a policy to inherit from
    ```yaml parent=CODE     its values
    ```console              `dibao raise example …` or `dibao new …`, instead of a household
    ```csv                  the table that it reads, under any name
    ```yaml cases           cases of the policy, instead of a household
    ```csv cases            a table of cases
    ```json on=2024-01-01   a household, and the day to decide on (else 2024-01-01, or the day of the last change)
    ```json assuming=甲,乙  a household that brings the named values instead of having them computed
    ```json other on=2024-07-01 results=甲,乙   a second household, compared with the first: `dibao compare-decisions`
    ```json other policy=CODE   the same, decided by a policy that is given as a parent
    ```json whatif=甲 member=1   a household, and the result of which it is asked what would turn it (whatif= the first)
    ```yaml claim           what was paid and how the household was: `dibao arrears`, instead of a household
    ```json receipt         a receipt as it comes in, instead of a household
    ```console              `dibao curve` and `dibao letter` take the household of the ```json block as family.json
    ```yaml record on=2024-01-01   the record of a case of the policy's first procedure, looked at on that day
    ```json interview       an interview: what is `typed` line by line, or the state that was `saved`
    ```problems             the exact problems: `code line:column message`, and the mend below it
    ## 改正 · Mend
    ```dibao mended         what changes; a part that is not repeated stays as it was

Inside a block `⟨U+202E⟩` stands for that character and `⟨60 × (⟩` for sixty brackets.
A household after ```` ```json float ```` is read with binary floating-point numbers.
"""

from __future__ import annotations

import datetime
import difflib
import json
import re
import shlex
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from dibao_policy.compile import run_passes
from dibao_policy.evidence import read_receipt
from dibao_policy.facts.household import check_household
from dibao_policy.facts.renamed import renamed_facts
from dibao_policy.facts.text import read_text
from dibao_policy.interview import interview, resumed
from dibao_policy.interview.typed import ended, typed
from dibao_policy.jurisdiction.answers import Answers
from dibao_policy.jurisdiction.establish import establish
from dibao_policy.lawcraft.arrears import arrears
from dibao_policy.lawcraft.cases.folder import repeated
from dibao_policy.lawcraft.cases.read import read_text as read_cases
from dibao_policy.lawcraft.cases.run import Bench, bound_case
from dibao_policy.lawcraft.cases.table import read_csv
from dibao_policy.lawcraft.claim import read_claim
from dibao_policy.lawcraft.compare.decisions import compare_decisions
from dibao_policy.lawcraft.curve import curve
from dibao_policy.lawcraft.letter import letter
from dibao_policy.lawcraft.properties import HOUSEHOLDS, check_properties
from dibao_policy.lawcraft.record import examine_record
from dibao_policy.lawcraft.record_file import read_record
from dibao_policy.model.layers import Library, PolicyText
from dibao_policy.parameters.edit import Addition
from dibao_policy.policy import Policy, Snapshot, compile_policy
from dibao_policy.problem import (
    PolicyError,
    Problem,
    has_errors,
    in_reading_order,
    mend,
    message,
)
from dibao_policy.revise import Request, revise
from dibao_policy.text import Source, position

HEADER = "政策 示例县(example)\n"

_BLOCK = re.compile(r"^```(?P<info>[a-z][^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_MEND = "## 改正 · Mend"
_OWN_HEADER = re.compile(r"^\s*(政策|policy)\s", re.MULTILINE)
_CHARACTER = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")
_REPEATED = re.compile("⟨([0-9]+) × ([^⟩]+)⟩")
_RULES, _VALUES = "规则", "参数"
_ALIKE_SHOWN = 3
_DAY = "2024-01-01"


@frozen
class Example:
    """What a page puts to the passes."""

    rules: str = ""
    values: str = ""
    household: str = ""
    as_float: bool = False
    day: str = ""
    assuming: tuple[str, ...] = ()
    parents: dict[str, str] = field(factory=dict)
    parent_values: dict[str, str] = field(factory=dict)
    command: str = ""
    table: str = ""
    cases: str = ""
    case_table: str = ""
    claim: str = ""
    record: str = ""
    receipt: str = ""
    other: str = ""
    other_day: str = ""
    other_policy: str = ""
    results: tuple[str, ...] = ()
    interview: str = ""
    what_if: tuple[str, int | None] | None = None


@frozen
class Page:
    path: Path
    title: str
    text: str
    example: Example
    expected: str
    mended: Example | None

    @property
    def code(self) -> str:
        return self.title.split()[0]


def read_page(path: Path) -> Page:
    text = path.read_text("utf-8")
    assert text.startswith("# "), f"{path.name} 要以 `# ` 开头的标题起始"
    before, _, after = text.partition(_MEND)
    example, expected = _example(Example(), before, "")
    mended, _ = _example(example, after, "mended")
    return Page(
        path=path,
        title=text.split("\n", 1)[0][2:],
        text=text,
        example=example,
        expected=expected,
        mended=mended if _BLOCK.search(after) else None,
    )


def _example(example: Example, text: str, mark: str) -> tuple[Example, str]:
    """Fill in an example from the blocks of a text that carry a mark."""
    expected = ""
    for block in _BLOCK.finditer(text):
        language, *words = block["info"].split()
        named = dict(word.split("=", 1) for word in words if "=" in word)
        flags = {word for word in words if "=" not in word}
        assert (mark in flags) == bool(mark), f"```{block['info']} 放错了地方"
        kinds = {mark, "float", "cases", "claim", "record", "receipt", "other", "interview"}
        assert flags <= kinds and named.keys() <= {
            "parent",
            "on",
            "assuming",
            "policy",
            "results",
            "whatif",
            "member",
        }, block["info"]
        assert "```" not in block["body"], "``` 要单独占一行"
        body = _written_out(block["body"])
        match language:
            case "problems":
                expected = block["body"]
            case "dibao" if "parent" in named:
                parents = {**example.parents, named["parent"]: body}
                example = evolve(example, parents=parents)
            case "yaml" if "parent" in named:
                values = {**example.parent_values, named["parent"]: body}
                example = evolve(example, parent_values=values)
            case "yaml" if "cases" in flags:
                example = evolve(example, cases=body)
            case "csv" if "cases" in flags:
                example = evolve(example, case_table=body)
            case "dibao":
                example = evolve(example, rules=body)
            case "console":
                example = evolve(example, command=body)
            case "csv":
                example = evolve(example, table=body)
            case "yaml" if "claim" in flags:
                example = evolve(example, claim=body)
            case "yaml" if "record" in flags:
                example = evolve(example, record=body, day=named.get("on", example.day))
            case "yaml":
                example = evolve(example, values=body)
            case "json" if "receipt" in flags:
                example = evolve(example, receipt=body)
            case "json" if "other" in flags:
                example = evolve(
                    example,
                    other=body,
                    other_day=named.get("on", ""),
                    other_policy=named.get("policy", ""),
                    results=tuple(filter(None, named.get("results", "").split(","))),
                )
            case "json" if "interview" in flags:
                example = evolve(example, interview=body, day=named.get("on", example.day))
            case "json":
                example = evolve(example, household=body, as_float="float" in flags)
                example = evolve(example, day=named.get("on", example.day))
                if "whatif" in named:
                    member = int(named["member"]) - 1 if "member" in named else None
                    example = evolve(example, what_if=(named["whatif"], member))
                names = named.get("assuming")
                example = evolve(
                    example, assuming=tuple(names.split(",")) if names else example.assuming
                )
            case _:
                raise AssertionError(f"```{block['info']} 不是这里用的块")
    return example, expected


def _written_out(text: str) -> str:
    text = _REPEATED.sub(lambda match: int(match[1]) * match[2], text)
    return _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)


def policy_text(example: Example) -> PolicyText:
    rules = [Source(_RULES, example.rules)]
    if not _OWN_HEADER.search(example.rules):
        rules.insert(0, Source("政策", HEADER))
    values = (Source(_VALUES, example.values),) if example.values else ()
    return PolicyText("example", tuple(rules), values, tuple(example.parents))


def problems_of(example: Example) -> tuple[Problem, ...]:
    """Every problem of an example: of its texts, then of its household."""

    def library(code: str) -> PolicyText | None:
        rules = example.parents.get(code)
        if rules is None:
            return None
        values = example.parent_values.get(code)
        sources = () if values is None else (Source(f"{code}/{_VALUES}", values),)
        return PolicyText(code, (Source(code, rules),), sources)

    if example.receipt:
        return read_receipt("回执", example.receipt.encode())[1]
    if example.command.startswith("dibao new "):
        return establish(_answers(example), library, tuple(example.parents))[1]
    text = policy_text(example)
    passed = run_passes(text, library)
    if example.command.startswith(("dibao curve ", "dibao letter ")):
        return (*passed.problems, *_told(example, compile_policy(text, library)))
    if example.command and not has_errors(passed.problems):
        return (*passed.problems, *revise(text, library, _request(example))[1])
    if has_errors(passed.problems):
        return passed.problems
    if example.claim or example.record:
        policy = compile_policy(text, library)
        told = _claim(example, policy) if example.claim else _record(example, policy)
        return (*passed.problems, *told)
    if example.interview:
        return (*passed.problems, *_interview(example, compile_policy(text, library)))
    found = check_properties([one.program for one in passed.compiled], HOUSEHOLDS)
    if example.cases or example.case_table:
        found = (*found, *_case_problems(example, compile_policy(text, library)))
    if found or not example.household:
        return in_reading_order([*passed.problems, *found])
    last = max(str(passed.compiled[-1].regime.since), _DAY)
    try:
        snapshot = compile_policy(text, library).on(
            datetime.date.fromisoformat(example.day or last)
        )
        snapshot = snapshot.assuming(*example.assuming)
    except PolicyError as error:
        return (*passed.problems, *error.problems)
    given, unreadable = _household(example)
    if unreadable:
        return (*passed.problems, *unreadable)
    if example.other:
        return (*passed.problems, *_comparison(example, snapshot, given, library))
    faults = check_household(snapshot.compiled.reader, given, snapshot.day)
    if not faults and example.what_if is not None:
        return (*passed.problems, *_what_if(snapshot, given, *example.what_if))
    return (*passed.problems, *(faults or renamed_facts(snapshot.facts(given).renamed)))


def _comparison(
    example: Example, snapshot: Snapshot, given: Any, library: Library
) -> tuple[Problem, ...]:
    """The problems of holding a decision against another."""
    policy = snapshot.policy
    if example.other_policy:
        text = library(example.other_policy)
        assert text is not None
        policy = compile_policy(text, library)
    day = datetime.date.fromisoformat(example.other_day) if example.other_day else snapshot.day
    other, unreadable = read_text(Source("另一家庭", example.other))
    assert not unreadable
    try:
        compare_decisions(snapshot, given, policy.on(day), other, example.results or None)
    except PolicyError as error:
        return error.problems
    return ()


def _what_if(
    snapshot: Snapshot, given: Any, result: str, member: int | None
) -> tuple[Problem, ...]:
    """Why it cannot be said what would turn a result."""
    try:
        return snapshot.what_if(given, result or None, member).warnings
    except PolicyError as error:
        return error.problems


def _case_problems(example: Example, policy: Policy) -> tuple[Problem, ...]:
    """The faults of cases, in form and on their days."""
    cases, found = read_cases(Source("案例", example.cases))
    table, faults = read_csv(Source("案例.csv", example.case_table))
    cases, bench = (*cases, *table), Bench(policy)
    bound = (problem for case in cases for problem in bound_case(bench, case)[1])
    return in_reading_order([*found, *faults, *repeated(cases), *bound])


def _claim(example: Example, policy: Policy) -> tuple[Problem, ...]:
    """The problems of a claim: of its text, or of what it asks."""
    claim, found = read_claim(Source("补发", example.claim))
    if claim is None:
        return found
    try:
        return arrears(policy, claim).warnings
    except PolicyError as error:
        return error.problems


def _record(example: Example, policy: Policy) -> tuple[Problem, ...]:
    """The problems of a record: of its text, or of the case."""
    record, found = read_record(Source("卷宗", example.record))
    if record is None:
        return found
    today = datetime.date.fromisoformat(example.day)
    try:
        told = examine_record(policy.on(record.applied).procedures[0], record, today)
    except PolicyError as error:
        return error.problems
    return tuple(finding.problem for finding in told.findings)


def _told(example: Example, policy: Policy) -> tuple[Problem, ...]:
    """The problems of telling a household something about a policy: a curve, or a letter."""
    household, unreadable = _household(example)
    assert not unreadable
    _, command, *words = shlex.split(example.command)
    allowed = {f"--{name}" for name in ("on", "over", "from", "to", "step", "results", "own")}
    options, rest = _options(words[2:], allowed | {"--before", "--after"})
    assert words[:2] == ["example", "family.json"] and not rest, example.command
    try:
        if command == "letter":
            days = [datetime.date.fromisoformat(options[f"--{key}"]) for key in ("before", "after")]
            return letter(policy, household, days[0], days[1]).warnings
        return curve(
            policy.on(datetime.date.fromisoformat(options["--on"])),
            household,
            options["--over"],
            Fraction(options["--from"]),
            Fraction(options["--to"]),
            Fraction(options["--step"]) if "--step" in options else None,
            options["--results"].split(",") if "--results" in options else (),
            options["--own"].split(",") if "--own" in options else None,
        ).warnings
    except PolicyError as error:
        return error.problems


def _interview(example: Example, policy: Policy) -> tuple[Problem, ...]:
    """The problems of what is typed, each asked again, and of an end too early; or of a state that was saved."""
    snapshot = policy.on(datetime.date.fromisoformat(example.day or _DAY))
    given = json.loads(example.interview.replace("⟨校验码⟩", snapshot.digest))
    try:
        reached = resumed(snapshot, given["saved"]) if "saved" in given else interview(snapshot)
    except PolicyError as error:
        return error.problems
    found: list[Problem] = []
    for line in given.get("typed", ()):
        try:
            reached = typed(reached, line)
        except PolicyError as error:
            found += error.problems
    return (*found, *(ended(reached) if "typed" in given and not found else ()))


def _options(words: list[str], allowed: set[str]) -> tuple[dict[str, str], list[str]]:
    """The options of a command, and what stands behind them."""
    options: dict[str, str] = {}
    while words[:1] and words[0].startswith("--"):
        name, value, *words = words
        options[name] = value
    assert options.keys() <= allowed, options
    return options, words


def _request(example: Example) -> Request:
    """What the command of a page asks for."""
    dibao, command, folder, parameter, *words = shlex.split(example.command)
    assert (dibao, command, folder) == ("dibao", "raise", "example"), example.command
    options, words = _options(words, {"--from", "--csv", "--source", "--reason"})
    addition = Addition(
        since=datetime.date.fromisoformat(options["--from"]),
        values={},
        document=options.get("--source", ""),
        reason=options.get("--reason", ""),
    )
    table = Source(options["--csv"], example.table) if "--csv" in options else None
    return Request(parameter, addition, Source("命令行", " ".join(words)), table)


def _answers(example: Example) -> Answers:
    """The answers that the command of a page gives."""
    _, _, folder, *words = shlex.split(example.command)
    options, rest = _options(words, {"--name", "--districts", "--standard", "--from", "--inherit"})
    assert not rest
    return Answers(
        code=Path(folder).name,
        name=options["--name"],
        districts=Source("--districts", options.get("--districts", "")),
        standards=Source("--standard", options["--standard"]),
        since=datetime.date.fromisoformat(options["--from"]),
        parent=options.get("--inherit", ""),
    )


def _household(example: Example) -> tuple[Any, tuple[Problem, ...]]:
    if example.as_float:
        return json.loads(example.household), ()
    return read_text(Source("家庭", example.household))


def shown(problems: tuple[Problem, ...]) -> str:
    """Problems as a page shows them; a long row of like ones is cut short, with their number."""
    lines: list[str] = []
    alike = 0
    for place, problem in enumerate(problems):
        same = place > 0 and _likeness(problem) == _likeness(problems[place - 1])
        alike = alike + 1 if same else 0
        if alike < _ALIKE_SHOWN:
            lines.append(_shown(problem))
        last = place + 1 == len(problems) or _likeness(problems[place + 1]) != _likeness(problem)
        if last and alike >= _ALIKE_SHOWN:
            lines.append(f"…… 同样的问题还有 {alike + 1 - _ALIKE_SHOWN} 处")
    return "".join(f"{line}\n" for line in lines)


def _likeness(problem: Problem) -> tuple[str, str]:
    return problem.code, message(problem)


def _shown(problem: Problem) -> str:
    place = ""
    if problem.span is not None:
        line, column = position(problem.span)
        name = problem.span.source.name
        place = f"{line}:{column} " if name == _RULES else f"{name}:{line}:{column} "
    text = f"{problem.code} {place}{message(problem)}"
    return f"{text}\n  {mend(problem)}" if mend(problem) else text


def verify(page: Page, update: bool) -> str:
    """Compare the problems of a page with what it says, or write them into it. Returns what differs."""
    actual = shown(problems_of(page.example))
    if actual == page.expected:
        return ""
    if update:
        block = _BLOCK_OF_PROBLEMS.search(page.text)
        assert block is not None, f"{page.path.name} 缺少 ```problems 块"
        text = page.text[: block.start(1)] + actual + page.text[block.end(1) :]
        page.path.write_text(text, "utf-8")
        return ""
    return "".join(
        difflib.unified_diff(
            page.expected.splitlines(keepends=True),
            actual.splitlines(keepends=True),
            "这一页写的",
            "实际报出的",
        )
    )


_BLOCK_OF_PROBLEMS = re.compile(r"^```problems\n(.*?)^```$", re.MULTILINE | re.DOTALL)
