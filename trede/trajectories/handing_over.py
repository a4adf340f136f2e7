"""A trajectory goes to another coach, and nothing is lost on the way.

The receiver becomes responsible, the appointments that stand go along, and what the
successor must know is written down. Both names stay with the trajectory.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import Appointment
from trede.people.models import Responsibility
from trede.people.responsibility import make_responsible
from trede.pilots.loading import rules_of
from trede.trajectories.caseload import refuse_full
from trede.trajectories.models import HandOver, Trajectory
from trede.trajectories.running import (
    refuse_before_start,
    refuse_future,
    running,
    staff_of,
)


def hand_over(
    *,
    trajectory: Trajectory,
    receiver: Staff,
    on: date,
    reason: str,
    note: str,
    by: Actor,
    at: datetime,
    limit_reason: str = "",
) -> HandOver:
    with transaction.atomic():
        now = running(trajectory)
        refuse_before_start(now, on)
        refuse_future(on, at)
        if reason not in HandOver.Reason.values:
            raise Refused(_("Choose a reason."), "reason")
        giver = _giver(now)
        if giver.pk == receiver.pk:
            raise Refused(
                _("%(name)s is the coach already. Choose another coach.")
                % {"name": receiver.name},
                "receiver",
            )
        Staff.objects.select_for_update(no_key=True).get(pk=receiver.pk)
        refuse_full(
            coach=receiver,
            person=now.person,
            limits=rules_of(now.pilot, on).limits,
            on=on,
            reason=limit_reason,
            by=by,
        )
        make_responsible(
            person=now.person,
            staff=receiver,
            on=on,
            reason=limit_reason,
            by=by,
            at=at,
        )
        _pass_on_appointments(now, giver, receiver, at)
        handed = HandOver.objects.create(
            trajectory=now,
            giver=giver,
            receiver=receiver,
            on=on,
            reason=reason,
            note=note.strip(),
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record(
            "handed over a trajectory", by=by, at=at, on=handed, persons=[now.person_id]
        )
    return handed


def _giver(now: Trajectory) -> Staff:
    """Who is responsible, or was the last to be so."""
    last = (
        Responsibility.objects.filter(person=now.person)
        .select_related("staff")
        .order_by("started_on", "pk")
        .last()
    )
    return last.staff if last else now.started_by


def _pass_on_appointments(
    now: Trajectory, giver: Staff, receiver: Staff, at: datetime
) -> None:
    """What was agreed for later stands, with the successor."""
    standing = Appointment.objects.filter(
        person=now.person,
        staff=giver,
        state=Appointment.State.PLANNED,
        starts_at__gte=at,
    )
    standing.update(staff=receiver)
