"""Figures with their intervals under each other, and what they come to together.

The same picture serves pilots of a synthesis (a square as large as the weight, a
diamond for the whole and a bar where the next pilot may be expected), outcomes of one
pilot, and differences between who stayed and who left (with a grey zone for what is
too small to matter).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log, log10, sqrt

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import (
    LINE,
    Axis,
    Canvas,
    Drawn,
    on_both,
    round_steps,
    ruled,
    width_of,
    written,
)
from trede.reports.charts.intervals import (
    ARROW,
    between,
    diamond,
    field,
    from_to,
    in_words,
    square,
    withheld,
)
from trede.reports.charts.reading_aloud import aloud
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.wording import number
from trede.studies.shapes import Shape, circle, line, polygon

LABELS, GAP, TALL = 210, 14, 34
SMALLEST, LARGEST = 4.0, 17.0  # a square, by weight
MOST_RATIOS = 7  # that have room on an axis


@dataclass(frozen=True)
class Row:
    """`weight` in percent, where there is one.

    A figure that is only known to lie somewhere has `bounds`; without those and
    without a `value` it was withheld. `words` stand for what is drawn on a scale that
    nobody reads, such as a logarithm.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    under: str = ""
    weight: float | None = None
    bounds: tuple[float, float] | None = None
    words: str = ""

    def told(self, places: int) -> Shown:
        if self.value is None and self.bounds:
            return from_to(*self.bounds, places)
        if self.value is not None and self.words:
            return Shown(self.words)
        return in_words(self.value, self.low, self.high, places)


@dataclass(frozen=True)
class Pooled:
    """`prediction`: where the figure of a next pilot may be expected."""

    label: str
    value: float
    low: float
    high: float
    prediction: tuple[float, float] | None = None
    under: str = ""

    def told(self, places: int) -> Shown:
        return in_words(self.value, self.low, self.high, places)


@dataclass(frozen=True)
class Forest:
    """`along` says what the axis counts; `lower` and `higher` what its sides mean. The
    figures of `ratios` are logarithms, and the axis has the ratios themselves."""

    title: str
    rows: tuple[Row, ...]
    pooled: tuple[Pooled, ...] = ()
    along: str = ""
    lower: str = ""
    higher: str = ""
    reference: float = 0
    band: tuple[float, float] | None = None
    places: int = 2
    scale: tuple[float, float] | None = None
    ratios: bool = False


def forest(data: Forest) -> Picture:
    return on_both(lambda canvas: _draw(data, canvas), aloud(grid(data)))


def grid(data: Forest) -> Grid:
    weighed = any(row.weight is not None for row in data.rows)
    heads = (_("Figure and 95% interval"), *((_("Weight"),) if weighed else ()))
    lines = [_line(row, data.places, weighed=weighed) for row in data.rows]
    for whole in data.pooled:
        lines += _pooled_lines(whole, data.places, weighed=weighed)
    return Grid(data.title, heads, tuple(lines))


def _line(row: Row, places: int, *, weighed: bool) -> Line:
    shown = [row.told(places)]
    if weighed:
        weight = row.weight
        shown.append(Shown("–" if weight is None else f"{number(weight, 1)}%"))
    label = f"{row.label}, {row.under}" if row.under else row.label
    return Line(label, tuple(shown))


def _pooled_lines(whole: Pooled, places: int, *, weighed: bool) -> Iterable[Line]:
    rest = (Shown("–"),) if weighed else ()
    label = f"{whole.label}, {whole.under}" if whole.under else whole.label
    yield Line(label, (whole.told(places), *rest))
    if whole.prediction:
        told = from_to(*whole.prediction, places)
        yield Line(_expected(), (told, *rest), under=True)


def _expected() -> str:
    return _("Where a next pilot may be expected")


# The picture ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    """Where words, axis and figures stand on this canvas."""

    labels: float
    axis: Axis
    steps: Sequence[float]
    figures: float  # the right edge of the figures; 0: they stand under the words


