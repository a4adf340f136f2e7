"""In which phase a person is, and how after-care goes: what was, and when to ask."""

from datetime import date

from django.utils import timezone

from trede.contact.models import Occasion, Outcome
from trede.desk.casework import Casework
from trede.trajectories.clock import Clock
from trede.trajectories.phases import AfterCare, Phase, after_care, phase_of


def phase_now(work: Casework, clock: Clock | None, on: date) -> Phase | None:
    if clock is None or work.rules is None or work.trajectory is None:
        return None
    return phase_of(clock, work.trajectory.closed_on, work.rules.limits, on)


def after_care_of(work: Casework) -> AfterCare | None:
    """Since the closing of the newest trajectory; None while it runs."""
    closed_on = work.trajectory.closed_on if work.trajectory else None
    if closed_on is None or work.rules is None:
        return None
    spoken = (
        timezone.localdate(one.at)
        for one in work.moments
        if one.outcome == Outcome.SPOKE and one.occasion == Occasion.AFTER_CARE
    )
    since = (day for day in spoken if day >= closed_on)
    return after_care(closed_on, since, work.rules.limits)
