"""A pause stops the clock: from a day, until a day or until it is ended.

Decides which pauses can stand beside each other: none that overlap. A mistake is taken
back; the row stays, and no longer counts.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.trajectories.models import Pause, Trajectory
from trede.trajectories.running import (
    refuse_before_start,
    refuse_far,
    running,
    staff_of,
    tell_partner,
)

DAY = timedelta(days=1)


def pause(
    *,
    trajectory: Trajectory,
    from_on: date,
    until_on: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Pause:
    """`until_on` is the last day; None while nobody knows."""
    with transaction.atomic():
        now = running(trajectory)
        refuse_before_start(now, from_on, "from_on")
        refuse_far(from_on, at, "from_on")
        refuse_far(until_on, at, "until_on")
        if until_on and until_on < from_on:
            raise Refused(_("The last day is before the first day."), "until_on")
        rules = rules_of(now.pilot, from_on)
        if reason not in {each.code for each in rules.reasons.pause}:
            raise Refused(_("Choose one of the reasons of this pilot."), "reason")
        same = now.pauses.standing().filter(from_on=from_on, until_on=until_on).first()
        if same and same.reason == reason:
            return same
        _refuse_overlap(now, from_on, until_on)
        made = Pause.objects.create(
            trajectory=now,
            from_on=from_on,
            until_on=until_on,
            reason=reason,
            circumstance=period_on(rules, from_on).code,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        tell_partner(now, at)
        record("paused a trajectory", by=by, at=at, on=made, persons=[now.person_id])
    return made


def resume(*, trajectory: Trajectory, on: date, by: Actor, at: datetime) -> Pause:
    """The clock runs again from `on`: the day before was the last of the pause."""
    with transaction.atomic():
        now = running(trajectory)
        refuse_far(on, at)
        standing = now.pauses.standing().filter(until_on=None).first()
        if standing is None:
            raise Refused(_("There is no pause without an end."))
        if on <= standing.from_on:
            raise Refused(
                _(
                    "The pause began on %(day)s. Choose a later day, or take the pause"
                    " back."
                )
                % {"day": standing.from_on.strftime("%d-%m-%Y")},
                "on",
            )
        standing.until_on = on - DAY
        standing.save(update_fields=["until_on"])
        tell_partner(now, at)
        record(
            "resumed a trajectory", by=by, at=at, on=standing, persons=[now.person_id]
        )
    return standing


def take_back(*, pause: Pause, by: Actor, at: datetime) -> Pause:
    """It was noted by mistake: the row stays and does not count. Twice is once."""
    with transaction.atomic():
        trajectory = running(pause.trajectory)
        now = trajectory.pauses.get(pk=pause.pk)
        if now.reversed_at is None:
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            tell_partner(trajectory, at)
            persons = [trajectory.person_id]
            record("took back a pause", by=by, at=at, on=now, persons=persons)
    return now


def _refuse_overlap(now: Trajectory, from_on: date, until_on: date | None) -> None:
    overlapping = now.pauses.standing().filter(
        Q(until_on=None) | Q(until_on__gte=from_on)
    )
    if until_on:
        overlapping = overlapping.filter(from_on__lte=until_on)
    other = overlapping.first()
    if other is None:
        return
    raise Refused(
        _("There is a pause from %(first)s until %(last)s already.")
        % {
            "first": other.from_on.strftime("%d-%m-%Y"),
            "last": other.until_on.strftime("%d-%m-%Y") if other.until_on else "…",
        },
        "from_on",
    )
