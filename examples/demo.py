"""The main job: the example households before and after Daqing raised its standard, and one explanation.

Run it with `make demo`, or `python examples/demo.py` where dibao_policy is installed.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from dibao_policy import PolicyError, account_text, load
from dibao_policy.facts.text import read_text
from dibao_policy.text import Source, display_width

ROOT = Path(__file__).parent.parent
BEFORE, AFTER = datetime.date(2010, 8, 1), datetime.date(2011, 8, 1)
EXPLAINED = "06_two_minors.yaml"


def padded(text: str, width: int) -> str:
    """A text on `width` columns; a Han character takes two."""
    return text + " " * (width - display_width(text))


def main() -> None:
    """Print the table and the explanation."""
    policy = load(ROOT / "policies" / "daqing")
    print(f"{policy.name}：{BEFORE} 与 {AFTER}，提高标准之前和之后\n")
    heads = (
        "家庭",
        *(f"{day.year}年{what}" for day in (BEFORE, AFTER) for what in ("低保", "低保金", "合计")),
    )
    widths = (30, 12, 14, 14, 12, 14, 14)
    print("".join(map(padded, heads, widths)))
    for path in sorted((ROOT / "examples" / "households").iterdir()):
        household, problems = read_text(Source(path.name, path.read_text("utf-8")))
        if problems:
            raise PolicyError(problems)
        cells = [path.name]
        for day in (BEFORE, AFTER):
            decision = policy.on(day).decide(household)
            cells.append("是" if decision["低保"] else "否")
            cells += [f"{decision[name]} 元" for name in ("低保金", "每月合计")]
        print("".join(map(padded, cells, widths)))
        if path.name == EXPLAINED:
            explained = household
    for day in (BEFORE, AFTER):
        print(f"\n{'═' * 80}\n{EXPLAINED}，{day}\n{'═' * 80}\n")
        print(account_text(policy.on(day).explain(explained)), end="")


if __name__ == "__main__":
    main()
