"""Notices: what a citizen reads adds up, leaves nothing open, and says the outcome first.

Golden files: `pytest tests/explain/test_notice.py --update`.
`pytest --deep` writes 10,000 notices of random households under every policy and adds every line up again.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from random import Random

import pytest

from dibao_policy import Policy, load
from dibao_policy.dates import day_from_number
from dibao_policy.evaluate.interpret import interpret
from dibao_policy.explain.account import Account, account_of
from dibao_policy.explain.notices.build import notice_of
from dibao_policy.explain.notices.document import AUDIENCES, Audience, Notice
from dibao_policy.explain.notices.html import notice_html
from dibao_policy.explain.notices.markdown import notice_markdown
from dibao_policy.explain.notices.text import notice_text
from dibao_policy.explain.notices.tongues import CHINESE
from dibao_policy.facts.text import read_text
from dibao_policy.lawcraft.draw import draw, drawer_of
from dibao_policy.text import Source

from .adding import equations, lines, sums, tables, worth

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
POLICIES = sorted(path.name for path in (ROOT / "policies").iterdir())
# They decide on no amount: there is nothing to add up.
NO_AMOUNTS = {"national", "rigid_spending"}


def written(policy: Policy, day: datetime.date, household: Path, audience: Audience) -> Notice:
    given, problems = read_text(Source(household.name, household.read_text("utf-8")))
    assert problems == ()
    return notice_of(policy.on(day).explain(given), audience, CHINESE)


def accounts(policy: Policy, count: int) -> list[Account]:
    """Decisions on random households, spread over the regimes of a policy."""
    found: list[Account] = []
    regimes = policy.regimes
    for place in range(count):
        regime = regimes[place % len(regimes)]
        compiled = policy.on(regime.since).compiled
        facts = draw(drawer_of(compiled.program), Random(place))
        found.append(
            account_of(
                interpret(compiled.program, facts), day_from_number(facts.day), compiled.digest
            )
        )
    return found


# ── golden notices ────────────────────────────────────────────────────────

CASES: list[tuple[str, Audience, str]] = [
    ("06_two_minors", "citizen", "2011-08-01"),
    ("03_one_fen_over", "citizen", "2010-08-01"),
    ("12_several_reasons", "citizen", "2024-08-01"),
    ("04_working_family", "case_worker", "2011-08-01"),
    ("02_on_the_line", "auditor", "2011-08-01"),
]


@pytest.mark.parametrize(("household", "audience", "day"), CASES)
def test_a_notice_reads_as_it_did(
    household: str, audience: Audience, day: str, update: bool
) -> None:
    policy = load(ROOT / "policies" / "daqing")
    path = ROOT / "examples" / "households" / f"{household}.yaml"
    notice = written(policy, datetime.date.fromisoformat(day), path, audience)
    golden = GOLDEN / f"{household}_{day[:4]}_{audience}.txt"
    text = notice_text(notice)
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


# ── every notice ──────────────────────────────────────────────────────────

# A placeholder of a template that was not filled; 属于 {一级，二级} is a list.
OPEN = re.compile(r"\{[A-Za-z_\u4e00-\u9fff]+\}|…|None|·")
LONG = re.compile(r"[0-9]\.[0-9]{7,}|[0-9]e-?[0-9]")
ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize("code", POLICIES)
def test_every_line_of_every_notice_adds_up_and_is_in_plain_chinese(code: str, deep: bool) -> None:
    policy = load(ROOT / "policies" / code)
    count = 10_000 // len(POLICIES) + 1 if deep else 25
    added = 0
    for account in accounts(policy, count):
        codes = {one.code for one in (*account.program.rules, *account.program.facts)}
        for audience in AUDIENCES if deep else AUDIENCES[:2]:
            notice = notice_of(account, audience, CHINESE)
            for line in lines(notice):
                for first, second in equations(line.text):
                    assert first == second, line.text
                    added += 1
            for table in tables(notice):
                for found, said in sums(table):
                    assert found == said, table
                    added += 1
            text = notice_text(notice).replace(account.digest, "")
            assert not OPEN.search(text), OPEN.search(text)
            assert not LONG.search(text), LONG.search(text)
            assert not [one for one in codes if len(one) > 3 and re.search(rf"\b{one}\b", text)]
            if audience == "citizen":
                words = WORD.findall(ADDRESS.sub("", text))
                assert not words, words
    assert 2 * added > count or code in NO_AMOUNTS


@pytest.mark.parametrize("code", POLICIES)
def test_every_amount_of_the_outcome_is_in_the_trace(code: str) -> None:
    """What a household is told that it gets is a value that was computed, to the last figure."""
    policy = load(ROOT / "policies" / code)
    for account in accounts(policy, 8):
        notice = notice_of(account, "citizen", CHINESE)
        known = {
            CHINESE.amount(value, step.rule.type)
            for step in account.steps
            for value in (step.value, *([step.exact] if step.exact is not None else []))
        }
        for section in notice.sections:
            if section.key != "outcome":
                continue
            for line in lines(Notice("zh", "citizen", "", (), (section,))):
                for amount in re.findall(r"每(?:人每)?[月年] ([0-9.,]+) 元", line.text):
                    assert any(one.startswith(f"{amount}元/") for one in known), line.text


def test_the_outcome_comes_first_and_the_remedies_last() -> None:
    notice = written(
        load(ROOT / "policies" / "daqing"),
        datetime.date(2024, 8, 1),
        ROOT / "examples" / "households" / "06_two_minors.yaml",
        "citizen",
    )
    keys = [section.key for section in notice.sections]
    assert keys[0] == "outcome" and keys[-1] == "remedy"
    assert {"income", "conditions", "amounts", "payment", "duty", "standards"} < set(keys)


def test_what_a_name_says_is_never_markup() -> None:
    """A name comes from outside: in HTML and in Markdown it is text."""
    policy = load(ROOT / "policies" / "daqing")
    path = ROOT / "examples" / "households" / "06_two_minors.yaml"
    given, _ = read_text(Source(path.name, path.read_text("utf-8")))
    given["成员"][0]["称呼"] = "<script>alert(1)</script>|*甲*"
    notice = notice_of(policy.on(datetime.date(2011, 8, 1)).explain(given), "citizen", CHINESE)
    assert "<script" not in notice_html(notice)
    assert "\\|\\*甲\\*" in notice_markdown(notice)


def test_the_calculator_of_these_tests_calculates() -> None:
    assert worth("338元/人月 × 3人 − 490元/月") == 524
    assert worth("490/3元/人月（约 163.3333）") == worth("490元/月 ÷ 3人")
    assert worth("(1,000元 + 20.50元) × 30%") == worth("306.15元")
    assert worth("低保标准 × 3人") is None
    assert list(equations("代入数字：1元 + 1元 = 3元")) == [(2, 3)]
