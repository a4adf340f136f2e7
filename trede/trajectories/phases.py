"""In which phase somebody is, and how long it may be quiet: less and less contact.

The pilot file says how many weeks before the end the tail begins, how many months
after-care lasts, and after how many weeks without contact a coach hears of it in each.
Where the file says nothing of a tail or after-care there is none. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trede.inflow.waiting_by_lot import add_months
from trede.pilots.rules import EndReason, Limits
from trede.trajectories.clock import Clock


class Phase(StrEnum):
    MAIN = "main"
    TAIL = "tail"
    AFTER_CARE = "after_care"
    OVER = "over"  # after-care is over, or was never there


@dataclass(frozen=True)
class AfterCare:
    """How it goes after closing: `next_on` is when to ask again, if at all."""

    contacts: int
    last_on: date | None
    until_on: date
    next_on: date | None


def phase_of(clock: Clock, closed_on: date | None, limits: Limits, on: date) -> Phase:
    if closed_on:
        until = after_care_until(closed_on, limits)
        return Phase.AFTER_CARE if until and on <= until else Phase.OVER
    tail = 7 * (limits.tail_weeks or 0)
    return Phase.TAIL if tail and clock.left <= tail else Phase.MAIN


def after_care_until(closed_on: date, limits: Limits) -> date | None:
    months = limits.after_care_months
    return add_months(closed_on, months) if months else None


def first_cared_for(limits: Limits, on: date) -> date | None:
    """Whoever closed on this day or later has after-care still."""
    if not limits.after_care_months:
        return None
    first = add_months(on, -limits.after_care_months)
    # From a longer month into a shorter one several days lead to its last.
    while (until := after_care_until(first, limits)) and until < on:
        first += timedelta(days=1)
    return first


def weeks_quiet(phase: Phase, limits: Limits) -> int | None:
    """After so many weeks without contact the coach hears of it; None: never."""
    main = limits.warn_weeks_without_contact
    return {
        Phase.MAIN: main,
        Phase.TAIL: limits.warn_weeks_without_contact_in_tail or main,
        Phase.AFTER_CARE: limits.warn_weeks_without_contact_in_after_care,
        Phase.OVER: None,
    }[phase]


def after_care(
    closed_on: date, contacts: Iterable[date], limits: Limits
) -> AfterCare | None:
    """`contacts`: the days since closing on which somebody was spoken to."""
    until = after_care_until(closed_on, limits)
    if until is None:
        return None
    days = sorted(contacts)
    last = days[-1] if days else None
    weeks = weeks_quiet(Phase.AFTER_CARE, limits)
    following = (last or closed_on) + timedelta(weeks=weeks) if weeks else None
    proposed = following if following and following <= until else None
    return AfterCare(len(days), last, until, proposed)


def cared_for(reasons: Iterable[EndReason]) -> set[str]:
    """Whoever reached the end is asked now and then how it goes. Who left, or turned
    out not to fit, is not: they may always call themselves."""
    return {one.code for one in reasons if one.counts_as == "completed"}
