"""Lines of words under each other, and the key that says what a look stands for."""

from collections.abc import Iterator, Sequence

from trede.reports.charts.canvas import LINE, width_of, wrapped
from trede.studies.shapes import Shape

SWATCH = 14
ROW = 24


def lettered(look: str, x: float, y: float, lines: Sequence[str]) -> Iterator[Shape]:
    """Lines that are broken already; `y` is the foot of the first."""
    for place, words in enumerate(lines):
        yield Shape(look, round(x, 1), round(y + place * LINE, 1), text=words)


def key(
    entries: Sequence[tuple[str, str]], *, top: float, width: float, left: float = 0
) -> tuple[list[Shape], float]:
    """Swatches with their words, in as many rows as they need; and where they end."""
    shapes: list[Shape] = []
    x, deep = left, ROW
    for look, words in entries:
        lines = wrapped(words, width - left - SWATCH - 8)
        wide = SWATCH + 8 + max(map(width_of, lines))
        if x > left and x + wide > width:
            x, top, deep = left, top + deep, ROW
        shapes.append(Shape(look, x, round(top, 1), SWATCH, SWATCH))
        shapes += lettered("t", x + SWATCH + 8, top + 12, lines)
        deep = max(deep, LINE * len(lines) + 7)
        x += wide + 20
    return shapes, top + (deep if entries else 0)
