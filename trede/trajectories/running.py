"""What every act on a trajectory begins with: hold the row, and see that it runs."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow.waiting_by_lot import note_planned_end
from trede.trajectories.clock import clock
from trede.trajectories.models import Trajectory

AHEAD = timedelta(days=366)


def held(trajectory: Trajectory) -> Trajectory:
    """The row as it is now; others who act on it wait until this act is over."""
    rows = Trajectory.objects.select_for_update(of=("self",))
    return rows.select_related("candidate", "person", "pilot").get(pk=trajectory.pk)


def running(trajectory: Trajectory) -> Trajectory:
    now = held(trajectory)
    if now.closed_on:
        raise Refused(
            _("This trajectory was closed on %(day)s.")
            % {"day": now.closed_on.strftime("%d-%m-%Y")}
        )
    return now


def staff_of(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a member of staff can do this."))
    return by.staff


def refuse_future(on: date, at: datetime, field: str = "on") -> None:
    if on > timezone.localdate(at):
        raise Refused(_("This day has not come yet."), field)


def refuse_far(on: date | None, at: datetime, field: str = "on") -> None:
    """A slip of the pen, or a day that stands for one that nobody knows."""
    if on and on - timezone.localdate(at) > AHEAD:
        raise Refused(_("Plan at most a year ahead."), field)


def refuse_before_start(now: Trajectory, on: date, field: str = "on") -> None:
    if on < now.started_on:
        raise Refused(
            _("The trajectory started on %(day)s: choose that day or a later one.")
            % {"day": now.started_on.strftime("%d-%m-%Y")},
            field,
        )


def is_return(now: Trajectory) -> bool:
    """Somebody came back after closing: the study follows the first trajectory."""
    return now.candidate.trajectories.filter(pk__lt=now.pk).exists()


def tell_partner(now: Trajectory, at: datetime) -> None:
    """The planned end of the first of a pair says until when the second waits. Nobody
    waits for somebody who came back."""
    if is_return(now):
        return
    ends = clock(now, now.pauses.standing(), timezone.localdate(at)).ends_on
    note_planned_end(candidate=now.candidate, end_on=ends)
