"""The manual of the blocks: each page's policy is sound, and its household reads what the page says.

```dibao                 the policy; `parent=CODE` marks one that it inherits from
```yaml 参数             the values of its parameters
```yaml 家庭 YYYY-MM-DD  a household and the day
```text                  lines of its explanation, in their order
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from dibao_policy import PolicyText, Source, account_text, compile_policy
from dibao_policy.facts.text import read_text
from dibao_policy.syntax.keywords import BLOCKS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "blocks"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
BLOCK = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")


def parts(page: Path) -> dict[tuple[str, str], str]:
    return {(kind, info): text for kind, info, text in BLOCK.findall(page.read_text("utf-8"))}


def explanation(page: Path) -> list[str]:
    """What the household of a page reads, line by line."""
    rules, values, parents = "", (), {}
    given, day = None, datetime.date.min
    for (kind, info), text in parts(page).items():
        if kind == "dibao" and info:
            code = info.removeprefix("parent=")
            parents[code] = PolicyText(code, (Source(code, text),), ())
        elif kind == "dibao":
            rules = text
        elif info == "参数":
            values = (Source("values", text),)
        elif kind == "yaml":
            given, problems = read_text(Source("household", text))
            assert problems == ()
            day = datetime.date.fromisoformat(info.removeprefix("家庭 "))
    policy = compile_policy(
        PolicyText("example", (Source("page", rules),), values, tuple(parents)), parents.get
    )
    assert policy.warnings == ()
    return account_text(policy.on(day).explain(given)).splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_household_reads_what_its_page_says(page: Path) -> None:
    lines = iter(explanation(page))
    for wanted in parts(page)["text", ""].splitlines():
        assert wanted in lines, f"{page.name}: {wanted}"


def test_every_block_that_computes_has_a_page() -> None:
    elsewhere = {"政策", "枚举", "输入", "参数", "核查", "程序", "资金", "性质"}
    blocks = {zh for zh, _ in BLOCKS.values()} - elsewhere
    assert blocks <= {page.stem for page in PAGES}


@pytest.mark.parametrize("page", [*PAGES, FOLDER / "README.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere_and_pages_read_in_both_tongues(page: Path) -> None:
    text = page.read_text("utf-8")
    for link in LINK.findall(text):
        assert (page.parent / link).resolve().exists(), link
    assert re.search("^[A-Z`].*[a-z]{3}.*[.]$", text, re.MULTILINE)
    for name in re.findall(r"`([^`/]+[.]md)`", text):
        assert (ROOT / "tests" / "language" / name).exists(), name


def test_every_page_is_in_the_list() -> None:
    listed = set(LINK.findall((FOLDER / "README.md").read_text("utf-8")))
    assert {page.name for page in PAGES} <= listed
