"""A figure with its interval, drawn on an axis, and how both are said.

An interval that runs off the axis ends in an arrow. What was withheld is a hatched
field as wide as the axis: it could be anywhere.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import Axis
from trede.reports.laying_out import Shown
from trede.reports.wording import number, off_zero, signed
from trede.studies.shapes import Shape, line, polygon

THICK = 18  # of the hatched field
ARROW = 6


def between(axis: Axis, y: float, low: float, high: float) -> Iterable[Shape]:
    """The line from low to high, with an arrow where it runs on."""
    left, right = axis.within(low), axis.within(high)
    yield line("thin", left, y, right, y)
    ends = ((low < axis.low, left, 1), (high > axis.high, right, -1))
    for runs_on, x, inward in ends:
        if runs_on:
            back = x + inward * ARROW
            yield polygon("full", ((x, y), (back, y - 4), (back, y + 4)))
        else:
            yield line("thin", x, y - 4, x, y + 4)


def square(look: str, x: float, y: float, size: float) -> Shape:
    half = size / 2
    return Shape(look, round(x - half, 1), round(y - half, 1), size, size)


def diamond(look: str, axis: Axis, y: float, low: float, high: float) -> Shape:
    """As wide as the interval, and highest in its middle."""
    left, right = axis.within(low), axis.within(high)
    middle = (left + right) / 2
    return polygon(look, ((left, y), (middle, y - 8), (right, y), (middle, y + 8)))


def field(look: str, axis: Axis, y: float, low: float, high: float) -> Shape:
    """From low to high, without a middle."""
    left, right = axis.within(low), axis.within(high)
    return Shape(look, left, round(y - 4, 1), round(right - left, 1), 8)


def withheld(axis: Axis, y: float) -> Iterable[Shape]:
    # White first: no line may run on under what is hidden.
    for look in ("paper", "hatched"):
        wide = round(axis.right - axis.left, 1)
        yield Shape(look, axis.left, round(y - THICK / 2, 1), wide, THICK)


def in_words(
    value: float | None, low: float | None, high: float | None, places: int
) -> Shown:
    """“+0,4 (+0,1 to +0,7)”; a figure without an interval stands alone."""
    if value is None:
        return Shown(_("hidden"), hidden=True)
    if low is None or high is None:
        return Shown(signed(value, places))
    return Shown(
        _("%(value)s (%(low)s to %(high)s)")
        % {
            "value": signed(value, places),
            "low": _end(low, places),
            "high": _end(high, places),
        }
    )


def from_to(low: float, high: float, places: int) -> Shown:
    ends = {"low": _end(low, places), "high": _end(high, places)}
    return Shown(_("%(low)s to %(high)s") % ends)


def _end(value: float, places: int) -> str:
    return signed(value, off_zero(value, places))


def plainly(value: float | None, places: int) -> Shown:
    if value is None:
        return Shown(_("hidden"), hidden=True)
    return Shown(number(value, places))
