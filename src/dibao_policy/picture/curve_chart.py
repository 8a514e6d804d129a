"""A curve as a picture: own income and benefits stacked, their sum, the cliffs with their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import field, frozen

from dibao_policy.lawcraft.curve_model import (
    Axis,
    Component,
    Curve,
    Piece,
    lost_share,
    value_at,
)
from dibao_policy.picture.curve_words import (
    LABELED,
    amount,
    is_anything,
    notes,
    percent,
    title_of,
    told,
)
from dibao_policy.picture.labels import INK, LEFT, PLOT, QUIET, RIGHT, TOP, WIDTH, Labels
from dibao_policy.picture.svg import Point, element, picture, points, round_steps, text
from dibao_policy.text import display_width

RULE = "#d5d5d5"

_FILLS = (
    ("#2f5d8a", "", ""),
    ("#e3a24a", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", "#7a4a00"),
    ("#7fb59a", "M0,4 h8", "#1f5a40"),
    ("#b58fc0", "M4,0 v8", "#55306a"),
    ("#c9564b", "M0,0 l8,8 M0,8 l8,-8", "#ffffff"),
)
"""Fill, hatching and its color: told apart in grey as well."""

_OWN_FILL = "#efece4"


@frozen
class _Layer:
    """Amounts of one name, of all members together, stacked on those before it."""

    name: str
    fill: str
    parts: tuple[Component, ...]

    def at(self, axis: Axis, value: Fraction) -> Fraction:
        return sum((value_at(axis, one.pieces, value) for one in self.parts), Fraction(0))


@frozen
class _Plot:
    """Where amounts are on paper."""

    axis: Axis
    low: Fraction
    high: Fraction
    lowest: Fraction = field(default=Fraction(0))

    def x(self, value: Fraction) -> Fraction:
        share = (value - self.axis.first) / (self.axis.last - self.axis.first)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: Fraction) -> Fraction:
        return TOP + PLOT - (value - self.low) / (self.high - self.low) * PLOT


def curve_svg(curve: Curve) -> str:
    """The picture of a curve, as the text of an SVG file."""
    layers = _layers(curve)
    plot = _plot(curve)
    runs = _runs(curve, plot)
    below = list(_below(curve, layers, plot))
    height = TOP + PLOT + 64 + 52 + sum(size for _, size in below) + 16
    parts = [
        element("rect", width=WIDTH, height=height, fill="#ffffff"),
        element("defs", "".join(_patterns())),
        *_head(curve),
        *_grid(plot),
        *_areas(curve, layers, plot),
        *map(_heavy, runs),
        *_cliffs(curve, plot, runs),
        *_strip(curve, plot),
    ]
    y = TOP + PLOT + 64 + 52
    for part, size in below:
        parts.append(element("g", part, transform=f"translate(0 {y})"))
        y += size
    return picture(WIDTH, height, title_of(curve), told(curve), parts)


# ── what is drawn ─────────────────────────────────────────────────────────


def _layers(curve: Curve) -> list[_Layer]:
    """The own income and each benefit that is paid anywhere, by name."""
    names = dict.fromkeys(one.name for one in curve.components)
    layers: list[_Layer] = []
    if is_anything(curve.own):
        layers.append(_Layer(curve.own.name, _OWN_FILL, (curve.own,)))
    for name in names:
        parts = tuple(one for one in curve.components if one.name == name)
        if any(map(is_anything, parts)):
            place = len(layers) - bool(is_anything(curve.own))
            fill = f"url(#fill{place % len(_FILLS)})"
            layers.append(_Layer(name, fill, parts))
    return layers


def _plot(curve: Curve) -> _Plot:
    ends = [end for piece in curve.total for end in (piece.at_first, piece.at_last)]
    highest = max(*ends, Fraction(1)) * Fraction(108, 100)
    lowest = min(*ends, Fraction(0))
    step = round_steps(highest - lowest, 8)
    return _Plot(curve.axis, lowest // step * step, -(-highest // step) * step)


def _patterns() -> Iterator[str]:
    for place, (fill, hatch, ink) in enumerate(_FILLS):
        inner = element("rect", width=8, height=8, fill=fill)
        if hatch:
            inner += element("path", d=hatch, stroke=ink, stroke_width="1", fill="none")
        yield element(
            "pattern", inner, id=f"fill{place}", width=8, height=8, patternUnits="userSpaceOnUse"
        )


def _head(curve: Curve) -> Iterator[str]:
    yield text(LEFT, 40, title_of(curve), font_size=22, font_weight="bold", fill=INK)
    yield text(LEFT, 66, f"{curve.policy}　决定日期 {curve.day}", font_size=14, fill=QUIET)
    yield text(LEFT - 72, TOP - 16, "元/月", font_size=13, fill=QUIET)


def _grid(plot: _Plot) -> Iterator[str]:
    """Lines at round amounts, and what they stand for."""
    bottom = TOP + PLOT
    step = round_steps(plot.high - plot.low, 8)
    value = plot.low
    while value <= plot.high:
        y = plot.y(value)
        yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, stroke=RULE, stroke_width="1")
        yield text(LEFT - 10, y + 5, amount(value), text_anchor="end", font_size=13, fill=QUIET)
        value += step
    axis = plot.axis
    step = round_steps(axis.last - axis.first, 8)
    value = -(-axis.first // step) * step
    while value <= axis.last:
        x = plot.x(value)
        yield element("line", x1=x, x2=x, y1=bottom, y2=bottom + 6, stroke=INK, stroke_width="1")
        yield text(x, bottom + 24, amount(value), text_anchor="middle", font_size=13, fill=QUIET)
        value += step
    yield text(
        (LEFT + WIDTH - RIGHT) / Fraction(2),
        bottom + 48,
        f"{axis.name}（{axis.unit}）",
        text_anchor="middle",
        font_size=15,
        fill=INK,
    )


def _places(curve: Curve, plot: _Plot, parts: Sequence[Piece]) -> list[Fraction]:
    """The values of the input at which a corner is drawn: the ends of all pieces; more where steps can be seen."""
    axis = curve.axis
    found = {end for piece in parts for end in (piece.first, piece.last)}
    for piece in parts:
        if piece.shape == "line":
            continue
        seen = max(piece.fall, piece.rise) / (plot.high - plot.low) * PLOT
        if piece.shape == "curve" or seen > 1:
            # Two places for each point of the paper.
            width = axis.step * max(1, (axis.last - axis.first) / axis.step // (2 * WIDTH))
            count = int((piece.last - piece.first) / width)
            found |= {piece.first + width * i for i in range(count + 1)}
    return sorted(found)


def _areas(curve: Curve, layers: Sequence[_Layer], plot: _Plot) -> Iterator[str]:
    """Each layer between what is below it and what it adds."""
    parts = [piece for layer in layers for one in layer.parts for piece in one.pieces]
    places = _places(curve, plot, parts)
    base = [Fraction(0)] * len(places)
    for layer in layers:
        top = [low + layer.at(curve.axis, value) for low, value in zip(base, places, strict=True)]
        corners = [(plot.x(one), plot.y(value)) for one, value in zip(places, top, strict=True)]
        back = [(plot.x(one), plot.y(value)) for one, value in zip(places, base, strict=True)]
        yield element("polygon", points=points([*corners, *reversed(back)]), fill=layer.fill)
        yield element(
            "polyline", points=points(corners), fill="none", stroke=INK, stroke_width="0.6"
        )
        base = top


def _runs(curve: Curve, plot: _Plot) -> list[list[Point]]:
    """The sum on paper, broken where it jumps."""
    jumps = {turn.before for turn in curve.turns if turn.is_jump}
    runs: list[list[Point]] = [[]]
    for value in _places(curve, plot, curve.total):
        runs[-1].append((plot.x(value), plot.y(value_at(curve.axis, curve.total, value))))
        if value in jumps:
            runs.append([])
    return [run for run in runs if run]


def _heavy(run: Sequence[Point]) -> str:
    return element(
        "polyline",
        points=points(run),
        fill="none",
        stroke=INK,
        stroke_width="2.6",
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def _cliffs(curve: Curve, plot: _Plot, runs: Sequence[Sequence[Point]]) -> Iterator[str]:
    """Each cliff as a broken line down, the largest with their size; a jump up as a broken line alone."""
    sizes = sorted((turn.loss for turn in curve.cliffs), reverse=True)
    least = sizes[:LABELED][-1] if sizes else Fraction(0)
    labels = Labels(runs)
    for turn in curve.turns:
        if not turn.is_jump:
            continue
        x, above, below = plot.x(turn.after), plot.y(turn.total_before), plot.y(turn.total_after)
        yield element(
            "line", x1=x, x2=x, y1=above, y2=below, stroke=INK, stroke_width="1.6",
            stroke_dasharray="4 3",
        )  # fmt: skip
        if not turn.is_cliff:
            continue
        yield element("circle", cx=x, cy=above, r=4, fill=INK)
        yield element("circle", cx=x, cy=below, r=4, fill="#ffffff", stroke=INK, stroke_width="1.6")
        if turn.loss >= least:
            lines = (
                f"到 {amount(turn.after)}{curve.axis.unit}时",
                f"少 {amount(turn.loss)}元/月",
            )
            labels.put(lines, x, above, below)
    yield from labels.parts()


# ── below the axis ────────────────────────────────────────────────────────


def _strip(curve: Curve, plot: _Plot) -> Iterator[str]:
    """Of one more yuan, how much is lost, piece by piece under the axis."""
    if not curve.axis.is_own:
        return
    top = TOP + PLOT + 64
    yield text(LEFT - 10, top + 15, "每多 1元", text_anchor="end", font_size=12, fill=QUIET)
    yield text(LEFT - 10, top + 30, "少得", text_anchor="end", font_size=12, fill=QUIET)
    for start, end, share in _shares(curve):
        left, right = plot.x(start), plot.x(end)
        tone = "#ffffff" if not share else "#c4c4c4" if share < Fraction(9, 10) else "#8f8f8f"
        yield element(
            "rect", x=left, y=top, width=right - left, height=34, fill=tone, stroke=INK,
            stroke_width="0.8",
        )  # fmt: skip
        label = percent(share)
        if right - left > 8 * len(label) + 6:
            yield text(
                (left + right) / 2, top + 22, label, text_anchor="middle", font_size=13, fill=INK
            )


def _shares(curve: Curve) -> list[tuple[Fraction, Fraction, Fraction]]:
    """From where to where, and the share that is lost; neighbors that are alike are one."""
    found: list[tuple[Fraction, Fraction, Fraction]] = []
    for piece in curve.total:
        share = lost_share(curve, piece)
        if share is None:
            continue
        if found and found[-1][2] == share:
            found[-1] = (found[-1][0], piece.last, share)
        else:
            found.append((piece.first, piece.last, share))
    return found


def _below(curve: Curve, layers: Sequence[_Layer], plot: _Plot) -> Iterator[tuple[str, int]]:
    """The legend and the notes, each with the height that it takes."""
    x, row, inner = LEFT, 0, ""
    swatches = [(layer.name, layer.fill) for layer in layers]
    for name, fill in [*swatches, ("合计", "")]:
        width = 36 + display_width(name) * 8 + 24
        if x + width > WIDTH - RIGHT:
            x, row = LEFT, row + 1
        y = row * 26
        if fill:
            inner += element(
                "rect", x=x, y=y, width=26, height=16, fill=fill, stroke=INK, stroke_width="0.8"
            )
        else:
            inner += element(
                "line", x1=x, x2=x + 26, y1=y + 8, y2=y + 8, stroke=INK, stroke_width="2.6"
            )
        inner += text(x + 34, y + 13, name, font_size=14, fill=INK)
        x += width
    yield inner, (row + 1) * 26 + 12
    for note in notes(curve):
        for line in _wrapped(note, (WIDTH - LEFT - RIGHT) * 2 // 13):
            yield text(LEFT, 10, line, font_size=13, fill=QUIET), 20


def _wrapped(note: str, width: int) -> Iterator[str]:
    """A note in lines no wider than so many columns."""
    line = ""
    for character in note:
        if display_width(line + character) > width:
            yield line
            line = ""
        line += character
    yield line
