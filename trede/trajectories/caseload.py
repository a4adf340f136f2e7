"""How many people a coach guides, and whether one more still fits.

Only running trajectories count: for people who wait or have closed a coach may remain
the one to call, and that is no load. Above the number that the pilot allows only the
coordinator puts another one, with a reason that is kept.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.people.models import Person
from trede.pilots.rules import Limits
from trede.trajectories.models import Trajectory, TrajectoryQuerySet


def guided_by(staff: Staff, on: date) -> TrajectoryQuerySet:
    """The trajectories that this coach guides on a day."""
    running = Trajectory.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on), started_on__lte=on
    )
    responsible = Q(person__responsibilities__ended_on=None) | Q(
        person__responsibilities__ended_on__gt=on
    )
    return running.filter(
        responsible,
        person__responsibilities__staff=staff,
        person__responsibilities__started_on__lte=on,
    ).distinct()


def refuse_full(
    *,
    coach: Staff,
    person: Person,
    limits: Limits,
    on: date,
    reason: str,
    by: Actor,
) -> None:
    others = guided_by(coach, on).exclude(person=person).count()
    if others < limits.caseload_to:
        return
    if by.staff is None or not by.staff.has(Role.COORDINATOR):
        raise Refused(
            _(
                "%(name)s guides %(number)d people already, the most that this pilot"
                " allows. Choose another coach, or ask the coordinator."
            )
            % {"name": coach.name, "number": others},
            "coach",
        )
    if not reason.strip():
        raise Refused(
            _(
                "%(name)s guides %(number)d people already, the most that this pilot"
                " allows. Write why one more is right."
            )
            % {"name": coach.name, "number": others},
            "limit_reason",
        )
