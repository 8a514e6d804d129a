"""A small writer of SVG: elements as text, numbers without binary floating point."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from dibao_policy.values import Rounding, number_text, round_to

Number = Fraction | int
Point = tuple[Fraction, Fraction]

FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "WenQuanYi Zen Hei", "SimHei",
)  # fmt: skip
"""Families of fonts that have Chinese, in the order in which they are tried."""


def length(value: Number) -> str:
    """A length on paper, to a hundredth."""
    return number_text(round_to(Fraction(value), Fraction(1, 100), Rounding.HALF_EVEN))


def element(name: str, content: str = "", **attributes: Number | str) -> str:
    """An element; `_` in the name of an attribute stands for `-`, and a last one is left out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(value if isinstance(value, str) else length(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: Number, y: Number, content: str, **attributes: Number | str) -> str:
    """A line of text."""
    return element("text", escape(content), x=x, y=y, **attributes)


def points(several: Iterable[Point]) -> str:
    """Points of a polygon or a polyline."""
    return " ".join(f"{length(x)},{length(y)}" for x, y in several)


def picture(width: int, height: int, title: str, told: str, parts: Iterable[str]) -> str:
    """A whole picture, with its title and what it shows in words for who cannot see it."""
    families = ", ".join(f"'{name}'" for name in FAMILIES) + ", sans-serif"
    inner = [
        element("title", escape(title), id="title"),
        element("desc", escape(told), id="desc"),
        *parts,
    ]
    content = "\n" + "\n".join(inner) + "\n"
    return (
        element(
            "svg",
            content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width} {height}",
            width=str(width),
            height=str(height),
            role="img",
            aria_labelledby="title desc",
            font_family=families,
            lang="zh-Hans",
        )
        + "\n"
    )


def round_steps(span: Fraction, most: int) -> Fraction:
    """The smallest of 1, 2, 5, 10, 20, … (and 0.5, 0.2, …) of which no more than `most` fit into a span."""
    size = Fraction(1)
    while size * most >= span:
        size /= 10
    while True:
        for factor in (1, 2, 5):
            if size * factor * most >= span:
                return size * factor
        size *= 10
