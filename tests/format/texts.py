"""Every text of a policy that the project has, and random ones."""

from __future__ import annotations

import re
from pathlib import Path

from dibao_policy.syntax.parse import parse
from dibao_policy.text import Source

from ..conftest import ROOT

_FENCE = re.compile(r"^```dibao[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
POLICIES = sorted((ROOT / "policies").glob("*/*.dibao"))


def _of_pages(*pages: Path) -> dict[str, str]:
    return {
        f"{page.stem}-{number}": text
        for page in sorted(pages)
        for number, text in enumerate(_FENCE.findall(page.read_text("utf-8")), 1)
    }


FILES = [
    *POLICIES,
    *sorted((ROOT / "tests").rglob("*.dibao")),
    *(ROOT / "benchmarks").rglob("*.dibao"),
]
TEXTS = {f"{p.parent.name}-{p.stem}": p.read_text("utf-8") for p in FILES}
TEXTS |= _of_pages(ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
TEXTS |= _of_pages(*(ROOT / "tests").glob("language/*.md"))
# Most of these differ from each other in a word alone.
FAULTY = _of_pages(*(ROOT / "tests").glob("broken/*.md"), *(ROOT / "src").rglob("pages/*.md"))


def is_readable(text: str) -> bool:
    return not parse(Source("text", text))[1]


READABLE = [text for text in TEXTS.values() if is_readable(text)]
UNREADABLE = {name: text for name, text in (TEXTS | FAULTY).items() if not is_readable(text)}
