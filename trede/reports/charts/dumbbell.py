"""Many outcomes at two moments: where people were, where they are, and the change.

At the left a ring (before) and a dot (after) with a line between them, on the scale
of the questions; at the right the change with its interval. The two stand apart
because the distance between two means says nothing of how certain it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import (
    LINE,
    Axis,
    Canvas,
    Drawn,
    marks,
    on_both,
    ruled,
    width_of,
    written,
)
from trede.reports.charts.intervals import between, in_words, plainly, withheld
from trede.reports.charts.reading_aloud import aloud
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.wording import number
from trede.studies.shapes import Shape, circle, line

LABELS, GAP = 220, 34
RING, DOT = 6.5, 4.5  # so that both show where nothing changed
AT_RIGHT = 0.42  # of what the words leave, for the change
ROW = 14  # between the words of two outcomes


@dataclass(frozen=True)
class Item:
    """Means or shares of the same people at both moments; None: withheld."""

    label: str
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    n: int | None


@dataclass(frozen=True)
class Domain:
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Dumbbells:
    """`scale`: the ends of the answers. `along` and `changed` head the two halves."""

    title: str
    domains: tuple[Domain, ...]
    before: str
    after: str
    scale: tuple[float, float]
    along: str = ""
    changed: str = ""
    places: int = 1

    @property
    def items(self) -> list[Item]:
        return [item for domain in self.domains for item in domain.items]


def dumbbell(data: Dumbbells) -> Picture:
    return on_both(lambda canvas: _draw(data, canvas), aloud(grid(data)))


def grid(data: Dumbbells) -> Grid:
    heads = (data.before, data.after, data.changed or _change(), "N")
    several = len(data.domains) > 1
    lines = []
    for domain in data.domains:
        if several and domain.label:
            lines.append(Line(domain.label, (Shown(""),) * len(heads)))
        lines += [_line(item, data.places, under=several) for item in domain.items]
    return Grid(data.title, heads, tuple(lines))


def _line(item: Item, places: int, *, under: bool) -> Line:
    count = _("hidden") if item.n is None else number(item.n)
    shown = (
        plainly(item.before, places),
        plainly(item.after, places),
        in_words(item.change, item.low, item.high, places),
        Shown(count, hidden=item.n is None),
    )
    return Line(item.label, shown, under)


def _change() -> str:
    return _("Change, with 95% interval")


# The picture ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Columns:
    labels: float
    levels: Axis
    changes: Axis
    stacked: bool


def _draw(data: Dumbbells, canvas: Canvas) -> Drawn:
    columns = _columns(data, canvas)
    shapes, top = _key(data, canvas)
    heads, start = _heads(data, columns, top)
    rows: list[Shape] = []
    top = start + 8
    for domain in data.domains:
        if domain.label:
            words, top = written(domain.label, 0, top, canvas.width, "s")
            rows += words
            top += 6
        for item in domain.items:
            drawn, top = _row(item, columns, top)
            rows += drawn
        top += 8
    ground = _ground(columns, start, top)
    return [*shapes, *heads, *ground, *rows], top + 26


def _columns(data: Dumbbells, canvas: Canvas) -> _Columns:
    labels = 0 if canvas.stacked else LABELS
    room = canvas.width - labels - GAP - 16
    split = labels + 8 + room * (1 - AT_RIGHT)
    known = [
        end
        for item in data.items
        for end in (item.change, item.low, item.high)
        if end is not None
    ]
    # Zero in the middle: as far down as up, so that neither side looks larger.
    far = max((abs(end) for end in known), default=1.0) * 1.08
    return _Columns(
        canvas.width if canvas.stacked else LABELS,
        Axis(*data.scale, labels + 8, split),
        Axis(-far, far, split + GAP, canvas.width - 8),
        canvas.stacked,
    )


def _key(data: Dumbbells, canvas: Canvas) -> tuple[list[Shape], float]:
    left = 8.0 if canvas.stacked else LABELS + 8.0
    wide = 20 + width_of(data.before) + 24
    together = left + wide + 20 + width_of(data.after) < canvas.width
    second = (left + wide, 9.0) if together else (left, 9.0 + LINE + 4)
    shapes = [
        circle("ring", left, 9, RING),
        Shape("t", left + 14, 14, text=data.before),
        circle("dot", *second, DOT),
        Shape("t", second[0] + 14, second[1] + 5, text=data.after),
    ]
    return shapes, second[1] + 17


def _heads(data: Dumbbells, columns: _Columns, top: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    lowest = top
    halves = (
        (data.along, columns.levels),
        (data.changed or _change(), columns.changes),
    )
    for text, axis in halves:
        words, foot = written(
            text, axis.left - 8, top, axis.right - axis.left + 16, "q"
        )
        shapes += words
        lowest = max(lowest, foot)
    return shapes, lowest + 6


def _row(item: Item, columns: _Columns, top: float) -> tuple[list[Shape], float]:
    shapes, foot = written(item.label, 0, top, columns.labels - 10)
    if None in (item.before, item.after, item.change):
        said, foot = written(_("hidden"), 0, foot, columns.labels, "q")
        shapes += said
    if columns.stacked:
        middle, bottom = foot + 11, foot + 22 + ROW
    else:
        middle, bottom = (top + foot) / 2 + 0.5, foot + ROW
    middle = round(middle, 1)
    shapes += _tracks(columns, middle)
    shapes += _levels(item, columns.levels, middle)
    shapes += _changed(item, columns.changes, middle)
    return shapes, bottom


def _tracks(columns: _Columns, middle: float) -> Iterable[Shape]:
    yield line("hair", columns.levels.left, middle, columns.levels.right, middle)
    if columns.stacked:
        x = columns.changes.at(0)
        yield line("zero", x, middle - 10, x, middle + 10)


def _levels(item: Item, axis: Axis, middle: float) -> Iterable[Shape]:
    if item.before is None or item.after is None:
        yield from withheld(axis, middle)
    if item.before is not None and item.after is not None:
        left, right = axis.within(item.before), axis.within(item.after)
        yield line("link", left, middle, right, middle)
    if item.before is not None:
        yield circle("ring", axis.within(item.before), middle, RING)
    if item.after is not None:
        yield circle("dot", axis.within(item.after), middle, DOT)


def _changed(item: Item, axis: Axis, middle: float) -> Iterable[Shape]:
    if item.change is None:
        yield from withheld(axis, middle)
        return
    if item.low is not None and item.high is not None:
        yield from between(axis, middle, item.low, item.high)
    yield circle("full", axis.within(item.change), middle, 4)


def _ground(columns: _Columns, top: float, bottom: float) -> Iterable[Shape]:
    foot = bottom - 4 if columns.stacked else top
    for axis in (columns.levels, columns.changes):
        yield from ruled(axis, marks(axis), foot, bottom)
    if not columns.stacked:
        x = columns.changes.at(0)
        yield line("zero", x, top, x, bottom)
