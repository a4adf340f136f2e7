"""A trajectory gets more time: so many months, with a reason that is kept.

Decides how far a coach may go alone: as far as the pilot's file says; more than that,
or any when the file says nothing, is the coordinator's to agree to. The clock and every
page follow, the exemption runs on as it did, and the evaluation stays with the closing.
What was a mistake is taken back; the row stays.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.inflow.waiting_by_lot import standing_pair
from trede.pilots.loading import rules_of
from trede.trajectories.models import Extension, Trajectory
from trede.trajectories.running import running, staff_of, tell_partner

LONGEST_REASON = 300
MOST_AT_ONCE = 12


def extend(
    *, trajectory: Trajectory, months: int, reason: str, by: Actor, at: datetime
) -> Extension:
    with transaction.atomic():
        now = running(trajectory)
        said = _why(reason)
        last = now.extensions.standing().last()
        if last and _is_the_same(last, months, said, at):
            return last
        _refuse_months(now, months, by)
        made = Extension.objects.create(
            trajectory=now,
            months=months,
            reason=said,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        _lasts(now, now.months + months, at)
        record("extended a trajectory", by=by, at=at, on=made, persons=[now.person_id])
    trajectory.months = now.months
    return made


def take_back(*, extension: Extension, by: Actor, at: datetime) -> Extension:
    """It was a mistake: the months are gone again. Twice is once."""
    with transaction.atomic():
        trajectory = running(extension.trajectory)
        now = trajectory.extensions.get(pk=extension.pk)
        if now.reversed_at is None:
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            _lasts(trajectory, trajectory.months - now.months, at)
            persons = [trajectory.person_id]
            record("took back an extension", by=by, at=at, on=now, persons=persons)
    return now


def months_alone(trajectory: Trajectory) -> int:
    """How many months longer a coach may still make it without the coordinator."""
    allowed = rules_of(trajectory.pilot).limits.extension_months or 0
    return max(0, allowed - _extended_by(trajectory))


def makes_wait(trajectory: Trajectory) -> bool:
    """Whether somebody waits by lot until this trajectory is over."""
    pair = standing_pair(trajectory.candidate)
    if pair is None or pair.first_id != trajectory.candidate_id or not pair.second:
        return False
    return not pair.second.trajectories.exists()


def _is_the_same(last: Extension, months: int, reason: str, at: datetime) -> bool:
    """A double click: the same words on the same day."""
    same_day = timezone.localdate(last.recorded_at) == timezone.localdate(at)
    return same_day and (last.months, last.reason) == (months, reason)


def _extended_by(trajectory: Trajectory) -> int:
    total = trajectory.extensions.standing().aggregate(months=Sum("months"))
    return total["months"] or 0


def _lasts(now: Trajectory, months: int, at: datetime) -> None:
    now.months = months
    now.save(update_fields=["months"])
    tell_partner(now, at)


def _refuse_months(now: Trajectory, months: int, by: Actor) -> None:
    if not 1 <= months <= MOST_AT_ONCE:
        raise Refused(
            _("Write a number of months from 1 to %(most)d.") % {"most": MOST_AT_ONCE},
            "months",
        )
    alone = months_alone(now)
    if months <= alone or (by.staff and by.staff.has(Role.COORDINATOR)):
        return
    if alone:
        sentence = ngettext(
            "You may make it at most %(n)d month longer. For more, ask the"
            " coordinator, who can extend it on this same page.",
            "You may make it at most %(n)d months longer. For more, ask the"
            " coordinator, who can extend it on this same page.",
            alone,
        ) % {"n": alone}
    else:
        sentence = _(
            "The months that this pilot allows are used. Ask the coordinator, who can"
            " extend it on this same page."
        )
    raise Refused(sentence, "months")


def _why(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise Refused(_("Write why more time is needed."), "reason")
    if len(said) > LONGEST_REASON:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            "reason",
        )
    return said
