"""Answers from negative to positive at two moments, as bars astride a line.

What lies left of the line is negative, what lies right of it positive, and a neutral
middle answer half on either side; so one sees at a glance whether the whole moved.
Hidden answers may belong to either side: they stand apart, hatched, at the right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import (
    LINE,
    Axis,
    Canvas,
    Drawn,
    on_both,
    width_of,
    written,
)
from trede.reports.charts.lettering import key
from trede.reports.charts.reading_aloud import aloud
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.wording import number, percent
from trede.studies.shapes import Shape, line

LABELS, WAVE, TALL, ROW = 190, 34, 22, 14
ALL = 100.0
LONG = 0.3  # of the width: a name of a moment that stands above its bar
APART = 10  # between the bar and what is hidden
# Greys for the negative side, the accent for the positive one; the middle is white.
# What is pale has an edge, so that it can be told from the paper.
NEGATIVE: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("n3",),
    2: ("n3", "n2 edged"),
    3: ("n3", "n2 edged", "n1 edged"),
}
POSITIVE: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("h4",),
    2: ("h3 edged", "h5"),
    3: ("h2 edged", "h3 edged", "h5"),
}
ON_DARK = ("n3", "h4", "h5")

Counts = tuple[int | None, ...] | None


@dataclass(frozen=True)
class Asked:
    """How many gave each answer, at both moments; `n` gave one at both."""

    label: str
    before: Counts
    after: Counts
    n: int | None


@dataclass(frozen=True)
class Likert:
    """`answers` from negative to positive, seven at most; `below` and `above` are how
    many are negative and positive, without these half of them. What is left over is
    neutral: one at most."""

    title: str
    answers: tuple[str, ...]
    before: str
    after: str
    items: tuple[Asked, ...]
    below: int | None = None
    above: int | None = None

    def __post_init__(self) -> None:
        if not 2 <= len(self.answers) <= 7:
            raise ValueError("two to seven answers can be told apart in bars")

    @property
    def sides(self) -> tuple[int, int]:
        half = len(self.answers) // 2
        below = half if self.below is None else self.below
        return below, half if self.above is None else self.above

    @property
    def looks(self) -> tuple[str, ...]:
        below, above = self.sides
        middle = ("box",) * (len(self.answers) - below - above)
        return (*NEGATIVE[below], *middle, *POSITIVE[above])


def likert(data: Likert) -> Picture:
    return on_both(lambda canvas: _draw(data, canvas), aloud(grid(data)))


def grid(data: Likert) -> Grid:
    lines = [
        Line(f"{item.label}, {wave}", (*_told(counts, item.n, data), _count(item.n)))
        for item in data.items
        for wave, counts in ((data.before, item.before), (data.after, item.after))
    ]
    return Grid(data.title, (*data.answers, "N"), tuple(lines))


def _told(counts: Counts, n: int | None, data: Likert) -> Iterable[Shown]:
    for count in counts or (None,) * len(data.answers):
        if count is None:
            yield Shown(_("hidden"), hidden=True)
        else:
            share = f" ({percent(100 * count / n)})" if n else ""
            yield Shown(number(count) + share)


def _count(n: int | None) -> Shown:
    return Shown(_("hidden") if n is None else number(n), hidden=n is None)


# The picture ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Bar:
    """Shares of 100 per answer, how many are negative and positive, and the share that
    is hidden."""

    shares: tuple[float, ...]
    sides: tuple[int, int]
    hidden: float

    @property
    def negative(self) -> float:
        below, above = self.sides
        middle = sum(self.shares[below : len(self.shares) - above])
        return sum(self.shares[:below]) + middle / 2

    @property
    def positive(self) -> float:
        return sum(self.shares) - self.negative


@dataclass(frozen=True)
class _Columns:
    labels: float
    waves: float
    axis: Axis
    stacked: bool
    above: bool  # the names of the moments, each above its bar


def _bar(counts: Counts, n: int | None, data: Likert) -> _Bar:
    if counts is not None and None not in counts:
        n = sum(count or 0 for count in counts)
    if counts is None or not n:
        return _Bar((0,) * len(data.answers), data.sides, ALL)
    shares = tuple(100 * (count or 0) / n for count in counts)
    hidden = 100 - sum(shares) if None in counts else 0
    return _Bar(shares, data.sides, round(hidden, 6))


def _draw(data: Likert, canvas: Canvas) -> Drawn:
    bars = [
        tuple(_bar(counts, item.n, data) for counts in _waves(item))
        for item in data.items
    ]
    columns = _columns(data, [bar for pair in bars for bar in pair], canvas)
    named = list(zip(data.looks, data.answers, strict=True))
    explained, start = key(named, top=1, width=canvas.width)
    start += 12
    rows: list[Shape] = []
    top = start
    for item, pair in zip(data.items, bars, strict=True):
        drawn, top = _item(data, item, pair, columns, top)
        rows += drawn
    x, line_end = columns.axis.at(0), top - ROW + 4
    behind = () if columns.stacked else (line("zero", x, start - 4, x, line_end),)
    hides = any(bar.hidden for pair in bars for bar in pair)
    said, bottom = written(_said(hides=hides), 0, top - 2, canvas.width, "q")
    return [*explained, *behind, *rows, *said], bottom + 4


def _waves(item: Asked) -> tuple[Counts, Counts]:
    return item.before, item.after


def _columns(data: Likert, bars: Sequence[_Bar], canvas: Canvas) -> _Columns:
    """As long an axis as the longest bar at either side needs."""
    waves = max(width_of(data.before), width_of(data.after), WAVE) + 10
    above = waves > canvas.width * LONG
    waves = 0 if above else waves
    labels = 0.0 if canvas.stacked else LABELS
    low = max((bar.negative for bar in bars), default=50)
    high = max((bar.positive for bar in bars), default=50)
    apart = APART if any(bar.hidden for bar in bars) else 0
    partly = [bar.positive + bar.hidden for bar in bars if bar.hidden < ALL]
    high = max(high, *partly) if partly else high
    if low + high == 0:
        low = high = 50
    axis = Axis(-low, high, labels + waves, canvas.width - apart - 1)
    return _Columns(labels or canvas.width, labels, axis, canvas.stacked, above)


def _item(
    data: Likert, item: Asked, pair: Sequence[_Bar], columns: _Columns, top: float
) -> tuple[list[Shape], float]:
    look = "s" if columns.stacked else "t"
    shapes, foot = written(item.label, 0, top, columns.labels - 10, look)
    told = _("hidden")
    if item.n is not None:
        told = _("N = %(n)s") % {"n": number(item.n)}
    more, foot = written(told, 0, foot, columns.labels, "q")
    shapes += more
    bottom = foot + 4 if columns.stacked else top
    for wave, bar in zip((data.before, data.after), pair, strict=True):
        shapes.append(Shape("q", columns.waves, round(bottom + 16, 1), text=wave))
        bottom += LINE + 6 if columns.above else 0
        if columns.stacked:
            x = columns.axis.at(0)
            shapes.append(line("zero", x, bottom - 3, x, bottom + TALL + 3))
        shapes += _drawn(bar, data.looks, columns.axis, bottom)
        bottom += TALL + (6 if columns.above else 2)
    return shapes, max(foot, bottom) + ROW


def _drawn(bar: _Bar, looks: Sequence[str], axis: Axis, top: float) -> Iterable[Shape]:
    if bar.hidden == ALL:
        wide = round(axis.right - axis.left, 1)
        yield Shape("paper", axis.left, top, wide, TALL)
        yield Shape("hatched", axis.left, top, wide, TALL)
        return
    start = -bar.negative
    for share, look in zip(bar.shares, looks, strict=True):
        left, right = axis.at(start), axis.at(start + share)
        wide = round(right - left - 1, 1)
        start += share
        if wide < 0.5:
            continue
        yield Shape(look, left, top, wide, TALL)
        text = number(share)
        if wide > width_of(text) + 6:
            on = "inv mid" if look in ON_DARK else "t mid"
            yield Shape(on, round(left + wide / 2, 1), top + 16, text=text)
    if bar.hidden:
        left = axis.at(start) + APART
        wide = axis.at(start + bar.hidden) + APART - left
        yield Shape("hatched", round(left, 1), top, round(max(wide, 3), 1), TALL)


def _said(*, hides: bool) -> str:
    told = _("In percent of who answered both times.")
    if hides:
        told += " " + _("Hatched: hidden answers, which may belong to either side.")
    return told
