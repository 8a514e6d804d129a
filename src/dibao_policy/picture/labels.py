"""Boxes with words in a plot, put where they cover neither the line nor each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dibao_policy.picture.svg import Point, element, text
from dibao_policy.text import display_width

WIDTH = 960
LEFT, RIGHT, TOP, PLOT = 92, 36, 112, 380
INK, QUIET = "#1a1a1a", "#4d4d4d"
_HEIGHT, _APART = 44, 50


class Labels:
    """Places for boxes beside a line, which is given as runs of points on paper."""

    def __init__(self, runs: Sequence[Sequence[Point]]) -> None:
        self.runs = runs
        self.taken: list[tuple[Fraction, Fraction, Fraction]] = []
        self.leaders: list[str] = []
        self.boxes: list[str] = []

    def parts(self) -> Iterator[str]:
        """What is drawn: the boxes over the lines that lead to them, so that none is crossed."""
        yield from self.leaders
        yield from self.boxes

    def put(self, lines: tuple[str, str], x: Fraction, above: Fraction, below: Fraction) -> None:
        """A box of two lines for a place of the line: over it, or under it where there is no room left."""
        width = Fraction(max(display_width(line) for line in lines) * 15, 2) + 20
        left = min(max(x - width / 2, Fraction(LEFT + 4)), WIDTH - RIGHT - width)
        upper, lower = self._line_between(left, left + width, above, below)
        y = upper - _HEIGHT - 20
        while self._is_taken(left, left + width, y):
            y -= _APART
        end = above - 4
        if y < TOP - 30:
            y = lower + 20
            while self._is_taken(left, left + width, y):
                y += _APART
            end = below + 4
        self.taken.append((left, left + width, y))
        middle = left + width / 2
        start = y + _HEIGHT if y < end else y
        self.leaders.append(
            element("line", x1=x, x2=x, y1=start, y2=end, stroke=INK, stroke_width="1")
        )
        self.boxes += [
            element(
                "rect", x=left, y=y, width=width, height=_HEIGHT, rx=3, fill="#ffffff", stroke=INK,
                stroke_width="1",
            ),
            text(middle, y + 18, lines[0], text_anchor="middle", font_size=13, fill=QUIET),
            text(
                middle, y + 36, lines[1], text_anchor="middle", font_size=14, font_weight="bold",
                fill=INK,
            ),
        ]  # fmt: skip

    def _is_taken(self, left: Fraction, right: Fraction, y: Fraction) -> bool:
        return any(
            left < end + 6 and start - 6 < right and abs(y - one) < _HEIGHT + 4
            for start, end, one in self.taken
        )

    def _line_between(
        self, left: Fraction, right: Fraction, above: Fraction, below: Fraction
    ) -> tuple[Fraction, Fraction]:
        """How high and how low the line goes between two places; further up is less."""
        found = [above, below]
        for run in self.runs:
            for (x1, y1), (x2, y2) in pairwise(run):
                if x2 < left or x1 > right or x1 == x2:
                    continue
                for x in (max(x1, left), min(x2, right)):
                    found.append(y1 + (y2 - y1) * (x - x1) / (x2 - x1))
        return min(found), max(found)
