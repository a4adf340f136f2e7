"""What every picture of ours is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """A rectangle; a line of text when there is text, an outline when there is a path.

    `look` names its colour and line, and for text its weight and anchor. `x` and `y`
    of an outline are its centre or its first point.
    """

    look: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    path: str = ""


def line(look: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    return polyline(look, ((x1, y1), (x2, y2)))


def polyline(look: str, points: Sequence[Point]) -> Shape:
    """An open line through the points."""
    (x, y), *_rest = points
    return Shape(look, _short(x), _short(y), path=f"M{_through(points)}")


def polygon(look: str, points: Sequence[Point]) -> Shape:
    """A closed area round the points."""
    (x, y), *_rest = points
    return Shape(look, _short(x), _short(y), path=f"M{_through(points)}Z")


def circle(look: str, x: float, y: float, radius: float) -> Shape:
    x, y, radius = _short(x), _short(y), _short(radius)
    half = f"a{radius:g} {radius:g} 0 1 0"
    path = f"M{x - radius:g} {y:g}{half} {2 * radius:g} 0{half} {-2 * radius:g} 0Z"
    return Shape(look, x, y, path=path)


def ribbon(look: str, x1: float, x2: float, left: Point, right: Point) -> Shape:
    """A flow from `left` (its top and foot at x1) that bends to `right` (at x2)."""
    bend = (x1 + x2) / 2
    out = f"C{bend:g} {left[0]:g} {bend:g} {right[0]:g} {x2:g} {right[0]:g}"
    back = f"C{bend:g} {right[1]:g} {bend:g} {left[1]:g} {x1:g} {left[1]:g}"
    path = f"M{x1:g} {left[0]:g}{out}V{right[1]:g}{back}Z"
    return Shape(look, _short(x1), _short(left[0]), path=path)


def _through(points: Sequence[Point]) -> str:
    return "L".join(f"{_short(x):g} {_short(y):g}" for x, y in points)


def _short(value: float) -> float:
    """A tenth of a point is finer than any screen draws."""
    return round(float(value), 1)