def _draw(data: Forest, canvas: Canvas) -> Drawn:
    columns = _columns(data, canvas)
    rows: list[Shape] = []
    top = 4.0
    for row in data.rows:
        drawn, top = _row(data, row, columns, top)
        rows += drawn
    if data.pooled:
        rows.append(line("axis", 0, top, canvas.width, top))
        top += 8
    for whole in data.pooled:
        drawn, top = _whole(data, whole, columns, top)
        rows += drawn
    shapes = [*_ground(data, columns, top), *rows]
    under, bottom = _under(data, columns, top + 22)
    return [*shapes, *under], bottom


def _columns(data: Forest, canvas: Canvas) -> _Columns:
    low, high = data.scale or _reach(data)
    about = 4 if canvas.stacked else 6
    steps = _ratio_steps(low, high) if data.ratios else round_steps(low, high, about)
    if canvas.stacked:
        axis = Axis(steps[0], steps[-1], 14, canvas.width - 14)
        return _Columns(canvas.width, axis, steps, 0)
    every: tuple[Row | Pooled, ...] = (*data.rows, *data.pooled)
    said = [each.told(data.places).text for each in every]
    wide = max((width_of(text, bold=True) for text in said), default=0)
    right = canvas.width - wide - GAP
    axis = Axis(steps[0], steps[-1], LABELS + GAP, right - GAP)
    return _Columns(LABELS, axis, steps, canvas.width)


def _ratio_steps(low: float, high: float) -> list[float]:
    """Logarithms of 1, 2, 5, 10 and of their inverses, round low and high; of many
    only the tens."""
    tens = range(floor(low / log(10)) - 1, ceil(high / log(10)) + 1)
    every = [log(each) + ten * log(10) for ten in tens for each in (1, 2, 5)]
    first = max(step for step in every if step <= low + 1e-9)
    last = min(step for step in every if step >= high - 1e-9)
    found = [step for step in every if first <= step <= max(last, first + log(2))]
    whole = [step for step in found if step in (found[0], found[-1]) or _is_ten(step)]
    return found if len(found) <= MOST_RATIOS else whole


def _is_ten(step: float) -> bool:
    return abs(step / log(10) - round(step / log(10))) < 1e-9


def _as_ratio(step: float) -> str:
    ratio = exp(step)
    return number(ratio, max(0, ceil(-log10(ratio) - 1e-9)))


def _reach(data: Forest) -> tuple[float, float]:
    ends = [data.reference]
    every: tuple[Row | Pooled, ...] = (*data.rows, *data.pooled)
    for each in every:
        known = (each.value, each.low, each.high)
        ends += [end for end in known if end is not None]
    for row in data.rows:
        ends += row.bounds or ()
    for whole in data.pooled:
        ends += whole.prediction or ()
    return min(ends), max(ends)


def _row(
    data: Forest, row: Row, columns: _Columns, top: float
) -> tuple[list[Shape], float]:
    told = row.told(data.places)
    shapes, middle, bottom = _words(row.label, row.under, told, columns, top)
    shapes += _at_row(data, columns, middle)
    shapes += _figure(data, row, columns.axis, middle)
    return shapes, bottom


def _figure(data: Forest, row: Row, axis: Axis, middle: float) -> Iterable[Shape]:
    known = row.value is not None or row.bounds
    if not known:
        yield from withheld(axis, middle)
        return
    if row.low is not None and row.high is not None:
        yield from between(axis, middle, row.low, row.high)
    if row.value is None and row.bounds:
        yield field("h3 edged", axis, middle, *row.bounds)
    elif row.value is not None and row.weight is not None:
        side = _side(row.weight, data)
        yield square("dot", axis.within(row.value), middle, side)
    elif row.value is not None:
        yield circle("dot", axis.within(row.value), middle, 5)


def _side(weight: float, data: Forest) -> float:
    """The area tells the weight, so the side goes by its root."""
    most = max(row.weight or 0 for row in data.rows) or 1
    return round(max(LARGEST * sqrt(weight / most), SMALLEST), 1)


