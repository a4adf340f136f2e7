"""The design in time: which design held when, and which measurements were held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from trede.pilots.loading import rules_of
from trede.studies.models import Study
from trede.studies.shapes import Shape

WIDTH, LABELS, STEP = 740, 240, 34
SPACE = WIDTH - LABELS


@dataclass(frozen=True)
class Timeline:
    shapes: tuple[Shape, ...]
    told: str
    height: int


@dataclass(frozen=True)
class Span:
    """A design or a measurement: its name, its period, the same in words."""

    label: str
    start: date
    end: date | None
    words: str


def timeline(study: Study) -> Timeline:
    rules = rules_of(study.pilot)
    first, last = rules.pilot.starts_on, rules.pilot.ends_on
    designs = [
        Span(
            each.label,
            each.from_on,
            each.until_on,
            _period(each.from_on, each.until_on),
        )
        for each in rules.designs
    ]
    waves = [
        Span(
            f"{wave.code} {wave.label}", first, wave.retired_on, _held(wave.retired_on)
        )
        for wave in rules.waves
    ]
    shapes: list[Shape] = []
    for place, span in enumerate((*designs, *waves)):
        look = "c4" if place >= len(designs) else "band"
        shapes += _drawn(span, place * STEP, look, first, last)
    told = ". ".join(f"{span.label}: {span.words}" for span in (*designs, *waves))
    return Timeline(tuple(shapes), told, (len(designs) + len(waves)) * STEP)


def _drawn(span: Span, top: int, look: str, first: date, last: date) -> Iterator[Shape]:
    days = (last - first).days or 1
    begins, ends = max(span.start, first), min(span.end or last, last)
    left = LABELS + SPACE * (begins - first).days / days
    width = SPACE * max((ends - begins).days, 0) / days
    yield Shape("t", 0, top + 19, text=span.label)
    yield Shape(
        look, round(left, 1), top, round(width, 1), 28 if look == "band" else 18
    )
    if look == "band":
        yield Shape("s", round(left + 8, 1), top + 19, text=span.words)
    elif span.end:
        yield Shape("t", round(left + width + 8, 1), top + 14, text=span.words)


def _held(retired_on: date | None) -> str:
    if retired_on is None:
        return _("held")
    return _("no longer held since %(day)s") % {"day": _day(retired_on)}


def _period(start: date, end: date | None) -> str:
    if end is None:
        return _("from %(day)s") % {"day": _day(start)}
    return _("%(start)s to %(end)s") % {"start": _day(start), "end": _day(end)}


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
