"""How many people gave each answer, before and after, back to back.

The highest answer is at the top, as on a ladder, and both sides have the same length
for the same number of people: a whole that moved up is seen at once. A mean is marked
at the height of its own value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.reports.charts.canvas import (
    Canvas,
    Drawn,
    on_both,
    width_of,
    wrapped,
    written,
)
from trede.reports.charts.intervals import plainly
from trede.reports.charts.reading_aloud import aloud
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.wording import number
from trede.studies.shapes import Shape, line, polygon

STEP, TALL, FIGURE = 26, 20, 34  # a row, its bar, the room for its number
HIDDEN = 46  # of a hatched field: no length is told by it
MIDDLE = 0.34  # of the width, at most, for the words of the answers


@dataclass(frozen=True)
class Answered:
    """`value` is the number that an answer counts for, where it is one; answers told
    together have none."""

    label: str
    before: int | None
    after: int | None
    value: float | None = None


@dataclass(frozen=True)
class Distribution:
    """`answers` from low to high; `before` and `after` name the moments."""

    title: str
    answers: tuple[Answered, ...]
    before: str
    after: str
    means: tuple[float | None, float | None] | None = None
    places: int = 1


def distribution(data: Distribution) -> Picture:
    return on_both(lambda canvas: _draw(data, canvas), aloud(grid(data)))


def grid(data: Distribution) -> Grid:
    lines = [
        Line(each.label, (_counted(each.before), _counted(each.after)))
        for each in reversed(data.answers)
    ]
    if data.means is not None:
        means = tuple(plainly(mean, data.places) for mean in data.means)
        lines.append(Line(pgettext("figure", "Mean"), means))
    return Grid(data.title, (data.before, data.after), tuple(lines))


def _counted(count: int | None) -> Shown:
    if count is None:
        return Shown(_("hidden"), hidden=True)
    return Shown(number(count))


# The picture ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """One of the two halves: where it begins and which way it goes."""

    start: float
    way: int
    room: float
    look: str
    most: int

    def bar(self, count: int | None, top: float) -> Iterable[Shape]:
        hidden = count is None
        share = (count or 0) / self.most if self.most else 0
        text = _("hidden") if hidden else number(count)
        spare = self.room + FIGURE - 10 - width_of(text)
        wide = round(min(HIDDEN, max(spare, 8)) if hidden else self.room * share, 1)
        left = round(self.start if self.way > 0 else self.start - wide, 1)
        if wide:
            look = "hatched" if hidden else self.look
            yield Shape(look, left, top, wide, TALL)
        end = self.start + self.way * (wide + 8)
        look = "q" if hidden else "s"
        anchor = "" if self.way > 0 else " end"
        yield Shape(look + anchor, round(end, 1), top + 15, text=text)


def _draw(data: Distribution, canvas: Canvas) -> Drawn:
    middle, lines = _words(data, canvas)
    before, after = _sides(data, canvas, middle)
    shapes, top = _heads(data, canvas, middle)
    heights: list[float] = []
    for each, told in zip(reversed(data.answers), reversed(lines), strict=True):
        tall = max(STEP, len(told) * 17 + 6)
        bar = round(top + (tall - TALL) / 2, 1)
        shapes += before.bar(each.before, bar)
        shapes += after.bar(each.after, bar)
        shapes += _label(told, canvas.width / 2, top, tall)
        heights.append(bar + TALL / 2)
        top += tall
    for side in (before, after):
        shapes.append(
            line("axis", side.start, heights[-1] + TALL, side.start, heights[0] - TALL)
        )
    heights.reverse()
    shapes += _means(data, (before, after), heights)
    foot, top = _said(data, canvas, top + 10)
    return [*shapes, *foot], top + 4


def _words(data: Distribution, canvas: Canvas) -> tuple[float, list[list[str]]]:
    """How wide the column of answers is, and the lines in it."""
    most = canvas.width * MIDDLE
    wide = max((width_of(each.label) for each in data.answers), default=0)
    lines = [wrapped(each.label, most) for each in data.answers]
    return min(max(wide, 20), most) + 24, lines


def _label(lines: Sequence[str], x: float, top: float, tall: float) -> Iterable[Shape]:
    first = top + (tall - len(lines) * 17) / 2 + 13
    for place, told in enumerate(lines):
        yield Shape("t mid", x, round(first + place * 17, 1), text=told)


def _sides(data: Distribution, canvas: Canvas, middle: float) -> tuple[_Side, _Side]:
    counts = [n for each in data.answers for n in (each.before, each.after) if n]
    most = max(counts, default=0)
    half = (canvas.width - middle) / 2
    room = half - FIGURE
    return (
        _Side(round(half, 1), -1, room, "h3 edged", most),
        _Side(round(half + middle, 1), 1, room, "c5", most),
    )


def _heads(
    data: Distribution, canvas: Canvas, middle: float
) -> tuple[list[Shape], float]:
    half = (canvas.width - middle) / 2
    left = wrapped(data.before, half, bold=True)
    right = wrapped(data.after, half, bold=True)
    shapes = [
        Shape(look, x, 13.0 + place * 17, text=told)
        for look, x, lines in (
            ("s end", half, left),
            ("s", canvas.width - half, right),
        )
        for place, told in enumerate(lines)
    ]
    return shapes, max(len(left), len(right)) * 17 + 10.0


def _means(
    data: Distribution, sides: tuple[_Side, _Side], heights: Sequence[float]
) -> Iterable[Shape]:
    """A mark in the margin of each side, between the two answers around the mean."""
    for mean, side in zip(data.means or (), sides, strict=False):
        y = None if mean is None else _height(mean, data.answers, heights)
        if y is not None:
            x = side.start - side.way * 1
            back = x - side.way * 9
            yield polygon("full", ((x, y), (back, y - 6), (back, y + 6)))


def _height(
    mean: float, answers: Sequence[Answered], heights: Sequence[float]
) -> float | None:
    known = [
        (each.value, y)
        for each, y in zip(answers, heights, strict=True)
        if each.value is not None
    ]
    for (low, foot), (high, head) in pairwise(known):
        if low <= mean <= high and high > low:
            return round(foot + (head - foot) * (mean - low) / (high - low), 1)
    return None


def _said(data: Distribution, canvas: Canvas, top: float) -> tuple[list[Shape], float]:
    if data.means is None:
        return [], top
    names = (data.before, data.after)
    means = (plainly(mean, data.places).text for mean in data.means)
    told = "; ".join(f"{name} {mean}" for name, mean in zip(names, means, strict=True))
    marked = any(each.value is not None for each in data.answers)
    words = _("Mean (at the triangle): %(told)s.") if marked else _("Mean: %(told)s.")
    return written(words % {"told": told}, 0, top, canvas.width, "q")
