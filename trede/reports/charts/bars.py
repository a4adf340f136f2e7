"""Bars of figures: those that stand under each other, and those that add up to all.

The pictures of what was found at one moment. What is left of a bar that adds up was
withheld, and is hatched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trede.reports.charts.canvas import Canvas, Drawn, on_both, width_of, written
from trede.reports.charts.lettering import key
from trede.reports.drawing import ON_DARK, Picture
from trede.studies.shapes import Shape

LABELS = 250  # the column of words at the left
FIGURE = 100  # for the figure behind a bar
# From little to much, as many as there are answers; what is pale has an edge.
SHADES = {
    2: ("h2 edged", "h4"),
    3: ("h2 edged", "h3 edged", "h4"),
    4: ("h2 edged", "h3 edged", "h4", "h5"),
    5: ("h1 edged", "h2 edged", "h3 edged", "h4", "h5"),
    6: ("h0 edged", "h1 edged", "h2 edged", "h3 edged", "h4", "h5"),
}
MEASURES = ("c5", "c4 edged")
TALL = 38  # of a bar that adds up


@dataclass(frozen=True)
class Part:
    """`value` None: withheld. `text` is what stands in or beside the bar."""

    value: float | None
    text: str


@dataclass(frozen=True)
class Bar:
    label: str
    parts: tuple[Part, ...]
    under: str = ""


def adding_up(
    bars: Sequence[Bar], *, names: Sequence[str], hidden: str, told: str
) -> Picture:
    """Each bar is a whole of 100, divided over the answers in their order."""
    shades = SHADES[min(max(len(names), 2), 6)]

    def draw(canvas: Canvas) -> Drawn:
        shapes, top = _key(names, shades, canvas)
        for bar in bars:
            words, foot, beside = _words(bar, canvas, top)
            shapes += words
            shapes += _divided(bar, shades, canvas, beside, hidden)
            top = max(beside + TALL, foot) + 12
        return shapes, top - 6

    return on_both(draw, told)


def side_by_side(
    bars: Sequence[Bar], *, names: Sequence[str], most: float, told: str
) -> Picture:
    """Bars from zero; several under one label for several measures of it."""
    several = len(names) > 1
    thick = 18 if several else 22

    def draw(canvas: Canvas) -> Drawn:
        shapes, top = _key(names if several else (), MEASURES, canvas)
        for bar in bars:
            words, foot, beside = _words(bar, canvas, top)
            shapes += words
            for place, part in enumerate(bar.parts):
                look = MEASURES[place % 2]
                shapes += _length(part, look, canvas, beside, thick, most)
                beside += thick + 2
            top = max(beside, foot) + 10
        return shapes, top - 4

    return on_both(draw, told)


def _key(
    names: Sequence[str], looks: Sequence[str], canvas: Canvas
) -> tuple[list[Shape], float]:
    if not names:
        return [], 0
    named = list(zip(looks, names, strict=False))
    shapes, foot = key(named, top=1, width=canvas.width)
    return shapes, foot + 10


def _words(bar: Bar, canvas: Canvas, top: float) -> tuple[list[Shape], float, float]:
    """The words of a bar, where they end and where the bar begins."""
    room = canvas.width if canvas.stacked else LABELS - 14
    shapes, foot = written(bar.label, 0, top + 1, room, "s")
    if bar.under:
        more, foot = written(bar.under, 0, foot, room, "t")
        shapes += more
    return shapes, foot, foot + 5 if canvas.stacked else top


def _left(canvas: Canvas) -> float:
    return 0.0 if canvas.stacked else float(LABELS)


def _length(
    part: Part, look: str, canvas: Canvas, top: float, thick: int, most: float
) -> Iterable[Shape]:
    left, text = _left(canvas), round(top + thick - 5, 1)
    if part.value is None:
        yield Shape("t", left, text, text=part.text)
        return
    room = canvas.width - left - FIGURE
    width = round(room * part.value / most, 1) if most else 0
    if width:
        yield Shape(look, left, top, width, thick)
    yield Shape("s", round(left + width + 8, 1), text, text=part.text)


def _divided(
    bar: Bar, shades: Sequence[str], canvas: Canvas, top: float, hidden: str
) -> Iterable[Shape]:
    left = _left(canvas)
    whole = canvas.width - left
    middle = round(top + TALL / 2 + 5, 1)
    for part, look in zip(bar.parts, shades, strict=False):
        if not part.value:
            continue
        width = round(whole * part.value / 100, 1)
        yield Shape(look, round(left, 1), top, round(max(width - 2, 0.5), 1), TALL)
        if width > 34:
            on = "inv mid" if look in ON_DARK else "s mid"
            yield Shape(on, round(left + width / 2, 1), middle, text=part.text)
        left += width
    rest = round(canvas.width - left, 1)
    if rest > 3:
        yield Shape("hatched", round(left, 1), top, rest, TALL)
        if rest > 80:
            # A white field, for words on stripes are hard to read.
            wide = width_of(hidden) + 10
            start = round(left + (rest - wide) / 2, 1)
            yield Shape("paper", start, middle - 15, round(wide, 1), 20)
            yield Shape("t mid", round(left + rest / 2, 1), middle, text=hidden)
