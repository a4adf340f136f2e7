"""Lines of words under each other, and the key that says what a look stands for."""

from collections.abc import Iterator, Sequence

from trede.reports.charts.canvas import LINE, width_of, wrapped
from trede.reports.inking import LINES
from trede.studies.shapes import Shape, line

SWATCH = 14
DASHES = 26  # long enough to see that a line is dashed
ROW = 24
MARK = "mark"  # an upright mark on a line


def lettered(look: str, x: float, y: float, lines: Sequence[str]) -> Iterator[Shape]:
    """Lines that are broken already; `y` is the foot of the first."""
    for place, words in enumerate(lines):
        yield Shape(look, round(x, 1), round(y + place * LINE, 1), text=words)


def key(
    entries: Sequence[tuple[str, str]], *, top: float, width: float, left: float = 1
) -> tuple[list[Shape], float]:
    """Swatches with their words, in as many rows as they need; and where they end."""
    shapes: list[Shape] = []
    x, deep = left, ROW
    for look, words in entries:
        swatch = DASHES if look in LINES else SWATCH
        lines = wrapped(words, width - left - swatch - 8)
        wide = swatch + 8 + max(map(width_of, lines))
        if x > left and x + wide > width:
            x, top, deep = left, top + deep, ROW
        shapes += _swatch(look, round(x, 1), round(top, 1))
        shapes += lettered("t", x + swatch + 8, top + 12, lines)
        deep = max(deep, LINE * len(lines) + 7)
        x += wide + 20
    return shapes, top + (deep if entries else 0)


def _swatch(look: str, x: float, top: float) -> Iterator[Shape]:
    right, middle, foot = x + SWATCH, x + SWATCH / 2, top + SWATCH
    if look == MARK:
        yield line("thin", middle, top + 2, middle, foot - 2)
    elif look in LINES:
        yield line(look, x, top + SWATCH / 2, x + DASHES, top + SWATCH / 2)
    else:
        yield Shape(look, x, top, SWATCH, SWATCH)
    if look == "band":
        yield line("edge", x, top, right, top)
        yield line("edge", x, foot, right, foot)