def _whole(
    data: Forest, whole: Pooled, columns: _Columns, top: float
) -> tuple[list[Shape], float]:
    told = whole.told(data.places)
    shapes, middle, bottom = _words(
        whole.label, whole.under, told, columns, top, "s", "s"
    )
    shapes += _at_row(data, columns, middle)
    shapes.append(diamond("h5", columns.axis, middle, whole.low, whole.high))
    if whole.prediction:
        told = from_to(*whole.prediction, data.places)
        more, middle, bottom = _words(_expected(), "", told, columns, bottom)
        shapes += (*more, *_at_row(data, columns, middle))
        shapes.append(field("h3", columns.axis, middle, *whole.prediction))
        shapes += between(columns.axis, middle, *whole.prediction)
    return shapes, bottom


def _words(
    label: str,
    under: str,
    told: Shown,
    columns: _Columns,
    top: float,
    look: str = "t",
    figure: str = "q",
) -> tuple[list[Shape], float, float]:
    """The words of a row, where its line is drawn and where the row ends."""
    if columns.figures:
        shapes, foot = written(label, 0, top, columns.labels, look)
        more, foot = (
            written(under, 0, foot, columns.labels, "q") if under else ([], foot)
        )
        middle = round((top + foot) / 2, 1)
        shapes += more
        shapes.append(
            Shape(f"{figure} end", columns.figures, middle + 5, text=told.text)
        )
        return shapes, middle, max(foot, top + LINE) + (TALL - LINE) * 0.6
    shapes, foot = written(label, 0, top, columns.labels, "s")
    text = f"{told.text}, {under}" if under else told.text
    more, foot = written(text, 0, foot, columns.labels, "q")
    return [*shapes, *more], foot + 13, foot + TALL


def _ground(data: Forest, columns: _Columns, bottom: float) -> Iterable[Shape]:
    """On a telephone words stand across the axis, so there it only has its foot."""
    axis, beside = columns.axis, bool(columns.figures)
    if beside:
        yield from _marked(data, axis, 0, bottom)
    told = _as_ratio if data.ratios else None
    top = 0 if beside else bottom - 4
    yield from ruled(axis, columns.steps, top, bottom, told=told)
    if beside:
        x = axis.within(data.reference)
        yield line("zero", x, 0, x, bottom)


def _at_row(data: Forest, columns: _Columns, middle: float) -> Iterable[Shape]:
    """On a telephone each row has the reference for itself."""
    if not columns.figures:
        axis, top, bottom = columns.axis, middle - 11, middle + 11
        yield from _marked(data, axis, top, bottom)
        yield line("hair", axis.left, middle, axis.right, middle)
        x = axis.within(data.reference)
        yield line("zero", x, top, x, bottom)


def _marked(data: Forest, axis: Axis, top: float, bottom: float) -> Iterable[Shape]:
    if data.band:
        left, right = (axis.within(end) for end in data.band)
        wide, tall = round(right - left, 1), round(bottom - top, 1)
        yield Shape("band2", left, round(top, 1), wide, tall)


def _under(data: Forest, columns: _Columns, top: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    axis = columns.axis
    if data.lower or data.higher:
        shapes += _end_meaning(axis.left, 1, top, data.lower)
        # Two long ones do not fit beside each other under a narrow axis.
        room = axis.right - axis.left - 2 * 18 - GAP
        if data.lower and width_of(data.lower) + width_of(data.higher) > room:
            top += LINE
        shapes += _end_meaning(axis.right, -1, top, data.higher)
        top += LINE
    if data.along:
        middle = (axis.left + axis.right) / 2
        shapes.append(Shape("t mid", round(middle, 1), top + 15, text=data.along))
        top += LINE
    return shapes, top + 8


def _end_meaning(x: float, inward: int, top: float, words: str) -> list[Shape]:
    """What an end of the axis means, with an arrow to it."""
    if not words:
        return []
    look = "q" if inward > 0 else "q end"
    return [
        *_arrow(x, inward, top + 8),
        Shape(look, x + inward * 18, top + 13, text=words),
    ]


def _arrow(x: float, inward: int, y: float) -> Iterable[Shape]:
    back = x + inward * ARROW
    yield line("axis", back, y, x + inward * 13, y)
    yield polygon("n3", ((x, y), (back, y - 3.5), (back, y + 3.5)))
