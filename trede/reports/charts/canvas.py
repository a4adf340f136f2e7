"""What every chart stands on: a page or a telephone, letters that fit, an axis.

A chart is drawn twice from the same figures: wide, with the words in a column beside
it, and narrow, with the words above what they name, so that nobody has to scroll
sideways or read letters that are too small.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from trede.reports.drawing import WIDTH, Picture
from trede.reports.wording import number
from trede.studies.shapes import Shape, line

LINE = 17
ROOM = 4  # between a drawing and the edge
# How wide letters of 13 points are; bold ones are a little wider.
_THIN, _BROAD = "ijlI|!.,:;'() []frt-/", "mwMW%@…ABCDEFGHKNOPQRSUVXYZ–"
_BOLD = 1.06


@dataclass(frozen=True)
class Canvas:
    """`stacked`: words stand above what they name."""

    width: float
    stacked: bool


WIDE, NARROW = Canvas(WIDTH, False), Canvas(340, True)
Drawn = tuple[Sequence[Shape], float]  # what is drawn, and how high it became


def on_both(draw: Callable[[Canvas], Drawn], told: str) -> Picture:
    """The picture for a page, with the one for a telephone in it."""
    wide, narrow = (_picture(draw(canvas), canvas, told) for canvas in (WIDE, NARROW))
    return Picture(wide.height, wide.shapes, told, wide.width, narrow)


def _picture(drawn: Drawn, canvas: Canvas, told: str) -> Picture:
    shapes, height = drawn
    return Picture(ceil(height), tuple(shapes), told, int(canvas.width))


# Letters --------------------------------------------------------------------------


def width_of(text: str, *, bold: bool = False) -> float:
    """About as wide as it is printed: enough to know whether it fits."""
    wide = sum(4.4 if x in _THIN else 10.0 if x in _BROAD else 7.6 for x in text)
    return wide * (_BOLD if bold else 1)


def wrapped(text: str, width: float, *, bold: bool = False) -> list[str]:
    """In lines of at most this width; a longer word keeps a line to itself."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def written(
    text: str, x: float, top: float, width: float, look: str = "t"
) -> tuple[list[Shape], float]:
    """Lines of text from `top`, and where they end."""
    bold = bool({"s", "inv"} & set(look.split()))
    lines = wrapped(text, width, bold=bold)
    shapes = [
        Shape(look, x, round(top + 13 + place * LINE, 1), text=told)
        for place, told in enumerate(lines)
        if told
    ]
    return shapes, top + len(lines) * LINE


# Axes -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Axis:
    """From the values `low` to `high`, drawn from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.left + share * (self.right - self.left), 1)

    def within(self, value: float) -> float:
        """As `at`, but what lies outside stands at the edge."""
        return self.at(min(max(value, self.low), self.high))


def round_steps(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers that take in all between `low` and `high`."""
    rough = max(high - low, 1e-9) / about
    size = 10.0 ** floor(log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, max(last, first + 1) + 1)]


def marks(axis: Axis, about: int = 6) -> list[float]:
    """Round numbers on this axis, as many as have room for their words."""
    found: list[float] = []
    for few in range(about, 1, -1):
        steps = round_steps(axis.low, axis.high, few)
        found = [step for step in steps if axis.low <= step <= axis.high]
        places = places_of(found)
        wide = sum(width_of(on_axis(step, places)) + 10 for step in found)
        if wide <= axis.right - axis.left:
            break
    return found


def on_axis(value: float, places: int) -> str:
    return number(value, places).replace("-", "\N{MINUS SIGN}")


def places_of(steps: Sequence[float]) -> int:
    """How many decimals tell these steps apart."""
    if all(float(step).is_integer() for step in steps):
        return 0
    return next(d for d in (1, 2, 3, 4) if all(_ends(step, d) for step in steps))


def _ends(value: float, places: int) -> bool:
    return abs(value - round(value, places)) < 1e-9 or places == 4


def ruled(
    axis: Axis,
    steps: Sequence[float],
    top: float,
    bottom: float,
    *,
    told: Callable[[float], str] | None = None,
) -> Iterable[Shape]:
    """Fine lines with the round numbers under them."""
    places = places_of(steps)
    for step in steps:
        x = axis.at(step)
        yield line("hair", x, top, x, bottom)
        text = told(step) if told else on_axis(step, places)
        yield Shape("q mid", x, round(bottom + 17, 1), text=text)
