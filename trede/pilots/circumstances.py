"""Under which circumstances did something happen: open, halted, digital only, closed?

Every sitting, pause and closing falls in exactly one period of the pilot's calendar.
What the file does not name was an ordinary, open time.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from trede.pilots.rules import Location, Rules
from trede.pilots.study_rules import Circumstance

DAY = timedelta(days=1)
OPEN_CODE = "open"


def calendar(rules: Rules) -> tuple[Circumstance, ...]:
    """All periods in order, from the first day to the last that a date can be."""
    return tuple(_filled(rules))


def period_on(rules: Rules, day: date) -> Circumstance:
    return next(
        period
        for period in calendar(rules)
        if period.until_on is None or day <= period.until_on
    )


def locations_on(rules: Rules, day: date) -> tuple[Location, ...]:
    """Where people could meet on a day, as far as the circumstances allowed."""
    kind = period_on(rules, day).kind
    return tuple(each for each in rules.locations if kind not in each.closed_in)


def _filled(rules: Rules) -> Iterator[Circumstance]:
    free_from = date.min
    for period in sorted(rules.circumstances, key=lambda each: each.from_on):
        if period.from_on > free_from:
            yield _open(free_from, period.from_on - DAY)
        yield period
        if period.until_on is None:
            return
        free_from = period.until_on + DAY
    yield _open(free_from, None)


def _open(first: date, last: date | None) -> Circumstance:
    return Circumstance(
        code=OPEN_CODE, label="Open", kind="open", from_on=first, until_on=last
    )
