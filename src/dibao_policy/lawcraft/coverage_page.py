"""What the cases put to use, as a page over the text of the policy: each condition and value in its color."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterable, Iterator, Sequence

from dibao_policy.lawcraft.coverage import Item
from dibao_policy.text import Source, position

_STYLE = """
body { font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border-bottom: 1px solid #ccc; padding: .2rem .8rem; text-align: left; }
pre { line-height: 1.6; white-space: pre-wrap; counter-reset: line; }
pre .line { display: block; padding-left: 3.5rem; position: relative; min-height: 1.6em; }
pre .line::before { counter-increment: line; content: counter(line); position: absolute; left: 0; width: 2.5rem;
  text-align: right; color: #767676; }
.all { background: #d9f2d9; } .some { background: #fff0b3; text-decoration: underline dotted; }
.none { background: #ffd6d6; text-decoration: underline wavy #c00; }
"""
_KINDS = {"condition": "条件", "branch": "情形", "version": "规定", "value": "数值"}


def totals(items: Iterable[Item]) -> dict[str, tuple[int, int]]:
    """Of each kind of thing, how many were seen in full, and how many there are."""
    counts = dict.fromkeys(_KINDS, (0, 0))
    for one in items:
        seen, count = counts[one.kind]
        counts[one.kind] = (seen + (not one.missing), count + 1)
    return counts


def totals_text(items: Sequence[Item]) -> str:
    """`条件 12/14  情形 3/3  规定 8/8  数值 20/22`."""
    return "  ".join(
        f"{_KINDS[kind]} {seen}/{count}" for kind, (seen, count) in totals(items).items()
    )


def missing_text(item: Item) -> str:
    """`daqing/2_income.dibao:12  条件 低保·收入：收入额 < 标准  没有见过 否`."""
    line, _ = position(item.span)
    missing = (
        "没有用到" if item.kind != "condition" else f"没有见过 {'、'.join(sorted(item.missing))}"
    )
    where = f"{item.span.source.name}:{line}"
    return f"{where}  {_KINDS[item.kind]} {item.name}：{item.text}  {missing}"


def coverage_html(title: str, items: Sequence[Item]) -> str:
    """A page that needs nothing else: the totals, what is missing, and every text with its colors."""
    sources = {one.span.source.name: one.span.source for one in items}
    missing = "".join(f"<li>{html.escape(missing_text(one))}</li>" for one in items if one.missing)
    rows = "".join(
        f"<tr><td>{_KINDS[kind]}</td><td>{seen}</td><td>{count}</td></tr>"
        for kind, (seen, count) in totals(items).items()
    )
    texts = "".join(
        f"<h2>{html.escape(name)}</h2>\n<pre>{_text(source, items)}</pre>\n"
        for name, source in sources.items()
    )
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1>\n"
        f"<table><tr><th></th><th>用到</th><th>共有</th></tr>{rows}</table>\n"
        f'<p><span class="all">全部用到</span> <span class="some">只见过一面</span> '
        f'<span class="none">没有用到</span></p>\n<ul>{missing}</ul>\n{texts}</body></html>\n'
    )


def _text(source: Source, items: Iterable[Item]) -> str:
    """The lines of a text; a character has the color of the smallest thing that it is in."""
    of: list[Item | None] = [None] * len(source.text)
    own = [one for one in items if one.span.source.name == source.name]
    for one in sorted(own, key=lambda one: one.span.start - one.span.end):
        of[one.span.start : one.span.end] = [one] * (one.span.end - one.span.start)
    start = 0
    lines: list[str] = []
    for line in source.text.split("\n"):
        end = start + len(line)
        lines.append(f'<span class="line">{"".join(_line(line, of[start:end]))}</span>')
        start = end + 1
    return "".join(lines)


def _line(line: str, of: Sequence[Item | None]) -> Iterator[str]:
    for item, group in itertools.groupby(range(len(line)), key=lambda place: of[place]):
        places = list(group)
        text = html.escape(line[places[0] : places[-1] + 1])
        if item is None:
            yield text
        else:
            kind = "all" if not item.missing else "some" if item.seen else "none"
            told = "" if not item.missing else f' title="{html.escape(missing_text(item))}"'
            yield f'<span class="{kind}"{told}>{text}</span>'
