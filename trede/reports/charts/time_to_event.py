"""For how many it had not happened yet, day by day: Kaplan-Meier's curve.

A step down is something that happened to somebody, an upright mark somebody who was not
followed any longer. The band is the interval of every day by itself. Under the curve
stands how many people were still followed: where few are left, the curve says little.
A public curve knows some days only, its dots: the line steps down there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import (
    LINE,
    Axis,
    Canvas,
    Drawn,
    on_both,
    round_steps,
    wrapped,
)
from trede.reports.charts.lettering import MARK, key, lettered
from trede.reports.charts.moves import Count, counted
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.telling import as_sentence
from trede.reports.wording import number, percent
from trede.studies.shapes import Shape, circle, line, polygon, polyline

LINES = ("thick", "thick2")
BANDS = ("band", "band2")
EDGES = ("edge", "edge2")
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
Corner = tuple[float, float]
HALF = 5  # of the height of a mark
TALL = 240


@dataclass(frozen=True)
class Point:
    """From this day on the share is `share`; limits None: there is no interval."""

    day: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Followed:
    day: int
    n: Count


@dataclass(frozen=True)
class Curve:
    """`points` None: withheld. The points are the days on which the share changes; of
    a `coarse` curve those that are told, between which it may go down as well."""

    label: str
    n: Count
    events: Count
    points: tuple[Point, ...] | None
    censored: tuple[int, ...] = ()
    at_risk: tuple[Followed, ...] = ()
    coarse: bool = False

    def on(self, day: int) -> Point | None:
        """How it stood at the end of a day; None when that was withheld."""
        if self.points is None:
            return None
        begin = Point(0, 1.0)
        return next((each for each in self.points[::-1] if each.day <= day), begin)

    def after(self, day: int) -> Point | None:
        """The next day that is told."""
        return next((each for each in self.points or () if each.day > day), None)


@dataclass(frozen=True)
class Times:
    """`not_yet` says what had not happened; `along` what the days count from."""

    title: str
    curves: tuple[Curve, ...]
    horizon: int
    not_yet: str
    along: str

    def __post_init__(self) -> None:
        if len(self.curves) > len(LINES):
            raise ValueError(f"{len(self.curves)} curves cannot be told apart")


def time_to_event(times: Times) -> Picture:
    return on_both(lambda canvas: _drawn(times, canvas), told(times))


def told(times: Times) -> str:
    days = [day for day in _days(times) if day]
    return " ".join(
        (
            as_sentence(times.title),
            *(_curve_told(each, times, days) for each in times.curves),
        )
    )


def grid(times: Times) -> Grid:
    """Of two groups a row each on every day: heads for both would leave no room."""
    several = len(times.curves) > 1
    heads = (times.not_yet, _("95% interval"), _("Still followed"))
    lines = tuple(
        Line(_on_day(day, curve.label if several else ""), _shown(curve, day))
        for day in sorted({*_days(times), *_last_told(times)})
        for curve in times.curves
    )
    return Grid(times.title, heads, lines)


def _on_day(day: int, group: str) -> str:
    words = {"day": number(day), "group": group}
    if not group:
        return _("Day %(day)s") % words
    return _("%(group)s, day %(day)s") % words


def _days(times: Times) -> tuple[int, ...]:
    """The days on which it is told how many were followed; else round ones."""
    days = {each.day for curve in times.curves for each in curve.at_risk}
    if not days:
        days = {int(step) for step in round_steps(0, times.horizon, 6)}
    return tuple(sorted(day for day in days if day <= times.horizon))


def _last_told(times: Times) -> set[int]:
    """The horizon, when a line is known there: the report speaks of that day."""
    points = (point for curve in times.curves for point in curve.points or ())
    return {times.horizon} & {point.day for point in points}


def _shown(curve: Curve, day: int) -> tuple[Shown, Shown, Shown]:
    point, n = curve.on(day), _at_risk(curve, day)
    hidden = Shown(_("hidden"), hidden=True)
    followed = hidden if n is None else Shown(n)
    if point is None:
        return hidden, hidden, followed
    share, limits = _told(curve, point, day)
    return Shown(share), Shown(limits or "–"), followed


def _told(curve: Curve, point: Point, day: int) -> tuple[str, str]:
    """The share and its limits; between two days that are told it lies between theirs,
    and after the last one at most there."""
    if not curve.coarse or point.day == day:
        return _share(curve, point.share), _limits(curve, point)
    later = curve.after(day)
    if later is None:
        return _("at most %(share)s") % {"share": _share(curve, point.share)}, ""
    high = point.high if point.day else 1.0
    around = Point(day, later.share, later.low, high)
    if round(later.share, 2) == round(point.share, 2):
        return _share(curve, point.share), _limits(curve, around)
    ends = {"low": _share(curve, later.share), "high": _share(curve, point.share)}
    return _("%(low)s to %(high)s") % ends, _limits(curve, around)


def _share(curve: Curve, share: float) -> str:
    """Of a public curve whole percents are known, and no more is told."""
    return f"{number(100 * share)}%" if curve.coarse else percent(100 * share)


def _at_risk(curve: Curve, day: int) -> str | None:
    """None when it was withheld, a dash when it was not counted."""
    for each in curve.at_risk:
        if each.day == day:
            return None if each.n is None else number(each.n)
    return "–"


def _limits(curve: Curve, point: Point) -> str:
    if point.low is None or point.high is None:
        return ""
    ends = {"low": _share(curve, point.low), "high": _share(curve, point.high)}
    return _("%(low)s to %(high)s") % ends


def _curve_told(curve: Curve, times: Times, days: Sequence[int]) -> str:
    if curve.points is None:
        return f"{curve.label}: {_('hidden')}."
    people = _("%(label)s: %(n)s people; it happened to %(events)s.") % {
        "label": curve.label,
        "n": counted(curve.n),
        "events": counted(curve.events),
    }
    stands = []
    for day in days:
        point = curve.on(day)
        if point is not None:
            words = _("%(share)s after %(day)s days")
            share, limits = _told(curve, point, day)
            figures = {"share": share, "day": number(day)}
            stands.append(words % figures + (f" ({limits})" if limits else ""))
    return f"{people} {times.not_yet}: {', '.join(stands)}."


# Drawing --------------------------------------------------------------------------


@dataclass(frozen=True)
class Field:
    days: Axis
    top: float
    bottom: float

    def x(self, day: float) -> float:
        return self.days.within(day)

    def y(self, share: float) -> float:
        return round(self.bottom - share * (self.bottom - self.top), 1)


def _drawn(times: Times, canvas: Canvas) -> Drawn:
    left = 44.0 if canvas.stacked else 150.0
    heads = wrapped(times.not_yet, canvas.width)
    top = LINE * len(heads) + 12
    field = Field(Axis(0, times.horizon, left, canvas.width - 14), top, top + TALL)
    shapes = [*lettered("s", 0, 12, heads), *_rules(times, field, canvas)]
    shown = [
        (place, curve)
        for place, curve in enumerate(times.curves)
        if curve.points is not None
    ]
    bands = [each for at, curve in shown for each in _band(curve, times, field, at)]
    # No band lies over the edge of another.
    shapes += sorted(bands, key=lambda each: each.look in EDGES)
    for place, curve in shown:
        shapes += _steps(curve, times, field, LINES[place])
    if not shown:
        shapes += _nothing(field)
    explained, foot = key(_entries(times), top=field.bottom + 52, width=canvas.width)
    shapes += explained
    risks, end = _risks(times, field, canvas, foot + 8)
    return (*shapes, *risks), end


def _rules(times: Times, field: Field, canvas: Canvas) -> Iterator[Shape]:
    for share in SHARES:
        y = field.y(share)
        look = "axis" if share == 0 else "hair"
        yield line(look, field.days.left, y, field.days.right, y)
        text = number(100 * share) + "%"
        yield Shape("q end", field.days.left - 8, y + 4, text=text)
    for day in _days(times):
        x = field.x(day)
        yield line("axis", x, field.bottom, x, field.bottom + 5)
        yield Shape("q mid", x, field.bottom + 20, text=number(day))
    yield Shape("q end", field.days.right, field.bottom + 38, text=times.along)


def _nothing(field: Field) -> Iterator[Shape]:
    """A hatched field with the word in it: no line to be seen is no line at zero."""
    wide = field.days.right - field.days.left
    middle = field.days.left + wide / 2
    yield Shape("hatched", field.days.left, field.top, wide, field.bottom - field.top)
    foot = (field.top + field.bottom) / 2
    yield Shape("box", middle - 50, foot - 20, 100, 30)
    yield Shape("s mid", middle, foot, text=_("Hidden"))


def _reached(curve: Curve, times: Times) -> list[Point]:
    """From the first day to the last that the picture shows, each once."""
    begin = Point(0, 1.0)
    points = [
        begin,
        *(each for each in curve.points or () if each.day <= times.horizon),
    ]
    return points if len(points) < 2 or points[1].day else points[1:]


def _steps(curve: Curve, times: Times, field: Field, look: str) -> Iterator[Shape]:
    points = _reached(curve, times)
    corners = [(field.x(points[0].day), field.y(points[0].share))]
    for before, now in pairwise(points):
        corners.append((field.x(now.day), field.y(before.share)))
        corners.append((field.x(now.day), field.y(now.share)))
    if not curve.coarse:
        corners.append((field.x(_last_day(curve)), corners[-1][1]))
    yield polyline(look, corners)
    if curve.coarse:
        # What is known: the days themselves, and not the line between them.
        yield from (circle("full", x, y, 3) for x, y in corners[2::2])
    for day in sorted({day for day in curve.censored if day <= times.horizon}):
        point = curve.on(day)
        if point is not None:
            y = field.y(point.share)
            yield line("thin", field.x(day), y - HALF, field.x(day), y + HALF)


def _last_day(curve: Curve) -> int:
    """Until when anybody was followed: where the curve ends."""
    return max((0, *(point.day for point in curve.points or ()), *curve.censored))


def _band(curve: Curve, times: Times, field: Field, place: int) -> Iterator[Shape]:
    """A step for each day with limits; who has none (all or nobody) leaves a gap."""
    points = [each for each in curve.points or () if each.day <= times.horizon]
    last = points[-1].day if curve.coarse and points else _last_day(curve)
    ends = [point.day for point in points[1:]] + [last]
    over: list[Corner] = []
    under: list[Corner] = []
    for point, end in zip(points, ends, strict=False):
        if point.low is None or point.high is None:
            yield from _closed(place, over, under)
            over, under = [], []
            continue
        x1, x2 = field.x(point.day), field.x(end)
        over += [(x1, field.y(point.high)), (x2, field.y(point.high))]
        under += [(x1, field.y(point.low)), (x2, field.y(point.low))]
    yield from _closed(place, over, under)


def _closed(place: int, over: list[Corner], under: list[Corner]) -> Iterator[Shape]:
    if over:
        # Two bands may lie over each other: both stay to be seen.
        yield polygon(f"{BANDS[place]} see", (*over, *reversed(under)))
        yield polyline(EDGES[place], over)
        yield polyline(EDGES[place], under)


def _entries(times: Times) -> list[tuple[str, str]]:
    entries = []
    for place, curve in enumerate(times.curves):
        look = "hatched" if curve.points is None else LINES[place]
        hidden = f" ({_('hidden')})" if curve.points is None else ""
        entries.append((look, curve.label + hidden))
    shown = [curve for curve in times.curves if curve.points is not None]
    limits = [point.low for curve in shown for point in curve.points or ()]
    if any(low is not None for low in limits):
        entries.append(("band", _("95% interval")))
    if any(curve.censored for curve in shown):
        entries.append((MARK, _("Somebody was followed until here")))
    return entries


def _risks(
    times: Times, field: Field, canvas: Canvas, top: float
) -> tuple[list[Shape], float]:
    """How many were still followed, under the days."""
    if not any(curve.at_risk for curve in times.curves):
        return [], top
    shapes = [Shape("s", 0, top + 13, text=_("Still followed"))]
    top += LINE + 6
    for curve in times.curves:
        room = canvas.width if canvas.stacked else field.days.left - 26
        lines = wrapped(curve.label, room)
        shapes += lettered("t", 0, top + 13, lines)
        if canvas.stacked:
            top += LINE * len(lines) + 4
        for each in curve.at_risk:
            if each.day <= times.horizon:
                shapes.append(_risk(each, field, top))
        top += LINE * (1 if canvas.stacked else len(lines)) + 8
    return shapes, top


def _risk(each: Followed, field: Field, top: float) -> Shape:
    x = field.x(each.day)
    if each.n is None:
        return Shape("hatched", x - 11, top + 1, 22, 14)
    return Shape("t mid", x, top + 13, text=number(each.n))
